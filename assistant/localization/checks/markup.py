"""Codes that must come out as they went in: placeholders, tags, addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from assistant.localization.checks.base import Pair, PairExample, SegmentCheck
from assistant.localization.checks.facts import Reading
from assistant.localization.content import Code, CodeKind
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words

_TAGS = frozenset({CodeKind.OPEN, CodeKind.CLOSE, CodeKind.SINGLE})
_FILLED = frozenset({CodeKind.PLACEHOLDER, CodeKind.LITERAL})
_UNNUMBERED = re.compile(r"%(?!\d+\$|[({<%])[-+0#,]?[\d.*]*(?:hh|h|ll|l|q|z|j|t|L)?([a-zA-Z@])\Z")
_SMALL_FORMS = frozenset({"zero", "one", "two"})


class _CodesKept(SegmentCheck):
    """What the checks of codes share: which are lost and which are new or doubled."""

    severity = Severity.ERROR

    def differences(self, pair: Pair, kinds: frozenset[CodeKind]) -> Iterator[Finding]:
        here = Counter(code.text for code in pair.facts.source.codes if code.kind in kinds)
        there = Counter(code.text for code in pair.facts.target.codes if code.kind in kinds)
        if here == there:
            return
        lost, new = here - there, there - here
        _without_terms(lost, pair.facts.target)
        _without_terms(new, pair.facts.source)
        if pair.plural in _SMALL_FORMS and not new and all(here[text] == 1 for text in lost):
            return  # "one file" needs no {count}
        if lost:
            names = _listed(lost)
            yield self.finding(Words(zh=f"译文里少了：{names}", en=f"missing from the target: {names}"), pair)
        if new:
            names = _listed(new)
            yield self.finding(Words(zh=f"译文里多了：{names}", en=f"not in the source as often: {names}"), pair)


_TERM_IN_MARKS = re.compile(r"`[^`\n]*[⺀-鿿가-힯][^`\n]*`")


def _without_terms(codes: Counter[str], other: Reading) -> None:
    """Takes out what is a term in code marks on the other side: `公开` and `public`."""
    marked = [text for text in codes.elements() if text.startswith("`")]
    for text in marked[: len(_TERM_IN_MARKS.findall(other.text)) if marked else 0]:
        codes[text] -= 1
        if not codes[text]:
            del codes[text]


def _listed(codes: Counter[str]) -> str:
    return "、".join(text if count == 1 else f"{text} ×{count}" for text, count in list(codes.items())[:6])


class PlaceholderBroken(_CodesKept):
    """A placeholder or a piece of code that the target lacks, changes, doubles or makes up, or printf placeholders
    without numbers in another order."""

    id = "placeholder_broken"
    title = Words(zh="占位符受损", en="Placeholder broken")
    instruction = (
        "Copy every placeholder and piece of code letter by letter, each exactly as often as the source has it."
    )
    examples = (
        PairExample("共{count}项", "{count} items", False),
        PairExample("共{count}项", "{计数} items", True),
        PairExample("下载%s失败", "Download failed", True),
        PairExample("Hello, %s! You have %d messages.", "%s，您好！您有 %d 条消息。", False, ("en", "zh-CN")),
        PairExample("%s has %d messages", "%d 条消息属于 %s", True, ("en", "zh-CN")),
        PairExample("%1$s has %2$d messages", "%2$d 条消息属于 %1$s", False, ("en", "zh-CN")),
        PairExample("Save { $name }", "{ $name } speichern { $name }", True, ("en", "de")),
        PairExample("Save 50% of time", "50 % der Zeit sparen", False, ("en", "de")),
        PairExample("运行 `kubectl get pods`", "Run `kubectl get pod`", True),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        found = False
        for finding in self.differences(pair, _FILLED):
            found = True
            yield finding
        if not found and _order(pair.facts.source.codes) != _order(pair.facts.target.codes):
            yield self.finding(
                Words(zh="占位符的顺序变了，而它们没有编号", en="placeholders without numbers stand in another order"),
                pair,
            )


def _order(codes: Iterable[Code]) -> list[str]:
    """What takes its arguments by position, and what may not move."""
    order: list[str] = []
    for code in codes:
        unnumbered = _UNNUMBERED.match(code.text) if code.kind is CodeKind.PLACEHOLDER else None
        if unnumbered:
            order.append(unnumbered[1])
        elif not code.movable and code.kind in _FILLED:
            order.append(code.text)
    return order


class TagBroken(_CodesKept):
    """A tag that the target lacks, changes or doubles, pairs that cross or close before they open, and pairs that lost
    their words."""

    id = "tag_broken"
    title = Words(zh="标签受损", en="Tag broken")
    instruction = "Keep every tag as it is, opened and closed around the words it belongs to."
    examples = (
        PairExample("<b>立即</b>下载", "Download <b>now</b>", False),
        PairExample("<b>立即</b>下载", "Download now", True),
        PairExample("<b>立即</b>下载", "Download </b>now<b>", True),
        PairExample("<a href=\"/x\">Read <i>more</i></a>", "<a href=\"/x\">读<i>更多</i></a>", False, ("en", "zh-CN")),
        PairExample("<a href=\"/x\">Read <i>more</i></a>", "<a href=\"/x\">阅读<i>更多</a></i>", True, ("en", "zh-CN")),
        PairExample("<a href=\"/x\">Read more</a>", "<a href=\"/y\">Mehr lesen</a>", True, ("en", "de")),
        PairExample("One<br>two", "Eins<br>zwei", False, ("en", "de")),
        PairExample("Click <b>here</b>", "<b></b>点击这里", True, ("en", "zh-CN")),
    )  # fmt: skip

    def check(self, pair: Pair) -> Iterator[Finding]:
        found = False
        for finding in self.differences(pair, _TAGS):
            found = True
            yield finding
        if found or not pair.facts.target.codes:
            return
        here, there = (Counter(code.kind for code in one.codes) for one in (pair.facts.source, pair.facts.target))
        unpaired = any(here[kind] != there[kind] for kind in _TAGS)
        if unpaired or (not _nested(pair.facts.target.codes) and _nested(pair.facts.source.codes)):
            yield self.finding(Words(zh="标签交叉或顺序颠倒", en="tags cross or close before they open"), pair)
        elif len(_empty(pair.facts.target.marked)) > len(_empty(pair.facts.source.marked)):
            yield self.finding(Words(zh="标签之间的文字没有了", en="the words between two tags are gone"), pair)


def _nested(codes: Iterable[Code]) -> bool:
    """True when each tag that closes is the one that was opened last."""
    opened: list[str] = []
    for code in codes:
        if code.kind is CodeKind.OPEN:
            opened.append(code.id)
        elif code.kind is CodeKind.CLOSE and (not opened or f"/{opened.pop()}" != code.id):
            return False
    return not opened


def _empty(pieces: tuple[str | Code, ...]) -> list[str]:
    """The pairs with nothing between them."""
    return [
        left.id
        for left, right in pairwise(pieces)
        if isinstance(left, Code) and isinstance(right, Code)
        and left.kind is CodeKind.OPEN and right.kind is CodeKind.CLOSE
    ]  # fmt: skip


class LinkChanged(_CodesKept):
    """An address that the target lacks, changes, doubles or makes up."""

    id = "link_changed"
    title = Words(zh="链接有变", en="Link changed")
    instruction = "Copy every address letter by letter."
    examples = (
        PairExample("详见 https://example.com/zh/a。", "See https://example.com/zh/a.", False),
        PairExample("详见 https://example.com/zh/a。", "See https://example.com/en/a.", True),
        PairExample("联系 sales@example.com", "Contact us", True),
        PairExample("Visit www.example.com", "访问www.example.com。", False, ("en", "zh-CN")),
        PairExample("Visit us", "访问 https://example.com", True, ("en", "zh-CN")),
        PairExample("Mail a@x.org or b@x.org", "Mail an b@x.org oder a@x.org", False, ("en", "de")),
        PairExample("Mail a@example.org", "Mail an a@exampel.org", True, ("en", "de")),
    )  # fmt: skip

    def check(self, pair: Pair) -> Iterator[Finding]:
        yield from self.differences(pair, frozenset({CodeKind.LINK}))
