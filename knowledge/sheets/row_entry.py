"""The parts an entry gets from its row: id, title, text with the row as its place."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from knowledge.domain.folding import fold
from knowledge.kinds import title_of
from knowledge.reading import read_body
from knowledge.reading.document import Document
from knowledge.records import Customer, EntryVersion
from knowledge.sheets.known_customers import without_name

_NO_WORD = re.compile(r"[\W_]+")
_BAD_ID = re.compile(r"[\s@#/\\]")
_LONGEST_ID, _LONGEST_SLUG = 200, 60


def checked_id(text: str) -> str:
    """An id as the library can keep it. Raises `ValueError`."""
    if len(text) > _LONGEST_ID or _BAD_ID.search(text):
        raise ValueError(f"'{text[:40]}' is no id; write one word without spaces, slashes, @ and #")
    return text


def made_id(kind: str, name: str, customer: Customer | None, locale: str) -> str:
    """The same id for the same customer, name and locale, without the customer's name in it: ids stand in links, logs
    and records of drafts, which a withdrawn permission cannot clean."""
    said = "\n".join((kind, customer.id if customer else "", fold(name), locale))
    digest = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:6]
    slug = _NO_WORD.sub("-", without_name(name, customer).lower()).strip("-")[:_LONGEST_SLUG].strip("-")
    return "-".join(filter(None, (kind.replace("_", "-"), slug, digest)))


def identity(kind: str, fields: Mapping[str, Any], title: str) -> str:
    """The name by which a row is known again: the project's, which stays when a title is polished; else the title."""
    project = fields.get("project_name")
    return project if isinstance(project, str) and project else title_of(kind, fields) or title


def row_document(name: str, place: str, title: str, body: str) -> Document:
    """The document of a body, each block at its row. Raises `UnreadableFile` when it holds no text."""
    # What stands between marks at the head of a file would be taken for its front matter.
    document = read_body(f"{name} {place}".strip(), f"\n{body}" if body.startswith(("---", "+++")) else body)
    blocks = tuple(replace(block, place=place) for block in document.blocks)
    return replace(document, format="sheet", title=title, blocks=blocks)


def with_text(version: EntryVersion, document: Document) -> EntryVersion:
    """The version with the document's text, and a hash over everything it says."""
    said = [
        version.entry_id, version.kind, version.locale, version.title, dict(version.fields), version.customer,
        version.owner, list(version.markets), version.audience, version.translates,
        str(version.valid_until or ""), document.body,
    ]  # fmt: skip
    digest = hashlib.sha256(json.dumps(said, ensure_ascii=True, sort_keys=True, default=str).encode()).hexdigest()
    text = "\n".join(block.text for block in document.blocks)
    return replace(version, text=text, body=document.body, content_hash=digest)
