"""What is asked for when files are sent to be localized, by a program or on a page: a job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.access.actor import Actor
from api.access.limits import Budget
from api.localizing import Localizer
from assistant.localization.formats.registry import format_of
from assistant.localization.jobs.gathering import language_of
from assistant.localization.jobs.opening import model_name, model_of
from assistant.localization.jobs.records import Job, JobOptions, SourceFile
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.terms import read_terms
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale
from knowledge.json_records import term_json


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked besides the files. `targets` and `source` are tags as people type them, several with commas; an
    empty source is found from the texts. `glossary` is a file of terms."""

    targets: Sequence[str]
    source: str = ""
    columns: Sequence[str] = ()
    fields: Sequence[str] = ()
    keys_left: Sequence[str] = ()
    glossary: Path | None = None
    budget: int | None = None
    memory: bool = True


def submit(
    order: Order, files: Sequence[tuple[str, Path]], workspace: Workspace, actor: Actor, localizer: Localizer
) -> tuple[Job, bool]:
    """The job, and whether it is new: the same files and choices are the same job.

    Raises `InputError` for what cannot be done, `UnreadableFile` for the glossary, `SetupError` without a model that
    can translate, `TooMuch` when the actor's tokens of today are used up.
    """
    sources = _sources(files)
    options = _options(order, sources, workspace, actor)
    model_of(workspace, "")
    Budget(workspace.database).refuse(actor, workspace.settings.now())
    job, new = LocalizationJobs(workspace.database, workspace.name).submit(options, sources, actor.name)
    if not job.state.ended:
        localizer.wake()
    return job, new


def resume(job_id: str, workspace: Workspace, actor: Actor, localizer: Localizer, budget: int | None = None) -> Job:
    """Let a job go on, with another budget when one is given. Raises `NotFound`, `Conflict` when it has ended,
    `SetupError`, `TooMuch` as `submit` does."""
    jobs = LocalizationJobs(workspace.database, workspace.name)
    if not jobs.state(job_id).ended:
        model_of(workspace, "")
        Budget(workspace.database).refuse(actor, workspace.settings.now())
        if budget is not None:
            jobs.allow(job_id, budget)
    job = jobs.resume(job_id)
    localizer.wake()
    return job


def split(given: Sequence[str] | None) -> tuple[str, ...]:
    """Values of a form that may repeat and may hold several with commas; each once."""
    parts = (part.strip() for value in given or () for part in value.replace("，", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _sources(files: Sequence[tuple[str, Path]]) -> list[SourceFile]:
    found: dict[str, SourceFile] = {}
    for name, path in files:
        data = path.read_bytes()
        if name in found:
            raise InputError(f"files: two are called {name}; rename one, or send them one after the other")
        format_of(name, data)
        found[name] = SourceFile(name, name, data)
    return list(found.values())


def _options(order: Order, files: Sequence[SourceFile], workspace: Workspace, actor: Actor) -> JobOptions:
    targets = tuple(dict.fromkeys(parse_locale(tag).tag for tag in split(order.targets)))
    if not targets:
        raise InputError("to: no locale is named; name one or more, e.g. en or zh-CN,ja")
    source = parse_locale(order.source) if order.source else language_of(files, format_of)
    if source.tag in targets:
        raise InputError(f"to: the files are in {source} already; name other locales, or their own in 'from'")
    return JobOptions(
        source=source.tag,
        targets=targets,
        model=model_name(workspace.settings),
        columns=tuple(order.columns),
        fields=tuple(order.fields),
        keys_left=tuple(order.keys_left),
        glossary=tuple(term_json(term) for term in read_terms(order.glossary)) if order.glossary else (),
        budget=order.budget,
        memory=order.memory,
        actor=actor.id,
    )
