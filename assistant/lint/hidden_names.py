"""Names of customers where nobody looks for them: in ids and file names, and in spellings that no record has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from assistant.lint.customers import named_in_public
from assistant.lint.finding import LintFinding, Place, at, whole
from assistant.lint.rule import LintRule
from assistant.lint.short_names import short_names
from assistant.lint.view import LintView, strings
from knowledge.domain.finding import Severity, Span
from knowledge.domain.folding import fold
from knowledge.domain.words import Words
from knowledge.lexicon import NameKind
from knowledge.naming.common_words import COMMON
from knowledge.naming.finder import NameFinder
from knowledge.naming.forms import forms_of
from knowledge.naming.legal_forms import end_of_form, without_form
from knowledge.naming.letters import read
from knowledge.records import Audience, Customer, EntryVersion
from knowledge.spellings import Spellings

_SEPARATORS = re.compile(r"[-_./\\:#]+")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ -]$")
_WORD_BEHIND = re.compile(r"[ -]([^\W\d_]+)")
_WHERE_BEFORE = re.compile(r"\b(?:in|in the|near|im|nahe|à|en)\s$", re.IGNORECASE)
_HAN_COMPANY = re.compile(r"[一-鿿]{0,8}?(?:有限公司|公司|集团|股份)")
MOST_PLACES = 12
"""Places of one finding, at most."""


class IdNamesCustomer(LintRule):
    """An entry whose id or file name holds the name or an abbreviation of a customer who may not be named in public.
    Ids stand beside every citation, and no alias takes their place. Of internal entries it is only remarked."""

    id = "id_names_customer"
    severity = Severity.WARNING
    title = Words(zh="编号或文件名透露客户", en="Id or file name tells the customer")
    remedy = Words(
        zh="换成看不出客户的编号和文件名（如按行业、地区），以新编号导入后停用旧条目",
        en="give it an id and a file name that do not tell (by industry or region): import it anew, retire this one",
    )

    def look(self, view: LintView) -> Iterator[LintFinding]:
        short = _finder(view)
        for entry in view.newest:
            if entry.expired(view.today):
                continue
            told: dict[str, list[tuple[str, Place]]] = defaultdict(list)
            for field, value in (("id", entry.entry_id), ("source", entry.source)):
                for customer, words in _named(value, entry, view, short):
                    if not named_in_public(view.customers.get(customer), entry, view.today):
                        told[customer].append((words, whole(entry, field, value)))
            for customer, found in told.items():
                yield self._finding(entry, customer, found)

    def _finding(self, entry: EntryVersion, customer: str, found: list[tuple[str, Place]]) -> LintFinding:
        words, place = found[0]
        where = Words(zh="编号", en="id") if place.field == "id" else Words(zh="文件名", en="file name")
        return self.finding(
            f"{where.zh}“{place.words}”含有“{words}”，该客户（{customer}）目前不能公开名称",
            f"the {where.en} '{place.words}' holds '{words}'; this customer ({customer}) may not be named in public "
            "today",
            list(dict.fromkeys(place for _, place in found)),
            severity=Severity.INFO if entry.audience is Audience.INTERNAL else None,
        )  # fmt: skip


class ShortNameMissing(LintRule):
    """A short name of a customer who may not be named in public, standing by itself in an approved public or partner
    entry, that is not among the customer's spellings: the gate does not find it."""

    id = "short_name_missing"
    severity = Severity.WARNING
    title = Words(zh="客户简称没有登记", en="Short name of a customer not on record")
    remedy = Words(
        zh="如指该客户，登记简称：koujing library customer set 客户编号 --other 简称",
        en="if it means this customer, add it: koujing library customer set ID --other WORD",
    )

    def look(self, view: LintView) -> Iterator[LintFinding]:
        finder = _finder(view)
        if finder is None:
            return
        others = _others(view)
        places: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for entry in view.current:
            if entry.audience is not Audience.INTERNAL:
                for customer, word, place in _unknown(entry, view, finder, others):
                    if all(place.entry_id != told.entry_id for told in places[(customer, word)]):
                        places[(customer, word)].append(place)
        for (customer, word), found in places.items():
            yield self._finding(customer, word, found)

    def _finding(self, customer: str, word: str, places: list[Place]) -> LintFinding:
        command = f"koujing library customer set {customer} --other {word}"
        return self.finding(
            f"“{word}”像是客户 {customer} 的简称，但没有登记，不会被换成化名",
            f"'{word}' reads like a short name of customer {customer}, is not on record, and no alias takes its place",
            places[:MOST_PLACES],
            remedy=Words(zh=f"如指该客户，登记简称：{command}", en=f"if it means this customer, add it: {command}"),
        )  # fmt: skip


