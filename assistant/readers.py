"""Who reads a draft, and what that changes: which evidence comes first, and whether the point does.

The rules are those of the trade (decision roles, perceived risk, journey stage; Western readers want the point first),
kept as data in `prompts/shared/readers.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.brief import Brief
from assistant.claims.quantities import quantities
from knowledge.records import Hit, Passage
from prompts.readers import ReaderChoice, Sort, readers
from prompts.section import TemplateSection
from prompts.template import Template

REACH = 10
"""Places by which one answer moves its best evidence up; its second best moves less."""
MOST = 16
"""Places by which a passage moves up at most, whatever the answers: relevance still decides who takes part."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The readers of one draft. `choices` are the answers of the brief by input, with the template's stage where the
    brief answers anything else but not that; `point_first` says that they want the point before its grounds."""

    choices: Mapping[str, ReaderChoice] = field(default_factory=dict)
    answered: tuple[str, ...] = ()
    point_first: bool = False
    points: frozenset[str] = frozenset()

    def ranked(self, hits: Sequence[Hit], section: TemplateSection) -> list[Hit]:
        """The hits with what convinces these readers further up. As they were where the brief says nothing of them.

        Sections that make the point (`point_first` of the template) and carry figures show these first to readers who
        want the point first.
        """
        orders = [choice.evidence for choice in self.choices.values()]
        if self.point_first and section.facts and section.id in self.points:
            orders.append(("figures",))
        if not orders:
            return list(hits)
        gains = [min(MOST, sum(_gain(order, hit.passage) for order in orders)) for hit in hits]
        places = sorted(range(len(hits)), key=lambda place: (place - gains[place], place))
        return [hits[place] for place in places]

    def words(self, language: str) -> str:
        """The readers as a prompt tells them; empty where the brief says nothing of them."""
        said = [self.choices[name].words.of(language) for name in self.answered]
        return ("；" if language == "zh" else "; ").join(said)

    def ordered(self, sections: Sequence[TemplateSection], template: Template) -> list[TemplateSection]:
        """The sections as these readers get them: for those who want the point first the ones that the template names
        come first, each behind those on whose text it builds."""
        if not self.point_first or not template.point_first:
            return list(sections)
        rank = {section_id: number for number, section_id in enumerate(template.point_first)}
        there = {section.id: section for section in sections}
        placed: dict[str, TemplateSection] = {}

        def place(section: TemplateSection) -> None:
            for earlier in section.context:
                if earlier in there and earlier not in placed:
                    place(there[earlier])
            placed.setdefault(section.id, section)

        for section in sorted(sections, key=lambda s: rank.get(s.id, len(rank))):
            place(section)
        return list(placed.values())


def reader_of(brief: Brief, template: Template) -> Reader:
    """The readers whom a brief for this template is written for. Answers that are none count as not given."""
    known = readers()
    given = {
        one.name: one.choices[value]
        for one in known.inputs
        if (value := brief.inputs.get(one.name, "").strip()) in one.choices
    }
    answered = tuple(given)
    if given:
        stages = next(one.choices for one in known.inputs if one.name == "reader_stage")
        if "reader_stage" not in given and template.stage in stages:
            given["reader_stage"] = stages[template.stage]
    return Reader(given, answered, wants_point_first(brief.market, brief.locale), frozenset(template.point_first))


def wants_point_first(market: str | None, locale: str) -> bool:
    """True for Western readers: of a market outside East Asia; without a market, by the language."""
    build_up = readers().build_up
    if market:
        return market.upper() not in build_up.markets
    return locale.split("-", 1)[0] not in build_up.languages


def _gain(order: Sequence[str], passage: Passage) -> float:
    """Places that a passage gains by the first sort of `order` that it is of."""
    sorts = readers().evidence
    for number, name in enumerate(order):
        if _is(sorts[name], passage):
            return REACH * (len(order) - number) / len(order)
    return 0.0


def _is(sort: Sort, passage: Passage) -> bool:
    if passage.entry.kind in sort.kinds:
        return True
    heading = passage.headings[-1].casefold() if passage.headings else ""
    if heading and any(word.casefold() in heading for word in sort.headings.all()):
        return True
    return sort.figures and any(q.date is None for q in quantities(passage.text))
