"""A draft while it is written: sections arrive in place, leaving and coming back works, stop keeps what is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from chromium import NARROW, overflow, serious
from playwright.sync_api import Locator, Page, TimeoutError, expect
from walked_service import Service, Shot
from writing_model import SteppedModel

Open = Callable[..., Page]

DRAFT = re.compile(r"/drafts/d-\w+$")
WRITING = re.compile(r"/drafts/d-\w+/writing$")


@pytest.fixture
def model(service: Service) -> Iterator[SteppedModel]:
    """The service's model: it answers when the test says so."""
    stepped = SteppedModel()
    service.workspace.__dict__["model"] = stepped
    yield stepped
    stepped.go(100)


def _until(model: SteppedModel, awaited: Locator) -> None:
    """Let answers go, one by one, until the page shows it."""
    for _ in range(20):
        model.asked.wait(5)
        model.go()
        try:
            awaited.wait_for(timeout=700)
            return
        except TimeoutError:
            continue
    raise AssertionError(f"{awaited} never came")


def _begin(page: Page, language: str = "zh") -> None:
    page.goto("/drafts/new?template=success_story")
    page.locator("[name=in_case]").fill("case-elevator" if language == "zh" else "case-elevator-en")
    page.locator(".form-actions .button--primary").click()
    expect(page).to_have_url(WRITING)


@pytest.mark.parametrize(("language", "scheme"), [("zh", "light"), ("en", "dark")])
def test_sections_arrive_in_place(model: SteppedModel, open_page: Open, shot: Shot, language: str, scheme: str) -> None:
    page = open_page(language=language, scheme=scheme)
    _begin(page, language)
    model.asked.wait(10)
    expect(page.locator("[data-section]")).to_have_count(6)
    expect(page.locator("[data-section=title]")).to_have_class(re.compile("is-now"))
    shot(page, f"writing-begun-{language}-{scheme}")
    title = page.locator("[data-section=title] .coming-text p")
    _until(model, title)
    before = title.bounding_box()
    _until(model, page.locator("[data-section=pain] .coming-text p").first)
    expect(page.locator("[data-section=title]")).to_have_class(re.compile("is-done"))
    expect(page.locator("#sections-done")).to_contain_text(re.compile(r"[1-6]"))
    assert title.bounding_box() == before, "what had been written moved"
    assert serious(page) == []
    shot(page, f"writing-half-{language}-{scheme}")
    model.go(100)
    expect(page).to_have_url(DRAFT)
    expect(page.locator("h1")).to_have_count(1)


def test_leaving_and_coming_back(model: SteppedModel, open_page: Open, shot: Shot) -> None:
    page = open_page(language="zh", size=NARROW)
    _begin(page)
    address = page.url
    written = page.locator("[data-section=title] .coming-text p")
    _until(model, written)
    words = written.inner_text()
    page.goto("/")
    expect(page.get_by_role("heading", name="正在写")).to_be_visible()
    page.goto(address)
    expect(written).to_have_text(words)
    assert overflow(page) == 0
    shot(page, "writing-narrow-zh")
    model.go(100)
    expect(page).to_have_url(DRAFT)
    page.goto(address)  # the address leads to the draft from now on
    expect(page).to_have_url(DRAFT)


def test_stop_keeps_what_is_there(model: SteppedModel, page_en: Page) -> None:
    _begin(page_en, "en")
    title = page_en.locator("[data-section=title] .coming-text p")
    _until(model, title)
    words = title.inner_text()
    # The page says so at once; the service knows when it has answered.
    with page_en.expect_response(lambda answer: answer.request.method == "POST"):
        page_en.get_by_role("button", name="Stop, and keep what is there").click()
        expect(page_en.get_by_text("Stopping …")).to_be_visible()
    model.go(1)  # the answer that was under way
    expect(page_en).to_have_url(DRAFT)
    expect(page_en.get_by_role("heading", level=1)).to_contain_text(words[:12])


def test_a_model_that_fails_is_told_and_tried_again(service: Service, open_page: Open, shot: Shot) -> None:
    page = open_page(language="en")
    model = SteppedModel()
    service.workspace.__dict__["model"] = model

    def fail(*_: object, **__: object) -> None:
        from knowledge.domain.errors import ProviderError

        raise ProviderError("the model's endpoint answered 500; see its log")

    model.complete = fail  # type: ignore[assignment,method-assign]  # what fails is all that matters here
    page.goto("/drafts/new?template=success_story")
    page.locator("[name=in_case]").fill("case-elevator-en")
    page.locator(".form-actions .button--primary").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It could not be written")
    expect(page.locator(".notice--bad")).to_contain_text("answered 500")
    shot(page, "writing-failed-en")
    service.workspace.__dict__["model"] = well = SteppedModel()
    well.go(100)
    page.get_by_role("button", name="Write it once more").click()
    expect(page).to_have_url(DRAFT)
