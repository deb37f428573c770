"""Standing silos of a benchmark, and who submits sweeps to them."""
import os
import subprocess
import tempfile


def start(command):
    """Starts a process that says ready, and waits for it."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline().strip() == "ready"
    return process


class Fleet:
    def __init__(self, worker, db):
        self.worker, self.db = worker, db
        self.leader = start(["dotnet", worker, "lead", db])
        self.silos = []
        self.folder = tempfile.TemporaryDirectory(prefix="sweep-bench-")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in [*self.silos, self.leader]:
            process.stdin.close()
        for process in [*self.silos, self.leader]:
            process.wait()
        self.folder.cleanup()

    def add(self, slots, warm_up):
        """Adds a silo, and has it do a sweep alone, whose spec warm_up is: what runs for the first time is slow everywhere."""
        name = f"silo-{len(self.silos)}"
        self.silos.append(start(["dotnet", self.worker, "work", self.db, str(slots), name]))
        self.run(f"name: {name}\nrequires: {name}\n{warm_up}")

    def run(self, spec):
        """Runs a sweep; the seconds from its submission to its end."""
        path = os.path.join(self.folder.name, "spec.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(spec)
        self.leader.stdin.write(path + "\n")
        self.leader.stdin.flush()
        return float(self.leader.stdout.readline())
