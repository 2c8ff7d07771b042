"""A script: its seconds add up, its words can be spoken in them, and they are those of the evidence."""

from __future__ import annotations

import re

import pytest

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.workspace import Workspace
from assistant.writing.plans.scenes import spoken_seconds
from evals.subjects.scripted import SourcesModel
from knowledge.domain.locale import Locale

_SCENE = {
    "zh-CN": re.compile(r"画面：(.*)｜口播：(.*)｜字幕：(.*)｜时长：(\d+) 秒"),
    "en": re.compile(r"Picture: (.*) \| Spoken: (.*) \| Caption: (.*) \| (\d+) seconds"),
}


def script(workspace: Workspace, subject: str, seconds: str, locale: str = "zh-CN", **more: str) -> Draft:
    return workspace.draft(Brief("video_script", {"subject": subject, "seconds": seconds, **more}, locale))


def scenes(draft: Draft) -> list[tuple[str, str, str, int]]:
    found = [_SCENE[draft.locale].fullmatch(p.text) for s, p in draft.paragraphs() if s.id == "script" and not p.gap]
    assert all(found)
    return [(m[1], m[2], m[3], int(m[4])) for m in found if m]


@pytest.mark.parametrize(
    ("subject", "seconds", "locale"),
    [
        ("R300 边缘网关", "60", "zh-CN"),
        ("电梯维保响应", "30", "zh-CN"),
        ("TingSense S10", "90", "zh-CN"),
        ("R300 edge gateway", "60", "en"),
        ("elevator maintenance", "45", "en"),
    ],
)
def test_seconds_add_up_and_every_line_can_be_spoken(
    sample: Workspace, subject: str, seconds: str, locale: str
) -> None:
    draft = script(sample, subject, seconds, locale)
    assert not [f for f in draft.findings if str(f.severity) == "error"]
    found = scenes(draft)
    assert sum(scene[3] for scene in found) == int(seconds)
    for picture, spoken, caption, time in found:
        assert picture
        assert caption
        assert spoken_seconds(spoken, Locale(locale)) <= time
    assert found[0][3] == 3


def test_sixty_seconds_unless_told(sample: Workspace) -> None:
    draft = sample.draft(Brief("video_script", {"subject": "R300 边缘网关"}))
    assert sum(scene[3] for scene in scenes(draft)) == 60


def test_what_is_spoken_stands_in_the_cited_evidence(sample: Workspace) -> None:
    draft = script(sample, "电梯维保响应", "45")
    texts = {e.id: e.text for e in draft.evidence}
    lines = [p for s, p in draft.paragraphs() if s.id == "script"]
    for paragraph, (_, spoken, _, _) in list(zip(lines, scenes(draft), strict=True))[1:-1]:
        cited = re.sub(r"（[^）]*）", "", "\n".join(texts[c] for c in paragraph.citations))
        assert spoken.rstrip("。") in cited


def test_a_change_is_the_hook_and_is_told_in_full_later(sample: Workspace) -> None:
    hook, *rest = scenes(script(sample, "elevator maintenance", "60", "en"))
    assert hook[1] == "From 95 to 38 minutes."
    assert any("95 to 38 minutes" in scene[1] for scene in rest)


def test_the_call_of_the_brief_ends_the_film(sample: Workspace) -> None:
    call = "Send us your machine types and get a list of what connects."
    assert scenes(script(sample, "R300 edge gateway", "60", "en", call=call))[-1][1] == call


def test_a_film_about_one_product_does_not_speak_of_another(sample: Workspace) -> None:
    assert not any("R200" in scene[1] for scene in scenes(script(sample, "R300 边缘网关", "90")))


def test_a_film_too_short_for_any_sentence_asks_for_more(sample: Workspace) -> None:
    draft = script(sample, "R300 边缘网关", "6")
    assert [p.gap for s, p in draft.paragraphs() if s.id == "script"] == [True]


def test_a_sentence_of_the_source_is_no_picture(sample: Workspace) -> None:
    draft = sample.draft(Brief("video_script", {"subject": "R300 边缘网关"}), model=SourcesModel())
    source = "\n".join(e.text for e in draft.evidence)
    assert sum(scene[3] for scene in scenes(draft)) == 60
    assert not any(scene[0] in source for scene in scenes(draft))
