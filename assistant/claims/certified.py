"""What the library's certificate records say of a text's certificates: of which day, market, model, edition, number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.claims.certified_models import EVERY, certifies, subjects
from assistant.claims.reading import Reading
from knowledge.certificate_records import Bar, CertificateRecord
from knowledge.certifications import Mention, Standing, mentions
from knowledge.domain.finding import Span
from knowledge.domain.folding import fold
from knowledge.domain.words import NOTHING, Words
from knowledge.lexicon import Lexicon

MODELS, EDITION, NUMBER = "models", "edition", "number"
REASONS = (*map(str, Bar), MODELS, EDITION)
"""Why a certificate that is on record does not prove what is said."""

_CUE = re.compile(
    r"(?:(?:证书|合格证|认证)(?:的)?(?:编号|号码?)|证号|(?<=[，,；;。（(、\s])编号)\s*(?:为|是)?\s*[：:]?\s*|"
    r"\b(?:certificate(?: registration)?|UL file|file)\s*(?:no\b\.?|number|nr\b\.?|#)\s*(?:is\b)?\s*[:：]?\s*|"
    r"(?<=[,(] )number:?\s+|(?<=\()number:?\s+|\bZertifikats?-?(?:Nr\.?|nummer)\s*[:：]?\s*",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"(?:[A-ZÄÖÜ][A-Za-zÄÖÜ]{0,9}[ ./-]?)?[A-Za-z0-9]*\d[A-Za-z0-9]*(?:[./-][A-Za-z0-9]+)*"
    r"(?: (?:[A-Z]{1,5}|[A-Z]{0,5}\d[A-Z0-9./-]*)(?![A-Za-z0-9]))*"
)
_LOOSE = re.compile(r"[\s./_:-]")


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the record says to one certificate or number of a text. `reason` is empty when it proves it."""

    record: CertificateRecord
    reason: str = ""
    note: Words = NOTHING
    fix: str = ""


def rulings(said: Reading, lexicon: Lexicon) -> dict[Span, Ruling]:
    """By the words they are about: each certificate that is said to be held and is on record, each number that the
    record has otherwise."""
    if not lexicon.on_record:
        return {}
    named = mentions(said.text)
    ruled = {}
    for mention in named:
        records = [record for record in lexicon.on_record if record.speaks_of(mention)]
        if records and mention.standing is Standing.HELD:
            ruled[mention.span] = _ruling(mention, said, records, lexicon)
    return ruled | dict(_numbers(said, named, lexicon))


def _ruling(mention: Mention, said: Reading, records: Sequence[CertificateRecord], lexicon: Lexicon) -> Ruling:
    """The first product that no record certifies decides; a claim that names none needs one record that holds."""
    found = [_for(model, mention, records) for model in subjects(mention.span, said, records, lexicon) or [()]]
    return next((ruling for ruling in found if ruling.reason), found[0])


def _for(model: tuple[str, ...], mention: Mention, records: Sequence[CertificateRecord]) -> Ruling:
    """What comes nearest to proving it for one product, given with its spellings; `()` is any product."""
    fit = [record for record in records if not model or certifies(record, model)]
    if not fit:
        return _refused(MODELS, _latest(records), model)
    dated = [r for r in fit if not mention.year or not r.editions(mention) or mention.year in r.editions(mention)]
    for record in dated:
        if record.bar is None:
            return Ruling(record)
    holding = [record for record in fit if record.bar is None]
    if holding:
        return _refused(EDITION, holding[0], model, sorted(holding[0].editions(mention)))
    near = _latest(dated or fit)
    return _refused(str(near.bar), near, model)


def _latest(records: Sequence[CertificateRecord]) -> CertificateRecord:
    """The one that holds, else holds elsewhere, else ended last; of equals the first."""
    rank = {None: 3, Bar.MARKET: 2, Bar.EXPIRED: 1, Bar.RETIRED: 1}
    return max(records, key=lambda r: (rank[r.bar], str(r.ended or "")))


