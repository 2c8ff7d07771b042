"""Finds templates: ours beside this file, and those of a workspace, which override ours by id."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowledge.domain.errors import InputError, NotFound
from prompts.contract import LANGUAGES, broken_prompts, broken_texts
from prompts.declaration import NAME, Declaration, doubled_keys, read_declaration
from prompts.faults import Fault, Faulty, instead_of
from prompts.rendering import Prompts
from prompts.template import Template
from prompts.validation import validated

__all__ = ["BUILT_IN", "LANGUAGES", "SHARED", "Examined", "LoadedTemplate", "Templates", "examine", "load", "state_of"]

BUILT_IN = Path(__file__).parent
SHARED = BUILT_IN / "shared"

Origin = Literal["built-in", "workspace", "overrides built-in"]


@dataclass(frozen=True, slots=True)
class LoadedTemplate:
    """A valid template with its prompts."""

    template: Template
    prompts: Prompts
    folder: Path


@dataclass(frozen=True, slots=True)
class Examined:
    """A folder looked through: all that keeps it from being used, and the template when nothing does.

    `mended` is the template without what is wrong, to look at the rest of it; None when that could not be made out.
    `whole`: no part of it stands in for a wrong one.
    """

    folder: Path
    declaration: Declaration | None = None
    mended: Template | None = None
    whole: bool = False
    loaded: LoadedTemplate | None = None
    faults: tuple[Fault, ...] = ()


class Templates:
    """All templates of a workspace. Loading is lazy and by folder: one broken template does not hide the others."""

    def __init__(self, own: Path | None = None) -> None:
        self._built_in = _folders(BUILT_IN)
        self._own = _folders(own) if own is not None else {}
        self._loaded: dict[str, LoadedTemplate] = {}

    @property
    def ids(self) -> list[str]:
        """Every template id, in alphabetical order."""
        return sorted(self._built_in | self._own)

    def folder(self, template_id: str) -> Path:
        """Where the template stands; the workspace's own comes first. Raises `NotFound`, naming the nearest."""
        if template_id not in self.ids:
            near = instead_of(template_id, self.ids, most=99)
            raise NotFound(f"no template '{template_id}'; {near}")
        return (self._built_in | self._own)[template_id]

    def origin(self, template_id: str) -> Origin:
        """Whose it is. Raises `NotFound`."""
        self.folder(template_id)
        if template_id not in self._own:
            return "built-in"
        return "overrides built-in" if template_id in self._built_in else "workspace"

    def get(self, template_id: str) -> LoadedTemplate:
        """Raises `NotFound` (naming the nearest) or `Faulty` (naming file, line, place and remedy)."""
        if template_id not in self._loaded:
            self._loaded[template_id] = load(self.folder(template_id))
        return self._loaded[template_id]

    def all(self) -> list[LoadedTemplate]:
        """Every template that can be used."""
        broken = self.broken()
        return [self.get(template_id) for template_id in self.ids if template_id not in broken]

    def broken(self) -> dict[str, str]:
        """What is wrong with each template that cannot be used, by its id."""
        found: dict[str, str] = {}
        for template_id in self.ids:
            try:
                self.get(template_id)
            except InputError as error:
                found[template_id] = error.message
        return found


def state_of(own: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes whenever somebody changes a file of the templates below `own`: name, time and size of each."""
    found = []
    for path in sorted(own.glob("*/*")):
        try:
            about = path.lstat()
        except OSError:
            continue  # gone meanwhile
        found.append((f"{path.parent.name}/{path.name}", about.st_mtime_ns, about.st_size))
    return tuple(found)


def _folders(root: Path) -> dict[str, Path]:
    return {path.parent.name: path.parent for path in sorted(root.glob(f"*/{NAME}"))}


def load(folder: Path) -> LoadedTemplate:
    """The template in `folder`, validated with its prompts. Raises `Faulty` with file, line, place and remedy."""
    examined = examine(folder)
    if examined.loaded is None:
        raise Faulty(examined.faults)
    return examined.loaded


def examine(folder: Path) -> Examined:
    """Everything that is wrong with the template in `folder`."""
    try:
        declaration = read_declaration(folder)
    except Faulty as error:
        return Examined(folder, faults=error.faults)
    faults = [_doubled(declaration, line, key) for line, key in doubled_keys(declaration.root)]
    template, wrong, stands_in = validated(declaration)
    faults += wrong
    if template is None:
        return Examined(folder, declaration, faults=tuple(faults))
    if declaration.data.get("id") != folder.name and not any(fault.place == "id" for fault in faults):
        message = f"id '{template.id}' must be the name of its folder, '{folder.name}'"
        faults.append(declaration.fault(("id",), message, f"write 'id: {folder.name}', or rename the folder"))
    prompts = Prompts(folder, SHARED)
    faults += broken_texts(template, declaration)
    faults += broken_prompts(template, prompts, folder.name)
    loaded = None if faults else LoadedTemplate(template, prompts, folder)
    return Examined(folder, declaration, template, not stands_in, loaded, tuple(faults))


def _doubled(declaration: Declaration, line: int, key: str) -> Fault:
    return Fault(declaration.file, f"key '{key}' stands twice", "keep one of them", line)
