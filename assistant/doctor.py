"""Looks a workspace over and says, for each thing that is wrong, the command that mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.gateway.weights import status as weights_status
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import KoujingError
from knowledge.index.sync import differences
from knowledge.records import State
from knowledge.store.database import HEAD


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at. `remedy` is the command that mends it; empty when it is well."""

    what: str
    well: bool
    finding: str
    remedy: str = ""

    def to_json(self) -> dict[str, object]:
        return {"what": self.what, "well": self.well, "finding": self.finding, "remedy": self.remedy}


def diagnose(settings: Settings) -> list[Diagnosis]:
    """Everything there is to look at, in the order in which it should be mended."""
    found: list[Diagnosis] = []
    try:
        workspace = Workspace.open(settings)
    except KoujingError as error:
        return [Diagnosis("workspace", False, str(error), "koujing init")]
    with workspace:
        for what, look in (("database", _database), ("library", _library), ("index", _index), ("model", _model)):
            found += list(_carefully(what, look, workspace))
    return found


def _carefully(
    what: str, look: Callable[[Workspace], Iterator[Diagnosis]], workspace: Workspace
) -> Iterator[Diagnosis]:
    try:
        yield from look(workspace)
    except KoujingError as error:
        yield Diagnosis(what, False, str(error), "koujing library reindex" if what == "index" else "")


def _database(workspace: Workspace) -> Iterator[Diagnosis]:
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
        yield Diagnosis("reviews", False, f"overdue: {', '.join(overdue[:5])}", f"koujing library show {overdue[0]}")


def _index(workspace: Workspace) -> Iterator[Diagnosis]:
    indexes = workspace.library.indexes
    owner = indexes.owner
    if owner == "another process":
        yield Diagnosis("index", True, "held by another process; this one searches exactly over stored embeddings")
        return
    found = differences(indexes)
    passages = len(workspace.library.entries.embeddings())
    if not found:
        yield Diagnosis("index", True, f"{passages} passages, in agreement with the database")
        return
    wrong = {
        "vectors missing": found.missing_vectors,
        "vectors too many": found.superfluous_vectors,
        "words missing": found.missing_words,
        "words too many": found.superfluous_words,
        "embedded by another model": found.other_model,
    }
    words = ", ".join(f"{len(pks)} {what}" for what, pks in wrong.items() if pks)
    yield Diagnosis("index", False, words, "koujing library reindex")


def _model(workspace: Workspace) -> Iterator[Diagnosis]:
    model = workspace.model
    yield Diagnosis("model", True, f"{model.name}; text goes to {model.destination}")
    if model.name == "local":
        status = weights_status(workspace.settings)
        ready = bool(status["installed"])
        finding = f"{status['name']}: {'installed' if ready else 'not installed yet'}"
        yield Diagnosis("weights", ready, finding, "" if ready else "koujing models install")
