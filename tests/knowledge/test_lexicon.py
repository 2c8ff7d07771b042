"""The lexicon of the sample library: what a scope may know by name, and what the gate keeps from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from assistant.workspace import Workspace
from knowledge.certificate_records import Bar
from knowledge.lexicon import KnownName, Lexicon, NameKind
from knowledge.quote_lines import quote_lines
from knowledge.records import Audience, Scope

PUBLIC = Scope()


def named(lexicon: Lexicon, spelling: str) -> KnownName | None:
    return next((name for name in lexicon.names if spelling in name.spellings), None)


@pytest.fixture
def lexicon(sample: Workspace) -> Lexicon:
    return sample.library.lexicon(PUBLIC)


def test_a_name_has_its_spellings_in_all_languages(lexicon: Lexicon) -> None:
    customer = named(lexicon, "济澜水务集团")
    assert customer is not None
    assert {"Jilan Water", "济澜"} <= set(customer.spellings)
    assert {"case-water", "case-water-en"} <= customer.entries
    person = named(lexicon, "顾言舟")
    assert person is not None
    assert "Gu Yanzhou" in person.spellings
    assert person.kind is NameKind.PERSON
    speaker = named(lexicon, "许曼青")
    assert speaker is not None
    assert "Xu Manqing" in speaker.spellings
    foreign = named(lexicon, "卡特琳·福尔默")
    assert foreign is not None
    assert "Katrin Vollmer" in foreign.spellings


def test_the_own_company_and_its_sites_are_told_apart(lexicon: Lexicon) -> None:
    company = named(lexicon, "汀石工联")
    assert company is not None
    assert company.own
    assert {"汀石工联（苏州）科技有限公司", "Tingstone Industrial", "Tingstone"} <= set(company.spellings)
    assert "苏州" not in company.spellings
    site = named(lexicon, "Stuttgart")
    assert site is not None
    assert (site.own, site.kind) == (True, NameKind.PLACE)
    assert [n for n in lexicon.names if n.own and n.kind is NameKind.PERSON] == []


@pytest.mark.parametrize(
    ("kept_back", "why"),
    [
        ("申特", "alias only"),
        ("Shente", "alias only"),
        ("隆嶂", "no permission"),
        ("暖川", "permission has run out"),
        ("布伦哈根", "another market only"),
        ("周启明", "a speaker tells who the customer is"),
        ("Zhou Qiming", "a speaker tells who the customer is"),
        ("阔澜工业云", "for internal readers only"),
        ("麦绍棠", "the quote is not approved"),
    ],
)
def test_what_the_gate_keeps_back_is_not_in_it(lexicon: Lexicon, kept_back: str, why: str) -> None:
    said = [s for name in lexicon.names for s in name.spellings]
    said += [text for q in lexicon.quotes for text in (q.text, q.speaker, *q.translations.values())]
    assert not any(kept_back in text for text in said), why


def test_a_scope_knows_what_it_may_name(sample: Workspace) -> None:
    europe = sample.library.lexicon(replace(PUBLIC, market="EU"))
    assert named(europe, "Brennhagen") is not None
    assert not any("小巨人" in name for c in europe.certificates for name in c.names)
    inside = sample.library.lexicon(replace(PUBLIC, audience=Audience.INTERNAL))
    assert named(inside, "申特电梯集团") is not None
    assert named(inside, "阔澜工业云") is not None


def test_products_are_names_and_standards_are_certificates(lexicon: Lexicon) -> None:
    product = named(lexicon, "TingSense S10")
    assert product is not None
    assert product.kind is NameKind.PRODUCT
    assert named(lexicon, "IEC 62443-4-1") is None
    proved = {name for certificate in lexicon.certificates for name in certificate.names}
    assert {"IEC 62443-4-1", "国家级专精特新“小巨人”企业", "2025 年度设备远程运维优秀方案"} <= proved
    assert not any("62443-4-2" in name for name in proved)


def test_outside_people_and_those_behind_certificates_are_names(sample: Workspace) -> None:
    inside = sample.library.lexicon(replace(PUBLIC, audience=Audience.INTERNAL))
    for spelling, other, kind in [
        ("闻人澍", "Wenren Shu", NameKind.PERSON),
        ("伊尔莎·勃兰特纳", "Ilse Brandtner", NameKind.PERSON),
        ("芬豪斯研究", "Fennhaus Research", NameKind.ORGANISATION),
        ("澄衡认证（上海）有限公司", "Chengheng Certification", NameKind.ORGANISATION),
        ("汀石工联（苏州）科技有限公司", "Tingstone Industrial (Suzhou) Co., Ltd.", NameKind.ORGANISATION),
    ]:
        known = named(inside, spelling)
        assert known is not None, spelling
        assert other in known.spellings
        assert (known.kind, known.own) == (kind, "汀石" in spelling)


def test_names_of_internal_entries_stay_inside(lexicon: Lexicon) -> None:
    assert named(lexicon, "江南防爆检验中心") is not None
    assert named(lexicon, "Ilse Brandtner") is None


def test_a_certificate_outlives_neither_its_end_nor_its_market(sample: Workspace) -> None:
    library = sample.library

    def standing(market: str | None = None) -> tuple[dict[str, Bar | None], set[str]]:
        known = library.lexicon(replace(PUBLIC, market=market))
        return {r.entry_id: r.bar for r in known.on_record}, {n for c in known.certificates for n in c.names}

    bars, proved = standing()
    assert (bars["cert-iso-27001"], bars["cert-explosion-s10"]) == (None, None)
    assert {"ISO/IEC 27001", "防爆合格证"} <= proved
    bars, proved = standing("EU")
    assert (bars["cert-iso-27001"], bars["cert-explosion-s10"]) == (None, Bar.MARKET)
    assert "防爆合格证" not in proved
    library.entries.retire("cert-iso-27001", "t", library.now())
    library.entries.retire("cert-iso-27001-en", "t", library.now())
    bars, proved = standing()
    assert bars["cert-iso-27001"] is Bar.RETIRED
    assert "ISO/IEC 27001" not in proved  # although the technology page goes on telling of it
    library.now = lambda: datetime(2036, 1, 1)
    bars, proved = standing()
    assert bars["cert-explosion-s10"] is Bar.EXPIRED
    assert "IEC 62443-4-1" in proved


def test_quotes_come_with_their_approved_translation(lexicon: Lexicon) -> None:
    quote = next(q for q in lexicon.quotes if q.text.startswith("装传感器不难"))
    assert (quote.language, quote.speaker, quote.approved) == ("zh", "顾言舟", True)
    assert quote.translations["en"].startswith("Fitting a sensor is easy")


def test_hosts_are_the_own_ones(lexicon: Lexicon) -> None:
    assert lexicon.hosts == {"tingstone.example"}
    assert len(lexicon.terms) > 50


def test_it_is_made_once_for_a_state_of_the_library(sample: Workspace) -> None:
    library = sample.library
    first = library.lexicon(PUBLIC)
    assert library.lexicon(replace(PUBLIC, locale="en")) is first
    library.customers.withdraw("jilan")
    second = library.lexicon(PUBLIC)
    assert second is not first
    assert named(second, "济澜") is None
    library.glossary.save([replace(first.terms[0], note="changed")])
    assert library.lexicon(PUBLIC) is not second


def test_signed_block_quotes_are_read() -> None:
    text = (
        "Intro\n\n> “Losing it in the windiest month\n> is what costs.” — Hao Lixin, Deputy Manager\n\n> not signed\n"
    )
    (line,) = quote_lines(text)
    assert line.text == "Losing it in the windiest month is what costs."
    assert (line.speaker, line.title) == ("Hao Lixin", "Deputy Manager")
    (zh,) = quote_lines("> “先算账，再装传感器。” —— 顾言舟，董事长")
    assert (zh.text, zh.speaker, zh.title) == ("先算账，再装传感器。", "顾言舟", "董事长")


def test_what_gives_a_customer_away_is_known_to_checks_only(lexicon: Lexicon) -> None:
    secret = {(one.customer, str(one.trace), spelling) for one in lexicon.identifying for spelling in one.spellings}
    assert ("shente", "speaker", "周启明") in secret
    assert ("shente", "speaker", "Zhou Qiming") in secret
    assert ("shente", "project", "申特电梯维保数字化一期") in secret
    assert ("boling", "consent", "麦绍棠") in secret
    assert not {customer for customer, _, _ in secret} & {"jilan", "panlan", "luoyun"}
    assert "周启明" not in repr(lexicon)


def test_inside_the_company_nobody_needs_hiding(sample: Workspace) -> None:
    assert sample.library.lexicon(replace(PUBLIC, audience=Audience.INTERNAL)).identifying == ()
