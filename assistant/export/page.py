"""HTML: one self-contained page, the text on the left, its evidence and findings on the right; no script.

Pointing at a marked claim, or tabbing to it, shows its evidence beside it: the cards stand after the text in the same
block and are called by number (`k1` on the mark, `c1` on the card), so that the text itself stays clean to copy.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.draft import Claim, Draft, Evidence, Paragraph
from assistant.export.check_words import by_verdict
from assistant.export.excerpts import Quote, quotes_for, quotes_of
from assistant.export.labels import MARK, Labels, labels_for
from assistant.export.layout import Block, lay_out
from assistant.export.marks import SIGNS, Mark, is_tick, mark_up, tone_of
from assistant.export.plain import (
    about,
    by_severity,
    carried_cells,
    cites,
    clean,
    facts,
    name_of,
    one_line,
    repair_line,
    texts_of,
    usage_line,
)
from assistant.export.provenance import Colophon, as_json
from knowledge.domain.finding import Finding

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent


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
    """A mark on the page: how it looks, what it is called, what it holds. A tick holds nothing."""

    mark: Mark
    number: int
    rests_on: tuple[int, ...]
    children: tuple[Any, ...]

    @property
    def classes(self) -> str:
        """The look of its verdict, or of its findings; a tick's; its number; the sources it rests on."""
        names = [self.mark.tone, self.mark.verdict, "tick" if self.mark.tick else "", f"k{self.number}"]
        return " ".join([name for name in names if name] + [f"on{place}" for place in self.rests_on])


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
        card.claims = [(claim, quotes_of(claim, self._evidence)) for claim in mark.claims]
        places = {self._places[e.id] for claim in mark.claims for e in claim.evidence if e.id in self._places}
        return Piece(mark, card.number, tuple(sorted(places)), self.pieces(mark.children))


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding in the list beside the text: the words it is about, the id on the page it leads to, where that is."""

    finding: Finding
    words: str
    target: str | None = ""
    place: str = ""
    quotes: Sequence[Quote] = ()

    @property
    def message(self) -> str:
        """The message, without the words at its beginning when it begins with them: the page shows them before it."""
        message = one_line(self.finding.message)
        for left, right in ("“”", "''"):
            message = message.removeprefix(f"{left}{self.words}{right}") if self.words else message
        return message


@dataclass(frozen=True, slots=True)
class Legend:
    """How many claims there are of each verdict and of each kind; `ticks` are the verdicts that ticks stand for."""

    verdicts: Mapping[str, int]
    kinds: Mapping[str, int]
    ticks: frozenset[str]


def legend(claims: Iterable[Claim], findings: Iterable[Finding]) -> Legend:
    """What the marks mean and how often they stand; the most frequent kind first."""
    claims = tuple(claims)
    kinds = Counter(claim.kind for claim in claims)
    found = {finding.span for finding in findings}
    ticks = frozenset(claim.verdict for claim in claims if is_tick(claim, found))
    return Legend(by_verdict(claims), dict(kinds.most_common()), ticks)


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block of the layout with its paragraphs ready and the cards of their marks.

    `number` is that of a line of a checked text; `joined` says that it goes on where the block before it ends.
    """

    shape: str
    lines: tuple[Inline, ...]
    cards: Cards
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[tuple[Inline, ...], ...]], ...] = ()
    number: str = ""
    joined: bool = False


class Builder:
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


def html_page(draft: Draft, *, marked: bool = True, sources: bool = True, colophon: Colophon | None = None) -> str:
    """The draft as a page. Marks and findings stand only on a marked one."""
    labels = labels_for(draft.locale)
    layout = lay_out(draft, labels)
    evidence = draft.evidence if sources else ()
    builder = Builder(evidence, draft.claims if marked else (), draft.findings if marked else ())

    def inline(paragraph: Paragraph, cards: Cards) -> Inline:
        return builder.inline(paragraph, cites(draft, paragraph, sources), labels, cards)

    headline_cards = builder.cards()
    headline = PageBlock("headline", (inline(layout.headline, headline_cards),), headline_cards)
    sections: list[dict[str, Any]] = [
        {"heading": clean(section.heading), "blocks": [_page_block(block, builder, inline) for block in section.blocks]}
        for section in layout.sections
    ]
    return render_page(
        "draft.html.j2",
        labels,
        builder,
        _listed(draft, builder),
        draft=draft,
        title=one_line(layout.headline.text),
        locale=draft.locale,
        marked=marked,
        colophon=colophon,
        meta=_meta(colophon) if colophon else {},
        headline=headline,
        sections=sections,
        usage=usage_line(draft, labels),
        repairs=[repair_line(repair, labels) for repair in draft.repairs],
        carried=[carried_cells(row, labels) for row in draft.claim_table],
        blocks=[headline, *(block for section in sections for block in section["blocks"])],
    )


def _meta(colophon: Colophon) -> dict[str, str]:
    """What the meta elements say of a clean page's history; the whole of it stands in its JSON-LD."""
    history = colophon.provenance
    label, approved = history.aigc(), history.approved.to_json() or {}
    found = {
        "AIGC": as_json(label) if label else "",
        "digital-source-type": history.source_type(),
        "approved-by": approved.get("by"),
        "approved-at": approved.get("at"),
        "label": MARK if colophon.marked else "",
    }
    return {name: value for name, value in found.items() if value}


def _page_block(block: Block, builder: Builder, inline: Any) -> PageBlock:
    cards = builder.cards()
    if block.table is None:
        return PageBlock(str(block.shape), tuple(inline(p, cards) for p in block.paragraphs), cards)
    rows = tuple(
        (clean(name), tuple(tuple(inline(p, cards) for p in cell) for cell in cells))
        for name, cells in block.table.rows
    )
    return PageBlock(str(block.shape), (), cards, tuple(clean(c) for c in block.table.columns), rows)


def _listed(draft: Draft, builder: Builder) -> list[Listed]:
    """A finding leads to its paragraph where the page has it."""
    texts = texts_of(draft)
    return [
        Listed(
            finding,
            about(finding, texts),
            finding.paragraph if finding.paragraph in texts else "",
            quotes=quotes_for(finding, builder.claims, builder.evidence),
        )
        for finding in by_severity(builder.findings)
    ]


def render_page(
    template: str,
    labels: Labels,
    builder: Builder,
    findings: Sequence[Listed],
    *,
    blocks: Sequence[PageBlock],
    **values: Any,
) -> str:
    """The whole page. `blocks` are all that it shows, wherever the template takes them from."""
    environment = _environment()
    style = environment.get_template("page.css.j2").render(
        marks=range(1, max((len(block.cards.cards) for block in blocks), default=0) + 1),
        sources=range(1, len(builder.evidence) + 1),
        signs=SIGNS,
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment.get_template(template).render(
        labels=labels,
        mark=MARK,
        style=style,
        style_hash=digest,
        evidence=list(builder.evidence.values()),
        findings=findings,
        legend=legend(builder.claims, builder.findings),
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
