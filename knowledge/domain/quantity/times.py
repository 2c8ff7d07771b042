"""Times of day. The value is minutes since midnight; where the text does not say morning or afternoon, the earlier."""

from __future__ import annotations

import re
from fractions import Fraction

from knowledge.domain.finding import Span
from knowledge.domain.quantity import qualifiers
from knowledge.domain.quantity.model import Kind, Qualifier, Quantity
from knowledge.domain.quantity.numerals import read_han
from knowledge.domain.quantity.page import Page
from knowledge.domain.quantity.trie import one_of

_CLOCK = re.compile(
    r"(?<![0-9:.])(?P<h>[01]?[0-9]|2[0-3]):(?P<m>[0-5][0-9])(?::(?P<s>[0-5][0-9]))?(?![0-9:])"
    r"(?:[ ]?(?P<p>[ap])(?:m|\.m\.)(?![a-z]))?",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?<![0-9:.])(?P<h>1[0-2]|[1-9])[ ]?(?P<p>[ap])(?:m|\.m\.)(?![A-Za-z])", re.IGNORECASE)
_EAST = re.compile(
    r"(?P<h>[01]?[0-9]|2[0-3])(?:[ ]?[点时時시]|:(?=[0-5]))"
    r"(?:[ ]?(?P<m>[0-5]?[0-9])(?:[ ]?[分분])?|[ ]?(?P<half>[半반])|(?P<quarter>[一三])刻)?[钟整]?"
)
_EAST_ALONE = re.compile(
    r"(?<![0-9:.])(?P<h>[01]?[0-9]|2[0-3])"
    r"(?:(?:时(?![间代候刻期段常空差效长])|点(?=[ ]?[0-5]?[0-9]分)|[時시](?=[ ]?[0-5]?[0-9][分분]|[ ]?[半반]))"
    r"(?:[ ]?(?P<m>[0-5]?[0-9])[分분](?!钟)|[ ]?(?P<half>[半반]))?"
    r"|点(?:(?P<half2>半)|(?P<quarter>[一三])刻|[钟整](?!头)))"
)
_DIGIT = "[一二两三四五六七八九]"
_HAN = re.compile(
    rf"(?P<h>二?十{_DIGIT}?|{_DIGIT}|零)[点时時]"
    rf"(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<m>[二三四五]?十{_DIGIT}?|[零〇]{_DIGIT}|{_DIGIT})分(?!之|钟)"
    rf"|(?P<bare>[二三四五]?十{_DIGIT}?)(?![个家台万亿千百])|(?P<sharp>[钟整](?!头)))?"
)
_HALF_DAY = re.compile(
    r"(?:上午|下午|早上|早晨|傍晚|晚上|夜里|深夜|凌晨|清晨|中午|午前|午後|午后|早朝|오전|오후|새벽|아침|저녁|밤)"
    r"(?=[ ]?\Z)"
)
HALF_DAY_ENDS = frozenset("午上晨晚里夜前後后朝전후벽침녁밤 ")
_AFTERNOON = frozenset(
    ("下午", "傍晚", "晚上", "午後", "午后", "오후", "저녁", "p", "in the afternoon", "in the evening")
)
# Before midnight or after it, as the hour says.
_NIGHT = frozenset(("夜里", "深夜", "밤", "at night"))

