"""The interview: questions step by step, what is wrong at once, what the library answers not at all."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from assistant.brief import Brief
from assistant.interview import offers
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError
from knowledge.records import Audience


def asked(name: str, **more: Any) -> dict[str, Any]:
    words = {"zh": f"{name}是什么？", "en": f"What is the {name}?"}
    return {"name": name, "question": words, "example": {"zh": "例", "en": "example"}, **more}


RIVALS = {"kinds": ["competitor"], "query": {"zh": "{{ topic }} 竞品 价格", "en": "competitors of {{ topic }} price"},
          "least": 0.1}  # fmt: skip
INPUTS = [
    asked("topic", required=True),
    asked("seconds", type="number", required=True),
    asked("begins", type="date"),
    asked("ends", type="date", step=2),
    asked("budget", type="shares", step=2, required=True),
    asked("channels", type="choice", many=True, choices=["mail", "fair", "web"], step=2),
    asked("rival", required=True, step=3, answered=RIVALS),
    asked("other"),
]
AGREE = [
    {"test": "before", "inputs": ["begins", "ends"], "question": {"zh": "结束早于开始，哪天结束？", "en": "It ends before it begins; when does it end?"}},
    {"test": "differ", "inputs": ["topic", "other"], "question": {"zh": "两个主题相同，另一个是什么？", "en": "Both topics are the same; which is the other?"}},
]  # fmt: skip
SECTION = {"id": "said", "write": "brief", "text": {"zh": "主题：{{ topic }}", "en": "Topic: {{ topic }}"}}
FULL = {"topic": "R200", "seconds": "60 秒", "budget": "官网 40%，展会 60%"}


@pytest.fixture
def plan(sample: Workspace) -> Workspace:
    """The sample workspace with a template that asks in steps."""
    folder = sample.settings.home / "templates" / "plan"
    folder.mkdir(parents=True)
    words = {"zh": "计划", "en": "Plan"}
    data = {
        "id": "plan", "version": 1, "name": words, "purpose": words, "stage": "internal",
        "inputs": INPUTS, "agree": AGREE, "sections": [SECTION],
    }  # fmt: skip
    (folder / "template.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    for language in ("zh", "en"):
        base = f'{{% extends "base.{language}.j2" %}}'
        (folder / f"{language}.j2").write_text(base, encoding="utf-8")
    return sample


def questions(workspace: Workspace, inputs: dict[str, str], locale: str = "zh-CN", **more: Any) -> dict[str, str]:
    more = {"audience": Audience.INTERNAL, **more}
    return {q.input: q.text for q in workspace.draft(Brief("plan", inputs, locale, **more)).questions}


def test_a_later_step_waits_for_those_before(plan: Workspace) -> None:
    assert list(questions(plan, {})) == ["topic", "seconds"]
    assert list(questions(plan, {"topic": "R200"})) == ["seconds"]
    assert list(questions(plan, {"topic": "R200", "seconds": "60"})) == ["budget"]
    assert questions(plan, FULL) == {}


def test_a_wrong_value_is_asked_at_once_and_holds_up_its_step(plan: Workspace) -> None:
    assert list(questions(plan, {"channels": "mail, pigeon"})) == ["topic", "seconds", "channels"]
    assert list(questions(plan, {"topic": "R200", "seconds": "soon"})) == ["seconds"]


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("seconds", "soon", "不是整数", "is no whole number"),
        ("seconds", "1.5", "不是整数", "is no whole number"),
        ("budget", "官网 40%，展会 50%", "合计 90%", "add up to 90%"),
        ("budget", "展会多一点", "名称和百分比", "a name and a percentage"),
        ("budget", "官网 50%，官网 50%", "名称不重复", "no name twice"),
        ("channels", "mail, pigeon", "“pigeon”：mail | fair | web", "'pigeon': mail | fair | web"),
        ("ends", "2026-02-31", "“2026-02-31”", "'2026-02-31'"),
    ],
)
def test_the_question_says_what_is_wrong(plan: Workspace, name: str, value: str, zh: str, en: str) -> None:
    assert zh in questions(plan, {**FULL, name: value})[name]
    assert en in questions(plan, {**FULL, name: value}, "en")[name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seconds", "６０"),
        ("seconds", "1,200"),
        ("budget", "website 40%, events 60%"),
        ("budget", "33.3% 官网、33.3% 展会、33.4% 邮件"),
        ("budget", "官网：40％；R200 活动（60％）"),
        ("channels", "mail、web"),
    ],
)
def test_what_is_right_is_not_asked_again(plan: Workspace, name: str, value: str) -> None:
    assert questions(plan, {**FULL, name: value}) == {}


def test_what_contradicts_itself_is_asked_of_the_second(plan: Workspace) -> None:
    late = {"begins": "2026-10-20", "ends": "19 October 2026"}
    assert questions(plan, {**FULL, **late}) == {"ends": "结束早于开始，哪天结束？"}
    assert questions(plan, {**FULL, **late}, "en") == {"ends": "It ends before it begins; when does it end?"}
    assert questions(plan, {**FULL, **late, "ends": "2026-10-20"}) == {}
    assert list(questions(plan, {**FULL, "other": "r200"})) == ["other"]
    assert questions(plan, {**FULL, "other": "R300"}) == {}


def test_a_wrong_day_contradicts_nothing(plan: Workspace) -> None:
    assert "2026-02-31" in questions(plan, {**FULL, "begins": "2026-10-20", "ends": "2026-02-31"})["ends"]


def test_what_the_library_answers_is_not_asked(plan: Workspace) -> None:
    """Rivals are internal knowledge: a brief for the public cannot draw on it and must be told."""
    assert questions(plan, FULL) == {}
    assert list(questions(plan, FULL, audience=Audience.PUBLIC)) == ["rival"]
    assert plan.draft(Brief("plan", FULL, audience=Audience.INTERNAL)).inputs == FULL, "the input stays empty"


def test_an_open_draft_is_answered_in_steps(plan: Workspace) -> None:
    draft = plan.draft(Brief("plan", {}, "en", audience=Audience.INTERNAL))
    draft = plan.answer(draft.id, {"topic": "R200", "seconds": "60"})
    assert [q.input for q in draft.questions] == ["budget"]
    draft = plan.answer(draft.id, {"budget": "website 50%, fairs 40%"})
    assert [q.input for q in draft.questions] == ["budget"]
    draft = plan.answer(draft.id, {"budget": "website 50%, fairs 50%"})
    assert (draft.state, draft.version) == ("draft", 4)


def test_a_question_carries_its_choices_and_comes_back_the_same(plan: Workspace) -> None:
    draft = plan.draft(Brief("plan", {**FULL, "channels": "pigeon"}, audience=Audience.INTERNAL))
    [question] = draft.to_json()["questions"]
    assert (question["choices"], question["many"]) == (["mail", "fair", "web"], True)
    assert plan.drafts.get(draft.id).to_json() == draft.to_json()


def test_questions_kept_before_choices_were_told_are_still_read(plan: Workspace) -> None:
    from assistant.draft import draft_from_json

    document = plan.draft(Brief("plan", {})).to_json()
    document["questions"] = [{"input": "topic", "text": "?", "example": ""}]
    assert draft_from_json(document).questions[0].choices == ()


def test_every_template_takes_the_readers_and_refuses_others(plan: Workspace) -> None:
    assert list(questions(plan, {**FULL, "reader_role": "boss"})) == ["reader_role"]
    assert questions(plan, {**FULL, "reader_role": "decider"}) == {}
    with pytest.raises(InputError, match=r"no input 'reader'; it has topic, .*reader_role"):
        questions(plan, {"reader": "boss"})


def test_the_comparison_keeps_its_stages(sample: Workspace) -> None:
    """Goal, then the rivals and the problem, then the dimensions; the library knows its rivals, so they are not asked."""
    brief = Brief("competitor_analysis", {}, audience=Audience.INTERNAL)
    assert [q.input for q in sample.draft(brief).questions] == ["product", "goal", "stage"]
    template = sample.templates.get("competitor_analysis").template
    known = Brief("competitor_analysis", {"product": "R200"}, audience=Audience.INTERNAL)
    assert [q.input for q in offers(known, template, sample.library)] == ["problem", "dimensions"]
    public = Brief("competitor_analysis", {"product": "R200"})
    assert [q.input for q in offers(public, template, sample.library)] == ["competitor_type", "problem", "dimensions"]


@pytest.mark.parametrize(
    ("locale", "rows"), [("zh-CN", ["价格与授权", "团队"]), ("en", ["Price and licensing", "Team"])]
)
def test_chosen_dimensions_are_the_rows(sample: Workspace, locale: str, rows: list[str]) -> None:
    inputs = {"product": "R200", "goal": "decide", "stage": "在售", "dimensions": "team, price"}
    draft = sample.draft(Brief("competitor_analysis", inputs, locale, audience=Audience.INTERNAL))
    assert list(dict.fromkeys(p.cell.row for _, p in draft.paragraphs() if p.cell)) == rows


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_without_dimensions_each_row_compares_and_each_rival_has_one_column(sample: Workspace, locale: str) -> None:
    brief = Brief(
        "competitor_analysis", {"product": "R200", "goal": "decide", "stage": "-"}, locale, audience=Audience.INTERNAL
    )
    cells = [(p.cell, p) for _, p in sample.draft(brief).paragraphs() if p.cell]
    rows = {cell.row for cell, _ in cells}
    assert len(rows) >= 6
    places = [(cell.row, cell.column) for cell, _ in cells]
    assert len(set(places)) == len(places)
    said = {row: sum(not p.gap for cell, p in cells if cell.row == row) for row in rows}
    assert min(said.values()) >= 2
