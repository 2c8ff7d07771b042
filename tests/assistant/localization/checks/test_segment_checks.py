"""Every check on its own examples, all together on segments, and the harm that must not pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import segment_pairs
from endless import ends
from human_translations import cases, folder, site
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.localization.checks.base import Pair, PairExample, SegmentCheck
from assistant.localization.checks.examples import pair_of
from assistant.localization.checks.extent import loop_in
from assistant.localization.checks.registry import ALL, ALONE, BY_ID, check_pair, check_together
from assistant.localization.checks.together import EXAMPLES, TogetherCheck
from assistant.localization.content import Content
from assistant.localization.protection.codes import with_codes
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.locale import parse_locale
from knowledge.records import Term

CONTRACT = (
    "number_changed currency_changed date_changed qualifier_lost placeholder_broken tag_broken link_changed name_changed "
    "negation_changed untranslated partly_translated wrong_language added omitted inconsistent duplicate end_punctuation "
    "spacing quote_style length_limit term_missing forbidden_variant name_unconfirmed literal_idiom cultural_risk"
).split()


def pair(source: str, target: str, locales: tuple[str, str] = ("zh-CN", "en"), **more: object) -> Pair:
    return pair_of(PairExample(source, target, False, locales, **more))  # type: ignore[arg-type]


def errors(source: str, target: str, locales: tuple[str, str] = ("zh-CN", "en"), **more: object) -> set[str]:
    found = check_pair(pair(source, target, locales, **more))
    return {finding.check for finding in found if finding.severity is Severity.ERROR}


@pytest.mark.parametrize(
    ("check", "example"),
    [(check, example) for check in ALONE for example in check.examples],
    ids=lambda value: value.id if isinstance(value, SegmentCheck) else f"{value.source[:20]}→{value.target[:20]}",
)
def test_a_check_finds_what_its_examples_say(check: SegmentCheck, example: PairExample) -> None:
    assert bool(list(check.check(pair_of(example)))) is example.found


@pytest.mark.parametrize(("check", "examples"), EXAMPLES, ids=lambda value: getattr(value, "id", ""))
def test_checks_across_segments_find_what_their_examples_say(
    check: type[TogetherCheck], examples: tuple[PairExample, ...]
) -> None:
    found = {number for number, _ in check().check_all([pair_of(example) for example in examples])}
    assert found == {number for number, example in enumerate(examples) if example.found}


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.id)
def test_every_check_is_described_and_shown_in_three_directions(check: SegmentCheck) -> None:
    examples = next((e for kind, e in EXAMPLES if kind.id == check.id), check.examples)
    assert len(examples) >= 6
    assert {example.found for example in examples} == {True, False}
    assert {("zh-CN", "en"), ("en", "zh-CN")} < {example.locales for example in examples}
    assert check.instruction.endswith(".")
    assert "\n" not in check.instruction
    assert check.title.zh
    assert check.title.en


def test_the_ids_are_those_of_the_contract() -> None:
    assert set(BY_ID) == set(CONTRACT)
    assert len(ALL) == len(CONTRACT)


def test_the_page_of_the_docs_names_every_check_and_each_of_weblates() -> None:
    page = (Path(__file__).parents[4] / "docs" / "localization-checks.md").read_text(encoding="utf-8")
    ours, theirs = page.split("## Weblate")
    for check in ALL:
        assert f"| `{check.id}` | {check.severity} | {check.title.zh} / {check.title.en} |" in ours
    rows = [row.split(" | ") for row in theirs.splitlines() if row.startswith("| ")][2:]
    assert len({row[0] for row in rows}) == 84
    named = {name for row in rows for name in re.findall(r"`([a-z]+_[a-z]+|[a-z]+)`", row[1])}
    assert named <= set(BY_ID)


def test_errors_come_first() -> None:
    found = check_pair(pair("营收 230 万美元。", "Revenue of US$230 million !"))
    order = [finding.severity for finding in found]
    assert order == sorted(order, key=list(Severity).index)
    assert Severity.ERROR in order
    assert Severity.WARNING in order


def test_a_span_counts_in_the_target_with_its_codes() -> None:
    found = next(f for f in check_pair(pair("<b>超过</b> {n} 的 40%", "<b>over</b> {n} of 53%")) if f.span)
    assert found.span is not None
    assert found.span.of("<b>over</b> {n} of 53%") == "53%"


def test_a_message_is_chinese_where_chinese_is_read() -> None:
    east = next(iter(check_pair(pair("5 台", "6 units"))))
    west = next(iter(check_pair(pair("5 units", "6 Stück", ("en", "de")))))
    assert "原文" in east.message
    assert "source" in west.message


GOOD: list[tuple[str, str, tuple[str, str]]] = [
    ("年均节省法务成本约 230 万美元。", "It saves about US$2.3 million in legal costs a year.", ("zh-CN", "en")),
    ("截至2026年3月，已覆盖 1.2 亿用户、超过 300 个城市。", "As of March 2026 it reaches 120 million users in more than 300 cities.", ("zh-CN", "en")),
    ("交付周期从 12 天缩短到 3 天，良率提升 2.5 个百分点。", "Lead times fell from 12 days to 3, and yield rose by 2.5 percentage points.", ("zh-CN", "en")),
    ("团队只有 20 到 30 人。", "The team has only 20–30 people.", ("zh-CN", "en")),
    ("第三季度营收同比增长 27%。", "Third-quarter revenue grew 27% year on year.", ("zh-CN", "en")),
    ("两家公司都选择了同一个方案。", "Both companies chose the same solution.", ("zh-CN", "en")),
    ("A dozen teams cut costs by half.", "十几个团队把成本减少了一半。", ("en", "zh-CN")),
    ("Sales rose to $1.5 billion in FY2025.", "2025 财年销售额增至 15 亿美元。", ("en", "zh-CN")),
    ("We ship 10,000+ units a month.", "我们每月出货 1 万多台。", ("en", "zh-CN")),
    ("Available 24/7 on iOS 17.2.", "iOS 17.2 全天候可用。", ("en", "zh-CN")),
    ("Nearly 40% of 1,200 stores", "1,200店舗の40%近く", ("en", "ja")),
    ("It cost €1,250.50 on 3 May 2026.", "Am 3. Mai 2026 kostete es 1.250,50 €.", ("en", "de")),
    ("More than 1.5 million users", "Plus de 1,5\u00a0million d’utilisateurs", ("en", "fr")),
    ("At least 3 of 12 regions", "Al menos 3 de 12 regiones", ("en", "es")),
    ("Over 1,000 servers in 50 countries", "Mais de 1.000 servidores em 50 países", ("en", "pt-BR")),
    ("Up to 5 devices", "최대 5대의 기기", ("en", "ko")),
    ("Don’t miss out!", "不要错过！", ("en", "zh-CN")),
    ("你好", "Hello", ("zh-CN", "en")),
]  # fmt: skip

BAD: list[tuple[str, str, str]] = [
    ("年均节省法务成本约 230 万美元。", "It saves about $230 million in legal costs a year.", "number_changed"),
    ("融资 1 亿元。", "It raised $1 billion.", "number_changed"),
    ("融资 1 亿元。", "It raised US$100 million.", "currency_changed"),
    ("融资 1 亿元。", "It raised 100 million.", "currency_changed"),
    ("融资近 1 亿元。", "It raised RMB 100 million.", "qualifier_lost"),
    ("提升 5 个百分点", "Up 5%", "number_changed"),
    ("缩短到 3 天", "Cut to 3 hours", "number_changed"),
    ("3200 台设备", "32,000 devices", "number_changed"),
    ("3.2 万台设备", "3.2 million devices", "number_changed"),
    ("从 12 天缩短到 3 天", "From 3 days to 3", "number_changed"),
    ("毛利 27%，净利 27%", "Gross margin 27%", "number_changed"),
    ("2026年3月15日", "March 2026", "date_changed"),
    ("2026年3月", "March 2025", "date_changed"),
    ("上午 9:30 开始", "It starts at 9:00 a.m.", "date_changed"),
    ("增长三倍", "It grew by 30%", "number_changed"),
    ("海底捞选择了我们", "Subway chose us", "name_changed"),
    ("点击<a href='/x'>这里</a>", "Click here", "tag_broken"),
    ("请勿关闭电源", "Turn the power off", "negation_changed"),
    ("R200 通过认证", "The R2000 is certified", "name_changed"),
]


@pytest.mark.parametrize(("source", "target", "locales"), GOOD)
def test_a_good_translation_is_not_held_back(source: str, target: str, locales: tuple[str, str]) -> None:
    assert errors(source, target, locales) == set()


@pytest.mark.parametrize(("source", "target", "check"), BAD)
def test_a_changed_meaning_is_an_error(source: str, target: str, check: str) -> None:
    assert check in errors(source, target, names={"海底捞": "Haidilao"})


@pytest.mark.parametrize(("source", "target", "locales"), segment_pairs.GOOD)
def test_a_good_rendering_passes(source: str, target: str, locales: tuple[str, str]) -> None:
    assert [f for f in check_pair(pair(source, target, locales)) if f.severity is not Severity.INFO] == []


@pytest.mark.parametrize(("source", "target", "locales"), segment_pairs.WRONG)
def test_a_wrong_rendering_does_not(source: str, target: str, locales: tuple[str, str]) -> None:
    assert errors(source, target, locales)


def test_only_the_longer_term_is_asked_for() -> None:
    terms = (Term("云", "zh-CN", {"en": "cloud"}), Term("边缘云", "zh-CN", {"en": "edge site"}))
    assert errors("边缘云", "Edge site", terms=terms) == set()
    assert errors("边缘云和云", "Edge site and more", terms=terms) == {"term_missing"}


def test_what_a_term_renders_is_no_lost_name() -> None:
    terms = (Term("SenseTime", "en", {"zh-CN": "商汤"}),)
    assert errors("SenseTime grows", "商汤在成长", ("en", "zh-CN"), terms=terms) == set()
    assert errors("SenseTime grows", "某公司在成长", ("en", "zh-CN")) == {"name_changed"}


def test_a_small_plural_form_may_leave_its_number_out() -> None:
    one, other = pair("{n} files", "Eine Datei", ("en", "de")), pair("{n} files", "Dateien", ("en", "de"))
    one = Pair(one.source, one.target, one.source_locale, one.target_locale, plural="one")
    assert check_pair(one) == []
    assert {finding.check for finding in check_pair(other)} == {"placeholder_broken"}


def test_forms_of_a_plural_are_no_inconsistency() -> None:
    locales = parse_locale("en"), parse_locale("de")
    forms = [
        Pair(Content.of("files"), Content.of(target), *locales, plural=plural)
        for target, plural in (("Datei", "one"), ("Dateien", "other"))
    ]
    assert check_together(forms) == {}
    assert set(check_together([*forms, Pair(Content.of("files"), Content.of("Akten"), *locales, plural="other")])) == {
        2
    }


def test_a_locale_nobody_knows_breaks_nothing() -> None:
    assert all(isinstance(f, Finding) for f in check_pair(pair("{n} of 5 files", "{n} з 5 файлів", ("en", "uk"))))


NUMBERS = st.integers(13, 10**9) | st.integers(13, 9999).map(lambda n: n * 10_000)


@given(NUMBERS, NUMBERS)
def test_a_figure_stands_only_when_it_is_the_same(here: int, there: int) -> None:
    held = "number_changed" in errors(f"共有 {here} 台设备", f"There are {there:,} devices")
    assert held is (here != there)


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=60)
def test_no_text_breaks_a_check(source: str, target: str) -> None:
    for locales in (("zh-CN", "en"), ("en", "fr")):
        for finding in check_pair(pair(source, target, locales)):
            assert finding.span is None or 0 <= finding.span.start <= finding.span.end <= len(target)


@given(st.lists(st.sampled_from("abcdefghij最好的"), unique=True, min_size=2).map("".join), st.integers(5, 9))
def test_a_loop_is_seen(word: str, times: int) -> None:
    assert loop_in("Start. " + (word + " ") * times) is not None


def test_no_loop_in_a_text_that_says_each_thing_once() -> None:
    assert (
        loop_in("The quick brown fox jumps over the lazy dog, and the dog sleeps on. ha ha ha! -------------") is None
    )


@pytest.mark.parametrize("unit", ["a", "1 ", "“", "中", "{n}", "<b>", "1,", "word ", "不", "-"])
def test_a_long_hostile_target_ends(unit: str) -> None:
    with ends():
        check_pair(pair(unit * 30_000, unit * 30_001))


def test_human_translations_are_rarely_held_back() -> None:
    data = folder()
    if data is None:
        pytest.skip("no public data here: set KOUJING_DATA")
    for reader, every in ((cases, 3), (site, 12)):
        seen = [one for number, (_, one) in enumerate(reader(data)) if number % every == 0]
        held = sum(any(f.severity is Severity.ERROR for f in check_pair(one)) for one in seen)
        assert held / len(seen) <= 0.05


def test_harm_done_to_human_translations_is_seen() -> None:
    """Each figure of two digits and more is changed in turn, each placeholder is dropped in turn."""
    data = folder()
    if data is None:
        pytest.skip("no public data here: set KOUJING_DATA")
    done = missed = 0
    for number, (_, one) in enumerate(site(data)):
        if number % 16 or "->" in str(one.source) or any(f.severity is Severity.ERROR for f in check_pair(one)):
            continue
        text = str(one.target)
        harmed = [text[: m.start()] + text[m.end() :] for m in re.finditer(r"\{ ?[-$][\w-]+ ?\}|</?\w+>", text)]
        harmed += [
            text[: m.start()] + str(int(m.group()) + 11) + text[m.end() :]
            for m in re.finditer(r"(?<![\w.,-])[1-9]\d(?![\w.,-])", text)
        ]
        for worse in harmed:
            target = with_codes(Content.of(worse))
            found = check_pair(Pair(one.source, target, one.source_locale, one.target_locale))
            done += 1
            missed += not any(f.severity is Severity.ERROR for f in found)
    assert done > 100
    assert missed == 0
