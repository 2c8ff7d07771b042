"""The product in this process: what `koujing search`, `check` and `draft` answer with `--json`."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.brief import as_audience, brief_from_json
from assistant.draft import SCHEMA, Evidence
from assistant.gateway.port import LanguageModel
from assistant.given_pieces import pieces_of
from assistant.progress import Progress
from assistant.settings import Settings
from assistant.workspace import Workspace
from evals.subjects.port import Answer, SourceText
from evals.subjects.recording import Recording
from evals.subjects.scratch import filled
from evals.subjects.scripted import model_of
from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale
from knowledge.domain.text import clean
from knowledge.reading import Block, Document
from knowledge.records import KINDS, Scope

MOST_HITS = 50
"""As many as the command line and the service give."""

_SCOPE = {"locale", "kinds", "market", "audience", "k"}


class Here:
    """A workspace as a subject. `model` writes in the place of the workspace's own; both are closed with it.

    Drafts may be asked for from several threads. They are kept in the workspace, as the product keeps them.
    """

    name = "koujing"

    def __init__(self, workspace: Workspace, model: LanguageModel | None = None) -> None:
        self.workspace = workspace
        self._given = model
        self._closed = False

    @property
    def model(self) -> str:
        """The model that writes, as in settings."""
        return self.language_model.name

    @property
    def language_model(self) -> LanguageModel:
        """The model that writes, to be asked by a subject that builds on this one."""
        return self._given or self.workspace.model

    def search(self, query: str, scope: Mapping[str, Any]) -> Answer:
        """`koujing search --json`. Raises `InputError` for an empty query or a scope that is none."""
        if not query.strip():
            raise InputError("the query is empty; say what to look for")
        asked, count = scope_of(scope)
        begun = time.perf_counter()
        hits = self.workspace.search(query, asked, count)
        return Answer({"schema": SCHEMA, "hits": [hit.to_json() for hit in hits]}, time.perf_counter() - begun)

    def check(
        self, text: str, sources: Sequence[SourceText] | None, *, locale: str, market: str | None = None
    ) -> Answer:
        """`koujing check --json` against `sources`, or without any against the library."""
        begun = time.perf_counter()
        pieces = [piece for source in sources or () for piece in evidence(source)]
        report = self.workspace.check(text, pieces if sources else None, locale=locale, market=market)
        return Answer(report.to_json(), time.perf_counter() - begun)

    def draft(self, brief: Mapping[str, Any]) -> Answer:
        """`koujing draft --json`, with every prompt behind it. Raises what the product raises."""
        recording = Recording(self.language_model)
        begun = time.perf_counter()
        document = self.workspace.draft(brief_from_json(brief), model=recording).to_json()
        seconds = time.perf_counter() - begun
        return Answer(document, seconds, recording.prompts, {"model_seconds": recording.seconds})

    def close(self) -> None:
        """Release workspace and model."""
        if self._closed:
            return
        self._closed = True
        if self._given is not None:
            self._given.close()
        self.workspace.close()


def opened(
    settings: Settings,
    *,
    library: str,
    model_spec: str,
    prompts: Path | None,
    home: Path,
    progress: Progress | None = None,
) -> Here:
    """The product over a workspace of its own in `home`, with `model_spec` as the model that writes.

    `library` is `sample`, `workspace` (a copy of the user's own) or a folder to import. `prompts` is a folder of
    template folders that override ours. A home that was filled before from the same is used as it is, so that a run
    can be resumed. `KOUJING_NOW` and all other settings hold.

    Raises `InputError` when `home` holds something else, `SetupError` when there is no workspace to copy.
    """
    model = model_of(model_spec, settings, progress)
    workspace = filled(settings, library=library, model_spec=model_spec, prompts=prompts, home=home, progress=progress)
    # Whoever asks the workspace for its model (the judge) gets the one that writes.
    workspace.model = model
    return Here(workspace, model)


def scope_of(scope: Mapping[str, Any]) -> tuple[Scope, int]:
    """A case's scope as the library's, and how many hits are wanted. Raises `InputError` naming what is wrong."""
    wrong = sorted(set(scope) - _SCOPE)
    if wrong:
        raise InputError(f"scope: unknown key '{wrong[0]}'; known: {', '.join(sorted(_SCOPE))}")
    kinds, count = tuple(scope.get("kinds") or ()), scope.get("k", 8)
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        raise InputError(f"scope: '{unknown[0]}' is no kind of entry; choose {', '.join(KINDS)}")
    if not isinstance(count, int) or not 1 <= count <= MOST_HITS:
        raise InputError(f"scope: k={count} must be a whole number from 1 to {MOST_HITS}")
    locale = scope.get("locale")
    asked = Scope(
        audience=as_audience(scope.get("audience") or "public"),
        market=scope.get("market") or None,
        locale=parse_locale(locale).tag if locale else None,
        kinds=kinds,
    )
    return asked, count


def evidence(source: SourceText) -> list[Evidence]:
    """A given text as evidence, with the line as locator: what the service makes of it."""
    lines = [(number, clean(line).strip()) for number, line in enumerate(source.text.splitlines(), start=1)]
    blocks = tuple(Block(line, place=f"line {number}") for number, line in lines if line)
    return pieces_of(Document(format="text", title=source.name, meta={}, blocks=blocks, content_hash=""), source.name)
