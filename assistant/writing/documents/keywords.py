"""`write: keywords` — the terms of the trade that the evidence uses, each citing where it stands.

By program: terms of the glossary, products that the library knows, phrases that come again and again. Where the texts
say what stands upstream and downstream of the trade, the terms of those clauses come first and last and are marked.
No term comes from elsewhere; what is lacking is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.draft import Paragraph
from assistant.given_pieces import GivenPiece
from assistant.localization.term_forms import form_in
from assistant.writing.context import Desk
from assistant.writing.documents.mind_map import mind_map
from assistant.writing.documents.terms import chain_items, contained, frequent, key_of, weight
from knowledge.domain.folding import fold
from knowledge.domain.locale import detect_language
from knowledge.domain.text import length
from knowledge.domain.words import Words
from knowledge.lexicon import NameKind
from prompts.section import Part, TemplateSection

MAP = "map"
"""The role of a part that lays out the keywords and findings of earlier sections as a nested list."""

_MARKS = {"up": Words(zh="上游：", en="Upstream: "), "down": Words(zh="下游：", en="Downstream: ")}
_ORDER = ("up", "", "down")


@dataclass(frozen=True, slots=True)
class Keyword:
    """A term, the piece in which it stands first, and its place in the chain: `up`, `down` or nothing."""

    term: str
    piece: GivenPiece
    place: str = ""


class KeywordsSection:
    """The glossary's terms, known products and frequent phrases of the evidence; a part of role `map` is a nested list
    in Markdown of what the sections named in `context` found."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        part = section.parts[0]
        if part.role == MAP:
            return mind_map(section, desk) or ([] if section.optional else [desk.gap(section)])
        found = keywords(desk.book.sources(section), part, desk)
        written = [_paragraph(keyword, part, desk) for keyword in found]
        short = len(written) < part.count.least
        return [*written, desk.gap(section)] if short and not section.optional else written


def keywords(pieces: Sequence[GivenPiece], part: Part, desk: Desk) -> list[Keyword]:
    """At most the part's count of terms: upstream, then the trade itself, then downstream."""
    limits = part.length.of(desk.language)
    own = [piece for piece in pieces if _speaks(piece, desk)]
    chain = _chain(own)
    found: dict[str, Keyword] = {}
    taken = ""
    for term, piece, often in _candidates(pieces, own, chain, desk):
        if not often and len(found) >= part.count.least:
            break
        key = key_of(fold(term))
        if key in found or not limits.least <= length(term, desk.locale) <= limits.most or contained(key, taken):
            continue
        found[key] = Keyword(term, piece, chain.get(term, ""))
        taken += f"{key}\n"
        if len(found) == part.count.most:
            break
    return sorted(found.values(), key=lambda keyword: _ORDER.index(keyword.place))


def _candidates(
    pieces: Sequence[GivenPiece], own: Sequence[GivenPiece], chain: dict[str, str], desk: Desk
) -> Iterator[tuple[str, GivenPiece, bool]]:
    """Terms with the first piece that has them: those of the chain, then by how often they come, and at last, marked as
    such, what comes once. A term that the library knows counts double."""
    for term in chain:
        yield term, next(piece for piece in own if contained(term, piece.evidence.text)), True
    texts = [piece.evidence.text for piece in own]
    known = list(_known(pieces, desk))
    companies = _companies(desk)
    often = [
        (f.count * weight(f.term, desk.language), f.term, own[f.first])
        for f in frequent(texts, desk.language, least=2)
        if f.term.casefold() not in companies
    ]
    ranked = sorted([*known, *often], key=lambda found: -found[0])
    yield from ((term, piece, True) for _, term, piece in ranked)
    yield from ((f.term, own[f.first], False) for f in frequent(texts, desk.language, least=1))


def _known(pieces: Sequence[GivenPiece], desk: Desk) -> Iterator[tuple[float, str, GivenPiece]]:
    """What a glossary term or product in the pieces is worth, its form in the draft's language, and the first piece."""
    whole = "\n".join(piece.evidence.text for piece in pieces).casefold()
    for term in desk.library.glossary.all():
        forms = [form for form in (term.term, *term.translations.values()) if form and form.casefold() in whole]
        said = [piece for piece in pieces if any(contained(form, piece.evidence.text) for form in forms)]
        form = form_in(term, desk.locale)
        if said and form and not _is_company(form, desk):
            yield 2 * len(said) * weight(form, desk.language), form, said[0]
    products: dict[str, list[GivenPiece]] = {}
    for piece in filter(lambda piece: _speaks(piece, desk), pieces):
        for occurrence in desk.standards.lexicon.spellings.find(fold(piece.evidence.text)):
            if occurrence.name.kind is NameKind.PRODUCT:
                products.setdefault(occurrence.span.of(piece.evidence.text), []).append(piece)
    yield from ((2.0 * len(said), name, said[0]) for name, said in products.items())


def _companies(desk: Desk) -> str:
    """The names of the organisations that the library knows, as one text: a part of one is no term either."""
    names = (name for name in desk.standards.lexicon.names if name.kind is NameKind.ORGANISATION)
    return "\n".join(spelling.casefold() for name in names for spelling in name.spellings)


def _is_company(term: str, desk: Desk) -> bool:
    """True for a name of an organisation that the library knows: no term of the trade."""
    found = desk.standards.lexicon.spellings.find(fold(term))
    return any(one.name.kind is NameKind.ORGANISATION for one in found)


def _chain(pieces: Sequence[GivenPiece]) -> dict[str, str]:
    """The terms that the texts list upstream or downstream, with the place; one that stands in both is neither."""
    found: dict[str, str] = {}
    for place, term in chain_items([piece.evidence.text for piece in pieces]):
        found[term] = place if found.get(term, place) == place else ""
    return found


def _speaks(piece: GivenPiece, desk: Desk) -> bool:
    return detect_language(piece.evidence.text) in (None, desk.language)


def _paragraph(keyword: Keyword, part: Part, desk: Desk) -> Paragraph:
    mark = _MARKS[keyword.place].of(desk.language) if keyword.place else ""
    evidence = desk.book.keep_piece(keyword.piece)
    return desk.paragraph(f"{mark}{keyword.term}", [evidence.id], role=part.role, by="program")
