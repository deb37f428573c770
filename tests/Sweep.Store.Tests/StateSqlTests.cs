using System.Globalization;
using System.Reflection;
using Sweep.Search.Trials;

namespace Sweep.Store.Tests;

public sealed class StateSqlTests
{
    [Fact]
    public void TrialStates_AreTheNumbersOfTheEnum() => AssertNumbers<TrialState>(typeof(TrialStateSql));

    [Fact]
    public void SweepStates_AreTheNumbersOfTheEnum() => AssertNumbers<SweepState>(typeof(SweepStateSql));

    [Fact]
    public void Lists_AreTheStatesTheyName()
    {
        Assert.Equal(TrialStateSql.NotOver, List<TrialState>(state => !state.IsOver()));
        Assert.Equal(TrialStateSql.Over, List<TrialState>(state => state.IsOver()));
        Assert.Equal(SweepStateSql.Open, List<SweepState>(state => state is SweepState.Pending or SweepState.Running));
        Assert.Equal(SweepStateSql.Over, List<SweepState>(state => state.IsOver()));
        Assert.Equal(TrialStateSql.Retryable, List<TrialState>(state => state is TrialState.Failed or TrialState.Canceled or TrialState.Poisoned));
        Assert.Equal(TrialStateSql.Final, List<TrialState>(state => state is TrialState.Completed or TrialState.Pruned or TrialState.Diverged));
    }

    private static void AssertNumbers<TState>(Type constants)
        where TState : struct, Enum
    {
        foreach (var state in Enum.GetValues<TState>())
        {
            var constant = constants.GetField(state.ToString(), BindingFlags.Public | BindingFlags.Static);
            Assert.Equal(Convert.ToInt32(state, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), constant?.GetRawConstantValue());
        }
    }

    private static string List<TState>(Func<TState, bool> contains)
        where TState : struct, Enum => $"({string.Join(", ", Enum.GetValues<TState>().Where(contains).Select(state => Convert.ToInt32(state, CultureInfo.InvariantCulture)))})";
}