_HOURS = {
    word: hour
    for hour, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
}
_MINUTES = {"five": 5, "ten": 10, "twenty": 20, "twenty-five": 25, "quarter": 15, "a quarter": 15, "half": 30}
_PART_EN = r"(?: ?(?P<p>[ap])(?:m|\.m\.)(?![a-z])| (?P<part>in the (?:morning|afternoon|evening)|at night))?"
_HOUR_EN = rf"{one_of(_HOURS)}|1[0-2]|[1-9]"
_PAST_EN = re.compile(
    rf"(?P<n>{one_of(_MINUTES)})(?: minutes)? (?P<to>past|to|before|after) (?P<h>{_HOUR_EN})(?![\w.,:]\w|%|\w)"
    rf"(?: o['’]clock)?{_PART_EN}"
)
_SHARP_EN = re.compile(rf"(?P<h>{_HOUR_EN}) o['’]clock(?!\w){_PART_EN}")
_AT = re.compile(r"(?<![\w-])(?:at|until|till|by|around|from) (?:about )?\Z")
_HOURS_DE = {
    word: hour
    for hour, word in enumerate("ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(), start=1)
}
_WORDS_DE = re.compile(
    rf"(?:(?P<n>viertel|fünf|zehn|zwanzig) (?P<to>nach|vor) (?P<h>{one_of(_HOURS_DE)})"
    rf"|halb (?P<half>{one_of(_HOURS_DE)})|(?P<h2>{one_of(_HOURS_DE)}) uhr)(?! ?(?:prozent|million))(?!\w)"
)
_HOURS_LATIN = {
    "es": {
        word: n
        for n, word in enumerate("una dos tres cuatro cinco seis siete ocho nueve diez once doce".split(), start=1)
    },
    "pt": {
        word: n
        for n, word in enumerate("uma duas três quatro cinco seis sete oito nove dez onze doze".split(), start=1)
    },
}
_WORDS_LATIN = {
    "es": re.compile(
        rf"(?<=las )(?P<h>{one_of(_HOURS_LATIN['es'])})(?!\w)(?: (?P<to>menos) cuarto| y (?P<n>media|cuarto))?"
    ),
    "pt": re.compile(rf"(?<=às )(?P<h>{one_of(_HOURS_LATIN['pt'])})(?!\w)(?: e (?P<n>meia|quarto))?"),
}
_MINUTES_DE = {"viertel": 15, "fünf": 5, "zehn": 10, "zwanzig": 20}
# 14 Uhr 30, 14 h 30, 14h30, 14.30 Uhr.
_LATIN = {
    "de": re.compile(r"(?P<h>[01]?[0-9]|2[0-4])(?:[.:](?P<m>[0-5][0-9]))? Uhr(?: (?P<m2>[0-5][0-9])(?![0-9]))?(?!\w)"),
    "fr": re.compile(
        r"(?P<h>[01]?[0-9]|2[0-3])(?: ?h ?(?P<m>[0-5][0-9])(?![0-9\w])"
        r"| heures?(?= du matin| du soir| de l['’]après-midi| pile))"
    ),
    "es": re.compile(r"(?P<h>[01]?[0-9]|2[0-3])(?:[.:](?P<m>[0-5][0-9]))? ?h(?:s|rs)?\.?(?![\w/])"),
    "pt": re.compile(
        r"(?P<h>[01]?[0-9]|2[0-3])(?:h(?P<m>[0-5][0-9])(?![0-9\w])|(?::(?P<m2>[0-5][0-9]))? ?h(?:s|rs)?\.?(?![\w/]))"
    ),
}
# Where hours could also be a duration, the word before must say that it is a time.
_LATIN_LEFT = {
    "es": re.compile(r"(?<!\w)(?:a las|las|hasta las|desde las|de las|a la) \Z"),
    "pt": re.compile(r"(?<!\w)(?:às|as|até as|das|à) \Z"),
}


_MERIDIEMS, _EAST_HOURS, _LATIN_HOURS = frozenset(" apAP"), frozenset("时点時시"), frozenset(" .hH:")


def read_time(page: Page, start: int, end: int) -> int:
    """The time of day that a run of digits begins."""
    if end - start > 2:
        return 0
    text, after = page.text, page.text[end : end + 1]
    part = _half_day(text, start)
    if part is not None and (match := _EAST.match(text, start)):
        return _add(page, part, match, text[part:start].strip())
    if after in _LATIN_HOURS and page.language in _LATIN and (match := _LATIN[page.language].match(text, start)):
        left = _LATIN_LEFT.get(page.language)
        if left is None or match["m"] or left.search(page.low, max(0, start - 12), start):
            return _add(page, start, match, "")
    if after == ":" and (match := _CLOCK.match(text, start)):
        return _add(page, start, match, (match["p"] or "").lower())
    if after in _MERIDIEMS and (match := _HOUR.match(text, start)):
        return _add(page, start, match, match["p"].lower())
    if after in _EAST_HOURS and (match := _EAST_ALONE.match(text, start)):
        return _add(page, start, match, "")
    if after == " " and page.language == "en":
        return read_time_words(page, start, end)
    return 0


def read_han_time(page: Page, start: int, end: int) -> int:
    """三点半, 下午两点十五分, 八点钟; the hour alone only after 上午 and its like."""
    match = _HAN.match(page.text, start)
    if match is None:
        return 0
    part = _half_day(page.text, start)
    told = match["half"] or match["quarter"] or match["m"] or match["sharp"]
    if part is None and not told:
        return 0
    return _add(page, start if part is None else part, match, "" if part is None else page.text[part:start].strip())


def read_time_words(page: Page, start: int, end: int) -> int:
    """Half past nine, quarter to five, three o'clock; halb neun, acht Uhr."""
    low = page.low
    if page.language != "en":
        match = (_WORDS_DE if page.language == "de" else _WORDS_LATIN[page.language]).match(low, start)
        if match is None or (page.language in _HOURS_LATIN and not match["n"] and not match.groupdict().get("to")):
            return 0
        return _add(page, start, match, "")
    if sharp := _SHARP_EN.match(low, start):
        return _add(page, start, sharp, sharp["p"] or sharp["part"] or "")
    match = _PAST_EN.match(low, start)
    if match is None or not _is_time(low, start, match):
        return 0
    first = start - 2 if match["n"] == "quarter" and low[start - 2 : start] == "a " else start
    return _add(page, first, match, match["p"] or match["part"] or "")


def _is_time(low: str, start: int, match: re.Match[str]) -> bool:
    """True for ten past three and at five to ten; five to ten (people) is a range."""
    if match["n"] in ("half", "quarter"):
        return match["n"] == "quarter" or match["to"] == "past"
    if match["to"] == "past" or match["p"] or match["part"]:
        return True
    return match["to"] == "to" and _AT.search(low, max(0, start - 18), start) is not None


def time_words(language: str) -> list[str]:
    """The words that `read_time_words` begins at."""
    if language == "en":
        return ["half", "quarter", *_HOURS, "twenty"]
    if language == "de":
        return ["halb", "viertel", "zwanzig", *_HOURS_DE]
    return list(_HOURS_LATIN.get(language, ()))


def _half_day(text: str, start: int) -> int | None:
    """Where 上午, 下午 and their like begin before `start`; None without one."""
    if not start or text[start - 1] not in HALF_DAY_ENDS:
        return None
    match = _HALF_DAY.search(text, max(0, start - 3), start)
    return match.start() if match else None


def _add(page: Page, start: int, match: re.Match[str], half_day: str) -> int:
    """Record a time from the groups of its pattern: hour, minute, second, half, quarter, past or to."""
    groups = {name.rstrip("2"): value for name, value in match.groupdict().items() if value}
    hour, minute = _hour(groups), _minute(groups)
    if groups.get("to") in ("to", "before", "vor", "menos") or ("half" in groups and groups["half"] in _HOURS_DE):
        hour, minute = hour - 1, (60 - minute) % 60 if "to" in groups else minute
    if hour < 12 and (half_day in _AFTERNOON or (half_day in _NIGHT and hour >= 6)):
        hour += 12
    elif half_day == "a" and hour == 12:
        hour = 0
    qualifier = qualifiers.before(page.low, start, page.language)
    if qualifier is None or qualifier.qualifier not in (Qualifier.ABOUT, Qualifier.NEARLY):
        qualifier = None
    span = Span(qualifier.start if qualifier else start, match.end())
    value = Fraction(hour % 24 * 60 + minute) + Fraction(int(groups.get("s", 0)), 60)
    how = qualifier.qualifier if qualifier else Qualifier.EXACT
    page.dates.append(Quantity(span, span.of(page.text), Kind.TIME, value, qualifier=how, language=page.language))
    return span.end


_PARTS_LATIN = {"media": 30, "meia": 30, "cuarto": 15, "quarto": 15}


def _hour(groups: dict[str, str]) -> int:
    token = groups.get("h") or groups["half"]
    if token.isdigit():
        return int(token)
    for hours in (_HOURS, _HOURS_DE, *_HOURS_LATIN.values()):
        if token in hours:
            return hours[token]
    return int(read_han(token) or 0)


def _minute(groups: dict[str, str]) -> int:
    if "half" in groups:
        return 30
    if "quarter" in groups:
        return 15 if groups["quarter"] in ("一", "1") else 45
    if groups.get("to") == "menos":
        return 15
    token = groups.get("m") or groups.get("bare") or groups.get("n") or "0"
    if token in _PARTS_LATIN:
        return _PARTS_LATIN[token]
    if token.isdigit():
        return int(token)
    if token in _MINUTES or token in _MINUTES_DE:
        return _MINUTES.get(token) or _MINUTES_DE[token]
    return int(read_han(token.lstrip("零〇")) or 0)
