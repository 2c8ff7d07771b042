"""An Office file that was read: its paragraphs as units, and the package with some of them rewritten."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.ooxml import CORE, TITLE, Package, serialized
from assistant.localization.unit import Unit
from knowledge.domain.locale import Locale


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a part. `id` is unique in the part; `rewrite` puts a target into the part's tree. A `copied` one
    is no unit of its own: it takes the target of the paragraph of this file that says the same."""

    id: str
    content: Content
    place: str
    rewrite: Callable[[Content, Locale], None]
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part with text: its name in the package, and how the paragraphs of its tree are found."""

    name: str
    paragraphs: Callable[[Any], Iterator[Paragraph]]


class OfficeFile:
    """A Word or PowerPoint file, or what is drawn in a workbook. Raises `UnreadableFile` when a part cannot be read."""

    def __init__(self, package: Package, parts: Sequence[Part], reading: Reading) -> None:
        self._package, self._parts, self._locale = package, parts, reading.target
        self._units = tuple(self._read())

    @property
    def units(self) -> Sequence[Unit]:
        return self._units

    def write(self, written: Written) -> bytes:
        """The package with new parts where a target differs from the source; else the same bytes."""
        return self._package.with_parts(self.changed_parts(written))

    def changed_parts(self, written: Written) -> dict[str, bytes]:
        """The parts in which anything changes, by name."""
        new = {
            unit.id: written.targets[unit.id]
            for unit in self._units
            if unit.id in written.targets and written.targets[unit.id] != unit.source
        }
        if not new:
            return {}
        said = {unit.source: new[unit.id] for unit in self._units if unit.id in new}
        changed: dict[str, bytes] = {}
        for part in self._parts:
            root = self._package.tree(part.name)
            if self._rewrite(part, root, new, said):
                changed[part.name] = serialized(root)
        return changed

    def _rewrite(self, part: Part, root: Any, new: dict[str, Content], said: dict[Content, Content]) -> bool:
        """Whether anything in the part was changed. All is read before anything is."""
        found = False
        for paragraph in list(part.paragraphs(root)):
            own = said.get(paragraph.content) if paragraph.copied else new.get(_id(part, paragraph))
            if own is not None:
                paragraph.rewrite(own, self._locale)
                found = True
        return found

    def _read(self) -> Iterator[Unit]:
        for part in self._parts:
            for paragraph in part.paragraphs(self._package.tree(part.name)):
                if not paragraph.copied and paragraph.content.says_something:
                    yield Unit(_id(part, paragraph), paragraph.content, place=paragraph.place, prose=True)


def _id(part: Part, paragraph: Paragraph) -> str:
    return f"{part.name}#{paragraph.id}"


def core_title(package: Package) -> Iterator[Part]:
    """The part with the file's title in its properties, where it has one."""
    for part in package.of_type(CORE):
        yield Part(part, _title)


def _title(root: Any) -> Iterator[Paragraph]:
    element = root.find(TITLE)
    if element is None or not (element.text or "").strip():
        return

    def rewrite(target: Content, _: Locale) -> None:
        element.text = " ".join(str(target).split())

    yield Paragraph("title", Content.of(element.text), "title in the properties", rewrite)
