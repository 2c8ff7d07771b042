"""Certificates, marks of conformity, official titles and awards in a text, and whether it says that somebody has them.

Standards by their number (ISO 9001, IEC 62443-4-1, SOC 2), marks by their letters (CE, UL, RoHS), certificates of
explosion protection by their words (防爆合格证), titles that Chinese authorities give
(高新技术企业, 专精特新“小巨人”企业), awards by the words of winning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.domain.finding import Span
from knowledge.domain.folding import fold


class Standing(StrEnum):
    """What a text says of it: somebody has it, has it not, is to have it, or nothing of the kind."""

    HELD = "held"
    DENIED = "denied"
    PLANNED = "planned"
    MENTIONED = "mentioned"


@dataclass(frozen=True, slots=True)
class Mention:
    """One certificate where it stands. `key` compares: `("ISO", "9001")`, `("CE",)`, `("title", …)`, `("award", …)`.

    `year` is the edition of a standard, empty when none is named.
    """

    span: Span
    key: tuple[str, ...]
    standing: Standing
    year: str = ""

    @property
    def in_words(self) -> bool:
        """True for titles and awards: their words compare within one language only."""
        return self.key[0] in ("title", "award")

    def is_carried_by(self, other: Mention) -> bool:
        """True when `other` is the same certificate, or the same one told more exactly."""
        if self.in_words:
            return self.key[0] == other.key[0] and self.key[1] in other.key[1]
        return other.key[: len(self.key)] == self.key and (not self.year or not other.year or self.year == other.year)


_STANDARD = re.compile(
    r"(?<![A-Za-z])(?P<body>(?:DIN )?EN ISO(?:/IEC)?|DIN EN(?: IEC)?|ISO/IEC|ISO/SAE|ISO/TS|ISO|ISA/IEC|IEC|IATF|"
    r"OHSAS|EN|"
    r"GB/T|GB|AS|NIST SP|NIST|SOC|CMMI|SIL)(?:[ -]?(?:DEV|ML|Level|level|等级|级))?[ -]?"
    r"(?P<number>\d{1,5}(?:[-.]\d{1,4}){0,4})(?::(?P<year>\d{4}))?(?: ?(?P<type>Type (?:II|I|2|1)))?(?![\d])"
)
_MARK = re.compile(
    r"(?<![A-Za-z0-9-])(?P<mark>CE|UL|FCC|RoHS|ROHS|REACH|T[ÜU]V|CCC|3C|CSA|UKCA|EAC|PSE|ATEX|IECEx|UKEX|NRTL|TISAX|FedRAMP|"
    r"PCI[ -]?DSS|HIPAA|GDPR|CCPA|HACCP|GMP|FDA|LEED|FSC|MFi|ENERGY STAR)(?![A-Za-z0-9])"
)
_EXPLOSION = re.compile(
    r"(?P<core>防爆)(?:电气设备)?(?:产品)?(?:合格证书?|认证|证书)|"
    r"\b(?P<word>[Ee]xplosion[- ]?(?:[Pp]roof|[Pp]rotection|[Pp]rotected))"
    r"[- ](?:[Cc]ertificat\w{1,4}|[Cc]ertified|[Aa]pproval)"
)
_TITLE = re.compile(
    r"(?:国家级?|省级|市级|自治区级)?(?:重点)?"
    r"(?:专精特新[“”\"‘’「」『』]{0,2}(?:小巨人)?[“”\"‘’「」『』]{0,2}(?:中小)?企业|高新技术企业|"
    r"制造业单项冠军(?:示范)?(?:企业|产品)?|"
    r"科技型中小企业|创新型中小企业|瞪羚企业)|"
    r"(?:国家级?|省级|市级)(?:企业技术中心|工业设计中心|知识产权(?:示范|优势)企业|绿色工厂|绿色供应链管理企业|"
    r"智能制造(?:示范|标杆)(?:工厂|企业|项目)|服务型制造示范企业|技术创新示范企业)"
)
_WINNING = re.compile(
    r"(?:荣获|获得|获颁|荣膺|摘得|斩获|喜获|获评|获选|获|授予|颁发|评为|评选为|"
    r"入选)了?(?P<what>[^，。；！？、\n]{2,60})"
)
_QUOTED_AWARD = re.compile(r"[“《「\"](?P<name>[^”》」\"\n]{3,40})[”》」\"]")
_PLAIN_AWARD = re.compile(
    r"(?P<name>(?!\s)(?:[^“”《》「」的]{0,12}[“《「][^”》」\n]{1,20}[”》」])?[^“”《》的]{1,24}(?:大奖|[金银铜]奖|特等奖|[一二三]等奖|奖项?))(?![励金状杯品得学项])"
)
_AWARD_WORDS = re.compile(r"奖|称号|优秀|最佳|榜|强|案例|方案|品牌|企业|单位|示范|先进|冠军|杰出|年度")
_AWARD_EN = re.compile(
    r"\b(?:won|wins|winning|receiv(?:ed|es|ing)|awarded|earned|earns|named|recipient of|winner of|honou?red with|"
    r"recogni[sz]ed with|presented with|picked up|took home)\b[^.;!?\n]{0,60}?"
    r"(?P<name>(?:\d{4} )?(?:[A-Z][\w&’'.-]{0,30} (?:(?:of|for|in|the|and|&) )?){1,8}(?:Awards?|Prize|Medal|Trophy)\b"
    r"(?: (?:for|of) (?:[A-Z][\w-]{0,30} ?){1,5})?(?: \d{4})?)"
)

_SIGNAL = re.compile(
    r"\b(?:certif\w{0,8}|accredit\w{0,6}|compl(?:y|ies|ied|iant|iance)|conform\w{0,4}|approv(?:ed|al)|listed|marked|"
    r"marking|"
    r"mark|meets?|attest\w{0,6}|audited|pass(?:ed|es)|registered|registration|validated|zertifi\w{0,8}|"
    r"certifi\w{0,9})\b|"
    r"认证|认定|通过|获|取得|持有|拥有|具备|符合|满足|达到|证书|资质|评为|授予|入选|标志|合规|認証|取得|인증"
)
_ONLY_MENTIONED = re.compile(
    r"\b(?:requires?|requirements?|process(?:es)? for|how to|guides?|help\w{0,3}|consult\w{0,5}|templates?|checklists?|"
    r"training|workshops?|preparation|audits?|such as)\b|要求|流程|支持|咨询|辅导|培训|指南|清单|解读|标准规定|"
    r"规定了|协助|帮助"
)
_STRONG = re.compile(
    r"\b(?:is|are|was|were|been|being|fully|already|now|both)\b[^.;!?\n]{0,30}\b(?:certified|accredited|compliant|"
    r"approved|listed)\b|"
    r"\b(?:certified (?:to|for|under|according|by)|received|obtained|achieved|holds?|earned|gained)\b|"
    r"已?(?:通过|获得|取得|持有)[^，。；]{0,30}(?:认证|证书|认定|资质)"
)
_DENIED = re.compile(
    r"\b(?:not|never|no|without|neither|nor|lacks?|lacking|lost|revoked|withdrawn|failed|fails|refused|"
    r"false(?:ly)?)\b|n['’]t\b|"
    r"未|没有|不(?!仅|但|断|只|限|同|少|久|锈|止|过)|无(?!论|缝|线|人|锡|尘|菌|障)|失效|过期|撤销|吊销|取消|并非|"
    r"\bnicht\b|\bkein\w{0,2}\b"
)
_PLANNED = re.compile(
    r"\b(?:will|would|plans?|planned|planning|expect\w{0,3}|aims?|aiming|intend\w{0,3}|seek\w{0,3}|appl(?:y|ies|ied|"
    r"ying|ication)|"
    r"towards?|targets?|targeting|to be|upcoming|in progress|prepar\w{0,4}|candidate|pending|pursu\w{0,3}|"
    r"shortlist\w{0,3}|nominat\w{0,4}|nominee|"
    r"could|may|should|must|need\w{0,2})\b|计划|拟|争取|正在|申请|准备|筹备|目标|预计|力争|有望|即将|将(?!军)|提名|"
    r"入围|应当|必须|需要?|如果|若"
)
_TITLE_BEFORE = re.compile(
    r"(?:(?<!不)是|系|属于|作为|成为|认定为|评为|确认为|获|入选|列入|跻身|授予|拥有|取得|通过|称号|被)[^，。；]{0,8}$"
)
_TITLE_AFTER = re.compile(
    r"[”」』\"]?(?:的?(?:称号|认定(?!标准|管理|办法|条件|工作)|资质|证书|复核|荣誉)|之一|[，。；、]|$)"
)
_TITLE_IN_GENERAL = re.compile(
    r"(?:(?<![定评成作认])为|面向|服务|支持|扶持|培育|对|给|众多|家|各类|更多|一批|鼓励|数量|申报)[^，。；]{0,4}$"
)
_TITLE_AS_NAME = re.compile(r"[”」』\"]?(?![的数总中和及达超聚名培申政认与、，。]|集聚|税收|梯队)[\u4e00-\u9fffA-Z]")
_SENTENCE_CUT = re.compile(r"[。；！？;!?\n]|\.(?=\s|$)")
_CLAUSE_CUT = re.compile(r"[，,。；！？;!?\n（(]|\.(?=\s|$)|\bbut\b|但|而")
_PAPER = re.compile(
    r"(?:19|20)\d\d年?度?|第[一二三四五六七八九十\d]{1,3}批|获奖|证书|认定|证明|文件|公示|公告|名单|通知|批文|牌匾|复印件|备案|(?<=国家)级|"
    r"(?<=[省市])级|奖(?=[特一二三]等奖|[金银铜]奖)|大(?=奖)|(?<![金银铜等])奖$"
)
_RANK = re.compile(r"国家|省|市|自治区")
_LOOSE = re.compile(r"[\s\"'“”‘’「」『』《》〈〉()（）·,，-]+")
_CAPITALS = re.compile(r"[A-Z]{2}|TÜV|RoHS|FedRAMP|MFi|\b3C\b")
_TITLES = re.compile(r"专精特新|高新技术企业|单项冠军|中小企业|瞪羚|国家级?|[省市]级")
_AWARDS = re.compile(r"(?:Award|Prize|Medal|Trophy)")
_HONOURS = re.compile(r"[奖获授颁评]|入选")


def mentions(text: str) -> list[Mention]:
    """Every certificate, title and award that `text` names, in order, none inside another."""
    found: list[Mention] = []
    for mention in sorted(_all(text), key=lambda m: (m.span.start, -m.span.end)):
        if not found or mention.span.start >= found[-1].span.end:
            found.append(mention)
    return found


def loose(text: str) -> str:
    """`text` for comparing titles and awards: folded, without spaces, quotes and dashes."""
    return _LOOSE.sub("", fold(text))


def proves(certificate: str, words: str) -> bool:
    """True when the name of a certificate (国家企业技术中心认定证书) proves the title or award that `words` name
    (国家级企业技术中心): all of its own words stand there, in one stretch or in two. A rank (国家级, 省级) that the
    certificate does not name is not proved by it.
    """
    core, said = _core(certificate), _core(words)
    if len(core) < 4 or set(_RANK.findall(said)) - set(_RANK.findall(core)):
        return False
    if core in said:
        return True
    return any(core[:at] in said and core[at:] in said[said.index(core[:at]) + at :] for at in range(2, len(core) - 1))


def _core(name: str) -> str:
    return _PAPER.sub("", _PAPER.sub("", loose(name))).replace("科学技术", "科技")


def _all(text: str) -> Iterator[Mention]:
    capitals = bool(_CAPITALS.search(text))
    for m in _STANDARD.finditer(text) if capitals else ():
        body = m["body"].replace("DIN ", "").replace("/IEC", "").replace("/SAE", "").replace("/TS", "")
        key = (body.replace("EN ISO", "ISO"), *m["number"].split("-"), *((m["type"].upper(),) if m["type"] else ()))
        yield Mention(Span(*m.span()), key, _standing(text, m.start(), m.end()), m["year"] or "")
    for m in _MARK.finditer(text) if capitals else ():
        key = (m["mark"].upper().replace("Ü", "U").replace("3C", "CCC").replace("-", " ").replace("PCIDSS", "PCI DSS"),)
        yield Mention(Span(*m.span()), key, _standing(text, m.start(), m.end()))
    for m in _EXPLOSION.finditer(text) if "防爆" in text or "xplosion" in text else ():
        # 认证 and "certificate" are part of the words, and say as well that somebody has it.
        core = m.end("core") if m["core"] else m.end("word")
        yield Mention(Span(*m.span()), ("EX CERTIFICATE",), _standing(text, m.start(), core))
    for m in _TITLE.finditer(text) if _TITLES.search(text) else ():
        held = Standing.HELD if _bears(text, m.start(), m.end()) else Standing.MENTIONED
        standing = _standing(text, m.start(), m.end()) if held is Standing.HELD else held
        yield Mention(
            Span(*m.span()), ("title", loose(m.group())), held if standing is Standing.MENTIONED else standing
        )
    for m in _WINNING.finditer(text) if _HONOURS.search(text) else ():
        award = _QUOTED_AWARD.search(m["what"][:64])
        award = award if award and _AWARD_WORDS.search(award["name"]) else _PLAIN_AWARD.search(m["what"])
        if award:
            span = Span(m.start("what") + award.start("name"), m.start("what") + award.end("name"))
            standing = _standing(text, span.start, span.end, Standing.HELD)
            yield Mention(span, ("award", loose(span.of(text))), standing)
    for m in _AWARD_EN.finditer(text) if _AWARDS.search(text) else ():
        standing = _standing(text, m.start("name"), m.end("name"), Standing.HELD)
        yield Mention(Span(*m.span("name")), ("award", loose(m["name"])), standing)


def _bears(text: str, start: int, end: int) -> bool:
    """True when somebody is said to bear the title at this place; it may also stand for all who bear it."""
    left = max(0, start - 12)
    if _TITLE_IN_GENERAL.search(text, left, start):
        return False
    at_start = not text[:start].strip() or text[:start].rstrip()[-1:] in "。！？；\n：:"
    return bool(
        (_TITLE_BEFORE.search(text, left, start) and not text.startswith(("数量", "总数"), end))
        or (_TITLE_AFTER.match(text, end) and not at_start and text[end : end + 1] not in "，。；、")
        or (at_start and _TITLE_AS_NAME.match(text, end))
    )


def _standing(text: str, start: int, end: int, without_signal: Standing = Standing.MENTIONED) -> Standing:
    """By the words of its clause (denials, plans) and of its sentence (certified, 通过 … 认证)."""
    before, after = text[max(0, start - 240) : start], text[end : end + 60]
    sentence_left = _last(_SENTENCE_CUT, before)
    sentence_right = _first(_SENTENCE_CUT, after)
    clause = _last(_CLAUSE_CUT, sentence_left) + " " + _first(_CLAUSE_CUT, sentence_right)
    if _DENIED.search(clause):
        return Standing.DENIED
    if _PLANNED.search(clause):
        return Standing.PLANNED
    sentence = sentence_left + text[start:end] + sentence_right
    if not _SIGNAL.search(sentence_left + " " + sentence_right):
        return without_signal
    if _ONLY_MENTIONED.search(clause) and not _STRONG.search(sentence):
        return Standing.MENTIONED
    return without_signal if without_signal is not Standing.MENTIONED else Standing.HELD


def _last(cut: re.Pattern[str], text: str) -> str:
    ends = [m.end() for m in cut.finditer(text)]
    return text[ends[-1] :] if ends else text


def _first(cut: re.Pattern[str], text: str) -> str:
    found = cut.search(text)
    return text[: found.start()] if found else text
