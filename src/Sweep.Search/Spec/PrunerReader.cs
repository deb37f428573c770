using System.Globalization;

namespace Sweep.Search.Spec;

/// <summary>Reads the pruner of the search section: one, or a list of one that compares trials and any that look at their own only.</summary>
internal sealed class PrunerReader(SpecMap root, TaskSection task, SpaceSection? space, SpecLog log)
{
    private const string Path = "search.pruner";
    private const string RungKeys = "min_resource max_resource reduction_factor";

    /// <summary>The pruners, with their settings.</summary>
    internal static readonly Dictionary<string, string[]> Types = new(StringComparer.Ordinal)
    {
        ["halving"] = RungKeys.Split(' '),
        ["hyperband"] = [.. RungKeys.Split(' '), "table"],
        ["asha"] = RungKeys.Split(' '),
        ["stopping"] = RungKeys.Split(' '),
        ["median"] = ["max_resource", "mode", "warmup_steps", "interval", "min_trials"],
        ["percentile"] = ["max_resource", "percentile", "mode", "warmup_steps", "interval", "min_trials"],
        ["pbt"] = ["max_resource", "interval", "quantile", "resample_probability"],
        ["target"] = ["value"],
        ["patience"] = ["epochs", "min_delta"],
        ["threshold"] = ["lower", "upper", "warmup_steps"],
    };

    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);

    internal PrunerSpec? Pruner { get; private set; }

    internal OwnRulesSpec Rules { get; private set; } = OwnRulesSpec.None;

    internal void Read(SpecEntry entry)
    {
        IReadOnlyList<SpecNode> nodes = entry.Value is SpecList list ? list.Items : [entry.Value];
        foreach (var node in nodes)
        {
            if (log.Map(node, Path) is { } section)
            {
                ReadOne(section);
            }
        }
    }

    private void ReadOne(SpecMap section)
    {
        if (Words.Read(section, Path, "type", [.. Types.Keys], null, log) is not { } type)
        {
            return;
        }

        log.Keys(section, Path, ["type", .. Types[type]]);
        var read = new SectionReader(section, Path, log);
        var errorsBefore = log.ErrorCount;
        switch (type)
        {
            case "target":
                read.Require("value", "a trial that is as good ends there");
                Rules = Rules with { Target = new TargetSpec(read.Number("value") ?? 0) };
                break;
            case "patience":
                read.Require("epochs", "so many without becoming better are the end");
                Rules = Rules with { Patience = new PatienceSpec(read.Whole("epochs", 1, int.MaxValue, 1), read.Number("min_delta", 0, double.PositiveInfinity, 0)) };
                break;
            case "threshold":
                Rules = Rules with { Threshold = Threshold(section, read) };
                break;
            default:
                Compare(section, type, read, errorsBefore);
                type = "";
                break;
        }

        if (!_kinds.Add(type))
        {
            log.Error(section.Line, Path, type.Length > 0 ? $"{type} is given twice" : $"only one pruner may compare trials with each other; target, patience and threshold go with it");
        }
    }

    private ThresholdSpec Threshold(SpecMap section, SectionReader read)
    {
        var threshold = new ThresholdSpec(read.Number("lower"), read.Number("upper"), read.Whole("warmup_steps", 0, int.MaxValue, 0));
        if (section.Find("lower") is null && section.Find("upper") is null)
        {
            log.Error(section.Line, Path, "threshold needs lower, upper or both");
        }
        else if (threshold.Lower >= threshold.Upper)
        {
            log.Error(read.LineOf("lower"), $"{Path}.lower", string.Create(CultureInfo.InvariantCulture, $"{threshold.Lower} is not below upper {threshold.Upper}"));
        }

        return threshold;
    }

    private void Compare(SpecMap section, string type, SectionReader read, int errorsBefore)
    {
        var max = read.Whole("max_resource", 1, int.MaxValue) ?? (int?)task.Epochs;
        if (root.Find("parameters")?.Value is SpecMap parameters && parameters.Find(TaskSpec.EpochsParameter) is { } varied)
        {
            log.Error(varied.Line, TaskSpec.EpochsParameter, "cannot vary with a pruner that compares trials at the same resource");
        }
        else if (max > task.Epochs)
        {
            log.Error(read.LineOf("max_resource"), $"{Path}.max_resource", $"{max} is above task.epochs {task.Epochs}");
        }

        var spec = type switch
        {
            "median" or "percentile" => Percentile(type, read, max ?? 1),
            "pbt" => new PbtSpec(
                max ?? 1,
                read.Whole("interval", 1, int.MaxValue, 1),
                read.Number("quantile", 0, 0.5, PbtSpec.DefaultQuantile, isOpen: true),
                read.Number("resample_probability", 0, 1, PbtSpec.DefaultResampleProbability)),
            _ => Rungs(section, type, read, max),
        };
        Pruner = log.ErrorCount > errorsBefore || max is null ? null : spec;
    }

    private PercentileSpec Percentile(string type, SectionReader read, int max)
    {
        if (type == "percentile")
        {
            read.Require("percentile", "about so many of a hundred go on");
        }

        return new PercentileSpec(
            max,
            read.Number("percentile", 0, 99.99, 50, isOpen: true),
            Words.Read(read.Map, Path, "mode", ["average", "raw"], "average", log) == "raw",
            read.Whole("warmup_steps", 0, int.MaxValue, 0),
            read.Whole("interval", 1, int.MaxValue, 1),
            read.Whole("min_trials", 1, int.MaxValue, PercentileSpec.DefaultMinTrials));
    }

    private PrunerSpec Rungs(SpecMap section, string type, SectionReader read, int? max)
    {
        var min = read.Whole("min_resource", 1, int.MaxValue, 1);
        var factor = read.Whole("reduction_factor", 2, int.MaxValue, 3);
        if (min > max)
        {
            var key = section.Find("min_resource") is null ? "max_resource" : "min_resource";
            log.Error(read.LineOf(key), $"{Path}.min_resource", $"{min} is above {(section.Find("max_resource") is null ? "task.epochs" : "max_resource")} {max}");
        }
        else
        {
            ScheduleWarning.Give(read.LineOf("min_resource"), min, task, space, log);
        }

        return type switch
        {
            "halving" => new HalvingSpec(min, max ?? 1, factor),
            "hyperband" => new HyperbandSpec(
                min, max ?? 1, factor, Words.Read(section, Path, "table", ["algorithm", "printed"], "algorithm", log) == "printed"),
            _ => new AshaSpec(min, max ?? 1, factor, type == "stopping"),
        };
    }
}
