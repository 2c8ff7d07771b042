"""Where the indexes differ from the store, and how they are brought back to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.index.passage_text import of_passage
from knowledge.index.vectors import from_bytes, to_bytes

if TYPE_CHECKING:
    from knowledge.index.indexes import Indexes
    from knowledge.index.lexical import LexicalIndex
    from knowledge.store.entries import Entries

BATCH = 500

Progress = Callable[[int, int], None]
"""Called with (done, all)."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Row numbers by what is wrong with them. `other_model`: embedded by another model than the current one."""

    missing_vectors: frozenset[int] = frozenset()
    superfluous_vectors: frozenset[int] = frozenset()
    missing_words: frozenset[int] = frozenset()
    superfluous_words: frozenset[int] = frozenset()
    other_model: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return any(
            (
                self.missing_vectors,
                self.superfluous_vectors,
                self.missing_words,
                self.superfluous_words,
                self.other_model,
            )
        )


def differences(indexes: Indexes) -> Differences:
    """What the indexes have that the store has not, and the other way round. Changes nothing."""
    models = indexes.entries.embedding_models()
    current = {pk for pk, model in models.items() if model == indexes.embedder.model_id}
    vectors, known = indexes.vectors.pks(), indexes.lexical.pks()
    return Differences(
        missing_vectors=frozenset(current - vectors),
        superfluous_vectors=frozenset(vectors - current),
        missing_words=frozenset(models.keys() - known),
        superfluous_words=frozenset(known - models.keys()),
        other_model=frozenset(models.keys() - current),
    )


def mend(indexes: Indexes, found: Differences | None = None) -> Differences:
    """Make the indexes agree with the store; what another model embedded is left to `rebuild`. Returns what was."""
    found = differences(indexes) if found is None else found
    indexes.vectors.remove(found.superfluous_vectors)
    fill_vectors(indexes, found.missing_vectors)
    if found.superfluous_words or found.missing_words:
        with indexes.entries.writing(revises=False) as session:
            indexes.lexical.remove(session, found.superfluous_words)
        add_words(indexes.entries, indexes.lexical, found.missing_words)
    return found


def add_words(entries: Entries, lexical: LexicalIndex, pks: Collection[int]) -> None:
    """Put the words of these passages into the lexical index."""
    for part in _parts(pks):
        passages = entries.passages(part)
        with entries.writing(revises=False) as session:
            lexical.add(session, [(p.pk, of_passage(p)) for p in passages])


def rebuild(indexes: Indexes, progress: Progress | None = None) -> int:
    """Make all indexes anew from the store; embed again what another model embedded. Returns the passages' number.

    A vector index that belongs to another process is left alone; that process sees the new revision and mends.
    """
    models = indexes.entries.embedding_models()
    stale = sorted(pk for pk, model in models.items() if model != indexes.embedder.model_id)
    done, total = 0, len(stale) + len(models)
    for part in _parts(stale):
        passages = indexes.entries.passages(part)
        vectors = indexes.embedder.embed([of_passage(p) for p in passages])
        with indexes.entries.writing(revises=False) as session:
            indexes.entries.set_embeddings(
                session,
                [(p.pk, to_bytes(v)) for p, v in zip(passages, vectors, strict=True)],
                indexes.embedder.model_id,
            )
        done += len(part)
        if progress:
            progress(done, total)
    indexes.empty_vectors()
    # One transaction: whoever searches meanwhile sees the old words, never half of the new ones.
    with indexes.entries.writing(revises=False) as session:
        indexes.lexical.clear(session)
        for part in _parts(models):
            indexes.lexical.add(session, [(p.pk, of_passage(p)) for p in indexes.entries.passages(part)])
            fill_vectors(indexes, part)
            done += len(part)
            if progress:
                progress(done, total)
        indexes.entries.touch(session)
    return len(models)


def fill_vectors(indexes: Indexes, pks: Collection[int]) -> None:
    """Copy stored embeddings of the current model into the vector index."""
    for part in _parts(pks):
        rows = [
            (pk, blob) for pk, blob, model in indexes.entries.embeddings(part) if model == indexes.embedder.model_id
        ]
        if rows:
            matrix = from_bytes([blob for _, blob in rows], indexes.embedder.dimensions)
            indexes.vectors.upsert([pk for pk, _ in rows], matrix)


def _parts(pks: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(pks)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
