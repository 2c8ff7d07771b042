"""What a quantity is said of: the words around it, whether it is the figure before or after, and which way it went."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log
from operator import itemgetter

from assistant.claims.figures import change_words
from assistant.claims.reading import Reading, Sentence
from assistant.claims.words import plain_words
from knowledge.domain.quantity import Quantity

NEAR, CLAUSE, CLAUSE_BEFORE, SENTENCE = 1.0, 0.75, 0.5, 0.2
"""How much a word counts by where it stands: beside the figure, in its clause beyond another figure, in the clause
before, elsewhere in the sentence."""

UNKNOWN = 0.5
"""How much a word that no source has counts beside the rarest one that they have."""

_BOUNDARY = re.compile(
    r"[，,；;：:。！？!?（）()、\n]|(?<=\s)[–—-](?=\s)|——|"
    r"\b(?:and|but|while|whereas|with|which|und|während|et|tandis|y|mientras|e|enquanto)\b|以及|并且|而且|同时|[和及而](?=[^，。]{0,12}\d)",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\s+")
_CODE = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{1,4}-?[0-9]{2,5}[A-Z]{0,2}(?![A-Za-z0-9-]|\.[0-9])")
"""A product by its code: R300, AX-12."""
_TOGETHER = re.compile(r"[ ]?(?:[、,和与及/&]|,? ?(?:and|or)|以及)[ ]?(?:the )?")
_COMPARED_WITH = re.compile(
    r"(?:比|较|取代|替代|代替|\b(?:than|unlike|versus|vs\.?|replac(?:es|ed|ing)|compared (?:with|to)))(?: the)?[ ]?\Z",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"[ ]?(?:相比|相较|比较|比)")
_SIGHT = 160
"""Code points before a figure within which a product is named."""
_BEHIND = 48
"""Code points behind a figure that tell what it counts."""
_PAIR_GAP = 28
"""Code points between the two figures of one change, at most."""
_FAR = 40
"""Clauses back in which a figure's words are looked for where its own has none."""


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one quantity.

    `weights` says of every word how close it stands (0 … 1); `role` is `from`, `to` or empty; `trend` is +1, -1 or 0;
    `partner` is the figure at the other end of the change; `stated` says that the clause is about it;
    `codes` are the product codes that were named last before it; `behind` is what stands behind it in its clause, in
    small letters without blanks.
    """

    quantity: Quantity
    sentence: Sentence
    weights: Mapping[str, float]
    role: str = ""
    trend: int = 0
    partner: Quantity | None = None
    stated: bool = False
    codes: frozenset[str] = frozenset()
    behind: str = ""

    @property
    def aim(self) -> bool:
        """Its sentence speaks of a target."""
        return _speaks_of_aim(self.sentence.text)

    @property
    def open(self) -> bool:
        """Its sentence does not state a result."""
        return _states_no_result(self.sentence.text)

    @property
    def contrary(self) -> bool:
        """True when its own words and figures do not go together: fell from 38 to 95."""
        if not (self.trend and self.role and self.partner):
            return False
        low, high = (self.quantity, self.partner) if self.role == "from" else (self.partner, self.quantity)
        if low.value is None or high.value is None or low.unit != high.unit or low.value == high.value:
            return False
        return (high.value > low.value) != (self.trend > 0)


@lru_cache(maxsize=1024)
def contexts_of(reading: Reading) -> tuple[Context, ...]:
    """The context of every quantity of a text, in order."""
    return tuple(
        context
        for sentence in reading.sentences
        if sentence.quantities
        for context in _contexts(sentence, reading.language)
    )


def _contexts(sentence: Sentence, language: str) -> list[Context]:
    offset, text = sentence.span.start, sentence.text
    spans = [(max(0, q.span.start - offset), min(len(text), q.span.end - offset)) for q in sentence.quantities]
    cuts = _cuts(text, spans)
    changes = _changes(text)
    bare = _without(text, [*spans, *((start, end) for start, end, _ in changes)])
    whole = plain_words(bare)
    roles = _roles(sentence, text, spans, cuts, changes, language)
    found = []
    for n, quantity in enumerate(sentence.quantities):
        first = n - 1 if n and {roles[n - 1], roles[n]} == {"from", "to"} else n
        last = n + 1 if first == n and n + 1 < len(spans) and {roles[n], roles[n + 1]} == {"from", "to"} else n
        left, right = whole_left, whole_right = _clause(cuts, spans[first][0], spans[last][1])
        if first:
            left = max(left, spans[first - 1][1])
        if last + 1 < len(spans):
            right = min(right, spans[last + 1][0])
        near = plain_words(bare[left:right])
        at = left
        for _ in range(_FAR):  # "…, now 38 minutes": what it is said of stands before
            if near or at <= 0:
                break
            right, (at, _) = at, _clause(cuts, max(0, at - 1), max(0, at - 1))
            if at >= right:
                break
            near = plain_words(bare[at:right])
        before, _ = _clause(cuts, max(0, at - 1), max(0, at - 1)) if at > 0 else (0, 0)
        weights = dict.fromkeys(whole, SENTENCE)
        weights.update(dict.fromkeys(plain_words(bare[before:at]), CLAUSE_BEFORE))
        weights.update(dict.fromkeys(plain_words(bare[whole_left:whole_right]), CLAUSE))
        weights.update(dict.fromkeys(near, NEAR))
        trend = _trend(changes, max(0, left - 1), spans[last][1] + 14 if last + 1 == len(spans) else right)
        partner = sentence.quantities[first if first != n else last] if first != last else None
        stated = bool(roles[n]) or bool(change_words.STATED.search(text[max(0, spans[n][0] - 16) : spans[n][0]]))
        codes = _codes(text, spans[n][0])
        ends = min(_clause(cuts, *spans[n])[1], spans[n][1] + _BEHIND)
        behind = _BLANKS.sub("", text[spans[n][1] : ends]).casefold()
        found.append(Context(quantity, sentence, weights, roles[n], trend, partner, stated, codes, behind))
    return found


def _codes(text: str, at: int) -> frozenset[str]:
    """The product codes named last before a place, several when they are named together (R200 and R300); those that
    something is compared with are not meant."""
    codes: set[str] = set()
    end = 0
    for found in _CODE.finditer(text, max(0, at - _SIGHT), at):
        if _COMPARED_WITH.search(text, max(0, found.start() - 20), found.start()) or _COMPARED.match(text, found.end()):
            continue
        if not (end and _TOGETHER.fullmatch(text, end, found.start())):
            codes.clear()
        codes.add(found.group())
        end = found.end()
    return frozenset(codes)


@lru_cache(maxsize=4096)
def _speaks_of_aim(text: str) -> bool:
    return bool(change_words.AIM.search(text))


@lru_cache(maxsize=4096)
def _states_no_result(text: str) -> bool:
    return bool(change_words.STILL_AIM.search(text))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with blanks for these spans; every place stays where it was."""
    out = list(text)
    for start, end in spans:
        out[start:end] = " " * (end - start)
    return "".join(out)


