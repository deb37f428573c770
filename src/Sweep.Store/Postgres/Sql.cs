using System.Text;
using Npgsql;
using Sweep.Search.Runs;

namespace Sweep.Store.Postgres;

/// <summary>Small things that statements and their arguments share.</summary>
internal static class Sql
{
    /// <summary>The content of a checkpoint lies in rows of this size.</summary>
    public const int ChunkBytes = 1 << 20;

    public const string ChunkBytesText = "1048576";

    /// <summary>The server's time for people.</summary>
    public const string Now = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    /// <summary>Of our own, among the advisory locks of a database: the sweep's id is added.</summary>
    public const string SweepLock = "(6001420096839680000 + ";

    /// <summary>Deaths from which on a trial is a suspect, and what nobody may claim: the WHERE of the indexes, written out.</summary>
    public const string Claimable = $"state = {TrialStateSql.Waiting} AND held = 0 AND deaths < 2";

    public const string Suspect = $"state = {TrialStateSql.Waiting} AND deaths >= 2 AND held = 0";

    /// <summary>The order of the indexes of what may be claimed, and of no other: the server walks one of them.</summary>
    public const string ByNumber = "sweep_id, number NULLS FIRST, replicate";

    /// <summary>An argument, by its place ($1, $2 …).</summary>
    public static NpgsqlParameter Arg<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    /// <summary>A text that PostgreSQL takes: without U+0000, and without halves of characters.</summary>
    public static string Text(string text)
    {
        foreach (var c in text)
        {
            if (c == '\0' || char.IsSurrogate(c))
            {
                return Clean(text);
            }
        }

        return text;
    }

    /// <summary>A number as it is ranked and stored: what is not finite is no value.</summary>
    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    public static string SiblingPrefix => Endings.SiblingPrefix;

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return clean.ToString();
    }
}
