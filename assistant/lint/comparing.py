"""Whether two figures are said of the same thing, and whether they can both be right."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from assistant.claims.figures.places import measure
from assistant.claims.quantities import match_of
from assistant.lint.figures import Figure
from knowledge.domain.folding import fold
from knowledge.domain.quantity import Kind, Match, Qualifier, Quantity
from knowledge.records import EntryVersion

SAME_MEASURE = 0.6
"""The share of what two figures are said of that they must have in common …"""
SAME_CHANGE = 0.25
"""… and less where the other end of the change is the same figure."""
EXCHANGED = 0.1
"""The share that both may have for themselves: 苏州工厂面积 and 成都工厂面积 have one word exchanged, and differ."""
SAME_OF_PRODUCT = 0.45
"""What is enough for a price, a length of time or another figure with a unit of one named product."""
FEWEST = {"zh": 3}
"""Words in common, at least: a Chinese word of two characters is one bigram, one of four is three."""
_DIGITS = re.compile(r"[0-9０-９]")
_SCALED = re.compile(r"[.．]|[万亿千百]|illion|thousand|\bk\b|\bm\b", re.IGNORECASE)
RESTRICTING = frozenset(
    "海外 国内 国外 境外 研发 新增 其中 最高 最大 最低 最小 最多 最长 最短 每年 每月 每天 每日 每周 每台 单台 首批 "
    "同比 环比 年产 日均 月均 年均 oversea abroad domestic research new maximum minimum annual yearli monthli daili "
    "weekli per each first least most".split()
)
"""Words that make another measure of one: staff and staff abroad, shipped and shipped each year."""
_PROJECT = ("project_name", "project", "项目名称")
_LOWER = {Qualifier.OVER, Qualifier.AT_LEAST}
_UPPER = {Qualifier.UNDER, Qualifier.AT_MOST, Qualifier.NEARLY}


class Measures:
    """How much each word tells, over all figures of the library; compares what is measured."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        seen = {(f.language, f.words) for f in figures if f.words}
        counts = Counter((tongue, word) for tongue, words in seen for word in words)
        self._rare = {key: math.log(1 + (len(seen) + 1) / (count + 0.5)) for key, count in counts.items()}

    def rarity(self, tongue: str, word: str) -> float:
        return self._rare.get((tongue, word), 1.0)

    def likeness(self, one: Figure, other: Figure) -> float:
        """The share (0 … 1) of the words of both that both have, rare ones counting more. One language only."""
        if one.language != other.language or not one.words or not other.words:
            return 0.0
        shared = sum(self.rarity(one.language, word) for word in one.words & other.words)
        total = sum(self.rarity(one.language, word) for word in one.words | other.words)
        return shared / total

    def share(self, one: Figure, other: Figure) -> float:
        """The share (0 … 1) of the words of the one with fewer of them that the other has, too."""
        if one.language != other.language or not one.words or not other.words:
            return 0.0
        weights = [sum(self.rarity(f.language, word) for word in f.words) for f in (one, other)]
        return sum(self.rarity(one.language, word) for word in one.words & other.words) / min(weights)

    def share_of(self, one: Figure, other: Figure) -> float:
        """The share (0 … 1) of the words of the first that the other one has, too."""
        total = sum(self.rarity(one.language, word) for word in one.words)
        shared = sum(self.rarity(one.language, word) for word in one.words & other.words)
        return shared / total if total else 0.0

    def same_measure(self, one: Figure, other: Figure) -> bool:
        """True when both are said of the same measure of the same subject; the values are not looked at."""
        if not same_frame(one, other):
            return False
        if one.concept or other.concept:
            return one.concept == other.concept
        if one.counter and other.counter and one.counter != other.counter:
            return False
        alike = self.likeness(one, other)
        if one.partner and other.partner and match_of(one.partner, other.partner) is Match.SAME:
            return alike >= SAME_CHANGE
        if not same_project(one.entry, other.entry):
            return False
        if one.words & RESTRICTING != other.words & RESTRICTING or self._exchanged(one, other) > EXCHANGED:
            return False
        if (one.product or one.codes) and one.quantity.kind is not Kind.NUMBER:
            return alike >= SAME_OF_PRODUCT
        fewest = FEWEST.get(one.language, 2)
        return alike >= SAME_MEASURE and len(one.words & other.words) >= fewest

    def _exchanged(self, one: Figure, other: Figure) -> float:
        """The share of the words of both that only one of them has, of the one that has fewer of those."""
        total = sum(self.rarity(one.language, word) for word in one.words | other.words)
        alone = (one.words - other.words, other.words - one.words)
        return min(sum(self.rarity(one.language, word) for word in words) for words in alone) / total if total else 0.0


