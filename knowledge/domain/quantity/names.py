"""Digits that are no quantities: links, versions, standards, model names, phone numbers, numbering."""

from __future__ import annotations

import re

from knowledge.domain.quantity.page import Page

_LINKS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'()（）「」【】，。；]{1,2000}"
    r"|\]\([^()\n]{0,500}\)"
    r"|</?[A-Za-z][^<>\n]{0,500}>"
    r"|[{]{1,2}[^{}\n]{0,80}[}]{1,2}|%[0-9]{1,2}\$[sd@]"
    r"|\[\^?[A-Z]?[0-9]{1,3}\]",
)
_MAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,100}")

_DIGITS = re.compile(r"[0-9]+")
_STANDARDS = frozenset("ISO/IEC ISO IEC IEEE GB/T GB/Z GB YD/T JB/T DIN ANSI RFC CVE UL SOC DSS SP BS JIS".split())
_STANDARD_NUMBER = re.compile(r"[0-9]{1,6}(?:[-:./][0-9]{1,5}){0,3}(?![0-9])")
# Words whose number is a name or a place in a document.
_NUMBERED = frozenset(
    """
    Industry Industrie Web Windows Version Versions Release Section Chapter Figure Fig. Table Step Phase Part Level Tier
    Article Art. Appendix Page No. Nr. Nº № Room Floor Gate Route Highway Fortune Forbes S&P CSI Model Series Type Class
    Grade Category Cat Unit Build Act Volume Vol. Issue Option Scenario Office Microsoft Paragraph Question Exhibit Item
    Scope Stage Wave Kapitel Abschnitt Abbildung Tabelle Artikel Seite Schritt chapitre figure tableau étape capítulo
    figura tabla tabela etapa sección seção section chapter table step phase version page article level tier stage
    Double""".split()
)
_NUMBERED_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,4}){0,3}(?![0-9%]|[.,][0-9]|[ ]?(?:%|million|billion|万))")
_HAN_NUMBERED = tuple(
    "工业 版本 型号 编号 图 表 附录 章节 步骤 等级 级别 财富 阶段 方案 案例 场景 问题 优势 亮点 版 双 光棍节".split()
)
_HAN_NUMBERED_NUMBER = re.compile(
    r"[0-9]{1,4}(?:[.-][0-9]{1,4}){0,3}(?![0-9%]|[.,][0-9]|[ ]?[%万亿个项种年月天倍大名家套款台次])"
)
_LEFT_WORD = re.compile(r"[A-Za-zÀ-ɏº№&/.]{1,16}")

# What a run of digits can begin, read from its first digit.
_AT_DIGIT = re.compile(
    r"[0-9]{1,5}(?:\.[0-9]{1,6}){2,8}(?![0-9])"  # versions, IP addresses
    r"|[0-9]{1,4}(?:\.[0-9]{1,4}){0,2}\.[xX](?![A-Za-z])"
    r"|[0-9]{1,4}(?:-[0-9]{1,12}){2,8}(?![0-9])"
    r"|0[0-9]{2,3}-[0-9]{7,8}(?![0-9])|1[3-9][0-9]{9}(?![0-9])|0[0-9](?:[ .][0-9]{2}){4}(?![0-9])"  # telephones
    r"|24[/*x×][ ]?7(?![0-9])|7[ ]?[x×*X][ ]?24(?:[ ]?(?:小时|hours))?"
    r"|[0-9]{1,6}[ ]?[×x*X][ ]?[0-9]{1,6}(?:[ ]?[×x*X][ ]?[0-9]{1,6})?(?![0-9])"
    r"|[0-9]{1,3}(?:[:：][0-9]{1,5}){1,3}(?![0-9])"  # ratios; times of day are taken before
    r"|(?:19|20)?[0-9]0s(?!\w)|[0-9]{2}(?:年代|后(?![0-9来续期]))|[12]?[0-9][ ]?世纪(?:[0-9]{2}年代)?"
    r"|[0-9]{1,2}(?:st|nd|rd|th)[ -]century"
    r"|[0-9]{2,4}[ ]?强|[0-9]{1,3}[ ]?(?:号(?!称)|折|级(?!别)|星级)|1つ"
    r"|[0-9]{1,3}[A-Z]?岁?[ ]?(?:年级|班)|[0-9]{1,3}-in-[0-9]"
    r"|[0-9]{1,4}(?:\+[0-9A-Z]{1,4}){1,4}(?![0-9%])"
    r"|[0-9]{12,40}(?![0-9])"
)
_BRANDS = re.compile(r"(?:3M|[48]K)(?![A-Za-z0-9])")
_INTERNATIONAL = re.compile(r"\+[0-9]{1,3}[ \-(][0-9 ()\-]{5,20}[0-9]|\([0-9]{3}\) ?[0-9]{3}[ -][0-9]{4}(?![0-9])")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_NUMBERING = re.compile(
    r"^[ \t>*_#|\-]{0,20}[(（]?[0-9]{1,3}(?:\.[0-9]{1,2}){0,3}"
    r"(?:[.)）、．](?![0-9])[*_]{0,2}|[*_]{1,2} )(?=[ \t\u00a0]|[^\s0-9])"
    r"|^[ \t>]{0,4}#{1,6}[ \t*_]{1,4}[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.、]?(?=[ \t][^%万亿0-9])"
    r"|^[ \t]{0,4}[0-9]{1,2}\.[0-9]{1,2}[ \t](?=(?!Mi|Mr|Bi|Tr)[A-Z][a-z])",
    re.M,
)

