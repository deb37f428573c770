using System.Globalization;

namespace Sweep.Store.Postgres;

/// <summary>A checkpoint's row, without its content.</summary>
internal sealed record CheckpointHead(long Id, int Epoch, long Step, long Size)
{
    public Checkpoint Join(IReadOnlyList<byte[]> chunks)
    {
        var content = new byte[Size];
        var filled = 0L;
        foreach (var chunk in chunks)
        {
            if (filled + chunk.Length <= Size)
            {
                chunk.CopyTo(content, filled);
            }

            filled += chunk.Length;
        }

        return filled == Size
            ? new Checkpoint(Epoch, Step, content)
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"checkpoint {Id} has {filled} of {Size} bytes"));
    }
}
