"""A draft's document as scorers read it; a plain chain's draft has the same shape, with less in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evals.cases import Case
from evals.scorers.base import Unscored
from evals.scorers.eyes.texts import language_of, plain, without_marks


@dataclass(frozen=True, slots=True)
class Page:
    """A paragraph that says something (a gap says nothing)."""

    section: str
    text: str
    citations: tuple[str, ...]
    role: str
    cell: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A text that a paragraph is held against, and its language; `title` is that of the document it stands in."""

    id: str
    text: str
    language: str
    title: str = ""


def pages(document: Mapping[str, Any]) -> list[Page]:
    """The paragraphs of a draft, gaps apart. Raises `Unscored`: not a draft."""
    return [
        Page(
            str(section.get("id", "")),
            plain(without_marks(paragraph["text"])),
            tuple(paragraph.get("citations") or ()),
            paragraph.get("role") or "text",
            bool(paragraph.get("cell")),
        )
        for section, paragraph in paragraphs(document)
        if not paragraph.get("gap") and paragraph["text"].strip()
    ]


def paragraphs(document: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Every section with every paragraph, gaps too. Raises `Unscored`: not a draft."""
    if "sections" not in document:
        raise Unscored("the answer is no draft: it has no sections")
    for section in document["sections"]:
        for paragraph in section["paragraphs"]:
            yield section, paragraph


def evidence(document: Mapping[str, Any]) -> dict[str, Source]:
    """The evidence of a draft by id."""
    found = {}
    for item in document.get("evidence", ()):
        language = language_of(item["text"], item.get("locale") or "")
        found[item["id"]] = Source(item["id"], plain(item["text"]), language, plain(item.get("title") or ""))
    return found


def inputs(case: Case) -> list[Source]:
    """What the brief says: it needs no other source."""
    given = case.ask.get("inputs") or {}
    texts = [plain(str(value)) for value in given.values() if str(value).strip()]
    return [Source("brief", text, language_of(text, case.locale)) for text in texts]


def held_against(page: Page, known: Mapping[str, Source]) -> list[Source]:
    """The evidence that a paragraph cites; all of it when it cites none that exists, so that a writer who has no
    format for citations is judged by what is said alone."""
    return [known[each] for each in page.citations if each in known] or list(known.values())


def released(document: Mapping[str, Any]) -> bool:
    """True when no finding holds the draft back. One that nobody checked is released as it stands."""
    return not any(finding["severity"] == "error" for finding in document.get("findings", ()))
