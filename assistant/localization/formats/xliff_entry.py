"""What XLIFF 1.2 and 2.x have in common: a unit with the elements that hold it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading
from assistant.localization.formats.xml_inline import FileCodes, Rule, content_of, escaped, named_like, raw_of
from assistant.localization.formats.xml_splice import Edits, Element, XmlDocument, unescape
from assistant.localization.protection.codes import with_codes
from assistant.localization.unit import TargetState, Unit
from knowledge.domain.locale import Locale

OURS = "koujing"
"""Whose notes say why a unit was held; they are taken away when it is released."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A unit; `box` is its trans-unit or segment, `home` the element that holds its notes. `foreign`: its target is in
    another language than the one wanted."""

    unit: Unit
    box: Element
    home: Element
    source: Element
    target: Element | None
    foreign: bool
    codes: FileCodes


class Dialect(Protocol):
    """A version of XLIFF."""

    def entries(self, document: XmlDocument, reading: Reading) -> list[Entry]:
        """All that may be translated, in the order of the file."""

    def release(self, edits: Edits, document: XmlDocument, entry: Entry, target: Content) -> None:
        """The target, with the state that says it is translated."""

    def hold(self, edits: Edits, document: XmlDocument, entry: Entry) -> None:
        """The state that says it is not done."""

    def set_notes(self, edits: Edits, document: XmlDocument, home: Element, reasons: Sequence[str]) -> None:
        """The reasons as notes, instead of those that were there."""

    def set_language(self, edits: Edits, document: XmlDocument, locale: Locale) -> None:
        """The target language in the head, where it is missing or another."""


def state_of(source: Content, target: Content | None, state: str, known: Mapping[str, TargetState]) -> TargetState:
    """What the file says of a target. A target without a state comes from a tool that keeps none: it is a translation,
    unless it only repeats the source."""
    if not target:
        return TargetState.NEW
    if state:
        return known.get(state, TargetState.NEEDS_REVIEW)
    return TargetState.NEW if target == source else TargetState.FINAL


def target_content(document: XmlDocument, target: Element | None, source: Content, rule: Rule) -> Content | None:
    """The target as content, its codes named like those of the source; None when it is missing or empty."""
    if target is None:
        return None
    return named_like(with_codes(content_of(document, target, rule)), source) or None


def codes_of(document: XmlDocument, source: Element, target: Element | None, content: Content, rule: Rule) -> FileCodes:
    """Which codes of a unit are elements; `content` is its source with all its codes."""
    own = content_of(document, source, rule).codes
    others = content_of(document, target, rule).codes if target is not None else ()
    codes = FileCodes.of(own, content)
    return replace(codes, elements=codes.elements.union(code.text for code in others))


def raw_target(document: XmlDocument, entry: Entry, target: Content) -> str:
    """The target between its tags; a copy of the source is the source, letter for letter."""
    if target == entry.unit.source:
        return document.raw(entry.source)
    where = f"{document.name}, unit {entry.unit.id}"
    return raw_of(target, entry.codes, where, lambda content: escaped(content, document.line_end))


def put_target(edits: Edits, document: XmlDocument, entry: Entry, raw: str, attributes: Mapping[str, str]) -> None:
    """`raw` in the target, which is made after the source where there is none."""
    if entry.target is not None:
        for name, value in attributes.items():
            edits.set_attribute(entry.target, name, value)
        edits.set_inner(entry.target, raw)
        return
    prefix = entry.source.name.rpartition(":")[0]
    name = f"{prefix}:target" if prefix else "target"
    space = entry.source.get("xml:space")
    given = {**attributes, **({"xml:space": space} if space else {})}
    written = "".join(f' {key}="{value}"' for key, value in given.items())
    first = entry.box.child("source") or entry.source
    edits.insert(entry.source.end, f"{document.indent(first)}<{name}{written}>{raw}</{name}>")


def words_of(document: XmlDocument, element: Element) -> str:
    """The text of a note in one line."""
    return " ".join(unescape(document.raw(element)).split())


class Ids:
    """Ids that are unique in the file, even where the file's own are missing or repeated."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, wanted: str) -> str:
        count = self._seen.get(wanted, 0) + 1
        self._seen[wanted] = count
        return wanted if count == 1 else self.of(f"{wanted}~{count}")
