"""How a small model is used: sentence by sentence, and never believed without a look."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.gateway.port import ModelReply, ModelRequest, OnText, Usage
from assistant.settings import Settings
from assistant.workspace import Workspace
from assistant.writing.speakers import speakers, utterances
from knowledge.records import Audience
from knowledge.sample import FOLDER


class Echo:
    """A model that answers each sentence by `change`, and remembers what it was asked."""

    name, destination, writes, context_tokens = "echo", "this machine", True, 8192

    def __init__(self, change: Callable[[str], str]) -> None:
        self._change = change
        self.asked: list[str] = []

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        self.asked.append(request.messages[-1].content)
        given = request.task.sources[0].text if request.task else ""
        schema: dict[str, Any] = dict(request.schema or {})
        if "text" in schema["properties"] and schema["properties"]["text"]["type"] == "string":
            data: dict[str, Any] = {"text": self._change(given)}
        else:
            data = {role: [] for role in schema["properties"]}
        return ModelReply(json.dumps(data), data, Usage(calls=1), self.name)

    def count_tokens(self, text: str) -> int:
        return len(text)

    def close(self) -> None: ...


@pytest.fixture
def rewriting(sample: Workspace) -> Workspace:
    sample.settings = Settings({**sample.settings.values, "writing": "rewrite"})
    return sample


def story(workspace: Workspace, change: Callable[[str], str], case: str = "case-elevator") -> tuple[Draft, Echo]:
    model = Echo(change)
    return workspace.draft(Brief("success_story", {"case": case}), model=model), model


def texts(draft: Draft) -> str:
    return "\n".join(p.text for _, p in draft.paragraphs())


def test_a_faithful_rewrite_is_used(rewriting: Workspace) -> None:
    draft, _ = story(rewriting, lambda s: s.replace("由", "从").replace("降至", "缩短到"))
    assert "从 95 分钟缩短到 38 分钟" in texts(draft)
    assert not draft.has_errors


@pytest.mark.parametrize(
    "lie",
    [
        lambda s: s.replace("38", "18"),
        lambda s: s + "客户满意度达到 99%。",
        lambda s: "华东某电梯维保集团成为行业领先企业。",
        lambda s: "",
    ],
)
def test_a_lie_is_replaced_by_the_sentence_of_the_source(rewriting: Workspace, lie: Callable[[str], str]) -> None:
    draft, _ = story(rewriting, lie)
    said = texts(draft)
    assert "由 95 分钟降至 38 分钟" in said
    assert "18 分钟" not in said
    assert "99%" not in said
    assert "行业领先" not in said
    assert all(c.verdict == "supported" for c in draft.claims)


def test_every_figure_of_the_results_survives_any_model(rewriting: Workspace) -> None:
    draft, _ = story(rewriting, lambda s: "没有数字的一句话。")
    change = "".join(p.text for s, p in draft.paragraphs() if s.id == "change")
    results = rewriting.library.entries.get("case-elevator").fields["results"]
    assert all(str(r[key]).rstrip("%") in change for r in results for key in ("before", "after"))


def test_the_model_sees_one_sentence_and_no_name_without_permission(rewriting: Workspace) -> None:
    _, model = story(rewriting, lambda s: s)
    assert all("申特" not in prompt for prompt in model.asked)
    assert max(len(prompt) for prompt in model.asked) < 400


def test_no_sentence_stands_twice(rewriting: Workspace) -> None:
    model = Echo(lambda s: s)
    brief = Brief("press_release", {"subject": "R300 边缘网关发布", "date": "2026-10-20", "city": "苏州"})
    draft = rewriting.draft(brief, model=model)
    body = [p.text for s, p in draft.paragraphs() if s.id in ("lead", "body")]
    said = [sentence for text in body for sentence in text.split("。") if len(sentence) > 8]
    assert len(said) == len(set(said))


def test_minutes_have_nothing_of_what_does_not_come_back_faithful(rewriting: Workspace) -> None:
    transcript = (FOLDER / "transcripts" / "weekly-review.zh-CN.txt").read_text(encoding="utf-8")
    brief = Brief("meeting_minutes", {"transcript": transcript}, audience=Audience.INTERNAL)
    for lie in (lambda s: f"{s.split('：')[0]}指出，预算增加 999 万元。", lambda s: s):
        draft = rewriting.draft(brief, model=Echo(lie))
        items = [p for s, p in draft.paragraphs() if s.id == "discussion"]
        assert [p.by for p in items] == ["program"] * len(items)
        names = [p.text for s, p in draft.paragraphs() if s.id == "attendees"]
        said = "".join(p.text for p in items)
        assert "999" not in said
        assert not [name for name in names if f"{name}：" in said], "dialogue is not minutes"


def test_who_speaks_is_read_from_the_lines() -> None:
    text = "日期：3月1日\n张三：开始吧。\n[00:12] 李四：好。\n张三：第一件事。\n李四：同意。\n"
    assert speakers([text]) == ["张三", "李四"]
    assert utterances("张三：开始吧。\n（鼓掌）\n") == [("张三", "张三：开始吧。")]


def test_a_local_model_rewrites_and_a_remote_one_composes_unless_set(sample: Workspace, tmp_path: Path) -> None:
    assert sample.drafter(Echo(str))._rewrites is False
    local = Echo(str)
    local.name = "local"
    assert sample.drafter(local)._rewrites is True
