"""Repair by program: one right form is put in, what is left wrong is cut, and all of it is told."""

from __future__ import annotations

from assistant import mend
from assistant.checks.paragraphs import Review, check_paragraph
from assistant.checks.standards import Standards
from assistant.draft import Evidence, Paragraph
from assistant.voice import Voice
from knowledge.domain.locale import Locale

SOURCE = [Evidence("S1", "响应时间由 95 分钟降至 38 分钟。服务超过 100 家客户。公司在苏州设有研发中心。", "zh-CN")]


def repaired(text: str) -> tuple[list[str], list[tuple[str, str, str]]]:
    paragraph = Paragraph("p1", text, ("S1",))
    standards = Standards(Locale("zh-CN"))
    found = Review((paragraph,), check_paragraph(paragraph, SOURCE, standards).findings)
    kept, done = mend.put_right(found, SOURCE, standards)
    return [p.text for p in kept], [(r.check, r.before, r.after) for r in done]


def test_a_changed_qualifier_and_the_one_figure_that_can_be_meant() -> None:
    kept, done = repaired("响应时间由 95 分钟降至 36 分钟。服务 100 家客户。")
    assert kept == ["响应时间由 95 分钟降至 38 分钟。服务超过 100 家客户。"]
    assert sorted(done) == [("number_contradicted", "36 分钟", "38 分钟"), ("qualifier_changed", "100", "超过 100")]


def test_a_sentence_that_cannot_be_mended_is_cut_and_told() -> None:
    kept, done = repaired("公司在苏州设有研发中心。接入设备 60 万台。")
    assert kept == ["公司在苏州设有研发中心。"]
    assert done == [("number_unsupported", "接入设备 60 万台。", "")]


def test_a_paragraph_of_which_nothing_is_left_goes() -> None:
    assert repaired("接入设备 60 万台。")[0] == []


def test_what_is_right_stays_as_it_is() -> None:
    text = "响应时间由 95 分钟降至 38 分钟。"
    assert repaired(text) == ([text], [])


def test_a_product_that_only_another_source_names_brings_that_source_with_it() -> None:
    offered = [
        Evidence("S1", "R200 网关支持 87 种协议。", "zh-CN"),
        Evidence("S2", "R300 网关 11 月起交付。R200 的配置可导入 R300。", "zh-CN"),
        Evidence("S3", "络云纺织的 3,400 台空压机接入平台。", "zh-CN"),
    ]
    standards = Standards(Locale("zh-CN"))
    paragraph = Paragraph("p1", "R200 网关支持 87 种协议，可换成 R300 网关。", ("S1",))
    found = Review((paragraph,), check_paragraph(paragraph, offered, standards).findings)
    assert any(finding.check == "name_unsupported" for finding in found.findings)
    (kept,), _ = mend.put_right(found, offered, standards)
    assert kept.citations == ("S1", "S2")
    assert not check_paragraph(kept, offered, standards).findings


def test_what_a_model_wrote_is_put_into_the_forms_of_the_style_rules_and_told() -> None:
    voice = Voice(forbidden=("seamless",), spelling={"variant": "en-GB", "date": "20 October 2026"})
    standards = Standards(Locale("en"), voice=voice)
    said = Paragraph("p1", "The center opened on May 22, 2026 with a seamless show.", ("S1",), by="model")
    written, done = mend.in_voice(said, standards)
    assert written.text == "The centre opened on 22 May 2026 with a seamless show.", "no right form for 'seamless'"
    assert sorted((r.before, r.after) for r in done) == [("May 22, 2026", "22 May 2026"), ("center", "centre")]
    approved = Paragraph("p2", said.text, ("S1",), by="program")
    assert mend.in_voice(approved, standards) == (approved, [])
