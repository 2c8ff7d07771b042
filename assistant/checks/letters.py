"""What a letter or a marketing mail must carry: who sends it, how to get no more of it, that nobody has signed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.checks.base import DraftView, Example
from assistant.checks.rule_words import telling
from assistant.checks.rules import NoParameters, RuleCheck
from assistant.draft import Paragraph
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.folding import fold
from knowledge.domain.words import Words
from prompts.template import Rule


class DraftMarkMissing(RuleCheck[NoParameters]):
    """A letter written for somebody else to sign that does not say that it is a draft until then."""

    id = "draft_mark_missing"
    severity = Severity.ERROR
    title = Words(zh="未注明待签的草稿", en="Not marked as a draft to be signed")
    examples = (
        Example("推荐信草稿，供贵司修改，签字后生效。", "", found=False),
        Example("我们推荐这家公司。", "", found=True),
        Example("This is a draft until you have signed it.", "", False, "en"),
        Example("To whom it may concern", "", True, "en"),
    )

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: NoParameters
    ) -> Iterator[Finding]:
        if not any(telling("unsigned").search(p.text) for p in paragraphs):
            yield self.finding(
                Words(
                    zh="没有写明这是草稿；加上一句“草稿，待修改并签字”",
                    en="nothing says that this is a draft; add 'Draft – to be edited and signed'",
                ),
                view.locale, paragraphs[0].id if paragraphs else None,
            )  # fmt: skip


class OptOutMissing(RuleCheck[NoParameters]):
    """A marketing mail that does not say how to get no more of them (CAN-SPAM, GDPR Art. 21, 广告法 Art. 43)."""

    id = "opt_out_missing"
    severity = Severity.ERROR
    title = Words(zh="缺少退订方式", en="No way to opt out")
    examples = (
        Example("不想再收到此类邮件，请回复“退订”。", "", found=False),
        Example("期待您的回复。", "", found=True),
        Example("If you would rather not hear from us, reply 'stop'.", "", False, "en"),
        Example("We look forward to hearing from you.", "", True, "en"),
    )

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: NoParameters
    ) -> Iterator[Finding]:
        if not any(telling("opt_out").search(p.text) for p in paragraphs):
            yield self.finding(
                Words(
                    zh="没有写怎样退订；加上一句“不想再收到请回复退订”",
                    en="nothing says how to opt out; add 'Reply stop to get no more mail from us'",
                ),
                view.locale, paragraphs[-1].id if paragraphs else None,
            )  # fmt: skip


class SenderMissing(RuleCheck[NoParameters]):
    """A marketing mail that does not say who sends it, and from where. A name with a telephone or mail address only is
    a warning: laws on marketing mail (CAN-SPAM) ask for the postal address."""

    id = "sender_missing"
    severity = Severity.ERROR
    title = Words(zh="缺少发件人", en="Sender missing")
    examples = (
        Example("听石工业有限公司，苏州市星湖街 88 号", "", found=False),
        Example("期待您的回复。", "", found=True),
        Example("Tingstone Industrial Ltd, 88 Xinghu Street, Suzhou", "", False, "en"),
        Example("Kind regards, your partner in the factory", "", True, "en"),
    )

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: NoParameters
    ) -> Iterator[Finding]:
        text = "\n".join(paragraph.text for paragraph in paragraphs)
        found = view.standards.lexicon.spellings.find(fold(text))
        named = any(one.name.own for one in found) or bool(telling("sender_name").search(text))
        if named and telling("sender_address").search(text):
            return
        reachable = named and telling("sender_contact").search(text)
        yield self.finding(
            Words(
                zh="没有写发件公司的地址；加上公司名称和通信地址",
                en="the sender's postal address is missing; add name and address",
            )
            if reachable
            else Words(
                zh="没有写明谁从哪里发出；加上公司名称和通信地址",
                en="nothing says who sends this, and from where; add name and postal address",
            ),
            view.locale, paragraphs[-1].id if paragraphs else None,
            severity=Severity.WARNING if reachable else None,
        )  # fmt: skip
