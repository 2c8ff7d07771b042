"""The lexical index of the database in use, and that both databases say the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import database_at
from lexical_contract import TEXTS, LexicalIndexContract
from library_of_toys import store, workspace

from knowledge.index.fts import FtsIndex
from knowledge.index.lexical import LexicalIndex, open_lexical
from knowledge.index.tokens import query_terms
from knowledge.store.database import Database

MORE = {
    6: "设备设备设备 gateway gateway 32%",
    7: "Der Gateway prüft 1,000 Geräte; die Geräte melden sich 1000-mal.",
    8: "",
    9: "A long passage about nothing in particular, " * 30 + "with one gateway at its end.",
    10: "停机 downtime 停机时间 downtime",
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = database_at(tmp_path)
    yield database
    database.close()


@pytest.fixture
def index(database: Database) -> LexicalIndex:
    return open_lexical(database, "default")


class TestLexical(LexicalIndexContract):
    """The contract, on the database of this run."""


def test_workspaces_share_no_words(tmp_path: Path) -> None:
    one, two = workspace(tmp_path, "acme"), workspace(tmp_path, "acme-two")
    store(one, ["secret gateway"])
    store(two, ["plain router"])
    alone = one.lexical.coverage(["gateway"])
    assert alone
    assert two.lexical.coverage(["gateway"]) == {}
    store(two, ["another gateway", "a third gateway"], "e2")
    assert one.lexical.coverage(["gateway"]) == alone
    assert two.lexical.pks().isdisjoint(one.lexical.pks())
    with two.entries.writing() as session:
        two.lexical.remove(session, one.lexical.pks())
        two.lexical.clear(session)
    assert two.lexical.pks() == set()
    assert one.lexical.coverage(["gateway"]) == alone


def test_an_index_that_was_never_written_is_empty(database: Database, index: LexicalIndex) -> None:
    assert index.pks() == set()
    assert index.coverage(["gateway"]) == {}
    with database.session() as session:
        index.remove(session, [1])
        index.clear(session)
        index.add(session, [])
    assert index.pks() == set()


@pytest.mark.parametrize("word", ["a" * 5000, "网" * 5000, "x" * 199 + "y" * 3000])
def test_no_word_is_too_long(database: Database, index: LexicalIndex, word: str) -> None:
    with database.session() as session:
        index.add(session, [(1, f"{word} gateway"), (2, "router")])
    assert index.coverage(query_terms(word).all).keys() == {1}
    assert index.coverage(["gateway"]).keys() == {1}


@pytest.mark.postgres_only
@pytest.mark.parametrize(
    "query",
    [
        "停机时间",
        "设备",
        "gateway",
        "fx200 gateways downtime",
        "1000 Geräte",
        "the edge",
        "gateway nowhere 停机",
        "32%",
    ],
)
def test_both_databases_say_the_same(tmp_path: Path, database: Database, index: LexicalIndex, query: str) -> None:
    file = Database(f"sqlite:///{tmp_path / 'words.sqlite'}")
    both = {file: FtsIndex(file, "default"), database: index}
    for place, words in both.items():
        with place.session() as session:
            words.add(session, {**TEXTS, **MORE}.items())
            words.add(session, [(4, "Our platform runs at the edge of the factory.")])
            words.remove(session, [2])
    terms = query_terms(query).all
    expected, found = (words.coverage(terms) for words in both.values())
    assert found == pytest.approx(expected, rel=1e-6)
    assert found
    file.close()
