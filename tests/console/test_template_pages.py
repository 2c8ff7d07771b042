"""Templates: the list, a template, a version of one's own that is begun, edited beside its preview, and deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from library_console import People, Reader, form_values, serve

from api.console.catalogue import Wording
from assistant.interview import open_questions
from assistant.template_example import example_brief
from assistant.template_files import template_files
from assistant.workspace import Workspace
from prompts.loader import Templates

EDIT = "/templates/our_story/edit"
LOOK = "/templates/our_story/preview"


@pytest.fixture
def people(sample: Workspace) -> Iterator[People]:
    with serve(sample) as client:
        yield People(sample, client)


@pytest.fixture
def editor(people: People) -> Reader:
    return people.reader("editor")


def begun(editor: Reader, name: str = "our_story", source: str = "success_story") -> dict[str, str]:
    """A template of one's own; the fields of its page."""
    made = editor.post("/templates/make-own", {"id": name, "source": source, "name_zh": "", "name_en": ""})
    assert (made.status_code, made.headers["location"]) == (303, f"/templates/{name}/edit")
    return fields_of(editor.get(f"/templates/{name}/edit").text, name)


def fields_of(html: str, name: str = "our_story") -> dict[str, str]:
    return form_values(html, f"/templates/{name}/edit")


def word(key: str, **values: object) -> str:
    return Wording("zh")(f"templates.{key}", **values)


def test_every_template_stands_in_the_list_with_whose_it_is(people: People) -> None:
    editor, viewer = people.reader("editor"), people.reader("viewer")
    page = viewer.get("/templates").text
    for name in Templates().ids:
        assert f'href="/templates/{name}"' in page
    assert "make-own" not in page
    assert word("own") not in page
    begun(editor)
    assert word("own") in viewer.get("/templates").text
    assert "make-own" in editor.get("/templates").text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_template_has_a_page_that_tells_all(people: People, language: str) -> None:
    viewer = people.reader("viewer", language)
    for loaded in Templates().all():
        template = loaded.template
        page = unescape(viewer.get(f"/templates/{template.id}").text)
        told = [declared.question.of(language) for declared in template.inputs]
        told += [criterion.question.of(language) for criterion in template.rubric]
        told += [text.of(language) for section in template.sections for text in (section.heading, section.gap)]
        told += [f'href="/settings/checks/{rule.check}"' for rule in template.rules]
        assert [text for text in told if text not in page] == [], template.id


def test_only_editors_make_and_change_templates(people: People) -> None:
    begun(people.reader("editor"))
    author = people.reader("author")
    assert "/edit" not in author.get("/templates/our_story").text
    for address in ("/templates/make-own", EDIT, "/templates/our_story/delete"):
        assert author.get(address).status_code == 403
    for address in ("/templates/make-own", EDIT, LOOK, "/templates/our_story/delete"):
        assert author.post(address, {"id": "x"}).status_code == 403


def test_a_bad_or_taken_id_is_told_beside_what_was_typed(editor: Reader) -> None:
    for name, told in (
        ("Our Story", word("id_wrong", id="Our Story")),
        ("qa_answer", word("id_taken", id="qa_answer")),
    ):
        answer = editor.post("/templates/make-own", {"id": name, "source": "", "name_zh": "我们的", "name_en": ""})
        assert answer.status_code in (409, 422)
        assert told in unescape(answer.text)
        assert 'value="我们的"' in answer.text
    assert editor.get("/templates/make-own?from=nothing").status_code == 404


def test_a_built_in_one_is_not_edited_or_deleted(editor: Reader, sample: Workspace) -> None:
    answer = editor.get("/templates/success_story/edit")
    assert (answer.status_code, answer.headers["location"]) == (303, "/templates/make-own?from=success_story")
    assert editor.get("/templates/success_story/delete").status_code == 409
    assert editor.post("/templates/success_story/delete", {"seen": ""}).status_code == 409
    assert "success_story" in sample.templates.ids


def test_the_preview_follows_what_is_typed_and_saves_nothing(editor: Reader, sample: Workspace) -> None:
    form = begun(editor)
    saved = template_files(sample.templates, "our_story")
    form["file.template.yaml"] = form["file.template.yaml"].replace("写一个标题", "写一个不超过两行的标题")
    seen = editor.post(LOOK, form)
    assert seen.status_code == 200
    assert word("no_faults") in seen.text
    assert "写一个不超过两行的标题" in seen.text
    assert "case-elevator" in seen.text
    assert "38 分钟" in seen.text, "with real evidence"
    assert "ask for" not in seen.text
    in_english = editor.post(LOOK, {**form, "locale": "en"}).text
    assert "case-elevator-en" in in_english
    assert template_files(sample.templates, "our_story") == saved


