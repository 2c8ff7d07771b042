"""Legal forms after a company's name: 有限公司, 集团, GmbH, Co., Ltd. … found, and taken off."""

from __future__ import annotations

import re

from knowledge.domain.quantity.trie import one_of
from knowledge.naming.letters import read

_HAN = """
集团股份有限公司 集团有限责任公司 控股集团有限公司 集团控股有限公司 控股有限公司 集团有限公司 股份有限公司 有限责任公司
实业有限公司 有限公司 控股集团 集团控股 集团公司 总公司 分公司 公司 集团 控股 股份 株式会社 合同会社
"""
_WORDS = """
group groupe gruppe grupo gruppo holding holdings company corp corporation inc incorporated ltd limited llc llp plc lp
pte pty pvt private gmbh mbh ag kg kgaa se ohg ug ek ev sa sas sarl spa srl sl nv bv ab as aps oy oyj asa kk ltda jsc
ojsc pjsc ooo oao zao sdn bhd tbk co cie
"""
_PARTED = "s.a. s.p.a. s.r.l. s.l. n.v. b.v. k.k. a/s s/a e.k. l.l.c. s.a.s. a.g.".split()
_CAPITALS = frozenset("ag as se sa spa ab sl ug ek ev nv bv lp oy kk kg asa sas aps".split())
"""Written small they are other words, or parts of them."""
_CAPITAL = frozenset("limited private company co holding cie".split())
"""As the name of a form they begin with a capital."""

_SUFFIX_HAN = re.compile(rf"[ \u200b]?(?:{one_of(_HAN.split())})(?!化|军)")
_SUFFIX = re.compile(
    r"(?P<lead>[ \u200b]?,? ?\(?(?:& )?|-)"
    rf"(?P<form>{one_of([*_PARTED, *_WORDS.split()])})(?P<dot>\.?)(?P<end>\)?)(?![\w&/-])(?! of\b)"
)
_LAST_HAN = re.compile(rf"(?:{one_of(_HAN.split())})$")


def end_of_form(text: str, folded: str, end: int) -> int:
    """Where the legal form that follows at `end` ends; `end` itself when none does.

    `folded` is the text in small letters, place by place.
    """
    begun = end
    while (after := _one_more(text, folded, end)) > end:
        end = after
    if end > begun and text[end - 1] == "." and not text[end : end + 1].strip() and not _goes_on(text, end):
        end -= 1  # the full stop of the sentence
    return end


def without_form(spelling: str) -> str:
    """The name without its legal form at the end; the same when it has none."""
    folded = read(spelling).folded
    for place in range(1, len(spelling)):
        begins = folded[place] in " ,-(" or not folded[place].isascii()
        if begins and end_of_form(spelling, folded, place) >= len(spelling.rstrip(". ")):
            return spelling[:place].rstrip(" ,-&（(")
    return spelling


def _one_more(text: str, folded: str, end: int) -> int:
    if found := _SUFFIX_HAN.match(folded, end):
        return found.end()
    found = _SUFFIX.match(folded, end)
    if found is None or (not found["lead"] and end):
        return end
    form, start = found["form"], found.start("form")
    if form in _CAPITALS and not text[start : found.end("form")].isupper():
        return end
    if form in _CAPITAL and not text[start].isupper():
        return end
    return found.end("end") if "(" in found["lead"] else found.end("dot")


def _goes_on(text: str, end: int) -> bool:
    """True when a sentence goes on after a full stop: a small letter follows."""
    return text[end:].lstrip()[:1].islower()
