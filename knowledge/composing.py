"""Entries that a person writes: a new one, or single properties of one that is there. They are drafts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from knowledge.domain.errors import Conflict, InputError, NotFound, UnreadableFile
from knowledge.domain.locale import detect_language, parse_locale
from knowledge.domain.text import clean
from knowledge.folder.editing import Edited, with_changes
from knowledge.kinds import check_columns, check_fields, generated_body, title_of
from knowledge.reading import read_body
from knowledge.reading.document import Document
from knowledge.records import KINDS, Audience, Customer, EntryVersion, State
from knowledge.sheets.row_entry import checked_id, identity, made_id, with_text
from knowledge.shelving import ToShelve

if TYPE_CHECKING:
    from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new entry as somebody writes it. `fields` by name or heading of the kind; `text` is Markdown, made of the
    fields where it is empty; without an id one is made of kind, customer, title and locale."""

    kind: str
    title: str = ""
    locale: str | None = None
    text: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    audience: Audience = Audience.INTERNAL
    markets: tuple[str, ...] = ()
    customer: str | None = None
    owner: str = ""
    translates: str | None = None
    valid_until: date | None = None
    review_due: date | None = None
    entry_id: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The version as it is kept, and what a person should look at."""

    version: EntryVersion
    notes: tuple[str, ...] = ()


def compose(library: Library, proposal: Proposal, by: str, *, reason: str = "") -> Written:
    """Keep a new entry as a draft.

    Raises `InputError` naming the property or the field, `Conflict` when an entry of that id, or of that name for the
    same customer in the same language, is there.
    """
    if proposal.kind not in KINDS:
        raise InputError(f"kind: '{proposal.kind[:40]}' is no kind of entry; choose {', '.join(KINDS)}")
    customer = _customer(library, proposal.customer)
    checked = check_fields(proposal.kind, proposal.fields, library.now().date())
    own_text = clean(proposal.text).strip()
    _refuse((*checked.wrong, *(() if own_text else checked.missing)))
    locale = _locale(proposal, own_text, checked.fields)
    title = _one_line(proposal.title) or title_of(proposal.kind, checked.fields)
    if not title:
        raise InputError("title: is missing; write one")
    version = EntryVersion(
        entry_id=_id(library, proposal, title, checked.fields, customer, locale),
        version=0,
        kind=proposal.kind,
        locale=locale,
        title=title,
        text="",
        state=State.DRAFT,
        audience=proposal.audience,
        fields=checked.fields,
        markets=tuple(dict.fromkeys(filter(None, map(_one_line, proposal.markets)))),
        customer=customer.id if customer else None,
        owner=_one_line(proposal.owner),
        translates=proposal.translates or None,
        review_due=proposal.review_due,
        valid_until=proposal.valid_until,
    )
    document = _document(version, own_text)
    version = replace(with_text(version, document), source=version.entry_id)
    asked = check_columns(version.kind, {"customer": version.customer, "owner": version.owner})
    [stored] = library.shelf.shelve([ToShelve(version, document, after=0)], by, act="created", reason=reason)
    return Written(stored.version, (*(checked.missing if own_text else ()), *checked.notes, *asked))


def revise(
    library: Library, entry_id: str, changes: Mapping[str, Any], by: str, *, after: int | None = None, reason: str = ""
) -> Written | None:
    """Set single properties of an entry (`with_changes`): a new draft version; None when nothing differs.

    `after` is the version looked at. Raises `NotFound`, `InputError` naming the property, `Conflict` when there is a
    newer version.
    """
    before = looked_at(library, entry_id, after)
    edit = planned_revision(library, before, changes)
    return None if edit is None else keep_edit(library, before, edit, by, reason=reason)


def planned_revision(library: Library, before: EntryVersion, changes: Mapping[str, Any]) -> Edited | None:
    """What `revise` would keep. Raises `InputError` naming the property."""
    if changes.get("customer"):
        found = _customer(library, str(changes["customer"]))
        changes = {**changes, "customer": found.id if found else ""}
    return with_changes(before, {name: _tidy(name, value) for name, value in changes.items()}, library.now().date())


def keep_edit(library: Library, before: EntryVersion, edit: Edited, by: str, *, reason: str = "") -> Written:
    """Keep what was made of `before` as a new draft version. Raises `Conflict` when somebody else was faster."""
    [stored] = library.shelf.shelve(
        [ToShelve(edit.version, edit.document, after=before.version)], by, act="edited", reason=reason
    )
    return Written(stored.version, edit.notes)


def looked_at(library: Library, entry_id: str, version: int | None) -> EntryVersion:
    """The newest version. Raises `NotFound`, or `Conflict` when it is another than the one looked at."""
    newest = library.entries.newest(entry_id)
    if version is not None and version != newest.version:
        raise Conflict(
            f"entry '{entry_id}' has a newer version {newest.version}, you looked at {version}; "
            f"see `koujing library diff {entry_id}`"
        )
    return newest


def _customer(library: Library, called: str | None) -> Customer | None:
    try:
        return library.customer_called(called) if called else None
    except NotFound as error:
        raise InputError(f"customer: {error}") from None


def _refuse(lines: tuple[str, ...]) -> None:
    """Raise `InputError` with the first line, all of them in `errors`."""
    if not lines:
        return
    more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
    error = InputError(f"fields.{lines[0].removeprefix('fields: ')}{more}")
    parts = [line.partition(": ") for line in lines]
    error.errors = tuple((f"fields.{place.split(' (', 1)[0]}", what) for place, _, what in parts)
    raise error


def _locale(proposal: Proposal, text: str, fields: Mapping[str, Any]) -> str:
    said = "\n".join((proposal.title, text, *(value for value in fields.values() if isinstance(value, str))))
    found = proposal.locale or detect_language(said)
    if not found:
        raise InputError("locale: the language cannot be told; give it, such as zh-CN or en")
    return parse_locale(found).tag


def _tidy(name: str, value: Any) -> Any:
    """A title, an owner, a market stand on one line; anything else is as it was written."""
    if name in ("title", "owner", "translates") and isinstance(value, str):
        return _one_line(value)
    if name == "markets" and isinstance(value, list):
        return list(dict.fromkeys(filter(None, (_one_line(str(market)) for market in value))))
    return value


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _id(
    library: Library,
    proposal: Proposal,
    title: str,
    fields: Mapping[str, Any],
    customer: Customer | None,
    locale: str,
) -> str:
    try:
        given = checked_id(clean(proposal.entry_id)) if proposal.entry_id else ""
    except ValueError as error:
        raise InputError(f"id: {error}") from None
    entry_id = given or made_id(proposal.kind, identity(proposal.kind, fields, title), customer, locale)
    try:
        library.entries.get(entry_id)
    except NotFound:
        return entry_id
    what = f"the id '{entry_id}' is taken" if given else f"the same name, customer and language: entry '{entry_id}'"
    raise Conflict(f"there is such an entry already ({what}); change that one, or give this another name or id")


def _document(version: EntryVersion, own_text: str) -> Document:
    body = own_text or generated_body(version.kind, version.fields, version.locale)
    if not body:
        raise InputError("text: is missing, and the fields leave nothing to say in one; write a text or give fields")
    try:
        return replace(read_body(version.entry_id, body), title=version.title)
    except UnreadableFile as error:
        raise InputError(f"text: {error.reason}; {error.remedy}") from None
