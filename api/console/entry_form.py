"""An entry as a form by its kind: what a field shows, and what came back of it.

Names of controls: `title`, `text` …; `fields.NAME`; of records `fields.NAME.ROW.SUB`; `own` for facts of one's own.
Only what was changed on the page is a change: a value that the form cannot show as it is stays untouched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.folder.yaml_text import value_text
from knowledge.kinds import FieldDeclaration, Kind, columns
from knowledge.records import EntryVersion

PROPERTIES = ("title", "locale", "audience", "markets", "customer", "owner", "valid_until", "review_due", "translates")
BLANK_ROWS = 1
MOST_ROWS = 200
_OWN_LINE = re.compile(r"\s*+([^:：\n]{1,120}?)\s*[:：]\s*(.*)")


@dataclass(frozen=True, slots=True)
class Control:
    """One control. `value` is what stands in it; `rows` are those of records, each with its controls."""

    name: str
    label: str
    type: str = "text"
    value: str = ""
    hint: str = ""
    error: str = ""
    required: bool = False
    internal: bool = False
    options: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[Control, ...], ...] = ()
    long: bool = False


@dataclass(frozen=True, slots=True)
class EntryForm:
    """What the page shows: the kind's fields, the entry's own properties, and what is wrong in general."""

    fields: tuple[Control, ...]
    properties: Mapping[str, Control]
    own: Control | None = None
    text: Control = field(default_factory=lambda: Control("text", ""))
    errors: tuple[str, ...] = ()


def form_of(
    kind: Kind,
    language: str,
    version: EntryVersion | None,
    posted: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    body: str = "",
) -> EntryForm:
    """The form for a version (None: a new entry), with what was posted in place of what the version says.

    `errors` are lines by control; those without a control of that name are told above the form.
    """
    told = dict(errors or {})
    fields = version.fields if version else {}

    def value(name: str, kept: str) -> str:
        return posted.get(name, "" if posted else kept) if posted is not None else kept

    controls = tuple(
        _control(declared, f"fields.{declared.name}", fields.get(declared.name), language, posted, told)
        for declared in kind.fields
    )
    undeclared = {name: said for name, said in fields.items() if kind.field(name) is None}
    others = tuple(
        Control(
            f"fields.{name}", name, "text" if _plain(said) else "yaml", value(f"fields.{name}", shown(said)),
            error=told.pop(f"fields.{name}", ""),
        )
        for name, said in undeclared.items()
    )  # fmt: skip
    own = Control("own", "", "own", value("own", ""), error=told.pop("own", "")) if kind.own_facts else None
    properties = {
        name: Control(
            name, columns()[name].label.of(language) if name in columns() else name, "text",
            value(name, _property(version, name)), error=told.pop(name, ""),
        )
        for name in PROPERTIES
    }  # fmt: skip
    text = Control("text", "", "markdown", value("text", body), error=told.pop("text", ""), long=True)
    return EntryForm((*controls, *others), properties, own, text, tuple(told.values()))


def changes_of(kind: Kind, version: EntryVersion, posted: Mapping[str, str], body: str) -> dict[str, Any]:
    """What the form changes, as `revise` takes it: `{"title": …, "fields.result": …}`."""
    changes: dict[str, Any] = {}
    for name in PROPERTIES:
        if name in posted and _trimmed(posted[name]) != _trimmed(_property(version, name)):
            said = _trimmed(posted[name])
            changes[name] = listed(said) if name == "markets" else said
    if "text" in posted and _body(posted["text"]) != _body(body):
        changes["text"] = _body(posted["text"])
    for name, value in fields_of(kind, posted, version.fields).items():
        changes[f"fields.{name}"] = value
    return changes


def fields_of(kind: Kind, posted: Mapping[str, str], before: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the form says otherwise than `before`; None or "" for one that was emptied."""
    found: dict[str, Any] = {}
    for declared in kind.fields:
        name = f"fields.{declared.name}"
        if declared.type == "records":
            if f"{name}.rows" in posted and (rows := _rows(declared, name, posted)) != _shown_rows(
                declared, before.get(declared.name)
            ):
                found[declared.name] = _with_rest(declared, rows, before.get(declared.name))
        elif name in posted and _trimmed(posted[name]) != _trimmed(shown(before.get(declared.name), declared)):
            found[declared.name] = _value(declared, _trimmed(posted[name]))
    for name, said in before.items():
        control = f"fields.{name}"
        if kind.field(name) is None and control in posted and _trimmed(posted[control]) != _trimmed(shown(said)):
            found[name] = _trimmed(posted[control])
    for line in posted.get("own", "").splitlines() if kind.own_facts else ():
        if fact := _OWN_LINE.fullmatch(line):
            found[fact[1]] = fact[2]
    return found


