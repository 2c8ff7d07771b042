"""XLIFF 1.2 and 2.x: bilingual files, edited in place; what is not a target, a state or a note stays letter for letter.

A file whose targets are in another language than the one wanted gives none of them: they go when the file is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.xliff1 import Xliff1
from assistant.localization.formats.xliff2 import Xliff2
from assistant.localization.formats.xliff_entry import Dialect
from assistant.localization.formats.xml_splice import Edits, Element, XmlDocument, parse
from assistant.localization.unit import Unit
from knowledge.domain.errors import UnreadableFile

_ROOT = re.compile(rb"<(?:\w+:)?xliff[\s>]")


class XliffFile:
    """A file that was read."""

    def __init__(self, document: XmlDocument, reading: Reading, dialect: Dialect) -> None:
        self._document, self._reading, self._dialect = document, reading, dialect
        self._entries = dialect.entries(document, reading)

    @property
    def units(self) -> Sequence[Unit]:
        return [entry.unit for entry in self._entries]

    def write(self, written: Written) -> bytes:
        edits = Edits(self._document)
        reasons: dict[Element, list[str]] = {}
        changed = any(e.unit.id in written.targets or e.unit.id in written.held for e in self._entries)
        for entry in self._entries:
            id_ = entry.unit.id
            target, why = written.targets.get(id_), written.held.get(id_)
            if target is not None:
                self._dialect.release(edits, self._document, entry, target)
                reasons.setdefault(entry.home, [])
            elif why is not None:
                self._dialect.hold(edits, self._document, entry)
                reasons.setdefault(entry.home, []).append(" ".join(why.split()))
            elif changed and not entry.unit.target and not entry.unit.source.says_something:
                # Nobody translates a lone placeholder, but programs miss its target.
                self._dialect.release(edits, self._document, entry, entry.unit.source)
            elif changed and entry.foreign:
                self._dialect.hold(edits, self._document, entry)
        for home, why_ in reasons.items():
            self._dialect.set_notes(edits, self._document, home, why_)
        if edits:
            self._dialect.set_language(edits, self._document, self._reading.target)
        return edits.applied()


class Xliff:
    """The format; the version is told by the root."""

    id = "xliff"
    suffixes = (".xlf", ".xliff")

    def recognises(self, name: str, data: bytes) -> bool:
        return _ROOT.search(data[:4096].replace(b"\x00", b"")) is not None

    def read(self, data: bytes, reading: Reading) -> XliffFile:
        document = parse(data, reading.name)
        root = document.root
        version = root.get("version") or ""
        if root.local != "xliff":
            raise UnreadableFile(reading.name, f"the root is <{root.name}>, not <xliff>", "see what kind of file it is")
        if version.startswith("1."):
            return XliffFile(document, reading, Xliff1())
        if version.startswith("2."):
            return XliffFile(document, reading, Xliff2())
        raise UnreadableFile(reading.name, f"XLIFF of version '{version}'", "save it as XLIFF 1.2 or 2.1")
