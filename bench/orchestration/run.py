#!/usr/bin/python3
"""Trials a second that cost nothing by themselves, beside Optuna, on the same databases.
run.py WORKER.dll quick|full|processes [ROUNDS]"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from cluster import Cluster
from fleet import Fleet, start

WORKER, SIZE = sys.argv[1], sys.argv[2]
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else (3 if SIZE == "full" else 1)
HERE = os.path.dirname(os.path.abspath(__file__))
PEER = ["/usr/bin/python3", os.path.join(HERE, "peer.py")]
REPORTS = (0, 10)

# Of one process and four, one after the other: the machine's speed changes by more than their ratio is from its goal.
PAIRS = max(15, ROUNDS)

# For each silo alone, then for all of them together; Optuna's workers do some of their own: what runs for the first time is slow everywhere.
WARM_UP = 20_000


class Stores:
    """A new store for each run."""

    def __init__(self):
        self.cluster = Cluster()
        self.folder = tempfile.mkdtemp(prefix="sweep-bench-", dir=os.environ.get("BENCH_DIR"))
        self.count = 0

    def sweep(self, kind):
        self.count += 1
        return self.cluster.create(f"s{self.count}") if kind == "postgres" else os.path.join(self.folder, f"s{self.count}.db")

    def optuna(self, kind):
        self.count += 1
        if kind == "memory":
            return kind
        if kind == "postgres":
            return self.cluster.create(f"s{self.count}").replace("postgres://", "postgresql+psycopg2://")
        return f"sqlite:///{self.folder}/s{self.count}.db"

    def close(self):
        self.cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def spec(trials, reports):
    """Ten parameters drawn at random. An epoch is a report; a trial without intermediate ones still says how it ended."""
    parameters = ", ".join(f"x{i}: {{ min: -5.0, max: 5.0 }}" for i in range(10))
    return f"""
task: {{ function: sphere, dimensions: 10, epochs: {max(1, reports)} }}
objective: {{ metric: value, goal: minimize }}
search: {{ sampler: random, trials: {trials}, seed: 1 }}
parameters: {{ {parameters} }}
"""


def ours(stores, kind, trials, reports, processes, slots):
    with Fleet(WORKER, stores.sweep(kind)) as fleet:
        for _ in range(processes):
            fleet.add(slots, spec(WARM_UP, reports))
        fleet.run("name: together\n" + spec(WARM_UP, reports))
        return trials / fleet.run("name: noop\n" + spec(trials, reports))


def hand_over(stores, kind):
    """Milliseconds that a report costs its trial, and that a commit takes."""
    out = subprocess.run(["dotnet", WORKER, "hand-over", stores.sweep(kind)], check=True, text=True, stdout=subprocess.PIPE).stdout
    return tuple(map(float, out.split()))


def theirs(stores, kind, trials, reports, processes):
    storage = stores.optuna(kind)
    if kind != "memory":
        subprocess.run([*PEER, "create", storage], check=True)
    workers = [start([*PEER, "work", storage, str(trials // processes), str(reports)]) for _ in range(processes)]
    begin = time.perf_counter()
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        float(worker.stdout.readline())
    took = time.perf_counter() - begin
    for worker in workers:
        worker.wait()
    return trials / took


def show(title, rates):
    print(f"{title:58} {statistics.median(rates):9,.0f}  ({min(rates):,.0f} to {max(rates):,.0f})", flush=True)
    return statistics.median(rates)


def repeat(work):
    return [work() for _ in range(ROUNDS)]


class Goals:
    def __init__(self):
        self.missed = 0

    def check(self, title, value, goal, most=False):
        missed = value > goal if most else value < goal
        self.missed += missed
        print(f"{title:70} {value:8.{3 if most else 2}f}  goal {'at most ' if most else ''}{goal}{'   MISSED' if missed else ''}", flush=True)


def beside_optuna(stores, goals):
    peer = {}
    for reports in REPORTS:
        for kind in ("memory", "sqlite", "postgres"):
            for processes in (1,) if kind == "memory" or SIZE == "quick" else (1, 2, 4):
                peer[kind, reports, processes] = show(
                    f"Optuna, {kind}, {reports} reports, {processes} process(es), 1,000 trials",
                    repeat(lambda k=kind, r=reports, p=processes: theirs(stores, k, 1000, r, p)))
    if SIZE == "full":
        for kind in ("sqlite", "postgres"):
            show(f"Optuna, {kind}, 0 reports, 1 process, 10,000 trials", [theirs(stores, kind, 10_000, 0, 1)])
    rates = {}
    for kind in ("sqlite", "postgres"):
        for reports in REPORTS:
            for slots in (16, 2):
                for processes in (1, 2, 4) if slots == 16 else (1,):
                    for trials in (1000, 10_000, 100_000) if SIZE == "full" else (10_000,):
                        if trials > 10_000 and (slots != 16 or processes > 1 and reports > 0):
                            continue
                        rates[kind, reports, processes, slots, trials] = show(
                            f"sweep, {kind}, {reports} reports, {processes} of {slots} slots, {trials:,} trials",
                            repeat(lambda: ours(stores, kind, trials, reports, processes, slots)))
    print()
    for kind in ("sqlite", "postgres"):
        costs, commits = zip(*repeat(lambda k=kind: hand_over(stores, k)))
        commit = statistics.median(commits)
        goals.check(f"{kind}: ms that a report costs its trial (a commit takes {commit:.1f})", statistics.median(costs), 0.3, most=True)
    for reports in REPORTS:
        goals.check(f"SQLite / Optuna's SQLite, {reports} reports", rates["sqlite", reports, 1, 16, 10_000] / peer["sqlite", reports, 1], 300)
        goals.check(f"SQLite / Optuna in memory, {reports} reports", rates["sqlite", reports, 1, 16, 10_000] / peer["memory", reports, 1], 3)
        goals.check(f"PostgreSQL / Optuna's PostgreSQL, {reports} reports", rates["postgres", reports, 1, 16, 10_000] / peer["postgres", reports, 1], 150)
    goals.check("SQLite with 2 slots / Optuna in memory, 0 reports", rates["sqlite", 0, 1, 2, 10_000] / peer["memory", 0, 1], 1)
    if SIZE == "full":
        for kind in ("sqlite", "postgres"):
            goals.check(f"{kind}, 100,000 trials / 10,000", rates[kind, 0, 1, 16, 100_000] / rates[kind, 0, 1, 16, 10_000], 0.8)


def four_processes(stores, goals):
    for kind, goal in ("postgres", 1), ("sqlite", 0.9):
        pairs = [(ours(stores, kind, 10_000, 0, 1, 16), ours(stores, kind, 10_000, 0, 4, 16)) for _ in range(PAIRS)]
        ratios = [four / one for one, four in pairs]
        print(f"sweep, {kind}, 1 of 16 slots and 4: {', '.join(f'{one:,.0f} and {four:,.0f}' for one, four in pairs)}")
        goals.check(f"{kind}, 4 processes / 1, median of {PAIRS} pairs ({min(ratios):.2f} to {max(ratios):.2f})", statistics.median(ratios), goal)


def main():
    stores = Stores()
    goals = Goals()
    try:
        print(f"load average before: {os.getloadavg()[0]:.1f}; trials a second, median of {ROUNDS} (range)", flush=True)
        if SIZE != "processes":
            beside_optuna(stores, goals)
        four_processes(stores, goals)
    finally:
        stores.close()
    return 1 if goals.missed else 0


sys.exit(main())
