using System.Globalization;
using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>What the audit trail says of a trial that goes on.</summary>
internal static class ClaimText
{
    /// <summary>The text of the event.</summary>
    /// <param name="trial">After the claim.</param>
    /// <param name="again">Epochs that had been reported after its checkpoint.</param>
    public static string Of(TrialRecord trial, int again) => string.Create(
        CultureInfo.InvariantCulture, $"attempt {trial.Attempt}, from {trial.Resource}{(again > 0 ? $", {again} again" : "")}");
}
