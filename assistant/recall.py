"""Recall: which drafts and exported files rest on an entry or a customer, and which of them no longer hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from assistant.draft import Draft
from assistant.drafts import SpokenOf
from assistant.staleness import Reason, Staleness
from knowledge.library import Library
from knowledge.store.passages import batches
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
        with self.reading() as session:
            used = session.execute(
                select(UseRow.draft_id, UseRow.draft_version).where(
                    UseRow.workspace == self.workspace, UseRow.entry_id == entry_id
                )
            ).all()
        return self._affected(used)

    def of_customer(self, customer_id: str) -> list[Affected]:
        """The drafts that speak of a customer, by name, by alias or through its entries. Raises `NotFound`."""
        self._library.customers.get(customer_id)
        with self.reading() as session:
            used = session.execute(
                select(CustomerUseRow.draft_id, CustomerUseRow.draft_version).where(
                    CustomerUseRow.workspace == self.workspace, CustomerUseRow.customer_id == customer_id
                )
            ).all()
        return self._affected(used)

    def _affected(self, used: Iterable[Any]) -> list[Affected]:
        versions: dict[str, set[int]] = defaultdict(set)
        for draft_id, version in used:
            versions[draft_id].add(version)
        if not versions:
            return []
        stale, exports = self._staleness.of(versions.keys()), self._exports(versions)
        columns = (DraftRow.id, DraftRow.title, DraftRow.template, DraftRow.locale, DraftRow.state, DraftRow.version)
        found: list[Affected] = []
        with self.reading() as session:
            for part in batches(sorted(versions)):
                rows = session.execute(
                    select(*columns, DraftRow.updated_at).where(
                        DraftRow.workspace == self.workspace, DraftRow.id.in_(part)
                    )
                )
                found += [Affected(*row) for row in rows]
        told = (
            replace(
                draft,
                uses_now=draft.version in versions[draft.draft_id],
                stale=stale.get(draft.draft_id, ()) if draft.version in versions[draft.draft_id] else (),
                exports=exports.get(draft.draft_id, ()),
            )
            for draft in found
        )
        return sorted(
            (draft for draft in told if draft.uses_now or draft.exports),
            key=lambda draft: (draft.updated_at, draft.draft_id),
            reverse=True,
        )

    def _exports(self, versions: dict[str, set[int]]) -> dict[str, tuple[Export, ...]]:
        """Files of those draft versions that used it."""
        found: dict[str, tuple[Export, ...]] = {}
        columns = (ExportRow.draft_version, ExportRow.format, ExportRow.name, ExportRow.by, ExportRow.at)
        with self.reading() as session:
            for part in batches(sorted(versions)):
                rows = session.execute(
                    select(ExportRow.draft_id, *columns)
                    .where(ExportRow.workspace == self.workspace, ExportRow.draft_id.in_(part))
                    .order_by(ExportRow.pk)
                )
                for draft_id, version, form, name, by, at in rows:
                    if version in versions[draft_id]:
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
