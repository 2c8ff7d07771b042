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
from knowledge.domain.quantity.trie import LATIN, flat, latin, one_of, split
from knowledge.domain.quantity.unit_words import LANGUAGE_SYMBOLS, SYMBOLS, WORDS
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
_DECADE = _Meaning(Kind.DURATION, "year", Fraction(10))
_BASIS = _Meaning(Kind.PERCENTAGE_POINT, "pp", Fraction(1, 100))
_PERMILLE = _Meaning(Kind.PERCENT, "%", Fraction(1, 10))

# Of a language, in small letters; those that stand right at the number or after a hyphen are in _TIGHT.
_LATIN: dict[str, dict[_Meaning, str]] = {
    "en": {
        _POINTS: "percentage point|percentage points|percentage-point|percent point|percent points|percentage-points",
        _BASIS: "basis point|basis points|bps",
        _PERCENT: "percent|per cent|pct",
        _PERMILLE: "per mille|permille|per mill",
        _TIMES: "times(?! (?:a|an|per|each|every|in|daily|weekly)\\b)|fold",
        _RANK: "st|nd|rd|th",
        _DECADE: "decade|decades",
    },
    "de": {
        _POINTS: "prozentpunkt|prozentpunkte|prozentpunkten",
        _BASIS: "basispunkt|basispunkte|basispunkten",
        _PERCENT: "prozent|vom hundert",
        _PERMILLE: "promille",
        _TIMES: "fach|fache|fachen|facher|faches|fachem|mal(?! (?:pro|am|im|in|je|täglich)\\b)|-mal",
        _DECADE: "jahrzehnt|jahrzehnte|jahrzehnten",
    },
    "fr": {
        _POINTS: "point de pourcentage|points de pourcentage|point de %|points de %",
        _BASIS: "point de base|points de base",
        _PERCENT: "pour cent|pour-cent|pourcent",
        _PERMILLE: "pour mille",
        _TIMES: "fois(?! (?:par|chaque)\\b)",
        _DECADE: "décennie|décennies",
    },
    "es": {
        _POINTS: "punto porcentual|puntos porcentuales|pp",
        _BASIS: "punto básico|puntos básicos",
        _PERCENT: "por ciento|porciento",
        _PERMILLE: "por mil",
        _TIMES: "veces(?! (?:por|al|a la|cada)\\b)",
        _DECADE: "década|décadas",
    },
    "pt": {
        _POINTS: "ponto percentual|pontos percentuais",
        _BASIS: "ponto base|pontos base|pontos-base",
        _PERCENT: "por cento",
        _PERMILLE: "por mil",
        _TIMES: "vezes(?! (?:por|ao|a|cada)\\b)",
        _DECADE: "década|décadas",
    },
}
_TIGHT = {"fold": "-", "fach": "-", "fache": "-", "fachen": "-", "facher": "-", "faches": "-", "fachem": "-"}
_TIGHT |= dict.fromkeys(("st", "nd", "rd", "th"), "")
_EAST: dict[str, dict[_Meaning, str]] = {
    "": {
        _POINTS: "百分点|个百分点",
        _BASIS: "个基点|基点",
        _TIMES: "倍(?![数率频])",
        _TENTH: "成(?![立本为功员果熟都分长效交绩品就人型])",
    },
    "ja": {_POINTS: "ポイント|パーセントポイント", _PERCENT: "パーセント", _TENTH: "割(?![合り引])"},
    "ko": {
        _POINTS: "퍼센트포인트|퍼센트 포인트",
        _PERCENT: "퍼센트|프로(?![가-힣])",
        _TIMES: "배(?![포치터])",
    },
}
_SYMBOLS: dict[_Meaning, str] = {
    _POINTS: "%p(?![A-Za-z])|%-punkt|%-punkte|%-punkten|%-Punkt|%-Punkte|%-Punkten|% Punkte|% Punkten|"
    "%포인트|%ポイント",
    _PERCENT: "%(?![A-Za-z0-9])",
    _PERMILLE: "‰",
    _TIMES: "×(?![A-Za-z0-9]|[ ]?[0-9])|x(?![A-Za-z0-9]|[ ]?[0-9])|X(?![A-Za-z0-9]|[ ]?[0-9])",
}
_SHORT_POINTS = ("pp", "PP", "ppt", "ppts", "p.p.")
_GAPS = frozenset(" \t\u00a0\u202f\u2009\u3000-")


