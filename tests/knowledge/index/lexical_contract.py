"""What every lexical index must do; inherited by the tests of each."""

from __future__ import annotations

import pytest

from knowledge.index.lexical import LexicalIndex
from knowledge.index.tokens import query_terms
from knowledge.store.database import Database

TEXTS = {
    1: "设备停机时间减少了32%，产线效率提升。",
    2: "平台支持边缘计算与预测性维护。",
    3: "The FX-200 gateway reduced downtime by 32%.",
    4: "Our platform runs at the edge.",
    5: "Kubernetes 集群的部署周期缩短到两周。",
}


class LexicalIndexContract:
    """Give it fixtures `database` and `index`, the latter empty."""

    @pytest.fixture(autouse=True)
    def filled(self, database: Database, index: LexicalIndex) -> None:
        with database.session() as session:
            index.add(session, TEXTS.items())

    @pytest.mark.parametrize(
        ("query", "first"),
        [("停机时间", 1), ("边缘计算", 2), ("fx200 gateways", 3), ("the edge", 4), ("kubernetes部署", 5)],
    )
    def test_the_passage_with_the_words_comes_first(self, index: LexicalIndex, query: str, first: int) -> None:
        found = index.coverage(query_terms(query).all)
        assert max(found, key=lambda pk: found[pk]) == first
        assert all(0 <= value <= 1 for value in found.values())

    def test_unknown_words_find_nothing_and_lower_the_rest(self, index: LexicalIndex) -> None:
        assert index.coverage(["nowhere"]) == {}
        assert index.coverage([]) == {}
        assert index.coverage(["gateway", "nowhere"])[3] < index.coverage(["gateway"])[3]
        assert index.coverage(["gateway"], of=["gateway", "nowhere"]) == index.coverage(["gateway", "nowhere"])

    @pytest.mark.parametrize("word", ['"', "a OR b", "NEAR(", "*", "x AND y", "设备'; DROP TABLE passage; --", "\x00"])
    def test_no_word_is_syntax(self, index: LexicalIndex, word: str) -> None:
        assert index.coverage([word, "gateway"]).keys() >= {3}

    def test_adding_again_replaces(self, database: Database, index: LexicalIndex) -> None:
        with database.session() as session:
            index.add(session, [(3, "A router.")])
        assert index.coverage(["gateway"]) == {}
        assert index.coverage(["router"]).keys() == {3}
        assert index.pks() == set(TEXTS)

    def test_removed_and_cleared(self, database: Database, index: LexicalIndex) -> None:
        with database.session() as session:
            index.remove(session, [3, 99])
        assert index.pks() == set(TEXTS) - {3}
        assert index.coverage(["gateway"]) == {}
        with database.session() as session:
            index.clear(session)
        assert index.pks() == set()
        assert index.coverage(["边缘"]) == {}

    def test_it_follows_the_transaction(self, database: Database, index: LexicalIndex) -> None:
        def add_and_fail() -> None:
            with database.session() as session:
                index.add(session, [(6, "rolled back")])
                raise RuntimeError

        with pytest.raises(RuntimeError):
            add_and_fail()
        assert index.coverage(["rolled"]) == {}
        assert index.pks() == set(TEXTS)

    def test_common_words_cost_no_more_than_their_share(self, database: Database, index: LexicalIndex) -> None:
        with database.session() as session:
            index.add(session, [(100 + i, f"common usual ordinary word{i}") for i in range(5000)])
        found = index.coverage(["common", "usual", "ordinary", "gateway", "word7"])
        assert found.keys() >= {3, 107}
        assert max(found, key=lambda pk: found[pk]) in (3, 107)
