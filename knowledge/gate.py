"""The permission gate: what may be said of a customer, decided before any model sees a passage.

Three outcomes for a passage: it passes as it stands, it passes with the alias in place of every name of the customer,
whatever its shape, or it is withheld. Where a name cannot be taken out safely (an address, a path, a longer word) or no
alias is there to stand in, the passage is withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from knowledge.clearance import Clearance, effective, listed, strictest
from knowledge.domain.finding import Span
from knowledge.domain.folding import fold
from knowledge.domain.quantity import find
from knowledge.naming.aliasing import Edit, edit_for, with_aliases
from knowledge.naming.customer_names import CustomerNames, Naming
from knowledge.naming.speakers import Speakers
from knowledge.records import Audience, Customer, EntryVersion, Hit, Level, Passage, Scope, Use

CUT = "…"
"""What stands where a name was cut out and nothing could be put in its place."""
SITE_FIELDS = ("website", "web", "site", "url", "homepage", "host", "domain", "官网", "网站", "网址")
_NOBODY: frozenset[str] = frozenset()


class Gate:
    """Applies permissions to passages. One gate is for one scope on one day.

    `names` is the matcher for the same customers; it is dear to make and may be shared by all gates.
    """

    def __init__(
        self, customers: Iterable[Customer], scope: Scope, today: date, names: CustomerNames | None = None
    ) -> None:
        self._customers = {c.id: c for c in customers}
        self._scope, self._today = scope, today
        self._internal = scope.audience is Audience.INTERNAL
        self._clearances: dict[str, Clearance] = {}
        self._given_names = names
        self._aliases: dict[tuple[str, str, frozenset[str]], str | None] = {}
        self._entries: dict[tuple[str, int, Level], EntryVersion] = {}

    @cached_property
    def names(self) -> CustomerNames:
        """The matcher for these customers."""
        return self._given_names or CustomerNames(self._customers.values())

    def clearance(self, customer_id: str | None) -> Clearance | None:
        """What this scope may do with a customer; None for one that is not known."""
        return self._known(customer_id) if customer_id and customer_id in self._customers else None

    def _known(self, customer_id: str) -> Clearance:
        if customer_id not in self._clearances:
            self._clearances[customer_id] = effective(self._customers[customer_id], self._scope, self._today)
        return self._clearances[customer_id]

    def covers(self, customer_id: str, uses: Collection[Use]) -> bool:
        """True when a list made for these uses may have the customer (see `clearance.listed`)."""
        customer = self._customers.get(customer_id)
        return customer is not None and listed(customer, uses, self._scope, self._today) is not None

    def spoken_of(self, text: str) -> list[str]:
        """The customers that `text` names, or calls by their alias in any language, in alphabetical order."""
        said = fold(text)
        aliases = ((c.id, alias) for c in self._customers.values() for alias in c.aliases.values())
        aliased = {customer for customer, alias in aliases if alias and fold(alias) in said}
        return sorted(aliased | {naming.customer for naming in self.names.find(text)})

    # --- passages ---

    def pass_through(self, passage: Passage) -> Passage | None:
        """The passage as this scope may see it, or None when it must be withheld."""
        if self._internal:
            return passage
        entry = passage.entry
        own = self.clearance(entry.customer)
        quoted = _quoted(passage)
        if (entry.customer and own is None) or not all(_approved(quote) for quote in quoted):
            return None
        level = Level.PUBLIC
        if own is not None:
            figures = bool(find(passage.text))
            if not _allowed(own, bool(quoted), figures):
                return None
            level = _level(own, bool(quoted), figures)
        also = frozenset([entry.customer]) if entry.customer and level is not Level.PUBLIC else _NOBODY
        text = self._speakers(entry).hidden(passage.text, passage.locale) if also else passage.text
        parts = [self._masked(part, passage.locale, also) for part in (text, entry.title, *passage.headings)]
        if not all(whole for _, whole in parts):
            return None
        headings = tuple(heading for heading, _ in parts[2:])
        if own is not None and not own.allows(Use.FIGURES):
            headings = tuple(_without_figures(heading) for heading in headings)
        return replace(
            passage,
            entry=self._entry(entry, own, level, also),
            text=parts[0][0],
            headings=headings,
            locator=self._masked(passage.locator, passage.locale, also)[0],
        )

    def hits(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits that may be seen, with aliases put in."""
        seen = ((self.pass_through(hit.passage), hit.score) for hit in hits)
        return [Hit(passage, score) for passage, score in seen if passage is not None]

    def admits(self, entry: EntryVersion) -> bool:
        """False when the entry is about a customer of whom this scope may not speak at all."""
        if self._internal or not entry.customer:
            return True
        own = self.clearance(entry.customer)
        return own is not None and own.name is not Level.INTERNAL

    def quotes(self, entry: EntryVersion) -> list[dict[str, Any]]:
        """The approved quotes of an entry that may be used.

        Where the alias must serve, they come without the speaker's name, and those whose words name a customer stay
        away: the words of a quote cannot be changed.
        """
        approved = [quote for quote in quotes_of(entry) if _approved(quote)]
        own = self.clearance(entry.customer)
        if self._internal:
            return approved
        if own is None:
            return [] if entry.customer else [quote for quote in approved if not self.hides(str(quote["text"]))]
        if not own.allows(Use.QUOTE) or own.name is Level.INTERNAL:
            return []
        level = strictest(own.name, own.level(Use.QUOTE))
        also = frozenset([own.customer.id]) if level is not Level.PUBLIC else _NOBODY
        return [shown for quote in approved if (shown := self._quote(quote, entry.locale, also)) is not None]

    # --- names in any text ---

    def may_name(self, customer_id: str) -> bool:
        """True when a text for this scope may write the customer's name."""
        clearance = self.clearance(customer_id)
        return self._internal or (clearance is not None and clearance.name is Level.PUBLIC)

    def namings(self, text: str) -> list[Naming]:
        """Every place where `text` names a customer whom this scope may not name, in order."""
        return self._hidden(text, _NOBODY)

    def hides(self, text: str) -> bool:
        """True when `text` holds a name that this scope may not show."""
        return bool(self.namings(text))

    def alias(self, customer_id: str, locale: str) -> str | None:
        """The alias to use for a customer that may not be named; None when it may be, or when none can serve."""
        clearance = self.clearance(customer_id)
        if clearance is None or self.may_name(customer_id):
            return None
        return self._alias(customer_id, locale, _NOBODY)

    def called(self, customer_id: str, locale: str) -> str:
        """What this scope may call a customer: its name, else its alias; empty where neither may stand."""
        customer = self._customers.get(customer_id)
        if customer is None or not self.may_name(customer_id):
            return self.alias(customer_id, locale) or ""
        names = {tag.split("-", 1)[0]: name for tag, name in customer.names.items()}
        return names.get(locale.split("-", 1)[0]) or next(iter(names.values()), customer_id)

    def edit(self, text: str, naming: Naming, locale: str) -> Edit | None:
        """What to write in the place of one name; None when it cannot be taken out safely or has no alias."""
        alias = self._alias(naming.customer, locale, _NOBODY) if naming.safe else None
        return edit_for(text, naming, alias, locale) if alias else None

    def redact(self, text: str, locale: str) -> str:
        """`text` with the alias in place of every name that this scope may not show, or `…` where none can stand."""
        return text if self._internal else self._masked(text, locale, _NOBODY)[0]

    # --- inside ---

    def _hidden(self, text: str, also: frozenset[str]) -> list[Naming]:
        """Namings that may not be shown. One inside the longer name of a customer that may be named is none."""
        if self._internal or not text:
            return []
        namings = self.names.find(text)
        shown = [n.span for n in namings if self.may_name(n.customer) and n.customer not in also]
        return [
            n
            for n in namings
            if (n.customer in also or not self.may_name(n.customer))
            and not any(s.start <= n.span.start and n.span.end <= s.end and s != n.span for s in shown)
        ]

    def _masked(self, text: str, locale: str, also: frozenset[str]) -> tuple[str, bool]:
        """The text with aliases, and whether nothing had to be cut out of it."""
        whole = True
        for turn in range(3):  # what is put in may make a new name with its surroundings
            hidden = self._hidden(text, also)
            if not hidden:
                break
            put: list[tuple[Naming, str]] = []
            for naming in hidden:
                alias = self._alias(naming.customer, locale, also) if naming.safe and turn == 0 else None
                whole = whole and alias is not None and self._known(naming.customer).name is not Level.INTERNAL
                if put and naming.span.start < put[-1][0].span.end:
                    put[-1] = (_both(put[-1][0], naming), put[-1][1])
                else:
                    put.append((naming, alias or CUT))
            text = with_aliases(text, put, locale)
        return text, whole

    def _alias(self, customer_id: str, locale: str, also: frozenset[str]) -> str | None:
        """The alias, unless it tells the name of somebody who may not be named."""
        key = (customer_id, locale, also)
        if key not in self._aliases:
            alias = self._customers[customer_id].alias(locale)
            tells = alias is None or any(n.customer == customer_id for n in self.names.find(alias))
            self._aliases[key] = None if alias is None or tells or self._hidden(alias, also) else alias
        return self._aliases[key]

    def _speakers(self, entry: EntryVersion) -> Speakers:
        customer = self._customers.get(entry.customer) if entry.customer else None
        return Speakers.of(quotes_of(entry), customer)

    def _quote(self, quote: dict[str, Any], locale: str, also: frozenset[str]) -> dict[str, Any] | None:
        if self._hidden(str(quote["text"]), also):
            return None
        kept = {key: value for key, value in quote.items() if key not in ("translation", "translations")}
        for key in ("translation", "translations"):
            if isinstance(quote.get(key), Mapping):
                kept[key] = {tag: text for tag, text in quote[key].items() if not self._hidden(str(text), also)}
        if also:
            kept |= {"speaker": "", "title": self._masked(str(quote.get("title") or ""), locale, also)[0]}
        return kept

    def _entry(self, entry: EntryVersion, own: Clearance | None, level: Level, also: frozenset[str]) -> EntryVersion:
        """The entry of a passage, with nothing in it that the passage would not tell."""
        key = (entry.entry_id, entry.version, level)
        if key not in self._entries:
            speakers = self._speakers(entry) if also else None
            figures = own is None or own.allows(Use.FIGURES)

            def clean(text: str) -> str:
                text = speakers.hidden(text, entry.locale) if speakers else text
                text = text if figures else _without_figures(text)
                return self._masked(text, entry.locale, also)[0]

            left = {k: v for k, v in entry.fields.items() if k != "quotes" and not (also and k.lower() in SITE_FIELDS)}
            fields = _each_text(left, clean)
            if "quotes" in entry.fields:
                fields["quotes"] = self.quotes(entry)
            self._entries[key] = replace(
                entry,
                title=clean(entry.title),
                text=clean(entry.text),
                body=clean(entry.body),
                source=clean(entry.source),
                fields=fields,
            )
        return self._entries[key]


