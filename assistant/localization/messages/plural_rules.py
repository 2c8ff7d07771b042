"""The plural rules of languages as facts of Unicode CLDR, in CLDR's notation.

The letters: n the absolute value, i its whole part, v the number of decimals shown, f the decimals shown as a number,
t the same without trailing zeros. What no rule takes is `other`. Source: CLDR, supplemental data, plurals and ordinals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Rules = tuple[tuple[str, str], ...]
"""Category and its condition, in the order in which they are asked."""

_MILLIONS = ("many", "i != 0 and i % 1000000 = 0 and v = 0")
_RUSSIAN: Rules = (
    ("one", "v = 0 and i % 10 = 1 and i % 100 != 11"),
    ("few", "v = 0 and i % 10 = 2..4 and i % 100 != 12..14"),
    ("many", "v = 0"),
)
_SERBIAN: Rules = (
    ("one", "v = 0 and i % 10 = 1 and i % 100 != 11 or f % 10 = 1 and f % 100 != 11"),
    ("few", "v = 0 and i % 10 = 2..4 and i % 100 != 12..14 or f % 10 = 2..4 and f % 100 != 12..14"),
)


def _table(*rows: tuple[str, Rules]) -> Mapping[str, Rules]:
    return {language: rules for languages, rules in rows for language in languages.split()}


CARDINALS: Mapping[str, Rules] = _table(
    ("zh yue ja ko vi th id ms lo my km jv su ig yo bo dz to wo sah", ()),
    ("en de nl sv fi et fy gl ur sw yi ia io ast", (("one", "i = 1 and v = 0"),)),
    (
        "af asa az bg brx ckb el eo eu fo fur gsw ha haw hu jgo ka kk kl ks ku ky lb lg ml mn mr nb nd ne nn no ny om "
        "or os ps rm sd sn so sq ss st syr ta te tig tk tn tr ts ug uz ve vo wae xh",
        (("one", "n = 1"),),
    ),
    ("da", (("one", "n = 1 or t != 0 and i = 0,1"),)),
    ("am as bn gu hi kn fa zu", (("one", "i = 0 or n = 1"),)),
    ("ak bho guw ln mg nso pa ti wa", (("one", "n = 0..1"),)),
    ("hy ff kab", (("one", "i = 0,1"),)),
    ("si", (("one", "n = 0,1 or i = 0 and f = 1"),)),
    ("fr", (("one", "i = 0,1"), _MILLIONS)),
    ("pt", (("one", "i = 0..1"), _MILLIONS)),
    ("es", (("one", "n = 1"), _MILLIONS)),
    ("pt-PT it ca vec scn lld", (("one", "i = 1 and v = 0"), _MILLIONS)),
    ("mk", (("one", "v = 0 and i % 10 = 1 and i % 100 != 11 or f % 10 = 1 and f % 100 != 11"),)),
    ("is", (("one", "t = 0 and i % 10 = 1 and i % 100 != 11 or t % 10 = 1 and t % 100 != 11"),)),
    (
        "fil tl ceb",
        (("one", "v = 0 and i = 1,2,3 or v = 0 and i % 10 != 4,6,9 or v != 0 and f % 10 != 4,6,9"),),
    ),
    (
        "lv prg",
        (
            ("zero", "n % 10 = 0 or n % 100 = 11..19 or v = 2 and f % 100 = 11..19"),
            (
                "one",
                "n % 10 = 1 and n % 100 != 11 or v = 2 and f % 10 = 1 and f % 100 != 11 or v != 2 and f % 10 = 1",
            ),
        ),
    ),
    ("he", (("one", "i = 1 and v = 0 or i = 0 and v != 0"), ("two", "i = 2 and v = 0"))),
    ("ro mo", (("one", "i = 1 and v = 0"), ("few", "v != 0 or n = 0 or n != 1 and n % 100 = 1..19"))),
    ("sr hr bs sh", _SERBIAN),
    ("ru uk", _RUSSIAN),
    (
        "be",
        (
            ("one", "n % 10 = 1 and n % 100 != 11"),
            ("few", "n % 10 = 2..4 and n % 100 != 12..14"),
            ("many", "n % 10 = 0 or n % 10 = 5..9 or n % 100 = 11..14"),
        ),
    ),
    ("pl", (("one", "i = 1 and v = 0"), *_RUSSIAN[1:])),
    ("cs sk", (("one", "i = 1 and v = 0"), ("few", "i = 2..4 and v = 0"), ("many", "v != 0"))),
    (
        "lt",
        (
            ("one", "n % 10 = 1 and n % 100 != 11..19"),
            ("few", "n % 10 = 2..9 and n % 100 != 11..19"),
            ("many", "f != 0"),
        ),
    ),
    (
        "sl",
        (
            ("one", "v = 0 and i % 100 = 1"),
            ("two", "v = 0 and i % 100 = 2"),
            ("few", "v = 0 and i % 100 = 3..4 or v != 0"),
        ),
    ),
    (
        "ga",
        (("one", "n = 1"), ("two", "n = 2"), ("few", "n = 3..6"), ("many", "n = 7..10")),
    ),
    ("gd", (("one", "n = 1,11"), ("two", "n = 2,12"), ("few", "n = 3..10,13..19"))),
    (
        "mt",
        (
            ("one", "n = 1"),
            ("two", "n = 2"),
            ("few", "n = 0 or n % 100 = 3..10"),
            ("many", "n % 100 = 11..19"),
        ),
    ),
    (
        "ar ars",
        (
            ("zero", "n = 0"),
            ("one", "n = 1"),
            ("two", "n = 2"),
            ("few", "n % 100 = 3..10"),
            ("many", "n % 100 = 11..99"),
        ),
    ),
    (
        "cy",
        (("zero", "n = 0"), ("one", "n = 1"), ("two", "n = 2"), ("few", "n = 3"), ("many", "n = 6")),
    ),
)

_HINDI: Rules = (("one", "n = 1"), ("two", "n = 2,3"), ("few", "n = 4"))

ORDINALS: Mapping[str, Rules] = _table(
    (
        "en",
        (
            ("one", "n % 10 = 1 and n % 100 != 11"),
            ("two", "n % 10 = 2 and n % 100 != 12"),
            ("few", "n % 10 = 3 and n % 100 != 13"),
        ),
    ),
    ("fr ga hy lo ms ro mo vi fil tl", (("one", "n = 1"),)),
    ("hu", (("one", "n = 1,5"),)),
    ("ne", (("one", "n = 1..4"),)),
    ("sv", (("one", "n % 10 = 1,2 and n % 100 != 11,12"),)),
    ("it sc vec scn lld", (("many", "n = 11,8,80,800"),)),
    ("tk", (("few", "n % 10 = 6,9 or n = 10"),)),
    ("or", (("one", "n = 1,5,7..9"), *_HINDI[1:], ("many", "n = 6"))),
    (
        "az",
        (
            ("one", "i % 10 = 1,2,5,7,8 or i % 100 = 20,50,70,80"),
            ("few", "i % 10 = 3,4 or i % 1000 = 100,200,300,400,500,600,700,800,900"),
            ("many", "i = 0 or i % 10 = 6 or i % 100 = 40,60,90"),
        ),
    ),
    ("ca", (("one", "n = 1,3"), ("two", "n = 2"), ("few", "n = 4"))),
    ("uk", (("few", "n % 10 = 3 and n % 100 != 13"),)),
    ("be", (("few", "n % 10 = 2,3 and n % 100 != 12,13"),)),
    ("kk", (("many", "n % 10 = 6 or n % 10 = 9 or n % 10 = 0 and n != 0"),)),
    ("hi gu", (*_HINDI, ("many", "n = 6"))),
    ("mr", _HINDI),
    ("bn as", (("one", "n = 1,5,7,8,9,10"), *_HINDI[1:], ("many", "n = 6"))),
    ("sq", (("one", "n = 1"), ("many", "n % 10 = 4 and n % 100 != 14"))),
    ("ka", (("one", "i = 1"), ("many", "i = 0 or i % 100 = 2..20,40,60,80"))),
    (
        "mk",
        (
            ("one", "i % 10 = 1 and i % 100 != 11"),
            ("two", "i % 10 = 2 and i % 100 != 12"),
            ("many", "i % 10 = 7,8 and i % 100 != 17,18"),
        ),
    ),
    ("gd", (("one", "n = 1,11"), ("two", "n = 2,12"), ("few", "n = 3,13"))),
    (
        "cy",
        (
            ("zero", "n = 0,7,8,9"),
            ("one", "n = 1"),
            ("two", "n = 2"),
            ("few", "n = 3,4"),
            ("many", "n = 5,6"),
        ),
    ),
)


def _forms(categories: str, plural: str, languages: str) -> Iterable[tuple[str, tuple[tuple[str, ...], str]]]:
    return ((language, (tuple(categories.split()), plural)) for language in languages.split())


GETTEXT: Mapping[str, tuple[tuple[str, ...], str]] = dict(
    row
    for rows in (
        _forms("other", "0", "zh yue ja ko vi th id ms lo my km jv su ig yo bo dz to wo sah"),
        _forms("one other", "(n > 1)", "fr pt am as bn gu hi kn fa zu ak bho guw ln mg nso pa ti wa hy ff kab si"),
        _forms("one other", "(n != 1)", "pt-PT"),
        _forms("one other", "(n % 10 != 1 || n % 100 == 11)", "is mk"),
        _forms(
            "one other",
            "(n != 1 && n != 2 && n != 3 && (n % 10 == 4 || n % 10 == 6 || n % 10 == 9))",
            "fil tl ceb",
        ),
        _forms(
            "one few many",
            "(n % 10 == 1 && n % 100 != 11 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2)",
            "ru uk be",
        ),
        _forms(
            "one few other",
            "(n % 10 == 1 && n % 100 != 11 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2)",
            "sr hr bs sh",
        ),
        _forms(
            "one few many",
            "(n == 1 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2)",
            "pl",
        ),
        _forms("one few other", "(n == 1 ? 0 : n >= 2 && n <= 4 ? 1 : 2)", "cs sk"),
        _forms(
            "one few other",
            "(n % 10 == 1 && (n % 100 < 11 || n % 100 > 19) ? 0 : "
            "n % 10 >= 2 && (n % 100 < 11 || n % 100 > 19) ? 1 : 2)",
            "lt",
        ),
        _forms(
            "zero one other",
            "(n % 10 == 0 || n % 100 >= 11 && n % 100 <= 19 ? 0 : n % 10 == 1 && n % 100 != 11 ? 1 : 2)",
            "lv prg",
        ),
        _forms(
            "one two few other",
            "(n % 100 == 1 ? 0 : n % 100 == 2 ? 1 : n % 100 == 3 || n % 100 == 4 ? 2 : 3)",
            "sl",
        ),
        _forms("one few other", "(n == 1 ? 0 : n == 0 || n % 100 >= 1 && n % 100 <= 19 ? 1 : 2)", "ro mo"),
        _forms("one two other", "(n == 1 ? 0 : n == 2 ? 1 : 2)", "he"),
        _forms(
            "one two few many other",
            "(n == 1 ? 0 : n == 2 ? 1 : n >= 3 && n <= 6 ? 2 : n >= 7 && n <= 10 ? 3 : 4)",
            "ga",
        ),
        _forms(
            "one two few other",
            "(n == 1 || n == 11 ? 0 : n == 2 || n == 12 ? 1 : n >= 3 && n <= 19 ? 2 : 3)",
            "gd",
        ),
        _forms(
            "one two few many other",
            "(n == 1 ? 0 : n == 2 ? 1 : n == 0 || n % 100 >= 3 && n % 100 <= 10 ? 2 : "
            "n % 100 >= 11 && n % 100 <= 19 ? 3 : 4)",
            "mt",
        ),
        _forms(
            "zero one two few many other",
            "(n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n % 100 >= 3 && n % 100 <= 10 ? 3 : n % 100 >= 11 ? 4 : 5)",
            "ar ars",
        ),
        _forms(
            "zero one two few many other",
            "(n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n == 3 ? 3 : n == 6 ? 4 : 5)",
            "cy",
        ),
    )
    for row in rows
)
"""The categories in the order of `msgstr[n]` and the expression, where they are not those of English."""

OLD_CODES = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv"}
"""Codes that ISO 639 withdrew and files still have."""
