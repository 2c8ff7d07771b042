"""Names that stand in no source, or in the place of another one."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import Example, ParagraphCheck, ParagraphView
from assistant.draft import Claim
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words

KINDS = frozenset({"organisation", "person", "product", "place"})

_ZH = "磐岚压缩机的 3,400 台空压机接入 TingDeck，服务事业部总经理苏明哲介绍了效果。"
_EN = "Panlan Compressors connected 3,400 machines to TingDeck in Suzhou, said Su Mingzhe."


class NameUnsupported(ParagraphCheck):
    """A name that the cited sources do not have, or that stands where they have another one.

    An error where a source has another name in the same place, and for a name that the library knows and no piece of
    evidence has. A warning for what only looks like a name: no program knows all of them.
    """

    id = "name_unsupported"
    severity = Severity.ERROR
    title = Words(zh="名称没有出处", en="Name without a source")
    repair = True
    examples = (
        Example("络云纺织的 3,400 台空压机接入 TingDeck。", _ZH, found=True),
        Example("磐岚的 3,400 台空压机接入 TingDeck。", _ZH, found=False),
        Example("服务事业部总经理李国强介绍了效果。", _ZH, found=True),
        Example("服务事业部总经理苏明哲介绍了效果。", _ZH, found=False),
        Example("3,400 台空压机接入 MachineHub。", _ZH, found=True),
        Example("这家公司把空压机接入平台。", _ZH, found=False),
        Example("It connected 3,400 machines to MachineHub.", _EN, True, "en"),
        Example("Last March, Panlan connected its machines to TingDeck.", _EN, False, "en"),
        Example("Norfield Compressors connected 3,400 machines to TingDeck in Suzhou.", _EN, True, "en"),
        Example("On Monday, the Chief Executive Officer met the German team.", _EN, False, "en"),
    )

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        wrong = [c for c in view.claims if c.kind in KINDS and c.verdict in ("contradicted", "unsupported")]
        # A name that may not be told is told so by `customer_not_permitted`.
        secret = (
            [naming.span for naming in view.standards.gate.namings(view.text)] if wrong and view.standards.gate else []
        )
        # The issuer in the name of a certificate is `certificate_unproven`'s.
        certificates = [c.span for c in view.claims if c.kind == "certificate" and c.verdict == "unsupported"]
        for claim in wrong:
            if any(span.overlaps(claim.span) for span in certificates):
                continue
            if not any(span.overlaps(claim.span) for span in secret):
                yield self.finding(
                    Words(
                        zh=f"“{claim.text}”：{claim.note}；{_advice(claim).zh}",
                        en=f"'{claim.text}': {claim.note}; {_advice(claim).en}",
                    ),
                    view.locale, view.paragraph.id, claim.span,
                    severity=Severity.WARNING if claim.reason in ("unknown", "elsewhere") else Severity.ERROR,
                    evidence=[span.id for span in claim.evidence] or view.paragraph.citations,
                    fix=claim.fix,
                )  # fmt: skip


def _advice(claim: Claim) -> Words:
    if claim.reason == "other_name":
        return Words(zh="照出处改", en="use the name of the source")
    if claim.reason == "elsewhere":
        return Words(zh="补上那条资料的编号", en="cite that source")
    return Words(zh="核对后补上出处，或删去", en="check it and cite a source, or leave it out")
