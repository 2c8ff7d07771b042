"""Numbers in words in German, French, Spanish and Portuguese, below a thousand; above it the scale words take over.

"un", "ein", "um" alone are articles, "neuf" is also "new": they count inside a number, or before a unit.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from knowledge.domain.quantity.trie import LATIN, one_of


def _from(start: int, words: str, step: int = 1) -> dict[str, int]:
    return {form: start + n * step for n, word in enumerate(words.split()) for form in word.split("/")}


_ONES: dict[str, dict[str, int]] = {
    "fr": _from(
        1, "un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
        "dix-sept dix-huit dix-neuf",
    ),
    "es": _from(
        1, "un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
        "dieciséis diecisiete dieciocho diecinueve veinte veintiuno/veintiún/veintiuna veintidós veintitrés "
        "veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve",
    ),
    "pt": _from(
        1, "um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze "
        "dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove",
    ),
}  # fmt: skip
_TENS: dict[str, dict[str, int]] = {
    "fr": _from(20, "vingt trente quarante cinquante soixante", 10) | {"quatre-vingt": 80, "quatre-vingts": 80},
    "es": _from(30, "treinta cuarenta cincuenta sesenta setenta ochenta noventa", 10),
    "pt": _from(20, "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa", 10),
}
_HUNDREDS: dict[str, dict[str, int]] = {
    "fr": {"cent": 100, "cents": 100},
    "es": _from(
        100, "cien/ciento doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas "
        "quinientos/quinientas seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas "
        "novecientos/novecientas", 100,
    ),
    "pt": _from(
        100, "cem/cento duzentos/duzentas trezentos/trezentas quatrocentos/quatrocentas quinhentos/quinhentas "
        "seiscentos/seiscentas setecentos/setecentas oitocentos/oitocentas novecentos/novecentas", 100,
    ),
}  # fmt: skip
_THOUSAND = {"fr": "mille", "es": "mil", "pt": "mil"}
_JOINTS = {"fr": r"(?:-| et |-et-| )", "es": "(?: y | )", "pt": "(?: e | )"}
_HALF = {
    "fr": re.compile(r" et demie?(?!\w)"),
    "es": re.compile(r" y medi[oa](?!\w)"),
    "pt": re.compile(r" e mei[oa](?!\w)"),
}
LATIN_LANGUAGES = frozenset({"de", "fr", "es", "pt"})
# Articles, and "neuf" (new): no numbers when they stand alone.
LONE = frozenset("un une uno una um uma ein neuf".split())


@lru_cache(maxsize=8)
def _next(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    words = _ONES[language] | _TENS[language] | _HUNDREDS[language] | {_THOUSAND[language]: 1000}
    return re.compile(rf"(?P<joint>{_JOINTS[language]})?(?P<word>{one_of(words)})(?![{LATIN}0-9])"), words


def latin_words(language: str) -> list[str]:
    """The words that a number in words can begin with; German compounds are found by `GERMAN`."""
    return list(_next(language)[1]) if language in _ONES else []


def latin_at(low: str, start: int, language: str) -> tuple[int, Fraction | None]:
    """Where the number in words at `start` of lowered text ends, and its value; the start when there is none."""
    if language == "de":
        return _german_at(low, start)
    pattern, values = _next(language)
    end, tokens = start, list[str]()
    while match := pattern.match(low, end):
        if tokens and (not match["joint"] or not _goes_on(tokens[-1], match["word"], match["joint"], values, language)):
            break
        if not tokens and match["joint"]:
            break
        tokens.append(match["word"])
        end = match.end()
        if len(tokens) > 8:
            break
    if not tokens:
        return start, None
    if tokens == [_THOUSAND[language]]:
        return end, Fraction(1000)
    if tokens[-1] == _THOUSAND[language]:  # left to the scale words, which also know mil millones
        end -= len(tokens.pop()) + 1
    value = _sum(tokens, values, _THOUSAND[language])
    half = _HALF[language].match(low, end)
    if half and value:
        return half.end(), value + Fraction(1, 2)
    if len(tokens) == 1 and value % 10 == 0 and value < 100 and _DECADE_LEFT.search(low, max(0, start - 6), start):
        return end, None  # los noventa
    if len(tokens) == 1 and value == 2 and _BOTH_LEFT.search(low, max(0, start - 6), start) and not half:
        return (end, None) if not _YEARS_AFTER.match(low, end) else (end, value)
    if value == 2 and _OR_LEFT.search(low, max(0, start - 12), start):
        return end, None  # une ou deux
    if len(tokens) == 1 and tokens[0] in LONE and not _ONE_TO[language].match(low, end):
        return end, None
    return end, value


# Les deux, los dos, os dois: both.
_BOTH_LEFT = re.compile(r"(?<!\w)(?:les|los|las|os|as|ces|estos|estas|esses|essas) \Z")
_YEARS_AFTER = re.compile(
    r" (?:derni\w+|prochain\w+|últim\w+|próxim\w+|premi\w+|primer\w+|mois|ans|années|jours|semaines|meses|años|anos|"
    r"días|dias)"
)
_OR_LEFT = re.compile(r"(?<!\w)(?:une?|una|uno|uma?|eine?n?|eins) (?:ou|o|oder) \Z")
_DECADE_LEFT = re.compile(r"(?<!\w)(?:los|años|anos) \Z")
_ONE_TO = {
    "fr": re.compile(r" à (?:deux|trois|quatre|[2-9])(?!\w)"),
    "es": re.compile(r" a (?:dos|tres|cuatro|[2-9])(?!\w)"),
    "pt": re.compile(r" a (?:dois|duas|três|quatro|[2-9])(?!\w)"),
}


def _goes_on(before: str, word: str, joint: str, values: dict[str, int], language: str) -> bool:
    """True when `word` continues the number that `before` ends: vingt et un, treinta y cinco, cento e vinte."""
    last, this = values[before], values[word]
    if this == 1000:
        return joint == " "
    if last == 1000:
        return this < 1000
    if this == 100 and language == "fr":
        return last < 10 and joint in (" ", "-")
    if last >= 100:
        return this < 100 and joint != " y "
    if last in (60, 80) and language == "fr":
        return this < 20
    if last % 10 == 0 and last >= 20:
        return this < 10 and (joint != " " or language == "fr")
    return False


def _sum(tokens: list[str], values: dict[str, int], thousand: str) -> Fraction:
    total = group = 0
    for token in tokens:
        if token == thousand:
            total, group = (group or 1) * 1000, 0
        elif token in ("cent", "cents"):
            group = (group or 1) * 100
        else:
            group += values[token]
    return Fraction(total + group)


_DE_ONES = _from(
    1, "ein/eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn",
)  # fmt: skip
_DE_TENS = _from(20, "zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig", 10)
_DE_SMALL = (
    _DE_ONES
    | _DE_TENS
    | {
        f"{one}und{ten}": a + b
        for one, a in _DE_ONES.items()
        if a < 10 and one != "eins"
        for ten, b in _DE_TENS.items()
    }
)
_DE_HUNDREDS = {f"{one}hundert": 100 * n for one, n in _DE_ONES.items() if n < 10 and one != "eins"} | {"hundert": 100}
GERMAN = (
    r"(?:ein(?=und|hundert|tausend|einhalb)|anderthalb|hundert|tausend|elf|zw|drei|vier|fünf|sech|sieb|acht|neun|zehn)"
)
"""How a German number in words begins; it is one word as far as letters go."""
_DE_WORD = re.compile(r"[a-zäöüß]{3,40}")
_DE_MIXED = re.compile(r"(?P<n>[a-zäöüß]+)einhalb\Z")


def _german_at(low: str, start: int) -> tuple[int, Fraction | None]:
    match = _DE_WORD.match(low, start)
    if match and match.group() == "zwei" and _OR_LEFT.search(low, max(0, start - 12), start):
        return match.end(), None  # ein oder zwei
    if match and match.group() == "zwei" and low.endswith(("diese ", "diesen ", "dieser "), 0, start):
        return match.end(), None
    return (match.end(), german(match.group())) if match else (start, None)


@lru_cache(maxsize=2048)
def german(word: str) -> Fraction | None:
    """The value of one German word: zweihundertfünfzig, dreitausend, zweieinhalb; None for any other."""
    if word == "anderthalb":
        return Fraction(3, 2)
    if mixed := _DE_MIXED.match(word):
        whole = _DE_SMALL.get(mixed["n"])
        return Fraction(whole) + Fraction(1, 2) if whole else None
    head, thousand, rest = word.partition("tausend")
    if not thousand:
        value = _below_thousand(word)
        return Fraction(value) if value and word != "ein" else None
    high = _below_thousand(head) if head else 1
    low = _below_thousand(rest.removeprefix("und")) if rest else 0
    return Fraction(high * 1000 + low) if high and low is not None else None


def _below_thousand(word: str) -> int | None:
    if word in _DE_SMALL:
        return _DE_SMALL[word]
    for hundred, value in _DE_HUNDREDS.items():
        if word.startswith(hundred):
            rest = word[len(hundred) :].removeprefix("und")
            return value if not rest else value + _DE_SMALL[rest] if rest in _DE_SMALL else None
    return None
