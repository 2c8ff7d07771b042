"""Which field or column a sheet's heading means: by what was declared, exactly; a heading is never guessed."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import lru_cache

from knowledge.kinds.declaration import FieldDeclaration, Kind
from knowledge.kinds.folded import folded_heading
from knowledge.kinds.loading import columns, kind_named


@dataclass(frozen=True, slots=True)
class Target:
    """Where the values below a heading belong. A field and a column may share a name: a contact has a job `title`,
    and its entry has one, too."""

    name: str
    is_column: bool = False


def heading_of(kind: Kind | str, heading: str) -> Target | None:
    """The field (`is_column` false) or the entry's own column that `heading` means for this kind, in Chinese or
    English; None when no declaration says so. A field wins over a column."""
    kind = kind_named(kind) if isinstance(kind, str) else kind
    folded = folded_heading(heading)
    if not folded:
        return None
    if folded in kind.by_heading:
        return Target(kind.by_heading[folded])
    column = _columns_of(kind.id).get(folded)
    return Target(column, is_column=True) if column else None


def label_of(kind: Kind | str, target: Target, language: str) -> str:
    """The heading to write above a field or column in an export."""
    kind = kind_named(kind) if isinstance(kind, str) else kind
    if target.is_column:
        return columns()[target.name].label.of(language)
    field = kind.field(target.name)
    return field.label.of(language) if field else target.name


def nearest(name: str, fields: tuple[FieldDeclaration, ...], cutoff: float) -> str | None:
    """The field whose name or heading is most like `name`, for a hint."""
    return _nearest(name[:60].casefold(), tuple((text, f.name) for f in fields for text in f.written()), cutoff)


@lru_cache(maxsize=4096)
def _nearest(name: str, written: tuple[tuple[str, str], ...], cutoff: float) -> str | None:
    by_text = {text.casefold(): field for text, field in written}
    found = difflib.get_close_matches(name, by_text, n=1, cutoff=cutoff)
    return by_text[found[0]] if found else None


@lru_cache(maxsize=64)
def _columns_of(kind_id: str) -> dict[str, str]:
    found = {
        folded_heading(text): name
        for name, column in columns().items()
        for text in (name, column.label.zh, column.label.en, *column.headings.all())
    }
    own = kind_named(kind_id).columns
    return found | {folded_heading(text): name for name, more in own.items() for text in more.all()}
