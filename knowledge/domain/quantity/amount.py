"""A numeral with what belongs to it: sign, scale, currency, unit, qualifier."""

from __future__ import annotations

import re
from fractions import Fraction

from knowledge.domain.quantity import qualifiers
from knowledge.domain.quantity.currency import currency_before
from knowledge.domain.quantity.model import Kind, Qualifier
from knowledge.domain.quantity.names import continues_name, is_name
from knowledge.domain.quantity.page import Amount, Page
from knowledge.domain.quantity.qualifiers import Found
from knowledge.domain.quantity.scales import match_scale
from knowledge.domain.quantity.suffixes import Suffix, match_suffix

_NEXT_PART = re.compile(
    r"[ ]?(?P<digits>[0-9]{1,4})(?:,(?P<more>[0-9]{3}))?(?![0-9.])(?=[ ]?[百千万만억천])"
    r"|[ ]?(?P<rest>[0-9]{1,4})(?![0-9.,])"
)
_HALF_AFTER = re.compile(r"半(?![天年月导径])")
_OVER_AFTER = re.compile(r"多(?![次种样个项家元维方云租地媒])")
_HALF_UNIT = re.compile(r"[ ]?个(?P<w>半|多)(?P<u>月|小时|钟头|星期|周)")
_HALF_BETWEEN = re.compile(r" and a half(?!\w)")
_FRENCH_BETWEEN = re.compile(r" (?:derni(?:ères|ers)|prochaine?s|premi(?:ères|ers))(?= )")
# Two years and a half, deux ans et demi, 2年半.
_AND_HALF = {
    "en": re.compile(r" and a half(?!\w)"),
    "fr": re.compile(r" et demie?(?!\w)"),
    "es": re.compile(r" y medi[oa](?!\w)"),
    "pt": re.compile(r" e mei[oa](?!\w)"),
    "ja": re.compile(r"半(?![数分径])"),
    "ko": re.compile(r" ?반(?![가-힣])"),
}
_HALF_MORE = re.compile(r"[ ]?个半(?![圆径导球透程路山成自月小钟星周])")
_HALF_UNITS = {"月": "month", "小时": "hour", "钟头": "hour", "星期": "week", "周": "week"}
_DASHES = "-–—~～至到"
_BEFORE_MINUS = " (\n\t:（：，、；。为是达至到于率"
_SPENT = tuple("了有时达用过经历耗")
_PIECES = frozenset("个 ")
# Looked up for every number, and slow to look up in the enumeration.
_NUMBER, _MONEY, _DURATION, _MULTIPLE, _ORDINAL = Kind.NUMBER, Kind.MONEY, Kind.DURATION, Kind.MULTIPLE, Kind.ORDINAL
_EXACT = Qualifier.EXACT
_LONG = frozenset({"day", "week", "month", "quarter", "year"})


def build(page: Page, start: int, end: int, value: Fraction, *, spelled: bool) -> int:
    """Record the amount of one numeral `start`:`end`; 0 when its digits are part of a name.

    A dash right after the amount before makes a range and no identifier.
    """
    text, language = page.text, page.language
    currency = currency_before(text, start, language)
    first, sign = start, 1
    if currency:
        first = currency.start
    elif not spelled and not (start - 1 == page.core_end and text[start - 1] in _DASHES):
        if continues_name(text, start):
            return 0
        sign = _sign(text, start)
        if sign == 0:
            return 0
        first -= sign < 0
    over = qualifiers.infix(text, end, language)
    value, position, factor = _scaled(page, value, over.end if over else end, bool(currency))
    if not over and (over := qualifiers.infix(text, position, language)):
        position = over.end
    kind, unit = _NUMBER, ""
    if currency:
        kind, unit = _MONEY, currency.code
        suffix = match_suffix(text, page.low, position, language)
        position = suffix.end if suffix and (suffix.kind, suffix.unit) == (kind, unit) else position
    else:
        value, position, suffix, more = _with_suffix(page, value, position)
        over = over or more
        if suffix:
            kind, unit = suffix.kind, suffix.unit
        elif (
            factor == 1
            and not spelled
            and (is_name(page, first, position) or _is_nothing(text, value, first, position))
        ):
            return 0
    qualifier = over.qualifier if over else _EXACT
    amount = Amount(
        first,
        position,
        -value if sign < 0 else value,
        kind,
        unit,
        factor,
        qualifier,
        None,
        currency is not None,
        spelled,
    )
    qualify(page, amount)
    page.amounts.append(amount)
    return position


def _is_nothing(text: str, value: Fraction, start: int, end: int) -> bool:
    """True for the 0 of 0成本 and 0 downtime, which are sayings."""
    if text[start - 1 : start] in ("-", "–"):
        return False
    after = text[end : end + 2]
    return value == 0 and (after[:1].isalpha() or (after[:1] == " " and after[1:].isalpha()))


