"""The library as a whole: one way to search, whatever the number of queries."""

from __future__ import annotations

import pytest

from assistant.workspace import Workspace
from knowledge.gate import Gate
from knowledge.records import Audience, Passage, Scope
from knowledge.store.customers import Customers

QUERIES = ["网关接入多少台设备", "unplanned downtime", "", "unplanned downtime", "朔野风电"]


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.INTERNAL])
def test_many_queries_find_what_each_finds_alone(sample: Workspace, audience: Audience) -> None:
    scope = Scope(audience=audience)
    many = sample.library.search_many(QUERIES, scope, k=5)
    assert [[(h.passage, round(h.score, 4)) for h in hits] for hits in many] == [
        [(h.passage, round(h.score, 4)) for h in sample.library.search(query, scope, k=5)] for query in QUERIES
    ]
    assert [len(hits) for hits in many] == [5, 5, 0, 5, 5]
    assert sample.library.search_many(["", " "], scope) == [[], []]
    assert sample.library.search_many([], scope) == []


def test_a_passage_passes_the_gate_once_for_many_queries(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[int] = []
    through = Gate.pass_through

    def counted(gate: Gate, passage: Passage) -> Passage | None:
        passed.append(passage.pk)
        return through(gate, passage)

    monkeypatch.setattr(Gate, "pass_through", counted)
    sample.library.search_many(QUERIES, Scope(), k=5)
    assert len(passed) == len(set(passed))


def test_a_permission_taken_back_elsewhere_counts_at_once(sample: Workspace) -> None:
    """Another process is another `Library` on the same database."""
    library = sample.library
    scope = Scope()
    assert not library.gate(scope).hides("磐岚压缩机")
    Customers(library.database, library.workspace).withdraw("panlan")
    assert library.gate(scope).hides("磐岚压缩机")
