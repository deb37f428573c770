using System.CommandLine;

namespace Sweep.Client.Commands;

/// <summary><c>--slots K</c>: how many trials run at once.</summary>
internal static class SlotOption
{
    private const int Most = 1024;

    public static Option<int> Create() => WholeNumber.Option(
        "--slots", [], "K", "How many trials run in parallel, each on one core; one per core by default", Most, () => Environment.ProcessorCount);

    /// <summary>The option of <c>resume</c>, which may leave the trials to silos.</summary>
    public static Option<int?> CreateForResume() => WholeNumber.OptionalOption(
        "--slots", "K", "Run K trials in parallel in this process. Default: the silos run them; without silos, one per core", Most);
}
