"""From a brief to a checked draft: questions, sections in order, checks, the whole kept."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant import mend
from assistant.brief import Brief, Listener, Nobody
from assistant.checks.base import DraftView
from assistant.checks.paragraphs import check_paragraph
from assistant.checks.policy import Policy
from assistant.checks.registry import DRAFT_CHECKS
from assistant.checks.rules import keep_rules
from assistant.checks.standards import Standards
from assistant.claim_survival import claim_table_of
from assistant.draft import Claim, Draft, Paragraph, Repair, Section
from assistant.evidence import EvidenceBook
from assistant.gateway.port import LanguageModel
from assistant.localization.wording import WorkspaceWords
from assistant.readers import reader_of
from assistant.voice import voice_of
from assistant.writing.context import Desk, Stopped
from assistant.writing.writers import WRITERS
from knowledge.domain.errors import BadReply
from knowledge.domain.finding import Finding
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import Kind, find, render
from knowledge.domain.words import Words
from knowledge.library import Library
from prompts.loader import LoadedTemplate
from prompts.section import TemplateSection
from prompts.template import Template

_STOPPED = Words(zh="写作已停止，这一节还没有写。", en="The writing was stopped before this section.")


class Drafter:
    """Writes drafts of one workspace with one model.

    `repairs` is how often a section goes back to the model; `rewrites` has it written sentence by sentence.
    """

    def __init__(
        self,
        library: Library,
        model: LanguageModel,
        *,
        repairs: int = 2,
        rewrites: bool = False,
        seed: int = 7,
        temperature: float = 0.0,
        policy: Policy | None = None,
    ) -> None:
        self._library = library
        self._model = model
        self._repairs = repairs
        self._rewrites = rewrites and model.writes
        self._seed = seed
        self._temperature = temperature
        self._policy = policy or Policy()

    def write(
        self, brief: Brief, loaded: LoadedTemplate, draft_id: str, listener: Listener | None = None
    ) -> tuple[Draft, Desk]:
        """The checked draft and the desk with its calls. Needs a brief without open questions."""
        listener = listener or Nobody()
        template = loaded.template
        desk = self.desk(brief, loaded)
        desk.stopped = listener.stopped
        wanted = [declared for declared in template.sections if declared.wanted(desk.values)]
        wanted = desk.reader.ordered(wanted, template)
        sections = [section for declared in wanted if (section := _section(declared.id, desk, listener))]
        draft = Draft(
            id=draft_id,
            template=template.id,
            locale=brief.locale,
            audience=str(brief.audience),
            market=brief.market,
            channel=brief.channel,
            title=title_of(sections, template, brief.locale),
            sections=tuple(sections),
            evidence=desk.book.all,
            repairs=(*left_out(desk), *desk.mended),
            usage=desk.usage,
            model=self._model.name,
            inputs=dict(brief.inputs),
        )
        checked = check_draft(draft, template, desk.standards)
        for finding in checked.findings:
            listener.finding(finding)
        return checked, desk

    def desk(self, brief: Brief, loaded: LoadedTemplate) -> Desk:
        """The desk at which a draft for this brief is written: nothing is on it yet.

        Raises `InputError` for a template with a rule that no check can keep.
        """
        template = loaded.template
        keep_rules(template)
        standards = standards_of(brief, self._library, self._policy, template)
        values = input_values(brief, template, standards.voice.written(Locale(brief.locale)))
        gate = self._library.gate(brief.scope())
        book = EvidenceBook(self._library, brief, template, values)
        return Desk(
            brief=brief,
            loaded=loaded,
            # An input may name an entry by its customer; what the model and the text get of it is the alias.
            values={name: gate.redact(value, brief.locale) for name, value in book.values.items()},
            book=book,
            library=self._library,
            model=self._model,
            standards=standards,
            repairs=self._repairs,
            rewrites=self._rewrites,
            seed=self._seed,
            temperature=self._temperature,
            reader=reader_of(brief, template),
        )


def left_out(desk: Desk) -> list[Repair]:
    """The orders that stood in the sources, as what was cut before the writing."""
    return [Repair("uninvited_words", "", f"{source}: {words}", "") for source, words in desk.book.orders]


def _section(section_id: str, desk: Desk, listener: Listener) -> Section | None:
    declared = desk.template.section(section_id)
    section = Section(declared.id, desk.words(declared.heading))
    listener.section(section)
    try:
        if desk.stopped():
            raise Stopped
        paragraphs = paragraphs_of(declared, desk)
    except BadReply as error:
        reason = str(error)
        paragraphs = [replace(desk.gap(declared), text=f"{desk.words(declared.gap)} ({reason})")]
    except Stopped:
        paragraphs = [replace(desk.gap(declared), text=f"{desk.words(_STOPPED)} {desk.words(declared.gap)}".strip())]
    if not paragraphs:
        return None
    section = replace(section, paragraphs=tuple(paragraphs))
    desk.written[section.id] = section
    for paragraph in paragraphs:
        listener.paragraph(section, paragraph)
    return section


def paragraphs_of(declared: TemplateSection, desk: Desk) -> list[Paragraph]:
    """The section as its writer leaves it, in the company's voice. Raises `BadReply`, or `Stopped`."""
    written = mend.contained(WRITERS[declared.write].write(declared, desk), desk.book.all, desk.standards, declared)
    desk.mended += [repair for _, repairs in written for repair in repairs]
    voiced = [mend.in_voice(p, desk.standards) for p, _ in written if p.text]
    desk.mended += [repair for _, repairs in voiced for repair in repairs]
    kept = [paragraph for paragraph, _ in voiced]
    return kept or ([desk.gap(declared)] if written and not declared.optional else [])