class _Forms(NamedTuple):
    latin: re.Pattern[str]
    latin_words: dict[str, _Meaning]
    east: re.Pattern[str]
    east_words: dict[str, _Meaning]
    symbols: re.Pattern[str]
    symbol_words: dict[str, _Meaning]
    heads: frozenset[str]
    """The first two letters of what can follow in Latin letters or signs; most words fail here."""


@lru_cache(maxsize=16)
def _forms(language: str) -> _Forms:
    """The forms of a language, English inside East Asian text, and Chinese inside Latin text."""
    latin = language if language in _LATIN else "en"
    east = language if language in ("zh", "ja", "ko") else "zh"
    latin_forms = _units(WORDS[latin]) | _currencies(LATIN_CURRENCIES) | _meanings(_LATIN[latin])
    east_forms = _units(WORDS[east]) | _currencies(EAST_CURRENCIES)
    east_forms |= _meanings(_EAST[""]) | _meanings(_EAST.get(language, {}))
    bound = rf"(?![{LATIN}0-9²³/])"
    symbols = _units(SYMBOLS) | _units(LANGUAGE_SYMBOLS.get(language, {}))
    symbol_forms = {form + bound: meaning for form, meaning in symbols.items()}
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
        frozenset(word[:2].lower() for word in (*_plain(latin_forms), *_plain(symbol_forms), "de", "d'", "d’")),
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
    first = position
    if text[first : first + 1] in _GAPS:
        first += 1
        if text[first : first + 1] in _GAPS:
            first += 1
    after = text[first : first + 1]
    if not after:
        return None
    forms = _forms(language)
    if after >= "\u1100":
        if found := _east(text, position, forms, language):
            return found
    else:
        head = low[first : first + 2]
        if head not in forms.heads and (latin(head[1:]) or head[:1] not in forms.heads) and language != "de":
            return None
        if found := _latin(text, low, position, forms, language):
            return found
    if after == "€" and (found := _latin(text, low, position, forms, language)):
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


# 12-Monatsabo, 45-sekündig, 24-Stunden-Dienst: the unit inside a German compound.
_COMPOUND = re.compile(
    r"-(?P<noun>sekunden|minuten|stunden|tages?|wochen|monats?|jahres?|quartals)(?=-?[a-zäöüß])"
    r"|[ -]?(?P<adjective>sekünd|minüt|stünd|täg|wöch|monat|jähr)ige?[nrsm]?(?![a-zäöüß])"
)
_COMPOUNDED = {
    "sekund": "second", "sekünd": "second", "minut": "minute", "minüt": "minute", "stund": "hour", "stünd": "hour",
    "tag": "day", "tage": "day", "täg": "day", "woche": "week", "wöch": "week", "monat": "month", "jahr": "year",
    "jahre": "year", "jähr": "year", "quartal": "quarter", "sekunde": "second", "minute": "minute", "stunde": "hour",
}  # fmt: skip


def _german(low: str, position: int) -> Suffix | None:
    match = _COMPOUND.match(low, position)
    if match is None:
        return None
    stem = match["adjective"] or match["noun"].rstrip("s").removesuffix("n")
    return Suffix(Kind.DURATION, _COMPOUNDED[stem], match.end())


def _latin(text: str, low: str, position: int, forms: _Forms, language: str) -> Suffix | None:
    match = forms.latin.match(low, position)
    if match is None:
        return _german(low, position) if language == "de" else None
    word = match["word"]
    meaning = forms.latin_words[word]
    if word in _TIGHT and match["gap"] not in ("", _TIGHT[word]):
        return None
    if (
        match["de"]
        and meaning.kind is not Kind.MONEY
        and not (
            # 2 millones de toneladas, but not 2 de toneladas and not 2 millones de veces.
            meaning.kind in (Kind.NUMBER, Kind.DURATION)
            and language in ("fr", "es", "pt")
            and text[position - 1 : position].isalpha()
        )
    ):
        return None
    return Suffix(meaning.kind, meaning.unit, match.end(), meaning.factor)
