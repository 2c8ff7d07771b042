"""Superlatives in approved entries that nothing in the library proves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from assistant.claims.reading import Reading
from assistant.claims.searching import is_in_setting
from assistant.claims.superlatives import Praise, is_name, is_reported, praises
from assistant.lint.finding import LintFinding, at
from assistant.lint.rule import LintRule
from assistant.lint.view import LintView
from knowledge.domain.finding import Severity
from knowledge.domain.words import Words
from knowledge.gate import quotes_of
from knowledge.records import EntryVersion

_NOT_OURS = frozenset({"competitor", "style_rule", "policy", "medium", "view", "document", "certificate"})
"""Kinds whose superlatives are no claims of the company."""
_PROVING = frozenset({"certificate", "document", "policy", "medium"})
"""Kinds that prove: what others have put down."""
_PROOF_FIELDS = ("proof", "proofs", "evidence", "source", "sources", "certificate", "award")


class SuperlativeUnproven(LintRule):
    """The first, the largest, the leading: said by an approved entry without a source and year in its sentence, without
    a proof among its fields, and without a certificate, award or document in the library that says the same."""

    id = "superlative_unproven"
    severity = Severity.WARNING
    title = Words(zh="最高级没有证明", en="Superlative without proof")
    remedy = Words(
        zh="补上证书、报告等证明并写明范围、时间和出处，或删去",
        en="add the certificate or report that proves it and state scope, time and source, or leave it out",
    )

    def look(self, view: LintView) -> Iterator[LintFinding]:
        proofs = _proofs(view)
        for entry in view.current:
            if entry.kind in _NOT_OURS or any(entry.fields.get(key) for key in _PROOF_FIELDS):
                continue
            reading = view.reading(entry)
            for praise in praises(reading):
                if not _is_excused(praise, entry, reading, view) and not _is_proved(praise, reading, proofs):
                    said = praise.span.of(entry.text)
                    yield self.finding(
                        f"“{said}”：口径库里没有证明",
                        f"'{said}': nothing in the library proves it",
                        [at(entry, praise.span)],
                    )


def _proofs(view: LintView) -> dict[tuple[str, str], list[tuple[Praise, str]]]:
    """The superlatives of the entries that prove something, by kind and sense."""
    found: dict[tuple[str, str], list[tuple[Praise, str]]] = defaultdict(list)
    for entry in view.current:
        if entry.kind in _PROVING or any(entry.fields.get(key) for key in ("certificate", "award")):
            reading = view.reading(entry)
            for praise in praises(reading):
                found[(praise.kind, praise.sense)].append((praise, reading.language))
    return found


def _is_proved(praise: Praise, reading: Reading, proofs: dict[tuple[str, str], Any]) -> bool:
    """By a proof of the same sense that is not of a smaller field; within one language it shares words, too."""
    return any(
        not (praise.scopes and other.scopes and not praise.scopes & other.scopes)
        and (tongue != reading.language or bool(praise.about & other.about))
        for other, tongue in proofs.get((praise.kind, praise.sense), ())
    )


def _is_excused(praise: Praise, entry: EntryVersion, reading: Reading, view: LintView) -> bool:
    """A proved title or a name, a sentence that names its source, somebody's approved words."""
    text, span = entry.text, praise.span
    if is_in_setting("sourced", text, span, reading.language):
        return True
    if is_name(span, text, view.lexicon) or is_reported(span, text, view.lexicon):
        return True
    sentence = reading.sentence_at(span.start).text
    return any(str(quote["text"])[:12] in sentence for quote in quotes_of(entry))
