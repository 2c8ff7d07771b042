"""Recall: which drafts and exported files rest on an entry or a customer, and which of them no longer hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from assistant.draft import Draft
from assistant.drafts import SpokenOf
from assistant.staleness import Reason, Staleness
from knowledge.library import Library
from knowledge.store.repository import Repository
from knowledge.store.schema import CustomerUseRow, DraftRow, ExportRow, UseRow


class Export(NamedTuple):
    """A file that left."""

    draft_version: int
    format: str
    name: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Affected:
    """A draft that uses what was asked about; `stale` says why its newest version no longer holds. `uses_now` is False
    when only an older version, whose file left, used it."""

    draft_id: str
    title: str
    template: str
    locale: str
    state: str
    version: int
    updated_at: datetime
    uses_now: bool = True
    stale: tuple[Reason, ...] = ()
    exports: tuple[Export, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.draft_id,
            "title": self.title,
            "template": self.template,
            "locale": self.locale,
            "state": self.state,
            "version": self.version,
            "updated_at": f"{self.updated_at.isoformat(timespec='seconds')}Z",
            "uses_now": self.uses_now,
            "stale": [reason.to_json(self.locale.split("-", 1)[0]) for reason in self.stale],
            "exports": [
                {**export._asdict(), "at": f"{export.at.isoformat(timespec='seconds')}Z"} for export in self.exports
            ],
        }


class Recall(Repository):
    """Asks for one library what rests on it."""

    def __init__(self, library: Library) -> None:
        super().__init__(library.database, library.workspace)
        self._library = library
        self._staleness = Staleness(library)

    def of_entry(self, entry_id: str) -> list[Affected]:
        """The drafts that use any version of an entry, the newest first. Raises `NotFound` for an unknown entry."""
        self._library.entries.get(entry_id)
        return self._affected(UseRow, UseRow.entry_id == entry_id)

    def of_customer(self, customer_id: str) -> list[Affected]:
        """The drafts that speak of a customer, by name, by alias or through its entries. Raises `NotFound`."""
        self._library.customers.get(customer_id)
        return self._affected(CustomerUseRow, CustomerUseRow.customer_id == customer_id)

    def _affected(self, use: type[UseRow] | type[CustomerUseRow], about: ColumnElement[bool]) -> list[Affected]:
        """The drafts whose newest version is a use, and those of whose older versions a file left."""
        ours = and_(use.workspace == self.workspace, about)
        of_draft = and_(DraftRow.workspace == use.workspace, DraftRow.id == use.draft_id)
        columns = (DraftRow.id, DraftRow.title, DraftRow.template, DraftRow.locale, DraftRow.state, DraftRow.version)
        drafts = select(*columns, DraftRow.updated_at, (use.draft_version == DraftRow.version).label("now"))
        with self.reading() as session:
            rows: list[Any] = list(session.execute(drafts.join(use, of_draft).where(ours)))
            exports = self._exports(session, use, ours)
        stale = self._staleness.of(select(use.draft_id).where(ours))
        found: dict[str, Affected] = {}
        for draft_id, title, template, locale, state, version, updated_at, now in rows:
            if now or (draft_id in exports and draft_id not in found):
                found[draft_id] = Affected(
                    draft_id,
                    title,
                    template,
                    locale,
                    state,
                    version,
                    updated_at,
                    uses_now=bool(now),
                    stale=stale.get(draft_id, ()) if now else (),
                    exports=exports.get(draft_id, ()),
                )
        return sorted(found.values(), key=lambda draft: (draft.updated_at, draft.draft_id), reverse=True)

    def _exports(
        self, session: Session, use: type[UseRow] | type[CustomerUseRow], ours: ColumnElement[bool]
    ) -> dict[str, tuple[Export, ...]]:
        """Files of those draft versions that are a use."""
        of_version = and_(
            ExportRow.workspace == use.workspace,
            ExportRow.draft_id == use.draft_id,
            ExportRow.draft_version == use.draft_version,
        )
        columns = (ExportRow.draft_version, ExportRow.format, ExportRow.name, ExportRow.by, ExportRow.at)
        statement = select(ExportRow.draft_id, *columns).distinct().join(use, of_version).where(ours)
        found: dict[str, tuple[Export, ...]] = {}
        for draft_id, version, form, name, by, at in session.execute(statement.order_by(ExportRow.at)):
            found[draft_id] = (*found.get(draft_id, ()), Export(version, form, name, by, at))
        return found


def spoken_of(draft: Draft, library: Library) -> list[SpokenOf]:
    """The customers that a draft names, or whose entries it cites."""
    sources = {e.id: (e.entry_id, e.version) for e in draft.evidence if e.entry_id and e.version}
    about = library.entries.customers_of(sources.values())
    of_source = {number: about[version] for number, version in sources.items() if version in about}
    cited = {c for _, paragraph in draft.paragraphs() for c in paragraph.citations}
    named = library.named_in("\n".join((draft.title, *(p.text for _, p in draft.paragraphs()))))
    quoted = {of_source.get(span.id) for claim in draft.claims if claim.kind == "quote" for span in claim.evidence}
    customers = named | {of_source[number] for number in cited if number in of_source}
    return [SpokenOf(customer, customer in named, customer in quoted) for customer in sorted(customers)]
