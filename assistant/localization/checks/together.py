"""What shows only when segments stand beside each other: one source in two targets, two sources in one."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.localization.checks.base import Pair, PairExample, SegmentCheck
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words

_NOT_LETTERS = re.compile(r"[\W_]+")


class TogetherCheck(SegmentCheck):
    """A rule over all segments of one locale pair; alone, a segment breaks none of these."""

    def check(self, pair: Pair) -> Iterator[Finding]:
        """Nothing: there is nothing beside it."""
        return iter(())

    @abstractmethod
    def check_all(self, pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
        """Findings with the number of their pair."""


class Inconsistent(TogetherCheck):
    """The same source in two targets. Forms of a plural may differ."""

    id = "inconsistent"
    severity = Severity.WARNING
    title = Words(zh="同一原文译法不一", en="Same source, two targets")
    instruction = "Translate the same text the same way."

    def check_all(self, pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
        first: dict[tuple[str, ...], tuple[int, str]] = {}
        for number, pair in enumerate(pairs):
            key = (_plain(str(pair.source)), pair.source_locale.tag, pair.target_locale.tag, pair.plural)
            said = _plain(str(pair.target))
            _, other = first.setdefault(key, (number, said))
            if other != said:
                yield number, self.finding(Words(zh=f"别处译作：{other}", en=f"elsewhere: {other}"), pair)


class Duplicate(TogetherCheck):
    """Two sources that say different things in one target: one of them was given the other's translation."""

    id = "duplicate"
    severity = Severity.WARNING
    title = Words(zh="不同原文译成一样", en="Two sources, one target")
    instruction = "Do not give two different texts the same translation."

    def check_all(self, pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
        alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, pair in enumerate(pairs):
            alike[(_bare(str(pair.target)), pair.target_locale.tag, pair.plural)].append(number)
        for (said, *_), numbers in alike.items():
            if len(said) < 4 or len(numbers) < 2:
                continue
            sources = {number: str(pairs[number].source) for number in numbers}
            others = {number: source for number, source in sources.items() if _bare(source) != said}
            first = next(iter(others.values()), "")
            for number, source in others.items():
                if _bare(source) != _bare(first):
                    words = Words(zh=f"与此原文译文相同：{first}", en=f"same target as: {first}")
                    yield number, self.finding(words, pairs[number])


def _plain(text: str) -> str:
    return " ".join(text.split())


def _bare(text: str) -> str:
    """Letters and figures only: capitals and punctuation make no other text."""
    return _NOT_LETTERS.sub("", text).casefold()


EXAMPLES: tuple[tuple[type[TogetherCheck], tuple[PairExample, ...]], ...] = (
    (
        Inconsistent,
        (
            PairExample("立即下载", "Download now", False),
            PairExample("立即下载", "Get it now", True),
            PairExample("立即下载", "Download  now", False),
            PairExample("了解更多", "Learn more", False),
            PairExample("Learn more", "了解更多", False, ("en", "zh-CN")),
            PairExample("Learn more", "更多信息", True, ("en", "zh-CN")),
            PairExample("Learn more", "Mehr erfahren", False, ("en", "de")),
        ),
    ),
    (
        Duplicate,
        (
            PairExample("打开文件", "Open the file", False),
            PairExample("关闭文件", "Open the file", True),
            PairExample("打开文件。", "Open the file.", False),
            PairExample("保存文件", "Save the file", False),
            PairExample("Open the file", "打开这个文件", False, ("en", "zh-CN")),
            PairExample("Close the file", "打开这个文件", True, ("en", "zh-CN")),
            PairExample("Close the file", "Datei schließen", False, ("en", "de")),
        ),
    ),
)
"""For each check segments of one job, in order, and which of them it finds."""
