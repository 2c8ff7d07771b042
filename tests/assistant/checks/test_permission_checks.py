"""Names that slip through, and what gives an alias away, in Chinese and in English."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.checking import check_text, only
from assistant.checks.base import DraftView
from assistant.checks.paragraphs import check_paragraph
from assistant.checks.permission import AliasLeak
from assistant.checks.registry import BY_ID
from assistant.checks.standards import Standards
from assistant.draft import Draft, Evidence, Paragraph, Section
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.locale import Locale
from knowledge.gate import Gate
from knowledge.lexicon_builder import build_lexicon
from knowledge.records import Audience, Customer, EntryVersion, Level, Permission, Scope, State, Term, Use

TODAY = date(2026, 11, 21)


def customer(level: Level = Level.ALIAS) -> Customer:
    return Customer(
        "shente",
        {"zh-CN": "申特电梯集团", "en": "Shente Elevator Group"},
        ("申特", "Shente"),
        {"zh-CN": "华东某维保集团", "en": "an elevator-maintenance group in East China"},
        permissions=(
            Permission(Use.NAME, level, consented_by="周启明（维保运营总监）"),
            Permission(Use.QUOTE, level, consented_by="Lena Albrecht (Head of Service)"),
            Permission(Use.FIGURES, Level.PUBLIC, consented_by="法务部"),
        ),
    )


CASE = EntryVersion(
    "case-lift", 1, "case", "zh-CN", "电梯案例", "申特维保电梯。", State.APPROVED, Audience.PUBLIC, customer="shente",
    fields={
        "project_name": "申特电梯维保数字化一期", "website": "https://www.ste-lift.example/cn",
        "quotes": [{"text": "省心。", "speaker": "高远（Gao Yuan）", "title": "总监", "approved": True}],
    },
)  # fmt: skip


def standards(locale: str = "zh-CN", level: Level = Level.ALIAS) -> Standards:
    who = customer(level)
    gate = Gate([who], Scope(), TODAY)
    lexicon = build_lexicon([CASE], [who], [Term("申特云", "zh-CN"), Term("网关", "zh-CN")], gate, TODAY)
    return Standards(Locale(locale), lexicon=lexicon, gate=gate, today=TODAY)


def names_in(text: str, locale: str) -> list[Finding]:
    ledger = check_paragraph(Paragraph("p1", text), [], standards(locale))
    return [f for f in ledger.findings if f.check == "customer_not_permitted"]


def leaks(*texts: str, locale: str = "zh-CN", level: Level = Level.ALIAS, cites: bool = False) -> list[Finding]:
    evidence = (Evidence("S1", "华东某维保集团维保电梯。", "zh-CN", entry_id="case-lift"),)
    paragraphs = tuple(Paragraph(f"p{n}", text, ("S1",) if cites else ()) for n, text in enumerate(texts, start=1))
    draft = Draft("d", "", locale, "public", sections=(Section("s", "", paragraphs),), evidence=evidence)
    return list(AliasLeak().check(DraftView(draft, standards(locale, level))))


@pytest.mark.parametrize(
    ("locale", "text", "marked", "fixes"),
    [
        ("zh-CN", "申特与申 特 电 梯集团合作。", ["申特", "申 特 电 梯集团"], ["华东某维保集团"] * 2),
        ("zh-CN", "申特電梯股份有限公司维保。", ["申特電梯股份有限公司"], ["华东某维保集团"]),
        ("zh-CN", "写信给 info@shente.cn。", ["shente"], [""]),
        ("zh-CN", "ShenteCloud 上线。", ["Shente"], [""]),
        (
            "en",
            "We met the SHENTE ELEVATOR GROUP.",
            ["the SHENTE ELEVATOR GROUP"],
            ["an elevator-maintenance group in East China"],
        ),
        (
            "en",
            "Shente's lifts. shente grows.",
            ["Shente's", "shente"],
            ["An elevator-maintenance group in East China's", "An elevator-maintenance group in East China"],
        ),
        ("en", "See www.shente.example.", ["shente"], [""]),
        ("en", "The dashen technology presents itself.", [], []),
        ("zh-CN", "重申特别说明。", [], []),
    ],
)
def test_every_naming_is_a_finding_with_its_place_and_its_alias(
    locale: str, text: str, marked: list[str], fixes: list[str]
) -> None:
    found = names_in(text, locale)
    assert [f.span.of(text) for f in found if f.span] == marked
    assert [f.fix for f in found] == fixes
    assert {f.severity for f in found} <= {Severity.ERROR}


@pytest.mark.parametrize(
    ("locale", "text", "marked"),
    [
        ("zh-CN", "华东某维保集团的周启明说。", "周启明"),
        ("zh-CN", "华东某维保集团的高 远介绍了效果。", "高 远"),
        ("zh-CN", "详见 www.ste-lift.example。", "ste-lift.example"),
        ("en", "Lena Albrecht of an elevator-maintenance group in East China agreed.", "Lena Albrecht"),
        ("en", "An elevator-maintenance group in East China: GAO YUAN explains.", "GAO YUAN"),
        ("en", "Write to press@ste-lift.example.", "ste-lift.example"),
    ],
)
def test_what_tells_who_stands_behind_the_alias(locale: str, text: str, marked: str) -> None:
    (finding,) = leaks(text, locale=locale)
    assert finding.span is not None
    assert (finding.span.of(text), finding.severity) == (marked, Severity.ERROR)
    assert marked in finding.message


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("zh-CN", "周启明是一位诗人。"),
        ("en", "Lena Albrecht wrote a book."),
        ("zh-CN", "华东某维保集团的维保运营总监说，法务部同意。"),
        ("zh-CN", "申特电梯维保数字化一期"),
        ("en", "the best-lift.example site"),
    ],
)
def test_what_tells_nobody(locale: str, text: str) -> None:
    assert leaks(text, locale=locale) == []


def test_a_person_counts_in_a_text_that_cites_the_case_and_across_paragraphs() -> None:
    assert [f.paragraph for f in leaks("周启明介绍了效果。", cites=True)] == ["p1"]
    assert [f.paragraph for f in leaks("华东某维保集团维保电梯。", "周启明说：“省心。”")] == ["p2"]


@pytest.mark.parametrize(
    ("locale", "text", "marked"),
    [
        ("zh-CN", "申特电梯集团，即华东某维保集团。", "华东某维保集团"),
        ("en", "Shente is an elevator-maintenance group in East China.", "an elevator-maintenance group in East China"),
    ],
)
def test_name_and_alias_in_one_text_is_a_warning_where_the_name_is_permitted(
    locale: str, text: str, marked: str
) -> None:
    (finding,) = leaks(text, locale=locale, level=Level.PUBLIC)
    assert finding.span is not None
    assert (finding.span.of(text), finding.severity) == (marked, Severity.WARNING)
    assert leaks(text.replace("申特电梯集团", "我们").replace("Shente", "It"), locale=locale, level=Level.PUBLIC) == []


def test_where_the_name_is_permitted_its_people_may_speak() -> None:
    assert leaks("申特的周启明说。", level=Level.PUBLIC) == []
    assert standards(level=Level.PUBLIC).lexicon.identifying == ()


def test_a_text_that_a_person_wrote_is_looked_at_as_well() -> None:
    report = check_text("华东某维保集团的周启明说，电梯好了。", only([]), standards())
    assert "alias_leak" in {f.check for f in report.findings}


def test_the_rest_of_the_lexicon_holds_nothing_that_the_gate_keeps_back() -> None:
    lexicon = standards().lexicon
    assert [term.term for term in lexicon.terms] == ["网关"]
    told = repr(lexicon)
    assert not [secret for secret in ("申特", "hente", "周启明", "高远", "ste-lift") if secret in told]


def source(**more: object) -> Evidence:
    return Evidence("S1", "网关在售。", "zh-CN", entry_id="r200", title="R200", **more)  # type: ignore[arg-type]


def said(check: str, evidence: Evidence, locale: str, audience: str = "public", cited: bool = True) -> list[Finding]:
    paragraph = Paragraph("p1", "网关在售。", ("S1",) if cited else ())
    draft = Draft("d", "", locale, audience, sections=(Section("s", "", (paragraph,)),), evidence=(evidence,))
    found = BY_ID[check]().check(DraftView(draft, Standards(Locale(locale), audience=audience, today=TODAY)))  # type: ignore[attr-defined]
    return list(found)


@pytest.mark.parametrize(
    ("state", "zh", "en"),
    [
        ("draft", "还是草稿", "is a draft"),
        ("in_review", "还在审核", "is in review"),
        ("retired", "已停用", "is retired"),
        ("approved", "", ""),
        ("expired", "", ""),
        (None, "", ""),
    ],
)
def test_a_cited_entry_that_is_not_approved(state: str | None, zh: str, en: str) -> None:
    for locale, words in (("zh-CN", zh), ("en", en)):
        found = said("entry_not_approved", source(state=state), locale)
        assert [(words in f.message, f.severity, f.evidence) for f in found] == (
            [(True, Severity.ERROR, ("S1",))] if words else []
        )
        inside = said("entry_not_approved", source(state=state), locale, audience="internal")
        assert {f.severity for f in inside} == ({Severity.WARNING} if words else set())
    assert said("entry_not_approved", source(state=state), "en", cited=False) == []


@pytest.mark.parametrize(
    ("until", "state", "over"),
    [
        (date(2026, 11, 20), "approved", True),
        (TODAY, "approved", False),
        (None, "approved", False),
        (date(2026, 11, 20), "expired", True),
    ],
)
def test_a_cited_entry_that_has_expired(until: date | None, state: str, over: bool) -> None:
    for locale, words in (("zh-CN", "已于 2026-11-20 到期"), ("en", "expired on 2026-11-20")):
        found = said("entry_expired", source(valid_until=until, state=state), locale, audience="internal")
        assert [(words in f.message, f.severity) for f in found] == ([(True, Severity.ERROR)] if over else [])
    assert said("entry_expired", source(valid_until=until, state=state), "en", cited=False) == []
