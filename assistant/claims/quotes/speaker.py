"""Who is named as the speaker of a quotation, and whether two texts name the same one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.claims.names.han import han_names
from assistant.claims.names.latin import latin_names
from assistant.claims.quotes.quotations import SAYING, Quotation
from knowledge.domain.folding import fold
from knowledge.lexicon import Lexicon, NameKind

_WORD = re.compile(r"[a-z]{2,}|[㐀-鿿]{2,}")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_SIGNED = re.compile(r"^[\s*_]*(?:——|—|–|--|―|- )\s*([^，,。（(—–\n]{2,40})")


def speakers(text: str, quotation: Quotation, language: str, lexicon: Lexicon) -> list[str]:
    """The people who may be the speaker, by name; empty when nobody is named."""
    after = text[quotation.outer.end : quotation.near.end]
    before = text[quotation.near.start : quotation.outer.start]
    signed = _SIGNED.match(text[quotation.outer.end : quotation.outer.end + 80])
    if signed:
        return _people(signed[1].strip(), language, lexicon) or _like_a_name(signed[1].strip())
    for part in (after, before):
        if SAYING.search(part):
            people = _people(part, language, lexicon)
            if people:
                return people
    return []


def other_speaker(mine: Sequence[str], theirs: Sequence[str]) -> str:
    """The right speaker's name, when both texts name somebody and nobody in both; else empty.

    Names compare within one script.
    """
    pairs = [(a, b) for a in mine for b in theirs if _is_latin(a) == _is_latin(b)]
    if not pairs or any(_same(a, b) for a, b in pairs):
        return ""
    return pairs[0][1]


def _same(a: str, b: str) -> bool:
    first, second = fold(a).strip(), fold(b).strip()
    return first in second or second in first or bool(set(_WORD.findall(first)) & set(_WORD.findall(second)))


def _is_latin(name: str) -> bool:
    return bool(_LATIN.search(name))


def _people(part: str, language: str, lexicon: Lexicon) -> list[str]:
    """Every spelling of the known people in a stretch, else what looks like a person."""
    known = [o.name for o in lexicon.spellings.find(fold(part)) if o.name.kind is NameKind.PERSON]
    if known:
        return [spelling for name in known for spelling in name.spellings]
    return list(_by_pattern(part, language))


def _by_pattern(part: str, language: str) -> Iterator[str]:
    if language == "zh":
        yield from (name.span.of(part) for name in han_names(part) if name.kind == "person")
    for name in latin_names(part, language):
        said = name.span.of(part)
        if 1 < len(said.split()) < 5 and not any(c.isdigit() for c in said):
            yield said


def _like_a_name(signature: str) -> list[str]:
    words = signature.split()
    latin = 1 < len(words) < 5 and all(word[:1].isupper() for word in words)
    return [signature] if latin or re.fullmatch(r"[㐀-鿿]{2,4}|[㐀-鿿]{1,8}·[㐀-鿿·]{1,12}", signature) else []
