"""A process that is asked for figures, a line each."""
import os
import subprocess

INHERITED = ("OPENBLAS_CORETYPE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class Competitor:
    def __init__(self, title, command, **environment):
        self.title = title
        clean = {k: v for k, v in os.environ.items() if k not in INHERITED}
        self.process = subprocess.Popen(command, env={**clean, **environment}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        print(f"  {title}: {self.process.stdout.readline().strip()}", flush=True)

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()
