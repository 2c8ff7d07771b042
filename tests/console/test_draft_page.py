"""The page of a draft as it is served: what stands on it, what a change swaps, what a refusal says. No browser here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from planted_draft import changed, paragraph_with, planted, sound
from starlette.testclient import TestClient

from api.access.invitations import Invitations, accept
from api.access.people import Persons
from api.access.sign_ins import COOKIE
from api.app import create_app
from assistant.brief import Brief
from assistant.draft import Draft
from assistant.governance import Governance
from assistant.publishing.kept import finding_ids
from assistant.settings import Settings
from assistant.workspace import Workspace

EVIL = "<script>alert(1)</script> [x](javascript:alert(2)) \u202eltr"


ADMIN = "陈立"


@pytest.fixture
def client(sample: Workspace) -> Iterator[TestClient]:
    """An administrator at the pages."""
    now = sample.settings.now()
    token = Invitations(sample.database, sample.name).first(now)
    _, signed_in = accept(Persons(sample.database), token, "admin", ADMIN, "correct horse battery staple", now)
    settings = Settings({**sample.settings.values, "secret": "a secret of the tests, long enough"})
    with TestClient(create_app(settings, sample, loopback=True), base_url="http://127.0.0.1:8420") as client:
        client.headers["accept-language"] = "zh"
        client.cookies.set(COOKIE, signed_in)
        found = re.search(r'"X-CSRF-Token": "([^"]+)"', client.get("/drafts").text)
        assert found
        client.headers["x-csrf-token"] = found[1]
        yield client


def htmx(client: TestClient, address: str, **data: object) -> object:
    return client.post(address, data=data, headers={"HX-Request": "true"}, follow_redirects=False)


def swapped(html: str) -> set[str]:
    """The ids of the parts that an answer swaps."""
    return set(re.findall(r'id="([^"]+)"[^>]*hx-swap-oob="true"', html))


def finding(draft: Draft, check: str) -> str:
    """The id of the first finding of a check."""
    return next(id_ for id_, found in zip(finding_ids(draft), draft.findings, strict=True) if found.check == check)


def test_every_claim_has_a_card_that_says_who_approved_its_source(client: TestClient, sample: Workspace) -> None:
    draft = planted(sample)
    html = client.get(f"/drafts/{draft.id}").text
    marks = re.findall(r'aria-describedby="(c-[^"]+)"', html)
    assert len(marks) > 30
    assert all(html.count(f'id="{card}"') == 1 for card in marks)
    for verdict in ("supported", "contradicted", "unsupported", "qualifier_changed"):
        assert re.search(rf'class="claim [^"]*\b{verdict}\b', html), verdict
    assert '<mark class="carries">38 分钟</mark>' in html
    assert "/library/case-elevator?version=1" in html
    assert "sample 于" in html
    assert "复核期限" in html


def test_the_page_speaks_the_readers_language_and_the_text_its_own(client: TestClient, sample: Workspace) -> None:
    draft = planted(sample)
    html = client.get(f"/drafts/{draft.id}", headers={"accept-language": "en"}).text
    assert "Submit for approval" in html
    assert "Figure contradicts the source" in html
    assert re.search(r'id="sheet" lang="zh-CN"', html)


def test_what_stands_in_text_and_findings_stays_text(client: TestClient, sample: Workspace) -> None:
    draft = sound(sample)
    target = paragraph_with(draft, "6,200")

    def evil(p: object) -> object:
        return replace(p, text=f"{EVIL} 9999 台 {p.text}") if p.id == target.id else p

    draft = changed(sample, draft, evil)
    html = client.get(f"/drafts/{draft.id}").text
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert 'href="javascript' not in html
    assert "\u202e" not in html
    look = htmx(client, f"/drafts/{draft.id}/paragraphs/{target.id}/look", after=draft.version, text=EVIL).text
    assert "<script>alert" not in look


def test_an_edit_swaps_its_paragraph_and_no_other(client: TestClient, sample: Workspace) -> None:
    draft = sound(sample)
    target = paragraph_with(draft, "31% 降至 12%")
    answer = htmx(
        client,
        f"/drafts/{draft.id}/paragraphs/{target.id}",
        after=draft.version,
        text=target.text.replace("12%", "21%"),
    )
    assert answer.status_code == 200
    assert swapped(answer.text) >= {f"p-{target.id}", f"cards-{target.id}", "findings", "draft-head"}
    assert {part for part in swapped(answer.text) if part.startswith("p-")} == {f"p-{target.id}"}
    assert re.search(r'class="claim loud [^"]*"[^>]*>21%', answer.text)
    assert answer.headers["hx-trigger"] == '{"koujing:version": {"version": 2}}'
    assert sample.drafts.get(draft.id).version == 2


def test_without_scripts_a_form_leads_back_to_the_paragraph(client: TestClient, sample: Workspace) -> None:
    draft = sound(sample)
    target = paragraph_with(draft, "6,200")
    page = client.get(f"/drafts/{draft.id}?edit={target.id}").text
    assert re.search(rf'<textarea[^>]*id="t-{target.id}"', page)
    answer = client.post(
        f"/drafts/{draft.id}/paragraphs/{target.id}",
        data={"after": draft.version, "text": "上线一切顺利。"},
        follow_redirects=False,
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"/drafts/{draft.id}#p-{target.id}")


def test_a_change_of_another_paragraph_is_no_conflict(client: TestClient, sample: Workspace) -> None:
    draft = sound(sample)
    mine, theirs = paragraph_with(draft, "31% 降至 12%"), paragraph_with(draft, "2024 年 9 月")
    sample.edit(draft.id, theirs.id, theirs.text.replace("9 月", "10 月"), by="周敏")
    answer = htmx(
        client, f"/drafts/{draft.id}/paragraphs/{mine.id}", after=draft.version, text=mine.text + "一切顺利。"
    )
    assert answer.status_code == 200
    assert {f"p-{mine.id}", f"p-{theirs.id}"} <= swapped(answer.text)
    now = sample.drafts.get(draft.id)
    assert paragraph_with(now, "一切顺利").id == mine.id
    assert paragraph_with(now, "2024 年 10 月启动").id == theirs.id


def test_two_texts_for_one_paragraph_are_both_shown_and_none_is_lost(client: TestClient, sample: Workspace) -> None:
    draft = sound(sample)
    target = paragraph_with(draft, "31% 降至 12%")
    sample.edit(draft.id, target.id, "周敏的文字。", by="周敏")
    answer = htmx(client, f"/drafts/{draft.id}/paragraphs/{target.id}", after=draft.version, text="我的<b>文字。")
    assert answer.status_code == 409
    assert "周敏的文字。" in answer.text
    assert "我的&lt;b&gt;文字。" in answer.text
    assert "周敏 在您编辑时" in answer.text
    plain = client.post(
        f"/drafts/{draft.id}/paragraphs/{target.id}", data={"after": draft.version, "text": "我的文字。"}
    )
    assert plain.status_code == 409
    assert "<html" in plain.text
    assert "我的文字。" in plain.text


def test_looking_keeps_nothing(client: TestClient, sample: Workspace) -> None:
    draft = sound(sample)
    target = paragraph_with(draft, "31% 降至 12%")
    address = f"/drafts/{draft.id}/paragraphs/{target.id}/look"
    answer = htmx(client, address, after=draft.version, text=target.text.replace("12%", "21%"))
    assert re.search(r'class="claim loud [^"]*"[^>]*>21%', answer.text)
    assert sample.drafts.get(draft.id).version == draft.version


def test_mending_puts_the_figure_right_even_from_an_older_page(client: TestClient, sample: Workspace) -> None:
    draft = planted(sample)
    key = finding(draft, "number_contradicted")
    elsewhere = paragraph_with(draft, "2024 年 9 月")
    sample.edit(draft.id, elsewhere.id, elsewhere.text + "之后一切顺利。", by="周敏")
    answer = htmx(client, f"/drafts/{draft.id}/mend", after=draft.version, finding=key)
    assert answer.status_code == 200
    now = sample.drafts.get(draft.id)
    assert paragraph_with(now, "95 分钟降至 38 分钟，困人")
    assert f"p-{elsewhere.id}" in swapped(answer.text)


def test_a_kept_warning_folds_away_with_who_and_why(client: TestClient, sample: Workspace) -> None:
    draft = planted(sample)
    key = finding(draft, "superlative_unproven")
    answer = htmx(client, f"/drafts/{draft.id}/keep", after=draft.version, finding=key, reason="引自客户官网")
    kept = answer.text.split('<details class="kept">')[1]
    assert "引自客户官网" in kept
    assert f'id="f-{key}"' not in answer.text
    refused = htmx(
        client,
        f"/drafts/{draft.id}/keep",
        after=draft.version + 1,
        finding=finding(draft, "number_contradicted"),
        reason="x",
    )
    assert refused.status_code == 409


def test_a_section_that_a_person_edited_asks_before_it_is_written_again(client: TestClient, sample: Workspace) -> None:
    draft = sound(sample)
    target = paragraph_with(draft, "31% 降至 12%")
    draft = sample.edit(draft.id, target.id, "人写的一句话。", by="周敏")
    section = next(section.id for section, p in draft.paragraphs() if p.id == target.id)
    address = f"/drafts/{draft.id}/sections/{section}/rewrite"
    asked = htmx(client, address, after=draft.version)
    assert (asked.status_code, asked.headers["hx-retarget"]) == (409, "#ask")
    written = htmx(client, address, after=draft.version, force="true")
    assert written.status_code == 200
    assert "sheet-text" in swapped(written.text) or f"s-{section}" in swapped(written.text)
    assert not [p for _, p in sample.drafts.get(draft.id).paragraphs() if p.text == "人写的一句话。"]


def test_approving_shows_the_label_and_what_is_missing(client: TestClient, sample: Workspace) -> None:
    draft = planted(sample)
    asked = client.get(f"/drafts/{draft.id}/approve").text
    assert "本内容由人工智能辅助生成" in asked
    assert "批准前还缺" in asked
    assert "number_contradicted" not in asked
    refused = client.post(f"/drafts/{draft.id}/approve", data={"version": draft.version}, follow_redirects=False)
    assert refused.status_code == 409
    assert sample.status(draft.id).state == "draft"
    good = sound(sample)
    assert "什么都不缺" in client.get(f"/drafts/{good.id}/approve").text
    done = client.post(f"/drafts/{good.id}/approve", data={"version": good.version}, follow_redirects=False)
    assert done.status_code == 303
    assert sample.status(good.id).state == "approved"


def test_a_version_that_nobody_looked_at_is_not_approved(client: TestClient, sample: Workspace) -> None:
    draft = sound(sample)
    target = paragraph_with(draft, "6,200")
    sample.edit(draft.id, target.id, target.text + "一切顺利。", by="周敏")
    refused = client.post(f"/drafts/{draft.id}/approve", data={"version": draft.version}, follow_redirects=False)
    assert refused.status_code == 409
    assert sample.status(draft.id).approved_version is None


def test_four_eyes_are_explained_to_an_author(client: TestClient, sample: Workspace) -> None:
    governance = Governance(sample.database, sample.name)
    governance.choose("four_eyes", True, "陈立", sample.settings.now())
    mine, other = sound(sample, by=ADMIN), sound(sample)
    assert "请交给另一位审批人" in client.get(f"/drafts/{mine.id}/approve").text
    assert "您没有参与撰写" in client.get(f"/drafts/{other.id}/approve").text


def test_an_export_is_refused_with_its_list_and_let_pass_with_a_reason(client: TestClient, sample: Workspace) -> None:
    draft = planted(sample)
    asked = client.get(f"/drafts/{draft.id}/export").text
    assert "还没有批准过的版本" in asked
    assert 'name="override"' in asked
    data = {"form": "markdown", "version": draft.version}
    refused = client.post(f"/drafts/{draft.id}/export", data=data)
    assert refused.status_code == 409
    assert "还没有批准过的版本" in refused.text
    passed = client.post(f"/drafts/{draft.id}/export", data={**data, "override": "客户今晚要看"})
    assert passed.status_code == 200
    assert passed.headers["content-disposition"].startswith("attachment")


def test_an_approved_draft_leaves_in_every_form(client: TestClient, sample: Workspace) -> None:
    draft = sound(sample)
    sample.approve(draft.id, by="陈立")
    for form in ("markdown", "html", "docx", "text", "wechat"):
        answer = client.post(f"/drafts/{draft.id}/export", data={"form": form, "version": draft.version})
        assert answer.status_code == 200, form
        assert answer.content, form
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"


def test_a_fact_that_changed_is_named_on_top(client: TestClient, sample: Workspace) -> None:
    draft = sound(sample)
    sample.library.entries.retire("case-elevator", "陈立", sample.settings.now(), reason="改版")
    html = client.get(f"/drafts/{draft.id}").text
    assert "case-elevator 已退役" in html.split('id="stale"')[1].split('id="sheet"')[0]


def test_versions_are_compared_and_brought_back(client: TestClient, sample: Workspace) -> None:
    draft = sound(sample)
    target = paragraph_with(draft, "31% 降至 12%")
    sample.edit(draft.id, target.id, target.text.replace("12%", "21%"), by="周敏")
    html = client.get(f"/drafts/{draft.id}/versions").text
    assert re.search(r"<del>12%?</del>", html)
    assert re.search(r"<ins>21%?</ins>", html)
    old = client.get(f"/drafts/{draft.id}?version=1").text
    assert "您看的是第 1 稿" in old
    assert "data-edit" not in old
    back = client.post(f"/drafts/{draft.id}/restore", data={"version": 1, "after": 2}, follow_redirects=False)
    assert back.headers["location"] == f"/drafts/{draft.id}"
    assert paragraph_with(sample.drafts.get(draft.id), "12%")


def test_the_history_says_who_did_what_and_why(client: TestClient, sample: Workspace) -> None:
    draft = sound(sample)
    sample.submit(draft.id, by="林晓")
    sample.request_changes(draft.id, by="陈立", reason="标题太长")
    html = client.get(f"/drafts/{draft.id}/history").text
    assert "陈立" in html
    assert "标题太长" in html
    assert "退回修改" in html


@pytest.mark.parametrize("part", ["", "/versions", "/history", "/approve", "/export", "/changes?since=1"])
def test_a_draft_that_is_not_there_is_not_found(client: TestClient, part: str) -> None:
    assert client.get(f"/drafts/d-0000000000{part}").status_code == 404


def test_an_impossible_form_is_refused_in_a_line(client: TestClient, sample: Workspace) -> None:
    draft = sound(sample)
    target = paragraph_with(draft, "6,200")
    address = f"/drafts/{draft.id}/paragraphs/{target.id}"
    assert htmx(client, address, after="x", text="a").status_code == 422
    assert htmx(client, address, after=999, text="a").status_code == 404
    assert htmx(client, address, after=1, text="a\x00b").status_code == 422
    assert htmx(client, address, after=1, text="长" * 20_001).status_code == 422
    assert htmx(client, f"/drafts/{draft.id}/mend", after=1, finding="f0000000000").status_code == 404
    assert sample.drafts.get(draft.id).version == 1


def test_the_claim_table_of_a_localized_text_follows_its_edits(client: TestClient, sample: Workspace) -> None:
    draft = sample.draft(Brief("localized_copy", {"text": "节省 230 万美元。"}, "en"))
    [paragraph] = [p for _, p in draft.paragraphs()]
    page = client.get(f"/drafts/{draft.id}").text
    assert "原文的事实到译文" in page
    assert re.search(r"230 万美元.*缺失", page, re.DOTALL)
    answer = htmx(
        client, f"/drafts/{draft.id}/paragraphs/{paragraph.id}", after=draft.version, text="It saves US$2.3 million."
    ).text
    assert "claim-table" in swapped(answer)
    table = answer[answer.index('id="claim-table"') :]
    assert "保留" in table
    assert "缺失" not in table


def test_a_text_that_was_not_localized_has_no_claim_table(client: TestClient, sample: Workspace) -> None:
    assert "原文的事实到译文" not in client.get(f"/drafts/{sound(sample).id}").text
