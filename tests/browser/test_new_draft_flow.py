"""From nothing to a draft: the sample company, a form, what is wrong with it, the questions that come back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from chromium import NARROW, overflow, serious
from playwright.sync_api import Page, expect
from walked_service import Service, Shot

from assistant.brief import Brief
from assistant.settings import load_settings
from assistant.workspace import Workspace
from knowledge.sample import FOLDER as SAMPLE

Open = Callable[..., Page]

DRAFT = re.compile(r"/drafts/d-\w+$")


@pytest.fixture
def empty_home(tmp_path: Path) -> Path:
    home = tmp_path / "empty-home"
    with Workspace.create(load_settings({"KOUJING_HOME": str(home), "KOUJING_MODEL": "extractive"}))[0]:
        return home


class TestFromNothing:
    @pytest.fixture
    def browser_home(self, empty_home: Path) -> Path:
        return empty_home

    @pytest.mark.slow
    def test_a_newcomer_gets_a_draft_by_what_the_pages_say(self, open_page: Open, shot: Shot) -> None:
        page = open_page(language="en")
        page.goto("/")
        expect(page.locator(".empty p")).to_contain_text("The library is empty")
        assert serious(page) == []
        shot(page, "empty-library-en")
        page.set_default_timeout(180_000)  # every sentence of the sample is embedded
        page.get_by_role("button", name="Try it with the sample company").click()
        expect(page.locator(".notice--ok")).to_contain_text("entries", timeout=180_000)
        page.get_by_role("link", name="Customer success story").click()
        page.get_by_label("Which case?").fill("case-elevator-en")
        page.get_by_role("button", name="Start writing").click()
        expect(page).to_have_url(DRAFT)
        page.goto("/drafts")
        expect(page.locator(".list-row")).to_have_count(1)
        shot(page, "drafts-one-en")

    def test_who_may_not_import_is_told_whom_to_ask(self, open_page: Open, service: Service) -> None:
        service.sign_in("admin")
        page = open_page(role="author", language="zh")
        page.goto("/")
        expect(page.locator(".empty")).to_contain_text("请能改资料库的同事")
        expect(page.get_by_role("button", name="样例公司")).to_have_count(0)
        page.goto("/drafts")
        expect(page.get_by_text("还没有稿件")).to_be_visible()


def test_what_is_missing_is_said_beside_its_field(page_zh: Page, shot: Shot) -> None:
    page = page_zh
    page.goto("/drafts/new?template=success_story")
    page.get_by_label("想突出哪一点").fill("停机时间")
    page.get_by_role("button", name="开始写").click()
    case = page.get_by_label("写哪一个案例")
    expect(case).to_be_focused()
    expect(case).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#field-case-error")).to_have_text("这一项要填。")
    expect(page.get_by_label("想突出哪一点")).to_have_value("停机时间")
    assert serious(page) == []
    shot(page, "form-wrong-zh")
    case.fill("没有这个案例")
    page.get_by_role("button", name="开始写").click()
    expect(page.locator("#field-case-error")).to_contain_text("没有")
    case.fill("case-elevator")
    page.get_by_role("button", name="开始写").click()
    expect(page).to_have_url(DRAFT)
    page.goto("/drafts/new?template=success_story")
    expect(page.get_by_label("写哪一个案例")).to_have_value("")  # what was typed has become a draft


def test_entries_are_offered_as_one_types(page_en: Page) -> None:
    page_en.goto("/drafts/new?template=success_story")
    with page_en.expect_response(re.compile(r"/drafts/new/entries.*words=water")) as answered:
        page_en.get_by_label("Which case?").press_sequentially("water", delay=10)
    assert "case-water" in answered.value.text()
    assert "elevator" not in answered.value.text()


def test_a_document_may_be_a_file(page_en: Page, tmp_path: Path) -> None:
    minutes = tmp_path / "..%2Fminutes.md"
    shutil.copy(sorted((SAMPLE / "transcripts").glob("*.en.*"))[0], minutes)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    page_en.goto("/drafts/new?template=meeting_minutes")
    page_en.locator("input[type=file]").set_input_files(broken)
    page_en.get_by_role("button", name="Start writing").click()
    expect(page_en.locator(".field-error").first).to_contain_text("could not be read")
    page_en.locator("input[type=file]").set_input_files(minutes)
    page_en.get_by_role("button", name="Start writing").click()
    expect(page_en).to_have_url(DRAFT)


def test_open_questions_come_back_as_a_form(service: Service, page_en: Page, shot: Shot) -> None:
    page = page_en
    asked = service.workspace.draft(Brief("success_story", {}, locale="zh-CN"), by="Anna")
    page.goto(f"/drafts/{asked.id}/questions")
    expect(page.get_by_label("Which case?")).to_be_visible()  # in the language of the page, not of the draft
    expect(page.locator("[aria-invalid=true]")).to_have_count(0)  # nothing was said yet, so nothing is wrong
    assert serious(page) == []
    shot(page, "questions-en")
    page.get_by_role("button", name="Answer and start writing").click()
    expect(page.locator(".field-error")).to_have_text("This is needed.")
    page.get_by_label("Which case?").fill("case-elevator")
    page.get_by_role("button", name="Answer and start writing").click()
    expect(page).to_have_url(DRAFT)
    page.goto(f"/drafts/{asked.id}/questions")  # nothing is asked any more
    expect(page).to_have_url(DRAFT)


def test_the_list_is_narrowed_and_paged(service: Service, page_en: Page, shot: Shot) -> None:
    for number in range(32):
        inputs = {"case": "case-elevator-en"} if number == 0 else {}
        service.workspace.draft(Brief("success_story", inputs, locale="en"), by="Anna")
    page_en.goto("/drafts")
    expect(page_en.locator(".list-row")).to_have_count(30)
    shot(page_en, "drafts-en")
    page_en.get_by_role("link", name="Older").click()
    expect(page_en.locator(".list-row")).to_have_count(2)
    page_en.goto("/drafts")
    page_en.get_by_label("State").select_option("draft")
    expect(page_en).to_have_url(re.compile("state=draft"))
    expect(page_en.locator(".list-row")).to_have_count(1)
    page_en.goto("/drafts?words=no+such+words")
    expect(page_en.get_by_text("No draft fits.")).to_be_visible()
    page_en.goto("/")
    expect(page_en.get_by_role("heading", name="Questions to answer")).to_be_visible()
    shot(page_en, "start-busy-en")


def test_hostile_text_stays_text(service: Service, open_page: Open) -> None:
    page = open_page(language="en", size=NARROW)
    words = '<script>window.hit=1</script><img src=x onerror="window.hit=1"> javascript:alert(1) \u202eevil 😀'
    page.goto("/drafts/new?template=success_story")
    page.get_by_label("Which point should stand out?").fill(words + "x" * 400)
    page.get_by_role("button", name="Start writing").click()
    expect(page.locator(".field-error")).to_have_count(1)
    assert page.evaluate("window.hit") is None
    assert overflow(page) == 0
    page.goto(f"/drafts?words={words.replace('#', '').replace('&', '')}")
    assert page.evaluate("window.hit") is None
    assert overflow(page) == 0
