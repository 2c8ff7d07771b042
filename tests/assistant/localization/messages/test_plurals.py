"""Plural categories by CLDR, and gettext's numbering of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.localization.messages.plural_rules import CARDINALS, GETTEXT, ORDINALS
from assistant.localization.messages.plurals import (
    CATEGORIES,
    categories,
    category,
    examples,
    gettext_categories,
    gettext_forms,
)
from knowledge.domain.locale import parse_locale


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("zh-CN", "other"),
        ("ja", "other"),
        ("ko", "other"),
        ("en-GB", "one other"),
        ("de", "one other"),
        ("fr", "one many other"),
        ("es-MX", "one many other"),
        ("pt-BR", "one many other"),
        ("pt-PT", "one many other"),
        ("ru", "one few many other"),
        ("ar-EG", "zero one two few many other"),
        ("iw", "one two other"),
        ("nb", "one other"),
        ("tlh", "other"),
    ],
)
def test_categories_of_a_locale(locale: str, expected: str) -> None:
    assert categories(parse_locale(locale)) == tuple(expected.split())
    assert categories(locale.replace("-", "_")) == tuple(expected.split())


@pytest.mark.parametrize(
    ("locale", "numbers"),
    [
        ("zh", "0 other 1 other 2.5 other"),
        ("en", "0 other 1 one 2 other 1.0 other 1.5 other -1 one"),
        ("fr", "0 one 1 one 1.5 one 2 other 1000000 many 1000001 other"),
        ("pt-BR", "0 one 1 one 2 other 1.9 one"),
        ("pt-PT", "0 other 1 one 1.0 other"),
        ("es", "1 one 1.0 one 0 other 2000000 many"),
        ("ru", "1 one 21 one 11 many 2 few 12 many 24 few 5 many 0 many 1.5 other"),
        ("pl", "1 one 21 many 22 few 12 many 1.5 other"),
        ("cs", "1 one 4 few 5 other 1.5 many"),
        ("ar", "0 zero 1 one 2 two 103 few 111 many 100 other"),
        ("sl", "101 one 102 two 104 few 5 other"),
        ("lt", "1 one 11 other 2 few 12 other 1.5 many"),
        ("lv", "0 zero 21 one 11 zero 2 other"),
        ("he", "1 one 2 two 0.5 one 20 other"),
        ("da", "1 one 0.5 one 2 other"),
        ("is", "21 one 11 other 1.1 one"),
    ],
)
def test_the_category_a_number_takes(locale: str, numbers: str) -> None:
    words = numbers.split()
    assert [category(n, locale) for n in words[::2]] == words[1::2]


def test_ordinals() -> None:
    endings = {"one": "st", "two": "nd", "few": "rd", "other": "th"}
    said = [f"{n}{endings[category(n, 'en', ordinal=True)]}" for n in (1, 2, 3, 4, 11, 12, 13, 21, 102, 113)]
    assert said == "1st 2nd 3rd 4th 11th 12th 13th 21st 102nd 113th".split()
    assert categories("fr", ordinal=True) == ("one", "other")
    assert categories("de", ordinal=True) == ("other",)


def test_examples_are_the_numbers_of_a_form() -> None:
    assert examples("one", "en") == (1,)
    assert examples("few", "ru")[:5] == (2, 3, 4, 22, 23)
    assert examples("many", "fr") == ()


@pytest.mark.parametrize("locale", sorted(CARDINALS))
def test_every_whole_number_has_the_category_that_gettext_gives_it(locale: str) -> None:
    forms = gettext_categories(locale)
    header = re.fullmatch(r"nplurals=(\d); plural=(.+);", gettext_forms(locale))
    assert header is not None
    assert int(header[1]) == len(forms)
    plural = compile(_python(header[2]), locale, "eval")
    for n in range(300):
        assert forms[int(eval(plural, {"n": n}))] == category(n, locale), (locale, n)


@settings(deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(sorted({*CARDINALS, *ORDINALS})), st.booleans())
def test_a_number_takes_a_category_its_language_has(n: int, locale: str, ordinal: bool) -> None:
    assert category(n, locale, ordinal=ordinal) in categories(locale, ordinal=ordinal)


def test_the_tables_hold_nothing_but_categories() -> None:
    assert {name for rules in (*CARDINALS.values(), *ORDINALS.values()) for name, _ in rules} < set(CATEGORIES)
    assert set(GETTEXT) <= set(CARDINALS)


def _python(expression: str) -> str:
    """A C expression with the conditions of `Plural-Forms` as Python has them."""
    expression = expression.replace("&&", " and ").replace("||", " or ").strip()
    if expression.startswith("(") and "?" in expression:
        expression = expression[1:-1]
    if "?" not in expression:
        return f"({expression})"
    condition, _, rest = expression.partition("?")
    then, _, otherwise = rest.partition(":")
    return f"({then} if ({condition}) else {_python(otherwise)})"
