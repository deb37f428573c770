"""What a killed worker and a killed database cost, beside Optuna. faults.py SWEEP.dll ROUNDS"""
import contextlib
import os
import queue
import random
import re
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import psycopg2

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "orchestration"))
from cluster import Cluster  # noqa: E402

APP, ROUNDS = sys.argv[1], int(sys.argv[2])
SWEEP, PEER = ["dotnet", APP], ["/usr/bin/python3", os.path.join(HERE, "peer.py")]
# A worker dies in the middle of a long trial …
EPOCHS, SLEEP = 600, 0.1
MOMENTS = random.Random(1)
# … and a database under two workers.
TRIALS, SHORT, AWAY = 40, 10, 2.0
NEVER = 20.0
SPEC = """
name: faults
task: {{ function: curves, epochs: {epochs}, sleep: {sleep} }}
objective: {{ metric: value, goal: minimize }}
search: {{ sampler: random, trials: {trials}, seed: 1 }}
parameters: {{ quality: {{ min: 0.0, max: 1.0 }}, slowness: {{ min: 0.0, max: 1.0 }} }}
"""


class Worker:
    """A process whose lines can be waited for."""

    def __init__(self, command, log):
        self.lines = queue.Queue()
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())

    def line(self, begin, seconds):
        """The next line that begins so; None when it does not come."""
        until = time.monotonic() + seconds
        with contextlib.suppress(queue.Empty):
            while True:
                line = self.lines.get(timeout=max(0.001, until - time.monotonic()))
                if line.startswith(begin):
                    return line
        return None

    def alive(self):
        return self.process.poll() is None

    def kill(self):
        """SIGKILL of the program itself, also when unshare has started it."""
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="ascii") as children:
            inner = [int(child) for child in children.read().split()]
        # unshare dies with its child, and is reaped: its child is not, before it is.
        for process in inner or [self.process.pid]:
            os.kill(process, signal.SIGKILL)
        self.process.wait()

    def end(self):
        if self.alive():
            with contextlib.suppress(ProcessLookupError, FileNotFoundError):
                self.kill()


class Bench:
    def __init__(self):
        self.cluster = Cluster()
        self.folder = tempfile.mkdtemp(prefix="sweep-bench-")
        self.log = open(os.path.join(self.folder, "log"), "w", encoding="utf-8")
        self.count = 0
        self.workers = []

    def start(self, command):
        self.workers.append(Worker(command, self.log))
        return self.workers[-1]

    def end_workers(self):
        for worker in self.workers:
            worker.end()
        self.workers = []

    def close(self):
        self.end_workers()
        self.cluster.stop()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def sweep(self, kind, **values):
        """A store with a submitted sweep in it, and a way to ask it."""
        self.count += 1
        db = self.cluster.store(f"s{self.count}") if kind == "PostgreSQL" else os.path.join(self.folder, f"s{self.count}.db")
        spec = os.path.join(self.folder, "spec.yaml")
        with open(spec, "w", encoding="utf-8") as file:
            file.write(SPEC.format(**values))
        subprocess.run([*SWEEP, "submit", spec, "--db", db], check=True, stdout=self.log, stderr=self.log)
        return db, lambda sql: ask(kind, db, sql)

    def optuna(self, kind):
        self.count += 1
        if kind == "PostgreSQL":
            return self.cluster.create(f"s{self.count}").replace("postgres://", "postgresql+psycopg2://")
        return f"sqlite:///{self.folder}/s{self.count}.db"


def ask(kind, db, sql):
    try:
        connection = psycopg2.connect(db.replace("postgres://", "postgresql://")) if kind == "PostgreSQL" else sqlite3.connect(db, timeout=10)
    except psycopg2.OperationalError:
        return None
    try:
        cursor = connection.cursor()
        cursor.execute(sql)
        return cursor.fetchall()
    finally:
        connection.close()


def until(condition, seconds, every=0.02):
    begin = time.monotonic()
    while time.monotonic() - begin < seconds:
        if (found := condition()):
            return found
        time.sleep(every)
    raise SystemExit("it did not come to pass")


def killed_worker(bench, kind, proof):
    """Seconds until the trial of the killed silo is claimed again, and epochs trained again."""
    db, query = bench.sweep(kind, epochs=EPOCHS, sleep=SLEEP, trials=1)
    silo = [*SWEEP, "silo", "--slots", "1", "--db", db, "--name"]
    # In a pid namespace of its own nobody can see that it is dead.
    victim = bench.start([*([] if proof else ["unshare", "--pid", "--fork"]), *silo, "victim"])
    until(lambda: query("SELECT 1 FROM trials WHERE resource >= 3"), 60)
    bench.start([*silo, "heir"])
    # The heir has been there for a whole lease, as in the middle of any sweep.
    until(lambda: query("SELECT 1 FROM silos WHERE name = 'heir'"), 60)
    time.sleep(0 if proof else 11)
    reached = query("SELECT resource FROM trials")[0][0]
    until(lambda: query(f"SELECT 1 FROM trials WHERE resource >= {reached + MOMENTS.randint(20, 40)}"), 120)
    victim.kill()
    begin = time.monotonic()
    until(lambda: query("SELECT 1 FROM trials WHERE state = 1 AND attempt > 1"), 120)
    seconds = time.monotonic() - begin
    text = query("SELECT text FROM events WHERE kind = 'claimed' ORDER BY id DESC LIMIT 1")[0][0]
    again = re.search(r", (\d+) again", text)
    bench.end_workers()
    return seconds, int(again.group(1)) if again else 0


