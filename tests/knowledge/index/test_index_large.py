"""What a large library must not pay for: rows read to find others, ids read again, common words looked up."""

from __future__ import annotations

from pathlib import Path

import pytest
from library_of_toys import NOW, store, workspace
from sqlalchemy import text
from vector_contract import unit

from knowledge.index import indexes as indexes_module
from knowledge.index.bm25 import MOST, POSTINGS, rarest
from knowledge.index.chroma import open_embedded
from knowledge.index.chroma_collection import ChromaCollection
from knowledge.records import Audience, Scope
from knowledge.retrieval import Retrieval


def test_the_row_numbers_are_remembered_by_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = open_embedded(tmp_path, "default", "test-16")
    index.upsert([1, 2, 3], unit(1, 3))
    index.remove([2])
    index.close()
    asked: list[str] = []
    call = ChromaCollection._call
    monkeypatch.setattr(ChromaCollection, "_call", lambda self, name, **a: asked.append(name) or call(self, name, **a))
    again = open_embedded(tmp_path, "default", "test-16")
    assert again.pks() == {1, 3}
    assert "get" not in asked
    again.upsert([7], unit(2, 1))
    assert again.pks() == {1, 3, 7}
    assert "get" not in asked
    again.close()


@pytest.mark.parametrize("left", ["dirty", "wrong", "broken"])
def test_what_is_remembered_is_not_believed_when_it_may_be_wrong(tmp_path: Path, left: str) -> None:
    index = open_embedded(tmp_path, "default", "test-16")
    index.upsert([1, 2, 3], unit(1, 3))
    index.close()
    known = index.folder / "known"
    kept = known.read_bytes()
    other = open_embedded(tmp_path, "default", "test-16")
    other.remove([3])
    assert not known.exists()
    other.close()
    if left == "dirty":  # killed after the removal
        known.write_bytes(kept)
        (index.folder / "dirty").touch()
    elif left == "wrong":
        known.write_bytes(kept)
    else:
        known.write_bytes(b"not numbers")
    again = open_embedded(tmp_path, "default", "test-16")
    assert again.pks() == {1, 2}
    again.close()


def test_another_ones_vectors_are_seen(tmp_path: Path) -> None:
    """Two collections of one server: what one puts in changes the count, so the other reads anew."""
    index = open_embedded(tmp_path, "default", "test-16")
    index.upsert([1], unit(1, 1))
    raw = index._collection._collection
    one, other = ChromaCollection(raw, "one"), ChromaCollection(raw, "other")
    assert one.pks() == other.pks() == {1}
    other.upsert([2], unit(2, 1))
    assert one.pks() == {1, 2}
    index.close()


def test_common_words_are_bounded() -> None:
    counts = {"rare": 10, "common": MOST, "everywhere": 10 * MOST, "some": POSTINGS}
    assert rarest(["everywhere", "common", "rare"], counts) == ["rare"]
    assert rarest(["everywhere"], counts) == ["everywhere"]
    assert rarest(["some", "rare", "unknown"], counts) == ["rare", "some"]


@pytest.mark.sqlite_only
def test_passages_are_found_by_their_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without statistics SQLite walks through the whole workspace for a handful of row numbers."""
    monkeypatch.setattr(indexes_module, "SMALL", 1)
    indexes = workspace(tmp_path)
    for number in range(40):
        store(indexes, [f"text {number} {part}" for part in range(5)], entry_id=f"e{number}")
    Retrieval(indexes).search("text", Scope(audience=Audience.PUBLIC), today=NOW.date())
    statement = (
        "SELECT p.pk FROM passage p JOIN entry_version v ON v.workspace = p.workspace AND v.entry_id = p.entry_id "
        "AND v.version = p.version WHERE p.workspace = 'default' AND v.workspace = 'default' AND p.pk IN (1, 2, 3, 4)"
    )
    with indexes.database.connected() as connection:
        plan = [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {statement}"))]
    assert "SEARCH p USING INTEGER PRIMARY KEY (rowid=?)" in plan
    indexes.close()
    indexes.database.close()
