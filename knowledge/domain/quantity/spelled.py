"""Numbers in words. English here, German, French, Spanish and Portuguese in `spelled_latin`."""

from __future__ import annotations

import re
from fractions import Fraction

from knowledge.domain.quantity.page import Page
from knowledge.domain.quantity.spelled_latin import LATIN_LANGUAGES, latin_at, latin_words
from knowledge.domain.quantity.trie import one_of

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
ENGLISH_ONES = {word: value for value, word in enumerate(_ONES, start=1)}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {"hundred": 100, "dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
ENGLISH_NUMBERS = (*ENGLISH_ONES, *_TENS, *_SCALES)
_WORD = re.compile(rf"(?<![\w-]){one_of(ENGLISH_NUMBERS)}(?!\w)")
_NEXT = re.compile(
    rf"(?P<gap>[ \u00a0]|-(?!{one_of(_TENS)})| and )(?P<word>{one_of(ENGLISH_NUMBERS)})(?!\w)",
)
_ARTICLE = re.compile(r"(?<!\w)a[ \u00a0]\Z")
_HALF_A = re.compile(r"(?<!\w)half(?: a |-|-a-)\Z")
_AND_HALF = re.compile(r"(?: |-)and(?: |-)a(?: |-)half(?!\w)")
_VAGUE_BEFORE = re.compile(r"(?<!\w)(?:[a-z]+ or|few|several|many|tens of|couple|point|day) \Z")
_ONE_TO = re.compile(r" to (?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|10)(?!\w)")
_VAGUE_AFTER = re.compile(r" or (?:two|three|four|five|six|seven|eight)(?!\w)")


def number_words(language: str) -> list[str]:
    """The words that a number in words can begin with; German is found by its own pattern."""
    return list(ENGLISH_NUMBERS) if language == "en" else latin_words(language)


def spelled_at(page: Page, start: int) -> tuple[int, int, Fraction | None]:
    """The number in words whose first number word stands at `start`: where it begins and ends, and its value.

    A lone "one" is an article more often than a number and has no value. The end is `start` when no word begins there.
    """
    if page.language == "en":
        return _english(page.low, start)
    if page.language not in LATIN_LANGUAGES or page.low[start - 1 : start] in ("-", "_"):
        return start, start, None
    end, value = latin_at(page.low, start, page.language)
    return start, end, None if page.low[end : end + 1] in ("-", "_") else value


def _english(low: str, start: int) -> tuple[int, int, Fraction | None]:
    match = _WORD.match(low, start)
    if match is None:
        return start, start, None
    tokens, end = [match.group()], match.end()
    while (following := _NEXT.match(low, end)) and _continues(tokens, following["gap"], following["word"]):
        tokens.append(following["word"])
        end = following.end()
    return _closed(low, start, end, tokens)


def _continues(tokens: list[str], gap: str, word: str) -> bool:
    before = tokens[-1]
    if (gap == " and " and (before not in _SCALES or word in _SCALES)) or len(tokens) > 12:
        return False
    if before in ENGLISH_ONES:
        return word in _SCALES
    if before in _TENS:
        return ENGLISH_ONES.get(word, 99) < 10 or word in _SCALES
    if before == "dozen":
        return False
    if word in _SCALES:
        return word != "dozen" and _SCALES[word] > _SCALES[before]
    return True


def _closed(low: str, start: int, end: int, tokens: list[str]) -> tuple[int, int, Fraction | None]:
    """The number of `tokens` with the article or the half before it and the half after it."""
    nothing = start, end, None
    base = Fraction(0)
    if tokens[0] in _SCALES:
        if half := _HALF_A.search(low, max(0, start - 9), start):
            base, start = Fraction(1, 2), half.start()
        elif article := _ARTICLE.search(low, max(0, start - 3), start):
            base, start = Fraction(1), article.start()
        else:
            return nothing
    elif tokens == ["one"] and not _AND_HALF.match(low, end):
        return (start, end, Fraction(1)) if _ONE_TO.match(low, end) else nothing
    if tokens == ["two"] and low.endswith(("these ", "those "), 0, start):
        return nothing  # both
    if _VAGUE_BEFORE.search(low, max(0, start - 12), start) or _VAGUE_AFTER.match(low, end):
        return nothing
    value = _evaluate(tokens, base)
    if value is not None and (after := _AND_HALF.match(low, end)):
        value, end = value + Fraction(1, 2), after.end()
    return start, end, value


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