def _refused(
    reason: str, record: CertificateRecord, model: tuple[str, ...] = (), editions: Sequence[str] = ()
) -> Ruling:
    entry, day = record.entry_id, record.ended
    models, markets, years = ", ".join(record.models), ", ".join(record.markets), ", ".join(editions)
    name = model[0] if model else ""
    other = Words(zh="全部产品", en="all products") if model == EVERY else Words(zh=name, en=name)
    notes = {
        "expired": Words(zh=f"证书已于 {day} 到期（{entry}）", en=f"the certificate expired on {day} ({entry})"),
        "retired": Words(
            zh=f"证书条目 {entry} 已停用" + (f"（{day}）" if day else ""),
            en=f"the certificate's entry {entry} was retired" + (f" on {day}" if day else ""),
        ),
        "market": Words(
            zh=f"证书只适用于 {markets} 市场（{entry}）", en=f"the certificate holds for {markets} only ({entry})"
        ),
        MODELS: Words(
            zh=f"证书只对 {models} 成立，不含{other.zh}（{entry}）",
            en=f"the certificate holds for {models}, not for {other.en} ({entry})",
        ),
        EDITION: Words(
            zh=f"证书依据的是 {years} 版（{entry}）", en=f"the certificate is for the edition of {years} ({entry})"
        ),
    }
    return Ruling(record, reason, notes[reason])


# --- numbers ---------------------------------------------------------------------------------------------------------


def _numbers(said: Reading, named: Sequence[Mention], lexicon: Lexicon) -> Iterator[tuple[Span, Ruling]]:
    """Certificate numbers that no record of the certificate they stand with has, or only one that proves nothing."""
    numbered = [record for record in lexicon.on_record if record.numbers]
    done = 0
    for span, cued in _candidates(said.text, numbered):
        if span.start < done or any(m.span.start <= span.start < m.span.end for m in named):
            continue
        about = _about(span, said, named)
        records = [r for r in numbered if any(r.speaks_of(m) for m in about)] if about or cued else numbered
        if not records:
            continue
        done = span.end
        same = [r for r in records if any(_same(said.text, span.start, number) for number in r.numbers)]
        if same and all(record.bar for record in same):
            yield span, _refused(str(_latest(same).bar), _latest(same))
        elif not same:
            yield span, _other_number(_latest(records), len(records) == 1)


def _other_number(record: CertificateRecord, only: bool) -> Ruling:
    numbers = ", ".join(record.numbers)
    note = Words(
        zh=f"证书编号与记录不符，记录为 {numbers}（{record.entry_id}）",
        en=f"the certificate's number on record is {numbers} ({record.entry_id})",
    )
    return Ruling(record, NUMBER, note, record.numbers[0] if only and len(record.numbers) == 1 else "")


def _candidates(text: str, records: Sequence[CertificateRecord]) -> list[tuple[Span, bool]]:
    """What is called a certificate's number, and what begins like one on record; true for the former."""
    found = []
    for cue in _CUE.finditer(text):
        token = _TOKEN.match(text, cue.end())
        if token:
            found.append((Span(*token.span()), True))
    for start in {prefix for record in records for number in record.numbers if (prefix := _prefix(number))}:
        for begun in re.finditer(rf"(?<![A-Za-z0-9]){start}[ ./-]?\d", text):
            token = _TOKEN.match(text, begun.end() - 1)
            if token:
                found.append((Span(begun.start(), token.end()), False))
    return sorted(found, key=lambda item: (item[0].start, not item[1]))


def _prefix(number: str) -> str:
    """A pattern of the letters that a number begins with; empty when they are too few to tell it by."""
    letters = re.match(r"[^\W\d_]{2,}(?:[ ./-][^\W\d_]+)*", number)
    parts = re.split(r"[ ./-]", letters[0]) if letters else []
    return "[ ./-]?".join(map(re.escape, parts)) if sum(map(len, parts)) > 2 else ""


def _about(span: Span, said: Reading, named: Sequence[Mention]) -> list[Mention]:
    """The certificates of the number's sentence, else the last one before it."""
    sentence = said.sentence_at(span.start).span
    there = [mention for mention in named if sentence.overlaps(mention.span)]
    return there or [mention for mention in named if mention.span.end <= span.start][-1:]


def _same(text: str, start: int, number: str) -> bool:
    """True when the number stands at this place, however it is spaced, and goes on with nothing."""
    wanted, at = _LOOSE.sub("", fold(number)), start
    for letter in wanted:
        while at < len(text) and _LOOSE.match(text, at):
            at += 1
        if at >= len(text) or fold(text[at]) != letter:
            return False
        at += 1
    return not re.match(r"[A-Za-z0-9]|[./-][A-Za-z0-9]", text[at : at + 2])
