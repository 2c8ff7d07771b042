"""`write: budget` — what the money goes to: shares that add up to 100%, and amounts that add up to the total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.draft import Paragraph
from assistant.input_values import WHOLE, shares_of
from assistant.writing.context import Desk
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import Kind, Quantity, find, render
from prompts.section import TemplateSection

TOTAL = "total"
"""The input that says how much there is in all, where a template has one."""


class BudgetSection:
    """A line for each share of the brief, else of the template: "name: N%", with the amount where the total is known.
    Where the shares are the template's own, the section's `text` stands above them."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        given = desk.values.get(section.input or "", "")
        own = [(share.name.of(desk.language), Fraction(share.percent)) for share in section.shares]
        told = [(name, Fraction(str(percent))) for name, percent in shares_of(given) or ()]
        shares = told if given else own
        if sum(percent for _, percent in shares) != WHOLE:
            return [] if section.optional else [desk.gap(section)]
        amounts = amounts_of(desk.values.get(TOTAL, ""), [percent for _, percent in shares], desk.locale)
        lines = [_line(name, percent, amount, desk) for (name, percent), amount in zip(shares, amounts, strict=True)]
        note = "" if given else desk.words(section.text)
        said = [(note, "text")] if note else []
        return [
            desk.paragraph(line, [desk.book.brief_evidence(line).id], role=role, by="program")
            for line, role in [*said, *((line, "share") for line in lines)]
        ]


def amounts_of(total: str, percents: Sequence[Fraction], locale: Locale) -> list[str]:
    """The amount of each share in whole units of the total's currency, exactly adding up to it; empty texts where the
    total says no single exact amount. What does not divide goes to the shares that lose most by it."""
    sums = [q for q in find(total, locale.language) if q.kind in (Kind.MONEY, Kind.NUMBER) and q.value is not None]
    if len(sums) != 1 or sums[0].high is not None or sums[0].value is None or sums[0].value.denominator != 1:
        return [""] * len(percents)
    exact = [sums[0].value * percent / 100 for percent in percents]
    whole = [int(amount) for amount in exact]
    left = int(sums[0].value) - sum(whole)
    for number in sorted(range(len(exact)), key=lambda n: whole[n] - exact[n])[:left]:
        whole[number] += 1
    return [_written(sums[0], amount, locale) for amount in whole]


def _written(total: Quantity, amount: int, locale: Locale) -> str:
    return render(replace(total, value=Fraction(amount)), locale) or f"{amount:,}"


def _line(name: str, percent: Fraction, amount: str, desk: Desk) -> str:
    share = f"{int(percent) if percent.denominator == 1 else float(percent)}%"
    if desk.language == "zh":
        return f"{name}：{f'{amount}，' if amount else ''}{share}"
    return f"{name}: {f'{amount}, ' if amount else ''}{share}"
