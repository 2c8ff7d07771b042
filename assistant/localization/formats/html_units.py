"""The texts of a piece of HTML: a unit per block, inline tags as codes, and the attributes that a reader sees."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape, unescape
from typing import NamedTuple

from assistant.localization.content import CodeKind, Content
from assistant.localization.formats.html_events import Attribute, Event, Kind
from assistant.localization.formats.scanned import Mark, scanned
from assistant.localization.protection.codes import with_codes

INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em embed font i img input ins kbd label mark nobr q rp rt "
    "ruby s samp small span strike strong sub sup svg math time tt u var wbr".split()
)
LITERAL = frozenset("code kbd samp var tt math".split())
SILENT = frozenset("script style pre template svg textarea object applet iframe noembed noframes xmp".split())
"""Elements whose content is no text to translate; `pre` holds programs and drawings more often than prose."""

_SEEN = frozenset("alt title label placeholder aria-label aria-description aria-placeholder aria-valuetext".split())
_META = frozenset(
    "description keywords abstract og:title og:description og:site_name og:image:alt twitter:title twitter:description "
    "twitter:image:alt headline subject application-name apple-mobile-web-app-title".split()
)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?")


class Found(NamedTuple):
    """A text and where it stands; `inside` is the number of the text in whose code it is (-1: none), with the id and
    the offset in that code."""

    content: Content
    start: int
    end: int
    quote: str | None
    inside: int = -1
    code: str = ""
    offset: int = 0

    def rendered(self, target: Content) -> str:
        """A target as it stands in the file: `quote` is None outside of attributes."""
        keeps_blanks = "\u00a0" in str(self.content)
        text = "".join(
            _escaped(piece, self.quote, keeps_blanks) if isinstance(piece, str) else piece.text
            for piece in target.pieces
        )
        return f'"{text}"' if self.quote == "" else text


def _escaped(text: str, quote: str | None, named_blanks: bool = False) -> str:
    text = escape(text, quote=False)
    if quote is not None:
        text = text.replace("'", "&#39;") if quote == "'" else text.replace('"', "&quot;")
    return text.replace("\u00a0", "&nbsp;") if named_blanks else text


def texts(parts: Sequence[Event]) -> list[Found]:
    """The texts of `parts` in order; what is marked `translate="no"` or `notranslate` is none."""
    walk = _Walk(parts)
    walk.all()
    return walk.found


def attribute_texts(event: Event) -> Iterator[Attribute]:
    """The attributes of a tag that a reader sees or hears."""
    given = list(event.attributes())
    values = {attribute.name: attribute.value.strip().lower() for attribute in given}
    seen = set(_SEEN)
    if event.name == "meta" and any(values.get(key) in _META for key in ("name", "property", "itemprop")):
        seen.add("content")
    if event.name == "input" and values.get("type") in ("submit", "button", "reset"):
        seen.add("value")
    if event.name == "table":
        seen.add("summary")
    # {…} without quotes is an expression of a component.
    return (a for a in given if a.name in seen and not (a.quote == "" and a.value.startswith("{")))


@dataclass(slots=True)
class _Walk:
    """Goes through the events; `run` is the running text since the last block began or ended."""

    parts: Sequence[Event]
    found: list[Found] = field(default_factory=list)
    run: list[Mark] = field(default_factory=list)
    tags: list[Event] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)
    blocks: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Where each element ends, and how many tags of blocks stand before each event."""
        open_: dict[str, list[int]] = defaultdict(list)
        for at, event in enumerate(self.parts):
            is_block = event.kind in (Kind.START, Kind.END) and event.name not in INLINE
            self.blocks.append((self.blocks[-1] if at else 0) + is_block)
            if event.kind is Kind.START:
                open_[event.name].append(at)
            elif event.kind is Kind.END and open_[event.name]:
                self.ends[open_[event.name].pop()] = at

    def all(self) -> None:
        at = 0
        while at < len(self.parts):
            event = self.parts[at]
            end = self._silent_until(at)
            if end is not None:
                self._silent(self.parts[at : end + 1])
                at = end + 1
                continue
            if event.kind is Kind.TEXT:
                self.run += _strings(event)
            elif event.kind is Kind.OTHER:
                self.run.append(Mark(event.start, event.end, event.raw, CodeKind.SINGLE))
            elif event.name in INLINE:
                self._inline(event)
            else:
                self._flush()
                self._attributes(event)
            at += 1
        self._flush()

    def _inline(self, event: Event) -> None:
        kind = {Kind.START: CodeKind.OPEN, Kind.END: CodeKind.CLOSE}.get(event.kind, CodeKind.SINGLE)
        self.run.append(Mark(event.start, event.end, event.raw, kind, event.name))
        if event.kind is not Kind.END:
            self.tags.append(event)

    def _silent(self, region: Sequence[Event]) -> None:
        """An element that is left as it is: a code of its sentence, or between two."""
        first, last = region[0], region[-1]
        if first.name in INLINE:
            text = "".join(event.raw for event in region)
            says = any(event.kind is Kind.TEXT and event.raw.strip() for event in region)
            kind = CodeKind.LITERAL if says and first.name != "svg" else CodeKind.SINGLE
            self.run.append(Mark(first.start, last.end, text, kind))
        else:
            self._flush()

    def _silent_until(self, at: int) -> int | None:
        """Where the element that begins here ends, when its content is not to be translated."""
        event = self.parts[at]
        if event.kind not in (Kind.START, Kind.EMPTY):
            return None
        if _is_left(event) and event.kind is Kind.EMPTY:
            return at
        silent = event.name in SILENT or event.name in LITERAL or _is_left(event)
        if not silent or event.kind is Kind.EMPTY:
            return None
        end = self.ends.get(at)
        crosses = end is not None and event.name in LITERAL and self.blocks[end] > self.blocks[at]
        if end is not None and not crosses:
            return end
        # Never closed: sloppy markup around words is still text, a program is none.
        return None if event.name in INLINE or _is_left(event) else len(self.parts) - 1

    def _flush(self) -> None:
        run, tags, self.run, self.tags = self.run, self.tags, [], []
        whole = scanned(run, lambda text: _escaped(text, None)) if run else None
        number = -1
        if whole is not None:
            number = len(self.found)
            self.found.append(Found(whole.content, whole.start, whole.end, None))
        for tag in tags:
            self._attributes(tag, number, whole.ids.get(tag.start, "") if whole else "")

    def _attributes(self, event: Event, inside: int = -1, code: str = "") -> None:
        for attribute in attribute_texts(event):
            content = _value(attribute)
            if content.says_something:
                held = (inside, code, attribute.start - event.start) if code else (-1, "", 0)
                self.found.append(Found(content, attribute.start, attribute.end, attribute.quote, *held))


def _value(attribute: Attribute) -> Content:
    """The text of an attribute; its codes as the file has them."""
    pieces = with_codes(Content.of(attribute.value), "html").pieces
    return Content.of(
        *(p if isinstance(p, str) else replace(p, text=_escaped(p.text, attribute.quote)) for p in pieces)
    )


def _is_left(event: Event) -> bool:
    return any(
        (attribute.name == "translate" and attribute.value.strip().lower() == "no")
        or (attribute.name == "class" and "notranslate" in attribute.value.split())
        for attribute in event.attributes()
    )


def _strings(event: Event) -> Iterator[Mark]:
    """Text with each entity apart, so that places in it can be told."""
    at = 0
    for entity in _ENTITY.finditer(event.raw):
        letter = unescape(entity.group())
        if letter == entity.group():
            continue
        if entity.start() > at:
            yield Mark(event.start + at, event.start + entity.start(), event.raw[at : entity.start()])
        yield Mark(event.start + entity.start(), event.start + entity.end(), letter)
        at = entity.end()
    if at < len(event.raw):
        yield Mark(event.start + at, event.end, event.raw[at:])
