#!/usr/bin/python3
"""What several silos are worth, over PostgreSQL: training on two of one slot each beside one; how busy 20 silos of 8 slots are with trials of a second;
how long a slot stays free. silos.py WORKER.dll [ROUNDS]"""
import os
import statistics
import sys

import psycopg2

from cluster import Cluster
from fleet import Fleet

WORKER = sys.argv[1]
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3

TRAINING = """
task: { dataset: fashion-mnist, model: mlp, hidden: [128, 64], batch_size: 128, epochs: 5 }
objective: { metric: val_accuracy, goal: maximize }
search: { sampler: random, trials: 12, seed: 1 }
test: { top: 0 }
parameters: { optimizer: adam, lr: { min: 0.0005, max: 0.005, distribution: log_uniform } }
"""
SLEEPING = """
task: { function: sphere, dimensions: 2, sleep: %s }
objective: { metric: value, goal: minimize }
search: { sampler: random, trials: %d, seed: 1, parallel: 160 }
parameters: { x0: { min: -5.0, max: 5.0 }, x1: { min: -5.0, max: 5.0 } }
"""


def run(cluster, name, spec, silos, slots):
    """Runs a sweep on so many silos; the rows (silo, begun at, finished at), in seconds of the server's clock."""
    db = cluster.create(name)
    with Fleet(WORKER, db) as fleet:
        for _ in range(silos):
            fleet.add(slots, SLEEPING % ("0", 10))
        fleet.run(f"name: {name}\n{spec}")
    with psycopg2.connect(db) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT owner, finished_at / 1000.0 - seconds, finished_at / 1000.0 FROM trials WHERE sweep_id = (SELECT max(id) FROM sweeps) ORDER BY finished_at")
        return [(owner, float(a), float(b)) for owner, a, b in cursor.fetchall()]


def training_rate(cluster, name, silos, slots):
    """Trials a second while all slots train: loading, and the last trials alone, are not throughput."""
    rows = run(cluster, name, TRAINING, silos, slots)
    running, full = 0, []
    for at, step in sorted([(a, 1) for _, a, _ in rows] + [(b, -1) for _, _, b in rows]):
        if silos * slots in (running, running + step):
            full.append(at)
        running += step
    begin, end = full[0], full[-1]
    return sum(max(0.0, min(b, end) - max(a, begin)) / (b - a) for _, a, b in rows) / (end - begin)


def main():
    cluster, failed = Cluster(), False

    def check(title, value, goal, holds):
        nonlocal failed
        failed |= not holds
        print(f"{title:66} {value:8.3f}  goal {goal}{'' if holds else '   MISSED'}", flush=True)

    try:
        print(f"load average before: {os.getloadavg()[0]:.1f}; median of {ROUNDS}")
        ratios = []
        for number in range(ROUNDS):
            one = training_rate(cluster, f"one{number}", 1, 1)
            two = training_rate(cluster, f"two{number}", 2, 1)
            beside = training_rate(cluster, f"slots{number}", 1, 2)
            ratios.append((two / one, beside / one))
            print(f"  trials a second: one silo {one:.3f}, two {two:.3f}, one of two slots {beside:.3f}", flush=True)
        value = statistics.median(two for two, _ in ratios)
        print(f"training on one silo of two slots / of one: {statistics.median(beside for _, beside in ratios):.3f}, which is what the cores give")
        check("training on two silos of one slot / on one", value, ">= 1.9", value >= 1.9)

        busy = []
        for number in range(ROUNDS):
            rows = run(cluster, f"busy{number}", SLEEPING % ("1", 160 * 12), 20, 8)
            begin = sorted(a for _, a, _ in rows)[160]
            end = sorted(b for _, _, b in rows)[-160]
            inside = sum(max(0.0, min(b, end) - max(a, begin)) for _, a, b in rows)
            busy.append(inside / (160 * (end - begin)))
        value = statistics.median(busy)
        check("share of time that 160 slots of 20 silos are busy, trials of 1 s", value, ">= 0.95", value >= 0.95)

        gaps = []
        for number in range(ROUNDS):
            rows = run(cluster, f"gap{number}", SLEEPING % ("0.2", 40), 1, 1)
            gaps += [1000 * (after[1] - before[2]) for before, after in zip(rows, rows[1:])]
        value = statistics.median(gaps)
        check("milliseconds from a trial's end to the next one's beginning", value, "<= 10", value <= 10)
    finally:
        cluster.stop()
    return 1 if failed else 0


sys.exit(main())
