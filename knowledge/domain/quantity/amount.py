"""A numeral with what belongs to it: sign, scale, currency, unit, qualifier."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from knowledge.domain.finding import Span
from knowledge.domain.quantity import qualifiers
from knowledge.domain.quantity.currency import currency_before
from knowledge.domain.quantity.model import Kind, Qualifier, Quantity
from knowledge.domain.quantity.names import continues_name, is_name
from knowledge.domain.quantity.numerals import Numeral
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
_HALF_UNITS = {"月": "month", "小时": "hour", "钟头": "hour", "星期": "week", "周": "week"}
_DASHES = "-–—~～至到"
_BEFORE_MINUS = " (\n\t:（：，、；。为是达至到于率"
_SPENT = tuple("了有时达用过经历耗")
_LONG = frozenset({"day", "week", "month", "quarter", "year"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity under construction. `core` is currency to unit, `start`:`end` adds the words of the qualifier."""

    start: int
    end: int
    core: Span
    value: Fraction
    kind: Kind = Kind.NUMBER
    unit: str = ""
    factor: int = 1
    qualifier: Qualifier = Qualifier.EXACT
    high: Fraction | None = None
    currency_first: bool = False

    def quantity(self, text: str) -> Quantity:
        """The finished quantity of `text`."""
        span = Span(self.start, self.end)
        return Quantity(span, span.of(text), self.kind, self.value, self.high, self.unit, self.qualifier)


def build(text: str, numeral: Numeral, language: str, previous_end: int) -> Amount | None:
    """The amount of one numeral; None when its digits are part of a name.

    `previous_end` is where the core of the amount before ended: a dash there makes a range and no identifier.
    """
    currency = currency_before(text, numeral.start, language)
    start, sign = numeral.start, 1
    if currency:
        start = currency.start
    elif not numeral.spelled and not (start - 1 == previous_end and text[start - 1] in _DASHES):
        if continues_name(text, start):
            return None
        sign = _sign(text, start)
        if sign == 0:
            return None
        start -= sign < 0
    over = qualifiers.infix(text, numeral.end, language)
    value, position, factor = _scaled(text, numeral, over.end if over else numeral.end, language, bool(currency))
    if not over and (over := qualifiers.infix(text, position, language)):
        position = over.end
    kind, unit = Kind.NUMBER, ""
    if currency:
        kind, unit = Kind.MONEY, currency.code
        suffix = match_suffix(text, position, language)
        position = suffix.end if suffix and (suffix.kind, suffix.unit) == (kind, unit) else position
    else:
        value, position, suffix, more = _with_suffix(text, value, position, language)
        over = over or more
        if suffix:
            kind, unit = suffix.kind, suffix.unit
        elif factor == 1 and not numeral.spelled and is_name(text, start, position):
            return None
    qualifier = over.qualifier if over else Qualifier.EXACT
    core = Span(start, position)
    amount = Amount(start, position, core, sign * value, kind, unit, factor, qualifier, None, currency is not None)
    return qualified(text, amount, language)


def _sign(text: str, start: int) -> int:
    """-1 after a minus, 0 after the hyphen of an identifier, else 1."""
    if not start or text[start - 1] != "-":
        return 1
    left = text[start - 2 : start - 1]
    if not left or left in _BEFORE_MINUS:
        return -1
    return 0 if left.isascii() else 1


def _with_suffix(
    text: str, value: Fraction, position: int, language: str
) -> tuple[Fraction, int, Suffix | None, Found | None]:
    """Value, end and suffix of a number without currency; 半 and 多 may stand inside or behind a unit of time."""
    if split := _HALF_UNIT.match(text, position):
        suffix = Suffix(Kind.DURATION, _HALF_UNITS[split["u"]], split.end())
        if split["w"] == "半":
            return value + Fraction(1, 2), split.end(), suffix, None
        return value, split.end(), suffix, Found(Qualifier.OVER, position, split.end())
    found = match_suffix(text, position, language)
    if found is None:
        return value, position, None, None
    if found.factor != 1:
        value *= found.factor
    position = found.end
    if found.kind is Kind.DURATION and language == "zh":
        if half := _HALF_AFTER.match(text, position):
            return value + Fraction(1, 2), half.end(), found, None
        if more := _OVER_AFTER.match(text, position):
            return value, more.end(), found, Found(Qualifier.OVER, position, more.end())
    return value, position, found, None


def _scaled(text: str, numeral: Numeral, position: int, language: str, money: bool) -> tuple[Fraction, int, int]:
    """Value, end and first factor after the scale words, with lower parts as in 1亿2000万 or 1億2,000万."""
    value = numeral.value
    scale = match_scale(text, position, language, len(str(int(value))), money)
    if scale is None:
        return value, position, 1
    value, position, last = value * scale.factor, scale.end, scale.factor
    first = last
    while scale and scale.han and last > 1000:
        part = _NEXT_PART.match(text, position)
        if part is None:
            break
        token = (part["digits"] or "") + (part["more"] or "") or part["rest"]
        lower = match_scale(text, part.end(), language, len(token), False)
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


def qualified(text: str, amount: Amount, language: str) -> Amount:
    """`amount` with the qualifier words on both sides; the left ones decide where both speak."""
    if amount.kind is Kind.ORDINAL:
        return amount
    duration = amount.kind is Kind.DURATION
    before = qualifiers.before(text, amount.core.start, language, duration=duration)
    if before and amount.unit in _LONG and _is_past(text, before.start, amount.core):
        before = None
    after = qualifiers.after(text, amount.core.end, language, duration=duration)
    if before or after:
        return replace(
            amount,
            start=before.start if before else amount.start,
            end=after.end if after else amount.end,
            qualifier=(before or after or amount).qualifier,
        )
    apart = qualifiers.after_noun(text, amount.core.end, language) or qualifiers.detached(text, amount.core.start)
    return replace(amount, qualifier=apart) if apart else amount


def _is_past(text: str, start: int, core: Span) -> bool:
    """True for 近两年, the past two years; 历时近两年 and 近两年前 are nearly two."""
    if text[start : core.start].strip() != "近":
        return False
    return text[start - 1 : start] not in _SPENT and not text.startswith(("前", "历史", "的历史", "时间"), core.end)
