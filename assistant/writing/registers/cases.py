"""What the approved cases of one customer say of it: industry, region, products, and a result in figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.claims.quantities import quantities
from assistant.writing.context import Desk
from assistant.writing.selection import units
from knowledge.domain.locale import detect_language
from knowledge.domain.text import length
from knowledge.domain.words import WordLists, Words
from knowledge.records import EntryVersion, Passage
from prompts.section import TemplateSection, Want

_LABELS = {
    "industry": Words(zh="行业", en="Industry"),
    "region": Words(zh="地区", en="Region"),
    "products": Words(zh="所用产品", en="Products used"),
    "technologies": Words(zh="所用技术", en="Technologies"),
}
_RESULTS = Words(zh="项目效果 上线后 由 降至 升至", en="results after go-live fell rose from to")
_ALL = 600
"""Passages of cases that one search may bring: more than a library of a hundred cases has."""
_AT_MOST = 160
"""Characters or words of a result where the section does not say."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """As the gate lets it be seen, in the draft's language; empty for a customer without such a case."""

    industry: str = ""
    region: str = ""
    products: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    text: str = ""
    passages: tuple[Passage, ...] = field(default=(), repr=False)

    @property
    def has_result(self) -> bool:
        return any(quantities(passage.text) for passage in self.passages)

    def cited(self, desk: Desk) -> list[str]:
        """The id of the case's fields as evidence; nothing when there are none."""
        told = {
            "industry": self.industry,
            "region": self.region,
            "products": ", ".join(self.products),
            "technologies": ", ".join(self.technologies),
        }
        said = [f"{_LABELS[key].of(desk.language)}: {value}" for key, value in told.items() if value]
        return [desk.book.fields_evidence(self.passages[0], "; ".join(said)).id] if said else []

    def result(self, desk: Desk, most: int, used: set[str]) -> tuple[str, list[str]]:
        """The first sentence with a figure that is not `used`, and the ids of its evidence; empty when the case has
        none that may be told."""
        for passage in self.passages:
            if not quantities(passage.text):
                continue
            piece = desk.book.keep_passage(passage)
            free = [
                unit
                for unit in units([piece])
                if unit.key not in used
                and quantities(unit.text)
                and length(unit.text, desk.locale) <= (most or _AT_MOST)
            ]
            for unit in free[:1]:
                used.add(unit.key)
                return ("" if desk.locale.counts_characters else " ").join(unit.sentences), [piece.id]
        return "", []


def facts_by_customer(section: TemplateSection, desk: Desk) -> dict[str, CaseFacts]:
    """By customer, in the order in which the section's search finds them: from approved cases in the draft's language.
    Passages below the wanted headings come first."""
    want = next((w for w in section.evidence if w.origin == "library"), Want(kinds=("case",)))
    scope = desk.brief.scope(kinds=want.kinds or ("case",), locale=desk.brief.locale)
    found: dict[str, list[Passage]] = {}
    for hit in desk.library.search(desk.words(want.query) or _RESULTS.of(desk.language), scope, _ALL):
        customer = hit.passage.entry.customer
        if customer and detect_language(hit.passage.text) in (None, desk.language):
            found.setdefault(customer, []).append(hit.passage)
    names = {kind: _names(kind, desk) for kind in ("product", "technology")} if found else {}
    return {customer: _facts(passages, want.headings, names) for customer, passages in found.items()}


def _facts(passages: Sequence[Passage], headings: WordLists, names: Mapping[str, Sequence[str]]) -> CaseFacts:
    words = [word.casefold() for word in headings.all()]
    below = [p for p in passages if p.headings and any(word in p.headings[-1].casefold() for word in words)]
    entries = list({p.entry.entry_id: p.entry for p in passages}.values())
    about = [f"{e.title}\n{e.fields.get('industry', '')} {e.fields.get('region', '')}\n{e.text}" for e in entries]
    text = "\n".join(about)
    said = text.casefold()
    return CaseFacts(
        industry=_first(entries, "industry"),
        region=_first(entries, "region"),
        products=_listed(entries, "products") or tuple(n for n in names["product"] if n.casefold() in said),
        technologies=_listed(entries, "technologies") or tuple(n for n in names["technology"] if n.casefold() in said),
        text=text,
        passages=tuple(below or passages),
    )


def _first(entries: Sequence[EntryVersion], name: str) -> str:
    return next((str(value) for e in entries if (value := e.fields.get(name))), "")


def _listed(entries: Sequence[EntryVersion], name: str) -> tuple[str, ...]:
    values = (
        v
        for e in entries
        for v in ([e.fields[name]] if isinstance(e.fields.get(name), str) else e.fields.get(name, ()))
    )
    return tuple(dict.fromkeys(str(value) for value in values))


def _names(kind: str, desk: Desk) -> list[str]:
    """What the library's products (technologies) are called: by their field, or by their title up to its colon."""
    offered = desk.library.offered(desk.brief.scope(kinds=(kind,), locale=desk.brief.locale))
    names = (str(e.fields.get(kind) or e.title.replace("：", ":").split(":", 1)[0]).strip() for e in offered)
    return list(filter(None, dict.fromkeys(names)))
