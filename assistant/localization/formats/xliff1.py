"""XLIFF 1.2 (OASIS, 2008): trans-units with their inline elements, states and notes; 1.0 and 1.1 are read alike.

A unit that is held gets no target that was not there: `target` is optional, and a unit without one is untranslated in
every tool, also in those that read no states; a copy of the source would be taken for a translation by some. Where
there is a target already it stays, in the state `needs-review-translation`. The reason is a `note` from="koujing".
"""

from __future__ import annotations

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
from assistant.localization.formats.xml_inline import NESTED, Inline, content_of
from assistant.localization.formats.xml_splice import Edits, Element, XmlDocument, escape
from assistant.localization.language_tags import stands_for
from assistant.localization.protection.codes import with_codes
from assistant.localization.unit import TargetState, Unit
from knowledge.domain.locale import Locale

_STATES = {
    "new": TargetState.NEW,
    "needs-translation": TargetState.NEW,
    "translated": TargetState.FINAL,
    "signed-off": TargetState.FINAL,
    "final": TargetState.FINAL,
}
"""All others (needs-review-…, needs-adaptation, needs-l10n, x-…) want a person."""
_UNSURE = frozenset({"fuzzy-match", "leveraged-mt", "mt-suggestion", "leveraged-inherited", "leveraged-repository"})
"""State qualifiers of proposals that nobody confirmed."""
_BREAKS = frozenset({"lb", "pb", "image"})


def inline(element: Element) -> Inline:
    """How an inline element of 1.2 is a code."""
    pair = element.get("rid") or element.get("id") or ""
    match element.local:
        case "g":
            return NESTED
        case "mrk" if element.get("mtype") == "protected":
            return Inline(CodeKind.LITERAL)
        case "mrk":
            return Inline(CodeKind.OPEN, nested=True, movable=element.get("mtype") != "seg")
        case "bx" | "bpt":
            return Inline(CodeKind.OPEN, pair)
        case "ex" | "ept":
            return Inline(CodeKind.CLOSE, pair)
        case "x" | "ph" if element.get("ctype") not in _BREAKS:
            return Inline(CodeKind.PLACEHOLDER)
    return Inline(CodeKind.SINGLE)


class Xliff1:
    """The dialect of version 1."""

    def entries(self, document: XmlDocument, reading: Reading) -> list[Entry]:
        files = list(document.root.named("file"))
        ids = Ids()
        found: list[Entry] = []
        for file in files:
            language = file.get("target-language")
            foreign = language is not None and not stands_for(language, reading.target)
            before = f"{file.get('original') or 'file'}: " if len(files) > 1 else ""
            for box in file.descendants():
                if box.local == "trans-unit" and box.space == document.root.space:
                    entry = self._entry(document, box, foreign, ids, before)
                    if entry is not None:
                        found.append(entry)
        return found

    def _entry(self, document: XmlDocument, box: Element, foreign: bool, ids: Ids, before: str) -> Entry | None:
        id_ = ids.of(f"{before}{box.get('id') or 'unit'}")
        # `seg-source` is the source again with its sentences marked; the target bears the same marks.
        source = box.child("seg-source") or box.child("source")
        if source is None or box.inherited("translate") == "no":
            return None
        content = with_codes(content_of(document, source, inline))
        if not content:
            return None
        element = box.child("target")
        target = None if foreign else target_content(document, element, content, inline)
        notes = (words_of(document, note) for note in box.named("note") if note.get("from") != OURS)
        unit = Unit(
            id_,
            content,
            place=id_,
            context=box.get("resname") or "",
            note="\n".join(note for note in notes if note),
            max_length=_max_length(box),
            target=target,
            target_state=_state(box, element, content, target),
        )
        return Entry(unit, box, box, source, element, foreign, codes_of(document, source, element, content, inline))

    def release(self, edits: Edits, document: XmlDocument, entry: Entry, target: Content) -> None:
        unit = entry.unit
        if target == unit.target and unit.target_state is TargetState.FINAL:
            return
        if entry.target is not None:
            edits.drop_attribute(entry.target, "state-qualifier")
        if target == unit.target and entry.target is not None:
            edits.set_attribute(entry.target, "state", "translated")
            return
        put_target(edits, document, entry, raw_target(document, entry, target), {"state": "translated"})
        if entry.box.get("approved") == "yes":
            edits.set_attribute(entry.box, "approved", "no")

    def hold(self, edits: Edits, document: XmlDocument, entry: Entry) -> None:
        if entry.target is None:
            return
        if entry.foreign:
            edits.drop(entry.target)
        elif entry.unit.target and entry.unit.target != entry.unit.source:
            edits.set_attribute(entry.target, "state", "needs-review-translation")
        else:
            edits.set_attribute(entry.target, "state", "needs-translation")
        if entry.box.get("approved") == "yes":
            edits.set_attribute(entry.box, "approved", "no")

    def set_notes(self, edits: Edits, document: XmlDocument, home: Element, reasons: Sequence[str]) -> None:
        ours = [note for note in home.named("note") if note.get("from") == OURS]
        text = escape("; ".join(reasons))
        if text and ours:
            edits.set_inner(ours[0], text)
        elif text:
            after = [child for child in home.children if child.local in ("source", "seg-source", "target")]
            edits.insert(after[-1].end, f"{document.indent(after[0])}{_tag(home, text)}")
        for note in ours[1 if text else 0 :]:
            edits.drop(note)

    def set_language(self, edits: Edits, document: XmlDocument, locale: Locale) -> None:
        for file in document.root.named("file"):
            language = file.get("target-language")
            if language is None or not stands_for(language, locale):
                edits.set_attribute(file, "target-language", locale.tag)


def _tag(home: Element, text: str) -> str:
    prefix = home.name.rpartition(":")[0]
    name = f"{prefix}:note" if prefix else "note"
    return f'<{name} from="{OURS}" annotates="target">{text}</{name}>'


def _state(box: Element, element: Element | None, source: Content, target: Content | None) -> TargetState:
    if element is None or not target:
        return TargetState.NEW
    if box.get("approved") == "yes":
        return TargetState.FINAL
    state = state_of(source, target, element.get("state") or "", _STATES)
    unsure = element.get("state-qualifier") in _UNSURE or (box.get("approved") == "no" and not element.get("state"))
    return TargetState.NEEDS_REVIEW if state is TargetState.FINAL and unsure else state


def _max_length(box: Element) -> int | None:
    """`maxwidth` where it counts characters; the default of the format is pixels."""
    width = box.inherited("maxwidth") or ""
    return int(width) if width.isdecimal() and box.inherited("size-unit") == "char" else None
