"""The pipeline with a scripted model: questions, gaps, repair, cutting, and what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.brief import Brief
from assistant.draft import Draft, draft_from_json
from assistant.gateway.limits import Limits
from assistant.gateway.scripted import ScriptedModel
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, InputError
from knowledge.records import Audience

Script = Callable[..., ScriptedModel]


@pytest.fixture
def script(tmp_path: Path, sample: Workspace) -> Script:
    def make(*lines: dict[str, Any]) -> ScriptedModel:
        path = tmp_path / "script.jsonl"
        path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
        return ScriptedModel(path, Limits.of(sample.settings))

    return make


def piece(text: str, *sources: str) -> dict[str, Any]:
    return {"sources": list(sources), "text": text}


TITLE = {"match": "现在只写这一节：title", "reply": {"title": [piece("故障平均响应时间由 95 分钟降至 38 分钟", "S1")]}}
PAIN = {
    "match": "这一节：客户痛点",
    "reply": {
        "text": [
            piece(
                "上线前，故障平均响应时间为 95 分钟，31% 的故障需要上门两次以上，派单全凭调度员的经验，工人到场才知道换什么件。",
                "S3",
            )
        ]
    },
}
SOLUTION = {
    "match": "这一节：解决方案",
    "reply": {
        "text": [
            piece(
                "6,200 台电梯的控制柜里加装了 R200 边缘网关，故障码由 TingDeck 按距离、技能和备件派单，原控制程序不改动，读取走串口和干接点。",
                "S4",
            )
        ]
    },
}
HOW = {
    "match": "这一节：怎么做到的",
    "reply": {
        "text": [
            piece(
                "2024 年 9 月启动，先用三周在 180 台电梯上核对故障码，随后分四批加装，2025 年 1 月全部上线，没有额外停梯。",
                "S5",
            )
        ]
    },
}
CHANGE = {
    "match": "这一节：用后变化",
    "reply": {
        "text": [
            piece(
                "上线四个月后，故障平均响应时间由 95 分钟降至 38 分钟，二次上门率由 31% 降至 12%，没有增加班次，到场更快。",
                "S1",
            )
        ]
    },
}
STORY = Brief("success_story", {"case": "case-elevator"})


def errors(draft: Draft) -> set[str]:
    return {f.check for f in draft.findings if f.severity == "error"}


def text_of(draft: Draft, section_id: str) -> str:
    return "\n".join(p.text for s, p in draft.paragraphs() if s.id == section_id)


def test_a_story_is_written_section_by_section_with_its_sources(sample: Workspace, script: Script) -> None:
    many = [line for line in (TITLE, PAIN, SOLUTION, HOW, CHANGE) for _ in range(3)]
    draft = sample.draft(STORY, model=script(*many))
    assert [s.id for s in draft.sections] == ["title", "pain", "solution", "how", "change", "voice"]
    assert not draft.has_errors
    known = {e.id for e in draft.evidence}
    assert all(set(p.citations) <= known and p.citations for _, p in draft.paragraphs() if not p.gap)
    assert all(e.entry_id == "case-elevator" and e.approved_by == "sample" for e in draft.evidence)
    assert all(c.verdict == "supported" for c in draft.claims)


def test_what_is_kept_comes_back_the_same(sample: Workspace) -> None:
    draft = sample.draft(STORY)
    kept = sample.drafts.get(draft.id)
    assert kept.to_json() == draft.to_json()
    assert draft_from_json(json.loads(json.dumps(draft.to_json()))).to_json() == draft.to_json()
    assert draft.to_json()["schema"] == 1


def test_a_wrong_figure_goes_back_to_the_model_with_the_finding(sample: Workspace, script: Script) -> None:
    wrong = {"match": "这一节：title", "reply": {"title": [piece("响应时间降至 36 分钟的电梯维保", "S1")]}}
    mended = {"match": "36 分钟", "reply": TITLE["reply"]}
    rest = [line for line in (PAIN, SOLUTION, HOW, CHANGE) for _ in range(3)]
    draft = sample.draft(STORY, model=script(wrong, mended, *rest))
    assert draft.title == "故障平均响应时间由 95 分钟降至 38 分钟"


def test_a_figure_that_stays_wrong_is_cut_never_kept(sample: Workspace, script: Script) -> None:
    stubborn = {
        "match": "用后变化",
        "reply": {
            "text": [
                piece(
                    "响应时间降到 36 分钟。二次上门率由 31% 降至 12%，困人救援平均到场时间由 27 分钟降至 16 分钟，班次没有增加。",
                    "S1",
                )
            ]
        },
    }
    lines = [TITLE] * 3 + [PAIN] * 3 + [SOLUTION] * 3 + [HOW] * 3 + [stubborn] * 3
    draft = sample.draft(STORY, model=script(*lines))
    assert "36" not in text_of(draft, "change")
    assert "12%" in text_of(draft, "change")
    assert errors(draft) == set()


def test_a_section_whose_every_sentence_is_invented_becomes_a_gap(sample: Workspace, script: Script) -> None:
    invented = {
        "match": "怎么做到的",
        "reply": {
            "text": [
                piece("项目用了 77 天，投入 999 万元，现场有 500 人参与，分 13 个阶段完成，每个阶段 66 项检查。", "S5")
            ]
        },
    }
    lines = [TITLE] * 3 + [PAIN] * 3 + [SOLUTION] * 3 + [invented] * 3 + [CHANGE] * 3
    draft = sample.draft(STORY, model=script(*lines))
    how = next(s for s in draft.sections if s.id == "how")
    assert [p.gap for p in how.paragraphs] == [True]
    assert "实施过程" in how.paragraphs[0].text


def test_where_the_source_is_silent_no_model_is_asked(sample: Workspace) -> None:
    draft = sample.draft(Brief("success_story", {"case": "case-packaging"}))
    how = next(s for s in draft.sections if s.id == "how")
    assert [p.gap for p in how.paragraphs] == [True]
    assert not how.paragraphs[0].citations


def test_a_customer_without_a_public_name_appears_under_the_alias(sample: Workspace) -> None:
    draft = sample.draft(STORY)
    everything = json.dumps(draft.to_json(), ensure_ascii=False)
    assert "申特" not in everything
    assert "Shente" not in everything
    assert "华东某电梯维保集团" in everything


def test_a_customer_without_any_permission_is_barred_with_the_reason(sample: Workspace) -> None:
    draft = sample.draft(Brief("success_story", {"case": "case-mining"}))
    assert draft.state == "open"
    assert [q.input for q in draft.questions] == ["case"]
    assert "本次不能使用“case-mining”：它面向公司内部" in draft.questions[0].text


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize(
    ("template", "inputs", "missing"),
    [
        ("success_story", {}, ["case"]),
        ("press_release", {"subject": "R300"}, ["date", "city"]),
        ("press_release", {"subject": "R300", "date": "2026-02-31", "city": "苏州"}, ["date"]),
        ("competitor_analysis", {"product": "R200", "goal": "win", "stage": "在售"}, ["goal"]),
        ("meeting_minutes", {}, ["transcript"]),
        ("brand_house", {}, ["period"]),
        ("localized_copy", {}, ["text"]),
    ],
)
def test_what_is_missing_is_asked_for(
    sample: Workspace, template: str, inputs: dict[str, str], missing: list[str], locale: str
) -> None:
    draft = sample.draft(Brief(template, inputs, locale))
    assert [q.input for q in draft.questions] == missing
    assert all(q.text and q.example for q in draft.questions)
    assert (draft.state, draft.sections) == ("open", ())


def test_an_open_draft_is_answered_and_written(sample: Workspace) -> None:
    opened = sample.draft(Brief("success_story"))
    written = sample.answer(opened.id, {"case": "case-wind"})
    assert (written.id, written.version, written.questions) == (opened.id, 2, ())
    with pytest.raises(Conflict):
        sample.answer(opened.id, {"case": "case-water"})


def test_an_unknown_input_is_refused(sample: Workspace) -> None:
    with pytest.raises(InputError, match="no input 'colour'"):
        sample.draft(Brief("success_story", {"case": "case-wind", "colour": "red"}))


def test_a_case_may_be_named_by_its_title_and_is_taken_in_the_briefs_language(sample: Workspace) -> None:
    draft = sample.draft(Brief("success_story", {"case": "华东电梯维保"}, "en"))
    assert {e.entry_id for e in draft.evidence} == {"case-elevator-en"}


def test_a_press_release_has_dateline_quote_boilerplate_and_contact(sample: Workspace) -> None:
    brief = Brief("press_release", {"subject": "R300 边缘网关发布", "date": "2026-10-20", "city": "苏州"})
    draft = sample.draft(brief)
    assert text_of(draft, "lead").startswith("（苏州，2026年10月20日）")
    quote = next(p for s, p in draft.paragraphs() if s.id == "quote")
    entry = sample.library.entries.get("launch-r300")
    said = {str(q["text"]) for q in entry.fields["quotes"]}
    assert quote.gap or any(words in quote.text for words in said)
    assert text_of(draft, "boilerplate") in sample.library.entries.get("boilerplate").text
    assert "@" in text_of(draft, "contact")


def test_minutes_name_exactly_those_who_speak(sample: Workspace) -> None:
    from knowledge.sample import FOLDER

    transcript = (FOLDER / "transcripts" / "weekly-review.zh-CN.txt").read_text(encoding="utf-8")
    draft = sample.draft(Brief("meeting_minutes", {"transcript": transcript}, audience=Audience.INTERNAL))
    names = {p.text for s, p in draft.paragraphs() if s.id == "attendees"}
    speaking = {line.split("：", 1)[0].strip() for line in transcript.splitlines() if "：" in line}
    assert names
    assert names <= speaking


def test_every_cell_of_a_comparison_is_cited_or_not_known(sample: Workspace) -> None:
    brief = Brief(
        "competitor_analysis", {"product": "R200", "goal": "decide", "stage": "在售"}, audience=Audience.INTERNAL
    )
    cells = [p for s, p in sample.draft(brief).paragraphs() if p.cell]
    assert len({p.cell.column for p in cells if p.cell}) >= 3
    assert all(p.citations or (p.gap and p.text == "不详") for p in cells)


def test_a_public_brief_sees_no_internal_entry(sample: Workspace) -> None:
    brief = Brief("competitor_analysis", {"product": "R200", "goal": "decide", "stage": "在售"})
    evidence = sample.draft(brief).evidence
    assert not [e for e in evidence if e.kind == "competitor"]


def test_a_recheck_is_a_new_version(sample: Workspace) -> None:
    draft = sample.draft(replace(STORY, inputs={"case": "case-water"}))
    assert sample.recheck(draft.id).version == 2
    assert sample.drafts.get(draft.id, 1).version == 1


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize("template", ["success_story", "press_release", "brand_house", "competitor_analysis"])
def test_extractive_drafts_have_no_error(sample: Workspace, template: str, locale: str) -> None:
    inputs = {
        "success_story": {"case": "case-wind"},
        "press_release": {"subject": "R300", "date": "2026-10-20", "city": "Suzhou"},
        "brand_house": {"period": "2027"},
        "competitor_analysis": {"product": "R200", "goal": "learn", "stage": "on sale"},
    }[template]
    draft = sample.draft(Brief(template, inputs, locale, audience=Audience.INTERNAL))
    assert errors(draft) == set()
    assert draft.model == "extractive"


def test_a_text_that_was_meant_for_no_model_is_not_judged_by_one(
    sample: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief = Brief("success_story", {"case": "case-elevator"})
    draft = sample.draft(brief)
    sample.settings = Settings({**sample.settings.values, "judge": "on"})
    assert sample.recheck(draft.id).usage == draft.usage