def shown(value: Any, declared: FieldDeclaration | None = None) -> str:
    """A value as a control shows it: a list one a line, pairs one a line, else its text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(_plain(one) for one in value):
        return "\n".join(str(one) for one in value)
    if isinstance(value, Mapping) and all(_plain(one) for one in value.values()):
        return "\n".join(f"{name}: {said}" for name, said in value.items())
    return value_text(value)


def listed(text: str) -> list[str]:
    """`CN, EU` as a list."""
    return [part for part in (one.strip() for one in re.split(r"[,，、;；\s]+", text)) if part]


def _control(
    declared: FieldDeclaration,
    name: str,
    value: Any,
    language: str,
    posted: Mapping[str, str] | None,
    told: dict[str, str],
) -> Control:
    rows: tuple[tuple[Control, ...], ...] = ()
    said = shown(value, declared)
    if posted is not None:
        said = posted.get(name, "")
    if declared.type == "records":
        there: Sequence[Mapping[str, Any]] = (
            _posted_rows(declared, name, posted) if posted is not None else _shown_rows(declared, value)
        )
        rows = tuple(
            tuple(
                _control(sub, f"{name}.{number}.{sub.name}", row.get(sub.name), language, None, told)
                for sub in declared.fields
            )
            for number, row in enumerate([*there, *({} for _ in range(BLANK_ROWS))])
        )
    return Control(
        name,
        declared.label.of(language),
        declared.type,
        said,
        hint=declared.help.of(language) if declared.help else "",
        error=told.pop(name, ""),
        required=declared.required,
        internal=declared.internal,
        options=tuple((option.id, option.label.of(language)) for option in declared.options),
        rows=rows,
        long=declared.prose or len(said) > 80 or declared.type in ("texts", "mapping"),
    )


def _value(declared: FieldDeclaration, text: str) -> Any:
    if declared.type == "texts":
        return [line.strip() for line in text.splitlines() if line.strip()]
    return text


def _rows(declared: FieldDeclaration, name: str, posted: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows that say something, each with the sub-fields that do."""
    found = []
    for row in _posted_rows(declared, name, posted):
        said = {sub.name: _value(sub, row[sub.name]) for sub in declared.fields if row.get(sub.name)}
        if said:
            found.append(said)
    return found


def _with_rest(declared: FieldDeclaration, rows: list[dict[str, Any]], before: Any) -> list[dict[str, Any]]:
    """The rows with what the form does not show of the row that stood there."""
    known = {sub.name for sub in declared.fields}
    there = [row if isinstance(row, Mapping) else {} for row in before] if isinstance(before, list) else []
    rest = [{name: said for name, said in row.items() if name not in known} for row in there]
    return [{**row, **(rest[number] if number < len(rest) else {})} for number, row in enumerate(rows)]


def _posted_rows(declared: FieldDeclaration, name: str, posted: Mapping[str, str]) -> list[dict[str, str]]:
    count = posted.get(f"{name}.rows", "0")
    number = min(int(count), MOST_ROWS) if count.isascii() and count.isdecimal() and len(count) < 5 else 0
    rows = [
        {sub.name: _trimmed(posted.get(f"{name}.{row}.{sub.name}", "")) for sub in declared.fields}
        for row in range(number)
    ]
    while rows and not any(rows[-1].values()):
        rows.pop()
    return rows


def _shown_rows(declared: FieldDeclaration, value: Any) -> list[dict[str, Any]]:
    """What the form would send back for an untouched value."""
    rows = value if isinstance(value, list) else []
    found = []
    for row in rows:
        if isinstance(row, str) and declared.plain:
            row = {declared.plain: row}
        if isinstance(row, Mapping):
            texts = {sub.name: _trimmed(shown(row.get(sub.name), sub)) for sub in declared.fields}
            found.append({sub.name: _value(sub, texts[sub.name]) for sub in declared.fields if texts[sub.name]})
    return found


def _property(version: EntryVersion | None, name: str) -> str:
    value = getattr(version, name) if version else None
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)


def _plain(value: Any) -> bool:
    return isinstance(value, str | int | float) and "\n" not in str(value)


def _trimmed(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _body(text: str) -> str:
    return f"{_trimmed(text)}\n" if text.strip() else ""
