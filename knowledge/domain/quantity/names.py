"""Digits that are no quantities: links, versions, standards, model names, phone numbers, numbering."""

from __future__ import annotations

import re
from fractions import Fraction

from knowledge.domain.quantity import qualifiers
from knowledge.domain.quantity.dates import AGE_WORDS
from knowledge.domain.quantity.han import COUNTED
from knowledge.domain.quantity.name_words import (
    AFTER_PRODUCT,
    HAN_NUMBERED,
    NO_PRODUCT,
    NUMBERED,
    NUMBERED_PLURALS,
    STANDARDS,
)
from knowledge.domain.quantity.page import Page
from knowledge.domain.quantity.scales import match_scale
from knowledge.domain.quantity.suffixes import match_suffix

_LINKS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'()（）「」【】，。；]{1,2000}"
    r"|\]\([^()\n]{0,500}\)"
    r"|</?[A-Za-z][^<>\n]{0,500}>"
    r"|[{]{1,2}[^{}\n]{0,80}[}]{1,2}|%[0-9]{1,2}\$[sd@]"
    r"|\[\^?[A-Z]?[0-9]{1,3}\]",
)
_MAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,100}")

_STANDARD_NUMBER = re.compile(r"[0-9]{1,6}(?:[-:./][0-9]{1,5}){0,3}(?![0-9])")
_BITS = "[ \u00a0-]?(?:[Bb]its?|位|ビット|비트)"
_NUMBERED_NUMBER = re.compile(
    rf"[0-9]{{1,6}}(?:\.[0-9]{{1,4}}){{0,3}}(?![0-9%]|[.,][0-9]|[ ]?(?:%|million|billion|万)|{_BITS})"
)
_NUMBERED_LIST = re.compile(
    r"[0-9]{1,4}(?:(?:, ?|[ ]?[-–][ ]?| (?:and|to|or|und|bis|et|à|y|a|e) )[0-9]{1,4}(?![0-9%]|[.,][0-9])){0,4}"
)
_HAN_NUMBERED_NUMBER = re.compile(
    r"[0-9]{1,4}(?:[.-][0-9]{1,4}){0,3}(?![0-9%]|[.,][0-9]|[ ]?[%万亿个项种年月天倍大名家套款台次])"
)
_LEFT_WORD = re.compile(r"[A-Za-zÀ-ɏº°№&/.]{1,16}")

