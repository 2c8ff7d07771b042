"""From a text to a file: handed in, approved, exported; versions side by side; what is missing is said before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chromium import NARROW, NORMAL, overflow, serious
from planted_draft import paragraph_with, planted, sound
from playwright.sync_api import Page, expect
from walked_service import Service, Shot

from assistant.governance import Governance

Open = Callable[..., Page]


@pytest.mark.parametrize(
    ("language", "locale", "words"),
    [
        ("zh", "zh-CN", ("提交审批", "批准第 1 稿", "导出")),
        ("en", "en", ("Submit for approval", "Approve draft 1", "Export")),
    ],
)
def test_a_draft_is_handed_in_approved_and_exported(
    service: Service, open_page: Open, shot: Shot, language: str, locale: str, words: tuple[str, str, str]
) -> None:
    draft = sound(service.workspace, locale)
    submit, approve, export = words
    page = open_page("author", language)
    page.goto(f"/drafts/{draft.id}")
    expect(page.locator("#do-approve")).to_have_count(0)
    page.locator("#do-submit").click()
    ask = page.locator("#ask")
    ask.get_by_role("button", name=submit).click()
    expect(page.locator(".notice--ok")).to_be_visible()
    assert service.workspace.status(draft.id).state == "in_review"

    page = open_page("approver", language)
    page.goto(f"/drafts/{draft.id}")
    page.locator("#do-approve").click()
    ask = page.locator("#ask")
    expect(ask).to_be_visible()
    shot(page, f"draft-approve-{language}")
    assert serious(page) == []
    ask.get_by_role("button", name=approve).click()
    expect(page.locator(".draft-facts .badge--ok")).to_be_visible()
    status = service.workspace.status(draft.id)
    assert (status.state, status.approved_by) == ("approved", "Maria Weber")

    page.locator("#do-export").click()
    shot(page, f"draft-export-{language}")
    with page.expect_download() as caught:
        page.locator("#ask").get_by_role("button", name=export).click()
    assert caught.value.suggested_filename.endswith(f".{locale}.docx")
    page.goto(f"/drafts/{draft.id}/history")
    expect(page.locator(".history li")).to_have_count(4)
    expect(page.locator(".history li").first).to_contain_text(caught.value.suggested_filename)
    shot(page, f"draft-history-{language}")


def test_an_error_stands_in_the_way_and_leads_to_its_place(service: Service, open_page: Open) -> None:
    draft = planted(service.workspace)
    page = open_page("approver")
    page.goto(f"/drafts/{draft.id}")
    page.locator("#do-approve").click()
    ask = page.locator("#ask")
    expect(ask.locator(".lacking li").first).to_be_visible()
    expect(ask.locator("button.button--primary")).to_have_count(0)
    ask.get_by_role("link", name="去原处").first.click()
    expect(ask).to_be_hidden()
    expect(page.locator("#sheet :focus")).to_have_count(1)


def test_four_eyes_keep_an_author_from_approving(service: Service, open_page: Open, shot: Shot) -> None:
    workspace = service.workspace
    Governance(workspace.database, workspace.name).choose("four_eyes", True, "陈立", workspace.settings.now())
    page = open_page("approver")
    draft = sound(workspace, by="Maria Weber")
    page.goto(f"/drafts/{draft.id}")
    page.locator("#do-approve").click()
    expect(page.locator("#ask .notice--warn")).to_contain_text("Maria Weber")
    expect(page.locator("#ask button.button--primary")).to_have_count(0)
    shot(page, "draft-four-eyes-zh")


@pytest.mark.parametrize(("language", "size"), [("zh", NORMAL), ("en", NARROW)])
def test_versions_side_by_side(
    service: Service, open_page: Open, shot: Shot, language: str, size: tuple[int, int]
) -> None:
    draft = sound(service.workspace)
    target = paragraph_with(draft, "31% 降至 12%")
    service.workspace.edit(draft.id, target.id, target.text.replace("12%", "21%"), by="周敏")
    service.workspace.edit(draft.id, target.id, target.text.replace("12%", "21%").replace("36", "63"), by="周敏")
    page = open_page("author", language, size)
    page.goto(f"/drafts/{draft.id}/versions")
    expect(page.locator(".diff-row ins")).to_have_count(1)
    page.locator("#slide-one").focus()
    page.keyboard.press("Home")
    expect(page.locator(".diff-row ins")).to_have_count(2)
    shot(page, f"draft-versions-{language}-{size[0]}")
    assert overflow(page) == 0
    assert serious(page) == []
    page.locator(".version-actions button").last.click()
    expect(page.locator("#draft")).to_have_attribute("data-version", "4")
    assert paragraph_with(service.workspace.drafts.get(draft.id), "12%")


def test_a_warning_is_kept_with_its_reason(service: Service, open_page: Open) -> None:
    draft = planted(service.workspace)
    page = open_page("editor")
    page.goto(f"/drafts/{draft.id}")
    row = page.locator(".finding--warning").first
    row.locator("summary").click()
    row.get_by_label("为什么可以保留？").fill("引自客户官网，已获书面同意")
    row.get_by_role("button", name="保留").click()
    expect(page.locator(".finding--warning")).to_have_count(0)
    page.locator(".kept summary").click()
    expect(page.locator(".finding--kept")).to_contain_text("周敏")
    expect(page.locator(".finding--kept")).to_contain_text("已获书面同意")
