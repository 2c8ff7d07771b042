"""PowerPoint: a unit per paragraph of the slides in their order, with tables, groups, chart titles, diagrams and notes.

Hidden slides are translated too: one click shows them. Left as they are: masters and layouts, comments, hidden shapes,
slide numbers and dates, the figures and names of charts (they belong to the chart's workbook).
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.localization.formats.base import Reading
from assistant.localization.formats.drawing import drawing_part, drawings_of
from assistant.localization.formats.office_file import OfficeFile, Part, core_title
from assistant.localization.formats.ooxml import RELATIONSHIPS, Package

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"

_SUFFIX = ".pptx"
_MAIN = ("presentation.main+xml", "slideshow.main+xml")


class Pptx:
    """`.pptx`: places are `slide N`, `slide N, notes`, `slide N, chart`."""

    id = "pptx"
    suffixes = (_SUFFIX,)

    def recognises(self, name: str, data: bytes) -> bool:
        """Any file with the suffix: what is wrong with another one is told when it is read."""
        return True

    def read(self, data: bytes, reading: Reading) -> OfficeFile:
        """Raises `UnreadableFile`."""
        package = Package(data, reading.name, _SUFFIX)
        main = [part for ending in _MAIN for part in package.of_type(ending)]
        if not main:
            raise package.damaged("has no presentation")
        return OfficeFile(package, [*_parts(package, main[0]), *core_title(package)], reading)


def _parts(package: Package, main: str) -> Iterator[Part]:
    parts = {related.id: related.part for related in package.related(main) if related.kind == "slide"}
    seen: set[str] = set()
    slides = package.tree(main).iterfind(f"{P}sldIdLst/{P}sldId")
    for number, slide in enumerate(slides, start=1):
        part = parts.get(slide.get(f"{RELATIONSHIPS}id", ""))
        if part is None or part in seen:
            continue
        seen.add(part)
        place = f"slide {number}"
        yield drawing_part(part, place)
        notes = [drawing_part(r.part, f"{place}, notes") for r in package.related(part) if r.kind == "notesSlide"]
        for found in (*notes, *drawings_of(package, part, place)):
            if found.name not in seen:
                seen.add(found.name)
                yield found
