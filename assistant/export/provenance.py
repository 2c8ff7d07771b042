"""Where a text comes from, for machines to read: the implicit label of GB 45438-2025 (`AIGC`), the IPTC digital source
type, and who made and who approved which version from which entries. Ids only: no title, no customer, no reason.

Each format keeps it where its own readers look: Markdown in the front matter, HTML as meta elements and JSON-LD, Word
as custom properties, PDF as XMP and document information.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.draft import Draft
from assistant.export.ai_label import AiLabel, machine_made
from assistant.export.labels import MARK, labels_for
from assistant.export.layout import lay_out
from assistant.export.plain import clean, one_line

PRODUCT = "Koujing"
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
GENERATED = "1"
"""`Label` of the AIGC field: the content is generated or synthesized (2 would be probably, 3 is suspected)."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who did something and when; either may be unknown. Times are UTC."""

    by: str = ""
    at: datetime | None = None

    def to_json(self) -> dict[str, Any] | None:
        """None when nobody did it."""
        at = self.at.replace(tzinfo=self.at.tzinfo or UTC) if self.at else None
        when = f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z" if at else None
        return {"by": one_line(self.by), "at": when} if self.by or when else None


@dataclass(frozen=True, slots=True)
class Provenance:
    """The history of one exported version. `producer` is the name or code of who offers the text, `entries` are ids and
    versions; `overridden` says what was missing when an admin let it leave all the same."""

    draft: Draft
    producer: str
    exported: Signed
    created: Signed = Signed()
    approved: Signed = Signed()
    entries: tuple[tuple[str, int | None], ...] = ()
    overridden: tuple[str, ...] = ()

    def aigc(self) -> dict[str, str] | None:
        """The fields of the implicit label as GB 45438-2025 names them; None when no machine made any of the text.

        Who spreads the text fills in ContentPropagator and PropagateID. ReservedCode1 is the producer's own: a digest
        of the words, so that a change of them can be seen.
        """
        if not machine_made(self.draft):
            return None
        return {
            "Label": GENERATED,
            "ContentProducer": one_line(self.producer) or PRODUCT,
            "ProduceID": f"{one_line(self.draft.id)}-v{self.draft.version}",
            "ReservedCode1": f"sha256:{self.digest()}",
            "ContentPropagator": "",
            "PropagateID": "",
            "ReservedCode2": "",
        }

    def source_type(self) -> str:
        """The IPTC digital source type: by a trained model, by it and others, by a program without a model, by hand."""
        hands = {paragraph.by for _, paragraph in self.draft.paragraphs() if not paragraph.gap}
        if "model" in hands:
            return SOURCE_TYPES + (
                "trainedAlgorithmicMedia" if len(hands) == 1 else "compositeWithTrainedAlgorithmicMedia"
            )
        return SOURCE_TYPES + ("algorithmicMedia" if "program" in hands else "digitalCreation")

    def digest(self) -> str:
        """SHA-256 of the words in reading order, cleaned, one paragraph a line."""
        return hashlib.sha256("\n".join(self._words()).encode()).hexdigest()

    def _words(self) -> Iterator[str]:
        page = lay_out(self.draft, labels_for(self.draft.locale))
        yield one_line(page.headline.text)
        for section in page.sections:
            yield one_line(section.heading)
            yield from (one_line(paragraph.text) for block in section.blocks for paragraph in block.paragraphs)

    def to_json(self) -> dict[str, Any]:
        """Everything but the AIGC field, of which a file is to hold exactly one."""
        draft = self.draft
        found: dict[str, Any] = {
            "generator": PRODUCT,
            "draft": {"id": one_line(draft.id), "version": draft.version, "state": draft.state},
            "template": draft.template,
            "model": one_line(draft.model) or None,
            "locale": draft.locale,
            "market": draft.market,
            "channel": draft.channel,
            "audience": draft.audience,
            "ai_generated": machine_made(draft),
            "digital_source_type": self.source_type(),
            "text_sha256": self.digest(),
            "created": self.created.to_json(),
            "approved": self.approved.to_json(),
            "exported": self.exported.to_json(),
            "entries": [{"id": one_line(id_), "version": version} for id_, version in self.entries],
        }
        if self.overridden:
            found["overridden"] = list(self.overridden)
        return found

    def json_ld(self) -> dict[str, Any]:
        """The same for search engines and crawlers (schema.org)."""
        told = self.to_json()
        found = {
            "@context": "https://schema.org",
            "@type": "CreativeWork",
            "name": one_line(lay_out(self.draft, labels_for(self.draft.locale)).headline.text),
            "inLanguage": self.draft.locale,
            "identifier": f"{told['draft']['id']}-v{self.draft.version}",
            "version": str(self.draft.version),
            "dateCreated": (told["created"] or {}).get("at"),
            "datePublished": (told["exported"] or {}).get("at"),
            "publisher": {"@type": "Organization", "name": one_line(self.producer)} if self.producer else None,
            "digitalSourceType": self.source_type(),
            "additionalProperty": {"@type": "PropertyValue", "propertyID": "koujing:provenance", "value": told},
        }
        return {key: value for key, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Colophon:
    """What a clean export says of its own making: its provenance for machines, the label for readers where the law asks
    for one, and the mark that no approval stands behind it."""

    provenance: Provenance
    label: AiLabel | None = None
    marked: bool = False

    @property
    def head(self) -> str:
        """The line above the text; empty when there is none."""
        return " · ".join(filter(None, (MARK if self.marked else "", self._label(at_start=True))))

    @property
    def foot(self) -> str:
        """The line below the text; empty when there is none."""
        return self._label(at_start=False)

    def _label(self, *, at_start: bool) -> str:
        return self.label.text if self.label and self.label.at_start is at_start else ""


def as_json(value: Any) -> str:
    """On one line and in ASCII, for properties of files whose encoding is not ours to choose."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def entries_of(draft: Draft, hides: Callable[[str], bool]) -> tuple[tuple[str, int | None], ...]:
    """The entries that the draft cites, by id. An id that tells a name which `hides` says must not be shown goes by its
    digest."""
    cited = [evidence for _, paragraph in draft.paragraphs() for evidence in draft.cited(paragraph)]
    found = dict.fromkeys((evidence.entry_id, evidence.version) for evidence in cited if evidence.entry_id)
    return tuple((_shown(clean(id_), hides), version) for id_, version in found if id_)


def _shown(entry_id: str, hides: Callable[[str], bool]) -> str:
    told = hides(entry_id) or hides(entry_id.replace("-", " ").replace("_", " "))
    return f"entry-{hashlib.sha256(entry_id.encode()).hexdigest()[:12]}" if told else entry_id
