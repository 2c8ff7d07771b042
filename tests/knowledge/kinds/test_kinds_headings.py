"""Headings of sheets, in Chinese and English, with the marks that people add; and none that only looks alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.kinds import Kind, Target, all_kinds, columns, heading_of
from knowledge.records import KINDS


def field(name: str) -> Target:
    return Target(name)


def column(name: str) -> Target:
    return Target(name, is_column=True)


@pytest.mark.parametrize(
    ("kind", "heading", "target"),
    [
        ("case", "行业", field("industry")),
        ("case", "客户名称", column("customer")),
        ("case", "负责销售", field("sales")),
        ("case", "项目经理", field("project_manager")),
        ("case", "项目名称", field("project_name")),
        ("case", "客户痛点", field("pain")),
        ("case", "项目价值提炼", field("value")),
        ("case", "项目效果", field("result")),
        ("case", " 行 业 ＊", field("industry")),
        ("case", "*行业", field("industry")),
        ("case", "行业（必填）", field("industry")),
        ("case", "行业(必填)：", field("industry")),
        ("case", "客户痛点\n【必填】", field("pain")),
        ("case", "Project Manager", field("project_manager")),
        ("case", "project_manager", field("project_manager")),
        ("case", "ＰＭ", field("project_manager")),
        ("case", "Industry (required)", field("industry")),
        ("case", "Customer name", column("customer")),
        ("case", "标题", column("title")),
        ("case", "有效期至", column("valid_until")),
        ("people", "职务", field("title")),
        ("people", "标题", column("title")),
        ("certificate", "证书编号", field("number")),
        ("certificate", "编号", field("number")),
        ("case", "编号", column("id")),
        ("certificate", "有效期", column("valid_until")),
        ("certificate", "Valid until", column("valid_until")),
        ("policy", "发布机构", field("who")),
        ("medium", "受众", field("readers")),
        ("case", "受众", column("audience")),
        ("competitor", "客户", field("customers")),
        ("case", "正文", column("text")),
    ],
)
def test_a_heading_means_what_is_declared(kind: str, heading: str, target: Target) -> None:
    assert heading_of(kind, heading) == target


@pytest.mark.parametrize(
    "heading", ["", "  ", "序号", "行业排名", "客户名称/简称", "痛", "industri", "（必填）", "状态", "x" * 500]
)
def test_nothing_is_guessed(heading: str) -> None:
    assert heading_of("case", heading) is None


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.id)
def test_every_declared_heading_leads_to_its_field(kind: Kind) -> None:
    for one in kind.fields:
        assert {heading_of(kind, text) for text in one.written()} == {Target(one.name)}
    for name, more in kind.columns.items():
        assert {heading_of(kind, text) for text in more.all()} == {Target(name, is_column=True)}


def test_every_column_can_be_given_for_every_kind_but_where_a_field_has_its_label() -> None:
    hidden = {
        (kind, name)
        for kind in KINDS
        for name, declared in columns().items()
        if not any(heading_of(kind, text) == column(name) for text in (declared.label.zh, declared.label.en))
    }
    assert hidden == set()


@given(st.sampled_from(KINDS), st.text(max_size=200))
def test_any_heading_is_answered(kind: str, heading: str) -> None:
    found = heading_of(kind, heading)
    assert found is None or found.name
