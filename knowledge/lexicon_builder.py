"""Makes the lexicon of a scope from entries, customers and glossary. Nothing that the gate keeps back gets in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.certificate_records import CertificateRecord, end_of, records_of, texts
from knowledge.certifications import Mention, Standing, mentions
from knowledge.gate import Gate
from knowledge.identifying import identifying
from knowledge.lexicon import Certificate, KnownName, Lexicon, NameKind, QuoteRecord
from knowledge.quote_lines import quote_lines
from knowledge.records import Customer, EntryVersion, Term

PLACE_FIELDS = ("headquarters", "offices", "place", "city", "country")
CERTIFICATE_FIELDS = ("certificate", "certificates", "certification", "award", "awards", "honour", "title_of_honour")
_OWN_KINDS = ("company", "contact", "press_kit", "product", "technology", "people", "milestone", "brand_house")
_ORGANISATIONS = {"person": ("organisation",), "view": ("organisation",), "certificate": ("holder", "accreditation")}
_WITH_CERTIFICATES = ("company", "technology", "product", "certificate")
_IN_BRACKETS = re.compile(r"\s*[（(]([^（）()]{1,80})[）)]$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN_NAME = re.compile(r"[A-Z][\w&.'’-]*(?: [\w&.'’-]+){0,6}")
_LEADING_NAME = re.compile(r"(?:[A-Z][\w-]*|\d[\w-]*)(?: (?:[A-Z][\w-]*|\d[\w-]*)){0,4}(?![\w])")
_CERTIFIED = re.compile(r"[Cc]ertif|[Aa]ccredit|[Cc]omplian|[Cc]ompl(?:y|ies)|认证|认定|证书|资质|符合|合规")
_URL = re.compile(r"(?:https?://|\bwww\.|@)((?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,18})(?![a-z0-9-])", re.IGNORECASE)
_LIST = re.compile(r"\s*[,，、;；]\s*")


_Quoted = tuple[EntryVersion, list[dict[str, Any]]]
"""An entry and those of its quote records that the gate lets through."""


@dataclass(frozen=True, slots=True)
class _Named:
    kind: NameKind
    spellings: tuple[str, ...]
    entry_id: str | None = None
    own: bool = False
    pair: str = ""
    """What a name and its translation in another entry share."""


def build_lexicon(
    entries: Sequence[EntryVersion],
    customers: Sequence[Customer],
    terms: Sequence[Term],
    gate: Gate,
    today: date,
    told_of: Sequence[EntryVersion] = (),
    on_record: Sequence[EntryVersion] = (),
) -> Lexicon:
    """`entries` are those that the gate's scope is offered, customers' among them; `today` parts valid certificates
    from those that have run out. `told_of` are entries that it is not offered and that tell of customers all the same:
    by them a check knows what would give a customer away. `on_record` are the certificate entries that its readers may
    know, whether they still hold or not: a certificate that has one is proved by it alone."""
    quoted = [(entry, gate.quotes(entry)) for entry in entries]
    shown = [term for term in terms if not any(map(gate.hides, (term.term, term.note, *_forms(term))))]
    records = [r for r in records_of(entries, on_record, today) if not any(map(gate.hides, (*r.names, *r.numbers)))]
    certificates = _certificates(entries, shown, records, today)
    named = [
        *_customers(customers, entries, gate),
        *_of_entries(entries, gate),
        *_speakers(quoted),
        *_short_forms(entries),
        *(term for term in _of_terms(shown) if not any(mentions(spelling) for spelling in term.spellings)),
    ]
    return Lexicon(
        names=tuple(_merged([n for n in named if not any(map(gate.hides, n.spellings))])),
        quotes=tuple(q for q in _quotes(quoted) if not any(map(gate.hides, _said(q)))),
        certificates=tuple(c for c in certificates if not any(map(gate.hides, c.names))),
        on_record=tuple(records),
        terms=tuple(shown),
        hosts=frozenset(host for host in _hosts(entries) if not gate.hides(host)),
        identifying=tuple(identifying([*entries, *told_of], customers, gate)),
    )


def _forms(term: Term) -> Iterator[str]:
    yield from term.translations.values()
    yield from term.forbidden


def _said(quote: QuoteRecord) -> tuple[str, ...]:
    return (quote.text, quote.speaker, quote.title, *quote.translations.values())


# --- names -----------------------------------------------------------------------------------------------------------


def _customers(customers: Iterable[Customer], entries: Iterable[EntryVersion], gate: Gate) -> Iterator[_Named]:
    """Each customer that may be named, once by itself and once for every entry about it."""
    spelled = {customer.id: customer.spellings() for customer in customers if gate.may_name(customer.id)}
    yield from (_Named(NameKind.ORGANISATION, spellings) for spellings in spelled.values())
    for entry in entries:
        if entry.customer in spelled:
            yield _Named(NameKind.ORGANISATION, spelled[entry.customer], entry.entry_id)


def _of_entries(entries: Iterable[EntryVersion], gate: Gate) -> Iterator[_Named]:
    for entry in entries:
        fields, pair = entry.fields, f"{entry.translates or entry.entry_id}"
        if entry.customer and not gate.may_name(entry.customer):
            continue
        if entry.kind == "company":
            own = tuple(s for key in ("name", "short_name") for s in _spelled(fields.get(key)))
            if own:
                yield _Named(NameKind.ORGANISATION, own, entry.entry_id, own=True, pair=f"{pair}:name")
        elif entry.kind == "people" or (entry.kind == "contact" and fields.get("title")):
            yield _Named(NameKind.PERSON, _spelled(fields.get("name")), entry.entry_id, pair=f"{pair}:name")
        elif entry.kind == "product":
            product = _spelled(fields.get("product") or fields.get("name")) or _leading(entry.title)
            yield _Named(NameKind.PRODUCT, product, entry.entry_id, pair=f"{pair}:name")
        elif entry.kind == "competitor":
            yield _Named(NameKind.ORGANISATION, _spelled(fields.get("company")), entry.entry_id, pair=f"{pair}:name")
        elif entry.kind == "medium":
            medium = _spelled(fields.get("name") or entry.title)
            yield _Named(NameKind.ORGANISATION, medium, entry.entry_id, pair=f"{pair}:name")
        elif entry.kind == "person":
            person = _spelled(fields.get("name") or entry.title)
            yield _Named(NameKind.PERSON, person, entry.entry_id, pair=f"{pair}:name")
        if fields.get("speaker"):
            yield _Named(NameKind.PERSON, _spelled(fields["speaker"]), entry.entry_id, pair=f"{pair}:speaker")
        for key in (*_ORGANISATIONS.get(entry.kind, ()), "issuer"):
            if fields.get(key):
                yield _Named(NameKind.ORGANISATION, _spelled(fields[key]), entry.entry_id, pair=f"{pair}:{key}")
        for key in PLACE_FIELDS:
            for number, place in enumerate(_values(fields.get(key))):
                own_site = entry.kind == "company" and key in ("headquarters", "offices")
                yield _Named(NameKind.PLACE, _spelled(place), entry.entry_id, own_site, f"{pair}:{key}:{number}")


def _speakers(quoted: Iterable[_Quoted]) -> Iterator[_Named]:
    for entry, quotes in quoted:
        for number, quote in enumerate(quotes):
            pair = f"{entry.translates or entry.entry_id}:quote:{number}"
            yield _Named(NameKind.PERSON, _spelled(quote.get("speaker")), entry.entry_id, pair=pair)


def _short_forms(entries: Sequence[EntryVersion]) -> Iterator[_Named]:
    """`Tingstone` of `Tingstone Industrial`: the first word of the own name, where own texts write it alone and it is
    no ordinary word."""
    own = {str(e.fields["short_name"]): e for e in entries if e.kind == "company" and e.fields.get("short_name")}
    text = "\n".join(entry.text for entry in entries if entry.kind in _OWN_KINDS and not entry.customer)
    for whole, entry in own.items():
        first, _, rest = whole.partition(" ")
        if len(first) < 4 or not rest or not first[0].isupper():
            continue
        alone = any(not text.startswith(f" {rest}", at + len(first)) for at in _places(first, text))
        if alone and not any(_places(first.lower(), text)):
            yield _Named(NameKind.ORGANISATION, (whole, first), entry.entry_id, own=True)


def _places(word: str, text: str) -> Iterator[int]:
    """Where a word stands as a whole and in no address."""
    at = text.find(word)
    while at >= 0:
        before, after = text[max(0, at - 1) : at], text[at + len(word) : at + len(word) + 2].rstrip(". \n")
        if not (before.isalnum() or before in tuple("_@/.")) and not (
            after[:1].isalnum() or after[:1] in tuple("_@/.")
        ):
            yield at
        at = text.find(word, at + 1)


def _of_terms(terms: Iterable[Term]) -> Iterator[_Named]:
    """Terms that stay as they are are products; other proper nouns lend their translations to the names they spell."""
    for term in terms:
        if term.do_not_translate or term.part_of_speech == "proper noun":
            spelled = tuple(dict.fromkeys(s for s in (term.term, *term.translations.values()) if s))
            # Without a kind of its own: it only adds spellings to a name that is known otherwise.
            yield _Named(NameKind.PRODUCT, spelled, own=False, pair="" if term.do_not_translate else "term")


def _merged(named: Sequence[_Named]) -> list[KnownName]:
    """One name for all that share a spelling or are translations of each other; the first one's kind stands."""
    groups: list[list[_Named]] = []
    by_key: dict[str, int] = {}
    for item in named:
        keys = [s.casefold() for s in item.spellings] + ([item.pair] if ":" in item.pair else [])
        there = sorted({by_key[key] for key in keys if key in by_key})
        home = there[0] if there else len(groups)
        if not there:
            groups.append([])
        groups[home].append(item)
        for other in there[1:]:
            groups[home] += groups[other]
            keys += [s.casefold() for moved in groups[other] for s in moved.spellings]
            keys += [moved.pair for moved in groups[other] if ":" in moved.pair]
            groups[other] = []
        by_key |= dict.fromkeys(keys, home)
    return [
        KnownName(
            group[0].kind,
            tuple(dict.fromkeys(s for item in group for s in item.spellings)),
            next((item.entry_id for item in group if item.entry_id), None),
            any(item.own for item in group),
            frozenset(item.entry_id for item in group if item.entry_id),
        )
        for group in groups
        if any(item.spellings and item.pair != "term" for item in group)
    ]


