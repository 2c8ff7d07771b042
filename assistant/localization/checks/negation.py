"""A negation that is lost or added."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.localization.checks.base import Pair, PairExample, SegmentCheck
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words

# What says no and nothing else: a verb denied, a thing forbidden.
_CLEAR: dict[str, str] = {
    "en": r"\b(?:(?:do|does|did|is|are|was|were|will|would|can|could|should|must|has|have|had|may)(?:n['’]t|"
    r" not)(?! only\b)"
    r"|cannot|can['’]t|won['’]t|never(?!-))\b(?! (?:hesitate|worry|have to worry|forget))",
    "zh": r"(?<![是能会要否])不(?:能|会|得|可以|支持|需要|提供|包含|允许|适用|属于|再|是|要)(?![不够])|(?<!有)没有|"
    r"无法|禁止|严禁|请勿|切勿|从未|并未|尚未|不存在",
    "ja": r"(?<!問題あり)(?<!問題はあり)ません(?!か)|ではない(?!か)|できない|しない|なかった|禁止",
    "ko": r"않습니다|않는다|없습니다|아닙니다|못합니다|금지|마십시오|마세요",
    "de": r"\b(?:nicht(?! nur)|niemals|kein|keine[nmrs]?|nie)\b",
    "fr": r"\b(?:n['’e]\s?\w+(?:\s\w+)? (?:pas|jamais|plus(?! de\b| que\b)|aucun\w*))\b",
    "es": r"\b(?:no(?! (?:sólo|solo|obstante)\b)|(?<!que )nunca|jamás)\s\w+",
    "pt": r"\b(?:não(?! (?:só|apenas|obstante|há problema)\b)|(?<!que )nunca|jamais)\b",
}
# Whatever may carry a no in another wording: unable, without, only, avoid, 难, 免 …
_ANY: dict[str, str] = {
    "en": r"n['’]t\b|\b(?:no|not|non|nor|none|nothing|nobody|nowhere|neither|never|without|cannot|unable|"
    r"fail\w*|lack\w*|"
    r"avoid\w*|prevent\w*|refus\w*|den(?:y|ie[ds])|stop\w*|few|little|hardly|barely|rarely|seldom|only|instead|"
    r"rather|until|"
    r"unless|away|beyond|free|zero|except|exclu\w*|forbid\w*|forbidden|prohibit\w*|disallow\w*|against|out of|"
    r"too \w+ to|"
    r"less|ex-|former|yet|absen\w*|miss\w*|impossib\w*|difficult\w*|hard|eliminat\w*|remov\w*|rid|halt|block\w*|"
    r"no longer|otherwise|simply|just|alone|shortage|void|empty|ban(?:s|ned)?|cancel\w*|clos\w*|mind|easier|"
    r"ever)\b|\b(?:un|in|im|ir|dis|non-?|mis)[a-z]{3,}|[a-z]less\b|free\b|"
    r"\bone of the",
    "zh": r"[不没無无未非别勿禁否拒避免缺少难莫毋休防阻止仅只除停失绝零空外另反离掉]|否则|相反|而是",
    "ja": r"な[いくかけし]|ず|ぬ|ません|まい|禁|不|無|未|非|防|避|以外|のみ|だけ|しか|止|失|難",
    "ko": r"않|없|아니|못|안 |안[되된돼]|안심|말|금지|불|무|미|비|만|막|방지|외|전에|금",
    "de": r"nicht|\bnie|kein|ohne|\bun\w+|\bweder|\bnoch\b|statt|nur\b|verhinder|vermeid|verbiet|verbot|\bohn|"
    r"\blos\b|frei\b|"
    r"\w+los\b|\bselten|\bkaum|fehl|außer|mangel|\bweg",
    "fr": r"\b(?:ne|n['’]|non|pas|sans|jamais|aucun\w*|rien|ni|sauf|éviter|évite\w*|empêch\w*|interdi\w*|"
    r"seul\w*|que|peu|"
    r"hors|manqu\w*|refus\w*|arrêt\w*|plutôt|trop|impossible|in\w+|im\w+|dé\w+)\b|n['’]",
    "es": r"\b(?:no|ni|sin|nunca|jamás|nada|nadie|ningun\w*|ningún|tampoco|evit\w*|impid\w*|impedir|prohib\w*|"
    r"sol[oa]|sólo|"
    r"salvo|excepto|falta\w*|poc[oa]s?|imposible|im\w+|in\w+|des\w+|dej\w+|lugar|apenas|fuera)\b",
    "pt": r"\b(?:não|nem|sem|nunca|jamais|nada|ninguém|nenhum\w*|tampouco|evit\w*|imped\w*|proib\w*|só|apenas|somente|"
    r"exceto|falta\w*|pouc[oa]s?|impossível|im\w+|in\w+|des\w+|deix\w+|vez|fora|livre)\b",
}
_CLEAR_PATTERNS = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _CLEAR.items()}
_ANY_PATTERNS = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _ANY.items()}
_QUESTION = re.compile(r"[?？]|[吗呢]")


class NegationChanged(SegmentCheck):
    """A clear negation on one side, and nothing on the other that could carry it.

    Only statements of one sentence: a longer text says no in too many ways, and a question may deny out of courtesy.
    """

    id = "negation_changed"
    severity = Severity.ERROR
    title = Words(zh="否定有变", en="Negation changed")
    instruction = "Keep every negation of the source, and add none."
    examples = (
        PairExample("本产品不支持离线使用", "This product supports offline use", True),
        PairExample("本产品不支持离线使用", "This product does not support offline use", False),
        PairExample("无法连接服务器", "Connected to the server", True),
        PairExample("无法连接服务器", "Unable to connect to the server", False),
        PairExample("Data does not leave the site.", "数据离开现场。", False, ("en", "zh-CN")),
        PairExample("Data does not leave the site.", "数据会传到现场。", True, ("en", "zh-CN")),
        PairExample("Decide whether anyone is needed.", "先看看有没有人需要。", False, ("en", "zh-CN")),
        PairExample("We share your data.", "我们不会分享您的数据。", True, ("en", "zh-CN")),
        PairExample("We never share your data.", "我们绝不分享您的数据。", False, ("en", "zh-CN")),
        PairExample("Do not restart the server.", "Starten Sie den Server neu.", True, ("en", "de")),
        PairExample("Do not restart the server.", "Starten Sie den Server nicht neu.", False, ("en", "de")),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        source, target = pair.facts.source, pair.facts.target
        if len(source.sentences) > 1 or len(target.sentences) > 1:
            return
        if _QUESTION.search(source.text) or _QUESTION.search(target.text):
            return
        if denies(source.text, source.language) and not may_deny(target.text, target.language):
            yield self.finding(Words(zh="原文的否定不见了", en="the negation of the source is gone"), pair)
        elif denies(target.text, target.language) and not may_deny(source.text, source.language):
            yield self.finding(Words(zh="译文多了否定", en="the target denies what the source does not"), pair)


def denies(text: str, language: str) -> bool:
    """True for a clear no."""
    pattern = _CLEAR_PATTERNS.get(language)
    return pattern is not None and pattern.search(text) is not None


def may_deny(text: str, language: str) -> bool:
    """True when anything in the text may carry a no in another wording, and in a language of which nothing is known."""
    pattern = _ANY_PATTERNS.get(language)
    return pattern is None or pattern.search(text) is not None
