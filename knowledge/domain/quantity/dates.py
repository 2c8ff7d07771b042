"""Dates in digits and in Chinese, Japanese and Korean. Relative words (去年, last year) are no dates."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from knowledge.domain.quantity import date_words as words
from knowledge.domain.quantity import qualifiers
from knowledge.domain.quantity.model import DateValue, Qualifier, Quantity
from knowledge.domain.quantity.numerals import read_han
from knowledge.domain.quantity.page import Page
from knowledge.domain.quantity.trie import Endings

YEAR = r"(?:19|20)[0-9]{2}"
_G = r"[ \u00a0\u3000]{0,2}"
_MONTH, _DAY = "1[0-2]|0?[1-9]", "3[01]|[12][0-9]|0?[1-9]"
_HAN_YEAR = r"(?:一九|二[〇零])[〇零一二三四五六七八九]{2}"
_HAN_MONTH = r"(?:十[一二]|[二三四五六七八九十])"
_HAN_DAY = r"(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_EAST = re.compile(
    rf"(?<![0-9])(?P<y>1[5-8][0-9]{{2}}|{YEAR}|{_HAN_YEAR}|1[0-4][0-9]{{2}}(?={_G}年(?!多|历史|的历史|以上|来|后|前|歴史|の歴史))){_G}[年년](?![間간代대])"
    rf"(?:度?{_G}第?{_G}(?P<q>[1-4一二三四]){_G}(?:个?季度|四半期|분기)|度?{_G}Q(?P<qq>[1-4])"
    rf"|度?{_G}(?:(?P<h>[上下상하])(?:半年度?|半期|반기))"
    rf"|{_G}(?P<m>{_MONTH}|{_HAN_MONTH}|一){_G}[月월](?:份)?(?:{_G}(?P<d>{_DAY}|{_HAN_DAY}){_G}[日号號일])?"
    r"|(?P<f>度))?"
    rf"|(?<![0-9])(?P<fy>{YEAR}){_G}(?:财年|财政年度|会计年度|회계연도|会計年度)(?:{_G}第?(?P<fq>[1-4一二三四])(?:季度|四半期|분기))?"
    rf"|(?<![0-9.])(?P<m2>{_MONTH}|十[一二]){_G}[月월](?:份)?{_G}(?P<d2>{_DAY}|{_HAN_DAY}){_G}[日号號일]"
    rf"|(?<![0-9.一二三四五六七八九十])(?P<m4>{_HAN_MONTH}|一)月(?P<d4>{_HAN_DAY})[日号]"
    r"|(?<![0-9.、~～—–-])(?P<m3>1[0-2]|0?[1-9])[ ]?[月월](?:份)?(?![球饼光])"
    rf"|(?<![0-9一二三四五六七八九十个腊蜜岁])(?P<m5>{_HAN_MONTH}|一)月"
    r"(?:份|(?=[初底末中起，。、,； ]|上旬|中旬|下旬|以来)(?!中国|中[东心]))"
    rf"|(?:(?<=[于在自从])|(?<=[今去明本当次同]年)|(?<=月[到至]))(?P<m6>{_HAN_MONTH}|一)月(?![内后之有余多间来路])"
    r"|第(?P<q2>[1-4一二三四])(?:个?季度|四半期)|(?<![0-9个前后近每])(?P<q3>[一二三四1-4])季度|(?P<h2>[上下])半年(?!来)"
    rf"|(?<![0-9.月至到~～—–-])(?P<d5>3[01]|[12][0-9]|[1-9])日(?!元|本|内|常|均|游|之内|以内|間|圆|夜|后|龄|线|程)"
)
_ISO = re.compile(
    rf"(?<![0-9\-./])(?P<y>{YEAR})(?P<s>[-/.])(?P<m>{_MONTH})(?:(?P=s)(?P<d>{_DAY}))?(?![0-9\-/]|\.[0-9])"
)
_NUMERIC = re.compile(
    rf"(?<![0-9\-./])(?P<a>[0-9]{{1,2}})(?P<s>[./-])(?P<b>[0-9]{{1,2}})(?P=s)(?P<y>{YEAR})(?![0-9\-/]|\.[0-9])"
)
_CODE = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:(?P<yb>{YEAR})[ /-]?)?(?:[QT](?P<q>[1-4])|[HS](?P<h>[12]))"
    rf"(?:[ ,/-]{{0,2}}(?P<f>FY ?)?'?(?P<y>{YEAR}))?)(?![A-Za-z0-9])"
)
_FISCAL = re.compile(rf"(?<![A-Za-z0-9])FY ?'?(?P<y>{YEAR}|[0-9]{{2}})(?:[ -]?Q(?P<q>[1-4]))?(?![A-Za-z0-9])")
# A plural noun makes it a count.
_BARE_YEAR = re.compile(
    rf"(?<![0-9.,]){YEAR}(?![0-9%\w]|(?<=0)['’]s|[.,][0-9]|[ ]?[万亿]|[ -](?:stores|units|cities|countries|companies|"
    r"customers|users|servers|nodes|people|employees|members|partners))"
)
# Without a word that says so, a year is a number that nothing follows which could be counted; so are early years.
_YEAR_END = re.compile(
    r"(?![ \u00a0]\w|(?<=0)['’]s)[.!?]?(?:[\s\"'”’)\]）】»<*_]|\Z)|[,;:，；：。、！？](?![0-9])"
    r"|[ \u00a0](?:and|und|et|y|e|or|oder|the|der|die|das|den|la|le|les|el|los|as|os|to|bis|by|with|mit|when|it|we|he|"
    r"she|they|was|is|has|had|as|at|in|on|for|after|before|wurde|wurden|war|ist|hat|haben|im|auf|von|para|por|con|com|pour|"
    r"avec|par|fue|foi|se|que|under|through|until|onwards|alone)\b"
)
_YEARS = re.compile(
    r"(?<![0-9.,/\-])(?P<a>1[4-9][0-9]{2}|20[0-9]{2})(?:[ ]?[-–—~～至到][ ]?| (?:to|bis|à|a|and|und|et|y|e|until) )"
    r"(?P<b>1[4-9][0-9]{2}|20[0-9]{2})(?![0-9]|[,.-][0-9])"
)
_RANGE_LEFT = re.compile(r"(?<!\w)(?:between|zwischen|entre|from|von|de|from|desde|years|jahren|années|años|anos) \Z")
_MONTH_SPAN = re.compile(r"(?<![0-9.])(?P<a>1[0-2]|[1-9])[ ]?[-–—~～至到][ ]?(?P<b>1[0-2]|[1-9])[ ]?月(?:份)?")
_SECOND_MONTH = re.compile(r"(?:1[0-2]|[1-9])[ ]?月(?:份)?")
_AFTER_DAY = re.compile(r"[日号][ ]?[-–—~～至到][ ]?\Z")

# The letters that can follow, or precede, the digits of a date.
_EAST_MARKS = frozenset("年月日号號季财財会會년월일분회度 \u00a0\u3000")
_UNTIL = ("hasta", "até")
_SEPARATORS, _SPANS, _DAYS = frozenset("-./"), frozenset(" -–—~～至到b\u00a0"), frozenset("日号")
_FISCAL_MARKS, _CODE_LETTERS = frozenset("Y '"), frozenset("QTHS")
_CENTURIES = frozenset(str(century) for century in range(10, 21))


def read_date(page: Page, start: int, end: int) -> int:
    """The date that a run of digits begins or stands in."""
    text, length = page.text, end - start
    before, after = text[start - 1] if start else "", text[end : end + 1]
    if length > 4 or length == 3:
        return 0
    if before in _FISCAL_MARKS and (match := _fiscal_at(text, start)):
        year = int(match["y"])
        value = DateValue(year=year if year > 99 else 2000 + year, quarter=_number(match, "q"), fiscal=True)
        return page.add_date(match.start(), match.end(), value)
    if length == 4:
        return _read_year(page, start, end, before, after) if text[start : start + 2] in _CENTURIES else 0
    if before in _CODE_LETTERS and length == 1 and (found := _code(page, start - 1)):
        return found
    if after in _SEPARATORS and (match := _NUMERIC.match(text, start)) and (numeric := _from_numeric(match, page.tag)):
        return page.add_date(start, match.end(), numeric)
    if after in _EAST_MARKS and (found := _east(page, start - (before == "第"))):
        return found
    if page.expected == start and (match := _SECOND_MONTH.match(text, start)):
        return page.add_date(start, match.end(), DateValue(month=int(text[start:end])))
    if after in _SPANS and (match := _MONTH_SPAN.match(text, start)) and int(match["a"]) < int(match["b"]):
        page.expected = match.start("b")
        return page.add_date(start, end, DateValue(month=int(match["a"])))
    if after in _DAYS and int(text[start:end]) <= 31 and _AFTER_DAY.search(text[max(0, start - 4) : start]):
        return page.add_date(start, end + 1, DateValue(day=int(text[start:end])))
    return 0


def read_east_date(page: Page, start: int, end: int) -> int:
    """The date that Chinese numerals, 第 or 半 begin: 二〇二六年三月, 三月份, 第三季度, 下半年."""
    char = page.text[start]
    if char == "半":
        return _east(page, start - 1) if start and page.text[start - 1] in "上下" else 0
    return _east(page, start) if char in "第제" or page.text[end : end + 1] in _EAST_MARKS else 0


def _read_year(page: Page, start: int, end: int, before: str, after: str) -> int:
    """The date that a four-digit year begins, or the year alone where its surroundings show that it is one."""
    text = page.text
    year = DateValue(year=int(text[start:end]))
    if before in (" ", "\u00a0") and AGE_WORDS.at(page.low, start - 1):
        return 0
    named = (
        _fiscal_words(page.latin).at(page.low, start - 1) if before == " " and text[start : start + 2] >= "19" else ""
    )
    if named:
        return page.add_date(start - 1 - len(named), end, replace(year, fiscal=True))
    if after in _SEPARATORS and (match := _ISO.match(text, start)) and (value := _from_iso(match)):
        return page.add_date(start, match.end(), value)
    if after in _EAST_MARKS and (found := _east(page, start)):
        return found
    if text[end : end + 2].lstrip(" /-")[:1] in _CODE_LETTERS and (found := _code(page, start)):
        return found
    if page.expected == start:
        return page.add_date(start, end + (after in ("年", "년")), year)
    if after in _SPANS and (match := _YEARS.match(text, start)) and match["a"] < match["b"] and _spans(page, match):
        page.expected = match.start("b")
        return page.add_date(start, end, year)
    told = before in ("(", "（") or len(text) == 4 or _is_told(page, start)
    if text[start : start + 2] in ("19", "20"):
        if told and _BARE_YEAR.match(text, start):
            return page.add_date(start, end, year)
        return page.add_date(start, end, year) if _stands_alone(page, start, end) else 0
    if text[start : start + 2] < "15" and told and _told_by(page, start) not in _EARLY:
        return 0
    return page.add_date(start, end, year) if told and _YEAR_END.match(text, end) else 0


def _spans(page: Page, match: re.Match[str]) -> bool:
    """True when two years make a span: a dash or "to" between recent ones, any joint after "between" or "from"."""
    joint = match.string[match.end("a") : match.start("b")].strip(" ")
    if _RANGE_LEFT.search(page.low, max(0, match.start() - 10), match.start()):
        return True
    if joint in ("and", "und", "et", "y", "e"):
        return False
    return match["a"] >= "1900" or (match["a"] >= "1500" and _YEAR_END.match(match.string, match.end()) is not None)


def _stands_alone(page: Page, start: int, end: int) -> bool:
    """True for a bare 2016 that nothing counted follows and no qualifier but "about" comes before."""
    if page.text[start - 1 : start] not in (" ", "\u00a0", "\n") or not _YEAR_END.match(page.text, end):
        return False
    found = qualifiers.before(page.low, start, page.language)
    return found is None or found.qualifier is Qualifier.ABOUT or page.low[found.start : start].strip() in _UNTIL


# The nineties, the 21st century: what says so before the number.
AGE_WORDS = Endings(
    (
        "années",
        "los años",
        "década de",
        "década de los",
        "os anos",
        "dos anos",
        "aos anos",
        "nos anos",
        "anos de",
        "siglo",
        "século",
    )
)


def _is_told(page: Page, start: int) -> bool:
    """True when a word before the number says that it is a year: in 2025, seit 2025."""
    return bool(_told_by(page, start))


_EARLY = frozenset({"in", "since", "until", "year", "im jahr", "seit", "en", "em", "depuis", "desde"})


def _told_by(page: Page, start: int) -> str:
    return (
        _year_words(page.latin).at(page.low, start - 1) if page.low[start - 1 : start] in (" ", "-", "\u00a0") else ""
    )


@lru_cache(maxsize=32)
def _year_words(latin: str) -> Endings:
    return Endings(words.YEAR_AFTER[latin].split("|"))


@lru_cache(maxsize=32)
def _fiscal_words(latin: str) -> Endings:
    return Endings(words.FISCAL[latin].casefold().split("|"))


def latin_language(tag: str) -> str:
    """The language whose month names are read; English in East Asian text."""
    short = tag.split("-", 1)[0]
    return short if short in words.MONTHS else "en"


def _fiscal_at(text: str, start: int) -> re.Match[str] | None:
    """FY2025, FY 25, FY '25 around the digits at `start`."""
    left = text.rfind("FY", max(0, start - 4), start)
    return _FISCAL.match(text, left) if left >= 0 else None


