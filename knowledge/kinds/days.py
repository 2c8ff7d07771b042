"""Days and times in fields. A `day` is exact and kept as ISO text; a `when` is as exact as its source tells."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

from knowledge.kinds.wrong import NotThis

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NUMERIC = re.compile(r"(\d{4})\s*(?P<mark>[-/.年])\s*(\d{1,2})(?:\s*(?:(?P=mark)|月)\s*(\d{1,2})\s*日?|\s*月)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})\s+([a-z]+)\.?\s+(\d{4})|([a-z]+)\.?\s+(\d{1,2}),?\s+(\d{4}))")
_RELATIVE = re.compile(r"([+-]\d{1,5})d")
_LONGEST = 500
_WRITE = "write it as 2026-03-01"


def as_day(value: Any, today: date) -> str:
    """An exact day as ISO text. Takes dates, 2026-03-01, 2026/3/1, 2026年3月1日, 1 March 2026, and +60d from today;
    refuses 01/02/2026, of which nobody can tell the month."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = unicodedata.normalize("NFKC", value).strip().casefold() if isinstance(value, str) else ""
    if not text or len(text) > _LONGEST:
        raise NotThis("is no day", _WRITE)
    relative = _RELATIVE.fullmatch(text)
    if relative:
        return _from_today(today, int(relative[1]))
    numeric = _NUMERIC.fullmatch(text)
    if numeric and numeric[4]:
        return _day(numeric[1], numeric[3], numeric[4])
    named = _NAMED.fullmatch(text)
    if named:
        day, month, year = (named[1], named[2], named[3]) if named[1] else (named[5], named[4], named[6])
        return _day(year, str(_month(month)), day)
    if _DAY_FIRST.fullmatch(text):
        raise NotThis("does not tell day and month apart", _WRITE)
    raise NotThis("is no day", _WRITE)


def as_when(value: Any) -> str:
    """A time in the words of its source (`2026 年 5 月`, `spring 2026`). Digits alone must be a day or month that
    exists: 2026/3/1 becomes ISO text, 2026/13/1 is refused."""
    if isinstance(value, date):
        return as_day(value, date.min)
    if not isinstance(value, str):
        raise NotThis("is no time", f"{_WRITE}, or in words")
    text = value.strip()
    if len(text) > _LONGEST or not text.isprintable():
        raise NotThis("is no time", f"{_WRITE}, or in a few words on one line")
    folded = unicodedata.normalize("NFKC", text).strip()
    numeric, day_first = _NUMERIC.fullmatch(folded), _DAY_FIRST.fullmatch(folded)
    if numeric:
        day = _day(numeric[1], numeric[3], numeric[4] or "1")
        return day if numeric[4] and numeric["mark"] != "年" else text
    if day_first:
        first, second = int(day_first[1]), int(day_first[2])
        if first != second and first <= 12 and second <= 12:
            raise NotThis("does not tell day and month apart", _WRITE)
        day_number, month = (first, second) if second <= 12 else (second, first)
        _day(day_first[3], str(month), str(day_number))
    return text


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise NotThis("is no day of the calendar", _WRITE) from None


def _month(word: str) -> int:
    for number, (short, full) in enumerate(zip(_MONTHS, _FULL, strict=True), start=1):
        if word in (short, full) or (word == "sept" and short == "sep"):
            return number
    raise NotThis("is no day", _WRITE)


def _from_today(today: date, days: int) -> str:
    try:
        return (today + timedelta(days=days)).isoformat()
    except OverflowError:
        raise NotThis("is no day of the calendar", _WRITE) from None