def killed_peer(bench, kind, heartbeat):
    storage = bench.optuna(kind)
    bench.start([*PEER, "create", storage, str(heartbeat), "0", "0", "0"]).process.wait()
    victim = bench.start([*PEER, "victim", storage, str(heartbeat), "1", str(EPOCHS), str(SLEEP)])
    assert victim.line("epoch 3 ", 60)
    heir = bench.start([*PEER, "heir", storage, str(heartbeat), "0", "0", str(SLEEP)])
    assert heir.line("ready", 60)
    reached = victim.line("epoch", 60)
    wanted = int(reached.split()[1]) + MOMENTS.randint(20, 40)
    assert victim.line(f"epoch {wanted} ", 120)
    victim.kill()
    begin = time.time()
    again = heir.line("again", 60 if heartbeat else NEVER)
    bench.end_workers()
    # Its next attempt starts from nothing.
    return (float(again.split()[1]) - begin, wanted) if again else (None, None)


def killed_database(bench):
    """Silos left, and trials that did not come to their end."""
    db, query = bench.sweep("PostgreSQL", epochs=SHORT, sleep=SLEEP, trials=TRIALS)
    silos = [bench.start([*SWEEP, "silo", "--slots", "2", "--db", db]) for _ in range(2)]
    until(lambda: query("SELECT 1 FROM trials WHERE state = 3"), 60)
    bench.cluster.kill()
    time.sleep(AWAY)
    bench.cluster.start()
    until(lambda: query("SELECT 1 FROM sweeps WHERE state = 3"), 120)
    left = sum(silo.alive() for silo in silos)
    lost = TRIALS - query("SELECT count(*) FROM trials WHERE state = 3")[0][0]
    bench.end_workers()
    return left, lost


def killed_peers_database(bench):
    storage = bench.optuna("PostgreSQL")
    bench.start([*PEER, "create", storage, "0", "0", "0", "0"]).process.wait()
    # As many at once as above.
    workers = [bench.start([*PEER, "worker", storage, "0", str(TRIALS // 4), str(SHORT), str(SLEEP)]) for _ in range(4)]
    for worker in workers:
        assert worker.line("ready", 60)
    db = storage.replace("postgresql+psycopg2://", "postgresql://")
    until(lambda: ask("PostgreSQL", db, "SELECT 1 FROM trials WHERE state = 'COMPLETE'"), 60)
    bench.cluster.kill()
    time.sleep(AWAY)
    bench.cluster.start()
    # Those that live go on to the end.
    until(lambda: not any(worker.alive() for worker in workers), 120)
    left = sum(worker.process.returncode == 0 for worker in workers)
    done = ask("PostgreSQL", db, "SELECT count(*) FROM trials WHERE state = 'COMPLETE'")[0][0]
    bench.end_workers()
    return left, TRIALS - done


def show(title, rows, unit):
    """The median of each column, and its range."""
    cells = []
    for column in zip(*rows):
        values = [value for value in column if value is not None]
        cells.append(f"{statistics.median(values):.1f} ({min(values):.1f} to {max(values):.1f})" if values else "never")
    print(f"{title:58} {cells[0]:>24} {unit[0]:18} {cells[1]:>24} {unit[1]}", flush=True)


def main():
    bench = Bench()
    try:
        print(f"load average before: {os.getloadavg()[0]:.1f}; median of {ROUNDS} (range)")
        units = ("s", "epochs again")
        for kind in ("SQLite", "PostgreSQL"):
            show(f"sweep, {kind}, worker killed, same host", [killed_worker(bench, kind, True) for _ in range(ROUNDS)], units)
            show(f"sweep, {kind}, worker killed, no proof, lease 10 s", [killed_worker(bench, kind, False) for _ in range(ROUNDS)], units)
            show(f"Optuna, {kind}, worker killed, no heartbeat ({NEVER:.0f} s)", [killed_peer(bench, kind, 0)], units)
            show(f"Optuna, {kind}, worker killed, heartbeat 1 s", [killed_peer(bench, kind, 1) for _ in range(ROUNDS)], units)
        units = ("workers left", f"of {TRIALS} trials not done")
        show("sweep, PostgreSQL killed, 2 silos of 2 slots", [killed_database(bench) for _ in range(ROUNDS)], units)
        show("Optuna, PostgreSQL killed, 4 workers", [killed_peers_database(bench) for _ in range(ROUNDS)], units)
    finally:
        bench.close()


if __name__ == "__main__":
    main()
