"""User stories kept as YAML (title, facts about the project, paragraphs, quotes) as case entries of a library.

The set in mind: the user stories of the Jenkins project (Apache-2.0); any folder of files of that shape will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.workspace import Workspace
from evals.cases import Case
from knowledge.importing import ImportOptions, ImportReport
from knowledge.records import Audience

_LABEL = re.compile(r"^\*\*(?P<label>[^*:]{2,40}):?\*\*:?\s*")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)|<(https?://[^>]*)>")
_FACTS = (
    ("organization", "Organisation"),
    ("industries", "Industry"),
    ("programming_languages", "Programming languages"),
    ("platforms", "Platforms"),
    ("version_control_systems", "Version control"),
    ("build_tools", "Build tools"),
)


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, word for word."""

    text: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Story:
    """A story: what the file knows of the project, paragraphs under their headings, quotes."""

    id: str
    title: str
    facts: Mapping[str, str]
    parts: Sequence[tuple[str, str]]
    quotes: Sequence[Quote]

    def markdown(self) -> str:
        """The story as a file that the importer reads; the quotes are approved."""
        front = {
            "id": self.id,
            "title": self.title,
            "kind": "case",
            "locale": "en",
            "state": "approved",
            "fields": {"quotes": [_field(quote) for quote in self.quotes]},
        }
        lines = ["---", yaml.safe_dump(front, allow_unicode=True, sort_keys=False).rstrip(), "---", f"# {self.title}"]
        lines += ["## Background", *(f"{name}: {value}.\n" for name, value in self.facts.items())]
        for heading, text in self.parts:
            lines += ["", f"## {heading}", "", text] if heading else ["", text]
        lines += ["", "## In the customer's words"]
        lines += [f"> “{quote.text}” — {quote.speaker}\n" for quote in self.quotes]
        return "\n".join(lines) + "\n"


def read_stories(folder: Path, most: int) -> list[Story]:
    """At most `most` stories that have a quote, evenly apart in the order of their files."""
    found = [story for path in sorted(folder.rglob("*.yaml")) if (story := _story(path)) and story.quotes]
    if len(found) <= most:
        return found
    return [found[(2 * place + 1) * len(found) // (2 * most)] for place in range(most)]


def import_stories(workspace: Workspace, stories: Sequence[Story], folder: Path) -> ImportReport:
    """The stories as approved public cases; `folder` takes their files."""
    folder.mkdir(parents=True, exist_ok=True)
    for story in stories:
        (folder / f"{story.id}.md").write_text(story.markdown(), encoding="utf-8")
    options = ImportOptions(kind="case", audience=Audience.PUBLIC, by="benchmark", trust_front_matter=True)
    return workspace.library.importer().run([folder], options)


def case_of(story: Story) -> Case:
    """The brief for a success story about it."""
    ask = {"template": "success_story", "inputs": {"case": story.id}}
    return Case(f"story-{story.id}", "en", "a user story of a public set", ask, source="user stories, YAML")


def _story(path: Path) -> Story | None:
    document = next(iter(yaml.safe_load_all(path.read_text(encoding="utf-8"))), None)
    if not isinstance(document, dict) or not document.get("title"):
        return None
    known = document.get("metadata") or {}
    facts = {name: said for key, name in _FACTS if (said := _said(known.get(key)))}
    paragraphs = (document.get("body_content") or {}).get("paragraphs") or []
    return Story(path.stem, str(document["title"]), facts, tuple(_parts(paragraphs)), tuple(_quotes(document)))


def _parts(paragraphs: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Paragraphs; a bold label at the beginning is the heading of those that follow."""
    for paragraph in paragraphs:
        text = _plain(str(paragraph))
        label = _LABEL.match(text)
        yield (label["label"].strip(), text[label.end() :]) if label else ("", text)


def _quotes(document: Mapping[str, Any]) -> Iterator[Quote]:
    for quote in document.get("quotes") or []:
        if quote.get("content") and quote.get("from"):
            yield Quote(" ".join(str(quote["content"]).split()).strip('"“” '), " ".join(str(quote["from"]).split()))


def _field(quote: Quote) -> dict[str, Any]:
    speaker, _, title = quote.speaker.partition(", ")
    return {"text": quote.text, "speaker": speaker, "title": title, "approved": True}


def _said(value: Any) -> str:
    items = value if isinstance(value, list) else [value] if value else []
    return _plain(", ".join(str(item).strip(" :") for item in items)).rstrip(".")


def _plain(text: str) -> str:
    kept = _LINK.sub(lambda link: link[1] or link[2] or "", text).replace("\\", "")
    return kept.strip()
