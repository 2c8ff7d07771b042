"""A subject's document made readable: text with its wrong pieces and its claims marked, and the evidence beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

CARRIED = "supported"
_LONGEST = 4_000
"""A needle longer than this is a document, not a piece of one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: `wrong` when a scorer showed it, `verdict` of the claim that covers it."""

    text: str
    wrong: bool = False
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a hit, with the ids it cites; `about` is said in small print beside it."""

    pieces: tuple[Piece, ...]
    gap: bool = False
    citations: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under a heading."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of evidence, `place` being where it comes from."""

    id: str
    cited: bool
    place: str
    text: str


def blocks(document: Mapping[str, Any], wrong: Sequence[str]) -> list[Block]:
    """The text of a draft, of a check or of a search; of anything else its JSON."""
    claims = document.get("claims") or ()
    if document.get("sections"):
        return [
            Block(
                str(section.get("heading") or ""),
                tuple(_line(paragraph, claims, wrong) for paragraph in section.get("paragraphs") or ()),
            )
            for section in document["sections"]
        ]
    if "hits" in document:
        return [Block("", tuple(_hit(n, hit, wrong) for n, hit in enumerate(document["hits"], 1)))]
    if document.get("text"):
        return [Block("", (Line(tuple(marked(str(document["text"]), wrong, claims))),))]
    rest = {key: value for key, value in document.items() if value and key not in ("questions", "schema")}
    return [Block("", (Line((Piece(json.dumps(rest, ensure_ascii=False, indent=2)),)),))] if rest else []


def sources(document: Mapping[str, Any]) -> list[Source]:
    """The evidence, what is cited first, otherwise in order."""
    cited = {id_ for section in document.get("sections") or () for id_ in _cited(section.get("paragraphs") or ())}
    cited |= {link["id"] for claim in document.get("claims") or () for link in claim.get("evidence") or ()}
    found = [
        Source(str(one["id"]), one["id"] in cited, _place(one), str(one.get("text") or ""))
        for one in document.get("evidence") or ()
    ]
    return sorted(found, key=lambda source: not source.cited)


def unsupported(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The claims that nothing carries, as they stand in the document."""
    return [claim for claim in document.get("claims") or () if claim.get("verdict") not in (CARRIED, "not_checked")]


def marked(text: str, wrong: Sequence[str], claims: Iterable[Mapping[str, Any]] = ()) -> Iterator[Piece]:
    """The text in pieces, cut wherever a wrong piece or a claim begins or ends."""
    bad = [found for needle in wrong for found in _places(text, needle)]
    said = [(c["span"]["start"], c["span"]["end"], str(c.get("verdict") or "")) for c in claims if c.get("span")]
    cuts = {0, len(text), *(end for place in bad for end in place), *(end for c in said for end in c[:2])}
    borders = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    for start, end in pairwise(borders):
        verdicts = [verdict for first, last, verdict in said if first <= start and end <= last]
        # A loud verdict inside a quiet one must stay visible.
        verdict = next((v for v in verdicts if v != CARRIED), verdicts[0] if verdicts else "")
        yield Piece(text[start:end], any(first <= start and end <= last for first, last in bad), verdict)


def _places(text: str, needle: str) -> list[tuple[int, int]]:
    """Where a piece stands, whatever the spaces in it; the whole text where the piece holds it all."""
    words = needle.split()
    if not words or len(needle) > _LONGEST:
        return []
    body = r"\s+".join(map(re.escape, words))
    left = r"(?<![0-9A-Za-z])" if _latin(words[0][0]) else ""
    right = r"(?![0-9A-Za-z])" if _latin(words[-1][-1]) else ""
    found = [match.span() for match in re.finditer(left + body + right, text)]
    if not found and len(text) > 1 and text.strip() and text.strip() in needle:
        return [(0, len(text))]
    return found


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _line(paragraph: Mapping[str, Any], claims: Iterable[Mapping[str, Any]], wrong: Sequence[str]) -> Line:
    own = [claim for claim in claims if claim.get("paragraph") == paragraph.get("id")]
    pieces = tuple(marked(str(paragraph.get("text") or ""), wrong, own))
    return Line(pieces, bool(paragraph.get("gap")), tuple(map(str, paragraph.get("citations") or ())))


def _hit(place: int, hit: Mapping[str, Any], wrong: Sequence[str]) -> Line:
    named = [str(hit[key]) for key in ("entry_id", "source", "locator") if hit.get(key)]
    score = f"{hit['score']:.3f}" if isinstance(hit.get("score"), float) else ""
    about = " · ".join([f"{place}.", *dict.fromkeys(named), *([score] if score else [])])
    return Line(tuple(marked(str(hit.get("text") or ""), wrong)), about=about)


def _cited(paragraphs: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from paragraph.get("citations") or ()


def _place(evidence: Mapping[str, Any]) -> str:
    version = f"v{evidence['version']}" if evidence.get("version") else ""
    parts = [evidence.get("entry_id"), version, evidence.get("source"), evidence.get("locator"), evidence.get("state")]
    until = f"→ {evidence['valid_until']}" if evidence.get("valid_until") else ""
    return " · ".join(str(part) for part in dict.fromkeys([*parts, until]) if part)
