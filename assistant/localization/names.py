"""Names in a source text with their known form in the target locale: never guessed.

A form is known when somebody wrote it down: a customer's name or alias in that locale, a glossary term, the same field
in an entry and in its translation, another spelling of the same thing in the script of the target, or the name that a
company everybody knows uses itself (`well_known`). Between languages in Latin letters a name stays as it is. Without a
known form the source's spelling stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.claims.names.examiner import names_of
from assistant.claims.names.name import Name
from assistant.localization.term_forms import form_in
from assistant.localization.well_known import well_known
from knowledge.domain.folding import fold
from knowledge.domain.locale import Locale
from knowledge.lexicon import KnownName, Lexicon, NameKind
from knowledge.library import Library
from knowledge.records import Audience, Customer, EntryVersion, Scope, Term
from knowledge.spellings import Spellings

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_SCRIPTS = {"zh": "han", "ja": "kana", "ko": "hangul"}
_NAMING = frozenset({NameKind.ORGANISATION, NameKind.PERSON, NameKind.PRODUCT})
"""Kinds of names that stay as they are without a known form; a place that nobody knows is left to the model."""
_COMPANY = frozenset("inc incorporated corp corporation ltd limited llc plc gmbh ag co company group holdings".split())
"""The last word of a company's name. Others (systems, services) end the name of a department or a headline, too."""

_BEFORE = frozenset("自由从在与和对向跟被将把")
"""Words that an unknown name may seem to begin with: 自顺网科技 where 顺网科技 stands as well."""

Forms = Mapping[str, str]
"""How something is written, by locale."""


class NameBook:
    """The names that a library knows, with their forms by locale. Made once for a state of the library."""

    def __init__(
        self,
        lexicon: Lexicon,
        customers: Sequence[Customer] = (),
        entries: Sequence[EntryVersion] = (),
        terms: Sequence[Term] = (),
    ) -> None:
        """`entries` are the approved ones, translations among them; of two terms the later one counts."""
        self._lexicon = lexicon
        self._terms = {fold(form): term for term in terms for form in (term.term, *term.translations.values()) if form}
        self._customers = {fold(spelling): customer for customer in customers for spelling in customer.spellings()}
        self._aliases = {fold(alias): customer for customer in customers for alias in customer.aliases.values()}
        self._alias_finder = Spellings(
            KnownName(NameKind.ORGANISATION, tuple(customer.aliases.values())) for customer in customers
        )
        self._fields = _fields(lexicon, entries)
        self._texts = _texts(lexicon, entries)

    def names_in(self, text: str, source: Locale, target: Locale) -> dict[str, str]:
        """The names of organisations, people and products in `text` as they stand there, with their form in the target
        locale; empty when none is known. Places and customers' aliases only when a form is known."""
        found: dict[str, str] = {}
        taken = [alias.span for alias in self._alias_finder.find(fold(text))]
        for span in taken:
            customer = self._aliases.get(fold(span.of(text)))
            if form := customer.alias(target.tag) if customer else None:
                found[span.of(text)] = form
        names = sorted(names_of(text, source.language, self._lexicon), key=lambda n: n.span.start - n.span.end)
        ours = [name.span for name in names if name.known is not None]
        for span, form in well_known(text) if source.language == "zh" and _latin(target) else ():
            if not any(span.overlaps(other) for other in (*taken, *ours)):
                taken.append(span)
                found[span.of(text)] = form
        for name in names:
            if any(name.span.overlaps(other) for other in taken):
                continue
            taken.append(name.span)
            said = name.span.of(text)
            if name.known is not None:
                form = self._known_form(said, name.known, source, target)
            else:
                form = _unknown(name, said, source, target)
            if form or (form is not None and name.kind in _NAMING):
                found[said] = form
        return {said: form for said, form in found.items() if form or said[1:] not in found or said[0] not in _BEFORE}

    def _known_form(self, said: str, known: KnownName, source: Locale, target: Locale) -> str:
        """The form of a name that the library has; empty when it has none in the target locale."""
        written = fold(said)
        for forms in self._told(written, target):
            if form := _of_locale(forms, target):
                return form
        in_texts = (written, target.language) in self._texts
        if _script(said) == _script_of(target):
            return said if _latin(target) or in_texts else ""
        # An eastern text that writes a name in Latin letters takes it as it is, and so do others.
        stays = _script(said) == "latin" and (in_texts or not _latin(source))
        return _other_script(said, known, self._customers.get(written), target) or (said if stays else "")

    def _told(self, written: str, target: Locale) -> Iterator[Forms]:
        """What is said of a spelling: by the glossary, the customer's names when it is one of them in full, the fields
        of entries and their translations."""
        if written in self._terms:
            term = self._terms[written]
            yield {target.tag: form_in(term, target)}
            yield {term.locale: term.term, **term.translations}
        customer = self._customers.get(written)
        if customer is not None and written in {fold(name) for name in customer.names.values()}:
            yield customer.names
        yield self._fields.get(written, {})


