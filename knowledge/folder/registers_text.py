"""Customers and glossary as the text of `customers.yaml` and `glossary.csv`."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from knowledge.folder.yaml_text import Verbatim, as_yaml
from knowledge.records import Customer, Permission, Term
from knowledge.sheets.glossary import write_terms
from knowledge.store.repository import utc

_HEAD = """\
# Customers and what each of them permits. A permission that was withdrawn stays here and covers nothing.
# use: name | logo | quote | figures | visit    level: public | alias | internal
"""


def customers_text(customers: Iterable[Customer]) -> str:
    """All of the customers, by id; `read_customers` gives them back."""
    rows = [_customer(customer) for customer in sorted(customers, key=lambda customer: customer.id)]
    return _HEAD + as_yaml({"customers": rows})


def glossary_text(terms: Iterable[Term]) -> str:
    """All of the terms, by term and locale, as CSV with the line ends of text files; `read_glossary` reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "glossary.csv"
        write_terms(sorted(terms, key=lambda term: (term.term, term.locale)), path)
        written = path.read_bytes().decode("utf-8-sig")
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(csv.reader(io.StringIO(written, newline="")))
    return text.getvalue()


def _customer(customer: Customer) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": customer.id,
        "name": customer.names,
        "other_names": customer.other_names,
        "alias": customer.aliases,
        "segment": customer.segment,
        "permissions": [_permission(permission) for permission in customer.permissions],
    }
    return {key: value for key, value in said.items() if value or key in ("id", "name")}


def _permission(permission: Permission) -> dict[str, Any]:
    p = permission
    said: dict[str, Any] = {
        "use": str(p.use),
        "level": str(p.level),
        "markets": p.markets,
        "channels": p.channels,
        "until": p.until,
        "consented_by": p.consented_by,
        "consented_on": p.consented_on,
        "evidence": p.evidence,
        "withdrawn_on": p.withdrawn_on,
        "withdrawn_at": p.withdrawn_at and Verbatim(f"{utc(p.withdrawn_at).isoformat()}Z"),
        "withdrawn_by": p.withdrawn_by,
        "reason": p.reason,
    }
    return {key: value for key, value in said.items() if value}
