namespace Sweep.Search.Spec;

/// <summary>Reads where and when a sweep's trials run: <c>priority</c>, <c>slots</c>, <c>requires</c>, <c>poison_after</c>, <c>numerics</c>.</summary>
internal static class PlacementReader
{
    internal static readonly string[] Keys = ["priority", "slots", "requires", "poison_after", "numerics"];

    private const int MostPriority = 1000;

    /// <summary>The placement, and whether all trials are to compute with the same numerics.</summary>
    internal static (SweepPlacement Placement, bool KeepsNumerics) Read(SpecMap root, SpecLog log)
    {
        var read = new SectionReader(root, "", log);
        var placement = new SweepPlacement(
            read.Whole("priority", -MostPriority, MostPriority, 0),
            read.Whole("slots", 1, int.MaxValue),
            root.Find("requires") is { } requires ? ReadLabels(requires, log) : "",
            read.Whole("poison_after", 0, int.MaxValue, SweepPlacement.DefaultPoisonAfter));
        return (placement, Words.Read(root, "", "numerics", ["same", "any"], "any", log) == "same");
    }

    private static string ReadLabels(SpecEntry entry, SpecLog log)
    {
        IReadOnlyList<SpecNode> items = entry.Value is SpecList list ? list.Items : [entry.Value];
        if (items.Count == 0)
        {
            log.Error(entry.Line, "requires", "expected a label or a list of labels, found an empty list");
        }

        var labels = new List<string>();
        foreach (var item in items)
        {
            if (item is not SpecScalar { IsNull: false } scalar || !Labels.IsLabel(scalar.Text))
            {
                log.Error(item.Line, "requires", $"{item.Describe()} is not a label: {Labels.Rule}");
            }
            else if (labels.Contains(scalar.Text, StringComparer.Ordinal))
            {
                log.Error(item.Line, "requires", $"{scalar.Text} is given twice");
            }
            else
            {
                labels.Add(scalar.Text);
            }
        }

        return Labels.Join(labels);
    }
}
