using System.Runtime.ExceptionServices;

namespace Sweep.Training.Data;

/// <summary>Runs two pieces of work beside each other.</summary>
internal static class Together
{
    /// <summary>Returns when both are over; if both fail, the first one's exception is thrown, whichever came sooner.</summary>
    public static void Run(Action first, Action second)
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
