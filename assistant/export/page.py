"""HTML: one self-contained page, the text on the left, its evidence and findings on the right; no script.

Pointing at a marked claim, or tabbing to it, shows its evidence beside it: the cards stand after the text in the same
block and are called by number (`k1` on the mark, `c1` on the card), so that the text itself stays clean to copy.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.draft import Claim, Draft, Evidence, EvidenceSpan, Paragraph
from assistant.export.labels import MARK, Labels, labels_for
from assistant.export.layout import Block, lay_out
from assistant.export.marks import SIGNS, Mark, mark_up, shifted, shifted_findings, tone_of
from assistant.export.plain import about, by_severity, cites, clean, facts, name_of, one_line, texts_of, usage_line
from knowledge.domain.finding import Finding, Span

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
_AROUND = 60
"""Code points of evidence shown before and after the words that carry a claim."""

_JOINED = re.compile(r"[\w.,%]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Quote:
    """An evidence as a claim's card shows it: the words that carry the claim and what stands around them."""

    evidence: Evidence
    before: str
    words: str
    after: str


@dataclass(slots=True)
class Card:
    """What a mark shows when it is pointed at."""

    number: int
    claims: list[tuple[Claim, list[Quote]]] = field(default_factory=list)
    findings: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class Inline:
    """A paragraph ready for the page: its pieces, the evidence it cites, its id."""

    id: str
    pieces: tuple[Any, ...]
    citations: tuple[str, ...]
    gap: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A mark on the page: how it looks, what it is called, what it holds."""

    tone: str
    number: int
    claims: tuple[Claim, ...]
    rests_on: tuple[int, ...]
    children: tuple[Any, ...]


class Cards:
    """Numbers the marks of one block and collects their cards. `block` makes the cards' ids unique on the page."""

    def __init__(self, block: int, evidence: Mapping[str, Evidence]) -> None:
        self.block, self.cards = block, list[Card]()
        self._evidence, self._places = evidence, {id_: n for n, id_ in enumerate(evidence, 1)}

    def pieces(self, marks: Iterable[str | Mark]) -> tuple[Any, ...]:
        """Cleaned strings and pieces, ready for the template."""
        return tuple(clean(mark) if isinstance(mark, str) else self._piece(mark) for mark in marks)

    def _piece(self, mark: Mark) -> Piece:
        card = Card(len(self.cards) + 1, findings=mark.findings)
        self.cards.append(card)
        card.claims = [(claim, list(self._quotes(claim))) for claim in mark.claims]
        places = {self._places[e.id] for claim in mark.claims for e in claim.evidence if e.id in self._places}
        return Piece(mark.tone, card.number, mark.claims, tuple(sorted(places)), self.pieces(mark.children))

    def _quotes(self, claim: Claim) -> Iterator[Quote]:
        for support in claim.evidence:
            if evidence := self._evidence.get(support.id):
                yield _quote(evidence, support)


def _quote(evidence: Evidence, support: EvidenceSpan) -> Quote:
    text, span = evidence.text, support.span
    start = _outward(text, max(0, span.start - _AROUND), -1)
    end = _outward(text, min(len(text), span.end + _AROUND), 1)
    before = ("…" if start else "") + text[start : span.start]
    after = text[span.end : end] + ("…" if end < len(text) else "")
    return Quote(evidence, clean(before), clean(span.of(text)), clean(after))


