"""Verdicts: whether a check marks what is wrong in a text, and leaves what is true alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.cases import Case
from evals.scorers.base import Measure, Scorer, Shown, Tally, Unscored
from evals.subjects.port import Answer

WRONG = frozenset({"contradicted", "unsupported", "qualifier_changed", "ambiguous"})
LOUD = frozenset({"error", "warning"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text (code points) that a check calls wrong, and what it says."""

    start: int
    end: int
    says: str

    def touches(self, start: int, end: int) -> bool:
        """True when they share a character."""
        return self.start < end and start < self.end


class Verdicts(Scorer):
    """Texts with planted errors and true ones. `expect.wrong`: objects with the `text` that is wrong, as it stands in
    the text once, and its `kind`; an empty list: all is true.

    A mark is a claim whose verdict is wrong, or a finding (error or warning) with a place.
    """

    id = "verdicts"
    version = 1
    measures = (
        Measure("errors_found", "planted errors that a mark touches", "higher"),
        Measure("marks_right", "of the marks in texts with an error, those that touch it", "higher"),
        Measure("false_alarms", "true texts with a mark", "lower"),
        Measure("false_blocks", "true texts with a finding of severity error", "lower"),
    )

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        """Nothing for a case without `wrong`. Raises `Unscored` when what is wrong is not in the text as read."""
        wrong = case.expect.get("wrong")
        if wrong is None:
            return {}
        text = text_of(answer.document)
        marks = marks_of(answer.document)
        against = "\n".join(str(source["text"]) for source in case.ask.get("sources") or ())
        return _planted(wrong, text, marks, against) if wrong else _true(answer.document, text, marks, against)


class TextVerdict(Scorer):
    """Whole texts with a label, `expect.wrong_text`: one is marked when a claim of it has a wrong verdict.

    Findings do not count: public texts are no marketing, and rules of style say nothing about their truth.
    """

    id = "text_verdict"
    version = 1
    measures = (
        Measure("texts_wrong_found", "texts labelled wrong with a claim marked wrong", "higher"),
        Measure("texts_true_passed", "texts labelled true without one", "higher"),
    )

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        """Nothing for a case without a label."""
        if "wrong_text" not in case.expect:
            return {}
        text = text_of(answer.document)
        marks = [mark for mark in _claims(answer.document) if mark.start < mark.end]
        right = bool(marks) == case.expect["wrong_text"]
        says = ", ".join(f"{text[m.start : m.end]}: {m.says}" for m in marks) or "no claim is marked"
        measure = "texts_wrong_found" if case.expect["wrong_text"] else "texts_true_passed"
        return {measure: Tally(float(right), 1, (Shown(text, case.source, says, wrong=not right),))}


def text_of(document: Mapping[str, Any]) -> str:
    """The text as the check has read it. Raises `Unscored` when the document is not that of a check."""
    if not isinstance(document.get("claims"), list) or not isinstance(document.get("findings"), list):
        raise Unscored("the answer has no claims and findings")
    return str(document.get("text", ""))


def marks_of(document: Mapping[str, Any]) -> list[Mark]:
    """What a check marks, each stretch once, in order."""
    marks: dict[tuple[int, int], Mark] = {}
    for mark in [*_claims(document), *_findings(document)]:
        kept = marks.get((mark.start, mark.end))
        says = f"{kept.says}, {mark.says}" if kept and mark.says not in kept.says else mark.says
        marks[mark.start, mark.end] = Mark(mark.start, mark.end, says)
    return sorted(marks.values(), key=lambda mark: (mark.start, mark.end))


def _claims(document: Mapping[str, Any]) -> list[Mark]:
    return [
        Mark(claim["span"]["start"], claim["span"]["end"], f"{claim.get('kind', 'claim')} {claim['verdict']}")
        for claim in document["claims"]
        if claim.get("verdict") in WRONG and claim.get("span")
    ]


def _findings(document: Mapping[str, Any]) -> list[Mark]:
    return [
        Mark(finding["span"]["start"], finding["span"]["end"], str(finding.get("check", "finding")))
        for finding in document["findings"]
        if finding.get("severity") in LOUD and finding.get("span")
    ]


def _planted(wrong: Sequence[Mapping[str, str]], text: str, marks: Sequence[Mark], against: str) -> dict[str, Tally]:
    spans = [_place(error["text"], text) for error in wrong]
    found, shown = 0, []
    for error, (start, end) in zip(wrong, spans, strict=True):
        hits = [mark for mark in marks if mark.touches(start, end)]
        found += bool(hits)
        says = "; ".join(mark.says for mark in hits) or f"not marked ({error.get('kind', 'error')})"
        shown.append(Shown(_bracketed(text, start, end), against, says, wrong=not hits))
    tallies = {"errors_found": Tally(found, len(wrong), tuple(shown))}
    if marks:
        stray = [mark for mark in marks if not any(mark.touches(*span) for span in spans)]
        tallies["marks_right"] = Tally(len(marks) - len(stray), len(marks), _shown(text, stray, against))
    return tallies


def _true(document: Mapping[str, Any], text: str, marks: Sequence[Mark], against: str) -> dict[str, Tally]:
    errors = [finding for finding in document["findings"] if finding.get("severity") == "error"]
    blocked = tuple(Shown(text, against, f"{e.get('check', '')}: {e.get('message', '')}", wrong=True) for e in errors)
    passed = (Shown(text, against, "nothing is marked"),)
    return {
        "false_alarms": Tally(float(bool(marks)), 1, _shown(text, marks, against) or passed),
        "false_blocks": Tally(float(bool(errors)), 1, blocked),
    }


def _place(wrong: str, text: str) -> tuple[int, int]:
    if text.count(wrong) != 1:
        raise Unscored(f"“{wrong}” stands {text.count(wrong)} times in the text as read")
    return text.index(wrong), text.index(wrong) + len(wrong)


def _shown(text: str, marks: Sequence[Mark], against: str) -> tuple[Shown, ...]:
    return tuple(Shown(_bracketed(text, mark.start, mark.end), against, mark.says, wrong=True) for mark in marks)


def _bracketed(text: str, start: int, end: int) -> str:
    return f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
