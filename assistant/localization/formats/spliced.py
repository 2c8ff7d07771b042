"""Text files in which only the places of the units are written anew: every other byte stays."""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.localization.content import Code, Content
from assistant.localization.formats.base import Written
from assistant.localization.unit import Unit
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.reading.encoding import decode

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file's text, the encoding it came in and its byte order mark. `declared`: the file itself names the encoding,
    so it cannot be changed. `missing` is what `str.encode` does with letters it lacks: `xmlcharrefreplace` for HTML."""

    text: str
    encoding: str = "utf-8"
    mark: bytes = b""
    declared: bool = False
    missing: str = "strict"

    def written(self, text: str, name: str) -> bytes:
        """`text` in the file's encoding; in UTF-8 where letters are new to the encoding and nothing declares it.

        Raises `InputError` when no encoding holds it.
        """
        for encoding in (self.encoding,) if self.declared else (self.encoding, "utf-8"):
            try:
                return self.mark + text.encode(encoding, self.missing)
            except UnicodeEncodeError as error:
                letter = f"U+{ord(text[error.start]):04X}"
        raise InputError(f"{name}: {letter} cannot be written in {self.encoding}; change the text or the encoding")


def decoded(data: bytes, name: str, declared: str = "") -> Encoded:
    """The text of a file, such that writing it gives the same bytes. `declared` is the encoding that the file names.

    Raises `UnreadableFile` when it is no text, or in no encoding that can be told.
    """
    found = _by_mark(data) or (_as(data, declared) if declared else None)
    if found is None and (told := decode(data)) is not None and not told.lossy:
        found = Encoded(told.text, told.encoding)
    if found is None or "\x00" in found.text or found.mark + found.text.encode(found.encoding) != data:
        raise UnreadableFile(name, "not text in an encoding that can be told", "save it as UTF-8")
    return found


def _by_mark(data: bytes) -> Encoded | None:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return Encoded(data[len(mark) :].decode(encoding), encoding, mark)
            except UnicodeDecodeError:
                return None
    return None


def _as(data: bytes, encoding: str) -> Encoded | None:
    try:
        found = Encoded(data.decode(encoding), encoding, declared=True)
        return found if found.text.encode(encoding) == data else None
    except (UnicodeError, LookupError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a unit stands in the text, and how a new target is written there.

    A unit inside a code of another one (the title of a link in a sentence) names that unit (`parent`), the code's id
    and its offset in the code's text.
    """

    unit: Unit
    start: int
    end: int
    render: Callable[[Content], str]
    parent: str = ""
    code: str = ""
    offset: int = 0


class Lines:
    """Which line of a text an offset stands in."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]

    def place(self, offset: int) -> str:
        """`line 12`."""
        return f"line {bisect_right(self._starts, offset)}"


class SplicedFile:
    """A file that was read. A target that is the source leaves the bytes as they are; units that are held back are
    not marked, since a reader of the page would see it."""

    def __init__(self, name: str, source: Encoded, slots: Sequence[Slot], extra: Sequence[Slot] = ()) -> None:
        """`extra` are places that change with the file and are no units; each is written when anything else is."""
        self._name, self._source, self._slots, self._extra = name, source, slots, extra

    @property
    def units(self) -> Sequence[Unit]:
        return [slot.unit for slot in self._slots]

    def write(self, written: Written) -> bytes:
        """The target file; raises `InputError` for a letter that the declared encoding cannot hold."""
        edits = self._edits(written.targets)
        text, at, parts = self._source.text, 0, []
        for start, end, new in sorted(edits):
            parts += [text[at:start], new]
            at = end
        parts.append(text[at:])
        return self._source.written("".join(parts), self._name)

    def _edits(self, targets: Mapping[str, Content]) -> list[tuple[int, int, str]]:
        changed: dict[str, Content] = {}
        inside: dict[str, list[Slot]] = defaultdict(list)
        for slot in self._slots:
            target = targets.get(slot.unit.id)
            if target is not None and target != slot.unit.source:
                changed[slot.unit.id] = target
                inside[slot.parent].append(slot)
        edits = []
        for slot in self._slots:
            target = changed.get(slot.unit.id)
            if target is None or slot.parent in changed:
                continue
            target = _with_insides(target, inside[slot.unit.id], changed)
            edits.append((slot.start, slot.end, slot.render(target)))
        if edits:
            edits += [(slot.start, slot.end, slot.render(Content())) for slot in self._extra]
        return edits


def _with_insides(target: Content, slots: Sequence[Slot], targets: Mapping[str, Content]) -> Content:
    """`target` with new texts in its codes."""
    texts: dict[str, str] = {}
    known = {code.id: code.text for code in target.codes}
    for slot in sorted(slots, key=lambda slot: slot.offset, reverse=True):
        text = texts.get(slot.code, known.get(slot.code))
        if text is not None:
            end = slot.offset + slot.end - slot.start
            texts[slot.code] = text[: slot.offset] + slot.render(targets[slot.unit.id]) + text[end:]
    if not texts:
        return target
    return Content.of(*(replace(p, text=texts.get(p.id, p.text)) if isinstance(p, Code) else p for p in target.pieces))
