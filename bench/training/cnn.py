#!/usr/bin/python3
"""The CNN on one slot against PyTorch on one core, in rounds: each asks every competitor once, one after another.
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
print(f"load average before: {os.getloadavg()[0]:.1f}\ncompetitors:")
sweep = Competitor("sweep, one slot", ["dotnet", WORKER, "worker", "1", EPOCHS])
peer = Competitor("PyTorch, one core", ["/usr/bin/python3", os.path.join(HERE, "cnn_peer.py"), EPOCHS], **one_core)
asked = [(sweep, "cnn float32"), (peer, "contiguous"), (peer, "channels_last")]
if BFLOAT16:
    asked += [(sweep, "cnn bfloat16"), (peer, "bfloat16"), (peer, "autocast")]

figures = {}
for number in range(ROUNDS):
    figures.setdefault("sgemm", []).append(sweep.ask("sgemm"))
    for competitor, name in asked:
        figures.setdefault(name, []).append(competitor.ask(name))
    print(f"round {number + 1} of {ROUNDS}", file=sys.stderr)
sweep.close()
peer.close()


def ratio(over, under):
    rounds = statistics.median(a / b for a, b in zip(figures[over], figures[under]))
    return f"{rounds:.2f} (best rounds {max(figures[over]) / max(figures[under]):.2f})"


sgemm = figures["sgemm"]
print(f"\nSGEMM of one core: {statistics.median(sgemm):.1f} GFLOP/s ({min(sgemm):.1f} to {max(sgemm):.1f})")
print(f"CNN, batch 128, adam: samples/s, median of {ROUNDS} rounds")
for competitor, name in asked:
    rates = figures[name]
    shares = statistics.median(r * MFLOP / 1e3 / g for r, g in zip(rates, sgemm))
    print(f"  {competitor.title + ', ' + name:36} {statistics.median(rates):7,.0f}  ({min(rates):,.0f} to {max(rates):,.0f})  {shares:5.0%} of SGEMM")
fastest = max(("contiguous", "channels_last"), key=lambda n: statistics.median(figures[n]))
print(f"  float32 / PyTorch's faster ({fastest}): {ratio('cnn float32', fastest)}, goal 1.25")
if BFLOAT16:
    fastest = max(("bfloat16", "autocast"), key=lambda n: statistics.median(figures[n]))
    print(f"  bfloat16 / PyTorch's faster bfloat16 channels_last ({fastest}): {ratio('cnn bfloat16', fastest)}, goal 1.15")
    print(f"  bfloat16 / float32: {ratio('cnn bfloat16', 'cnn float32')}, goal 1.6")
