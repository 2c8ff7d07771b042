"""What sales sends out: nobody without permission, one request, truth first, evidence for the reader's worry."""

from __future__ import annotations

import pytest

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.workspace import Workspace
from knowledge.records import Audience


def errors(draft: Draft) -> set[str]:
    return {f.check for f in draft.findings if str(f.severity) == "error"}


def section(draft: Draft, section_id: str) -> str:
    return "\n".join(p.text for s, p in draft.paragraphs() if s.id == section_id and not p.gap)


MAIL = {
    "recipient": "城市供水企业的设备部主任",
    "product": "R200 边缘网关",
    "sender": "陈砺，汀石工联华东区销售经理",
}


def test_a_mail_has_sender_address_and_opt_out(sample: Workspace) -> None:
    draft = sample.draft(Brief("email_outreach", MAIL, "zh-CN", "CN", "email"))
    assert not errors(draft)
    assert "R300" not in section(draft, "opening")
    assert "济澜" in section(draft, "proof")
    assert len([p for s, p in draft.paragraphs() if s.id in ("opening", "proof", "request")]) == 3


def test_a_mail_without_recipient_is_not_written(sample: Workspace) -> None:
    draft = sample.draft(Brief("email_outreach", {**MAIL, "recipient": ""}, "zh-CN"))
    assert [question.input for question in draft.questions] == ["recipient"]


@pytest.mark.parametrize(
    ("name", "entry"),
    [("R200 边缘网关", "product-r200"), ("TingSense S10", "product-tingsense"), ("product-r300", "product-r300")],
)
def test_a_product_called_by_its_name_is_that_entry(sample: Workspace, name: str, entry: str) -> None:
    # A milestone and a certificate have the name somewhere in their titles, too.
    draft = sample.draft(Brief("email_outreach", {**MAIL, "product": name}, "zh-CN"))
    opening = next(p for s, p in draft.paragraphs() if s.id == "opening")
    assert {e.entry_id for e in draft.cited(opening)} == {entry}


@pytest.mark.parametrize(("case", "blocked"), [("case-water", False), ("case-elevator", True), ("case-wind", True)])
def test_a_letter_needs_permission_for_name_and_figures(sample: Workspace, case: str, blocked: bool) -> None:
    draft = sample.draft(Brief("reference_letter", {"case": case}, "zh-CN", "CN"))
    assert ("customer_not_permitted" in errors(draft)) is blocked
    assert "签署前不得对外使用" in section(draft, "mark")


@pytest.mark.parametrize(("case", "blocked"), [("case-water", False), ("case-compressor", True)])
def test_nobody_is_visited_without_permission(sample: Workspace, case: str, blocked: bool) -> None:
    inputs = {"visitor": "总工程师", "doubt": "effect", "case": case}
    draft = sample.draft(Brief("site_visit_plan", inputs, "zh-CN", "CN", audience=Audience.INTERNAL))
    assert ("customer_not_permitted" in errors(draft)) is blocked


def test_the_worry_decides_the_evidence(sample: Workspace) -> None:
    notes = "# 记录\n## 现状\n公司有 17 座泵站。\n## 总经理的要求\n总经理要求先小范围试。\n"
    inputs = {"customer": "某供水公司", "situation": notes, "product": "R200 边缘网关"}

    def shown(risk: str) -> set[str]:
        draft = sample.draft(Brief("solution_proposal", {**inputs, "reader_risk": risk}, "zh-CN", "CN"))
        return {s.id for s, _ in draft.paragraphs()}

    assert {"proof_high", "assurance", "visit"} <= shown("high")
    assert {"proof_value", "outside"} <= shown("value")
    assert {"outside", "scale"} <= shown("single_deal")
    assert not {"proof_high", "scale"} & shown("value")


def test_a_right_complaint_is_admitted_first(sample: Workspace) -> None:
    inputs = {"kind": "product", "event": "一位用户说网关丢了数据", "finding": "right"}
    draft = sample.draft(Brief("response_line", inputs, "zh-CN", audience=Audience.INTERNAL))
    statement = section(draft, "statement")
    assert "情况属实" in statement
    assert "道歉" in statement
    [known] = [p for s, p in draft.paragraphs() if s.id == "known"]
    assert known.gap  # nothing was verified: nothing more is said
    assert "删帖" in section(draft, "not_to_say")
    assert not errors(draft)


@pytest.mark.parametrize(
    ("kind", "first"), [("people", "当事人"), ("product", "用户"), ("results", "董事会"), ("media_error", "记者")]
)
def test_whom_to_tell_first_follows_from_the_kind(sample: Workspace, kind: str, first: str) -> None:
    inputs = {"kind": kind, "event": "有一件事", "finding": "open"}
    draft = sample.draft(Brief("response_line", inputs, "zh-CN", audience=Audience.INTERNAL))
    orders = [p.text for s, p in draft.paragraphs() if s.id.startswith("order_")]
    assert first in orders[0]
