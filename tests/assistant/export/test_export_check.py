"""A check report in a pipe, on a terminal and as a page; and the marks that all of them share."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from checked_sample import checked
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from assistant.draft import Claim
from assistant.export import check_report_html, print_check
from assistant.export.labels import Labels
from assistant.export.marks import Mark, mark_up
from knowledge.domain.finding import Finding, Severity, Span

ZH, EN = checked("zh"), checked("en")


def printed(report: object, *, terminal: bool = False, width: int = 100) -> str:
    out = io.StringIO()
    print_check(report, Console(file=out, force_terminal=terminal, width=width, legacy_windows=False))
    return out.getvalue()


def test_a_pipe_gets_the_text_with_brackets_signs_and_the_numbers_of_findings() -> None:
    lines = printed(ZH).splitlines()
    assert lines[:6] == [
        "发布网关，停机下降 ⟦52% !1⟧",
        "⟦停机由 74 小时降至 ⟦36 小时 ✗2⟧，接入 ⟦3.2 万台 ≈⟧，是⟦西南最大 !4⟧的项目。 ✗3⟧苏州工厂⟦快三倍 ?6⟧。",
        "“再也不用半夜爬风机了。”张伟说。",
        "指标: 停机",
        "用前: 74 小时",
        "print(4711)",
    ]


def test_findings_stand_by_severity_with_line_words_evidence_and_fix() -> None:
    text = printed(ZH)
    assert [text.index(title) for title in ("错误 (2)", "警告 (3)", "提示 (1)")] == sorted(
        text.index(title) for title in ("错误 (2)", "警告 (3)", "提示 (1)")
    )
    assert "1. 第 1 行 · number_unsupported “52%”\n   message of number_unsupported\n" in text
    assert (
        "2. 第 3 行 · number_contradicted “36 小时”\n"
        "   message of number_contradicted\n"
        "   S1 风电案例 · case-wind v1 · cases/wind.md › 效果 · 第 31 行：“停机由 74 小时降至 46 小时。接入超过 3.2 万台。”\n"
        "   改法：" in text
    )
    assert "5. 全文 · ai_label_missing\n" in text


def test_a_place_in_a_file_without_lines_stands_beside_the_line_as_read() -> None:
    assert "2. line 2 (paragraph 2) · number_contradicted “36 hours”" in printed(EN)


@pytest.mark.parametrize(
    ("report", "end"),
    [
        (
            ZH,
            [
                "本工作区关闭了 1 项检查：banned_term (legal reads it；略去 2 个问题)",
                "本工作区改了 1 项检查的级别：multiple_ambiguous → 提示 (custom of the trade；1 个问题)",
                "10 处事实陈述：2 处有依据、2 处与来源矛盾、3 处无依据、1 处限定语有变、1 处有歧义、1 处未核查；"
                "2 个错误、3 个警告、1 个提示",
            ],
        ),
        (
            EN,
            [
                "1 check is off in this workspace: banned_term (legal reads it; 2 findings left out)",
                "1 check has another severity in this workspace: "
                "multiple_ambiguous → note (custom of the trade; 1 finding)",
                "10 claims: 2 supported, 2 contradicted, 3 unsupported, 1 qualifier changed, 1 ambiguous, 1 not checked; "
                "2 errors, 3 warnings, 1 note",
            ],
        ),
    ],
    ids=["zh", "en"],
)
def test_the_end_says_what_was_ruled_and_sums_up(report: object, end: list[str]) -> None:
    assert printed(report).splitlines()[-3:] == end


def test_a_text_without_claims_and_findings_says_so() -> None:
    nothing = replace(EN, claims=(), findings=(), rulings=())
    assert printed(nothing).splitlines()[-1] == "0 claims; nothing found"


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("report", [ZH, EN], ids=["zh", "en"])
def test_a_terminal_gets_line_numbers_signs_and_never_a_line_too_long(report: object, width: int) -> None:
    raw = printed(report, terminal=True, width=width)
    text = Text.from_ansi(raw).plain
    assert all(cell_len(line) <= width for line in text.splitlines())
    assert "52%!¹" in text
    assert "\x1b[1;31m" in raw
    assert "⟦" not in text
    numbers = [line.split()[0] for line in text.splitlines()[:2]]
    assert numbers[0] == "1"


@pytest.mark.parametrize("report", [ZH, EN], ids=["zh", "en"])
def test_the_page_shows_text_lines_cards_rulings_and_sources(report: object) -> None:
    page = check_report_html("notes.md", report)
    root = html.document_fromstring(page)
    shown = [p.text_content() for p in root.xpath("//main//div[starts-with(@class, 'block')]/p")]
    assert shown == [line.text for line in report.given.lines]
    numbers = root.xpath("//main//div/@data-line")
    assert numbers == (["1", "3", "5", "9", "12", "14"] if report is ZH else ["1", "2", "3", "4", "6", "7"])
    assert len(root.xpath("//main//div[contains(@class, 'joined')]")) == 1
    assert len(root.xpath("//main//span[contains(@class, 'tick')]")) == 2
    classes = {name for mark in root.xpath("//main//*[@tabindex]/@class") for name in mark.split()}
    assert {"contradicted", "unsupported", "qualifier_changed", "ambiguous", "not_checked", "supported"} <= classes
    aside = " ".join(root.xpath("string(//aside)").split())
    assert "banned_term (legal reads it" in aside
    assert report.evidence[0].text in aside
    ids = set(root.xpath("//@id"))
    assert {href[1:] for href in root.xpath("//a/@href")} <= ids
    legend = " ".join(root.xpath("string(//div[@class='legend'])").split())
    words = Labels("zh" if report is ZH else "en")
    for kind in ("statement", "quantity", "superlative", "place", "comparison", "quote", "person", "percent"):
        assert words.of("kind", kind) in legend


# --- marks


def text_of(pieces: tuple[str | Mark, ...]) -> str:
    return "".join(piece if isinstance(piece, str) else text_of(piece.children) for piece in pieces)


def marks_of(pieces: tuple[str | Mark, ...]) -> list[Mark]:
    return [m for piece in pieces if isinstance(piece, Mark) for m in (piece, *marks_of(piece.children))]


SPANS = st.tuples(st.integers(0, 14), st.integers(0, 14)).map(lambda ends: Span(*ends))
CLAIMS = st.builds(
    lambda span, kind, verdict: Claim("c", None, span, "", kind, verdict),
    SPANS,
    st.sampled_from(["statement", "quote", "quantity"]),
    st.sampled_from(["supported", "contradicted", "unsupported", "ambiguous", "not_checked", "qualifier_changed"]),
)
FINDINGS = st.builds(lambda span, severity: Finding("x", severity, "", None, span), SPANS, st.sampled_from(Severity))


@given(st.lists(CLAIMS, max_size=6), st.lists(FINDINGS, max_size=3))
def test_marks_never_change_the_text(claims: list[Claim], findings: list[Finding]) -> None:
    text = "0123456789ab"
    pieces = mark_up(text, claims, findings)
    assert text_of(pieces) == text
    for mark in marks_of(pieces):
        assert text_of(mark.children) == mark.span.of(text)
        assert mark.tick or mark.span.start < mark.span.end


def claim(start: int, end: int, kind: str, verdict: str) -> Claim:
    return Claim("c", None, Span(start, end), "", kind, verdict)


def test_a_tick_stands_behind_the_mark_that_ends_with_it_and_before_the_one_that_begins() -> None:
    claims = [claim(0, 4, "statement", "supported"), claim(2, 4, "quantity", "unsupported")]
    pieces = mark_up("abcdefgh", [*claims, claim(4, 6, "quantity", "supported")])
    assert [p if isinstance(p, str) else (p.span, p.tick) for p in pieces] == [
        "ab", (Span(2, 4), False), (Span(4, 4), True), (Span(4, 6), False), "gh",
    ]  # fmt: skip


def test_a_statement_is_marked_as_a_whole_only_where_a_check_found_it() -> None:
    said = claim(0, 8, "statement", "contradicted")
    [tick] = marks_of(mark_up("abcdefgh", [said]))
    assert (tick.tick, tick.sign) == (True, "✗")
    [whole] = marks_of(mark_up("abcdefgh", [said], [Finding("x", Severity.WARNING, "", None, Span(0, 8))]))
    assert (whole.tick, whole.sign, whole.span) == (False, "✗", Span(0, 8))
    [quote] = marks_of(mark_up("abcdefgh", [claim(0, 8, "quote", "unsupported")]))
    assert not quote.tick


def test_a_tick_does_not_cut_a_quote_that_crosses_sentences() -> None:
    claims = [claim(0, 4, "statement", "supported"), claim(2, 8, "quote", "contradicted")]
    [quote] = [m for m in marks_of(mark_up("abcdefgh", claims)) if not m.tick]
    assert quote.span == Span(2, 8)


@pytest.mark.parametrize(
    ("verdicts", "severities", "sign"),
    [
        (["contradicted"], [], "✗"),
        (["unsupported"], [Severity.ERROR], "!"),
        (["qualifier_changed"], [Severity.ERROR], "≈"),
        (["ambiguous"], [], "?"),
        (["supported", "ambiguous"], [], "?"),
        (["supported"], [Severity.ERROR], "✗"),
        (["not_checked"], [Severity.WARNING], "?"),
        (["supported"], [], ""),
        ([], [Severity.ERROR], "✗"),
        ([], [Severity.INFO], ""),
    ],
)
def test_each_verdict_has_its_own_sign(verdicts: list[str], severities: list[Severity], sign: str) -> None:
    claims = [claim(0, 2, "quantity", verdict) for verdict in verdicts]
    findings = [Finding("x", severity, "", None, Span(0, 2)) for severity in severities]
    [mark] = marks_of(mark_up("ab", claims, findings))
    assert mark.sign == sign


# --- words


@pytest.mark.parametrize(
    ("place", "zh"),
    [
        ("line 3", "第 3 行"),
        ("table 2 row 4", "表 2 第 4 行"),
        ("page 7", "第 7 页"),
        ("Production line 3 · line 12", "Production line 3 · 第 12 行"),
        ("Sheet1 row 7", "Sheet1 第 7 行"),
        ("pointer /a/0", "pointer /a/0"),
        ("", ""),
    ],
)
def test_places_are_said_in_the_language_of_the_text(place: str, zh: str) -> None:
    assert Labels("zh").place(place) == zh
    assert Labels("en").place(place) == place
