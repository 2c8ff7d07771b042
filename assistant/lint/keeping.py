"""What every entry needs to be kept: an owner, a customer that is on record, results, quotes that were approved, proof
that still holds."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.claims.quantities import quantities
from assistant.lint.finding import LintFinding, Place, at, whole
from assistant.lint.rule import LintRule
from assistant.lint.view import LintView
from knowledge.certifications import Mention, Standing, mentions
from knowledge.domain.finding import Severity, Span
from knowledge.domain.words import Words
from knowledge.gate import quotes_of
from knowledge.records import Audience, EntryVersion

_CERTIFICATE_FIELDS = ("certificate", "number", "standard", "standards", "name")


class OwnerMissing(LintRule):
    """An approved entry that nobody answers for."""

    id = "owner_missing"
    severity = Severity.INFO
    title = Words(zh="没有负责部门", en="No owner")
    remedy = Words(zh="填写负责部门", en="name the department that owns it")

    def look(self, view: LintView) -> Iterator[LintFinding]:
        for entry in view.current:
            if not entry.owner.strip():
                yield self.finding("没有写明负责部门", "it names no owner", [whole(entry)])


class CustomerUnknown(LintRule):
    """An entry about a customer that is not on record: no permission can be found for it."""

    id = "customer_unknown"
    severity = Severity.ERROR
    title = Words(zh="客户没有登记", en="Customer not on record")
    remedy = Words(
        zh="登记该客户及其许可，或改正客户编号", en="record the customer and its permissions, or correct the id"
    )

    def look(self, view: LintView) -> Iterator[LintFinding]:
        for entry in view.newest:
            if entry.customer and entry.customer not in view.customers:
                yield self.finding(
                    f"客户“{entry.customer}”没有登记", f"the customer '{entry.customer}' is not on record",
                    [whole(entry, "customer", entry.customer)],
                )  # fmt: skip


class CaseIncomplete(LintRule):
    """An approved case without a customer, or without a result in figures."""

    id = "case_incomplete"
    severity = Severity.WARNING
    title = Words(zh="案例不完整", en="Case incomplete")
    remedy = Words(
        zh="补上客户和有前后对比、期间的效果数字", en="add the customer, and results with before, after and period"
    )

    def look(self, view: LintView) -> Iterator[LintFinding]:
        for entry in view.current:
            if entry.kind != "case":
                continue
            if not entry.customer:
                yield self.finding("案例没有关联客户", "the case names no customer record", [whole(entry, "customer")])
            if not _has_results(entry, view):
                yield self.finding("案例没有效果数字", "the case has no result in figures", [whole(entry, "results")])


class QuoteUnapproved(LintRule):
    """A quote in an approved public entry that its speaker has not approved. It is withheld from drafts."""

    id = "quote_unapproved"
    severity = Severity.WARNING
    title = Words(zh="引语未经确认", en="Quote not approved")
    remedy = Words(
        zh="请说话人确认，或从公开条目里删去", en="have the speaker confirm it, or take it out of the public entry"
    )

    def look(self, view: LintView) -> Iterator[LintFinding]:
        for entry in view.current:
            if entry.audience is not Audience.PUBLIC:
                continue
            for number, quote in enumerate(quotes_of(entry)):
                if str(quote.get("approved")).lower() not in ("true", "yes"):
                    words = str(quote["text"])
                    yield self.finding(
                        f"{quote.get('speaker') or '说话人'}的引语尚未确认",
                        f"the quote of {quote.get('speaker') or 'its speaker'} has not been approved",
                        [_place(entry, words, f"quotes[{number}]")],
                    )


class CertificateExpiredCited(LintRule):
    """An approved entry that says the company holds a certificate whose entry has expired or was retired."""

    id = "certificate_expired_cited"
    severity = Severity.ERROR
    title = Words(zh="引用了失效的证书", en="Expired certificate cited")
    remedy = Words(zh="续证并登记新证书，或删去这句话", en="renew the certificate and record it, or take the claim out")

    def look(self, view: LintView) -> Iterator[LintFinding]:
        valid = {m.key for e in view.current if e.kind == "certificate" for m in _named(e)}
        ended = [
            (e, m) for e in view.past
            if e.kind == "certificate" and e.entry_id not in view.line
            for m in _named(e) if m.key not in valid
        ]  # fmt: skip
        codes = tuple({mention.key[-1] for _, mention in ended})
        for entry in view.current if ended else ():
            if entry.kind == "competitor" or not any(code in entry.text for code in codes):
                continue
            for said in mentions(entry.text):
                old = next((e for e, m in ended if said.standing is Standing.HELD and said.is_carried_by(m)), None)
                if old is not None:
                    words = said.span.of(entry.text)
                    yield self.finding(
                        f"“{words}”：证书条目 {old.entry_id} 已失效",
                        f"'{words}': its certificate {old.entry_id} has ended",
                        [at(entry, said.span), whole(old)],
                    )  # fmt: skip


def _named(entry: EntryVersion) -> list[Mention]:
    """The standards and marks that a certificate entry is about; titles and awards compare by words and do not end."""
    said = "\n".join([entry.title, *(str(entry.fields[key]) for key in _CERTIFICATE_FIELDS if entry.fields.get(key))])
    return [mention for mention in mentions(said) if not mention.in_words]


def _has_results(entry: EntryVersion, view: LintView) -> bool:
    if entry.fields.get("results"):
        return True
    result = str(entry.fields.get("result") or entry.fields.get("项目效果") or "")
    if any(q.date is None for q in quantities(result)):
        return True
    return any(f.date is None for f in view.reading(entry).quantities)


def _place(entry: EntryVersion, words: str, field: str) -> Place:
    """Where words of a field stand in the text, else the field."""
    start = entry.text.find(words)
    return at(entry, Span(start, start + len(words))) if start >= 0 else whole(entry, field, words)
