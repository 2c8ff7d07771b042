"""Jinja2 for prompts: sandboxed and strict. Template authors write it; text of users, documents and models is only
ever a value in it and is never compiled."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, TemplateError, TemplateNotFound, TemplateSyntaxError, meta, nodes

from knowledge.domain.errors import InputError
from prompts.faults import Fault, Faulty
from prompts.files import is_plain_name, read_plain
from prompts.sandbox import PromptEnvironment, rendered

BLOCKS = ("system", "section")
"""The two messages of a prompt. `system` is the same for every section of a draft: a local model reads it once."""

MOST_FILES = 30
"""That a prompt may extend and include, each counted as often as it is met."""

PROMPT_VARIABLES: Mapping[str, str] = {
    "template": "The template: `name`, `purpose`.",
    "language": "Name of the language to write in, in the prompt's language.",
    "brief": "`reader`, `audience`, `market`, `channel` of the brief, in words; empty when not given.",
    "inputs": "The inputs of the brief by name; documents are left out, they come as sources.",
    "style": "Style rules of the library, a list of texts.",
    "section": "`heading`, `instruction`, and `parts`: list of `role`, `least`, `most`, `shortest`, `longest`.",
    "sources": "The evidence: list of `id`, `text`.",
    "fence": "A mark to put around each source, as a tag; no source holds it.",
    "facts": "Figures that must appear, a list of texts; empty when none are asked for.",
    "context": "Earlier sections whose text this one builds on: list of `heading`, `text`.",
    "terms": "Glossary terms that occur in the sources: list of `term`, `form`.",
    "previous": "The text to be mended, empty on the first try.",
    "findings": "What is wrong with it, a list of texts.",
}


_INLINE = PromptEnvironment()
_RAISED = (
    TemplateError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What an expression that does not fit its values may raise."""


@lru_cache(maxsize=2048)
def _inline(source: str) -> Any:
    return _INLINE.from_string(source)


def fill(source: str, values: Mapping[str, Any]) -> str:
    """A short text of a template (`{{ city }}`) with the brief's values.

    `source` comes from a template file. Raises `InputError` for an unknown name or a broken expression.
    """
    if "{" not in source:
        return source
    try:
        template = _inline(source)
        return rendered(lambda: template.root_render_func(template.new_context(dict(values))))
    except _RAISED as error:
        raise InputError(f"template text '{source[:60]}': {error}") from None


@dataclass(frozen=True, slots=True)
class Use:
    """A variable that a text or a prompt uses, with the line (from 1) of that text; `attribute` is what is taken of it
    (`inputs.angle`), empty for the whole."""

    name: str
    line: int
    attribute: str = ""


def uses_in(source: str) -> tuple[Use, ...]:
    """The variables that a text uses, in its order. Raises `InputError` when it is no valid Jinja2."""
    if "{" not in source:
        return ()
    try:
        return _read(source).uses
    except TemplateSyntaxError as error:
        raise InputError(f"line {error.lineno}: {error.message}") from None


def names_in(source: str) -> set[str]:
    """The variables that a text uses. Raises `InputError` when it is no valid Jinja2."""
    return {use.name for use in uses_in(source)}


@dataclass(frozen=True, slots=True)
class _Read:
    """What stands in a prompt: variables, names of blocks, the file it extends, and all files that it needs."""

    uses: tuple[Use, ...]
    blocks: frozenset[str]
    extends: str
    needs: tuple[str, ...]


@lru_cache(maxsize=2048)
def _read(source: str) -> _Read:
    """Raises `TemplateSyntaxError`."""
    tree = _INLINE.parse(source)
    extended = tree.find(nodes.Extends)
    return _Read(
        uses=_uses(tree),
        blocks=frozenset(block.name for block in tree.find_all(nodes.Block)),
        extends=_file_of(extended) if extended else "",
        needs=tuple(_file_of(node) for node in tree.find_all((nodes.Extends, nodes.Include))),
    )


def _uses(tree: nodes.Template) -> tuple[Use, ...]:
    free = meta.find_undeclared_variables(tree) - {"super", "loop"}
    taken: dict[int, str] = {}
    for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
        if isinstance(node, nodes.Getattr):
            taken[id(node.node)] = node.attr
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            taken[id(node.node)] = str(node.arg.value)
    found = [Use(n.name, n.lineno, taken.get(id(n), "")) for n in tree.find_all(nodes.Name) if n.name in free]
    return tuple(sorted(dict.fromkeys(found), key=lambda use: use.line))


