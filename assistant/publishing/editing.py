"""Changing a draft by hand: a paragraph, a mend, a finding that stays, an older version back. Each is a new version."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.brief import Brief
from assistant.checks.registry import BY_ID
from assistant.checks.standards import Standards
from assistant.draft import Draft, Paragraph, Section
from assistant.drafting import input_values, standards_of, title_of
from assistant.publishing.kept import Kept, finding_ids, places
from assistant.publishing.life import as_text, newer, reason_given
from assistant.publishing.sources import with_sources
from assistant.rechecking import checked_today, with_changed
from knowledge.domain.errors import Conflict, InputError, NotFound
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.text import clean
from knowledge.store.repository import utc
from prompts.rendering import fill
from prompts.section import TemplateSection
from prompts.template import Template

if TYPE_CHECKING:
    from assistant.workspace import Workspace

LONGEST = 20_000
"""Characters that a paragraph may have."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\s*\n\s*")
_HAN = re.compile(r"[㐀-䶿一-鿿]")
_HAN_BLANK = re.compile(r"[㐀-䶿一-鿿] $")


class Editing:
    """Edits the drafts of one workspace. `after` is the version that was looked at; when there is a newer one by now,
    a `Conflict` names it and who made it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def edit(
        self,
        draft_id: str,
        paragraph_id: str,
        text: str,
        *,
        by: str,
        after: int | None = None,
        citations: Sequence[str] | None = None,
        act: str = "edited",
    ) -> Draft:
        """A paragraph with other words; only what changed is checked again. Sources of the draft that carry what it
        says now are cited in addition. An empty text takes the paragraph out: where it was the last of its section, a
        gap stands there again.

        `citations` (evidence ids) take the place of those it had. Raises `NotFound`, `Conflict`, or `InputError` for a
        text that cannot be kept.
        """
        draft = self.looked_at(draft_id, after)
        text = written_text(text)
        section, paragraph = _place_of(draft, paragraph_id)
        brief, template = self._workspace.drafts.brief(draft_id), self._template(draft)
        standards = standards_of(brief, self._workspace.library, self._workspace.policy(), template)
        declared = next((one for one in template.sections if one.id == section.id), None)
        if not text:
            sections = self._without(draft, section, paragraph, declared, brief, standards)
        else:
            cited = paragraph.citations if citations is None else _known(draft, citations)
            if text == paragraph.text and cited == paragraph.citations:
                if paragraph.gap:
                    raise InputError(f"paragraph '{paragraph_id}' is a gap: write what is missing in its place")
                return draft
            edited = replace(paragraph, text=text, citations=cited, gap=False, by="person")
            if citations is None:
                edited = with_sources(edited, draft.evidence, standards, declared)
            sections = _with(draft, section, [edited if p.id == paragraph_id else p for p in section.paragraphs])
        changed = replace(draft, sections=sections, title=title_of(sections, template, draft.locale))
        checked = with_changed(changed, {paragraph_id}, template, standards)
        return self._workspace.keep_version(checked, brief, after=draft.version, by=by, act=act)

    def mend(self, draft_id: str, finding: int | str, *, by: str, after: int | None = None) -> Draft:
        """What a finding (its place in `findings`, or its id) or a claim (its id) knows to be right, put in its place.

        Raises `NotFound`, or `Conflict` where no program knows what would be right.
        """
        draft = self.looked_at(draft_id, after)
        paragraph_id, span, fix = _fix(draft, finding)
        _, paragraph = _place_of(draft, paragraph_id)
        before = paragraph.text[: span.start]
        if _HAN_BLANK.search(before) and _HAN.match(fix):
            before = before[:-1]  # 服务 100 家 → 服务超过 100 家
        text = before + fix + paragraph.text[span.end :]
        return self.edit(draft_id, paragraph_id, text, by=by, after=draft.version, act="mended")

    def keep(self, draft_id: str, finding: int | str, reason: str, *, by: str, after: int | None = None) -> Draft:
        """Let a warning or a remark stand, with the reason for those who come after. It stays kept as long as the same
        check finds the same words in the same paragraph.

        Raises `NotFound`, `InputError` without a reason, `Conflict` for an error, which must be mended.
        """
        draft = self.looked_at(draft_id, after)
        reason = reason_given(reason, "a finding that is kept")
        number = _number(draft, finding)
        found, (check, paragraph, words) = draft.findings[number], places(draft)[number]
        if found.severity is Severity.ERROR:
            raise Conflict(f"an error cannot be kept, only mended: {found.message} ({found.check})")
        at = as_text(utc(self._workspace.settings.now())) or ""
        others = [k for k in draft.kept if (k.check, k.paragraph, k.words) != (check, paragraph, words)]
        kept = replace(draft, kept=(*others, Kept(check, paragraph, words, reason, by, at)))
        brief = self._workspace.drafts.brief(draft_id)
        return self._workspace.keep_version(kept, brief, after=draft.version, by=by, act="kept", reason=reason)

    def restore(self, draft_id: str, version: int, *, by: str, after: int | None = None) -> Draft:
        """An older version as the newest one again, checked against what its sources say today. Raises `NotFound`, or
        `Conflict` when it is the newest."""
        newest = self.looked_at(draft_id, after)
        if version == newest.version:
            raise Conflict(f"draft '{draft_id}' version {version} is the newest already")
        older = self._workspace.drafts.get(draft_id, version)
        if older.questions:
            raise Conflict(f"draft '{draft_id}' version {version} holds open questions and no text")
        workspace, brief = self._workspace, self._workspace.drafts.brief(draft_id)
        checked = checked_today(older, brief, workspace.library, self._template(older), workspace.policy())
        return workspace.keep_version(
            checked, brief, after=newest.version, by=by, act="restored", reason=f"version {version}"
        )

    def looked_at(self, draft_id: str, after: int | None) -> Draft:
        """The newest version, which must be the one that was looked at. Raises `NotFound`; `Conflict` when it is not,
        or holds nothing but questions."""
        draft = self._workspace.drafts.get(draft_id)
        if after is not None and after != draft.version:
            made = self._workspace.drafts.versions(draft_id)[-1]["created_by"]
            raise Conflict(newer(draft_id, draft.version, after, made))
        if draft.questions:
            raise Conflict(
                f"draft '{draft_id}' has open questions; answer them with `koujing drafts answer {draft_id}`"
            )
        return draft

    def _template(self, draft: Draft) -> Template:
        return self._workspace.templates.get(draft.template).template

    def _without(
        self,
        draft: Draft,
        section: Section,
        paragraph: Paragraph,
        declared: TemplateSection | None,
        brief: Brief,
        standards: Standards,
    ) -> tuple[Section, ...]:
        """The sections without a paragraph. The last of a section leaves its gap behind, unless the section may be left
        out; a cell of a table always does."""
        rest = [p for p in section.paragraphs if p.id != paragraph.id]
        optional = declared is None or declared.optional
        words = "" if declared is None else self._gap_words(declared, brief, standards)
        if paragraph.gap and not optional:
            raise Conflict(f"paragraph '{paragraph.id}' is a gap and the section must be there; write what is missing")
        if words and (paragraph.cell is not None or (not rest and not optional)):
            gap = replace(paragraph, text=words, citations=(), gap=True, by="program")
            rest = [gap if p.id == paragraph.id else p for p in section.paragraphs]
        return _with(draft, section, rest)

    def _gap_words(self, declared: TemplateSection, brief: Brief, standards: Standards) -> str:
        template = self._workspace.templates.get(brief.template).template
        values = input_values(brief, template, standards.voice.written(standards.locale))
        gate = self._workspace.library.gate(brief.scope())
        masked = {name: gate.redact(value, brief.locale) for name, value in values.items()}
        return fill(declared.gap.of(standards.locale.language), masked).strip()


def written_text(text: str) -> str:
    """A paragraph as a person gave it, with single line breaks and no blanks around it.

    Raises `InputError` for control characters, or more than `LONGEST` characters.
    """
    broken = _CONTROL.search(text)
    if broken:
        raise InputError(
            f"the text holds a control character (U+{ord(broken.group()):04X}) at {broken.start() + 1}; take it out"
        )
    if len(text) > LONGEST:
        raise InputError(f"a paragraph of {len(text):,} characters is too long; the limit is {LONGEST:,}")
    return _BREAKS.sub("\n", clean(text, keep_hiding=True)).strip()


def _place_of(draft: Draft, paragraph_id: str) -> tuple[Section, Paragraph]:
    for section, paragraph in draft.paragraphs():
        if paragraph.id == paragraph_id:
            return section, paragraph
    raise NotFound(f"draft '{draft.id}' version {draft.version} has no paragraph '{paragraph_id}'")


def _with(draft: Draft, section: Section, paragraphs: Sequence[Paragraph]) -> tuple[Section, ...]:
    """The sections with other paragraphs in one of them; without it when there are none."""
    changed = (replace(s, paragraphs=tuple(paragraphs)) if s.id == section.id else s for s in draft.sections)
    return tuple(s for s in changed if s.paragraphs or s.id != section.id)


def _known(draft: Draft, citations: Sequence[str]) -> tuple[str, ...]:
    known = {evidence.id for evidence in draft.evidence}
    unknown = [c for c in citations if c not in known]
    if unknown:
        raise InputError(
            f"draft '{draft.id}' has no source '{unknown[0]}'; it has {', '.join(sorted(known)) or 'none'}"
        )
    return tuple(dict.fromkeys(citations))


def _number(draft: Draft, finding: int | str) -> int:
    """The place of a finding in `findings`, from its place or its id."""
    if isinstance(finding, str):
        ids = finding_ids(draft)
        if finding in ids:
            return ids.index(finding)
    elif 0 <= finding < len(draft.findings):
        return finding
    named = f"'{finding}'" if isinstance(finding, str) else f"number {finding + 1}"
    count = len(draft.findings)
    raise NotFound(f"draft '{draft.id}' version {draft.version} has {count} findings and none that is {named}")


def _fix(draft: Draft, finding: int | str) -> tuple[str, Span, str]:
    """Paragraph, span and the text that is right there."""
    claim = next((claim for claim in draft.claims if claim.id == finding), None)
    if claim is not None:
        if not claim.fix or claim.paragraph is None:
            raise Conflict(f"no program knows what would be right for '{claim.text}'; edit the paragraph")
        return claim.paragraph, claim.span, claim.fix
    found = draft.findings[_number(draft, finding)]
    if not is_mendable(found) or found.span is None or found.paragraph is None:
        raise Conflict(f"no program knows what would be right here ({found.check}); edit the paragraph")
    return found.paragraph, found.span, found.fix


def is_mendable(finding: Finding) -> bool:
    """Whether a finding's `fix` is the exact text that belongs in the place of its span."""
    check = BY_ID.get(finding.check)
    return bool(check and check.mends and finding.fix and finding.span and finding.paragraph)
