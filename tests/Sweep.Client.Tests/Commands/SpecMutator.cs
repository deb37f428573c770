using System.Text;
using System.Text.RegularExpressions;

namespace Sweep.Client.Tests.Commands;

/// <summary>Damages sweep files: each is a function of the corpus, the seed and its number.</summary>
internal sealed partial class SpecMutator(IReadOnlyList<string> corpus, int seed)
{
    private const int MatchTimeout = 60_000;

    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "2147483647", "2147483648", "-2147483649", "99999999999", "9223372036854775807", "9223372036854775808", "18446744073709551616",
        "1e300", "-1e308", "1.7976931348623157e308", "5e-324", "1e-300", "1e999", "-0.0", ".inf", "-.inf", ".nan", "NaN", "0x7fffffffffffffff", "0o777777777777777777777",
        "0x", "0o", "1_000", "1,5", "00012", "+3", "1.", ".5", "1e", "0.1", "1e-17", "4503599627370497", "9007199254740993", "100000", "100001",
        "123456789012345678901234567890123456789012345678901234567890", "0.30000000000000004", "1" + "000000000000000000000000000000000000000000",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", ": ", "- ", "? ", "|", ">", "|2\n", ">-\n", "#", " #", "\"", "'", "\\", "\"\\x\"", "\"\\ud800\"", "%YAML 1.2\n---\n", "%TAG ! tag:x,2000:\n", "---\n", "...\n",
        "&a ", "*a", "&a", "*b ", "<<: *a\n", "!!str ", "!!int ", "!!float ", "!!binary ", "!!set ", "!local ", "!<tag:yaml.org,2002:str> ", "!!", "!", "&", "*", "@", "`", "~", "null", "true", "no",
        "\t", "\r", "\r\n", "\n", "\n\n", "\0", "\a", "\x1b", "\x7f", "\u0085", "\u00a0", "\u2028", "\ufeff", "\ufffd", "\ud800", "\udc00", "\U0001F600", "é", "日本",
        "[]", "{}", "[[]]", "{a: {}}", "[1, 2", "{a: 1", "a: b: c", "- - - x\n", "? a\n: b\n", "key:\n", "\n  ", "\n\t", "when: { optimizer: sgd }", "values: []", "points: 100000", "step: 1e-300",
        "min: -1e308, max: 1e308", "min: 0, max: 5e-324", "probabilities: [1, 0]", "type: int", "type: float", "distribution: normal, mean: 0, std: 1e308",
        "duplicates: allow", "warm_tried: \"1 2 3\"", "trials: 99999999999", "hidden: [99999999999]", "pruner: { type: hyperband }", "order: as_finished", "seed: 9223372036854775807",
    ];

    /// <summary>The text of a number.</summary>
    internal string Make(int number)
    {
        var random = new Random(HashCode(seed, number));
        var text = new StringBuilder(Any(random, corpus));
        for (var changes = 1 + random.Next(4); changes > 0; changes--)
        {
            Change(text, random);
        }

        return text.ToString();
    }

    private static int HashCode(int seed, int number) => unchecked((seed * 486187739) + number);

    private void Change(StringBuilder text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(text.Length - at, 1 + random.Next(random.Next(4) == 0 ? 200 : 8));
        switch (random.Next(14))
        {
            case 0:
                text.Remove(at, length);
                break;
            case 1:
                text.Insert(at, Any(random, Pieces));
                break;
            case 2:
                text.Remove(at, length).Insert(at, Any(random, Pieces));
                break;
            case 3:
                text.Insert(random.Next(text.Length + 1), text.ToString(at, length));
                break;
            case 4:
                text.Insert(at, (char)random.Next(random.Next(2) == 0 ? 128 : 65536));
                break;
            case 5:
                text.Length = at;
                break;
            case 6 or 7:
                Replace(text, random, Number(), Any(random, Numbers));
                break;
            case 8:
                Replace(text, random, Word(), Word().Matches(Any(random, corpus)) is { Count: > 0 } words ? words[random.Next(words.Count)].Value : "x");
                break;
            case 9:
                Replace(text, random, Value(), random.Next(3) == 0 ? Any(random, Numbers) : Any(random, Pieces));
                break;
            case 10 or 11:
                Lines(text, random);
                break;
            case 12:
                Nest(text, random, at);
                break;
            default:
                var other = Any(random, corpus);
                var from = random.Next(other.Length);
                text.Insert(at, other.AsSpan(from, Math.Min(other.Length - from, 1 + random.Next(300))));
                break;
        }
    }

    private static void Replace(StringBuilder text, Random random, Regex pattern, string with)
    {
        var found = pattern.Matches(text.ToString());
        if (found.Count > 0)
        {
            var match = found[random.Next(found.Count)];
            text.Remove(match.Index, match.Length).Insert(match.Index, with);
        }
    }

    private static void Lines(StringBuilder text, Random random)
    {
        var lines = text.ToString().Split('\n').ToList();
        var (one, two) = (random.Next(lines.Count), random.Next(lines.Count));
        switch (random.Next(5))
        {
            case 0:
                lines.RemoveAt(one);
                break;
            case 1:
                lines.Insert(two, lines[one]);
                break;
            case 2:
                (lines[one], lines[two]) = (lines[two], lines[one]);
                break;
            case 3:
                lines[one] = new string(' ', random.Next(12)) + lines[one];
                break;
            default:
                lines[one] = lines[one].TrimStart();
                break;
        }

        text.Clear().AppendJoin('\n', lines);
    }

    private static void Nest(StringBuilder text, Random random, int at)
    {
        var depth = random.Next(8) == 0 ? 5000 : random.Next(60);
        var (open, close) = random.Next(5) switch
        {
            0 => ("[", "]"),
            1 => ("{a: ", "}"),
            2 => ("- ", ""),
            3 => ("? ", ""),
            _ => ("[{a: [", "]}]"),
        };
        text.Insert(at, string.Concat(Enumerable.Repeat(open, depth)) + "x" + (random.Next(2) == 0 ? string.Concat(Enumerable.Repeat(close, depth)) : ""));
    }

    private static string Any(Random random, IReadOnlyList<string> choices) => choices[random.Next(choices.Count)];

    [GeneratedRegex(@"-?[0-9][0-9.e\-]*", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Number();

    [GeneratedRegex(@"[a-z_][a-z_0-9.]*", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<=: )[^,}\n]+", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Value();
}
