"""What the plain subjects search: the library's texts, cut the way a tutorial cuts them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from assistant.workspace import Workspace
from knowledge.domain.errors import SetupError
from knowledge.records import EntryVersion, Scope
from knowledge.store.workspaces import revision

SIZE, OVERLAP = 400, 60
"""Letters of a chunk, and how many of them two neighbours share."""

_SEPARATORS = ["\n\n", "\n", "。", "！", "？", "；", ". ", "! ", "? ", "; ", "，", ", ", " ", ""]
_KEPT = 8

Index = TypeVar("Index")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an entry, with the entry's id in its own."""

    id: str
    text: str
    entry: EntryVersion

    def hit(self, score: float) -> dict[str, Any]:
        """The chunk as `koujing search --json` shows a passage."""
        return {
            "passage_id": self.id,
            "entry_id": self.entry.entry_id,
            "text": self.text,
            "score": round(min(1.0, max(0.0, score)), 4),
            "source": self.entry.source,
            "locator": "",
            "locale": self.entry.locale,
            "kind": self.entry.kind,
        }


def cut(text: str) -> list[str]:
    """A text in chunks. Raises `SetupError` without the extra `baselines`."""
    try:
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError:
        raise missing_extra("langchain-text-splitters") from None
    splitter = RecursiveCharacterTextSplitter(
        separators=_SEPARATORS, keep_separator="end", chunk_size=SIZE, chunk_overlap=OVERLAP
    )
    return splitter.split_text(text)


def chunks_of(workspace: Workspace, scope: Scope) -> list[Chunk]:
    """Every entry that `scope` may draw on, in chunks, as its text stands in the library."""
    return [
        Chunk(f"{entry.entry_id}#{number}", text, entry)
        for entry in workspace.library.offered(scope)
        for number, text in enumerate(cut(entry.text), start=1)
    ]


def missing_extra(package: str) -> SetupError:
    """What is said where a package of the baselines is not there."""
    return SetupError(f"{package} is not installed; install koujing[baselines]")


class PerScope(Generic[Index]):
    """An index for each circle that is asked for, made once for a state of the library."""

    def __init__(
        self, workspace: Workspace, make: Callable[[list[Chunk]], Index], release: Callable[[Index], None]
    ) -> None:
        self._workspace, self._make, self._release = workspace, make, release
        self._made: dict[tuple[int | None, Scope], Index] = {}
        self._making = threading.Lock()

    def get(self, scope: Scope) -> Index:
        """The index of what `scope` may see now."""
        key = (revision(self._workspace.database, self._workspace.name), scope)
        with self._making:
            if key not in self._made:
                # Nobody is searching in one that is let go: the oldest goes when there are far more than are in use.
                while len(self._made) >= _KEPT:
                    self._release(self._made.pop(next(iter(self._made))))
                self._made[key] = self._make(chunks_of(self._workspace, scope))
            return self._made[key]

    def clear(self) -> None:
        """Let all of them go."""
        with self._making:
            while self._made:
                self._release(self._made.popitem()[1])
