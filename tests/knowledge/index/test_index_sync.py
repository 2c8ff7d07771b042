"""Indexes against the store: what differs is found and mended; another process and a kill do no harm."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from library_of_toys import ToyEmbedder, store, workspace

from knowledge.domain.errors import SetupError
from knowledge.index.chroma import EmbeddedChroma
from knowledge.index.indexes import Indexes
from knowledge.index.sync import Differences, differences, mend, rebuild

HERE = Path(__file__).parent
_OTHER = """
import sys
from pathlib import Path
sys.path += sys.argv[2:]
from library_of_toys import store, workspace
indexes = workspace(Path(sys.argv[1]))
"""
HOLD = _OTHER + "indexes.owner; print('ready', flush=True); sys.stdin.readline(); indexes.close()"
UPSERT_FOREVER = (
    _OTHER
    + """
import os
import numpy as np
print('ready', flush=True)
for round in range(10000):
    pks = store(indexes, [f"{os.getpid()} round {round} text {i}" for i in range(200)], entry_id=f"r{round}")
    rows = indexes.entries.embeddings(pks)
    indexes.upsert(pks, np.stack([np.frombuffer(blob, "<f4") for _, blob, _ in rows]))
"""
)


def other_process(program: str, home: Path) -> subprocess.Popen[str]:
    """A second process on the same workspace, ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(home), str(HERE), str(HERE.parents[1])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=HERE.parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def put(indexes: Indexes, pks: list[int]) -> None:
    rows = indexes.entries.embeddings(pks)
    indexes.upsert(pks, np.stack([np.frombuffer(blob, "<f4") for _, blob, _ in rows]))


def test_an_index_opens_in_agreement_with_the_store(tmp_path: Path) -> None:
    indexes = workspace(tmp_path)
    pks = store(indexes, ["one", "two"])
    assert indexes.owner == "this process"
    assert indexes.vectors.pks() == set(pks)
    assert not differences(indexes)
    indexes.close()


def test_differences_are_named_and_mended(tmp_path: Path) -> None:
    indexes = workspace(tmp_path)
    first = store(indexes, ["one", "two"], "e1")
    put(indexes, first)
    second = store(indexes, ["three"], "e2")
    indexes.vectors.upsert([999], ToyEmbedder().embed(["ghost"]))
    with indexes.entries.writing() as session:
        indexes.lexical.remove(session, [first[0]])
        indexes.lexical.add(session, [(998, "ghost")])
    expected = Differences(
        missing_vectors=frozenset(second),
        superfluous_vectors=frozenset({999}),
        missing_words=frozenset({first[0]}),
        superfluous_words=frozenset({998}),
    )
    assert differences(indexes) == expected
    assert mend(indexes) == expected
    assert not differences(indexes)
    assert indexes.lexical.coverage(["one"]).keys() == {first[0]}
    indexes.close()


def test_another_model_is_embedded_again_by_rebuild(tmp_path: Path) -> None:
    old = workspace(tmp_path)
    pks = store(old, ["one", "two"])
    put(old, pks)
    old.close()
    new = workspace(tmp_path, embedder=ToyEmbedder("better"))
    assert differences(new).other_model == set(pks)
    assert new.vectors.pks() == set()
    steps: list[tuple[int, int]] = []
    assert rebuild(new, lambda done, total: steps.append((done, total))) == 2
    assert steps[-1] == (4, 4)
    assert not differences(new)
    assert new.vectors.search(new.embedder.embed(["Title\ntwo"])[0], 1) == [(pks[1], pytest.approx(1.0, abs=1e-5))]
    new.close()


def test_a_broken_index_is_made_anew_in_the_middle_of_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    indexes = workspace(tmp_path)
    pks = store(indexes, [f"text {i}" for i in range(30)])
    assert isinstance(indexes.vectors, EmbeddedChroma)

    def broken(*_: object) -> None:
        raise SetupError("Error finding id")

    monkeypatch.setattr(indexes.vectors._collection, "search", broken)
    vector = indexes.embedder.embed(["Title\ntext 7"])[0]
    assert indexes.nearest(vector, 1)[0][0] == pks[7]
    assert indexes.vectors.pks() == set(pks)
    indexes.close()


def test_beside_another_process_exact_search_answers(tmp_path: Path) -> None:
    indexes = workspace(tmp_path)
    pks = store(indexes, ["one", "two", "three"])
    other = other_process(HOLD, tmp_path)
    try:
        assert indexes.owner == "another process"
        assert indexes.nearest(indexes.embedder.embed(["Title\ntwo"])[0], 1)[0][0] == pks[1]
        more = store(indexes, ["four"], "e2")
        put(indexes, more)
        assert indexes.nearest(indexes.embedder.embed(["Title\nfour"])[0], 1)[0][0] == more[0]
        rebuild(indexes)
        assert not differences(indexes)
    finally:
        other.communicate("\n", timeout=30)
    indexes.close()
    assert indexes.owner == "this process"
    assert indexes.vectors.pks() == {*pks, *more}
    indexes.close()


def test_the_owner_takes_in_what_another_process_stored(tmp_path: Path) -> None:
    service, command = workspace(tmp_path), workspace(tmp_path)
    service.follow(0)
    pks = store(command, ["imported beside the service"])
    assert service.follow(1) == 1
    assert service.vectors.pks() == set(pks)
    service.close()


@pytest.mark.slow
def test_a_kill_in_the_middle_of_upserts_is_mended_at_the_next_start(tmp_path: Path) -> None:
    for pause in (0.8, 1.5, 2.5):
        process = other_process(UPSERT_FOREVER, tmp_path)
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
    indexes = workspace(tmp_path)
    assert indexes.owner == "this process"
    assert not differences(indexes)
    stored = indexes.entries.embeddings()
    assert len(stored) > 200
    for pk, blob, _ in stored[:: max(1, len(stored) // 20)]:
        assert indexes.nearest(np.frombuffer(blob, "<f4"), 1)[0][0] == pk
    indexes.close()
