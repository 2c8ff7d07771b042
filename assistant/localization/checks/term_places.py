"""Where a glossary term stands in a text, in any of its inflections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.claims.stems import stem
from assistant.localization.term_forms import as_verb
from knowledge.domain.finding import Span

_SPACED = frozenset({"en", "de", "fr", "es", "pt"})
_WORD = re.compile(r"[^\W_]+")
_BLANKS = re.compile(r"[\s\-‐-–_]+")
_HAN_SPACES = re.compile(r"(?<=[⺀-鿿가-힯])\s+|\s+(?=[⺀-鿿가-힯])")


def places(form: str, text: str, language: str, *, exact: bool = False) -> Iterator[Span]:
    """Where `form` stands in `text`. Whole words by their stems in Latin languages, letters elsewhere; with `exact`
    capitals count."""
    pattern = _pattern(form, language, exact)
    if pattern is not None:
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end())


def stands(form: str, text: str, language: str, *, exact: bool = False) -> bool:
    """True when the text has the form, however its words are spaced and inflected."""
    if next(places(form, text, language, exact=exact), None) is not None:
        return True
    if language == "en":
        return not exact and any(next(places(verb, text, language), None) for verb in as_verb(form))
    if language in _SPACED:
        return language == "de" and not exact and _compounded(form, text)
    closed, said = _HAN_SPACES.sub("", form), _HAN_SPACES.sub("", text)
    return closed in said if exact else closed.lower() in said.lower()


def _compounded(form: str, text: str) -> bool:
    """Cluster-Verwaltung, Clusterverwaltung: German writes words together and bends them inside."""
    low = text.lower()
    return all(_begin(word.lower()) in low for word in _WORD.findall(form))


def _begin(word: str) -> str:
    """What inflection leaves of a word."""
    return word if len(word) < 5 else word[: max(4, len(word) - 2)]


@lru_cache(maxsize=8192)
def _pattern(form: str, language: str, exact: bool) -> re.Pattern[str] | None:
    form = form.strip()
    if not form:
        return None
    flags = 0 if exact else re.IGNORECASE
    if language not in _SPACED or not _is_latin(form):
        begins = r"(?<![A-Za-z0-9])" if form[0].isascii() and form[0].isalnum() else ""
        ends = r"(?:s|es)?(?![A-Za-z0-9])" if form[-1].isascii() and form[-1].isalnum() else ""
        return re.compile(begins + re.escape(form) + ends, flags)
    words = [word for word in _BLANKS.split(form) if word]
    bent = [_bent(word, language, last=n == len(words) - 1) for n, word in enumerate(words)]
    return re.compile(rf"(?<![^\W_]){'[-‐– _]{0,2}'.join(bent)}(?![^\W_])", flags)


def _is_latin(form: str) -> bool:
    return all(ord(letter) < 0x250 for letter in form)


def _bent(word: str, language: str, *, last: bool) -> str:
    """A word with the endings it may take."""
    if not word[-1:].isalpha() or word.isupper():
        return re.escape(word) + r"(?:['’]?s)?"
    if language == "en":
        root = stem(word.lower())
        common = _common(word, root)
        return re.escape(word[: len(common)]) + r"[a-z]{0,4}(?:['’]s?)?" if len(common) >= 3 else re.escape(word) + "s?"
    begin = _begin(word)
    return re.escape(begin) + r"[^\W\d_]{0,4}"


def _common(word: str, root: str) -> str:
    """The letters that a word shares with its stem."""
    for n, (a, b) in enumerate(zip(word.lower(), root, strict=False)):
        if a != b:
            return root[:n]
    return root[: len(word)]
