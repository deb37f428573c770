using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sweep.Training.Data;

/// <summary>Reads IDX files of unsigned bytes, plain or gzipped (http://yann.lecun.com/exdb/mnist/, "file formats").</summary>
/// <remarks>Every way in which a file can be bad ends in a <see cref="TrainingException"/> with the file, what was found and what is allowed.</remarks>
internal static class IdxReader
{
    private const int Chunk = 256 * 1024;
    private const int PageSize = 4096;

    /// <summary>Reads images, [n, height, width].</summary>
    public static IdxImages ReadImages(string path)
    {
        using var source = IdxSource.Open(path);
        var (header, sizes) = ReadHeader(source, dimensions: 3, "images");
        var length = checked((long)sizes[0] * sizes[1]) is var rows && rows <= Array.MaxLength ? rows * sizes[2] : long.MaxValue;
        if (length > Array.MaxLength)
        {
            throw source.Error($"{sizes[0]} images of {sizes[1]} by {sizes[2]} are too many: at most {Array.MaxLength} bytes can be held");
        }

        source.ThrowIfCannotHold(header, length);
        var pixels = GC.AllocateUninitializedArray<byte>((int)length, pinned: true);
        var sums = default(PixelSums);
        DataFile? file = null;

        // The hash reads the compressed file by itself, on another core, and costs no time of its own.
        OrderedParallel.Invoke(
            () => sums = ReadContent(source, header, pixels),
            () =>
            {
                Prefault(pixels);
                file = source.Hash();
            });
        return new IdxImages(sizes[0], sizes[1], sizes[2], pixels, sums, file!);
    }

    /// <summary>Reads labels, [n].</summary>
    public static IdxLabels ReadLabels(string path)
    {
        using var source = IdxSource.Open(path);
        var (header, sizes) = ReadHeader(source, dimensions: 1, "labels");
        source.ThrowIfCannotHold(header, sizes[0]);
        var bytes = new byte[sizes[0]];
        ReadContent(source, header, bytes);

        var labels = GC.AllocateUninitializedArray<long>(bytes.Length, pinned: true);
        for (var i = 0; i < bytes.Length; i++)
        {
            labels[i] = bytes[i];
        }

        return new IdxLabels(labels, source.Hash());
    }

    private static (int Length, int[] Sizes) ReadHeader(IdxSource source, int dimensions, string what)
    {
        var header = new byte[sizeof(int) * (1 + dimensions)];
        var found = source.Read(header);
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (found >= sizeof(int) && magic != 0x800 + dimensions)
        {
            throw source.Error($"begins with {magic:x8}, not with {0x800 + dimensions:x8}, which marks IDX {what} (unsigned bytes, {dimensions} dimension{(dimensions == 1 ? string.Empty : "s")})");
        }

        if (found < header.Length)
        {
            throw source.Error($"truncated: {found} bytes uncompressed; the header of IDX {what} alone has {header.Length}");
        }

        var sizes = new int[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(sizeof(int) * (1 + i)));
            if (size is 0 or > int.MaxValue)
            {
                throw source.Error($"dimension {i} is {size}; it must be at least 1 and at most {int.MaxValue}");
            }

            sizes[i] = (int)size;
        }

        return (header.Length, sizes);
    }

    private static PixelSums ReadContent(IdxSource source, int header, byte[] content)
    {
        // Summed while each chunk is still in the cache.
        var sums = default(PixelSums);
        for (var done = 0; done < content.Length;)
        {
            var chunk = content.AsSpan(done, Math.Min(Chunk, content.Length - done));
            var found = source.Read(chunk);
            done += found;
            if (found < chunk.Length)
            {
                throw source.Error($"truncated: its header promises {content.Length} bytes of content, {done} were found");
            }

            sums.Add(chunk);
        }

        source.ThrowIfNotAtEnd((long)header + content.Length);
        return sums;
    }

    /// <summary>Has the kernel map the pages of a new block, ahead of and beside the thread that fills it.</summary>
    private static void Prefault(byte[] block)
    {
        // Or-ing 0 atomically is a write that changes nothing, whatever the other thread has put there.
        var words = MemoryMarshal.Cast<byte, int>(block.AsSpan());
        for (var i = 0; i < words.Length; i += PageSize / sizeof(int))
        {
            Interlocked.Or(ref words[i], 0);
        }
    }
}
