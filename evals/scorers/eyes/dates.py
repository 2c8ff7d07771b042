"""Dates as far as they are said: year, month, day, quarter, half of a year."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from evals.scorers.eyes.figures import han
from evals.scorers.eyes.units import unit_at
from evals.scorers.eyes.words import HAN_DIGITS, MONTHS

_YEAR = r"(?:(?:19|20)[0-9]{2})"
_HAN_YEAR = "[一二][〇零一二三四五六七八九]{3}"
_SMALL = "[0-9]{1,2}|十[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十一?|[一二三四五六七八九]"
_ISO = re.compile(rf"(?<![0-9.])({_YEAR})([-/.])(0?[1-9]|1[0-2])(?:\2(0?[1-9]|[12][0-9]|3[01]))?(?![0-9])")
_AMERICAN = re.compile(rf"(?<![0-9/])(0?[1-9]|[12][0-9]|3[01])/(0?[1-9]|[12][0-9]|3[01])/({_YEAR})(?![0-9])")
_EAST = re.compile(
    rf"(?:(?<![0-9.])(?P<year>{_YEAR}|{_HAN_YEAR}) ?[年년](?!间|間|代|간|대)(?:度|初|底|末|中)? ?)?"
    rf"(?:(?<![0-9.个個])(?:(?P<from>{_SMALL}) ?[-–—~至到和、] ?)?(?P<month>{_SMALL}) ?[月월](?!间)"
    rf"(?: ?(?:(?P<first>{_SMALL}) ?[日号일]?[-–—~至到和、] ?)?(?P<day>{_SMALL}) ?[日号일])?)?"
)
_EAST_PART = re.compile(
    rf"(?:({_YEAR}|{_HAN_YEAR}) ?年(?:度|的)? ?)?"
    r"(?:第?([一二三四1-4]) ?季度|([上下])半年|(?:(?<=年)|(?<=年 ))Q([1-4])(?![0-9A-Za-z]))"
)
_DAY_AFTER = re.compile(r"(?<=[至到和、—–~-]) ?([0-9]{1,2}) ?[日号](?!内|间|元)")
_WEST_PART = re.compile(
    rf"(?<!\w)(?:({_YEAR}) )?(?:Q([1-4])|H([12])|(first|second|third|fourth) (quarter|half)(?!\w))"
    rf"(?:(?: of(?: fiscal)?)? ?(?:FY ?)?({_YEAR})(?![0-9]))?(?![0-9])",
    re.I,
)
_BARE = re.compile(rf"(?<![A-Za-z0-9.,$€£¥#_])(?:FY ?)?({_YEAR})(?![A-Za-z0-9%_]|[.,][0-9])")
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "上": 1, "下": 2}
_SHORT = "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec"
_PREPOSITION = re.compile(
    r"\b(?:in|since|until|till|by|of|from|to|through|and|during|before|after|late|early|mid-?|end) ?$", re.I
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date at `start`–`end`; what was not said is None. `bare`: four digits that could be something else."""

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    bare: bool = False

    def within(self, other: Date) -> bool:
        """True when the other date has everything that this one says."""
        month = other.month
        quarter = other.quarter or (month and (month + 2) // 3)
        half = other.half or (quarter and (quarter + 1) // 2)
        pairs = (
            (self.year, other.year),
            (self.month, month),
            (self.day, other.day),
            (self.quarter, quarter),
            (self.half, half),
        )
        return all(mine is None or mine == theirs for mine, theirs in pairs)


def dates(text: str, language: str) -> list[Date]:
    """The dates of a text, in order; none overlaps another."""
    found: list[Date] = []
    for date in (
        *_iso(text),
        *_east_parts(text),
        *_east(text),
        *_west(text, language),
        *_west_parts(text),
        *_bare(text),
    ):
        if not any(date.start < other.end and other.start < date.end and other.text != date.text for other in found):
            found.append(date)
    return sorted(found, key=lambda date: date.start)


@lru_cache(maxsize=2048)
def known_dates(text: str, language: str) -> tuple[Date, ...]:
    """The dates of a source; one without a year may have that of the date before or after it."""
    found = dates(text, language)
    years = [(date.start, date.year) for date in found if date.year]
    more = []
    for date in found:
        if date.year is None:
            before = [year for start, year in years if start < date.start][-1:]
            after = [year for start, year in years if start > date.start][:1]
            more += [replace(date, year=year) for year in (*before, *after)]
    return (*found, *more)


def stands(date: Date, among: Collection[Date]) -> bool:
    """True when one of these dates has everything that is said."""
    return any(date.within(other) for other in among)


def _iso(text: str) -> Iterator[Date]:
    for m in _ISO.finditer(text):
        yield Date(*m.span(), m.group(), int(m[1]), int(m[3]), int(m[4]) if m[4] else None)
    for m in _AMERICAN.finditer(text):
        for month, day in ((int(m[1]), int(m[2])), (int(m[2]), int(m[1]))):
            if month <= 12:
                yield Date(*m.span(), m.group(), int(m[3]), month, day)


def _east(text: str) -> Iterator[Date]:
    for m in _EAST.finditer(text):
        if not m.group():
            continue
        month = _number(m["month"])
        if month is not None and month > 12:
            continue
        date = Date(
            m.start(),
            m.start() + len(m.group().rstrip()),
            m.group().rstrip(),
            _number(m["year"]),
            month,
            _number(m["day"]),
        )
        yield date
        if m["from"]:
            yield replace(date, month=_number(m["from"]), day=None)
        if m["first"]:
            yield replace(date, day=_number(m["first"]))
    for m in _DAY_AFTER.finditer(text):
        yield Date(*m.span(1), m.group(), day=int(m[1]))


def _east_parts(text: str) -> Iterator[Date]:
    for m in _EAST_PART.finditer(text):
        quarter = _number(m[2]) or (int(m[4]) if m[4] else None)
        yield Date(*m.span(), m.group(), _number(m[1]), quarter=quarter, half=_ORDER[m[3]] if m[3] else None)


def _west(text: str, language: str) -> Iterator[Date]:
    names = {name: number for tongue in ("en", language) for number, name in enumerate(MONTHS.get(tongue, ()), 1)}
    short = {name: 1 + "JanFebMarAprMayJunJulAugSepOctNovDec".index(name[:3]) // 3 for name in _SHORT.split()}
    every = "|".join(sorted((*names, *short), key=len, reverse=True))
    before = r"(?:(?<![0-9.,])(?:([0-9]{1,2}) ?[-–] ?)?([0-9]{1,2})(?:st|nd|rd|th|\.|º|er)? (?:of |de )?)?"
    after = r"(?: ([0-9]{1,2})(?:st|nd|rd|th)?(?:(?:[-–]| to | and )([0-9]{1,2}))?(?![0-9:%]))?"
    pattern = rf"{before}(?<!\w)({every})(?!\w)\.?{after}(?:,? (?:of |de )?({_YEAR})(?![0-9]))?"
    for m in re.finditer(pattern, text):
        beside = m[2] or m[4] or m[6]
        if not beside and (m[3] in short or (m[3] in ("May", "March") and not _PREPOSITION.search(text[: m.start()]))):
            continue
        date = Date(*m.span(), m.group(), int(m[6]) if m[6] else None, names.get(m[3]) or short[m[3]])
        days = [int(day) for day in (m[1], m[2], m[4], m[5]) if day]
        yield from (replace(date, day=day) for day in days) if days else [date]


def _west_parts(text: str) -> Iterator[Date]:
    for m in _WEST_PART.finditer(text):
        quarter = int(m[2]) if m[2] else _ORDER[m[4].lower()] if m[5] and m[5].lower() == "quarter" else None
        half = int(m[3]) if m[3] else _ORDER.get(m[4].lower()) if m[5] and m[5].lower() == "half" else None
        yield Date(*m.span(), m.group(), _number(m[1] or m[6]), quarter=quarter, half=half)


def _bare(text: str) -> Iterator[Date]:
    for m in _BARE.finditer(text):
        if unit_at(text, *m.span()) is None:
            yield Date(*m.span(), m.group(), int(m[1]), bare=True)


def _number(said: str | None) -> int | None:
    if not said:
        return None
    if said[0].isascii():
        return int(said)
    return int("".join(str(HAN_DIGITS[c]) for c in said)) if len(said) == 4 else han(said)
