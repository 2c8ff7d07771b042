"""How long all deterministic checks take for a draft of 1,000 words against 30 passages, on one core."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator, Sequence
from itertools import islice

from assistant.brief import Brief
from assistant.checks.policy import Policy
from assistant.checks.standards import Standards
from assistant.draft import Draft, Evidence, Paragraph, Section
from assistant.drafting import check_draft, standards_of
from evals.bench import Bench
from evals.bench.claims.corpus import markdown_paragraphs
from evals.bench.scratch import sample_workspace
from evals.bench.table import Row
from knowledge.domain.quantity import find
from knowledge.domain.text import sentences
from knowledge.sample import FOLDER
from prompts.template import Template

PASSAGES = 30
LENGTHS = {"zh-CN": 1600, "en": 1000}
"""Ideographs, words."""

RUNS = 9


_LINES = (
    "服务超过3.2万台电梯，融资230多万美元，故障率降低27%，比去年同期好了很多，客户都很满意。",
    "The team cut repair time from 95 to 38 minutes for more than 100 customers in 2024. ",
    "7", "1,234,", "三百二十万", "百分之", "two hundred and ", "2026年", "1/", "A 1 ", "$5m ",
)  # fmt: skip


def long_line() -> Iterator[Row]:
    """A line of a megabyte through the quantity engine: prose of two languages and what is likeliest to be slow."""
    times = {}
    for piece in _LINES:
        line = piece * (1_000_000 // len(piece))
        find(line[:2000])
        begun = time.perf_counter()
        find(line)
        times[piece] = time.perf_counter() - begun
    slowest = max(times, key=lambda piece: times[piece])
    yield Row("speed, quantities of a line of 1 MB, slowest kind", times[slowest], "s", goal="≤ 1", n=len(times),
              note=f"'{slowest.strip()[:20]}'")  # fmt: skip


def checks(bench: Bench) -> Iterator[Row]:
    """Median time, cold (texts never seen before) and warm (the same draft again, as after an edit elsewhere)."""
    with sample_workspace("extractive") as workspace:
        template = workspace.templates.get("success_story").template
        standards = {
            locale: standards_of(Brief("success_story", {}, locale, market=market), workspace.library, Policy())
            for locale, market in (("zh-CN", "CN"), ("en", "US"))
        }
    for locale, unit in (("zh-CN", "characters"), ("en", "words")):
        passages = _passages(locale)
        fresh = [_draft(locale, passages, run) for run in range(RUNS + 1)]
        size = _length(" ".join(p.text for _, p in fresh[0].paragraphs()), locale)
        _timed(fresh[-1], template, standards[locale])  # rule packs and word lists are read once in a process
        cold = [_timed(draft, template, standards[locale]) for draft in fresh[:-1]]
        warm = [_timed(fresh[0], template, standards[locale]) for _ in range(RUNS)]
        scan = statistics.median(_digits_only(draft) for draft in fresh[:-1])
        about = f"{size} {unit} in {sum(1 for _ in fresh[0].paragraphs())} paragraphs"
        yield Row(f"speed, all checks, {locale}, {len(passages)} passages, cold", statistics.median(cold), "ms",
                  goal="≤ 60", baseline=f"digits only {scan:.1f} ms", n=RUNS, note=about)  # fmt: skip
        yield Row(f"speed, all checks, {locale}, {len(passages)} passages, warm", statistics.median(warm), "ms", n=RUNS)
    yield from long_line()


def _passages(locale: str) -> list[str]:
    """The longest paragraphs of the sample's cases, in the order of the files."""
    paragraphs = [
        paragraph
        for path in sorted((FOLDER / "cases").glob(f"*.{locale}.md"))
        for paragraph in markdown_paragraphs(path.read_text(encoding="utf-8"))
    ]
    least = sorted(map(len, paragraphs), reverse=True)[PASSAGES - 1]
    return list(islice((p for p in paragraphs if len(p) >= least), PASSAGES))


def _draft(locale: str, passages: Sequence[str], run: int) -> Draft:
    """A draft that says what its passages say, sentence by sentence in another order; each paragraph cites two or
    three of them. Every sentence has a word of its own for each `run`, so that nothing was read before."""
    said = [_fresh(passage, run, locale) for passage in passages]
    evidence = tuple(
        Evidence(f"S{n}", text, locale, entry_id=f"e{n}", title=text[:12], kind="case")
        for n, text in enumerate(said, start=1)
    )
    paragraphs: list[Paragraph] = []
    length = 0
    for number in range(0, PASSAGES * 2, 3):
        cited = [(number + step) % PASSAGES for step in range(2 + number % 2)]
        pieces = [span.of(said[n]) for n in reversed(cited) for span in sentences(said[n])[number % 2 :: 2]]
        text = ("" if locale.startswith("zh") else " ").join(pieces[:4])
        paragraphs.append(Paragraph(f"p{number}", text, tuple(f"S{n + 1}" for n in cited)))
        length += _length(text, locale)
        if length >= LENGTHS[locale]:
            break
    return Draft("d-1", "success_story", locale, "public", sections=(Section("results", "", tuple(paragraphs)),),
                 evidence=evidence)  # fmt: skip


def _fresh(text: str, run: int, locale: str) -> str:
    word = "甲乙丙丁戊己庚辛壬癸"[run % 10] + "组" if locale.startswith("zh") else f" team {'abcdefghij'[run % 10]}x"
    return re.sub(r"(?<=[^\d])([。；]|[.](?= |$))", rf"{word}\1", text)


def _length(text: str, locale: str) -> int:
    return len(re.findall(r"[^\W\d_]", text)) if locale.startswith("zh") else len(text.split())


def _timed(draft: Draft, template: Template, standards: Standards) -> float:
    begun = time.perf_counter()
    check_draft(draft, template, standards)
    return (time.perf_counter() - begun) * 1000


def _digits_only(draft: Draft) -> float:
    """The rule to beat, timed: every run of digits of a paragraph is looked for in what it cites."""
    begun = time.perf_counter()
    for _, paragraph in draft.paragraphs():
        known = {run for evidence in draft.cited(paragraph) for run in re.findall(r"\d+", evidence.text)}
        _ = [run for run in re.findall(r"\d+", paragraph.text) if run not in known]
    return (time.perf_counter() - begun) * 1000
