using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sweep.Training.Schedules.Controller;

/// <summary>One decision and what came of it.</summary>
/// <param name="Situation">What was seen.</param>
/// <param name="Action">The index of the factor in <see cref="ControllerPolicy.Factors"/>.</param>
/// <param name="Reward">How much the logarithm of the mean loss fell until the next decision.</param>
/// <param name="Next">What was seen then.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ControllerExperience(int Situation, int Action, double Reward, int Next)
{
    private const int Size = 3 + sizeof(double);

    /// <summary>Experiences in their order, as a training reports them.</summary>
    public static byte[] ToBytes(IReadOnlyList<ControllerExperience> experiences)
    {
        var bytes = new byte[experiences.Count * Size];
        for (var i = 0; i < experiences.Count; i++)
        {
            var part = bytes.AsSpan(i * Size);
            (part[0], part[1], part[2]) = ((byte)experiences[i].Situation, (byte)experiences[i].Action, (byte)experiences[i].Next);
            BinaryPrimitives.WriteDoubleLittleEndian(part[3..], experiences[i].Reward);
        }

        return bytes;
    }

    /// <summary>What <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="TrainingException">The bytes are no experiences.</exception>
    public static IReadOnlyList<ControllerExperience> Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % Size != 0)
        {
            throw new TrainingException($"schedule learned_controller: {bytes.Length} bytes are no experiences, {Size} each");
        }

        var experiences = new ControllerExperience[bytes.Length / Size];
        for (var i = 0; i < experiences.Length; i++)
        {
            var part = bytes[(i * Size)..];
            var reward = BinaryPrimitives.ReadDoubleLittleEndian(part[3..]);
            if (part[0] >= ControllerSituation.Count || part[1] >= ControllerPolicy.Factors.Count || part[2] >= ControllerSituation.Count || !double.IsFinite(reward))
            {
                throw new TrainingException($"schedule learned_controller: experience {i} is none");
            }

            experiences[i] = new ControllerExperience(part[0], part[1], reward, part[2]);
        }

        return experiences;
    }
}
