"""How a model text is made, and how near a new one comes to it."""

from __future__ import annotations

import pytest

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.workspace import Workspace
from assistant.writing.documents.manner import manner_of
from knowledge.domain.locale import Locale
from knowledge.sample import FOLDER

ZH, EN = Locale("zh-CN"), Locale("en")
TOPICS = {"zh": "边缘网关断网时的报警", "en": "alarms from the edge gateway when the network is down"}


def model_text(language: str) -> str:
    return (FOLDER / "inputs" / f"model-post.{language}.md").read_text(encoding="utf-8")


def rewritten(workspace: Workspace, language: str) -> Draft:
    inputs = {"model_text": model_text(language), "topic": TOPICS[language]}
    return workspace.draft(Brief("style_rewrite", inputs, "zh-CN" if language == "zh" else "en"))


def said(draft: Draft, section: str) -> list[str]:
    return [p.text for s in draft.sections if s.id == section for p in s.paragraphs]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("你走进过自己的仓库吗？\n灯都亮着。", "question"),
        ("312 家工厂里，61% 装了监测。\n没有人看。", "figures"),
        ("凌晨两点，电话响了。\n值班员跑到泵房。", "scene"),
        ("设备联网是一件慢活。\n慢活要细做。", "statement"),
    ],
)
def test_the_kind_of_opening(text: str, kind: str) -> None:
    assert manner_of(text, ZH).opening == kind


@pytest.mark.parametrize(
    ("last", "kind"),
    [("欢迎留言告诉我们。", "call"), ("你会怎么选？", "question"), ("这就是全部经过。", "statement")],
)
def test_the_kind_of_ending(last: str, kind: str) -> None:
    assert manner_of(f"设备联网是一件慢活。\n{last}", ZH).ending == kind


def test_sizes_person_and_devices_are_counted() -> None:
    found = manner_of("# Lamps\nWe walked in. We saw one lamp.\n- a switch\n- a box\nWho pays for our light?", EN)
    assert found.title == "Lamps"
    assert [p.size for p in found.passages] == [7, 4, 5]
    assert found.person == "we"
    assert (found.devices["questions"], found.devices["items"]) == (1, 2)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_analysis_is_true_of_the_model_and_cites_it(sample: Workspace, language: str) -> None:
    draft = rewritten(sample, language)
    sources = {e.id: e for e in draft.evidence}
    lines = next(s for s in draft.sections if s.id == "analysis").paragraphs
    assert len(lines) >= 5
    assert all(any(sources[c].source == "model_text" for c in p.citations) for p in lines)
    first = "凌晨两点" if language == "zh" else "Have you ever walked through your own warehouse"
    assert first in lines[0].text
    assert len(said(draft, "plan")) == len(manner_of(model_text(language), Locale(draft.locale)).passages)
    assert not draft.has_errors


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_new_text_is_ours_and_the_review_says_how_near_it_is(sample: Workspace, language: str) -> None:
    draft = rewritten(sample, language)
    sources = {e.id: e for e in draft.evidence}
    body = next(s for s in draft.sections if s.id == "body").paragraphs
    assert all(sources[c].origin == "library" for p in body for c in p.citations)
    review = said(draft, "review")
    assert len(review) == 4
    assert "12" in review[0] if language == "zh" else "limit is 8" in review[0]


def test_the_review_tells_a_copied_run(sample: Workspace) -> None:
    topic = "仓库里的灯为什么总有一半是白亮的这件事"
    draft = sample.draft(Brief("style_rewrite", {"model_text": model_text("zh"), "topic": topic}))
    longest = int(said(draft, "review")[0].split("：")[1].split(" ")[0])
    assert longest >= 13
    assert [f for f in draft.findings if f.check == "copied_run"]
