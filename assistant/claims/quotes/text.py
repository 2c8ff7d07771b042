"""Words compared as they are, typography aside: marks, dashes, dots, widths, blanks and emphasis do not count."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.domain.finding import Span

_CJK = "\u2e80-\u9fff\uf900-\ufaff"


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys(map(ord, '“”„‟«»"〝〞〟″＂「」『』‹›*`_\u200b\ufeff'), "")
    table |= dict.fromkeys(map(ord, "‘’‚‛′´＇"), "'")
    table |= dict.fromkeys(map(ord, "‐‑‒–—―−－﹣─~～"), "-")
    table |= dict.fromkeys([0x9, 0xA, 0xD, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
    table |= {ord("…"): "...", ord("。"): ".", ord("｡"): ".", ord("⋯"): "..."}
    return table


_TABLE = _table()
_STEPS = (
    (re.compile(r"(?<![A-Za-zÀ-ɏ])'|'(?![A-Za-zÀ-ɏ])"), ""),
    (re.compile(r" *-[ -]*"), "-"),
    (re.compile(r"\.{4,}"), "..."),
    (re.compile(r"  +"), " "),
    (re.compile(rf"(?<=[{_CJK}]) +| +(?=[{_CJK}])| +(?=[.,;:!?])"), ""),
)
_EDGE = " .,;:、-"


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """`text` without what typography adds."""
    text = text.translate(_TABLE)
    for pattern, new in _STEPS:
        text = pattern.sub(new, text)
    return text


def core(text: str) -> str:
    """`plain` without the pauses at either end."""
    return plain(text).strip(_EDGE)


@lru_cache(maxsize=64)
def _places(text: str) -> tuple[str, tuple[int, ...]]:
    """`plain(text)`, and for each character of it where it stands in `text`."""
    kept = [(c, n) for n, character in enumerate(text) for c in _TABLE.get(ord(character), character)]
    for pattern, new in _STEPS:
        whole = "".join(c for c, _ in kept)
        out: list[tuple[str, int]] = []
        at = 0
        for match in pattern.finditer(whole):
            out += kept[at : match.start()]
            out += [(c, kept[match.start()][1]) for c in new]
            at = match.end()
        kept = out + kept[at:]
    return "".join(c for c, _ in kept), tuple(n for _, n in kept)


def find(words: str, text: str) -> Span | None:
    """Where `text` has `words` (a `core`) as whole words, typography aside; the first letter may be small or large."""
    if not words:
        return None
    for spelled in dict.fromkeys((words, words[0].swapcase() + words[1:])):
        at = plain(text).find(spelled)
        while at >= 0:
            whole, places = _places(text)
            end = at + len(spelled)
            if not (_word(whole, at - 1) and _word(whole, at)) and not (_word(whole, end - 1) and _word(whole, end)):
                return Span(places[at], places[end - 1] + 1)
            at = plain(text).find(spelled, at + 1)
    return None


def _word(text: str, at: int) -> bool:
    """A letter or digit of a script that parts its words by blanks stands there."""
    return 0 <= at < len(text) and text[at].isalnum() and (text[at] < "⺀" or "가" <= text[at] <= "힯")
