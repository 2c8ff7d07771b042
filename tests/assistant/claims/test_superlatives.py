"""Superlatives and comparisons: what is claimed, and which source carries it."""

from __future__ import annotations

import pytest

from assistant.claims.examiner import Found, Grounds, sources_of
from assistant.claims.reading import read_text
from assistant.claims.superlatives import SuperlativeExaminer
from assistant.draft import Evidence
from knowledge.domain.locale import Locale
from knowledge.lexicon import Certificate, Lexicon


def _claims(
    text: str, *cited: str, language: str = "zh", source: str = "", others: tuple[str, ...] = (), person: bool = True,
    lexicon: Lexicon | None = None,
) -> list[Found]:  # fmt: skip
    def read(texts: tuple[str, ...], letter: str) -> tuple[Evidence, ...]:
        return tuple(Evidence(f"{letter}{n}", t, source or language) for n, t in enumerate(texts, 1))

    grounds = Grounds(sources_of(read(cited, "S")), sources_of(read(others, "T")), lexicon or Lexicon(), person)
    return list(SuperlativeExaminer().examine(read_text(text, language), Locale(language), grounds))


@pytest.mark.parametrize(
    ("language", "text", "source", "verdict", "reason"),
    [
        ("zh", "汀石是国内首家推出该网关的厂商。", "2021 年，汀石在国内首家推出该网关。", "supported", ""),
        ("zh", "汀石是国内首家推出该网关的厂商。", "汀石于 2021 年推出该网关。", "unsupported", ""),
        ("zh", "汀石是全球首家推出该网关的厂商。", "2021 年，汀石在国内首家推出该网关。", "unsupported", "wider"),
        ("zh", "该网关是国内唯一通过该认证的产品。", "公司是国内唯一的铁路运营商。", "unsupported", ""),
        ("zh", "该网关的启动比同行快 3 秒。", "测试显示，该网关启动比同类产品快 3 秒。", "supported", ""),
        ("zh", "该网关的启动比同行快 3 秒。", "该网关启动需要 3 秒。", "unsupported", ""),
        ("zh", "公司是行业领先的网关供应商。", "公司力争成为行业领先的网关供应商。", "unsupported", ""),
        ("en", "We are the only vendor that supports all protocols.", "It supports all protocols.", "unsupported", ""),
        (
            "en",
            "We are the only vendor that supports all protocols.",
            "The study found that Tingstone is the only supplier that supports all protocols.",
            "supported",
            "",
        ),
        (
            "en",
            "Tingstone is the leading supplier of gateways worldwide.",
            "Tingstone is the leading supplier of gateways in China.",
            "unsupported",
            "wider",
        ),
        ("en", "It is faster than competing gateways.", "It starts faster than competing gateways.", "supported", ""),
    ],
)
def test_verdicts(language: str, text: str, source: str, verdict: str, reason: str) -> None:
    claims = _claims(text, source, language=language)
    assert [(claim.verdict, claim.reason) for claim in claims] == [(verdict, reason)]
    assert bool(claims[0].evidence) == (verdict == "supported" or bool(reason))


def test_kinds_and_spans() -> None:
    text = "我们是国内领先的供应商，比同行快 3 秒。"
    assert [(claim.kind, claim.span.of(text)) for claim in _claims(text)] == [
        ("superlative", "国内领先"),
        ("comparison", "比同行快"),
    ]


def test_another_source_says_so() -> None:
    claims = _claims("汀石是国内首家推出该网关的厂商。", "汀石位于苏州。", others=("汀石在国内首家推出该网关。",))
    assert [(claim.verdict, claim.reason) for claim in claims] == [("unsupported", "elsewhere")]
    assert claims[0].evidence[0].id == "T1"


def test_a_source_in_another_language_carries_the_same_sense() -> None:
    text = "汀石是国内首家推出该网关的厂商。"
    said = "Tingstone was the first in China to launch such a gateway."
    assert [claim.verdict for claim in _claims(text, said, source="en")] == ["supported"]


def test_without_citation_nothing_is_judged_unless_nothing_else_was_to_be_had() -> None:
    text = "我们是国内领先的供应商。"
    assert [claim.verdict for claim in _claims(text, person=False)] == ["not_checked"]
    assert [claim.verdict for claim in _claims(text, person=True)] == ["unsupported"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "第一步，核对编号。"),
        ("zh", "这是我们目前最大的工厂。"),
        ("zh", "我们不是行业第一。"),
        ("zh", "新版比旧版启动更快。"),
        ("en", "Best practices for wiring are on page 4."),
        ("en", "This is our largest plant to date."),
        ("en", "It took longer than last year."),
    ],
)
def test_what_is_no_claim(language: str, text: str) -> None:
    assert _claims(text, language=language) == []


def test_a_proved_title_is_no_claim() -> None:
    title = Lexicon(certificates=(Certificate(("行业领军企业",)),))
    assert _claims("公司是行业领军企业。") != []
    assert _claims("公司是行业领军企业。", lexicon=title) == []
