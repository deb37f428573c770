using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Sweep.Training.Data;

/// <summary>An open IDX file, gzipped or plain, read once from begin to end; told apart by content.</summary>
internal sealed class IdxSource : IDisposable
{
    private const int BufferSize = 128 * 1024;

    // Deflate makes at most 1032 bytes of one.
    private const long MostInflated = 1032;

    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly Stream _content;
    private readonly long _length;
    private readonly bool _isGzip;

    private IdxSource(string path, SafeFileHandle handle)
    {
        (_path, _handle, _length) = (path, handle, RandomAccess.GetLength(handle));
        Span<byte> magic = stackalloc byte[2];
        var found = RandomAccess.Read(handle, magic, 0);
        if (found == 0)
        {
            throw Error("the file is empty");
        }

        _isGzip = found == 2 && magic is [0x1f, 0x8b];
        if (!_isGzip && path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            throw Error($"named .gz, but begins with {Convert.ToHexStringLower(magic[..found])}, not with gzip's 1f8b");
        }

        var file = new FileStream(handle, FileAccess.Read, BufferSize);
        _content = _isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="TrainingException">The file cannot be read, is empty, or is no gzip although named so.</exception>
    public static IdxSource Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
            return new IdxSource(path, handle);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            handle?.Dispose();
            throw new TrainingException($"{path}: cannot be read: {e.Message}", e);
        }
        catch
        {
            handle?.Dispose();
            throw;
        }
    }

    public TrainingException Error(string what, Exception? inner = null) => new($"{_path}: {what}", inner);

    /// <summary>SHA-256 of the file as stored. Reads by itself, so it may run beside <see cref="Read"/>.</summary>
    public DataFile Hash()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
        var offset = 0L;
        for (int read; (read = RandomAccess.Read(_handle, buffer, offset)) > 0; offset += read)
        {
            sha.AppendData(buffer, 0, read);
        }

        return new DataFile(Path.GetFileName(_path), Path.GetFullPath(_path), offset, Convert.ToHexStringLower(sha.GetHashAndReset()));
    }

    /// <summary>Reads the next uncompressed bytes: fewer than asked for only at the end.</summary>
    /// <exception cref="TrainingException">The gzip data is damaged.</exception>
    public int Read(Span<byte> bytes)
    {
        try
        {
            return _content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw Error("the gzip data is damaged", e);
        }
    }

    /// <summary>Refuses, before memory is set aside, a content that a file of this length cannot hold.</summary>
    public void ThrowIfCannotHold(long header, long content)
    {
        var most = _isGzip ? _length * MostInflated : _length;
        if (header + content > most)
        {
            throw Error($"truncated: its header promises {content} bytes of content, but a file of {_length} bytes cannot hold them");
        }
    }

    /// <summary>Checks that the content ends where it should, and the file with it.</summary>
    public void ThrowIfNotAtEnd(long read)
    {
        Span<byte> rest = stackalloc byte[1];
        if (Read(rest) != 0)
        {
            throw Error($"bytes follow the content that its header promises; the whole should be {read} bytes uncompressed");
        }

        // .NET passes over a trailer cut short and over what follows it: the size in the last four bytes tells.
        Span<byte> trailer = stackalloc byte[4];
        if (_isGzip
            && (RandomAccess.Read(_handle, trailer, _length - trailer.Length) != trailer.Length
                || BinaryPrimitives.ReadUInt32LittleEndian(trailer) != (uint)read))
        {
            throw Error("the file does not end with the trailer of its gzip data: it is truncated, or something follows");
        }
    }

    public void Dispose()
    {
        _content.Dispose();
        _handle.Dispose();
    }
}
