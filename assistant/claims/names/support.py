"""Whether texts have a name: as it is spelled, as another spelling of the same name, or as a natural short form."""

from __future__ import annotations

import re

from assistant.claims.names.han import without_place_tail
from assistant.claims.names.name import Name
from assistant.claims.names.stock import WORD, Stock
from assistant.claims.names.words import ACRONYMS, ORDINARY, ORGANISATION_ENDS, PEOPLES, ROLES
from knowledge.domain.finding import Span
from knowledge.domain.folding import fold

_HAN = re.compile(r"[㐀-鿿]")
_COMMON = ORDINARY | ROLES | PEOPLES | ACRONYMS
_TAIL_HAN = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|集团公司|公司|集团|大学|医院|银行|学院|委员会|协会|研究院|研究所|局|部)$"
)


def begins_unknown(name: Name, stock: Stock) -> bool:
    """True when the word that a sentence begins with may belong to the name, and no source has it."""
    first = WORD.findall(name.folded[: name.weak])
    return bool(first) and not any(_word_in(word, stock) for word in first)


def stands_in(name: Name, stock: Stock, text: str) -> tuple[Span | None, bool]:
    """The place in the stock (None for one in a title, or put together from several) and whether it is there at all.

    `text` is what the name stands in.
    """
    if name.known:
        return _any_of(name.known.spellings, stock)
    if name.place:
        return _place(name, stock)
    where = stock.find(name.folded)
    if where:
        return where, True
    if stock.holds(name.folded):
        return None, True
    return _han(name, stock) if _HAN.search(name.folded) else _latin(name, stock, name.span.of(text))


def _any_of(spellings: tuple[str, ...], stock: Stock) -> tuple[Span | None, bool]:
    folded = [fold(spelling) for spelling in spellings]
    where = next((found for spelling in folded if (found := stock.find(spelling))), None)
    return where, where is not None or any(stock.holds(spelling) for spelling in folded)


def _place(name: Name, stock: Stock) -> tuple[Span | None, bool]:
    assert name.place is not None
    where, holds = _any_of(name.place.names, stock)
    if holds:
        return where, True
    for spelling in name.place.others:
        short = spelling.isascii() and len(spelling) < 4
        if any(re.search(rf"\b{spelling}\b", text) for text in stock.texts) if short else stock.holds(fold(spelling)):
            return None, True
    return None, False


def _han(name: Name, stock: Stock) -> tuple[Span | None, bool]:
    """A short form of what the sources have in full, or the other way round."""
    short = without_place_tail(name.folded) if name.kind == "place" else _TAIL_HAN.sub("", name.folded)
    options = [short] if len(short) > 1 else []
    if name.kind == "person" and "·" in name.folded:
        options += [part for part in name.folded.split("·") if len(part) > 1]
    if name.kind == "organisation" and len(short) > 4:
        options += [short[:4], short[-4:]]
    where = next((found for option in options if (found := stock.find(option))), None)
    return where, where is not None


def _latin(name: Name, stock: Stock, said: str) -> tuple[Span | None, bool]:
    """By its words: each that tells something must be in the sources, in this or a kindred form."""
    firm = name.folded[name.weak :] if not name.is_weak else name.folded
    words = [word for word in WORD.findall(firm) if word not in _COMMON and (len(word) > 1 or word.isdigit())]
    telling = [word for word in words if word not in ORGANISATION_ENDS] or words
    if all(_word_in(word, stock) for word in telling):
        return next((found for word in telling if (found := stock.find(word))), None), True
    if said.isupper() and 2 < len(said) < 7 and name.folded.replace(".", "") in stock.initials:
        return None, True
    initials = "".join(word[0] for word in WORD.findall(name.folded) if word not in ("of", "the", "and", "for"))
    return None, len(initials) > 2 and initials in stock.words


def _word_in(word: str, stock: Stock) -> bool:
    if word in stock.words or word + "s" in stock.words or (word.endswith("s") and word[:-1] in stock.words):
        return True
    return len(word) > 4 and any(_kindred(word, other) for other in stock.stems.get(word[:5], ()))


_ENDINGS = frozenset(
    " s es e ed d er ers r rs or ors ing ion ions ation ations al ally ly y ies ive ment ments ity ic ian ish ese an "
    "en n "
    "ism ist ists ance ence ant ent able ized ised ization isation".split(" ")
)


def _kindred(a: str, b: str) -> bool:
    """`manager` and `managing`, `Sweden` and `Swedish`: one beginning of five letters or more and usual endings."""
    common = next((n for n in range(min(len(a), len(b))) if a[n] != b[n]), min(len(a), len(b)))
    return common >= 5 and a[common:] in _ENDINGS and b[common:] in _ENDINGS
