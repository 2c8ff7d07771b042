"""Localization in a real browser: files sent, a grid that fills, segments edited by keyboard and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from bilingual_model import BilingualModel
from chromium import NARROW, NORMAL, WIDE, overflow, serious
from playwright.sync_api import Page, expect
from walked_service import Service, Shot

Open = Callable[..., Page]
JOB = re.compile(r"/localize/l-\w+$")

CASE = (
    "# 电梯维护\n\n上线后，非计划停机由每月 9 次降至每月 2 次。\n\n"
    "请看[说明](https://example.com/guide)。\n\n我们服务制造企业。\n"
)
# In part: terms of the sample library stand in a source before the model sees it.
SITE = '{"hello": "你好，{name}！", "bye": "再见。"}'
KNOWN = {
    "电梯维护": "Elevator maintenance",
    "由每月 9 次降至每月 2 次": "After go-live, unplanned downtime fell from 9 times a month to 20 times a month.",
    "请看": "See <t1>the guide</t1>.",
    "我们服务制造企业。": "We serve manufacturers.",
    "你好，": "Hello, {name}!",
    "再见。": "Goodbye.",
}
RIGHT = "After go-live, unplanned downtime fell from 9 times a month to 2 times a month."
LOOKS = [("zh", NORMAL, "light"), ("en", NORMAL, "dark"), ("en", NARROW, "light"), ("zh", NARROW, "dark")]


@pytest.fixture
def model(service: Service) -> Iterator[BilingualModel]:
    """The service's model."""
    made = BilingualModel(KNOWN)
    service.workspace.__dict__["model"] = made
    yield made
    made.go()


def begin(page: Page, *languages: str) -> None:
    page.goto("/localize/new")
    page.locator("#files").set_input_files(
        [
            {"name": "case.md", "mimeType": "text/markdown", "buffer": CASE.encode()},
            {"name": "messages.json", "mimeType": "application/json", "buffer": SITE.encode()},
        ]
    )
    for tag in languages or ("en",):
        page.locator(f"input[name=to][value={tag}]").check()
    page.locator(".form-actions .button--primary").click()
    expect(page).to_have_url(JOB)


def ended(page: Page) -> None:
    expect(page.locator(".job-line .badge--ok")).to_be_visible()


def to_review(page: Page) -> None:
    page.locator("a.cell", has=page.locator(".badge--warn")).first.click()
    expect(page.locator(".segment--needs_review")).to_have_count(1)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1][0]}-{look[2]}")
def test_the_pages_fit_and_are_accessible(
    service: Service, model: BilingualModel, open_page: Open, shot: Shot, look: tuple
) -> None:
    language, size, scheme = look
    page = open_page(language=language, size=size, scheme=scheme)
    name = f"{language}-{size[0]}-{scheme}"
    page.goto("/localize")
    shot(page, f"localize-empty-{name}")
    assert (overflow(page), serious(page)) == (0, [])
    page.locator(".empty .button--primary").click()
    page.locator(".more-choices summary").click()
    shot(page, f"localize-new-{name}")
    assert (overflow(page), serious(page)) == (0, [])
    model.hold()
    begin(page, "en", "ja", "de")
    expect(page.locator(".job-counts li")).to_have_count(4)
    shot(page, f"localize-running-{name}")
    assert (overflow(page), serious(page)) == (0, [])
    model.go()
    ended(page)
    shot(page, f"localize-done-{name}")
    assert (overflow(page), serious(page)) == (0, [])
    to_review(page)
    shot(page, f"localize-segments-{name}")
    assert (overflow(page), serious(page)) == (0, [])
    page.goto("/localize")
    shot(page, f"localize-list-{name}")
    assert (overflow(page), serious(page)) == (0, [])


def test_the_grid_fills_in_place_and_outlives_leaving(service: Service, model: BilingualModel, page_en: Page) -> None:
    model.hold()
    begin(page_en, "en", "ja")
    address = page_en.url
    expect(page_en.locator("a.cell")).to_have_count(4)
    cell = page_en.locator("#cell-4")
    before = cell.bounding_box()
    cell.focus()
    page_en.goto("/")
    page_en.goto(address)
    cell.focus()
    model.go()
    ended(page_en)
    assert cell.bounding_box() == before, "the grid moved while it filled"
    assert page_en.evaluate("document.activeElement.id") == "cell-4", "the keyboard lost its place"
    expect(page_en.get_by_role("button", name="Pause")).to_have_count(0)


def test_pause_resume_and_cancel(service: Service, model: BilingualModel, open_page: Open) -> None:
    page = open_page(language="en", role="author")
    model.hold()
    begin(page)
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".job-why")).to_have_text("paused by 林晓")
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.locator("summary", has_text="Cancel the job").click()
    page.get_by_role("button", name="Cancel this job").click()
    expect(page.locator(".job-line .badge")).to_have_text("Cancelled")
    model.go()


