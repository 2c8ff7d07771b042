"""Two versions of an entry word by word. Joining the pieces gives both texts back exactly. Pure.

Han is compared by words, other scripts by words, figures whole (`14.6`, `1,280`, `30%`): a changed figure is never a
changed digit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from knowledge.folder.yaml_text import value_text
from knowledge.records import EntryVersion

_HAN = r"々〆\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA_HANGUL = r"\u3040-\u30ff\uac00-\ud7af"
_TOKEN = re.compile(
    rf"(?P<han>[{_HAN}]+)|[{_KANA_HANGUL}]"
    r"|[+-]?\d+(?:[.,:/]\d+)*[%％‰]?"
    rf"|[^\W\d_{_HAN}{_KANA_HANGUL}]+(?:['’][^\W\d_{_HAN}{_KANA_HANGUL}]+)*"
    r"|\n|[^\S\n]+|.",
    re.DOTALL,
)
_DEAR = 2_000_000
"""Pairs of equal words from which on the frequent ones no longer serve as anchors."""

PROPERTIES = (
    "title", "kind", "locale", "translates", "audience", "markets", "customer", "owner", "review_due", "valid_until",
)  # fmt: skip


class Change(StrEnum):
    """What became of a piece."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with one fate."""

    change: Change
    text: str

    def to_json(self) -> dict[str, str]:
        return {"change": str(self.change), "text": self.text}


@dataclass(frozen=True, slots=True)
class Part:
    """A property (`title`), a field (`fields.result`) or the `text` that differs, with its pieces in order."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def old(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.change is not Change.ADDED)

    @property
    def new(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.change is not Change.REMOVED)

    def to_json(self) -> dict[str, Any]:
        return {"part": self.name, "pieces": [piece.to_json() for piece in self.pieces]}


def word_diff(old: EntryVersion, new: EntryVersion) -> list[Part]:
    """The parts in which two versions differ: properties, then fields, then the text as written. Empty: they say the
    same. State, approval and source are no part of what an entry says."""
    written = bool(old.body and new.body)
    pairs = [
        *((name, _shown(getattr(old, name)), _shown(getattr(new, name))) for name in PROPERTIES),
        *(
            (f"fields.{name}", _field(old.fields, name), _field(new.fields, name))
            for name in dict.fromkeys((*old.fields, *new.fields))
        ),
        ("text", old.body if written else old.text, new.body if written else new.text),
    ]
    return [Part(name, tuple(diff_words(was, now))) for name, was, now in pairs if was != now]


def diff_words(old: str, new: str) -> list[Piece]:
    """The pieces of two texts: paragraphs are matched first, then the words of those that differ."""
    hunks: list[Piece] = []
    for was, now in _matched(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        if was == now:
            hunks.append(Piece(Change.SAME, was))
        elif not was or not now:
            hunks += _changed(was, now)
        else:
            for before, after in _matched(list(_words(was)), list(_words(now))):
                hunks += [Piece(Change.SAME, before)] if before == after else _changed(before, after)
    return _joined(hunks)


def as_plain(parts: Iterable[Part], around: int | None = None) -> str:
    """The parts as text with `[-old-]{+new+}`; `around` keeps so many characters beside each change, None all."""
    return "\n".join(_rendered(part, around) for part in parts)


def _rendered(part: Part, around: int | None) -> str:
    shown = []
    for index, piece in enumerate(part.pieces):
        if piece.change is Change.SAME:
            last = index == len(part.pieces) - 1
            shown.append(piece.text if around is None else _near(piece.text, around, index == 0, last))
        else:
            shown.append(f"[-{piece.text}-]" if piece.change is Change.REMOVED else f"{{+{piece.text}+}}")
    text = "".join(shown).strip("\n")
    return f"{part.name}:{chr(10) if chr(10) in text else ' '}{text}"


def _near(text: str, around: int, first: bool, last: bool) -> str:
    if len(text) <= (around if first or last else 2 * around):
        return text
    return ("" if first else text[:around]) + " … " + ("" if last else text[len(text) - around :])


def _words(text: str) -> Iterator[str]:
    for found in _TOKEN.finditer(text):
        if found["han"]:
            yield from _han(found["han"])
        else:
            yield found.group()


def _han(run: str) -> Sequence[str]:
    import rjieba

    words: list[str] = rjieba.cut(run)
    return words if "".join(words) == run else list(run)


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Runs of both, in order: equal ones, and what stands between them."""
    counts = Counter(new)
    dear = sum(number * counts[word] for word, number in Counter(old).items()) > _DEAR
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=dear).get_opcodes():
        was, now = "".join(old[a:b]), "".join(new[c:d])
        yield (was, was) if tag == "equal" else (was, now)


def _changed(old: str, new: str) -> list[Piece]:
    pieces = (Piece(Change.REMOVED, old), Piece(Change.ADDED, new))
    return [piece for piece in pieces if piece.text]


def _joined(hunks: Sequence[Piece]) -> list[Piece]:
    """Neighbours as one; a blank between two changed words belongs to the change."""
    pieces: list[Piece] = []
    was = now = ""
    for index, piece in enumerate(hunks):
        if piece.change is Change.REMOVED:
            was += piece.text
        elif piece.change is Change.ADDED:
            now += piece.text
        elif (
            was and now and piece.text.isspace() and "\n" not in piece.text
            and index + 1 < len(hunks) and hunks[index + 1].change is not Change.SAME
        ):  # fmt: skip
            was, now = was + piece.text, now + piece.text
        else:
            pieces += _changed(was, now)
            was = now = ""
            if pieces and pieces[-1].change is Change.SAME:
                piece = Piece(Change.SAME, pieces.pop().text + piece.text)
            pieces.append(piece)
    return [*pieces, *_changed(was, now)]


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _field(fields: Any, name: str) -> str:
    """A text as it is, anything else as YAML; nothing where the field is not there."""
    if name not in fields:
        return ""
    value = fields[name]
    return value if isinstance(value, str) else value_text(value)
