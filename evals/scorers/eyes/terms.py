"""Which terms of a glossary a source holds, and which of them a translation lacks.

The longest term at a place: whole words, with an English plural; in Chinese the words that rjieba cuts. Shares nothing
with the finder of the product.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate

_SPACELESS = frozenset({"zh", "ja"})


def terms_of(text: str, terms: Sequence[str], language: str) -> list[str]:
    """The terms that stand in `text`, each once, the longest at each place, in the order of the text."""
    found: dict[str, int] = {}
    taken = [False] * len(text)
    edges = _edges(text) if language == "zh" else None
    for term in sorted(terms, key=len, reverse=True):
        for match in re.finditer(_pattern(term, language), text, re.IGNORECASE):
            if edges is not None and not {match.start(), match.end()} <= edges:
                continue  # 代理 in 代理商 is another word
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * len(match.group())
                found.setdefault(term, match.start())
    return sorted(found, key=lambda term: found[term])


def _edges(text: str) -> set[int]:
    """Where the words of a Chinese text begin and end."""
    import rjieba

    return {0, *accumulate(len(word) for word in rjieba.cut(text))}


def lacking(
    source: str, target: str, forms: Mapping[str, Sequence[str]], source_language: str, target_language: str
) -> tuple[list[str], int]:
    """The terms of `source` of which no form stands in `target`, and how many terms there are. Forms by term."""
    said = terms_of(source, list(forms), source_language)
    return [term for term in said if not _stands(forms[term], target, target_language)], len(said)


def _stands(forms: Sequence[str], text: str, language: str) -> bool:
    return any(re.search(_pattern(form, language), text, re.IGNORECASE) for form in forms)


def _pattern(term: str, language: str) -> str:
    if language in _SPACELESS:
        letters = r"\s*".join(re.escape(letter) for letter in "".join(term.split()))
        return rf"(?<![A-Za-z0-9]){letters}(?![A-Za-z0-9])" if term.isascii() else letters
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", term))
    plural = rf"(?:{words}(?:['’]s|e?s)?|{words[:-1]}ies)" if term[-1:] == "y" else rf"{words}(?:['’]s|e?s)?"
    return rf"(?<!\w){plural}(?!\w)"
