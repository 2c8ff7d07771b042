"""The permission gate: what may be said of a customer, decided before any model sees a passage.

Three outcomes for a passage: it passes as it stands, it passes with the alias in place of every known spelling of the
customer's name, or it is withheld. Spellings are matched exactly here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from knowledge.domain.quantity import find
from knowledge.records import Audience, Customer, EntryVersion, Hit, Level, Passage, Scope, Use

_ORDER = {Level.PUBLIC: 2, Level.ALIAS: 1, Level.INTERNAL: 0}


@dataclass(frozen=True, slots=True)
class Clearance:
    """What one customer's permissions allow in one scope on one day."""

    customer: Customer
    name: Level
    quote: bool
    figures: bool


class Gate:
    """Applies permissions to passages. One gate is for one scope on one day."""

    def __init__(self, customers: Iterable[Customer], scope: Scope, today: date) -> None:
        self._internal = scope.audience is Audience.INTERNAL
        self._clearances = {c.id: effective(c, scope, today) for c in customers}

    def pass_through(self, passage: Passage) -> Passage | None:
        """The passage as this scope may see it, or None when it must be withheld."""
        if self._internal:
            return passage
        entry = passage.entry
        own = self._clearances.get(entry.customer) if entry.customer else None
        quoted = _quoted(passage)
        if (entry.customer and own is None) or not all(_approved(quote) for quote in quoted):
            return None
        if own is not None and not _allowed(own, passage, bool(quoted)):
            return None
        if own is not None and own.name is not Level.PUBLIC:
            passage = _without_speakers(passage, quoted)
        whole = "\n".join((passage.text, *passage.headings, entry.title, passage.locator, entry.source))
        aliases: list[tuple[Customer, str]] = []
        for clearance in self._clearances.values():
            if clearance.name is Level.PUBLIC or not _names(clearance.customer, whole):
                continue
            alias = clearance.customer.alias(passage.locale)
            if alias is None or clearance.name is Level.INTERNAL:
                return None
            aliases.append((clearance.customer, alias))
        return _with_aliases(passage, aliases) if aliases else passage

    def admits(self, entry: EntryVersion) -> bool:
        """False when the entry is about a customer of whom this scope may not speak at all."""
        if self._internal or not entry.customer:
            return True
        own = self._clearances.get(entry.customer)
        return own is not None and own.name is not Level.INTERNAL

    def may_name(self, customer_id: str) -> bool:
        """True when a text for this scope may write the customer's name."""
        clearance = self._clearances.get(customer_id)
        return self._internal or (clearance is not None and clearance.name is Level.PUBLIC)

    def quotes(self, entry: EntryVersion) -> list[dict[str, Any]]:
        """The approved quotes of an entry that may be used; without the speaker's name where the alias must serve."""
        approved = [quote for quote in quotes_of(entry) if _approved(quote)]
        own = self._clearances.get(entry.customer) if entry.customer else None
        if self._internal or own is None:
            return approved
        if not own.quote:
            return []
        if own.name is Level.PUBLIC:
            return approved
        return [{**quote, "speaker": ""} for quote in approved]

    def hits(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits that may be seen, with aliases put in."""
        seen = ((self.pass_through(hit.passage), hit.score) for hit in hits)
        return [Hit(passage, score) for passage, score in seen if passage is not None]

    def spelled_out(self, text: str) -> list[tuple[str, str]]:
        """Names in `text` that this scope may not show, each with the customer's id."""
        if self._internal:
            return []
        found: list[tuple[str, str]] = []
        for clearance in self._clearances.values():
            if clearance.name is Level.PUBLIC:
                continue
            rest = text
            for spelling in clearance.customer.spellings():
                if spelling in rest:
                    found.append((spelling, clearance.customer.id))
                    rest = rest.replace(spelling, "\ue000")
        return found

    def alias(self, customer_id: str, locale: str) -> str | None:
        """The alias to use for a customer that may not be named; None when it may be, or has none."""
        clearance = self._clearances.get(customer_id)
        if clearance is None or clearance.name is Level.PUBLIC:
            return None
        return clearance.customer.alias(locale)

    def redact(self, text: str, locale: str) -> str:
        """`text` with the alias in place of every name that this scope may not show."""
        if self._internal:
            return text
        for clearance in self._clearances.values():
            if clearance.name is not Level.PUBLIC:
                alias = clearance.customer.alias(locale) or "…"
                text = _replace(text, clearance.customer, alias)
        return text


def effective(customer: Customer, scope: Scope, today: date) -> Clearance:
    """Without a permission that covers the case, nothing is allowed: silence is not consent."""
    covering = [p for p in customer.permissions if p.covers(p.use, today, scope.market, scope.channel)]
    names = [p.level for p in covering if p.use is Use.NAME]
    figures = any(p.use is Use.FIGURES and p.level is not Level.INTERNAL for p in covering)
    quote = any(p.use is Use.QUOTE and p.level is not Level.INTERNAL for p in covering)
    had_name = any(p.use is Use.NAME and p.level is not Level.INTERNAL for p in customer.permissions)
    # An expired permission to be named leaves the alias; a customer who never consented is not spoken of at all.
    name = min(names, key=lambda level: _ORDER[level]) if names else (Level.ALIAS if had_name else Level.INTERNAL)
    return Clearance(customer, name, quote, figures)


def _allowed(clearance: Clearance, passage: Passage, quotes: bool) -> bool:
    if clearance.name is Level.INTERNAL:
        return False
    if quotes and not clearance.quote:
        return False
    return clearance.figures or not find(passage.text)


def _quoted(passage: Passage) -> list[dict[str, Any]]:
    """The quote records whose words stand in the passage."""
    return [quote for quote in quotes_of(passage.entry) if str(quote["text"]).strip('“”"「」 ') in passage.text]


def quotes_of(entry: EntryVersion) -> list[dict[str, Any]]:
    """The quote records of an entry that have a text (`fields.quotes`)."""
    found = entry.fields.get("quotes") or []
    return [quote for quote in found if isinstance(quote, dict) and quote.get("text")]


def _approved(quote: dict[str, Any]) -> bool:
    """Only a plain yes counts; files may carry it as a word."""
    return str(quote.get("approved")).lower() in ("true", "yes")


def _without_speakers(passage: Passage, quoted: Sequence[dict[str, Any]]) -> Passage:
    """Who spoke tells who the customer is: where the alias serves, the speaker's title must do."""
    text = passage.text
    for quote in quoted:
        speaker, title = str(quote.get("speaker") or ""), str(quote.get("title") or "")
        both = [f"{a}{mark}{b}" for a, b in ((speaker, title), (title, speaker)) for mark in ("，", ", ", " ", "")]
        for name in (*both, speaker):
            if speaker:
                text = text.replace(name, title)
    return replace(passage, text=text)


def _names(customer: Customer, text: str) -> bool:
    return any(spelling in text for spelling in customer.spellings())


def _with_aliases(passage: Passage, aliases: Sequence[tuple[Customer, str]]) -> Passage:
    def clean(text: str) -> str:
        for customer, alias in aliases:
            text = _replace(text, customer, alias)
        return text

    entry = replace(
        passage.entry,
        title=clean(passage.entry.title),
        text=clean(passage.entry.text),
        source=clean(passage.entry.source),
    )
    return replace(
        passage,
        entry=entry,
        text=clean(passage.text),
        headings=tuple(clean(heading) for heading in passage.headings),
        locator=clean(passage.locator),
    )


def _replace(text: str, customer: Customer, alias: str) -> str:
    """Every known spelling by the alias, the longest first. An alias that holds a spelling itself is set in last."""
    mark = f"\ue000{customer.id}\ue001"
    for spelling in customer.spellings():
        text = text.replace(spelling, mark)
    at_start = re.compile(rf"(^|[.!?]\s+|\n){mark}")
    return at_start.sub(lambda match: match[1] + alias[:1].upper() + alias[1:], text).replace(mark, alias)
