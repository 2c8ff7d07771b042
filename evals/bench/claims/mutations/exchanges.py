"""Errors that leave every figure in place: before and after inverted, two figures of one source exchanged between their
subjects, a passage cited that does not have the figure. And true sentences of the same make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from evals.bench.claims.corpus import CUT_SHORT, LOCALES, Place
from evals.bench.claims.mutations.measured import bare, in_compound, is_money, is_quantity, unit_after
from evals.scorers.eyes.figures import Figure, figures, values_in

TRUE = "true"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A text and the passages it has to do with; `cited` are the numbers of those it cites.

    `kind` is `inverted`, `swapped`, `citation` or `true`; `make` says how it was made.
    """

    kind: str
    make: str
    language: str
    origin: str
    text: str
    passages: tuple[str, ...]
    cited: tuple[int, ...] = (0,)

    @property
    def locale(self) -> str:
        return LOCALES[self.language]


# --- from real sentences with two figures -----------------------------------------------------------------------------

_CHANGE = re.compile(
    r"\b(?:rose|risen|rise|fell|fallen|fall|grew|grown|grow\w*|increas\w+|decreas\w+|reduc\w+|drop\w*|cut|down|improv\w+|"
    r"shorten\w*|went|go|gone|climb\w*|declin\w+|lower\w*|rais\w+|"
    r"sank|sinken|stieg\w*|fiel\w*|gingen|bajaron|bajó|subió|pasó|caiu|caíram|subiu|passé|passer|tombé)\b|"
    r"降|升|增|减|缩短|提高|達|下が|上が|短縮|減|縮|줄|늘|감소|증가"
)
_FROM_TO = re.compile(
    r"(?:\b(?:from|von|de|del|du|da|do)\s+(?:RMB |EUR |\$|€)?|[由从從])\s?"
    r"(?P<one>[0-9][0-9.,]*[^0-9，。,;；]{0,12}?)"
    r"(?:\s+(?:to|auf|a|à|para|al)\s+(?:RMB |EUR |\$|€)?|\s?[一-鿿]{0,6}[至到为]\s?)(?P<two>[0-9][0-9.,]*)"
)


def from_sentences(places: Sequence[Place]) -> Iterator[Exchange]:
    """Real sentences with two figures: turned round where they tell a change, exchanged where they tell of two things;
    and the true ones, whole and cut down to a clause."""
    for place in places:
        wrong = [*_turned(place), *_exchanged(place)]
        if wrong:
            yield from wrong
            yield _real(TRUE, "real whole", place, place.text)
            for clause in re.split(r"(?<=[，；;])|(?<=,) ", place.text):
                if len(figures(clause, place.language)) == 1 and len(clause) > 12:
                    yield _real(TRUE, "real clause", place, clause.strip(" ,，；;"))


def _real(kind: str, make: str, place: Place, text: str) -> Exchange:
    return Exchange(kind, make, place.language, place.origin, text, (place.document,))


def _turned(place: Place) -> Iterator[Exchange]:
    for found in _FROM_TO.finditer(place.text) if _CHANGE.search(place.text) else ():
        one = re.match(r"[0-9][0-9.,]*", found["one"])
        if one and one.group().strip(".,") != found["two"].strip(".,"):
            first = (found.start("one"), found.start("one") + len(one.group().rstrip(".,")))
            last = (found.start("two"), found.start("two") + len(found["two"].rstrip(".,")))
            pair = [f for f in figures(place.text, place.language) if (f.start, f.end) in (first, last)]
            if len(pair) == 2 and not any(re.fullmatch(r"(?:19|20)\d\d", f.digits) for f in pair):
                yield _real("inverted", "real", place, _with_exchanged(place.text, pair[0], pair[1]))


def _exchanged(place: Place) -> Iterator[Exchange]:
    """Two figures of like unit about different things; both stand once in the document."""
    text, language = place.text, place.language
    known = [f for f in figures(text, language) if is_quantity(text, f, language)]
    known = [f for f in known if bare(text, f) and not in_compound(text, f)]
    everywhere = figures(place.document, language)
    known = [f for f in known if sum(bool(o.values & f.values) for o in everywhere) == 1]
    for one, two in pairwise(known):
        between = text[one.tail : two.start]
        units = [unit_after(text, figure.tail, language) for figure in (one, two)]
        names = [unit[2] if unit else "" for unit in units]
        if is_money(text, one, language) != is_money(text, two, language):
            continue
        apart = len(between.split()) >= 3 if between.isascii() or language not in ("zh", "ja") else len(between) >= 7
        if names[0] == names[1] and one.scale == two.scale and apart and not _tied(between) and _sides(text, one, two):
            yield _real("swapped", "real", place, _with_exchanged(text, one, two))


def _tied(between: str) -> bool:
    """The second figure belongs to the first (`40 of the 60`, `from 95 to 38`), or the two are a row."""
    return bool(
        re.search(r"\b(?:of|out of|von|de|sur|to|bis|auf|à|a|than|per|by|or|oder|ou|o|total|times|until)\b|"
                  r"由|从|到|至|每|中的|其中|降|升|增|减|或|×|から|まで|のうち|[/(（=]", between, re.I)
    )  # fmt: skip


def _sides(text: str, one: Figure, two: Figure) -> bool:
    """What stands after the two is different, so that an exchange makes another statement."""
    after = [re.sub(r"[^\w]+", " ", text[f.tail : f.tail + 14]).split()[:2] for f in (one, two)]
    return after[0] != after[1] and all(after)


def _with_exchanged(text: str, one: Figure, two: Figure) -> str:
    return text[: one.start] + two.digits + text[one.end : two.start] + one.digits + text[two.end :]


# --- citations --------------------------------------------------------------------------------------------------------


def wrong_citations(texts: Sequence[tuple[str, str, tuple[str, ...]]], dice: Random) -> Iterator[Exchange]:
    """A sentence with a figure of one passage that cites another passage of its text; and the same with its own."""
    for language, origin, paragraphs in texts:
        least, most = (25, 600) if language in ("zh", "ja", "ko") else (60, 900)
        passages = [paragraph for paragraph in paragraphs if least <= len(paragraph) <= most]
        if origin.startswith(("sample", "k8s_cases", "press", "own")) and len(passages) >= 4:
            for number, passage in enumerate(passages):
                others = [other for at, other in enumerate(passages) if at != number]
                dice.shuffle(others)
                yield from _cited(Place(language, origin, _first_with_figure(passage, language), passage), others)


def _cited(place: Place, others: Sequence[str]) -> Iterator[Exchange]:
    mine = [f for f in figures(place.text, place.language) if is_quantity(place.text, f, place.language)]
    without = [other for other in others if all(f.values.isdisjoint(values_in(other, place.language)) for f in mine)]
    if mine and without:
        passages = (place.document, without[0], *others[:3])
        made = Exchange("citation", "another passage", place.language, place.origin, place.text, passages, (1,))
        yield made
        yield replace(made, kind=TRUE, make="own passage", cited=(0, 1))


def _first_with_figure(passage: str, language: str) -> str:
    """Its first sentence that has a figure; empty when there is none."""
    said = (piece.strip() for piece in re.split(r"(?<=[。！])|(?<=[.!]) (?=[A-ZÄ-Ü])", passage) if piece)
    return next((s for s in said if not s.endswith(CUT_SHORT) and _has_figure(s, language)), "")


def _has_figure(text: str, language: str) -> bool:
    return any(is_quantity(text, figure, language) for figure in figures(text, language))
