"""The page of a draft in a real browser: evidence by mouse and by keyboard, words changed where they stand, nothing
lost, nothing that jumps."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from chromium import NARROW, NORMAL, WIDE, overflow, screens, serious
from planted_draft import changed, paragraph_with, planted, sound
from playwright.sync_api import Page, expect
from walked_service import Service, Shot

from assistant.draft import Draft, Paragraph

Open = Callable[..., Page]

SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize(("language", "locale", "words"), [("zh", "zh-CN", "38 分钟"), ("en", "en", "38 minutes")])
def test_pointing_at_a_claim_shows_the_words_that_carry_it(
    service: Service, open_page: Open, language: str, locale: str, words: str
) -> None:
    draft = planted(service.workspace, locale)
    page = open_page("viewer", language)
    page.goto(f"/drafts/{draft.id}")
    mark = page.locator("#sheet .claim.contradicted").first
    mark.hover()
    card = page.locator(f"#{mark.get_attribute('aria-describedby')}")
    expect(card).to_be_visible()
    expect(card.locator(".carries").first).to_have_text(words)
    expect(card.locator("a").first).to_have_attribute("href", re.compile(r"/library/case-elevator.*\?version=1"))
    # A viewer reads and changes nothing.
    expect(page.locator(".para-edit, [data-save], .finding-actions button")).to_have_count(0)


def test_a_click_pins_and_evidence_lights_what_rests_on_it(service: Service, open_page: Open) -> None:
    draft = planted(service.workspace)
    page = open_page("author")
    page.goto(f"/drafts/{draft.id}")
    first, other = page.locator("#sheet .claim.quiet:not(.tick)").nth(0), page.locator("#sheet .claim.loud").first
    first.click()
    card = page.locator(f"#{first.get_attribute('aria-describedby')}")
    other.hover()
    expect(card).to_be_visible()
    card.locator(".quote").hover()
    rests = first.get_attribute("data-rests")
    lit = page.locator("#sheet .claim.is-lit")
    assert lit.count() > 1
    assert {mark.get_attribute("data-rests") for mark in lit.all()} == {rests}
    first.click()
    other.hover()
    expect(card).to_be_hidden()


def test_the_keyboard_alone_reads_and_edits(service: Service, open_page: Open) -> None:
    draft = planted(service.workspace)
    page = open_page("author")
    page.goto(f"/drafts/{draft.id}")
    page.keyboard.press("n")
    mark = page.locator("#sheet .claim:focus")
    expect(mark).to_have_class(re.compile(r"\bloud\b"))
    expect(page.locator(f"#{mark.get_attribute('aria-describedby')}")).to_be_visible()
    before = mark.get_attribute("id")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("#sheet .claim:focus")).to_have_id(before or "")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(f"#{before}").focus()
    page.keyboard.press("Enter")
    field = page.locator("#sheet textarea:focus")
    expect(field).to_be_visible()
    page.keyboard.type("，")
    page.keyboard.press("Escape")
    expect(page.locator("#sheet .editor")).to_have_count(0)
    assert service.workspace.drafts.get(draft.id).version == draft.version


def test_a_wrong_figure_turns_loud_and_its_mend_turns_it_quiet(service: Service, open_page: Open, shot: Shot) -> None:
    draft = sound(service.workspace)
    target = paragraph_with(draft, "95 分钟降至 38 分钟，困人")
    page = open_page("author")
    page.add_init_script(SHIFTS)
    page.goto(f"/drafts/{draft.id}")
    para = page.locator(f"#p-{target.id}")
    para.scroll_into_view_if_needed()
    para.locator(".para-edit").click()
    field = page.locator(f"#t-{target.id}")
    field.fill(target.text.replace("38 分钟", "83 分钟"))
    # While it is still a field the checks have their say.
    expect(para.locator(".editor-ghost .claim.loud")).to_have_text("83 分钟")
    shot(page, "draft-editing-zh")
    scrolled = page.evaluate("scrollY")
    page.keyboard.press("Control+Enter")
    loud = para.locator(".words .claim.contradicted")
    expect(loud).to_have_text("83 分钟")
    expect(page.locator("#findings-title .count")).to_have_text("1")
    assert page.evaluate("scrollY") == scrolled
    mend = page.locator(".finding button", has_text="改正")
    expect(page.locator(".mend")).to_contain_text("38 分钟")
    mend.click()
    expect(loud).to_have_count(0)
    expect(para.locator(".words .claim.quiet", has_text="38 分钟")).to_be_visible()
    expect(page.locator("#findings-title .count")).to_have_text("0")
    assert page.evaluate("window.shifts") < 0.01
    assert paragraph_with(service.workspace.drafts.get(draft.id), "38 分钟，困人")


def test_leaving_a_field_saves_it_and_a_button_pressed_meanwhile_is_not_lost(service: Service, open_page: Open) -> None:
    draft = planted(service.workspace)
    target = paragraph_with(draft, "2024 年 9 月")
    page = open_page("author")
    page.goto(f"/drafts/{draft.id}")
    page.locator(f"#p-{target.id} .para-edit").click()
    page.locator(f"#t-{target.id}").fill(target.text + "之后一切顺利。")
    page.locator(".finding button", has_text="改正").first.click()
    expect(page.locator("#draft")).to_have_attribute("data-version", str(draft.version + 2))
    now = service.workspace.drafts.get(draft.id)
    assert paragraph_with(now, "之后一切顺利")
    assert len(now.findings) < len(draft.findings)


def test_a_gap_is_filled_where_it_stands(service: Service, open_page: Open, shot: Shot) -> None:
    draft = planted(service.workspace, gap=True)
    page = open_page("author")
    page.goto(f"/drafts/{draft.id}")
    gap = page.get_by_label("待补充：客户方项目负责人的一句话评价")
    gap.scroll_into_view_if_needed()
    shot(page, "draft-gap-zh")
    gap.fill("“以前是业主先知道电梯停了，我们后知道。”——维保运营总监")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".editor--gap")).to_have_count(0)
    expect(page.locator(".sheet-quote .words")).to_contain_text("业主先知道")
    assert not [p for _, p in service.workspace.drafts.get(draft.id).paragraphs() if p.gap]


def test_two_people_at_one_paragraph_lose_nothing(service: Service, open_page: Open, shot: Shot) -> None:
    draft = sound(service.workspace)
    target = paragraph_with(draft, "31% 降至 12%")
    page = open_page("author")
    page.goto(f"/drafts/{draft.id}")
    page.locator(f"#p-{target.id} .para-edit").click()
    page.locator(f"#t-{target.id}").fill("我写的一句话。")
    service.workspace.edit(draft.id, target.id, "周敏写的一句话。", by="周敏")
    page.keyboard.press("Control+Enter")
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("周敏写的一句话。")
    expect(conflict.locator("textarea")).to_have_value("我写的一句话。")
    shot(page, "draft-conflict-zh")
    conflict.get_by_role("button", name="用我的文字").click()
    expect(page.locator(f"#p-{target.id} .words")).to_contain_text("我写的一句话。")
    assert paragraph_with(service.workspace.drafts.get(draft.id), "我写的一句话")


def test_what_is_typed_survives_a_reload_and_the_end_of_the_sign_in(service: Service, open_page: Open) -> None:
    draft = sound(service.workspace)
    target = paragraph_with(draft, "31% 降至 12%")
    page = open_page("author")
    page.goto(f"/drafts/{draft.id}")
    page.locator(f"#p-{target.id} .para-edit").click()
    page.locator(f"#t-{target.id}").fill("写到一半的句子")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#signed-out")).to_be_visible()
    expect(page.locator(f"#t-{target.id}")).to_have_value("写到一半的句子")
    page.context.add_cookies([{**cookie, "url": service.url} for cookie in map(_bare, cookies)])
    page.reload()
    expect(page.locator(f"#t-{target.id}")).to_have_value("写到一半的句子")
    page.locator(f"#t-{target.id}").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#p-{target.id} .words")).to_contain_text("写到一半的句子")
    page.reload()
    expect(page.locator("#sheet .editor")).to_have_count(0)


def test_markup_in_a_text_is_a_text(service: Service, open_page: Open) -> None:
    evil = (
        '<img src=x onerror="document.title=1"><script>document.title=1</script>[a](javascript:alert(1))\u202e 9999 台'
    )

    def planted_with(p: Paragraph) -> Paragraph:
        return replace(p, text=f"{evil}。{p.text}") if p.role == "text" else p

    draft = changed(service.workspace, sound(service.workspace), planted_with)
    page = open_page("author")
    page.goto(f"/drafts/{draft.id}")
    title = page.title()
    target = next(p for _, p in draft.paragraphs() if p.role == "text")
    for mark in page.locator(f"#p-{target.id} .claim").all()[:4]:
        mark.hover()
    page.locator(f"#p-{target.id} .para-edit").click()
    page.locator(f"#t-{target.id}").press("End")
    page.keyboard.type("<script>document.title=2</script>")
    expect(page.locator(".editor:not(.is-typing) .editor-ghost")).to_be_attached()
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#p-{target.id} .words")).to_contain_text("<script>document.title=2</script>")
    assert page.title() == title
    assert page.locator("#main img, #main script, #main a[href^='javascript']").count() == 0


def test_a_long_draft_is_ready_at_once_and_does_not_move(service: Service, open_page: Open) -> None:
    draft = service.workspace.drafts.get(_long(service).id)
    assert len(draft.claims) >= 60
    page = open_page("author")
    page.add_init_script(SHIFTS)
    page.goto(f"/drafts/{draft.id}")
    page.locator("#draft[data-scripted]").wait_for()
    for mark in page.locator("#sheet .claim.loud, #sheet .claim.quiet").all()[:8]:
        mark.hover()
    assert page.evaluate("window.shifts") < 0.01
    assert page.locator("#evidence-cards .evidence").count() >= 60


LOOKS = [
    ("zh", "zh-CN", NORMAL, "light"),
    ("en", "en", NORMAL, "light"),
    ("zh", "zh-CN", NORMAL, "dark"),
    ("en", "en", NARROW, "dark"),
    ("zh", "zh-CN", NARROW, "light"),
    ("zh", "zh-CN", WIDE, "light"),
]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[2][0]}-{look[3]}")
def test_the_page_fits_and_is_accessible(service: Service, open_page: Open, shot: Shot, look: tuple) -> None:
    language, locale, size, scheme = look
    draft = planted(service.workspace, locale, gap=True)
    page = open_page("approver", language, size, scheme)
    page.goto(f"/drafts/{draft.id}")
    expect(page.locator("h1")).to_have_count(1)
    name = f"{language}-{size[0]}-{scheme}"
    shot(page, f"draft-{name}")
    assert overflow(page) == 0
    assert serious(page) == []
    page.locator("#sheet .claim.loud").first.click()
    expect(page.locator("#evidence .evidence:not([hidden])").first).to_be_visible()
    assert _seen(page), "the words lie under their evidence"
    assert overflow(page) == 0
    assert serious(page) == []
    page.screenshot(path=screens() / f"draft-pinned-{name}.png")


def _seen(page: Page) -> bool:
    """True when the pinned claim is what lies at its place in the window."""
    there: bool = page.locator("#sheet .is-pinned").evaluate(
        "mark => { const box = mark.getClientRects()[0];"
        " return mark.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)); }"
    )
    return there


def _bare(cookie: dict) -> dict:
    return {"name": cookie["name"], "value": cookie["value"]}


def _long(service: Service) -> Draft:
    """A draft with its paragraphs twice over: more than sixty claims."""
    draft = planted(service.workspace)

    def twice(section: object) -> object:
        paragraphs = section.paragraphs  # type: ignore[attr-defined]
        again = tuple(replace(p, id=f"{p.id}0") for p in paragraphs if p.role == "text")
        return replace(section, paragraphs=paragraphs + again)  # type: ignore[type-var]

    brief = service.workspace.drafts.brief(draft.id)
    longer = replace(draft, sections=tuple(twice(section) for section in draft.sections))  # type: ignore[misc]
    kept = service.workspace.keep_version(longer, brief, after=draft.version)
    return service.workspace.recheck(kept.id)
