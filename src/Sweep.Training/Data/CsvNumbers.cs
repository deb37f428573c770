using System.Globalization;
using System.Text.RegularExpressions;

namespace Sweep.Training.Data;

/// <summary>How numbers are written in a CSV file.</summary>
/// <param name="decimalComma">Whether decimals follow a comma, not a point.</param>
internal sealed class CsvNumbers(bool decimalComma)
{
    private static readonly string[] MissingWords = ["", "na", "n/a", "nan", "null", "none", "?", "-"];

    // A sign and a currency; digits in groups of three, with decimals, or neither; an exponent, and a per cent sign or a currency.
    private static readonly Regex Otherwise = new(
        @"^[-+−]?\s?[$€£¥]?\s?[-+−]?([0-9]{1,3}([., '’_\u00a0\u202f][0-9]{3})+([.,][0-9]*)?|[0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][-+]?[0-9]+)?\s?[%$€£¥]?$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    private readonly NumberFormatInfo _format = new() { NumberDecimalSeparator = decimalComma ? "," : "." };

    /// <summary>A value as a finite number, or null.</summary>
    public double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, _format, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>Numbers with the other sign for decimals.</summary>
    public CsvNumbers Other => new(!decimalComma);

    /// <summary>What to do about numbers that are written as <see cref="Other"/> reads them.</summary>
    public string OtherAdvice => decimalComma
        ? "decimals follow a comma, as task.decimal_comma says: write them all so"
        : "decimals follow a point: write them so, or set task.decimal_comma: true where all numbers of the file have a comma";

    /// <summary>Whether a value is a number, or would be one if it were written otherwise: <c>1,5</c>, <c>1 000</c>, <c>12%</c>, <c>1e999</c>.</summary>
    public bool Resembles(string text) => Parse(text) is not null || Otherwise.IsMatch(text);

    /// <summary>Whether a value says that there is none.</summary>
    public static bool IsMissing(string text) => MissingWords.Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>One text for each number, however it is written: of 1, 01 and 1.0 the same.</summary>
    public string Canonical(string text) =>
        decimal.TryParse(text, NumberStyles.Float, _format, out var exact)
            ? exact.ToString("0.#############################", CultureInfo.InvariantCulture)
            : Parse(text)!.Value.ToString("R", CultureInfo.InvariantCulture);
}
