"""Writing a quantity in another locale: same value, same unit, same qualifier, or nothing.

Where a language has no plain way that `find` would read back, the answer is None: the caller quarantines the segment
instead of guessing. Currencies and units are never converted.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from knowledge.domain.locale import Locale
from knowledge.domain.quantity import render_words as words
from knowledge.domain.quantity.model import Kind, Qualifier, Quantity
from knowledge.domain.quantity.numerals import MAX_DIGITS, decimal_comma
from knowledge.domain.quantity.render_dates import render_date, render_time
from knowledge.domain.quantity.units import DIMENSIONS, DURATIONS

_WITHIN = re.compile(r"内|within\b|이내", re.I)
_DECIMAL = re.compile(r"[0-9][.,．][0-9]|点")
_EAST = frozenset({"zh", "ja", "ko"})


def render(quantity: Quantity, locale: Locale) -> str | None:
    """`quantity` as `locale` writes it, covering what its span covers; None where that is not known."""
    language = locale.language
    if language not in words.SCALES:
        return None
    if quantity.date is not None:
        return render_date(quantity.date, locale)
    if quantity.value is None:
        return None
    if quantity.kind is Kind.TIME:
        return _qualified(quantity, render_time(quantity.value), language)
    if quantity.qualifier is Qualifier.SEVERAL:
        return _magnitude(quantity, language)
    body = _body(quantity, locale)
    return _qualified(quantity, body, language) if body is not None else None


def _magnitude(quantity: Quantity, language: str) -> str | None:
    """Hundreds of, 数百: a power of ten without a unit, in the words of the language."""
    value = quantity.value
    if quantity.kind is not Kind.NUMBER or quantity.unit or value is None or value.denominator != 1:
        return None
    return words.MAGNITUDES[language].get(int(value))


def _qualified(quantity: Quantity, body: str | None, language: str) -> str | None:
    if body is None or quantity.qualifier is Qualifier.EXACT:
        return body
    if quantity.qualifier is Qualifier.AT_MOST and quantity.kind is Kind.DURATION and _WITHIN.search(quantity.text):
        within = {"zh": f"{body}内", "en": f"within {body}", "ja": f"{body}以内", "ko": f"{body} 이내"}.get(language)
        return within or words.QUALIFIERS[language][quantity.qualifier].format(body)
    if quantity.qualifier is Qualifier.AT_MOST and language == "zh" and quantity.kind is Kind.PERCENT:
        return f"最高{body}"
    return words.QUALIFIERS[language][quantity.qualifier].format(body)


def _body(quantity: Quantity, locale: Locale) -> str | None:
    """The quantity without its qualifier."""
    value, language = quantity.value, locale.language
    if value is None:
        return None
    if quantity.kind is Kind.ORDINAL:
        return _ordinal(value, language)
    if _is_fraction(quantity):
        return _fraction(quantity, locale)
    group = _like_year(quantity)
    low = number(value, locale, group=group)
    high = number(quantity.high, locale, group=group) if quantity.high is not None else None
    if low is None or (quantity.high is not None and high is None):
        return None
    if high is not None and quantity.kind is Kind.MONEY:
        pattern = words.MONEY[language].get(quantity.unit)
        if pattern is None:
            return None
        ends = _money(low, pattern, language), _money(high, pattern, language)
        if "{}" in pattern[:2] and language not in _EAST and not _scaled(low):
            ends = low, ends[1]
        return words.RANGE.get(language, "{}–{}").format(*ends)
    amount = low if high is None else words.RANGE.get(language, "{}–{}").format(low, high)
    return _with_unit(quantity, amount, quantity.high if quantity.high is not None else value, locale)


def _like_year(quantity: Quantity) -> bool:
    """True for 1,900–1,950 pieces and for 1,900 years: ungrouped they would read as calendar years."""
    ends = [end for end in (quantity.value, quantity.high) if end is not None]
    if len(ends) < 2 and quantity.unit != "year":
        return False
    return any(1000 <= end < 2100 for end in ends)


def _with_unit(quantity: Quantity, amount: str, measure: Fraction, locale: Locale) -> str | None:
    language, kind, unit = locale.language, quantity.kind, quantity.unit
    one = 0 if measure == 1 or (language in ("fr", "pt") and 0 < measure < 2) else 1
    if kind is Kind.PERCENT:
        return words.PERCENT[language].format(amount)
    if kind is Kind.PERCENTAGE_POINT:
        return words.POINTS[language][one].format(amount)
    if kind is Kind.MULTIPLE:
        plain = measure != 1 and measure < 10**6  # a million times is how often, not how much
        return words.MULTIPLES[language].format(amount) if plain or language in _EAST else None
    if kind is Kind.MONEY:
        pattern = words.MONEY[language].get(unit)
        return _money(amount, pattern, language) if pattern else None
    if not unit:
        return amount
    if language in _EAST:
        word = words.EAST_UNITS[language].get(unit)
        if word:
            return f"{amount}{' ' if language == 'ko' and len(word) > 2 else ''}{word}"
        return None if unit in DURATIONS else f"{amount} {unit}"
    forms = words.UNITS[language].get(unit)
    if forms:
        return f"{amount} {_de(amount, language)}{forms[one]}"
    if unit in DURATIONS or unit not in DIMENSIONS or unit in ("mile", "inch", "foot", "mu", "lb"):
        return None
    return f"{amount} {unit}"


def number(value: Fraction, locale: Locale, *, group: bool = False) -> str | None:
    """`value` in digits and, from a million (万 in Chinese) up, with a scale word if two decimals suffice.

    Four digits are grouped where the locale does so, and with `group` everywhere.
    """
    language = locale.language
    if value < 0:
        positive = number(-value, locale, group=group)
        return f"-{positive}" if positive else None
    for factor, one, many in words.SCALES[language]:
        mantissa = value / factor
        if mantissa >= 1 and (mantissa * 100).denominator == 1 and mantissa < _ceiling(language, factor):
            digits = _digits(mantissa, locale)
            if digits is None:
                return None
            singular = mantissa == 1 or (language in ("fr", "pt") and mantissa < 2)
            return f"{digits}{'' if language in _EAST else ' '}{one if singular else many}"
    return _digits(value, locale, group)


def _ceiling(language: str, factor: int) -> int:
    return {"zh": 10**4, "ja": 10**4, "ko": 10**4, "es": 10**6}.get(language, 1000) if factor < 10**12 else 10**6


def _digits(value: Fraction, locale: Locale, group: bool = False) -> str | None:
    """Exact decimal digits with the locale's separators; None for a value that no decimal ends."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return None
    text = format((Decimal(value.numerator) / Decimal(value.denominator)), "f")
    whole, _, decimals = text.partition(".")
    if Fraction(text) != value or len(whole) > MAX_DIGITS or len(decimals) > MAX_DIGITS:
        return None
    language, comma = locale.language, decimal_comma(locale.tag)
    least = 5 if language in ("zh", "ja") or (language == "es" and comma) else 4
    least = 4 if group else least
    separator = {"fr": "\u00a0", "es": "\u00a0"}.get(language, ".") if comma else ","
    grouped = f"{int(whole):,}".replace(",", separator) if len(whole) >= least else whole
    return grouped + (f"{',' if comma else '.'}{decimals}" if decimals else "")


