"""How the benchmarks of the ledger count: what is found, what is marked beside it, what is skipped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from assistant.settings import load_settings
from evals.bench import BENCHMARKS, Bench
from evals.bench.claims import exchanged, parallel, planted, rules, speed, suite
from evals.bench.claims.corpus import Place
from evals.bench.claims.marks import Marks, overlapping, show, shown
from evals.bench.claims.mutations.base import Mutant
from evals.bench.claims.mutations.exchanges import TRUE, from_sentences, wrong_citations
from evals.bench.claims.mutations.results import from_sample
from evals.bench.table import Row


@pytest.fixture
def bench() -> Bench:
    """Without public data."""
    return Bench(None, load_settings(), None, lambda _: None)  # type: ignore[arg-type]


def _judged(marks: Marks, clean: Marks) -> planted.Judged:
    place = Place("en", "test", "It has 40 presses.", "It has 40 presses.")
    return planted.Judged(Mutant("value", place, "It has 41 presses.", 7, 9, "40 → 41"), marks, clean, ([], []))


def test_a_mark_on_the_error_is_recall_any_other_costs_precision() -> None:
    judged = [
        _judged([(7, 9, "number_unsupported")], []),
        _judged([(0, 2, "name_unsupported"), (7, 17, "number_unsupported")], [(7, 9, "quantity unsupported")]),
        _judged([], []),
    ]
    recall, precision = planted._rows("value", judged)
    assert recall.value == pytest.approx(2 / 3)
    assert precision.value == pytest.approx(2 / 4)
    assert precision.note == "1 beside the error, 1 in true sentences"
    assert recall.baseline == "digits only 1.000"


def test_marks_touch_what_they_overlap() -> None:
    marks: Marks = [(0, 4, "a"), (6, 9, "b")]
    assert overlapping(marks, 4, 6) == []
    assert overlapping(marks, 6, 6) == [(6, 9, "b")]
    assert shown("abcd efgh", [(0, 4, "why")]) == "⟦abcd⟧(why) efgh"


def test_failing_cases_are_written_where_they_are_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    show("planted value", ["MISSED x"])
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("KOUJING_BENCH_SHOW", str(tmp_path))
    show("planted value", ["MISSED x"])
    assert "MISSED x" in (tmp_path / "planted-value.txt").read_text(encoding="utf-8")


# --- exchanged --------------------------------------------------------------------------------------------------------


def test_results_of_the_sample_are_told_rightly_and_wrongly() -> None:
    made = list(from_sample())
    by_kind = {kind: [case for case in made if case.kind == kind] for kind in ("inverted", "swapped", TRUE)}
    assert all(len(cases) > 200 for cases in by_kind.values())
    english = [case.text for case in by_kind["inverted"] if case.origin == "elevator.en.md"]
    assert "Mean fault response time rose from 38 minutes to 95 minutes." in english
    true = [case.text for case in by_kind[TRUE] if case.origin == "elevator.en.md"]
    assert "Mean fault response time fell from 95 minutes to 38 minutes." in true
    assert not {case.text for case in by_kind[TRUE]} & {case.text for case in by_kind["inverted"] + by_kind["swapped"]}


@pytest.mark.parametrize(
    ("language", "text", "kind", "wrong"),
    [
        ("en", "Scrap fell from 4.8% to 3.1% within a year.", "inverted", "Scrap fell from 3.1% to 4.8% within a year."),
        ("zh", "换模时间由 47 分钟缩短至 29 分钟。", "inverted", "换模时间由 29 分钟缩短至 47 分钟。"),
        ("en", "The group has 31 depots in the north and employs 640 technicians.", "swapped",
         "The group has 640 depots in the north and employs 31 technicians."),
    ],
)  # fmt: skip
def test_real_sentences_are_turned_round(language: str, text: str, kind: str, wrong: str) -> None:
    made = list(from_sentences([Place(language, "test", text, text)]))
    assert (kind, wrong) in [(case.kind, case.text) for case in made]
    assert (TRUE, text) in [(case.kind, case.text) for case in made]


@pytest.mark.parametrize(
    "text", ["It takes from 2 to 4 weeks.", "Of 40 presses 12 were new.", "Built in 2014 and 2019."]
)
def test_ranges_shares_and_years_are_not_turned_round(text: str) -> None:
    assert list(from_sentences([Place("en", "test", text, text)])) == []


def test_a_wrong_citation_is_of_a_passage_without_the_figure() -> None:
    passages = tuple(f"Plant number {word} runs well. It has {n * 11} presses and a hall of its own there." for n, word in
                     enumerate(("one", "two", "three", "four"), start=1))  # fmt: skip
    made = list(wrong_citations([("en", "own/x", passages)], Random(1)))
    assert {case.kind for case in made} == {"citation", TRUE}
    for case in made:
        figure = next(word for word in case.text.split() if word.isdigit())
        assert any(figure in case.passages[n] for n in case.cited) == (case.kind == TRUE)


def test_exchanged_rows_have_their_goals(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanged, "marks", lambda case: [(0, 1, "x")] if case.kind != TRUE else [])
    rows = list(exchanged.figures(bench))
    assert [row.met for row in rows] == [True] * 5
    assert sum(row.n or 0 for row in rows[:3]) >= 150


# --- parallel, rules, speed, the whole --------------------------------------------------------------------------------


def test_translations_are_paired_both_ways(tmp_path: Path) -> None:
    for language, body in (
        ("zh", "## 结果\n\n停机由每月 9 次降至 3 次。\n"),
        ("en", "## Results\n\nStops fell from 9 to 3 a month.\n"),
    ):
        folder = tmp_path / "cases_zh_en" / language
        folder.mkdir(parents=True)
        (folder / "a.md").write_text(body, encoding="utf-8")
        (folder / "b.md").write_text(f"# {language}\n" + body * (1 if language == "zh" else 2), encoding="utf-8")
    pairs = list(parallel.both_ways(parallel._cases(tmp_path)))
    assert [(pair.origin, pair.language) for pair in pairs] == [("a.md", "zh"), ("a.md", "en")] * 2
    assert pairs[2].text == "停机由每月 9 次降至 3 次。"
    assert pairs[2].source == pairs[3].text == "Stops fell from 9 to 3 a month."


def test_without_public_data_translations_say_so(bench: Bench) -> None:
    assert [(row.value, "--data" in row.note) for row in parallel.translations(bench)] == [(None, True)]


def test_golden_rules_are_whole() -> None:
    for file in ("rules_cn_test.jsonl", "rules_eu_us.jsonl"):
        found = rules.sentences(rules.GOLDEN / file)
        assert len(found) >= 50
        assert {row.offends for row in found} == {True, False}
        assert {row.market for row in found} <= {"CN", "EU", "US"}


def test_rules_count_findings_about_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"kind": "plain", "proof": "", "why": "", "market": "CN"}
    path = tmp_path / "rules.jsonl"
    lines = [
        {**row, "text": "平均响应时间为 38 分钟。", "offends": False},
        {**row, "text": "行业最好。", "offends": True},
    ]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    report = rules.judged(rules.sentences(path)[0])
    assert report.text == "平均响应时间为 38 分钟。"
    assert not [finding for finding in report.findings if finding.check in rules.ABOUT_WORDS]


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_the_draft_for_speed_is_as_long_as_it_says(locale: str) -> None:
    passages = speed._passages(locale)
    assert len(passages) == speed.PASSAGES
    first, second = (speed._draft(locale, passages, run) for run in (0, 1))
    texts = [paragraph.text for _, paragraph in first.paragraphs()]
    assert sum(speed._length(text, locale) for text in texts) >= speed.LENGTHS[locale]
    assert all(2 <= len(paragraph.citations) <= 3 for _, paragraph in first.paragraphs())
    assert not set(texts) & {paragraph.text for _, paragraph in second.paragraphs()}


def test_a_part_that_fails_hides_no_other(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Bench) -> Iterator[Row]:
        raise ValueError("out of order")

    monkeypatch.setattr(suite, "PARTS", ("rules:broken", "rules:packs"))
    monkeypatch.setattr(rules, "broken", broken, raising=False)
    monkeypatch.setattr(rules, "packs", lambda _: iter([Row("rules", 1.0)]))
    assert [(row.name, row.note) for row in suite.claims(bench)] == [
        ("claims, rules:broken", "failed: ValueError: out of order"),
        ("rules", ""),
    ]
    assert "claims" in BENCHMARKS