# What a run of digits can begin, read from its first digit.
_AT_DIGIT = re.compile(
    r"[0-9]{1,5}(?:\.[0-9]{1,6}){2,8}(?![0-9])"  # versions, IP addresses
    r"|[0-9]{1,4}(?:\.[0-9]{1,4}){0,2}\.[xX](?![A-Za-z])|802\.(?:1|3|11|15)[a-z]{0,2}(?![0-9A-Za-z.,%]|[ ]?[万亿])"
    r"|[0-9]{1,3}\.[0-9]{1,3}[ ]?(?:的[ ]?)?(?:版本|版(?![权块图])|バージョン|버전|[Vv]ersion|release|versión|versão)"
    r"|[0-9]{1,4}(?:-[0-9]{1,12}){2,8}(?![0-9])"
    # telephones
    r"|0[0-9]{1,4}[-/ ][0-9]{3,8}(?:[- ][0-9]{2,6}){0,3}(?![0-9])|1[3-9][0-9]{9}(?![0-9])"
    r"|0[0-9](?:[ .][0-9]{2}){4}(?![0-9])|[48]00[- ][0-9]{3}[- ][0-9]{4}(?![0-9])"
    # round the clock
    r"|24[/*x×][ ]?7(?![0-9])|7[ ]?[x×*X][ ]?24(?:[ ]?(?:小时|hours))?"
    r"|24[ \u00a0]?h(?:eures)?[ \u00a0]?(?:/|sur)[ \u00a0]?24|7[ \u00a0]?j(?:ours)?[ \u00a0]?(?:/|sur)[ \u00a0]?7"
    r"|24[ -](?:hours|Stunden|horas|heures)[ -](?:a day|per day|am Tag|al día|por día|por dia|par jour)"
    r"|(?:7|365)[ -](?:days|Tage|días|dias|jours)[ -]"
    r"(?:a week|per week|die Woche|in der Woche|pro Woche|a la semana|por semana|par semaine|a year|al año|por ano)"
    r"|24[ ]?(?:小时(?:全天候|不间断|值守|在线)|時間(?:体制|365日|年中無休))"
    r"|[0-9]{1,6}[ ]?[×x*X][ ]?[0-9]{1,6}(?:[ ]?[×x*X][ ]?[0-9]{1,6})?(?![0-9])"
    r"|[0-9]{1,3}(?:[:：][0-9]{1,5}){1,3}(?![0-9])"  # ratios; times of day are taken before
    # decades and centuries
    r"|(?:1[0-9]|20|[1-9])?[0-9]0['’]?s(?!\w)|(?:1[0-9]|20)?[0-9]0er(?:n)?(?![a-z])"
    r"|(?:1[0-9]|20)?[0-9]{2}[ ]?(?:年代|년대)|[0-9]{2}后(?![0-9来续期])"
    r"|[12]?[0-9][ ]?(?:世纪|世紀|세기)(?:[0-9]{2}年代)?"
    r"|[0-9]{1,2}(?:st|nd|rd|th)(?:[ -]century|(?: and | to |, |[-–])[0-9]{1,2}(?:st|nd|rd|th)[ -]centur)"
    r"|[0-9]{1,2}\.(?: und [0-9]{1,2}\.| bis [0-9]{1,2}\.)? Jahrhundert|[0-9]{1,2} ?(?:<sup>)?e(?:</sup>)? siècle"
    # number bases, rankings, numbers of houses and lines
    r"|[0-9]{1,2}[ ]?(?:进制|進数|進法|진수|진법)|[0-9][ ]?(?:단계|段階目)|[0-9]{2,4}[ ]?强"
    r"|[0-9]{1,12}[A-Z]?[ ]?号(?![称召])|[0-9]{1,3}[ ]?(?:折|级(?!别)|星级)|1[ ]?つ"
    r"|[12][ ]?(?:つ目|番目|번째)|[0-9]{1,3}[A-Z]?岁?[ ]?(?:年级|班)|[0-9]{1,3}-in-[0-9]"
    r"|[0-9]{1,4}(?:\+[0-9A-Z]{1,4}){1,4}(?![0-9%])"
    r"|[0-9]{12,40}(?![0-9])"
)
# The nineties, the 21st century.
_AGE = re.compile(r"(?:(?:1[0-9]|20)?[0-9]0|2[01]|1[0-9])(?![0-9%]|[.,][0-9])")
_AFTER_BLANK = frozenset("0123456789*xX×hj年년世세号折级星つ番번进進진단段班岁强J")
_AFTER_DIGITS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ.-/*x×:：hjse小時年년后世세强号折级星つ番번进進진단段班岁+<tnr'’")
_ROUND_CLOCK = frozenset({"24", "7", "365"})
_HAN_HEADING = re.compile(r"^[ \t#]{0,6}[0-9]{1,2}\.[0-9]{1,2}(?=[ \t]{1,2}[一-鿿][一-鿿A-Za-z0-9 ]{1,30}$)", re.M)
_ONE = Fraction(1)
_BRANDS = re.compile(r"(?:3M|[48]K)(?![A-Za-z0-9])")
_INTERNATIONAL = re.compile(r"\+[0-9]{1,3}[ \-(][0-9 ()\-]{5,20}[0-9]|\([0-9]{3}\) ?[0-9]{3}[ -][0-9]{4}(?![0-9])")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_NUMBERING = re.compile(
    r"^[ \t>*_#|\-]{0,20}[(（]?[0-9]{1,3}(?:\.[0-9]{1,2}){0,3}"
    r"(?:[.)）、．](?![0-9ºª°])[*_]{0,2}|[*_]{1,2} )(?=[ \t\u00a0]|[^\s0-9])"
    r"|^[ \t>]{0,4}#{1,6}[ \t*_]{1,4}[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.、]?(?=[ \t][^%万亿0-9])"
    r"|^[ \t]{0,4}[0-9]{1,2}\.[0-9]{1,2}[ \t](?=(?!Mi|Mr|Bi|Tr)[A-Z][a-z])",
    re.M,
)

_LEFT_NAME = re.compile(r"(?:[A-Za-z_#@&][-/]?|[A-Za-z][+]{1,2}|[0-9][./:]|[0-9]\+|[0-9][A-Za-z]-|[第제][ ]?|[=\\])\Z")
_NUMBER_SIGNS = frozenset("No. no. Nr. Nº nº n° № n.º".split())
_NO_WORD = frozenset("，。、；：,;:!?()（）[]\"'“”0123456789%$€£¥<>=+*|\n ")
_NAME_ENDS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_#@&-/.:+=\\第제 ")
_NUMBERING_LEFT = frozenset("\n \t>*_#|-(（")
_VERSION = re.compile(r"[0-9]{1,3}\.[0-9]{1,3}")
_RELEASE = re.compile(rf"[0-9]{{1,4}}(?![0-9]|{_BITS})")
_PRODUCT_LEFT = re.compile(
    r"(?<![A-Za-z0-9_.@#&-])(?P<word>[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9+#]{1,20})(?:\.js|\.io)?[ \u00a0]\Z"
)
_MIXED = re.compile(r"[A-Za-z]*[a-z][A-Z]")
_SENTENCE_HEAD = re.compile(r"(?:^|[.!?:;•*|>#\n。！？：；、，“”\"'(（\[-])[ \t]*\Z")
# A word that cannot be counted: no plural.
_ROMANCE = re.compile(
    r"(?!mille|mil|million|milliard|millón|milhão|grand|nouve|autre|otro|outro|nuev|nov)[a-zà-ÿ]{2,20}[a-rt-wyzà-ÿ]"
)
_SINGULAR = re.compile(
    r"(?!people|men|women|children|staff|percent|million|billion|thousand|hundred|times|more|new|other|different|feet|"
    r"miles|large|small|major|key|global|local|additional|active|unique|individual|separate|full|first|team)"
    r"[a-z]{2,20}[a-rt-z]"
)
_LABEL = re.compile(r"(?:^|\n)[ \t#>*-]{0,4}[^\W\d_]{1,16}[ \u00a0](?:n[°ºᵒo.][ \u00a0]?|Nr\. )?\Z")
_NEXT_WORD = re.compile(r"[ \u00a0](?P<word>[^\W\d_]+)")
_LICENCE_LEFT = re.compile(r"(?:备|[证字]第?|许可证|编号|注册号|账号|代码|No|Nr|Lizenz|License|Licence)[.:：# ]{0,3}\Z")


_SINGULARS = {"en": _SINGULAR, "fr": _ROMANCE, "es": _ROMANCE, "pt": _ROMANCE}


def link_spans(text: str) -> list[tuple[int, int]]:
    """Links, tags, placeholders, e-mail addresses and evidence markers: nothing in them is read, not even a date."""
    spans = [match.span() for match in _LINKS.finditer(text)]
    if "@" in text:
        spans = sorted([*spans, *(match.span() for match in _MAIL.finditer(text))])
    return spans


def read_name(page: Page, start: int, end: int) -> int:
    """The name or numbering that a run of digits begins or belongs to."""
    text = page.text
    before = text[start - 1] if start else "\n"
    numbering = _numbering(text, start) if before in _NUMBERING_LEFT and end - start <= 3 else 0
    if before == ">" and text.endswith("<sup>", 0, start):
        return end  # a footnote
    if before in (" ", "\u00a0") and AGE_WORDS.at(page.low, start - 1) and (match := _AGE.match(text, start)):
        return match.end()
    match = _name_at(text, start, end, before)
    if match is None or (page.comma and _GROUPED.fullmatch(match.group())):
        return numbering
    if match.group().endswith("0s") and page.language in ("zh", "ja", "ko"):
        return numbering  # seconds; the nineties are 九十年代
    if match.group()[-1] in "级折强" and qualifiers.before(page.low, start, page.language):
        return numbering  # at least six levels
    return max(numbering, match.end())


def _name_at(text: str, start: int, end: int, before: str) -> re.Match[str] | None:
    """The name whose first digit is at `start`; its words stay outside."""
    if start and (match := _numbered(text, start, before)):
        return match
    if before in "+(" and (match := _INTERNATIONAL.match(text, start - 1)):
        return match
    if before == ".":
        return None
    if text[start] in "348" and before not in ",$€£" and (match := _BRANDS.match(text, start)):
        return match
    return _AT_DIGIT.match(text, start) if _may_be_name(text, start, end) else None


def _may_be_name(text: str, start: int, end: int) -> bool:
    """False for digits that nothing in `_AT_DIGIT` goes on from, which are most."""
    after = text[end : end + 1]
    if after in (" ", "\u00a0"):
        after = text[end + 1 : end + 2]
        return after in _AFTER_BLANK or text[start:end] in _ROUND_CLOCK
    return after in _AFTER_DIGITS or end - start > 10


def _numbering(text: str, start: int) -> int:
    """The end of a number that opens a line: 1., (2), ## 3.2."""
    line = text.rfind("\n", max(0, start - 24), start) + 1 if start else 0
    if line == 0 and start > 24:
        return 0
    match = _NUMBERING.match(text, line) or _heading(text, line)
    return match.end() if match and match.end() > start else 0


def _heading(text: str, line: int) -> re.Match[str] | None:
    """3.1 架构升级前, a line of its own; 3.1 小时 is a time."""
    match = _HAN_HEADING.match(text, line)
    if (
        match is None
        or match_suffix(text, text, match.end(), "zh")
        or match_scale(text, text, match.end(), "zh", _ONE, False)
    ):
        return None
    return None if COUNTED.match(text, match.end()) else match


def _numbered(text: str, start: int, before: str) -> re.Match[str] | None:
    """The number after a word that numbers things: ISO 9001, Table 3, 工业4.0."""
    blank = before in " \u00a0-"
    stop = start - blank
    if text[stop - 1 : stop] in _NO_WORD:
        return None
    left = text[max(0, start - 16) : stop]
    if left.endswith(HAN_NUMBERED):
        return _HAN_NUMBERED_NUMBER.match(text, start)
    turned = _LEFT_WORD.match(left[::-1])
    if turned is None:
        return None
    word = turned.group()[::-1]
    if word in STANDARDS and not left[: -len(word)].rstrip(" ")[-1:].isdigit():
        return _STANDARD_NUMBER.match(text, start)
    if not blank or before == "-":
        return _NUMBERED_NUMBER.match(text, start) if word in _NUMBER_SIGNS else None
    if word in NUMBERED_PLURALS:
        return _NUMBERED_LIST.match(text, start)
    return _NUMBERED_NUMBER.match(text, start) if word in NUMBERED else None


def is_name(page: Page, start: int, end: int) -> bool:
    """True when digits with no known unit after them are part of a name (R200, 5G, Flink 1.13, GitLab 15)."""
    text = page.text
    after = text[end : end + 2]
    if after[:1].isalpha() and after[:1].isascii():
        return True
    if after[:1] in ("_", "\\") or (after[:1] in ("/", ":") and after[1:2].isdigit()):
        return True
    before = text[start - 1 : start]
    if end - start <= 2 and after[:1] in ("", "\n") and _is_label(page, start, end):
        return True
    if before in (" ", "\u00a0"):
        return after[:1] != "-" and _is_release(page, start, end)
    if before == "-" and text[start - 2 : start - 1] > "\u2fff" and text[start - 2].isalpha():
        return text[start - 2] not in "零一二两三四五六七八九十百千万亿年月日"  # 氧-18, 集成-1
    return end - start >= 5 and bool(_LICENCE_LEFT.search(text, max(0, start - 10), start))


def _is_label(page: Page, start: int, end: int) -> bool:
    """True for Principle 3, alone in its line."""
    digits = page.text[start:end]
    if not digits.isdecimal() or int(digits) > 30 or qualifiers.before(page.low, start, page.language):
        return False
    return _LABEL.search(page.text, max(0, start - 32), start) is not None


def _is_release(page: Page, start: int, end: int) -> bool:
    """True for the version of a product: Flink 1.13, GitLab 15, the Apollo 11 mission.

    A word with a capital inside names a product wherever it stands; a capitalised word only within a sentence, and a
    bare whole number after it only when no noun follows that it could count.
    """
    text = page.text
    product = _PRODUCT_LEFT.search(text, max(0, start - 24), start)
    if product is None:
        return False
    word = product["word"]
    if not (word[0].isupper() or _MIXED.match(word)) or word in NO_PRODUCT or word.endswith("ly"):
        return False
    if _VERSION.fullmatch(text, start, end):
        return True
    if _RELEASE.fullmatch(text, start, end) is None or (end - start == 4 and text[start : start + 2] in ("19", "20")):
        return False
    mixed = bool(_MIXED.match(word))
    if page.language in ("zh", "ja", "ko"):
        return not _COUNTER.match(text, end)
    following = _NEXT_WORD.match(text, end)
    if following and page.language in _SINGULARS and _SINGULARS[page.language].fullmatch(following["word"]):
        return mixed or not _heads(page, product.start())  # the Apollo 11 mission
    if following and following["word"] not in AFTER_PRODUCT:
        return mixed and not (following["word"].endswith("s") and following["word"][0].islower())
    return mixed or ((page.language != "de" or following is not None) and not _heads(page, product.start()))


def _heads(page: Page, start: int) -> bool:
    """True when a word stands at the head of a sentence, a line or a bracket, where any word has a capital."""
    return bool(_SENTENCE_HEAD.search(page.text, max(0, start - 4), start))


_COUNTER = re.compile(
    r"[ \u00a0]?(?:[个家台套人名位次项种类条款座部辆艘架张份所间轮批支只颗组件岁层门块片户头株栋倍多余社名件個人台"
    r"명대곳건년월회]|개(?!발|선|요|념|편|방|시|최|인|정)|%|[A-Za-z]+s\b)"
)


def continues_name(text: str, start: int) -> bool:
    """True when what stands right before `start` makes the digits part of an identifier (SN-2041, v2, #7, 第3)."""
    return text[start - 1 : start] in _NAME_ENDS and bool(_LEFT_NAME.search(text, max(0, start - 3), start))
