using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Sweep.Training;

/// <summary>Writes weights as the file that PyTorch's <c>torch.save</c> writes of a <c>state_dict</c>, for <c>torch.load</c>.</summary>
/// <remarks>
/// The format since PyTorch 1.6: a ZIP archive, nothing compressed, with a pickle (protocol 2) of a dict from names to tensors, each of which refers
/// to its bytes in a member of its own. It holds nothing but tensors, so <c>weights_only=True</c> reads it too.
/// </remarks>
public static class StateDictFile
{
    private const string Folder = "weights/";

    public static void Write(Stream stream, IReadOnlyList<NamedWeights> weights)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, "data.pkl", Pickle(weights));
        Add(archive, "byteorder", "little"u8);
        for (var i = 0; i < weights.Count; i++)
        {
            Add(archive, $"data/{i}", MemoryMarshal.AsBytes(weights[i].Values.AsSpan()));
        }

        Add(archive, "version", "3\n"u8);
    }

    /// <summary>A dict {name: _rebuild_tensor_v2(storage, 0, size, stride, False, OrderedDict())}.</summary>
    internal static byte[] Pickle(IReadOnlyList<NamedWeights> weights)
    {
        using var pickle = new MemoryStream();
        pickle.Write([0x80, 2]);
        pickle.Write("}("u8);
        for (var i = 0; i < weights.Count; i++)
        {
            var (name, shape, values) = weights[i];
            Text(pickle, name);
            pickle.Write("ctorch._utils\n_rebuild_tensor_v2\n(("u8);
            Text(pickle, "storage");
            pickle.Write("ctorch\nFloatStorage\n"u8);
            Text(pickle, $"{i}");
            Text(pickle, "cpu");
            Number(pickle, values.Length);
            pickle.Write("tQ"u8);
            Number(pickle, 0);
            Tuple(pickle, shape);
            Tuple(pickle, Strides(shape));
            pickle.WriteByte(0x89);
            pickle.Write("ccollections\nOrderedDict\n)RtR"u8);
        }

        pickle.Write("u."u8);
        return pickle.ToArray();
    }

    private static void Add(ZipArchive archive, string name, ReadOnlySpan<byte> content)
    {
        using var entry = archive.CreateEntry(Folder + name, CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }

    private static long[] Strides(IReadOnlyList<long> shape)
    {
        var strides = new long[shape.Count];
        for (var (i, step) = (shape.Count - 1, 1L); i >= 0; step *= shape[i--])
        {
            strides[i] = step;
        }

        return strides;
    }

    private static void Tuple(MemoryStream pickle, IReadOnlyList<long> numbers)
    {
        pickle.WriteByte((byte)'(');
        foreach (var number in numbers)
        {
            Number(pickle, checked((int)number));
        }

        pickle.WriteByte((byte)'t');
    }

    private static void Number(MemoryStream pickle, int number)
    {
        Span<byte> bytes = stackalloc byte[1 + sizeof(int)];
        bytes[0] = (byte)'J';
        BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], number);
        pickle.Write(bytes);
    }

    private static void Text(MemoryStream pickle, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> head = stackalloc byte[1 + sizeof(int)];
        head[0] = (byte)'X';
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
        pickle.Write(head);
        pickle.Write(bytes);
    }
}
