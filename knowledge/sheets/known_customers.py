"""Which customer a cell means: by id, by any known spelling, by one with another legal form; nobody is guessed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from knowledge.domain.folding import fold
from knowledge.records import Customer

_BRACKETS = re.compile(r"[()（）]")
_HAN_FORM, _FORM = "有限公司", " LTD"


def _key(name: str) -> str:
    return " ".join(fold(name).split())


class KnownCustomers:
    """The customers of a workspace by everything they are called; new ones may be added on the way."""

    def __init__(self, customers: Iterable[Customer]) -> None:
        self._by_key: dict[str, dict[str, Customer]] = {}
        self._by_id: dict[str, Customer] = {}
        self._by_letters: dict[str, set[str]] = {}
        self._unread: list[Customer] = []
        for customer in customers:
            self.add(customer)

    def __contains__(self, customer_id: str) -> bool:
        return customer_id in self._by_id

    def add(self, customer: Customer) -> None:
        """Known from now on."""
        self._by_id[customer.id] = customer
        self._unread.append(customer)
        for name in (customer.id, *customer.spellings()):
            self._by_key.setdefault(_key(name), {})[customer.id] = customer

    def find(self, text: str) -> Customer | None:
        """The customer whom a cell names: by id or spelling, else in another shape of a spelling (another legal form,
        Traditional characters, other blanks) that the whole cell is. None when nobody is called so. Raises
        `ValueError` when several are."""
        return self.called(text) or self._only(text, self._shaped(text))

    def called(self, text: str) -> Customer | None:
        """The customer with this id or spelling, none with one that is only like it; else as `find`."""
        if text in self._by_id:
            return self._by_id[text]
        return self._only(text, self._by_key.get(_key(text), {}))

    def _only(self, text: str, found: Iterable[str]) -> Customer | None:
        ids = sorted(found)
        if len(ids) > 1:
            raise ValueError(f"'{text}' may be {' or '.join(ids)}; write the id of the one that is meant")
        return self._by_id[ids[0]] if ids else None

    def _shaped(self, text: str) -> set[str]:
        """Who is named by the whole of `text`. What stands in a customer's cell is a name, so that neither capitals nor
        a missing legal form leave a doubt as they do in a sentence."""
        from knowledge.naming.letters import is_ideograph, read

        self._read_all()
        kept = read(text).kept
        if not kept:
            return set()
        form = _HAN_FORM if is_ideograph(kept[-1]) else _FORM
        bare = _BRACKETS.sub(" ", text)  # 莫恩哈特（集团）有限公司
        for shape in (text, text.upper(), bare, f"{bare}{form}", f"{bare.upper()}{form}"):
            if found := set(self._covering(shape)):
                return found
        return set()

    def _covering(self, text: str) -> Iterator[str]:
        from knowledge.naming.customer_names import CustomerNames
        from knowledge.naming.letters import read

        letters = read(text)
        near = {one for n in range(1, len(letters.kept) + 1) for one in self._by_letters.get(letters.kept[:n], ())}
        for naming in CustomerNames(self._by_id[one] for one in near).find(text) if near else ():
            span = naming.span
            if naming.safe and span.start <= letters.at[0] and letters.at[-1] < span.end:
                yield naming.customer

    def _read_all(self) -> None:
        """Index the shapes of names not looked at yet: only few cells need them."""
        from knowledge.naming.forms import forms_of

        for customer in self._unread:
            for form in (form for spelling in customer.spellings() for form in forms_of(customer.id, spelling)):
                self._by_letters.setdefault(form.letters, set()).add(customer.id)
        self._unread = []

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
