"""The sample site's Word and PowerPoint files, made from their texts."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from assistant.localization.site.office_texts import CASE, DECK

_DATE = (2026, 10, 20, 9, 0, 0)


def case(locale: str) -> bytes:
    """A customer case in Word: headings, formatting within sentences, a table, a quote, header and footer."""
    import docx

    texts = CASE[locale]
    document = docx.Document()
    _speak(document.styles.element, locale)
    document.core_properties.title = texts.title
    document.core_properties.author = texts.company
    section = document.sections[0]
    section.header.paragraphs[0].text = texts.header
    section.footer.paragraphs[0].text = texts.footer
    document.add_heading(texts.title, 0)
    _in_bold(document.add_paragraph(), texts.lead)
    document.add_heading(texts.results, 1)
    table = document.add_table(len(texts.rows), len(texts.rows[0]))
    table.style = "Light Grid Accent 1"
    for row, cells in zip(table.rows, texts.rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph()
    _in_bold(document.add_paragraph(), texts.when)
    document.add_paragraph(texts.quote, style="Intense Quote")
    return _saved(document)


def deck(locale: str) -> bytes:
    """A launch deck in PowerPoint: title, bullets, a table, notes."""
    import pptx
    from pptx.util import Inches

    texts = DECK[locale]
    presentation = pptx.Presentation()
    presentation.core_properties.title = texts.title
    presentation.core_properties.author = presentation.core_properties.last_modified_by = texts.company
    layouts = presentation.slide_layouts
    first = presentation.slides.add_slide(layouts[0])
    first.shapes.title.text, first.placeholders[1].text = texts.title, texts.subtitle
    second = presentation.slides.add_slide(layouts[1])
    second.shapes.title.text = texts.why
    second.placeholders[1].text_frame.text = texts.reasons[0]
    for reason in texts.reasons[1:]:
        second.placeholders[1].text_frame.add_paragraph().text = reason
    second.notes_slide.notes_text_frame.text = texts.notes
    third = presentation.slides.add_slide(layouts[5])
    third.shapes.title.text = texts.pilot
    shape = third.shapes.add_table(len(texts.rows), 3, Inches(0.6), Inches(1.8), Inches(8.8), Inches(2))
    for number, cells in enumerate(texts.rows):
        for column, text in enumerate(cells):
            shape.table.cell(number, column).text = text
    return _saved(presentation)


def _in_bold(paragraph: Any, text: str) -> None:
    """The text, with what stands between two stars in bold."""
    for number, piece in enumerate(text.split("*")):
        if piece:
            paragraph.add_run(piece).bold = bool(number % 2) or None


def _speak(styles: Any, locale: str) -> None:
    """The language of the text, and for Chinese a Chinese font: the template's own is a Japanese one."""
    from docx.oxml.ns import qn

    for lang in styles.iter(qn("w:lang")):
        lang.set(qn("w:eastAsia" if locale.startswith("zh") else "w:val"), locale)
    if locale.startswith("zh"):
        for fonts in styles.iter(qn("w:rFonts")):
            fonts.attrib.pop(qn("w:eastAsiaTheme"), None)
            fonts.set(qn("w:eastAsia"), "宋体")


def _saved(document: Any) -> bytes:
    """The file, dated the same whenever it is made: the same texts are the same bytes."""
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            entry = zipfile.ZipInfo(info.filename, _DATE)
            target.writestr(entry, source.read(info), zipfile.ZIP_DEFLATED)
    return out.getvalue()
