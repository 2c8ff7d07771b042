"""Which customer a cell means: by id or by any known spelling, exactly after folding; nobody is guessed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from knowledge.domain.folding import fold
from knowledge.records import Customer


def _key(name: str) -> str:
    return " ".join(fold(name).split())


class KnownCustomers:
    """The customers of a workspace by everything they are called; new ones may be added on the way."""

    def __init__(self, customers: Iterable[Customer]) -> None:
        self._by_key: dict[str, dict[str, Customer]] = {}
        self._by_id: dict[str, Customer] = {}
        for customer in customers:
            self.add(customer)

    def add(self, customer: Customer) -> None:
        """Known from now on."""
        self._by_id[customer.id] = customer
        for name in (customer.id, *customer.spellings()):
            self._by_key.setdefault(_key(name), {})[customer.id] = customer

    def find(self, text: str) -> Customer | None:
        """The customer, or None when nobody is called so. Raises `ValueError` when several are."""
        if text in self._by_id:
            return self._by_id[text]
        found = self._by_key.get(_key(text), {})
        if len(found) > 1:
            raise ValueError(f"'{text}' may be {' or '.join(sorted(found))}; write the id of the one that is meant")
        return next(iter(found.values()), None)

    def cell(self, customer_id: str, locale: str) -> str:
        """The name to write for a customer; its id where the name would not lead back to it."""
        customer = self._by_id.get(customer_id)
        names = [] if customer is None else [customer.names.get(locale), *customer.names.values()]
        for name in filter(None, names):
            try:
                found = self.find(name)
            except ValueError:
                continue
            if found is customer:
                return name
        return customer_id


def new_customer(name: str, locale: str) -> Customer:
    """A customer of whom only the name is known: without any permission nobody speaks of it. The id does not tell the
    name, since ids stand in links and records that outlive a permission."""
    digest = hashlib.sha256(_key(name).encode("utf-8", "replace")).hexdigest()[:8]
    return Customer(id=f"customer-{digest}", names={locale: name})


def without_name(text: str, customer: Customer | None) -> str:
    """`text` without any spelling of the customer's name, by which an id or a file would give it away."""
    for spelling in customer.spellings() if customer else ():
        key = fold(spelling).strip()
        while key and (at := fold(text).find(key)) >= 0:
            text = f"{text[:at]} {text[at + len(key) :]}"
    return text
