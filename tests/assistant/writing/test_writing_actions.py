"""Actions are read where somebody sums them up, with owner and date only as said."""

from __future__ import annotations

import pytest

from assistant.brief import Brief
from assistant.workspace import Workspace
from assistant.writing.minutes.actions import Action, summed_up
from knowledge.records import Audience
from knowledge.sample import FOLDER

NAMES = ["王芳", "李建国", "Ann Lee", "Bob Stone"]


def test_a_chinese_summing_up() -> None:
    line = "王芳：我过一遍。第一，报价单更新，我，3月5号。第二，样机到货确认，建国，下周三。第三，展台图纸，3月9号，负责人待定。第四，合同归档，李建国，没有日期。"
    assert summed_up("王芳", line, NAMES) == [
        Action("报价单更新", "王芳", "3月5号"),
        Action("样机到货确认", "李建国", "下周三"),
        Action("展台图纸", "", "3月9号"),
        Action("合同归档", "李建国", ""),
    ]


def test_an_english_summing_up() -> None:
    line = "Ann Lee: So. Bob, the price list, eighth of October. Me, second mailing, seventh, and the proofs, fifteenth. CE papers, fourteenth, owner open."
    assert summed_up("Ann Lee", line, NAMES) == [
        Action("the price list", "Bob Stone", "eighth of October"),
        Action("second mailing", "Ann Lee", "seventh"),
        Action("the proofs", "Ann Lee", "fifteenth"),
        Action("CE papers", "", "fourteenth"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "王芳：好，那就这样，散会。",
        "李建国：我觉得可以，不过3月5号有点紧，你们看呢？",
        "Bob Stone: I think Ann is right, and Friday is fine.",
    ],
)
def test_talk_is_no_summing_up(line: str) -> None:
    assert summed_up("王芳", line, NAMES) == []


@pytest.mark.parametrize(
    ("file", "locale", "count"), [("weekly-review.zh-CN.txt", "zh-CN", 6), ("launch-prep.en.txt", "en", 6)]
)
def test_the_sample_meetings(sample: Workspace, file: str, locale: str, count: int) -> None:
    text = (FOLDER / "transcripts" / file).read_text(encoding="utf-8")
    draft = sample.draft(Brief("meeting_minutes", {"transcript": text}, locale, audience=Audience.INTERNAL))
    actions = [p.text for s, p in draft.paragraphs() if s.id == "actions"]
    assert len(actions) == count
    unsaid = ("未指定", "未定") if locale == "zh-CN" else ("not named", "not set")
    assert [sum(word in action for action in actions) for word in unsaid] == [1, 1]
