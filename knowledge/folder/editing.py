"""One entry as the text an editor opens, and what comes back of it; or single properties set by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.text import clean
from knowledge.folder.content import changed, same_value
from knowledge.folder.entry_file import LIFE, file_text, read_entry
from knowledge.folder.field_and_text import apart
from knowledge.folder.names import entry_path
from knowledge.folder.yaml_text import as_yaml, load_typed
from knowledge.reading import read_body
from knowledge.reading.document import Document
from knowledge.reading.yaml_tree import YamlRefused
from knowledge.records import EntryVersion, State

SETTABLE = (
    "title", "locale", "translates", "audience", "markets", "customer", "owner", "review_due", "valid_until", "text",
)  # fmt: skip
"""What `with_changes` can set, besides `fields.NAME`; `text` is the Markdown."""

_NEEDED = ("title", "locale", "audience", "text")
_FIXED = {
    "id": "an id stays; write a new entry and retire this one",
    "kind": "a kind stays; write a new entry and retire this one",
    "state": "use `koujing library submit`, `approve` or `retire`",
    "version": "versions count by themselves",
}
_PLACE = re.compile(r"^line \d+: ")
_STRUCTURED = ("[", "{")


@dataclass(frozen=True, slots=True)
class Edited:
    """A draft version to be shelved (`ToShelve(version, document, after=…)`), and what a person should look at."""

    version: EntryVersion
    document: Document
    notes: tuple[str, ...] = ()


def entry_text(version: EntryVersion) -> str:
    """The version as front matter and Markdown, without what its life sets."""
    return file_text(version, without=LIFE)


def edited(version: EntryVersion, text: str, today: date) -> Edited | None:
    """What somebody made of `entry_text(version)`; None when it says what it said.

    Raises `InputError` with the line: what cannot be read, another id or kind, a life's property, a field that does
    not fit the kind and did fit before.
    """
    if not text.strip():
        raise InputError("the text is empty; nothing was changed (`koujing library retire` takes an entry out)")
    read = read_entry(clean(text), entry_path(version.entry_id, version.kind), today)
    for key, was in (("id", version.entry_id), ("kind", version.kind)):
        said = read.version.entry_id if key == "id" else read.version.kind
        if key not in read.keys or said != was:
            is_now = f"'{said}' instead of '{was}'" if key in read.keys else f"gone; it was '{was}'"
            raise InputError(f"the {key} is {is_now}; {_FIXED[key]}")
    for key in sorted(read.keys & LIFE):
        raise InputError(f"'{key}' is not changed here; {_FIXED.get(key, 'the life of the entry sets it')}")
    for key in ("title", "audience", "locale"):
        if key not in read.keys or not getattr(read.version, key).strip():
            raise InputError(f"the {key} is gone; write it again")
    return _result(version, read.version, read.document, today)


def with_changes(version: EntryVersion, changes: Mapping[str, Any], today: date) -> Edited | None:
    """The version with single properties set: `{"title": …, "fields.result": …, "markets": "CN, EU", "text": …}`.

    A value is a text, or a list or mapping where the property or field is one. An empty value (or None) clears. None
    when nothing differs afterwards. Raises `InputError` for an unknown name, naming the nearest, and for a value that
    does not fit.
    """
    front: dict[str, Any] = {}
    fields = dict(version.fields)
    for name, given in changes.items():
        value = "" if given is None else clean(given) if isinstance(given, str) else given
        if name.startswith("fields."):
            _set_field(version.kind, fields, name.removeprefix("fields."), value)
        elif name in SETTABLE:
            if name in _NEEDED and not str(value).strip():
                raise InputError(f"{name}: cannot be empty; write one")
            front[name] = value
        else:
            raise _unknown(name, version)
    body = front.pop("text", version.body or version.text)
    said = _properties(version) | front
    whole = {key: value for key, value in said.items() if value not in ("", None, [])} | {"fields": fields}
    try:
        return edited(version, f"---\n{as_yaml(whole)}---\n{body}\n", today)
    except InputError as error:
        # The lines would be those of a text that nobody has seen.
        raise InputError(_PLACE.sub("", str(error))) from None


def _properties(version: EntryVersion) -> dict[str, Any]:
    names = ("kind", *SETTABLE[:-1])
    return {"id": version.entry_id} | {name: _plain(getattr(version, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value) or None
    return value if value is None or isinstance(value, date) else str(value)


def _unknown(name: str, version: EntryVersion) -> InputError:
    if name in _FIXED:
        return InputError(f"'{name}' is not set here; {_FIXED[name]}")
    known = [*SETTABLE, *(f"fields.{field}" for field in _field_names(version.kind, version.fields))]
    # A field's name alone is a likely slip: `result` for `fields.result`.
    near = [f"fields.{name}"] if f"fields.{name}" in known else get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(SETTABLE)}, fields.NAME"
    return InputError(f"'{name}' is no property of an entry; {hint}")


def _set_field(kind: str, fields: dict[str, Any], name: str, value: Any) -> None:
    from knowledge.kinds import heading_of, kind_named

    target = heading_of(kind, name)
    if name not in fields and target is not None and not target.is_column:
        name = target.name
    if name not in _field_names(kind, fields) and not kind_named(kind).own_facts:
        known = _field_names(kind, fields)
        near = get_close_matches(name, known, 1)
        hint = f"did you mean fields.{near[0]}?" if near else f"known: {', '.join(known) or 'none'}"
        raise InputError(f"a {kind} has no field '{name}'; {hint}")
    if value in ([], {}) or (isinstance(value, str) and not value.strip()):
        fields.pop(name, None)
    elif isinstance(value, str) and value.lstrip().startswith(_STRUCTURED):
        fields[name] = _structured(value)
    else:
        fields[name] = value


def _structured(value: str) -> Any:
    """A list or mapping in the short form of YAML; a text that only begins like one stays a text."""
    try:
        found = load_typed(value)
    except YamlRefused:
        return value
    return found if isinstance(found, list | dict) else value


def _field_names(kind: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
    from knowledge.kinds import kind_named

    return tuple(dict.fromkeys((*fields, *(field.name for field in kind_named(kind).fields))))


def _result(old: EntryVersion, read: EntryVersion, document: Document, today: date) -> Edited | None:
    fields, notes = _checked(old, read, today)
    read, document = _with_own_text(old, replace(read, fields=fields), document)
    new = replace(
        old,
        **{name: getattr(read, name) for name in (*SETTABLE, "body")},
        fields=fields,
        # The text is no longer that of a place in a file; locators count the lines of the entry's own.
        source=old.entry_id,
        state=State.DRAFT,
        content_hash=document.content_hash,
        facts="",
        approved_by=None,
        approved_at=None,
        ended_at=None,
        created_by="",
        created_at=None,
    )
    names = changed(old, new)
    if not names:
        return None
    if "review_due" not in names:
        new = replace(new, review_due=None if old.state is State.APPROVED else old.review_due)
    return Edited(new, replace(document, title=new.title), (*notes, *_apart(old, new)))


def _with_own_text(old: EntryVersion, read: EntryVersion, document: Document) -> tuple[EntryVersion, Document]:
    """What was read, with the text made anew where it is made of fields that have changed, and with its own places."""
    from knowledge.kinds import body_following, same_body

    body = read.body
    moved = not same_value(old.fields, read.fields) or old.locale != read.locale
    if moved and same_body(body, old.body or old.text):
        body = body_following(old, read.fields, read.locale)
    try:
        document = read_body(old.entry_id, body)
    except UnreadableFile:
        raise InputError("the fields leave nothing to say in the text; give one of them, or a text") from None
    text = "\n".join(block.text for block in document.blocks)
    return replace(read, body=document.body, text=text), document


def _apart(old: EntryVersion, new: EntryVersion) -> tuple[str, ...]:
    """A line for each changed field that a text written by hand says otherwise."""
    from knowledge.kinds import is_generated

    if same_value(old.fields, new.fields) or is_generated(new):
        return ()
    return apart(old, new)


def _checked(old: EntryVersion, read: EntryVersion, today: date) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """The fields brought to their form by their kind. What was wrong before may stay wrong; nothing new may."""
    from knowledge.kinds import check_fields

    if "fields" not in changed(old, read):
        return old.fields, ()
    before, after = check_fields(old.kind, old.fields, today), check_fields(old.kind, read.fields, today)
    wrong = [line for line in after.wrong if line not in before.wrong]
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise InputError(f"fields.{wrong[0].removeprefix('fields: ')}{more}")
    notes = tuple(line for line in (*after.missing, *after.notes) if line not in (*before.missing, *before.notes))
    untouched = {name for name in old.fields if name in read.fields and same_value(old.fields[name], read.fields[name])}
    kept = {name: old.fields[name] if name in untouched else value for name, value in after.fields.items()}
    return kept, notes
