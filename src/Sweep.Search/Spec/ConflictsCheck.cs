using System.Globalization;
using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>Finds optimizers and schedules that can be drawn together and do not go together.</summary>
internal sealed class ConflictsCheck(IReadOnlyList<ParameterEntry> entries, TaskSection task, Catalogue catalogue, int line, SpecLog log)
{
    internal void Run(Space space)
    {
        var (optimizers, schedules) = (Possible(catalogue.Optimizers), Possible(catalogue.Schedules));
        var found = catalogue.Conflicts.Where(c => optimizers.Contains(c.Optimizer) && schedules.Contains(c.Schedule) && CanMeet(c, space)).ToList();
        if (found.Count > 0)
        {
            var more = found.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" (and {found.Count - 1} more such pairs)") : "";
            var entry = entries.FirstOrDefault(e => e.Parameter.Name == catalogue.Schedules.Selector) ?? entries.FirstOrDefault(e => e.Parameter.Name == catalogue.Optimizers.Selector);
            log.Error(entry?.Line ?? line, entry?.Parameter.Name ?? catalogue.Schedules.Selector, $"{found[0].Reason}{more}; a 'when' or 'forbidden' keeps them apart");
        }
    }

    private List<string> Possible(CatalogueFamily family) => FamilyMembers.Possible(family, entries, task, []);

    private bool CanMeet(CatalogueConflict conflict, Space space)
    {
        Condition[] pair = [.. Conditions(catalogue.Optimizers, conflict.Optimizer), .. Conditions(catalogue.Schedules, conflict.Schedule)];
        var without = new SpaceTree(space.Parameters, space.Forbidden, []);
        var apart = new SpaceTree(space.Parameters, [.. space.Forbidden, pair], []);
        return pair.Length < 2 || without.Count(0, without.NewState()) != apart.Count(0, apart.NewState());
    }

    private IEnumerable<Condition> Conditions(CatalogueFamily family, string member) =>
        entries.Any(e => e.Parameter.Name == family.Selector) ? [new Condition(family.Selector, [ParameterValue.Of(member)])] : [];
}
