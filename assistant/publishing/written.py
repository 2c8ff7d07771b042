"""What can be done with a draft once it stands. `Workspace` has all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from assistant.brief import Brief, Listener
from assistant.draft import Draft
from assistant.draft_diff import DraftDiff, draft_diff
from assistant.gateway.port import LanguageModel
from assistant.publishing.editing import Editing
from assistant.publishing.life import DRAFT, DraftLife, Status
from assistant.publishing.readiness import Missing, Readiness, Step
from assistant.publishing.regenerating import Regenerating
from assistant.recall import spoken_of
from assistant.rechecking import checked_today
from knowledge.records import Event

if TYPE_CHECKING:
    from assistant.workspace import Workspace


class WrittenDrafts:
    """The part of a workspace that edits, reviews, approves and publishes drafts.

    `by` is the name that stands in the record, `person` the id of the person behind it, where there is one. `version`
    and `after` say which version was looked at: when there is a newer one, a `Conflict` names it.
    """

    @cached_property
    def editing(self) -> Editing:
        return Editing(self._workspace)

    @cached_property
    def life(self) -> DraftLife:
        return DraftLife(self._workspace.database, self._workspace.name)

    @cached_property
    def readiness(self) -> Readiness:
        return Readiness(self._workspace)

    # The life

    def status(self, draft_id: str) -> Status:
        """Where a draft stands: state, authors, what is approved and published. Raises `NotFound`."""
        return self.life.status(draft_id)

    def missing(
        self, draft_id: str, version: int | None = None, *, for_: Step, by: str = "", person: str = ""
    ) -> tuple[Missing, ...]:
        """Everything that stands between a draft and a step; empty when it is ready. Raises `NotFound`."""
        return self.readiness.missing(draft_id, version, for_=for_, by=by, person=person)

    def submit(
        self, draft_id: str, *, by: str = "", person: str = "", version: int | None = None, reason: str = ""
    ) -> Status:
        """Hand a draft in for approval. Raises `NotFound`, `NotReady` while questions are open, `Conflict`."""
        del person  # whoever hands in need not be anybody else
        self.readiness.demand(draft_id, version, for_="submit", done="submitted")
        return self.life.submit(draft_id, by, self._now, reason=reason, version=version)

    def request_changes(
        self, draft_id: str, *, reason: str, by: str = "", person: str = "", version: int | None = None
    ) -> Status:
        """Send a draft that is in review back. Raises `NotFound`, `InputError` without a reason, `Conflict`."""
        del person
        return self.life.request_changes(draft_id, by, self._now, reason=reason, version=version)

    def approve(
        self, draft_id: str, *, by: str = "", person: str = "", version: int | None = None, reason: str = ""
    ) -> Status:
        """Approve the newest version: it may leave. Checked against the library of today before.

        Raises `NotFound`, `Conflict`, or `NotReady` with all that is missing.
        """
        looked_at = version or self.life.status(draft_id).version
        self.life.must_be_approvable(draft_id, looked_at)
        self.readiness.demand(draft_id, looked_at, for_="approve", done="approved", by=by, person=person)
        return self.life.approve(draft_id, by, self._now, reason=reason, version=looked_at)

    def publish(
        self,
        draft_id: str,
        *,
        to: str,
        by: str = "",
        person: str = "",
        version: int | None = None,
        reason: str = "",
    ) -> Status:
        """Put on record that the approved version stands at `to`.

        Raises `NotFound`, `InputError`, `NotReady` when it no longer holds, or `Conflict`.
        """
        del person
        looked_at = version or self.life.status(draft_id).approved_version
        self.readiness.demand(draft_id, looked_at, for_="export", done="published")
        return self.life.publish(draft_id, by, self._now, to=to, version=looked_at, reason=reason)

    def withdraw(
        self, draft_id: str, *, reason: str, by: str = "", person: str = "", version: int | None = None
    ) -> Status:
        """What was approved or published no longer may be used. Raises `NotFound`, `InputError`, `Conflict`."""
        del person
        return self.life.withdraw(draft_id, by, self._now, reason=reason, version=version)

    def history(self, draft_id: str) -> list[Event]:
        """What was done to a draft by whom and why, the oldest first. Raises `NotFound`."""
        self.life.status(draft_id)
        return self.life.events("draft", draft_id)

    # Editing

    def edit(
        self,
        draft_id: str,
        paragraph_id: str,
        text: str,
        *,
        by: str = "",
        after: int | None = None,
        citations: Sequence[str] | None = None,
    ) -> Draft:
        """A paragraph in other words, as a new version; see `Editing.edit`."""
        return self.editing.edit(draft_id, paragraph_id, text, by=by, after=after, citations=citations)

    def mend(self, draft_id: str, finding: int | str, *, by: str = "", after: int | None = None) -> Draft:
        """What a finding or a claim knows to be right, put in its place; see `Editing.mend`."""
        return self.editing.mend(draft_id, finding, by=by, after=after)

    def keep(self, draft_id: str, finding: int | str, reason: str, *, by: str = "", after: int | None = None) -> Draft:
        """Let a warning stand, with the reason; see `Editing.keep`."""
        return self.editing.keep(draft_id, finding, reason, by=by, after=after)

    def restore(self, draft_id: str, version: int, *, by: str = "", after: int | None = None) -> Draft:
        """An older version as the newest one again, checked today; see `Editing.restore`."""
        return self.editing.restore(draft_id, version, by=by, after=after)

    def regenerate(
        self,
        draft_id: str,
        section_id: str,
        listener: Listener | None = None,
        *,
        by: str = "",
        actor: str = "",
        after: int | None = None,
        model: LanguageModel | None = None,
        force: bool = False,
    ) -> Draft:
        """One section written again; see `Regenerating.regenerate`."""
        return Regenerating(self._workspace).regenerate(
            draft_id, section_id, listener, by=by, actor=actor, after=after, model=model, force=force
        )

    def recheck(self, draft_id: str, *, by: str = "", actor: str = "", after: int | None = None) -> Draft:
        """The newest version, checked again today against what its sources say today, and kept as a new version. What
        is in review, approved or published stays as it is when the check says the same."""
        workspace = self._workspace
        draft, brief = self.editing.looked_at(draft_id, after), workspace.drafts.brief(draft_id)
        template = workspace.templates.get(draft.template).template
        checked = checked_today(draft, brief, workspace.library, template, workspace.policy())
        checked = workspace.judged(checked, actor=actor)
        if checked == draft and draft.state != DRAFT:
            return draft
        return self.keep_version(checked, brief, after=draft.version, by=by, act="checked")

    # Versions

    def versions(self, draft_id: str) -> list[dict[str, Any]]:
        """Every version, the oldest first: number, who made it when by which act, its state, counts."""
        return self._workspace.drafts.versions(draft_id)

    def draft_diff(self, draft_id: str, one: int, other: int) -> DraftDiff:
        """What became of version `one` in version `other`, word by word. Raises `NotFound`."""
        drafts = self._workspace.drafts
        return draft_diff(drafts.get(draft_id, one), drafts.get(draft_id, other))

    def keep_version(
        self,
        draft: Draft,
        brief: Brief,
        calls: Sequence[dict[str, Any]] = (),
        *,
        after: int,
        by: str = "",
        act: str = "written",
        reason: str = "",
    ) -> Draft:
        """Keep a draft as its next version, with the customers it speaks of for recall. Raises `Conflict`."""
        workspace = self._workspace
        customers = spoken_of(draft, workspace.library)
        return workspace.drafts.save(
            draft, brief, calls, self._now, after=after, customers=customers, by=by, act=act, reason=reason
        )

    @property
    def _now(self) -> datetime:
        return self._workspace.settings.now()

    @property
    def _workspace(self) -> Workspace:
        return cast("Workspace", self)
