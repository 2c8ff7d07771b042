"""Certificates, titles and awards against sources and library."""

from __future__ import annotations

import pytest
from examining import examined
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.claims.certificates import CertificateExaminer
from knowledge.lexicon import Certificate, Lexicon

CERTIFICATES = CertificateExaminer()
LEXICON = Lexicon(
    certificates=(
        Certificate(("ISO/IEC 27001",)),
        Certificate(("国家级专精特新“小巨人”企业",)),
        Certificate(("Remote Solution Award 2025", "2025 年度远程运维优秀方案")),
    )
)
ZH = "开发流程通过 IEC 62443-4-1 认证。CE 认证正在申请，尚未取得 UL 认证。"
EN = "The process was certified to IEC 62443-4-1. CE marking is planned for 2027."


@pytest.mark.parametrize(
    ("locale", "text", "verdict", "reason"),
    [
        ("zh-CN", "流程已通过 IEC 62443-4-1 认证。", "supported", ""),
        ("zh-CN", "流程已通过 IEC 62443-4-2 认证。", "unsupported", ""),
        ("zh-CN", "产品已获 CE 认证。", "contradicted", "planned"),
        ("zh-CN", "产品已获 UL 认证。", "contradicted", "denied"),
        ("zh-CN", "信息安全体系通过 ISO 27001 认证。", "supported", "library"),
        ("zh-CN", "汀石工联是国家级专精特新“小巨人”企业。", "supported", "library"),
        ("zh-CN", "汀石工联是高新技术企业。", "unsupported", ""),
        ("zh-CN", "方案荣获“2025 年度远程运维优秀方案”。", "supported", "library"),
        ("en", "Our process is certified to IEC 62443.", "supported", ""),
        ("en", "The gateway is CE-marked.", "contradicted", "planned"),
        ("en", "We are SOC 2 certified.", "unsupported", ""),
        ("en", "In 2025 we won the Remote Solution Award.", "supported", "library"),
        ("en", "In 2025 we won the Golden Gear Award.", "unsupported", ""),
    ],
)
def test_verdicts(locale: str, text: str, verdict: str, reason: str) -> None:
    (claim,) = examined(CERTIFICATES, text, [ZH if locale == "zh-CN" else EN], locale, lexicon=LEXICON)
    assert (claim.kind, claim.verdict, claim.reason) == ("certificate", verdict, reason)


@pytest.mark.parametrize(
    "text", ["ISO 9001 要求保存记录。", "我们尚未取得 ISO 9001 认证。", "平台为高新技术企业提供服务。", "We plan to be ISO 9001 certified."]
)  # fmt: skip
def test_a_mention_is_no_claim(text: str) -> None:
    assert examined(CERTIFICATES, text, [ZH]) == []


def test_standards_compare_across_languages_and_awards_do_not() -> None:
    (standard,) = examined(CERTIFICATES, "流程已通过 IEC 62443-4-1 认证。", [EN], source_locale="en")
    (award,) = examined(CERTIFICATES, "方案荣获“金齿轮年度大奖”。", [EN], source_locale="en")
    assert (standard.verdict, award.verdict) == ("supported", "not_checked")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ISO/EC 0129-:获奖“”企业认证award CEUL\n", max_size=80))
def test_never_raises(text: str) -> None:
    examined(CERTIFICATES, text, [text[::-1], ZH], lexicon=LEXICON)
