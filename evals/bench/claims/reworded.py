"""A Chinese text in other words by program, with the same facts: other number formats, other order of clauses."""

from __future__ import annotations

import re
from decimal import Decimal

_DATE = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})日")
_MONTH = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(?!\d)")
# Not before 多 or 余, where the digits would say more than the text does, nor inside 万亿.
_SCALED = re.compile(r"(?<![\d.])(\d{1,5}(?:\.\d{1,4})?)(万|亿)(?![多余亿几千百分])")
_PER_CENT = re.compile(r"百分之([一二三四五六七八九]?十?[一二三四五六七八九]?)(?![百千万点零一二三四五六七八九十])")
# A whole sentence without a quotation.
_SENTENCE = re.compile(r"(?<![^。！？\n])[^。！？\n“”‘’\"「」]{8,200}。")
_DIGIT = {character: number for number, character in enumerate("零一二三四五六七八九")}


def reworded(text: str) -> str:
    """The same facts: 3.2万 as 32000, 2015年1月28日 as 2015-01-28, 百分之三十 as 30%, clauses turned round."""
    text = _DATE.sub(lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}", text)
    text = _MONTH.sub(lambda m: f"{m[1]}/{int(m[2])}", text)
    text = _SCALED.sub(_in_digits, text)
    text = _PER_CENT.sub(_in_per_cent, text)
    return _SENTENCE.sub(_turned, text)


def _in_digits(found: re.Match[str]) -> str:
    value = Decimal(found[1]) * (10_000 if found[2] == "万" else 100_000_000)
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def _in_per_cent(found: re.Match[str]) -> str:
    numeral = found[1]
    if not numeral:
        return found[0]
    tens, ten, ones = numeral.partition("十")
    value = (_DIGIT.get(tens, 1) * 10 + _DIGIT.get(ones, 0)) if ten else _DIGIT[numeral[0]]
    return f"{value}%"


def _turned(found: re.Match[str]) -> str:
    """The last clause of a sentence first."""
    *first, last = found[0].rstrip("。").split("，")
    return "，".join([last, *first]) + "。" if first else found[0]
