"""Ideas are the model's, but no figure of them is; where nothing holds, the template's own words stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
import yaml

from assistant.brief import Brief
from assistant.draft import Draft, Paragraph
from assistant.gateway.port import ModelReply, ModelRequest, OnText, Usage
from assistant.workspace import Workspace


class Planner:
    """A model that offers the given ideas, one list for each time it is asked, the last again and again."""

    name, destination, writes, context_tokens = "planner", "this machine", True, 8192

    def __init__(self, *offers: Sequence[str]) -> None:
        self._offers = list(offers)
        self.asked: list[str] = []

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        offer = self._offers[min(len(self.asked), len(self._offers) - 1)]
        self.asked.append(request.messages[-1].content)
        assert request.task is not None
        source = request.task.sources[0].id
        data = {"item": [{"sources": [source], "text": text} for text in offer]}
        return ModelReply(json.dumps(data), data, Usage(calls=1), self.name)

    def count_tokens(self, text: str) -> int:
        return len(text)

    def close(self) -> None: ...


OWN = "先列出{{ theme }}最要紧的三件事。\n再挑一件先做。"
GOOD = "请设备主管把最怕停的那台机器画在纸上。"
OTHER = "让班组长用手机拍下交接班的那一刻。"


def both(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def draft(
    workspace: Workspace, model: Planner | None = None, own: str = OWN, least: int = 1, **more: Any
) -> tuple[Draft, list[Paragraph]]:
    """A draft of one section of ideas, and its paragraphs."""
    folder = workspace.settings.home / "templates" / "trial"
    folder.mkdir(parents=True, exist_ok=True)
    rules = more.pop("rules", [])
    part = {
        "role": "item",
        "count": {"least": least, "most": 3},
        "length": {"zh": {"least": 5, "most": 60}, "en": {"least": 3, "most": 40}},
        "otherwise": both(own),
    }
    evidence = [{"query": both("停机 预警"), "kinds": ["technology", "case"], "k": 3, "least": 0.0}]
    section = {
        "id": "ideas", "write": "propose", "parts": [part], "evidence": evidence,
        "instruction": both("出主意"), "gap": both("missing"), **more,
    }  # fmt: skip
    stated = {"id": "stated", "write": "brief", "text": both("{{ theme }}")}
    data = {
        "id": "trial", "version": 1, "name": both("Trial"), "purpose": both("Trial"), "stage": "internal",
        "inputs": [{"name": "theme", "required": True, "question": both("?"), "example": both("x")}],
        "sections": [stated, section], "rules": rules,
    }  # fmt: skip
    (folder / "template.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    for language in ("zh", "en"):
        (folder / f"{language}.j2").write_text(f'{{% extends "base.{language}.j2" %}}', encoding="utf-8")
    made = workspace.draft(Brief("trial", {"theme": "夜班"}), model=model)
    return made, [p for s, p in made.paragraphs() if s.id == "ideas"]


def test_an_idea_that_holds_stands_and_names_its_source(sample: Workspace) -> None:
    made, [idea] = draft(sample, Planner([GOOD]))
    assert (idea.text, idea.by) == (GOOD, "model")
    assert idea.citations
    assert not made.has_errors


@pytest.mark.parametrize(
    "invented",
    [
        "用 73% 的停机都在夜里这句话开头。",
        "请 2031 年 5 月 4 日来现场的人讲一讲。",
        "引用顾言舟的话：“停机一次，全家不睡，这是我说的。”",
    ],
)
def test_an_idea_with_a_figure_a_date_or_a_quote_of_its_own_is_thrown_away(sample: Workspace, invented: str) -> None:
    _, ideas = draft(sample, Planner([invented]))
    assert [p.text for p in ideas] == ["先列出夜班最要紧的三件事。"]


def test_the_good_ideas_among_bad_ones_are_kept_and_the_rest_asked_for_again(sample: Workspace) -> None:
    model = Planner(["用 73% 的停机都在夜里这句话开头。", GOOD], [OTHER])
    _, ideas = draft(sample, model, least=2)
    assert [p.text for p in ideas] == [GOOD, OTHER]
    assert len(model.asked) == 2
    assert "73%" in model.asked[1]


def test_the_same_idea_counts_once(sample: Workspace) -> None:
    _, ideas = draft(sample, Planner([GOOD, GOOD]), least=2)
    assert [p.text for p in ideas] == [GOOD, "先列出夜班最要紧的三件事。"]


def test_no_more_ideas_than_the_part_has_room_for(sample: Workspace) -> None:
    many = [GOOD, OTHER, "把第一通报修电话的录音放给大家听。", "在食堂贴一张今天没有停的机器的名单。"]
    assert len(draft(sample, Planner(many))[1]) == 3


def test_without_a_model_as_many_own_lines_stand_as_are_needed_and_rest_on_the_brief(sample: Workspace) -> None:
    made, ideas = draft(sample, least=2)
    assert [p.text for p in ideas] == ["先列出夜班最要紧的三件事。", "再挑一件先做。"]
    origins = {e.id: e.origin for e in made.evidence}
    assert {origins[citation] for p in ideas for citation in p.citations} == {"brief"}
    assert all(p.by == "program" for p in ideas)


@pytest.mark.parametrize(("optional", "paragraphs"), [(False, ["missing"]), (True, [])])
def test_too_few_lines_are_a_gap_or_nothing(sample: Workspace, optional: bool, paragraphs: list[str]) -> None:
    _, ideas = draft(sample, own="只有这一条。", least=2, optional=optional)
    assert [p.text for p in ideas] == paragraphs


def test_an_idea_that_names_the_brand_too_often_is_left_out(sample: Workspace) -> None:
    naming = "在朋友圈问一句：夜里几点最怕电话响，用 R200 打个比方。"
    again = "做一张 R200 的剪影海报，只写一个问号。"
    rules = [{"check": "keyword_overuse", "with": {"most": 1}}]
    _, ideas = draft(sample, Planner([naming, again]), rules=rules)
    assert sum("R200" in p.text for p in ideas) <= 1
