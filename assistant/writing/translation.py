"""`write: translate` — a given text, line by line, in another locale.

What has a form in the target locale (quantities, dates, glossary terms) is rendered in place by program before the
model sees it, and compared by value afterwards; the rest is the model's.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.checks.translation import missing, untranslated
from assistant.claims.quantities import quantities
from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from assistant.writing.schema import text_schema
from knowledge.domain.errors import BadReply
from knowledge.domain.locale import Locale, detect_language
from knowledge.domain.quantity import find, render
from knowledge.domain.text import sentences
from knowledge.domain.words import Words
from knowledge.records import Term
from prompts.section import TemplateSection

_UNTRANSLATED = Words(zh="待翻译：", en="To be translated: ")


TEMPERATURES = (0.0, 0.4, 0.8)
"""Of the tries; the best of them is kept."""


class TranslateSection:
    """Each line becomes one paragraph that cites it; a small model gets it sentence by sentence."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        terms = desk.library.glossary.all()
        written = [self._line(section, desk, evidence, terms) for evidence in desk.book.select(section)]
        return written or [desk.gap(section)]

    def _line(self, section: TemplateSection, desk: Desk, evidence: Evidence, terms: list[Term]) -> Paragraph:
        if not desk.model.writes:
            return desk.paragraph(_UNTRANSLATED.of(desk.language) + evidence.text, gap=True, by="program")
        texts = [span.of(evidence.text).strip() for span in sentences(evidence.text)] if desk.rewrites else []
        joint = "" if desk.locale.counts_characters else " "
        said = joint.join(self._piece(section, desk, evidence, text, terms) for text in texts or [evidence.text])
        return desk.paragraph(said, [evidence.id])

    def _piece(self, section: TemplateSection, desk: Desk, evidence: Evidence, text: str, terms: list[Term]) -> str:
        """The best of a few tries: nothing lost, nothing added, nothing left untranslated; in that order."""
        prepared = prepare(text, evidence.locale, desk.locale, terms)
        given = Evidence(evidence.id, prepared.text, evidence.locale)
        best, least = "", (99, 99)
        for number, temperature in enumerate(TEMPERATURES[: desk.repairs + 1]):
            try:
                data = desk.ask(section, [given], text_schema(), terms=prepared.terms, temperature=temperature)
            except BadReply:
                if not best and number == desk.repairs:
                    raise
                continue
            said = " ".join(str(data["text"]).split())
            faults = _faults(text, said, desk.locale)
            desk.unsupported_at_first += faults[0] if number == 0 else 0
            if said and faults < least:
                best, least = said, faults
            if least == (0, 0):
                break
        return best or text


def _faults(source: str, said: str, locale: Locale) -> tuple[int, int]:
    """How many figures are lost or added, and what else is wrong."""
    there, here = quantities(source), quantities(said, locale.language)
    figures = len(missing(list(there), here)) + len(missing(list(here), there))
    wrong = detect_language(said) not in (None, locale.language)
    return figures, len(untranslated(source, said, locale)) + 5 * wrong


@dataclass(frozen=True, slots=True)
class Prepared:
    """A source line with everything rendered that has a form in the target: what the model gets."""

    text: str
    figures: list[str]
    terms: list[tuple[str, str]]


def prepare(text: str, source_locale: str, target: Locale, glossary: list[Term]) -> Prepared:
    """`text` with quantities and glossary terms in the target locale's form.

    A term is put in place where its form is known; one that must not be translated stays as it is.
    """
    figures: list[str] = []
    pieces: list[str] = []
    at = 0
    for quantity in find(text, source_locale.split("-", 1)[0]):
        rendered = render(quantity, target)
        figures.append(rendered or quantity.text)
        if rendered is not None:
            pieces += [text[at : quantity.span.start], _apart(pieces, text[at : quantity.span.start], rendered)]
            at = quantity.span.end
    pieces.append(text[at:])
    prepared = "".join(pieces)
    terms: list[tuple[str, str]] = []
    for term in sorted(glossary, key=lambda t: -len(t.term)):
        form = term_form(term, target)
        if form and term.term in prepared and form != term.term:
            terms.append((term.term, form))
    return Prepared(prepared, figures, terms)


def term_form(term: Term, target: Locale) -> str | None:
    """How a term is written in the target locale; None when the glossary does not say."""
    if term.do_not_translate:
        return term.translations.get(target.language, term.term)
    return next((f for tag, f in term.translations.items() if tag.split("-", 1)[0] == target.language and f), None)


def _apart(_before: list[str], preceding: str, rendered: str) -> str:
    """A rendered quantity stands apart from letters before it by a space where the script needs one."""
    needs = bool(preceding) and not preceding[-1].isspace() and rendered[:1].isascii() and preceding[-1].isalnum()
    return f" {rendered} " if needs else rendered
