"""How a phrase is looked for in an answer: as a string, with an eye for width, case, spaces and whole numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from evals.scorers.base import Unscored

_PLAIN = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("“”„«»「」『』", '"') | dict.fromkeys("‘’‚", "'"))
_GROUPING = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_HAN = "一-鿿぀-ヿ가-힣"
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|[^\W\d_{_HAN}]+|\S")
_HAN_DIGITS = "〇零一二三四五六七八九十百千万亿两"
_MORE = r"(?!\s*(?:%|万|亿|million|billion|thousand|mio\b|mrd\b|k\b))"


def lines(document: Mapping[str, Any], section: str | None = None) -> list[str]:
    """The lines of a draft's paragraphs (of one section when named), gaps apart. Raises `Unscored`: not a draft."""
    return [line for name, line in _located(document) if section is None or name == section]


def has_section(document: Mapping[str, Any], section: str) -> bool:
    """Whether the draft has a section of this id, be it a gap."""
    return any(one.get("id") == section for one in document.get("sections", ()))


def written(document: Mapping[str, Any]) -> str:
    """The text of a draft, gaps apart; empty when everything is a gap."""
    return "\n".join(lines(document))


def gaps(document: Mapping[str, Any]) -> str:
    """The text of the paragraphs that only say what is missing."""
    paragraphs = (p for one in document.get("sections", ()) for p in one["paragraphs"])
    return "\n".join(p["text"] for p in paragraphs if p["gap"])


def _located(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    if "sections" not in document:
        raise Unscored("the answer is no draft: it has no sections")
    found = []
    for section in document["sections"]:
        for paragraph in section["paragraphs"]:
            if not paragraph["gap"]:
                rows = (row.strip() for row in paragraph["text"].splitlines())
                found += [(section.get("id", ""), row) for row in rows if row]
    return found


def folded(text: str) -> str:
    """Text with width, case, dashes, quotation marks and grouping commas made alike."""
    return _GROUPING.sub("", unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN))


def occurs(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text.

    Spaces do not count, a figure must be the whole figure (`38` is not in `138`, `38.5`, `38%` or `38 万`), a word must
    begin as a word does and may go on (`confirm` is in `confirmed`). A phrase in parts (`A & B`) needs them all.
    """
    plain = folded(text)
    return all(_pattern(part).search(plain) for part in phrase.split(" & "))


def first(phrases: list[str], text: str) -> str | None:
    """The first of some alternatives that stands in a text."""
    return next((phrase for phrase in phrases if occurs(phrase, text)), None)


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    tokens = _TOKEN.findall(folded(phrase))
    if not tokens:
        raise ValueError("an empty phrase is in every text")
    return re.compile(_before(tokens[0][0]) + r"\s*".join(map(re.escape, tokens)) + _after(tokens[-1][-1]))


def _before(character: str) -> str:
    if character.isascii() and character.isdigit():
        return rf"(?<![\d{_HAN_DIGITS}])(?<!\d[.,])"
    if character in _HAN_DIGITS:
        return rf"(?<![\d{_HAN_DIGITS}])"
    return rf"(?<![^\W_{_HAN}])" if re.match(rf"[^\W\d_{_HAN}]", character) else ""


def _after(character: str) -> str:
    if character.isascii() and character.isdigit():
        return r"(?!\d)(?![.,]\d)" + _MORE
    return rf"(?![{_HAN_DIGITS}])" if character in _HAN_DIGITS else ""
