"""Figures that are all in the source and yet wrong: inverted, exchanged, cited from the wrong passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from assistant.checks.base import Ledger
from assistant.checks.paragraphs import check_paragraph
from assistant.checks.standards import Standards
from assistant.draft import Evidence, Paragraph
from evals.bench import Bench
from evals.bench.claims.corpus import sentences_of, texts
from evals.bench.claims.grounded import checked
from evals.bench.claims.marks import Marks, flagged, show, shown
from evals.bench.claims.mutations.exchanges import TRUE, Exchange, from_sentences, wrong_citations
from evals.bench.claims.mutations.planting import SEED
from evals.bench.claims.mutations.results import from_sample
from evals.bench.table import Row
from knowledge.domain.finding import Span
from knowledge.domain.locale import Locale

KINDS = {
    "inverted": "before and after inverted",
    "swapped": "two figures exchanged",
    "citation": "wrong passage cited",
}
_MOST = 120
"""Cases of one kind; of true sentences four times as many."""


def cases(bench: Bench, seed: int = SEED) -> list[Exchange]:
    """The same cases every time: all ways of making them, evenly."""
    dice = Random(seed)  # noqa: S311  the same cases every time, no secret
    made = [*from_sample(), *from_sentences(sentences_of(bench.data)), *wrong_citations(texts(bench.data), dice)]
    chosen: list[Exchange] = []
    for kind in (*KINDS, TRUE):
        pools: dict[tuple[str, str], list[Exchange]] = {}
        for case in made:
            if case.kind == kind:
                pools.setdefault((case.make, case.language), []).append(case)
        for pool in pools.values():
            dice.shuffle(pool)
        chosen += _evenly(list(pools.values()), _MOST * (4 if kind == TRUE else 1))
    return chosen


def _evenly(pools: list[list[Exchange]], most: int) -> list[Exchange]:
    """One from each pool in turn."""
    found: list[Exchange] = []
    while len(found) < most and any(pools):
        found += [pool.pop() for pool in pools if pool]
    return found[:most]


def figures(bench: Bench) -> Iterator[Row]:
    """Recall for each kind, and how often a true sentence is marked."""
    judged = [(case, marks(case)) for case in cases(bench)]
    for kind, title in KINDS.items():
        yield _recall(title, [one for one in judged if one[0].kind == kind])
    yield _recall("all exchanged", [one for one in judged if one[0].kind != TRUE])
    true = [one for one in judged if one[0].kind == TRUE]
    wrong = Counter(case.make for case, found in true if found)
    note = ", ".join(f"{make} {n}" for make, n in sorted(wrong.items()))
    alarms = sum(bool(found) for _, found in true)
    yield Row("exchanged: true sentences marked", alarms / max(1, len(true)), "", goal="≤ 0.02", n=len(true), note=note)
    show("exchanged missed", [_line(case, []) for case, found in judged if case.kind != TRUE and not found])
    show("exchanged false", [_line(case, found) for case, found in true if found])


def _line(case: Exchange, found: Marks) -> str:
    source = " / ".join(case.passages[number] for number in case.cited)
    return f"{case.kind} {case.make} {case.language} {case.origin}: {shown(case.text, found)}\n    {source[:500]!r}"


def marks(case: Exchange) -> Marks:
    """What is marked in the text of a case; what has no place there stands at its beginning."""
    if len(case.passages) == 1:
        return flagged(checked(case.text, case.passages[0], case.locale))
    return cited_marks(_cited(case))


def _cited(case: Exchange) -> Ledger:
    evidence = [Evidence(f"S{n}", text, case.locale, source="source") for n, text in enumerate(case.passages, start=1)]
    paragraph = Paragraph("p1", case.text, tuple(f"S{number + 1}" for number in case.cited))
    return check_paragraph(paragraph, evidence, Standards(Locale(case.locale)))


def cited_marks(ledger: Ledger) -> Marks:
    """As `flagged`, with what is said of the citation."""
    weak = [f for f in ledger.findings if f.check == "citation_weak"]
    return flagged(ledger) or [_whole(f.span, f.check) for f in weak]


def _whole(span: Span | None, check: str) -> tuple[int, int, str]:
    return (span.start, span.end, check) if span else (0, 0, check)


def _recall(title: str, judged: Sequence[tuple[Exchange, Marks]]) -> Row:
    missed = Counter(f"{case.make} {case.language}" for case, found in judged if not found)
    note = ", ".join(f"{make} {n}" for make, n in missed.most_common(6))
    share = sum(bool(found) for _, found in judged) / max(1, len(judged))
    return Row(f"exchanged, {title}: recall", share, "", goal="≥ 0.9", n=len(judged),
               note=f"missed: {note}" if note else "")  # fmt: skip
