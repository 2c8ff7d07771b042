"""What may follow a number and its scale: percent, points, multiples, currency, unit, ordinal endings."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from knowledge.domain.quantity.currency import currency_after
from knowledge.domain.quantity.model import Kind
from knowledge.domain.quantity.units import match_unit


class Suffix(NamedTuple):
    """Kind and unit that a suffix gives to a number, where it ends, and what it multiplies the number by."""

    kind: Kind
    unit: str
    end: int
    factor: Fraction = Fraction(1)


_B = r"[ \u00a0\u202f-]?"
_W = r"(?![A-Za-zÀ-ɏ0-9])"
_COUNTED_TIMES = r"(?! (?:a|an|per|each|every|in|daily|weekly)\b)"
# kind, unit, factor, pattern; the first that matches counts.
_COMMON: tuple[tuple[Kind, str, Fraction, str], ...] = (
    (
        Kind.PERCENTAGE_POINT,
        "pp",
        Fraction(1),
        r"[ ]?(?:pp|ppts?|p\.p\.)" + _W + r"|[ \u00a0]?%(?:p(?![A-Za-z])|[ -]?Punkte?n?|포인트|ポイント)",
    ),
    (Kind.PERCENT, "%", Fraction(1, 10), r"[ \u00a0\u202f]?‰"),
    (Kind.PERCENT, "%", Fraction(1), r"[ \u00a0\u202f]{0,2}%(?![A-Za-z0-9])|[ \u00a0\u202f]{0,2}%(?=[的])"),
    (Kind.MULTIPLE, "x", Fraction(1), r"[ ]?[xX×](?![A-Za-z0-9]|[ ]?[0-9])"),
    (Kind.PERCENTAGE_POINT, "pp", Fraction(1), r"[ ]?个?百分点"),
    (Kind.MULTIPLE, "x", Fraction(1), r"[ ]?倍(?![数率频])"),
    (Kind.PERCENT, "%", Fraction(10), r"成(?![立本为功员果熟都分长效交绩品就人型])"),
)
_BY_LANGUAGE: dict[str, tuple[tuple[Kind, str, Fraction, str], ...]] = {
    "en": (
        (Kind.PERCENTAGE_POINT, "pp", Fraction(1), _B + r"(?:percentage|percent)[ -]points?" + _W),
        (Kind.PERCENTAGE_POINT, "pp", Fraction(1, 100), _B + r"(?:basis points?|bps)" + _W),
        (Kind.PERCENT, "%", Fraction(1), _B + r"(?:percent|per cent|pct)" + _W),
        (Kind.MULTIPLE, "x", Fraction(1), r"[ \u00a0-]?times" + _W + _COUNTED_TIMES + r"|-?fold" + _W),
        (Kind.ORDINAL, "", Fraction(1), r"(?:st|nd|rd|th)" + _W),
    ),
    "de": (
        (Kind.PERCENTAGE_POINT, "pp", Fraction(1), _B + r"Prozentpunkte?n?" + _W),
        (Kind.PERCENT, "%", Fraction(1), _B + r"Prozent" + _W),
        (Kind.MULTIPLE, "x", Fraction(1), r"-?fach(?:e[nrsm]?)?" + _W + r"|[ -]?[Mm]al" + _W),
    ),
    "fr": (
        (Kind.PERCENTAGE_POINT, "pp", Fraction(1), _B + r"points? de pourcentage" + _W),
        (Kind.PERCENT, "%", Fraction(1), _B + r"pour[ -]?cent" + _W),
        (Kind.MULTIPLE, "x", Fraction(1), r"[ \u00a0]fois" + _W),
    ),
    "es": (
        (Kind.PERCENTAGE_POINT, "pp", Fraction(1), _B + r"puntos? porcentual(?:es)?" + _W),
        (Kind.PERCENT, "%", Fraction(1), _B + r"por ciento" + _W),
        (Kind.MULTIPLE, "x", Fraction(1), r"[ \u00a0]veces" + _W),
    ),
    "pt": (
        (Kind.PERCENTAGE_POINT, "pp", Fraction(1), _B + r"pontos? percentua(?:l|is)" + _W),
        (Kind.PERCENT, "%", Fraction(1), _B + r"por cento" + _W),
        (Kind.MULTIPLE, "x", Fraction(1), r"[ \u00a0]vezes" + _W),
    ),
    "ja": (
        (Kind.PERCENTAGE_POINT, "pp", Fraction(1), r"(?:パーセント)?ポイント"),
        (Kind.PERCENT, "%", Fraction(1), r"パーセント"),
        (Kind.PERCENT, "%", Fraction(10), r"割(?![合り引])"),
    ),
    "ko": (
        (Kind.PERCENTAGE_POINT, "pp", Fraction(1), r"[ ]?퍼센트[ ]?포인트"),
        (Kind.PERCENT, "%", Fraction(1), r"[ ]?(?:퍼센트|프로(?![가-힣]))"),
        (Kind.MULTIPLE, "x", Fraction(1), r"[ ]?배(?![포치터])"),
    ),
}
_BY_LANGUAGE["zh"] = ((Kind.ORDINAL, "", Fraction(1), r"(?=[ ]?周年)"), *_BY_LANGUAGE["en"])


@lru_cache(maxsize=16)
def _forms(language: str) -> tuple[re.Pattern[str], tuple[tuple[Kind, str, Fraction], ...]]:
    forms = (*_COMMON, *_BY_LANGUAGE[language])
    pattern = re.compile("|".join(f"(?P<f{i}>{form[3]})" for i, form in enumerate(forms)), re.I)
    return pattern, tuple(form[:3] for form in forms)


def match_suffix(text: str, position: int, language: str) -> Suffix | None:
    """The suffix that starts at `position`, or None."""
    pattern, forms = _forms(language)
    match = pattern.match(text, position)
    if match is not None and match.lastgroup is not None:
        kind, unit, factor = forms[int(match.lastgroup[1:])]
        return Suffix(kind, unit, match.end(), factor)
    currency = currency_after(text, position)
    if currency:
        return Suffix(Kind.MONEY, currency.code, currency.end)
    unit_found = match_unit(text, position, language)
    if unit_found:
        return Suffix(unit_found.kind, unit_found.unit, unit_found.end)
    return None