def quotes_of(entry: EntryVersion) -> list[dict[str, Any]]:
    """The quote records of an entry that have a text (`fields.quotes`)."""
    found = entry.fields.get("quotes")
    quotes = found if isinstance(found, list | tuple) else ()
    return [quote for quote in quotes if isinstance(quote, dict) and quote.get("text")]


def _both(one: Naming, other: Naming) -> Naming:
    """Two that overlap as one, named as the first."""
    end = max(one.span.end, other.span.end)
    return replace(one, span=Span(one.span.start, end), safe=one.safe and other.safe)


def _allowed(clearance: Clearance, quotes: bool, figures: bool) -> bool:
    if clearance.name is Level.INTERNAL:
        return False
    return (not quotes or clearance.allows(Use.QUOTE)) and (not figures or clearance.allows(Use.FIGURES))


def _level(clearance: Clearance, quotes: bool, figures: bool) -> Level:
    """How the customer may be told of where its quotes or figures stand: those may be given under the alias only."""
    uses = [Use.NAME, *([Use.QUOTE] if quotes else []), *([Use.FIGURES] if figures else [])]
    return strictest(*(clearance.level(use) for use in uses))


def _quoted(passage: Passage) -> list[dict[str, Any]]:
    """The quote records whose words stand in the passage."""
    return [quote for quote in quotes_of(passage.entry) if str(quote["text"]).strip('“”"「」 ') in passage.text]


def _approved(quote: dict[str, Any]) -> bool:
    """Only a plain yes counts; files may carry it as a word."""
    return str(quote.get("approved")).lower() in ("true", "yes")


def _without_figures(text: str) -> str:
    for quantity in reversed(find(text)):
        text = text[: quantity.span.start] + CUT + text[quantity.span.end :]
    return text


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with every text in it changed, at any depth."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_text(part, change) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(part, change) for part in value]
    return value