class Prompts:
    """The prompt files of one template, per language: `zh.j2` for Chinese, `en.j2` for all other languages. A file may
    extend or include others of its own folder and of the shared one, by name."""

    def __init__(self, folder: Path, shared: Path) -> None:
        self._folder = folder
        self._environment = PromptEnvironment(_Files(folder, shared))
        self._known: dict[str, tuple[str, ...]] = {}

    def render(self, block: str, language: str, values: Mapping[str, Any], kind: str = "") -> str:
        """The text of `block` (one of `BLOCKS`) of the template's prompt, or of the shared prompt `kind`.

        Raises `InputError` naming file and cause.
        """
        name = f"{kind}{'.' if kind else ''}{'zh' if language == 'zh' else 'en'}.j2"
        self._files(name)  # refuses what goes in circles before anything runs
        try:
            context = self._environment.get_template(name).new_context(dict(values))
            for parent in self._line_of(name)[1:]:
                for key, render in self._environment.get_template(parent).blocks.items():
                    context.blocks.setdefault(key, []).append(render)
            if block not in context.blocks:
                raise InputError(f"{self._folder.name}/{name}: block '{block}' is missing")
            return rendered(lambda: context.blocks[block][0](context)).strip()
        except _RAISED as error:
            raise InputError(f"{self._folder.name}/{name}: {error}") from None

    def variables(self, language: str) -> set[str]:
        """Every variable that the prompt of `language` uses, its parents' included."""
        return {use.name for _, use in self.uses(language)}

    def uses(self, language: str) -> list[tuple[str, Use]]:
        """Every variable that the prompt of `language` uses, with the file in which it does."""
        return [(name, use) for name in self._files(f"{language}.j2") for use in self._told(name).uses]

    def is_own(self, name: str) -> bool:
        """True for a file of the template's own folder."""
        return (self._folder / name).exists()

    def blocks(self, language: str) -> set[str]:
        """The names of all blocks of the prompt of `language`, its parents' included."""
        return {block for name in self._line_of(f"{language}.j2") for block in self._told(name).blocks}

    def _line_of(self, name: str) -> tuple[str, ...]:
        """The file and those that it extends, itself first."""
        extended = self._told(name).extends
        return (name, *self._line_of(extended)) if extended else (name,)

    def _files(self, name: str) -> tuple[str, ...]:
        """The file and all that it extends or includes, itself first. Raises `Faulty` for those that go in circles or
        are too many."""
        if name not in self._known:
            met = list(self._met(name, ()))
            if len(met) > MOST_FILES:
                raise Faulty([Fault(f"{self._folder.name}/{name}", f"includes more than {MOST_FILES} files")])
            self._known[name] = tuple(dict.fromkeys(met))
        return self._known[name]

    def _met(self, name: str, above: tuple[str, ...]) -> Iterator[str]:
        if name in above:
            fault = Fault(f"{self._folder.name}/{above[-1]}", f"includes or extends '{name}', which leads back to it")
            raise Faulty([fault])
        yield name
        for needed in islice(self._told(name).needs, MOST_FILES + 1):
            yield from islice(self._met(needed, (*above, name)), MOST_FILES + 1)

    def _told(self, name: str) -> _Read:
        """What stands in a file. Raises `Faulty` for one that is missing or no valid Jinja2."""
        file = f"{self._folder.name}/{name}"
        assert self._environment.loader is not None
        try:
            return _read(self._environment.loader.get_source(self._environment, name)[0])
        except TemplateSyntaxError as error:
            raise Faulty([Fault(file, error.message or "is no valid Jinja2", "", error.lineno)]) from None
        except TemplateNotFound as error:
            raise Faulty([Fault(file, str(error.message), "create the file, or mend its name")]) from None


def _file_of(node: nodes.Node) -> str:
    """The name of the file that is extended or included; the sandbox refuses one that is no constant."""
    assert isinstance(node, (nodes.Extends, nodes.Include))
    assert isinstance(node.template, nodes.Const)
    return str(node.template.value)


class _Files(BaseLoader):
    """The template's own folder, then the shared one; bare names only."""

    def __init__(self, own: Path, shared: Path) -> None:
        self._folders = (own, shared)

    def get_source(self, _environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        folder = next((f for f in self._folders if is_plain_name(template) and os.path.lexists(f / template)), None)
        if folder is None:
            own, shared = self._folders
            raise TemplateNotFound(template, f"no file '{template[:80]}' in {own.name}/ or {shared.name}/")
        path = folder / template
        text, made = read_plain(folder, template), path.stat().st_mtime_ns
        return text, str(path), lambda: path.exists() and path.stat().st_mtime_ns == made
