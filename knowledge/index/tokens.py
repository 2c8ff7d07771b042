"""Words for the lexical index: the same cut for passages and queries, in every language.

Chinese is cut by rjieba in its search mode; text with kana and hangul into overlapping pairs, as Lucene's CJK analyzer
does; other scripts into words without case and accents, English-like plurals folded. Letters and figures part
(`FX-200`, `FX200` → fx 200), and figures lose their thousands separators (`1,000` → 1000, `2.3` → 2_3).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from knowledge.index.stop_words import STOP_WORDS

_EAST = r"々〆\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\U00020000-\U0003ffff"
_HANGUL = r"\uac00-\ud7af"
_RUN = re.compile(
    rf"(?P<east>[{_EAST}]+)|(?P<hangul>[{_HANGUL}]+)|(?P<number>\d+(?:[.,]\d+)*)|(?P<word>[^\W\d_{_EAST}{_HANGUL}]+)"
)
_KANA = re.compile(r"[\u3040-\u30ff]")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_SENTENCE_END = re.compile(r"(^|[.!?:;。！？：；])\s*[\"'“‘«„(¿¡]*\s*$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as indexed. `name`: it reads the same in other languages (figures, capitals, Latin among ideographs)."""

    text: str
    name: bool


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, in order, repeated as they stand; stop words included."""
    text = unicodedata.normalize("NFKC", text)
    eastern = False
    found: list[Token] = []
    for match in _RUN.finditer(text):
        run = match.group()
        if match["east"]:
            eastern = True
            found += [Token(word, False) for word in _east(run)]
        elif match["hangul"]:
            eastern = True
            found += [Token(word, False) for word in _pairs(run)]
        elif match["number"]:
            found.append(Token(_number(run), True))
        else:
            found.append(Token(_fold(run), _reads_as_name(run, text, match.start())))
    if eastern:
        return [Token(t.text, t.name or t.text.isascii()) for t in found]
    return found


def words(text: str) -> str:
    """The tokens of `text` as the full-text table keeps them: parted by blanks."""
    return " ".join(token.text for token in tokens(text))


@dataclass(frozen=True, slots=True)
class Terms:
    """A query's distinct words without stop words; `names` are those that read the same in other languages."""

    all: tuple[str, ...]
    names: tuple[str, ...]


def query_terms(query: str) -> Terms:
    """What of `query` is looked up. A query of stop words only keeps them."""
    found = list(dict.fromkeys(tokens(query)))
    telling = [token for token in found if token.text not in STOP_WORDS] or found
    return Terms(
        tuple(dict.fromkeys(token.text for token in telling)),
        tuple(dict.fromkeys(token.text for token in telling if token.name)),
    )


def _east(run: str) -> list[str]:
    if _KANA.search(run):
        return _pairs(run)
    import rjieba

    return [word for word in rjieba.cut_for_search(run) if word.strip()]


def _pairs(run: str) -> list[str]:
    return [a + b for a, b in pairwise(run)] or [run]


def _number(run: str) -> str:
    plain = _THOUSANDS.sub("", run)
    return plain.replace(".", "_").replace(",", "_")


def _fold(word: str) -> str:
    lower = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    if len(lower) > 4 and lower.endswith("ies"):
        return lower[:-3] + "y"
    if len(lower) > 4 and lower.endswith(("ses", "xes", "zes", "hes")):
        return lower[:-2]
    if len(lower) > 3 and lower.endswith("s") and not lower.endswith("ss"):
        return lower[:-1]
    return lower


def _reads_as_name(word: str, text: str, start: int) -> bool:
    """A capital inside a sentence, or a second capital anywhere (`IoT`, `DBOS`)."""
    if any(c.isupper() for c in word[1:]):
        return True
    return word[0].isupper() and not _SENTENCE_END.search(text[max(0, start - 12) : start])
