"""Who speaks in a transcript: also those who speak once, and nothing else that stands before a colon."""

from __future__ import annotations

import pytest

from assistant.brief import Brief
from assistant.workspace import Workspace
from assistant.writing.speakers import speakers
from knowledge.records import Audience

ZH = "会议主题：展位\n时间：2026 年 9 月 8 日 10:00\n许未：开始吧。\n乔越：好，先说展位。\n许未：两个方案。\n{line}\n乔越：那就这样。"
EN = "Subject: stand\nDate: 8 September 2026, 10:00\nAnn Lee: Shall we?\nBob Stone: Yes, the stand.\nAnn Lee: Two offers.\n{line}\nBob Stone: Done."


@pytest.mark.parametrize(
    "name",
    "柯蓝 宋知行 李国庆 苏明哲 王建国 李明亮 欧阳锋 老彭 小李 张总 王工 何经理 何总经理 卡特琳 卡特琳·福尔默".split(),
)
def test_one_line_is_enough_for_a_person_zh(name: str) -> None:
    assert speakers([ZH.format(line=f"{name}：学生的能不能去掉？")]) == ["许未", "乔越", name]


@pytest.mark.parametrize(
    "name", ["Tom Ashdown", "Matthias von der Heide", "Mary-Jane O'Neill", "J. R. Smith", "林知夏"]
)
def test_one_line_is_enough_for_a_person_en(name: str) -> None:
    assert speakers([EN.format(line=f"{name}: Page is done except the table.")]) == ["Ann Lee", "Bob Stone", name]


@pytest.mark.parametrize(
    "line",
    "备注：照片另发。|时间：下午三点。|方案：先做小的。|安排：周三之前。|成本：十三万。|周计划：见附件。|金额：26 万 8。|许可：还没到期。"
    "|施工：下周开始。|项目经理：待定。|任务负责人：未定。|下一步：再谈。|谢谢：大家辛苦。|单价：4,680 元|行动项 1：清点样机。"
    "|下午 3:30 再碰。|10:30 散会。|见 https://example.com/a|Action: book it.|Note: no sale.|白皮书：放到官网。|白名单：加三家。|周会：照旧。|安全性：没问题。".split(
        "|"
    ),
)
def test_words_before_a_colon_are_no_speaker_zh(line: str) -> None:
    assert speakers([ZH.format(line=line)]) == ["许未", "乔越"]


@pytest.mark.parametrize(
    "line",
    "Action: book the van.|Action Items: three.|Note: no sale.|Next steps: none.|Next Call: Monday.|Good News: we won."
    "|Open Points: two.|Price: RMB 4,680|We meet at 3:30 pm.|Thursday: dry run.|Project Manager: open.|备注：照片另发。"
    "|See https://example.com/a|one thing: the cable.|Decision 2: stay.".split("|"),
)
def test_words_before_a_colon_are_no_speaker_en(line: str) -> None:
    assert speakers([EN.format(line=line)]) == ["Ann Lee", "Bob Stone"]


@pytest.mark.parametrize("label", ["备注", "行动项", "Action", "Note", "https"])
def test_a_heading_that_stands_twice_is_no_speaker_either(label: str) -> None:
    lines = f"{label}：//a\n{label}：b"
    assert speakers([ZH.format(line=lines)]) == ["许未", "乔越"]


def test_headings_above_the_talk_are_no_speakers() -> None:
    above = "Quarterly Review: Q3\nStuttgart Office: second floor\n"
    assert speakers([above + EN.format(line="")]) == ["Ann Lee", "Bob Stone"]
    opening = "Katrin Vollmer: Welcome, I hand over to Ann.\n"
    assert speakers([opening + EN.format(line="")]) == ["Katrin Vollmer", "Ann Lee", "Bob Stone"]


def test_numbered_and_given_names_follow_how_the_others_are_called() -> None:
    numbered = "Speaker 1: Hello.\nSpeaker 2: Hello.\nSpeaker 1: Who else?\nSpeaker 3: Me.\nSlide 4: costs."
    assert speakers([numbered]) == ["Speaker 1", "Speaker 2", "Speaker 3"]
    given = "Ann: Shall we?\nBob: Yes.\nAnn: Tom, the page?\nTom: Done.\nBudget: none.\nBob: Fine."
    assert speakers([given]) == ["Ann", "Bob", "Tom"]


def test_a_nickname_counts_when_it_begins_two_lines() -> None:
    assert speakers(["石榴：早。\n戚远：早。\n石榴：开始。"]) == ["石榴", "戚远"]


def test_the_whole_transcript_is_read_however_long_it_is(sample: Workspace) -> None:
    talk = "许未：" + "今天把展位的事情从头到尾再说一遍，位置、面积、价格都要定下来。" * 12
    lines = [talk if n % 2 else talk.replace("许未", "乔越") for n in range(12)]
    transcript = "\n".join([*lines, "柯蓝：我补一句，学生的能不能去掉？"])
    draft = sample.draft(Brief("meeting_minutes", {"transcript": transcript}, audience=Audience.INTERNAL))
    names = [p.text for s, p in draft.paragraphs() if s.id == "attendees"]
    assert sorted(names) == sorted(["许未", "乔越", "柯蓝"])
