"""Text in drawings: slides, text boxes, chart titles and diagrams of all Office files."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from lxml import etree

from assistant.localization.content import Content
from assistant.localization.formats.formatted import Atom, Formatted, Inline, Run, Style, described
from assistant.localization.formats.office_file import Paragraph, Part
from assistant.localization.formats.ooxml import FALLBACK, Package
from knowledge.domain.locale import Locale

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"

# What is told of a run and no reader sees.
_UNSEEN = ("lang", "altLang", "dirty", "err", "smtClean", "smtId", "noProof", "bmk", "kern", "spc")
_FONTS = (f"{A}latin", f"{A}ea", f"{A}cs", f"{A}sym")
_NAMES = {"chart": "chart", "diagramData": "diagram", "diagramDrawing": "diagram"}


def drawing_part(part: str, place: str, kind: str = "") -> Part:
    """A part with drawn text; `kind` is the type of the relationship that leads to it."""
    return Part(part, lambda root: _paragraphs(root, place, kind))


def drawings_of(package: Package, part: str, place: str = "") -> Iterator[Part]:
    """The charts and diagrams that a part shows. The figures and names of a chart belong to its workbook."""
    for related in package.related(part):
        if related.kind in _NAMES:
            yield drawing_part(related.part, ", ".join(filter(None, (place, _NAMES[related.kind]))), related.kind)


def _paragraphs(root: Any, place: str, kind: str) -> Iterator[Paragraph]:
    for number, element in enumerate(root.iter(f"{A}p"), start=1):
        parents = list(element.iterancestors())
        if kind == "chart" and not any(parent.tag == f"{C}title" for parent in parents):
            continue
        if any(_is_hidden(parent) for parent in parents):
            continue
        # The drawing of a diagram repeats the words of its data.
        copied = kind == "diagramDrawing" or any(parent.tag == FALLBACK for parent in parents)
        paragraph = DrawnParagraph(element)
        yield Paragraph(f"p{number}", paragraph.content, place, paragraph.rewrite, copied=copied)


def _is_hidden(shape: Any) -> bool:
    told = next((one for holder in shape if "}nv" in str(holder.tag) for one in holder), None)
    return told is not None and told.get("hidden") in ("1", "true")


class DrawnParagraph:
    """An `a:p`: what is to be translated in it. Reading does not change the element; `rewrite` does."""

    def __init__(self, element: Any) -> None:
        self._element = element
        self._formatted = Formatted([atom for child in element for atom in _atoms(child)])
        self.content = self._formatted.content

    def rewrite(self, target: Content, locale: Locale) -> None:
        """Put the target in place of the words, its runs marked as being in `locale`."""
        inner = self._formatted.elements(target, lambda properties, text: _run(properties, text, locale))
        element = self._element
        for child in list(element):
            if child.tag not in (f"{A}pPr", f"{A}endParaRPr"):
                element.remove(child)
        at = int(element.find(f"{A}pPr") is not None)
        element[at:at] = inner


def _atoms(child: Any) -> Iterator[Atom]:
    if child.tag == f"{A}r":
        text = " ".join((child.findtext(f"{A}t") or "").split("\n"))
        if text:
            style = _style(child.find(f"{A}rPr"))
            yield Run(text, style, not text.strip() and ' u="' not in style.key)
    elif child.tag == f"{A}br":
        yield Inline("br", lambda: [child], movable=False)
    elif child.tag == f"{A}fld":
        yield Inline("field", lambda: [child])
    elif isinstance(child.tag, str) and child.tag not in (f"{A}pPr", f"{A}endParaRPr"):
        yield Inline("object", lambda: [child])


def _style(properties: Any) -> Style:
    if properties is None:
        return Style("")
    seen = sorted(f' {name}="{value}"' for name, value in properties.items() if name not in _UNSEEN)
    seen += sorted(described(child) for child in properties if child.tag not in _FONTS and isinstance(child.tag, str))
    return Style("".join(seen), len(seen), "", properties)


def _run(properties: Any, text: str, locale: Locale) -> Any:
    run = etree.Element(f"{A}r", nsmap={"a": A[1:-1]})
    own = copy.deepcopy(properties) if properties is not None else etree.Element(f"{A}rPr")
    for name in ("err", "dirty"):
        own.attrib.pop(name, None)
    own.set("lang", locale.tag)
    run.append(own)
    etree.SubElement(run, f"{A}t").text = text.replace("\n", " ")
    return run
