"""Word: real styles, an East Asian font on each of them, citations as superscripts, sources at the end."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from assistant.draft import Draft, Evidence, Paragraph
from assistant.export.labels import MARK, Labels, labels_for
from assistant.export.layout import Block, Layout, Shape, Table, lay_out
from assistant.export.plain import (
    about,
    by_severity,
    cites,
    clean,
    facts,
    name_of,
    one_line,
    origin_line,
    repair_line,
    texts_of,
)
from knowledge.domain.finding import Finding, Severity

SERIF, SONGTI, HEITI = "Georgia", "宋体", "黑体"
"""Latin text, Chinese text, Chinese headings. Word replaces 宋体 by the system's own Song face where it is missing."""

_HEADINGS = ("Title", "Heading 1", "Heading 2")
_STYLES = ("Normal", "Subtitle", "List Bullet", "Quote", "Intense Quote", "Header", "Footer", *_HEADINGS)
_BLOCK_STYLES = {Shape.LIST: "List Bullet", Shape.QUOTE: "Quote", Shape.SUBTITLE: "Subtitle"}
_INK, _GREY, _RED = "1B1D1F", "5F6468", "B3261E"


def word_file(draft: Draft, *, marked: bool = True, sources: bool = True) -> bytes:
    """The draft as the bytes of a .docx file."""
    from docx import Document

    labels = labels_for(draft.locale)
    page = lay_out(draft, labels)
    document = Document()
    _set_styles(document, draft.locale)
    _set_properties(document, draft, page, marked, labels)
    writer = _Writer(document, draft, labels, sources)
    _add_page_lines(document, draft, marked, labels)
    writer.paragraph(document.add_paragraph(style="Title"), page.headline)
    for section in page.sections:
        if section.heading:
            document.add_heading(one_line(section.heading), level=1)
        for block in section.blocks:
            writer.block(block)
    if marked:
        writer.findings()
    if sources and draft.evidence:
        writer.sources_list()
    file = BytesIO()
    document.save(file)
    return file.getvalue()


class _Writer:
    """Writes blocks of one draft into one document."""

    def __init__(self, document: Any, draft: Draft, labels: Labels, sources: bool) -> None:
        self.document, self.draft, self.labels, self.sources = document, draft, labels, sources

    def block(self, block: Block) -> None:
        """A table, or each paragraph in the style of its shape."""
        if block.table is not None:
            self.table(block.table)
            return
        for paragraph in block.paragraphs:
            place = self.document.add_paragraph(style=_BLOCK_STYLES.get(block.shape, "Normal"))
            self.paragraph(place, paragraph, bold=block.shape is Shape.LINE)

    def paragraph(self, place: Any, paragraph: Paragraph, *, bold: bool = False) -> None:
        """The text, a gap shaded as a fill-in box, then its citations."""
        from docx.shared import Pt

        text = clean(paragraph.text).strip()
        run = place.add_run(self.labels.gap(text) if paragraph.gap else text)
        run.bold = bold or None
        if paragraph.gap:
            _shade(run)
        for id_ in cites(self.draft, paragraph, self.sources):
            mark = place.add_run(f"[{id_}]")
            mark.font.superscript, mark.font.size = True, Pt(11)
            _colour(mark, _GREY)

    def table(self, table: Table) -> None:
        """First row the columns, first column the rows' names."""
        grid = self.document.add_table(rows=1, cols=len(table.columns) + 1)
        grid.style = "Table Grid"
        _repeat_header(grid.rows[0])
        for place, column in zip(grid.rows[0].cells[1:], table.columns, strict=True):
            place.paragraphs[0].add_run(one_line(column)).bold = True
        for name, cells in table.rows:
            row = grid.add_row().cells
            row[0].paragraphs[0].add_run(one_line(name)).bold = True
            for place, paragraphs in zip(row[1:], cells, strict=True):
                for number, paragraph in enumerate(paragraphs):
                    self.paragraph(place.paragraphs[0] if number == 0 else place.add_paragraph(), paragraph)
                if not paragraphs:
                    place.paragraphs[0].add_run("—")
        self.document.add_paragraph()

    def findings(self) -> None:
        """The section of findings; it says so when there are none."""
        self.document.add_heading(self.labels["findings"], level=1)
        texts = texts_of(self.draft)
        for finding in by_severity(self.draft.findings):
            self.finding(finding, about(finding, texts))
        if not self.draft.findings:
            self.document.add_paragraph(self.labels["no_findings"])
        if self.draft.repairs:
            self.document.add_heading(self.labels["repairs"], level=1)
        for repair in self.draft.repairs:
            self.document.add_paragraph(repair_line(repair, self.labels), style="List Bullet")

    def finding(self, finding: Finding, words: str) -> None:
        """One finding as a bullet: severity and check, words, message, fix."""
        place = self.document.add_paragraph(style="List Bullet")
        severity = place.add_run(f"{self.labels.of('severity', finding.severity)} {one_line(finding.check)}")
        severity.bold = True
        _colour(severity, _RED if finding.severity is Severity.ERROR else _INK)
        said = f" “{words}”" if words else ""
        fix = f" → {one_line(finding.fix)}" if finding.fix else ""
        place.add_run(f"{said}{self.labels['colon']}{one_line(finding.message)}{fix}")

    def sources_list(self) -> None:
        """The evidence: id and title, what is known about it, its text as a quote."""
        self.document.add_heading(self.labels["sources"], level=1)
        for evidence in self.draft.evidence:
            self.source(evidence)

    def source(self, evidence: Evidence) -> None:
        """One source."""
        place = self.document.add_paragraph()
        place.paragraph_format.keep_with_next = True
        place.add_run(f"[{evidence.id}] {name_of(evidence)}").bold = True
        known = place.add_run("".join(f" · {fact}" for fact in facts(evidence, self.labels)))
        _colour(known, _GREY)
        if evidence.text.strip():
            self.document.add_paragraph(clean(evidence.text).strip(), style="Intense Quote")


