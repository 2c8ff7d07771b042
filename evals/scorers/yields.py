"""What a draft is worth to who asked for it: may it go out, what does it say, what is missing, what is copied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evals.cases import Case
from evals.scorers.base import Measure, Scorer, Shown, Tally, Unscored
from evals.scorers.eyes.pages import evidence, pages, paragraphs, released
from evals.scorers.eyes.texts import letters, sentences
from evals.scorers.phrases import first, written
from evals.subjects.port import Answer

APART = ("quote", "title", "subtitle", "attendee")
RIGHT_ONES = 5


class Yields(Scorer):
    """`expect`: `facts` (alternatives each), `gaps` and `filled` (ids of sections), `blocked` (false: nothing is wrong
    with what was asked for), `approved` (the text in the end). What `expect` does not name is not looked at."""

    id = "yields"
    version = 1
    measures = (
        Measure("released", "drafts that no finding of severity error holds back", "higher"),
        Measure("facts_present", "facts of the case that the draft states", "higher"),
        Measure("gaps", "paragraphs that only say what is missing", None),
        Measure("gap_honesty", "sections that are a gap just where the library does not know", "higher"),
        Measure("verbatim", "sentences that stand letter by letter in the evidence; quotes, titles, cells apart", None),
        Measure("false_blocks", "drafts held back although nothing is wrong with what was asked for", "lower"),
        Measure("edit_distance", "share of characters changed until approval (Levenshtein)", "lower"),
    )  # fmt: skip

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        """Raises `Unscored` when no draft was written (questions are open)."""
        document, expect = answer.document, case.expect
        every = list(paragraphs(document))
        if not every:
            raise Unscored("no draft was written: it has no paragraph")
        text = written(document)
        found: dict[str, Tally | None] = {
            "released": Tally(float(released(document)), 1, tuple(_errors(document))),
            "facts_present": _facts(expect.get("facts", ()), text),
            "gaps": _gaps(every),
            "gap_honesty": _honesty(expect, every),
            "verbatim": _verbatim(document),
            "false_blocks": _blocked(document) if expect.get("blocked") is False else None,
            "edit_distance": _distance(text, expect["approved"]) if expect.get("approved") else None,
        }
        return {measure: tally for measure, tally in found.items() if tally is not None}


def _errors(document: Mapping[str, Any]) -> Iterable[Shown]:
    for finding in document.get("findings", ()):
        if finding["severity"] == "error":
            yield Shown(finding.get("message", ""), why=finding["check"], wrong=True)


def _blocked(document: Mapping[str, Any]) -> Tally:
    errors = tuple(_errors(document))
    return Tally(float(bool(errors)), 1, errors)


def _facts(facts: Sequence[Sequence[str]], text: str) -> Tally | None:
    said = [(forms, first(list(forms), text)) for forms in facts]
    shown = [
        Shown(" / ".join(forms), "" if form else text, "said" if form else "missing", not form) for forms, form in said
    ]
    return _counted(shown)


def _gaps(every: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Tally:
    missing = [Shown(p["text"], why=s.get("id", "")) for s, p in every if p.get("gap")]
    return Tally(len(missing), len(every), tuple(missing[:RIGHT_ONES]))


def _honesty(expect: Mapping[str, Any], every: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Tally | None:
    shown = []
    for wanted, is_gap in ((expect.get("gaps", ()), True), (expect.get("filled", ()), False)):
        for section in wanted:
            mine = [p for s, p in every if s.get("id") == section]
            right = bool(mine) and all(p.get("gap") for p in mine) == is_gap
            why = f"{section}: {'a gap' if is_gap else 'text'} is right"
            shown.append(Shown("\n".join(p["text"] for p in mine) or "(no such section)", why=why, wrong=not right))
    return _counted(shown)


def _verbatim(document: Mapping[str, Any]) -> Tally | None:
    sources = letters("\n".join(source.text for source in evidence(document).values()))
    said = [
        sentence
        for page in pages(document)
        if page.role not in APART and not page.cell
        for sentence in sentences(page.text)
        if len(letters(sentence)) >= 8
    ]
    copied = [sentence for sentence in said if letters(sentence) in sources]
    own = [Shown(sentence, why="own words") for sentence in said if sentence not in copied]
    return Tally(len(copied), len(said), tuple(own[:RIGHT_ONES])) if said else None


def _distance(text: str, approved: str) -> Tally:
    # heavy enough to be loaded only where a text was approved
    from rapidfuzz.distance import Levenshtein

    value = float(Levenshtein.normalized_distance(text.strip(), approved.strip()))
    return Tally(value, 1, (Shown(text, approved, f"{value:.2f} of the characters changed"),))


def _counted(shown: Sequence[Shown]) -> Tally | None:
    if not shown:
        return None
    wrong = [item for item in shown if item.wrong]
    right = [item for item in shown if not item.wrong][:RIGHT_ONES]
    return Tally(len(shown) - len(wrong), len(shown), (*wrong, *right))
