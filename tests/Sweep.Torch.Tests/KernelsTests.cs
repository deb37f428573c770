using Sweep.Torch.Interop;

namespace Sweep.Torch.Tests;

public sealed class KernelsTests
{
    [Theory]
    [InlineData("AuthenticAMD", 25, "avx2 fma avx512f avx512bw avx512dq avx512vl avx512_bf16", "Haswell")]
    [InlineData("AuthenticAMD", 26, "avx2 fma avx512f avx512bw avx512dq avx512vl avx512_bf16", "Cooperlake")]
    [InlineData("GenuineIntel", 6, "avx2 fma avx512f avx512bw avx512dq avx512vl", "SkylakeX")]
    [InlineData("GenuineIntel", 6, "avx2 fma", "Haswell")]
    [InlineData("GenuineIntel", 6, "sse2", null)]
    public void BestCore_OfProcessor_IsTheWidestFastOne(string vendor, int family, string flags, string? core) =>
        Assert.Equal(core, Kernels.BestCore(new CpuInfo(vendor, family, "any", flags.Split(' ').ToHashSet(StringComparer.Ordinal))));

    [Fact]
    public void CpuInfo_OfCpuinfoLines_ReadsTheFirstProcessor()
    {
        var cpu = CpuInfo.Parse(["vendor_id\t: AuthenticAMD", "cpu family\t: 25", "model\t\t: 17", "model name\t: AMD EPYC", "flags\t\t: avx2 fma", "", "cpu family\t: 1"]);
        Assert.Equal(("AuthenticAMD", 25, "AMD EPYC family 25 model 17"), (cpu.Vendor, cpu.Family, cpu.Model));
        Assert.True(cpu.Has("fma"));
    }
}
