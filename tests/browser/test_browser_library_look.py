"""Every page of library and customers in both languages, light and dark, from a phone to a wall."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chromium import NARROW, NORMAL, WIDE, overflow, serious
from playwright.sync_api import Page, expect
from walked_service import Service, Shot

Open = Callable[..., Page]

PAGES = {
    "library": "/library",
    "library-narrowed": "/library?kind=case&state=approved",
    "library-nothing": "/library?q=zzzz",
    "library-search": "/library/search?q=电梯 响应时间",
    "library-due": "/library/due",
    "library-entry": "/library/case-elevator",
    "library-entry-facts": "/library/case-water",
    "library-edit": "/library/edit/case-elevator",
    "library-new": "/library/new",
    "library-new-case": "/library/new?kind=case",
    "library-retire": "/library/step/retire/case-elevator",
    "library-import": "/library/import",
    "library-glossary": "/library/glossary",
    "library-term": "/library/glossary/term",
    "customers": "/customers",
    "customers-market": "/customers?market=EU",
    "customer": "/customers/shente",
    "customer-permit": "/customers/permit/shente",
    "customer-withdraw": "/customers/withdraw/shente",
    "customer-names": "/customers/edit/shente",
}
LOOKS = [
    ("zh", NORMAL, "light"),
    ("en", NORMAL, "dark"),
    ("en", NARROW, "light"),
    ("zh", NARROW, "dark"),
    ("zh", WIDE, "light"),
]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1][0]}-{look[2]}")
def test_library_pages_fit_and_are_accessible(service: Service, open_page: Open, shot: Shot, look: tuple) -> None:
    language, size, scheme = look
    page = open_page(language=language, size=size, scheme=scheme)
    for name, address in PAGES.items():
        page.goto(address)
        expect(page.locator("h1")).to_have_count(1)
        shot(page, f"{name}-{language}-{size[0]}-{scheme}")
        assert overflow(page) == 0, name
        assert serious(page) == [], name
