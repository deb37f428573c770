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
        Assert.Equal(List<TrialState>(state => !state.IsOver()), TrialStateSql.NotOver);
        Assert.Equal(List<TrialState>(state => state.IsOver()), TrialStateSql.Over);
        Assert.Equal(List<SweepState>(state => state is SweepState.Pending or SweepState.Running), SweepStateSql.Open);
        Assert.Equal(List<SweepState>(state => state.IsOver()), SweepStateSql.Over);
        Assert.Equal(List<TrialState>(state => state is TrialState.Failed or TrialState.Canceled or TrialState.Poisoned), TrialStateSql.Retryable);
        Assert.Equal(
            List<TrialState>(state => state is TrialState.Completed or TrialState.Pruned or TrialState.Diverged), TrialStateSql.Final);
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
