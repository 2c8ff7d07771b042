"""Entries edited, files imported, customers and terms kept at the pages: what is shown before, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from library_console import People, form_values, serve

from api.console.entry_form import changes_of, form_of
from api.console.library_addresses import customer_address, entry_address
from assistant.brief import Brief
from assistant.workspace import Workspace
from knowledge.composing import Proposal, compose, revise
from knowledge.kinds import kind_named
from knowledge.records import State, Use

CASE, CUSTOMER = "case-compressor", "panlan"


@pytest.fixture
def people(sample: Workspace) -> Iterator[People]:
    with serve(sample) as client:
        yield People(sample, client)


def test_a_form_that_nobody_touched_changes_nothing(sample: Workspace) -> None:
    for entry in sample.library.entries.latest():
        kind, body = kind_named(entry.kind), entry.body or entry.text
        form = form_of(kind, "zh", entry, body=body)
        posted = {name: control.value for name, control in form.properties.items()} | {"text": form.text.value}
        for control in form.fields:
            posted[control.name] = control.value
            for row in control.rows:
                posted |= {sub.name: sub.value for sub in row}
            if control.rows:
                posted[f"{control.name}.rows"] = str(len(control.rows))
        assert changes_of(kind, entry, posted, body) == {}, entry.entry_id


def test_a_figure_is_changed_only_after_what_it_turns_stale_was_shown(people: People, sample: Workspace) -> None:
    draft = sample.draft(Brief("success_story", {"case": CASE}))
    reader, address = people.reader(), entry_address(CASE, "edit")
    form = form_values(reader.get(address).text, address)
    body = form["text"]
    untouched = reader.post(address, form)
    assert untouched.status_code == 303
    assert sample.library.entries.newest(CASE).version == 1
    form["text"] = body.replace("%", "7%", 1)
    looked = reader.post(address, form)
    assert looked.status_code == 200
    assert "会让 1 篇稿件失效" in looked.text
    assert f"/drafts/{draft.id}" in looked.text
    assert sample.library.entries.newest(CASE).version == 1, "nothing is saved before it was looked at"
    assert form_values(looked.text, address)["text"].strip() == form["text"].strip(), "what was typed goes on"
    back = reader.post(address, {**form, "again": "1"})
    assert back.status_code == 200
    assert form_values(back.text, address)["text"].strip() == form["text"].strip()
    assert reader.post(address, {**form, "looked": "1"}).status_code == 303
    newest = sample.library.entries.newest(CASE)
    assert (newest.version, newest.state, sample.staleness.of()) == (2, State.DRAFT, {})
    step = entry_address(CASE, "step/approve")
    assert "会让 1 篇稿件失效" in reader.get(step).text
    assert reader.post(step, {"version": "2"}).status_code == 303
    assert set(sample.staleness.of()) == {draft.id}
    assert "已失效" in reader.get(entry_address(CASE)).text


def test_two_people_at_one_entry_lose_nothing(people: People, sample: Workspace) -> None:
    reader, address = people.reader(), entry_address(CASE, "edit")
    form = form_values(reader.get(address).text, address)
    revise(sample.library, CASE, {"owner": "新部门"}, "周敏")
    answer = reader.post(address, {**form, "fields.note": "我的备注"})
    assert answer.status_code == 409
    assert "新部门" in answer.text
    assert "我的备注" in answer.text
    put = form_values(answer.text, address)
    assert put["fields.note"].strip() == "我的备注"
    assert sample.library.entries.newest(CASE).version == 2
    revise(sample.library, CASE, {"owner": "又一个部门"}, "周敏")
    assert reader.post(address, {**put, "mine": "2"}).status_code == 409, "theirs changed once more meanwhile"
    assert reader.post(address, {**put, "mine": "3"}).status_code == 303
    newest = sample.library.entries.newest(CASE)
    assert (newest.version, newest.owner, newest.fields["note"]) == (4, "又一个部门", "我的备注")


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(people: People, sample: Workspace) -> None:
    reader = people.reader("author")
    form = {
        "kind": "contact", "title": "媒体联系人", "locale": "zh-CN", "audience": "public", "valid_until": "someday",
        "fields.email": "nobody", "fields.phone": "12",
    }  # fmt: skip
    answer = reader.post("/library/new", form)
    assert answer.status_code == 422
    for said in ("不是邮箱地址", "不是电话号码", "不是日期", 'value="nobody"', "媒体联系人"):
        assert said in answer.text, said
    assert 'id="fields.email-error"' in answer.text
    assert answer.text.count('aria-invalid="true"') >= 3
    case = reader.post("/library/new", {"kind": "case", "title": "空的", "locale": "zh-CN", "fields.results.rows": "1"})
    assert case.status_code == 422
    assert "这一类必须有" in case.text
    assert sample.library.entries.counts()[0] == 100


def test_records_texts_and_own_facts_come_back_as_they_were_typed(people: People, sample: Workspace) -> None:
    reader = people.reader("author")
    form = {
        "kind": "case", "title": "泵站", "locale": "zh-CN", "audience": "internal", "fields.industry": "水务",
        "fields.pain": "停机多", "fields.result": "停机减少 40%", "fields.products": "R200\nTingDeck",
        "fields.results.rows": "2", "fields.results.0.measure": "停机", "fields.results.0.before": "10",
        "fields.results.0.after": "6", "fields.results.1.measure": "", "fields.results.1.after": "",
    }  # fmt: skip
    assert reader.post("/library/new", form).status_code == 303
    entry = next(e for e in sample.library.entries.latest() if e.title == "泵站")
    assert entry.fields["products"] == ["R200", "TingDeck"]
    assert entry.fields["results"] == [{"measure": "停机", "before": "10", "after": "6"}]
    assert "停机由 10 变为 6" in entry.body
    company = {"kind": "company", "title": "数据", "locale": "zh-CN", "own": "专利：86 件\n网点: 31", "text": "我们。"}
    assert reader.post("/library/new", company).status_code == 303
    assert next(e for e in sample.library.entries.latest() if e.title == "数据").fields["专利"] == "86 件"


def test_import_shows_then_does(people: People, sample: Workspace) -> None:
    reader = people.reader("editor")
    files = [
        ("files", ("../../gateway.md", "# 网关\n\n网关支持 87 种协议。\n".encode())),
        ("files", ("broken.docx", b"no document")),
    ]
    sent = reader.post("/library/import", {"what": "entries", "state": "draft"}, files)
    assert sent.status_code == 303, sent.text
    token = sent.headers["location"]
    seen = reader.get(token)
    assert "新增 1" in seen.text
    assert "不能导入 1" in seen.text
    assert "网关" in seen.text
    assert sample.library.entries.counts()[0] == 100
    done = reader.post(token, form_values(seen.text, token))
    assert done.status_code == 200
    assert 'href="/library/gateway"' in done.text
    assert sample.library.entries.newest("gateway").created_by == "editor-zh"
    assert reader.get(token).headers["location"] == "/library/import", "they are gone"
    wrong = reader.post("/library/import", {"what": "glossary"}, [("files", ("terms.exe", b"x"))])
    assert wrong.status_code == 422
    assert "terms.exe" in wrong.text
    assert reader.post("/library/import", {"what": "entries", "state": "approved"}, files).status_code == 403
    assert reader.post("/library/import", {"what": "entries"}).status_code == 422


def test_what_changed_since_the_preview_is_shown_again(people: People, sample: Workspace) -> None:
    reader = people.reader("editor")
    file = [("files", ("gateway.md", "网关支持 87 种协议。\n".encode()))]
    token = reader.post("/library/import", {"what": "entries"}, file).headers["location"]
    form = form_values(reader.get(token).text, token)
    compose(sample.library, Proposal("document", title="网关", text="别的。", entry_id="gateway"), "周敏")
    assert reader.post(token, form).headers["location"] == token
    assert "有改动 1" in reader.get(token).text
    assert sample.library.entries.newest("gateway").version == 1
    assert reader.post(token, {"drop": "1"}).headers["location"] == "/library/import"


def test_registers_are_imported_too(people: People, sample: Workspace) -> None:
    reader = people.reader("editor")
    terms = "术语,语言,英文\n泵站云,zh-CN,PumpCloud\n".encode()
    token = reader.post("/library/import", {"what": "glossary"}, [("files", ("t.csv", terms))]).headers["location"]
    assert "泵站云" in reader.get(token).text
    assert reader.post(token, {}).headers["location"] == "/library/glossary"
    assert any(term.term == "泵站云" for term in sample.library.glossary.all())


def test_the_grid_says_who_may_be_named_where(people: People) -> None:
    reader = people.reader("viewer")
    html = reader.get("/customers?q=布伦哈根").text.split("<tbody>")[1]
    assert "仅代称" in html
    assert "可公开" in html
    assert "其他市场" in html
    assert "仅代称" not in reader.get("/customers?q=布伦哈根&market=EU").text.split("<tbody>")[1]
    assert "website event 渠道可公开" in reader.get("/customers?q=磐岚").text, "permitted, but not in every channel"
    later = reader.get("/customers?q=布伦哈根&market=EU&on=2099-01-01").text
    assert "可公开</span>" not in later.split("<tbody>")[1]
    assert reader.get("/customers?on=soon").status_code == 200


def test_a_consent_is_put_on_record_and_taken_back(people: People, sample: Workspace) -> None:
    draft = sample.draft(Brief("success_story", {"case": CASE}))
    reader = people.reader("editor")
    permit = customer_address(CUSTOMER, "permit")
    wrong = reader.post(permit, {"use": "logo", "until": "2001-01-01"})
    assert wrong.status_code == 422
    for said in ("选一个范围", "写明客户方谁同意的", "这一天已经过去"):
        assert said in wrong.text, said
    form = {"use": "logo", "level": "public", "markets": "cn, eu", "consented_by": "王工", "evidence": "mail 12"}
    assert reader.post(permit, form).status_code == 303
    [logo] = [p for p in sample.library.customers.get(CUSTOMER).permissions if p.use is Use.LOGO and p.evidence]
    assert (logo.markets, logo.consented_by, logo.evidence) == (("CN", "EU"), "王工", "mail 12")
    assert "已经登记过" in reader.post(permit, form).text
    withdraw = customer_address(CUSTOMER, "withdraw")
    assert f"/drafts/{draft.id}" in reader.get(f"{withdraw}?use=name").text
    assert "没有稿件会因此失效" in reader.get(f"{withdraw}?use=logo").text
    assert reader.post(withdraw, {"use": "name", "reason": ""}).status_code == 422
    assert sample.staleness.of() == {}
    assert reader.post(withdraw, {"use": "name", "reason": "客户来信"}).status_code == 303
    assert set(sample.staleness.of()) == {draft.id}
    page = reader.get(customer_address(CUSTOMER)).text
    assert "客户来信" in page
    assert "已撤回" in page


def test_names_of_a_customer(people: People, sample: Workspace) -> None:
    reader = people.reader("editor", "en")
    made = reader.post("/customers/new", {"names": "en: Blue Pump Works\nzh-CN：蓝泵", "aliases": "en: a pump maker"})
    assert made.status_code == 303
    customer = next(c for c in sample.library.customers.all() if c.names.get("en") == "Blue Pump Works")
    assert "pump" not in customer.id
    assert customer.aliases == {"en": "a pump maker"}
    edit = customer_address(customer.id, "edit")
    form = form_values(reader.get(edit).text, edit)
    assert reader.post(edit, {**form, "other_names": "BPW"}).status_code == 303
    stale = reader.post(edit, {**form, "other_names": "Blue"})
    assert stale.status_code == 409
    assert "Blue</textarea>" in stale.text
    assert sample.library.customers.get(customer.id).other_names == ("BPW",)
    assert reader.post(edit, {**form_values(stale.text, edit), "names": "nonsense"}).status_code == 422


def test_terms(people: People, sample: Workspace) -> None:
    reader = people.reader("editor")
    form = {"term": "泵站云", "locale": "zh-CN", "translations": "en: PumpCloud", "forbidden": "水泵云", "keep": "1"}
    assert reader.post("/library/glossary/term", form).status_code == 303
    assert reader.post("/library/glossary/term", form).status_code == 422, "there is such a term"
    html = reader.get("/library/glossary?q=pumpcloud").text
    assert "泵站云" in html
    assert "水泵云" in html
    assert "TingDeck" not in html
    there = {"was": "泵站云", "was_locale": "zh-CN", "translations": "PumpCloud"}
    wrong = reader.post("/library/glossary/term", there)
    assert wrong.status_code == 422
    assert "PumpCloud</textarea>" in wrong.text
    assert reader.post("/library/glossary/term", {**there, "translations": "en: Pump Cloud"}).status_code == 303
    [term] = [t for t in sample.library.glossary.all() if t.term == "泵站云"]
    assert (term.translations, term.do_not_translate) == ({"en": "Pump Cloud"}, False)
    assert reader.post("/library/glossary/remove", {"term": "泵站云", "locale": "zh-CN"}).status_code == 303
    assert not [t for t in sample.library.glossary.all() if t.term == "泵站云"]
