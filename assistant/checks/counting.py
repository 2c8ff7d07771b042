"""How many pieces a section has, and whether its numbers count up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Self

from pydantic import Field, model_validator

from assistant.checks.base import DraftView, Example
from assistant.checks.rules import NoParameters, RuleCheck
from assistant.claims.quantities import quantities
from assistant.draft import Paragraph
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.words import Record, Words
from prompts.template import Rule


class Counted(Record):
    """Least and most, both inclusive; at least one of them."""

    least: int = Field(default=0, ge=0)
    most: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.least and self.most is None:
            raise ValueError("say 'least', 'most' or both")
        if self.most is not None and self.least > self.most:
            raise ValueError("'least' is greater than 'most'")
        return self


class CountOutOfRange(RuleCheck[Counted]):
    """Fewer or more pieces than the template asks for. Where a gap stands beside them, too few are a warning; a section
    that is nothing but a gap asks for what is missing by itself, and one that is not in the draft has nothing to
    count."""

    id = "count_out_of_range"
    severity = Severity.ERROR
    title = Words(zh="数量不合", en="Count out of range")
    parameters = Counted
    examples = (
        Example("官网\n公众号", "", found=True, rule={"least": 3}),
        Example("官网\n公众号\n展会", "", found=False, rule={"least": 3, "most": 5}),
        Example("One\nTwo\nThree", "", True, "en", rule={"most": 2}),
    )

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: Counted
    ) -> Iterator[Finding]:
        section = next((s for s in view.draft.sections if rule.section in (None, s.id)), None)
        count = len(paragraphs)
        enough = parameters.least <= count and (parameters.most is None or count <= parameters.most)
        asks = any(p.gap for s, p in view.draft.paragraphs() if rule.section in (None, s.id))
        if section is None or enough or (asks and not count):
            return
        name = section.heading or section.id
        least, most = parameters.least, parameters.most
        asked = Words(
            zh=f"至少 {least} 条" if most is None else f"{least}～{most} 条",
            en=f"at least {least}" if most is None else f"{least} to {most}",
        )
        yield self.finding(
            Words(
                zh=f"“{name}”有 {count} 条，要求{asked.zh}；补足或删减",
                en=f"'{name}' has {count}, {asked.en} are asked for; add or take out",
            ),
            view.locale, paragraphs[-1].id if paragraphs else None,
            severity=Severity.WARNING if asks and count < least else None,
        )  # fmt: skip


_NUMBER = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?P<mark>[.、)）]|(?=\s))\s*(?=\S)")


class NumberingBroken(RuleCheck[NoParameters]):
    """Numbers before paragraphs (1, 1.1, 1.2, 2) that jump or stand twice. Paragraphs without a number do not count."""

    id = "numbering_broken"
    severity = Severity.WARNING
    title = Words(zh="编号不连贯", en="Numbering broken")
    examples = (
        Example("1. 方法\n1.1 样本\n1.2 口径\n2. 结论", "", found=False),
        Example("1. 方法\n1.1 样本\n1.3 口径", "", found=True),
        Example("1. Method\n2. Result\n2. Limits", "", True, "en"),
        Example("1. Method\n1.5 million euros were spent.\n2. Result", "", False, "en"),
    )

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: NoParameters
    ) -> Iterator[Finding]:
        before: tuple[int, ...] = ()
        for paragraph in paragraphs:
            found = _numbered(paragraph.text)
            if found is None:
                continue
            number, span = found
            if number not in _next(before):
                said, behind = span.of(paragraph.text), ".".join(map(str, before))
                after = Words(zh=f"在 {behind} 之后", en=f"after {behind}") if before else Words(zh="开头", en="first")
                yield self.finding(
                    Words(zh=f"编号 {said} {after.zh}不连贯；重新编号", en=f"{said} comes {after.en}; number anew"),
                    view.locale, paragraph.id, span,
                )  # fmt: skip
            before = number


def _numbered(text: str) -> tuple[tuple[int, ...], Span] | None:
    """The number that a paragraph begins with; None where that is a figure of its sentence."""
    found = _NUMBER.match(text)
    if not found or (not found["mark"] and "." not in found["number"]):
        return None
    span = Span(*found.span("number"))
    figure = next((q for q in quantities(text) if q.span.overlaps(span)), None)
    if figure is not None and (figure.span.end > span.end or figure.unit):
        return None
    return tuple(int(part) for part in found["number"].split(".")), span


def _next(before: tuple[int, ...]) -> set[tuple[int, ...]]:
    """What may follow a number: one level deeper from 1, or one more on any level; at the beginning 1 or 1.1."""
    if not before:
        return {(1,), (1, 1)}
    return {(*before, 1)} | {(*before[:level], before[level] + 1) for level in range(len(before))}
