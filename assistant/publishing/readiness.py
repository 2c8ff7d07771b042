"""What stands between a draft and its next step: each thing by itself, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from assistant.brief import AUDIENCES
from assistant.draft import Draft, Paragraph
from assistant.governance import Governance
from assistant.publishing.four_eyes import own_names
from assistant.publishing.kept import Place, places
from assistant.publishing.life import DraftLife, Status
from assistant.rechecking import checked_today
from knowledge.domain.errors import NotFound, NotReady
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words
from knowledge.records import Audience

if TYPE_CHECKING:
    from assistant.workspace import Workspace

Step = Literal["submit", "approve", "export"]
"""`export` is also what publishing needs."""

_OF_STATEMENTS = frozenset({"statement_contradicted", "statement_unsupported"})


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that stands in the way. `what` is open_question, gap, open_error, stale, expired, changed, four_eyes or
    not_approved; `paragraph` and `check` say where it applies."""

    what: str
    message: Words
    paragraph: str | None = None
    check: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "message": self.message.en,
            "message_zh": self.message.zh,
            "paragraph": self.paragraph,
            "check": self.check,
        }


class Readiness:
    """Asks for one workspace what its drafts lack."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._life = DraftLife(workspace.database, workspace.name)

    def missing(
        self, draft_id: str, version: int | None = None, *, for_: Step, by: str = "", person: str = ""
    ) -> tuple[Missing, ...]:
        """Everything that the draft lacks for a step; empty when it is ready. `version` else the newest, for `export`
        the approved one. `by` and `person` say who would approve. Raises `NotFound`."""
        status = self._life.status(draft_id)
        if for_ == "export":
            version = version or status.approved_version
        draft = self._workspace.drafts.get(draft_id, version)
        if draft.questions:
            return tuple(_question(question.input, question.text) for question in draft.questions)
        if for_ == "export":
            return tuple(self._for_export(draft, status))
        if for_ == "submit":
            return ()
        return tuple(self._for_approval(draft, status, by, person))

    def demand(
        self,
        draft_id: str,
        version: int | None = None,
        *,
        for_: Step,
        done: str,
        by: str = "",
        person: str = "",
    ) -> None:
        """Raises `NotReady` with all that is missing before it can be `done`: submitted, approved …"""
        missing = self.missing(draft_id, version, for_=for_, by=by, person=person)
        if missing:
            raise not_ready(draft_id, missing, done)

    def _for_approval(self, draft: Draft, status: Status, by: str, person: str) -> Iterator[Missing]:
        yield from _gaps(draft)
        errors = _errors(draft)
        yield from errors.values()
        yield from self._stale(draft.id, draft.version)
        yield from self._narrower(draft)
        today = self._today(draft)
        yield from (missing for place, missing in _errors(today).items() if place not in errors)
        yield from _changes(draft, today)
        if by or person:
            yield from self._four_eyes(status, by, person)

    def _for_export(self, draft: Draft, status: Status) -> Iterator[Missing]:
        if draft.version != status.approved_version:
            yield _not_approved(draft, status)
            yield from _gaps(draft)
        yield from self._stale(draft.id, draft.version)
        yield from self._narrower(draft)
        yield from _errors(self._today(draft)).values()

    def _stale(self, draft_id: str, version: int) -> Iterator[Missing]:
        for reason in self._workspace.staleness.of([draft_id], version).get(draft_id, ()):
            words = reason.words
            yield Missing(
                "expired" if reason.cause == "expired" else "stale",
                Words(
                    zh=f"{words.zh}；重新检查，再改好所发现的问题",
                    en=f"{words.en}; check the draft again and mend what that finds",
                ),
            )

    def _narrower(self, draft: Draft) -> Iterator[Missing]:
        """Cited entries that are today, or were in the version that is cited, for a narrower circle than the draft."""
        audience = Audience(draft.audience)
        may_read, ours = audience.may_read, AUDIENCES[audience]
        cited = {e for _, paragraph in draft.paragraphs() for e in draft.cited(paragraph)}
        told: set[str] = set()
        for evidence in sorted(cited, key=lambda e: e.id):
            if not evidence.entry_id or evidence.entry_id in told:
                continue
            try:
                stands = [self._workspace.library.entries.get(evidence.entry_id, v) for v in (evidence.version, None)]
            except NotFound:
                continue  # `entry_not_approved` and the recall speak of what is gone
            wrong = next((entry for entry in stands if entry.audience not in may_read), None)
            if wrong is not None:
                told.add(evidence.entry_id)
                theirs = AUDIENCES[wrong.audience]
                yield Missing(
                    "stale",
                    Words(
                        zh=f"条目“{evidence.entry_id}”只面向{theirs.zh}，这份稿件面向{ours.zh}；请重写引用它的段落",
                        en=f"entry '{evidence.entry_id}' is for {theirs.en} and the draft for {ours.en}; "
                        "write what cites it again",
                    ),
                )

    def _four_eyes(self, status: Status, by: str, person: str) -> Iterator[Missing]:
        workspace = self._workspace
        if not Governance(workspace.database, workspace.name).choices().four_eyes:
            return
        mine = own_names(workspace.database, workspace.name, by, person)
        wrote = [author for author in status.unapproved_authors if author in mine]
        if wrote:
            yield Missing(
                "four_eyes",
                Words(
                    zh=f"{wrote[0]} 参与了撰写；本工作区要求由另一个人批准",
                    en=f"{wrote[0]} wrote some of it; this workspace asks that another person approves",
                ),
            )

    def _today(self, draft: Draft) -> Draft:
        workspace = self._workspace
        template = workspace.templates.get(draft.template).template
        brief = workspace.drafts.brief(draft.id)
        return checked_today(draft, brief, workspace.library, template, workspace.policy())


def not_ready(draft_id: str, missing: tuple[Missing, ...], done: str) -> NotReady:
    """The error that names the first of what is missing and counts the rest."""
    first, rest = missing[0].message.en, len(missing) - 1
    more = f" (and {rest} more)" if rest else ""
    return NotReady(f"draft '{draft_id}' cannot be {done} yet: {first}{more}", [one.to_json() for one in missing])


def _question(name: str, text: str) -> Missing:
    return Missing(
        "open_question",
        Words(zh=f"还没有回答“{name}”：{text}", en=f"the question '{name}' is open: {text}"),
    )


def blocks(paragraph: Paragraph) -> bool:
    """True for a gap that must be filled before anybody approves; a table's cell that is not known may stay so."""
    return paragraph.gap and paragraph.cell is None


