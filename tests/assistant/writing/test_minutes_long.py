"""A meeting of three hours is read in parts of a fixed size; its decisions, actions and figures come through."""

from __future__ import annotations

import random
import re

import pytest

from assistant.brief import Brief
from assistant.gateway.port import ModelReply, ModelRequest, OnText, Usage
from assistant.workspace import Workspace
from assistant.writing.minutes.topics import MOST, topics
from assistant.writing.minutes.transcript import read
from knowledge.records import Audience

SUBJECTS = {
    "zh": ["展位 搭建 灯光 背景墙 地毯", "预算 报价 付款 合同 发票", "样机 运输 调试 包装 备件", "媒体 通稿 采访 名单 邀请"],
    "en": ["stand carpet lights walls hall", "budget quote payment contract invoice", "demo crate transport repair spare",
           "press release journalist interview list"],
}  # fmt: skip
KEPT = {
    "zh": ["王敏：决定展位选 B12 号。", "周凯：合同扫描件我 9 月 18 日之前发给财务。", "孙悦：下次会 10 月 9 日上午开。"],
    "en": ["Ann Lee: We agreed to take stand B12.", "Bob Stone: I'll send the contract scan by 18 September.",
           "Carla Diaz: The next meeting is on 9 October."],
}  # fmt: skip
PEOPLE = {"zh": ["王敏", "周凯", "孙悦"], "en": ["Ann Lee", "Bob Stone", "Carla Diaz"]}


def long_talk(language: str, size: int = 60_000) -> str:
    """Talk on one subject after the other, with a decision, an action and the next meeting somewhere in it."""
    chance = random.Random(6)
    lines: list[str] = []
    share = size // len(SUBJECTS[language])
    for subject in SUBJECTS[language]:
        begun, words = sum(map(len, lines)), subject.split()
        while sum(map(len, lines)) - begun < share:
            name, picked = chance.choice(PEOPLE[language]), chance.sample(words, 3)
            if language == "zh":
                lines.append(
                    f"{name}：关于{picked[0]}的问题，{picked[1]}要和{picked[2]}一起考虑，大概 {chance.randint(2, 99)} 项。"
                )
            else:
                lines.append(
                    f"{name}: As for the {picked[0]}, the {picked[1]} goes with the {picked[2]}, about {chance.randint(2, 99)} items."
                )
    decision, action, following = KEPT[language]
    lines[len(lines) // 4] = decision
    lines[len(lines) // 2] = action
    return "\n".join([*lines, following])


class Reporter:
    """A model that says of a topic what its last line says, in the third person."""

    name, destination, writes, context_tokens = "reporter", "this machine", True, 8192

    def __init__(self, add: str = "") -> None:
        self.asked: list[str] = []
        self._add = add

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        self.asked.append("".join(message.content for message in request.messages))
        name, said = re.split(r"： ?|: ", request.messages[-1].content.splitlines()[-1], maxsplit=1)
        text = (f"{name}指出，{said}" if "一" <= said[0] <= "鿿" else f"{name} reported that {said}") + self._add
        return ModelReply(text, {"title": said[:8], "text": text}, Usage(), self.name)

    def count_tokens(self, text: str) -> int:
        return len(text)

    def close(self) -> None:
        return


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_long_meeting_keeps_what_was_agreed_and_costs_a_fixed_number_of_short_calls(
    sample: Workspace, language: str
) -> None:
    model = Reporter()
    text = long_talk(language)
    locale = "zh-CN" if language == "zh" else "en"
    draft = sample.draft(
        Brief("meeting_minutes", {"transcript": text}, locale, audience=Audience.INTERNAL), model=model
    )
    told = {s.id: [p.text for p in s.paragraphs if not p.gap] for s in draft.sections}
    assert any("B12" in line for line in told["decisions"])
    assert any(
        ("9 月 18 日" in line and "周凯" in line) or ("18 September" in line and "Bob Stone" in line)
        for line in told["actions"]
    )
    assert any("10 月 9 日" in line or "9 October" in line for line in told["next"])
    assert told["attendees"] == sorted(told["attendees"], key=text.index)
    assert set(told["attendees"]) == set(PEOPLE[language])
    assert len(model.asked) <= 3 * MOST
    assert max(map(len, model.asked)) < 4_500, "no call grows with the meeting"
    assert not draft.has_errors


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_item_cites_the_few_lines_it_rests_on(sample: Workspace, language: str) -> None:
    text = long_talk(language, 8_000)
    locale = "zh-CN" if language == "zh" else "en"
    brief = Brief("meeting_minutes", {"transcript": text}, locale, audience=Audience.INTERNAL)
    draft = sample.draft(brief, model=Reporter())
    evidence = {e.id: e for e in draft.evidence}
    lines = text.splitlines()
    for section, paragraph in draft.paragraphs():
        if section.id in ("discussion", "decisions", "actions", "next"):
            cited = [evidence[c] for c in paragraph.citations]
            assert 1 <= sum(len(e.text.splitlines()) for e in cited) <= 6
            said = "\n".join(e.text for e in cited)
            assert set(re.findall(r"\d+", paragraph.text)) <= set(re.findall(r"\d+", said))
            for e in cited:
                first = int(re.findall(r"\d+", e.locator)[0])
                assert lines[first - 1] == e.text.splitlines()[0]


@pytest.mark.parametrize("lie", [" 预算另加 777 万元。", " 赵六也同意。", " 王敏：好。"])
def test_a_sentence_that_the_lines_do_not_carry_is_cut(sample: Workspace, lie: str) -> None:
    brief = Brief("meeting_minutes", {"transcript": long_talk("zh", 6_000)}, audience=Audience.INTERNAL)
    draft = sample.draft(brief, model=Reporter(lie))
    items = [p for s, p in draft.paragraphs() if s.id == "discussion"]
    assert items
    assert not any(lie.strip() in p.text for p in items)
    assert any(p.by == "model" for p in items), "the rest of the item stands"


def test_topics_follow_the_subjects_of_the_talk() -> None:
    turns = read(list(enumerate(long_talk("en").splitlines(), 1))).turns
    found = topics(turns, "en")
    assert len(found) == MOST
    assert [turn for topic in found for turn in topic] == list(turns)
    mixed = [
        t
        for t in found
        if sum(any(w in " ".join(x.said for x in t) for w in s.split()[:1]) for s in SUBJECTS["en"]) > 1
    ]
    assert len(mixed) <= len(SUBJECTS["en"]), (
        "a topic does not run across subjects, give or take the turn of one to the next"
    )


def test_a_name_and_a_time_above_what_was_said_is_a_speaker() -> None:
    text = "王敏 00:01:02\n开始吧。\n预算先说。\n\n周凯 00:01:09\n预算是 3 万元。\n\n王敏 00:02:00\n好。\n周凯 00:02:05\n行。"
    turns = read(list(enumerate(text.splitlines(), 1))).turns
    assert [(t.line, t.name, t.said) for t in turns][:3] == [
        (2, "王敏", "开始吧。"),
        (3, "王敏", "预算先说。"),
        (6, "周凯", "预算是 3 万元。"),
    ]


@pytest.mark.parametrize("text", ["Anna: we ship on Monday. Ben prepares the list.", "hello", "Anna: yes."])
def test_a_transcript_without_turns_leaves_gaps_and_no_error(sample: Workspace, text: str) -> None:
    draft = sample.draft(Brief("meeting_minutes", {"transcript": text}, "en"))
    assert all(paragraph.gap for section, paragraph in draft.paragraphs() if section.id == "discussion")
