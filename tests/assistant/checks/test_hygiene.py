"""Hidden characters, personal data, links, forbidden variants."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checks.base import ParagraphCheck, ParagraphView
from assistant.checks.hidden import HiddenCharacters
from assistant.checks.links import LinkNotAllowed
from assistant.checks.privacy import PersonalData, is_identity_number, is_luhn
from assistant.checks.standards import Standards
from assistant.checks.terms import ForbiddenVariant
from assistant.draft import Evidence, Paragraph
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.locale import Locale
from knowledge.lexicon import Lexicon
from knowledge.records import Term


def _found(
    check: ParagraphCheck, text: str, *cited: str, locale: str = "zh-CN", lexicon: Lexicon | None = None,
    by: str = "person",
) -> list[Finding]:  # fmt: skip
    evidence = [Evidence(f"S{n}", source, locale) for n, source in enumerate(cited, 1)]
    paragraph = Paragraph("p1", text, tuple(e.id for e in evidence), by=by)
    standards = Standards(Locale(locale), lexicon=lexicon or Lexicon())
    return list(check.check(ParagraphView(paragraph, evidence, evidence, standards, [])))


# --- hidden characters -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said", "fix", "severity"),
    [
        ("本网关\u200b很稳定。", "本网关\u200b很稳定", "本网关很稳定", Severity.WARNING),
        ("the R\u200b2\u200b00 gateway", "R\u200b2\u200b00", "R200", Severity.WARNING),
        ("pay \u202etnuocca\u202c now", "\u202etnuocca\u202c", "tnuocca", Severity.ERROR),
        ("call\U000e0069\U000e0067 us", "call\U000e0069\U000e0067", "call", Severity.ERROR),
        ("a \u200b\u200b\u200b b", "\u200b\u200b\u200b", "", Severity.ERROR),
        ("visit tingst\u043ene today", "tingst\u043ene", "tingstone", Severity.ERROR),
        ("P\u0430yment", "P\u0430yment", "Payment", Severity.ERROR),
    ],
)
def test_hidden_text_is_found_and_the_fix_is_what_a_reader_sees(
    text: str, said: str, fix: str, severity: Severity
) -> None:
    (finding,) = _found(HiddenCharacters(), text)
    assert finding.span is not None
    assert (finding.span.of(text), finding.fix, finding.severity) == (said, fix, severity)


@pytest.mark.parametrize(
    "text",
    [
        "阻值 4 kΩ，线宽 12 μm，Δt 为 3 秒。",
        "维修工👩\u200d🔧值班。☀️",
        "Das Donau\u00addampf\u00adschiff legt ab.",
        "Компания работает в Москве.",
        "α-Fe and β-Ti phases",
        "plain text",
        "",
    ],
)
def test_what_hides_nothing(text: str) -> None:
    assert _found(HiddenCharacters(), text) == []


# --- personal data ---------------------------------------------------------------------------------------------------


def test_check_digits() -> None:
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("110105194912310021")
    assert not is_identity_number("11010519491331002X")
    assert is_luhn("4111111111111111")
    assert not is_luhn("4111111111111112")


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("身份证 11010519491231002x。", Severity.ERROR),
        ("卡号 4111 1111 1111 1111。", Severity.ERROR),
        ("护照号码：E12345678。", Severity.WARNING),
        ("手机 138-0013-8000。", Severity.WARNING),
        ("手机 +86 138 0013 8000。", Severity.WARNING),
        ("Call +44 7700 900123.", Severity.WARNING),
        ("发到 zhou.li@163.com。", Severity.WARNING),
    ],
)
def test_personal_data(text: str, severity: Severity) -> None:
    assert [finding.severity for finding in _found(PersonalData(), text)] == [severity]


@pytest.mark.parametrize(
    "text",
    [
        "服务热线 400-820-8820，总机 010-5550 1234。",
        "订单号 20260318000123456。",
        "序列号 1381234567890123。",
        "共处理 13800138000000 条数据。",
        "误差 0.13800138000。",
        "写信到 press@tingstone.example。",
        "ISBN 978-7-111-40701-0",
    ],
)
def test_what_is_nobody_s(text: str) -> None:
    assert _found(PersonalData(), text) == []


def test_the_published_contact_may_stand() -> None:
    contact = "媒体联系：周女士，+86 138 0013 8000，press.zhou@163.com"
    assert _found(PersonalData(), "联系 13800138000 或 press.zhou@163.com。", contact) == []
    assert len(_found(PersonalData(), "联系 13900139000 或 other@163.com。", contact)) == 2


def test_an_identity_number_never_may() -> None:
    assert _found(PersonalData(), "证号 11010519491231002X。", "证号 11010519491231002X。") != []


# --- links -----------------------------------------------------------------------------------------------------------

OWN = Lexicon(hosts=frozenset({"tingstone.example"}))


@pytest.mark.parametrize(
    "text",
    [
        "见 https://www.tingstone.example/r200?id=1 。",
        "见 docs.tingstone.example。",
        "写信到 press@tingstone.example。",
        "用 ASP.NET 和 Node.js 编写，文件名为 README.md。",
        "版本 2.1.3，温度 3.5 度。",
        "See e.g. the manual.",
    ],
)
def test_own_addresses_and_what_is_none(text: str) -> None:
    assert _found(LinkNotAllowed(), text, lexicon=OWN) == []


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("见 https://evil.example/pay。", "evil.example"),
        ("见 http://tingstone.example.evil.com/ 。", "tingstone.example.evil.com"),
        ("见 https://user:pw@evil.example/ 。", "evil.example"),
        ("访问www.other-site.com了解详情", "other-site.com"),
        ("写信到 sales@nottingstone.example。", "nottingstone.example"),
    ],
)
def test_other_addresses(text: str, host: str) -> None:
    (finding,) = _found(LinkNotAllowed(), text, lexicon=OWN)
    assert host in finding.message
    assert finding.severity is Severity.WARNING


def test_an_address_that_a_model_made_up_is_an_error() -> None:
    (finding,) = _found(LinkNotAllowed(), "见 https://evil.example/pay 。", lexicon=OWN, by="model")
    assert finding.severity is Severity.ERROR


def test_a_cited_address_may_stand_and_without_any_the_check_does_not_look() -> None:
    assert _found(LinkNotAllowed(), "见 https://a.fair.example/hall 。", "展会官网 fair.example") == []
    assert _found(LinkNotAllowed(), "见 https://fair.example 。") == []


# --- forbidden variants ----------------------------------------------------------------------------------------------

TERMS = (
    Term("TingDeck", "zh-CN", {"en": "TingDeck"}, do_not_translate=True, forbidden=("Ting Deck", "Tingdeck", "汀台")),
    Term("边缘网关", "zh-CN", {"en": "edge gateway"}, forbidden=("边界网关", "border gateway")),
    Term("边界网关协议", "zh-CN", {"en": "Border Gateway Protocol"}),
    Term("R200", "zh-CN", {"en": "R200"}, do_not_translate=True, forbidden=("R-200", "R 200")),
)


@pytest.mark.parametrize(
    ("text", "locale", "said", "fix"),
    [
        ("平台名为 Ting Deck。", "zh-CN", "Ting Deck", "TingDeck"),
        ("平台名为 Tingdeck。", "zh-CN", "Tingdeck", "TingDeck"),
        ("汀台已上线。", "zh-CN", "汀台", "TingDeck"),
        ("部署边界网关。", "zh-CN", "边界网关", "边缘网关"),
        ("a Border gateway here", "en", "Border gateway", "edge gateway"),
        ("型号 R-200 到货。", "zh-CN", "R-200", "R200"),
    ],
)
def test_a_forbidden_variant_and_the_right_term(text: str, locale: str, said: str, fix: str) -> None:
    (finding,) = _found(ForbiddenVariant(), text, locale=locale, lexicon=Lexicon(terms=TERMS))
    assert finding.span is not None
    assert (finding.span.of(text), finding.fix) == (said, fix)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("平台名为 TingDeck。", "zh-CN"),
        ("配置边界网关协议。", "zh-CN"),
        ("the Border Gateway Protocol", "en"),
        ("型号 XR-2000 到货。", "zh-CN"),
        ("部署边缘网关 R200。", "zh-CN"),
    ],
)
def test_a_term_and_a_longer_term_may_stand(text: str, locale: str) -> None:
    assert _found(ForbiddenVariant(), text, locale=locale, lexicon=Lexicon(terms=TERMS)) == []


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_no_text_raises(text: str) -> None:
    for check in (HiddenCharacters(), PersonalData(), LinkNotAllowed(), ForbiddenVariant()):
        for finding in _found(check, text, text, lexicon=Lexicon(terms=TERMS, hosts=OWN.hosts)):
            assert finding.span is None or finding.span.of(text)
