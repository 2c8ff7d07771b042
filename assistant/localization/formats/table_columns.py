"""Which cells of a table are to be translated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.domain.errors import UnreadableFile

Row = Mapping[int, str]
"""The cells of a row that hold text, by their column, counted from 0."""

_ENOUGH = 0.3
"""A column holds words when at least this share of its cells does: a few product codes do not make it one of codes."""

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:|[./~\\]|[A-Za-z]:\\)\S*|[^\s@]+@[^\s@]+\.\w+", re.I)
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
# A name for programs: `unit_price`, `unitPrice`, `sku-17`, `R300`, `#ff0000`.
_CODE = re.compile(r"[#$@]?\w*[\d_]\S*|\w+(?:[-./:]\w+)+|[a-z]+(?:[A-Z]\w*)+|[A-Z]{1,5}", re.A)
_KEY = re.compile(r"[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*|[_.:-][A-Za-z0-9]+)*")
_COLUMN = re.compile(r"[A-Za-z]{1,3}")


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a table's columns: `row` is where they stand, None where a table has none. `keys`: they are names
    for programs and stay as they are."""

    names: Mapping[int, str]
    row: int | None = None
    keys: bool = False


def header_of(rows: Sequence[Row]) -> Header:
    """The first row that holds anything, when all its cells are short, hold letters, and others follow."""
    first = next((number for number, row in enumerate(rows) if row), None)
    if first is None or first + 1 == len(rows):
        return Header({})
    names = {column: " ".join(text.split()) for column, text in rows[first].items()}
    texts = list(names.values())
    if any(len(text) > 80 or not has_letters(text) for text in texts):
        return Header({})
    return Header(names, first, all(_KEY.fullmatch(text) for text in texts))


def columns_wanted(header: Header, width: int, wanted: Sequence[str]) -> dict[str, int]:
    """The column of each name or letter of `wanted` that this table has; names come before letters."""
    by_name = {name.casefold(): column for column, name in reversed(list(header.names.items()))}
    found = {}
    for text in wanted:
        column = by_name.get(" ".join(text.split()).casefold())
        if column is None and _COLUMN.fullmatch(text) and (number := number_of(text)) < width:
            column = number
        if column is not None:
            found[text] = column
    return found


def columns_of_words(rows: Sequence[Row], header: Header) -> set[int]:
    """The columns whose cells below the header are words, not names for programs, addresses or figures. A table of a
    header alone has all its columns."""
    counts: dict[int, list[bool]] = {}
    for number, row in enumerate(rows):
        if number != header.row:
            for column, text in row.items():
                counts.setdefault(column, []).append(is_words(text))
    return {column for column, told in counts.items() if sum(told) >= _ENOUGH * len(told)}


def refused(name: str, wanted: Sequence[str], headers: Sequence[Header], width: int) -> UnreadableFile:
    """The error for columns that are not there: which there are."""
    names = list(dict.fromkeys(text for header in headers for text in header.names.values()))
    letters = f"A to {letter_of(width - 1)}" if width > 1 else "A"
    there = ", ".join(names) + f" (or {letters})" if names else letters
    return UnreadableFile(name, f"there is no column {', '.join(wanted)}", f"the columns are {there}")


def is_words(text: str, *, asked: bool = False) -> bool:
    """Whether people read the text as words: not a figure, a formula, an address or a name for programs. In a column
    that was `asked` for, names for programs are words too."""
    text = text.strip()
    if not text or text.startswith("=") or not has_letters(text):
        return False
    return bool(_EAST.search(text)) or not (_ADDRESS.fullmatch(text) or (not asked and _CODE.fullmatch(text)))


def is_heading(text: str) -> bool:
    """Whether a name in the first row is for people: `Price`, not `unit_price`."""
    return is_words(text) and not _KEY.fullmatch(text)


def has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def number_of(letters: str) -> int:
    """`A` is 0, `AA` is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def letter_of(number: int) -> str:
    """0 is `A`, 26 is `AA`."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
