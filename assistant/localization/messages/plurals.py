"""Plural categories: which a language has, which a number takes, how gettext numbers them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TypeVar

from assistant.localization.messages.plural_rules import CARDINALS, GETTEXT, OLD_CODES, ORDINALS
from knowledge.domain.locale import Locale

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""All that CLDR knows, in its order."""

EXAMPLES_UP_TO = 200
"""As far as whole numbers are tried to find what a category covers; every rule repeats itself below it."""

_RELATION = re.compile(r"([nivft])(?: % (\d+))? (=|!=) ([\d.,]+)")

Number = int | str | Decimal
_T = TypeVar("_T")


def categories(locale: Locale | str, *, ordinal: bool = False) -> tuple[str, ...]:
    """The categories of a locale in CLDR's order, `other` last; a language CLDR does not list has `other` alone.

    `ordinal`: of first, second, third instead of one, two, three.
    """
    own = {category for category, _ in _rules(_tag(locale), ordinal)} | {"other"}
    return tuple(category for category in CATEGORIES if category in own)


def category(number: Number, locale: Locale | str, *, ordinal: bool = False) -> str:
    """The category a number takes. Decimals count as they are written: give `"1.0"`, not `1.0`, where it matters."""
    operands = _operands(number)
    for name, condition in _rules(_tag(locale), ordinal):
        if condition(operands):
            return name
    return "other"


@cache
def examples(name: str, locale: Locale | str, *, ordinal: bool = False) -> tuple[int, ...]:
    """The whole numbers below 200 that take the category: 2, 3, 4, 22 … for `few` in Russian."""
    return tuple(n for n in range(EXAMPLES_UP_TO) if category(n, locale, ordinal=ordinal) == name)


def gettext_categories(locale: Locale | str) -> tuple[str, ...]:
    """The categories in the order of `msgstr[0]`, `msgstr[1]` …; gettext counts whole things, so some are missing."""
    return _gettext(_tag(locale))[0]


def gettext_forms(locale: Locale | str) -> str:
    """The value of the header `Plural-Forms`: `nplurals=2; plural=(n != 1);`."""
    forms, plural = _gettext(_tag(locale))
    return f"nplurals={len(forms)}; plural={plural};"


def _gettext(tag: str) -> tuple[tuple[str, ...], str]:
    known = _of(tag, GETTEXT)
    if known is not None:
        return known
    return (("one", "other"), "(n != 1)") if _of(tag, CARDINALS) else (("other",), "0")


def _tag(locale: Locale | str) -> str:
    return str(locale).replace("_", "-")


def _of(tag: str, table: Mapping[str, _T]) -> _T | None:
    language, _, rest = tag.partition("-")
    language = OLD_CODES.get(language.lower(), language.lower())
    found = table.get(f"{language}-{rest.upper()}")
    return table.get(language) if found is None else found


@dataclass(frozen=True, slots=True)
class _Operands:
    """The letters of a rule."""

    n: Decimal | int
    i: int
    v: int
    f: int
    t: int


_Condition = Callable[[_Operands], bool]


@cache
def _rules(tag: str, ordinal: bool) -> tuple[tuple[str, _Condition], ...]:
    rules = _of(tag, ORDINALS if ordinal else CARDINALS) or ()
    return tuple((name, _condition(text)) for name, text in rules)


def _condition(text: str) -> _Condition:
    alternatives = [[_relation(part) for part in half.split(" and ")] for half in text.split(" or ")]
    return lambda operands: any(all(holds(operands) for holds in all_of) for all_of in alternatives)


def _relation(text: str) -> _Condition:
    found = _RELATION.fullmatch(text)
    if found is None:
        raise ValueError(f"'{text}' is no relation of a plural rule")
    letter, divisor, sign, listed = found.groups()
    values = {value for part in listed.split(",") for value in _range(part)}

    def holds(operands: _Operands) -> bool:
        value = getattr(operands, letter)
        return ((value % int(divisor) if divisor else value) in values) is (sign == "=")

    return holds


def _range(text: str) -> range:
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)


def _operands(number: Number) -> _Operands:
    if isinstance(number, int):
        return _Operands(abs(number), abs(number), 0, 0, 0)
    value = abs(Decimal(number))
    whole, _, decimals = f"{value:f}".partition(".")
    return _Operands(value, int(whole), len(decimals), int(decimals or 0), int(decimals.rstrip("0") or 0))