def _finder(view: LintView) -> NameFinder | None:
    """What finds the short names of all customers; None when there are none."""
    forms = [f for c in view.customers.values() for word in short_names(c) for f in forms_of(c.id, word, company=False)]
    return NameFinder(forms) if forms else None


def _named(value: str, entry: EntryVersion, view: LintView, short: NameFinder | None) -> Iterator[tuple[str, str]]:
    """The customers that an id or a file name tells, with the words; by an unregistered short name its own only."""
    parts = [part for part in _SEPARATORS.split(value) if part]
    for text in (" ".join(parts), *(parts if len(parts) > 1 else ())):  # part by part: 案例-申特-一期 is no 例申
        for naming in view.places.find(text):
            if not naming.alias:
                yield naming.customer, naming.span.of(text)
        for found in short.find(text) if short and entry.customer else ():
            if found.owner == entry.customer:
                yield found.owner, found.text


# --- short names ---


def _others(view: LintView) -> Spellings:
    """What else is known by name, so that a word in it is no customer's."""
    spelled = {spelling for customer in view.customers.values() for spelling in customer.spellings()}
    names = (name for name in view.lexicon.names if name.own or not spelled & set(name.spellings))
    return Spellings(name for name in names if name.kind in NameKind)


def _unknown(
    entry: EntryVersion, view: LintView, finder: NameFinder, others: Spellings
) -> Iterator[tuple[str, str, Place]]:
    """Short names in an entry that no record has: the customer, the word, the place."""
    texts: list[tuple[str, str]] = [("", entry.text), ("title", entry.title), *strings(entry.fields)]
    for field, text in texts:
        for found in finder.find(text):
            customer: Customer = view.customers[found.owner]
            word = without_form(found.text)
            span = Span(found.span.start, found.span.start + len(word))
            if named_in_public(customer, entry, view.today) or not _stands_alone(text, span, customer):
                continue
            known = [naming.span for naming in view.places.find(text)]
            known += [occurrence.span for occurrence in others.find(fold(text))]
            if any(span.overlaps(other) for other in known):
                continue
            yield customer.id, word, at(entry, span) if not field else whole(entry, field, word)


def _stands_alone(text: str, span: Span, customer: Customer) -> bool:
    """False inside somebody else's name (Karl Mornhardt, Mornhardt Logistics, 莫恩哈特物流有限公司) and for a place."""
    word = span.of(text)
    if not word[0].isascii() and not word[0].isupper():
        return not _HAN_COMPANY.match(text, span.end)
    if not word[0].isupper() or _WHERE_BEFORE.search(text[max(0, span.start - 12) : span.start]):
        return False
    before, behind = _WORD_BEFORE.search(text[: span.start]), _WORD_BEHIND.match(text, span.end)
    if before and before[1][0].isupper() and read(before[1]).kept not in COMMON:
        return False
    if behind is None or not behind[1][0].isupper() or end_of_form(text, read(text).folded, span.end) > span.end:
        return True
    own = {read(part).kept for spelling in customer.spellings() for part in spelling.split()}
    return read(behind[1]).kept in own