def _changes(text: str) -> list[tuple[int, int, int]]:
    """The words of change: where each begins and ends, and which way it goes."""
    return [
        (*found.span(), way)
        for pattern, way in ((change_words.UP, 1), (change_words.DOWN, -1))
        for found in pattern.finditer(text)
    ]


def _cuts(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where clauses end and begin. No cut inside a quantity or between thousands."""
    cuts = [m.span() for m in _BOUNDARY.finditer(text) if not any(s <= m.start() < e for s, e in spans)]
    return [(0, 0), *cuts, (len(text), len(text))]


def _clause(cuts: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The clause from the last cut that ends before `start` to the first that begins behind `end`."""
    before = bisect_right(cuts, start, key=itemgetter(1)) - 1
    behind = bisect_left(cuts, end, key=itemgetter(0))
    return cuts[max(0, before)][1], cuts[behind][0] if behind < len(cuts) else end


def _roles(
    sentence: Sentence,
    text: str,
    spans: list[tuple[int, int]],
    cuts: list[tuple[int, int]],
    changes: list[tuple[int, int, int]],
    language: str,
) -> list[str]:
    """The side of a change on which each quantity stands; two of one measure tell each other's."""
    roles = [_role(text, start, end, language) for start, end in spans]
    for n, (one, other) in enumerate(pairwise(sentence.quantities)):
        start, end = spans[n][1], spans[n + 1][0]
        if one.kind is not other.kind or one.unit != other.unit or one.date is not None or end - start > _PAIR_GAP:
            continue
        between = text[start:end]
        if change_words.INSTEAD_OF.search(between):
            roles[n : n + 2] = "to", "from"
        elif change_words.TURNED_INTO.search(between) and not any(start <= a < end for a, _ in cuts[1:-1]):
            begins = max(0, spans[n][0] - _PAIR_GAP)
            if roles[n] == "from" or roles[n + 1] == "to" or _trend(changes, begins, end):
                roles[n : n + 2] = "from", "to"
    return roles


def _role(text: str, start: int, end: int, language: str) -> str:
    left = text[max(0, start - 24) : start]
    for role, before, after in (
        ("from", change_words.FROM_BEFORE, change_words.FROM_AFTER),
        ("to", change_words.TO_BEFORE, change_words.TO_AFTER),
    ):
        if (language in before and before[language].search(left)) or (
            language in after and after[language].match(text, end)
        ):
            return role
    return ""


def _trend(changes: list[tuple[int, int, int]], left: int, right: int) -> int:
    ways = {way for start, end, way in changes if start >= left and end <= right}
    return sum(ways)


class Rarity:
    """How much each word of the sources tells; `strange` is what a word counts that none of them has."""

    __slots__ = ("strange", "values")

    def __init__(self, values: Mapping[str, float]) -> None:
        self.values = values
        self.strange = UNKNOWN * max(values.values(), default=0.0)


@lru_cache(maxsize=64)
def rarity(readings: frozenset[Reading]) -> Rarity:
    """How much a word tells, by how few of the sentences of all sources have it."""
    sentences = [sentence for reading in readings for sentence in reading.sentences]
    counts = Counter(word for sentence in sentences for word in sentence.plain)
    n = len(sentences)
    return Rarity({word: log(1 + (n + 1) / (count + 0.5)) for word, count in counts.items()})


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """How much (0 … 1) of what is said of one quantity is also said of another: in its own clause, and in all."""

    near: float
    all: float


def likeness(said: Context, there: Context, rare: Rarity) -> Likeness:
    """Compare what is said of two quantities. A word that no source has (not in `rare`) may be another word for the
    same thing, and counts half."""
    total = shared = near = near_shared = 0.0
    value_of, strange = rare.values.get, rare.strange
    for word, weight in said.weights.items():
        value = value_of(word, strange)
        other = there.weights.get(word, 0.0)
        total += weight * value
        shared += min(weight, other) * value
        if weight == NEAR:
            near += value
            near_shared += value if other == NEAR else 0.0
    return Likeness(near_shared / near if near else 0.0, shared / total if total else 0.0)


def tells_apart(said: Context, one: Context, other: Context, rare: Rarity) -> tuple[float, float]:
    """The shares (0 … 1) of the words of what is said that stand near `one` alone, and near `other` alone."""
    total = first = second = 0.0
    for word, weight in said.weights.items():
        value = rare.values.get(word)
        if value is None or weight < NEAR:
            continue
        total += value
        # Beside another figure of its clause a word still speaks for a place, but not against one.
        here, there = one.weights.get(word) == NEAR, other.weights.get(word, 0.0) >= CLAUSE
        if here and not there:
            first += value
        elif there and not here:
            second += value
    return (first / total, second / total) if total else (0.0, 0.0)