def unit_of(figure: Figure) -> tuple[object, ...]:
    """Kind and unit of figures that can stand in each other's place; a day may be told more or less precisely."""
    return (Kind.DATE,) if figure.quantity.date is not None else measure(figure.quantity)


def same_frame(one: Figure, other: Figure) -> bool:
    """Same subject and product, same kind of figure, same side of a change, both result or both aim."""
    return (
        one.subject == other.subject
        and one.product == other.product
        and one.codes == other.codes
        and unit_of(one) == unit_of(other)
        and (one.role == "from") == (other.role == "from")
        and one.aim == other.aim
        and one.pilot == other.pilot
    )


def same_project(one: EntryVersion, other: EntryVersion) -> bool:
    """False for two cases of one customer, unless both name the same project."""
    if one.kind != "case" or other.kind != "case" or one.entry_id == other.entry_id:
        return True
    names = [next((fold(str(e.fields[k])) for k in _PROJECT if e.fields.get(k)), "") for e in (one, other)]
    return bool(names[0]) and names[0] == names[1]


def same_time(one: Figure, other: Figure, today: date) -> bool:
    """True when nothing says that the two are of different times."""
    if one.concept == "founded":
        return True
    return not one.period.clashes_with(other.period, today, lasting=one.lasting and other.lasting)


def at_odds(one: Figure, other: Figure) -> Match | None:
    """`DIFFERENT` when both cannot be right, `QUALIFIER_CHANGED` when only the qualifier differs, else None.

    More than 100 and 127 are both right; so are 91% and 91.3%, and 3.2 万 and 32,150.
    """
    match = match_of(one.quantity, other.quantity)
    if match is Match.DIFFERENT and match_of(other.quantity, one.quantity) is Match.SAME:
        return None  # the same date, once told less precisely
    if match is Match.QUALIFIER_CHANGED:
        return None if _close({one.quantity.qualifier, other.quantity.qualifier}) else match
    if match is not Match.DIFFERENT or agree(one.quantity, other.quantity) or agree(other.quantity, one.quantity):
        return None
    return match


def _close(qualifiers: set[Qualifier]) -> bool:
    return qualifiers <= {Qualifier.OVER, Qualifier.AT_LEAST} or Qualifier.SEVERAL in qualifiers


def agree(loose: Quantity, exact: Quantity) -> bool:
    """True when the first is a looser way to say the second: a bound, about, or rounded."""
    low, value = loose.value, exact.value
    if low is None or value is None or loose.unit != exact.unit:
        return False
    if Qualifier.SEVERAL in (loose.qualifier, exact.qualifier):
        return True
    if loose.high is not None:
        return low <= value <= loose.high
    if loose.qualifier in _LOWER:
        return low <= value <= 2 * low
    if loose.qualifier in _UPPER:
        return low / 2 <= value <= low
    if loose.qualifier is Qualifier.ABOUT and abs(value - low) * 20 <= abs(low):
        return True
    return _rounded(low, value, loose.text)


def _rounded(coarse: Fraction, fine: Fraction, text: str) -> bool:
    """True when `fine` rounds to `coarse` at the digits that `text` shows; whole numbers written out are exact."""
    digits = len("".join(_DIGITS.findall(text)).lstrip("0"))
    if not fine or not coarse or not digits or not (_SCALED.search(text) or fine.denominator > coarse.denominator):
        return False
    size = math.floor(math.log10(abs(float(fine)))) + 1
    unit = Fraction(10) ** (size - digits)
    return abs(fine - coarse) * 2 <= unit


def significant(quantity: Quantity) -> int:
    """How many digits tell: 38 two, 0.36 two, 3,400 two, 1,152 four. A distinctive figure has many."""
    value = quantity.value
    if value is None:
        return 0
    return len(f"{float(value):.10g}".replace(".", "").replace("-", "").split("e")[0].strip("0"))


def is_result(figure: Figure) -> bool:
    """One end of a change, or a figure with a unit that no count has."""
    return figure.partner is not None or bool(figure.role) or figure.quantity.kind is not Kind.NUMBER
