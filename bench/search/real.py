"""ASHA against exhaustive search on real data: epochs spent until a trial trained to the full is within 0.4 points of the exhaustive best.

Started by run. Runs sweeps/fashion-asha.yaml and sweeps/fashion-random-full.yaml under several seeds (a sweep that is there is not run
again), and counts epochs in the order of the virtual run: each leg starts at its suggestion's or promotion's virtual time.
"""
import json
import pathlib
import sqlite3
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FULL = 27
EXHAUSTIVE = 27 * FULL
POINTS = 0.004


def run(name, seed, db):
    sweep = f"{name}-seed{seed}"
    text = (ROOT / "sweeps" / f"{name}.yaml").read_text().replace("seed: 1\n", f"seed: {seed}\n")
    spec = db.parent / f"{sweep}.yaml"
    spec.write_text(text)
    listed = subprocess.run([ROOT / "sweep", "list", "--json", "--db", db], capture_output=True, text=True) if db.exists() else None
    states = {s["sweep"]: s["state"] for s in json.loads(listed.stdout)["sweeps"]} if listed and listed.returncode == 0 else {}
    if states.get(sweep) == "completed":
        return sweep
    command = ["resume", sweep] if sweep in states else ["run", spec, "--name", sweep]
    subprocess.run([ROOT / "sweep", *command, "--db", db], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return sweep


def trials_of(store, sweep):
    return store.execute(
        "SELECT t.id, t.number, t.resource, t.virtual_time, t.objectives, t.granted FROM trials t JOIN sweeps s ON s.id = t.sweep_id WHERE s.name = ?", (sweep,)
    ).fetchall()


def value(objectives):
    values = json.loads(objectives)
    return values[0] if values and values[0] is not None else float("-inf")


def spent_until(store, sweep, goal):
    """(epochs until a full trial reaches the goal, or None; all epochs; its best)."""
    legs, ends = [], []
    for trial, number, resource, start, objectives, granted in trials_of(store, sweep):
        promotions = store.execute(
            "SELECT virtual_time, granted FROM decisions WHERE trial_id = ? AND to_state = 0 ORDER BY id", (trial,)
        ).fetchall()
        bounds = [granted for _, granted in promotions]
        first = store.execute("SELECT first_granted FROM trials WHERE id = ?", (trial,)).fetchone()[0] or 1
        at = 0
        for begin, end in zip([start] + [time for time, _ in promotions], [first] + bounds):
            end = min(end, resource)
            if end > at:
                legs.append((begin, end - at))
            at = max(at, end)
            if at == FULL:
                ends.append((begin + legs[-1][1], value(objectives)))
    total = sum(length for _, length in legs)
    reached = [time for time, best in ends if best >= goal]
    if not reached:
        return None, total, max((best for _, best in ends), default=None)
    now = min(reached)
    return sum(min(max(0, now - begin), length) for begin, length in legs), total, max(best for _, best in ends)


def main():
    seeds, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    db = folder / "real.db"
    until, spent = [], []
    print("| seed | best of 27 trained to the full (729 epochs) | best of ASHA | epochs until within 0.4 points | all its epochs |")
    print("|---|---|---|---|---|")
    for seed in range(1, seeds + 1):
        names = [run(name, seed, db) for name in ("fashion-random-full", "fashion-asha")]
        store = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
        best = max(value(row[4]) for row in trials_of(store, names[0]) if row[2] == FULL)
        epochs, total, own = spent_until(store, names[1], best - POINTS)
        store.close()
        until.append(EXHAUSTIVE if epochs is None else epochs)
        spent.append(total)
        print(f"| {seed} | {best:.4f} | {own:.4f} | {'never: 729' if epochs is None else round(epochs)} | {total} |", flush=True)
    mean, total = sum(until) / seeds, sum(spent) / seeds
    print(f"\nmean {mean:.0f} of 729 epochs (goal: at most 243): {'ok' if mean <= EXHAUSTIVE / 3 else 'MISSED'}; "
          f"all {total:.0f} (goal: at most 364.5): {'ok' if total <= EXHAUSTIVE / 2 else 'MISSED'}")
    sys.exit(0 if mean <= EXHAUSTIVE / 3 and total <= EXHAUSTIVE / 2 else 1)


main()
