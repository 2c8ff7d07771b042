"""Characters that no reader sees, and letters that pretend to be others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Example, ParagraphCheck, ParagraphView
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.text import clean
from knowledge.domain.words import Words

REACH = 24
"""How much of the visible word on each side belongs to the finding, in characters."""

_ZERO = "\u200b\u200c\u2060-\u2064\ufeff\u200d"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_TAGS = "\u115f\u1160\u3164\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
# Soft hyphens alone are layout; inside a run of others they are not.
_HIDDEN = re.compile(f"[{_ZERO}{_BIDI}{_TAGS}](?:[{_ZERO}{_BIDI}{_TAGS}\u00ad]*[{_ZERO}{_BIDI}{_TAGS}])?")
_GRAVE = re.compile(f"[{_BIDI}{_TAGS}]|[{_ZERO}\u00ad]{{3}}")

# Letters that look like Latin ones in most typefaces (Unicode's confusables.txt, the single letters).
_LOOKS = str.maketrans(
    "аеорсухіјѕһԁԛԝАВЕКМНОРСТХУІЈЅԌҺοΟΑΒΕΖΗΙΚΜΝΡΤΥΧ", "aeopcyxijshdqwABEKMHOPCTXYIJSGhoOABEZHIKMNPTYX"
)
_LIKE_LATIN = frozenset(map(chr, _LOOKS))
_STRANGE = re.compile("[\u0370-\u052f]")
_WORD = re.compile("[A-Za-zÀ-ɏ\u0370-\u052f]{2,60}")
_LATIN = re.compile("[A-Za-zÀ-ɏ]")


class HiddenCharacters(ParagraphCheck):
    """Text that is stored otherwise than it reads: zero-width, bidirectional and tag characters, and Latin words with
    Cyrillic or Greek letters among them. The fix is the word without them.

    A zero-width space that a web page left behind only warns; an emoji's joiner and a unit such as kΩ are none.
    """

    id = "hidden_characters"
    severity = Severity.ERROR
    mends = True
    title = Words(zh="隐藏字符", en="Hidden characters")
    examples = (
        Example("本网关支持\u202eesrever\u202c四十种协议。", "", found=True),
        Example("请致电\U000e0069\U000e0067\U000e006e我们。", "", found=True),
        Example("Visit tingst\u043ene.example today.", "", True, "en"),
        Example("接地电阻应小于 4Ω，线宽 12 μm。", "", found=False),
        Example("欢迎咨询👩\u200d🔧。", "", found=False),
    )

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        if view.text.isascii():
            return
        for start, end in _hidden(view.text):
            said = Span(start, end).of(view.text)
            grave = bool(_GRAVE.search(said))
            yield self.finding(
                Words(
                    zh="这里有读者看不见的字符（零宽、方向控制或标签字符）；删去",
                    en="characters stand here that no reader sees (zero-width, direction or tag); take them out",
                ),
                view.locale, view.paragraph.id, Span(start, end), fix=clean(said),
                severity=Severity.ERROR if grave else Severity.WARNING,
            )  # fmt: skip
        for found in _disguised(view.text):
            yield self.finding(
                Words(
                    zh=f"“{found.group()}”混用了形似的西里尔或希腊字母",
                    en=f"'{found.group()}' has Cyrillic or Greek letters that look like Latin ones",
                ),
                view.locale, view.paragraph.id, Span(*found.span()), fix=found.group().translate(_LOOKS),
            )  # fmt: skip


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of hidden characters with the visible word around them; those in one word are one."""
    start = end = -1
    for found in _HIDDEN.finditer(text):
        if (
            clean(text[max(0, found.start() - 1) : found.end() + 1])
            == text[max(0, found.start() - 1) : found.end() + 1]
        ):
            continue  # the joiner of an emoji
        left, right = found.start(), found.end()
        while left > 0 and found.start() - left < REACH and text[left - 1].isalnum():
            left -= 1
        while right < len(text) and right - found.end() < REACH and text[right].isalnum():
            right += 1
        if left <= end:
            end = right
            continue
        if end > 0:
            yield start, end
        start, end = left, right
    if end > 0:
        yield start, end


def _disguised(text: str) -> Iterator[re.Match[str]]:
    """Words of Latin letters with look-alikes; a word with any other Greek or Cyrillic letter is a foreign word."""
    if not _STRANGE.search(text):
        return
    for word in _WORD.finditer(text):
        strange = _STRANGE.findall(word.group())
        latin = len(_LATIN.findall(word.group()))
        if strange and latin >= 2 and latin >= len(strange) and _LIKE_LATIN.issuperset(strange):
            yield word
