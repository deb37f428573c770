using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Sweep.Training.Tests.Trainers;

/// <summary>The file that PyTorch reads.</summary>
public sealed class StateDictFileTests
{
    private static readonly NamedWeights[] Weights = [new("0.weight", [2, 3], [1, 2, 3, 4, 5, 6]), new("0.bias", [2], [7, 8])];

    // The instructions of {"0.weight": tensor([2, 3]), "0.bias": tensor([2])} in pickle's protocol 2; torch.load of PyTorch 1.13 reads these very bytes to
    // the tensors above (tests/reference/state_dict.py).
    private const string Pickle =
        "8002" + "7D28" +
        "5808000000302E776569676874" + "63746F7263682E5F7574696C730A5F72656275696C645F74656E736F725F76320A" + "2828" +
        "580700000073746F72616765" + "63746F7263680A466C6F617453746F726167650A" + "580100000030" + "5803000000637075" + "4A06000000" + "7451" +
        "4A00000000" + "284A020000004A0300000074" + "284A030000004A0100000074" + "89" + "63636F6C6C656374696F6E730A4F726465726564446963740A29527452" +
        "5806000000302E62696173" + "63746F7263682E5F7574696C730A5F72656275696C645F74656E736F725F76320A" + "2828" +
        "580700000073746F72616765" + "63746F7263680A466C6F617453746F726167650A" + "580100000031" + "5803000000637075" + "4A02000000" + "7451" +
        "4A00000000" + "284A0200000074" + "284A0100000074" + "89" + "63636F6C6C656374696F6E730A4F726465726564446963740A29527452" +
        "752E";

    [Fact]
    public void Pickle_IsADictOfTensors() => Assert.Equal(Pickle, Convert.ToHexString(StateDictFile.Pickle(Weights)));

    [Fact]
    public void File_HoldsThePickleAndEachTensorsBytes_Uncompressed()
    {
        using var stream = new MemoryStream();
        StateDictFile.Write(stream, Weights);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        Assert.Equal(["byteorder", "data.pkl", "data/0", "data/1", "version"], archive.Entries.Select(e => e.FullName["weights/".Length..]).Order(StringComparer.Ordinal));
        Assert.All(archive.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        for (var i = 0; i < Weights.Length; i++)
        {
            using var entry = archive.GetEntry($"weights/data/{i}")!.Open();
            using var bytes = new MemoryStream();
            entry.CopyTo(bytes);
            Assert.Equal(Weights[i].Values, MemoryMarshal.Cast<byte, float>(bytes.ToArray()).ToArray());
        }
    }
}
