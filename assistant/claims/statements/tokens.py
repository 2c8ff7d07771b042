"""A text as words: each as it is written, without inflection (stem), without derivation (root), by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property, lru_cache

from assistant.claims.reading import Reading
from assistant.claims.stems import root, stem
from assistant.claims.vocabulary.english import STOP
from knowledge.domain.finding import Span
from knowledge.domain.quantity import Kind

_WORD = re.compile(r"(?:[^\W\d_]\.){2,4}(?![^\W_])|[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,]*")
_CLITIC = re.compile(r"(?:'s|s'|')$")
_NEGATIONS = frozenset(
    "not no never none neither nor without cannot non unable nobody nowhere hardly barely nothing".split()
)
_HALF_NEGATIONS = frozenset("lack fail refuse deny unlikely avoid stop prevent free less instead".split())
# After no, not: "no matter", "not only" deny nothing.
_NO_NEGATION = frozenset("matter only just doubt longer merely least necessarily".split())


class Tokens:
    """The words of a text in order; compared by identity, so that it can be a key.

    `words` are lower case without possessive and full stops; `starts` count in the text. A sentence without
    a word is left out.
    """

    def __init__(self, reading: Reading) -> None:
        self.text = reading.text
        found = list(_WORD.finditer(self.text))
        self.written = [match.group() for match in found]
        self.starts = [match.start() for match in found]
        self.words = [word.lower() if word.isalpha() else _plain(word) for word in self.written]
        self.stems = [stem(word) for word in self.words]
        self.roots = [root(word) for word in self.stems]
        self._quantities = reading.quantities
        self.sentence_starts: list[int] = []
        self.sentence_spans: list[Span] = []
        for sentence in reading.sentences:
            first = bisect_left(self.starts, sentence.span.start)
            if first < len(found) and self.starts[first] < sentence.span.end:
                self.sentence_starts.append(first)
                self.sentence_spans.append(sentence.span)

    def between(self, start: int, end: int) -> range:
        """The tokens that begin in a stretch of the text."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    @cached_property
    def moneys(self) -> frozenset[int]:
        """Tokens of amounts of money: their currency is compared with the figure, `CNY 5` and `RMB 5` are one."""
        amounts = (q.span for q in self._quantities if q.kind is Kind.MONEY)
        return frozenset(token for span in amounts for token in self.between(span.start, span.end))

    @cached_property
    def root_set(self) -> frozenset[str]:
        """The roots, for looking up."""
        return frozenset(self.roots)

    @cached_property
    def negations(self) -> frozenset[int]:
        """Tokens that negate."""
        words = self.words
        return frozenset(
            number
            for number, word in enumerate(words)
            if (word in _NEGATIONS or word[-3:] == "n't")
            and not (number + 1 < len(words) and words[number + 1] in _NO_NEGATION)
        )

    @cached_property
    def denials(self) -> frozenset[int]:
        """Tokens that negate, or nearly: `lacks`, `failed to`, `instead of`."""
        return self.negations | {n for n, word in enumerate(self.stems) if word in _HALF_NEGATIONS}

    def content(self, tokens: Iterable[int]) -> list[int]:
        """Those of the tokens that are no function words."""
        return [number for number in tokens if self.words[number] not in STOP]


@lru_cache(maxsize=2048)
def tokens_of(reading: Reading) -> Tokens:
    """The words of a text, read once."""
    return Tokens(reading)


def _plain(written: str) -> str:
    word = written.lower()
    if word[0].isdigit():
        return word.rstrip(".,")
    return _CLITIC.sub("", word.replace("’", "'")).replace(".", "")