def test_what_is_wrong_is_told_with_line_and_remedy(editor: Reader) -> None:
    form = begun(editor)
    form["file.template.yaml"] = form["file.template.yaml"].replace("stage: preference", "stage: nowhere")
    line = form["file.template.yaml"].split("\n").index("stage: nowhere") + 1
    seen = editor.post(LOOK, form).text
    assert f'data-file="template.yaml" data-line="{line}"' in seen
    assert "there are awareness" in seen
    assert word("prompts_after") in seen
    form["file.zh.j2"] = "{% block"
    assert 'data-file="zh.j2"' in editor.post(LOOK, form).text
    nothing = editor.post(LOOK, {"locale": "zh-CN"})
    assert nothing.status_code == 200
    assert "template.yaml is missing" in nothing.text


def test_a_saved_template_is_used_and_a_faulty_one_is_refused_whole(editor: Reader, sample: Workspace) -> None:
    form = begun(editor)
    good = form["file.template.yaml"].replace("客户成功案例（副本）", "我们的故事")
    assert editor.post(EDIT, {**form, "file.template.yaml": good}).headers["location"] == "/templates/our_story"
    assert sample.templates.get("our_story").template.name.zh == "我们的故事"
    assert "我们的故事" in editor.get("/templates/our_story").text

    form = fields_of(editor.get(EDIT).text)
    bad = form["file.template.yaml"].replace("我们的故事", "谁的故事").replace("stage: preference", "stage: nowhere")
    refused = editor.post(EDIT, {**form, "file.template.yaml": bad})
    assert refused.status_code == 422
    assert word("refused") in refused.text
    assert fields_of(refused.text)["file.template.yaml"] == bad, "what was typed is still there"
    assert sample.templates.get("our_story").template.name.zh == "我们的故事"


def test_somebody_elses_version_is_not_overwritten_unseen(people: People, editor: Reader, sample: Workspace) -> None:
    mine = begun(editor)
    other = people.reader("approver")
    theirs = fields_of(other.get(EDIT).text)
    name = "客户成功案例（副本）"
    theirs["file.template.yaml"] = theirs["file.template.yaml"].replace(name, "他们的")
    assert other.post(EDIT, theirs).status_code == 303
    mine["file.template.yaml"] = mine["file.template.yaml"].replace(name, "我的")
    conflict = editor.post(EDIT, mine)
    assert conflict.status_code == 409
    assert word("conflict") in conflict.text
    assert "他们的" in conflict.text
    assert sample.templates.get("our_story").template.name.zh == "他们的"
    again = fields_of(conflict.text)
    assert again["file.template.yaml"] == mine["file.template.yaml"]
    assert again["seen"] != mine["seen"]
    assert editor.post(EDIT, again).status_code == 303, "knowing it, one may"
    assert sample.templates.get("our_story").template.name.zh == "我的"


def test_a_file_comes_back_as_it_was(editor: Reader, sample: Workspace) -> None:
    form = begun(editor)
    assert {f"file.{name}": text for name, text in template_files(sample.templates, "our_story").items()} == {
        name: text for name, text in form.items() if name.startswith("file.")
    }
    odd = form["file.zh.j2"] + "\n\n{# 末尾  有空格\u00a0和制表\t #}\n\n"
    assert editor.post(EDIT, {**form, "file.zh.j2": odd.replace("\n", "\r\n")}).status_code == 303
    assert template_files(sample.templates, "our_story")["zh.j2"] == odd


def test_a_broken_one_says_what_is_wrong(people: People, editor: Reader, sample: Workspace) -> None:
    begun(editor)
    path = sample.settings.templates / "our_story" / "template.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("stage: preference", "stage: nowhere"), encoding="utf-8")
    viewer = people.reader("viewer")
    listed = viewer.get("/templates").text
    assert word("broken") in listed
    assert "none of those known" in unescape(listed)
    page = viewer.get("/templates/our_story")
    assert page.status_code == 200
    assert word("at_line", file="template.yaml", line=10) in page.text
    assert editor.get(EDIT).status_code == 200, "and can be mended"


def test_deleting_asks_first_and_looks_again(editor: Reader, sample: Workspace) -> None:
    form = begun(editor)
    asked = editor.get("/templates/our_story/delete").text
    seen = re.search(r'name="seen" value="(\w+)"', asked)
    assert seen
    changed = form["file.template.yaml"].replace("version: 1", "version: 2")
    assert editor.post(EDIT, {**form, "file.template.yaml": changed}).status_code == 303
    stale = editor.post("/templates/our_story/delete", {"seen": seen[1]})
    assert stale.headers["location"] == "/templates/our_story"
    assert "our_story" in sample.templates.ids
    seen = re.search(r'name="seen" value="(\w+)"', editor.get("/templates/our_story/delete").text)
    assert seen
    assert editor.post("/templates/our_story/delete", {"seen": seen[1]}).status_code == 303
    assert "our_story" not in sample.templates.ids
    assert editor.get("/templates/our_story").status_code == 404


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_the_examples_of_every_template_make_a_brief(sample: Workspace, locale: str) -> None:
    for loaded in sample.templates.all():
        brief = example_brief(sample, loaded.template, locale)
        asked = open_questions(brief, loaded.template, sample.library)
        assert [question.input for question in asked] == [], loaded.template.id
