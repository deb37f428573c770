using Sweep.Store.Processes;
using Sweep.Testing.Stores;

namespace Sweep.Store.Tests.Processes;

/// <summary>Every row of the table of proofs, and real processes for those that a test can make.</summary>
public sealed class DeathProofTests
{
    private static readonly ProcessIdentity Self = new("here", "boot", "pid:[1]", 10, 100);
    private static readonly ProcessIdentity Other = new("here", "boot", "pid:[1]", 20, 200);

    [Theory]
    [InlineData(ProcessPresence.Gone, 0, false, true)]
    [InlineData(ProcessPresence.Seen, 200, true, true)] // a zombie
    [InlineData(ProcessPresence.Seen, 201, false, true)] // another process under its pid
    [InlineData(ProcessPresence.Seen, 201, true, true)]
    [InlineData(ProcessPresence.Seen, 200, false, false)] // alive
    [InlineData(ProcessPresence.Unknown, 0, false, false)] // not permitted to know, or /proc unreadable
    public void SameMachineAndNamespace_TheProcessDecides(ProcessPresence presence, long startTime, bool isZombie, bool isProved)
    {
        var sight = new ProcessSight(presence, startTime, isZombie);

        Assert.Equal(isProved, DeathProof.Of(Other, Self, isStoreLocal: true, new Fixed(sight)).IsProved);
        Assert.Equal(isProved, DeathProof.Of(Other, Self, isStoreLocal: false, new Fixed(sight)).IsProved);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnotherBootId_IsProofOnlyInALocalStore(bool isStoreLocal) =>
        Assert.Equal(isStoreLocal, DeathProof.Of(Other with { BootId = "before" }, Self, isStoreLocal, new Fixed(new(ProcessPresence.Seen, 200))).IsProved);

    [Theory]
    [InlineData("", "boot", "pid:[1]", "pid:[1]", 200)]
    [InlineData("boot", "", "pid:[1]", "pid:[1]", 200)]
    [InlineData("boot", "boot", "pid:[2]", "pid:[1]", 200)]
    [InlineData("boot", "boot", "", "", 200)]
    [InlineData("boot", "boot", "pid:[1]", "", 200)]
    [InlineData("boot", "boot", "pid:[1]", "pid:[1]", 0)]
    public void WhatIsNotKnownOrElsewhere_ProvesNothing_EvenWhenThePidIsGone(string boot, string ownBoot, string space, string ownSpace, long start)
    {
        var other = Other with { BootId = boot, PidNamespace = space, StartTime = start };
        var self = Self with { BootId = ownBoot, PidNamespace = ownSpace };

        Assert.False(DeathProof.Of(other, self, isStoreLocal: true, new Fixed(new(ProcessPresence.Gone))).IsProved);
    }

    [Fact]
    public async Task RealProcess_AliveThenStoppedThenKilled_IsDeadOnlyAtTheEnd()
    {
        using var child = ChildProcess.Start("wait");
        Assert.Equal("ready", await child.ReadLineAsync());
        var identity = child.Identity();
        var alive = Prove(identity);

        await child.SignalAsync("STOP");
        var stopped = Prove(identity);
        await child.KillAsync();
        var killed = Prove(identity);

        Assert.Equal((false, false, true), (alive.IsProved, stopped.IsProved, killed.IsProved));
        Assert.Equal($"process {identity.Pid} is gone", killed.Reason);
    }

    [Fact]
    public void ThisProcess_IsAlive_ButNotWithAnotherStartTime()
    {
        var self = ProcessIdentities.Current();

        Assert.Equal(Environment.ProcessId, self.Pid);
        Assert.False(Prove(self).IsProved);
        Assert.True(Prove(self with { StartTime = self.StartTime - 1 }).IsProved);
    }

    [Fact]
    public async Task RealZombie_IsDead()
    {
        // The shell becomes `sleep`, which never fetches the exit code of the child it inherits.
        using var parent = ChildProcess.Run("sh", "-c", "exec 3<&0; sh -c 'read line' <&3 & echo $!; exec sleep 600 <&- 3<&- >&-");
        var pid = int.Parse((await parent.ReadLineAsync())!);
        var identity = ProcessIdentities.Current() with { Pid = pid, StartTime = ProcessTable.ReadStat($"{pid}")!.StartTime };
        Until(() => File.ReadAllText($"/proc/{parent.Id}/comm") == "sleep\n", "the shell did not become sleep");
        Assert.False(Prove(identity).IsProved);

        parent.WriteLine("end");
        Until(() => ProcessTable.ReadStat($"{pid}") is { IsZombie: true }, "the child did not become a zombie");

        Assert.Equal(new DeathProof(true, $"process {pid} is a zombie"), Prove(identity));

        static void Until(Func<bool> condition, string otherwise) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromMinutes(1)), otherwise);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void PidOfAGroup_IsNotLookedAt(int pid) => Assert.Equal(ProcessPresence.Unknown, new ProcessTable().Look(pid).Presence);

    [Theory]
    [InlineData("42 (a) b (c)) Z 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 1 0 4711 99", 'Z', 4711, true)]
    [InlineData("42 (dotnet) Z 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 7 0 4711 99", 'Z', 4711, false)] // threads still end
    [InlineData("42 (dotnet) T 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 1 0 4711", 'T', 4711, false)]
    public void StatLine_IsReadAroundTheName(string line, char state, long startTime, bool isZombie)
    {
        var stat = ProcessStat.Parse(line)!;

        Assert.Equal((42, state, startTime, isZombie), (stat.Pid, stat.State, stat.StartTime, stat.IsZombie));
    }

    [Theory]
    [InlineData("")]
    [InlineData("42 dotnet S 1")]
    [InlineData("42 (dotnet) S 1 2 3")]
    public void StatLine_ThatIsNone_IsNotRead(string line) => Assert.Null(ProcessStat.Parse(line));

    private static DeathProof Prove(ProcessIdentity identity) =>
        DeathProof.Of(identity, ProcessIdentities.Current(), isStoreLocal: true, new ProcessTable());

    private sealed class Fixed(ProcessSight sight) : IProcessTable
    {
        public ProcessSight Look(int pid) => sight;
    }
}
