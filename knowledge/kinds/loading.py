"""The declared kinds, read from `declared/` when they are first asked for: one file a kind."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from knowledge.domain.errors import InputError, NotFound, SetupError
from knowledge.kinds.declaration import ColumnHeadings, Kind
from knowledge.records import KINDS

FOLDER = Path(__file__).parent / "declared"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST_CYCLE = 3650


def all_kinds() -> tuple[Kind, ...]:
    """Every kind, in the order of `records.KINDS`."""
    return tuple(kind_named(kind_id) for kind_id in KINDS)


def kind_named(kind_id: str) -> Kind:
    """The kind of that id. Raises `NotFound` naming the kinds there are."""
    if kind_id not in KINDS:
        raise NotFound(f"'{kind_id}' is no kind of entry; choose {', '.join(KINDS)}")
    return _kind(kind_id)


@lru_cache(maxsize=1)
def columns() -> Mapping[str, ColumnHeadings]:
    """The columns of the entry itself, with their headings."""
    return {name: ColumnHeadings.model_validate(data) for name, data in _shared()["columns"].items()}


def review_cycle(kind: Kind | str, overrides: Mapping[str, int] | None = None) -> int:
    """Days from approval to the next review. `overrides` are the workspace's own, by kind.

    Raises `InputError` for an override that names no kind or is no number of days from 1 to 3650.
    """
    kind = kind_named(kind) if isinstance(kind, str) else kind
    for name, days in (overrides or {}).items():
        if name not in KINDS:
            raise InputError(f"review cycle: '{name}' is no kind of entry; choose {', '.join(KINDS)}")
        if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= _LONGEST_CYCLE:
            raise InputError(f"review cycle of {name}: {days!r} is no number of days; write 1 to {_LONGEST_CYCLE}")
    return (overrides or {}).get(kind.id, kind.review_days)


@lru_cache(maxsize=64)
def _kind(kind_id: str) -> Kind:
    data = _yaml(FOLDER / f"{kind_id}.yaml")
    if isinstance(data, dict):
        data["fields"] = [_resolved(field, kind_id) for field in data.get("fields") or ()]
    return read_kind(data, kind_id)


def read_kind(data: Any, name: str) -> Kind:
    """A kind from its declaration. Raises `SetupError` with the place of the first mistake."""
    try:
        return Kind.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SetupError(f"kind '{name}', {place or 'as a whole'}: {first['msg']}; mend its declaration") from None


def _resolved(field: Any, kind_id: str) -> Any:
    """`{use: quotes, …}` stands for the shared field of that name, with what is said here instead."""
    if not isinstance(field, dict) or "use" not in field:
        return field
    shared = _shared()["fields"].get(field["use"])
    if shared is None:
        raise SetupError(f"kind '{kind_id}': no shared field is called '{field['use']}'; mend its declaration")
    return {"name": field["use"], **shared, **{key: value for key, value in field.items() if key != "use"}}


@lru_cache(maxsize=1)
def _shared() -> dict[str, Any]:
    data = _yaml(FOLDER / "shared.yaml")
    assert isinstance(data, dict)
    return data


def _yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader either way
    except (OSError, yaml.YAMLError) as error:
        raise SetupError(f"the declaration {path.name} cannot be read: {' '.join(str(error).split())}") from None
