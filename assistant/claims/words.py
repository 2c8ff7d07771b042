"""How much of a text a passage carries: the share of its content words that stand there, the rare ones counting more.

Words are Han bigrams, Latin words without inflection, and quantities by value; so the measure works
within a language, and across languages through figures and names.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import add

from assistant.claims.quantities import quantities
from assistant.claims.stems import stem

_HAN_RUN = re.compile(r"[㐀-䶿一-鿿]+")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9\-]+")
_HAN_STOP = "的了和在是与及为对从到由被把让使有其这那个上下中后前并也都就等将以可"
_STOP = frozenset(
    map(
        stem,
        "the of and to in a is that for it on with as was are by be this from at its has have had or an we our you "
        "they their which who will can all more than not but also into after before over per each one been were "
        "about".split(),
    )
) | {one + other for one in _HAN_STOP for other in _HAN_STOP}


@lru_cache(maxsize=8192)
def plain_words(text: str) -> frozenset[str]:
    """The content words of a text without its quantities, folded."""
    words = {stem(word.casefold()) for word in _LATIN_WORD.findall(text)}
    for run in _HAN_RUN.findall(text):
        words.update(map(add, run, run[1:]))
    return frozenset(words - _STOP)


@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    """The content words of a text, folded, its quantities by value."""
    values = {f"={quantity.value}{quantity.unit}" for quantity in quantities(text) if quantity.value is not None}
    return plain_words(text) | values


def weights(texts: Iterable[str]) -> dict[str, float]:
    """How much each word says: inverse document frequency over `texts`, smoothed."""
    return _weights(tuple(texts))


@lru_cache(maxsize=16)
def _weights(texts: tuple[str, ...]) -> dict[str, float]:
    documents = [content_words(text) for text in texts]
    counts = Counter(word for document in documents for word in document)
    return {word: math.log(1 + (len(documents) + 1) / (count + 0.5)) for word, count in counts.items()}


def support(text: str, passages: Sequence[str], weight: dict[str, float]) -> float:
    """The share (0 … 1) of the weight of `text` that `passages` together carry; 1 for a text without content words."""
    words = content_words(text)
    if not words:
        return 1.0
    unknown = math.log(3.0)
    there: frozenset[str] = frozenset().union(*(content_words(p) for p in passages))
    total = sum(weight.get(w, unknown) for w in words)
    return sum(weight.get(w, unknown) for w in words & there) / total