def name_book(library: Library, terms: Sequence[Term] = ()) -> NameBook:
    """The names of a library with `terms`, those of a job before the library's."""
    lexicon = library.lexicon(Scope(audience=Audience.INTERNAL))
    glossary = [*library.glossary.all(), *reversed(terms)]
    return NameBook(lexicon, library.customers.all(), library.entries.line(), glossary)


def names_in(text: str, book: NameBook, source: Locale, target: Locale) -> dict[str, str]:
    """See `NameBook.names_in`."""
    return book.names_in(text, source, target)


# --- forms -----------------------------------------------------------------------------------------------------------


def _unknown(name: Name, said: str, source: Locale, target: Locale) -> str | None:
    """What becomes of a name that only its shape tells: it stays. None where the shape says too little: a word with a
    capital may be any word."""
    if name.is_weak or name.kind not in _NAMING:
        return None
    if _script(said) != "latin":
        return ""
    if _latin(source):
        words = fold(said).rstrip(".").split()
        company = len(words) > 1 and words[-1] in _COMPANY
        code = name.kind == NameKind.PRODUCT and len(words) == 1
        if not (company or code or name.kind == NameKind.PERSON):
            return None
    return said if _latin(target) else ""


def _other_script(said: str, known: KnownName, customer: Customer | None, target: Locale) -> str:
    """The spelling of the same thing in the script of the target: the only one; of several the short one for the short
    one, else the customer's name there. Empty when it cannot be told which."""
    mine = sorted((s for s in known.spellings if _script(s) == _script(said)), key=len)
    there = sorted((s for s in known.spellings if _script(s) == _script_of(target)), key=len)
    if not there:
        return ""
    if len(there) == 1:
        return there[0]
    at = next((n for n, spelling in enumerate(mine) if fold(spelling) == fold(said)), -1)
    if (at == 0 and len(mine) > 1) or (at > 0 and len(mine) == len(there)):
        return there[at]
    return _of_locale(customer.names, target) if customer is not None else ""


def _of_locale(forms: Forms, locale: Locale) -> str:
    """The form for a locale, else for its language, else (Latin letters) for another language that has them."""
    exact = forms.get(locale.tag)
    alike = next((form for tag, form in forms.items() if tag.split("-", 1)[0] == locale.language), "")
    latin = next((form for form in forms.values() if form and _script(form) == "latin"), "") if _latin(locale) else ""
    return exact or alike or latin


def _fields(lexicon: Lexicon, entries: Iterable[EntryVersion]) -> dict[str, Forms]:
    """What stands in the same field of an entry and of its translations, by locale, for each spelling of a name."""
    names = {fold(spelling) for name in lexicon.names for spelling in name.spellings}
    told: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for entry in entries:
        for key, value in entry.fields.items():
            if isinstance(value, str) and fold(value) in names:
                told[entry.translates or entry.entry_id, key][entry.locale] = value
    return {fold(said): forms for forms in told.values() if len(forms) > 1 for said in forms.values()}


def _texts(lexicon: Lexicon, entries: Iterable[EntryVersion]) -> frozenset[tuple[str, str]]:
    """Which spellings stand in approved texts of which language."""
    found: set[tuple[str, str]] = set()
    for entry in entries:
        language, folded = entry.locale.split("-", 1)[0], fold(f"{entry.title}\n{entry.text}")
        found |= {(place.span.of(folded), language) for place in lexicon.spellings.find(folded)}
    return frozenset(found)


def _script(text: str) -> str:
    for script, letters in (("kana", _KANA), ("hangul", _HANGUL), ("han", _HAN)):
        if letters.search(text):
            return script
    return "latin"


def _script_of(locale: Locale) -> str:
    return _SCRIPTS.get(locale.language, "latin")


def _latin(locale: Locale) -> bool:
    return _script_of(locale) == "latin"
