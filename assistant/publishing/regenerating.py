"""One section written again, from the brief and the library of today. The others stay word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.brief import Listener, Nobody
from assistant.draft import Draft, Evidence, Paragraph, Section
from assistant.drafting import paragraphs_of, title_of
from assistant.gateway.port import LanguageModel
from assistant.rechecking import with_changed
from assistant.writing.context import Desk, Stopped
from assistant.writing.selection import units
from knowledge.domain.errors import Conflict, NotFound
from prompts.section import TemplateSection

if TYPE_CHECKING:
    from assistant.workspace import Workspace


class Regenerating:
    """Writes sections of one workspace's drafts again."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def regenerate(
        self,
        draft_id: str,
        section_id: str,
        listener: Listener | None = None,
        *,
        by: str,
        actor: str = "",
        after: int | None = None,
        model: LanguageModel | None = None,
        force: bool = False,
    ) -> Draft:
        """The draft with a section written again by `model` (else the one it was asked from), from evidence of today;
        passages that the draft has keep their numbers.

        Raises `NotFound`, `ProviderError`, or `Conflict` when a newer version is there, or when a person wrote in that
        section and it is not `force`d.
        """
        workspace = self._workspace
        draft = workspace.editing.looked_at(draft_id, after)
        loaded, brief = workspace.templates.get(draft.template), workspace.drafts.brief(draft_id)
        declared = next((one for one in loaded.template.sections if one.id == section_id), None)
        if declared is None:
            raise NotFound(f"template '{draft.template}' has no section '{section_id}'")
        if not force and any(p.by == "person" for s in draft.sections if s.id == section_id for p in s.paragraphs):
            raise Conflict(
                f"section '{section_id}' of draft '{draft_id}' was edited by a person; writing it again takes that out "
                "(older versions keep it): force it, if that is meant"
            )
        listener = listener or Nobody()
        model = model or workspace.asked_for(draft.model)
        kept = [section for section in draft.sections if section.id != section_id]
        with workspace.metered(model, "regenerate", actor=actor, draft_id=draft_id, template=draft.template) as used:
            desk = workspace.drafter(used).desk(brief, loaded)
            desk.stopped = listener.stopped
            _lay_out(desk, declared, kept, draft)
            section = Section(declared.id, desk.words(declared.heading))
            listener.section(section)
            try:
                paragraphs = paragraphs_of(declared, desk)
            except Stopped:
                raise Conflict(f"stopped; draft '{draft_id}' stays as it was in version {draft.version}") from None
        evidence, paragraphs = _numbered(draft.evidence, desk.book.all, paragraphs)
        for paragraph in paragraphs:
            listener.paragraph(section, paragraph)
        others = {paragraph.id for one in kept for paragraph in one.paragraphs}
        sections = _placed(replace(section, paragraphs=tuple(paragraphs)), draft, desk)
        new = replace(
            draft,
            sections=sections,
            evidence=evidence,
            title=title_of(sections, loaded.template, draft.locale),
            repairs=(*(r for r in draft.repairs if r.paragraph in others), *desk.mended),
            usage=draft.usage + desk.usage,
        )
        checked = with_changed(new, {p.id for p in paragraphs}, loaded.template, desk.standards)
        for finding in checked.findings:
            listener.finding(finding)
        calls = [call.to_json() for call in desk.calls]
        saved = workspace.keep_version(
            checked, brief, calls, after=draft.version, by=by, act="regenerated", reason=f"section {section_id}"
        )
        listener.done(saved)
        return saved


def _lay_out(desk: Desk, declared: TemplateSection, kept: Sequence[Section], draft: Draft) -> None:
    """Put the other sections on the desk: as context, as what must not be said twice, and so that no id comes twice."""
    desk.written |= {section.id: section for section in kept}
    said = "".join(ch for s in kept for p in s.paragraphs for ch in p.text.casefold() if ch.isalnum())
    version = desk.version(declared)
    desk.used |= {version + unit.key for unit in units(draft.evidence) if unit.key in said}
    numbers = [int(p.id[1:]) for _, p in draft.paragraphs() if p.id[1:].isdecimal()]
    desk.begin_after(max(numbers, default=0))


def _numbered(
    known: tuple[Evidence, ...], found: Sequence[Evidence], paragraphs: Sequence[Paragraph]
) -> tuple[tuple[Evidence, ...], list[Paragraph]]:
    """The draft's evidence with what is new behind it, and the paragraphs citing those numbers."""
    numbers = {_passage(evidence): evidence.id for evidence in known}
    last = max((int(e.id[1:]) for e in known if e.id[1:].isdecimal()), default=0)
    cited = {c for paragraph in paragraphs for c in paragraph.citations}
    new, renamed = [], {}
    for evidence in found:
        if _passage(evidence) in numbers:
            renamed[evidence.id] = numbers[_passage(evidence)]
        elif evidence.id in cited:
            last += 1
            renamed[evidence.id] = f"S{last}"
            new.append(replace(evidence, id=f"S{last}"))
    renumbered = [
        replace(paragraph, citations=tuple(renamed[c] for c in paragraph.citations if c in renamed))
        for paragraph in paragraphs
    ]
    return (*known, *new), renumbered


def _passage(evidence: Evidence) -> tuple[object, ...]:
    """What makes two pieces of evidence the same one; who approved it and until when may have changed."""
    return evidence.entry_id, evidence.version, evidence.origin, evidence.source, evidence.locator, evidence.text


def _placed(section: Section, draft: Draft, desk: Desk) -> tuple[Section, ...]:
    """The sections with this one in its place: where it was, else in the template's order for these readers."""
    if not section.paragraphs:
        return tuple(s for s in draft.sections if s.id != section.id)
    if any(s.id == section.id for s in draft.sections):
        return tuple(section if s.id == section.id else s for s in draft.sections)
    order = [one.id for one in desk.reader.ordered(list(desk.template.sections), desk.template)]
    before = order[: order.index(section.id)]
    at = max((i + 1 for i, s in enumerate(draft.sections) if s.id in before), default=0)
    return (*draft.sections[:at], section, *draft.sections[at:])
