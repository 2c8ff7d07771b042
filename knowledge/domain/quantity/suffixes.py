"""What may follow a number and its scale: percent, points, multiples, currency, unit, ordinal endings.

Per language three lists are searched at once: words in Latin letters, words in East Asian scripts, and symbols, whose
case counts. What a number is followed by is looked up in small letters for the words and as written for the rest.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from knowledge.domain.quantity.currency import EAST_CURRENCIES, LATIN_CURRENCIES
from knowledge.domain.quantity.fold import GAP
from knowledge.domain.quantity.model import Kind
from knowledge.domain.quantity.trie import LATIN, flat, one_of, split
from knowledge.domain.quantity.unit_words import SYMBOLS, WORDS
from knowledge.domain.quantity.units import DURATIONS


class Suffix(NamedTuple):
    """Kind and unit that a suffix gives to a number, where it ends, and what it multiplies the number by."""

    kind: Kind
    unit: str
    end: int
    factor: Fraction = Fraction(1)


class _Meaning(NamedTuple):
    kind: Kind
    unit: str
    factor: Fraction = Fraction(1)


_PERCENT = _Meaning(Kind.PERCENT, "%")
_POINTS = _Meaning(Kind.PERCENTAGE_POINT, "pp")
_TIMES = _Meaning(Kind.MULTIPLE, "x")
_TENTH = _Meaning(Kind.PERCENT, "%", Fraction(10))
_RANK = _Meaning(Kind.ORDINAL, "")

# Of a language, in small letters; those that stand right at the number or after a hyphen are in _TIGHT.
_LATIN: dict[str, dict[_Meaning, str]] = {
    "en": {
        _POINTS: "percentage point|percentage points|percentage-point|percent point|percent points|percentage-points",
        _Meaning(Kind.PERCENTAGE_POINT, "pp", Fraction(1, 100)): "basis point|basis points|bps",
        _PERCENT: "percent|per cent|pct",
        _TIMES: "times(?! (?:a|an|per|each|every|in|daily|weekly)\\b)|fold",
        _RANK: "st|nd|rd|th",
    },
    "de": {
        _POINTS: "prozentpunkt|prozentpunkte|prozentpunkten",
        _PERCENT: "prozent",
        _TIMES: "fach|fache|fachen|facher|faches|fachem|mal",
    },
    "fr": {
        _POINTS: "point de pourcentage|points de pourcentage",
        _PERCENT: "pour cent|pour-cent|pourcent",
        _TIMES: "fois",
    },
    "es": {_POINTS: "punto porcentual|puntos porcentuales", _PERCENT: "por ciento", _TIMES: "veces"},
    "pt": {_POINTS: "ponto percentual|pontos percentuais", _PERCENT: "por cento", _TIMES: "vezes"},
}
_TIGHT = {"fold": "-", "fach": "-", "fache": "-", "fachen": "-", "facher": "-", "faches": "-", "fachem": "-"}
_TIGHT |= dict.fromkeys(("st", "nd", "rd", "th"), "")
_EAST: dict[str, dict[_Meaning, str]] = {
    "": {_POINTS: "百分点|个百分点", _TIMES: "倍(?![数率频])", _TENTH: "成(?![立本为功员果熟都分长效交绩品就人型])"},
    "ja": {_POINTS: "ポイント|パーセントポイント", _PERCENT: "パーセント", _TENTH: "割(?![合り引])"},
    "ko": {
        _POINTS: "퍼센트포인트|퍼센트 포인트",
        _PERCENT: "퍼센트|프로(?![가-힣])",
        _TIMES: "배(?![포치터])",
    },
}
_SYMBOLS: dict[_Meaning, str] = {
    _POINTS: "%p(?![A-Za-z])|%-punkt|%-punkte|%-punkten|% punkte|% punkten|%포인트|%ポイント",
    _PERCENT: "%(?![A-Za-z0-9])",
    _Meaning(Kind.PERCENT, "%", Fraction(1, 10)): "‰",
    _TIMES: "×(?![A-Za-z0-9]|[ ]?[0-9])|x(?![A-Za-z0-9]|[ ]?[0-9])|X(?![A-Za-z0-9]|[ ]?[0-9])",
}
_SHORT_POINTS = ("pp", "PP", "ppt", "ppts", "p.p.")
_BLANKS = frozenset(" \t\u00a0\u202f\u2009\u3000")


class _Forms(NamedTuple):
    latin: re.Pattern[str]
    latin_words: dict[str, _Meaning]
    east: re.Pattern[str]
    east_words: dict[str, _Meaning]
    symbols: re.Pattern[str]
    symbol_words: dict[str, _Meaning]


@lru_cache(maxsize=16)
def _forms(language: str) -> _Forms:
    """The forms of a language, English inside East Asian text, and Chinese inside Latin text."""
    latin = language if language in _LATIN else "en"
    east = language if language in ("zh", "ja", "ko") else "zh"
    latin_forms = _units(WORDS[latin]) | _currencies(LATIN_CURRENCIES) | _meanings(_LATIN[latin])
    east_forms = _units(WORDS[east]) | _currencies(EAST_CURRENCIES)
    east_forms |= _meanings(_EAST[""]) | _meanings(_EAST.get(language, {}))
    bound = rf"(?![{LATIN}0-9²³/])"
    symbol_forms = {form + bound: meaning for form, meaning in _units(SYMBOLS).items()}
    symbol_forms |= {form + bound: _POINTS for form in _SHORT_POINTS} | _meanings(_SYMBOLS)
    return _Forms(
        re.compile(
            rf"(?P<gap>[ \u00a0\u202f-]?)(?P<de>d’|d'|de )?(?P<word>{one_of(_lowered(latin_forms))})(?![{LATIN}0-9])"
        ),
        _plain(_lowered(latin_forms)),
        re.compile(rf"(?P<gap>{GAP})(?P<word>{one_of(east_forms)})"),
        _plain(east_forms),
        re.compile(rf"[ \u00a0\u202f]{{0,2}}(?P<word>{one_of(symbol_forms)})"),
        _plain(symbol_forms),
    )


def _units(table: dict[str, str]) -> dict[str, _Meaning]:
    kinds = {unit: _Meaning(Kind.DURATION if unit in DURATIONS else Kind.NUMBER, unit) for unit in table}
    return {form: kinds[unit] for form, unit in flat(table).items()}


def _currencies(table: dict[str, str]) -> dict[str, _Meaning]:
    return {form: _Meaning(Kind.MONEY, code) for form, code in flat(table).items()}


def _meanings(table: dict[_Meaning, str]) -> dict[str, _Meaning]:
    return {form: meaning for meaning, forms in table.items() for form in split(forms)}


def _lowered(forms: dict[str, _Meaning]) -> dict[str, _Meaning]:
    return {form.lower(): meaning for form, meaning in forms.items()}


def _plain(forms: dict[str, _Meaning]) -> dict[str, _Meaning]:
    """The same by the words that are seen, without lookaheads."""
    return {form.partition("(?")[0]: meaning for form, meaning in forms.items()}


def match_suffix(text: str, low: str, position: int, language: str) -> Suffix | None:
    """The suffix that starts at `position`, or None."""
    after = text[position : position + 1]
    if after in _BLANKS:
        after = text[position + 1 : position + 2]
        if after in _BLANKS:
            after = text[position + 2 : position + 3]
    if not after:
        return None
    forms = _forms(language)
    if after >= "\u1100" and (found := _east(text, position, forms, language)):
        return found
    if after < "\u2100" and (found := _latin(text, low, position, forms, language)):
        return found
    match = forms.symbols.match(text, position)
    if match:
        meaning = forms.symbol_words[match["word"]]
        return Suffix(meaning.kind, meaning.unit, match.end(), meaning.factor)
    return None


def _east(text: str, position: int, forms: _Forms, language: str) -> Suffix | None:
    if language == "zh" and text.startswith(("周年", " 周年"), position):
        return Suffix(Kind.ORDINAL, "", position)
    match = forms.east.match(text, position)
    if match is None:
        return None
    meaning = forms.east_words[match["word"]]
    if meaning is _TENTH and match["gap"]:
        return None
    return Suffix(meaning.kind, meaning.unit, match.end(), meaning.factor)


def _latin(text: str, low: str, position: int, forms: _Forms, language: str) -> Suffix | None:
    match = forms.latin.match(low, position)
    if match is None:
        return None
    word = match["word"]
    meaning = forms.latin_words[word]
    if word in _TIGHT and match["gap"] not in ("", _TIGHT[word]):
        return None
    if match["de"] and meaning.kind is not Kind.MONEY:
        # 2 millones de toneladas, but not 2 de toneladas and not 2 millones de veces.
        if (
            meaning.kind not in (Kind.NUMBER, Kind.DURATION)
            or language not in ("fr", "es", "pt")
            or not text[position - 1 : position].isalpha()
        ):
            return None
    return Suffix(meaning.kind, meaning.unit, match.end(), meaning.factor)
