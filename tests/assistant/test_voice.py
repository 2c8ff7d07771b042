"""Style rules of the workspace: in every prompt within a budget, never evidence, and checked afterwards."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from assistant.brief import Brief
from assistant.gateway.port import ModelReply, ModelRequest, OnText
from assistant.voice import BUDGET, Voice, voice_of
from assistant.workspace import Workspace
from evals.subjects.scripted import SourcesModel
from knowledge.domain.locale import Locale
from knowledge.importing import ImportOptions
from knowledge.reading.tokens import count_tokens
from knowledge.records import Audience, Scope, State
from knowledge.sample import FOLDER

LONG = [f"empty phrase number {n}" for n in range(60)]


class Listening(SourcesModel):
    """The stand-in that keeps what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        self.told.append(request.messages[0].content)
        return super().complete(request, on_text)


def shelve(workspace: Workspace, fields: dict[str, Any], state: State = State.APPROVED, **more: Any) -> None:
    """Put style rules for German texts into the library, which has none."""
    head = {
        "id": "style-de", "title": "Stil", "kind": "style_rule", "locale": "de", "audience": "internal",
        "state": str(state), "owner": "M", "fields": fields, **more,
    }  # fmt: skip
    path = workspace.settings.home / f"{head['id']}.md"
    path.write_text(f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n# Stil\n\nRegeln.\n", encoding="utf-8")
    report = workspace.library.importer().run([path], ImportOptions(state=state, trust_front_matter=True))
    assert not report.failed, report.items


def voice(workspace: Workspace, locale: str = "en", template: str = "press_release", **scope: Any) -> Voice:
    declared = workspace.templates.get(template).template
    return voice_of(workspace.library, Scope(**scope), Locale(locale), declared)


def test_internal_rules_hold_for_public_texts_in_their_language(sample: Workspace) -> None:
    zh, en = voice(sample, "zh-CN"), voice(sample, "en")
    assert "赋能" in zh.forbidden
    assert "leverage" in en.forbidden
    assert voice(sample, "ja") == Voice()
    assert voice(sample, "en-US").forbidden == en.forbidden


def test_the_rules_name_voice_person_words_and_spelling(sample: Workspace) -> None:
    assert [rule.split(":")[0] for rule in voice(sample).rules] == ["Person", "Voice", "Never write", "Spelling"]
    assert any(rule.startswith("不用这些词：赋能、抓手") for rule in voice(sample, "zh-CN").rules)
    assert not [rule for rule in voice(sample).wording if rule.startswith("Person")], "one sentence has no person"


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_the_rules_stay_within_their_budget(sample: Workspace, locale: str) -> None:
    found = voice(sample, locale)
    for rules in (found.rules, found.wording):
        assert 0 < sum(map(count_tokens, rules)) <= BUDGET


def test_of_too_many_rules_whole_ones_enter_and_the_most_important_first(sample: Workspace) -> None:
    shelve(sample, {"voice": ["plain"], "person": "we in posts", "forbidden": LONG, "spelling": {"percent": "%"}})
    found = voice(sample, "de")
    assert found.rules[:2] == ("Person: we in posts", "Voice: plain")
    words = found.rules[2].removeprefix("Never write: ").split(", ")
    assert words == LONG[: len(words)]
    assert 0 < len(words) < len(LONG)
    assert sum(map(count_tokens, found.rules)) <= BUDGET
    assert found.forbidden == tuple(LONG), "the check knows all of them"


def test_a_rule_that_is_longer_than_the_budget_stays_out(sample: Workspace) -> None:
    shelve(sample, {"person": "we " * 200, "voice": ["plain"]})
    assert voice(sample, "de").rules == ("Voice: plain",)


def test_only_approved_rules_of_the_market_hold(sample: Workspace) -> None:
    shelve(sample, {"voice": ["draft"]}, State.DRAFT)
    assert voice(sample, "de") == Voice()
    shelve(sample, {"voice": ["swiss"]}, id="style-ch", markets=["CH"])
    assert voice(sample, "de", market="DE") == Voice()
    assert voice(sample, "de", market="CH").rules == ("Voice: swiss",)


def test_a_rule_tells_no_model_the_name_of_a_hidden_customer(sample: Workspace) -> None:
    shelve(sample, {"voice": ["plain, as told to Shente"], "forbidden": ["Shente"]})
    assert "Shente" not in " ".join(voice(sample, "de").rules)


@pytest.mark.parametrize(
    ("template", "locale", "named"),
    [
        ("press_release", "en", "Tingstone Industrial"),
        ("press_release", "zh-CN", "汀石工联"),
        ("success_story", "en", ""),
        ("success_story", "zh-CN", ""),
    ],
)
def test_the_person_is_decided_only_where_the_rule_names_the_kind_of_text(
    sample: Workspace, template: str, locale: str, named: str
) -> None:
    assert voice(sample, locale, template).named == named


def test_dates_are_written_as_the_rules_have_them(sample: Workspace) -> None:
    draft = sample.draft(Brief("press_release", {"subject": "R300", "date": "2026-10-20", "city": "Suzhou"}, "en"))
    lead = next(p.text for s, p in draft.paragraphs() if s.id == "lead")
    assert "20 October 2026" in lead
    assert Voice(spelling={"date": "October 20, 2026"}).written(Locale("en")) == Locale("en-US")
    assert Voice(spelling={"variant": "en-GB"}).written(Locale("en-US")) == Locale("en-US")
    assert Voice().written(Locale("en")) == Locale("en")


@pytest.mark.parametrize(("locale", "rule"), [("zh-CN", "- 不用这些词：赋能、"), ("en", "- Never write: leverage, ")])
@pytest.mark.parametrize("template", ["success_story", "brand_house"])
def test_every_prompt_carries_them_in_a_prefix_that_stays_the_same(
    sample: Workspace, template: str, locale: str, rule: str
) -> None:
    model = Listening()
    inputs = {"case": "case-wind"} if template == "success_story" else {"period": "2027"}
    sample.draft(Brief(template, inputs, locale), model=model)
    assert len(model.told) > 2
    assert len(set(model.told)) == 1
    assert rule in model.told[0]


@pytest.mark.parametrize("template", ["brand_house", "success_story", "press_release"])
def test_rules_never_become_evidence(sample: Workspace, template: str) -> None:
    inputs = {
        "success_story": {"case": "case-wind"},
        "press_release": {"subject": "文风规则 禁用词 语气", "date": "2026-10-20", "city": "苏州"},
        "brand_house": {"period": "2027"},
    }[template]
    draft = sample.draft(Brief(template, inputs, audience=Audience.INTERNAL))
    assert not [e for e in draft.evidence if e.kind == "style_rule"]
    report = sample.check("汀石工联的文字具体、克制、平视、可核对。", audience=Audience.INTERNAL)
    assert not [e for e in report.evidence if e.kind == "style_rule"]


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize(
    ("template", "inputs"),
    [
        ("success_story", {"case": "case-wind"}),
        ("success_story", {"case": "case-machine-tool"}),
        ("press_release", {"subject": "R300", "date": "2026-10-20", "city": "Suzhou"}),
        ("brand_house", {"period": "2027"}),
        ("competitor_analysis", {"product": "R200", "goal": "learn", "stage": "on sale"}),
        ("case_blurbs", {"case": "case-water"}),
        ("meeting_minutes", {"transcript": "weekly-review.zh-CN.txt"}),
        ("localized_copy", {"text": "R300 的目录价为 4,680 元，2026 年 10 月起供货。"}),
    ],
)
def test_drafts_of_the_sample_keep_them(sample: Workspace, template: str, inputs: dict[str, str], locale: str) -> None:
    if "transcript" in inputs:
        name = inputs["transcript"] if locale == "zh-CN" else "launch-prep.en.txt"
        inputs = {"transcript": (FOLDER / "transcripts" / name).read_text(encoding="utf-8")}
    draft = sample.draft(Brief(template, inputs, locale, audience=Audience.INTERNAL))
    assert [f.message for f in draft.findings if f.check == "style_rule"] == []


def test_a_checked_text_is_held_to_the_rules_of_the_library(sample: Workspace) -> None:
    report = sample.check("TingDeck empowers plants in every color.", locale="en")
    assert [f.fix for f in report.findings if f.check == "style_rule"] == ["", "colour"]


def test_what_a_model_wrote_is_put_right_where_there_is_one_form(sample: Workspace) -> None:
    class American(SourcesModel):
        """Writes every section about the colour of a centre."""

        def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
            reply = super().complete(request, on_text)
            for pieces in reply.data.values():
                for piece in pieces if isinstance(pieces, list) else ():
                    piece["text"] = str(piece["text"]).replace("the ", "the color of the ", 1)
            return reply

    draft = sample.draft(Brief("success_story", {"case": "case-machine-tool"}, "en"), model=American())
    assert [r.after for r in draft.repairs if r.check == "style_rule"].count("colour") >= 1
    assert "color " not in " ".join(p.text for _, p in draft.paragraphs())
