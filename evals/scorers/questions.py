"""Were the right questions asked, in the reader's language, and is an unknown name met with what is near?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evals.cases import Case
from evals.scorers.base import Measure, Scorer, Shown, Tally, Unscored
from evals.scorers.phrases import first
from evals.subjects.port import Answer

_HAN = re.compile(r"[\u3400-\u9fff]")
_QUOTED = re.compile(r"'[^']*'|`[^`]*`|“[^”]*”")
_ID = re.compile(r"\b\w+(?:[-_]\w+)+\b")
_ENGLISH_SENTENCE = re.compile(r"[A-Za-z]+(?:,? [A-Za-z]+){3,}")


class Questions(Scorer):
    """Compares the questions of an answer with those that the brief needs.

    Expects, all optional: `questions`, the inputs to be asked for, no more and no less; `refused`, that the brief is
    turned down; `named`, what question or refusal must name, each a list of alternatives.
    """

    id = "questions"
    version = 1
    measures = (
        Measure("questions_right", "briefs answered with exactly the questions they need", "higher"),
        Measure("questions_language", "questions that are in the language of the brief throughout", "higher"),
        Measure("not_found_named", "unknown or barred inputs told in one line that names what helps", "higher"),
    )

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        """Raises `Unscored` for an answer that has neither questions nor a refusal."""
        questions, refusal = answer.document.get("questions"), answer.document.get("error")
        if questions is None and refusal is None:
            raise Unscored("the answer has neither questions nor an error")
        found: dict[str, Tally] = {}
        if "questions" in case.expect:
            found["questions_right"] = _right(case, questions or [], refusal)
        if questions:
            found["questions_language"] = _in_language(case, questions)
        if "named" in case.expect or case.expect.get("refused"):
            found["not_found_named"] = _named(case, questions or [], refusal)
        return found


def _right(case: Case, questions: Iterable[Mapping[str, Any]], refusal: Mapping[str, Any] | None) -> Tally:
    asked, needed = sorted(q["input"] for q in questions), sorted(case.expect["questions"])
    right = asked == needed and refusal is None
    text = f"refused: {refusal['detail']}" if refusal else f"asked for: {', '.join(asked) or 'nothing'}"
    return Tally(int(right), 1, (Shown(text, f"needed: {', '.join(needed)}", wrong=not right),))


def _in_language(case: Case, questions: Iterable[Mapping[str, Any]]) -> Tally:
    shown = []
    for question in questions:
        why = _foreign(question["text"], case)
        shown.append(Shown(question["text"], case.locale, why, wrong=bool(why)))
    return Tally(sum(not one.wrong for one in shown), len(shown), tuple(shown))


def _foreign(text: str, case: Case) -> str:
    """What in a question is not the reader's language; the brief's own words, quotations and ids count for none."""
    said = sorted(map(str, case.ask.get("inputs", {}).values()), key=len, reverse=True)
    for own in filter(None, said):
        text = text.replace(own, " ")
    text = _ID.sub(" ", _QUOTED.sub(" ", text))
    if case.locale.startswith("zh"):
        english = _ENGLISH_SENTENCE.search(text)
        if not _HAN.search(text):
            return "no Chinese in it"
        return f"English: {english.group()}" if english else ""
    return f"Chinese: {''.join(_HAN.findall(text))}" if _HAN.search(text) else ""


def _named(case: Case, questions: Iterable[Mapping[str, Any]], refusal: Mapping[str, Any] | None) -> Tally:
    told = [refusal["detail"]] if refusal else [question["text"] for question in questions]
    text = "\n".join(_without_own(told, case))
    faults = list(_faults(case, told, text, refusal))
    shown = Shown(
        "\n".join(told), "; ".join(" | ".join(one) for one in case.expect.get("named", ())), "; ".join(faults)
    )
    return Tally(int(not faults), 1, (Shown(shown.text, shown.against, shown.why, wrong=bool(faults)),))


def _without_own(told: Iterable[str], case: Case) -> Iterator[str]:
    """The lines without the wrong value they repeat: an echo names nothing."""
    values = [str(value) for value in case.ask.get("inputs", {}).values() if value]
    for line in told:
        for value in values:
            line = line.replace(f"'{value}'", "")
        yield line


def _faults(case: Case, told: list[str], text: str, refusal: Mapping[str, Any] | None) -> Iterator[str]:
    if case.expect.get("refused") and not refusal:
        yield "not refused"
    if not told:
        yield "nothing was said"
    if any("\n" in line.strip() for line in told):
        yield "more than one line"
    for alternatives in case.expect.get("named", ()):
        if told and first(list(alternatives), text) is None:
            yield f"does not name {' or '.join(alternatives)}"
