namespace Sweep.Store;

/// <summary>The numbers of <see cref="Search.Trials.TrialState"/> as SQL text: constants, so that statements are constants too.</summary>
internal static class TrialStateSql
{
    public const string Waiting = "0";
    public const string Running = "1";
    public const string Paused = "2";
    public const string Completed = "3";
    public const string Pruned = "4";
    public const string Failed = "5";
    public const string Diverged = "6";
    public const string Canceled = "7";
    public const string Poisoned = "8";

    public const string NotOver = $"({Waiting}, {Running}, {Paused})";
    public const string Over = $"({Completed}, {Pruned}, {Failed}, {Diverged}, {Canceled}, {Poisoned})";

    /// <summary>What the user may try again.</summary>
    public const string Retryable = $"({Failed}, {Canceled}, {Poisoned})";

    /// <summary>Over, and what nobody can try again.</summary>
    public const string Final = $"({Completed}, {Pruned}, {Diverged})";
}

/// <summary>The numbers of <see cref="Search.Trials.SweepState"/> as SQL text.</summary>
internal static class SweepStateSql
{
    public const string Pending = "0";
    public const string Running = "1";
    public const string Paused = "2";
    public const string Completed = "3";
    public const string Canceled = "4";
    public const string Failed = "5";

    /// <summary>Those whose trials silos may run.</summary>
    public const string Open = $"({Pending}, {Running})";

    public const string Over = $"({Completed}, {Canceled}, {Failed})";
}
