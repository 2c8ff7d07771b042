"""`CustomerNames`: where a text names customers, whatever the shape of the name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.domain.finding import Span
from knowledge.naming.finder import NameFinder
from knowledge.naming.forms import forms_of
from knowledge.records import Customer


@dataclass(frozen=True, slots=True)
class Naming:
    """A customer's name where it stands in the text, as it is written there.

    `safe` False: it is part of an address, a path, a handle or a longer word; nothing can be put in its place that
    leaves the rest whole.
    """

    span: Span
    customer: str
    spelling: str
    safe: bool


class CustomerNames:
    """The names of all customers, made once for a list of them; any number of gates may share it.

    Looked for are the names in all locales, the other names, and what follows from them: other legal forms, the name
    without one unless that is a common word, umlauts written out, `&` as a word.
    """

    def __init__(self, customers: Iterable[Customer]) -> None:
        forms = (form for c in customers for spelling in c.spellings() for form in forms_of(c.id, spelling))
        self._finder = NameFinder(forms)

    def find(self, text: str) -> list[Naming]:
        """Every naming in `text`, in order. Namings of one customer never overlap, those of several may."""
        return [Naming(found.span, found.owner, found.text, found.safe) for found in self._finder.find(text)]
