"""Drafts as they are kept: every version whole, with what it was drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from assistant.brief import Brief, brief_from_json
from assistant.draft import Draft, draft_from_json
from knowledge.domain.errors import Conflict, NotFound
from knowledge.store.repository import Repository, conflicts_as, utc
from knowledge.store.schema import CustomerUseRow, DraftRow, DraftVersionRow, ExportRow, UseRow


class SpokenOf(NamedTuple):
    """A customer that a draft speaks of: by name or not, in the customer's own words or not."""

    customer_id: str
    named: bool
    quoted: bool


class Drafts(Repository):
    """The drafts of one workspace."""

    def save(
        self,
        draft: Draft,
        brief: Brief,
        calls: Sequence[dict[str, Any]],
        now: datetime,
        *,
        after: int = 0,
        customers: Sequence[SpokenOf] = (),
        by: str = "",
        act: str = "written",
    ) -> Draft:
        """Keep `draft` as the next version after version `after` (0: a new draft); the number is given here.

        `customers` are those it speaks of, `by` is who made this version by which `act`.
        Raises `Conflict` when somebody else has written a version meanwhile.
        """
        asked = brief.to_json()
        with (
            conflicts_as(f"draft '{draft.id}' was changed by somebody else; read it again"),
            self.writing(revises=False) as session,
        ):
            row = session.get(DraftRow, (self.workspace, draft.id), with_for_update=True)
            if (row.version if row else 0) != after:
                raise Conflict(f"draft '{draft.id}' was changed by somebody else; read it again")
            saved = replace(draft, version=1 if row is None else row.version + 1)
            if row is None:
                row = DraftRow(
                    workspace=self.workspace,
                    id=draft.id,
                    template=draft.template,
                    state=draft.state,
                    version=1,
                    brief=asked,
                    title=draft.title,
                    locale=draft.locale,
                    audience=draft.audience,
                    market=draft.market,
                    channel=draft.channel,
                    created_at=utc(now),
                    updated_at=utc(now),
                    created_by=by,
                    published_to="",
                )
                session.add(row)
            row.version, row.state, row.updated_at, row.brief = saved.version, saved.state, utc(now), asked
            row.title, row.locale = saved.title, saved.locale
            session.flush()
            session.add(
                DraftVersionRow(
                    workspace=self.workspace,
                    draft_id=saved.id,
                    version=saved.version,
                    document=saved.to_json(),
                    calls=list(calls),
                    created_at=utc(now),
                    created_by=by,
                    act=act,
                    counts=_counts(saved),
                )
            )
            session.add_all(self._uses(saved, customers))
            return saved

    def _uses(self, saved: Draft, customers: Sequence[SpokenOf]) -> Iterator[UseRow | CustomerUseRow]:
        """What a version rests on: the entry versions that it cites, the customers that it speaks of."""
        cited = {c for _, paragraph in saved.paragraphs() for c in paragraph.citations}
        for entry_id, version in {(e.entry_id, e.version) for e in saved.evidence if e.entry_id and e.id in cited}:
            yield UseRow(
                workspace=self.workspace,
                draft_id=saved.id,
                draft_version=saved.version,
                entry_id=entry_id,
                entry_version=version,
            )
        for spoken in customers:
            yield CustomerUseRow(
                workspace=self.workspace,
                draft_id=saved.id,
                draft_version=saved.version,
                customer_id=spoken.customer_id,
                named=spoken.named,
                quoted=spoken.quoted,
            )

    def exported(self, draft: Draft, form: str, name: str, by: str, now: datetime) -> None:
        """Put on record that a version of a draft left as a file."""
        with self.writing(revises=False) as session:
            session.add(
                ExportRow(
                    workspace=self.workspace,
                    draft_id=draft.id,
                    draft_version=draft.version,
                    format=form,
                    name=name,
                    by=by,
                    at=utc(now),
                )
            )

    def get(self, draft_id: str, version: int | None = None) -> Draft:
        """The draft at `version`, else its newest. Raises `NotFound`."""
        with self.reading() as session:
            row = session.get(DraftRow, (self.workspace, draft_id))
            number = version or (row.version if row else 0)
            kept = session.get(DraftVersionRow, (self.workspace, draft_id, number))
            if row is None or kept is None:
                raise NotFound(f"no draft '{draft_id}'; `koujing drafts list` shows all")
            return replace(draft_from_json(kept.document), inputs=row.brief["inputs"])

    def brief(self, draft_id: str) -> Brief:
        """The brief that a draft was written from. Raises `NotFound`."""
        with self.reading() as session:
            row = session.get(DraftRow, (self.workspace, draft_id))
            if row is None:
                raise NotFound(f"no draft '{draft_id}'; `koujing drafts list` shows all")
            return brief_from_json(row.brief)

    def list(self, limit: int = 200) -> list[dict[str, Any]]:
        """Id, template, state, version, locale and time (UTC) of the newest `limit` drafts, the newest first."""
        with self.reading() as session:
            rows = session.scalars(self.rows(DraftRow).order_by(DraftRow.updated_at.desc(), DraftRow.id).limit(limit))
            return [
                {
                    "id": row.id,
                    "title": row.title,
                    "template": row.template,
                    "state": row.state,
                    "version": row.version,
                    "locale": row.locale,
                    "updated_at": f"{row.updated_at.isoformat(timespec='seconds')}Z",
                }
                for row in rows
            ]


def _counts(draft: Draft) -> dict[str, Any]:
    """Claims by verdict and findings by severity, for reports over many drafts."""
    return {
        "claims": dict(Counter(claim.verdict for claim in draft.claims)),
        "findings": dict(Counter(str(finding.severity) for finding in draft.findings)),
    }
