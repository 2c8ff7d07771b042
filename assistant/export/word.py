"""Word: real styles, an East Asian font on each of them. A marked draft has its citations as superscripts and its
sources at the end; a clean copy has real footnotes."""

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
    carried_line,
    cites,
    clean,
    facts,
    name_of,
    one_line,
    origin_line,
    repair_line,
    texts_of,
)
from assistant.export.provenance import Colophon, as_json
from assistant.export.word_styles import GREY, INK, set_note_styles, set_styles
from knowledge.domain.finding import Finding, Severity

_BLOCK_STYLES = {Shape.LIST: "List Bullet", Shape.QUOTE: "Quote", Shape.SUBTITLE: "Subtitle"}
_RED = "B3261E"


def word_file(draft: Draft, *, marked: bool = True, sources: bool = True, colophon: Colophon | None = None) -> bytes:
    """The draft as the bytes of a .docx file."""
    from docx import Document

    from assistant.export.word_parts import add_footnotes

    labels = labels_for(draft.locale)
    page = lay_out(draft, labels)
    document = Document()
    set_styles(document, draft.locale)
    _set_properties(document, draft, page, marked, labels)
    notes = bool(colophon and sources and draft.evidence)
    if colophon:
        _set_history(document, colophon, labels)
    if notes:
        set_note_styles(document, draft.locale)
    writer = _Writer(document, draft, labels, sources, notes)
    _add_page_lines(document, draft, marked, labels)
    if colophon and colophon.head:
        _label(document, colophon.head, _RED if colophon.marked else GREY)
    writer.paragraph(document.add_paragraph(style="Title"), page.headline)
    for section in page.sections:
        if section.heading:
            document.add_heading(one_line(section.heading), level=1)
        for block in section.blocks:
            writer.block(block)
    if marked:
        writer.findings()
    if colophon and colophon.foot:
        _label(document, colophon.foot, GREY)
    if notes:
        add_footnotes(document, [_note(evidence, labels) for evidence in draft.evidence])
    elif sources and draft.evidence:
        writer.sources_list()
    file = BytesIO()
    document.save(file)
    return file.getvalue()


class _Writer:
    """Writes blocks of one draft into one document."""

    def __init__(self, document: Any, draft: Draft, labels: Labels, sources: bool, notes: bool) -> None:
        self.document, self.draft, self.labels, self.sources = document, draft, labels, sources
        self.notes = {evidence.id: number for number, evidence in enumerate(draft.evidence, 1)} if notes else {}
        self.noted: set[int] = set()

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
        for at, id_ in enumerate(cites(self.draft, paragraph, self.sources)):
            if self.notes:
                self.footnote(place, self.notes[id_], follows=at > 0)
                continue
            mark = place.add_run(f"[{id_}]")
            mark.font.superscript, mark.font.size = True, Pt(11)
            _colour(mark, GREY)

    def footnote(self, place: Any, number: int, *, follows: bool) -> None:
        """The mark of a footnote, or a pointer to it where it stands already; a comma where it follows another."""
        from assistant.export.word_parts import refer, refer_again

        if follows:
            place.add_run(",").font.superscript = True

        (refer_again if number in self.noted else refer)(place, number)
        self.noted.add(number)

    def table(self, table: Table) -> None:
        """First row the columns, first column the rows' names."""
        from docx.shared import Pt

        grid = self.document.add_table(rows=1, cols=len(table.columns) + 1)
        grid.style = "Table Grid"
        grid.style.paragraph_format.space_after = Pt(3)
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
        if self.draft.claim_table:
            self.document.add_heading(self.labels["claim_table"], level=1)
        for row in self.draft.claim_table:
            self.document.add_paragraph(carried_line(row, self.labels), style="List Bullet")
        if self.draft.repairs:
            self.document.add_heading(self.labels["repairs"], level=1)
        for repair in self.draft.repairs:
            self.document.add_paragraph(repair_line(repair, self.labels), style="List Bullet")

    def finding(self, finding: Finding, words: str) -> None:
        """One finding as a bullet: severity and check, words, message, fix."""
        place = self.document.add_paragraph(style="List Bullet")
        severity = place.add_run(f"{self.labels.of('severity', finding.severity)} {one_line(finding.check)}")
        severity.bold = True
        _colour(severity, _RED if finding.severity is Severity.ERROR else INK)
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
        _colour(known, GREY)
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


def _set_history(document: Any, colophon: Colophon, labels: Labels) -> None:
    """The provenance as custom properties, one place for the AIGC field; who approved among the core ones."""
    from assistant.export.word_parts import add_custom_properties

    history = colophon.provenance
    label, properties = history.aigc(), document.core_properties
    values = {
        "AIGC": as_json(label) if label else "",
        "DigitalSourceType": history.source_type(),
        "Provenance": as_json(history.to_json()),
        "DraftMark": MARK if colophon.marked else "",
    }
    add_custom_properties(document, {name: value for name, value in values.items() if value})
    if not label:
        properties.keywords = ""
    approved = one_line(history.approved.by)
    told = (labels["ai"] if label else "", labels.named("approved_by", approved) if approved else "")
    properties.comments = clean(" · ".join(filter(None, told)))[:255]
    properties.author = properties.last_modified_by = (one_line(history.producer) or "Koujing")[:255]
    if colophon.marked:
        properties.category = properties.content_status = MARK
    when = history.exported.at
    if when is not None:
        properties.created = properties.modified = when.astimezone(UTC).replace(tzinfo=None) if when.tzinfo else when


def _note(evidence: Evidence, labels: Labels) -> str:
    return " · ".join([name_of(evidence), *facts(evidence, labels)])


def _label(document: Any, text: str, rgb: str) -> None:
    """A line that says of the text how it was made."""
    from docx.shared import Pt

    place = document.add_paragraph(style="Normal")
    place.paragraph_format.space_before = Pt(14)
    run = place.add_run(text)
    run.font.size = Pt(9.5)
    _colour(run, rgb)


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
