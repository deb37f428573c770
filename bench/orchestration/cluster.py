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

MIGRATIONS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/Sweep.Store/Migrations/postgres")


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
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self):
        """kill -9 of the server and its children, as a power cut would."""
        with open(os.path.join(self.data, "postmaster.pid"), encoding="ascii") as pid:
            postmaster = int(pid.readline())
        family = [postmaster]
        for stat in glob.glob("/proc/[0-9]*/stat"):
            with contextlib.suppress(OSError), open(stat, encoding="utf-8", errors="replace") as file:
                # pid (name) state parent ...
                number, rest = file.read().split(" ", 1)
                if int(rest.rsplit(")", 1)[1].split()[1]) == postmaster:
                    family.append(int(number))
        for process in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        time.sleep(0.2)

    def store(self, name):
        """A new database with an empty store in it; its URL."""
        url = self.create(name)
        for version, file in enumerate(sorted(glob.glob(os.path.join(MIGRATIONS, "*.sql"))), 1):
            with open(file, encoding="utf-8") as sql:
                self.ask(name, f"BEGIN; {sql.read()}; INSERT INTO schema_version VALUES ({version}, '{os.path.basename(file)[:-4]}', 0); COMMIT")
        return url

    def ask(self, name, sql):
        """What a query gives, as psql prints it bare."""
        return subprocess.run([f"{self.bin}/psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", name, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"],
                              input=sql, check=True, text=True, stdout=subprocess.PIPE).stdout.strip()

    def create(self, name):
        """A new database; its URL."""
        subprocess.run([f"{self.bin}/createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", name], check=True)
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def stop(self):
        with contextlib.suppress(subprocess.CalledProcessError):
            subprocess.run(_as_postgres([f"{self.bin}/pg_ctl", "-D", self.data, "-m", "immediate", "stop"]), check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(self.folder, ignore_errors=True)
