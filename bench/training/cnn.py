#!/usr/bin/python3
"""The CNN on one slot and two against PyTorch on one core, in rounds: each asks every competitor once, one after another.
cnn.py WORKER.dll [ROUNDS [EPOCHS]]"""
import os
import statistics
import sys

from competitor import Competitor

WORKER = sys.argv[1]
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
EPOCHS = sys.argv[3] if len(sys.argv) > 3 else "1"
HERE = os.path.dirname(os.path.abspath(__file__))
# Forward and backward, without the first layer's input gradient.
MFLOP = 71.6
BFLOAT16 = "avx512_bf16" in open("/proc/cpuinfo").read()

one_core = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
load = os.getloadavg()[0]
print(f"load average before: {load:.1f}" + ("; two slots need two idle cores to show what they can" if load > 0.5 else "") + "\ncompetitors:")
sweep = Competitor("sweep, one slot", ["dotnet", WORKER, "worker", "1", EPOCHS])
both = Competitor("sweep, two slots", ["dotnet", WORKER, "worker", "2", EPOCHS])
peer = Competitor("PyTorch, one core", ["/usr/bin/python3", os.path.join(HERE, "cnn_peer.py"), EPOCHS], **one_core)
asked = [(sweep, "cnn float32", 1), (both, "cnn float32", 2), (peer, "contiguous", 1), (peer, "channels_last", 1)]
if BFLOAT16:
    asked += [(sweep, "cnn bfloat16", 1), (both, "cnn bfloat16", 2), (peer, "bfloat16", 1), (peer, "autocast", 1)]

figures = {}
for number in range(ROUNDS):
    figures.setdefault("sgemm", []).append(sweep.ask("sgemm"))
    for competitor, name, slots in asked:
        figures.setdefault((name, slots), []).append(competitor.ask(name))
    print(f"round {number + 1} of {ROUNDS}", file=sys.stderr)
for competitor in (sweep, both, peer):
    competitor.close()


def ratio(over, under):
    rounds = statistics.median(a / b for a, b in zip(figures[over], figures[under]))
    return f"{rounds:.2f} (best rounds {max(figures[over]) / max(figures[under]):.2f})"


sgemm = figures["sgemm"]
print(f"\nSGEMM of one core: {statistics.median(sgemm):.1f} GFLOP/s ({min(sgemm):.1f} to {max(sgemm):.1f})")
print(f"CNN, batch 128, adam: samples/s, median of {ROUNDS} rounds")
for competitor, name, slots in asked:
    rates = figures[name, slots]
    shares = statistics.median(r * MFLOP / 1e3 / g / slots for r, g in zip(rates, sgemm))
    print(f"  {competitor.title + ', ' + name:36} {statistics.median(rates):7,.0f}  ({min(rates):,.0f} to {max(rates):,.0f})  {shares:5.0%} of SGEMM")
fastest = max(("contiguous", "channels_last"), key=lambda n: statistics.median(figures[n, 1]))
print(f"  float32 / PyTorch's faster ({fastest}): {ratio(('cnn float32', 1), (fastest, 1))}, goal 1.25")
print(f"  two slots / one slot: {ratio(('cnn float32', 2), ('cnn float32', 1))}, goal 1.9")
if BFLOAT16:
    fastest = max(("bfloat16", "autocast"), key=lambda n: statistics.median(figures[n, 1]))
    print(f"  bfloat16 / PyTorch's faster bfloat16 channels_last ({fastest}): {ratio(('cnn bfloat16', 1), (fastest, 1))}, goal 1.15")
    print(f"  bfloat16 / float32: {ratio(('cnn bfloat16', 1), ('cnn float32', 1))}, goal 1.6")
    print(f"  two slots / one slot, bfloat16: {ratio(('cnn bfloat16', 2), ('cnn bfloat16', 1))}, goal 1.9")
