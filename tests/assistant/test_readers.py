"""Who reads changes what is shown first, not only how it is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.brief import Brief
from assistant.evidence import EvidenceBook
from assistant.gateway.port import ModelReply, ModelRequest, OnText
from assistant.readers import MOST, Reader, reader_of, wants_point_first
from assistant.workspace import Workspace
from evals.subjects.scripted import SourcesModel
from knowledge.records import Audience, EntryVersion, Hit, Passage, State
from prompts.loader import Templates
from prompts.readers import accepted_inputs, readers
from prompts.template import Template

WORDS = {"zh": "方案", "en": "Proposal"}
QUERY = {"zh": "设备联网 网关 客户 认证", "en": "gateway connects machines customers"}
KINDS = ["case", "certificate", "milestone", "product", "technology", "position", "view", "people", "press_kit"]
LENGTH = {"zh": {"least": 1, "most": 400}, "en": {"least": 1, "most": 200}}


def proposal(stage: str = "internal", **more: Any) -> dict[str, Any]:
    section = {
        "id": "proof", "write": "facts", "gap": WORDS, "parts": [{"count": {"least": 1, "most": 5}, "length": LENGTH}],
        "evidence": [{"query": QUERY, "kinds": KINDS, "k": 5, "least": 0.0}],
    }  # fmt: skip
    return {
        "id": "proposal", "version": 1, "name": WORDS, "purpose": WORDS, "stage": stage, "inputs": [],
        "sections": [section], **more,
    }  # fmt: skip


def chosen(
    workspace: Workspace, inputs: Mapping[str, str], stage: str = "internal", k: int = 5
) -> list[tuple[str, str]]:
    """Entry and kind of what the one section gets, in order."""
    data = proposal(stage)
    data["sections"][0]["evidence"][0]["k"] = k
    template = Template.model_validate(data)
    brief = Brief("proposal", inputs, audience=Audience.INTERNAL)
    book = EvidenceBook(workspace.library, brief, template, {})
    return [(str(e.entry_id), e.kind) for e in book.select(template.sections[0])]


def kinds(found: list[tuple[str, str]]) -> list[str]:
    return [kind for _, kind in found]


@pytest.mark.parametrize(
    ("inputs", "kind"),
    [
        ({"reader_role": "executor"}, "technology"),
        ({"reader_role": "influencer"}, "certificate"),
        ({"reader_risk": "high"}, "case"),
        ({"reader_risk": "single_deal"}, "milestone"),
        ({"reader_stage": "awareness"}, "milestone"),
        ({"reader_stage": "purchase"}, "certificate"),
    ],
)
def test_each_answer_brings_up_its_own_evidence(sample: Workspace, inputs: dict[str, str], kind: str) -> None:
    before, after = kinds(chosen(sample, {}, k=20)), kinds(chosen(sample, inputs, k=20))

    def mean_place(found: list[str]) -> float:
        places = [place for place, one in enumerate(found) if one == kind]
        return sum(places) / len(places)

    assert mean_place(after) < mean_place(before)
    assert chosen(sample, inputs) != chosen(sample, {}), "not only the order, the choice as well"


def test_role_risk_and_stage_differ_among_themselves(sample: Workspace) -> None:
    found = [
        chosen(sample, {name: value})
        for name, value in [
            ("reader_role", "executor"), ("reader_role", "influencer"), ("reader_risk", "high"),
            ("reader_risk", "single_deal"), ("reader_stage", "purchase"),
        ]
    ]  # fmt: skip
    assert len({tuple(one) for one in found}) == len(found)


def test_the_stage_of_the_template_counts_where_the_brief_names_the_reader(sample: Workspace) -> None:
    assert chosen(sample, {}, "awareness") == chosen(sample, {}, "purchase"), (
        "nothing said of the reader, nothing changed"
    )
    risk = {"reader_risk": "value"}
    assert chosen(sample, risk, "awareness") != chosen(sample, risk, "purchase")
    own = {**risk, "reader_stage": "purchase"}
    assert chosen(sample, own, "awareness") == chosen(sample, own, "purchase")


def hit(number: int, kind: str = "position", text: str = "一句话。", heading: str = "") -> Hit:
    entry = EntryVersion(f"e{number}", 1, kind, "zh-CN", "t", text, State.APPROVED, Audience.PUBLIC)
    return Hit(Passage(number, f"p{number}", entry, text, (heading,) if heading else (), "", "zh-CN"), 1.0)


SECTION = Template.model_validate(proposal()).sections[0]


def reader(**inputs: str) -> Reader:
    return reader_of(Brief("proposal", inputs), Template.model_validate(proposal()))


def test_nothing_moves_further_than_the_bound() -> None:
    hits = [*(hit(n) for n in range(40)), hit(40, "certificate", "证书覆盖 7 项。")]
    ranked = reader(reader_role="decider", reader_risk="high", reader_stage="purchase").ranked(hits, SECTION)
    moved = [h.passage.pk for h in ranked].index(40)
    assert 40 - MOST <= moved < 40


def test_equals_keep_their_order_and_without_an_answer_all_do() -> None:
    hits = [hit(n, "case" if n % 2 else "position") for n in range(9)]
    assert reader().ranked(hits, SECTION) == hits
    ranked = [h.passage.pk for h in reader(reader_risk="high").ranked(hits, SECTION)]
    for rest in (0, 1):
        assert [n for n in ranked if n % 2 == rest] == [n for n in range(9) if n % 2 == rest]


def test_a_wrong_answer_is_as_none() -> None:
    assert reader(reader_role="boss") == reader()


@pytest.mark.parametrize(
    ("market", "locale", "first"),
    [
        (None, "en", True), (None, "de", True), (None, "zh-CN", False), (None, "ja", False), (None, "ko", False),
        ("US", "zh-CN", True), ("CN", "en", False), ("HK", "en", False), ("jp", "en", False), ("EU", "en", True),
    ],
)  # fmt: skip
def test_western_readers_get_the_point_first(market: str | None, locale: str, first: bool) -> None:
    assert wants_point_first(market, locale) is first


@pytest.mark.parametrize(
    ("locale", "market", "order"),
    [
        ("zh-CN", None, ["title", "pain", "solution", "how", "change"]),
        ("en", None, ["title", "change", "pain", "solution", "how"]),
        ("en", "CN", ["title", "pain", "solution", "how", "change"]),
        ("zh-CN", "EU", ["title", "change", "pain", "solution", "how"]),
    ],
)
def test_the_market_decides_where_the_point_stands(
    sample: Workspace, locale: str, market: str | None, order: list[str]
) -> None:
    draft = sample.draft(Brief("success_story", {"case": "case-machine-tool"}, locale, market))
    assert [s.id for s in draft.sections if s.id != "voice"] == order
    assert [p.id for _, p in draft.paragraphs()] == [f"p{n}" for n, _ in enumerate(draft.paragraphs(), 1)]


def test_the_point_shows_its_figures_first_to_western_readers() -> None:
    data = proposal(point_first=["proof"])
    data["sections"][0] |= {"facts": True}
    template = Template.model_validate(data)
    hits = [hit(0), hit(1, text="降低 12%。"), hit(2, text="2026 年 3 月。")]
    west = reader_of(Brief("proposal", {}, "en"), template).ranked(hits, template.sections[0])
    east = reader_of(Brief("proposal", {}, "zh-CN"), template).ranked(hits, template.sections[0])
    assert [h.passage.pk for h in west] == [1, 0, 2]
    assert east == hits


def test_a_section_stays_behind_those_it_builds_on() -> None:
    data = proposal(point_first=["advice", "proof"])
    data["sections"] += [
        {"id": "facts", "write": "brief", "text": WORDS},
        {"id": "advice", "write": "brief", "text": WORDS, "context": ["facts"]},
    ]
    template = Template.model_validate(data)
    ordered = reader_of(Brief("proposal", {}, "en"), template).ordered(template.sections, template)
    assert [s.id for s in ordered] == ["facts", "advice", "proof"]


class Listening(SourcesModel):
    """The stand-in that keeps what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        self.told.append(request.messages[0].content)
        return super().complete(request, on_text)


