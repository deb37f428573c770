namespace Sweep.Search.Spec;

/// <summary>Reads <c>replicates: 3</c> and <c>replicates: {count: 3, rank: median}</c>.</summary>
internal static class ReplicatesReader
{
    private const int Most = 1000;

    internal static ReplicatesSpec Read(SpecMap root, SpecLog log)
    {
        if (root.Find("replicates") is not { } entry)
        {
            return ReplicatesSpec.One;
        }

        if (entry.Value is not SpecMap section)
        {
            return new ReplicatesSpec(SpecReader.WholeNumber(entry, "replicates", 1, Most, log) ?? 1);
        }

        log.Keys(section, "replicates", "count", "rank");
        var read = new SectionReader(section, "replicates", log);
        read.Require("count", "how often each configuration is trained");
        var count = read.Whole("count", 1, Most, 1);
        var rank = Words.Read(section, "replicates", "rank", ["mean", "median", "lower_bound"], "mean", log) switch
        {
            "median" => ReplicateRank.Median,
            "lower_bound" => ReplicateRank.LowerBound,
            _ => ReplicateRank.Mean,
        };
        if (rank == ReplicateRank.LowerBound && count == 1)
        {
            log.Error(read.LineOf("rank"), "replicates.rank", "lower_bound needs a count of 2 or more: one value says nothing of its spread");
        }

        return new ReplicatesSpec(count, rank);
    }
}
