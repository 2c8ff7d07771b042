"""Writing dates, quarters and times in a locale."""

from __future__ import annotations

from fractions import Fraction

from knowledge.domain.locale import Locale
from knowledge.domain.quantity.date_words import MONTHS
from knowledge.domain.quantity.model import DateValue

_QUARTERS = {"en": "Q{q} {y}", "de": "Q{q} {y}", "fr": "T{q} {y}", "es": "T{q} {y}", "pt": "T{q} {y}"}
_QUARTER_ALONE = {
    "en": "Q{q}",
    "de": "Q{q}",
    "fr": "T{q}",
    "es": "T{q}",
    "pt": "T{q}",
    "zh": "第{q}季度",
    "ja": "第{q}四半期",
}
_HALVES: dict[str, tuple[str, str]] = {
    "en": ("H1 {y}", "H2 {y}"),
    "de": ("H1 {y}", "H2 {y}"),
    "fr": ("premier semestre {y}", "second semestre {y}"),
    "es": ("primer semestre de {y}", "segundo semestre de {y}"),
    "pt": ("primeiro semestre de {y}", "segundo semestre de {y}"),
    "zh": ("{y}年上半年", "{y}年下半年"),
    "ja": ("{y}年上半期", "{y}年下半期"),
    "ko": ("{y}년 상반기", "{y}년 하반기"),
}
_FISCAL = {
    "en": "FY{y}",
    "zh": "{y}财年",
    "ja": "{y}年度",
    "ko": "{y} 회계연도",
    "de": "Geschäftsjahr {y}",
    "fr": "exercice {y}",
    "es": "año fiscal {y}",
    "pt": "ano fiscal {y}",
}
_HAN_QUARTERS = "一二三四"


def render_date(date: DateValue, locale: Locale) -> str | None:
    """`date` as `locale` writes it; None for a combination without a usual form (a bare day in English)."""
    if date.fiscal:
        return _fiscal(date, locale.language)
    if date.quarter is not None or date.half is not None:
        return _part_of_year(date, locale.language)
    if locale.language in ("zh", "ja", "ko"):
        return _east(date, locale.language)
    return _latin(date, locale)


def render_time(minutes: Fraction) -> str | None:
    """A time of day on the 24-hour clock; with seconds only when there are any."""
    seconds = minutes * 60
    if seconds.denominator != 1 or not 0 <= seconds < 24 * 3600:
        return None
    hour, rest = divmod(int(seconds), 3600)
    minute, second = divmod(rest, 60)
    return f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if second else "")


def _fiscal(date: DateValue, language: str) -> str | None:
    if date.year is None or date.month or date.day or date.half:
        return None
    if date.quarter is None:
        return _FISCAL[language].format(y=date.year)
    if language == "en":
        return f"Q{date.quarter} FY{date.year}"
    return f"{date.year}财年第{_HAN_QUARTERS[date.quarter - 1]}季度" if language == "zh" else None


def _part_of_year(date: DateValue, language: str) -> str | None:
    if date.month or date.day or (date.quarter and date.half):
        return None
    if date.half:
        if date.year is None:
            ordinal = ("first", "second")[date.half - 1]
            return {"zh": "上下"[date.half - 1] + "半年", "en": f"{ordinal} half of the year"}.get(language)
        return _HALVES[language][date.half - 1].format(y=date.year)
    quarter = date.quarter or 0
    if date.year is None:
        if language == "zh":
            return f"第{_HAN_QUARTERS[quarter - 1]}季度"
        pattern = _QUARTER_ALONE.get(language)
        return pattern.format(q=quarter) if pattern else None
    if language == "zh":
        return f"{date.year}年第{_HAN_QUARTERS[quarter - 1]}季度"
    if language == "ja":
        return f"{date.year}年第{quarter}四半期"
    if language == "ko":
        return f"{date.year}년 {quarter}분기"
    return _QUARTERS[language].format(q=quarter, y=date.year)


def _east(date: DateValue, language: str) -> str | None:
    marks, gap = (("년", "월", "일"), " ") if language == "ko" else (("年", "月", "日"), "")
    if date.year is not None and date.day is not None and date.month is None:
        return None
    if language == "ko" and date.month is None and date.day is not None:
        return None  # "15일" is as much fifteen days
    parts = [(date.year, marks[0]), (date.month, marks[1]), (date.day, marks[2])]
    return gap.join(f"{value}{mark}" for value, mark in parts if value is not None) or None


def _latin(date: DateValue, locale: Locale) -> str | None:
    year, day = date.year, date.day
    if date.month is None:
        return str(year) if year is not None and day is None else None
    language = locale.language
    month = MONTHS[language][date.month - 1]
    if day is None:
        if year is None:
            return month if language == "en" else None
        return f"{month} de {year}" if language in ("es", "pt") else f"{month} {year}"
    if language == "en":
        if locale.tag in ("en", "en-US"):
            return f"{month} {day}" + (f", {year}" if year is not None else "")
        return f"{day} {month}" + (f" {year}" if year is not None else "")
    if language == "de":
        return f"{day}. {month}" + (f" {year}" if year is not None else "")
    if language == "fr":
        return f"{'1er' if day == 1 else day} {month}" + (f" {year}" if year is not None else "")
    return f"{day} de {month}" + (f" de {year}" if year is not None else "")
