"""Which products a sentence says a certificate of, and whether a record is about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.claims.reading import Reading
from knowledge.certificate_records import CertificateRecord
from knowledge.certifications import mentions
from knowledge.domain.finding import Span
from knowledge.domain.folding import fold
from knowledge.lexicon import Lexicon, NameKind

EVERY: tuple[str, ...] = ("*",)
"""The spellings that stand for all products."""

_CLAUSE = re.compile(
    r"[，；;！？!?\n]|但|而(?!且)|, (?=(?:and|but|while|whereas|so|which|it|they|we|its|our)\b)|"
    r"\b(?:but|while|whereas)\b"
)
_ALL = re.compile(
    r"全系列?|所有(?:的)?(?:产品|型号|设备)|全部(?:产品|型号|设备)|各型号|全线产品|"
    r"\b(?:all (?:of )?(?:our |its |the )?(?:\w{1,20} )?(?:products|models|devices|gateways|sensors)|"
    r"(?:entire|whole|full|complete) (?:product )?(?:range|portfolio|line|family)|every (?:product|model|device))\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:不含|不包括|除了?|不同于|区别于|配合|搭配|连接|接入|兼容|"
    r"\b(?:with|unlike|except(?: for)?|excluding|without|not|than|nor|connects? to))\s*(?:the |our |a )?$",
    re.IGNORECASE,
)
_ALONG = re.compile(r"^\s*(?:[、,/和与及或]|以及|and|or)\s*(?:the |our )?$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*(?:该|其|它|这款|此|本产品|同时|已|也|还|并|(?:It|This|These|They|Both|Its|The (?:device|"
                      r"gateway|product|unit|sensor|controller|model))\b)")  # fmt: skip
_CODE = re.compile(r"([A-Z][A-Za-z]{0,5})[- ]?\d{1,5}[A-Za-z]{0,3}$")
_LONGER = re.compile(r"-[A-Z0-9]")
_KIND_WORDS = re.compile(r"^[\s·]*(?:[^\x00-\x7f]|[a-z])[^A-Z0-9]*$")


class _Product(NamedTuple):
    span: Span
    spellings: tuple[str, ...]


def subjects(at: Span, said: Reading, records: Sequence[CertificateRecord], lexicon: Lexicon) -> list[tuple[str, ...]]:
    """The products, each with its spellings, of which the text says the certificate that stands `at`. Empty when it
    names none, or when no record is bound to models."""
    if not any(record.models for record in records):
        return []
    found = _direct(said.text, sorted(_products(said.text, records, lexicon)))
    sentence = said.sentence_at(at.start).span
    clauses = list(_clauses(said.text, sentence))
    own = next((n for n, clause in enumerate(clauses) if clause.start <= at.start < clause.end), len(clauses) - 1)
    inside = _within(clauses[own], found)
    told = [p for p in inside if p.span.start < at.start] or inside
    for clause in reversed(clauses[:own]):
        told = told or _within(clause, found)
    if not told and _GOES_ON.match(said.text, sentence.start):
        before = [s.span for s in said.sentences if s.span.end <= sentence.start]
        told = next((there for span in reversed(before) if (there := _within(span, found))), [])
    return list(dict.fromkeys(product.spellings for product in told))


def certifies(record: CertificateRecord, product: Sequence[str]) -> bool:
    """True when one of the record's models is the product, or when it is bound to none."""
    return not record.models or any(_same(model, name) for model in record.models for name in product)


def _same(model: str, name: str) -> bool:
    """`TingSense S10` and `S10` are one product, `R200` and `R200 edge gateway`, too; `R200` and `R200 Pro` are two."""
    short, long = sorted((model.strip(), name.strip()), key=len)
    at = fold(long).find(fold(short))
    if at < 0 or not short:
        return False
    before, after = long[:at], long[at + len(short) :]
    return (not before or before[-1] == " " or not before[-1].isascii()) and (
        not after or _KIND_WORDS.match(after) is not None
    )


def _products(text: str, records: Sequence[CertificateRecord], lexicon: Lexicon) -> Iterator[_Product]:
    """Certified models, the library's products, codes of the same series as a model, words for all products."""
    taken = [mention.span for mention in mentions(text)]
    for product in _in_order(text, records, lexicon):
        if not any(product.span.overlaps(span) for span in taken):
            taken.append(product.span)
            yield product


def _in_order(text: str, records: Sequence[CertificateRecord], lexicon: Lexicon) -> Iterator[_Product]:
    """All of them, what is known best first; they may overlap."""
    folded = fold(text)
    models = sorted({model for record in records for model in record.models}, key=len, reverse=True)
    for model in models:
        for found in re.finditer(rf"(?<![a-z0-9]){re.escape(fold(model))}(?![a-z0-9])", folded):
            if not _LONGER.match(text, found.end()):
                yield _Product(Span(*found.span()), (model,))
    for occurrence in lexicon.spellings.find(folded):
        longer = _LONGER.match(text, occurrence.span.end)
        if occurrence.name.kind is NameKind.PRODUCT and occurrence.name.entry_id and not longer:
            yield _Product(occurrence.span, occurrence.name.spellings)
    for series in dict.fromkeys(code[1] for model in models if (code := _CODE.search(model))):
        number = r"[- ]?\d{2,5}[A-Za-z]{0,3}(?:-[A-Z0-9]\w{0,7})?(?![A-Za-z0-9])"
        for found in re.finditer(rf"(?<![A-Za-z0-9-]){series}{number}", text):
            yield _Product(Span(*found.span()), (found[0],))
    yield from (_Product(Span(*found.span()), EVERY) for found in _ALL.finditer(text))


def _direct(text: str, products: Sequence[_Product]) -> list[_Product]:
    """Those that are no aside: not `with the R300`, not `不含 R200 与 R300`."""
    kept: list[_Product] = []
    aside_end = -1
    for product in products:
        start = product.span.start
        along = aside_end >= 0 and _ALONG.match(text[aside_end:start])
        if along or _ASIDE.search(text[max(0, start - 24) : start]):
            aside_end = product.span.end
        else:
            aside_end = -1
            kept.append(product)
    return kept


def _within(stretch: Span, products: Sequence[_Product]) -> list[_Product]:
    return [product for product in products if stretch.start <= product.span.start < stretch.end]


def _clauses(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    for cut in _CLAUSE.finditer(text, sentence.start, sentence.end):
        if cut.start() > start:
            yield Span(start, cut.start())
        start = cut.end()
    yield Span(start, max(start, sentence.end))
