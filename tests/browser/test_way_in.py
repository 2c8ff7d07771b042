"""Into the console: the first link, sign-in, sign-out, the language; and a sign-in that ends in the middle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from chromium import NARROW, overflow, serious
from playwright.sync_api import Page, expect
from walked_service import PASSWORD, Service, Shot

from api.access.sign_ins import COOKIE

Open = Callable[..., Page]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_administrator_comes_in_by_the_link(
    service: Service, open_page: Open, shot: Shot, language: str
) -> None:
    page = open_page(role=None, language=language, scheme="dark" if language == "zh" else "light")
    page.goto("/")
    expect(page).to_have_url(re.compile(r"/sign-in\?next=/$"))
    expect(page.get_by_text("koujing serve", exact=True)).to_be_visible()
    shot(page, f"sign-in-nobody-{language}")
    link = service.first_link()
    page.goto(link)
    page.locator("#password").fill("short")
    page.get_by_role("button", name="保存" if language == "zh" else "Save").click()
    for name in ("name", "login", "password"):
        expect(page.locator(f"#{name}")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#password-error")).to_contain_text("12")
    assert serious(page) == []
    shot(page, f"welcome-wrong-{language}")
    page.locator("#name").fill("陈立")
    page.locator("#login").fill("chen@koujing.example")
    page.locator("#password").fill(PASSWORD)
    page.locator("#again").fill(PASSWORD)
    page.get_by_role("button", name="保存" if language == "zh" else "Save").click()
    expect(page).to_have_url(f"{service.url}/")
    expect(page.locator(".notice--ok")).to_be_visible()
    page.reload()
    expect(page.locator(".notice--ok")).to_have_count(0)
    page.goto(link)  # one time only
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "这个链接不能用了" if language == "zh" else "This link is of no use any more"
    )
    shot(page, f"welcome-gone-{language}")


def test_sign_in_leads_to_where_one_wanted_to_go(service: Service, open_page: Open, shot: Shot) -> None:
    service.sign_in("author")
    page = open_page(role=None, language="en", size=NARROW)
    page.goto("/drafts?state=open")
    page.get_by_label("Login").fill("author")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("The login or the password is wrong.")
    expect(page.get_by_label("Login")).to_have_value("author")
    assert serious(page) == []
    assert overflow(page) == 0
    shot(page, "sign-in-wrong-en-320")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{service.url}/drafts?state=open")
    page.locator("summary").first.click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{service.url}/sign-in")
    page.goto("/drafts")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_the_language_is_chosen_and_kept(service: Service, open_page: Open) -> None:
    page = open_page(language="zh")
    page.goto("/drafts")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(f"{service.url}/drafts")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/")
    expect(page.get_by_role("heading", name="New draft")).to_be_visible()


def test_what_one_may_not_do_is_not_shown(open_page: Open) -> None:
    page = open_page(role="viewer", language="en")
    page.goto("/")
    expect(page.get_by_role("link", name="New draft")).to_have_count(0)
    assert page.goto("/drafts/new").status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("You may not do this")


def test_the_keyboard_alone_goes_through_the_masthead(open_page: Open) -> None:
    page = open_page(language="en")
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the text")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.locator("summary[aria-label]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".menu-panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".menu-panel")).to_be_hidden()


def test_nothing_typed_is_lost_when_the_sign_in_ends(service: Service, open_page: Open, shot: Shot) -> None:
    page = open_page(language="en")
    page.goto("/drafts/new?template=success_story")
    page.get_by_label("Which point should stand out?").fill("Repeat visits fell")
    page.context.clear_cookies(name=COOKIE)
    page.get_by_label("Which case?").press_sequentially("elev")  # asks the service for entries as one types
    dialog = page.locator("#signed-out")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Nothing you typed is lost")
    shot(page, "signed-out-en")
    # Signed in again in another tab: the page goes on, with forms that the new sign-in accepts.
    page.context.add_cookies([{"name": COOKIE, "value": service.sign_in("admin"), "url": service.url}])
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(dialog).to_be_hidden()
    expect(page.get_by_label("Which point should stand out?")).to_have_value("Repeat visits fell")
    page.get_by_label("Which case?").fill("case-elevator-en")
    page.get_by_role("button", name="Start writing").click()
    expect(page).to_have_url(re.compile(r"/drafts/d-\w+$"))


def test_a_form_sent_without_a_sign_in_comes_back_as_it_was(service: Service, open_page: Open) -> None:
    page = open_page(language="en")
    page.goto("/drafts/new?template=success_story")
    page.get_by_label("Which point should stand out?").fill("Repeat visits fell")
    page.context.clear_cookies(name=COOKIE)
    page.get_by_role("button", name="Start writing").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    page.get_by_label("Login").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/drafts/new\?template=success_story$"))
    expect(page.get_by_label("Which point should stand out?")).to_have_value("Repeat visits fell")
    expect(page.locator("#notices .notice")).to_contain_text("is back")
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_label("Which point should stand out?")).to_have_value("")


def test_what_nobody_expected_is_a_page_too(service: Service, open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(language="en")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(type(service.workspace.drafts), "page", broken)
    answer = page.goto("/drafts")
    assert answer is not None
    assert answer.status == 500
    expect(page.get_by_role("heading", level=1)).to_have_text("Something went wrong")
    expect(page.locator("main")).not_to_contain_text("secret")
    assert (
        page.request.post("/v1/drafts/x/recheck", headers={"Accept": "text/html"})
        .headers["content-type"]
        .startswith("application/problem+json")
    )
