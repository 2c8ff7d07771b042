"""Office Open XML packages: their parts, how they lead to one another, and writing them with some parts changed."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from knowledge.domain.errors import UnreadableFile
from knowledge.reading.ooxml import package
from knowledge.reading.source import Source

RELATIONSHIPS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
CORE = "core-properties+xml"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

_TYPES = "[Content_Types].xml"
_REMEDY = "open it in Office and save it again"


@dataclass(frozen=True, slots=True)
class Related:
    """A part that another one names: the id of the relationship, the last word of its type (`slide`), the part."""

    id: str
    kind: str
    part: str


class Package:
    """A package in memory, checked for encryption, bombs and entities. Raises `UnreadableFile`."""

    def __init__(self, data: bytes, name: str, suffix: str) -> None:
        self._source = Source(Path(name), data)
        package(self._source, suffix)
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._members = {info.filename for info in self._archive.infolist()}
        self._types = self._content_types()

    def of_type(self, ending: str) -> list[str]:
        """The names of the parts whose content type ends so, in the order of the package."""
        return [name for name in self._archive.namelist() if self._types.get(name, "").endswith(ending)]

    def tree(self, part: str) -> Any:
        """The root element of a part, parsed anew at each call."""
        # No entities, no network: the package was searched for declarations before.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(self._archive.read(part), parser)
        except KeyError as error:
            raise self.damaged(f"lacks its part {part}") from error
        except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
            raise self.damaged(f"has a damaged part {part} ({error})") from error

    def related(self, part: str) -> list[Related]:
        """The parts inside the package that `part` names, in the order in which it names them."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self._members:
            return []
        found = []
        for element in self.tree(listed).iterchildren("{*}Relationship"):
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
            if element.get("TargetMode") != "External" and target in self._members:
                found.append(Related(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], target))
        return found

    def damaged(self, reason: str) -> UnreadableFile:
        """The error to raise, with the file's name in it."""
        return self._source.unreadable(reason, _REMEDY)

    def with_parts(self, changed: Mapping[str, bytes]) -> bytes:
        """The package with these parts in place of its own; the file itself when nothing is changed. All other
        entries keep their content, order, date and kind of compression."""
        if not changed:
            return self._source.data
        out = io.BytesIO()
        try:
            with zipfile.ZipFile(out, "w") as target:
                for info in self._archive.infolist():
                    data = changed[info.filename] if info.filename in changed else self._archive.read(info)
                    target.writestr(_entry(info), data)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise self.damaged(f"has a damaged entry ({error})") from error
        return out.getvalue()

    def _content_types(self) -> dict[str, str]:
        root = self.tree(_TYPES)
        by_ending = {
            element.get("Extension", "").lower(): element.get("ContentType", "")
            for element in root.iterchildren("{*}Default")
        }
        found = {name: by_ending.get(name.rpartition(".")[2].lower(), "") for name in self._members}
        for element in root.iterchildren("{*}Override"):
            found[element.get("PartName", "").lstrip("/")] = element.get("ContentType", "")
        return found


def _entry(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(info.filename, info.date_time)
    entry.compress_type, entry.external_attr, entry.comment = info.compress_type, info.external_attr, info.comment
    return entry


def serialized(root: Any) -> bytes:
    """A part as bytes, with the declaration that Office writes."""
    body: bytes = etree.tostring(root, encoding="UTF-8")
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n' + body
