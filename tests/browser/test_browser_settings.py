"""Settings and quality in a real browser: they fit, and the flows of an administrator work with the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from chromium import NARROW, NORMAL, overflow, serious
from playwright.sync_api import Page, expect
from walked_service import PASSWORD, Service, Shot

from assistant.brief import Brief
from assistant.draft import Claim, Draft, Paragraph, Section
from knowledge.domain.finding import Span

Open = Callable[..., Page]

LOOKS = [("zh", NORMAL, "light"), ("en", NORMAL, "dark"), ("en", NARROW, "light"), ("zh", NARROW, "dark")]
PAGES = ("", "/ways", "/people", "/keys", "/checks", "/checks/superlative_unproven", "/record", "/service")


def written(service: Service, name: str, verdicts: tuple[str, ...], days: int) -> None:
    """A draft as a model wrote it `days` ago."""
    workspace = service.workspace
    claims = tuple(Claim(f"c{n}", "p1", Span(0, 1), "5", "quantity", verdict) for n, verdict in enumerate(verdicts))
    sections = (Section("s", "", (Paragraph("p1", "5"),)),)
    draft = Draft(name, "success_story", "en", "public", title=name, sections=sections, claims=claims, model="local")
    at = workspace.settings.now() - timedelta(days=days)
    workspace.drafts.save(draft, Brief("success_story", locale="en"), [], at, after=0, act="written")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1][0]}-{look[2]}")
def test_the_pages_fit_and_are_accessible(service: Service, open_page: Open, shot: Shot, look: tuple) -> None:
    language, size, scheme = look
    service.sign_in("author")
    page = open_page(language=language, size=size, scheme=scheme)
    for days in (20, 13, 6):
        written(service, f"draft-{days}", ("supported", "supported", "unsupported")[: 1 + days % 3], days)
    for address in PAGES:
        page.goto(f"/settings{address}")
        name = address.strip("/").replace("/", "-") or "account"
        shot(page, f"settings-{name}-{language}-{size[0]}-{scheme}")
        assert overflow(page) == 0, address
        assert serious(page) == [], address
    page.goto("/quality")
    shot(page, f"quality-{language}-{size[0]}-{scheme}")
    assert (overflow(page), serious(page)) == (0, [])


def test_a_point_of_the_chart_opens_its_drafts(service: Service, page_en: Page) -> None:
    written(service, "first", ("supported",), 14)
    written(service, "second", ("unsupported", "supported"), 0)
    page_en.goto("/quality")
    page_en.locator(".chart a").last.focus()
    page_en.keyboard.press("Enter")
    expect(page_en.locator("#week .list-title")).to_have_text(["second"])
    expect(page_en.locator("#week")).to_be_in_viewport()


def test_a_member_is_invited_and_comes_in(service: Service, open_page: Open) -> None:
    admin = open_page()
    admin.goto("/settings/people")
    form = admin.locator("form[action$=invite]")
    form.locator("input[name=name]").fill("安娜")
    form.locator("select").select_option("editor")
    form.locator("button").click()
    link = admin.locator(".once-text").input_value()
    anna = open_page(None)
    anna.goto(link)
    for name, value in (("name", "安娜"), ("login", "anna"), ("password", PASSWORD)):
        anna.locator(f"input[name={name}]").fill(value)
    for again in anna.locator("input[name=again]").all():
        again.fill(PASSWORD)
    anna.locator("main form button").last.click()
    expect(anna.locator(".nav")).to_be_visible()
    admin.goto("/settings/people")
    expect(admin.locator("tbody tr", has_text="anna").locator("select")).to_have_value("editor")


def test_a_wrong_password_is_told_and_a_right_one_taken(service: Service, page_en: Page) -> None:
    page_en.goto("/settings")

    def change(old: str) -> None:
        for name, value in (("old", old), ("new", f"{PASSWORD}!"), ("again", f"{PASSWORD}!")):
            page_en.locator(f"input[name={name}]").fill(value)
        page_en.locator("form[action='/settings/password'] button").click()

    change("something else entirely")
    expect(page_en.locator("[role=alert]")).to_have_text(re.compile("wrong"))
    change(PASSWORD)
    expect(page_en.locator("#notices .notice--ok")).to_be_visible()
