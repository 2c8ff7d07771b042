"""Quotations that are not what was said, and translations of quotations that nobody approved."""

from __future__ import annotations

from assistant.checks.base import Example
from assistant.checks.figures import LedgerCheck
from knowledge.domain.finding import Severity
from knowledge.domain.words import Words

_ZH = "“客户买的不是空压机，是不断气。能提前九天告诉他要换轴承，合同就不用我们去劝。” —— 苏明哲，服务事业部总经理"
_EN = "“We did not buy a single extra machine. We just stopped letting ours sit idle.” — Tran Minh Khoa, Plant Director"


class QuoteNotVerbatim(LedgerCheck):
    """Words in quotation marks that nobody said so: changed, cut so that a denial is lost, invented, or said by
    somebody else. Typography does not count: marks, dashes, dots, widths, blanks.

    A part of what was said may be quoted, and words may be left out where dots say so. A quotation that is marked
    [quote to be confirmed] / 【引语待确认】 is left alone. Short words in quotation marks that nobody is said to have
    spoken are terms or irony, not quotations.
    """

    id = "quote_not_verbatim"
    severity = Severity.ERROR
    kinds = frozenset({"quote"})
    verdicts = frozenset(
        {
            ("contradicted", "altered"),
            ("contradicted", "denial_cut"),
            ("contradicted", "other_speaker"),
            ("unsupported", "unknown"),
        }
    )
    title = Words(zh="引语与原话不符", en="Quotation is not what was said")
    mends = True
    advice = Words(
        zh="用原话，或去掉引号，或注明【引语待确认】",
        en="use the exact words, drop the quotation marks, or mark it [quote to be confirmed]",
    )
    examples = (
        Example("苏明哲说：“客户买的不是空压机，而是不断气。”", _ZH, found=True),
        Example("苏明哲说：「客户买的不是空压机，是不断气。」", _ZH, found=False),
        Example("周建国说：“客户买的不是空压机，是不断气。”", _ZH, found=True),
        Example("苏明哲说：“这套系统彻底改变了我们的行业。”", _ZH, found=True),
        Example("苏明哲说：“这套系统彻底改变了我们的行业。”【引语待确认】", _ZH, found=False),
        Example("所谓“不断气”是他们的口号。", _ZH, found=False),
        Example("“We did not buy one extra machine,” says Tran Minh Khoa.", _EN, True, "en"),
        Example('"We did not buy a single extra machine," says Tran Minh Khoa.', _EN, False, "en"),
        Example("He said they would “buy a single extra machine”.", _EN, True, "en"),
        Example("“We did not … stop letting ours sit idle,” says Tran Minh Khoa.", _EN, True, "en"),
        Example("“This platform changed the way we work.” [quote to be confirmed]", _EN, False, "en"),
        Example("The “smart factory” needs no extra machine.", _EN, False, "en"),
    )


class QuoteTranslationUnapproved(LedgerCheck):
    """A quotation in another language than it was said in, and not in the approved translation of its record."""

    id = "quote_translation_unapproved"
    severity = Severity.ERROR
    kinds = frozenset({"quote"})
    verdicts = frozenset({("contradicted", "translation_unapproved"), ("unsupported", "translation_unapproved")})
    title = Words(zh="引语译文未经批准", en="Translation of a quotation is not approved")
    mends = True
    advice = Words(
        zh="用引语记录里批准的译文，或改成间接引语",
        en="use the approved translation of the quote, or report it without quotation marks",
    )
    examples = (
        Example("“Customers do not buy compressors, they buy air,” said Su Mingzhe.", _ZH, True, "en"),
        Example("According to Su Mingzhe, customers buy air that never stops.", _ZH, False, "en"),
        Example("陈明科说：“我们没有多买一台机器，只是不再让它们闲着。”", _EN, found=True),
    )
