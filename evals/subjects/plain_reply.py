"""Reads a plain chain's reply: sections by their headings, citations by their numbers, gaps by their first words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.draft import Evidence, Paragraph, Section
from prompts.section import TemplateSection
from prompts.template import Template

_HEADING = re.compile(r"^(?:#{1,4}\s*(?P<marked>.+?)|\*\*(?P<bold>[^*]+)\*\*[:：]?)\s*$")
_RUN_ON = re.compile(r"^(?:#{1,4}\s*|\*\*)(?P<heading>[^:：*]+)(?:\*\*)?[:：](?:\*\*)?\s*(?P<text>\S.*)$")
_CITED = re.compile(r"\s*[\[【]\s*S?(\d+(?:\s*[,，、;；]\s*\[?S?\d+)*)\s*[\]】]")
_GAP = re.compile(r"^(?:待补充|to be supplied)\s*[:：]?", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-*•]|\d{1,2}[.、)])\s+")


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as a draft has it. `unknown` counts citations of numbers that nothing in the context has."""

    title: str
    sections: tuple[Section, ...]
    evidence: tuple[Evidence, ...]
    unknown: int


def _lines(text: str, named: Mapping[str, TemplateSection]) -> Iterator[str]:
    """The lines of a reply; a heading that goes on with its text on the same line is two."""
    for line in (line.strip() for line in text.splitlines()):
        marked = _RUN_ON.match(line)
        if marked and _folded(marked["heading"]) in named:
            yield f"## {marked['heading']}"
            yield marked["text"]
        else:
            yield line


def words_of(template: Template, surface: str) -> list[str]:
    """What each section is called in the prompt: its heading, or its id where it has none."""
    return [_called(section, surface) for section in template.sections]


def read_reply(text: str, template: Template, language: str, context: Sequence[Evidence]) -> Reply:
    """The sections in the reply's own order. What stands under no heading of the template is kept under its own."""
    surface = "zh" if language == "zh" else "en"
    numbered = tuple(replace(piece, id=f"S{number}") for number, piece in enumerate(context, start=1))
    named = {_folded(_called(section, surface)): section for section in template.sections}
    lines: dict[str, list[Paragraph]] = {}
    headings: dict[str, str] = {}
    current, own_title, unknown, count = "text", "", 0, 0
    for line in filter(None, _lines(text, named)):
        found = _HEADING.match(line)
        heading = (found["marked"] or found["bold"]) if found else line.rstrip(":：")
        section = named.get(_folded(heading))
        if section is not None:
            current, headings[section.id] = section.id, section.heading.of(surface)
            lines.setdefault(current, [])
        elif found and line.startswith("# ") and not own_title:
            own_title = heading.strip()
        elif found:
            current = f"other_{len(headings) + 1}"
            headings[current] = heading.strip()
            lines.setdefault(current, [])
        else:
            count += 1
            paragraph, wrong = _paragraph(line, f"p{count}", _role(template, current), len(numbered))
            unknown += wrong
            lines.setdefault(current, []).append(paragraph)
    sections = tuple(Section(id_, headings.get(id_, ""), tuple(p)) for id_, p in lines.items() if p)
    titles = [p.text for s in sections for p in s.paragraphs if p.role == "title" and not p.gap]
    title = next(iter(titles), own_title or template.name.of(surface))
    return Reply(title, sections, numbered, unknown)


def _paragraph(line: str, id_: str, role: str, known: int) -> tuple[Paragraph, int]:
    """A line as a paragraph, and how many of its citations name nothing."""
    numbers = [int(n) for cited in _CITED.findall(line) for n in re.findall(r"\d+", cited)]
    text = _BULLET.sub("", _CITED.sub("", line)).replace("**", "").strip()
    gap = bool(_GAP.match(text))
    right = [f"S{n}" for n in dict.fromkeys(numbers) if 1 <= n <= known]
    wrong = sum(not 1 <= n <= known for n in numbers)
    return Paragraph(id_, text, () if gap else tuple(right), gap=gap, role=role), wrong


def _called(section: TemplateSection, surface: str) -> str:
    return section.heading.of(surface) or section.id


def _role(template: Template, section_id: str) -> str:
    section = next((s for s in template.sections if s.id == section_id), None)
    return section.parts[0].role if section and section.parts else "text"


def _folded(heading: str) -> str:
    return re.sub(r"[\W_]+", "", re.sub(r"^\s*\d{1,2}[.、]\s*", "", heading)).casefold()
