using System.Globalization;
using System.Text;
using Sweep.Search;
using Sweep.Search.Ranking;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Grains;

/// <summary>Resolves <c>schedule: meta</c>: the schedule that won in earlier sweeps on other tasks, written into the sweep's own spec.</summary>
/// <remarks>
/// A sweep has a say when it is Completed, its schedule varied, its winner trained for the same <c>task.epochs</c>, and on another data set or model.
/// Each such task has one vote, shared evenly by its sweeps; the schedule with the most of them is taken, of equals that of the newest sweep. Its settings
/// are those of the newest winner with it, but for those in units of the rate, which keep their defaults.
/// </remarks>
public static class MetaSchedule
{
    /// <summary>The spec with its schedule, its text included; the same when there is nothing to resolve.</summary>
    /// <param name="store">Where the earlier sweeps are; null when there is none yet.</param>
    /// <exception cref="SweepException">No earlier sweep has a say, or none of their schedules fits.</exception>
    public static async Task<SweepSpec> ResolveAsync(SweepSpec spec, ISweepStore? store, Catalogue catalogue, CancellationToken cancellationToken)
    {
        if (spec.Meta is not { Schedule: null })
        {
            return spec;
        }

        var winners = store is null ? [] : await WinnersAsync(spec, store, catalogue, cancellationToken);
        if (winners.Count == 0)
        {
            throw new SweepException(string.Create(
                CultureInfo.InvariantCulture,
                $"schedule: meta: this store has no sweep to learn from: one that is Completed, in which schedule varied, with task.epochs {spec.Task.Epochs}, on another data set or model than {string.Join(", ", TasksOf(spec, catalogue))}"));
        }

        string? mistake = null;
        foreach (var (schedule, settings) in Vote(winners))
        {
            var result = SpecReader.Read(
                SpecSections.Add(spec.Source, MetaSpec.Name, "What schedule: meta was resolved to when the sweep was submitted.", Section(schedule, settings, winners)),
                spec.File, catalogue);
            if (result.Spec is { } resolved)
            {
                return resolved;
            }

            mistake ??= $"{schedule}: {result.Errors[0].Message}";
        }

        throw new SweepException($"schedule: meta: what won in earlier sweeps does not fit this one: {mistake}");
    }

    private static async Task<List<Winner>> WinnersAsync(SweepSpec spec, ISweepStore store, Catalogue catalogue, CancellationToken cancellationToken)
    {
        var winners = new List<Winner>();
        var own = TasksOf(spec, catalogue);
        foreach (var (sweep, _) in await store.ListSweepsAsync(cancellationToken))
        {
            if (sweep.State != SweepState.Completed
                || SpecReader.Read(sweep.SpecText, sweep.SpecFile, catalogue).Spec is not { } earlier
                || Values(earlier, catalogue.Schedules.Selector, null).Count < 2
                || await SweepRankingQuery.RankAsync(store, earlier, sweep.Id, 1, cancellationToken) is not [{ Trial: { State: TrialState.Completed, Values: [{ }, ..] } best }])
            {
                continue;
            }

            var configuration = Configuration.Parse(best.Parameters);
            var task = $"{Setting(earlier, configuration, Dataset(catalogue))} {Setting(earlier, configuration, Model(catalogue))}";
            if (!own.Contains(task) && earlier.EpochsOf(configuration) == spec.Task.Epochs)
            {
                var name = configuration.TryGet(catalogue.Schedules.Selector, out var given) ? given.AsText : catalogue.Schedules.Default!;
                winners.Add(new Winner(sweep.Name, best.Number, task, name, SettingsOf(configuration, name, catalogue)));
            }
        }

        return winners;
    }

