"""The readers, and which of them is asked at which seed. They are asked in turn; the first that reads something wins:
dates first, then names to leave alone, then amounts of a shape of their own, then numbers with what belongs to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from knowledge.domain.quantity.amount import build
from knowledge.domain.quantity.dates import read_date, read_east_date
from knowledge.domain.quantity.dates_named import (
    month_words,
    ordinal_words,
    read_day_first,
    read_month,
    read_part_of_year,
)
from knowledge.domain.quantity.fractions import (
    RATIO_LANGUAGES,
    VULGAR_VALUES,
    fraction_words,
    read_fraction,
    read_fraction_word,
    read_half,
    read_ratio,
    read_share,
)
from knowledge.domain.quantity.han import han_value
from knowledge.domain.quantity.hangul import hangul_at
from knowledge.domain.quantity.multiples import multiple_words, read_german_multiple, read_multiple, read_turn
from knowledge.domain.quantity.names import link_spans, read_name
from knowledge.domain.quantity.numerals import HAN_NUMERAL, digits_at
from knowledge.domain.quantity.ordinals import (
    RANK_MARKS,
    ordinal_number_words,
    read_day_number,
    read_ordinal,
    read_rank,
    read_rank_word,
)
from knowledge.domain.quantity.page import Page, Reader
from knowledge.domain.quantity.scan import BLOCK, is_data, pattern
from knowledge.domain.quantity.several import (
    collective_words,
    read_collective,
    read_several,
    read_some_east,
    read_some_korean,
    several_words,
)
from knowledge.domain.quantity.singles import decade_words, read_decade, read_han_single, read_single, single_words
from knowledge.domain.quantity.spelled import number_words, spelled_at
from knowledge.domain.quantity.times import HALF_DAY_ENDS, read_han_time, read_time, read_time_words, time_words


def read(page: Page) -> None:
    """Read the page from seed to seed."""
    grammar = _grammar(page.tag, page.language)
    position = link = 0
    links: list[tuple[int, int]] | None = None
    for seed in _text_seeds(page, grammar.seeds):
        start = seed.start()
        if start < position:
            continue
        if links is None:
            links = link_spans(page.text)
        while link < len(links) and links[link][1] <= start:
            link += 1
        if link < len(links) and links[link][0] <= start:
            position = links[link][1]
            continue
        group, end = seed.lastgroup or "", seed.end()
        for reader in grammar.words[seed[group]] if group == "word" else _READERS[group]:
            if stop := reader(page, start, end):
                position = stop
                break


class _Grammar(NamedTuple):
    seeds: re.Pattern[str]
    words: dict[str, tuple[Reader, ...]]


@lru_cache(maxsize=32)
def _grammar(tag: str, language: str) -> _Grammar:
    """The seeds of a language and the readers for each of its words."""
    table: dict[str, tuple[Reader, ...]] = {}
    for words, reader in (
        (month_words(tag), read_month),
        (ordinal_words(tag), read_part_of_year),
        (time_words(language), read_time_words),
        (fraction_words(language), read_fraction_word),
        (number_words(language), read_fraction),
        (several_words(language), read_several),
        (collective_words(language), read_collective),
        (number_words(language), _read_spelled),
        (multiple_words(language), read_multiple),
        (single_words(language), read_single),
        (decade_words(language), read_decade),
        (ordinal_number_words(language), read_rank_word),
    ):
        for word in words:
            table[word] = (*table.get(word, ()), reader)
    return _Grammar(pattern(frozenset(table), language), table)


def _text_seeds(page: Page, seeds: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The seeds of a page without those in blocks of data."""
    found = seeds.finditer(page.low)
    while block := list(islice(found, BLOCK)):
        if not is_data(page.low, block):
            yield from block


_MIXED = re.compile(r"(?P<vulgar>[½¼¾⅓⅔])|[ \u00a0](?P<n>[1-9])[/⁄](?P<d>[2-9])(?![0-9/A-Za-z])")


def _read_digits(page: Page, start: int, end: int) -> int:
    """What a run of digits begins. The letters around it say which readers are worth asking."""
    text = page.text
    length, before, after = end - start, text[start - 1] if start else "", text[end : end + 1]
    if length < 5:
        if (length == 4 or after in _DATE_AFTER or before in _DATE_BEFORE) and (stop := read_date(page, start, end)):
            return stop
        if length < 3:
            if after in _DAY_AFTER and (stop := read_day_first(page, start, end)):
                return stop
            if (after in _TIME_AFTER or before in HALF_DAY_ENDS) and (stop := read_time(page, start, end)):
                return stop
    if before == " " and page.language == "en" and (stop := read_day_number(page, start, end)):
        return stop
    if stop := read_name(page, start, end):
        return stop
    if after in _SHARE_AFTER and (stop := read_share(page, start, end)):
        return stop
    if after in _RATIO_AFTER and page.language in RATIO_LANGUAGES and (stop := read_ratio(page, start, end)):
        return stop
    if (after in RANK_MARKS or page.language == "de") and (stop := read_rank(page, start, end)):
        return stop
    return _read_number(page, start)


_DATE_AFTER = frozenset("年月日号號季财財会會년월일분회度 \u00a0\u3000-./–—~～至到b")
_DATE_BEFORE = frozenset("QTHSY' 第")
_DAY_AFTER = frozenset(" \u00a0.ºesnrt")
_TIME_AFTER = frozenset(" apAP时点時시.hH:")
_SHARE_AFTER = frozenset("分분点./⁄半 人社件回台个家名次户位명개곳")
_RATIO_AFTER = frozenset(" -")


def _read_number(page: Page, start: int) -> int:
    """A number in digits that is no date and no name; 6½ and 8 1/2 are one number."""
    stop, value = digits_at(page.text, start, page.comma)
    if value is None:
        return stop
    if mixed := _MIXED.match(page.text, stop):
        part = VULGAR_VALUES[mixed["vulgar"]] if mixed["vulgar"] else Fraction(int(mixed["n"]), int(mixed["d"]))
        if part < 1 and value.denominator == 1:
            stop, value = mixed.end(), value + part
    return build(page, start, stop, value, spelled=False) or stop


def _read_han(page: Page, start: int, end: int) -> int:
    """A Chinese numeral."""
    if page.language == "ko":
        return end
    match = HAN_NUMERAL.match(page.text, start)
    stop = match.end() if match else end
    value = han_value(page.text, start, stop, page.language)
    if value is not None:
        return build(page, start, stop, value, spelled=True)
    return read_han_single(page, start, end) or stop if page.text[start:stop] == "一" else stop


def _read_spelled(page: Page, start: int, end: int) -> int:
    """A number in words."""
    first, stop, value = spelled_at(page, start)
    return build(page, first, stop, value, spelled=True) if value is not None else stop if stop > start else 0


def _read_hangul(page: Page, start: int, end: int) -> int:
    """A Korean number in words."""
    stop, value = hangul_at(page.text, start)
    return build(page, start, stop, value, spelled=True) if value is not None else 0


_READERS: dict[str, tuple[Reader, ...]] = {
    "digits": (_read_digits,),
    "han": (read_east_date, read_han_time, read_share, read_some_east, _read_han),
    "mark": (read_east_date, read_ordinal, read_half, read_turn),
    "hangul": (read_some_korean, _read_hangul),
    "german": (
        read_time_words,
        read_fraction,
        read_several,
        read_rank_word,
        read_german_multiple,
        _read_spelled,
    ),
}
