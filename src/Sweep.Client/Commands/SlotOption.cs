using System.CommandLine;

namespace Sweep.Client.Commands;

/// <summary><c>--slots K</c>: how many trials run at once.</summary>
internal static class SlotOption
{
    private const int Most = 1024;

    public static Option<int> Create() => WholeNumber.Option(
        "--slots", [], "K", "How many trials run at once, each on one core; one per core by default", Most, () => Environment.ProcessorCount);

    /// <summary>Of <c>resume</c>, which may leave the trials to silos.</summary>
    public static Option<int?> CreateForResume() => WholeNumber.OptionalOption(
        "--slots", "K", "Run trials here, so many at once; by default one per core when no silo is there to run them", Most);
}