    /// <summary>The schedules that won, the most voted first, with the settings of the newest winner.</summary>
    private static IEnumerable<(string Schedule, IReadOnlyList<KeyValuePair<string, ParameterValue>> Settings)> Vote(List<Winner> winners) =>
        winners.Select((winner, age) => (Winner: winner, Age: age))
            .GroupBy(entry => entry.Winner.Schedule, StringComparer.Ordinal)
            .OrderByDescending(group => Math.Round(group.Sum(entry => WeightOf(entry.Winner, winners)), 9))
            .ThenByDescending(group => group.Max(entry => entry.Age))
            .Select(group => (group.Key, group.Last().Winner.Settings));

    private static double WeightOf(Winner winner, List<Winner> winners) => 1.0 / winners.Count(other => other.Task == winner.Task);

    private static List<KeyValuePair<string, ParameterValue>> SettingsOf(Configuration configuration, string schedule, Catalogue catalogue)
    {
        var (prefix, members) = (catalogue.Schedules.Prefix, catalogue.Schedules.Members[schedule]);
        return
        [
            .. from entry in configuration.Entries
               where entry.Key.StartsWith(prefix, StringComparison.Ordinal)
               let name = entry.Key[prefix.Length..]
               where members.Any(setting => setting.Name == name && !setting.IsRate)
               select KeyValuePair.Create(name, entry.Value),
        ];
    }

    private static List<string> TasksOf(SweepSpec spec, Catalogue catalogue) =>
    [
        .. from dataset in Values(spec, Dataset(catalogue).Path, Setting(spec, null, Dataset(catalogue)))
           from model in Values(spec, Model(catalogue).Path, Setting(spec, null, Model(catalogue)))
           select $"{dataset} {model}",
    ];

    private static (string Path, object? Default) Dataset(Catalogue catalogue) =>
        ("task.dataset", catalogue.Task.FirstOrDefault(setting => setting.Name == "dataset")?.Default);

    private static (string Path, object? Default) Model(Catalogue catalogue) => (catalogue.Models.Selector, catalogue.Models.Default);

    private static string Setting(SweepSpec spec, Configuration? configuration, (string Path, object? Default) setting) =>
        configuration?.TryGet(setting.Path, out var own) == true ? own.AsText
        : spec.Task.Settings.TryGetValue(setting.Path["task.".Length..], out var given) ? given.AsText
        : setting.Default as string ?? "";

    /// <summary>What a parameter may be, without repeats; the value given where it is none.</summary>
    private static List<string> Values(SweepSpec spec, string path, string? otherwise)
    {
        var parameter = spec.Space.Parameters.FirstOrDefault(p => p.Name == path);
        return parameter is null
            ? otherwise is null ? [] : [otherwise]
            : [.. parameter.Alternatives.SelectMany(a => ((ValuesDistribution)a.Distribution).Values).Select(value => value.AsText).Distinct(StringComparer.Ordinal)];
    }

    private static string Section(string schedule, IReadOnlyList<KeyValuePair<string, ParameterValue>> settings, List<Winner> winners)
    {
        var text = new StringBuilder("{\"schedule\": ");
        CanonicalJson.AppendQuoted(text, schedule);
        text.Append(",\n  \"settings\": ").Append(new Configuration(settings).ToJson()).Append(",\n  \"sources\": [");
        var separator = "\n    ";
        foreach (var winner in winners)
        {
            text.Append(separator).Append("{\"sweep\": ");
            CanonicalJson.AppendQuoted(text, winner.Sweep);
            text.Append(CultureInfo.InvariantCulture, $", \"trial\": {winner.Trial}, \"task\": ");
            CanonicalJson.AppendQuoted(text, winner.Task);
            text.Append(", \"schedule\": ");
            CanonicalJson.AppendQuoted(text, winner.Schedule);
            text.Append(CultureInfo.InvariantCulture, $", \"weight\": {WeightOf(winner, winners):0.####}}}");
            separator = ",\n    ";
        }

        return text.Append("]}").ToString();
    }

    private sealed record Winner(string Sweep, int Trial, string Task, string Schedule, IReadOnlyList<KeyValuePair<string, ParameterValue>> Settings);
}
