"""Which digits of a text count or measure something, and what stands beside them."""

from __future__ import annotations

import re

from evals.bench.claims.corpus import CJK
from evals.bench.claims.mutations.words import COUNTED, CURRENCY_WORDS, UNIT_SWAPS
from evals.scorers.eyes.figures import GROUPED, Figure
from evals.scorers.eyes.words import MONTHS, NO_UNIT_BEFORE

_NO_FIGURE_BEFORE = re.compile(
    r"(?:[A-Za-z_/#:=&?@.+~^×x-]|第 ?|제 ?|Fortune(?:.s)? ?|[pP]ort |[vV]ersi\w+ |[vV]\.? ?|版本 ?|バージョン ?|버전 ?|"
    r"[nN]o\.? |[nN]º ?|§ ?|№ ?)$"
)
_NAME_BEFORE = re.compile(r"(?:^|[^\w])[A-ZÀ-Þ][\w.+#-]* $|[A-Za-z][\w.+#-]* ?$")
_NO_FIGURE_AFTER = re.compile(
    r" ?(?:版|强|端口|ポート|포트|进制|진수|進数|バージョン|버전|号|번째|位数|bit|Bit|비트|位元|ビット|"
    r"[:/_=&@+~^][\w]|[-‑][A-Za-z]|[a-zA-Z](?=[\W\d_]|$)[^%]?\d)|\.[A-Za-z0-9]|[A-Za-z]"
)
_DATE_AFTER = re.compile(
    r" ?(?:年代|년대|年(?!间|間|以|来|后|後|前|代)|月|日(?!間)|년(?!간|대| 동안)|월|일(?!간)|世紀|世纪|세기)"
)
_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")


def is_quantity(text: str, figure: Figure, language: str) -> bool:
    """True when the figure counts or measures something: no year, date, version, model, address, time or number
    of a list."""
    before, after = text[: figure.start], text[figure.tail :]
    measured = (
        bool(figure.scale) or unit_after(text, figure.tail, language) is not None or is_money(text, figure, language)
    )
    if (
        _NO_FIGURE_BEFORE.search(before[-12:])
        or _DATE_AFTER.match(after)
        or re.match(r"[.)、:：] |、" if not before.strip() else r"[.)、:：] ", after)
    ):
        return False
    if len(re.findall("[.,]", figure.digits)) > 1 and not GROUPED.match(figure.digits):
        return False  # 0.5.0 is a version
    if _YEAR.fullmatch(figure.digits) and re.match(" ?[年년]", after):
        return False
    if not measured and (_NO_FIGURE_AFTER.match(after) or _YEAR.fullmatch(figure.digits)):
        return False
    if _dated(before, after) or re.match("0[0-9]", figure.digits):
        return False
    if measured:
        return not re.search(r"[A-Za-z]$", before)
    if language in ("zh", "ja", "ko"):
        return bool(re.match(rf" ?[{CJK}]", after)) and not re.search(r"[A-Za-z] ?$", before)
    if re.search(r"[.,][0-9]{1,2}$", figure.digits) or (not before.strip() and re.match(" [A-ZÀ-Þ]", after)):
        return False  # a version, a number of a section
    name = _NAME_BEFORE.search(before[-30:]) if before.strip() else None
    capital = name is not None and name.group().strip()[:1].isupper()
    return bool(re.match(r" (?:[a-zà-ÿ]{3,}|[A-ZÀ-Þ][a-zà-ÿ]{2,})", after)) and not capital


_MONTH_NAMES = frozenset(
    name.lower()[:length] for names in MONTHS.values() for name in names for length in (3, 4, len(name))
)


def _dated(before: str, after: str) -> bool:
    """Beside the name of a month."""
    last = before.rstrip().rpartition(" ")[2].strip(".,(").lower()
    following = re.match(r"(?:\.|st|nd|rd|th|er|º)?(?: de)? ?([^\W\d_]+)", after)
    return last in _MONTH_NAMES or (following is not None and following[1].lower() in _MONTH_NAMES)


def unit_after(text: str, at: int, language: str) -> tuple[int, int, str] | None:
    """The unit that follows directly: where it stands, and the word."""
    for word in sorted((*UNIT_SWAPS[language], *COUNTED[language].split()), key=len, reverse=True):
        found = re.match(rf" ?({re.escape(word)})", text[at:])
        if found:
            end = at + found.end()
            if word[-1].isalpha() and word[-1].isascii() and text[end : end + 1].isalpha():
                continue
            if text[end : end + 1] and text[end] in NO_UNIT_BEFORE.get(word, ""):
                continue
            return at + found.start(1), end, word
    return None


def is_money(text: str, figure: Figure, language: str) -> bool:
    words = "|".join(map(re.escape, CURRENCY_WORDS[language]))
    return bool(
        re.search(r"(?:[$€£¥]|RMB|USD|EUR|CNY) ?$", text[: figure.start])
        or re.match(rf" ?(?:de )?(?:{words}|[$€£])", text[figure.tail :])
    )


def bare(text: str, figure: Figure) -> bool:
    """True when the figure is no part of a range or a row of figures."""
    before, after = text[: figure.start].rstrip(), text[figure.tail :].lstrip()
    joined = re.compile(
        r"(?:[0-9][ %％]*(?:[-–—~〜～]|to|bis|à|a|至|到|から|and|und|et|y|e|或|or)|(?:from|von|de|由|从|從))$"
    )
    return not joined.search(before[-12:]) and not re.match(
        r"[%％]? ?(?:[-–—~〜～]|to|bis|à|a|至|到|から|或|or) ?[0-9]", after
    )


_RANGE_BEFORE = re.compile(r"[0-9][0-9.,]*[ %％]*(?:[-–—~〜～到至]| (?:to|bis|à|a|ou|o|oder|or) |から)[ ]?$")
_RANGE_AFTER = re.compile(r"[ %％]*(?:[-–—~〜～到至]| (?:to|bis|à|a|ou|o|oder|or) |から)[ ]?[0-9][0-9.,]*")


def span_of_range(text: str, figure: Figure) -> tuple[int, int]:
    """The range that the figure is an end of, else the figure: a range with a wrong end is wrong as a whole."""
    before, after = _RANGE_BEFORE.search(text[: figure.start]), _RANGE_AFTER.match(text[figure.end :])
    return before.start() if before else figure.start, figure.end + (after.end() if after else 0)


def has_earlier_end(text: str, figure: Figure) -> bool:
    """True when the figure shares its unit with one before it: `from 74 to an annualised 46 hours`."""
    return (
        re.search(r"[0-9][ %％]*(?:to|bis|à|a|auf|até|hasta|至|到) (?:[^\W\d]+ ){0,3}$", text[: figure.start])
        is not None
    )


def in_compound(text: str, figure: Figure) -> bool:
    """True for a part of 12億4,000万."""
    return (
        bool(re.search(r"[0-9] ?[万亿億만억] ?$", text[: figure.start])) or text[figure.tail :].lstrip()[:1].isdigit()
    )
