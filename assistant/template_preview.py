"""What a template would ask a model, with real evidence, without asking one.

The way is that of drafting: the same desk, the same writers, the same prompts. Only the model behind the port is one
that writes down what it is asked and never answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.brief import Brief
from assistant.draft import Draft, Evidence, Paragraph
from assistant.drafting import Drafter
from assistant.gateway.port import ModelReply, ModelRequest, OnText
from assistant.interview import known_inputs, open_questions
from assistant.workspace import Workspace
from assistant.writing.context import Desk
from knowledge.domain.errors import BadReply, QuestionsOpen
from knowledge.reading.tokens import count_tokens
from prompts.loader import LoadedTemplate
from prompts.section import TemplateSection

WRITING = ("compose", "rewrite")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to the model: both messages, and the ids of the sources that it shows."""

    system: str
    prompt: str
    sources: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {"system": self.system, "prompt": self.prompt, "sources": list(self.sources)}


@dataclass(frozen=True, slots=True)
class PreviewedSection:
    """A section: the evidence chosen for it, what a model would be asked, and what stands there without one.

    `state` is `model` where a model would be asked, `program` where none is needed, `gap` where the library says too
    little, `left out` for an optional section that has nothing.
    """

    id: str
    heading: str
    write: str
    state: str
    evidence: tuple[Evidence, ...]
    asked: tuple[Asked, ...]
    paragraphs: tuple[Paragraph, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "heading": self.heading,
            "write": self.write,
            "state": self.state,
            "evidence": [evidence.to_json() for evidence in self.evidence],
            "asked": [asked.to_json() for asked in self.asked],
            "paragraphs": [paragraph.to_json() for paragraph in self.paragraphs],
        }


class Silent:
    """A model that keeps what it is asked, by section, and never answers."""

    name = "preview"
    destination = "nowhere"
    writes = True

    def __init__(self, context_tokens: int) -> None:
        self.context_tokens = context_tokens
        self.asked: dict[str, list[Asked]] = {}

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """Always raises `BadReply`, with which every writer knows what to do."""
        section = request.task.section if request.task else ""
        sources = tuple(source.id for source in request.task.sources) if request.task else ()
        said = {message.role: message.content for message in request.messages}
        self.asked.setdefault(section, []).append(Asked(said.get("system", ""), said.get("user", ""), sources))
        raise BadReply("a preview asks no model")

    def count_tokens(self, text: str) -> int:
        """An estimate by a common vocabulary."""
        return count_tokens(text)

    def close(self) -> None:
        return


def preview(
    workspace: Workspace, brief: Brief, *, writing: str = "", loaded: LoadedTemplate | None = None
) -> list[PreviewedSection]:
    """Every section that the brief asks for, in the order of the draft. `writing` is one of `WRITING`; empty: as the
    settings have it.

    Raises `QuestionsOpen` for a brief that lacks inputs, and what `Templates.get` raises.
    """
    loaded = loaded or workspace.templates.get(brief.template)
    known_inputs(brief, loaded.template)
    questions = open_questions(brief, loaded.template, workspace.library)
    if questions:
        missing = ", ".join(f"{question.input} ({question.text})" for question in questions)
        raise QuestionsOpen(f"still to be said, each with -i NAME=VALUE: {missing}", questions)
    model = Silent(workspace.settings.whole("context_tokens"))
    rewrites = (writing or default_writing(workspace)) == "rewrite"
    drafter = Drafter(workspace.library, model, repairs=0, rewrites=rewrites, policy=workspace.policy())
    draft, desk = drafter.write(brief, loaded, "preview")
    wanted = [section for section in loaded.template.sections if section.wanted(desk.values)]
    order = [section.id for section in draft.sections]
    # What was left out keeps the place that the template gives it, behind what is there.
    wanted.sort(key=lambda section: order.index(section.id) if section.id in order else len(order))
    return [_previewed(section, draft, desk, model.asked.get(section.id, [])) for section in wanted]


def default_writing(workspace: Workspace) -> str:
    """How the settings have a model write: sentence by sentence or a section at once."""
    set_, model = workspace.settings.text("writing"), workspace.settings.text("model")
    return set_ or ("rewrite" if model in ("", "local") else "compose")


def _previewed(section: TemplateSection, draft: Draft, desk: Desk, asked: Sequence[Asked]) -> PreviewedSection:
    written = next((s for s in draft.sections if s.id == section.id), None)
    paragraphs = written.paragraphs if written else ()
    ids = {s for one in asked for s in one.sources} | {c for p in paragraphs for c in p.citations}
    chosen = {evidence.id: evidence for evidence in desk.book.select(section)}
    chosen |= {evidence.id: evidence for evidence in desk.book.all if evidence.id in ids}
    if asked:
        state = "model"
    elif not paragraphs:
        state = "left out"
    else:
        state = "gap" if all(paragraph.gap for paragraph in paragraphs) else "program"
    return PreviewedSection(
        id=section.id,
        heading=desk.words(section.heading),
        write=section.write,
        state=state,
        evidence=tuple(_by_number(chosen.values())),
        asked=tuple(asked),
        paragraphs=tuple(p for p in paragraphs if not asked or (p.by == "program" and not p.gap)),
    )


def _by_number(evidence: Iterable[Evidence]) -> list[Evidence]:
    return sorted(evidence, key=lambda one: int(one.id.lstrip("S") or 0))
