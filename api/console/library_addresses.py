"""Where the pages of an entry and of a customer are, whatever characters their ids have."""

from __future__ import annotations

from urllib.parse import quote, urlencode

_TAKEN = frozenset(("new", "import", "glossary", "due", "search", "entry", "edit", "diff", "step"))
"""First parts of an address under /library that are no entry's."""

_TAKEN_CUSTOMERS = frozenset(("new", "customer", "edit", "permit", "withdraw"))


def entry_address(entry_id: str, page: str = "", **query: object) -> str:
    """The page of an entry, or (`page`: edit, diff, step/approve …) one about it."""
    return _address("/library", "entry", _TAKEN, entry_id, page, query)


def customer_address(customer_id: str, page: str = "", **query: object) -> str:
    """The page of a customer, or (`page`: edit, permit, withdraw) one about it."""
    return _address("/customers", "customer", _TAKEN_CUSTOMERS, customer_id, page, query)


def _address(root: str, always: str, taken: frozenset[str], thing: str, page: str, query: dict[str, object]) -> str:
    first = thing.split("/", 1)[0]
    if not page and (first in taken or first in ("", ".", "..")):
        page = always
    path = "/".join(filter(None, (root, page, quote(thing, safe=""))))
    asked = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(asked)}" if asked else path
