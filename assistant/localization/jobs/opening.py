"""What a job works with: its model, translator and memory, opened once for a job in a process."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from assistant.gateway.port import LanguageModel
from assistant.localization.formats.base import FileFormat
from assistant.localization.jobs.output import WriteFile
from assistant.localization.jobs.records import Job
from assistant.localization.translating import BatchTranslator
from knowledge.domain.errors import SetupError

if TYPE_CHECKING:
    from assistant.localization.jobs.planning import JobMemory
    from assistant.settings import Settings
    from assistant.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Tools:
    """What translates a job. `memory` None: it neither looks up nor keeps."""

    model: LanguageModel
    translator: BatchTranslator
    memory: JobMemory | None = None


class Opening(Protocol):
    """Opens what a process needs for the jobs of a workspace; another one is put in its place by tests."""

    def tools(self, workspace: Workspace, job: Job) -> Tools:
        """The tools of a job. Raises `SetupError`, `InputError` when the model cannot be used as it is set up."""

    def format_of(self, name: str, data: bytes) -> FileFormat:
        """The format of a file. Raises `InputError`."""

    @property
    def write_file(self) -> WriteFile:
        """Writes a target file."""


class ProductOpening:
    """The product's own."""

    def tools(self, workspace: Workspace, job: Job) -> Tools:
        """See the port."""
        model = model_of(workspace, job.options.model)
        memory = memory_of(workspace) if job.options.memory else None
        return Tools(model, translator_of(workspace, job, model), memory)

    def format_of(self, name: str, data: bytes) -> FileFormat:
        """See the port."""
        from assistant.localization.formats.registry import format_of

        return format_of(name, data)

    @property
    def write_file(self) -> WriteFile:
        """See the port."""
        from assistant.localization.jobs.output import write_whole

        return write_whole


def translator_of(workspace: Workspace, job: Job, model: LanguageModel) -> BatchTranslator:
    """The translator of a job: with the terms given with it before the workspace's, and the names of the library."""
    from assistant.localization.terms import term_from_json
    from assistant.localization.wording import segment_translator

    given = [term_from_json(term) for term in job.options.glossary]
    return segment_translator(workspace, job.options.model or model.name, given)


def model_of(workspace: Workspace, name: str) -> LanguageModel:
    """The model that a job was asked for; empty: the settings'. Raises `InputError`, and `SetupError` for one that
    cannot translate."""
    model = workspace.model
    if name and name != model_name(workspace.settings):
        from assistant.gateway.factory import open_model

        values = {**workspace.settings.values, "model": name}
        model = open_model(replace(workspace.settings, values=values), workspace.progress)
    if not model.writes:
        raise SetupError(f"the model '{model.name}' cannot translate; choose another one (KOUJING_MODEL)")
    return model


def model_name(settings: Settings) -> str:
    """The name of the settings' model, as it is kept with a job."""
    return settings.text("model") or "local"


def memory_of(workspace: Workspace) -> JobMemory:
    """The workspace's translation memory."""
    from assistant.localization.memory.store import MemoryStore

    return MemoryStore(workspace.library)
