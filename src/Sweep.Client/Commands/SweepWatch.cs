using Spectre.Console;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search;
using Sweep.Search.Trials;
using Sweep.Silo.Hosting;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary>
/// Shows a sweep while others run it, to its end, and prints the ranking: a live picture on a terminal; on anything else a line for each trial that ended.
/// What <c>watch</c> and <c>submit --wait</c> share.
/// </summary>
internal static class SweepWatch
{
    /// <summary>Follows it until it is over or paused, or until Ctrl-C, which leaves it as it is.</summary>
    /// <returns>The exit code, as of <c>run</c>.</returns>
    public static async Task<int> FollowAsync(Terminal terminal, IStore store, string name, string db, CancellationToken cancellationToken)
    {
        var (sweep, _) = await CommandHost.FindAsync(store, name, db, cancellationToken);
        using var signals = new StopSignals(() => { });
        await using var news = new StoreNews(store, TimeProvider.System);
        var follower = new SweepFollower(store, sweep, TimeProvider.System);
        if (await follower.LookAsync(cancellationToken) is not { } first)
        {
            throw Gone(name);
        }

        var look = first;
        if (!Terminal.IsInteractive)
        {
            Terminal.Say($"sweep {name}: {SpecText.OneLine(first.Spec)}");
            look = await UntilAtRestAsync(follower, first, news, new PlainView(), signals.Token);
        }
        else if (!first.IsAtRest)
        {
            await terminal.People.Live(Draw(first)).AutoClear(true).StartAsync(
                async live => look = await UntilAtRestAsync(follower, first, news, new LiveView(live), signals.Token));
        }

        return look is null ? throw Gone(name)
            : !look.IsAtRest ? Leave(look, db)
            : await ConcludeAsync(terminal, store, look, db);
    }

    private static async Task<SweepLook?> UntilAtRestAsync(SweepFollower follower, SweepLook look, StoreNews news, IView view, CancellationToken stop)
    {
        view.Show(look);
        while (!look.IsAtRest && await news.WaitAsync(stop))
        {
            SweepLook? next;
            try
            {
                next = await follower.LookAsync(CancellationToken.None);
            }
            catch (StoreException e)
            {
                view.Note(e.Message);
                continue;
            }

            if (next is null)
            {
                return null;
            }

            view.Show(look = next);
        }

        return look;
    }

    private static int Leave(SweepLook look, string db)
    {
        var name = look.Summary.Sweep.Name;
        Terminal.Say($"sweep {name} goes on without being watched: sweep watch {name}{StoreName.Option(db)}");
        return ExitCodes.Interrupted;
    }

    private static async Task<int> ConcludeAsync(Terminal terminal, IStore store, SweepLook look, string db)
    {
        var sweep = look.Summary.Sweep;
        if (sweep.State != SweepState.Paused)
        {
            if (Terminal.IsInteractive)
            {
                terminal.People.MarkupLine($"[bold]{Markup.Escape(sweep.Name)}[/]  {Markup.Escape(SpecText.OneLine(look.Spec))}");
            }

            var outcome = sweep.State switch
            {
                SweepState.Completed => RunOutcome.Completed,
                SweepState.Failed => RunOutcome.Failed,
                _ => RunOutcome.Canceled,
            };
            return await SweepSession.ConcludeAsync(terminal, store, sweep, look.Spec, outcome, db);
        }

        await SweepSession.WriteRankingAsync(terminal, store, sweep, look.Spec);
        var why = sweep.StateReason.Length > 0 ? $" ({sweep.StateReason})" : "";
        Terminal.Say($"sweep {sweep.Name} is paused{why}. To go on: sweep resume {sweep.Name}{StoreName.Option(db)}");
        return ExitCodes.Interrupted;
    }

    private static NotFoundException Gone(string name) => new($"sweep {name} was deleted");

    private static Spectre.Console.Rendering.IRenderable Draw(SweepLook look, params string[] notes) =>
        new LivePicture(look.Summary.Sweep.Name, look.Spec).Render(
            look.Summary.Counts, look.Running, look.Best, look.Progress, [.. look.Waiting, .. notes]);

    private interface IView
    {
        void Show(SweepLook look);

        /// <summary>The store cannot be reached: why.</summary>
        void Note(string trouble);
    }

    private sealed class LiveView(LiveDisplayContext live) : IView
    {
        private SweepLook? _last;

        public void Show(SweepLook look) => live.UpdateTarget(Draw(_last = look));

        public void Note(string trouble) => live.UpdateTarget(Draw(_last!, trouble));
    }

    private sealed class PlainView : IView
    {
        private IReadOnlyList<string> _said = [];
        private string _trouble = "";

        public void Show(SweepLook look)
        {
            _trouble = "";
            foreach (var trial in look.Ended)
            {
                Terminal.Say(TrialLine.Of(look.Spec, trial));
            }

            // Numbers change with every look; what is in the way is news once.
            var reasons = look.Waiting.Select(WithoutCount).ToList();
            foreach (var reason in look.Waiting.Where((_, i) => !_said.Contains(reasons[i])))
            {
                Terminal.Say(reason);
            }

            _said = reasons;
        }

        public void Note(string trouble)
        {
            if (trouble != _trouble)
            {
                Terminal.Say(_trouble = trouble);
            }
        }

        private static string WithoutCount(string reason) => reason[(reason.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
