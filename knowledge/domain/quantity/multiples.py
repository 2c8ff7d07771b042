"""How often as much, in words: twofold, twice as, doubled, 翻番, dreifach, duplicó, le double; and halved.

Doubled is twice as much in every language, halved is one half. Forms that mean "copied" as often (duplicado) stay out.
A number before times, 倍 or fach is read with its unit, as it stands: whether "3 times more" is three or four times as
much the text leaves open.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from knowledge.domain.quantity.amount import add
from knowledge.domain.quantity.model import Kind
from knowledge.domain.quantity.page import Page
from knowledge.domain.quantity.spelled import ENGLISH_ONES
from knowledge.domain.quantity.spelled_latin import german

_FOLD = {**ENGLISH_ONES, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100}
_FOLDED = {f"{word}{joint}fold": value for word, value in _FOLD.items() for joint in ("", "-")}
# Forms of the verbs and nouns, by what they multiply with.
_FORMS: dict[str, dict[int | str, str]] = {
    "en": {
        2: "doubled doubling",
        3: "tripled tripling trebled trebling",
        4: "quadrupled quadrupling",
        5: "quintupled quintupling",
        "half": "halved halving",
    },
    "de": {
        2: "verdoppeln verdoppelt verdoppelte verdoppelten verdoppelter verdoppeltes verdopplung verdoppelung",
        3: "verdreifachen verdreifacht verdreifachte verdreifachten verdreifachung",
        4: "vervierfachen vervierfacht vervierfachte vervierfachten vervierfachung",
        5: "verfünffachen verfünffacht verfünffachte verfünffachten",
        10: "verzehnfachen verzehnfacht verzehnfachte verzehnfachten",
        "half": "halbieren halbiert halbierte halbierten halbierung",
    },
    "fr": {
        2: "doublé doublée doublés doublées doubler doublent doublant doublait",
        3: "triplé triplée triplés triplées tripler triplent triplant",
        4: "quadruplé quadruplée quadruplés quadruplées quadrupler quadruplent",
        5: "quintuplé quintupler",
        10: "décuplé décupler",
    },
    "es": {
        2: "duplicó duplicaron dobló doblaron",
        3: "triplicar triplicó triplicado triplicaron triplica triplican triplicando",
        4: "cuadruplicar cuadruplicó cuadruplicado cuadruplicaron cuadruplica",
    },
    "pt": {
        2: "dobrar dobrou dobraram dobrando duplicou duplicaram",
        3: "triplicar triplicou triplicado triplicaram triplicando",
        4: "quadruplicar quadruplicou quadruplicado quadruplicaram",
    },
}
# The noun, behind its article: le double, el doble, das Doppelte; doppelt so viele.
_NOUNS: dict[str, dict[str, tuple[int, re.Pattern[str]]]] = {
    "en": {
        "twice": (2, re.compile(r"twice(?= (?:as|the|its|their|our)\b)")),
        "double": (
            2,
            re.compile(r"double(?= (?:the|its|their|our|that|what)\b)|(?<=than )double(?!-)|(?<=to )double(?![-\w])"),
        ),
        "doubles": (2, re.compile(r"doubles(?= (?:the|its|their|our|your)\b)")),
        "triples": (3, re.compile(r"triples(?= (?:the|its|their|our|your)\b)")),
        "triple": (
            3,
            re.compile(r"triple(?= (?:the|its|their|our|that|what)\b)|(?<=than )triple(?!-)|(?<=to )triple(?![-\w])"),
        ),
    },
    "de": {
        "doppelt": (2, re.compile(r"doppelt(?= so\b)")),
        "doppelte": (2, re.compile(r"(?<=das )doppelte(?!\w)")),
        "dreifache": (3, re.compile(r"(?<=das )dreifache(?!\w)")),
    },
    "fr": {
        "double": (2, re.compile(r"(?<=le )double(?= d)")),
        "triple": (3, re.compile(r"(?<=le )triple(?= d)")),
    },
    "es": {
        "doble": (2, re.compile(r"(?<=el )doble(?= d|[.,;]|\Z)")),
        "triple": (3, re.compile(r"(?<=el )triple(?= d|[.,;]|\Z)")),
    },
    "pt": {"dobro": (2, re.compile(r"(?<=o )dobro")), "triplo": (3, re.compile(r"(?<=o )triplo(?= d|[.,;]|\Z)"))},
}
_HAN = re.compile(r"翻了?(?P<n>[一二两三四五]|[1-5])?番|翻了?一?倍(?![0-9])|倍増|半減|반감")
_HAN_TIMES = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}


@lru_cache(maxsize=16)
def _forms(language: str) -> dict[str, int | str]:
    code = language if language in _FORMS else "en"
    table: dict[str, int | str] = {form: value for value, forms in _FORMS[code].items() for form in forms.split()}
    if code == "en":
        table |= _FOLDED
    return table


@lru_cache(maxsize=16)
def multiple_words(language: str) -> list[str]:
    """The words that `read_multiple` begins at."""
    code = language if language in _FORMS else "en"
    return [*_forms(language), *_NOUNS[code]]


def read_multiple(page: Page, start: int, end: int) -> int:
    """Doubled, twofold, twice as, das Doppelte."""
    word = page.low[start:end]
    code = page.language if page.language in _FORMS else "en"
    if page.low[start - 1 : start] in ("-", "_") or page.low[end : end + 1] in ("_",):
        return 0
    value = _forms(page.language).get(word)
    if value == "half":
        return add(page, start, end, Fraction(1, 2))
    if isinstance(value, int):
        return add(page, start, end, Fraction(value), Kind.MULTIPLE, "x")
    noun = _NOUNS[code].get(word)
    if noun and noun[1].match(page.low, start):
        return add(page, start, end, Fraction(noun[0]), Kind.MULTIPLE, "x")
    return 0


_GERMAN = re.compile(r"(?P<n>[a-zäöüß]+?)(?:fach(?:e[nrsm]?)?|mal)\Z")
_GERMAN_RATE = re.compile(r" (?:täglich|wöchentlich|monatlich|jährlich|am|pro|im|in|je|die)(?!\w)")


def read_german_multiple(page: Page, start: int, end: int) -> int:
    """Dreifach, zehnfache, dreimal (so viel); dreimal täglich is how often."""
    match = _GERMAN.match(page.low[start:end])
    value = german(match["n"]) if match else None
    if value is None or _GERMAN_RATE.match(page.low, end):
        return 0
    return add(page, start, end, value, Kind.MULTIPLE, "x")


def read_turn(page: Page, start: int, end: int) -> int:
    """翻番 and 翻一番 twice, 翻两番 four times as much, 翻倍 twice; 倍増, 半減."""
    match = _HAN.match(page.text, start)
    if match is None:
        return 0
    if match.group() in ("半減", "반감"):
        return add(page, start, match.end(), Fraction(1, 2))
    times = match["n"]
    value = 2 ** (_HAN_TIMES.get(times) or int(times)) if times else 2
    return add(page, start, match.end(), Fraction(value), Kind.MULTIPLE, "x")
