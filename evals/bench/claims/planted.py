"""Planted errors: one error in a true sentence, checked against the document that has the true one. Who is found, and
what else is marked, there and in the true sentences?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.bench import Bench
from evals.bench.claims.grounded import checked
from evals.bench.claims.marks import Marks, flagged, overlapping, show, shown
from evals.bench.claims.mutations.base import Mutant
from evals.bench.claims.mutations.names import Name, known_names
from evals.bench.claims.mutations.planting import KINDS, planted
from evals.bench.table import Row
from knowledge.lexicon import KnownName, Lexicon, NameKind

RECALL, NAME_RECALL, PRECISION = "≥ 0.98", "≥ 0.95", "≥ 0.98"


@dataclass(frozen=True, slots=True)
class Judged:
    """A mutant with what was marked in it (`marks`), in its true sentence (`clean`), and of kind statement."""

    mutant: Mutant
    marks: Marks
    clean: Marks
    statements: tuple[Marks, Marks]

    @property
    def found(self) -> Marks:
        return overlapping(self.marks, self.mutant.start, self.mutant.end)

    @property
    def extra(self) -> Marks:
        """What is marked besides the error."""
        return [mark for mark in self.marks if mark not in self.found]


def lexicon_of(names: Sequence[Name]) -> Lexicon:
    """The names as a workspace would know them."""
    return Lexicon(names=tuple(KnownName(NameKind(name.kind), name.spellings) for name in names))


def errors(bench: Bench) -> Iterator[Row]:
    """Recall and precision for each kind of error, and over all."""
    names = known_names(bench.data)
    lexicon = lexicon_of(names)
    judged = [_judged(mutant, lexicon) for mutant in planted(bench.data, names)]
    for kind in KINDS:
        yield from _rows(kind, [one for one in judged if one.mutant.kind == kind])
    yield from _rows("all", judged)
    clean = sum(bool(one.clean) for one in judged)
    yield Row("planted, true sentences marked", clean / len(judged), "", goal="≤ 0.02", n=len(judged))
    noticed = sum(
        bool(overlapping(one.statements[0], one.mutant.start, one.mutant.end)) for one in judged if not one.found
    )
    false = sum(bool(one.statements[1]) for one in judged)
    missed = sum(not one.found for one in judged)
    yield Row(
        "planted, statements: true sentences marked", false / len(judged), "", n=len(judged),
        note=f"for information; of {missed} errors missed otherwise, {noticed} stand in a marked statement",
    )  # fmt: skip
    for kind in KINDS:
        _show(kind, [one for one in judged if one.mutant.kind == kind])


def _judged(mutant: Mutant, lexicon: Lexicon) -> Judged:
    place = mutant.place
    wrong = checked(mutant.text, place.document, place.locale, lexicon=lexicon)
    true = checked(place.text, place.document, place.locale, lexicon=lexicon)
    return Judged(mutant, flagged(wrong), flagged(true), (flagged(wrong, True), flagged(true, True)))


def _rows(kind: str, judged: Sequence[Judged]) -> Iterator[Row]:
    found = sum(bool(one.found) for one in judged)
    right = sum(len(one.found) for one in judged)
    extra, clean = sum(len(one.extra) for one in judged), sum(len(one.clean) for one in judged)
    digits = sum(_digits_only(one.mutant) for one in judged)
    weak = _weakest(judged)
    yield Row(
        f"planted, {kind}: recall", found / max(1, len(judged)), "", goal=NAME_RECALL if kind == "name" else RECALL,
        baseline=f"digits only {digits / max(1, len(judged)):.3f}", n=len(judged), note=weak,
    )  # fmt: skip
    yield Row(
        f"planted, {kind}: precision", right / max(1, right + extra + clean), "", goal=PRECISION,
        n=right + extra + clean, note=f"{extra} beside the error, {clean} in true sentences",
    )  # fmt: skip


def _weakest(judged: Sequence[Judged]) -> str:
    missed = Counter(one.mutant.place.language for one in judged if not one.found)
    return "missed: " + ", ".join(f"{language} {n}" for language, n in sorted(missed.items())) if missed else ""


def _digits_only(mutant: Mutant) -> bool:
    """The rule to beat: a run of digits in the text that is not in the document."""
    known = set(re.findall(r"\d+", mutant.place.document))
    return any(run not in known for run in re.findall(r"\d+", mutant.text))


def _show(kind: str, judged: Sequence[Judged]) -> None:
    ordered = sorted(judged, key=lambda one: one.mutant.place.language)
    lines = []
    for one in ordered:
        mutant, language = one.mutant, one.mutant.place.language
        if not one.found:
            text = f"{mutant.text[: mutant.start]}⟪{mutant.text[mutant.start : mutant.end]}⟫{mutant.text[mutant.end :]}"
            lines += [f"MISSED {language} {mutant.place.origin}: {mutant.change}", f"    {text}"]
        for what, marks, text in (("EXTRA", one.extra, mutant.text), ("FALSE", one.clean, mutant.place.text)):
            if marks:
                lines += [f"{what} {language} {mutant.place.origin} ({mutant.change})", f"    {shown(text, marks)}"]
                lines += [f"    document: {mutant.place.document[:600]!r}"]
    show(f"planted {kind}", lines)
