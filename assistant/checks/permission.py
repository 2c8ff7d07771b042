"""Who may be named, and what would tell it all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.checks.base import DraftCheck, DraftView, ParagraphCheck, ParagraphView
from assistant.checks.rules import RuleCheck
from assistant.draft import Paragraph
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.folding import fold
from knowledge.domain.words import Record, Words
from knowledge.lexicon import Identifying, Trace
from knowledge.records import Use
from prompts.template import Rule


class ForUses(Record):
    """What a permission must cover: name, logo, quote, figures, visit; none beyond what every text is held to."""

    uses: tuple[Use, ...] = ()


class CustomerNotPermitted(ParagraphCheck):
    """A customer's name that this audience, market and channel may not read: in every spelling, language and shape,
    lower-case, spaced out, with another legal form, inside an address.

    The alias is the fix; a name inside an address, a path or a longer word has none.

    A template's rule with `uses` asks more: every customer of whom the text speaks, by name or by alias, must have a
    permission that covers all of them.
    """

    id = "customer_not_permitted"
    severity = Severity.ERROR
    mends = True
    title = Words(zh="客户不可具名", en="Customer may not be named")
    parameters = ForUses

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        gate = view.standards.gate
        if gate is None:
            return
        for naming in gate.namings(view.text):
            edit = gate.edit(view.text, naming, view.locale.tag)
            yield self.finding(
                Words(zh=f"“{naming.spelling}”没有授权具名", en=f"'{naming.spelling}' may not be named here"),
                view.locale, view.paragraph.id, edit.span if edit else naming.span, fix=edit.text if edit else "",
            )  # fmt: skip


class CustomerUseNotPermitted(RuleCheck[ForUses]):
    """The same check where a template's rule names the uses: a list for visits has only who may be visited."""

    id = CustomerNotPermitted.id
    severity = Severity.ERROR
    title = CustomerNotPermitted.title
    parameters = ForUses

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: ForUses
    ) -> Iterator[Finding]:
        gate = view.standards.gate
        if gate is None or not parameters.uses:
            return
        for paragraph in paragraphs:
            for customer in gate.spoken_of(paragraph.text):
                if gate.covers(customer, parameters.uses):
                    continue
                uses = [use for use in parameters.uses if not gate.covers(customer, [use])] or parameters.uses
                called = gate.called(customer, view.locale.tag)
                who = Words(zh=f"“{called}”" if called else "这家客户", en=f"'{called}'" if called else "this customer")
                what = Words(zh="、".join(USES[use].zh for use in uses), en=", ".join(USES[use].en for use in uses))
                yield self.finding(
                    Words(
                        zh=f"{who.zh}没有授权用于{what.zh}；换一家，或先取得许可",
                        en=f"no permission of {who.en} covers {what.en}; take another, or get the permission first",
                    ),
                    view.locale, paragraph.id,
                )  # fmt: skip


USES: Mapping[Use, Words] = {
    Use.NAME: Words(zh="提及名称", en="name"),
    Use.LOGO: Words(zh="使用标识", en="logo"),
    Use.QUOTE: Words(zh="引用原话", en="quote"),
    Use.FIGURES: Words(zh="引用数字", en="figures"),
    Use.VISIT: Words(zh="接待参观", en="visit"),
}

_TRACES = {
    Trace.SPEAKER: Words(zh="代表该客户发言的人", en="who speaks for the customer"),
    Trace.CONSENT: Words(zh="代表该客户签字同意的人", en="who consented for the customer"),
    Trace.PROJECT: Words(zh="该客户的项目名称", en="the customer's project"),
    Trace.HOST: Words(zh="该客户的网站", en="the customer's site"),
}


class AliasLeak(DraftCheck):
    """What tells who stands behind an alias: the person who speaks or consented for the customer, its project, its
    site. A person counts where the text writes the alias or cites an entry about the customer.

    Where a customer may be named, its name beside its alias is a warning: it tells every reader of other texts whom
    the alias means.
    """

    id = "alias_leak"
    severity = Severity.ERROR
    title = Words(zh="化名被识破", en="Alias given away")

    def check(self, view: DraftView) -> Iterator[Finding]:
        if view.standards.gate is None:
            return
        texts = [paragraph for _, paragraph in view.draft.paragraphs() if not paragraph.gap]
        if view.standards.lexicon.identifying:
            yield from self._traces(view, texts)
        yield from self._both(view, texts)

    def _traces(self, view: DraftView, texts: list[Paragraph]) -> Iterator[Finding]:
        gate, lexicon = view.standards.gate, view.standards.lexicon
        assert gate is not None
        whole = fold("\n".join(paragraph.text for paragraph in texts))
        cited = {c for paragraph in texts for c in paragraph.citations}
        entries = {e.entry_id for e in view.draft.evidence if e.id in cited and e.entry_id}
        told = {
            one.customer
            for one in lexicon.identifying
            if one.entries & entries or any(fold(alias) in whole for alias in one.aliases)
        }
        for paragraph in texts:
            named = [naming.span for naming in gate.namings(paragraph.text)]
            seen: set[tuple[str, Span]] = set()
            for one, span in self._found(view, paragraph.text):
                counts = one.trace is Trace.HOST or one.customer in told
                if counts and (one.customer, span) not in seen and not any(span.overlaps(n) for n in named):
                    seen.add((one.customer, span))
                    what, words = _TRACES[one.trace], span.of(paragraph.text)
                    yield self.finding(
                        Words(
                            zh=f"“{words}”是{what.zh}，等于说出了客户是谁；删去，或只写职务",
                            en=f"'{words}' is {what.en} and tells who it is; leave it out, or give the title only",
                        ),
                        view.locale, paragraph.id, span,
                    )  # fmt: skip

    def _found(self, view: DraftView, text: str) -> Iterator[tuple[Identifying, Span]]:
        lexicon = view.standards.lexicon
        for found in lexicon.traces.find(text):
            yield lexicon.identifying[int(found.owner)], found.span
        for one in lexicon.identifying:
            for host in one.spellings if one.trace is Trace.HOST else ():
                for at in re.finditer(rf"(?<![\w-]){re.escape(host)}(?![\w-])", text, re.IGNORECASE):
                    yield one, Span(*at.span())

    def _both(self, view: DraftView, texts: list[Paragraph]) -> Iterator[Finding]:
        """The alias of a customer that the text names, too."""
        gate = view.standards.gate
        assert gate is not None
        named = {naming.customer for paragraph in texts for naming in gate.names.find(paragraph.text)}
        for customer in sorted(named):
            clearance = gate.clearance(customer)
            if clearance is None or not gate.may_name(customer):
                continue
            aliases = {fold(alias) for alias in clearance.customer.aliases.values() if alias}
            for paragraph in texts:
                folded = fold(paragraph.text)
                for alias in aliases:
                    at = folded.find(alias)
                    if at < 0 or len(folded) != len(paragraph.text):
                        continue
                    span = Span(at, at + len(alias))
                    yield self.finding(
                        Words(
                            zh=f"文中写了客户的名字，又写了化名“{span.of(paragraph.text)}”；读者由此知道化名指谁",
                            en=f"the text names the customer and has its alias '{span.of(paragraph.text)}', too; "
                            f"readers learn whom the alias means",
                        ),
                        view.locale, paragraph.id, span, severity=Severity.WARNING,
                    )  # fmt: skip
