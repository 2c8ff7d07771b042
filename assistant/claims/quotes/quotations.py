"""The quotations of a text: what stands in quotation marks and is said by somebody, not terms, titles and irony."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.domain.finding import Span

LEAST_WORDS, LEAST_IDEOGRAPHS = 6, 10
"""From this length on, whole sentences in quotation marks are a quotation even when nobody is named."""
_FEW_WORDS, _FEW_IDEOGRAPHS = 3, 5
_LONGEST = 2000
_MOST_OPEN = 200
"""Marks without a partner, after which a text is no prose."""
_CLOSERS = {
    "“": "”", "„": "“”\"", "\"": "\"", "＂": "＂", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』", "〝": "〞〟",
    "‘": "’",
}  # fmt: skip
_OPEN = re.compile('[“„"＂«»‹「『〝‘]')
_CJK = re.compile(r"[぀-ヿ㐀-䶿一-鿿]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_HANGUL = re.compile(r"[가-힯]")
_PAUSE = re.compile(r"[，。！？；：,.!?;:…][\s\"'”’」』]*$")
_FULL_STOP = re.compile(r"[。！？.!?][\s\"'”’」』]*$")
_SENTENCE = re.compile(r"[，。！？；!?;…]|[,.](?=\s|$)")

_SAYS = (
    r"\b(?:sa(?:id|ys?|ying)|told|tells|add(?:s|ed)|continue[sd]|conclude[sd]|announce[sd]|claim(?:s|ed)|believe[sd]|"
    r"think[s]?|thought|explain(?:s|ed)|note[sd]|argue[sd]|state[sd]|comment(?:s|ed)|recall(?:s|ed)|"
    r"remark(?:s|ed)|ask(?:s|ed)|wr(?:ote|ites)|emphasi[sz]e[sd]|stresse[sd]|according to|in (?:the|his|"
    r"her) words of|quotes?|quoted|puts? it|"
    r"sagte?|sagen|erklärte?|betonte?|berichtete?|meinte?|ergänzte?|fügte? hinzu|fasste? zusammen|so [A-ZÄÖÜ]|laut|"
    r"zufolge|dit|disent|déclare|explique|affirme|selon|ajoute|résume|raconte|souligne|précise|confie|poursuit|"
    r"conclut|note|"
    r"dij[oe]|dicen?|afirm[aó]|explic[aó]|señal[aó]|según|asegur[aó]|coment[aó]|cuenta|contó|resum[eió]{1,2}|"
    r"añad[eió]{1,2}|agreg[aó]|declar[aó]|sostiene|concluy[eó]|destac[aó]|disse|diz|dizem|conta|contou|segundo|"
    r"ressalt(?:a|ou)|coment(?:a|ou)|afirm(?:a|ou)|explic(?:a|ou)|acrescent(?:a|ou)|resum(?:e|iu)|declar(?:a|ou)|"
    r"conclui|destac(?:a|ou)|garante)\b|"
    r"说|表示|称|指出|介绍|认为|强调|透露|告诉|坦言|回忆|解释|提到|补充|写道|谈到|直言|感慨|评价|总结|笑言|回应|"
    r"語|述べ|話し|話す|言う|言い|言っ|いい(?:ます|まし)|いう|いいました|コメント|によると|と説明|指摘|付け加え|"
    r"振り返|強調|라고|고 (?:말|밝|설명|전|덧붙|강조)|에 따르면"
)
SAYING = re.compile(_SAYS, re.IGNORECASE)
_SENTENCE_BREAK = re.compile(r"[。！？!?“”\"「」\n]")
_COLON_BEFORE = re.compile(r"[:：][\s*_>]*$")
_SIGNED_AFTER = re.compile(r"^[\s*_]*(?:——|—|–|--|―|- )\s*\S|^\s*[（(][^（）()]{2,60}[）)]\s*$")
_ENTITLED_BEFORE = re.compile(
    r"(?:\b(?:entitled|titled|called|named|dubbed|known as|theme|slogan|motto|tagline|claim|headline|phrase|term|word|"
    r"words|title|heading|label(?:led)?|section|chapter|award|song|book|film|article|report|menu|button|field|option|"
    r"prompt|search(?:ed)? for|type)|题为|名为|主题(?:为|是)?|口号(?:为|是)?|称为|称作|叫做?|标题(?:为|是)?|所谓|"
    r"命名为|定名为|颁发的|获得?|荣获|"
    r"评为|授予|入选|写成|写为|改为|简称|全称|即|包括|以|的|新|这|该|列|列表|称号)[\s:：]*$",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\[\s*quote to be confirmed|\(\s*quote to be confirmed|[【\[（(]\s*引语?待(?:客户)?确认|[【\[（(]\s*引文待确认|"
    r"\[(?:Zitat noch zu bestätigen|citation à confirmer|cita por confirmar|citação a confirmar)|引用要確認|"
    r"인용 확인 필요",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """`span` is what stands between the marks, `outer` with them, `near` the stretch where a speaker may be named.

    `marked` says that it is yet to be confirmed. `sure` is False for words that may be a term, a title or irony as
    well: no sentence, and nobody is said to have spoken them.
    """

    span: Span
    outer: Span
    near: Span
    marked: bool
    sure: bool = True


def quotations(text: str) -> list[Quotation]:
    """The quotations of a text in order; what stands inside another one is part of it. Linear in its length."""
    found = [_quotation(text, span, outer) for span, outer in _marked_off(text)]
    return [quotation for quotation in found if quotation is not None]


def _quotation(text: str, span: Span, outer: Span) -> Quotation | None:
    inner = span.of(text)
    enough, few = _size(inner)
    if not few:
        return None
    before, after = text[max(0, outer.start - 90) : outer.start], text[outer.end : outer.end + 130]
    signed = bool(_SIGNED_AFTER.match(after))
    colon = bool(_COLON_BEFORE.search(before))
    verb = _says(before[-60:], last=True) or _says(after[:100].lstrip(" ,，.。"), last=False)
    whole = bool(_SENTENCE.search(inner)) and not _is_title(inner)
    ends = bool(_PAUSE.search(inner)) or not after.strip() or after.lstrip()[0] in "，。！？,.!?;；—–-とを라고"
    if _ENTITLED_BEFORE.search(before) and not (colon and verb) and not _PAUSE.search(inner):
        return None
    spoken = verb or colon or signed
    sure = (enough and (whole or (spoken and ends))) or (few and ends and (signed or (verb and whole)))
    perhaps = not _is_title(inner) and (enough or (few and (verb or _FULL_STOP.search(inner))))
    if not sure and not perhaps:
        return None
    around = text[max(0, outer.start - 40) : outer.end + 60]
    near = Span(_back(text, outer.start), _forth(text, outer.end))
    return Quotation(span, outer, near, bool(_NOT_YET.search(around)), sure)


def _says(around: str, last: bool) -> bool:
    """True when the sentence that the quotation belongs to has a verb of speech."""
    parts = _SENTENCE_BREAK.split(around)
    return bool(SAYING.search(parts[-1] if last else parts[0]))


def _marked_off(text: str) -> Iterator[tuple[Span, Span]]:
    """Every outermost pair of quotation marks: what is inside, and with the marks."""
    at = failed = 0
    while failed < _MOST_OPEN and (found := _OPEN.search(text, at)):
        start, mark = found.start(), found.group()
        at = start + 1
        if (mark == '"' and start and text[start - 1].isdigit()) or not _opens(text, start, mark):
            continue
        end = _closing(text, start + 1, mark)
        if end < 0 and mark in "“「『" and not text[:start].strip(" >*_-•\n"):
            end = min(len(text.rstrip()), start + _LONGEST)  # goes on in the next paragraph
            yield Span(start + 1, end), Span(start, end)
            return
        if end < 0:
            failed += 1
            continue
        yield Span(start + 1, end), Span(start, end + 1)
        at = end + 1


def _opens(text: str, at: int, mark: str) -> bool:
    if mark in '‘"»':
        even = mark == '"' and text.count('"', max(0, at - 600), at) % 2 == 0
        inside = at + 1 < len(text) and (even or not text[at + 1].isspace())
        return inside and (at == 0 or not text[at - 1].isalnum() or bool(_CJK.match(text[at - 1])))
    return True


def _closing(text: str, at: int, mark: str) -> int:
    closers, depth = _CLOSERS[mark], 0
    for n in range(at, min(len(text), at + _LONGEST)):
        c = text[n]
        if c in closers:
            if mark == "‘" and n + 1 < len(text) and text[n + 1].isalnum():
                continue  # an apostrophe
            if not depth:
                return n
            depth -= 1
        elif c == mark:
            depth += 1
    return -1


def _size(inner: str) -> tuple[bool, bool]:
    """Long enough to be a quotation by itself; long enough when somebody is named."""
    ideographs = len(_CJK.findall(inner))
    if _HANGUL.search(inner):
        words = len(inner.split())
        return words >= 4, words >= 2
    if ideographs * 2 > len(inner) or ideographs >= LEAST_IDEOGRAPHS:
        return ideographs >= LEAST_IDEOGRAPHS, ideographs >= _FEW_IDEOGRAPHS
    words = len(_WORD.findall(inner))
    return words >= LEAST_WORDS, words >= _FEW_WORDS


def _is_title(inner: str) -> bool:
    words = [word for word in _WORD.findall(inner) if len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


_BREAK = re.compile(r"[。！？!?\n“”\"「」『』«»]|\.(?=\s)")


def _back(text: str, at: int) -> int:
    """Where the sentence begins in which a quotation at `at` is announced."""
    left = max(0, at - 90)
    ends = [match.end() for match in _BREAK.finditer(text, left, at)]
    return ends[-1] if ends else left


def _forth(text: str, at: int) -> int:
    found = _BREAK.search(text, at, min(len(text), at + 130))
    return found.start() if found else min(len(text), at + 130)
