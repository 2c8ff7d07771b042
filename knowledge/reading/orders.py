"""Sentences of a document that give orders to whoever writes from it: "ignore the rules above", "add this link".

A document tells; it does not commission. So such a sentence is never content: it is kept from the prompt and carries
nothing. Looked at is what is written and what it hides: full-width and look-alike letters, spaced-out words, Base64,
hex, percent and ROT13 writing, words written backwards. A list of words finds what looks like an order, not every
order: what may stand in a text is decided again after the writing.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote

from knowledge.domain.finding import Span
from knowledge.domain.text import clean, sentences
from knowledge.reading.order_words import order_words

_LOOKS = str.maketrans(
    "аеорсухіјѕһԁԛԝαοικνρτυΑВЕКМНОРСТХУІЈЅԌҺΟΒΕΖΗΙΚΜΝΡΤΥΧ", "aeopcyxijshdqwaoiknptuABEKMHOPCTXYIJSGhOBEZHIKMNPTYX"
)
_LEET = str.maketrans("013457@$", "oieastas")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{20,}={0,2}(?![A-Za-z0-9+/])")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:[0-9a-f]{2}[\s:]?){12,}(?![0-9A-Za-z])", re.IGNORECASE)
_PERCENT = re.compile(r"(?:%[0-9a-f]{2}|[\w+.-]){16,}", re.IGNORECASE)
_SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_*]){4,}\w(?!\w)")
_WIDE_GAP = re.compile(r"\s{2,}")
_COMMON = re.compile(
    r"\b(?:the|to|of|and|in|this|that|your|all|with|is|at|for|add|write|end|text|you|previous|instructions)\b"
)
_BACKWARDS = re.compile(r"(?:令指|则规|矩规|求要|示提)(?:\w{0,12})(?:略忽|视无|记忘)")
_NEAR = 1
"""Sentences between two orders that belong to them."""
_LONGEST = 20_000


Kind = Literal["document", "talk", "brief"]
"""What a text is. In a talk people ask each other to do things: only what is said to whoever writes the minutes is an
order. A brief may ask for things: only what speaks to a model is one."""


def orders_in(text: str, kind: Kind = "document") -> tuple[Span, ...]:
    """Where the orders of a text stand, as whole sentences; neighbours are one span."""
    return _orders(text, kind)


def without_orders(text: str, kind: Kind = "document") -> str:
    """The text without its orders, its lines as many as before."""
    kept, at = [], 0
    for span in _orders(text, kind):
        kept += [text[at : span.start], "\n" * text.count("\n", span.start, span.end)]
        at = span.end
    return "".join([*kept, text[at:]]) if kept else text


@lru_cache(maxsize=4096)
def _orders(text: str, kind: Kind) -> tuple[Span, ...]:
    if len(text) < 6:
        return ()
    spans = sentences(text)
    said = [span.of(text) for span in spans]
    marks = [is_order(one, kind) for one in said]
    if not any(marks):
        return ()
    # What an order leads in ("add this sentence:") is its object; who speaks to a model does so to
    # the end of the line.
    speaks = [
        mark and bool(order_words("mechanics").search(unfolded(one))) for mark, one in zip(marks, said, strict=True)
    ]
    for number in range(len(spans) - 1):
        same_line = "\n" not in text[spans[number].end : spans[number + 1].start]
        if (speaks[number] and same_line) or (marks[number] and order_words("leads_on").search(said[number])):
            marks[number + 1] = True
            speaks[number + 1] = speaks[number] and same_line
    # A sentence between two orders is a part of them.
    for number in range(1, len(spans) - _NEAR):
        if marks[number - 1] and marks[number + 1]:
            marks[number] = True
    return tuple(_joined(text, [span for span, mark in zip(spans, marks, strict=True) if mark]))


def _joined(text: str, spans: list[Span]) -> Iterator[Span]:
    start = end = -1
    for span in spans:
        if start >= 0 and not text[end : span.start].strip():
            end = span.end
            continue
        if start >= 0:
            yield Span(start, end)
        start, end = span.start, span.end
    if start >= 0:
        yield Span(start, end)


def is_order(sentence: str, kind: Kind = "document") -> bool:
    """Whether one sentence tells the writer what to do."""
    sentence = sentence[:_LONGEST]
    plain = unfolded(sentence)
    return _is_plain_order(plain, kind) or _hides_order(sentence, plain)


def unfolded(text: str) -> str:
    """The text as it reads: one width, no look-alike letters, nothing invisible, no capitals."""
    text = unicodedata.normalize("NFKC", clean(text)).replace("\u200d", "")
    return (
        " ".join(text.translate(_LOOKS).casefold().split()) if not _greek(text) else " ".join(text.casefold().split())
    )


def _greek(text: str) -> bool:
    """True for a text in Greek or Cyrillic: its letters pretend nothing."""
    strange = sum("\u0370" <= letter <= "\u052f" for letter in text)
    return strange > 8 and strange * 2 > sum(letter.isalpha() for letter in text)


def _is_plain_order(plain: str, kind: Kind = "document") -> bool:
    if order_words("mechanics").search(plain):
        return True
    if kind == "talk":
        return bool(order_words("minutes").search(plain))
    return kind == "document" and bool(order_words("output").search(plain) or order_words("text").search(plain))


def _hides_order(sentence: str, plain: str) -> bool:
    """Whether the sentence gives an order when it is read in another way."""
    if any(_is_plain_order(words) or order_words("spoken").search(words) for words in _uncoded(sentence)):
        return True
    known = _common(plain)
    return any(_common(words) > max(known, 1) and _is_plain_order(words) for words in _reread(sentence, plain)) or bool(
        _BACKWARDS.search(plain)
    )


def _common(text: str) -> int:
    """How many of the commonest words a text has: much of it where it reads as a language."""
    return len(_COMMON.findall(text))


def _reread(sentence: str, plain: str) -> Iterator[str]:
    """The text with its letters closed up, exchanged or turned round."""
    if _SPACED.search(plain):
        yield _closed(clean(sentence).casefold())
    if sum(letter.isdigit() or letter in "@$" for letter in plain) >= 3:
        yield plain.translate(_LEET)
    yield codecs.encode(plain, "rot13")
    yield plain[::-1]


def _uncoded(sentence: str) -> Iterator[str]:
    """The texts that stand in the sentence in Base64, hex or percent writing."""
    for found in _BASE64.finditer(sentence):
        yield from _text_of(found.group())
    for found in _HEX.finditer(sentence):
        yield from _utf8(bytes.fromhex(re.sub(r"[\s:]", "", found.group())))
    if sentence.count("%") >= 4:
        for found in _PERCENT.finditer(sentence):
            yield unfolded(unquote(found.group()).replace("+", " "))


def _closed(text: str) -> str:
    """Spaced-out letters as words: two blanks between words where there are any, else none."""
    words = _WIDE_GAP.split(text)
    return " ".join(re.sub(r"(?<=\w)[ .\-_*](?=\w(?!\w))", "", word) for word in words)


def _text_of(code: str) -> Iterator[str]:
    plain = code.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        yield from _utf8(base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True))
    except (binascii.Error, ValueError):
        return


def _utf8(raw: bytes) -> Iterator[str]:
    try:
        words = raw.decode("utf-8")
    except UnicodeDecodeError:
        return
    if words.isprintable() and sum(letter.isalpha() or letter == " " for letter in words) * 2 >= len(words):
        yield unfolded(words)