def _is_fraction(quantity: Quantity) -> bool:
    value = quantity.value
    if value is None or quantity.high is not None or not 0 < value < 1:
        return False
    return quantity.kind in (Kind.NUMBER, Kind.DURATION) and not _DECIMAL.search(quantity.text)


def _fraction(quantity: Quantity, locale: Locale) -> str | None:
    """2/3 and 一半 in the words of the locale; half a year."""
    value, language, unit = quantity.value, locale.language, quantity.unit
    if value is None or value.denominator > 10 or value.numerator > 9:
        return None if value is None or unit else _digits(value, locale)
    if unit:
        return _half_unit(unit, language) if value == Fraction(1, 2) else None
    if value == Fraction(1, 2) and language in ("zh", "en", "ko"):
        return {"zh": "一半", "en": "half", "ko": "절반"}[language]
    top, bottom = value.numerator, value.denominator
    if language == "en":
        return f"{words.EN_ONES[top]}-{words.EN_PARTS[bottom]}{'s' if top > 1 else ''}"
    if language == "zh":
        return f"{words.HAN_ONES[bottom]}分之{words.HAN_ONES[top]}"
    pattern = words.FRACTIONS.get(language)
    return pattern.format(top=top, bottom=bottom) if pattern else f"{top}/{bottom}"


def _half_unit(unit: str, language: str) -> str | None:
    if language == "en" and unit in ("second", "minute", "hour", "day", "week", "month", "year"):
        return f"half {'an' if unit == 'hour' else 'a'} {unit}"
    if language == "zh":
        return {"year": "半年", "month": "半个月", "day": "半天", "hour": "半小时", "minute": "半分钟"}.get(unit)
    return None


def _ordinal(value: Fraction, language: str) -> str | None:
    if value.denominator != 1:
        return None
    rank = int(value)
    if language in ("zh", "ja"):
        return f"第{rank}"
    if language != "en":
        return None
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"


def _scaled(amount: str) -> bool:
    return amount[-1:].isalpha()


def _de(amount: str, language: str) -> str:
    """The particle between a scale word and what it counts: 2 millions d’euros."""
    return {"fr": "de ", "es": "de ", "pt": "de "}.get(language, "") if _scaled(amount) else ""


def _money(amount: str, pattern: str, language: str) -> str:
    particle = _de(amount, language)
    if particle == "de " and language == "fr" and "{de}e" in pattern:
        particle = "d’"
    return pattern.replace("{de}", particle).replace("{}", amount)
