"""Certificates in a text, and whether somebody is said to have them."""

from __future__ import annotations

import pytest

from knowledge.certifications import Standing, mentions, proves

HELD, DENIED, PLANNED, MENTIONED = Standing.HELD, Standing.DENIED, Standing.PLANNED, Standing.MENTIONED


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("开发流程于 2025 年 3 月通过 IEC 62443-4-1 认证。", [("IEC 62443-4-1", HELD)]),
        ("我们尚未取得 ISO 27001 认证。", [("ISO 27001", DENIED)]),
        ("产品已获 CE 认证和 RoHS 认证。", [("CE", HELD), ("RoHS", HELD)]),
        ("平台支持 CE 标志的申请流程。", [("CE", PLANNED)]),
        ("ISO 9001 要求保存记录。", [("ISO 9001", MENTIONED)]),
        ("公司是高新技术企业。", [("高新技术企业", HELD)]),
        ("为高新技术企业提供服务。", [("高新技术企业", MENTIONED)]),
        ("被认定为国家级专精特新“小巨人”企业。", [("国家级专精特新“小巨人”企业", HELD)]),
        ("方案荣获“年度远程运维优秀方案”。", [("年度远程运维优秀方案", HELD)]),
        ("客户获得奖励，他获奖了。", []),
        ("S10 传感器已取得防爆合格证。", [("防爆合格证", HELD)]),
        ("R300 尚未取得防爆认证。", [("防爆认证", DENIED)]),
        ("防爆合格证是进入化工现场的前提。", [("防爆合格证", MENTIONED)]),
        ("The sensor received an explosion-protection certificate.", [("explosion-protection certificate", HELD)]),
        ("The R300 is not yet explosion-proof certified.", [("explosion-proof certified", DENIED)]),
        ("Explosion-proof housings are heavy.", []),
        (
            "We are ISO 9001:2015 certified and SOC 2 Type II compliant.",
            [("ISO 9001:2015", HELD), ("SOC 2 Type II", HELD)],
        ),
        ("The gateway is CE-marked; TÜV certification is planned.", [("CE", HELD), ("TÜV", PLANNED)]),
        ("It is not yet certified to ISO 27001.", [("ISO 27001", DENIED)]),
        ("ISO 9001 requires documented procedures.", [("ISO 9001", MENTIONED)]),
        ("In 2025 we won the Red Lantern Design Award.", [("Red Lantern Design Award", HELD)]),
        ("We won the hearts of our customers.", []),
    ],
)
def test_mentions(text: str, found: list[tuple[str, Standing]]) -> None:
    assert [(m.span.of(text), m.standing) for m in mentions(text)] == found


def test_the_same_certificate_told_less_exactly_is_carried() -> None:
    (part, whole, other) = (
        mentions(f"certified to {code}")[0] for code in ("IEC 62443", "IEC 62443-4-1", "IEC 62443-4-2")
    )
    assert part.is_carried_by(whole)
    assert not whole.is_carried_by(part)
    assert not whole.is_carried_by(other)


def test_iso_and_iso_iec_are_one() -> None:
    a, b = mentions("certified to ISO 27001")[0], mentions("certified to ISO/IEC 27001:2022")[0]
    assert a.is_carried_by(b)


@pytest.mark.parametrize(
    ("certificate", "words", "proved"),
    [
        ("省企业技术中心认定证书", "省级企业技术中心", True),
        ("江南省科学技术进步奖证书", "2022 年度江南省科技进步奖二等奖", True),
        ("金齿轮金奖证书", "2023 年“金齿轮”设计赛金奖", True),
        ("企业技术中心证书", "国家级企业技术中心", False),
        ("省级绿色工厂公示名单", "国家级绿色工厂", False),
        ("江南省科学技术进步奖三等奖证书", "江南省科技进步奖一等奖", False),
        ("证书", "年度大奖", False),
    ],
)
def test_a_certificate_proves_what_it_names_and_no_higher_rank(certificate: str, words: str, proved: bool) -> None:
    assert proves(certificate, words) is proved


def test_an_award_is_named_with_its_quoted_part() -> None:
    text = "样机获 2023 年“金齿轮”设计赛金奖。"
    assert [mention.span.of(text) for mention in mentions(text)] == ["2023 年“金齿轮”设计赛金奖"]
