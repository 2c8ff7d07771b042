"""People of the sources with one character of their name changed: 陈以衡 told as 陈以恒."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.claims.names.han import han_names
from assistant.claims.names.words import SAID, SURNAMES, TITLES
from assistant.claims.reading import Reading
from knowledge.domain.finding import Span
from knowledge.lexicon import Lexicon

_THREE = re.compile(r"[㐀-鿿]{3}")
_TITLED = re.compile(rf"(?:{TITLES})[ ]?(?P<name>[㐀-鿿]{{3}})")
_NO_NAME = re.compile(rf"[的了在是为对向等和与及曾将也已还都就不再从把被让给负主介称说表]|{SAID}|{TITLES}|[总工]$")
"""What does not stand in a given name, as far as a program can tell."""


def misspelt(text: str, sources: Sequence[Reading], lexicon: Lexicon) -> Iterator[tuple[Span, str]]:
    """Where a sentence has a name of three characters that no source has and that is a name of the sources but for one
    given character; with that name."""
    people = _people(tuple(source for source in sources if source.language == "zh"), lexicon)
    titled = {found.start("name") for found in _TITLED.finditer(text)}
    for person in sorted(people):
        given = f"(?:{person[1]}[㐀-鿿]|[㐀-鿿]{person[2]})"
        for found in re.finditer(f"{person[0]}{given}", text):
            name, at = found.group(), found.start()
            if name in people or any(name in source.text for source in sources):
                continue
            if _is_name(text, at) and (at in titled or not _begins_word(text, at)):
                yield Span(at, at + 3), person


@lru_cache(maxsize=64)
def _people(sources: tuple[Reading, ...], lexicon: Lexicon) -> frozenset[str]:
    """Names of three characters that the sources have, by title, by pattern or because the library knows them."""
    people = {
        spelling
        for name in lexicon.names
        if str(name.kind) == "person"
        for spelling in name.spellings
        if _THREE.fullmatch(spelling) and any(spelling in source.text for source in sources)
    }
    for source in sources:
        people.update(name.folded for name in han_names(source.text) if name.kind == "person")
        for found in _TITLED.finditer(source.text):
            if _is_name(source.text, found.start("name")):
                people.add(found["name"])
    return frozenset(name for name in people if _THREE.fullmatch(name) and name[0] in SURNAMES)


def _is_name(text: str, at: int) -> bool:
    """Whether three characters can be a whole name: its end begins no word with what follows."""
    import rjieba

    name = text[at : at + 3]
    if name[0] not in SURNAMES or _NO_NAME.search(name[1:]):
        return False
    return not rjieba.has_word(text[at + 2 : at + 4]) or not _HAN_NEXT.match(text, at + 3)


def _begins_word(text: str, at: int) -> bool:
    """Whether the characters belong to words around them, as in 提高建设水平."""
    import rjieba

    before = bool(at) and rjieba.has_word(text[at - 1 : at + 1])
    return before or rjieba.has_word(text[at : at + 2]) or rjieba.has_word(text[at + 1 : at + 3])


_HAN_NEXT = re.compile(r"[㐀-鿿]")
