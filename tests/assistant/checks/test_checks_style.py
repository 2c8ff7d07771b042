"""The company's style rules, as far as a program can decide them."""

from __future__ import annotations

import pytest

from assistant.checking import check_text, only
from assistant.checks.paragraphs import check_paragraph
from assistant.checks.spellings import other_spelling
from assistant.checks.standards import Standards
from assistant.draft import Evidence, Paragraph
from assistant.voice import Voice
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.locale import Locale

ZH = Voice(
    forbidden=("赋能", "抓手", "唯一", "国家级"),
    exceptions=("国家级专精特新“小巨人”企业",),
    spelling={"percent": "%", "thousands": ",", "date": "2026年10月20日"},
    named="汀石工联",
    polite=True,
)
EN = Voice(
    forbidden=("leverage", "empower", "seamless", "cutting-edge", "best-in-class", "game changer"),
    spelling={"variant": "en-GB", "percent": "%", "thousands": ",", "date": "20 October 2026"},
    named="Tingstone Industrial",
)


def found(text: str, voice: Voice, role: str = "text") -> list[Finding]:
    locale = Locale("zh-CN" if voice is ZH else "en")
    source = [Evidence("S1", text, locale.tag)]
    paragraph = Paragraph("p1", text, ("S1",), role=role)
    ledger = check_paragraph(paragraph, source, Standards(locale, voice=voice))
    return [finding for finding in ledger.findings if finding.check == "style_rule"]


def places(text: str, voice: Voice) -> list[tuple[str, str]]:
    """What is found, and its fix."""
    return [(f.span.of(text), f.fix) for f in found(text, voice) if f.span]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("平台为工厂赋能，是唯一的抓手。", ["唯一", "抓手", "赋能"]),
        ("他伸手抓手机，设备提供唯一性编号。", []),
        ("公司是国家级专精特新“小巨人”企业。", []),
        ("公司是国家级专精特新‘小巨人’企业，也有国家级奖项。", ["国家级"]),
        ("客户说：“这套系统给我们赋能。”", []),
        ("网关给车间带来实际帮助。", []),
    ],
)
def test_forbidden_words_in_chinese(text: str, words: list[str]) -> None:
    assert sorted(said for said, _ in places(text, ZH)) == sorted(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Plants leverage data.", ["leverage"]),
        ("Leveraged by teams, empowering them, it empowers all.", ["Leveraged", "empowering", "empowers"]),
        ("It works seamlessly.", ["seamlessly"]),
        ("A lever moves the gate; the power is on.", []),
        ("A cutting-edge design, best in class and best-in-class.", ["cutting-edge", "best in class", "best-in-class"]),
        ("It is a cutting edge design.", ["cutting edge"]),
        ("Wear of the cutting edge falls; the class is the best.", []),
        ("It is a game changer and two game changers.", ["game changer", "game changers"]),
        ("“We leverage it,” the customer said.", []),
    ],
)
def test_forbidden_words_in_english_in_every_inflection(text: str, words: list[str]) -> None:
    assert [said for said, _ in places(text, EN)] == words or sorted(s for s, _ in places(text, EN)) == sorted(words)


@pytest.mark.parametrize(
    ("text", "voice", "expected"),
    [
        ("我们在苏州发布网关。", ZH, [("我们", "汀石工联")]),
        ("汀石工联发布网关，你可以预订。", ZH, [("你", "您")]),
        ("你们可以预订。", ZH, [("你们", "")]),
        ("各厂你追我赶。", ZH, []),
        ("他说：“我们等了两年。”", ZH, []),
        ("We launch it; our team is proud of us.", EN, [("We", ""), ("our", ""), ("us", "")]),
        ("Sales in the US grew, and hours fell.", EN, []),
        ("“We waited,” she said.", EN, []),
    ],
)
def test_person(text: str, voice: Voice, expected: list[tuple[str, str]]) -> None:
    assert places(text, voice) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The color of the center is gray.", [("color", "colour"), ("center", "centre"), ("gray", "grey")]),
        ("Optimized, analyzed and labeled.", [("Optimized", "Optimised"), ("analyzed", "analysed"), ("labeled", "labelled")]),
        ("It was shown at the Ohio Center for Color.", []),
        ("See https://color.example.com/center for the meter.", []),
        ("The colour of the centre; analyses and licences.", []),
        ("The emphasis of the organisation.", []),
        ("A program for the flow meter.", []),
    ],
)  # fmt: skip
def test_british_spelling(text: str, expected: list[tuple[str, str]]) -> None:
    assert places(text, EN) == expected


def test_american_spelling_is_the_other_way_round() -> None:
    gb, us = other_spelling("en-GB"), other_spelling("en-US")
    assert (us["colour"], us["organisation"], gb["fiber"]) == ("color", "organization", "fibre")
    assert {right: wrong for wrong, right in gb.items()} == us, "a word has one form on each side"
    assert other_spelling("en-NZ") == {}


@pytest.mark.parametrize(
    ("text", "voice", "expected"),
    [
        ("Losses fell by 12 percent, then 3.5 per cent.", EN, [("12 percent", "12%"), ("3.5 per cent", "3.5%")]),
        ("Losses fell by 12%.", EN, []),
        ("It runs 12500 sensors for EUR 45000.", EN, [("12500", "12,500"), ("45000", "45,000")]),
        ("Postcode 215000 Suzhou, tel 0512 66881234, ISO 27001, order 1234567.", EN, []),
        ("It runs 1250 sensors.", EN, []),
        ("全国 12500 台设备，合同 100000 元。", ZH, [("12500", "12,500"), ("100000", "100,000")]),
        ("邮编 215000，编号 1234567。", ZH, []),
        ("On October 20, 2026 it opens.", EN, [("October 20, 2026", "20 October 2026")]),
        ("On 20 October 2026, in March 2026 and in 2027.", EN, []),
        ("2026年10月20日发布。", ZH, []),
        ("October 20, 2026 发布。", ZH, [("October 20, 2026", "2026年10月20日")]),
    ],
)
def test_figures_and_dates_as_the_rules_have_them(text: str, voice: Voice, expected: list[tuple[str, str]]) -> None:
    assert places(text, voice) == expected


def test_it_is_a_warning_in_the_language_of_the_text() -> None:
    [zh], [en] = found("平台赋能工厂。", ZH), found("It empowers plants.", EN)
    assert (zh.severity, en.severity) == (Severity.WARNING, Severity.WARNING)
    assert "赋能" in zh.message
    assert "avoid 'empowers'" in en.message


def test_quotes_and_texts_without_rules_are_left_alone() -> None:
    assert found("We leverage it.", EN, role="quote") == []
    assert found("We leverage the color of 12 percent.", Voice()) == []


def test_a_text_that_a_person_wrote_is_held_to_them() -> None:
    text = "Ordinary line.\nPlants leverage data in color."
    report = check_text(text, only([Evidence("S1", text, "en")]), Standards(Locale("en"), voice=EN))
    said = [f.span.of(text) for f in report.findings if f.check == "style_rule" and f.span]
    assert said == ["leverage", "color"]
