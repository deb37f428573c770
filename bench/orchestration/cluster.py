"""A private PostgreSQL for a benchmark: a cluster in a temporary folder, on loopback, gone at the end."""
import contextlib
import glob
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time


def _as_postgres(command):
    # The server refuses to run as root.
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else command


class Cluster:
    def __init__(self):
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.folder = tempfile.mkdtemp(prefix="sweep-bench-pg-")
        os.chmod(self.folder, 0o777)
        self.data = os.path.join(self.folder, "data")
        subprocess.run(_as_postgres([f"{self.bin}/initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "--no-sync"]),
                       check=True, stdout=subprocess.DEVNULL)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        with open(os.path.join(self.data, "postgresql.conf"), "a", encoding="ascii") as conf:
            conf.write(f"listen_addresses = '127.0.0.1'\nport = {self.port}\nunix_socket_directories = '{self.folder}'\n")
        self.start()

    def start(self):
        subprocess.run(_as_postgres([f"{self.bin}/pg_ctl", "-D", self.data, "-w", "-l", f"{self.folder}/log", "start"]),
                       check=True, stdout=subprocess.DEVNULL)

    def kill(self):
        """kill -9 of the postmaster, as a crash of the server's machine would look to its clients."""
        with open(os.path.join(self.data, "postmaster.pid"), encoding="ascii") as pid:
            os.kill(int(pid.readline()), signal.SIGKILL)
        # What its children hold goes with them.
        subprocess.run(["pkill", "-9", "-f", f"postgres.*{self.port}"], check=False)
        time.sleep(0.2)

    def create(self, name):
        """A new database; its URL."""
        subprocess.run([f"{self.bin}/createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", name], check=True)
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def stop(self):
        with contextlib.suppress(subprocess.CalledProcessError):
            subprocess.run(_as_postgres([f"{self.bin}/pg_ctl", "-D", self.data, "-m", "immediate", "stop"]), check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(self.folder, ignore_errors=True)
