"""What a silo and a watching command hold after a while: memory, file handles, connections. soak.py SWEEP.dll MINUTES"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "orchestration"))
from cluster import Cluster  # noqa: E402

APP, MINUTES = sys.argv[1], float(sys.argv[2])
# What a process needs once, it has by then. A short soak is for trying it out.
WARM_UP = min(300.0, MINUTES * 60 / 6)
SAMPLE_EVERY, SUBMIT_EVERY, TRAIN_EVERY = 5.0, 10.0, 20
MEMORY_GOAL = 1.05

# Watched from the beginning to the end; it takes the slot whenever the stream leaves it.
WATCHED = """
name: watched
task: { function: curves, epochs: 9, sleep: 0.1 }
objective: { metric: value, goal: minimize }
search: { sampler: random, trials: 100000, seed: 1, parallel: 2, pruner: { type: asha, min_resource: 1, reduction_factor: 3 } }
parameters: { quality: { min: 0.0, max: 1.0 }, slowness: { min: 0.0, max: 1.0 } }
"""
FUNCTION = """
name: small
task: { function: curves, epochs: 9, sleep: 0.02 }
objective: { metric: value, goal: minimize }
search: { sampler: tpe, startup_trials: 4, trials: 12, seed: 1, parallel: 2, pruner: { type: asha, min_resource: 1, reduction_factor: 3 } }
parameters: { quality: { min: 0.0, max: 1.0 }, slowness: { min: 0.0, max: 1.0 } }
"""
TRAINING = """
name: training
task: { dataset: fashion-mnist, model: mlp, hidden: [32], batch_size: 128, epochs: 1 }
objective: { metric: val_accuracy, goal: maximize }
search: { sampler: random, trials: 2, seed: 1 }
parameters: { lr: { min: 0.0005, max: 0.05, distribution: log_uniform } }
"""


class Watch:
    """A process, and what it held at each look."""

    def __init__(self, name, command, log):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.samples = []

    def look(self, at, port):
        proc = f"/proc/{self.process.pid}"
        with open(f"{proc}/status", encoding="ascii") as status:
            rss = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
        handles = os.listdir(f"{proc}/fd")
        self.samples.append((at, rss / 1024, len(handles), self.connections(proc, handles, port)))

    @staticmethod
    def connections(proc, handles, port):
        sockets = set()
        for handle in handles:
            try:
                sockets.add(os.readlink(f"{proc}/fd/{handle}"))
            except FileNotFoundError:
                pass
        with open("/proc/net/tcp", encoding="ascii") as tcp:
            rows = [line.split() for line in tcp.readlines()[1:]]
        # local, remote, state (01: established), …, inode
        return sum(f"socket:[{row[9]}]" in sockets and row[3] == "01" and row[2].endswith(f":{port:04X}") for row in rows)

    def thirds(self, column):
        values = [sample[column] for sample in self.samples if sample[0] >= WARM_UP]
        part = len(values) // 3
        return statistics.median(values[:part]), statistics.median(values[-part:])

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    cluster = Cluster()
    folder = tempfile.mkdtemp(prefix="sweep-soak-")
    log = open(os.path.join(folder, "log"), "w", encoding="utf-8")
    watches = []
    try:
        db = cluster.store("soak")
        sweep = ["dotnet", APP]
        specs = {}
        for name, text in (("watched", WATCHED), ("function", FUNCTION), ("training", TRAINING)):
            specs[name] = os.path.join(folder, f"{name}.yaml")
            with open(specs[name], "w", encoding="utf-8") as file:
                file.write(text)

        def submit(name, *options):
            subprocess.run([*sweep, "submit", specs[name], "--db", db, *options], check=True, stdout=log, stderr=log)

        submit("watched", "--name", "watched", "--priority", "-1")
        watches.append(Watch("silo", [*sweep, "silo", "--slots", "1", "--db", db, "--log", os.path.join(folder, "silo.log")], log))
        watches.append(Watch("watch", [*sweep, "watch", "watched", "--db", db], log))
        print(f"{MINUTES:g} minutes, load average {os.getloadavg()[0]:.1f}", flush=True)
        begin = time.monotonic()
        submitted, looks = 0, 0
        while (at := time.monotonic() - begin) < MINUTES * 60:
            if at >= looks * SAMPLE_EVERY:
                looks += 1
                for watch in watches:
                    if watch.process.poll() is not None:
                        raise SystemExit(f"{watch.name} ended with {watch.process.returncode} after {at:.0f} s; its output: {log.name}")
                    watch.look(at, cluster.port)
            if at >= submitted * SUBMIT_EVERY:
                submit("training" if submitted % TRAIN_EVERY == 0 else "function")
                submitted += 1
            time.sleep(0.25)
        return report(watches, submitted, cluster, time.monotonic() - begin)
    finally:
        for watch in watches:
            watch.process.kill()
            watch.process.wait()
        cluster.stop()
        log.close()
        if sys.exc_info()[0] is None:
            shutil.rmtree(folder, ignore_errors=True)


def report(watches, submitted, cluster, seconds):
    trials = cluster.ask("soak", "SELECT count(*) FROM trials WHERE state IN (3, 4)")
    done = cluster.ask("soak", "SELECT count(*) FROM sweeps WHERE state = 3")
    print(f"{submitted} sweeps submitted, {done} of them over; {trials} trials over; load average {os.getloadavg()[0]:.1f}")
    print(f"{'':8} {'cpu %':>6} {'':12} {'first third':>12} {'last third':>12} {'ratio':>7} {'highest':>8}")
    missed = False
    for watch in watches:
        for title, column in (("MiB", 1), ("handles", 2), ("connections", 3)):
            first, last = watch.thirds(column)
            allowed = first * (MEMORY_GOAL if column == 1 else 1)
            missed |= last > allowed
            print(f"{watch.name:8} {100 * watch.cpu() / seconds:6.1f} {title:12} {first:12.1f} {last:12.1f} {last / max(first, 1e-9):7.3f} "
                  f"{max(s[column] for s in watch.samples):8.1f}{'   MISSED' if last > allowed else ''}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
