"""Two numbers as one: 3–5 天, between 3 and 5. And two that stay two: from 95 to 38 minutes."""

from __future__ import annotations

import re

from knowledge.domain.quantity.model import Kind, Qualifier
from knowledge.domain.quantity.page import Amount

_NOUN = "[个台家人名次项套]?"
_TO = re.compile(
    rf"{_NOUN}[ ]?(?:至|到)[ ]?|[ ](?:to|bis|à|a|até|hasta)[ ](?:zu |les |los )?|から|[ ]?에서[ ]?|[ ]?부터[ ]?"
)
_DASH = re.compile(r"[ ]?[-–—~～][ ]?|[ ]?~[ ]?|——")
_AND = re.compile(r" (?:and|und|et|y|e) ")
_OR = re.compile(r" (?:or|oder|ou|o|u) |[ ]?(?:または|또는|或者?)[ ]?")
_BETWEEN = re.compile(r"(?<![A-Za-z])(?:between|zwischen|entre) (?:the |les |los |as |os )?\Z", re.I)
_FROM = re.compile(
    r"(?:(?<![A-Za-z])(?:from|von|de|desde|du|del|des) (?:about |around |nearly |over |rund |environ |unos )?"
    r"|从|由|自(?!动))[ ]?\Z",
    re.I,
)
# "de 20 a 50 %" is a range, unless something passes from one to the other.
_PASSES = re.compile(
    r"(?<!\w)(?:pass(?:e|é|ée|és|ées|er|ant|ent|ait|ou|ar|aram|ando)|pas(?:a|ó|ar|aron|ando|ado)|mont(?:é|e|ent|er)|"
    r"sub(?:ió|ir|ieron|iu|iram)|crec(?:ió|er|ieron)|cresc(?:eu|er|eram)|evolu\w{2,5})\W[^.;\n]{0,24}\Z",
    re.I,
)
_CHANGE = re.compile(
    r"[ ]?[一-鿿]{0,4}(?:至|到|为|成)了?[ ]?|[ ]?(?:→|->|=>)[ ]?|[ ](?:to|down to|up to|auf|à|a|para)[ ]"
)
_MAX_GAP = 12


def merge(text: str, amounts: list[Amount]) -> list[Amount]:
    """`amounts` in order, with ranges made one and units handed back to the number that leaves its own out."""
    result: list[Amount] = []
    index = 0
    while index < len(amounts):
        first = amounts[index]
        second = amounts[index + 1] if index + 1 < len(amounts) else None
        index += 1
        if second is None or not 0 <= second.core_start - first.core_end <= _MAX_GAP:
            result.append(first)
            continue
        gap = text[first.core_end : second.core_start]
        joined = _join(text, first, second, gap)
        if joined:
            result.append(joined)
            index += 1
        elif _OR.fullmatch(gap) and first.spelled and second.value - first.value == 1 and not first.unit:
            index += 1  # two or three: a few
        elif gap in ("-", "–") and not first.unit and not second.unit and first.factor == second.factor == 1:
            index += 1  # 7-11, 3-0: a name or a score
        else:
            _inherit(first, second, gap)
            result.append(first)
    return result


def _join(text: str, first: Amount, second: Amount, gap: str) -> Amount | None:
    start = first.start
    if _AND.fullmatch(gap):
        between = _BETWEEN.search(text, max(0, start - 9), start)
        if not between:
            return None
        start -= len(between.group())
    elif _TO.fullmatch(gap):
        if _changes(text, start, gap.strip()):
            return None
    elif _OR.fullmatch(gap):
        if second.value - first.value != 1 or first.spelled or second.spelled or first.unit:
            return None
    elif not _DASH.fullmatch(gap):
        return None
    if second.start < second.core_start and second.qualifier is not Qualifier.EXACT:
        return None
    if Kind.ORDINAL in (first.kind, second.kind) or first.value < 0:
        return None
    low, high, unit, kind = first.value, second.value, second.unit, second.kind
    if first.unit and not unit and first.kind is Kind.MONEY:
        unit, kind = first.unit, Kind.MONEY
    if first.unit not in ("", unit):
        return None
    if first.factor == 1 and second.factor > 1 and low < high / second.factor:
        low *= second.factor
    if kind is Kind.PERCENT and not first.unit and low < 0:
        return None
    if low >= high:
        return None
    qualifier = first.qualifier if first.qualifier is not Qualifier.EXACT else second.qualifier
    return Amount(
        first.core_start,
        second.core_end,
        low,
        kind,
        unit,
        second.factor,
        qualifier,
        high,
        first.currency_first,
        start=start,
        end=second.end,
    )


def _changes(text: str, start: int, joint: str) -> bool:
    """True when two numbers are the ends of a change: from 95 to 38, von 95 bis 38 is none, pasó de 20 a 50."""
    begins = _FROM.search(text, max(0, start - 14), start)
    if begins is None or joint in ("bis", "bis zu", "até", "hasta"):
        return False
    if joint in ("à", "a", "à les", "a los") and begins.group().strip().lower() in ("de", "du", "del"):
        return _PASSES.search(text, max(0, begins.start() - 36), begins.start()) is not None
    return True


def _inherit(first: Amount, second: Amount, gap: str) -> None:
    """Give `first` of "from 95 to 38 minutes" the unit, and where it must be so the scale, of `second`."""
    if first.unit or first.kind is not Kind.NUMBER or not (_CHANGE.fullmatch(gap) or _TO.fullmatch(gap)):
        return
    if second.kind in (Kind.MULTIPLE, Kind.ORDINAL) or second.currency_first:
        return
    if first.factor == 1 and second.factor > 1 and first.value < second.value / second.factor:
        first.value *= second.factor
    first.unit, first.kind = second.unit, second.kind