_LEFT_NAME = re.compile(r"(?:[A-Za-z_#@&][-/]?|[A-Za-z][+]{1,2}|[0-9][./:]|[0-9]\+|[0-9][A-Za-z]-|第[ ]?|[=\\])\Z")
_NAME_ENDS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_#@&-/.:+=\\第 ")
_NUMBERING_LEFT = frozenset("\n \t>*_#|-(（")
_NO_PRODUCT = frozenset(
    """The And For With From Than Into Only Just Over Some About Around Under Almost At By In Of On Or Is To Up Between
    Nearly Roughly""".split()
)
_PRODUCT_LEFT = re.compile(r"(?<![A-Za-z])(?P<word>[A-Z][A-Za-z]{1,20})(?:\.js)?[ ]\Z")
_VERSION = re.compile(r"[0-9]{1,3}\.[0-9]{1,3}")


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
    match = _name_at(text, start, before)
    if match is None or (page.comma and _GROUPED.fullmatch(match.group())):
        return numbering
    return max(numbering, match.end())


def _name_at(text: str, start: int, before: str) -> re.Match[str] | None:
    """The name whose first digit is at `start`; its words stay outside."""
    if start and (match := _numbered(text, start, before)):
        return match
    if before in "+(" and (match := _INTERNATIONAL.match(text, start - 1)):
        return match
    if before == ".":
        return None
    if before not in ",$€£" and (match := _BRANDS.match(text, start)):
        return match
    return _AT_DIGIT.match(text, start)


def _numbering(text: str, start: int) -> int:
    """The end of a number that opens a line: 1., (2), ## 3.2."""
    line = text.rfind("\n", max(0, start - 24), start) + 1 if start else 0
    if line == 0 and start > 24:
        return 0
    match = _NUMBERING.match(text, line)
    return match.end() if match and match.end() > start else 0


def _numbered(text: str, start: int, before: str) -> re.Match[str] | None:
    """The number after a word that numbers things: ISO 9001, Table 3, 工业4.0."""
    blank = before in " \u00a0-"
    stop = start - blank
    left = text[max(0, start - 16) : stop]
    if left.endswith(_HAN_NUMBERED):
        return _HAN_NUMBERED_NUMBER.match(text, start)
    turned = _LEFT_WORD.match(left[::-1])
    if turned is None:
        return None
    word = turned.group()[::-1]
    if word in _STANDARDS and not left[: -len(word)].rstrip(" ")[-1:].isdigit():
        return _STANDARD_NUMBER.match(text, start)
    return _NUMBERED_NUMBER.match(text, start) if blank and before != "-" and word in _NUMBERED else None


def is_name(text: str, start: int, end: int) -> bool:
    """True when digits with no known unit after them are part of a name (R200, 5G, Flink 1.13)."""
    after = text[end : end + 2]
    if after[:1].isalpha() and after[:1].isascii():
        return True
    if after[:1] in ("_", "\\") or (after[:1] in ("/", ":") and after[1:2].isdigit()):
        return True
    if _VERSION.fullmatch(text, start, end) is None:
        return False
    product = _PRODUCT_LEFT.search(text[max(0, start - 24) : start])
    return product is not None and product["word"] not in _NO_PRODUCT and not product["word"].endswith("ly")


def continues_name(text: str, start: int) -> bool:
    """True when what stands right before `start` makes the digits part of an identifier (SN-2041, v2, #7, 第3)."""
    return text[start - 1 : start] in _NAME_ENDS and bool(_LEFT_NAME.search(text, max(0, start - 3), start))
