"""A numeral with what belongs to it: sign, scale, currency, unit, qualifier."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from knowledge.domain.finding import Span
from knowledge.domain.quantity import qualifiers
from knowledge.domain.quantity.currency import currency_before
from knowledge.domain.quantity.han import suffix_after_noun
from knowledge.domain.quantity.model import Kind, Qualifier, Quantity
from knowledge.domain.quantity.names import continues_name, is_name
from knowledge.domain.quantity.numerals import Numeral
from knowledge.domain.quantity.scales import match_scale
from knowledge.domain.quantity.suffixes import Suffix, match_suffix

_NEXT_PART = re.compile(
    r"[ ]?(?P<digits>[0-9]{1,4})(?:,(?P<more>[0-9]{3}))?(?![0-9.])(?=[ ]?[百千万만억천])|[ ]?(?P<rest>[0-9]{1,4})(?![0-9.,])"
)
_HALF_AFTER = re.compile(r"半(?![天年月导径])")
_ZH_OVER_AFTER = re.compile(r"多(?![次种样个项家元维方云租地媒])")
_HALF_UNIT = re.compile(r"[ ]?个(?P<w>半|多)(?P<u>月|小时|钟头|星期|周)")
_HALF_UNITS = {"月": "month", "小时": "hour", "钟头": "hour", "星期": "week", "周": "week"}
_DASHES = "-–—~～至到"
_NOUN_MORE = re.compile(r"(?: [a-z]{2,20}){1,2} or (?P<w>more|less|fewer)(?!\w)")
_KO_JA_NOUN = re.compile(
    r"[ ]?(?:[社台名人件個冊棟本枚回]|か所|개사|개국|개|대|명|곳|건|회|가지)(?P<q>以上|以下|未満|程度| ?이상| ?이하| ?미만| ?이내)"
)
_NOUN_QUALIFIERS = {
    **dict.fromkeys(("以上", "及以上", "或以上", "이상", "more"), Qualifier.AT_LEAST),
    **dict.fromkeys(
        ("以下", "以内", "之内", "及以下", "或以下", "或以内", "이하", "이내", "less", "fewer"), Qualifier.AT_MOST
    ),
    **dict.fromkeys(("左右", "上下", "程度"), Qualifier.ABOUT),
    **dict.fromkeys(("未満", "미만"), Qualifier.UNDER),
}


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
    """The amount of one numeral; None when its digits are part of a name. `previous_end` is where the last amount's
    core ended: a dash there makes a range and no identifier."""
    start, position, value = numeral.start, numeral.end, numeral.value
    currency = currency_before(text, start, language)
    after_dash = start - 1 == previous_end and text[start - 1] in _DASHES
    negative = False
    if currency:
        start = currency.start
    elif not numeral.spelled and not after_dash:
        if continues_name(text, start):
            return None
        if start and text[start - 1] == "-":
            left = text[start - 2 : start - 1]
            if not left or left in " (\n\t:（：，、；。为是达至到于率":
                negative, start = True, start - 1
            elif left.isascii():
                return None
    over = qualifiers.infix(text, position, language)
    position = over.end if over else position
    whole_digits = len(str(int(value)))
    value, position, factor = _scaled(text, value, position, language, whole_digits, bool(currency))
    if not over and (over := qualifiers.infix(text, position, language)):
        position = over.end
    kind, unit = (Kind.MONEY, currency.code) if currency else (Kind.NUMBER, "")
    suffix = match_suffix(text, position, language)
    if not currency and (split := _HALF_UNIT.match(text, position)):
        suffix = Suffix(Kind.DURATION, _HALF_UNITS[split["u"]], split.end())
        if split["w"] == "半":
            value += Fraction(1, 2)
        else:
            over = qualifiers.Found(Qualifier.OVER, position, split.end())
    if currency:
        if suffix and suffix.kind is Kind.MONEY and suffix.unit == unit:
            position = suffix.end
    elif suffix:
        kind, unit, position, value = suffix.kind, suffix.unit, suffix.end, value * suffix.factor
        if kind is Kind.DURATION and language == "zh" and (half := _HALF_AFTER.match(text, position)):
            value, position = value + Fraction(1, 2), half.end()
        if kind is Kind.DURATION and (more := _ZH_OVER_AFTER.match(text, position)) and not over:
            over, position = qualifiers.Found(Qualifier.OVER, position, more.end()), more.end()
    if kind is Kind.NUMBER and not unit and factor == 1 and not numeral.spelled:
        if is_name(text, start, position):
            return None
    if negative:
        value = -value
    qualifier = over.qualifier if over else Qualifier.EXACT
    core = Span(start, position)
    return qualified(
        text, Amount(start, position, core, value, kind, unit, factor, qualifier, None, bool(currency)), language
    )


def _scaled(
    text: str, value: Fraction, position: int, language: str, whole_digits: int, money: bool
) -> tuple[Fraction, int, int]:
    """Value, end and first factor after the scale words, with lower parts as in 1亿2000万 or 1億2,000万."""
    scale = match_scale(text, position, language, whole_digits, money)
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
    duration = amount.kind is Kind.DURATION
    before = qualifiers.before(text, amount.core.start, language, duration=duration)
    if before and duration and amount.unit in ("day", "week", "month", "quarter", "year"):
        if text[before.start : amount.core.start].strip() == "近":
            before = None  # 近两年 is the past two years
    after = qualifiers.after(text, amount.core.end, language, duration=duration)
    qualifier = amount.qualifier
    start, end = amount.start, amount.end
    if after:
        end = after.end
        qualifier = after.qualifier
    elif noun := _noun_qualifier(text, amount.core.end):
        qualifier = noun
    if before:
        start, qualifier = before.start, before.qualifier
    return replace(amount, start=start, end=end, qualifier=qualifier)


def _noun_qualifier(text: str, position: int) -> Qualifier | None:
    """The qualifier that stands behind the counted noun, which the span cannot cover."""
    word = suffix_after_noun(text, position)
    if word is None:
        match = _NOUN_MORE.match(text, position)
        word = match["w"] if match else None
    if word is None:
        match = _KO_JA_NOUN.match(text, position)
        word = match["q"].strip() if match else None
    return _NOUN_QUALIFIERS.get(word) if word else None
