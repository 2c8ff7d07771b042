"""Chroma, embedded and as a server."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from vector_contract import VectorIndexContract, unit

from knowledge.domain.errors import SetupError
from knowledge.index.chroma import EmbeddedChroma, open_embedded
from knowledge.index.chroma_collection import ChromaCollection, collection_name
from knowledge.index.chroma_server import open_chroma_server


class TestEmbedded(VectorIndexContract):
    @pytest.fixture
    def index(self, tmp_path: Path) -> Iterator[EmbeddedChroma]:
        index = open_embedded(tmp_path, "default", "test-16")
        yield index
        index.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on the loopback address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chroma = Path(sys.executable).with_name("chroma")
    command = [str(chroma), "run", "--path", str(tmp_path_factory.mktemp("chroma")), "--host", "127.0.0.1"]
    process = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


class TestServer(VectorIndexContract):
    @pytest.fixture
    def index(self, server: str, request: pytest.FixtureRequest) -> Iterator[ChromaCollection]:
        index = open_chroma_server(server, "default", f"{request.node.name}-16")
        yield index
        index.close()


def test_no_server_is_one_clear_line() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SetupError, match="chroma run"):
        open_chroma_server(f"http://127.0.0.1:{port}", "default", "test-16")
    with pytest.raises(SetupError, match="no address"):
        open_chroma_server("localhost:8000", "default", "test-16")


def test_what_was_put_in_is_there_after_closing(tmp_path: Path) -> None:
    index = open_embedded(tmp_path, "default", "test-16")
    index.upsert([1, 2], unit(1, 2))
    assert (index.folder / "dirty").exists()
    index.close()
    assert not (index.folder / "dirty").exists()
    again = open_embedded(tmp_path, "default", "test-16")
    assert again.pks() == {1, 2}
    again.close()


def test_one_process_shares_one_index(tmp_path: Path) -> None:
    first, second = open_embedded(tmp_path, "default", "test-16"), open_embedded(tmp_path, "default", "test-16")
    assert first is second
    first.close()
    second.upsert([1], unit(1, 1))
    assert second.pks() == {1}
    second.close()


def test_workspaces_and_models_are_apart(tmp_path: Path) -> None:
    indexes = [open_embedded(tmp_path, w, m) for w, m in (("a", "m-16"), ("b", "m-16"), ("a", "n-16"))]
    indexes[0].upsert([1], unit(1, 1))
    assert [index.pks() for index in indexes] == [{1}, set(), set()]
    for index in indexes:
        index.close()


def test_names_that_chroma_takes() -> None:
    names = {collection_name("a" * 63, model) for model in ("openai:文本/嵌入-1024", "openai:向量-1024")}
    assert len(names) == 2
    assert all(name.isascii() and len(name) < 512 for name in names)


def test_starting_anew_leaves_an_empty_index_that_works(tmp_path: Path) -> None:
    index = open_embedded(tmp_path, "default", "test-16")
    index.upsert([1, 2, 3], unit(1, 3))
    index.start_anew()
    assert index.pks() == set()
    index.upsert([4], unit(2, 1))
    assert index.search(unit(2, 1)[0], 1)[0][0] == 4
    assert len(list(index.folder.glob("g*"))) == 1
    index.close()


@pytest.mark.parametrize("what", ["database", "vectors"])
def test_broken_files_after_a_kill_give_way_to_an_empty_index(tmp_path: Path, what: str) -> None:
    index = open_embedded(tmp_path, "default", "test-16")
    index.upsert(list(range(1500)), unit(1, 1500))
    index.close()
    (index.folder / "dirty").touch()
    broken = list((index.folder / "g1").rglob("*.sqlite3" if what == "database" else "*.bin"))
    assert broken
    for path in broken:
        path.write_bytes(b"\x07" * 100)
    again = open_embedded(tmp_path, "default", "test-16")
    assert again.pks() == set()
    again.upsert([1], unit(1, 1))
    assert again.pks() == {1}
    again.close()


def test_a_collection_of_another_measure_is_refused(tmp_path: Path) -> None:
    import chromadb

    client = chromadb.PersistentClient(str(tmp_path))
    collection = client.create_collection("x-y-z", embedding_function=None, configuration={"hnsw": {"space": "l2"}})
    with pytest.raises(SetupError, match="not cosine"):
        ChromaCollection(collection, "here")
    client.close()
