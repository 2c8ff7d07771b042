"""What people do in the library and with customers, in a real browser: an edit, an import, a withdrawal, with and without
scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from chromium import NARROW, NORMAL, overflow, serious
from playwright.sync_api import Page, expect
from walked_service import Service, Shot

from assistant.brief import Brief
from knowledge.reading import read_body
from knowledge.records import State
from knowledge.shelving import ToShelve

Open = Callable[..., Page]
CASE, CUSTOMER = "case-compressor", "panlan"
BOTH = pytest.mark.parametrize("language", ["zh", "en"])


@BOTH
def test_a_figure_from_edit_to_approval(service: Service, open_page: Open, shot: Shot, language: str) -> None:
    service.workspace.draft(Brief("success_story", {"case": CASE}))
    page = open_page(language=language)
    page.goto(f"/library/{CASE}")
    page.locator(f'a[href="/library/edit/{CASE}"]').click()
    text = page.locator('textarea[name="text"]')
    body = text.input_value()
    text.fill(body.replace("%", "7%", 1))
    page.reload()
    assert text.input_value() != body, "what was typed survives the page"
    page.locator(".form-actions .button--primary").click()
    expect(page.locator(".turned--some .list-row")).to_have_count(1)
    shot(page, f"flow-look-{language}")
    assert serious(page) == []
    page.locator('button[name="looked"]').click()
    page.wait_for_url("**/library/case-compressor?version=2")
    expect(page.locator(".notices .notice--ok")).to_be_visible()
    shot(page, f"flow-newer-{language}")
    page.locator(f'a[href="/library/step/approve/{CASE}"]').click()
    expect(page.locator(".turned--some .list-row")).to_have_count(1)
    shot(page, f"flow-approve-{language}")
    assert serious(page) == []
    page.locator(".form-actions .button--primary").click()
    page.wait_for_url(f"**/library/{CASE}")
    assert service.workspace.library.entries.newest(CASE).state is State.APPROVED
    shot(page, f"flow-approved-{language}")
    page.goto(f"/library/diff/{CASE}?from=1&to=2")
    expect(page.locator("ins").first).to_be_visible()
    shot(page, f"flow-diff-{language}")
    assert serious(page) == []


@BOTH
def test_two_people(service: Service, open_page: Open, shot: Shot, language: str) -> None:
    first, second = open_page("editor", language), open_page("admin", language)
    for page in (first, second):
        page.goto(f"/library/edit/{CASE}")
    first.locator('input[name="owner"]').fill("Service")
    first.locator(".form-actions .button--primary").click()
    first.wait_for_url("**?version=2")
    second.locator('textarea[name="fields.industry"]').fill("Compressors")
    second.locator(".form-actions .button--primary").click()
    expect(second.locator(".both section")).to_have_count(2)
    shot(second, f"flow-both-{language}")
    assert serious(second) == []
    second.locator('button[name="mine"]').click()
    second.wait_for_url("**?version=3")
    newest = service.workspace.library.entries.newest(CASE)
    assert (newest.owner, newest.fields["industry"]) == ("Service", "Compressors")


@BOTH
def test_a_new_entry_with_rows(service: Service, open_page: Open, shot: Shot, language: str) -> None:
    page = open_page("author", language)
    page.goto("/library/new")
    page.locator('a[href="/library/new?kind=case"]').click()
    page.locator('input[name="title"]').fill("Pumps")
    page.locator(".form-actions .button--primary").click()
    expect(page.locator(".field-error").first).to_be_visible()
    shot(page, f"flow-wrong-{language}")
    assert serious(page) == []
    for name, said in (("industry", "water"), ("pain", "stops"), ("result", "stops down 40%")):
        page.locator(f'textarea[name="fields.{name}"]').fill(said)
    page.locator('[data-records="fields.results"] [data-add-row]').click()
    for row in (0, 1):
        page.locator(f'[name="fields.results.{row}.measure"]').fill(f"Measure {row}")
        page.locator(f'[name="fields.results.{row}.after"]').fill(f"{row + 3}")
    page.locator(".form-actions .button--primary").click()
    page.wait_for_url("**/library/case-pumps-*")
    entry = next(e for e in service.workspace.library.entries.latest() if e.title == "Pumps")
    assert [row["measure"] for row in entry.fields["results"]] == ["Measure 0", "Measure 1"]


@pytest.mark.parametrize(("language", "scripts"), [("zh", True), ("en", False)])
def test_an_import(service: Service, open_page: Open, shot: Shot, tmp_path: Path, language: str, scripts: bool) -> None:
    good, bad = tmp_path / "gateway.md", tmp_path / "broken.docx"
    good.write_text("# Edge gateway\n\nThe gateway reads 87 protocols.\n", encoding="utf-8")
    bad.write_bytes(b"no document")
    case = next(e for e in service.workspace.library.entries.latest() if e.entry_id == CASE)
    again = tmp_path / f"{CASE}.md"
    again.write_text(f"# {case.title}\n\n{case.body}\n\nOne more sentence.\n", encoding="utf-8")
    page = open_page("editor", language, java_script_enabled=scripts)
    page.goto("/library/import")
    page.locator("#files").set_input_files([good, bad])
    shot(page, f"flow-import-{language}")
    page.locator(".form-actions .button--primary").click()
    page.wait_for_url("**/library/import/*")
    expect(page.locator(".import-item")).to_have_count(2)
    shot(page, f"flow-preview-{language}")
    if scripts:
        assert serious(page) == []
    page.locator(".form-actions .button--primary").click()
    expect(page.locator('a[href="/library/gateway"]')).to_be_visible()
    shot(page, f"flow-report-{language}")
    good.write_text("# Edge gateway\n\nThe gateway reads 91 protocols.\n", encoding="utf-8")
    page.goto("/library/import")
    page.locator("#files").set_input_files([good])
    page.locator(".form-actions .button--primary").click()
    page.locator(".import-diff summary").click()
    expect(page.locator(".import-diff ins")).to_contain_text("91")
    shot(page, f"flow-preview-changed-{language}")


@BOTH
def test_a_consent_and_its_end(service: Service, open_page: Open, shot: Shot, language: str) -> None:
    service.workspace.draft(Brief("success_story", {"case": CASE}))
    page = open_page("editor", language)
    page.goto(f"/customers/{CUSTOMER}")
    page.locator(f'a[href="/customers/permit/{CUSTOMER}"]').click()
    page.locator(".form-actions .button--primary").click()
    expect(page.locator(".field-error")).to_have_count(3)
    shot(page, f"flow-consent-wrong-{language}")
    assert serious(page) == []
    page.locator('input[name="use"][value="logo"]').check()
    page.locator('input[name="level"][value="public"]').check()
    page.locator('input[name="markets"]').fill("CN")
    page.locator('input[name="consented_by"]').fill("王工")
    page.locator(".form-actions .button--primary").click()
    page.wait_for_url(f"**/customers/{CUSTOMER}")
    page.locator(f'a[href="/customers/withdraw/{CUSTOMER}?use=name"]').first.click()
    expect(page.locator(".turned--some .list-row")).to_have_count(1)
    shot(page, f"flow-withdraw-{language}")
    assert serious(page) == []
    page.locator('textarea[name="reason"]').fill("letter of 12 May")
    page.locator(".button--danger").click()
    page.wait_for_url(f"**/customers/{CUSTOMER}")
    expect(page.locator(".notices .notice--warn")).to_be_visible()
    shot(page, f"flow-withdrawn-{language}")


def test_text_that_wants_to_break_the_page(service: Service, open_page: Open, shot: Shot) -> None:
    library = service.workspace.library
    entry = library.entries.newest(CASE)
    said = f"{'W' * 3000} <script>window.bad = 1</script> \u202eabc مرحبا بالعالم 😀 {'很长的标题' * 200}"
    body = f"# {'H' * 500}\n\n{'x' * 4000}\n\n<script>window.bad = 1</script> [a](javascript:alert(1))\n\n| {'t' * 300} | b |\n|---|---|\n| 1 | 2 |\n"
    odd = replace(entry, entry_id="odd", title=said, body=body, text=body, owner=said, state=State.DRAFT)
    library.shelf.shelve([ToShelve(odd, read_body("odd", body))], said)
    for size in (NORMAL, NARROW):
        page = open_page(size=size)
        for name, address in {
            "index": "/library?state=draft", "entry": "/library/odd", "edit": "/library/edit/odd",
            "step": "/library/step/approve/odd",
        }.items():  # fmt: skip
            page.goto(address)
            shot(page, f"odd-{name}-{size[0]}")
            assert overflow(page) == 0, name
            assert page.evaluate("window.bad") is None
