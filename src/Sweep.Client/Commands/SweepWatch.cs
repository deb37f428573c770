using Spectre.Console;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search;
using Sweep.Search.Trials;
using Sweep.Silo.Hosting;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary>
/// Follows a sweep that silos run and prints the ranking at the end: a live view on a terminal, else a line for each trial that ended.
/// Used by <c>watch</c> and <c>submit --wait</c>.
/// </summary>
internal static class SweepWatch
{
    /// <summary>Follows the sweep until it is over or paused, or until Ctrl-C, which does not change the sweep.</summary>
    /// <returns>The exit code, the same as that of <c>run</c>.</returns>
    public static async Task<int> FollowAsync(Terminal terminal, IStore store, string name, string db, CancellationToken cancellationToken)
    {
        var (sweep, _) = await CommandHost.FindAsync(store, name, db, cancellationToken);
        using var signals = new StopSignals(() => { });
        await using var notifications = new StoreNotifications(store, TimeProvider.System);
        var follower = new SweepFollower(store, sweep, TimeProvider.System);
        if (await follower.ReadAsync(cancellationToken) is not { } first)
        {
            throw Deleted(name);
        }

        var snapshot = first;
        if (!Terminal.IsInteractive)
        {
            Terminal.Info($"sweep {name}: {SpecText.OneLine(first.Spec)}");
            snapshot = await FollowToEndAsync(follower, first, notifications, new PlainOutput(), signals.Token);
        }
        else if (!first.IsPausedOrOver)
        {
            await terminal.Display.Live(Draw(first)).AutoClear(true).StartAsync(
                async live => snapshot = await FollowToEndAsync(follower, first, notifications, new LiveOutput(live), signals.Token));
        }

        return snapshot is null ? throw Deleted(name)
            : !snapshot.IsPausedOrOver ? Detach(snapshot, db)
            : await ConcludeAsync(terminal, store, snapshot, db);
    }

    private static async Task<SweepSnapshot?> FollowToEndAsync(SweepFollower follower, SweepSnapshot snapshot, StoreNotifications notifications, IOutput output, CancellationToken stop)
    {
        output.Show(snapshot);
        while (!snapshot.IsPausedOrOver && await notifications.WaitAsync(stop))
        {
            SweepSnapshot? next;
            try
            {
                next = await follower.ReadAsync(CancellationToken.None);
            }
            catch (StoreException e)
            {
                output.ShowError(e.Message);
                continue;
            }

            if (next is null)
            {
                return null;
            }

            output.Show(snapshot = next);
        }

        return snapshot;
    }

    private static int Detach(SweepSnapshot snapshot, string db)
    {
        var name = snapshot.Summary.Sweep.Name;
        Terminal.Info($"sweep {name} continues: sweep watch {name}{StoreName.Option(db)}");
        return ExitCodes.Interrupted;
    }

    private static async Task<int> ConcludeAsync(Terminal terminal, IStore store, SweepSnapshot snapshot, string db)
    {
        var sweep = snapshot.Summary.Sweep;
        if (sweep.State != SweepState.Paused)
        {
            if (Terminal.IsInteractive)
            {
                terminal.Display.MarkupLine($"[bold]{Markup.Escape(sweep.Name)}[/]  {Markup.Escape(SpecText.OneLine(snapshot.Spec))}");
            }

            var outcome = sweep.State switch
            {
                SweepState.Completed => RunOutcome.Completed,
                SweepState.Failed => RunOutcome.Failed,
                _ => RunOutcome.Canceled,
            };
            return await SweepSession.ConcludeAsync(terminal, store, sweep, snapshot.Spec, outcome, db);
        }

        await SweepSession.WriteRankingAsync(terminal, store, sweep, snapshot.Spec);
        var why = sweep.StateReason.Length > 0 ? $" ({sweep.StateReason})" : "";
        Terminal.Info($"sweep {sweep.Name} is paused{why}. To resume: sweep resume {sweep.Name}{StoreName.Option(db)}");
        return ExitCodes.Interrupted;
    }

    private static NotFoundException Deleted(string name) => new($"sweep {name} was deleted");

    private static Spectre.Console.Rendering.IRenderable Draw(SweepSnapshot snapshot, params string[] notices) =>
        new LiveView(snapshot.Summary.Sweep.Name, snapshot.Spec).Render(
            snapshot.Summary.Counts, snapshot.Running, snapshot.Best, snapshot.Progress, [.. snapshot.Waiting, .. notices]);

    private interface IOutput
    {
        void Show(SweepSnapshot snapshot);

        /// <summary>Reports that the store cannot be read.</summary>
        void ShowError(string error);
    }

    private sealed class LiveOutput(LiveDisplayContext live) : IOutput
    {
        private SweepSnapshot? _last;

        public void Show(SweepSnapshot snapshot) => live.UpdateTarget(Draw(_last = snapshot));

        public void ShowError(string error) => live.UpdateTarget(Draw(_last!, error));
    }

    private sealed class PlainOutput : IOutput
    {
        private IReadOnlyList<string> _reported = [];
        private string _error = "";

        public void Show(SweepSnapshot snapshot)
        {
            _error = "";
            foreach (var trial in snapshot.Ended)
            {
                Terminal.Info(TrialLine.Of(snapshot.Spec, trial));
            }

            // Counts change with each snapshot; a reason is reported once.
            var reasons = snapshot.Waiting.Select(WithoutCount).ToList();
            foreach (var reason in snapshot.Waiting.Where((_, i) => !_reported.Contains(reasons[i])))
            {
                Terminal.Info(reason);
            }

            _reported = reasons;
        }

        public void ShowError(string error)
        {
            if (error != _error)
            {
                Terminal.Info(_error = error);
            }
        }

        private static string WithoutCount(string reason) => reason[(reason.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
