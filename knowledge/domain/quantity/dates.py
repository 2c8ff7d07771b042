"""Dates, quarters, half and fiscal years, times of day. Relative words (去年, last year) are no dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from knowledge.domain.finding import Span
from knowledge.domain.quantity import date_words as words
from knowledge.domain.quantity.model import DateValue, Kind, Quantity
from knowledge.domain.quantity.numerals import read_han

_G = r"[ \u00a0\u3000]{0,2}"
_YEAR = r"(?:19|20)[0-9]{2}"
_MONTH, _DAY = "1[0-2]|0?[1-9]", "3[01]|[12][0-9]|0?[1-9]"
_HAN_YEAR = r"(?:一九|二[〇零])[〇零一二三四五六七八九]{2}"
_HAN_MONTH = r"(?:十[一二]|[二三四五六七八九十])"
_HAN_DAY = r"(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_HAN_DATE = re.compile(
    rf"(?<![0-9])(?P<y>1[5-8][0-9]{{2}}|{_YEAR}|{_HAN_YEAR}){_G}[年년](?![間간])"
    rf"(?:度?{_G}第?{_G}(?P<q>[1-4一二三四]){_G}(?:个?季度|四半期|분기)|度?{_G}Q(?P<qq>[1-4])"
    rf"|度?{_G}(?:(?P<h>[上下상하])(?:半年度?|半期|반기))"
    rf"|{_G}(?P<m>{_MONTH}|{_HAN_MONTH}|一){_G}[月월](?:份)?(?:{_G}(?P<d>{_DAY}|{_HAN_DAY}){_G}[日号號일])?"
    r"|(?P<f>度))?"
    rf"|(?<![0-9])(?P<fy>{_YEAR}){_G}(?:财年|财政年度|会计年度|회계연도|会計年度)(?:{_G}第?(?P<fq>[1-4一二三四])季度)?"
    rf"|(?<![0-9.])(?P<m2>{_MONTH}|十[一二]){_G}[月월](?:份)?{_G}(?P<d2>{_DAY}|{_HAN_DAY}){_G}[日号號일]"
    rf"|(?<![0-9.一二三四五六七八九十])(?P<m4>{_HAN_MONTH}|一)月(?P<d4>{_HAN_DAY})[日号]"
    r"|(?<![0-9.、~～—–-])(?P<m3>1[0-2]|0?[1-9])[ ]?[月월](?:份)?(?![球饼光])"
    rf"|(?<![0-9一二三四五六七八九十个腊蜜岁])(?P<m5>{_HAN_MONTH}|一)月份"
    r"|第(?P<q2>[1-4一二三四])(?:个?季度|四半期)|(?<![0-9个前后近每])(?P<q3>[一二三四1-4])季度|(?P<h2>[上下])半年(?!来)"
    rf"|(?<![0-9.月至到~～—–-])(?P<d5>3[01]|[12][0-9]|[1-9])日(?!元|本|内|常|均|游|之内|以内|間|圆|夜|后|龄|线|程)"
)
_HAN_MARK = re.compile("[年月日季半财財会会년월일분반회]")
_ISO = re.compile(
    rf"(?<![0-9\-./])(?P<y>{_YEAR})(?P<s>[-/.])(?P<m>{_MONTH})(?:(?P=s)(?P<d>{_DAY}))?(?![0-9\-/]|\.[0-9])"
)
_NUMERIC = re.compile(
    rf"(?<![0-9\-./])(?P<a>[0-9]{{1,2}})(?P<s>[./-])(?P<b>[0-9]{{1,2}})(?P=s)(?P<y>{_YEAR})(?![0-9\-/]|\.[0-9])"
)
_QUARTER_CODE = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:(?P<yb>{_YEAR})[ /-]?)?(?:[QT](?P<q>[1-4])|[HS](?P<h>[12]))"
    rf"(?:[ ,/-]{{0,2}}(?P<f>FY ?)?'?(?P<y>{_YEAR}))?)(?![A-Za-z0-9])"
)
_FISCAL = re.compile(rf"(?<![A-Za-z0-9])FY ?'?(?P<y>{_YEAR}|[0-9]{{2}})(?:[ -]?Q(?P<q>[1-4]))?(?![A-Za-z0-9])")
# A plural noun makes it a count.
_BARE_YEAR = re.compile(
    rf"(?<![0-9.,]){_YEAR}(?![0-9%\w]|[.,][0-9]|[ ]?[万亿]|[ -](?:stores|units|cities|countries|companies|customers|"
    r"users|servers|nodes|people|employees|members|partners))"
)
_YEARS = re.compile(
    rf"(?<![0-9.,/\-])(?P<a>{_YEAR})(?:[ ]?[-–—~～至到][ ]?| to | bis | à | a )(?P<b>{_YEAR})(?![0-9,]|[-.][0-9])"
)
_MONTH_SPAN = re.compile(r"(?<![0-9.])(?P<a>1[0-2]|[1-9])[ ]?[-–—~～至到][ ]?(?P<b>1[0-2]|[1-9])[ ]?月(?:份)?")
_DAY_SPAN = re.compile(r"(?<=[日号])[ ]?[-–—~～至到][ ]?(?P<b>3[01]|[12][0-9]|[1-9])[日号]")
_DAYS_EN = re.compile(
    rf"(?<![\w-])(?P<month>{'|'.join(words.MONTHS['en'])}) (?P<a>[12]?[0-9]|3[01])[–-](?P<b>[12][0-9]|3[01]|[1-9])"
    rf"(?:, (?P<y>{_YEAR}))?(?![0-9])"
)
_TIME = re.compile(
    r"(?<![0-9:.])(?P<h>[01]?[0-9]|2[0-3]):(?P<m>[0-5][0-9])(?::(?P<s>[0-5][0-9]))?(?![0-9:])"
    r"(?:[ ]?(?P<p>[ap])\.?m\.?(?![a-z]))?"
    r"|(?<![0-9:.])(?P<h2>1[0-2]|[1-9])[ ]?(?P<p2>[ap])\.?m\.?(?![A-Za-z])"
    r"|(?P<z>上午|下午|早上|晚上|凌晨|中午|午前|午後|오전|오후)[ ]?(?P<h3>[01]?[0-9]|2[0-3])"
    r"(?:[ ]?[点时時시]|:(?=[0-5]))"
    r"(?:[ ]?(?P<m3>[0-5]?[0-9])(?:[ ]?[分분])?|(?P<half>半))?"
    r"|(?<![0-9:.])(?P<h4>[01]?[0-9]|2[0-3])(?:时(?![间代候刻期段常空差效长])|点(?=[ ]?[0-5]?[0-9]分))"
    r"(?:[ ]?(?P<m4>[0-5]?[0-9])分(?!钟))?",
)
_AFTERNOON = frozenset({"下午", "晚上", "午後", "오후", "p"})


def _han(token: str) -> int:
    """A month, day, quarter or year in digits or Chinese numerals."""
    if token.isascii():
        return int(token)
    if len(token) == 4:
        return int("".join(str("〇一二三四五六七八九".index(char.replace("零", "〇"))) for char in token))
    value = read_han(token)
    return int(value) if value is not None else 0


def _number(match: re.Match[str], *names: str) -> int | None:
    for name in names:
        if match[name]:
            return _han(match[name])
    return None


def _half(match: re.Match[str], *names: str) -> int | None:
    for name in names:
        if match[name]:
            return 1 if match[name] in "上상" else 2
    return None


def _from_han(match: re.Match[str], language: str) -> DateValue | None:
    fiscal = bool(match["fy"]) or (match["f"] is not None and language == "ja")
    return DateValue(
        year=_number(match, "y", "fy"),
        month=_number(match, "m", "m2", "m3", "m4", "m5"),
        day=_number(match, "d", "d2", "d4", "d5"),
        quarter=_number(match, "q", "qq", "fq", "q2", "q3"),
        half=_half(match, "h", "h2"),
        fiscal=fiscal,
    )


def _from_numeric(match: re.Match[str], language: str) -> DateValue | None:
    """15/03/2026. Day first, but month first in American English, where both are possible."""
    first, second = int(match["a"]), int(match["b"])
    american = language in ("en", "en-US") or language.startswith(("zh", "ja", "ko"))
    month, day = (first, second) if american and match["s"] == "/" else (second, first)
    if month > 12 >= day:
        month, day = day, month
    return DateValue(year=int(match["y"]), month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _from_iso(match: re.Match[str], language: str) -> DateValue | None:
    if match["d"] is None and (match["s"] == "." or len(match["m"]) < 2):
        return None
    return DateValue(year=int(match["y"]), month=int(match["m"]), day=int(match["d"]) if match["d"] else None)


def _from_code(match: re.Match[str], language: str) -> DateValue | None:
    year = match["y"] or match["yb"]
    if match["h"] and not year:
        return None  # a heading, a gas
    if match.group()[:1] in "TS" and language.split("-")[0] not in ("fr", "es", "pt"):
        return None
    quarter, half = match["q"], match["h"]
    return DateValue(
        year=int(year) if year else None,
        quarter=int(quarter) if quarter else None,
        half=int(half) if half else None,
        fiscal=bool(match["f"]),
    )


def _from_fiscal(match: re.Match[str], language: str) -> DateValue | None:
    year = int(match["y"])
    return DateValue(year=year if year > 99 else 2000 + year, quarter=_number(match, "q"), fiscal=True)


@lru_cache(maxsize=8)
def _named(language: str) -> list[tuple[str, re.Pattern[str]]]:
    """The patterns with month names of a Latin-script language, each with a word that must be in the text for it."""
    months = "|".join(f"{name}(?![A-Za-zÀ-ɏ])" for name in words.MONTHS[language])
    short = "|".join(rf"{name}(?:\.|(?![A-Za-zÀ-ɏ]))" for name in words.SHORT_MONTHS[language])
    month = rf"(?P<month>{months}|{short})"
    of, flags = words.OF[language], re.NOFLAG if language == "en" else re.IGNORECASE
    day = r"(?P<d>3[01]|[12][0-9]|0?[1-9])"
    ordinals = "|".join(re.escape(word) for word in words.ORDINAL_WORDS[language])
    fiscal = rf"(?P<f>{words.FISCAL[language]})"
    left = r"(?<![\w.,/-])"
    year, joint = rf"(?P<y>{_YEAR})(?![0-9])", "(?:of |in |de |del |do )?(?:the )?"
    patterns = [
        ("", rf"{left}{day}(?:\.|er|º|st|nd|rd|th)?[ \u00a0]{of}{month}(?:,? {of}{year})?", flags),
        ("", rf"{left}{month}[ \u00a0]{of}{year}", flags),
        (
            words.QUARTER[language][:7],
            rf"{left}(?P<o>{ordinals}) (?:fiscal )?(?:{words.QUARTER[language]})(?:,? {joint}(?:{fiscal} )?{year})?",
            re.IGNORECASE,
        ),
        (
            words.HALF[language][:4],
            rf"{left}(?P<o>{ordinals}) (?P<half>{words.HALF[language]}) {joint}"
            rf"(?:(?:{fiscal} )?{year}|(?:year|Jahres|l’année|año|ano)(?!\w))",
            re.IGNORECASE,
        ),
        ("", rf"{left}{fiscal} {year}", flags),
    ]
    if language == "en":
        bare = "|".join(name for name in words.MONTHS["en"] if name not in ("May", "March"))
        patterns += [
            (
                "",
                rf"(?<![\w-]){month} {day}(?:st|nd|rd|th)?(?![0-9]|[.,][0-9]|[ ]?%|[–-][0-9])(?:,? {year})?(?![0-9:])",
                flags,
            ),
            ("", rf"(?<![\w-])(?P<month>{bare})(?![\w-])", flags),
            (
                "Ma",
                r"(?:(?<=in )|(?<=by )|(?<=since )|(?<=last )|(?<=until )|(?<=of )|(?<=early )|(?<=late )|(?<=mid-)|\A)"
                r"(?P<month>May|March)(?![\w-]|\s[a-z])",
                flags,
            ),
        ]
    return [(word.casefold(), re.compile(pattern, flag)) for word, pattern, flag in patterns]


def _from_named(match: re.Match[str], language: str) -> DateValue | None:
    groups = match.groupdict()
    month = groups.get("month")
    ordinal = words.ORDINAL_WORDS[language].get((groups.get("o") or "").lower())
    return DateValue(
        year=int(groups["y"]) if groups.get("y") else None,
        month=_month(month, language) if month else None,
        day=int(groups["d"]) if groups.get("d") else None,
        quarter=None if groups.get("half") else ordinal,
        half=ordinal if groups.get("half") else None,
        fiscal=bool(groups.get("f")) or " fiscal " in match.group(),
    )


@lru_cache(maxsize=256)
def _month(name: str, language: str) -> int | None:
    plain = name.rstrip(".").casefold()
    for number, full in enumerate(words.MONTHS[language], start=1):
        if full.casefold() == plain:
            return number
    short = {key.casefold(): value for key, value in words.SHORT_MONTHS[language].items()}
    return short.get(plain)


@lru_cache(maxsize=8)
def _year_left(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<![A-Za-zÀ-ɏ])(?:{words.YEAR_AFTER[language]})[ -]|[(（])\Z", re.IGNORECASE)


Reader = Callable[[re.Match[str], str], DateValue | None]


def _readers(text: str, language: str) -> Iterator[tuple[re.Pattern[str], Reader]]:
    """The patterns worth trying on `text`, each with what reads its matches."""
    if _HAN_MARK.search(text):
        yield _HAN_DATE, _from_han
    yield _ISO, _from_iso
    yield _NUMERIC, _from_numeric
    yield _QUARTER_CODE, _from_code
    yield _FISCAL, _from_fiscal
    short = language.split("-", 1)[0]
    latin = short if short in words.MONTHS else "en"
    lowered = text.casefold()
    for word, pattern in _named(latin):
        if word in lowered:
            yield pattern, lambda match, _: _from_named(match, latin)


def find_dates(text: str, language: str) -> list[Quantity]:
    """Dates and times in `text` (folded), in order and without overlaps. `language` is a tag; en-GB has day first."""
    found: list[Quantity] = []
    for pattern, read in _readers(text, language):
        for match in pattern.finditer(text):
            value = read(match, language)
            if value is not None and value != DateValue():
                found.append(_quantity(text, match.start(), match.end(), value))
    found += _years(text, language)
    found += _english_spans(text)
    found += _times(text)
    found.sort(key=lambda item: (item.span.start, -item.span.end))
    kept: list[Quantity] = []
    for item in found:
        if not kept or item.span.start >= kept[-1].span.end:
            kept.append(item)
    return _inherit(kept)


def _quantity(text: str, start: int, end: int, value: DateValue) -> Quantity:
    span = Span(start, end)
    return Quantity(span, span.of(text), Kind.DATE, None, date=value)


def _years(text: str, language: str) -> Iterator[Quantity]:
    short = language.split("-", 1)[0]
    left = _year_left(short if short in words.MONTHS else "en")
    for match in _BARE_YEAR.finditer(text):
        if left.search(text[max(0, match.start() - 20) : match.start()]) or len(match.group()) == len(text):
            yield _quantity(text, match.start(), match.end(), DateValue(year=int(match.group())))
    for match in _YEARS.finditer(text):
        if int(match["a"]) < int(match["b"]):
            tail = 1 if text[match.end() : match.end() + 1] in ("年", "년") else 0
            yield _quantity(text, match.start("a"), match.end("a"), DateValue(year=int(match["a"])))
            yield _quantity(text, match.start("b"), match.end("b") + tail, DateValue(year=int(match["b"])))
    for match in _MONTH_SPAN.finditer(text):
        if int(match["a"]) < int(match["b"]):
            yield _quantity(text, match.start("a"), match.end("a"), DateValue(month=int(match["a"])))
            yield _quantity(text, match.start("b"), match.end(), DateValue(month=int(match["b"])))
    for match in _DAY_SPAN.finditer(text):
        yield _quantity(text, match.start("b"), match.end(), DateValue(day=int(match["b"])))


def _english_spans(text: str) -> Iterator[Quantity]:
    """March 15–20, 2026: two days of one month."""
    for match in _DAYS_EN.finditer(text):
        month, year = _month(match["month"], "en"), int(match["y"]) if match["y"] else None
        first, second = int(match["a"]), int(match["b"])
        if first < second:
            yield _quantity(text, match.start(), match.end("a"), DateValue(year, month, first))
            yield _quantity(text, match.start("b"), match.end(), DateValue(year, month, second))


def _inherit(dates: list[Quantity]) -> list[Quantity]:
    """In "3月15日至20日" the 20th is of the same month: stated by the text, so filled in."""
    for index in range(1, len(dates)):
        this, last = dates[index].date, dates[index - 1].date
        if this == DateValue(day=this.day if this else None) and last and last.day and last.month:
            gap = dates[index].span.start - dates[index - 1].span.end
            if this.day and gap <= 3 and this.day > last.day:
                dates[index] = replace(dates[index], date=replace(last, day=this.day))
    return dates


def _times(text: str) -> Iterator[Quantity]:
    for match in _TIME.finditer(text):
        hour = int(match["h"] or match["h2"] or match["h3"] or match["h4"])
        minute = 30 if match["half"] else int(match["m"] or match["m3"] or match["m4"] or 0)
        half_day = match["p"] or match["p2"] or match["z"] or ""
        if half_day in _AFTERNOON and hour < 12:
            hour += 12
        elif half_day == "a" and hour == 12:
            hour = 0
        seconds = Fraction(int(match["s"] or 0), 60)
        span = Span(match.start(), match.end())
        yield Quantity(span, span.of(text), Kind.TIME, Fraction(hour * 60 + minute) + seconds)
