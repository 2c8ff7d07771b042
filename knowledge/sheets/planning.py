"""Rows into entry versions to come: every row is checked to its end, and is taken whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import detect_language, parse_locale
from knowledge.kinds import Checked, body_following, check_columns, check_fields, generated_body, kind_named, title_of
from knowledge.reading.document import Document
from knowledge.records import Audience, Customer, EntryVersion, State
from knowledge.sheets import words
from knowledge.sheets.cells import JSON, parse_day, parse_json
from knowledge.sheets.changes import changes_of
from knowledge.sheets.grid import Row
from knowledge.sheets.kind_fields import ENTRY, TEXT, parse_field
from knowledge.sheets.known_customers import KnownCustomers, new_customer
from knowledge.sheets.plan import Plan, PlannedEntry, Refused, Unchanged
from knowledge.sheets.problem import Problem
from knowledge.sheets.row_entry import checked_id, identity, made_id, row_document, with_text
from knowledge.sheets.table import Column, Table

# `results[2].before (…): …`: the field, and the place below it.
_FIELD = re.compile(r"^([a-z][a-z0-9_]*)((?:\[\d+\])?(?:\.\w+)?)(?: \([^()]*\))?: ")

_Value = TypeVar("_Value")
_Parser = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for rows that do not say otherwise; None, or empty: nothing is said.

    What is said holds for entries that the library has, too. What is not said stays with them as it is; a new entry is
    internal then, in the language of its words, for all markets.
    """

    locale: str | None = None
    audience: Audience | None = None
    markets: tuple[str, ...] | None = None
    owner: str | None = None
    customer: str | None = None


def plan_entries(
    table: Table,
    kind: str,
    defaults: Defaults,
    today: date,
    existing: Iterable[EntryVersion],
    *,
    customers: Iterable[Customer] = (),
    new_customers: bool = False,
) -> Plan:
    """What importing the table as entries of `kind` would do. `existing` are the newest versions of the library.

    A row belongs to the entry whose id it gives; without one to the entry of the same customer, name and locale, if
    there is exactly one; then to the one entry of that name with the same fields that differs from it in nothing but
    the customer or locale of the defaults; else it is new. Fields without a column keep what they have; an empty cell
    empties its field. Entries come as drafts whatever the sheet says. With `new_customers` a name that nobody is called
    by makes a customer without any permission; without, it refuses the row. Raises `NotFound` for a kind that is none.
    """
    kind_named(kind)
    planner = _Planner(table, kind, defaults, today, KnownCustomers(customers), new_customers)
    planner.know(existing)
    planner.look_at_ids()
    for row in table.rows:
        planner.take(row)
    return planner.plan()


@dataclass(slots=True)
class _Reading:
    """One row while it is read. A problem does not stop it: the others are to be told, too."""

    row: Row
    values: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    customer: Customer | None = None


