"""The claim table: what became of each claim of a source, and nothing said that a program does not know."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.carried import CarriedClaim, Survival, carried_from_json
from assistant.localization.checks.base import Pair
from assistant.localization.claim_table import claim_table
from assistant.localization.content import Content
from assistant.localization.protection.codes import with_codes
from knowledge.domain.locale import parse_locale
from knowledge.records import Term

KEPT, CHANGED, MISSING, UNCLEAR = Survival
NO_NAMES: Mapping[str, str] = {}


def table(
    source: str,
    target: str,
    locales: tuple[str, str] = ("zh-CN", "en"),
    names: Mapping[str, str] = NO_NAMES,
    terms: tuple[Term, ...] = (),
) -> list[CarriedClaim]:
    contents = (with_codes(Content.of(text)) for text in (source, target))
    return claim_table(Pair(*contents, *map(parse_locale, locales), terms, names), "en")


def rows(found: list[CarriedClaim]) -> list[tuple[str, str, Survival, str]]:
    return [(row.kind, row.text, row.survival, row.said) for row in found]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("营收 230 万美元", "Revenue of US$2.3 million", ("money", "230 万美元", KEPT, "US$2.3 million")),
        ("营收 230 万美元", "Revenue of US$230 million", ("money", "230 万美元", CHANGED, "US$230 million")),
        ("投资 5000 万元", "An investment of $50 million", ("money", "5000 万元", CHANGED, "$50 million")),
        ("超过 300 家门店", "300 stores", ("quantity", "超过 300", CHANGED, "300")),
        ("覆盖 1.2 亿用户", "Reaching users everywhere", ("quantity", "1.2 亿", MISSING, "")),
        ("2026年3月15日发布", "Released on 15 March 2026", ("date", "2026年3月15日", KEPT, "15 March 2026")),
        ("2026年3月15日发布", "Released on 16 March 2026", ("date", "2026年3月15日", CHANGED, "16 March 2026")),
        ("成本下降 18%", "Costs fell", ("percent", "18%", MISSING, "")),
        ("R200 上市", "The R200 is out", ("name", "R200", KEPT, "R200")),
        ("R200 上市", "The R300 is out", ("name", "R200", MISSING, "")),
        ("本产品不支持离线使用", "It supports offline use", ("negation", "本产品不支持离线使用", MISSING, "")),
        ("如果断网，数据会补传", "If the network fails, data is sent later",
         ("condition", "如果断网，数据会补传", KEPT, "If the network fails, data is sent later")),
        ("如果断网，数据会补传", "Data is sent later, network or no network", ("condition", "如果断网，数据会补传", UNCLEAR, "")),
    ],
)  # fmt: skip
def test_a_claim_of_the_source(source: str, target: str, expected: tuple[str, str, Survival, str]) -> None:
    assert expected in rows(table(source, target))


def test_names_and_terms_by_their_known_forms() -> None:
    names = {"海底捞": "Haidilao", "东山咨询": ""}
    terms = (Term("边缘网关", "zh-CN", {"en": "edge gateway"}), Term("TingDeck", "en", do_not_translate=True))
    found = table(
        "海底捞和东山咨询用 TingDeck 和边缘网关", "Subway and others use Ting and a box", names=names, terms=terms
    )
    assert {(row.text, row.survival) for row in found} == {
        ("海底捞", MISSING), ("东山咨询", UNCLEAR), ("TingDeck", MISSING), ("边缘网关", UNCLEAR),
    }  # fmt: skip
    found = table(
        "海底捞和东山咨询用 TingDeck 和边缘网关", "Haidilao and 东山咨询 use TingDeck and edge gateways",
        names=names, terms=terms,
    )  # fmt: skip
    assert {row.survival for row in found} == {KEPT}
    assert [row.said for row in found] == ["Haidilao", "东山咨询", "TingDeck", "edge gateways"]


def test_the_two_ends_of_a_change_that_changed_places() -> None:
    found = table("交付从 12 天缩短到 3 天", "Delivery went from 3 days to 12 days")
    assert [row.survival for row in found] == [CHANGED, CHANGED]


def test_a_negation_in_another_wording_is_not_said_to_be_kept() -> None:
    [row] = table("无法连接服务器", "Unable to connect to the server")
    assert (row.survival, bool(row.note)) == (UNCLEAR, True)


def test_a_language_that_nobody_knows_is_unclear() -> None:
    found = table("We never share your data if you say so.", "Emme jaa tietojasi.", ("en", "fi"))
    assert {row.survival for row in found} == {UNCLEAR}


def test_spans_count_in_the_texts_with_their_codes() -> None:
    source, target = "{name}，**营收** 230 万美元", "{name}, **revenue** of US$2.3 million"
    [row] = [row for row in table(source, target) if row.kind == "money"]
    assert row.span.of(source) == row.text == "230 万美元"
    assert row.said_at is not None
    assert row.said_at.of(target) == row.said == "US$2.3 million"


FRAGMENTS = st.sampled_from(
    [
        "营收 230 万美元",
        "不支持离线",
        "如果断网",
        "，",
        "。",
        "R200",
        "US$2.3 million",
        "does not",
        " if ",
        "18%",
        "3 天",
        "{x}",
    ]
)


@given(st.lists(FRAGMENTS, max_size=8).map("".join), st.lists(FRAGMENTS, max_size=8).map("".join))
def test_every_row_says_where_it_stands(source: str, target: str) -> None:
    for row in table(source, target):
        assert row.text == row.span.of(source) != ""
        assert (row.said_at is None) == (row.said == "")
        assert row.said_at is None or row.said_at.of(target) == row.said
        assert row.survival is KEPT or row.survival is CHANGED or row.note
        assert carried_from_json(row.to_json()) == row


@given(st.lists(FRAGMENTS, max_size=8).map("".join))
def test_nothing_is_lost_or_changed_in_the_same_text(text: str) -> None:
    found = table(text, text, ("zh-CN", "zh-CN"))
    assert not [row for row in found if row.survival in (MISSING, CHANGED)]
