"""How the target is set: the mark at its end, its blanks, its quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.localization.checks.base import Pair, PairExample, SegmentCheck
from assistant.localization.checks.facts import CODE
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words

_CLOSERS = " \t\n\u00a0\u202f\"'”’»›)]}）】》」』*_`" + CODE
_ENDS = {
    **dict.fromkeys(".。．｡", "."),
    **dict.fromkeys("?？", "?"),
    **dict.fromkeys("!！", "!"),
    **dict.fromkeys(":：", ":"),
    **dict.fromkeys(";；", ";"),
    "…": "…",
}
_ABBREVIATED = re.compile(
    r"\b(?:Inc|Ltd|Co|Corp|etc|a\.m|p\.m|U\.S|No|vs|approx|usw|bzw|z\.B|e\.g|i\.e|Jr|Sr|Dr)\.$", re.IGNORECASE
)


def _end(text: str) -> str | None:
    """The kind of mark that a text ends with, empty for none; None where the stop may be an abbreviation's."""
    bare = text.rstrip(_CLOSERS)
    if bare.endswith(("...", "。。。", "⋯")):
        return "…"
    return None if _ABBREVIATED.search(bare) else _ENDS.get(bare[-1:], "")


class EndPunctuation(SegmentCheck):
    """The target ends with another kind of mark than the source. Japanese and Korean titles may leave the stop out."""

    id = "end_punctuation"
    severity = Severity.WARNING
    title = Words(zh="句末标点不一致", en="End punctuation differs")
    instruction = "End with the same kind of mark as the source, in the form of the target language."
    examples = (
        PairExample("准备好了吗？", "Are you ready?", False),
        PairExample("准备好了吗？", "Are you ready.", True),
        PairExample("立即下载", "Download now.", True),
        PairExample("Done.", "完成。", False, ("en", "zh-CN")),
        PairExample("Loading…", "正在加载", True, ("en", "zh-CN")),
        PairExample("A browser that puts safety first.", "安全第一のブラウザー", False, ("en", "ja")),
        PairExample("Name:", "Name", True, ("en", "de")),
        PairExample("Made by Acme Inc.", "Von Acme Inc. gemacht", False, ("en", "de")),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        here, there = _end(pair.facts.source.text), _end(pair.facts.target.text)
        if here == there or here is None or there is None or not pair.facts.target.text.strip():
            return
        if {here, there} == {".", ""} and pair.target_locale.language in ("ja", "ko"):
            return
        before, after = here or "—", there or "—"
        yield self.finding(
            Words(
                zh=f"原文以“{before}”结尾，译文以“{after}”结尾",
                en=f"the source ends with '{before}', the target with '{after}'",
            ),
            pair,
        )


_EAST_LETTER = "㐀-䶿一-鿿぀-ヿ"
# Each rule: what is wrong, in words, and the languages it holds for.
_RULES: tuple[tuple[str, Words, str], ...] = (
    (r"(?<=\S) {2,}(?=\S)", Words(zh="连续空格", en="doubled space"), "zh en ja ko de fr es pt"),
    (rf"(?<=[{_EAST_LETTER}]) +(?=[，。；：？！、）」』》])|(?<=[，。；：？！、（「『《]) +(?=[{_EAST_LETTER}])",
     Words(zh="全角标点旁有空格", en="blank beside full-width punctuation"), "zh ja"),
    (rf"(?<=[{_EAST_LETTER}])[,;:?!](?=[{_EAST_LETTER}]|$)",
     Words(zh="中文里用了半角标点", en="half-width punctuation"), "zh"),
    (r"(?<=[㐀-䶿一-鿿]) +(?=[㐀-䶿一-鿿])", Words(zh="汉字之间有空格", en="blank between ideographs"), "zh"),
    (r"[，。；：？！、（）]", Words(zh="西文里用了全角标点", en="full-width punctuation"), "en ko de fr es pt"),
    (r"(?<=[^\W\d_]) +(?=[,.;:!?](?:\s|$))(?! \.\.\.)",
     Words(zh="标点前有空格", en="blank before punctuation"), "en ko de es pt"),
    (r"(?<=[a-zà-ÿ]),(?=[^\W\d_])", Words(zh="逗号后缺空格", en="no blank after a comma"), "en de fr es pt"),
    (r"(?<=[^\W_])[ ]?(?:[;!?]+|:(?!//|\w))(?=[\s\"'»)]|$)|«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»",
     Words(zh="法文标点前应有不换行空格", en="no-break space missing at French punctuation"), "fr"),
    (r"[\u200b\u2060\ufeff]", Words(zh="零宽字符", en="zero-width character"), "zh en ja ko de fr es pt"),
)  # fmt: skip


@cache
def _rules(source: str, target: str) -> tuple[tuple[re.Pattern[str], Words, bool], ...]:
    """The rules of the target language, and whether the source's follows them too: it may then break them as well."""
    return tuple(
        (re.compile(pattern), words, source in languages.split())
        for pattern, words, languages in _RULES
        if target in languages.split()
    )


class Spacing(SegmentCheck):
    """Blanks and the width of punctuation against the rules of the target language, and white space at the ends that is
    not the source's."""

    id = "spacing"
    severity = Severity.WARNING
    title = Words(zh="空格或标点宽度不当", en="Spacing")
    instruction = "Follow the target language's rules for blanks and punctuation."
    examples = (
        PairExample("Fast, safe.", "快速 ，安全。", True, ("en", "zh-CN")),
        PairExample("Fast, safe.", "快速，安全。", False, ("en", "zh-CN")),
        PairExample("Fast, safe.", "快速,安全。", True, ("en", "zh-CN")),
        PairExample("快速，安全。", "Fast , safe.", True),
        PairExample("快速，安全。", "Fast，safe.", True),
        PairExample("快速，安全。", "Fast, safe.", False),
        PairExample("Ready?", "Prêt ?", True, ("en", "fr")),
        PairExample("Ready?", "Prêt\u00a0?", False, ("en", "fr")),
        PairExample("Ready to go", "Bereit  zum Start", True, ("en", "de")),
        PairExample("One.\\n Two.", "Eins. Zwei.", True, ("en", "de")),
        PairExample("Open at 9:30", "Ouvert à 9:30", False, ("en", "fr")),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        source, target = pair.facts.source, pair.facts.target
        text = target.text
        for pattern, words, shared in _rules(source.language, target.language):
            match = pattern.search(text)
            if match and not (shared and pattern.search(source.text)):
                yield self.finding(words, pair, target.place(match.start(), match.end()))
        if text.strip() and _ends(source.text) != _ends(text):
            yield self.finding(
                Words(zh="首尾空白与原文不同", en="white space at the ends differs from the source"), pair
            )
        if len(_BREAKS.findall(source.text)) != len(_BREAKS.findall(text)):
            yield self.finding(Words(zh="换行与原文不同", en="line breaks differ from the source"), pair)


_BREAKS = re.compile(r"\\[nrt](?![a-z])|\n[ \t]*\n")
"""Breaks that are meant: written as escapes, or between paragraphs."""


def _ends(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


# The marks that open and close in a locale; the first pair is the one to use.
_MARKS: dict[str, str] = {
    "zh": "“” ‘’ 《》 〈〉 「」 『』",
    "zh-TW": "「」 『』 《》 〈〉",
    "zh-HK": "「」 『』 《》 〈〉",
    "ja": "「」 『』 〈〉 《》 “”",
    "ko": "“” ‘’ 「」 『』 〈〉 《》",
    "en": "“” ‘’",
    "de": "„“ ‚‘ »« ›‹",
    "fr": "«» “” ‹›",
    "es": "«» “” ‘’",
    "pt": "“” ‘’ «»",
}
_ANY_MARK = re.compile("[“”„‟«»「」『』‹›〝〞]")
_STRAIGHT = re.compile(r'(?<![\d=\\])"(?=\S)[^"\n]*?(?<=\S)"')


class QuoteStyle(SegmentCheck):
    """Quotation marks that the target's locale does not use, and pairs that are not closed."""

    id = "quote_style"
    severity = Severity.WARNING
    title = Words(zh="引号样式", en="Quotation marks")
    instruction = "Use the quotation marks of the target language, in pairs."
    examples = (
        PairExample("He said “yes”.", "他说“好”。", False, ("en", "zh-CN")),
        PairExample("He said “yes”.", "他说\"好\"。", True, ("en", "zh-CN")),
        PairExample("他说“好”。", "He said “yes”.", False),
        PairExample("他说“好”。", "He said 「yes」.", True),
        PairExample("他说“好”。", "He said “yes.", True),
        PairExample("He said “yes”.", "Er sagte „Ja“.", False, ("en", "de")),
        PairExample("He said “yes”.", "Er sagte “Ja”.", True, ("en", "de")),
        PairExample("He said “yes”.", "彼は「はい」と言った。", False, ("en", "ja")),
    )  # fmt: skip

    def check(self, pair: Pair) -> Iterator[Finding]:
        target = pair.facts.target
        marks = _MARKS.get(target.locale.tag) or _MARKS.get(target.language)
        if marks is None:
            return
        pairs = marks.split()
        usual = "".join(pairs)
        strange = next((m for m in _ANY_MARK.finditer(target.text) if m.group() not in usual), None)
        if strange is None and target.language in ("zh", "ja"):
            strange = _STRAIGHT.search(target.text)
        if strange is not None:
            yield self.finding(
                Words(zh=f"此处引号应为{pairs[0]}", en=f"the quotation marks here are {pairs[0]}"),
                pair,
                target.place(strange.start(), strange.end()),
            )
        elif any(target.text.count(p[0]) != target.text.count(p[1]) for p in _closed(pairs, target.language)) and all(
            pair.facts.source.text.count(a) == pair.facts.source.text.count(b) for a, b in ("“”", "«»", "「」")
        ):
            yield self.finding(Words(zh="引号没有成对", en="a quotation mark is not closed"), pair)


def _closed(pairs: list[str], language: str) -> list[str]:
    """The pairs that are counted: a single mark may be an apostrophe, and German opens with what others close with."""
    return [p for p in pairs if p not in ("‘’", "‚‘", "›‹", "‹›") and not (language == "de" and p == "»«")]
