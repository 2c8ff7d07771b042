"""Where a text names customers, by a name or by the alias. The one place where lint asks how names are spelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.domain.finding import Span
from knowledge.domain.folding import fold
from knowledge.lexicon import KnownName, NameKind
from knowledge.naming.customer_names import CustomerNames
from knowledge.records import Customer
from knowledge.spellings import Spellings


@dataclass(frozen=True, slots=True)
class Naming:
    """A customer where a text speaks of it; `alias` when by its alias."""

    customer: str
    span: Span
    alias: bool


class CustomerPlaces:
    """Finds customers in texts, names and aliases in all their locales, in one pass each."""

    def __init__(self, customers: Iterable[Customer]) -> None:
        known = list(customers)
        self._names = CustomerNames(known)
        self._aliases = Spellings(
            KnownName(NameKind.ORGANISATION, tuple(_spelled(customer)), customer.id) for customer in known
        )

    def find(self, text: str) -> list[Naming]:
        """In the order of the text; a name inside an alias is part of the alias."""
        aliases = [Naming(o.name.entry_id or "", o.span, True) for o in self._aliases.find(fold(text))]
        names = [
            Naming(found.customer, found.span, False)
            for found in self._names.find(text)
            if not any(found.span.overlaps(alias.span) for alias in aliases)
        ]
        return sorted([*aliases, *names], key=lambda naming: naming.span)


def _spelled(customer: Customer) -> list[str]:
    """The aliases, in English without the article, which a sentence may exchange for another one."""
    aliases = [alias.strip() for alias in customer.aliases.values() if alias.strip()]
    short = [rest for a in aliases for article in ("a ", "an ", "the ") if (rest := a.removeprefix(article)) != a]
    return [*aliases, *short]
