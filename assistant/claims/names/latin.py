"""Names in Latin letters by their capitals: runs of capitalised words that are no titles, months or short forms.

German writes every noun with a capital: there only codes, capitals inside a word, kinds of company and forms of address
tell a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.claims.names.name import Name
from assistant.claims.names.words import (
    ACRONYMS,
    CALENDAR,
    GIVEN_NAMES,
    ORDINARY,
    ORGANISATION_ENDS,
    PEOPLES,
    ROLES,
    SPEECH,
)
from knowledge.domain.finding import Span
from knowledge.domain.folding import fold

_L = "A-Za-z0-9_À-ÖØ-öø-ɏ"
_WORD = (
    rf"(?:(?:[A-Z]\.){{2,6}}|[a-z]{{1,3}}[A-Z][{_L}]{{0,30}}|"
    rf"[A-ZÀ-ÖØ-Þ][{_L}]{{0,40}}(?:[-’'&.+][{_L}]{{1,30}}){{0,4}})"
)
_NEXT = rf"(?:{_WORD}|\d{{1,4}}(?![{_L}]|[.,]\d| ?(?:[%％‰°万亿倍]|percent\b|million\b|billion\b)))"
_RUN = re.compile(
    rf"(?<![{_L}@/.#])(?:{_WORD})(?:(?: (?:of|of the|de|la|van|von|der|den|di|da|do|dos|del|du|&))? {_NEXT}){{0,6}}"
)
_GERMAN_RUN = re.compile(rf"(?<![{_L}@/.#])(?:{_WORD})(?: {_NEXT}){{0,6}}")
_TOKEN = re.compile(rf"{_WORD}|[{_L}&]+")
_START_OF_SENTENCE = re.compile(r"(?:^|[.!?:;•|>#*/\n]|[-–—])[\s\"'“”‘’«»„‹›()\[\]*_#>·•–—-]*$|[\"“«„‘(\[]$")
_URL = re.compile(r"(?:https?://|www\.)\S{1,300}|[\w.+-]{1,64}@[\w.-]{1,200}|#\w{1,60}|\{[^{}]{0,80}\}|`[^`]{0,200}`")
_INNER_CAPITAL = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2,}[a-z]{2,}")
_HONORIFIC = re.compile(r"\b(?:Mr|Ms|Mrs|Dr|Prof|Herr|Frau|Monsieur|Madame|Señora?|Senhora?)\.? $")
_OFFICE_AFTER = re.compile(
    r",? (?:the |our |its )?(?:\w{1,20} ){0,3}"
    r"(?:CEO|CTO|CFO|COO|CIO|VP|president|chair\w{0,6}|director|manager|head|founder|leiter\w{0,2})\b",
    re.I,
)
_POSSESSIVE = re.compile(
    r"(?:['’]s?|-(?:based|born|led|owned|style|like|made|wide|ready|native|type|related|only|powered|compatible))$"
)
_NOT_NAMES = ORDINARY | ROLES | CALENDAR | PEOPLES | ACRONYMS


def latin_names(text: str, language: str) -> Iterator[Name]:
    """The names of a text in their order. Never raises; linear in the length of the text."""
    if _is_heading(text, language):
        yield from (name for name in _names(text, language) if _is_code(name.span.of(text)))
        return
    yield from _names(text, language)


def _names(text: str, language: str) -> Iterator[Name]:
    apart = [match.span() for match in _URL.finditer(text)] if _MAY_HOLD_URL.search(text) else []
    for run in (_GERMAN_RUN if language == "de" else _RUN).finditer(text):
        if any(start < run.end() and run.start() < end for start, end in apart):
            continue
        first = language in _SPACED and bool(_START_OF_SENTENCE.search(text, max(0, run.start() - 12), run.start()))
        tokens = [(m.start() + run.start(), m.end() + run.start()) for m in _TOKEN.finditer(run.group())]
        begin = tokens[0][0]
        while tokens and _plain(text, tokens[0]) in _NOT_NAMES:
            del tokens[0]
        while tokens and _no_end(text, tokens):
            del tokens[-1]
        if not tokens:
            continue
        start, end = tokens[0][0], tokens[-1][1]
        end -= len(text[start:end]) - len(_POSSESSIVE.sub("", text[start:end]))
        said = text[start:end]
        if len(said) < 2 or not any(c.isupper() for c in said) or not said.strip("X"):  # XXXX holds a place
            continue
        weak = 0
        if language == "de" and not _is_name_in_german(text, start, tokens):
            weak = len(said)
        elif first and start == begin and not _is_code(text[start : tokens[0][1]]):
            weak = min(tokens[0][1], end) - start
        yield Name(Span(start, end), fold(said), _kind(text, start, end, tokens), weak=weak)


_MAY_HOLD_URL = re.compile(r"[/@#{`]|www")
_LETTERS = re.compile(r"[^\W\d_]+")
_ENDS = re.compile(r"[.!?;:,]\W*$")
_SPACED = frozenset({"en", "de", "fr", "es", "pt"})


def _plain(text: str, token: tuple[int, int]) -> str:
    said = _POSSESSIVE.sub("", text[token[0] : token[1]])
    if said.endswith("s") and said[:-1].isupper():  # TVs
        said = said[:-1]
    return fold(said).rstrip(".")


def _no_end(text: str, tokens: list[tuple[int, int]]) -> bool:
    word = _plain(text, tokens[-1])
    if len(tokens) > 1 and (word in ORGANISATION_ENDS or word.isdigit()):
        return False
    return word in _NOT_NAMES or not any(c.isupper() or c.isdigit() for c in text[tokens[-1][0] : tokens[-1][1]])


def _is_code(word: str) -> bool:
    """`R200`, `TingDeck`, `IBM`: written as no ordinary word is."""
    letters = [c for c in word if c.isalpha()]
    capitals = len(letters) > 1 and all(c.isupper() for c in letters)
    return capitals or any(c.isdigit() for c in word) or bool(_INNER_CAPITAL.search(word))


def _is_name_in_german(text: str, start: int, tokens: list[tuple[int, int]]) -> bool:
    words = [_plain(text, token) for token in tokens]
    return (
        any(_is_code(text[a:b]) for a, b in tokens)
        or (len(words) > 1 and (words[-1] in ORGANISATION_ENDS or words[0] in GIVEN_NAMES))
        or bool(_HONORIFIC.search(text, max(0, start - 10), start))
    )


def _kind(text: str, start: int, end: int, tokens: list[tuple[int, int]]) -> str:
    words = [_plain(text, token) for token in tokens]
    if words[-1] in ORGANISATION_ENDS and len(words) > 1:
        return "organisation"
    if any(any(c.isdigit() for c in word) for word in words) or _INNER_CAPITAL.search(text, start, end):
        return "product"
    if len(words) < 4 and (
        words[0] in GIVEN_NAMES
        or _HONORIFIC.search(text, max(0, start - 10), start)
        or (len(words) > 1 and (_OFFICE_AFTER.match(text, end) or _speaks(text, start, end)))
    ):
        return "person"
    return "organisation"


def _speaks(text: str, start: int, end: int) -> bool:
    after = text[end : end + 14].strip().split(" ", 1)[0].casefold()
    before = text[max(0, start - 14) : start].strip().rsplit(" ", 1)[-1].casefold()
    return after in SPEECH or before in SPEECH


def _is_heading(text: str, language: str) -> bool:
    """Words with capitals that name nothing: headlines, shouting."""
    if language not in _SPACED or language == "de" or text.lstrip()[:1] in "—–":
        return False
    words = [word for word in _LETTERS.findall(text) if len(word) > 3]
    if len(words) > 2 and sum(word.isupper() for word in words) > 0.5 * len(words):
        return True
    if _ENDS.search(text):
        return False
    return len(words) < 2 or sum(word[0].isupper() for word in words) >= 0.7 * len(words)
