"""A document that comes with a brief, cut into pieces of evidence: by passage, or line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.claims.words import plain_words
from assistant.draft import Evidence
from assistant.writing.shortening import changes
from assistant.writing.speakers import utterances
from knowledge.domain.locale import detect_language
from knowledge.domain.words import WordLists
from knowledge.reading.document import Document
from knowledge.reading.headings import with_headings
from knowledge.reading.passages import split

INPUT_TOKENS = 420
"""Tokens of one piece of a document that comes with the brief: small enough for a small model to read well."""


@dataclass(frozen=True, slots=True)
class GivenPiece:
    """A piece of evidence with the headings above it (the title of its document apart). Of a document that comes with
    the brief, it has no number before something rests on it: see `EvidenceBook.keep_piece`."""

    evidence: Evidence
    headings: tuple[str, ...] = ()
    key: str = ""


def is_headed(piece: GivenPiece, words: WordLists) -> bool:
    """True when a heading above the piece has one of the words."""
    return any(word.casefold() in heading.casefold() for heading in piece.headings for word in words.all())


def telling_results(pieces: Sequence[GivenPiece], count: int) -> list[GivenPiece]:
    """The pieces of a document with the most changes (a figure before and one after), in its order."""
    told = [changes(p.evidence.text, p.evidence.locale.split("-", 1)[0]) for p in pieces]
    best = sorted((n for n in range(len(pieces)) if told[n]), key=lambda n: (-told[n], n))[:count]
    return [pieces[n] for n in sorted(best)]


def sharing_words(pieces: Sequence[GivenPiece], query: str, count: int) -> list[GivenPiece]:
    """At most `count` of the pieces, those that share the most words with the query, in their order."""
    asked = plain_words(query)
    shared = [len(asked & plain_words(piece.evidence.text)) for piece in pieces] if len(pieces) > count else []
    best = sorted(range(len(shared)), key=lambda n: -shared[n])[:count]
    return [pieces[n] for n in sorted(best)] if shared else list(pieces)


def pieces_by_passage(name: str, text: str) -> list[GivenPiece]:
    """A given text cut into pieces of whole lines, with their place as locator. A piece begins with the headings that
    are new with it, marked as such; the title of the document is the title of them all."""
    lines = numbered_lines(text)
    blocks = with_headings(lines, marked_only=is_talk(text))
    document = Document(format="text", title=name, meta={}, blocks=blocks, content_hash="")
    paths = {block.headings[:1] for block in blocks if block.kind != "heading"}
    title = "".join(*paths) if len(paths) == 1 else ""
    found, above = list[GivenPiece](), tuple[str, ...]()
    for number, piece in enumerate(split(document, max_tokens=INPUT_TOKENS)):
        path = piece.headings
        new = [
            f"{'#' * level} {heading}\n" for level, heading in enumerate(path, start=1) if path[:level] != above[:level]
        ]
        above = path
        evidence = replace(given_evidence(name, "".join(new) + piece.text, piece.locator, text), title=title or name)
        found.append(GivenPiece(evidence, path[bool(title) :], f"input:{name}:{number}"))
    return found


def is_talk(text: str) -> bool:
    """True for a transcript: much of it is lines of speakers."""
    lines = numbered_lines(text)
    return 5 * len(utterances("\n".join(line for _, line in lines))) > 2 * len(lines)


def pieces_of(document: Document, name: str, max_tokens: int | None = None) -> list[Evidence]:
    """A document that is not in the library as evidence, passage by passage; not numbered yet."""
    whole = "\n".join(block.text for block in document.blocks)
    pieces = split(document, max_tokens=max_tokens) if max_tokens else split(document)
    return [given_evidence(name, piece.text, piece.locator, whole) for piece in pieces]


def pieces_by_line(name: str, text: str) -> list[GivenPiece]:
    """A given text line by line, with the line as locator; empty lines are left out."""
    return [
        GivenPiece(given_evidence(name, line, f"line {number}", text), key=f"input:{name}:line {number}")
        for number, line in numbered_lines(text)
    ]


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """The lines that are not empty, stripped, with their numbers from 1."""
    return [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def given_evidence(name: str, text: str, locator: str, whole: str) -> Evidence:
    """A part of a given document as evidence without a number; its language is that of the whole."""
    locale = detect_language(whole) or "und"
    return Evidence("", text, locale, title=name, source=name, locator=locator, origin="input")
