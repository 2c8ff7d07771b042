"""Figures in words: numerals, fractions and multiples, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from evals.scorers.eyes.figures import han
from evals.scorers.eyes.units import Unit
from evals.scorers.eyes.words import HAN_DIGITS, NUMERALS

Worded = tuple[int, int, frozenset[Decimal], Unit | None]
"""Where it stands, what it may be worth, and its unit when the words themselves say it."""

PERCENT, TIMES = Unit("percent"), Unit("times")

_ONES = {word: value for value, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split()
)}  # fmt: skip
_TENS = {w: v * 10 for v, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_BIG = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_ANY = "|".join((*_ONES, *_TENS, *_BIG, "dozen"))
_RUN = re.compile(rf"(?<![\w.-])(?:an? )?(?:{_ANY})(?:(?:[ -]|,? and )(?:{_ANY}))*(?!\w)", re.I)
_HAN_NUMBER = "〇零一二两三四五六七八九十百千万亿"
_HAN_RUN = re.compile(f"[{_HAN_NUMBER}]+")
_PART = re.compile(f"([{_HAN_NUMBER}]+|[0-9]+)分之([{_HAN_NUMBER}]+|[0-9]+(?:[.][0-9]+)?)")
_TENTHS = re.compile(f"([{_HAN_NUMBER}]+|[0-9]+(?:[.][0-9]+)?) ?成(半?)(?![为功本立果熟品就员交长都绩效套分])")
_WORDS: tuple[tuple[str, int | str, Unit | None], ...] = (
    (r"一半|半数|(?<!first )(?<!second )\bhal(?:f|ved?|ving)\b|减半", 50, PERCENT),
    (r"\b(?:a|one)[ -]third\b", "100/3", PERCENT),
    (r"\btwo[ -]thirds\b", "200/3", PERCENT),
    (r"\b(?:a|one)[ -]quarter\b(?! of (?:19|20))", 25, PERCENT),
    (r"\bthree[ -]quarters\b", 75, PERCENT),
    (r"\b(?:a|one)[ -]fifth\b", 20, PERCENT),
    (r"\b(?:a|one)[ -]tenth\b", 10, PERCENT),
    (r"\btwice\b", 2, None),
    (r"\bdoubl(?:ed?|es|ing)\b|翻倍|翻了?一番|加倍|\btwofold\b", 2, TIMES),
    (r"\btripl(?:ed?|es|ing)\b|\bthreefold\b", 3, TIMES),
    (r"半个?小时|\bhalf an hour\b", 30, Unit("seconds", Decimal(60))),
    (r"(?<![上下])半年|\bhalf a year\b", 6, Unit("months")),
    (r"\byear and a half\b|一年半", 18, Unit("months")),
)


def worded(text: str) -> Iterator[Worded]:
    """Everything in a text that could be a figure in words; generous, for sources."""
    for match in _RUN.finditer(text):
        words = re.findall("[a-z]+", match.group().lower())
        if not (words[0] in _BIG and re.search(r"[0-9] ?$", text[: match.start()])):
            yield (*match.span(), frozenset({english(words)}), None)
    for match in _HAN_RUN.finditer(text):
        yield (*match.span(), frozenset({Decimal(han(match.group()))}), None)
    for pattern, value, unit in _WORDS:
        for match in re.finditer(pattern, text, re.I):
            yield (*match.span(), _rounded(value), unit)
    yield from shares(text)


def small(text: str, language: str) -> Iterator[Worded]:
    """Numerals up to twelve of a language that writes with spaces and is not read by `worded`: zwei oder drei Tage."""
    words = NUMERALS.get(language, {}) if language != "en" else {}
    for match in re.finditer(r"[^\W\d_]+", text) if words else ():
        value = words.get(match.group().lower())
        if value is not None:
            yield (*match.span(), frozenset({Decimal(value)}), None)


def shares(text: str) -> Iterator[Worded]:
    """百分之三十八, 三分之一, 一成半: shares in the Chinese way."""
    for match in _PART.finditer(text):
        whole = _value(match[1])
        if whole:
            yield (*match.span(), _rounded(f"{_value(match[2]) * 100}/{whole}"), PERCENT)
    for match in _TENTHS.finditer(text):
        yield (*match.span(), frozenset({_value(match[1]) * 10 + (5 if match[2] else 0)}), PERCENT)


def counted(text: str) -> Iterator[Worded]:
    """Numerals that certainly count or measure something, for texts that are judged: 两台, 三周, seven weeks. One of
    a thing, rows of two (两三台), ordinals and idioms are left alone."""
    for match in _COUNTED_HAN.finditer(text):
        run = match[1]
        ones = re.search(f"[{''.join(HAN_DIGITS)}]{{2}}", run.replace("零", "")) or run in ("一", "二")
        if not ones and (run[0] == "十" or set(run) & set(HAN_DIGITS)):
            yield (*match.span(1), frozenset({Decimal(han(run))}), None)
    for match in _COUNTED_ENGLISH.finditer(text):
        value = english(re.findall("[a-z]+", match[1].lower()))
        if value >= 2:
            yield (*match.span(1), frozenset({value}), None)


_TIMED = "years?|months?|weeks?|days?|hours?|minutes?|seconds?|per ?cent|percentage points?"
_THINGS = "people|customers|companies|countries|sites|plants|stations|employees|engineers|machines|units|cities"
_COUNTED_HAN = re.compile(
    f"(?<![{_HAN_NUMBER}第几数每多上下前后头周0-9.])([{_HAN_NUMBER}]+)"
    r"(?= ?(?:年(?!级)|个月|周(?!边)|天|个?小时|分钟|秒|[家台](?!电)|人(?!工|称)|名|座|套|倍))"
)
_COUNTED_ENGLISH = re.compile(
    rf"(?<![\w-])((?:{_ANY})(?:(?:[ -]| and )(?:{_ANY}))*)(?=[ -](?:{_TIMED}|{_THINGS})(?!\w))", re.I
)


def english(words: list[str]) -> Decimal:
    """The value of numerals in words: `two hundred and forty thousand`."""
    total = part = 0
    for word in words:
        if word in _ONES or word in _TENS:
            part += _ONES.get(word, 0) or _TENS.get(word, 0)
        elif word == "dozen":
            part = (part or 1) * 12
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _BIG:
            total, part = total + (part or 1) * _BIG[word], 0
    return Decimal(total + part)


def _value(digits: str) -> Decimal:
    return Decimal(digits) if digits[0].isdigit() and digits.isascii() else Decimal(han(digits))


def _rounded(value: int | str) -> frozenset[Decimal]:
    """A share, exact and as it is rounded when it is written."""
    top, _, bottom = str(value).partition("/")
    exact = Decimal(top) / Decimal(bottom or 1)
    return frozenset({exact, *(round(exact, places) for places in (0, 1, 2))})
