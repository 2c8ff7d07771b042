"""The shape of a kind's declaration (`declared/*.yaml`), validated. Unknown keys are errors; a declaration is data."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from knowledge.domain.words import Record, WordLists, Words
from knowledge.kinds.folded import folded_heading

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
FieldType = Literal[
    "text", "texts", "day", "when", "number", "flag", "choice", "link", "email", "phone", "records", "mapping"
]
Column = Literal[
    "title", "id", "locale", "customer", "owner", "markets", "audience", "review_due", "valid_until", "text"
]
Names = Literal["person", "organisation", "product", "place", "certificate"]

REVIEW_DAYS = 90
"""The default review cycle: every three months (DOMAIN.md, governance)."""

CHANGE = ("measure", "before", "after")
"""The sub-fields that records of the form `change` are made of; what else they have stands behind in brackets."""


class Option(Record):
    """One value of a choice: what is stored (`id`), its label, and other words for it."""

    id: Id
    label: Words
    also: WordLists = WordLists()

    def words(self) -> tuple[str, ...]:
        return (self.id, self.label.zh, self.label.en, *self.also.all())


class FieldDeclaration(Record):
    """One field of a kind, or one sub-field of its records.

    `names` says what a value names and lets it serve the lexicon. `internal` keeps it inside the company: it is never
    put into a body that is made from fields. `ids`: texts may be ids of entries, which a body leaves out. `unit` is
    the sibling that holds the unit of this figure, `plain` the sub-field that a record given as a text alone is.
    `prose` is a text of sentences, which no label may stand before; `form` is how a record is written into a body.
    """

    name: Id
    label: Words
    type: FieldType = "text"
    headings: WordLists = WordLists()
    help: Words | None = None
    required: bool = False
    internal: bool = False
    ids: bool = False
    names: Names | None = None
    options: tuple[Option, ...] = ()
    fields: tuple[FieldDeclaration, ...] = ()
    plain: Id | None = None
    unit: Id | None = None
    prose: bool = False
    form: Literal["colon", "brackets", "quote", "change"] = "colon"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.type == "records") != bool(self.fields):
            raise ValueError(f"{self.name}: 'fields' belongs to type records, and they need it")
        if (self.type == "choice") != bool(self.options):
            raise ValueError(f"{self.name}: 'options' belongs to type choice, and it needs them")
        subs = {sub.name for sub in self.fields}
        if self.plain and self.plain not in subs:
            raise ValueError(f"{self.name}: plain names no sub-field: {self.plain}")
        if any(sub.unit not in {None, *subs} for sub in self.fields):
            raise ValueError(f"{self.name}: a unit names no sub-field")
        if self.form == "change" and not subs.issuperset(CHANGE):
            raise ValueError(f"{self.name}: records of the form change need {', '.join(CHANGE)}")
        _each_heading_once(self.name, self.fields)
        return self

    def written(self) -> tuple[str, ...]:
        """Every way to write the field's name."""
        return (self.name, self.label.zh, self.label.en, *self.headings.all())

    @cached_property
    def by_heading(self) -> dict[str, str]:
        """Sub-fields by folded heading."""
        return _by_heading(self.fields)


class Section(Record):
    """A part of the body that is made from fields: what stands below one heading.

    `labelled` puts the label before each value; `card` does without full stops there, as on a card that is copied as it
    stands. `each` makes a section of every record, `group` one of all records
    that share that sub-field's value; the heading may use `{number}` and sub-fields (`{name}`). `heading_from` is a
    field whose value takes the heading's place. `own_facts` adds the facts that the kind does not declare.
    """

    heading: Words
    fields: tuple[Id, ...] = ()
    labelled: bool = False
    card: bool = False
    each: Id | None = None
    group: Id | None = None
    heading_from: Id | None = None
    own_facts: bool = False


class ColumnHeadings(Record):
    """How a column of the entry itself is headed in a sheet."""

    label: Words
    headings: WordLists = WordLists()


class Kind(Record):
    """A kind of entry. `own_facts` lets a company keep figures of its own beside the declared fields.

    `any_of`: at least one of these fields must be there. `asks`: columns of the entry that this kind should have.
    `title_from`: fields that give the title where none is given.
    """

    id: Id
    name: Words
    purpose: Words
    review_days: int = Field(default=REVIEW_DAYS, ge=1, le=3650)
    review_reason: str = ""
    own_facts: bool = False
    any_of: tuple[Id, ...] = ()
    asks: tuple[Column, ...] = ()
    title_from: tuple[Id, ...] = ()
    columns: dict[Column, WordLists] = Field(default_factory=dict)
    fields: tuple[FieldDeclaration, ...] = ()
    sections: tuple[Section, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.review_days != REVIEW_DAYS and not self.review_reason:
            raise ValueError(f"{self.id}: a review cycle other than {REVIEW_DAYS} days needs its review_reason")
        known = {field.name for field in self.fields}
        used = {*self.any_of, *self.title_from}
        for section in self.sections:
            used |= {*section.fields, *filter(None, (section.each, section.heading_from))}
        if used - known:
            raise ValueError(f"{self.id}: no field is called {', '.join(sorted(used - known))}")
        _each_heading_once(self.id, self.fields)
        return self

    def field(self, name: str) -> FieldDeclaration | None:
        """The field of that name."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> dict[str, FieldDeclaration]:
        return {field.name: field for field in self.fields}

    @cached_property
    def by_heading(self) -> dict[str, str]:
        """Fields by folded heading."""
        return _by_heading(self.fields)


def _by_heading(fields: tuple[FieldDeclaration, ...]) -> dict[str, str]:
    # The name wins over another field's heading; two headings that fold alike are refused below.
    found = {folded_heading(text): field.name for field in fields for text in field.written()[1:]}
    return found | {folded_heading(field.name): field.name for field in fields}


def _each_heading_once(owner: str, fields: tuple[FieldDeclaration, ...]) -> None:
    taken: dict[str, str] = {}
    for field in fields:
        for text in field.written():
            if taken.setdefault(folded_heading(text), field.name) != field.name:
                other = taken[folded_heading(text)]
                raise ValueError(f"{owner}: '{text}' would be a heading of both {other} and {field.name}")
