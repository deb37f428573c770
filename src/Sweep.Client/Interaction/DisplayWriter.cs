using System.Text;

namespace Sweep.Client.Interaction;

/// <summary>Human-readable output. Output that cannot be written is dropped; the command continues.</summary>
internal sealed class DisplayWriter(TextWriter writer) : TextWriter
{
    /// <summary>Whether output was dropped.</summary>
    public bool HasFailed { get; private set; }

    public override Encoding Encoding => writer.Encoding;

    public override void Write(char value) => Try(() => writer.Write(value));

    public override void Write(string? value) => Try(() => writer.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => writer.Write(buffer, index, count));

    public override void WriteLine(string? value) => Try(() => writer.WriteLine(value));

    public override void Flush() => Try(writer.Flush);

    private void Try(Action write)
    {
        if (HasFailed)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            HasFailed = true;
        }
    }
}
