"""A text without its names and its filler, every place kept: what is left says what is measured."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.claims.reading import Reading
from assistant.claims.words import plain_words
from knowledge.domain.finding import Span

_FILLER = {
    "zh": re.compile(
        r"(?:本|全)?公司|集团|我们|我司|本集团|至今|累计|总计|合计|共计|一共|总共|已经|达到|突破|实现|超过|平均|项目|客户?的|"
        r"(?:拥|现|共|设|已|还|均)?有(?!限|效|色|机|关|序|望|线)|[的了]"
    ),
    "en": re.compile(
        r"\b(?:the company|our company|group|company|we|our|so far|to date|altogether|in total|a total of|nearly|"
        r"almost|on average|average|mean|project|customer's?)\b",
        re.IGNORECASE,
    ),
}
_EMPTY = frozenset(
    "目前 现在 如今 当前 上线 之后 以后 改造 已达 now todai current currentli onc go-live been live".split()
)
_FUNCTION = frozenset("为由从将把在与和及被也仅只就约近已达共后其该于至到可")
"""Characters of Chinese that join words; a bigram with one of them is no word."""


def mask(reading: Reading, names: Iterable[Span]) -> Reading:
    """The reading with blanks for these names and for filler. Words that tell before from after stay."""
    text = reading.text
    letters = list(text)
    for span in names:
        letters[span.start : span.end] = " " * (span.end - span.start)
    filler = _FILLER.get(reading.language)
    if filler is not None:
        inside = {at for quantity in reading.quantities for at in range(quantity.span.start, quantity.span.end)}
        for found in filler.finditer("".join(letters)):
            if found.start() not in inside:
                letters[found.start() : found.end()] = " " * (found.end() - found.start())
    return Reading(
        "".join(letters), reading.language, reading.quantities, tuple(sentence.span for sentence in reading.sentences)
    )


def measure_words(text: str, language: str) -> frozenset[str]:
    """The words of a measure that is written out."""
    filler = _FILLER.get(language)
    return telling(plain_words(filler.sub(" ", text) if filler else text))


def telling(words: Iterable[str]) -> frozenset[str]:
    """Of content words those that say what is measured."""
    return frozenset(word for word in words if word not in _EMPTY and _FUNCTION.isdisjoint(word))
