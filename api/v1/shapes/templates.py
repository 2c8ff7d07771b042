"""Templates as they are answered."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.v1.shapes.drafts import Evidence, Paragraph
from api.v1.shapes.parts import Answer, Document, InBothLanguages, Shape


class TemplateAbout(Shape):
    """What a template is for, and what it asks for."""

    id: str
    version: int
    name: InBothLanguages
    purpose: InBothLanguages
    stage: str
    inputs: list[Document]


class ListedTemplate(TemplateAbout):
    """A template in the list; `required` are the names of the inputs that must be given."""

    required: list[str]
    origin: str


class Broken(Shape):
    """A template that cannot be used, and why."""

    id: str
    message: str


class TemplateList(Answer):
    """What can be written."""

    templates: list[ListedTemplate]
    broken: list[Broken]


class WholeTemplate(TemplateAbout):
    """A template as it is declared (see the page on templates)."""

    audience: InBothLanguages
    agree: list[Document]
    sections: list[Document]
    point_first: list[str]
    method: list[Document]
    rules: list[Document]
    rubric: list[Document]
    alternatives: bool


class Template(Answer):
    """One template."""

    template: WholeTemplate
    origin: str
    common_inputs: list[Document] = Field(description="What every template of its sort may be told besides.")


class TemplateFiles(Answer):
    """The files of a template, as texts by name."""

    id: str
    origin: str
    files: dict[str, str]


class Fault(Shape):
    """What is wrong with a template, where, and what to do."""

    severity: Literal["error", "warning"]
    file: str
    line: int
    place: str
    message: str
    remedy: str


class SavedTemplate(TemplateFiles):
    """What is saved, and what could be better."""

    faults: list[Fault]


class FaultCounts(Shape):
    """By severity."""

    error: int
    warning: int


class Faults(Answer):
    """Everything that is wrong with it."""

    id: str
    faults: list[Fault]
    counts: FaultCounts


class AskedOfModel(Shape):
    """What a model would be asked."""

    system: str
    prompt: str
    sources: list[str]


class PreviewedSection(Shape):
    """A section: its evidence, what a model would be asked, what stands there without one."""

    id: str
    heading: str
    write: str
    state: str
    evidence: list[Evidence]
    asked: list[AskedOfModel]
    paragraphs: list[Paragraph]


class TemplatePreview(Answer):
    """Section by section."""

    template: str
    locale: str
    writing: str
    sections: list[PreviewedSection]
