"""Another year, month, day or quarter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from evals.bench.claims.corpus import Place
from evals.bench.claims.mutations.base import Mutant, Mutator, chosen
from evals.bench.claims.mutations.words import QUARTERS
from evals.scorers.eyes.words import MONTHS

_YEAR_EAST = re.compile(r"(?<![0-9.])((?:1[5-9]|20)[0-9]{2}) ?(?=年(?!间|間|代)|년(?!간|대))")
_YEAR_WEST = re.compile(r"(?<![\w.,$€£/-])((?:1[5-9]|20)[0-9]{2})(?![\w%€$£/-]|[.,][0-9])")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|of|by|until|from|during|fiscal|year|early|late|seit|im|Jahre?|bis|ab|von|vor|en|depuis|de|desde|"
    r"em|do|ano|año|année|sobre|avant|até|hasta|até|o|à|d’ici|year’s|mid|before|after|nach|Anfang|Ende)|,) $"
)
_DAY_EAST = re.compile(r"(?<=[月월]) ?([0-9]{1,2}) ?(?=[日일])")
_MONTH_EAST = re.compile(r"(?<![0-9個个.])(1[0-2]|[1-9]) ?(?=[月월](?![0-9]*[间間]))")


class DateMutator(Mutator):
    """One part of a date changed to one that the document does not have."""

    kind = "date"

    def mutants(self, place: Place, dice: Random) -> Iterator[Mutant]:
        yield from self._years(place, dice)
        yield from self._quarters(place, dice)
        if place.language in ("zh", "ja", "ko"):
            yield from self._eastern(place, dice)
        else:
            yield from self._western(place, dice)

    def _years(self, place: Place, dice: Random) -> Iterator[Mutant]:
        eastern = place.language in ("zh", "ja", "ko")
        for found in (_YEAR_EAST if eastern else _YEAR_WEST).finditer(place.text):
            before = place.text[max(0, found.start() - 16) : found.start()]
            if re.search(r"\b(?:m[aá]s|plus|menos|moins|mais|cerca|près|casi|quase) d[eo] $", before):
                continue
            if not eastern and not _YEAR_BEFORE.search(before) and not _month_before(before, place.language):
                continue
            options = [str(int(found[1]) + step) for step in (-3, -2, -1, 1, 2, 3)]
            options = [year for year in options if year not in place.document and year[2:] not in place.document]
            if options:
                yield self.made(place, *found.span(1), chosen(dice, options))

    def _quarters(self, place: Place, dice: Random) -> Iterator[Mutant]:
        names = QUARTERS[place.language]
        for name in names:
            for found in re.finditer(re.escape(name), place.text):
                options = [other for other in names if other not in place.document.lower() and other != name]
                if options:
                    yield self.made(place, *found.span(), chosen(dice, options))
        for found in re.finditer(r"\bQ([1-4])(?![0-9])", place.text):
            options = [number for number in "1234" if f"Q{number}" not in place.document]
            if options:
                yield self.made(place, *found.span(1), chosen(dice, options), found.span())

    def _eastern(self, place: Place, dice: Random) -> Iterator[Mutant]:
        for pattern, most in ((_MONTH_EAST, 12), (_DAY_EAST, 28)):
            for found in pattern.finditer(place.text):
                mark = place.text[found.end()]
                options = [str(number) for number in range(1, most + 1)]
                options = [o for o in options if not re.search(rf"(?<![0-9])0?{o} ?{mark}", place.document)]
                options = [o for o in options if not re.search(rf"[-/.]0?{o}(?![0-9])", place.document)]
                if options:
                    yield self.made(place, *found.span(1), chosen(dice, options))

    def _western(self, place: Place, dice: Random) -> Iterator[Mutant]:
        months = MONTHS[place.language]
        for found in re.finditer(rf"(?<!\w)(?:{'|'.join(months)})(?!\w)", place.text):
            if not _is_month(place.text, found):
                continue
            options = [month for month in months if month[:3].lower() not in place.document.lower()]
            if options:
                yield self.made(
                    place, *found.span(), chosen(dice, options), (found.start(), _end_of_days(place.text, found))
                )
            for day in _days(place.text, found):
                numbers = [str(number) for number in range(2, 29)]
                numbers = [n for n in numbers if not re.search(rf"(?<![0-9])0?{n}(?![0-9])", place.document)]
                numbers = [n for n in numbers if n[-1] not in "123" or n in ("11", "12", "13")]
                if numbers and not re.match(r"st|nd|rd", place.text[day[1] :]):
                    yield self.made(place, *day, chosen(dice, numbers))


def _month_before(before: str, language: str) -> bool:
    months = MONTHS.get(language, ())
    return bool(months) and bool(re.search(rf"(?:{'|'.join(months)}),? (?:de )?$", before))


def _is_month(text: str, found: re.Match[str]) -> bool:
    """`May` and `March` are months only beside a number or after a preposition."""
    before, after = text[: found.start()], text[found.end() :]
    return bool(
        re.search(
            r"(?:[0-9]\.?|º|er|\b(?:in|since|im|Im|en|em|of|by|until|depuis|desde|de|seit|bis))(?: de)? $", before
        )
        or re.match(r",? (?:de )?[0-9]", after)
    )


def _end_of_days(text: str, month: re.Match[str]) -> int:
    """Where `July 10-11` ends: with another month, both days are wrong."""
    days = re.match(r" [0-9]{1,2}(?: ?[-–] ?[0-9]{1,2})?(?![0-9])", text[month.end() :])
    return month.end() + (days.end() if days else 0)


def _days(text: str, month: re.Match[str]) -> Iterator[tuple[int, int]]:
    before = re.search(r"(?<![0-9.,])([0-9]{1,2})(?:\.|º)?(?: de)? $", text[: month.start()])
    if before:
        yield before.span(1)
    after = re.match(r" ([0-9]{1,2})(?![0-9]|:)", text[month.end() :])
    if after:
        yield month.end() + after.start(1), month.end() + after.end(1)
