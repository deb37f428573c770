using System.Text;

namespace Sweep.Training;

/// <summary>The state that a training continues from. What follows from options and seed (order of rows, rates) is not part of it.</summary>
internal sealed record Checkpoint
{
    private const uint Magic = 0x50_43_57_53;
    private const int Version = 3;
    private const int OldestVersion = 2;

    /// <summary>Identifies the training; the checkpoint of another one is rejected.</summary>
    public required string Fingerprint { get; init; }

    public required int Epoch { get; init; }

    public required long StepInEpoch { get; init; }

    public required double LossSum { get; init; }

    public required long Correct { get; init; }

    public required long Samples { get; init; }

    public required double Absolute { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Seconds of the finished epochs.</summary>
    public required double EarlierSeconds { get; init; }

    /// <summary>The epoch at which the target was reached; 0 for not yet.</summary>
    public required int ReachedAt { get; init; }

    public required double LearningRate { get; init; }

    public required byte[] Schedule { get; init; }

    public required byte[] Parameters { get; init; }

    public required byte[] Optimizer { get; init; }

    public byte[] Write()
    {
        using var stream = new MemoryStream(512 + Schedule.Length + Parameters.Length + Optimizer.Length);
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Version);
            writer.Write(Fingerprint);
            writer.Write(Epoch);
            writer.Write(StepInEpoch);
            writer.Write(LossSum);
            writer.Write(Correct);
            writer.Write(Samples);
            writer.Write(Absolute);
            writer.Write(Seconds);
            writer.Write(EarlierSeconds);
            writer.Write(ReachedAt);
            writer.Write(LearningRate);
            foreach (var block in (byte[][])[Schedule, Parameters, Optimizer])
            {
                writer.Write(block.Length);
                writer.Write(block);
            }
        }
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="TrainingException">The bytes are no checkpoint, a newer version's, damaged, or another training's.</exception>
    public static Checkpoint Read(byte[] bytes, string fingerprint)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        try
        {
            if (reader.ReadUInt32() != Magic)
            {
                throw new TrainingException("the checkpoint is not one of a training");
            }
            var version = reader.ReadInt32();
            if (version is < OldestVersion or > Version)
            {
                throw new TrainingException($"the checkpoint is of version {version}; this program reads versions {OldestVersion} to {Version}");
            }
            var of = reader.ReadString();
            return string.Equals(of, fingerprint, StringComparison.Ordinal)
                ? ReadBody(reader, of, version)
                : throw new TrainingException($"the checkpoint is of another training: {of}, not {fingerprint}");
        }
        catch (EndOfStreamException e)
        {
            throw new TrainingException($"the checkpoint is cut off after {bytes.Length} bytes", e);
        }
    }

    private static Checkpoint ReadBody(BinaryReader reader, string fingerprint, int version)
    {
        var (epoch, stepInEpoch) = (reader.ReadInt32(), reader.ReadInt64());
        var (lossSum, correct, samples, absolute) = (reader.ReadDouble(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadDouble());
        var (seconds, earlierSeconds, reachedAt) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32());
        if (version == OldestVersion)
        {
            // The untrained and the smoothed loss, by which that version recognised divergence.
            reader.ReadDouble();
            reader.ReadDouble();
        }

        return new Checkpoint
        {
            Fingerprint = fingerprint,
            Epoch = epoch,
            StepInEpoch = stepInEpoch,
            LossSum = lossSum,
            Correct = correct,
            Samples = samples,
            Absolute = absolute,
            Seconds = seconds,
            EarlierSeconds = earlierSeconds,
            ReachedAt = reachedAt,
            LearningRate = reader.ReadDouble(),
            Schedule = ReadBlock(reader),
            Parameters = ReadBlock(reader),
            Optimizer = ReadBlock(reader),
        };
    }

    private static byte[] ReadBlock(BinaryReader reader)
    {
        var length = reader.ReadInt32();
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        return length >= 0 && length <= left
            ? reader.ReadBytes(length)
            : throw new TrainingException($"the checkpoint is damaged: a part of {length} bytes where {left} are left");
    }
}