def test_the_prompt_names_the_reader_in_words_and_nothing_without_one(sample: Workspace) -> None:
    def told(locale: str, **inputs: str) -> str:
        model = Listening()
        sample.draft(Brief("success_story", {"case": "case-wind", **inputs}, locale), model=model)
        assert len(set(model.told)) == 1, "what every section is told is the same to the byte"
        return model.told[0]

    plain, named = told("zh-CN"), told("zh-CN", reader_role="executor", reader_risk="high")
    assert "读者：公众" in plain
    assert "读者：动手的人，看怎么用、有多少工作量；觉得风险高" in named
    begin = named.index("读者：")
    assert named[:begin] + "读者：" + named[named.index("公众", begin) :] == plain
    assert "who face one big deal" in told("en", reader_risk="single_deal")


def test_the_readers_never_become_content(sample: Workspace) -> None:
    inputs = {"product": "R200", "goal": "decide", "stage": "在售", "reader_role": "decider"}
    draft = sample.draft(Brief("competitor_analysis", inputs, audience=Audience.INTERNAL))
    assert not [e for e in draft.evidence if "decider" in e.text]
    assert draft.inputs["reader_role"] == "decider"


def test_without_an_answer_a_draft_is_the_same_to_the_byte(sample: Workspace) -> None:
    def written(**inputs: str) -> tuple[Any, Any]:
        draft = sample.draft(Brief("success_story", {"case": "case-elevator", **inputs})).to_json()
        return draft["sections"], draft["evidence"]

    assert written() == written(reader_role="", reader_risk=" ")


def test_a_template_that_asks_for_the_reader_itself_keeps_its_own_input(tmp_path: Path) -> None:
    own = {"name": "reader_role", "question": WORDS, "example": WORDS}
    template = Template.model_validate(proposal(inputs=[own]))
    names = [i.name for i in accepted_inputs(template)]
    assert names == ["reader_role", "reader_risk", "reader_stage"]
    assert accepted_inputs(template)[0].type == "text"


def test_every_sort_of_evidence_is_wanted_by_somebody_and_every_kind_is_one() -> None:
    from knowledge.records import KINDS as known

    declared = readers()
    wanted = {name for one in declared.inputs for choice in one.choices.values() for name in choice.evidence}
    assert wanted == set(declared.evidence)
    assert {kind for sort in declared.evidence.values() for kind in sort.kinds} <= set(known)


def test_templates_take_the_common_inputs() -> None:
    templates = Templates()
    for template_id in templates.ids:
        names = [i.name for i in accepted_inputs(templates.get(template_id).template)]
        assert {"reader_role", "reader_risk", "reader_stage"} <= set(names)
        assert len(set(names)) == len(names)


def test_the_declaration_is_plain_yaml_with_both_languages() -> None:
    path = Path(__file__).parents[2] / "prompts" / "shared" / "readers.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    words = [c["words"] for one in data["inputs"] for c in one["choices"].values()]
    assert all(set(one) == {"zh", "en"} and all(one.values()) for one in words)
