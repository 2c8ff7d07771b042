"""A draft as the page shows it: the text with its marks, the evidence card of each mark, the findings beside it.

Marks, cards and quotes are those of the HTML export (assistant/export/); here they get addresses that stay the same as
long as their paragraph does, so that a change swaps no more than what it changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from api.console.grounds import Grounds, Line, Told, approvals_of, rests_of, title_of
from assistant.draft import Draft, Paragraph
from assistant.export.labels import Labels, labels_for
from assistant.export.layout import Block, Layout, lay_out
from assistant.export.page import Builder, Cards, Inline, Listed, legend
from assistant.export.plain import about, by_severity, clean, one_line, texts_of
from assistant.publishing.kept import finding_ids, kept_findings
from knowledge.domain.finding import Finding
from knowledge.library import Library

HEADLINE = "headline"
"""The name of a headline that stands in no paragraph; it cannot be edited."""


BLANK = Line("", "", gap=False, pieces=Inline("", (), (), gap=False), cards=())
"""What the script makes a field of for any paragraph."""


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block of the layout with its lines; a table has rows of cells of lines."""

    shape: str
    lines: tuple[Line, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[tuple[Line, ...], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section of the template as it stands on the page."""

    id: str
    heading: str
    blocks: tuple[PlacedBlock, ...]

    @property
    def frame(self) -> tuple[object, ...]:
        """What must stay the same for its paragraphs to be swapped one by one."""
        shapes = tuple((b.shape, b.columns, tuple(line.id for line in b.lines), _grid(b)) for b in self.blocks)
        return (self.id, self.heading, shapes)


@dataclass(frozen=True, slots=True)
class Sheet(Grounds):
    """A version of a draft, ready for the page in the language of its reader."""

    draft: Draft
    headline: Line
    sections: tuple[PlacedSection, ...]
    findings: tuple[Told, ...]

    def lines(self) -> Iterator[Line]:
        """Every line in reading order."""
        yield self.headline
        for section in self.sections:
            for block in section.blocks:
                yield from block.lines

    @property
    def frame(self) -> tuple[object, ...]:
        """The order of the sections; when it changes, the whole text is swapped."""
        return (self.headline.id, *(section.id for section in self.sections))


def sheet_of(draft: Draft, library: Library, language: str) -> Sheet:
    """The page's view of `draft`; `language` is the reader's."""
    labels, layout = labels_for("zh" if language == "zh" else "en"), lay_out(draft, labels_for(draft.locale))
    kept = dict(zip(map(id, draft.findings), kept_findings(draft), strict=True))
    # What somebody keeps asks for nobody's eye any more.
    builder = Builder(draft.evidence, draft.claims, [f for f in draft.findings if kept[id(f)] is None])
    placed = _Placing(builder, labels_for(draft.locale))
    headline = placed.line(layout.headline)
    sections = tuple(
        PlacedSection(section.id, clean(section.heading), tuple(placed.block(block) for block in section.blocks))
        for section in layout.sections
    )
    return Sheet(
        evidence=draft.evidence,
        labels=labels,
        legend=legend(draft.claims, draft.findings),
        rests=rests_of(draft.evidence, draft.claims),
        approvals=approvals_of(draft.evidence, library),
        draft=draft,
        headline=headline,
        sections=sections,
        findings=tuple(_told(draft, layout, placed.targets, language)),
    )


class _Placing:
    """Makes the lines, and remembers which mark shows which finding."""

    def __init__(self, builder: Builder, labels: Labels) -> None:
        self._builder, self._labels = builder, labels
        self.targets: dict[tuple[str | None, Finding], str] = {}

    def line(self, paragraph: Paragraph) -> Line:
        cards = Cards(0, self._builder.evidence)
        inline = self._builder.inline(paragraph, (), self._labels, cards)
        id_ = paragraph.id or HEADLINE
        for card in cards.cards:
            for finding in card.findings:
                self.targets[paragraph.id, finding] = f"m-{id_}-{card.number}"
        text = clean(paragraph.text)
        return Line(id_, text, paragraph.gap, inline, tuple(cards.cards), paragraph.by, fixed=id_ == HEADLINE)

    def block(self, block: Block) -> PlacedBlock:
        if block.table is None:
            return PlacedBlock(str(block.shape), tuple(self.line(p) for p in block.paragraphs))
        rows = tuple(
            (clean(name), tuple(tuple(self.line(p) for p in cell) for cell in cells))
            for name, cells in block.table.rows
        )
        lines = tuple(line for _, cells in rows for cell in cells for line in cell)
        return PlacedBlock(str(block.shape), lines, tuple(clean(c) for c in block.table.columns), rows)


def _grid(block: PlacedBlock) -> tuple[object, ...]:
    return tuple((name, tuple(tuple(line.id for line in cell) for cell in cells)) for name, cells in block.rows)


def _told(
    draft: Draft, layout: Layout, targets: Mapping[tuple[str | None, Finding], str], language: str
) -> Iterator[Told]:
    texts = texts_of(draft)
    headings = {p.id: one_line(section.heading) for section, p in draft.paragraphs()}
    shown = {layout.headline.id} | {p.id for s in layout.sections for b in s.blocks for p in b.paragraphs}
    known = dict(zip(map(id, draft.findings), zip(finding_ids(draft), kept_findings(draft), strict=True), strict=True))
    for finding in by_severity(draft.findings):
        key, kept = known[id(finding)]
        place = f"p-{finding.paragraph}" if finding.paragraph in shown else ""
        words = about(finding, texts)
        yield Told(
            key,
            finding,
            title_of(finding.check, language),
            words,
            Listed(finding, words).message.strip(" ：:"),
            targets.get((finding.paragraph, finding), place),
            headings.get(finding.paragraph or "", ""),
            kept,
        )
