namespace Sweep.Store.Postgres;

/// <summary>The claims of one silo on one sweep in a batch, as one; the first to ask gets the lowest numbers.</summary>
internal sealed class ClaimGroup(ClaimKey key)
{
    public ClaimKey Key => key;

    public List<ClaimJob> Jobs { get; } = [];

    public int Count => (int)Math.Min(int.MaxValue, Jobs.Sum(job => (long)job.Count));

    /// <summary>Nothing was claimed, because something of it was begun.</summary>
    public bool WasBegun { get; set; }

    public List<ClaimedTrial> Claimed { get; } = [];

    public static int ByPlace(ClaimedTrial a, ClaimedTrial b) =>
        (a.Trial.Number, a.Trial.Replicate).CompareTo((b.Trial.Number, b.Trial.Replicate));

    /// <summary>When the answer was lost: what was claimed is given back with the next heartbeat.</summary>
    public void CompleteWithNothing() => Jobs.ForEach(job => job.Succeed([]));

    public void Complete() => Complete(Claimed);

    public void Complete(IReadOnlyList<ClaimedTrial> claimed)
    {
        var sorted = claimed.ToList();
        sorted.Sort(ByPlace);
        var at = 0;
        foreach (var job in Jobs)
        {
            var count = Math.Min(job.Count, sorted.Count - at);
            job.Succeed(sorted.GetRange(at, count));
            at += count;
        }
    }
}
