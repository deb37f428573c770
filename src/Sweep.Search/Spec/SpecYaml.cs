using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sweep.Search.Spec;

/// <summary>Builds nodes from YamlDotNet's events: its object (de)serialisers need reflection, and its own nodes stop at the first doubled key.</summary>
internal sealed class SpecYaml
{
    private const int MaxDepth = 32;
    private const int MaxNodes = 1_000_000;
    private const string CoreTag = "tag:yaml.org,2002:";

    private readonly SpecLog _log;
    private readonly Parser _parser;
    private readonly Dictionary<string, (SpecNode Node, int Size)> _anchors = [];
    private int _nodes;

    private SpecYaml(string text, SpecLog log)
    {
        _log = log;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The root of the one document; null, with an error, when there is none or the text is not YAML.</summary>
    internal static SpecNode? Read(string text, SpecLog log)
    {
        var reader = new SpecYaml(text, log);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException e)
        {
            log.Error(Math.Max(1, (int)e.Start.Line), "", $"not valid YAML: {FirstLine(e.InnerException?.Message ?? e.Message)}");
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // YamlDotNet throws InvalidOperationException, ArgumentException and others for some texts that are not YAML.
            log.Error(Math.Max(1, (int)(reader._parser.Current?.End.Line ?? 1)), "", $"not valid YAML after this line: {FirstLine(e.Message)}");
            return null;
        }
    }

    private SpecNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _log.Error(1, "", "the file is empty; allowed: name, task, objective, search, parameters …");
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out _))
        {
            _log.Error((int)_parser.Current!.Start.Line, "", "a second document begins here; a sweep file is one");
        }

        return root;
    }

    private SpecNode ReadNode(int depth)
    {
        var current = _parser.Consume<ParsingEvent>();
        var line = (int)current.Start.Line;
        if (depth > MaxDepth)
        {
            throw new SemanticErrorException(current.Start, current.End, $"nested more than {MaxDepth} deep");
        }

        var before = _nodes;
        Count(current, 1);
        switch (current)
        {
            case AnchorAlias alias:
                if (!_anchors.TryGetValue(alias.Value.Value, out var anchor))
                {
                    throw new SemanticErrorException(current.Start, current.End, $"alias *{alias.Value.Value} has no anchor before it, or stands inside it");
                }

                // What it stands for is read again by everything that walks the tree.
                Count(current, anchor.Size);
                return anchor.Node;
            case Scalar scalar:
                return Keep(scalar, new SpecScalar(line, scalar.Value, IsPlain(scalar)), before);
            case SequenceStart list:
                CheckTag(list, "seq");
                var items = new List<SpecNode>();
                while (!_parser.Accept<SequenceEnd>(out _))
                {
                    items.Add(ReadNode(depth + 1));
                }

                _parser.Consume<SequenceEnd>();
                return Keep(list, new SpecList(line, items), before);
            case MappingStart map:
                CheckTag(map, "map");
                return Keep(map, ReadMap(line, depth), before);
            default:
                throw new SemanticErrorException(current.Start, current.End, "expected a value");
        }
    }

    private SpecMap ReadMap(int line, int depth)
    {
        var entries = new List<SpecEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!_parser.Accept<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not SpecScalar scalar)
            {
                _log.Error(key.Line, "", $"a key is a word, not {key.Describe()}");
            }
            else if (scalar is { Text: "<<", IsPlain: true })
            {
                _log.Error(key.Line, "<<", "merge keys are not part of YAML 1.2: write the keys out");
            }
            else if (!lines.TryAdd(scalar.Text, key.Line))
            {
                _log.Error(key.Line, scalar.Text, $"the key is given twice, first in line {lines[scalar.Text]}");
            }
            else
            {
                entries.Add(new SpecEntry(scalar.Text, key.Line, value));
            }
        }

        _parser.Consume<MappingEnd>();
        return new SpecMap(line, entries);
    }

    private void Count(ParsingEvent source, int nodes)
    {
        _nodes += nodes;
        if (_nodes > MaxNodes)
        {
            throw new SemanticErrorException(source.Start, source.End, $"more than {MaxNodes} values, aliases written out");
        }
    }

    /// <summary>Remembers a node that has an anchor.</summary>
    /// <param name="before">How many nodes were read before it.</param>
    private SpecNode Keep(NodeEvent source, SpecNode node, int before)
    {
        if (!source.Anchor.IsEmpty)
        {
            _anchors[source.Anchor.Value] = (node, _nodes - before);
        }

        return node;
    }

    private bool IsPlain(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific)
        {
            return scalar.Style == ScalarStyle.Plain && scalar.IsPlainImplicit;
        }

        var tag = scalar.Tag.Value;
        if (tag is not (CoreTag + "str" or CoreTag + "int" or CoreTag + "float" or CoreTag + "bool" or CoreTag + "null"))
        {
            _log.Error((int)scalar.Start.Line, "", $"unknown tag {tag}; allowed: !!str, !!int, !!float, !!bool, !!null");
        }

        return tag != CoreTag + "str";
    }

    private void CheckTag(NodeEvent source, string allowed)
    {
        if (!source.Tag.IsEmpty && !source.Tag.IsNonSpecific && source.Tag.Value != CoreTag + allowed)
        {
            _log.Error((int)source.Start.Line, "", $"unknown tag {source.Tag.Value}; allowed: !!{allowed}");
        }
    }

    private static string FirstLine(string message)
    {
        var end = message.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? message : message[..end];
    }
}
