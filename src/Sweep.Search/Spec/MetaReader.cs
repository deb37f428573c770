namespace Sweep.Search.Spec;

/// <summary>Puts in the place of <c>schedule: meta</c> what it was resolved to.</summary>
internal static class MetaReader
{
    private const string Section = MetaSpec.Name;

    /// <summary>The file's map with a schedule that is in the catalogue: the resolved one, or the default one while it is not resolved.</summary>
    /// <param name="meta">Null when the schedule is not meta.</param>
    internal static SpecMap Read(SpecMap root, Catalogue catalogue, SpecLog log, out MetaSpec? meta)
    {
        meta = null;
        var family = catalogue.Schedules;
        var section = root.Find(Section);
        if (root.Find("parameters")?.Value is not SpecMap parameters || parameters.Find(family.Selector) is not { } schedule || !IsMeta(schedule.Value))
        {
            if (section is not null)
            {
                log.Error(section.Line, Section, $"holds what {family.Selector}: meta was resolved to, and {family.Selector} is not meta here");
            }
            else if (root.Find("parameters")?.Value is SpecMap all && all.Find(family.Selector) is { } one && Contains(one.Value))
            {
                log.Error(one.Line, family.Selector, "meta is resolved to one schedule, so it stands alone: schedule: meta");
            }

            return root;
        }

        foreach (var entry in parameters.Entries)
        {
            if (entry.Key.StartsWith(family.Prefix, StringComparison.Ordinal))
            {
                log.Error(entry.Line, entry.Key, "schedule: meta takes the schedule's settings from earlier sweeps: leave it out");
            }
            else if (entry.Key == TaskSpec.EpochsParameter)
            {
                log.Error(entry.Line, entry.Key, "schedule: meta looks for sweeps with the same task.epochs: it cannot vary");
            }
        }

        List<SpecEntry> chosen = [new(family.Selector, schedule.Line, Plain(schedule.Line, family.Default ?? family.Members.Keys.First()))];
        meta = new MetaSpec(null, []);
        if (section is not null)
        {
            if (log.Map(section.Value, Section) is not { } map || !ReadSection(map, family, log, chosen, out meta))
            {
                meta = new MetaSpec(null, []);
            }
        }

        var entries = parameters.Entries.SelectMany(entry => entry == schedule ? chosen : [entry]).ToList();
        return root with
        {
            Entries = [.. root.Entries.Where(e => e.Key != Section).Select(e => e.Key == "parameters" ? e with { Value = parameters with { Entries = entries } } : e)],
        };
    }

    private static bool ReadSection(SpecMap map, CatalogueFamily family, SpecLog log, List<SpecEntry> chosen, out MetaSpec? meta)
    {
        meta = null;
        log.Keys(map, Section, "schedule", "settings", "sources");
        if (map.Find("schedule") is not { Value: SpecScalar name } entry)
        {
            log.Missing(map, "schedule", $"{Section}.schedule", "is required: what meta was resolved to");
            return false;
        }

        chosen[0] = new SpecEntry(family.Selector, entry.Line, name);
        if (map.Find("settings") is { } settings && log.Map(settings.Value, $"{Section}.settings") is { } given)
        {
            chosen.AddRange(given.Entries.Select(setting => setting with { Key = family.Prefix + setting.Key }));
        }

        var sources = new List<MetaSource>();
        foreach (var item in (map.Find("sources")?.Value as SpecList)?.Items ?? [])
        {
            if (log.Map(item, $"{Section}.sources") is { } source)
            {
                log.Keys(source, $"{Section}.sources", "sweep", "trial", "task", "schedule", "weight");
                var fields = new SectionReader(source, $"{Section}.sources", log);
                sources.Add(new MetaSource(
                    Text(source, "sweep"), fields.Whole("trial", 0, int.MaxValue, 0), Text(source, "task"), Text(source, "schedule"), fields.Number("weight", 0, 1, 1)));
            }
        }

        meta = new MetaSpec(name.Text, sources);
        return true;
    }

    private static string Text(SpecMap map, string key) => map.Find(key)?.Value is SpecScalar scalar ? scalar.Text : "";

    private static bool IsMeta(SpecNode node) => node is SpecScalar { Text: MetaSpec.Name };

    private static bool Contains(SpecNode node) => node switch
    {
        SpecList list => list.Items.Any(item => IsMeta(item) || Contains(item)),
        SpecMap map => map.Entries.Any(entry => entry.Key != "when" && (IsMeta(entry.Value) || Contains(entry.Value))),
        _ => false,
    };

    private static SpecScalar Plain(int line, string text) => new(line, text, IsPlain: true);
}
