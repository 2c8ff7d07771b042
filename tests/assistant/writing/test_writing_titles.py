"""Titles for platforms: as many as asked for, different, within their length, nothing that the evidence has not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from assistant.brief import Brief
from assistant.checks.platforms import platform
from assistant.draft import Draft
from assistant.gateway.port import ModelReply, ModelRequest, OnText, Usage
from assistant.workspace import Workspace
from assistant.writing.titles import alike

ALL = "media, zhihu, xiaohongshu, douyin, wechat, linkedin, facebook, youtube, tiktok, x, toutiao, baijiahao"


class Headliner:
    """A model that answers a headline by `make` from the source it was shown."""

    name, destination, writes, context_tokens = "headliner", "this machine", True, 8192

    def __init__(self, make: Callable[[str], str]) -> None:
        self._make = make

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        data: dict[str, Any] = {"text": self._make(request.task.sources[0].text if request.task else "")}
        return ModelReply(json.dumps(data), data, Usage(calls=1), self.name)

    def count_tokens(self, text: str) -> int:
        return len(text)

    def close(self) -> None: ...


def titles(draft: Draft) -> dict[str, list[str]]:
    return {s.id: [p.text for p in s.paragraphs if not p.gap] for s in draft.sections}


@pytest.mark.parametrize(
    ("subject", "locale"), [("R300 边缘网关发布", "zh-CN"), ("电梯维保响应时间", "zh-CN"), ("R300 edge gateway", "en")]
)
def test_three_different_titles_for_every_platform_within_its_length(
    sample: Workspace, subject: str, locale: str
) -> None:
    draft = sample.draft(Brief("platform_titles", {"subject": subject, "platforms": ALL}, locale))
    assert not [f for f in draft.findings if str(f.severity) == "error"]
    made = titles(draft)
    assert list(made) == ALL.split(", ")
    for name, lines in made.items():
        assert len(set(lines)) == 3, (name, lines)
        known = platform(name)
        assert known is not None, name
        assert all(known.most is None or known.size(line) <= known.most for line in lines), (name, lines)


def test_only_the_platforms_asked_for(sample: Workspace) -> None:
    draft = sample.draft(Brief("platform_titles", {"subject": "R300 边缘网关", "platforms": "zhihu, wechat"}))
    assert list(titles(draft)) == ["zhihu", "wechat"]


def test_a_question_platform_gets_questions(sample: Workspace) -> None:
    draft = sample.draft(Brief("platform_titles", {"subject": "R300 边缘网关", "platforms": "zhihu"}))
    assert all(line.endswith("？") for line in titles(draft)["zhihu"])


def test_a_before_figure_of_a_case_is_no_title_by_itself(sample: Workspace) -> None:
    draft = sample.draft(Brief("platform_titles", {"subject": "elevator maintenance", "platforms": "media"}, "en"))
    for line in titles(draft)["media"]:
        assert "95" not in line or "38" in line


def test_a_models_title_is_used_when_it_holds(sample: Workspace) -> None:
    model = Headliner(lambda source: "R300 边缘网关，网断了判断不断" if "R300" in source else "")
    draft = sample.draft(Brief("platform_titles", {"subject": "R300 边缘网关", "platforms": "wechat"}), model=model)
    assert "R300 边缘网关，网断了判断不断" in titles(draft)["wechat"]


@pytest.mark.parametrize(
    "invented",
    ["R300 让停机减少 73%", "R900 边缘网关上市", "全行业都在换的那台网关终于来到了每一个车间和每一座泵站旁边"],
)
def test_a_models_title_that_invents_or_runs_over_is_not_used(sample: Workspace, invented: str) -> None:
    model = Headliner(lambda source: invented)
    draft = sample.draft(Brief("platform_titles", {"subject": "R300 边缘网关", "platforms": "wechat"}), model=model)
    assert len(titles(draft)["wechat"]) == 3
    assert invented not in titles(draft)["wechat"]


def test_what_an_entry_is_called_is_no_title_of_a_models(sample: Workspace) -> None:
    model = Headliner(lambda source: "Elevator maintenance in East China")
    brief = Brief("platform_titles", {"subject": "elevator maintenance", "platforms": "media"}, "en")
    made = titles(sample.draft(brief, model=model))["media"]
    assert "Elevator maintenance in East China" not in made
    assert any("95 to 38" in line for line in made)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("响应时间由 95 分钟降至 38 分钟", "电梯维保：由 95 分钟降至 38 分钟", True),
        ("二次上门率由 31% 降至 12%", "响应时间由 95 分钟降至 38 分钟", False),
        ("The R300 stores 30 days of data", "30 days of data stay in the R300", True),
        ("The R300 stores 30 days of data", "The R300 reads 3,000 data points per second", False),
    ],
)
def test_what_is_the_same_title_twice(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same
