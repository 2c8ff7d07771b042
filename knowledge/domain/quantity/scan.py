"""Where in a text something numeric can begin: one cheap pass that the readers work from."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.domain.quantity.dates_named import month_words, ordinal_words
from knowledge.domain.quantity.special import special_words
from knowledge.domain.quantity.spelled import number_words
from knowledge.domain.quantity.trie import LATIN, one_of


@lru_cache(maxsize=32)
def seeds(tag: str, language: str) -> re.Pattern[str]:
    """The pattern of what can begin a quantity in lowered text; the group that matched says what it is: `digits`,
    `han` numerals, `mark` (第, 半) or a `word`."""
    words = {*month_words(tag), *ordinal_words(tag), *special_words(language), *number_words(language)}
    return re.compile(
        r"(?P<digits>[0-9]+)"
        r"|(?P<han>[零〇一二两三四五六七八九十百千万亿]+)"
        r"|(?P<mark>[第半반上下])"
        rf"|(?<![{LATIN}])(?P<word>{one_of(words)})(?![{LATIN}])"
    )
