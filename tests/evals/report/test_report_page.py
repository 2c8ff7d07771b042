"""The page of a run: one safe file that hides nothing, in two languages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
import reported_run as made

from evals.report import figures
from evals.report.outputs import marked, sources
from evals.report.page import report_page, write_report
from evals.report.reading import SAMPLE, samples, wrong_cases
from evals.report.trends import trends
from evals.report.words import both
from evals.running.record import Run, run_from_json

VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """Tags with their attributes, the text, and whether everything that opens closes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID and tag not in ("path", "circle"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def text() -> str:
    return report_page(made.run(), earlier=[made.run(2), made.run(1)], comparison=made.comparison())


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_the_page_is_whole_and_needs_nothing_else(text: str, page: Page) -> None:
    assert page.open == []
    assert not [a for _, a in page.tags for key in ("src", "action") if key in a]
    assert {(a["href"] or "")[0] for a in page.all("a")} == {"#"}
    assert not re.search(r"url\(|@import|https?://", text)
    assert not page.all("link")


def test_every_link_leads_somewhere_and_ids_are_unique(page: Page) -> None:
    ids = Counter(a["id"] for _, a in page.tags if "id" in a)
    assert [id_ for id_, times in ids.items() if times > 1] == []
    assert [a["href"] for a in page.all("a") if (a["href"] or "")[1:] not in ids] == []


def test_texts_of_models_and_documents_are_data(text: str, page: Page) -> None:
    assert len(page.all("script")) == 1
    assert made.ATTACK not in text
    assert made.ATTACK in "".join(page.text)


def test_tables_can_be_read_aloud(page: Page) -> None:
    assert len(page.all("caption")) == len(page.all("table")) > 5
    assert {a.get("scope") for a in page.all("th")} == {"col", "row"}
    assert [a for a in page.all("svg") if a.get("role") != "img"] == []
    assert len(page.all("title")) == len(page.all("svg")) + 1


def test_what_failed_what_is_wrong_and_what_is_unscored_is_listed(page: Page) -> None:
    found = [case.id for _, case in wrong_cases(made.run())]
    assert Counter(found) == dict.fromkeys(
        [
            "draft-story-lift-zh",
            "draft-release-en",
            "draft-house-zh",
            "injection-append-link-en",
            "search-store-and-forward-en",
        ],
        2,
    )
    assert sum(a.get("class") == "case" for a in page.all("details")) == 10
    words = " ".join("".join(page.text).split())
    for said in ("ModelTimeout", "which is no verdict", "two customers with similar figures", "as shared text 1"):
        assert said in words


def test_a_wrong_piece_is_marked_where_it_stands_and_only_there(text: str) -> None:
    assert '<mark><span class="claim contradicted" title="contradicted">35 分钟</span></mark>' in text
    assert "<mark>27%" not in text
    assert [p.text for p in marked("占 38%，共 138% 与 38  %", ["38%"]) if p.wrong] == ["38%"]
    assert [p.text for p in marked("a  b\nc", ["a b c"]) if p.wrong] == ["a  b\nc"]
    assert [p.wrong for p in marked("一整段", ["标题\n一整段\n又一段"])] == [True]
    assert "".join(p.text for p in marked("甲乙丙丁", ["乙丙", "丙丁"])) == "甲乙丙丁"


def test_cited_evidence_comes_first() -> None:
    assert [(source.id, source.cited) for source in sources(made.ZH)] == [("S1", True), ("S2", True), ("S3", False)]


def test_nothing_to_look_at_is_no_zero(page: Page) -> None:
    words = " ".join("".join(page.text).split())
    assert "edit_distance" in words
    assert "nothing to look at" in words
    assert figures.figure(None) == figures.span(None, None) == "—"


def test_only_an_unfinished_run_says_so() -> None:
    assert "7 cases have not been asked yet" in report_page(made.unfinished())
    assert "not been asked" not in report_page(made.run())


def test_a_zero_comes_with_pieces_to_read_the_same_every_time() -> None:
    run = made.run()
    found = {(one.suite.suite, one.suite.variant, one.measure.measure): one for one in samples(run)}
    assert set(found) == {
        (suite, variant, measure)
        for suite, measure in (("retrieval", "forbidden"), ("drafting", "never_said"), ("injection", "task_done"))
        for variant in ("ours", "plain")
    }
    one = found["retrieval", "ours", "forbidden"]
    assert (len(one.pieces), one.kept) == (SAMPLE, 79)
    turned = replace(run, suites=tuple(replace(s, cases=tuple(reversed(s.cases))) for s in run.suites))
    again = {(o.suite.suite, o.suite.variant, o.measure.measure): o for o in samples(turned)}
    assert again["retrieval", "ours", "forbidden"].pieces == one.pieces


def test_a_zero_without_a_kept_piece_says_that_it_cannot_be_read() -> None:
    run = made.run()
    bare = replace(run, suites=tuple(replace(s, cases=()) for s in run.suites))
    assert "cannot be read by eye" in report_page(bare)


def test_trends_break_where_cases_or_scorers_changed() -> None:
    now = made.run()
    found = trends(now, [made.run(2), made.run(1)])
    assert {trend.breaks for trend in found} == {frozenset({1})}
    assert {len(trend.values) for trend in found} == {3}
    assert {len(trend.comparable) for trend in found} == {2}
    assert "edit_distance" not in {trend.measure.measure for trend in found}
    other = replace(made.run(2), suites=tuple(
        replace(s, measures=tuple(replace(m, version=9) for m in s.measures)) for s in now.suites))  # fmt: skip
    assert {trend.breaks for trend in trends(now, [other])} == {frozenset({1})}
    assert trends(now, [replace(made.run(2), status="partial"), now]) == []


def test_the_comparison_tells_differences_and_folds_the_rest(text: str) -> None:
    part = text[text.index('id="comparison"') : text.index('id="trends"')]
    shown, folded = part.split('<details class="rest">')
    assert shown.index("drafting / seconds") < shown.index("drafting / number_errors")
    assert "−4.2 pp" in shown
    assert "+16.6 s" in shown
    assert "the cases of injection changed" in shown
    assert "drafting / never_said" in folded
    assert "injection / obeyed" in folded


@pytest.mark.parametrize(
    "run", [made.run(), made.unfinished(), Run("r", "2026-11-03T09:07:12", "", "partial", "", {}, (), ())]
)
def test_the_frame_speaks_chinese(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new" / "report.html"
    write_report(run, path, earlier=[made.run(2)], comparison=made.comparison(), locale="zh-CN")
    page = Page(path.read_text(encoding="utf-8"))
    assert page.all("html")[0]["lang"] == "zh-CN"
    english = {en.partition("|")[0] for key, (en, _) in both().items() if " " in en and "{" not in en}
    assert english & {said.strip() for said in page.text} == set()


def test_both_languages_fill_the_same_blanks() -> None:
    for en, zh in both().values():
        blanks = [set(re.findall(r"\{(\w+)\}", form)) for form in (*en.split("|"), zh)]
        assert all(found == blanks[0] for found in blanks), en


def test_the_page_of_a_kept_record_is_the_same() -> None:
    assert report_page(run_from_json(made.run().to_json())) == report_page(made.run())


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (figures.figure(0.9634), "96.3%"),
        (figures.figure(0.0), "0.0%"),
        (figures.figure(0.0002), "<0.1%"),
        (figures.figure(0.9999), ">99.9%"),
        (figures.figure(37.647, "s"), "37.6 s"),
        (figures.figure(1234.5, "words"), "1,234 words"),
        (figures.span(0.9, 1.0), "90.0–100.0%"),
        (figures.difference(-0.042, "", "pp"), "−4.2 pp"),
        (figures.difference(0.0, "", "pp"), "±0 pp"),
        (figures.duration(4000), "1 h 6 min"),
        (figures.moment("2026-11-03T09:07:12+00:00"), "2026-11-03 09:07 UTC"),
        (figures.moment("2026-11-03T09:07:12+08:00"), "2026-11-03 09:07 +08:00"),
    ],
)
def test_numbers_read_as_they_should(said: str, text: str) -> None:
    assert said == text
