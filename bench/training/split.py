#!/usr/bin/python3
"""Where a step's time goes, beside the same loop in bare PyTorch on one core. split.py WORKER.dll [STEPS]"""
import os
import subprocess
import sys

WORKER = sys.argv[1]
STEPS = sys.argv[2] if len(sys.argv) > 2 else "60"
HERE = os.path.dirname(os.path.abspath(__file__))
PARTS = ("data", "forward", "backward", "optimizer")
clean = {k: v for k, v in os.environ.items() if k != "OPENBLAS_CORETYPE"} | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
peer = subprocess.Popen(["/usr/bin/python3", os.path.join(HERE, "split_peer.py"), STEPS], env=clean, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
print(f"load average before: {os.getloadavg()[0]:.1f}\nPyTorch: {peer.stdout.readline().strip()}")


def ours(case):
    return subprocess.run(["dotnet", WORKER, "split", *case.split(), STEPS], check=True, capture_output=True, text=True).stdout


def theirs(case):
    peer.stdin.write(case + "\n")
    peer.stdin.flush()
    return peer.stdout.readline()


print(f"microseconds a row, Adam, batch 128; each part the fastest of {STEPS} steps")
print(f"{'':24}" + "".join(f"{p:>10}" for p in (*PARTS, "all")))
precisions = ("float32", "bfloat16") if "avx512_bf16" in open("/proc/cpuinfo").read() else ("float32",)
for case in (f"{model} {precision}" for model in ("mlp", "cnn") for precision in precisions):
    sides = {"sweep": ours(case), "PyTorch": theirs(case)}
    totals = {}
    for side, answer in sides.items():
        times = [float(t) for t in answer.split()]
        totals[side] = sum(times)
        print(f"{case + ', ' + side:24}" + "".join(f"{t:10.2f}" for t in (*times, totals[side])))
    print(f"{'':24}{'PyTorch / sweep':>40}{totals['PyTorch'] / totals['sweep']:10.2f}")
peer.stdin.close()
peer.wait()
