using Sweep.Store;

namespace Sweep.Client.Tests.Faults;

/// <summary>SIGKILL of silos, whatever they do: others notice by proof and go on.</summary>
public sealed class KilledSiloTests
{
    public static TheoryData<StoreKind, string, int> Scenes
    {
        get
        {
            var scenes = new TheoryData<StoreKind, string, int>();
            foreach (var kind in Enum.GetValues<StoreKind>())
            {
                scenes.Add(kind, "halving", 3);
                scenes.Add(kind, "halving", 11);
                scenes.Add(kind, "learning", 20);
            }

            return scenes;
        }
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public async Task KilledSilo_ThatCoordinates(StoreKind kind, string spec, int epochs)
    {
        await using var scene = await FaultTests.BeginAsync(kind, spec);
        var victim = await scene.StartSiloAsync("victim");
        await scene.UntilAsync(async () => await scene.OwnerAsync() is not null);
        await scene.StartSiloAsync("heir");
        await scene.UntilEpochsAsync(epochs);
        Assert.Equal("victim", (await scene.OwnerAsync())!.Name);

        await scene.MarkFaultAsync();
        victim.Kill();

        await FaultTests.SameAsync(scene, spec, "silo killed, coordinating");
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public async Task KilledSilo_ThatRunsTrials(StoreKind kind, string spec, int epochs)
    {
        await using var scene = await FaultTests.BeginAsync(kind, spec);
        await scene.StartSiloAsync("coordinator");
        await scene.UntilAsync(async () => await scene.OwnerAsync() is not null);
        var victim = await scene.StartSiloAsync("victim");
        await scene.UntilRunningOnAsync("victim");
        await scene.UntilEpochsAsync(epochs);

        await scene.MarkFaultAsync();
        victim.Kill();

        await FaultTests.SameAsync(scene, spec, "silo killed, running trials");
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public async Task KilledSilo_ThatIsIdle(StoreKind kind)
    {
        await using var scene = await FaultTests.BeginAsync(kind, "halving");
        var idle = await scene.StartSiloAsync("idle", 1);
        await scene.UntilAsync(async () => await scene.OwnerAsync() is not null);
        await scene.Store.ChangeSweepAsync(scene.Sweep.Id, SweepChange.Pause, default);
        await scene.UntilAsync(async () => (await scene.Store.ListRunningAsync(scene.Sweep.Id, default)).Count == 0);

        await scene.MarkFaultAsync();
        idle.Kill();
        await scene.Store.ChangeSweepAsync(scene.Sweep.Id, SweepChange.Resume, default);
        await scene.StartSiloAsync("heir");

        await FaultTests.SameAsync(scene, "halving", "silo killed, idle");
        Assert.Empty(await scene.SilosAsync("idle"));
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public async Task KilledSilos_AllOfThem(StoreKind kind, string spec, int epochs)
    {
        await using var scene = await FaultTests.BeginAsync(kind, spec);
        var first = await scene.StartSiloAsync("first");
        var second = await scene.StartSiloAsync("second");
        await scene.UntilEpochsAsync(epochs);

        await scene.MarkFaultAsync();
        first.Kill();
        second.Kill();
        await scene.StartSiloAsync("heir", 2);

        await FaultTests.SameAsync(scene, spec, "all silos killed");
    }
}
