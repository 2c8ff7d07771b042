"""Blurbs of a case: in their length or a gap that says so, from the case's own sentences, by every kind of model."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.brief import Brief
from assistant.draft import Draft, Paragraph
from assistant.drafting import check_draft, standards_of
from assistant.gateway.limits import Limits
from assistant.gateway.port import ModelReply, ModelRequest, OnText, Usage
from assistant.gateway.scripted import ScriptedModel
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import find
from knowledge.domain.text import length
from knowledge.records import Audience
from knowledge.sample import FOLDER
from prompts.section import Range

RANGES = {
    ("zh", "short"): Range(least=90, most=110),
    ("zh", "long"): Range(least=450, most=550),
    ("en", "short"): Range(least=45, most=55),
    ("en", "long"): Range(least=225, most=275),
}
CASES = sorted(path.name.split(".") for path in (FOLDER / "cases").glob("*.md"))
ONLY_INTERNAL = {"mining"}
TOO_SHORT = {
    ("heating", "zh-CN"), ("mining", "zh-CN"), ("packaging", "zh-CN"), ("packaging", "en"),
}  # fmt: skip
"""Cases whose approved text does not come near the long blurb."""


def blurbs(workspace: Workspace, case: str, locale: str = "zh-CN", **inputs: str) -> Draft:
    case_id = f"case-{case}" if locale == "zh-CN" else f"case-{case}-{locale}"
    audience = Audience.INTERNAL if case in ONLY_INTERNAL else Audience.PUBLIC
    return workspace.draft(Brief("case_blurbs", {"case": case_id, **inputs}, locale, audience=audience))


def of(draft: Draft, section_id: str) -> Paragraph:
    [paragraph] = [p for s, p in draft.paragraphs() if s.id == section_id]
    return paragraph


def size(paragraph: Paragraph, draft: Draft) -> int:
    return length(paragraph.text, Locale(draft.locale))


@pytest.mark.parametrize(("case", "locale", "_"), CASES, ids=lambda part: str(part))
def test_every_sample_case_has_its_length_or_says_why_not(sample: Workspace, case: str, locale: str, _: str) -> None:
    draft = blurbs(sample, case, locale)
    assert not draft.has_errors
    assert not [f for f in draft.findings if f.check == "repeated_text"]
    short, long = of(draft, "short"), of(draft, "long")
    assert not short.gap
    assert long.gap == ((case, locale) in TOO_SHORT)
    for name, paragraph in (("short", short), ("long", long)):
        limits = RANGES[locale[:2], name]
        if paragraph.gap:
            assert str(limits.least) in paragraph.text
            there = re.search(r"现有可用 (\d+) 字|(\d+) words can be used now", paragraph.text)
            assert there is not None
            assert int(there[1] or there[2]) < limits.least
            continue
        assert limits.least <= size(paragraph, draft) <= limits.most
        assert paragraph.citations
        assert not re.search(r"我们|\b(?:we|our)\b|[“”]\s*——|；$|;$", paragraph.text)
        evidence = "\n".join(e.text for e in draft.cited(paragraph))
        known = {(q.value, q.unit) for q in find(evidence)}
        assert {(q.value, q.unit) for q in find(paragraph.text)} <= known
    assert re.search(r"[由从].*?\d.*?至|\bfrom\b.*?\d.*?\bto\b|instead of|提前", short.text), "a change is told"


@pytest.mark.parametrize(
    ("case", "locale", "text"),
    [
        (
            "elevator",
            "zh-CN",
            "华东某电梯维保集团在江苏、浙江和上海维保 1.86 万台电梯。该客户在 6,200 台电梯的控制柜内加装汀石工联 R200 "
            "边缘网关。上线四个月后，该客户 6,200 台联网电梯的故障平均响应时间由 95 分钟降至 38 分钟。",
        ),
        (
            "packaging",
            "en",
            "Tan Hoa Lam connected its 38 machines with R200 edge gateways that read speed, count and stop signals. Five "
            "months after go-live, mean changeover time on Tan Hoa Lam's 38 machines had fallen from 47 to 29 minutes, OEE "
            "had risen from 54% to 66%, and the scrap rate had fallen from 4.8% to 3.1%.",
        ),
    ],
)
def test_the_short_blurb_without_a_model(sample: Workspace, case: str, locale: str, text: str) -> None:
    draft = blurbs(sample, case, locale, length="short")
    assert [section.id for section in draft.sections] == ["short"]
    assert of(draft, "short").text == text
    assert not [f for f in draft.findings if f.check == "section_missing"]


def test_a_pilot_is_called_one_and_no_word_to_writers_gets_out(sample: Workspace) -> None:
    for locale, pilot, words in (("zh-CN", "试点", "对外不得"), ("en", "pilot", "do not describe")):
        for _, paragraph in blurbs(sample, "stamping", locale).paragraphs():
            assert pilot in paragraph.text
            assert words not in paragraph.text


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_a_customer_without_permission_is_introduced_by_the_alias_once(sample: Workspace, locale: str) -> None:
    draft = blurbs(sample, "elevator", locale)
    alias, after = (
        ("华东某电梯维保集团", "该客户") if locale == "zh-CN" else ("elevator-maintenance group", "the customer")
    )
    for _, paragraph in draft.paragraphs():
        assert paragraph.text.count(alias) == 1
        assert after in paragraph.text.replace("The", "the")
        assert "申特" not in paragraph.text
        assert "Shente" not in paragraph.text


def test_a_case_that_may_not_be_used_is_asked_about(sample: Workspace) -> None:
    draft = sample.draft(Brief("case_blurbs", {"case": "case-mining"}))
    assert [question.input for question in draft.questions] == ["case"]


# --- models that write -----------------------------------------------------------------------------------------------

SHORT = (
    "华东某电梯维保集团在江苏、浙江和上海维保 1.86 万台电梯，在其中 6,200 台电梯的控制柜内加装 R200 边缘网关。"
    "上线四个月后，故障平均响应时间由 95 分钟降至 38 分钟，二次上门率由 31% 降至 12%。"
)


def scripted(workspace: Workspace, folder: Path, *texts: str) -> ScriptedModel:
    replies = [{"reply": {"text": [{"sources": ["S1", "S2", "S3"], "text": text}]}} for text in texts]
    path = folder / "script.jsonl"
    path.write_text("\n".join(json.dumps(reply, ensure_ascii=False) for reply in replies), encoding="utf-8")
    return ScriptedModel(path, Limits.of(workspace.settings))


def one(workspace: Workspace, model: ScriptedModel) -> Draft:
    return workspace.draft(Brief("case_blurbs", {"case": "case-elevator", "length": "short"}), model=model)


def test_a_model_that_keeps_the_length_is_taken_at_its_word(sample: Workspace, tmp_path: Path) -> None:
    draft = one(sample, scripted(sample, tmp_path, SHORT))
    assert (of(draft, "short").text, of(draft, "short").by) == (SHORT, "model")
    assert not draft.has_errors


def test_a_text_that_is_too_long_goes_back_with_its_length(sample: Workspace, tmp_path: Path) -> None:
    too_long = SHORT.replace(
        "维保 1.86 万台电梯，", "维保 1.86 万台电梯，有 640 名维保工、31 个服务站，客户以住宅小区为主，"
    )
    draft = one(sample, scripted(sample, tmp_path, too_long, SHORT))
    assert of(draft, "short").text == SHORT
    assert draft.usage.calls == 2


def test_where_no_version_keeps_the_length_the_program_writes(sample: Workspace, tmp_path: Path) -> None:
    draft = one(sample, scripted(sample, tmp_path, *[SHORT[:60] + "。"] * 3))
    short = of(draft, "short")
    assert short.by == "program"
    assert 90 <= size(short, draft) <= 110
    assert not draft.has_errors


@pytest.mark.parametrize("by", ["model", "program", "person"])
def test_a_length_outside_is_an_error_whoever_wrote_it(sample: Workspace, by: str) -> None:
    draft = blurbs(sample, "elevator", length="short")
    [section] = draft.sections
    cut = replace(of(draft, "short"), text=of(draft, "short").text[:70] + "。", by=by)
    template = sample.templates.get("case_blurbs").template
    brief = Brief("case_blurbs", draft.inputs)
    changed = replace(draft, sections=(replace(section, paragraphs=(cut,)),))
    checked = check_draft(changed, template, standards_of(brief, sample.library, sample.policy()))
    assert "length_out_of_range" in {f.check for f in checked.findings if f.severity == "error"}


def test_versions_may_repeat_each_other_but_not_themselves(sample: Workspace) -> None:
    draft = blurbs(sample, "elevator")
    section, other = draft.sections
    said = of(draft, "short").text
    twice = replace(of(draft, "short"), text=said + said)
    template = sample.templates.get("case_blurbs").template
    standards = standards_of(Brief("case_blurbs", draft.inputs), sample.library, sample.policy())
    changed = replace(draft, sections=(replace(section, paragraphs=(twice,)), other))
    checked = check_draft(changed, template, standards)
    assert {f.paragraph for f in checked.findings if f.check == "repeated_text"} == {twice.id}


def test_a_recheck_asks_for_no_section_that_nobody_wanted(sample: Workspace) -> None:
    draft = blurbs(sample, "elevator", length="short")
    again = sample.recheck(draft.id)
    assert [f.check for f in again.findings] == [f.check for f in draft.findings]


class Padder:
    """A small model that makes each sentence longer, or shorter, and stays faithful."""

    name, destination, writes, context_tokens = "padder", "this machine", True, 8192

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        given = request.task.sources[0].text if request.task else ""
        data: dict[str, Any] = {"text": given.replace("由", "从").replace("降至", "一路缩短到了")}
        return ModelReply(json.dumps(data), data, Usage(calls=1), self.name)

    def count_tokens(self, text: str) -> int:
        return len(text)

    def close(self) -> None: ...


def test_a_small_model_rewords_only_as_far_as_the_length_bears(sample: Workspace) -> None:
    sample.settings = Settings({**sample.settings.values, "writing": "rewrite"})
    draft = sample.draft(Brief("case_blurbs", {"case": "case-elevator"}), model=Padder())
    for name in ("short", "long"):
        limits = RANGES["zh", name]
        assert limits.least <= size(of(draft, name), draft) <= limits.most
        assert "38 分钟" in of(draft, name).text
    assert "从 95 分钟" in of(draft, "short").text
