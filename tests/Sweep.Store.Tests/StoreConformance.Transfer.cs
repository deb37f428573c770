using System.Text.Json;
using Sweep.Search;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store.Portable;

namespace Sweep.Store.Tests;

public abstract partial class StoreConformance
{
    private IStore Whole => (IStore)store.Handle;

    [Fact]
    public async Task Import_OfWhatWasExportedAndDeleted_GivesBackTheSameUnderOtherIds()
    {
        var running = await StartAsync(trials: 3);
        var claimed = await ClaimOneAsync(running);
        var content = new byte[(1 << 20) + 77];
        for (var i = 0; i < content.Length; i++)
        {
            content[i] = (byte)(i * 31);
        }

        var unit = Unit(claimed) with
        {
            Report = Report(1, 0.25) with { Experiences = new byte[] { 1, 2, 255 } },
            Checkpoint = new Checkpoint(1, 0, content),
            Outcome = new TrialOutcome(TrialState.Paused, "at a rung"),
        };
        Assert.Equal(WriteResult.Written, await store.Silos.WriteAsync(unit, None));
        var promoted = new CoordinatorUnit(running.SweepId, running.Term)
        {
            Decisions = [new TrialDecision(claimed.Trial.Id, TrialState.Paused, TrialState.Waiting, 27, "go on", 1.5, 1)],
        };
        Assert.Equal(WriteResult.Written, await store.Silos.WriteAsync(promoted, None));
        await store.Sweeps.PlaceSweepAsync(running.SweepId, new SweepPlacement(3, 2, "gpu", 0), None);
        await store.Sweeps.ChangeSweepAsync(running.SweepId, SweepChange.Pause, None);
        var before = await PictureAsync();

        var file = Path.GetTempFileName();
        try
        {
            Assert.Equal(["sweep"], await StoreTransfer.ExportAsync(Whole, file, null, None));
            var taken = await Assert.ThrowsAsync<SweepException>(() => StoreTransfer.ImportAsync(Whole, file, None));
            Assert.Contains("the store has a sweep sweep already", taken.Message, StringComparison.Ordinal);
            Assert.True(await store.Sweeps.DeleteSweepAsync(running.SweepId, None));
            Assert.Equal(["sweep"], await StoreTransfer.ImportAsync(Whole, file, None));
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal(before, await PictureAsync());
        var sweep = (await store.Sweeps.FindSweepAsync("sweep", None))!;
        Assert.True(sweep.Id > running.SweepId);
        Assert.Empty(await StoreTransfer.CheckAsync(Whole, None));

        // It goes on from the very checkpoint.
        await store.Sweeps.ChangeSweepAsync(sweep.Id, SweepChange.Resume, None);
        Assert.NotNull((await store.Silos.ActivateSweepAsync(sweep.Id, running.Silo.Incarnation, None)).Term);
        var again = Assert.Single(await store.Silos.ClaimTrialsAsync(sweep.Id, running.Silo.Incarnation, "profile", 1, None));
        Assert.Equal((0, 2, 27), (again.Trial.Number, again.Trial.Attempt, again.Trial.Granted));
        Assert.True(again.Checkpoint!.Content.Span.SequenceEqual(content));
    }

    [Fact]
    public async Task Export_OfRunningTrials_HandsThemOverAsWaiting()
    {
        var running = await StartAsync(trials: 1);
        await ClaimOneAsync(running);
        var rows = await ((IStoreRows)Whole).ReadRowsAsync(
            reader => reader.Rows(PortableTable.All.Single(table => table.Name == "trials"), running.SweepId).ToList(), None);
        Assert.Equal((long)TrialState.Waiting, Assert.Single(rows)[4]);
    }

    [Fact]
    public async Task Import_ThatFails_WritesNothing()
    {
        await StartAsync(trials: 2);
        await Assert.ThrowsAsync<InvalidDataException>(() => ((IStoreRows)Whole).WriteRowsAsync<int>(
            rows =>
            {
                Add(rows, "sweeps", ("id", 1000L), ("name", "other"));
                throw new InvalidDataException("in the middle");
            },
            None));
        Assert.Null(await store.Sweeps.FindSweepAsync("other", None));
    }

    [Fact]
    public async Task Check_OfWhatSilosWrite_FindsNothing()
    {
        var running = await StartAsync(trials: 2);
        var claimed = await ClaimOneAsync(running);
        await store.Silos.WriteAsync(Unit(claimed) with { Report = Report(1), Checkpoint = new Checkpoint(1, 0, new byte[9]) }, None);
        Assert.Empty(await StoreTransfer.CheckAsync(Whole, None));
    }

    [Fact]
    public async Task Check_OfEachRuleBroken_TellsWhatBreaksIt()
    {
        await ((IStoreRows)Whole).WriteRowsAsync(
            rows =>
            {
                Add(rows, "sweeps", ("id", 1000L), ("name", "over"), ("state", (long)SweepState.Completed));
                Add(rows, "sweeps", ("id", 1001L), ("name", "open"), ("state", (long)SweepState.Running));
                Add(rows, "trials", ("id", 1000L), ("sweep_id", 1000L), ("state", (long)TrialState.Waiting));
                Add(rows, "trials", ("id", 1001L), ("sweep_id", 1001L), ("state", (long)TrialState.Running));
                Add(rows, "trials", ("id", 1002L), ("sweep_id", 1001L), ("number", 2L), ("state", (long)TrialState.Completed), ("resource", 1L));
                Add(rows, "reports", ("trial_id", 1002L), ("step", 3L));
                Add(rows, "checkpoints", ("id", 1000L), ("trial_id", 1002L), ("epoch", 1L), ("size", 9L));
                Add(rows, "checkpoint_chunks", ("checkpoint_id", 1000L), ("content", new byte[4]));
                return 0;
            },
            None);
        Assert.Equal(
            [
                "sweep open: 2 numbers of trials, but the highest is 2",
                "sweep open: trial 0.0 runs, but its owner is not registered",
                "sweep open: trial 2.0 has 1 epochs, but a report of epoch 3",
                "sweep open: trial 2.0 has a checkpoint of epoch 1 with 4 of 9 bytes",
                "sweep over: trial 0.0 is not over, but its sweep is",
            ],
            (await StoreTransfer.CheckAsync(Whole, None)).Order(StringComparer.Ordinal));
    }

    /// <summary>A row with what is given, and what the column needs for the rest.</summary>
    private static void Add(IRowWriter rows, string name, params (string Column, object Value)[] given)
    {
        var table = PortableTable.All.Single(table => table.Name == name);
        var values = given.ToDictionary(pair => pair.Column, pair => pair.Value);
        string[] lists = ["objectives", "more"];
        rows.Add(table, [.. table.Columns.Select(column => values.GetValueOrDefault(column.Name) ?? column.Kind switch
        {
            PortableKind.Whole when column.Name is "slot_limit" or "finished_at" or "claimed_at" => null,
            PortableKind.Whole => 0L,
            PortableKind.Real => 0.0,
            PortableKind.Text when column.Name == "test_metrics" => null,
            PortableKind.Text => lists.Contains(column.Name) ? "[]" : "{}",
            _ => null,
        })]);
    }

    /// <summary>All that queries show of the sweep, without ids.</summary>
    private async Task<string> PictureAsync()
    {
        var sweep = (await store.Sweeps.FindSweepAsync("sweep", None))!;
        var trials = await store.Sweeps.ListTrialsAsync(sweep.Id, 0, int.MaxValue, None);
        var parts = new List<object> { sweep with { Id = 0, Term = 0 } };
        foreach (var trial in trials)
        {
            parts.Add(trial with { Id = 0, SweepId = 0 });
            parts.Add(await store.Sweeps.ListReportsAsync(trial.Id, None));
        }

        parts.Add((await store.Sweeps.ListDecisionsAsync(sweep.Id, 0, None)).Select(decision => decision with { Id = 0, TrialId = decision.TrialId - trials[0].Id }).ToList());
        parts.Add(await store.Sweeps.ListEventsAsync(sweep.Id, int.MaxValue, None));
        parts.Add((await store.Sweeps.RankTrialsAsync(sweep.Id, 9, None)).Select(trial => trial.Number).ToList());
        parts.Add((await store.Sweeps.ListExperiencesAsync(sweep.Id, 0, 9, None)).Select(e => Convert.ToHexString(e.Span)).ToList());
        return string.Join('\n', parts.Select(part => JsonSerializer.Serialize(part)));
    }
}
