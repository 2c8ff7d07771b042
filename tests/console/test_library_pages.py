"""The library's pages: what is found, who may do what, and text that wants to be more than text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from library_console import People, serve

from api.console.library_addresses import customer_address, entry_address
from api.console.safe_markdown import rendered
from assistant.workspace import Workspace
from knowledge.composing import Proposal, compose
from knowledge.reading import read_body
from knowledge.records import Audience, State
from knowledge.shelving import ToShelve

CASE = "case-elevator"


@pytest.fixture
def people(sample: Workspace) -> Iterator[People]:
    with serve(sample) as client:
        yield People(sample, client)


def test_the_index_stands_by_kind_and_title(people: People) -> None:
    html = people.reader("viewer").get("/library").text
    kinds = re.findall(r'<h2 id="kind-(\w+)">', html)
    assert kinds == sorted(kinds, key=kinds.index)
    assert kinds[0] == "company"
    titles = re.findall(r'class="index-title"[^>]*>([^<]+)<', html[: html.index('id="kind-people"')])
    assert titles[0].startswith("2025")
    assert titles.index("Company profile") < titles.index("公司简介")


FILTERS = [
    ("kind=case", "华东电梯维保", "公司简介"),
    ("locale=en", "Company profile", "公司简介"),
    ("state=expired", "公司数据（2025 年上半年版）", "公司简介"),
    ("customer=shente", "华东电梯维保", "城市供水"),
    ("market=EU", "德国机床制造", "纺织：14 个品牌"),
    ("q=电梯+华东", "华东电梯维保", "西南电梯"),
]


def test_filters(people: People) -> None:
    reader = people.reader("viewer")
    for query, there, gone in FILTERS:
        html = reader.get(f"/library?{query}").text
        assert there in html, query
        assert gone not in html, query


def test_a_filter_that_is_none_finds_nothing_and_breaks_nothing(people: People) -> None:
    reader = people.reader("viewer", "en")
    for query in ("locale=zz-!!", "kind=nothing", "state=nothing", "page=99999", "q=%F0%9F%98%80"):
        assert reader.get(f"/library?{query}").status_code == 200, query
        assert reader.get(f"/library/search?q=x&{query}").status_code == 200, query


def test_a_long_list_has_pages(people: People, sample: Workspace) -> None:
    document = read_body("x", "Some text.\n")
    base = replace(sample.library.entries.newest(CASE), customer=None, fields={}, text="Some text.", body="Some text.")
    items = [ToShelve(replace(base, entry_id=f"many-{n}", title=f"Many {n:03}"), document) for n in range(130)]
    sample.library.shelf.shelve(items, "test")
    reader = people.reader("viewer", "en")
    first, second = reader.get("/library?q=Many").text, reader.get("/library?q=Many&page=2").text
    assert "130 of" in first
    assert "Many 099" in first
    assert "Many 100" not in first
    assert "Many 100" in second
    assert 'rel="prev"' in second


def test_search_shows_the_passage_with_its_words_marked(people: People) -> None:
    html = people.reader("viewer").get("/library/search?q=响应时间").text
    assert "<mark>响应时间</mark>" in html
    assert entry_address(CASE) in html


def test_what_is_due(people: People) -> None:
    html = people.reader("viewer").get("/library/due").text
    assert "公司数据（2025 年上半年版）" in html
    assert "客户许可：引语" in html


def test_an_entry_tells_where_it_comes_from_and_who_may_use_it(people: People) -> None:
    html = people.reader("viewer").get(entry_address(CASE)).text
    for said in ("cases/elevator.zh-CN.md", "申特电梯集团", "仅代称", "Elevator maintenance in East China", "第 1 版"):
        assert said in html, said


def test_rights(people: People, sample: Workspace) -> None:
    viewer, author, editor = (people.reader(role) for role in ("viewer", "author", "editor"))
    approver = people.reader("approver")
    page = viewer.get(entry_address(CASE)).text
    assert "/library/edit/" not in page
    assert "/library/step/" not in page
    assert viewer.get("/library/new?kind=case").status_code == 403
    assert author.get("/library/new?kind=case").status_code == 200
    assert author.get(entry_address(CASE, "edit")).status_code == 403
    assert author.post("/library/import", {"what": "entries"}).status_code == 403
    assert editor.get(entry_address(CASE, "edit")).status_code == 200
    assert editor.get(entry_address(CASE, "step/renew")).status_code == 403
    assert approver.get(entry_address(CASE, "step/renew")).status_code == 200
    assert sample.library.entries.newest(CASE).version == 1


def test_an_entry_from_proposal_to_approval(people: People, sample: Workspace) -> None:
    author, editor, approver = (people.reader(role) for role in ("author", "editor", "approver"))
    form = {
        "kind": "document",
        "title": "网关说明",
        "text": "网关支持 87 种协议。",
        "audience": "public",
        "locale": "zh-CN",
    }
    address = author.post("/library/new", form).headers["location"]
    entry_id = address.rsplit("/", 1)[1]
    assert editor.get(address).status_code == 200
    assert editor.post(f"/library/step/submit/{entry_id}", {"version": "1"}).status_code == 303
    sent_back = approver.post(f"/library/step/request-changes/{entry_id}", {"version": "1", "reason": " "})
    assert sent_back.status_code == 422
    assert "请写明原因" in sent_back.text
    assert approver.post(f"/library/step/approve/{entry_id}", {"version": "1"}).status_code == 303
    entry = next(e for e in sample.library.entries.line() if e.title == "网关说明")
    assert (entry.state, entry.approved_by, entry.created_by) == (State.APPROVED, "approver-zh", "author-zh")


def test_a_step_that_cannot_be_taken_is_told_with_the_newer_version(people: People, sample: Workspace) -> None:
    reader = people.reader()
    answer = reader.post(entry_address(CASE, "step/retire"), {"version": "7"})
    assert answer.status_code == 409
    assert "第 7 版" in answer.text
    assert sample.library.entries.newest(CASE).state is State.APPROVED
    again = reader.get(entry_address(CASE, "step/submit")).text
    assert "这一步做不了" in again


HOSTILE = '<script>alert("x")</script>\u202e{{ 7 * 7 }} 😀 مرحبا'


def test_hostile_text_is_text_everywhere(people: People, sample: Workspace) -> None:
    body = (
        f"{HOSTILE}\n\n[click](javascript:alert(1)) [mail](mailto:a@example.com) "
        "![picture](https://example.com/x.png) <img src=x onerror=alert(1)>\n\n[data](data:text/html,x)\n"
    )
    written = compose(
        sample.library,
        Proposal("document", title=HOSTILE, text=body, locale="en", owner=HOSTILE, audience=Audience.PUBLIC),
        HOSTILE,
    )
    entry_id = written.version.entry_id
    reader = people.reader(language="en")
    for address in (
        entry_address(entry_id), entry_address(entry_id, "edit"), entry_address(entry_id, "step/approve"),
        entry_address(entry_id, "diff"), "/library?q=script", "/library/search?q=click&state=draft",
    ):  # fmt: skip
        answer = reader.get(address)
        assert answer.status_code == 200, address
        assert "<script>alert" not in answer.text, address
        assert "<img" not in answer.text, address
        assert 'href="javascript:' not in answer.text, address
        assert 'href="data:' not in answer.text, address
    page = reader.get(entry_address(entry_id)).text
    assert 'href="mailto:a@example.com" rel="noopener noreferrer nofollow"' in page
    assert "{{ 7 * 7 }}" in page


def test_a_title_of_a_megabyte_is_cut_and_whole_one_click_away(people: People, sample: Workspace) -> None:
    entry = sample.library.entries.newest(CASE)
    long = "标题" * 250_000
    document = read_body("big", "Some text.\n")
    big = replace(entry, entry_id="big", title=long, text="Some text.", body="Some text.\n", state=State.DRAFT)
    sample.library.shelf.shelve([ToShelve(big, document)], "test")
    reader = people.reader()
    assert len(reader.get("/library?q=标题标题").text) < 200_000
    page = reader.get("/library/big").text
    assert "完整标题" in page
    assert long in page


def test_every_id_has_a_page(people: People, sample: Workspace) -> None:
    reader = people.reader("admin", "en")
    for entry_id in ("new", "due", "import", "a/b c", "ä?#%", "edit"):
        entry = replace(sample.library.entries.newest(CASE), entry_id=entry_id, title="Odd one", customer=None)
        sample.library.shelf.shelve([ToShelve(entry, read_body("x", "Some text.\n"))], "test")
        page = reader.get(entry_address(entry_id))
        assert page.status_code == 200, entry_id
        assert "Odd one" in page.text, entry_id
        assert reader.get(entry_address(entry_id, "edit")).status_code == 200, entry_id
        assert reader.get(entry_address(entry_id, "step/retire")).status_code == 200, entry_id


def test_addresses() -> None:
    assert entry_address("case-1") == "/library/case-1"
    assert entry_address("new") == "/library/entry/new"
    assert entry_address("a/b", "diff", **{"from": 1}) == "/library/diff/a%2Fb?from=1"
    assert customer_address("permit") == "/customers/customer/permit"


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("# Head", "<h2>Head</h2>"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("[a](JaVaScRiPt:alert(1))", "[a](JaVaScRiPt:alert(1))"),
        ("[a](//evil.example)", "[a](//evil.example)"),
        ("<https://example.com>", '<a href="https://example.com" rel="noopener noreferrer nofollow">'),
        ("![x](https://example.com/y.png)", "[x]"),
        ("| a |\n|---|\n| 1 |", "<td>1</td>"),
    ],
)
def test_markdown(body: str, html: str) -> None:
    said = str(rendered(body))
    assert html in said
    assert "<img" not in said
    assert "<b>" not in said
