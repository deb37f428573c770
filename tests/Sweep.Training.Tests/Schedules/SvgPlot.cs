using System.Text;

namespace Sweep.Training.Tests.Schedules;

/// <summary>A plain line plot of learning rates over epochs, as SVG text; the same curves give the same text.</summary>
internal static class SvgPlot
{
    private const double Left = 44, Top = 14, Width = 420, Height = 150;
    private static readonly string[] Colours = ["#0b62a4", "#c2410c", "#15803d", "#7e22ce"];

    /// <summary>Draws curves of rates from 0 to 1 (multiples of lr), one point a step.</summary>
    public static string Draw(string title, int epochs, IReadOnlyList<(string Label, double[] Rates)> curves)
    {
        var svg = new StringBuilder();
        var bottom = Top + Height;
        svg.AppendLine($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 {200 + (16 * curves.Count)}\" font-family=\"sans-serif\" font-size=\"11\">");
        svg.AppendLine($"<title>{title}</title>");
        svg.AppendLine("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        svg.AppendLine($"<path d=\"M{Left} {Top}V{bottom}H{Left + Width}\" fill=\"none\" stroke=\"#6b7280\"/>");
        svg.AppendLine($"<path d=\"M{Left} {Top}H{Left + Width}\" fill=\"none\" stroke=\"#e5e7eb\"/>");
        svg.AppendLine($"<text x=\"{Left - 6}\" y=\"{Top + 4}\" text-anchor=\"end\">lr</text><text x=\"{Left - 6}\" y=\"{bottom + 4}\" text-anchor=\"end\">0</text>");
        for (var epoch = 0; epoch <= epochs; epoch += epochs / 4)
        {
            svg.AppendLine($"<text x=\"{X(epoch, epochs)}\" y=\"{bottom + 14}\" text-anchor=\"middle\">{epoch}</text>");
        }

        svg.AppendLine($"<text x=\"{Left + (Width / 2)}\" y=\"{bottom + 26}\" text-anchor=\"middle\">epochs</text>");
        for (var i = 0; i < curves.Count; i++)
        {
            var (label, rates) = curves[i];
            var y = bottom + 42 + (16 * i);
            svg.AppendLine($"<path d=\"{Line(rates)}\" fill=\"none\" stroke=\"{Colours[i]}\" stroke-width=\"1.5\"/>");
            svg.AppendLine($"<path d=\"M{Left} {y - 4}h18\" stroke=\"{Colours[i]}\" stroke-width=\"2\"/><text x=\"{Left + 24}\" y=\"{y}\">{label}</text>");
        }

        return svg.AppendLine("</svg>").ToString();
    }

    private static string Line(double[] rates)
    {
        var path = new StringBuilder();
        for (var i = 0; i < rates.Length; i++)
        {
            // Points on a level stretch are left out, its ends apart.
            if (i == 0 || i == rates.Length - 1 || rates[i - 1] != rates[i] || rates[i] != rates[i + 1])
            {
                path.Append(i == 0 ? 'M' : 'L').Append($"{X(i, rates.Length - 1)} {Math.Round(Top + (Height * (1 - rates[i])), 1)}");
            }
        }

        return path.ToString();
    }

    private static double X(double position, double length) => Math.Round(Left + (Width * position / length), 1);
}