def test_an_edit_by_keyboard_is_checked_and_goes_into_the_file(
    service: Service, model: BilingualModel, page_en: Page, shot: Shot
) -> None:
    begin(page_en)
    ended(page_en)
    to_review(page_en)
    first = page_en.locator(".segment").first
    expect(first).to_have_class(re.compile("needs_review"))
    expect(first.locator(".segment-findings .is-error").first).to_be_visible()
    field = first.locator("textarea")
    field.focus()
    field.fill(RIGHT.replace(" 2 ", " 3 "))
    page_en.keyboard.press("Control+Enter")
    expect(first.get_by_role("status")).to_contain_text("still has errors")
    assert page_en.evaluate("document.activeElement.tagName") == "TEXTAREA"
    shot(page_en, "localize-edit-held-en")
    field.fill(RIGHT)
    page_en.keyboard.press("Control+Enter")
    expect(first.get_by_role("status")).to_contain_text("released")
    page_en.keyboard.press("Alt+ArrowDown")
    assert page_en.evaluate("document.activeElement.id") == page_en.locator("textarea").nth(1).get_attribute("id")
    with page_en.expect_download() as waited:
        page_en.get_by_role("link", name="Download").click()
    assert waited.value.suggested_filename == "case.en.md"
    assert RIGHT in waited.value.path().read_text("utf-8")


def test_a_lost_link_is_told_and_nothing_typed_is_lost(
    service: Service, model: BilingualModel, page_zh: Page, shot: Shot
) -> None:
    begin(page_zh)
    ended(page_zh)
    to_review(page_zh)
    segment = page_zh.locator(".segment", has=page_zh.locator(".code"))
    segment.locator("textarea").fill("See the guide.")
    segment.get_by_role("button", name="保存").click()
    expect(segment.get_by_role("alert")).to_be_visible()
    expect(segment.locator("textarea")).to_have_value("See the guide.")
    shot(page_zh, "localize-edit-refused-zh")


def test_two_people_at_one_segment(service: Service, model: BilingualModel, open_page: Open) -> None:
    one, other = open_page(language="en"), open_page(language="en", role="editor")
    begin(one)
    ended(one)
    to_review(one)
    other.goto(one.url)
    for page, text in ((one, RIGHT), (other, f"{RIGHT} Mine.")):
        page.locator("textarea").first.fill(text)
        page.locator(".segment-actions button").first.click()
    expect(other.get_by_role("alert")).to_contain_text("Somebody changed this segment meanwhile")
    expect(other.locator("textarea").first).to_have_value(f"{RIGHT} Mine.")


def test_right_all_the_same_is_for_those_who_may_approve(
    service: Service, model: BilingualModel, open_page: Open
) -> None:
    author, approver = open_page(language="en", role="author"), open_page(language="en", role="approver")
    begin(author)
    ended(author)
    to_review(author)
    expect(author.locator(".anyway")).to_have_count(0)
    approver.goto(author.url)
    approver.locator(".anyway summary").click()
    approver.locator("[name=reason]").fill("The source is wrong, the customer confirmed 20")
    approver.locator(".segment-actions button").first.click()
    expect(approver.locator(".segment").first).to_contain_text("the customer confirmed 20")
    expect(approver.locator(".segment").first.get_by_role("status")).to_contain_text("released")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["320", "2560"])
def test_it_works_without_scripts(
    service: Service, model: BilingualModel, open_page: Open, size: tuple[int, int]
) -> None:
    page = open_page(language="en", size=size, java_script_enabled=False)
    begin(page)
    for _ in range(50):
        if page.locator(".job-line .badge--ok").count():
            break
        page.reload()
    to_review(page)
    page.locator("textarea").first.fill("")
    page.locator(".segment-actions button").first.click()
    expect(page.get_by_role("alert")).to_contain_text("is empty")
    page.locator("textarea").first.fill(RIGHT)
    page.locator(".segment-actions button").first.click()
    expect(page.locator("#notices")).to_contain_text("saved and released")
    expect(page.locator(".segment--needs_review")).to_have_count(0)


def test_a_viewer_reads_and_changes_nothing(service: Service, model: BilingualModel, open_page: Open) -> None:
    begin(author := open_page(language="en"))
    ended(author)
    viewer = open_page(language="en", role="viewer")
    viewer.goto(author.url)
    to_review(viewer)
    expect(viewer.locator("textarea")).to_have_count(0)
    viewer.goto("/localize")
    expect(viewer.get_by_role("link", name="Localize files")).to_have_count(0)


def test_a_review_goes_out_and_comes_back(service: Service, model: BilingualModel, page_zh: Page, shot: Shot) -> None:
    begin(page_zh)
    ended(page_zh)
    with page_zh.expect_download() as waited:
        page_zh.get_by_role("link", name=re.compile("XLIFF")).click()
    edited = waited.value.path().read_bytes().replace(b"20 times", b"3 times")
    page_zh.locator("#review").set_input_files({"name": "back.xlf", "mimeType": "text/xml", "buffer": edited})
    page_zh.get_by_role("button", name="收下改动").click()
    expect(page_zh.locator(".review-back")).to_contain_text("收下 1 处改动")
    shot(page_zh, "localize-review-back-zh")
    edited = edited.replace(b"3 times", b"2 times")
    page_zh.locator("#review").set_input_files({"name": "back.xlf", "mimeType": "text/xml", "buffer": edited})
    page_zh.get_by_role("button", name="收下改动").click()
    expect(page_zh.locator("#notices")).to_contain_text("收下 1 处改动")
