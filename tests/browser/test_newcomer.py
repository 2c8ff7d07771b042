"""What the console is for: somebody new, with nothing but the link, gets to an approved, exported success story."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from walked_service import PASSWORD, Service, Shot

from api.console.catalogue import Wording

CASE = {"zh": "电梯", "en": "elevator"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_the_link_to_a_file_that_may_leave(
    service: Service, open_page: Callable[..., Page], shot: Shot, tmp_path: Path, language: str
) -> None:
    t = Wording(language)
    page = open_page(role=None, language=language)
    page.goto(service.first_link())
    page.get_by_label(t("sign_in.name"), exact=True).fill("Lin")
    page.get_by_label(t("sign_in.login"), exact=True).fill("lin")
    page.get_by_label(t("sign_in.password"), exact=True).fill(PASSWORD)
    page.get_by_label(t("sign_in.again"), exact=True).fill(PASSWORD)
    page.get_by_role("button", name=t("sign_in.save")).click()

    page.get_by_role("link", name="客户成功案例" if language == "zh" else "Customer success story").click()
    case = page.get_by_role("combobox").first
    case.press_sequentially(CASE[language], delay=20)
    offered = page.locator(f"datalist option:is([value*={CASE[language]} i], [label*={CASE[language]} i])").first
    expect(offered).to_be_attached()
    case.fill(offered.get_attribute("value") or "")
    page.get_by_role("button", name=t("new_draft.begin")).click()
    expect(page).to_have_url(re.compile(r"/drafts/d-\w+$"))

    mark = page.locator("#sheet mark.claim").filter(has_text=re.compile(r"\d")).first
    mark.hover()
    evidence = page.locator("#evidence .evidence:not([hidden])").first
    expect(evidence.locator("mark.carries").first).to_be_visible()
    shot(page, f"newcomer-evidence-{language}")

    page.locator("#do-approve").click()
    page.locator("#ask").get_by_role("button", name=t("draft.approve_this", number=1)).click()
    expect(page.locator(".draft-facts .badge--ok")).to_be_visible()
    page.locator("#do-export").click()
    ask = page.locator("#ask")
    ask.locator("input[name=form][value=markdown]").check()
    with page.expect_download() as caught:
        ask.get_by_role("button", name=t("draft.export_it"), exact=True).click()
    file = tmp_path / "story.md"
    caught.value.save_as(file)
    text = file.read_text(encoding="utf-8")
    assert "DRAFT" not in text
    assert "draft_id" in text or service.workspace.drafts.list()[0]["id"] in text
    assert "38" in text
