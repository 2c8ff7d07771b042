"""Certificates, titles and awards that nothing proves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.checks.base import Example, ParagraphView
from assistant.checks.figures import LedgerCheck
from assistant.claims.certified import NUMBER, REASONS, rulings
from assistant.claims.reading import read_text
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words

_ZH = "开发流程于 2025 年 3 月通过 IEC 62443-4-1 认证，CE 认证正在申请。公司被认定为国家级专精特新“小巨人”企业。"
_EN = "The process was certified to IEC 62443-4-1 in March 2025; CE marking is planned for 2027."


class CertificateUnproven(LedgerCheck):
    """A certificate, mark of conformity, official title or award that is said to be held, and that neither the sources
    nor the library have, or have only as planned.

    A certificate that the library has as an entry of its own is proved by that entry alone: while it holds, in its
    markets, for its models and its edition of the standard, and under its number. The finding names the entry.

    A mention is no claim: “ISO 9001 requires …”, “not yet certified”, a title that stands for all who bear it.
    """

    id = "certificate_unproven"
    severity = Severity.ERROR
    kinds = frozenset({"certificate"})
    verdicts = frozenset(
        {("unsupported", ""), ("contradicted", "denied"), ("contradicted", "planned"), ("contradicted", NUMBER)}
        | {("unsupported", reason) for reason in REASONS}
    )
    title = Words(zh="认证、资质或奖项没有凭证", en="Certificate, title or award without proof")
    advice = Words(zh="补上凭证，或删去", en="cite the proof or leave it out")
    examples = (
        Example("我们的开发流程通过 IEC 62443-4-1 认证。", _ZH, found=False),
        Example("我们的开发流程通过 IEC 62443-4-2 认证。", _ZH, found=True),
        Example("产品已通过 CE 认证。", _ZH, found=True),
        Example("汀石工联是国家级专精特新“小巨人”企业。", _ZH, found=False),
        Example("汀石工联是高新技术企业。", _ZH, found=True),
        Example("平台为高新技术企业提供服务。", _ZH, found=False),
        Example("公司荣获 2025 年度工业互联网创新大奖。", _ZH, found=True),
        Example("We have not yet been certified to ISO 27001.", _EN, False, "en"),
        Example("Our process is certified to IEC 62443-4-1.", _EN, False, "en"),
        Example("We are ISO 27001 certified.", _EN, True, "en"),
        Example("The gateway is CE-marked.", _EN, True, "en"),
        Example("ISO 9001 requires documented procedures.", _EN, False, "en"),
        Example("In 2025 we won the Red Lantern Design Award.", _EN, True, "en"),
    )

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        findings = list(super().check(view))
        ruled = rulings(read_text(view.text, view.locale.language), view.standards.lexicon) if findings else {}
        for finding in findings:
            ruling = ruled.get(finding.span) if finding.span else None
            named = any(e.entry_id == ruling.record.entry_id for e in view.offered) if ruling else True
            yield finding if ruling is None or named else replace(finding, evidence=(ruling.record.entry_id,))