def standards_of(brief: Brief, library: Library, policy: Policy, template: Template | None = None) -> Standards:
    """What a draft for this brief is held to today."""
    scope, locale = brief.scope(), Locale(brief.locale)
    return Standards(
        locale,
        lexicon=library.lexicon(scope),
        gate=library.gate(scope),
        market=brief.market,
        channel=brief.channel,
        audience=str(brief.audience),
        today=library.now().date(),
        policy=policy,
        voice=voice_of(library, scope, locale, template),
        words=WorkspaceWords(library),
        alike=lambda text, others: _nearness(library, text, tuple(others)),
    )


def _nearness(library: Library, text: str, others: Sequence[str]) -> float:
    if not others:
        return 0.0
    vectors = library.embedder.embed([text, *others])
    return float((vectors[1:] @ vectors[0]).max())


def check_draft(draft: Draft, template: Template, standards: Standards) -> Draft:
    """The draft with claims, claim table and findings made anew: the paragraph checks, then those of the whole."""
    claims: list[Claim] = []
    findings: list[Finding] = []
    declared = {section.id: section for section in template.sections}
    for section, paragraph in draft.paragraphs():
        ledger = check_paragraph(paragraph, draft.evidence, standards, declared.get(section.id))
        claims += ledger.claims
        findings += ledger.findings
    findings += whole_draft(replace(draft, claims=tuple(claims)), template, standards)
    table = claim_table_of(draft, template, standards)
    return replace(draft, claims=tuple(claims), claim_table=table, findings=tuple(findings))


def whole_draft(draft: Draft, template: Template, standards: Standards) -> list[Finding]:
    """What the checks of the whole find; its claims must stand."""
    view = DraftView(draft, standards, template)
    return standards.policy.apply(finding for check in DRAFT_CHECKS for finding in check.check(view))


def input_values(brief: Brief, template: Template, locale: Locale | None = None) -> Mapping[str, str]:
    """Every declared input, empty when not given, and `date_text`: the date as the locale (the brief's) writes it."""
    values = {declared.name: brief.inputs.get(declared.name, "").strip() for declared in template.inputs}
    day = next((values[i.name] for i in template.inputs if i.type == "date" and values[i.name]), "")
    return {**values, "date_text": _day_in_words(day, locale or Locale(brief.locale)) if day else ""}


def new_draft_id() -> str:
    """Short, unguessable, safe in a URL and a file name."""
    return f"d-{secrets.token_hex(5)}"


def title_of(sections: Sequence[Section], template: Template, locale: str) -> str:
    """The text of the first title that is no gap; else what the template is called."""
    for section in sections:
        for paragraph in section.paragraphs:
            if paragraph.role == "title" and not paragraph.gap:
                return paragraph.text
    return template.name.of(locale.split("-", 1)[0])


def _day_in_words(text: str, locale: Locale) -> str:
    """An ISO day as the locale writes it; any other text as it stands."""
    found = [q for q in find(text) if q.kind is Kind.DATE]
    return (render(found[0], locale) or text) if len(found) == 1 else text
