"""Entries that say the same: nearly the same text, or one title twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from zlib import crc32

from assistant.lint.finding import LintFinding, whole
from assistant.lint.rule import LintRule
from assistant.lint.view import LintView, language
from knowledge.domain.finding import Severity
from knowledge.domain.folding import fold
from knowledge.domain.words import Words
from knowledge.records import EntryVersion

SHINGLE = 6
"""Characters of a shingle, white space left out."""
KEPT = 12
"""One window of so many stands for a text when candidates are looked for (sampling by hash: Broder 1997)."""
WINDOW = 12
"""Characters by which candidates are looked for: longer, so that a common phrase makes none."""
SHORT = 300
"""Texts up to this length are looked for by all their windows."""
CANDIDATE, SAME = 0.4, 0.8
"""The share of windows in common that makes a candidate, and the share of shingles that makes a duplicate."""
CROWD = 40
"""A window that so many entries have is boilerplate."""


class Duplicate(LintRule):
    """Two entries of one language with nearly the same text, or of one kind with the same title. Translations are
    none."""

    id = "duplicate"
    severity = Severity.WARNING
    title = Words(zh="重复的条目", en="Duplicate entry")
    remedy = Words(zh="保留一条，停用另一条", en="keep one of them and retire the other")

    def look(self, view: LintView) -> Iterator[LintFinding]:
        entries = [e for e in view.newest if not e.expired(view.today)]
        texts = [fold("".join(e.text.split())) for e in entries]
        told: set[tuple[int, int]] = set()
        for a, b, share in _near(entries, texts):
            told.add((a, b))
            yield self._finding(entries[a], entries[b], round(share * 100))
        for a, b in _titled(entries):
            if (a, b) not in told:
                yield self.finding(
                    f"标题相同：{entries[a].entry_id} 与 {entries[b].entry_id}",
                    f"they have the same title: {entries[a].entry_id} and {entries[b].entry_id}",
                    [whole(entries[a]), whole(entries[b])], severity=Severity.INFO,
                )  # fmt: skip

    def _finding(self, one: EntryVersion, other: EntryVersion, percent: int) -> LintFinding:
        return self.finding(
            f"文字有 {percent}% 相同：{one.entry_id} 与 {other.entry_id}",
            f"their texts are {percent}% the same: {one.entry_id} and {other.entry_id}",
            [whole(one), whole(other)],
        )


def _near(entries: Sequence[EntryVersion], texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Pairs with nearly the same text and their likeness, in order. Equal texts are told once, beside the first."""
    firsts: dict[tuple[str, str], int] = {}
    pairs: list[tuple[int, int, float]] = []
    for number, text in enumerate(texts):
        first = firsts.setdefault((language(entries[number]), text), number)
        if first != number and text and not _translations(entries[first], entries[number]):
            pairs.append((first, number, 1.0))
    kept = sorted(firsts.values())
    samples = {number: _sample(texts[number]) for number in kept}
    for (a, b), shared in _candidates(samples).items():
        one, other = entries[a], entries[b]
        if shared < CANDIDATE * max(len(samples[a]), len(samples[b])):
            continue
        if language(one) != language(other) or _translations(one, other):
            continue
        share = _likeness(texts[a], texts[b])
        if share >= SAME:
            pairs.append((a, b, min(share, 0.99)))
    yield from sorted(pairs)


def _candidates(samples: Mapping[int, frozenset[int]]) -> Mapping[tuple[int, int], int]:
    """How many sampled shingles two texts have in common; those of a crowd do not count."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, sample in samples.items():
        for shingle in sample:
            holders[shingle].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if 1 < len(numbers) <= CROWD:
            shared.update(combinations(sorted(numbers), 2))
    return shared


def _sample(text: str) -> frozenset[int]:
    hashes = {crc32(window.encode("utf-8", "surrogatepass")) for window in _shingles(text, WINDOW)}
    return frozenset(hashes if len(text) <= SHORT else (h for h in hashes if h % KEPT == 0))


def _likeness(one: str, other: str) -> float:
    """The share of the shingles of both that both have; figures count, as cases may differ in nothing else."""
    first, second = _shingles(one), _shingles(other)
    return len(first & second) / len(first | second)


def _shingles(text: str, size: int = SHINGLE) -> set[str]:
    return {text[at : at + size] for at in range(max(1, len(text) - size + 1))} if text else set()


def _titled(entries: Sequence[EntryVersion]) -> Iterator[tuple[int, int]]:
    """Pairs of one kind and language with the same title; the first one with each of the others."""
    firsts: dict[tuple[str, str, str], int] = {}
    for number, entry in enumerate(entries):
        title = fold("".join(entry.title.split()))
        first = firsts.setdefault((entry.kind, entry.locale, title), number)
        if first != number and title and not _translations(entries[first], entry):
            yield first, number


def _translations(one: EntryVersion, other: EntryVersion) -> bool:
    return other.entry_id == one.translates or one.entry_id == other.translates
