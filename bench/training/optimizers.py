#!/usr/bin/python3
"""Every optimizer on the MLP, one slot beside PyTorch on one core where it has the optimizer, in rounds.
optimizers.py WORKER.dll [ROUNDS [EPOCHS]]"""
import os
import statistics
import subprocess
import sys

from competitor import Competitor

WORKER = sys.argv[1]
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
EPOCHS = sys.argv[3] if len(sys.argv) > 3 else "1"
HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "adadelta", "adamax", "nadam", "radam")

# gd takes one step an epoch: its rate is that of the gradient.
names = [n for n in subprocess.run(["dotnet", WORKER, "optimizers"], check=True, capture_output=True, text=True).stdout.split() if n != "gd"]
one_core = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
peer = ["/usr/bin/python3", os.path.join(HERE, "peer.py"), EPOCHS]
print(f"load average before: {os.getloadavg()[0]:.1f}\ncompetitors:")
sweep = Competitor("sweep, one slot", ["dotnet", WORKER, "worker", "1", EPOCHS])
peers = {
    "own choice": Competitor("PyTorch, one core, OpenBLAS's own choice", peer, **one_core),
    "Haswell": Competitor("PyTorch, one core, Haswell kernels", peer, OPENBLAS_CORETYPE="Haswell", **one_core),
}
if "avx512f" in open("/proc/cpuinfo").read():
    peers["SkylakeX"] = Competitor("PyTorch, one core, SkylakeX kernels", peer, OPENBLAS_CORETYPE="SkylakeX", **one_core)

figures = {}
for number in range(ROUNDS):
    for name in names:
        figures.setdefault(("sweep", name), []).append(sweep.ask(name))
        for title, competitor in peers.items() if name in PEERS else ():
            figures.setdefault((title, name), []).append(competitor.ask(name))
    print(f"round {number + 1} of {ROUNDS}", file=sys.stderr)
for competitor in (sweep, *peers.values()):
    competitor.close()

print(f"\nMLP 784-128-64-10, batch 128: samples/s, median of {ROUNDS} rounds (range); PyTorch at its best kernels")
print(f"{'':20} {'sweep':>9} {'':22} {'PyTorch':>9} {'':22} ratio")
for name in names:
    ours = figures["sweep", name]
    line = f"{name:20} {statistics.median(ours):9,.0f} {f'({min(ours):,.0f} to {max(ours):,.0f})':22}"
    if name in PEERS:
        best = max(peers, key=lambda t: statistics.median(figures[t, name]))
        theirs = figures[best, name]
        ratio = statistics.median(a / b for a, b in zip(ours, theirs))
        line += f" {statistics.median(theirs):9,.0f} {f'({min(theirs):,.0f} to {max(theirs):,.0f})':22} {ratio:.2f} ({best})"
    print(line)
