"""Whether a draft uses the words of the house."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evals.cases import Case
from evals.scorers.base import Measure, Scorer, Shown, Tally
from evals.scorers.phrases import folded, occurs, written
from evals.subjects.port import Answer

RIGHT_ONES = 5


class Terms(Scorer):
    """`expect.terms`: `say`, the form to use (or several), and `not`, forms that must not be used for the same thing.
    A thing that the draft does not mention in either form is not looked at."""

    id = "terms"
    version = 1
    measures = (Measure("terms_kept", "terms used in the form of the house and in no forbidden one", "higher"),)

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        """Raises `Unscored`: not a draft."""
        text = written(answer.document)
        shown = [item for term in case.expect.get("terms", ()) if (item := _judged(term, text)) is not None]
        if not shown:
            return {}
        wrong = [item for item in shown if item.wrong]
        right = [item for item in shown if not item.wrong][:RIGHT_ONES]
        return {"terms_kept": Tally(len(shown) - len(wrong), len(shown), (*wrong, *right))}


def _judged(term: Mapping[str, Any], text: str) -> Shown | None:
    good = [term["say"]] if isinstance(term["say"], str) else list(term["say"])
    said = [form for form in good if occurs(form, text)]
    rest = folded(text)
    for form in sorted(good, key=len, reverse=True):
        # a forbidden form may be part of the right one: `platform` in `TingDeck platform`
        rest = rest.replace(folded(form), " ¦ ")
    bad = [form for form in term.get("not", ()) if occurs(form, rest)]
    if not said and not bad:
        return None
    return Shown(", ".join(bad or said), " / ".join(good), "forbidden form" if bad else "", bool(bad))
