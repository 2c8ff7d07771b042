"""Numbers in words: English in full, the small ones of German, French, Spanish and Portuguese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from knowledge.domain.quantity.numerals import Numeral

ENGLISH_ONES = {
    word: value
    for value, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        start=1,
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {"hundred": 100, "dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_WORD = re.compile(
    rf"(?<![\w-])(?:{'|'.join([*ENGLISH_ONES, *_TENS, *_SCALES])})(?!\w)|(?<=-)(?:{'|'.join(ENGLISH_ONES)})(?!\w)", re.I
)
_SCALE_AFTER_HYPHEN = re.compile(rf"-(?:{'|'.join(_SCALES)})(?!\w)", re.I)
_LETTERS = re.compile(r"[A-Za-z]+")
_ARTICLE = re.compile(r"(?<!\w)a[ \u00a0]\Z", re.I)
_HALF_A = re.compile(r"(?<!\w)half(?: a |-|-a-)\Z", re.I)
_AND_HALF = re.compile(r"(?: |-)and(?: |-)a(?: |-)half(?!\w)", re.I)
_VAGUE_BEFORE = re.compile(r"(?<!\w)(?:[a-z]+ or|one to|few|several|many|tens of|couple|point|day) \Z", re.I)
_VAGUE_AFTER = re.compile(r" or (?:two|three|four|five|six|seven|eight)(?!\w)", re.I)

_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_FRACTION = re.compile(
    r"(?<![\w-])(?P<n>an?|one|two|three|four|five|six|seven|eight|nine)[ -]"
    r"(?P<p>half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)(?![\w-])",
    re.I,
)
_OF = re.compile(r" of ", re.I)
_HALF = re.compile(
    r"(?<![\w-])(?:(?<=by )|(?<=in )|(?<=to )|(?<=than )|(?<=about )|(?<=nearly )|(?<=almost )|(?<=over )|(?<=around ))"
    r"half(?![\w-])|(?<![\w-])half(?= (?:of|the|our|its|their|all|as)\b)|\Ahalf\Z",
    re.I,
)
_NOT_HALF = re.compile(r"(?:first|second|other|latter|last|next|1st|2nd) \Z", re.I)

# neuf is left out (also "new"), as are the articles un, ein, um.
_SMALL = {
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "deux trois quatre cinq six sept huit - dix onze douze",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze",
}
_SMALL_VALUES = {
    language: {word: value for value, word in enumerate(words.split(), start=2) if word != "-"}
    for language, words in _SMALL.items()
}
_SMALL_VALUES["pt"]["duas"] = 2
_SMALL_WORD = {
    language: re.compile(rf"(?<![\w-])(?:{'|'.join(values)})(?![\w-])", re.I)
    for language, values in _SMALL_VALUES.items()
}


def fractions(text: str) -> Iterator[Numeral]:
    """English fractions: two-thirds, a third of, half of."""
    for match in _FRACTION.finditer(text):
        part = match["p"].lower().rstrip("s") if match["p"].lower() != "halves" else "half"
        article = match["n"].lower() in ("a", "an")
        if article and part == "half":
            continue
        needs_of = article or (part == "quarter" and "-" not in match.group())
        if needs_of and not _OF.match(text, match.end()):
            continue
        top = 1 if article else ENGLISH_ONES[match["n"].lower()]
        if top < _PARTS[part]:
            yield Numeral(match.start(), match.end(), Fraction(top, _PARTS[part]), spelled=True)
    for match in _HALF.finditer(text):
        if not _NOT_HALF.search(text[max(0, match.start() - 8) : match.start()]):
            yield Numeral(match.start(), match.end(), Fraction(1, 2), spelled=True)


def words(text: str, language: str) -> Iterator[Numeral]:
    """Numbers in words. A lone "one" is an article more often than a number and is left out."""
    if language == "en":
        yield from _english(text)
    elif language in _SMALL_WORD:
        values = _SMALL_VALUES[language]
        for match in _SMALL_WORD[language].finditer(text):
            yield Numeral(match.start(), match.end(), Fraction(values[match.group().lower()]), spelled=True)


def _english(text: str) -> Iterator[Numeral]:
    run: list[re.Match[str]] = []
    for match in _spelled_words(text):
        if run and not _continues(text, run, match):
            yield from _close(text, run)
            run = []
        run.append(match)
    if run:
        yield from _close(text, run)


def _spelled_words(text: str) -> Iterator[re.Match[str]]:
    """Number words in order; "hundred" of "two-hundred" follows a hyphen and is looked up from its number."""
    position = 0
    while match := _WORD.search(text, position):
        yield match
        position = match.end()
        while hyphened := _SCALE_AFTER_HYPHEN.match(text, position):
            if scale := _LETTERS.match(text, position + 1):
                yield scale
            position = hyphened.end()


def _continues(text: str, run: list[re.Match[str]], match: re.Match[str]) -> bool:
    before, word = run[-1].group().lower(), match.group().lower()
    gap = text[run[-1].end() : match.start()]
    if gap not in (" ", "-", "\u00a0") and not (gap == " and " and before in _SCALES and word not in _SCALES):
        return False
    if len(run) > 12:
        return False
    if before in ENGLISH_ONES:
        return word in _SCALES
    if before in _TENS:
        return (ENGLISH_ONES.get(word, 99) < 10 and gap != " and ") or word in _SCALES
    if before == "dozen":
        return False
    if word in _SCALES:
        return word != "dozen" and _SCALES[word] > _SCALES[before]
    return True


def _close(text: str, run: list[re.Match[str]]) -> Iterator[Numeral]:
    start, end = run[0].start(), run[-1].end()
    tokens = [match.group().lower() for match in run]
    left = text[max(0, start - 12) : start]
    if left.endswith("-") and tokens[0] not in _SCALES:
        return  # high-five
    base = Fraction(0)
    if tokens[0] in _SCALES:
        if half := _HALF_A.search(left):
            base, start = Fraction(1, 2), start - (len(left) - half.start())
        elif article := _ARTICLE.search(left):
            base, start = Fraction(1), start - (len(left) - article.start())
        else:
            return
    elif tokens == ["one"]:
        half_after = _AND_HALF.match(text, end)
        if not half_after:
            return
    if _VAGUE_BEFORE.search(text[max(0, start - 12) : start]) or _VAGUE_AFTER.match(text, end):
        return
    value = _evaluate(tokens, base)
    if value is None:
        return
    if after := _AND_HALF.match(text, end):
        value, end = value + Fraction(1, 2), after.end()
    yield Numeral(start, end, value, spelled=True)


def _evaluate(tokens: list[str], base: Fraction) -> Fraction | None:
    total, group, last = Fraction(0), base, 10**15
    for token in tokens:
        if token in ENGLISH_ONES:
            group += ENGLISH_ONES[token]
        elif token in _TENS:
            group += _TENS[token]
        elif token in ("hundred", "dozen"):
            group *= _SCALES[token]
        else:
            if _SCALES[token] >= last or group == 0:
                return None
            total, group, last = total + group * _SCALES[token], Fraction(0), _SCALES[token]
    return total + group
