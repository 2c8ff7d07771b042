"""The memory of a workspace as TMX: taken in from other tools, given out."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC
from pathlib import Path

from assistant.localization.content import Content
from assistant.localization.memory.inventory import MemoryInventory
from assistant.localization.memory.matching import KEPT
from assistant.localization.memory.port import TranslationMemory
from assistant.localization.memory.tmx import Memo, read_tmx, write_tmx
from assistant.localization.segment import Segment
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import Locale


def take_in(memory: TranslationMemory, path: Path, source: Locale, target: Locale) -> int:
    """Remember what a TMX file has for a locale pair, all of it or, when the file is broken, nothing; how many.

    It counts less than what people here wrote and more than what a model did; who made it is as the file says. Raises
    `UnreadableFile`, and `InputError` when nothing in it is of this pair.
    """
    try:
        with path.open("rb") as file:
            memos = list(read_tmx(file, source, target, path.name))
    except OSError as error:
        raise UnreadableFile(path.name, error.strerror or "cannot be read") from None
    if not memos:
        raise InputError(
            f"{path.name}: has no translation from {source} to {target}; give --from and --to as it has them"
        )
    by_whom: dict[str, dict[Segment, Content]] = defaultdict(dict)
    for number, memo in enumerate(memos):
        by_whom[memo.by or path.name][Segment(str(number), "", memo.source, context=memo.context)] = memo.target
    for by, done in by_whom.items():
        memory.keep(done, source, target, origin="file", by=by)
    return len(memos)


def give_out(inventory: MemoryInventory, source: Locale, target: Locale) -> tuple[bytes, int]:
    """A locale pair as TMX, and how many translations it holds. What stands apart by its context does so when the file
    is taken in again."""
    memos = [
        Memo(
            kept.source,
            kept.target,
            source,
            target,
            context=f"{KEPT}{kept.context}" if kept.context else "",
            by=kept.by,
            at=kept.updated_at.replace(tzinfo=UTC),
            props=(("x-origin", kept.origin),),
        )
        for kept in inventory.of(source, target)
    ]
    return write_tmx(memos), len(memos)
