"""The text of a unit as pieces: words, and codes that must come out as they went in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class CodeKind(StrEnum):
    """What a code is. `OPEN` and `CLOSE` belong together (tags, emphasis); the rest stand alone.

    `PLACEHOLDER` is filled in at run time ({name}, %s), `LINK` is an address that must not change, `LITERAL` is code or
    a product of a program (`kubectl get pods`), `SINGLE` an empty tag or a break.
    """

    OPEN = "open"
    CLOSE = "close"
    SINGLE = "single"
    PLACEHOLDER = "placeholder"
    LINK = "link"
    LITERAL = "literal"


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its text as the file has it, its kind, and an id that is unique in its unit (`OPEN` and its `CLOSE`
    share the number: `1` and `/1`). `movable` is False where order among codes must not change."""

    id: str
    text: str
    kind: CodeKind
    movable: bool = True

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "text": self.text, "kind": str(self.kind), "movable": self.movable}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Code:
        return cls(data["id"], data["text"], CodeKind(data["kind"]), data.get("movable", True))


Piece = str | Code


@dataclass(frozen=True, slots=True)
class Content:
    """A text in pieces; no two strings stand side by side and none is empty (`of` sees to it).

    The strings are what a reader sees, unescaped: `&amp;` of an HTML file is `&` here.
    """

    pieces: tuple[Piece, ...] = ()

    @classmethod
    def of(cls, *pieces: Piece) -> Content:
        """Pieces, with neighbouring strings joined and empty ones left out."""
        joined: list[Piece] = []
        for piece in pieces:
            if isinstance(piece, str) and joined and isinstance(joined[-1], str):
                joined[-1] += piece
            elif piece != "":
                joined.append(piece)
        return cls(tuple(joined))

    def __str__(self) -> str:
        """The whole text, codes as the file has them."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    def __bool__(self) -> bool:
        return bool(self.pieces)

    @property
    def codes(self) -> tuple[Code, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Code))

    @property
    def words(self) -> str:
        """What a person reads: codes are left out; a break or a placeholder stands as a space."""
        return "".join(
            piece if isinstance(piece, str) else "" if piece.kind in (CodeKind.OPEN, CodeKind.CLOSE) else " "
            for piece in self.pieces
        )

    @property
    def says_something(self) -> bool:
        """True when there is a letter or a figure to translate outside the codes."""
        return any(letter.isalnum() for letter in self.strings())

    def strings(self) -> Iterator[str]:
        """The letters of the strings, one by one."""
        for piece in self.pieces:
            if isinstance(piece, str):
                yield from piece

    def to_json(self) -> list[Any]:
        """A list of strings and codes."""
        return [piece if isinstance(piece, str) else piece.to_json() for piece in self.pieces]

    @classmethod
    def from_json(cls, data: Sequence[Any]) -> Content:
        return cls.of(*(piece if isinstance(piece, str) else Code.from_json(piece) for piece in data))


def read_back(text: str, codes: Sequence[Code]) -> Content:
    """`text` in which codes stand as the file has them, as content: each code of `codes` is found at most as often as
    it is given, the longest first where two begin at the same place. For texts that people edited."""
    left = list(codes)
    pieces: list[Piece] = []
    at = 0
    while at < len(text):
        here = max((c for c in left if c.text and text.startswith(c.text, at)), key=lambda c: len(c.text), default=None)
        if here is None:
            pieces.append(text[at])
            at += 1
        else:
            left.remove(here)
            pieces.append(here)
            at += len(here.text)
    return Content.of(*pieces)
