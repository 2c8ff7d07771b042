"""Rules: whether a check objects to sentences that offend against a market's law of advertising, and only to those."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evals.cases import Case
from evals.scorers.base import Measure, Scorer, Shown, Tally, Unscored
from evals.subjects.port import Answer

ABOUT_WORDS = frozenset({"banned_term", "sensitive_term", "superlative_unproven", "certificate_unproven"})
"""Check ids of the contract that speak of what may not be said. Others (a figure without source) do not count."""


class Rules(Scorer):
    """Against `expect`: `offends`, and `because` for the reader. Found: a finding about words, of any severity."""

    id = "rules"
    version = 1
    measures = (
        Measure("offences_found", "sentences that offend, with a finding about words", "higher"),
        Measure("clean_passed", "sentences that only look like an offence, without one", "higher"),
    )

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        """Raises `Unscored` for an answer without findings, or a case without `offends`."""
        findings = answer.document.get("findings")
        if not isinstance(findings, list) or "offends" not in case.expect:
            raise Unscored("the answer has no findings, or the case does not say whether it offends")
        said = [_said(finding, case.ask["text"]) for finding in findings if finding.get("check") in ABOUT_WORDS]
        offends = bool(case.expect["offends"])
        right = bool(said) == offends
        shown = Shown(case.ask["text"], str(case.expect.get("because", "")), "; ".join(said) or "nothing", not right)
        return {"offences_found" if offends else "clean_passed": Tally(float(right), 1, (shown,))}


def _said(finding: Mapping[str, Any], text: str) -> str:
    span = finding.get("span")
    words = text[span["start"] : span["end"]] if span else "the whole text"
    return f"{finding['check']}: {words}"
