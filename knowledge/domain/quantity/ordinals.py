"""Ranks and editions: 第3, 第三, 3rd, third, 15º, 3e, 15. Jubiläum, 20周年. First and second are words of order."""

from __future__ import annotations

import re
from fractions import Fraction

from knowledge.domain.quantity.model import Kind
from knowledge.domain.quantity.numerals import read_han
from knowledge.domain.quantity.page import Amount, Page

_HAN = re.compile(
    r"[第제][ ]?(?P<n>[0-9]{1,4}|[三四五六七八九十百二]{1,4})"
    r"(?![0-9一二三四五六七八九十百千方者자三季节章条조部页号步版.~～]|-[0-9]|[ ]?[0-9]"
    r"|产业|四半期|분기|[ ]?世[纪紀]|阶段|段階)"
)
_DAY = re.compile(r"[ ]?天")
_NUMBERED = re.compile(r"(?<![a-z])(?:day|week) \Z")
_NUMBER_ENDS = re.compile(r"(?:[,.;:!?)](?![0-9])|$| (?:of|after|and|in|on|at|with|when|it|we|the|they|you)(?![a-z]))")
# What follows the digits of a rank; English suffixes are read as units.
_AFTER_DIGITS = {
    "fr": re.compile(r"(?:e|è|ème|eme|er|re|ère)(?![\w’'])"),
    "es": re.compile(
        r"\.?[ºª°](?![CF\w])|\.[ao](?![\w.])|(?:er|a)(?![\w.])(?= (?:aniversario|edición|puesto|lugar|posición))"
    ),
    "pt": re.compile(r"\.?[ºª°](?![CF\w])"),
    "ja": re.compile(r"[ ]?(?:周年|位(?!置)|回目|番目|年目|日目|人目|つ目|件目|度目|社目|カ国目|代目)"),
    "ko": re.compile(r" ?(?:주년|위(?![하해원치기안성험])|번째|회차|년차|호점)"),
    "zh": re.compile(r"[ ]?周年"),
}
_GERMAN = re.compile(r"\.(?= [A-ZÄÖÜ][a-zäöüß]{2,}| (?:jährige|größte|beste|wichtigste))")
_GERMAN_LEFT = re.compile(
    r"(?<!\w)(?:der|die|das|dem|den|des|zum|zur|am|im|vom|beim|ihre?[nm]?|seine?[nm]?|unsere?[nm]?|diese[rsm]|jede[rs]|"
    r"eine[nmr]?|platz|rang) \Z"
)


def _counted(words: str) -> dict[str, int]:
    """From third on; forms of one rank stand between slashes."""
    return {form: n for n, forms in enumerate(words.split(), start=3) for form in forms.split("/")}


_WORDS: dict[str, dict[str, int]] = {
    "en": _counted("third fourth fifth sixth seventh eighth ninth tenth"),
    "de": {
        f"{stem}{ending}": n
        for stem, n in _counted("dritt viert fünft sechst siebt acht neunt zehnt").items()
        for ending in ("e", "en", "er", "es", "em")
    },
    "fr": _counted("troisième quatrième cinquième sixième septième huitième neuvième dixième"),
    "es": _counted(
        "tercer/tercero/tercera cuarto/cuarta quinto/quinta sexto/sexta séptimo/séptima octavo/octava noveno/novena "
        "décimo/décima"
    ),
    "pt": _counted(
        "terceiro/terceira quarto/quarta quinto/quinta sexto/sexta sétimo/sétima oitavo/oitava nono/nona décimo/décima"
    ),
}
# A party, a part, a century are no ranks.
_NOT = re.compile(
    r"[-–]?\w| (?:part(?:y|ies)|quarters?|of all|centur|world|partei|jahrhundert|quartal|viertel|siècle|trimestre|"
    r"tiers|siglo|partes?|século|mundo|monde|welt)"
)


RANK_MARKS = frozenset("eèr.ºª°aé 周位回番年日人つ件度社代カ주위번회호")


def ordinal_number_words(language: str) -> list[str]:
    """The words that `read_rank_word` begins at."""
    return list(_WORDS.get(language, ()))


def read_ordinal(page: Page, start: int, end: int) -> int:
    """第3, 第三, 제3; 第一 and 第二 are words of order more often than ranks."""
    match = _HAN.match(page.text, start)
    if match is None:
        return 0
    token = match["n"]
    rank = Fraction(int(token)) if token.isascii() else read_han(token)
    if rank is None or not (token.isascii() or rank > 2):
        return 0
    if rank < 3 and _DAY.match(page.text, match.end()):
        return 0  # 第1天, 第二天: the start and the day after
    return _add(page, start, match.end(), rank)


def read_day_number(page: Page, start: int, end: int) -> int:
    """Day 30, week 6: what stands behind says that no count begins (every day 30 people)."""
    if not 1 <= end - start <= 3 or page.text[start] == "0" or int(page.text[start:end]) < 3:
        return 0
    if not _NUMBERED.search(page.low, max(0, start - 6), start) or not _NUMBER_ENDS.match(page.low, end):
        return 0
    return _add(page, start, end, Fraction(int(page.text[start:end])))


def read_rank(page: Page, start: int, end: int) -> int:
    """15º, 3e, 20周年, 3番目, das 15. Jubiläum: digits with the mark of a rank."""
    if end - start > 3 or page.text[start] == "0":
        return 0
    if page.language == "de":
        if not _GERMAN.match(page.text, end) or not _GERMAN_LEFT.search(page.low, max(0, start - 9), start):
            return 0
        return _add(page, start, end + 1, Fraction(int(page.text[start:end])))
    pattern = _AFTER_DIGITS.get(page.language) if page.text[end : end + 1] in RANK_MARKS else None
    match = pattern.match(page.text, end) if pattern else None
    if match is None:
        return 0
    stop = end if page.language in ("zh", "ja", "ko") else match.end()
    return _add(page, start, stop, Fraction(int(page.text[start:end])))


def read_rank_word(page: Page, start: int, end: int) -> int:
    """Third, dritte, troisième as ranks."""
    low = page.low
    if low[start - 1 : start] in ("-", "_") or _NOT.match(low, end):
        return 0
    if page.language == "de" and (page.text[start].isupper() or not _GERMAN_LEFT.search(low, max(0, start - 9), start)):
        return 0  # Dritte are third parties, achten is to respect
    rank = _WORDS[page.language].get(low[start:end])
    return _add(page, start, end, Fraction(rank)) if rank else 0


def _add(page: Page, start: int, end: int, rank: Fraction) -> int:
    page.amounts.append(Amount(start, end, rank, Kind.ORDINAL))
    return end