def _spelled(value: Any) -> tuple[str, ...]:
    """`卡特琳·福尔默（Katrin Vollmer）` as two spellings; other remarks in closing brackets (`虚构公司`) are none.

    Brackets inside a name (`汀石工联（苏州）科技有限公司`) are part of it.
    """
    text = str(value or "").strip()
    remark = _IN_BRACKETS.search(text)
    spelled = [text]
    if remark:
        spelled = [text[: remark.start()]]
        if _HAN.search(spelled[0]):
            spelled += [part for part in _LIST.split(remark[1]) if _LATIN_NAME.fullmatch(part)]
    return tuple(dict.fromkeys(s for s in spelled if 1 < len(s) <= 80))


def _leading(title: str) -> tuple[str, ...]:
    """The product's name at the start of a title: `R200 edge gateway` → `R200`; a whole title is no name."""
    found = _LEADING_NAME.match(title)
    code = found is not None and (any(c.isdigit() for c in found[0]) or any(c.isupper() for c in found[0][1:]))
    return (found[0],) if found and code else ()


def _values(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [part for part in _LIST.split(value) if part]
    return list(value) if isinstance(value, list | tuple) else []


# --- quotes ----------------------------------------------------------------------------------------------------------


def _quotes(quoted: Iterable[_Quoted]) -> Iterator[QuoteRecord]:
    for entry, quotes in quoted:
        language = entry.locale.split("-", 1)[0]
        for quote in quotes:
            yield QuoteRecord(
                text=str(quote["text"]),
                language=language,
                speaker=str(quote.get("speaker") or ""),
                title=str(quote.get("title") or ""),
                approved=True,
                translations=_translations(quote.get("translation") or quote.get("translations")),
                entry_id=entry.entry_id,
            )
        if "\n>" in entry.text and not entry.customer and not entry.fields.get("quotes"):
            for line in quote_lines(entry.text):
                yield QuoteRecord(line.text, language, line.speaker, line.title, True, {}, entry.entry_id)


def _translations(value: Any) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        return {}
    return {str(locale).split("-", 1)[0]: str(text) for locale, text in value.items() if text}


# --- certificates and sites ------------------------------------------------------------------------------------------


def _certificates(
    entries: Iterable[EntryVersion], terms: Sequence[Term], records: Sequence[CertificateRecord], today: date
) -> Iterator[Certificate]:
    """By the fields of own entries, and as their texts say that they are held; what a record speaks of, by it alone."""
    groups: dict[tuple[str, ...], list[tuple[str, Mention | None, EntryVersion]]] = {}
    for entry in entries:
        if entry.customer or entry.kind not in _WITH_CERTIFICATES:
            continue
        speaks = _CERTIFIED.search(entry.text)
        held = [m for m in mentions(entry.text) if m.standing is Standing.HELD and not m.in_words] if speaks else []
        for mention in held:
            groups.setdefault(mention.key, []).append((mention.span.of(entry.text), mention, entry))
        for name in (name for key in CERTIFICATE_FIELDS for name in texts(entry.fields.get(key))):
            standard = next((m for m in mentions(name) if not m.in_words), None)
            named = standard or next(iter(mentions(name)), None)
            key = standard.key if standard else (entry.translates or entry.entry_id,)
            groups.setdefault(key, []).append((standard.span.of(name) if standard else name, named, entry))
    for found in groups.values():
        ends = _ends(found, records)
        until = None if None in ends else max((end for end in ends if end), default=None)
        if ends and (until is None or until >= today):
            names = dict.fromkeys(name for name, _, _ in found)
            names |= dict.fromkeys(s for term in terms if term.term in names for s in term.translations.values())
            yield Certificate(tuple(names), found[0][2].entry_id, until)


def _ends(
    found: Sequence[tuple[str, Mention | None, EntryVersion]], records: Sequence[CertificateRecord]
) -> list[date | None]:
    """The last days of what proves a certificate: of its records where there are any, else of whatever mentions it."""
    named = next((mention for _, mention, _ in found if mention), None)
    own = {entry.entry_id for _, _, entry in found if entry.kind == "certificate"}
    on_record = [r for r in records if r.entry_id in own or (named is not None and r.speaks_of(named))]
    if on_record:
        return [record.ended for record in on_record if record.bar is None]
    return [end_of(entry) for _, _, entry in found]


def _hosts(entries: Iterable[EntryVersion]) -> Iterator[str]:
    for entry in entries:
        if entry.kind in _OWN_KINDS and not entry.customer:
            text = "\n".join((entry.text, *(str(value) for value in entry.fields.values() if isinstance(value, str))))
            if "://" not in text and "www." not in text and "@" not in text:
                continue
            for found in _URL.finditer(text):
                yield found[1].lower().removeprefix("www.")
