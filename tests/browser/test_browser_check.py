"""Checking a text in a real browser: typed, dropped, pointed at, downloaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from chromium import NARROW, NORMAL, overflow, serious
from playwright.sync_api import Page, expect
from walked_service import Service, Shot

Open = Callable[..., Page]

TEXT = {
    "zh": "故障响应更快\n\n上线四个月后，故障平均响应时间由 95 分钟降至 38 分钟，人工巡检成本下降 71%。\n我们是全球领先的公司。",
    "en": "Faster response\n\nFour months after go-live the mean response time was down from 95 to 38 minutes, cost by 71%.",
}
LOOKS = [("zh", NORMAL, "light"), ("en", NORMAL, "dark"), ("en", NARROW, "light"), ("zh", NARROW, "dark")]


def check(page: Page, text: str) -> None:
    page.goto("/check")
    page.locator("#check-text").fill(text)
    page.locator(".check-go button").click()
    expect(page.locator("#sheet")).to_be_visible()


def drop(page: Page, zone: str, name: str, text: str) -> None:
    """A file let go over `zone`."""
    page.evaluate(
        """([zone, name, text]) => {
            const data = new DataTransfer();
            data.items.add(new File([text], name));
            const at = document.querySelector(zone);
            for (const kind of ["dragenter", "dragover", "drop"])
                at.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
        }""",
        [zone, name, text],
    )


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1][0]}-{look[2]}")
def test_the_pages_fit_and_are_accessible(service: Service, open_page: Open, shot: Shot, look: tuple) -> None:
    language, size, scheme = look
    page = open_page(language=language, size=size, scheme=scheme, role="viewer")
    name = f"{language}-{size[0]}-{scheme}"
    page.goto("/check")
    shot(page, f"check-form-{name}")
    assert (overflow(page), serious(page)) == (0, [])
    check(page, TEXT[language])
    page.locator(".claim.loud").first.click()
    shot(page, f"check-result-{name}")
    assert (overflow(page), serious(page)) == (0, [])


def test_pointing_at_a_claim_shows_what_carries_it(service: Service, page_zh: Page) -> None:
    check(page_zh, TEXT["zh"])
    claim = page_zh.locator("mark.claim.supported", has_text="38 分钟")
    claim.hover()
    expect(page_zh.locator(".evidence:visible .carries").first).to_contain_text("38 分钟")
    claim.focus()
    page_zh.keyboard.press("n")
    expect(page_zh.locator(".claim.is-shown")).to_have_text("71%")
    page_zh.keyboard.press("Space")
    expect(page_zh.locator(".claim.is-pinned")).to_have_count(1)
    page_zh.keyboard.press("Escape")
    expect(page_zh.locator(".claim.is-pinned")).to_have_count(0)


def test_a_finding_leads_to_its_words(service: Service, page_zh: Page) -> None:
    check(page_zh, TEXT["zh"])
    page_zh.locator(".finding", has_text="71%").locator("a[data-goto]").click()
    expect(page_zh.locator(".claim.is-pinned")).to_have_text("71%")


def test_what_is_typed_outlives_a_reload_and_the_result(service: Service, page_en: Page) -> None:
    page_en.goto("/check")
    page_en.locator("#check-text").fill(TEXT["en"])
    page_en.locator("#market").select_option("EU")
    page_en.reload()
    expect(page_en.locator("#check-text")).to_have_value(TEXT["en"])
    expect(page_en.locator("#market")).to_have_value("EU")
    page_en.locator(".check-go button").click()
    page_en.locator(".check-again summary").first.click()
    expect(page_en.locator("#check-text")).to_have_value(TEXT["en"])
    expect(page_en.locator("#notices .notice")).to_have_count(0)


def test_a_dropped_file_stands_in_the_place_of_the_text(service: Service, page_zh: Page) -> None:
    page_zh.goto("/check")
    page_zh.locator("#check-text").fill("先写的几句")
    drop(page_zh, ".check-text", "稿件.md", "# 标题\n\n人工巡检成本下降 71%。\n")
    expect(page_zh.locator("#check-text")).to_be_disabled()
    page_zh.locator("[data-drop-none]").click()
    expect(page_zh.locator("#check-text")).to_have_value("先写的几句")
    expect(page_zh.locator("#check-text")).to_be_enabled()
    drop(page_zh, ".check-text", "稿件.md", "# 标题\n\n人工巡检成本下降 71%。\n")
    page_zh.locator(".check-go button").click()
    expect(page_zh.locator("h1")).to_have_text("稿件.md")
    expect(page_zh.locator("#sheet h2")).to_have_text("标题")


def test_the_report_is_downloaded(service: Service, page_zh: Page, tmp_path: Path) -> None:
    check(page_zh, TEXT["zh"])
    with page_zh.expect_download() as waited:
        page_zh.locator("a[download]").click()
    path = tmp_path / waited.value.suggested_filename
    waited.value.save_as(path)
    assert path.name == "text-check.html"
    assert "71%" in path.read_text(encoding="utf-8")


def test_it_works_without_scripts(service: Service, open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    check(page, TEXT["zh"])
    expect(page.locator("mark.claim.loud").first).to_be_visible()
    page.goto("/check")
    page.locator(".check-go button").click()
    expect(page.locator("[role=alert]")).to_be_visible()
