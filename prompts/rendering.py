"""Jinja2 for prompts: sandboxed and strict. Template authors write it; text of users, documents and models is only
ever a value in it and is never compiled."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from knowledge.domain.errors import InputError

BLOCKS = ("system", "section")
"""The two messages of a prompt. `system` is the same for every section of a draft: a local model reads it once."""

PROMPT_VARIABLES: Mapping[str, str] = {
    "template": "The template: `name`, `purpose`.",
    "language": "Name of the language to write in, in the prompt's language.",
    "brief": "`audience`, `market`, `channel` of the brief, in words; empty when not given.",
    "inputs": "The inputs of the brief by name; documents are left out, they come as sources.",
    "style": "Style rules of the library, a list of texts.",
    "section": "`heading`, `instruction`, and `parts`: list of `role`, `least`, `most`, `shortest`, `longest`.",
    "sources": "The evidence: list of `id`, `text`.",
    "facts": "Figures that must appear, a list of texts; empty when none are asked for.",
    "context": "Earlier sections whose text this one builds on: list of `heading`, `text`.",
    "terms": "Glossary terms that occur in the sources: list of `term`, `form`.",
    "previous": "The text to be mended, empty on the first try.",
    "findings": "What is wrong with it, a list of texts.",
}


class PromptEnvironment(ImmutableSandboxedEnvironment):
    """No attribute of Python objects beyond data, no undefined variable, no access to files but the given folders."""

    def __init__(self, loader: BaseLoader | None = None) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )


@lru_cache(maxsize=512)
def _inline(source: str) -> Any:
    return PromptEnvironment().from_string(source)


def fill(source: str, values: Mapping[str, Any]) -> str:
    """A short text of a template (`{{ city }}`) with the brief's values.

    `source` comes from a template file. Raises `InputError` for an unknown name or a broken expression.
    """
    if "{" not in source:
        return source
    try:
        return str(_inline(source).render(values))
    except TemplateError as error:
        raise InputError(f"template text '{source[:60]}': {error}") from None


def names_in(source: str) -> set[str]:
    """The variables that a text uses. Raises `InputError` when it is no valid Jinja2."""
    try:
        return set(meta.find_undeclared_variables(PromptEnvironment().parse(source)))
    except TemplateSyntaxError as error:
        raise InputError(f"line {error.lineno}: {error.message}") from None


class Prompts:
    """The prompt files of one template, per language: `zh.j2` for Chinese, `en.j2` for all other languages."""

    def __init__(self, folder: Path, shared: Path) -> None:
        self._folder = folder
        self._environment = PromptEnvironment(FileSystemLoader([folder, shared]))

    def render(self, block: str, language: str, values: Mapping[str, Any], kind: str = "") -> str:
        """The text of `block` (one of `BLOCKS`) of the template's prompt, or of the shared prompt `kind`.

        Raises `InputError` naming file and cause.
        """
        name = f"{kind}{'.' if kind else ''}{'zh' if language == 'zh' else 'en'}.j2"
        try:
            context = self._environment.get_template(name).new_context(dict(values))
            for parent in self._ancestors(name)[1:]:
                for key, render in self._environment.get_template(parent).blocks.items():
                    context.blocks.setdefault(key, []).append(render)
            return "".join(context.blocks[block][0](context)).strip()
        except KeyError:
            raise InputError(f"{self._folder.name}/{name}: block '{block}' is missing") from None
        except TemplateError as error:
            raise InputError(f"{self._folder.name}/{name}: {error}") from None

    def variables(self, language: str) -> set[str]:
        """Every variable that the prompt of `language` uses, its parents' included."""
        return {
            variable
            for name in self._ancestors(f"{language}.j2")
            for variable in meta.find_undeclared_variables(self._tree(name))
        }

    @lru_cache(maxsize=8)  # noqa: B019  (a Prompts lives as long as the process)
    def _ancestors(self, name: str) -> tuple[str, ...]:
        """The file and those it extends, itself first."""
        parents = [parent for parent in meta.find_referenced_templates(self._tree(name)) if parent]
        return (name, *(a for parent in parents for a in self._ancestors(parent)))

    def _tree(self, name: str) -> Any:
        assert self._environment.loader is not None
        return self._environment.parse(self._environment.loader.get_source(self._environment, name)[0])
