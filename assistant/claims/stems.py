"""English words without their endings: `stem` takes off inflection, `root` derivation too.

Light stemming in the manner of Porter (1980), by suffix tables. Words of other Latin-script languages pass through the
same tables; for them it is a rough fold, good enough to tell whether a word was said.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.claims.vocabulary.tables import table

PAST = frozenset(
    form for line in table("irregular.en.txt") for form in line.split()[1:2] if not form.endswith(("s", "ing"))
)
"""The past of irregular verbs, and some plurals."""

_IRREGULAR = {form: line.split()[0] for line in table("irregular.en.txt") for form in line.split()[1:]}

# Endings as they stand after `stem` has taken a final e and turned y to i.
_SUFFIXES = tuple(
    sorted(
        "ization ational fulness iveness ability abiliti ibiliti icalli ativ itiv itor ation ition ement iness iviti "
        "aliti arili ment ness anc enc anci enci abl ibl abli ibli alli ical ator iv ivli ion ant ent ful fulli ous "
        "ousli ism ist iti ial ual al ic iz er or li at if".split(),
        key=len,
        reverse=True,
    )
)
_BY_LAST: dict[str, tuple[str, ...]] = {
    last: tuple(s for s in _SUFFIXES if s[-1] == last) for last in {s[-1] for s in _SUFFIXES}
}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word, lower case, without inflection: plural, third person, past, participle; British spelling folded."""
    word = _IRREGULAR.get(word, word)
    size = len(word)
    if size < 4:
        return word
    last = word[-1]
    if last == "s" and word[-2] not in "su":
        word = _without_s(word)
    if size > 5 and last == "g" and word.endswith("ing"):
        word = _restored(word[:-3])
    elif size > 4 and last == "d" and word.endswith("ed"):
        if word[-3] == "e":
            word = word[:-1] if word not in _NOT_PAST else word
        else:
            word = word[:-3] + "y" if word[-3] == "i" else _restored(word[:-2])
    if len(word) > 5 and word[-1] == "e":
        word = word[:-1]
    if len(word) > 4:
        if word[-2:] == "ll":
            word = word[:-1]
        elif word[-2:] == "is":
            word = word[:-1] + "z"
        elif word[-3:] == "our":
            word = word[:-2] + "r"
        elif word[-4:] == "entr":
            word = word[:-1] + "er"
    if word[-1:] == "y" and len(word) > 3:
        word = word[:-1] + "i"
    return word


@lru_cache(maxsize=65536)
def root(stemmed: str) -> str:
    """What a stem is derived from, roughly: `decision` and `decisive` meet, so do `install` and `installation`."""
    word = stemmed
    for _ in range(3):
        size = len(word)
        if size < 5:
            break
        for suffix in _BY_LAST.get(word[-1], ()):
            left = size - len(suffix)
            if left >= 4 and word.endswith(suffix):
                word = word[:left]
                break
        else:
            break
    while len(word) > 4 and (word[-1] in "dsi" or word[-2:] == "ct"):
        word = word[:-1]
    return _ROOTS.get(word, word)


_ROOTS = {"descript": "describ", "percept": "perceiv", "recept": "receiv", "decept": "deceiv", "concept": "conceiv"}
_ROOTS |= {"explan": "explain", "mainten": "maintain", "solut": "solve", "consumpt": "consum", "percei": "perceiv"}


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """A noun in lower case without its plural."""
    word = _IRREGULAR.get(word, word)
    return _without_s(word) if len(word) > 3 and word[-1] == "s" and word[-2] not in "su" else word


def _without_s(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def _restored(word: str) -> str:
    """A verb without -ing or -ed, its doubled consonant or lost e mended: `planned` is plan, `priced` is price."""
    if len(word) < 3:
        return word
    if word[-1] == word[-2] and word[-1] not in "szl":
        return word[:-1]
    if len(word) <= 4 and (word[-1] in "cvzu" or word.endswith("dg") or _LOST_E.fullmatch(word)):
        return word + "e"
    return word


_LOST_E = re.compile("[^aeiou]*(?:[aeiou][^aeiouwxy]|[aeiou]{2}s)")
_NOT_PAST = frozenset("exceed proceed succeed indeed speed breed bleed greed creed".split())
