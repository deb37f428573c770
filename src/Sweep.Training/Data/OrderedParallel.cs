using System.Runtime.ExceptionServices;

namespace Sweep.Training.Data;

/// <summary>Runs two actions in parallel.</summary>
internal static class OrderedParallel
{
    /// <summary>Returns when both have ended. When both fail, the exception of the first argument is thrown, whichever came sooner.</summary>
    public static void Invoke(Action first, Action second)
    {
        Exception? firstError = null, secondError = null;
        Parallel.Invoke(() => firstError = Catch(first), () => secondError = Catch(second));
        if ((firstError ?? secondError) is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    private static Exception? Catch(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
