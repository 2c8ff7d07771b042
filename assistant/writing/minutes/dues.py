"""By when something is to be done, as it was said: a date, a weekday, "before the end of the month"."""

from __future__ import annotations

import re

_ZH_DAY = (
    r"(?:\d{4}\s*年)?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]"
    r"|\d{1,2}\s*[号日](?![线楼馆位])|(?:本|这个?|下个?|上)?(?:周|星期|礼拜)[一二三四五六日天末]|[本这下](?:周"
    r"|个?月|季度)(?![一二三四五六日天])"
    r"|(?:今|明|后)天|当天|今晚|明早|月底|月初|年底|年初|季度末|(?:\d+"
    r"|[一二两三四五六七八九十]+)\s*(?:个)?(?:工作日|天|周|小时|个月)(?=之?内|以内|后|之后|，|。|$)"
    r"|(?:发|开会|上线|发布|会议|散会|下班|春节|国庆)之?前|散会后|会后"
)
_ZH = re.compile(
    rf"(?:{_ZH_DAY})(?:(?:的)?(?:下班|上午|下午|晚上|中午|早上))?(?:\s*\d{{1,2}}\s*[点:：]\d{{0,2}})?(?:之?前"
    rf"|以前|之?内|以内|后|之后|那天)?"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_ORDINAL = (
    r"(?:twenty-|thirty-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_EN_DAY = (
    rf"(?:(?:{_WEEKDAY}),? (?:that is )?)?(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?)(?:,? \d{{4}})?"
    rf"|the (?:{_ORDINAL}|\d{{1,2}}(?:st|nd|rd|th))(?: of {_MONTH}|(?=[,.;?!]|$))|(?:next |this "
    rf"|coming )?{_WEEKDAY}(?:, the (?:{_ORDINAL}))?"
    r"|tomorrow(?: morning| afternoon)?|today|tonight|(?:the )?end of (?:the |this |next )?(?:day|week|month"
    r"|quarter|year)"
    r"|(?:this|next) (?:week|month|quarter|year)|(?:(?:the )?next|our next) meeting|within \w+ (?:days|weeks"
    r"|hours)|in (?:a|two|three|four) (?:days|weeks?|months?)"
    r"|(?:a |two |three )?(?:working )?days? (?:after|before) \w+"
)
_EN = re.compile(rf"(?:\b(?:by|before|on|until|till|at|for|no later than) )?\b(?:{_EN_DAY})\b", re.IGNORECASE)
_BY = re.compile(r"前|内|底|\b(?:by|before|until|till|no later than|within)\b", re.IGNORECASE)
_EXACT = re.compile(rf"[日号]|[周期拜][一二三四五六日天末]|\d|{_WEEKDAY}|{_ORDINAL}", re.IGNORECASE)
_PAST = re.compile(r"上(?:个)?(?:周|月|星期|礼拜)|去年|昨|\b(?:last|since|yesterday)\b", re.IGNORECASE)


def dues(said: str) -> list[re.Match[str]]:
    """Every time of a sentence by which something could be due, in order."""
    han = any("一" <= c <= "鿿" for c in said)
    found = (_ZH if han else _EN).finditer(said)
    return [m for m in found if not _PAST.search(said[max(0, m.start() - 6) : m.end()])]


def due(said: str) -> str:
    """The time by which something is due: one with "by" (前) first, else the last that is named; empty when none is."""
    found = [m.group().strip() for m in dues(said)]
    firm = [text for text in found if _BY.search(text)]
    exact = [text for text in firm if _EXACT.search(text)] or [text for text in found if _EXACT.search(text)]
    chosen = (exact or firm or found or [""])[-1]
    return re.sub(r"^(?:on|at|for) ", "", chosen, flags=re.IGNORECASE)


def without_dues(said: str) -> str:
    """A sentence without its times, and without what is left over of the punctuation around them."""
    for match in reversed(dues(said)):
        said = f"{said[: match.start()]}{said[match.end() :]}"
    said = re.sub(r"\b(?:that is|i\.e\.)\s*(?=[,.]|$)", "", said)
    said = re.sub(r"\s+([,.;])", r"\1", re.sub(r"([，,、])(?:\s*[，,、])+", r"\1", said))
    return re.sub(r"\s{2,}", " ", said).strip(" ，,、")
