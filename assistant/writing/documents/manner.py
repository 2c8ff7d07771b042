"""How a text is made, read by program: how it begins and ends, its paragraphs and sentences, person and devices."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from assistant.claims.quantities import quantities
from knowledge.domain.locale import Locale
from knowledge.domain.text import length, sentences

_QUESTION = re.compile(r"[?？][\"”’」』]?\s*$")
_CALL = re.compile(
    r"欢迎|联系|咨询|扫码|点击|留言|转发|关注|预约|试试|来聊|告诉我们|不妨|报名|下载"
    r"|\b(?:contact|call us|write to|ask us|get in touch|click|subscribe|book|try|join|tell us|send us|share|visit"
    r"|reply|download|sign up|talk to)\b",
    re.IGNORECASE,
)
_SCENE = re.compile(
    r"[凌清]晨|早上|上午|中午|下午|傍晚|晚上|夜里|深夜|半夜|那天|有一天|[一二三四五六七八九十\d]+ ?点|走进|站在|电话响"
    r"|\b(?:morning|afternoon|evening|midnight|night|noon|o'clock|a\.m\.|p\.m\.|one day|walked|phone rang|stood)\b"
    r"|\b\d{1,2}:\d{2}\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“「『\"]([^”」』\"\n]{4,200})[”」』\"]")
_ITEM = re.compile(r"^\s*(?:[-*•·●▪✓✔☑]|\d{1,2}[.)、]|[①-⑳]|[一二三四五]、|第[一二三四五]|First|Second|Third)\s*")
_HEADING = re.compile(r"^#{1,6}\s+")
_PERSONS = {
    "we": re.compile(r"我们|咱们|\b(?:we|us|our|ours)\b", re.IGNORECASE),
    "you": re.compile(r"你们?|您|\byou(?:rs?|rself)?\b", re.IGNORECASE),
    "i": re.compile(r"我(?!们)|\b(?:I|my|me)\b"),
}
_CONNECTORS = re.compile(
    r"但是|但|不过|其实|所以|因此|于是|后来|原来|当然|也就是说|换句话说|更重要的是|说到底|结果"
    r"|\b(?:but|yet|so|because|instead|still|in fact|in other words|and then|that is why|of course|after all)\b",
    re.IGNORECASE,
)
SHORT = {"zh": 12}
"""Characters of a short sentence; eight words elsewhere."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: its text, its length in characters or words, and what it does: `question`, `figures`, `list`,
    `quote`, `scene`, `call` or `statement`."""

    text: str
    size: int
    does: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is made. Sizes are characters (zh, ja) or words; `person` is the one used most, empty for the third;
    `devices` counts questions, figures, items, quotes and short sentences; `connectors` are the most frequent."""

    title: str
    passages: tuple[Passage, ...]
    sentences: tuple[int, ...]
    first: str
    person: str
    devices: dict[str, int]
    connectors: tuple[str, ...]

    @property
    def size(self) -> int:
        return sum(passage.size for passage in self.passages)

    @property
    def average(self) -> int:
        return round(sum(self.sentences) / max(len(self.sentences), 1))

    @property
    def opening(self) -> str:
        return self.passages[0].does if self.passages else "statement"

    @property
    def ending(self) -> str:
        return self.passages[-1].does if self.passages else "statement"


def manner_of(text: str, locale: Locale) -> Manner:
    """Reads a text: lines are its paragraphs, a marked first line or a short one without an end is its title."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    title = ""
    if len(lines) > 1 and (_HEADING.match(lines[0]) or _is_title(lines[0], locale)):
        title, lines = _HEADING.sub("", lines[0]).strip(" #"), lines[1:]
    lines = [line for line in lines if not _HEADING.match(line)]
    passages = _passages(lines, locale)
    said = [span.of(line) for line in lines for span in sentences(line)]
    sizes = tuple(length(sentence, locale) for sentence in said)
    whole = "\n".join(lines)
    persons = Counter({name: len(pattern.findall(whole)) for name, pattern in _PERSONS.items()})
    person, times = persons.most_common(1)[0]
    devices = {
        "questions": sum(bool(_QUESTION.search(sentence)) for sentence in said),
        "figures": len(quantities(whole)),
        "items": sum(bool(_ITEM.match(line)) for line in lines),
        "quotes": len(_QUOTED.findall(whole)),
        "short": sum(size <= SHORT.get(locale.language, 8) for size in sizes),
    }
    connectors = Counter(found.casefold() for found in _CONNECTORS.findall(whole)).most_common(4)
    return Manner(
        title,
        tuple(passages),
        sizes,
        said[0] if said else "",
        person if times >= 2 else "",
        devices,
        tuple(word for word, _ in connectors),
    )


def _passages(lines: list[str], locale: Locale) -> list[Passage]:
    """Paragraphs in order; the items of one list together."""
    groups: list[list[str]] = []
    for line in lines:
        if groups and _ITEM.match(line) and _ITEM.match(groups[-1][-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        Passage("\n".join(group), sum(length(line, locale) for line in group), _does(group, n, len(groups)))
        for n, group in enumerate(groups)
    ]


def _does(group: list[str], n: int, count: int) -> str:
    """What a paragraph does; the first by how it begins, the last by how it ends."""
    text = "\n".join(group)
    spans = [span.of(text) for span in sentences(text)] or [text]
    if _ITEM.match(text) and (len(group) > 1 or n not in (0, count - 1)):
        return "list"
    deciding = spans[0] if n == 0 else spans[-1]
    if n == count - 1 and _CALL.search(deciding):
        return "call"
    if _QUESTION.search(deciding) or (n == 0 and any(_QUESTION.search(span) for span in spans[:2])):
        return "question"
    if n == 0 and _SCENE.search(deciding):
        return "scene"
    if _QUOTED.search(text):
        return "quote"
    if quantities(deciding if n in (0, count - 1) else text):
        return "figures"
    return "scene" if _SCENE.search(text) else "statement"


def _is_title(line: str, locale: Locale) -> bool:
    most = 30 if locale.counts_characters else 14
    return length(line, locale) <= most and not re.search(r"[。.!！?？;；,，]$", line)
