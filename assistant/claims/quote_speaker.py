"""Who is named as the speaker of a quotation, and whether two texts name the same one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.claims.names_han import han_names
from assistant.claims.names_latin import latin_names
from assistant.claims.quotations import SAYING, Quotation
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
    """The right speaker's name, when both texts name somebody and nobody in both; else empty."""
    if not mine or not theirs or any(_same(a, b) for a in mine for b in theirs):
        return ""
    return theirs[0]


def _same(a: str, b: str) -> bool:
    """Names in different scripts may be the same."""
    if a.isascii() != b.isascii() and not (set(_LATIN.findall(a)) and set(_LATIN.findall(b))):
        return True
    first, second = set(_WORD.findall(fold(a))), set(_WORD.findall(fold(b)))
    folded = fold(a).strip(), fold(b).strip()
    return bool(first & second) or folded[0] in folded[1] or folded[1] in folded[0]


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