def _east(page: Page, start: int) -> int:
    match = _EAST.match(page.text, start)
    if match is None:
        return 0
    fiscal = bool(match["fy"]) or (match["f"] is not None and page.language == "ja")
    value = DateValue(
        year=_number(match, "y", "fy"),
        month=_number(match, "m", "m2", "m3", "m4", "m5", "m6"),
        day=_number(match, "d", "d2", "d4", "d5"),
        quarter=_number(match, "q", "qq", "fq", "q2", "q3"),
        half=_half(match, "h", "h2"),
        fiscal=fiscal,
    )
    return page.add_date(start, match.end(), value)


def _code(page: Page, start: int) -> int:
    """Q3 2025, 2025 Q3, H1 2025."""
    match = _CODE.match(page.text, start)
    if match is None:
        return 0
    year = match["y"] or match["yb"]
    if match["h"] and not year:
        return 0  # a heading, a gas
    if page.text[start] in "TS" and page.language not in ("fr", "es", "pt"):
        return 0
    quarter, half = match["q"], match["h"]
    value = DateValue(
        year=int(year) if year else None,
        quarter=int(quarter) if quarter else None,
        half=int(half) if half else None,
        fiscal=bool(match["f"]),
    )
    return page.add_date(start, match.end(), value)


def _from_numeric(match: re.Match[str], language: str) -> DateValue | None:
    """15/03/2026. Day first, but month first in American English, where both are possible."""
    first, second = int(match["a"]), int(match["b"])
    american = language in ("en", "en-US") or language.startswith(("zh", "ja", "ko"))
    month, day = (first, second) if american and match["s"] == "/" else (second, first)
    if month > 12 >= day:
        month, day = day, month
    return DateValue(year=int(match["y"]), month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _from_iso(match: re.Match[str]) -> DateValue | None:
    if match["d"] is None and (match["s"] == "." or len(match["m"]) < 2):
        return None
    return DateValue(year=int(match["y"]), month=int(match["m"]), day=int(match["d"]) if match["d"] else None)


def _number(match: re.Match[str], *names: str) -> int | None:
    for name in names:
        if match[name]:
            return _plain(match[name])
    return None


def _plain(token: str) -> int:
    """A month, day, quarter or year in digits or Chinese numerals."""
    if token.isascii():
        return int(token)
    if len(token) == 4:
        return int("".join(str("〇一二三四五六七八九".index(char.replace("零", "〇"))) for char in token))
    value = read_han(token)
    return int(value) if value is not None else 0


def _half(match: re.Match[str], *names: str) -> int | None:
    for name in names:
        if match[name]:
            return 1 if match[name] in "上상" else 2
    return None


def inherit(dates: list[Quantity]) -> list[Quantity]:
    """In "3月15日至20日" the 20th is of the same month: stated by the text, so filled in."""
    for index in range(1, len(dates)):
        this, last = dates[index].date, dates[index - 1].date
        if this == DateValue(day=this.day if this else None) and last and last.day and last.month:
            gap = dates[index].span.start - dates[index - 1].span.end
            if this.day and gap <= 3 and this.day > last.day:
                dates[index] = replace(dates[index], date=replace(last, day=this.day))
    return dates