@dataclass(slots=True)
class _Planner:
    table: Table
    kind: str
    defaults: Defaults
    today: date
    names: KnownCustomers
    new_customers: bool
    _by_id: dict[str, EntryVersion] = field(default_factory=dict)
    _by_name: dict[str, list[EntryVersion]] = field(default_factory=dict)
    _rows: dict[str, int] = field(default_factory=dict)
    _made: dict[str, Customer] = field(default_factory=dict)
    _new: list[PlannedEntry] = field(default_factory=list)
    _changed: list[PlannedEntry] = field(default_factory=list)
    _unchanged: list[Unchanged] = field(default_factory=list)
    _refused: list[Refused] = field(default_factory=list)

    def know(self, existing: Iterable[EntryVersion]) -> None:
        for entry in existing:
            self._by_id[entry.entry_id] = entry
            if entry.kind == self.kind:
                name = identity(self.kind, entry.fields, entry.title)
                self._by_name.setdefault(name, []).append(entry)

    def look_at_ids(self) -> None:
        """A column headed 编号 often holds running numbers: they name no entry, and are told and left out."""
        column = self.table.column("@id")
        ids = [row.at(column.index) for row in self.table.rows] if column else []
        if column and any(ids) and all(text.isdecimal() and text not in self._by_id for text in filter(None, ids)):
            self.table = self.table.without(column, "holds running numbers: they are not taken as ids")

    def plan(self) -> Plan:
        whole = not any(problem.fatal for problem in self.table.problems)
        return Plan(
            self.kind,
            self.table,
            tuple(self._new) if whole else (),
            tuple(self._changed) if whole else (),
            tuple(self._unchanged) if whole else (),
            tuple(self._refused),
            tuple(self._made.values()) if whole else (),
        )

    def take(self, row: Row) -> None:
        """One row, to its end."""
        reading = _Reading(row)
        reading.problems += self.table.faults(row)
        reading.unread |= {c.field for c in self.table.columns if c.field and c.index in row.faults}
        self._read_cells(reading)
        self._find_customer(reading)
        before = self._entry_of(reading)
        checked = self._check(reading, before)
        if reading.problems:
            self._refused.append(Refused(row.number, tuple(reading.problems)))
            return
        try:
            self._place(reading, checked, before)
        except UnreadableFile as error:
            problem = self.table.problem(row, self.table.column(TEXT), error.reason, error.remedy)
            self._refused.append(Refused(row.number, (problem,)))
        except InputError as error:
            self._say(reading, None, str(error))
            self._refused.append(Refused(row.number, tuple(reading.problems)))

    # --- cells

    def _read_cells(self, reading: _Reading) -> None:
        for column in self.table.columns:
            text = reading.row.at(column.index)
            if not column.field or not text or column.field in reading.unread:
                continue
            try:
                if column.field.startswith(ENTRY):
                    reading.values[column.field] = self._parser(column.field)(text)
                else:
                    reading.fields[column.field] = parse_field(self.kind, column.field, text)
            except (ValueError, InputError) as error:
                self._say(reading, column, str(error))

    def _parser(self, name: str) -> _Parser:
        return {
            "@id": checked_id,
            "@locale": words.locale,
            "@audience": lambda text: words.choose(text, words.AUDIENCES),
            "@markets": words.markets,
            "@review_due": lambda text: parse_day(text, self.today),
            "@valid_until": lambda text: parse_day(text, self.today),
            TEXT: _body,
        }.get(name, _told)

    def _say(self, reading: _Reading, column: Column | None, said: str) -> None:
        message, _, remedy = said.rpartition("; ")
        reading.problems.append(self.table.problem(reading.row, column, message or remedy, remedy if message else ""))
        if column and column.field:
            reading.unread.add(column.field)

    def _find_customer(self, reading: _Reading) -> None:
        text = reading.values.get("@customer") or self.defaults.customer
        if not text or "@customer" in reading.unread:
            return
        column = self.table.column("@customer")
        try:
            reading.customer = self.names.find(text)
        except ValueError as error:
            self._say(reading, column, str(error))
            return
        if reading.customer is None and self.new_customers:
            locale = detect_language(text) or self._locale(reading, None) or "en"
            reading.customer = new_customer(text, parse_locale(locale).tag)
        elif reading.customer is None:
            self._say(reading, column, f"no customer is called '{text}'; check the name, or import the customer first")

    # --- the entry

    def _locale(self, reading: _Reading, before: EntryVersion | None) -> str | None:
        given = reading.values.get("@locale") or self.defaults.locale or (before.locale if before else None)
        if given:
            return parse_locale(given).tag
        said = "\n".join(text for text in (*map(str, reading.fields.values()), *map(str, reading.values.values())))
        found = detect_language(said)
        return parse_locale(found).tag if found else None

    def _entry_of(self, reading: _Reading) -> EntryVersion | None:
        """The entry that the row speaks of, or None for a new one; the row's id is settled here."""
        given = reading.values.get("@id")
        if given is None and "@id" not in reading.unread:
            given = self._id_by_name(reading)
        if given is None:
            return None
        reading.values["@id"] = given
        earlier = self._rows.setdefault(given, reading.row.number)
        if earlier != reading.row.number:
            what = f"the id '{given}'" if self.table.column("@id") else "the same customer, name and language"
            said = f"{what} stands in row {earlier} already; keep one of the two rows, or give each an id of its own"
            self._say(reading, self.table.column("@id"), said)
        before = self._by_id.get(given)
        if before is not None and before.kind != self.kind:
            said = f"the id '{given}' belongs to an entry of kind {before.kind}; give the row another id"
            self._say(reading, self.table.column("@id"), said)
            return None
        return before

    def _id_by_name(self, reading: _Reading) -> str | None:
        kept = check_fields(self.kind, reading.fields, self.today).fields
        name = identity(self.kind, kept, reading.values.get("@title", ""))
        locale = self._locale(reading, None)
        if not name or locale is None or "@customer" in reading.unread:
            return None
        customer = reading.customer.id if reading.customer else None
        named = self._by_name.get(name, [])
        found = [entry for entry in named if (entry.customer, entry.locale) == (customer, locale)]
        found = found or [entry for entry in named if self._is_moved(entry, reading, kept, customer, locale)]
        if len(found) > 1:
            ids = " or ".join(sorted(entry.entry_id for entry in found)[:3])
            self._say(reading, None, f"may be the entry {ids}; write the id of the one that is meant into a column id")
        return found[0].entry_id if found else made_id(self.kind, name, reading.customer, locale)

    def _is_moved(
        self, entry: EntryVersion, reading: _Reading, kept: Mapping[str, Any], customer: str | None, locale: str
    ) -> bool:
        """True when the entry is this row and only what the defaults say of customer and locale is new."""
        told = reading.values
        by_customer = entry.customer == customer or (self.defaults.customer and not told.get("@customer"))
        by_locale = entry.locale == locale or (self.defaults.locale and not told.get("@locale"))
        fields = [column.field for column in self.table.columns if column.field and not column.field.startswith(ENTRY)]
        return bool(by_customer and by_locale) and all(entry.fields.get(name) == kept.get(name) for name in fields)

    def _check(self, reading: _Reading, before: EntryVersion | None) -> Checked:
        """The fields as they are to be kept; what is wrong with them is the row's problem."""
        mapped = {column.field for column in self.table.columns if column.field}
        kept = {name: value for name, value in (before.fields if before else {}).items() if name not in mapped}
        checked = check_fields(self.kind, {**kept, **reading.fields}, self.today)
        for line in checked.wrong:
            column = self.table.column(_field_in(line))
            if column is not None:
                self._say(reading, column, _without_field(line))
        for line in checked.missing:
            name = _field_in(line)
            if name not in reading.unread:
                column = self.table.column(name)
                self._say(reading, column, _without_field(line) if column else line)
        return checked

    def _place(self, reading: _Reading, checked: Checked, before: EntryVersion | None) -> None:
        """The row as a version to come, among the new, the changed or the unchanged."""
        locale = self._locale(reading, before)
        title = reading.values.get("@title") or (before.title if before else "") or title_of(self.kind, checked.fields)
        entry_id = reading.values.get("@id")
        if locale is None:
            raise InputError("its language cannot be told; add a column for it (zh-CN, en), or name one for all rows")
        if not title or not entry_id:
            raise InputError("it has neither a title nor a name to make one of; give it a title")
        version = self._version(reading, checked, before, entry_id, title, locale)
        document = self._document(reading, version, before)
        version = with_text(version, document)
        if reading.customer and reading.customer.id not in self.names:
            self.names.add(reading.customer)
            self._made[reading.customer.id] = reading.customer
        notes = (*checked.notes, *check_columns(self.kind, {"customer": version.customer, "owner": version.owner}))
        number = reading.row.number
        if before is None:
            self._new.append(PlannedEntry(number, version, document, None, (), notes))
            return
        own_text = self.table.column(TEXT) is not None
        changes = tuple(changes_of(before, version, self.today, own_text=own_text))
        if not changes:
            self._unchanged.append(Unchanged(number, entry_id))
        else:
            self._changed.append(PlannedEntry(number, version, document, before.version, changes, notes))

    def _version(
        self, reading: _Reading, checked: Checked, before: EntryVersion | None, entry_id: str, title: str, locale: str
    ) -> EntryVersion:
        said, has = self.defaults, {column.field for column in self.table.columns}

        def value(name: str, default: _Value | None, kept: _Value | None) -> _Value | None:
            """The cell; without one the default; where none is said what the entry has, if no cell empties it."""
            found: _Value | None = reading.values.get(f"{ENTRY}{name}")
            return found if found is not None else default or (None if f"{ENTRY}{name}" in has else kept)

        customer = reading.customer.id if reading.customer else None
        if before is not None and f"{ENTRY}customer" not in has:
            customer = customer or before.customer
        return EntryVersion(
            entry_id=entry_id,
            version=0,
            kind=self.kind,
            locale=locale,
            title=title,
            text="",
            state=State.DRAFT,
            audience=value("audience", said.audience, None) or (before.audience if before else Audience.INTERNAL),
            fields=checked.fields,
            markets=value("markets", said.markets, before.markets if before else None) or (),
            customer=customer,
            owner=value("owner", said.owner, before.owner if before else None) or "",
            translates=value("translates", None, before.translates if before else None),
            source=self.table.name,
            origin=str(self.table.path.resolve()),
            review_due=value("review_due", None, None),
            valid_until=value("valid_until", None, before.valid_until if before else None),
        )

    def _document(self, reading: _Reading, version: EntryVersion, before: EntryVersion | None) -> Document:
        """The text given in the row; without one, a text written by hand stays, and any other is made of the fields."""
        body = reading.values.get(TEXT)
        if body is None and self.table.column(TEXT) is None and before is not None:
            body = body_following(before, version.fields, version.locale)
        if not body:
            body = generated_body(self.kind, version.fields, version.locale)
        return row_document(self.table.name, self.table.place(reading.row), version.title, body)


def _told(text: str) -> str:
    """The text of a cell; what stands behind `json:` must be one."""
    value = parse_json(text) if text.startswith(JSON) else text
    if not isinstance(value, str):
        raise ValueError("is no text in JSON; write the text itself")
    return value


def _body(text: str) -> str:
    """A text ends with a line end, which no cell shows."""
    return _told(text) if text.startswith(JSON) else f"{text}\n"


def _field_in(line: str) -> str:
    found = _FIELD.match(line)
    return found[1] if found else ""


def _without_field(line: str) -> str:
    """The line of a field without its name, which the column tells; of a record's part the place stays."""
    return _FIELD.sub(lambda found: f"{found[2]}: " if found[2] else "", line, count=1)
