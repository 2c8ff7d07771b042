"""XLIFF 2.0, 2.1 and 2.2 (OASIS; ISO 21720): segments of units with their inline elements, states and notes.

A unit that is held gets no target that was not there and the state `initial`, the only one in which the standard lets
the target be missing. A target that is there stays. The reason is a `note` of the category `koujing` of the unit.
Modules (matches, glossary, metadata …) are left untouched; the size restriction is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.localization.content import CodeKind, Content
from assistant.localization.formats.base import Reading
from assistant.localization.formats.xliff_entry import (
    OURS,
    Entry,
    Ids,
    codes_of,
    put_target,
    raw_target,
    state_of,
    target_content,
    words_of,
)
from assistant.localization.formats.xml_inline import Inline, content_of
from assistant.localization.formats.xml_splice import Edits, Element, XmlDocument, escape
from assistant.localization.language_tags import stands_for
from assistant.localization.protection.codes import with_codes
from assistant.localization.unit import TargetState, Unit
from knowledge.domain.locale import Locale

_STATES = {
    "initial": TargetState.NEW,
    "translated": TargetState.FINAL,
    "reviewed": TargetState.FINAL,
    "final": TargetState.FINAL,
}
_COUNTED = frozenset({"xliff:codepoints", "xliff:utf16", "xliff:utf32"})
_SIZE = re.compile(r"^(?:\d+,)?(\d+)$")


def inline(element: Element) -> Inline:
    """How an inline element of 2.x is a code."""
    movable = element.get("canReorder") in (None, "yes")
    match element.local:
        case "mrk" if element.get("translate") == "no":
            return Inline(CodeKind.LITERAL)
        case "pc" | "mrk":
            return Inline(CodeKind.OPEN, nested=True, movable=movable)
        case "sc" | "sm":
            return Inline(CodeKind.OPEN, element.get("id") or "", movable=movable)
        case "ec" | "em":
            return Inline(CodeKind.CLOSE, element.get("startRef") or element.get("id") or "", movable=movable)
        case "ph" if element.get("subType") not in ("xlf:lb", "xlf:pb") and element.get("type") != "image":
            return Inline(CodeKind.PLACEHOLDER, movable=movable)
    return Inline(CodeKind.SINGLE, movable=movable)


class Xliff2:
    """The dialect of version 2."""

    def entries(self, document: XmlDocument, reading: Reading) -> list[Entry]:
        language = document.root.get("trgLang")
        foreign = language is not None and not stands_for(language, reading.target)
        files = list(document.root.named("file"))
        ids = Ids()
        found: list[Entry] = []
        for file in files:
            before = f"{file.get('id') or 'file'}: " if len(files) > 1 else ""
            for home in file.descendants():
                if home.local == "unit" and home.space == document.root.space:
                    found += self._of_unit(document, home, foreign, ids, before)
        return found

    def _of_unit(self, document: XmlDocument, home: Element, foreign: bool, ids: Ids, before: str) -> list[Entry]:
        boxes = list(home.named("segment"))
        base = ids.of(f"{before}{home.get('id') or 'unit'}")
        if home.inherited("translate") == "no":
            return []
        found = []
        for number, box in enumerate(boxes, 1):
            id_ = base if len(boxes) == 1 else ids.of(f"{base}/{box.get('id') or number}")
            source, element = box.child("source"), box.child("target")
            content = with_codes(content_of(document, source, inline)) if source is not None else None
            if source is None or not content:
                continue
            target = None if foreign else target_content(document, element, content, inline)
            unit = Unit(
                id_,
                content,
                place=id_,
                context=home.get("name") or "",
                note=_note(document, home),
                max_length=_max_length(home) if len(boxes) == 1 else None,
                target=target,
                target_state=state_of(content, target, box.get("state") or "", _STATES),
            )
            codes = codes_of(document, source, element, content, inline)
            found.append(Entry(unit, box, home, source, element, foreign, codes))
        return found

    def release(self, edits: Edits, document: XmlDocument, entry: Entry, target: Content) -> None:
        unit = entry.unit
        if target == unit.target and unit.target_state is TargetState.FINAL:
            return
        if target != unit.target:
            put_target(edits, document, entry, raw_target(document, entry, target), {})
        self._set_state(edits, entry.box, "translated")

    def hold(self, edits: Edits, document: XmlDocument, entry: Entry) -> None:
        if entry.foreign and entry.target is not None:
            edits.drop(entry.target)
        if entry.box.get("state") is not None or entry.target is not None:
            self._set_state(edits, entry.box, "initial")

    def _set_state(self, edits: Edits, box: Element, state: str) -> None:
        """The state; a `subState` belongs to the state before and goes with it (2.1, 4.3.1.30)."""
        if box.get("state") != state:
            edits.set_attribute(box, "state", state)
            edits.drop_attribute(box, "subState")

    def set_notes(self, edits: Edits, document: XmlDocument, home: Element, reasons: Sequence[str]) -> None:
        notes = home.child("notes")
        all_ = list(notes.named("note")) if notes is not None else []
        ours = [note for note in all_ if note.get("category") == OURS]
        if reasons and ours:
            edits.set_inner(ours[0], escape("; ".join(reasons)))
        elif reasons:
            prefix = home.name.rpartition(":")[0]
            dot = f"{prefix}:" if prefix else ""
            text = escape("; ".join(reasons))
            note = f'<{dot}note category="{OURS}" appliesTo="target">{text}</{dot}note>'
            if all_:
                edits.insert(all_[-1].end, document.indent(all_[-1]) + note)
            else:
                first = next(c for c in home.children if c.space == home.space and c.local != "notes")
                edits.insert(first.start, f"<{dot}notes>{note}</{dot}notes>{document.indent(first)}")
        if ours and not reasons and notes is not None and len(ours) == len(all_):
            edits.drop(notes)
            return
        for note_ in ours[1 if reasons else 0 :]:
            edits.drop(note_)

    def set_language(self, edits: Edits, document: XmlDocument, locale: Locale) -> None:
        language = document.root.get("trgLang")
        if language is None or not stands_for(language, locale):
            edits.set_attribute(document.root, "trgLang", locale.tag)


def _note(document: XmlDocument, home: Element) -> str:
    notes = home.child("notes")
    if notes is None:
        return ""
    words = (words_of(document, note) for note in notes.named("note") if note.get("category") != OURS)
    return "\n".join(word for word in words if word)


def _max_length(home: Element) -> int | None:
    """The size restriction of the nearest element, where the file counts in characters."""
    size = profile = ""
    here: Element | None = home
    while here is not None:
        for child in here.children:
            if child.local == "profiles" and "sizerestriction" in child.space:
                profile = profile or child.get("generalProfile") or ""
        for name in here.attributes:
            if name.rpartition(":")[2] == "sizeRestriction":
                size = size or here.attributes[name]
        here = here.parent
    found = _SIZE.match(size.strip())
    return int(found.group(1)) if found and profile in _COUNTED else None
