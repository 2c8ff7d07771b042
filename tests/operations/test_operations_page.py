"""docs/operations.md is true: its shell lines down to the backup run, in the order of the page, with a PostgreSQL of the test's own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from postgres import PostgresServer

PAGE = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8").partition("## Backup")[0]
DATABASE = "postgresql://koujing@db.internal/koujing"
PORTS = ("8420", "8421", "8422", "8000")


def script(database: str) -> str:
    """The lines of the page, with free ports and that database."""
    lines = "\n".join(re.findall(r"^```sh\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE))
    assert lines.count(DATABASE) == 1
    lines = lines.replace(DATABASE, f"'{database}'")
    for port in PORTS:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            lines = re.sub(rf"\b{port}\b", str(free.getsockname()[1]), lines)
    return lines


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("curl") is None and not os.environ.get("CI"), reason="there is no curl here; `apt-get install curl`"
)
def test_the_lines_of_the_page_work_in_its_order(tmp_path: Path) -> None:
    database = PostgresServer()
    database.start()
    environment = {
        **os.environ,
        "KOUJING_HOME": str(tmp_path / "home"),
        "KOUJING_MODEL": "extractive",
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
    }
    # Files, not pipes: the Chroma server, which the page leaves running, would hold a pipe open.
    told = tmp_path / "told"
    with told.open("w") as file:
        process = subprocess.Popen(
            ["bash", "-mc", f"set -eo pipefail\n{script(database.url('postgres'))}"],
            cwd=tmp_path, env=environment, stdout=file, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        process.wait(timeout=600)
        said = told.read_text(encoding="utf-8")
        assert process.returncode == 0, said[-4000:]
        assert said.count('"status":"ready"') == 3
        assert said.count('"owner":"server"') == 2
        assert said.count('"hits"') == 2
        assert "koujing_http_requests_total" in said
    finally:
        # With -m each job is a group of its own; the session is what they share.
        for pid in _of_session(process.pid):
            os.kill(pid, signal.SIGKILL)
        database.stop()


def _of_session(session: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            found.append(int(path.parent.name))
    return found
