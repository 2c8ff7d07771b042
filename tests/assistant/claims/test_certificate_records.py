"""A certificate entry decides on its certificate: until when, where, of which model and edition, under which number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checks.paragraphs import check_paragraph
from assistant.checks.standards import Standards
from assistant.draft import Evidence, Paragraph
from knowledge.domain.locale import Locale
from knowledge.gate import Gate
from knowledge.lexicon import Lexicon
from knowledge.lexicon_builder import build_lexicon
from knowledge.records import Audience, EntryVersion, Scope, State
from knowledge.store.passages import in_market

TODAY = date(2026, 10, 1)
GONE, LEFT = date(2026, 3, 31), date(2027, 3, 31)


def entry(entry_id: str, kind: str = "certificate", text: str = "", **changes: Any) -> EntryVersion:
    made = EntryVersion(
        entry_id, 1, kind, "zh-CN", str(changes.pop("title", entry_id)), text, State.APPROVED, Audience.PUBLIC,
        approved_at=datetime(2024, 1, 1),
    )  # fmt: skip
    return replace(made, **changes)


def iso(
    end: date | None = LEFT, number: str = "CHC-ISMS-24-0617", entry_id: str = "cert-iso", **more: Any
) -> EntryVersion:
    fields = {"certificate": "ISO/IEC 27001:2022 认证", "number": number, "standards": ["ISO/IEC 27001"]}
    return entry(entry_id, valid_until=end, fields=fields, **more)


def atex(end: date | None = LEFT, models: tuple[str, ...] = ("R200",), entry_id: str = "cert-atex") -> EntryVersion:
    fields = {"certificate": "ATEX", "number": "TVX 24 ATEX 8123 X", "models": list(models)}
    return entry(entry_id, valid_until=end, fields=fields)


EX = entry("cert-ex", valid_until=LEFT, markets=("CN",),
           fields={"certificate": "防爆合格证", "number": "JNEx 22.0417X", "models": ["TingSense S10"]})  # fmt: skip
TITLE = entry("cert-hnte", title="高新技术企业证书", valid_until=GONE, fields={"certificate": "高新技术企业"})
PAGE = entry("page", "technology", "信息安全管理体系通过 ISO/IEC 27001 认证，R200 通过 ATEX 认证。公司是高新技术企业。"
             "The system is certified to ISO/IEC 27001. The R200 is ATEX certified.")  # fmt: skip
PRODUCTS = [entry(f"p-{name}", "product", fields={"name": name}) for name in ("R200", "R300", "TingSense S10")]


def lexicon(*held: EntryVersion, market: str | None = None) -> Lexicon:
    """Of a library with the technology page, the products and these certificates."""
    offered = [e for e in (PAGE, *PRODUCTS, *held) if not e.expired(TODAY) and e.state is State.APPROVED]
    offered = [e for e in offered if in_market(e, market)]
    return build_lexicon(offered, [], [], Gate([], Scope(market=market), TODAY), TODAY, (), held)


def ledger(text: str, known: Lexicon, evidence: Evidence | None = None) -> list[tuple[str, str, str]]:
    """Words, verdict and reason of each certificate claim; the technology page is cited unless other evidence is."""
    locale = "en" if text.isascii() else "zh-CN"
    source = evidence or Evidence("S1", PAGE.text, locale, entry_id="page", kind="technology")
    found = check_paragraph(Paragraph("p1", text, ("S1",)), [source], Standards(Locale(locale), lexicon=known))
    return [(c.text, c.verdict, c.reason) for c in found.claims if c.kind == "certificate"]


ISO_ZH, ISO_EN = "我们的信息安全管理体系通过 ISO/IEC 27001 认证。", "Our system is certified to ISO/IEC 27001."


@pytest.mark.parametrize("text", [ISO_ZH, ISO_EN])
@pytest.mark.parametrize(
    ("held", "verdict", "reason"),
    [
        ([], "supported", ""),
        ([iso()], "supported", ""),
        ([iso(None)], "supported", ""),
        ([iso(GONE)], "unsupported", "expired"),
        ([iso(TODAY)], "supported", ""),
        ([iso(GONE), iso(LEFT, entry_id="cert-iso-renewed")], "supported", ""),
        ([iso(GONE), iso(LEFT, entry_id="cert-iso-en", translates="cert-iso")], "supported", ""),
        ([iso(state=State.RETIRED, ended_at=datetime(2026, 5, 4))], "unsupported", "retired"),
        ([iso(state=State.RETIRED, approved_at=None)], "supported", ""),
        ([iso(GONE, customer="somebody")], "supported", ""),
    ],
)
def test_the_validity_of_the_entry_decides(text: str, held: list[EntryVersion], verdict: str, reason: str) -> None:
    [(words, *found)] = ledger(text, lexicon(*held))
    assert words == "ISO/IEC 27001"
    assert found == [verdict, reason]


def test_what_ran_out_is_no_certificate_of_the_lexicon() -> None:
    proved = {name for c in lexicon(iso(GONE), atex(GONE)).certificates for name in c.names}
    assert not {"ISO/IEC 27001", "ATEX"} & proved
    assert "ISO/IEC 27001" in {name for c in lexicon(iso()).certificates for name in c.names}
    assert [c.valid_until for c in lexicon(iso()).certificates if "ISO/IEC 27001" in c.names] == [LEFT]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ISO_ZH, "证书已于 2026-03-31 到期（cert-iso）"),
        (ISO_EN, "the certificate expired on 2026-03-31 (cert-iso)"),
    ],
)
def test_the_finding_names_day_and_entry(text: str, says: str) -> None:
    locale = Locale("en" if text.isascii() else "zh-CN")
    source = Evidence("S1", PAGE.text, locale.tag, entry_id="page", kind="technology")
    standards = Standards(locale, lexicon=lexicon(iso(GONE)))
    findings = check_paragraph(Paragraph("p1", text, ("S1",)), [source], standards).findings
    [finding] = [f for f in findings if f.check == "certificate_unproven"]
    assert says in finding.message
    assert finding.evidence == ("cert-iso",)


@pytest.mark.parametrize(
    ("market", "verdict", "reason"),
    [("CN", "supported", "library"), ("EU", "unsupported", "market"), (None, "supported", "library")],
)
@pytest.mark.parametrize(
    "text",
    ["TingSense S10 已取得防爆合格证。", "The TingSense S10 sensor received an explosion-protection certificate."],
)
def test_a_certificate_holds_in_its_markets(text: str, market: str | None, verdict: str, reason: str) -> None:
    assert [found[1:] for found in ledger(text, lexicon(EX, market=market))] == [(verdict, reason)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("R200 通过 ATEX 认证。", ""),
        ("R300 通过 ATEX 认证。", "models"),
        ("R200 和 R300 均已通过 ATEX 认证。", "models"),
        ("R300 于 2025 年上市，已通过 ATEX 认证。", "models"),
        ("R300 是新一代网关。它已取得 ATEX 证书。", "models"),
        ("取得 ATEX 认证的 R300 网关已经供货。", "models"),
        ("全系列产品通过 ATEX 认证。", "models"),
        ("R210 通过 ATEX 认证。", "models"),
        ("R200 通过 ATEX 认证，不含 R300。", ""),
        ("R200 通过 ATEX 认证，可与 R300 一同使用。", ""),
        ("R300 明年上市。公司持有 ATEX 证书。", ""),
        ("产品通过 ATEX 认证。", ""),
        ("The R200 is ATEX certified.", ""),
        ("The R200 edge gateway is ATEX certified and works with the R300.", ""),
        ("The R300 is ATEX certified.", "models"),
        ("The R200, R300 and R210 are ATEX certified.", "models"),
        ("The R300, launched in 2025, is certified to ATEX.", "models"),
        ("The R300 is our new gateway. It is ATEX certified.", "models"),
        ("Our entire product range is ATEX certified.", "models"),
        ("The R200-EX is ATEX certified.", "models"),
        ("Unlike the R300, the R200 is ATEX certified.", ""),
    ],
)  # fmt: skip
def test_a_certificate_holds_for_its_models(text: str, reason: str) -> None:
    [(words, verdict, found)] = ledger(text, lexicon(atex()))
    assert (words, found) == ("ATEX", reason)
    assert verdict == ("unsupported" if reason else "supported")


def test_models_in_one_line_are_read() -> None:
    known = lexicon(atex(models=("R200、R300 网关",)))
    assert [ledger(f"{model} 通过 ATEX 认证。", known)[0][2] for model in ("R200", "R300", "R210")] == [
        "",
        "",
        "models",
    ]


def test_each_model_needs_a_certificate_that_holds() -> None:
    both = [atex(), atex(GONE, ("R300",), "cert-atex-r300")]
    assert ledger("R300 通过 ATEX 认证。", lexicon(*both)) == [("ATEX", "unsupported", "expired")]
    assert ledger("R200 通过 ATEX 认证。", lexicon(*both)) == [("ATEX", "supported", "")]
    renewed = atex(LEFT, ("R300",), "cert-atex-r300-2")
    assert ledger("R200 与 R300 通过 ATEX 认证。", lexicon(*both, renewed)) == [("ATEX", "supported", "")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我们通过 ISO/IEC 27001 认证，证书编号 CHC-ISMS-24-0617。", None),
        ("我们通过 ISO/IEC 27001 认证，证书编号：CHC ISMS 24 0617。", None),
        ("我们通过 ISO/IEC 27001 认证，证书编号 CHC-ISMS-24-0618。", ("CHC-ISMS-24-0618", "number")),
        ("我们通过 ISO/IEC 27001 认证。证书编号为 00124Q31。", ("00124Q31", "number")),
        ("证书编号 CHC-ISMS-24-06179。", ("CHC-ISMS-24-06179", "number")),
        ("专利证书编号 ZL202410001234.5。", None),
        ("我们通过 ISO/IEC 27001 认证，机房设备编号 A-1017。", None),
        ("我们通过 ISO/IEC 27001 认证，标准编号 ISO/IEC 27001。", None),
        ("我们通过 ISO/IEC 27001 认证（编号 A-1017）。", ("A-1017", "number")),
        ("防爆合格证，编号 JNEx 22.0418X。", ("JNEx 22.0418X", "number")),
        ("Our system is certified to ISO/IEC 27001 (CHC-ISMS-24-0617).", None),
        ("Our system is certified to ISO/IEC 27001 (CHC-ISMS-24-0671).", ("CHC-ISMS-24-0671", "number")),
        ("Our system is certified to ISO/IEC 27001, certificate no. 4711.", ("4711", "number")),
        ("The R200 is ATEX certified, certificate number TVX 24 ATEX 8123 X.", None),
        ("The R200 is ATEX certified, certificate number TVX 24 ATEX 8132 X.", ("TVX 24 ATEX 8132 X", "number")),
        ("The R200 is ATEX certified, certificate number CHC-ISMS-24-0617.", ("CHC-ISMS-24-0617", "number")),
    ],
)  # fmt: skip
def test_a_number_is_that_of_the_record(text: str, found: tuple[str, str] | None) -> None:
    wrong = [(w, v, r) for w, v, r in ledger(text, lexicon(iso(), atex(), EX)) if v != "supported"]
    assert wrong == ([(found[0], "contradicted", found[1])] if found else [])


def test_the_number_of_a_certificate_that_ran_out_is_found_beside_its_renewal() -> None:
    known = lexicon(iso(GONE, "CHC-ISMS-21-0101"), iso(entry_id="cert-iso-renewed"))
    text = "我们通过 ISO/IEC 27001 认证，证书编号 CHC-ISMS-21-0101。"
    assert ledger(text, known) == [
        ("ISO/IEC 27001", "supported", ""), ("CHC-ISMS-21-0101", "unsupported", "expired"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reason"),
    [("我们通过 ISO/IEC 27001:2022 认证。", ""), ("我们通过 ISO/IEC 27001:2013 认证。", "edition"),
     ("We are certified to ISO 27001:2013.", "edition")],
)  # fmt: skip
def test_another_edition_of_the_standard_is_not_proved(text: str, reason: str) -> None:
    assert [r for _, v, r in ledger(text, lexicon(iso())) if v == "unsupported"] == ([reason] if reason else [])


@pytest.mark.parametrize("text", ["公司是高新技术企业。", "我们被认定为高新技术企业。"])
def test_a_title_runs_out_like_a_certificate(text: str) -> None:
    assert ledger(text, lexicon(TITLE)) == [("高新技术企业", "unsupported", "expired")]
    assert ledger(text, lexicon(replace(TITLE, valid_until=LEFT)))[0][1] == "supported"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("凛川集团通过 ISO/IEC 27001 认证。", "supported"),
        ("我们和凛川集团都通过 ISO/IEC 27001 认证。", "unsupported"),
        ("R200 通过 ISO/IEC 27001 认证。", "unsupported"),
    ],
)
def test_the_certificate_of_somebody_else_is_theirs(text: str, verdict: str) -> None:
    rival = Evidence("S1", "凛川集团通过 ISO/IEC 27001 认证。", "zh-CN", entry_id="rival", kind="competitor")
    assert ledger(text, lexicon(iso(GONE)), rival)[0][1] == verdict


def test_a_part_of_the_standard_that_is_not_on_record_still_carries_the_whole() -> None:
    record = entry("cert-62443", valid_until=GONE, fields={"certificate": "IEC 62443-4-1"})
    page = Evidence("S1", "产品通过 IEC 62443-4-2 认证，流程通过 IEC 62443-4-1 认证。", "zh-CN", kind="technology")
    assert ledger("我们通过 IEC 62443 认证。", lexicon(record), page) == [("IEC 62443", "supported", "")]
    assert ledger("流程通过 IEC 62443-4-1 认证。", lexicon(record), page)[0][2] == "expired"


KNOWN = lexicon(iso(GONE), atex(), EX, TITLE)


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ISO/EC 27001:-JNEx22.R3ATX证书编号通过认证，。 number and\n", max_size=90))
def test_never_raises_and_spans_hold(text: str) -> None:
    for claim in ledger(text, KNOWN):
        assert claim[0] in text
