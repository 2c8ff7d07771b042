"""From a brief to a checked draft: questions, sections in order, checks, the whole kept."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.brief import Brief, Listener, Nobody
from assistant.checks.base import DraftView
from assistant.checks.paragraphs import check_paragraph
from assistant.checks.policy import Policy
from assistant.checks.registry import DRAFT_CHECKS
from assistant.checks.standards import Standards
from assistant.draft import Claim, Draft, Question, Section
from assistant.evidence import EvidenceBook, resolve_entry
from assistant.gateway.port import LanguageModel
from assistant.writing.context import Desk
from assistant.writing.writers import WRITERS
from knowledge.domain.errors import BadReply, InputError, NotFound
from knowledge.domain.finding import Finding
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import Kind, find, render
from knowledge.domain.words import Words
from knowledge.library import Library
from prompts.loader import LoadedTemplate
from prompts.template import Input, Template

_ISO_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def open_questions(brief: Brief, template: Template, library: Library) -> list[Question]:
    """What must still be said before writing can begin, in the language of the brief."""
    language = brief.locale.split("-", 1)[0]
    questions = []
    for declared in template.inputs:
        value = brief.inputs.get(declared.name, "").strip()
        wrong = _wrong(declared, value, brief, library) if value else None
        if wrong or (declared.required and not value):
            asked = declared.question
            if wrong:
                asked = Words(zh=f"{asked.zh}（{wrong.zh}）", en=f"{asked.en} ({wrong.en})")
            questions.append(Question(declared.name, asked.of(language), declared.example.of(language)))
    return questions


def _wrong(declared: Input, value: str, brief: Brief, library: Library) -> Words | None:
    """What is wrong with the value of an input; None when nothing is."""
    if declared.type == "choice" and value not in declared.choices:
        choices = " | ".join(declared.choices)
        return Words(zh=f"“{value}”：{choices}", en=f"'{value}': {choices}")
    if declared.type == "date" and not _is_day(value):
        return Words(zh=f"“{value}”", en=f"'{value}'")
    if declared.type == "entry":
        try:
            resolve_entry(library, brief, value, declared.kind)
        except NotFound as error:  # it speaks the language of the brief
            return Words(zh=str(error), en=str(error))
    return None


def known_inputs(brief: Brief, template: Template) -> None:
    """Raises `InputError` for an input that the template does not have."""
    names = [declared.name for declared in template.inputs]
    unknown = sorted(set(brief.inputs) - set(names))
    if unknown:
        raise InputError(f"template '{template.id}' has no input '{unknown[0]}'; it has {', '.join(names)}")


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
        values = input_values(brief, template)
        standards = standards_of(brief, self._library, self._policy)
        book = EvidenceBook(self._library, brief, template, values)
        gate = self._library.gate(brief.scope())
        desk = Desk(
            brief=brief,
            loaded=loaded,
            # An input may name an entry by its customer; what the model and the text get of it is the alias.
            values={name: gate.redact(value, brief.locale) for name, value in values.items()},
            book=book,
            library=self._library,
            model=self._model,
            standards=standards,
            style=(),
            repairs=self._repairs,
            rewrites=self._rewrites,
            seed=self._seed,
            temperature=self._temperature,
        )
        wanted = [declared for declared in template.sections if declared.wanted(values)]
        sections = [section for declared in wanted if (section := _section(declared.id, desk, listener))]
        draft = Draft(
            id=draft_id,
            template=template.id,
            locale=brief.locale,
            audience=str(brief.audience),
            market=brief.market,
            channel=brief.channel,
            title=_title(sections, template, brief.locale),
            sections=tuple(sections),
            evidence=book.all,
            repairs=tuple(desk.mended),
            usage=desk.usage,
            model=self._model.name,
            inputs=dict(brief.inputs),
        )
        checked = check_draft(draft, template, standards)
        for finding in checked.findings:
            listener.finding(finding)
        return checked, desk


def _section(section_id: str, desk: Desk, listener: Listener) -> Section | None:
    declared = desk.template.section(section_id)
    section = Section(declared.id, desk.words(declared.heading))
    listener.section(section)
    try:
        paragraphs = WRITERS[declared.write].write(declared, desk)
    except BadReply as error:
        reason = str(error)
        paragraphs = [replace(desk.gap(declared), text=f"{desk.words(declared.gap)} ({reason})")]
    if not paragraphs:
        return None
    section = replace(section, paragraphs=tuple(paragraphs))
    desk.written[section.id] = section
    for paragraph in paragraphs:
        listener.paragraph(section, paragraph)
    return section


def standards_of(brief: Brief, library: Library, policy: Policy) -> Standards:
    """What a draft for this brief is held to today."""
    scope = brief.scope()
    return Standards(
        Locale(brief.locale),
        lexicon=library.lexicon(scope),
        gate=library.gate(scope),
        market=brief.market,
        channel=brief.channel,
        audience=str(brief.audience),
        today=library.now().date(),
        policy=policy,
    )


def check_draft(draft: Draft, template: Template, standards: Standards) -> Draft:
    """The draft with claims and findings made anew: by the paragraph checks, then by those of the whole draft."""
    claims: list[Claim] = []
    findings: list[Finding] = []
    declared = {section.id: section for section in template.sections}
    for section, paragraph in draft.paragraphs():
        ledger = check_paragraph(paragraph, draft.evidence, standards, declared.get(section.id))
        claims += ledger.claims
        findings += ledger.findings
    view = DraftView(replace(draft, claims=tuple(claims)), standards, template)
    findings += standards.policy.apply(finding for check in DRAFT_CHECKS for finding in check.check(view))
    return replace(draft, claims=tuple(claims), findings=tuple(findings))


def input_values(brief: Brief, template: Template) -> Mapping[str, str]:
    """Every declared input, empty when not given, and `date_text`: the date as the locale writes it."""
    values = {declared.name: brief.inputs.get(declared.name, "").strip() for declared in template.inputs}
    day = next((values[i.name] for i in template.inputs if i.type == "date" and values[i.name]), "")
    return {**values, "date_text": _day_in_words(day, Locale(brief.locale)) if day else ""}


def new_draft_id() -> str:
    """Short, unguessable, safe in a URL and a file name."""
    return f"d-{secrets.token_hex(5)}"


def _title(sections: Sequence[Section], template: Template, locale: str) -> str:
    """The text of the first title that is no gap; else what the template is called."""
    for section in sections:
        for paragraph in section.paragraphs:
            if paragraph.role == "title" and not paragraph.gap:
                return paragraph.text
    return template.name.of(locale.split("-", 1)[0])


def _is_day(text: str) -> bool:
    """True for an ISO day that exists, or any text in which one full date stands."""
    if _ISO_DAY.match(text):
        try:
            date.fromisoformat(text)
        except ValueError:
            return False
        return True
    return any(q.date is not None and q.date.day is not None for q in find(text))


def _day_in_words(text: str, locale: Locale) -> str:
    """An ISO day as the locale writes it; any other text as it stands."""
    found = [q for q in find(text) if q.kind is Kind.DATE]
    return (render(found[0], locale) or text) if len(found) == 1 else text
