"""Whether the figures, dates, names and quotations of a draft stand in what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evals.cases import Case
from evals.scorers.base import Measure, Scorer, Shown, Tally
from evals.scorers.eyes import dates, names, quantities
from evals.scorers.eyes.pages import Page, Source, evidence, held_against, inputs, pages, released
from evals.scorers.eyes.texts import language_of, letters, quotations
from evals.subjects.port import Answer

KINDS = ("figures", "dates", "names", "quotes")
RIGHT_ONES = 5


@dataclass(frozen=True, slots=True)
class Held:
    """A thing that a paragraph says, and whether its sources say it."""

    kind: str
    text: str
    page: Page
    sources: Sequence[Source]
    right: bool


class Support(Scorer):
    """Each figure, date, name and quotation of a paragraph against the evidence that it cites and the brief's inputs.

    A paragraph without citations is held against all evidence of the draft. Counted in released drafts; what all
    drafts have, blocked ones too, is `unsupported_before_release`. Left alone where a source is in another language:
    names that it writes in other letters, and quotations, which may be translated (in `localized_copy` they are).
    """

    id = "support"
    version = 1
    measures = (
        Measure("unsupported_figures", "figures of released drafts that their sources do not say", "lower"),
        Measure("unsupported_dates", "dates of released drafts that their sources do not say", "lower"),
        Measure("unsupported_names", "names in released drafts that their sources do not mention", "lower"),
        Measure("unsupported_quotes", "quotations in released drafts that differ from their source", "lower"),
        Measure("unsupported_before_release", "all four, in blocked drafts as well", None),
    )

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        found = list(held(case, answer))
        tallies = {}
        if released(answer.document):
            for kind in KINDS:
                of_kind = [item for item in found if item.kind == kind]
                if of_kind:
                    tallies[f"unsupported_{kind}"] = _tally(of_kind)
        if found:
            tallies["unsupported_before_release"] = _tally(found)
        return tallies


def held(case: Case, answer: Answer) -> Iterator[Held]:
    """Everything that is looked at. Raises `Unscored`: not a draft."""
    given, known = inputs(case), evidence(answer.document)
    quoted = answer.document.get("template") != "localized_copy"
    for page in pages(answer.document):
        language = language_of(page.text, case.locale)
        cited = _with_titles(held_against(page, known))
        foreign = any(source.language != language for source in cited or given)
        sources = [*cited, *given]
        yield from _figures(page, sources, language)
        yield from _dates(page, sources, language)
        yield from _names(page, sources, foreign)
        if quoted and not foreign:
            yield from _quotes(page, sources)


def _with_titles(sources: Sequence[Source]) -> list[Source]:
    """The title of a document belongs to what it says."""
    return [replace(source, text=f"{source.title}\n{source.text}") if source.title else source for source in sources]


def _figures(page: Page, sources: Sequence[Source], language: str) -> Iterator[Held]:
    among = [quantity for source in sources for quantity in quantities.known(source.text, source.language)]
    for quantity in quantities.said(page.text, language):
        yield Held(
            "figures", _around(page, quantity.start, quantity.end), page, sources, quantities.stands(quantity, among)
        )


def _dates(page: Page, sources: Sequence[Source], language: str) -> Iterator[Held]:
    among = [date for source in sources for date in dates.known_dates(source.text, source.language)]
    for date in dates.dates(page.text, language):
        right = dates.stands(date, among) or (date.bare and _as_figure(date.text, sources))
        yield Held("dates", _around(page, date.start, date.end), page, sources, right)


def _as_figure(digits: str, sources: Sequence[Source]) -> bool:
    return any(re.search(rf"(?<![0-9]){digits}(?![0-9])", source.text) for source in sources)


def _names(page: Page, sources: Sequence[Source], foreign: bool) -> Iterator[Held]:
    text = "\n".join(source.text for source in sources)
    for name in names.names(page.text):
        if foreign and language_of(page.text) in ("zh", "ja"):
            # a Latin word in a Chinese text stood in Latin letters in its source, too
            name = name if language_of(name.text) not in ("zh", "ja") else replace(name, text="")
        elif foreign:
            # the other way only a code is sure to be the same
            name = replace(name, text=names.codes(name))
        if name.text:
            yield Held("names", name.text, page, sources, names.stands(name, text))


def _quotes(page: Page, sources: Sequence[Source]) -> Iterator[Held]:
    text = letters("\n".join(source.text for source in sources))
    for quotation in quotations(page.text):
        pieces = [letters(piece) for piece in re.split(r"…+|\.{3,}|\[[^\]]*\]", quotation.text)]
        if quotation.long and any(pieces):
            yield Held("quotes", quotation.text, page, sources, all(piece in text for piece in pieces))


def _around(page: Page, start: int, end: int) -> str:
    """The thing itself in brackets, with a few words on either side."""
    before, after = page.text[max(0, start - 16) : start], page.text[end : end + 16]
    return f"{before}[{page.text[start:end]}]{after}".replace("\n", " ")


def _tally(found: Sequence[Held]) -> Tally:
    wrong = [item for item in found if not item.right]
    right = [item for item in found if item.right][:RIGHT_ONES]
    shown = tuple(
        Shown(
            item.text,
            "\n".join(s.text for s in item.sources)[:1500],
            f"{item.kind} in: {item.page.text}",
            not item.right,
        )
        for item in (*wrong, *right)
    )
    return Tally(len(wrong), len(found), shown)
