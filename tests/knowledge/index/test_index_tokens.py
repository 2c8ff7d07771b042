"""Tokens: the same cut on both sides, in every language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.index.tokens import query_terms, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("设备停机时间减少", "设备 停机 时间 减少"),
        ("营收增长2.3%，达1,000万元", "营收 增长 2_3 达 1000 万元"),
        ("FX-200网关", "fx 200 网关"),
        ("FX200", "fx 200"),
        ("ＦＸ２００", "fx 200"),
        ("The gateways of three factories", "the gateway of three factory"),
        ("Zürich Straße", "zurich strasse"),
        ("予知保全を", "予知 知保 保全 全を"),
        ("스마트 공장", "스마 마트 공장"),
        ("…!?", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("Which gateway did Siemens use in 2024?", {"siemen", "2024"}),
        ("IoT platforms for Bosch", {"iot", "bosch"}),
        ("华星在Kubernetes上部署了多少节点？", {"kubernete"}),
        ("why did costs fall", set()),
    ],
)
def test_names_read_the_same_in_other_languages(query: str, names: set[str]) -> None:
    assert set(query_terms(query).names) == names


def test_stop_words_are_dropped_unless_there_is_nothing_else() -> None:
    assert query_terms("What is the downtime of the line?").all == ("downtime", "line")
    assert query_terms("我们的产线是什么？").all == ("产线",)
    assert query_terms("who is it").all


@given(st.text(max_size=80))
def test_any_text_gives_plain_tokens(text: str) -> None:
    for token in tokens(text):
        assert token.text
        assert not set(token.text) & set(" \"'()*-\n")
