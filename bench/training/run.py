#!/usr/bin/python3
"""Compares training speed in rounds: each round asks every competitor once, one after another, so that what else the
machine does meets them all. run.py WORKER.dll [ROUNDS [EPOCHS]]"""
import os
import statistics
import sys

from competitor import Competitor

WORKER = sys.argv[1]
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
EPOCHS = sys.argv[3] if len(sys.argv) > 3 else "3"
HERE = os.path.dirname(os.path.abspath(__file__))
# What a training sample costs: forward and backward without the first layer's input gradient (455), and its ninth part of
# an evaluation (218 a sample, one for every nine trained on).
KFLOP = 455 + 218 / 9


def sweep(slots):
    return ["dotnet", WORKER, "worker", str(slots), EPOCHS]


peer = ["/usr/bin/python3", os.path.join(HERE, "peer.py"), EPOCHS]
one_core = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
load = os.getloadavg()[0]
print(f"load average before: {load:.1f}" + ("; two slots need two idle cores to show what they can" if load > 0.5 else ""))
print("competitors:")
everyone = {
    "one": Competitor("sweep, one slot", sweep(1)),
    "two": Competitor("sweep, two slots", sweep(2)),
    "unset": Competitor("PyTorch, one core, OpenBLAS's own choice", peer, **one_core),
    "haswell": Competitor("PyTorch, one core, Haswell kernels", peer, OPENBLAS_CORETYPE="Haswell", **one_core),
    "skylakex": Competitor("PyTorch, one core, SkylakeX kernels", peer, OPENBLAS_CORETYPE="SkylakeX", **one_core),
    "installed": Competitor("PyTorch as installed", peer),
}
if "avx512f" not in open("/proc/cpuinfo").read():
    everyone.pop("skylakex").close()

figures = {}
for round_number in range(ROUNDS):
    figures.setdefault("sgemm", []).append(everyone["one"].ask("sgemm"))
    for optimizer in ("adam", "sgd"):
        for name, competitor in everyone.items():
            figures.setdefault((name, optimizer), []).append(competitor.ask(optimizer))
    print(f"round {round_number + 1} of {ROUNDS}", file=sys.stderr)
for competitor in everyone.values():
    competitor.close()


def median(key):
    return statistics.median(figures[key])


def spread(key):
    return f"{min(figures[key]):,.0f} to {max(figures[key]):,.0f}"


def ratio(over, under):
    """The median of the rounds' ratios, whose sides are measured within seconds of each other, and that of the best rounds."""
    median_ratio = statistics.median(a / b for a, b in zip(figures[over], figures[under]))
    return f"{median_ratio:.2f} (best rounds {max(figures[over]) / max(figures[under]):.2f})"


print(f"\nSGEMM of one core: {median('sgemm'):.1f} GFLOP/s ({min(figures['sgemm']):.1f} to {max(figures['sgemm']):.1f})")
for optimizer in ("adam", "sgd"):
    print(f"\nMLP 784-128-64-10, batch 128, {optimizer}: samples/s, median of {ROUNDS} rounds")
    for name, competitor in everyone.items():
        key = (name, optimizer)
        cores = 2 if name in ("two", "installed") else 1
        share = max(figures[key]) * KFLOP * 1e3 / (cores * max(figures["sgemm"]) * 1e9)
        print(f"  {competitor.title:42} {median(key):9,.0f}  ({spread(key)})  {share:5.0%} of SGEMM at best")
    best = max((n for n in everyone if n in ("unset", "haswell", "skylakex")), key=lambda n: median((n, optimizer)))
    goal = {"adam": 1.5, "sgd": 1.3}[optimizer]
    print(f"  one slot / PyTorch's best on one core ({best}): {ratio(('one', optimizer), (best, optimizer))}, goal {goal}")
    print(f"  two slots / one slot: {ratio(('two', optimizer), ('one', optimizer))}, goal 1.9")
    print(f"  two slots / PyTorch as installed: {ratio(('two', optimizer), ('installed', optimizer))}, goal 2.4")
