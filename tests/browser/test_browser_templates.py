"""Templates in a real browser: their pages, and editing beside a preview that follows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from chromium import NARROW, NORMAL, WIDE, overflow, serious
from playwright.sync_api import Page, expect
from walked_service import Service, Shot

from assistant.template_editing import new_template

Open = Callable[..., Page]

LOOKS = [
    ("zh", NORMAL, "light"),
    ("en", NORMAL, "dark"),
    ("en", NARROW, "light"),
    ("zh", NARROW, "dark"),
    ("zh", WIDE, "light"),
]


def own(service: Service, name: str = "our_story") -> str:
    """The address at which a new template of one's own is edited."""
    workspace = service.workspace
    new_template(workspace.templates, workspace.settings.templates, name, source="success_story")
    return f"/templates/{name}/edit"


def having(words: str) -> re.Pattern[str]:
    """A pattern for a value with these words in it."""
    return re.compile(re.escape(words))


def retype(page: Page, old: str, new: str) -> None:
    """Other words in the declaration, as if they had been typed."""
    area = page.locator("textarea").first
    area.fill(area.input_value().replace(old, new))


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1][0]}-{look[2]}")
def test_the_pages_fit_and_are_accessible(service: Service, open_page: Open, shot: Shot, look: tuple) -> None:
    language, size, scheme = look
    page = open_page(language=language, size=size, scheme=scheme)
    edit = own(service)
    addresses = {
        "index": "/templates",
        "template": "/templates/success_story",
        "make-own": "/templates/make-own?from=success_story",
        "edit": edit,
        "delete": "/templates/our_story/delete",
    }
    for name, address in addresses.items():
        page.goto(address)
        if name == "edit":
            page.locator("#preview summary").first.click()
        shot(page, f"templates-{name}-{language}-{size[0]}-{scheme}")
        assert overflow(page) == 0, name
        assert serious(page) == [], name


def test_the_preview_follows_and_a_finding_leads_to_its_line(service: Service, page_zh: Page, shot: Shot) -> None:
    page_zh.goto(own(service))
    expect(page_zh.locator(".lint-title--ok")).to_be_visible()
    retype(page_zh, "stage: preference", "stage: nowhere")
    expect(page_zh.locator(".lint-title--bad")).to_be_visible()
    page_zh.locator("a[data-file]").first.click()
    chosen = page_zh.evaluate(
        "() => { const a = document.activeElement; return a.value.slice(a.selectionStart, a.selectionEnd); }"
    )
    assert chosen == "stage: nowhere"
    shot(page_zh, "templates-edit-wrong")
    assert serious(page_zh) == []
    retype(page_zh, "stage: nowhere", "stage: preference")
    expect(page_zh.locator(".lint-title--ok")).to_be_visible()


def test_what_was_unfolded_stays_so(service: Service, page_zh: Page) -> None:
    page_zh.goto(own(service))
    page_zh.locator("#preview details.asked > summary").nth(1).click()
    retype(page_zh, "写客户上线前遇到的困难", "写客户上线以前遇到的困难")
    prompt = page_zh.locator("#preview details.asked").nth(1).locator("pre").last
    expect(prompt).to_contain_text("写客户上线以前遇到的困难")
    expect(prompt).to_be_visible()


def test_what_is_typed_outlives_a_reload_until_it_is_saved(service: Service, page_zh: Page) -> None:
    edit = own(service)
    page_zh.goto(edit)
    retype(page_zh, "客户成功案例（副本）", "我们的故事")
    expect(page_zh.locator(".lint-title--ok")).to_be_visible()
    page_zh.reload()
    expect(page_zh.locator("textarea").first).to_have_value(having("我们的故事"))
    page_zh.locator("textarea").first.press("Control+s")
    expect(page_zh.locator("h1")).to_have_text("我们的故事")
    page_zh.goto(edit)
    expect(page_zh.locator("#notices .notice")).to_have_count(0)


def test_two_editors_do_not_overwrite_each_other(service: Service, open_page: Open, shot: Shot) -> None:
    edit = own(service)
    mine, theirs = open_page(), open_page("editor")
    for page in (mine, theirs):
        page.goto(edit)
    retype(theirs, "客户成功案例（副本）", "他们的")
    theirs.locator("[data-save]").click()
    expect(theirs.locator("h1")).to_have_text("他们的")
    retype(mine, "客户成功案例（副本）", "我的")
    mine.locator("[data-save]").click()
    expect(mine.locator(".template-conflict")).to_be_visible()
    shot(mine, "templates-conflict")
    expect(mine.locator("textarea").first).to_have_value(having("我的"))
    mine.locator("[data-save]").click()
    expect(mine.locator("h1")).to_have_text("我的")
    mine.goto(edit)
    expect(mine.locator("#notices .notice")).to_have_count(0)
