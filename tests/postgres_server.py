"""A PostgreSQL server of the tests' own: on a socket in a temporary folder, run by a user who is not root."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

USER = "postgres"


def programs():
    """The folder of the server's programs; None where there are none."""
    found = shutil.which("postgres")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


class Server:
    """A running server; ``folder`` has its socket and its data."""

    def __init__(self, folder, *options):
        self.folder, self.options = Path(folder), options
        self.as_user = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
        if self.as_user:
            shutil.chown(folder, USER, USER)
        self._call(
            "initdb", "-D", self.data, "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync", "-A", "trust"
        )
        self.process = None

    @property
    def data(self):
        return self.folder / "data"

    def _call(self, program, *arguments):
        command = [programs() / program, *map(str, arguments)]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, **self.as_user)
        assert done.returncode == 0, done.stderr

    def start(self):
        command = [programs() / "postgres", "-D", self.data, "-k", self.folder, "-c", "listen_addresses="]
        for option in self.options:
            command += ["-c", option]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **self.as_user)
        self.wait()

    def wait(self):
        """Until it answers."""
        import psycopg

        end = time.monotonic() + 60
        while True:
            try:
                return psycopg.connect(self.database("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                assert time.monotonic() < end, (self.folder / "log").read_text()
                time.sleep(0.05)

    def kill(self):
        """Everything at once, as a power cut would: the server and its children."""
        parent = self.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
        for pid in [parent, *map(int, children)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()

    @contextlib.contextmanager
    def asking_for_passwords_of(self, user, tables):
        """Nobody else needs one."""
        rules = self.data / "pg_hba.conf"
        before = rules.read_text(encoding="utf-8")
        try:
            rules.write_text(f"local all {user} scram-sha-256\nlocal all all trust\n", encoding="utf-8")
            tables.execute("SELECT pg_reload_conf()")
            yield
        finally:
            rules.write_text(before, encoding="utf-8")
            tables.execute("SELECT pg_reload_conf()")

    def database(self, name):
        return f"postgresql:///{name}?host={self.folder}&user={USER}"

    def address(self, memory, database="postgres"):
        return f"{self.database(database)}&memory={memory}"


@contextlib.contextmanager
def running(*options):
    """A server with some settings, for as long as the block lasts."""
    folder = tempfile.mkdtemp(prefix="ponte-pg-")
    server = Server(folder, *options)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
