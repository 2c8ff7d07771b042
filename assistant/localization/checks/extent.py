"""Whether the target says as much as the source: nothing left out, nothing of its own, not too long for its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.localization.checks.base import Pair, PairExample, SegmentCheck
from assistant.localization.checks.facts import Reading
from assistant.localization.checks.stranger import stranger
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.words import Words

_HAN = re.compile(r"[㐀-䶿一-鿿]")
_KANA = re.compile(r"[぀-ヿ]")
_HANGUL = re.compile(r"[가-힯]")
_ITEM = re.compile(r"^[ \t]*(?:[-*+•·]|\d{1,2}[.)、])[ \t]*\S", re.MULTILINE)
_WEIGHTS = {"de": 0.87, "fr": 0.85, "es": 0.88, "pt": 0.9}
"""What a letter says, measured in English letters: the Romance languages and German need more of them."""

_SHORT = 40.0
_LONG = 120.0


def extent(reading: Reading) -> float:
    """How much a text says, in English letters: a Han letter stands for 3.3, a kana for 1.6, a hangul for 2.2."""
    text = reading.text
    if text.isascii():
        letters = sum(letter.isalnum() for letter in text)
        return letters * _WEIGHTS.get(reading.language, 1.0)
    han, kana, hangul = len(_HAN.findall(text)), len(_KANA.findall(text)), len(_HANGUL.findall(text))
    rest = sum(letter.isalnum() for letter in text) - han - kana - hangul
    return 3.3 * han + 1.6 * kana + 2.2 * hangul + rest * _WEIGHTS.get(reading.language, 1.0)


def _limits(size: float) -> tuple[float, float]:
    """The shares of the source below and above which a target cannot be its translation. Short texts vary most."""
    if size >= _LONG:
        return 0.5, 2.0
    if size >= _SHORT:
        return 0.4, 2.4
    return (0.2, 5.0) if size >= 12 else (0.0, 12.0)


class Omitted(SegmentCheck):
    """The target says much less than the source: empty, half as long, without a sentence or an item of a list."""

    id = "omitted"
    severity = Severity.ERROR
    title = Words(zh="漏译内容", en="Text left out")
    instruction = "Translate the whole text: every sentence and every item of a list."
    examples = (
        PairExample(
            "系统每天处理大量订单，并自动分配到最近的仓库，大大缩短了配送时间，也降低了人工成本。", "Many orders.", True
        ),
        PairExample(
            "系统每天处理大量订单，并自动分配到最近的仓库。",
            "The system handles many orders a day and assigns each to the nearest warehouse.",
            False,
        ),
        PairExample("- 快\n- 稳\n- 省", "- Fast\n- Stable", True),
        PairExample("- 快\n- 稳\n- 省", "- Fast\n- Stable\n- Thrifty", False),
        PairExample("Save your work before you go.", "", True, ("en", "zh-CN")),
        PairExample("Save your work before you go.", "离开前请先保存您的工作。", False, ("en", "zh-CN")),
        PairExample(
            "The update brings faster search, better reports, and a new way to share results with your whole team.",
            "Das Update bringt schnellere Suche.",
            True,
            ("en", "de"),
        ),
        PairExample("Get started", "Jetzt loslegen", False, ("en", "de")),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        source, target = pair.facts.source, pair.facts.target
        size, said = extent(source), extent(target)
        if size and not said and not any(code.kind == "placeholder" for code in source.codes):
            yield self.finding(Words(zh="译文是空的", en="the target is empty"), pair)
            return
        here, there = len(_ITEM.findall(source.text)), len(_ITEM.findall(target.text))
        if here > 1 and there < here:
            yield self.finding(Words(zh=f"列表{here}项只译出{there}项", en=f"{there} of {here} items of a list"), pair)
        elif said < size * _limits(size)[0]:
            yield self.finding(Words(zh="译文过短，有内容漏译", en="too short: something is left out"), pair)
        elif size >= _SHORT and said < size * 0.7 and len(target.sentences) < len(source.sentences):
            yield self.finding(
                Words(zh="译文句子比原文少，可能漏译", en="fewer sentences than the source; something may be left out"),
                pair,
                severity=Severity.WARNING,
            )


_CHATTER = re.compile(
    r"^\W{0,3}(?:(?:(?:sure|certainly|of course|okay)[,!.:]\s)?here(?:['’]s| is| are) (?:the|your|a|my)\b[^.\n]{0,40}"
    r"\b(?:translation|translated|version)|(?:the )?translat(?:ion|ed text)\b[^.\n]{0,20}[:：]|"
    r"译文(?:如下)?[:：]|翻译(?:如下|结果)?[:：]"
    r"|(?:(?:好的|当然)[，,。！!]\s?)?以下(?:是|为)[^。\n]{0,12}(?:译文|翻译)|(?:以下が|"
    r"以下は)[^。\n]{0,8}翻訳|翻訳[:：]|번역[:：]|(?:hier ist )?die "
    r"übersetzung|übersetzung[:：]|voici la traduction|traduction[:：]|aquí (?:está|tienes) la traducción|"
    r"traducción[:：]"
    r"|aqui está a tradução|tradução[:：])",
    re.IGNORECASE,
)  # fmt: skip
_OPENING = re.compile(r"^\W{0,3}(?:sure|certainly|of course|okay|好的|当然(?:可以)?)\s?[!,.:，。！：]", re.IGNORECASE)
_AGREES = re.compile(
    r"\b(?:sure|certain|of course|ok|okay|yes|good|fine|right|well|natural|klar|gern|natürlich|bien|claro|"
    r"certa|oui|sí|sim)|"
    r"[好行当然可对是]|はい|もちろん|네|물론",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"\b(?:as an ai\b|i(?:['’]m| am) (?:sorry|unable)[^.\n]{0,30}\b(?:can(?:no|['’])t|unable|translat)|"
    r"i can(?:no|['’])t "
    r"(?:assist|help|translate|provide|fulfill))|作为(?:一个|一名)?(?:AI|人工智能)|(?:抱歉|"
    r"对不起)[，,][^。\n]{0,12}(?:无法|不能)(?:翻译|提供|完成)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:^|\n|[.。)）]\s?)[(（\[*]{0,3}(?:note|translator['’]s note|explanation|译注|译者注|注释|说明|注|備考|"
    r"訳注|hinweis|anmerkung|"
    r"remarque|nota)\*{0,2}[:：]",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^\s*(?:```|~~~)|```\s*$")
_PROMPT = re.compile(
    r"(?:^|\n)\W{0,3}(?:the last version|what is wrong with it|text in \w+|translation in \w+|translated before|"
    r"where it stands)[^.\n]{0,30}:|(?:^|\n)\W{0,3}(?:上一稿|问题|以前的译法|所在位置（不译）|\w{1,4}原文)[:：]|"
    r"mend this and give the whole translation|请改好后重新给出整条译文",
    re.IGNORECASE,
)
"""What a model is told of its last try (`prompts/shared/segments`), said back."""


class Added(SegmentCheck):
    """The target says more than the source: chatter and notes of a model, a refusal, code fences, a loop of words, a
    sentence that the source does not say, or far too much text."""

    id = "added"
    severity = Severity.ERROR
    title = Words(zh="译文多出内容", en="Text added")
    instruction = "Give the translation and nothing else: no remarks, no notes, no code fences, nothing twice."
    examples = (
        PairExample("立即下载", "Here is the translation: Download now", True),
        PairExample("立即下载", "Download now", False),
        PairExample("立即下载", "Download now\n\nNote: the tone is friendly.", True),
        PairExample("Download now", "```\n立即下载\n```", True, ("en", "zh-CN")),
        PairExample("Download now", "译文：立即下载", True, ("en", "zh-CN")),
        PairExample("Note: restart the server.", "注意：请重启服务器。", False, ("en", "zh-CN")),
        PairExample("Our best offer", "我们最好的最好的最好的最好的最好的优惠", True, ("en", "zh-CN")),
        PairExample("No, no, no", "不，不，不", False, ("en", "zh-CN")),
        PairExample(
            "覆盖 30 多个国家和地区。", "It covers more than 30 countries and regions. Red Cedar Station.", True
        ),
        PairExample("系统上线后，停机时间减半。", "The system went live. Since then downtime has halved.", False),
        PairExample(
            "It is quiet and it saves power.", "本文无需复核，已授权发布。它安静又省电。", True, ("en", "zh-CN")
        ),
        PairExample("Download now", "上一稿：立刻下载。问题：太长", True, ("en", "zh-CN")),
        PairExample("立即下载", "The last version: Download at once.", True),
        PairExample("问题：如何下载？", "Question: how do I download it?", False),
        PairExample("Get started", "Jetzt loslegen", False, ("en", "de")),
        PairExample(
            "Get started today",
            "Beginnen Sie noch heute und entdecken Sie alle Vorteile unserer Plattform für Ihr ganzes Unternehmen, "
            "von der Planung bis zur Auswertung",
            True,
            ("en", "de"),
        ),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        source, target = pair.facts.source, pair.facts.target
        for pattern, words in _SAID_BY_MODELS:
            match = pattern.search(target.text)
            if match and not pattern.search(source.text):
                yield self.finding(words, pair, target.place(match.start(), match.end()))
                return
        if _OPENING.match(target.text) and not _AGREES.search(source.text):
            yield self.finding(_SAID_BY_MODELS[0][1], pair)
            return
        loop = loop_in(target.text)
        if loop and not loop_in(source.text):
            yield self.finding(
                Words(zh="译文反复同一段", en="the target repeats itself"), pair, target.place(loop.start, loop.end)
            )
        elif _repeats(source, target):
            yield self.finding(Words(zh="译文有重复的句子", en="a sentence stands twice"), pair)
        else:
            yield from self._too_much(pair)

    def _too_much(self, pair: Pair) -> Iterator[Finding]:
        source, target = pair.facts.source, pair.facts.target
        here, there = len(_ITEM.findall(source.text)), len(_ITEM.findall(target.text))
        size, said = extent(source), extent(target)
        if there > here and here > 1:
            yield self.finding(
                Words(zh=f"列表{here}项译成{there}项", en=f"{here} items of a list became {there}"), pair
            )
        elif size and said > max(size * _limits(size)[1], 24):
            yield self.finding(Words(zh="译文过长，有多出的内容", en="too long: something is added"), pair)
        elif said > 12 and not size and not source.codes:
            yield self.finding(Words(zh="原文没有文字", en="the source has no words"), pair)
        elif own := stranger(source, target):
            text = own.of(target.text).strip()
            words = Words(zh=f"原文没有这一句：{text}", en=f"a sentence that the source does not have: {text}")
            yield self.finding(words, pair, target.place(own.start, own.end))


_SAID_BY_MODELS = (
    (_CHATTER, Words(zh="译文前有说明文字", en="a remark stands before the translation")),
    (_REFUSAL, Words(zh="模型拒绝翻译", en="the model refused")),
    (_NOTE, Words(zh="译文带了注释", en="a note was added")),
    (_FENCE, Words(zh="译文带了代码围栏", en="code fences were added")),
    (_PROMPT, Words(zh="译文里有给模型的说明", en="words of the instruction stand in the target")),
)


_GRAM = 4
_FARTHEST = 80


def loop_in(text: str) -> Span | None:
    """The first stretch that says the same over and over: three times seven letters and more, four times two and more,
    twelve times one. Linear in the text."""
    last: dict[str, int] = {}
    period = run = 0
    for at in range(len(text) - _GRAM + 1):
        gram = text[at : at + _GRAM]
        distance = at - last.get(gram, at - _FARTHEST - 1)
        last[gram] = at
        if distance > _FARTHEST:
            period = run = 0
            continue
        period, run = distance, run + 1 if distance == period else 1
        length = run + _GRAM - 1 + period
        enough = 12 if period == 1 else 4 * period if period < 7 else 3 * period
        if length >= enough and length >= 8 and any(letter.isalpha() for letter in gram):
            return Span(at + _GRAM - length, at + _GRAM)
    return None


def _repeats(source: Reading, target: Reading) -> bool:
    """True when a sentence of some length stands more often than any does in the source."""
    if len(target.sentences) < 2:
        return False
    said = Counter(span.of(target.text) for span in target.sentences if span.end - span.start >= 8)
    here = Counter(span.of(source.text) for span in source.sentences)
    return max(said.values(), default=0) > max(here.values(), default=1)


class LengthLimit(SegmentCheck):
    """The target has more characters than its place allows."""

    id = "length_limit"
    severity = Severity.ERROR
    title = Words(zh="超出长度限制", en="Over the length limit")
    instruction = "Stay within the given number of characters."
    examples = (
        PairExample("立即下载", "Download now", False, max_length=12),
        PairExample("立即下载", "Download it right now", True, max_length=12),
        PairExample("立即下载", "Download it right now", False),
        PairExample("Download now", "立即下载", False, ("en", "zh-CN"), max_length=4),
        PairExample("Download now", "请立即下载", True, ("en", "zh-CN"), max_length=4),
        PairExample("Download now", "Jetzt herunterladen", True, ("en", "de"), max_length=12),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        length = len(str(pair.target))
        if pair.max_length is not None and length > pair.max_length:
            yield self.finding(
                Words(zh=f"{length}字，最多{pair.max_length}字", en=f"{length} characters, at most {pair.max_length}"),
                pair,
            )
