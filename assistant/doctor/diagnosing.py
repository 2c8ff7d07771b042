"""Looks a workspace over and says, for each thing that is wrong, the command that mends it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.doctor.at_work import clocks, jobs
from assistant.doctor.diagnosis import Diagnosis
from assistant.doctor.surroundings import surroundings
from assistant.gateway.weights import status as weights_status
from assistant.settings import Settings
from knowledge.domain.errors import KoujingError
from knowledge.records import State

if TYPE_CHECKING:
    from assistant.workspace import Workspace


def diagnose(settings: Settings, environ: Mapping[str, str] | None = None) -> list[Diagnosis]:
    """Everything there is to look at, in the order in which it should be mended."""
    from assistant.workspace import Workspace

    found = list(surroundings(settings, os.environ if environ is None else environ))
    try:
        workspace = Workspace.open(settings)
    except KoujingError as error:
        return [
            *found,
            Diagnosis("workspace", False, str(error), "koujing init" if "koujing init" in str(error) else ""),
        ]
    with workspace:
        for what, look in (
            ("database", _database),
            ("clock", clocks),
            ("library", _library),
            ("index", _index),
            ("templates", _templates),
            ("model", _model),
            ("jobs", jobs),
        ):
            found += list(_carefully(what, look, workspace))
    return found


def _carefully(
    what: str, look: Callable[[Workspace], Iterator[Diagnosis]], workspace: Workspace
) -> Iterator[Diagnosis]:
    try:
        yield from look(workspace)
    except KoujingError as error:
        yield Diagnosis(what, False, str(error), _remedy(what, workspace))


def _remedy(what: str, workspace: Workspace) -> str:
    if what != "index":
        return ""
    parts = urlsplit(workspace.settings.text("chroma_url"))
    if parts.hostname in ("127.0.0.1", "localhost", "::1"):
        place = shlex.quote(str(workspace.settings.home / "chroma-server"))
        return f"chroma run --path {place} --host {parts.hostname} --port {parts.port or 80}"
    return "koujing library reindex"


def _database(workspace: Workspace) -> Iterator[Diagnosis]:
    from knowledge.store.database import HEAD

    version = workspace.database.version
    yield Diagnosis("database", version == HEAD, f"schema {version}")


def _library(workspace: Workspace) -> Iterator[Diagnosis]:
    today = workspace.settings.now().date()
    entries = workspace.library.entries.latest()
    approved = sum(entry.state is State.APPROVED for entry in entries)
    yield Diagnosis(
        "library", approved > 0, f"{len(entries)} entries, {approved} approved",
        "" if approved else "koujing library import PATH, then koujing library approve ID",
    )  # fmt: skip
    expired = [entry.entry_id for entry in entries if entry.expired(today)]
    if expired:
        yield Diagnosis("expired entries", True, f"{', '.join(expired[:5])}: not offered any more")
    overdue = [entry.entry_id for entry in entries if entry.overdue(today) and not entry.expired(today)]
    if overdue:
        # A review that is due warns and blocks nothing: the workspace is well.
        yield Diagnosis("reviews", True, f"overdue: {', '.join(overdue[:5])}", f"koujing library show {overdue[0]}")


def _index(workspace: Workspace) -> Iterator[Diagnosis]:
    indexes = workspace.library.indexes
    vectors = _vectors_as_found(workspace)
    if vectors is None:
        yield Diagnosis("index", True, "held by another process; this one searches exactly over stored embeddings")
        return
    models, words = indexes.entries.embedding_models(), indexes.lexical.pks()
    current = {pk for pk, model in models.items() if model == indexes.embedder.model_id}
    wrong = {
        "vectors missing": current - vectors,
        "vectors too many": vectors - current,
        "words missing": models.keys() - words,
        "words too many": words - models.keys(),
        "embedded by another model": models.keys() - current,
    }
    finding = ", ".join(f"{len(pks)} {what}" for what, pks in wrong.items() if pks)
    if finding:
        yield Diagnosis("index", False, finding, "koujing library reindex")
    else:
        yield Diagnosis("index", True, f"{len(models)} passages, in agreement with the database")


def _vectors_as_found(workspace: Workspace) -> set[int] | None:
    """The row numbers in the vector index; None while another process holds it.

    It is opened past `Indexes`, which would bring it to agreement with the database before anything could be seen.
    """
    from knowledge.index.chroma import OwnedElsewhere, open_embedded
    from knowledge.index.chroma_server import open_chroma_server
    from knowledge.index.vectors import VectorIndex

    model, url = workspace.library.embedder.model_id, workspace.settings.text("chroma_url")
    try:
        index: VectorIndex = (
            open_chroma_server(url, workspace.name, model)
            if url
            else open_embedded(workspace.settings.home, workspace.name, model)
        )
    except OwnedElsewhere:
        return None
    try:
        return index.pks()
    finally:
        index.close()


def _templates(workspace: Workspace) -> Iterator[Diagnosis]:
    broken = workspace.templates.broken()
    yield from (
        Diagnosis("templates", False, message, f"koujing templates lint {template_id}")
        for template_id, message in broken.items()
    )
    if not broken:
        yield Diagnosis("templates", True, f"{len(workspace.templates.ids)} templates")


def _model(workspace: Workspace) -> Iterator[Diagnosis]:
    model = workspace.model
    yield Diagnosis("model", True, f"{model.name}; text goes to {model.destination}")
    if model.name == "local":
        status = weights_status(workspace.settings)
        ready = bool(status["installed"])
        finding = f"{status['name']}: {'installed' if ready else 'not installed yet'}"
        yield Diagnosis("weights", ready, finding, "" if ready else "koujing models install")