def _outward(text: str, position: int, step: int) -> int:
    """A cut moved outward to where no word and no number is split: half a number is another number."""
    while 0 < position < len(text) and _JOINED.fullmatch(text[position - 1 : position + 1]):
        position += step
    return position


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block of the layout with its paragraphs ready and the cards of their marks."""

    shape: str
    lines: tuple[Inline, ...]
    cards: Cards
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[tuple[Inline, ...], ...]], ...] = ()


class _Builder:
    """Builds the blocks of one page and numbers them."""

    def __init__(self, evidence: Iterable[Evidence], claims: Iterable[Claim], findings: Iterable[Finding]) -> None:
        self.evidence = {e.id: e for e in evidence}
        self.claims, self.findings = tuple(claims), tuple(findings)
        self.blocks = 0

    def cards(self) -> Cards:
        self.blocks += 1
        return Cards(self.blocks, self.evidence)

    def inline(self, paragraph: Paragraph, citations: tuple[str, ...], labels: Labels, cards: Cards) -> Inline:
        """A paragraph with the claims and findings that are about it."""
        if paragraph.gap:
            return Inline(paragraph.id, (labels.gap(clean(paragraph.text)),), (), gap=True)
        claims = [claim for claim in self.claims if claim.paragraph == paragraph.id]
        findings = [finding for finding in self.findings if finding.paragraph == paragraph.id]
        return Inline(paragraph.id, cards.pieces(mark_up(paragraph.text, claims, findings)), citations, gap=False)


def html_page(draft: Draft, *, marked: bool = True, sources: bool = True) -> str:
    """The draft as a page. Marks and findings stand only on a marked one."""
    labels = labels_for(draft.locale)
    layout = lay_out(draft, labels)
    evidence = draft.evidence if sources else ()
    builder = _Builder(evidence, draft.claims if marked else (), draft.findings if marked else ())

    def inline(paragraph: Paragraph, cards: Cards) -> Inline:
        return builder.inline(paragraph, cites(draft, paragraph, sources), labels, cards)

    headline_cards = builder.cards()
    headline = PageBlock("headline", (inline(layout.headline, headline_cards),), headline_cards)
    sections: list[dict[str, Any]] = [
        {"heading": clean(section.heading), "blocks": [_page_block(block, builder, inline) for block in section.blocks]}
        for section in layout.sections
    ]
    return _render(
        "draft.html.j2",
        labels,
        builder,
        texts_of(draft),
        draft=draft,
        title=one_line(layout.headline.text),
        locale=draft.locale,
        marked=marked,
        headline=headline,
        sections=sections,
        usage=usage_line(draft, labels),
        blocks=[headline, *(block for section in sections for block in section["blocks"])],
    )


def _page_block(block: Block, builder: _Builder, inline: Any) -> PageBlock:
    cards = builder.cards()
    if block.table is None:
        return PageBlock(str(block.shape), tuple(inline(p, cards) for p in block.paragraphs), cards)
    rows = tuple(
        (clean(name), tuple(tuple(inline(p, cards) for p in cell) for cell in cells))
        for name, cells in block.table.rows
    )
    return PageBlock(str(block.shape), (), cards, tuple(clean(c) for c in block.table.columns), rows)


def check_page(
    title: str,
    text: str,
    claims: Sequence[Claim],
    findings: Sequence[Finding],
    evidence: Sequence[Evidence],
    locale: str,
) -> str:
    """The page of a checked text; spans count in `text`. See `report.check_report_html`."""
    labels = labels_for(locale)
    builder = _Builder(evidence, claims, findings)
    blocks = [_line(text, span, builder) for span in _lines(text)]
    return _render(
        "check.html.j2",
        labels,
        builder,
        {None: text},
        title=one_line(title) or labels["check"],
        locale=locale,
        marked=True,
        blocks=blocks,
    )


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Span(start, start + len(line.rstrip("\r\n")))
        start += len(line)


def _line(text: str, span: Span, builder: _Builder) -> PageBlock:
    cards = builder.cards()
    marks = mark_up(span.of(text), shifted(builder.claims, span), shifted_findings(builder.findings, span))
    return PageBlock("text", (Inline(f"line-{builder.blocks}", cards.pieces(marks), (), gap=False),), cards)


def _render(
    template: str,
    labels: Labels,
    builder: _Builder,
    texts: dict[str | None, str],
    *,
    blocks: list[PageBlock],
    **values: Any,
) -> str:
    environment = _environment()
    style = environment.get_template("page.css.j2").render(
        marks=range(1, max((len(block.cards.cards) for block in blocks), default=0) + 1),
        sources=range(1, len(builder.evidence) + 1),
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    # A finding leads to its paragraph where the page has it.
    findings = [
        (finding, about(finding, texts), finding.paragraph if finding.paragraph in texts else None)
        for finding in by_severity(builder.findings)
    ]
    return environment.get_template(template).render(
        labels=labels,
        mark=MARK,
        style=style,
        style_hash=digest,
        evidence=list(builder.evidence.values()),
        findings=findings,
        claims=builder.claims,
        blocks=blocks,
        **values,
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(clean=clean, one_line=one_line, facts=facts, name_of=name_of)
    environment.globals.update(tone_of=tone_of, signs=SIGNS)
    return environment
