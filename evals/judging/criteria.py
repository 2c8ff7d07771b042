"""What a text is held to: four criteria for every text, and those of its template."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from knowledge.domain.errors import InputError, NotFound
from knowledge.domain.words import Record, Words
from prompts.loader import Templates

STEPS: Mapping[str, float] = {"yes": 1.0, "partly": 0.5, "no": 0.0}
"""The menu of verdicts, best first, and what each counts."""
OWN = "own"
"""The group of all criteria that belong to a template."""
BEYOND = frozenset({"meeting_minutes.faithful", "localized_copy.same"})
"""Criteria that hold a text against its source. A judge sees the text alone; programs look at these."""
_MEANT = {
    "yes": Words(zh="完全做到", en="it fully does"),
    "partly": Words(zh="做到一部分", en="it does in part"),
    "no": Words(zh="没有做到", en="it does not"),
}


class Criterion(Record):
    """One question to a text. `yes`, `partly` and `no` say what each verdict means for it."""

    id: str
    question: Words
    yes: Words = _MEANT["yes"]
    partly: Words = _MEANT["partly"]
    no: Words = _MEANT["no"]

    @property
    def group(self) -> str:
        """The measure it counts in: itself, or `own` for a criterion of a template."""
        return OWN if "." in self.id else self.id

    def meaning(self, verdict: str, language: str) -> str:
        """What the verdict means, in words."""
        return {"yes": self.yes, "partly": self.partly, "no": self.no}[verdict].of(language)


@lru_cache(maxsize=1)
def common() -> tuple[Criterion, ...]:
    """`clear`, `specific`, `reader`, `voice`, from the file beside this one."""
    rows = yaml.safe_load((Path(__file__).parent / "criteria.yaml").read_text(encoding="utf-8"))
    return tuple(TypeAdapter(list[Criterion]).validate_python(rows))


@lru_cache(maxsize=1)
def _templates() -> Templates:
    return Templates()


def own(template: str) -> tuple[Criterion, ...]:
    """The rubric of one of our templates, as `TEMPLATE.ID`, as far as the text alone can answer it.

    Nothing for a template that we do not know.
    """
    try:
        rubric = _templates().get(template).template.rubric
    except NotFound:
        return ()
    found = (Criterion(id=f"{template}.{line.id}", question=line.question) for line in rubric)
    return tuple(criterion for criterion in found if criterion.id not in BEYOND)


def criteria_for(template: str) -> tuple[Criterion, ...]:
    """All that a text of this template is held to."""
    return (*common(), *own(template))


def criterion(name: str) -> Criterion:
    """The criterion of this id. Raises `InputError`."""
    found = next((c for c in criteria_for(name.partition(".")[0]) if c.id == name), None)
    if found is None:
        known = ", ".join(c.id for c in common())
        raise InputError(f"no criterion '{name}'; there are {known}, and TEMPLATE.ID for the rubric of a template")
    return found


def purpose(template: str, language: str) -> str:
    """What a text of this template is for, for the judge's eye; empty for a template that we do not know."""
    try:
        record = _templates().get(template).template
    except NotFound:
        return ""
    return f"{record.name.of(language)}{'：' if language == 'zh' else ': '}{record.purpose.of(language)}"
