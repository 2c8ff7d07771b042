"""The terms and names of a workspace and a job, as the preparation of segments asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.localization.lexicon import Known
from assistant.localization.names import NameBook, name_book
from assistant.localization.terms import merged, terms_in
from knowledge.domain.locale import Locale
from knowledge.library import Library
from knowledge.records import Term


class WordBook:
    """Implements `Lexicon`: the glossary, those terms first that came with the job, and the names of the library."""

    def __init__(self, terms: Sequence[Term], names: NameBook) -> None:
        self._terms, self._names = tuple(terms), names

    def known(self, text: str, source: Locale, target: Locale) -> Known:
        """See the port. A name that is a term, or a part of one, is the term's."""
        uses = terms_in(text, self._terms, source, target)
        forms = {use.said: use.form for use in uses}
        names = self._names.names_in(text, source, target)
        return Known(
            tuple({id(use.term): use.term for use in uses}.values()),
            forms,
            {name: form for name, form in names.items() if not any(name in said for said in forms)},
        )


def word_book(library: Library, given: Sequence[Term] = ()) -> WordBook:
    """The words of a library as it stands, and the terms of a glossary file given with the job."""
    return WordBook(merged(given, library.glossary.all()), name_book(library, given))
