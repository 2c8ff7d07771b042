"""Fields of an entry against the declaration of its kind. Pure, and never raises on what a file may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.kinds.declaration import FieldDeclaration, Kind
from knowledge.kinds.folded import folded_heading
from knowledge.kinds.headings import nearest
from knowledge.kinds.loading import columns, kind_named
from knowledge.kinds.storable import storable
from knowledge.kinds.values import parted, plain, simple_value, text_of
from knowledge.kinds.wrong import NotThis, shown

_MOST_LINES = 50
# Inside `fields` these would look as if they counted, while the entry is offered as if it had none.
_GUARDS = ("customer", "audience", "valid_until")
_ALIKE, _VERY_ALIKE = 0.6, 0.85


@dataclass(frozen=True, slots=True)
class Checked:
    """`fields` as they are to be kept: good values in their one form, wrong and unknown ones as they came.

    `wrong` are values that do not fit, `missing` what the kind needs and does not find, `notes` what a person should
    look at. Each is one line: the field, the value, what to do. A text imported as a whole document may lack fields; a
    row of a sheet may not.
    """

    fields: dict[str, Any]
    wrong: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong and what is missing."""
        return self.wrong + self.missing


@dataclass(slots=True)
class _Lines:
    today: date
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, place: str, value: Any, reason: NotThis) -> None:
        self.wrong.append(f"{place}: {shown(value)} {reason.what}; {reason.remedy}")


def check_fields(kind: Kind | str, fields: Any, today: date) -> Checked:
    """Types checked and values brought to one form, without guessing; required fields asked for; unknown ones kept.

    A field may be named by its name or by any of its declared headings (`行业`); it is kept under its name. Empty
    values count as absent. Checking the result again changes nothing.
    """
    kind = kind_named(kind) if isinstance(kind, str) else kind
    if fields is None:
        fields = {}
    if not isinstance(fields, Mapping):
        return Checked({}, (f"fields: {shown(fields)} is no mapping; write name: value, one a line",))
    lines = _Lines(today)
    unkept: list[tuple[Any, NotThis]] = []
    fields = storable(fields, unkept)
    for value, reason in unkept:
        lines.refuse("fields", value, reason)
    kept = _fields(kind.fields, kind.by_heading, fields, "", lines, kind)
    if kind.any_of and not any(name in kept for name in kind.any_of):
        lines.missing.append(f"{' / '.join(kind.any_of)}: all missing; a {kind.id} entry needs at least one of them")
    return Checked(kept, _cut(lines.wrong), _cut(lines.missing), _cut(lines.notes))


def check_columns(kind: Kind | str, given: Mapping[str, Any]) -> tuple[str, ...]:
    """A line for each column of the entry that this kind asks for and that is empty in `given`."""
    kind = kind_named(kind) if isinstance(kind, str) else kind
    return tuple(
        f"{name} ({columns()[name].label.zh}): not given; a {kind.id} entry should have it"
        for name in kind.asks
        if not given.get(name)
    )


def _fields(
    declared: tuple[FieldDeclaration, ...],
    by_heading: Mapping[str, str],
    given: Mapping[str, Any],
    place: str,
    lines: _Lines,
    kind: Kind | None = None,
) -> dict[str, Any]:
    known = {one.name: one for one in declared}
    kept: dict[str, Any] = {}
    written: dict[str, str] = {}
    for key, value in sorted(given.items(), key=lambda item: item[0] not in known):
        name = key if key in known else by_heading.get(folded_heading(key), "")
        if not name:
            kept[key] = plain(value)
            _unknown(kind, declared, key, value, f"{place}{shown(key)[1:-1]}", lines)
        elif name in written and not _empty(value):
            lines.wrong.append(f"{place}{name}: given twice, as {written[name]} and as {key}; keep one of them")
            kept[key] = plain(value)
        elif not _empty(value):
            result = _value(known[name], value, f"{place}{name}", lines)
            if not _empty(result):
                kept[name], written[name] = result, key
    for one in declared:
        if one.required and one.name not in kept:
            lines.missing.append(f"{place}{one.name} ({one.label.zh}): missing; give it")
    return kept


def _unknown(
    kind: Kind | None, declared: tuple[FieldDeclaration, ...], key: str, value: Any, place: str, lines: _Lines
) -> None:
    if kind is not None and key in columns():
        if key in _GUARDS:
            lines.wrong.append(f"{place}: {shown(value)} would not count here; write it beside 'fields', not in it")
        elif not kind.own_facts:
            lines.notes.append(f"{place}: belongs to the entry itself; write it beside 'fields', not in it")
        return
    own = kind is not None and kind.own_facts
    like = nearest(key, declared, _VERY_ALIKE if own else _ALIKE)
    if like:
        lines.notes.append(f"{place}: no field of this kind, kept as it is; did you mean {like}?")
    elif not own:
        lines.notes.append(f"{place}: no field of this kind, kept as it is")


def _value(declared: FieldDeclaration, value: Any, place: str, lines: _Lines) -> Any:
    shown_place = f"{place} ({declared.label.zh})"
    try:
        if declared.type == "texts":
            return _texts(value, shown_place, lines)
        if declared.type == "records":
            return _records(declared, value, place, lines)
        return simple_value(declared, value, lines.today)
    except NotThis as reason:
        lines.refuse(shown_place, value, reason)
        return plain(value)


def _texts(value: Any, place: str, lines: _Lines) -> list[str]:
    if isinstance(value, list | tuple):
        return [text for text in (text_of(one) for one in value if one is not None) if text]
    parts = parted(text_of(value))
    if len(parts) == 1 and any(comma in parts[0] for comma in ("，", ",")):
        lines.notes.append(f"{place}: {shown(value)} was taken as one; part several by ； or 、")
    return parts


def _records(declared: FieldDeclaration, value: Any, place: str, lines: _Lines) -> list[Any]:
    rows = list(value) if isinstance(value, list | tuple) else [value]
    kept: list[Any] = []
    for number, row in enumerate(rows, start=1):
        at = f"{place}[{number}]"
        if _empty(row):
            continue
        if declared.plain and not isinstance(row, bool | Mapping | list | tuple):
            row = {declared.plain: row}
        if not isinstance(row, Mapping):
            names = ", ".join(sub.name for sub in declared.fields)
            lines.refuse(f"{at} ({declared.label.zh})", row, NotThis("is no record", f"write a mapping with {names}"))
            kept.append(plain(row))
            continue
        before = len(lines.missing)
        found = _fields(declared.fields, declared.by_heading, row, f"{at}.", lines)
        if found:
            kept.append(found)
        else:
            del lines.missing[before:]  # an empty row of a table lacks nothing
    return kept


def _empty(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple | Mapping) and not value)


def _cut(lines: list[str]) -> tuple[str, ...]:
    more = len(lines) - _MOST_LINES
    return tuple(lines) if more <= 0 else (*lines[:_MOST_LINES], f"and {more} more of this kind")
