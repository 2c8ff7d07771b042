"""What the approved cases of one customer say of it: industry, region, products, and a result in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.claims.quantities import quantities
from assistant.writing.context import Desk
from assistant.writing.selection import units
from knowledge.domain.locale import detect_language
from knowledge.domain.text import length
from knowledge.domain.words import Words
from knowledge.records import Customer, EntryVersion, Passage
from prompts.template import TemplateSection, Want

_LABELS = {
    "industry": Words(zh="行业", en="Industry"),
    "region": Words(zh="地区", en="Region"),
    "products": Words(zh="所用产品", en="Products used"),
    "technologies": Words(zh="所用技术", en="Technologies"),
}
_RESULTS = Words(zh="项目效果 上线后 由 降至 升至", en="results after go-live fell rose from to")
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
        """The first sentence with a figure that is not among the `used` ones, and the ids of its evidence; empty when the case
        has none that may be told."""
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


def case_facts(customer: Customer, section: TemplateSection, desk: Desk) -> CaseFacts:
    """From the customer's approved cases in the draft's language; passages below the wanted headings come first."""
    want = next((w for w in section.evidence if w.origin == "library"), Want(kinds=("case",)))
    scope = desk.brief.scope(kinds=want.kinds or ("case",), locale=desk.brief.locale)
    ids = [e.entry_id for e in desk.library.offered(scope) if e.customer == customer.id]
    query = desk.words(want.query) or _RESULTS.of(desk.language)
    own = desk.brief.scope(kinds=scope.kinds, entries=tuple(ids))
    found = [hit.passage for hit in desk.library.search(query, own, 60)] if ids else []
    found = [passage for passage in found if detect_language(passage.text) in (None, desk.language)]
    if not found:
        return CaseFacts()
    below = [
        p for p in found if p.headings and any(w.casefold() in p.headings[-1].casefold() for w in want.headings.all())
    ]
    entries = list({p.entry.entry_id: p.entry for p in found}.values())
    text = "\n".join(
        f"{e.title}\n{e.fields.get('industry', '')} {e.fields.get('region', '')}\n{e.text}" for e in entries
    )
    return CaseFacts(
        industry=_first(entries, "industry"),
        region=_first(entries, "region"),
        products=_listed(entries, "products") or _named("product", text, desk),
        technologies=_listed(entries, "technologies") or _named("technology", text, desk),
        text=text,
        passages=tuple([*below, *(p for p in found if p not in below)] if not want.headings.all() else below or found),
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


def _named(kind: str, text: str, desk: Desk) -> tuple[str, ...]:
    """The products (technologies) of the library whose name stands in the text."""
    offered = desk.library.offered(desk.brief.scope(kinds=(kind,), locale=desk.brief.locale))
    names = dict.fromkeys(_short_name(entry, kind) for entry in offered)
    said = text.casefold()
    return tuple(name for name in names if name and name.casefold() in said)


def _short_name(entry: EntryVersion, kind: str) -> str:
    """What a product is called (`product`), or a title up to its colon."""
    return str(entry.fields.get(kind) or entry.title.replace("：", ":").split(":", 1)[0]).strip()
