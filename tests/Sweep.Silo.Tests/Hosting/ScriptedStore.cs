using System.Reflection;
using Sweep.Store;

namespace Sweep.Silo.Tests.Hosting;

/// <summary>A store of which a test answers the few calls that it is about; every other one is a mistake.</summary>
public class ScriptedStore : DispatchProxy
{
    private readonly Dictionary<string, Func<object?[], object?>> _answers = new(StringComparer.Ordinal);

    public static (IStore Store, ScriptedStore Script) Create(bool isLocal)
    {
        var store = Create<IStore, ScriptedStore>();
        var script = (ScriptedStore)(object)store;
        script.Answer("get_IsLocal", _ => isLocal);
        return (store, script);
    }

    /// <summary>Says what a call returns.</summary>
    /// <param name="method">Of <see cref="IStore"/>.</param>
    /// <param name="answer">From its arguments to what it returns, a task where it returns one.</param>
    public void Answer(string method, Func<object?[], object?> answer) => _answers[method] = answer;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _answers.TryGetValue(targetMethod!.Name, out var answer) ? answer(args!) : throw new InvalidOperationException($"{targetMethod.Name} was not to be called");
}
