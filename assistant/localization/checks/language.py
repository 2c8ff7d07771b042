"""Whether the target is in the language that was asked for, all of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.localization.checks.base import Pair, PairExample, SegmentCheck
from assistant.localization.checks.facts import CODE, Reading
from assistant.localization.checks.ordinary import ORDINARY
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.locale import LANGUAGES, Locale, detect_language, function_words
from knowledge.domain.words import Words

HAN = re.compile(r"[㐀-䶿一-鿿]")
KANA = re.compile(r"[぀-ヿ]")
HANGUL = re.compile(r"[가-힯]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NOT_LETTERS = re.compile(r"[\W_]+")
_QUOTED = re.compile(
    r"“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|《[^》]*》|〈[^〉]*〉|\"[^\"]*\"|«[^»]*»|„[^“]*“|\([^)]*\)|（[^）]*）"
)
_EAST = frozenset({"zh", "ja", "ko"})


class Untranslated(SegmentCheck):
    """The target is the source. Names, codes, figures and a single word may be the same in both languages."""

    id = "untranslated"
    severity = Severity.ERROR
    title = Words(zh="未翻译", en="Untranslated")
    instruction = "Translate the text; do not give the source back."
    examples = (
        PairExample("立即下载", "立即下载", True),
        PairExample("立即下载", "Download now", False),
        PairExample("See how it works", "See how it works", True, ("en", "zh-CN")),
        PairExample("Firefox Browser", "Firefox Browser", False, ("en", "zh-CN")),
        PairExample("Before", "Before", True, ("en", "zh-CN")),
        PairExample("Total", "Total", False, ("en", "de")),
        PairExample("{count} MB", "{count} MB", False, ("en", "zh-CN")),
        PairExample("Choose the plan that fits you", "Choose the plan that fits you.", True, ("en", "de")),
        PairExample("Blog", "Blog", False, ("en", "de")),
        PairExample("海底捞", "海底捞", False, names={"海底捞": ""}),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        source, target = pair.facts.source, pair.facts.target
        if source.language == target.language or _bare(source.text) != _bare(target.text):
            return
        if _has_words(_without_names(source, pair), source.language, target.language):
            yield self.finding(Words(zh="译文就是原文", en="the target is the source text"), pair)


def _bare(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()


def _without_names(reading: Reading, pair: Pair) -> str:
    """The text without what may stay: names that have no other form, and terms that are not translated."""
    text = reading.text
    for name, form in pair.names.items():
        if name and form in ("", name):
            text = text.replace(name, " ")
    for term in pair.terms:
        if term.do_not_translate or any(term.term == form for form in term.translations.values()):
            text = text.replace(term.term, " ")
    return text


def _has_words(text: str, language: str, other: str) -> bool:
    """Whether there is anything that a translation would change."""
    if language in _EAST and (HANGUL.search(text) or KANA.search(text)):
        return True
    if language in _EAST and HAN.search(text):
        return other not in _EAST or len(HAN.findall(text)) >= 12
    words = _WORDS.findall(text)
    if words and language == "en" and other in _EAST and all(word.lower() in ORDINARY for word in words):
        return True
    plain = [word for word in words if word.islower() and len(word) > 1]
    common = [word for word in words if word.lower() in function_words(language)]
    return len(words) >= 2 and bool(plain) and (bool(common) or (len(plain) >= 2 and other in _EAST) or len(plain) >= 3)


class WrongLanguage(SegmentCheck):
    """The target is in another language than was asked for: most of its letters, or its commonest words."""

    id = "wrong_language"
    severity = Severity.ERROR
    title = Words(zh="译文语言不对", en="Wrong language")
    instruction = "Write in the language that was asked for and in no other."
    examples = (
        PairExample("感谢您选择我们的服务", "Gracias por elegir nuestros servicios para su empresa", True),
        PairExample("感谢您选择我们的服务", "Thank you for choosing our services", False),
        PairExample("Thank you for choosing us", "ご利用いただきありがとうございます", True, ("en", "zh-CN")),
        PairExample("Safety first", "安全第一", False, ("en", "ja")),
        PairExample("Thank you for choosing us today", "感谢您今天选择我们的产品和相关服务", True, ("en", "ja")),
        PairExample("Thank you for choosing us", "Vielen Dank, dass Sie uns gewählt haben", False, ("en", "de")),
        PairExample("Thank you for choosing us", "Merci de nous avoir choisis pour le projet", True, ("en", "de")),
        PairExample("欢迎使用", "欢迎使用我们的产品", True),
        PairExample("停机之前，先知道", "Know before it stops", True, ("zh-CN", "de")),
        PairExample("为什么做 R300", "Why do you do R300?", False),
        PairExample("“2016 年末，我们认定它将成为标准。”", "“2016末, 我们认定它将成为标准。”", True),
        PairExample("“回顾过去，我们押对了宝。”", "“回顾, 我们押对了宝”", True),
        PairExample("她写了《早安，城市》。", "She wrote 《早安，城市》.", False),
        PairExample("停机之前，先知道", "Erst wissen, dann stoppen", False, ("zh-CN", "de")),
    )  # fmt: skip

    def check(self, pair: Pair) -> Iterator[Finding]:
        target = pair.facts.target
        if not target.locale.known or _bare(pair.facts.source.text) == _bare(target.text):
            return
        said = _unquoted(_without_names(target, pair))
        if _other_language(said, target.language) or _drifted(pair, said):
            yield self.finding(
                Words(zh=f"译文不是{target.locale.name('zh')}", en=f"the target is not in {target.locale.name()}"), pair
            )


def _unquoted(text: str, instead: str = " ") -> str:
    """The text without titles and quoted words, which may stay as they are. What somebody said, with the stops of a
    sentence in it, may not; neither may a text that is quoted from end to end."""
    rest = _QUOTED.sub(lambda match: match.group() if _SPOKEN.search(match.group()) else instead, text)
    return rest if any(letter.isalpha() for letter in rest) else text


_SPOKEN = re.compile(r"\A[“‘「『\"«„(（].*[，。；！？]|\A[“\"«„].*[,;!?](?:\s|\W?\Z)", re.DOTALL)


def _other_language(text: str, language: str) -> bool:
    han, kana, hangul = len(HAN.findall(text)), len(KANA.findall(text)), len(HANGUL.findall(text))
    latin = len(LATIN.findall(text))
    if language == "zh":
        return kana * 4 > han + kana or hangul > han or (not han and _is_prose(text, language))
    if language == "ja":
        return hangul > han + kana or (kana == 0 and (han >= 12 or (not han and _is_prose(text, language))))
    if language == "ko":
        return han + kana > hangul or (not hangul and _is_prose(text, language))
    if (han + kana + hangul) * 4 > latin and han + kana + hangul > 1:
        return True
    return latin >= 30 and _is_prose(text, language)


def _is_prose(text: str, language: str) -> bool:
    """True for a text in another language: several common words of that one alone, and fewer of its own."""
    found = detect_language(text)
    if found is None or found == language or {found, language} == {"es", "pt"}:
        return False
    words = {word.lower() for word in _WORDS.findall(text)}
    theirs, own = words & function_words(found), words & function_words(language)
    alone = {word for word in theirs if _ONLY[word] == 1}
    return (len(theirs) >= 3 and not own) or (len(alone) >= 2 and len(own) < len(alone))


def _drifted(pair: Pair, said: str) -> bool:
    """True for a short text from a script without letters that came out in English, where models drift to."""
    source, language = pair.facts.source, pair.facts.target.language
    if source.language not in _EAST or language in _EAST or language == "en" or detect_language(said) != "en":
        return False
    words = {word.lower() for word in _WORDS.findall(said)}
    english = {word for word in words & function_words("en") if _ONLY[word] == 1 and word not in source.text.lower()}
    return bool(english) and not words & function_words(language)


_ONLY = Counter(word for language in LANGUAGES for word in function_words(language))
"""How many languages have a common word."""


class PartlyTranslated(SegmentCheck):
    """Words of the source language that stayed. Names and quoted titles may; a whole clause that stayed is an error."""

    id = "partly_translated"
    severity = Severity.WARNING
    title = Words(zh="漏译", en="Partly translated")
    instruction = "Translate every word; only names, codes and units stay as they are."
    examples = (
        PairExample("我们提供智能仓储解决方案", "We offer 智能仓储 solutions", True),
        PairExample("我们提供智能仓储解决方案", "We offer smart warehousing solutions", False),
        PairExample("试点前的数据", "Pilot 前 data", True),
        PairExample("海底捞选择了我们", "海底捞 chose us", False, names={"海底捞": ""}),
        PairExample("《平凡的世界》是一本书", "《平凡的世界》 is a book", False),
        PairExample("It saves time and money for every team", "每个团队 saves time and money", True, ("en", "zh-CN")),
        PairExample("Kubernetes saves time", "Kubernetes 节省时间", False, ("en", "zh-CN")),
        PairExample(
            "We win because the platform is fast", "Wir gewinnen, because the platform is fast", True, ("en", "de")
        ),
    )  # fmt: skip

    def check(self, pair: Pair) -> Iterator[Finding]:
        source, target = pair.facts.source, pair.facts.target
        if source.language == target.language or _bare(source.text) == _bare(target.text):
            return
        left = list(_left(pair))
        if not left:
            return
        names = "、".join(left[:5])
        severity = Severity.ERROR if _is_much(left, target) else Severity.WARNING
        at = target.text.find(left[0])
        span = target.place(at, at + len(left[0])) if at >= 0 else None
        yield self.finding(Words(zh=f"没有译出：{names}", en=f"not translated: {names}"), pair, span, severity=severity)


def _left(pair: Pair) -> Iterator[str]:
    source, target = pair.facts.source, pair.facts.target
    if target.language in ("zh", "ja"):
        if source.language in _EAST:
            return
        runs = list(_runs(source, target))
        yield from runs or untranslated(source.text, target.text, target.locale)
    elif source.language in _EAST and (
        HAN.search(target.text) or KANA.search(target.text) or HANGUL.search(target.text)
    ):
        said = _unquoted(_without_names(target, pair))
        runs = list(untranslated(source.text, said, target.locale))
        yield from runs or dict.fromkeys(letter for letter in HAN.findall(said) if letter in source.text)
    else:
        yield from _runs(source, target)


_PLAIN_WORD = re.compile(r"(?<![\w./@-])[a-z]{3,}(?![\w./@-])")
_HAN_RUN = re.compile(r"[㐀-䶿一-鿿]{2,}")
_UNITS = frozenset("kHz MHz GHz kWh mAh ppm rpm bps mbps www com".casefold().split())


def untranslated(source: str, said: str, locale: Locale) -> list[str]:
    """Plain words of the source that stand in the rendering as they were."""
    if locale.language in _EAST:
        words = {word for word in _PLAIN_WORD.findall(said) if word not in _UNITS}
        return sorted(words & set(_PLAIN_WORD.findall(source)))
    return [run for run in _HAN_RUN.findall(said) if run in source]


_LATIN_RUN = re.compile(
    r"(?<![A-Za-zÀ-ɏ])(?<![A-Za-zÀ-ɏ]['’-])[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’-]*+(?:[ ,]++[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’-]*+){2,}"
)


def _runs(source: Reading, target: Reading) -> Iterator[str]:
    """Stretches of three words and more that stand in the source letter by letter, with a common word of it."""
    common = function_words(source.language)
    for match in _LATIN_RUN.finditer(_unquoted(target.text, CODE)):
        words = match.group().split(" ")
        start = 0
        while start + 3 <= len(words):
            if " ".join(words[start : start + 3]) not in source.text:
                start += 1
                continue
            end = start + 3
            while end < len(words) and " ".join(words[start : end + 1]) in source.text:
                end += 1
            run = words[start:end]
            plain = [word for word in run if word[:1].islower()]
            if any(word in common for word in plain) and len(plain) * 2 >= len(run):
                yield " ".join(run)
            start = end


def _is_much(left: list[str], target: Reading) -> bool:
    """A clause, or any word in a script that the reader does not know."""
    if any(" " in run for run in left):
        return any(len(run.split()) >= 4 for run in left)
    return target.language not in _EAST and any(HAN.search(run) for run in left)