def add(
    page: Page,
    start: int,
    end: int,
    value: Fraction,
    kind: Kind = _NUMBER,
    unit: str = "",
    qualifier: Qualifier = _EXACT,
) -> int:
    """Record an amount that is read already, with the qualifiers around it; returns its end."""
    amount = Amount(start, end, value, kind, unit, 1, qualifier)
    qualify(page, amount)
    page.amounts.append(amount)
    return end


def _sign(text: str, start: int) -> int:
    """-1 after a minus, 0 after the hyphen of an identifier, else 1."""
    if not start or text[start - 1] != "-":
        return 1
    left = text[start - 2 : start - 1]
    if not left or left in _BEFORE_MINUS:
        return -1
    return 0 if left.isascii() else 1


def _with_suffix(page: Page, value: Fraction, position: int) -> tuple[Fraction, int, Suffix | None, Found | None]:
    """Value, end and suffix of a number without currency; 半 and 多 may stand inside or behind a unit of time."""
    text, between = page.text, None
    at_piece = text[position : position + 1] in _PIECES
    if at_piece and (split := _HALF_UNIT.match(text, position)):
        suffix = Suffix(_DURATION, _HALF_UNITS[split["u"]], split.end())
        if split["w"] == "半":
            return value + Fraction(1, 2), split.end(), suffix, None
        return value, split.end(), suffix, Found(Qualifier.OVER, position, split.end())
    if at_piece and (half := _HALF_MORE.match(text, position)):
        return value + Fraction(1, 2), half.end(), None, None  # 四个半员工
    if page.language == "en" and value < 1000 and (half := _HALF_BETWEEN.match(page.low, position)):
        value, position = value + Fraction(1, 2), half.end()  # 3 and a half hours
    if page.language == "fr" and (between := _FRENCH_BETWEEN.match(text, position)):
        position = between.end()
    found = match_suffix(text, page.low, position, page.language)
    if found is None:
        return value, position if not between else between.start(), None, None
    if found.kind is _MULTIPLE and value >= 10**6 and page.language not in ("zh", "ja", "ko"):
        return value, position if between is None else between.start(), None, None  # seen a million times
    if found.factor != 1:
        value *= found.factor
    position = found.end
    if found.kind is _DURATION and page.language in _AND_HALF:
        if half := _AND_HALF[page.language].match(page.low, position):
            return value + found.factor / 2, half.end(), found, None
    elif found.kind is _DURATION and page.language == "zh":
        if half := _HALF_AFTER.match(text, position):
            return value + Fraction(1, 2), half.end(), found, None
        if more := _OVER_AFTER.match(text, position):
            return value, more.end(), found, Found(Qualifier.OVER, position, more.end())
    return value, position, found, None


def _scaled(page: Page, value: Fraction, position: int, money: bool) -> tuple[Fraction, int, int]:
    """Value, end and first factor after the scale words, with lower parts as in 1亿2000万 or 1億2,000万."""
    text, language = page.text, page.language
    scale = match_scale(text, page.low, position, language, value, money)
    if scale is None:
        return value, position, 1
    value, position, last = value * scale.factor, scale.end, scale.factor
    first = last
    while scale and scale.han and last > 1000:
        part = _NEXT_PART.match(text, position)
        if part is None:
            break
        token = (part["digits"] or "") + (part["more"] or "") or part["rest"]
        lower = match_scale(text, page.low, part.end(), language, Fraction(int(token)), False)
        step = lower.factor if lower else 1
        if step >= last or int(token) * step >= last or (part["rest"] and not _closes(part, language)):
            break
        value, last, scale = value + int(token) * step, step, lower
        position = lower.end if lower else part.end()
    return value, position, first


def _closes(part: re.Match[str], language: str) -> bool:
    """True when bare digits after a scale belong to the number: 1억 2000 (ko), 1万500 (ja), 3万2000."""
    if part.group()[0] == " ":
        return language == "ko"
    return language != "zh" or len(part["rest"]) == 4


def qualify(page: Page, amount: Amount) -> None:
    """Give `amount` the qualifier words on both sides; the left ones decide where both speak."""
    duration = amount.kind is _DURATION
    if amount.kind is _ORDINAL:
        return
    language = page.language
    before = qualifiers.before(page.low, amount.core_start, language, duration=duration)
    if before and amount.unit in _LONG and _is_past(page.text, before.start, amount):
        before = None
    after = qualifiers.after(page.text, amount.core_end, language, duration=duration)
    if before:
        amount.start, amount.qualifier = before.start, before.qualifier
    if after:
        amount.end = after.end
        if not before:
            amount.qualifier = after.qualifier
    if not before and not after:
        apart = qualifiers.after_noun(page.text, amount.core_end, language)
        apart = apart or qualifiers.detached(page.text, amount.core_start)
        if apart:
            amount.qualifier = apart


def _is_past(text: str, start: int, amount: Amount) -> bool:
    """True for 近两年, the past two years; 历时近两年 and 近两年前 are nearly two."""
    if text[start : amount.core_start].strip() != "近":
        return False
    return text[start - 1 : start] not in _SPENT and not text.startswith(
        ("前", "历史", "的历史", "时间"), amount.core_end
    )