def _set_properties(document: Any, draft: Draft, page: Layout, marked: bool, labels: Labels) -> None:
    # Core properties hold at most 255 characters.
    properties = document.core_properties
    now = datetime.now(UTC).replace(tzinfo=None)
    title = one_line(page.headline.text)
    origin = " · ".join(origin_line(draft, labels))
    properties.title = (f"{MARK} {title}" if marked else title)[:255]
    properties.subject = origin[:255]
    properties.category = MARK if marked else ""
    properties.content_status = MARK if marked else labels.of("state", draft.state)
    properties.keywords = f"{MARK}, {labels['ai']}" if marked else labels["ai"]
    note = f"{MARK} · {labels['ai_label']}" if marked else labels["ai"]
    properties.comments = clean(f"{note} · {labels.named('model', draft.model or '—')}")[:255]
    properties.author = properties.last_modified_by = "Koujing"
    properties.identifier = clean(draft.id)[:255]
    properties.version = str(draft.version)
    properties.language = draft.locale
    properties.created = properties.modified = now


def _add_page_lines(document: Any, draft: Draft, marked: bool, labels: Labels) -> None:
    """The line at the head of each page that says DRAFT; once more in the text, which survives copying."""
    if not marked:
        return
    head = document.sections[0].header.paragraphs[0]
    run = head.add_run(MARK)
    run.bold = True
    _colour(run, _RED)
    head.add_run(f" · {' · '.join(origin_line(draft, labels))}")
    line = document.add_paragraph()
    run = line.add_run(f"{MARK} · {labels['ai_label']}")
    _colour(run, _RED)


def _set_styles(document: Any, locale: str) -> None:
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    for name in _STYLES:
        style = document.styles[name]
        _set_fonts(style, HEITI if name in _HEADINGS else SONGTI, locale)
        style.font.color.rgb = RGBColor.from_string(_INK if name != "Header" else _GREY)
    document.styles["Normal"].font.size = Pt(11)
    document.styles["Normal"].paragraph_format.line_spacing = 1.4
    document.styles["Normal"].paragraph_format.space_after = Pt(8)
    document.styles["Title"].font.size = Pt(24)
    document.styles["Subtitle"].font.size = Pt(14)
    document.styles["Heading 1"].font.size = Pt(15)
    document.styles["Header"].font.size = Pt(9)
    for name in ("Subtitle", "Quote", "Intense Quote"):
        # Slanted Chinese characters are hard to read.
        document.styles[name].font.italic = False
    quoted = document.styles["Intense Quote"]
    quoted.font.bold, quoted.font.size = False, Pt(9.5)
    quoted.font.color.rgb = RGBColor.from_string(_GREY)
    quoted.paragraph_format.left_indent = quoted.paragraph_format.right_indent = Cm(0.6)
    quoted.paragraph_format.space_before, quoted.paragraph_format.space_after = Pt(2), Pt(10)
    document.styles["Quote"].paragraph_format.left_indent = Cm(1)
    for name in ("Title", "Intense Quote"):
        _colour_rules(document.styles[name])


def _set_fonts(style: Any, east_asian: str, locale: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    style.font.name = SERIF
    properties = style.element.get_or_add_rPr()
    fonts = properties.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        # A theme font would win over the named one.
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east_asian)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "en-US" if locale.startswith("zh") else locale)
    language.set(qn("w:eastAsia"), locale if locale.startswith("zh") else "zh-CN")


def _colour_rules(style: Any) -> None:
    """The rule under a title or a source in grey instead of the theme's blue."""
    from docx.oxml.ns import qn

    for rule in style.element.iterfind(".//" + qn("w:pBdr") + "/*"):
        rule.set(qn("w:color"), "D9D5CA")
        for theme in ("themeColor", "themeTint", "themeShade"):
            rule.attrib.pop(qn(f"w:{theme}"), None)


def _colour(run: Any, rgb: str) -> None:
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor.from_string(rgb)


def _shade(run: Any) -> None:
    """A light box behind a gap."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F6E3E0")):
        shade.set(qn(f"w:{name}"), value)
    run._r.get_or_add_rPr().append(shade)


def _repeat_header(row: Any) -> None:
    """The table's first row again at the top of each page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
