"""Parts of a Word file that python-docx has no words for, by hand (ECMA-376): custom properties and footnotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id that every custom property of an Office file carries."""

NOTE_STYLE, MARK_STYLE = "footnote text", "footnote reference"
_SEPARATORS = (("separator", "-1"), ("continuationSeparator", "0"))


def add_custom_properties(document: Any, values: Mapping[str, str]) -> None:
    """Texts under names of our own, where Word shows them (File › Info › Advanced properties)."""
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _VALUES})
    for number, (name, value) in enumerate(values.items(), 2):  # ids 0 and 1 are taken
        one = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_FORMAT_ID, pid=str(number), name=name)
        etree.SubElement(one, f"{{{_VALUES}}}lpwstr").text = value
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, _xml(root), package)
    package.relate_to(part, _CUSTOM_PROPERTIES)


def add_footnotes(document: Any, notes: Sequence[str]) -> None:
    """The footnotes 1, 2 … of a document; `refer` sets their marks in the text."""
    root = etree.Element(f"{{{_W}}}footnotes", nsmap={"w": _W})
    for kind, number in _SEPARATORS:
        note = _child(root, "footnote", type=kind, id=number)
        _child(_child(_child(note, "p"), "r"), kind)
    for at, text in enumerate(notes, 1):
        paragraph = _child(_child(root, "footnote", id=str(at)), "p")
        _child(_child(paragraph, "pPr"), "pStyle", val=_id_of(document, NOTE_STYLE))
        mark = _child(paragraph, "r")
        _child(_child(mark, "rPr"), "rStyle", val=_id_of(document, MARK_STYLE))
        _child(mark, "footnoteRef")
        words = _child(_child(paragraph, "r"), "t")
        words.text = f" {text}"
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    part = Part(PackURI("/word/footnotes.xml"), _NOTES_TYPE, _xml(root), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    settings = OxmlElement("w:footnotePr")
    for _, number in _SEPARATORS:
        separator = OxmlElement("w:footnote")
        separator.set(qn("w:id"), number)
        settings.append(separator)
    _before_compat(document.settings.element, settings)


def refer(place: Any, number: int) -> None:
    """The mark of footnote `number` at the end of a paragraph, with a bookmark for later paragraphs to point to."""
    run = place.add_run()
    run.style = place.part.document.styles[MARK_STYLE]
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    run._r.append(mark)
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for point in (start, end):
        point.set(qn("w:id"), str(number))
    start.set(qn("w:name"), f"_note{number}")
    run._r.addprevious(start)
    run._r.addnext(end)


def refer_again(place: Any, number: int) -> None:
    """The number of a footnote that stands already, as a field that follows it when the numbers change."""
    run = place.add_run(str(number))
    run.style = place.part.document.styles[MARK_STYLE]
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" NOTEREF _note{number} \\f \\h ")
    run._r.addprevious(field)
    field.append(run._r)


def add_note_styles(document: Any) -> tuple[Any, Any]:
    """The styles of footnotes and of their marks; python-docx's own document has neither."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    text = document.styles.add_style(NOTE_STYLE, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style, text.font.size = document.styles["Normal"], Pt(9)
    text.paragraph_format.space_after = Pt(2)
    mark = document.styles.add_style(MARK_STYLE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    return text, mark


def _child(parent: Any, name: str, **attributes: str) -> Any:
    return etree.SubElement(parent, f"{{{_W}}}{name}", {f"{{{_W}}}{key}": value for key, value in attributes.items()})


def _id_of(document: Any, style: str) -> str:
    return str(document.styles[style].style_id)


def _before_compat(settings: Any, element: Any) -> None:
    """The schema wants an order: footnotes stand before what says how compatible the file is."""
    compat = settings.find(qn("w:compat"))
    if compat is not None:
        compat.addprevious(element)
    else:
        settings.append(element)


def _xml(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
