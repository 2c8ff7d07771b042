"""Finds templates: ours beside this file, and those of a workspace, which override ours by id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from knowledge.domain.errors import InputError, NotFound
from knowledge.domain.words import Words
from prompts.rendering import PROMPT_VARIABLES, Prompts, names_in
from prompts.template import Template

BUILT_IN = Path(__file__).parent
SHARED = BUILT_IN / "shared"
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class LoadedTemplate:
    """A valid template with its prompts."""

    template: Template
    prompts: Prompts
    folder: Path


class Templates:
    """All templates of a workspace. Loading is lazy and by folder: one broken template does not hide the others."""

    def __init__(self, own: Path | None = None) -> None:
        self._folders = {path.parent.name: path.parent for path in sorted(BUILT_IN.glob("*/template.yaml"))}
        if own is not None:
            self._folders.update({path.parent.name: path.parent for path in sorted(own.glob("*/template.yaml"))})
        self._loaded: dict[str, LoadedTemplate] = {}

    @property
    def ids(self) -> list[str]:
        """Every template id, in alphabetical order."""
        return sorted(self._folders)

    def get(self, template_id: str) -> LoadedTemplate:
        """Raises `NotFound` (naming the nearest) or `InputError` (naming file, place and remedy)."""
        if template_id not in self._folders:
            raise NotFound(f"no template '{template_id}'; there are {', '.join(self.ids)}")
        if template_id not in self._loaded:
            self._loaded[template_id] = load(self._folders[template_id])
        return self._loaded[template_id]

    def all(self) -> list[LoadedTemplate]:
        """Every template. Raises `InputError` for the first broken one."""
        return [self.get(template_id) for template_id in self.ids]


def load(folder: Path) -> LoadedTemplate:
    """The template in `folder`, validated with its prompts. Raises `InputError` with file, place and remedy."""
    path = folder / "template.yaml"
    shown = f"{folder.name}/template.yaml"
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{shown}: cannot be read ({error.strerror})") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(f"{shown}{f', line {mark.line + 1}' if mark else ''}: is not valid YAML") from None
    if not isinstance(data, dict):
        raise InputError(f"{shown}: must be a mapping with id, version, name, purpose, stage, inputs, sections")
    try:
        template = Template.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = " › ".join(str(part) for part in first["loc"]) or "template"
        raise InputError(f"{shown}, at {place}: {first['msg'].removeprefix('Value error, ')}") from None
    if template.id != folder.name:
        raise InputError(f"{shown}: id '{template.id}' must be the name of its folder, '{folder.name}'")
    prompts = Prompts(folder, SHARED)
    _check_names(template, prompts, shown)
    return LoadedTemplate(template, prompts, folder)


def _check_names(template: Template, prompts: Prompts, shown: str) -> None:
    """Every variable that is used is known: inputs in the template's texts, `PROMPT_VARIABLES` in its prompts."""
    inputs = {i.name for i in template.inputs}
    for section in template.sections:
        known = inputs | {"date_text"}
        steps = (step.text for step in section.steps)
        queries = (*(want.query for want in section.evidence), *(row.query for row in section.rows))
        for text in _texts(section.text, section.prefix, *steps, *queries):
            _refuse_unknown(names_in(text), known, f"{shown}, section {section.id}")
        for want in section.evidence:
            _refuse_unknown(names_in(want.entry), inputs, f"{shown}, section {section.id}")
        for part in section.parts:
            for text in _texts(part.otherwise):
                _refuse_unknown(names_in(text), known, f"{shown}, section {section.id}, part {part.role}")
            for text in _texts(part.form):
                _refuse_unknown(names_in(text), set(part.fields), f"{shown}, section {section.id}, part {part.role}")
    for language in LANGUAGES:
        try:
            used = prompts.variables(language)
        except Exception as error:
            raise InputError(f"{template.id}/{language}.j2: {error}") from None
        _refuse_unknown(used, set(PROMPT_VARIABLES), f"{template.id}/{language}.j2")


def _texts(*words: Words) -> Iterable[str]:
    for word in words:
        yield word.zh
        yield word.en


def _refuse_unknown(used: set[str], known: set[str], place: str) -> None:
    unknown = sorted(used - known)
    if unknown:
        raise InputError(f"{place}: '{unknown[0]}' is no known variable; known: {', '.join(sorted(known))}")
