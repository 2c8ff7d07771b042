"""What the library knows by name: companies, people, products, places, certificates, quotes, terms, its own sites.

Plain data, made once for a scope; checks look names up here. It never holds what the gate keeps from that scope, but
for `identifying`: by that a check knows what gives a customer away, and nothing else may read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from knowledge.certificate_records import CertificateRecord
from knowledge.naming.finder import NameFinder
from knowledge.naming.forms import forms_of
from knowledge.records import Term
from knowledge.spellings import Spellings


class NameKind(StrEnum):
    """What a name names; the words are those of the contract's claim kinds."""

    ORGANISATION = "organisation"
    PERSON = "person"
    PRODUCT = "product"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class KnownName:
    """One thing with all its spellings in all languages, and the entry that tells of it.

    `own` says that it is the company itself or one of its sites, which any of its texts may name. `entries` are all
    entries that are about it: their passages speak of it even where they do not repeat the name.
    """

    kind: NameKind
    spellings: tuple[str, ...]
    entry_id: str | None = None
    own: bool = False
    entries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class QuoteRecord:
    """What somebody said, as it is kept: word for word, with its approved translations by language."""

    text: str
    language: str
    speaker: str = ""
    title: str = ""
    approved: bool = False
    translations: Mapping[str, str] = field(default_factory=dict)
    entry_id: str | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate, award or official title that the company has proved, with its last day of validity."""

    names: tuple[str, ...]
    entry_id: str | None = None
    valid_until: date | None = None


class Trace(StrEnum):
    """By what a customer is recognised although its name is not written."""

    SPEAKER = "speaker"
    CONSENT = "consent"
    PROJECT = "project"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Identifying:
    """What tells who a customer is that may go by its alias at most.

    `aliases` are those in all languages, `entries` all entries about the customer.
    """

    trace: Trace
    customer: str
    spellings: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    entries: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All of it. Empty for a text that is checked against given files only. One lexicon equals itself only.

    `hosts` are the company's own sites, in lower case and without `www.`; what stands below them is its own as well.
    `certificates` were valid on the day it was made, in its market. `on_record` are the certificate entries, those that
    prove nothing among them: what they are about is proved by them alone.
    """

    names: tuple[KnownName, ...] = ()
    quotes: tuple[QuoteRecord, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    on_record: tuple[CertificateRecord, ...] = ()
    terms: tuple[Term, ...] = ()
    hosts: frozenset[str] = frozenset()
    identifying: tuple[Identifying, ...] = field(default=(), repr=False)

    @cached_property
    def traces(self) -> NameFinder:
        """Finds the persons and projects of `identifying` in a text; an owner is a place in that tuple."""
        return NameFinder(
            form
            for number, one in enumerate(self.identifying)
            if one.trace is not Trace.HOST
            for spelling in one.spellings
            for form in forms_of(str(number), spelling, company=False)
        )

    @cached_property
    def spellings(self) -> Spellings:
        """Finds the names in a text."""
        return Spellings(self.names)
