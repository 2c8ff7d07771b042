"""The optional judge: a language model's word on statements that a program cannot decide.

Programs go first, and what they found stands: a model looks only at whole sentences that no program could tell or
that the sources carry weakly, never at a figure, quote or name, and never at a sentence in which a program found
something wrong. It is heard as far as its exam goes (`exam`): to acquit, to convict, both or neither. Its
verdicts are marked `by: "model"`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.claims.examiner import AMBIGUOUS, CONTRADICTED, NOT_CHECKED, QUALIFIER_CHANGED, SUPPORTED, UNSUPPORTED
from assistant.claims.judge.exam import Result, examined
from assistant.claims.judge.opinions import Opinions
from assistant.claims.judge.question import Question, question
from assistant.draft import Claim, Evidence
from assistant.gateway.port import Usage
from knowledge.domain.locale import Locale
from knowledge.domain.words import Words
from knowledge.store.judgements import Judgement

UNDECIDED = frozenset({"not_said", "little_said"})
"""Reasons of `unsupported` that say no more than: the program did not find it."""
JUDGED = "judged"
"""The reason of a verdict that the model gave."""
_WRONG = frozenset({CONTRADICTED, UNSUPPORTED, QUALIFIER_CHANGED, AMBIGUOUS})

NOTES = {
    SUPPORTED: Words(zh="语言模型认为出处说了同样的意思", en="a language model finds it said in the source"),
    CONTRADICTED: Words(zh="语言模型认为出处的说法不同", en="a language model finds the source says otherwise"),
    UNSUPPORTED: Words(zh="语言模型认为出处没有说全", en="a language model does not find all of it in the sources"),
}
_VERDICTS = {"supported": SUPPORTED, "contradicted": CONTRADICTED, "not_stated": UNSUPPORTED}


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its claims (spans count in it) and the evidence it may rest on."""

    text: str
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]


class Judge:
    """Hears one model. `say` gets at most one line about each thing that went wrong."""

    def __init__(self, opinions: Opinions, say: Callable[[str], None] | None = None) -> None:
        self._opinions = opinions
        self._say = say or (lambda line: None)
        self._said: set[str] = set()
        self._results: dict[str, Result] = {}

    @property
    def usage(self) -> Usage:
        """What its calls have used so far."""
        return self._opinions.usage

    @property
    def failure(self) -> str:
        """Why the model did not answer, or not everything; empty while all went well."""
        return self._opinions.failure

    def judged(self, passages: Sequence[Passage], locale: Locale) -> list[tuple[Claim, ...]]:
        """The claims of each passage, with the model's verdict where it counts. Never raises for a failing model."""
        language = "zh" if locale.language == "zh" else "en"
        asked = [dict(_questions(passage)) for passage in passages]
        if not any(asked):
            return [passage.claims for passage in passages]
        result = self.result(language)
        wanted = [{claim: put for claim, put in each.items() if _may_matter(claim, result)} for each in asked]
        every = list(dict.fromkeys(put for each in wanted for put in each.values()))
        answers = self._opinions.of(every, language) if every else {}
        self._report_failure()
        return [
            tuple(
                _heard(claim, each[claim], answers.get(each[claim]), result, locale) if claim in each else claim
                for claim in passage.claims
            )
            for passage, each in zip(passages, wanted, strict=True)
        ]

    def result(self, language: str) -> Result:
        """Its exam, taken at first need; the answers are kept like all others."""
        if language not in self._results:
            result = self._results[language] = examined(self._opinions, language)
            self._report_failure()
            if not self.failure and not (result.may_acquit or result.may_convict):
                self._once(
                    f"judge: {self._opinions.name} did not pass its exam ({language}): it took {result.missed} of "
                    f"{result.false} false sentences for true and {result.blamed} of {result.true} true ones for "
                    "false; the program's verdicts stand"
                )
        return self._results[language]

    def _report_failure(self) -> None:
        if self.failure:
            self._once(f"judge: {self.failure}; where it did not answer, the program's verdicts stand")

    def _once(self, line: str) -> None:
        if line not in self._said:
            self._said.add(line)
            self._say(line)


def _questions(passage: Passage) -> Iterator[tuple[Claim, Question]]:
    """The open statements of a passage, except in sentences where a program found something wrong."""
    wrong = [claim.span for claim in passage.claims if claim.verdict in _WRONG and not _is_open(claim)]
    for claim in passage.claims:
        if _is_open(claim) and not any(claim.span.overlaps(span) for span in wrong):
            put = question(claim.text, claim.evidence, passage.evidence)
            if put is not None:
                yield claim, put


def _is_open(claim: Claim) -> bool:
    """A statement that a program did not decide, or that only several source sentences together carry."""
    if claim.kind != "statement" or claim.by != "program":
        return False
    if claim.verdict == UNSUPPORTED:
        return claim.reason in UNDECIDED
    return claim.verdict == NOT_CHECKED or (claim.verdict == SUPPORTED and len(claim.evidence) > 1)


def _may_matter(claim: Claim, result: Result) -> bool:
    """Whether an answer could change the verdict, given the judge's powers."""
    if claim.verdict == UNSUPPORTED:
        return result.may_acquit
    return result.may_convict or (claim.verdict == NOT_CHECKED and result.may_acquit)


def _heard(claim: Claim, asked: Question, judgement: Judgement | None, result: Result, locale: Locale) -> Claim:
    """The claim with the model's verdict, or as it was when that has no weight."""
    verdict = _VERDICTS[judgement.verdict] if judgement else claim.verdict
    if judgement is None or verdict == claim.verdict:
        return claim
    if not (result.may_acquit if verdict == SUPPORTED else result.may_convict):
        return claim
    place = asked.lines[int(judgement.reason) - 1].place if judgement.reason else None
    return replace(
        claim,
        verdict=verdict,
        by="model",
        reason=JUDGED,
        note=NOTES[verdict].of(locale.language),
        evidence=(place,) if place else claim.evidence,
        fix="",
    )