def _gaps(draft: Draft) -> Iterator[Missing]:
    """Gaps in running text. In a table a cell may say that something is not known: that is an answer."""
    for section, paragraph in draft.paragraphs():
        if blocks(paragraph):
            where = section.heading or section.id
            yield Missing(
                "gap",
                Words(
                    zh=f"“{where}”还是空缺：{paragraph.text}；补上，或在可以没有时删去",
                    en=f"'{where}' is still a gap: {paragraph.text}; fill it, or take it out where it may be left out",
                ),
                paragraph.id,
            )


def _errors(draft: Draft) -> dict[Place, Missing]:
    return {
        place: Missing("open_error", _said(finding), finding.paragraph, finding.check)
        for place, finding in zip(places(draft), draft.findings, strict=True)
        if finding.severity is Severity.ERROR
    }


def _changes(draft: Draft, today: Draft) -> Iterator[Missing]:
    """Warnings that the check of today gives and the one that was looked at did not. What a model said of statements is
    not asked again."""
    known = {place for place, finding in zip(places(draft), draft.findings, strict=True)}
    judged = {claim.paragraph for claim in draft.claims if claim.by == "model"}
    for place, finding in zip(places(today), today.findings, strict=True):
        old_word = finding.check in _OF_STATEMENTS and finding.paragraph in judged
        if finding.severity is Severity.WARNING and place not in known and not old_word:
            words = _said(finding)
            yield Missing(
                "changed",
                Words(
                    zh=f"今天的检查结果不同了：{words.zh}；重新检查，再作决定",
                    en=f"the check of today says something new: {words.en}; check the draft again, then decide",
                ),
                finding.paragraph,
                finding.check,
            )


def _said(finding: Finding) -> Words:
    """What a finding says; it is in the language of the draft."""
    return Words(zh=f"{finding.message}（{finding.check}）", en=f"{finding.message} ({finding.check})")


def _not_approved(draft: Draft, status: Status) -> Missing:
    if status.approved_version is None:
        words = Words(zh="还没有批准过的版本；先送审并批准", en="no version of it is approved; have one approved first")
    else:
        words = Words(
            zh=f"批准的是第 {status.approved_version} 版，不是第 {draft.version} 版",
            en=f"version {status.approved_version} is approved, not version {draft.version}",
        )
    return Missing("not_approved", words)
