"""Where rows speak of a person: columns that say who did something, and texts that mention somebody."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, CursorResult, LargeBinary, String, Text, cast, or_, select, update
from sqlalchemy.orm import Session

from knowledge.store.database import Database
from knowledge.store.schema import Base, EventRow

WHO: Mapping[str, tuple[str, ...]] = {
    "check_ruling": ("by",),
    "choice": ("by",),
    "draft": ("created_by", "approved_by"),
    "draft_version": ("created_by",),
    "entry_version": ("owner", "created_by", "approved_by"),
    "event": ("by",),
    "export": ("by",),
    "invitation": ("created_by",),
    "job": ("by",),
    "localization_job": ("by",),
    "localization_segment": ("by",),
    "member": ("added_by",),
    "permission": ("withdrawn_by",),
    "translation_memory": ("by",),
}
"""Columns that hold the name of whoever did something, and nothing else."""

NOT_OURS: Mapping[str, tuple[str, ...]] = {
    "api_key": ("made_by",),  # an id already
    "permission": ("consented_by",),  # a customer's person: a proof, which whoever is responsible decides on
}
"""Columns that look like those of `WHO` and are none."""

_DERIVED = frozenset({"passage", "judgement", "replay", "person", "sign_in", "invitation"})
"""Tables in which no mention is looked for: made from others, or dealt with row by row."""

FORGOTTEN = "forgotten"
"""The act by which the record tells that a person was forgotten."""

_AROUND = 40


@dataclass(frozen=True, slots=True)
class Mention:
    """A text that mentions a person: its row by key, the column, and a few words around the place."""

    table: str
    key: Mapping[str, Any]
    column: str
    words: str

    def to_json(self) -> dict[str, Any]:
        return {"table": self.table, "key": dict(self.key), "column": self.column, "words": self.words}


def put_id(session: Session, name: str, person_id: str) -> dict[str, int]:
    """Put the id where `name` stands as the name of whoever did something; how many rows, by `table.column`.

    `session` sees all workspaces. Texts are left as they are.
    """
    changed = {}
    for table, columns in WHO.items():
        model = _MODELS[table]
        for column in columns:
            held = getattr(model, column)
            count = _run(session, update(model).where(held == name).values({column: person_id}))
            if count:
                changed[f"{table}.{column}"] = count
    return changed


def mentions(session: Session, names: Collection[str]) -> list[Mention]:
    """Every text of any workspace in which one of `names` stands; `session` sees all workspaces."""
    found: list[Mention] = []
    for table in sorted(set(_MODELS) - _DERIVED):
        for column in _texts(table):
            found += _in_column(session, table, column, names)
    return found


def mentioned(text: str, names: Collection[str]) -> str | None:
    """A few words around the first place in which one of the names stands; None when there is none."""
    for name in names:
        hit = _pattern(name).search(text)
        if hit:
            begin, end = max(0, hit.start() - _AROUND), hit.end() + _AROUND
            return " ".join(f"{'…' * (begin > 0)}{text[begin:end]}{'…' * (end < len(text))}".split())
    return None


def forgotten_in(database: Database) -> set[str]:
    """The ids of those whom the record of any workspace tells to be forgotten."""
    with database.across_workspaces() as session:
        told = (EventRow.subject == "person") & (EventRow.act == FORGOTTEN)
        return set(session.scalars(select(EventRow.subject_id).where(told)))


def _in_column(session: Session, table: str, column: str, names: Collection[str]) -> Iterator[Mention]:
    model = _MODELS[table]
    keys, held = list(model.__table__.primary_key.columns.keys()), cast(getattr(model, column), Text)
    # JSON may be kept with everything but ASCII escaped.
    looked_for = {form for name in names for form in (name, json.dumps(name)[1:-1])}
    query = select(*(getattr(model, key) for key in keys), held).where(
        or_(*(held.icontains(form, autoescape=True) for form in looked_for))
    )
    for *key, text in session.execute(query.order_by(*(getattr(model, name) for name in keys))):
        words = mentioned(_readable(model, column, text), names)
        if words is not None:
            yield Mention(table, dict(zip(keys, key, strict=True)), column, words)


def _readable(model: Any, column: str, text: str) -> str:
    if not isinstance(model.__table__.columns[column].type, JSON):
        return text
    return json.dumps(json.loads(text), ensure_ascii=False)


def _texts(table: str) -> list[str]:
    """Columns of free text: no keys, no ids, no days, not those of `WHO`."""
    model = _MODELS[table]
    keys = set(model.__table__.primary_key.columns.keys())
    return [
        column.key
        for column in model.__table__.columns
        if isinstance(column.type, String | JSON)
        and not isinstance(column.type, LargeBinary)
        and column.key not in keys | {"workspace", *WHO.get(table, ())}
        and not column.key.endswith(("_id", "hash"))
    ]


def _pattern(name: str) -> re.Pattern[str]:
    """The name as a word of its own; among Chinese characters there are no words."""
    edge = r"(?<![A-Za-z0-9_])" if name[:1].isascii() else ""
    end = r"(?![A-Za-z0-9_])" if name[-1:].isascii() else ""
    return re.compile(f"{edge}{re.escape(name)}{end}", re.IGNORECASE)


def _run(session: Session, statement: Any) -> int:
    done = session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(done, CursorResult)
    return done.rowcount


_MODELS: dict[str, Any] = {str(mapper.local_table): mapper.class_ for mapper in Base.registry.mappers}
