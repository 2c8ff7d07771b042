"""Servers that go away and come back: PostgreSQL killed and started again, Chroma gone while one searches."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from postgres import PostgresServer

from assistant.settings import load_settings
from assistant.workspace import Workspace
from knowledge.domain.errors import SetupError
from knowledge.importing import ImportOptions
from knowledge.records import Audience, Hit, Scope, State

OPTIONS = ImportOptions(state=State.APPROVED, audience=Audience.PUBLIC)
ANY = Scope(audience=Audience.INTERNAL, states=tuple(State))


def entry(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.md"
    path.write_text(f"---\nid: {name}\ntitle: {name}\nkind: product\nlocale: en\n---\n# {name}\n\n{text}\n")
    return path


def one_line(error: SetupError) -> str:
    assert "\n" not in error.message
    assert "Traceback" not in error.message
    return error.message


def ids(hits: Sequence[Hit]) -> list[str]:
    return sorted({hit.passage.entry.entry_id for hit in hits})


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_postgresql_killed_and_started_again(tmp_path: Path) -> None:
    """The run's own server is not touched: this one is the test's. What was committed is there, what was not is not."""
    server = PostgresServer(lasting=True)
    server.start()
    try:
        settings = load_settings(
            {"KOUJING_HOME": str(tmp_path / "home"), "KOUJING_MODEL": "extractive"}, database_url=server.url("postgres")
        )
        workspace, _ = Workspace.create(settings)
        with workspace:
            assert not workspace.library.importer().run([entry(tmp_path, "one", "It saves 12%.")], OPTIONS).failed
            server.kill()
            with pytest.raises(SetupError) as caught:
                workspace.library.entries.latest()
            assert "postgresql" in one_line(caught.value)
            server.resume()
            assert [one.entry_id for one in workspace.library.entries.latest()] == ["one"]
            assert not workspace.library.importer().run([entry(tmp_path, "two", "It saves 15%.")], OPTIONS).failed
            assert workspace.library.entries.counts() == (2, 2)
    finally:
        server.stop()


class Chroma:
    """A Chroma server that can be killed and started again on the same address and data."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder = folder
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = str(Path(sys.executable).with_name("chroma"))
        command = [program, "run", "--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[Chroma]:
    made = Chroma(tmp_path / "chroma")
    made.start()
    yield made
    made.kill()


@pytest.mark.slow
def test_a_chroma_server_gone_and_back(chroma: Chroma, tmp_path: Path) -> None:
    """Without it a library of this size is searched exactly, and no entry is lost; when it is back, also with nothing in
    it, all is found."""
    settings = load_settings(
        {"KOUJING_HOME": str(tmp_path / "home"), "KOUJING_MODEL": "extractive"}, chroma_url=chroma.url
    )
    workspace, _ = Workspace.create(settings)
    with workspace:
        library = workspace.library
        assert not library.importer().run([entry(tmp_path, "one", "The gateway saves 12% of energy.")], OPTIONS).failed
        assert ids(library.search("gateway energy", ANY)) == ["one"]
        chroma.kill()
        assert ids(library.search("what does the gateway save", ANY)) == ["one"]
        with suppress(SetupError):
            library.importer().run([entry(tmp_path, "two", "The sensor measures vibration.")], OPTIONS)
        assert library.entries.counts()[0] == 2
        shutil.rmtree(chroma.folder)
        chroma.start()
    with Workspace.open(settings) as workspace:
        assert ids(workspace.library.search("sensor vibration gateway", ANY)) == ["one", "two"]
