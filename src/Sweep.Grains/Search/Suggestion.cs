using Sweep.Grains.Search.Spaces;

namespace Sweep.Grains.Search;

/// <summary>A trial to be made.</summary>
/// <param name="Number">Its number in the sweep.</param>
/// <param name="Granted">The epochs it may train before the search is asked again.</param>
public sealed record Suggestion(int Number, Configuration Configuration, int Granted);
