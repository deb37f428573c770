"""Time from the command to the first epoch reported, and peak memory, beside a plain PyTorch script.

Run by bench/startup/run. The two take turns, A B A B ...; medians and the ratio pair by pair are printed.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
DATA = os.environ.get("SWEEP_DATA", "/usr/share/datasets/fashion-mnist")
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 7

SPEC = """name: startup
task: {{ dataset: fashion-mnist, model: mlp, hidden: [128, 64], batch_size: 128, epochs: 1 }}
objective: {{ metric: val_accuracy, goal: maximize }}
search: {{ sampler: grid }}
parameters: {{ optimizer: adam, schedule: constant, lr: {{ values: [{rates}] }} }}
"""


def sweep(folder, trials):
    spec = os.path.join(folder, f"startup-{trials}.yaml")
    with open(spec, "w") as file:
        file.write(SPEC.format(rates=", ".join(f"0.001{i}" for i in range(1, trials + 1))))
    db = os.path.join(folder, f"{time.monotonic_ns()}.db")
    return [os.path.join(ROOT, "sweep"), "run", spec, "--db", db, "--slots", str(trials)]


def peer(epochs=1):
    return ["/usr/bin/python3", os.path.join(os.path.dirname(__file__), "peer.py"), DATA, str(epochs)]


def first_report(command):
    """Seconds until the first line that holds an accuracy, on either stream."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    seconds, said = None, []
    for line in process.stdout:
        said.append(line)
        if seconds is None and "val_accuracy 0." in line:
            seconds = time.monotonic() - start
    if process.wait() != 0 or seconds is None:
        sys.exit(f"{command} reported nothing:\n{''.join(said)}")
    return seconds


def peak_memory(commands):
    """VmHWM in MiB, summed over processes that run side by side."""
    processes = [subprocess.Popen(c, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for c in commands]
    return sum(os.wait4(p.pid, 0)[2].ru_maxrss for p in processes) / 1024


def row(name, values, unit):
    print(f"  {name:<34} median {statistics.median(values):8.3f} {unit}   min {min(values):.3f}   max {max(values):.3f}")


with tempfile.TemporaryDirectory() as folder:
    first_report(sweep(folder, 1))
    first_report(peer())
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(first_report(sweep(folder, 1)))
        theirs.append(first_report(peer()))
    print(f"from the command to the first epoch reported, {ROUNDS} rounds, taking turns")
    row("./sweep run", ours, "s")
    row("PyTorch script", theirs, "s")
    row("ratio, pair by pair", [a / b for a, b in zip(ours, theirs)], " ")
    print("  goal: at most 0.75\n")

    ours = [peak_memory([sweep(folder, 2)]) for _ in range(3)]
    theirs = [peak_memory([peer(), peer()]) for _ in range(3)]
    print("peak memory (VmHWM), two trials at once")
    row("./sweep run --slots 2", ours, "MiB")
    row("two PyTorch workers", theirs, "MiB")
    row("ratio", [a / b for a, b in zip(ours, theirs)], " ")
    print("  goal: at most 0.333")
