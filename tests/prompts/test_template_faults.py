"""A broken template is told whole: every mistake with its file, line, place and remedy, and none that hides another."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompts.faults import Fault, Faulty
from prompts.loader import Templates, examine, load

DECLARED = """\
id: mine
version: 1
name: {zh: "名", en: "Name"}
purpose: {zh: "用途", en: "Purpose"}
stage: awareness
inputs:
  - name: topic
    required: true
    question: {zh: "什么？", en: "What?"}
    example: {zh: "甲", en: "a"}
sections:
  - id: opening
    write: brief
    text: {zh: "{{ topic }}", en: "{{ topic }}"}
  - id: body
    heading: {zh: "正文", en: "Body"}
    instruction: {zh: "写。", en: "Write."}
    parts:
      - length: {zh: {least: 1, most: 9}, en: {least: 1, most: 9}}
    evidence:
      - kinds: [product]
        query: {zh: "{{ topic }}", en: "{{ topic }}"}
    gap: {zh: "缺", en: "Missing"}
"""
PROMPT = '{% extends "base.en.j2" %}\n{% block role %}About {{ inputs.topic }}.{% endblock %}\n'


def written(folder: Path, changes: dict[str, str], zh: str = PROMPT, declared: str = DECLARED) -> Path:
    target = folder / "mine"
    target.mkdir(exist_ok=True)
    for old, new in changes.items():
        assert declared.count(old) >= 1, old
        declared = declared.replace(old, new, 1)
    (target / "template.yaml").write_text(declared, encoding="utf-8")
    (target / "zh.j2").write_text(zh, encoding="utf-8")
    (target / "en.j2").write_text(PROMPT, encoding="utf-8")
    return target


def only(folder: Path) -> Fault:
    faults = examine(folder).faults
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


def test_the_template_of_these_tests_is_well(tmp_path: Path) -> None:
    assert examine(written(tmp_path, {})).faults == ()
    assert load(tmp_path / "mine").template.id == "mine"


@pytest.mark.parametrize(
    ("changes", "line", "place", "says", "remedy"),
    [
        ({"stage: awareness": "stage: awareness\ncolour: red"}, 6, "colour", "unknown key 'colour'", "id, version"),
        ({"    gap:": "    gaap:"}, 23, "sections › body › gaap", "unknown key 'gaap'", "did you mean 'gap'?"),
        ({"most: 9}, en": "mos: 9}, en"}, 19, "sections › body › parts › 1 › length › zh › mos", "unknown key 'mos'", "most"),
        ({"version: 1": "version: one"}, 2, "version", "whole number", ""),
        ({"stage: awareness": "stage: awarenes"}, 5, "stage", "'awarenes'", "did you mean 'awareness'?"),
        ({"write: brief": "write: brif"}, 13, "sections › opening › write", "'brif'", "did you mean 'brief'?"),
        ({"    text: {": "    txt: {"}, 14, "sections › opening › txt", "unknown key 'txt'", "did you mean 'text'?"),
        ({'en: "What?"': 'en: no'}, 9, "inputs › topic › question › en", "must be a text", "quotes"),
        ({'{zh: "什么？", en: "What?"}': '"What?"'}, 9, "inputs › topic › question", "mapping", "{zh: …, en: …}"),
        ({', en: "What?"': ""}, 9, "inputs › topic › question › en", "'en' is missing", "both languages"),
        ({"kinds: [product]": "kinds: product"}, 21, "sections › body › evidence › 1 › kinds", "must be a list", "[a, b]"),
        ({"id: mine": "id: Mine"}, 1, "id", "is no id", "small letter"),
        ({"id: mine": "id: other"}, 1, "id", "name of its folder", "id: mine"),
        ({"id: body": "id: opening"}, 15, "sections › opening", "section 'opening' stands twice", ""),
        ({"    gap: {": "    gap: {zh: a, en: b}\n    gap: {"}, 24, "", "key 'gap' stands twice", "keep one"),
        ({"    gap:": "    when: {size: [big]}\n    gap:"}, 23, "sections › body › when", "input 'size'", "topic"),
        ({"kinds: [product]": "origin: input\n        input: topik"}, 22, "sections › body › evidence › 1 › input",
         "input 'topik'", "did you mean 'topic'?"),
        ({'text: {zh: "{{ topic }}"': 'text: {zh: "{{ topik }}"'}, 14, "sections › opening › text › zh",
         "'topik' is no known variable", "did you mean 'topic'?"),
        ({'text: {zh: "{{ topic }}"': 'text: {zh: "{{ topic }"'}, 14, "sections › opening › text › zh", "line 1", "open"),
        ({'{zh: "写。"': '{zh: "写{{ topic }}。"'}, 17, "sections › body › instruction › zh", "not filled in", "without"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_line_place_and_remedy(
    tmp_path: Path, changes: dict[str, str], line: int, place: str, says: str, remedy: str
) -> None:
    faults = examine(written(tmp_path, changes)).faults
    fault = next(fault for fault in faults if says in fault.message)
    assert (fault.file, fault.line, fault.place) == ("mine/template.yaml", line, place)
    assert remedy in fault.remedy
    with pytest.raises(Faulty) as caught:
        load(tmp_path / "mine")
    assert "\n" not in str(caught.value)
    assert caught.value.faults == faults


@pytest.mark.parametrize(
    ("zh", "line", "says", "remedy"),
    [
        ("{{ nobody }}", 2, "'nobody' is no known variable", ""),
        ("{% block role %}{{ inputs.topik }}{% endblock %}", 2, "'inputs.topik' is no input", "did you mean 'topic'?"),
        ("{% if %}", 2, "Expected", ""),
        ("{{ 'a' | uper }}", 2, "no filter 'uper'", ""),
    ],
)
def test_a_mistake_in_a_prompt_is_told_with_file_and_line(
    tmp_path: Path, zh: str, line: int, says: str, remedy: str
) -> None:
    fault = only(written(tmp_path, {}, zh=f'{{% extends "base.en.j2" %}}\n{zh}'))
    assert (fault.file, fault.line) == ("mine/zh.j2", line)
    assert says in fault.message
    assert remedy in fault.remedy


def test_a_prompt_without_its_blocks_is_refused(tmp_path: Path) -> None:
    fault = only(written(tmp_path, {}, zh="{% block system %}x{% endblock %}"))
    assert (fault.file, fault.message) == ("mine/zh.j2", "block 'section' is missing")
    assert 'extends "base.zh.j2"' in fault.remedy


def test_yaml_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    fault = only(written(tmp_path, {"stage: awareness": "stage: awareness: early"}))
    assert fault.line == 5
    assert "not valid YAML" in fault.message


def test_one_mistake_does_not_hide_the_next(tmp_path: Path) -> None:
    changes = {
        "version: 1": "version: 0",
        "    required: true": "    requird: true",
        "kinds: [product]": "kindz: [product]",
        'text: {zh: "{{ topic }}"': 'text: {zh: "{{ topik }}"',
        "    gap:": "    when: {size: [big]}\n    gap:",
    }
    faults = examine(written(tmp_path, changes, zh="{{ nobody }}")).faults
    told = [(fault.file.removeprefix("mine/"), fault.line) for fault in faults]
    assert told == [("template.yaml", 2), ("template.yaml", 8), ("template.yaml", 21), ("template.yaml", 23),
                    ("template.yaml", 14), ("zh.j2", 1), ("zh.j2", 0), ("zh.j2", 0)]  # fmt: skip


def test_a_broken_section_makes_nobody_else_look_wrong(tmp_path: Path) -> None:
    """What names a broken section or input finds it still: no mistake follows from another."""
    rule = "rules:\n  - {check: section_missing, section: body}\n"
    changes = {
        "    evidence:\n      - kinds: [product]\n": "    evidence:\n      - kinds: 7\n",
        '{zh: "甲", en: "a"}': "5",
    }
    faults = examine(written(tmp_path, changes, declared=DECLARED + rule)).faults
    assert [fault.place for fault in faults] == ["inputs › topic › example", "sections › body › evidence › 1 › kinds"]


def test_a_broken_template_hides_no_other(tmp_path: Path) -> None:
    written(tmp_path, {"version: 1": "version: 0"})
    templates = Templates(tmp_path)
    assert list(templates.broken()) == ["mine"]
    assert "line 2" in templates.broken()["mine"]
    assert "success_story" in [loaded.template.id for loaded in templates.all()]
    assert "mine" not in [loaded.template.id for loaded in templates.all()]


def test_a_template_says_whose_it_is(tmp_path: Path) -> None:
    written(tmp_path, {})
    (tmp_path / "success_story").mkdir()
    (tmp_path / "success_story" / "template.yaml").write_text("id: success_story\n", encoding="utf-8")
    templates = Templates(tmp_path)
    origins = {name: templates.origin(name) for name in ("mine", "success_story", "press_release")}
    assert origins == {"mine": "workspace", "success_story": "overrides built-in", "press_release": "built-in"}
