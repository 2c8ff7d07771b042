"""Every page of the base in both languages, light and dark, from a phone to a wall: nothing sticks out, axe is content,
and a picture is kept to be looked at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chromium import NARROW, NORMAL, WIDE, overflow, serious
from playwright.sync_api import Page, expect
from walked_service import Service, Shot

Open = Callable[..., Page]

PAGES = {
    "start": "/",
    "drafts": "/drafts",
    "choose": "/drafts/new",
    "form": "/drafts/new?template=success_story",
    "form-choices": "/drafts/new?template=communication_plan",
    "nothing": "/no-such-page",
}
LOOKS = [
    ("zh", NORMAL, "light"),
    ("en", NORMAL, "light"),
    ("zh", NORMAL, "dark"),
    ("en", NARROW, "light"),
    ("zh", NARROW, "dark"),
    ("zh", WIDE, "light"),
]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1][0]}-{look[2]}")
def test_pages_fit_and_are_accessible(service: Service, open_page: Open, shot: Shot, look: tuple) -> None:
    language, size, scheme = look
    page = open_page(language=language, size=size, scheme=scheme)
    for name, address in PAGES.items():
        page.goto(address)
        expect(page.locator("h1")).to_have_count(1)
        shot(page, f"{name}-{language}-{size[0]}-{scheme}")
        assert overflow(page) == 0, name
        assert serious(page) == [], name
