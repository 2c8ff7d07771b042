"""Who does what by when is read from promises, requests and jobs that have nobody; called off is no task."""

from __future__ import annotations

import pytest

from assistant.writing.minutes.tasks import tasks
from assistant.writing.minutes.transcript import read


def read_tasks(text: str) -> list[tuple[str, str, str]]:
    found = tasks(read(list(enumerate(text.splitlines(), 1))))
    return [(task.what, task.owner, task.due) for task in found]


def told(*lines: str) -> str:
    """A talk of three in which everybody begins two lines, so that nobody is taken for a heading."""
    chinese = any("一" <= ch <= "鿿" for ch in "".join(lines))
    opening = (
        ["王敏：大家都到了。", "周凯：到了。", "孙悦：都到了。", "王敏：那开始。", "周凯：好。", "孙悦：好。"]
        if chinese
        else [
            "Ann Lee: Hello.",
            "Bob Stone: Hello.",
            "Carla Diaz: Hello.",
            "Ann Lee: So.",
            "Bob Stone: So.",
            "Carla Diaz: So.",
        ]
    )
    return "\n".join([*opening, *lines])


@pytest.mark.parametrize(
    ("lines", "what", "owner", "due"),
    [
        (["周凯：海报的印刷费我 3 月 8 日之前问清楚。"], "印刷费", "周凯", "3 月 8 日之前"),
        (["王敏：周凯，你去订两间会议室，周四前。", "周凯：好。"], "会议室", "周凯", "周四前"),
        (["王敏：这事让马晓燕负责，她今天请假，4 月 2 日前把合同寄出去。"], "合同", "马晓燕", "4 月 2 日前"),
        (["王敏：布展得有人盯着，谁来还没想好。"], "布展", "", ""),
        (["王敏：孙悦，周报你下周一发。", "孙悦：周一来不及，下周三行吗？", "王敏：行。"], "周报", "孙悦", "下周三"),
        (["Bob Stone: I'll send the floor plan by Friday."], "Send the floor plan", "Bob Stone", "by Friday"),
        (["Ann Lee: Carla, please book the hotel by 4 March.", "Carla Diaz: Sure."], "Book the hotel", "Carla Diaz", "by 4 March"),
        (["Ann Lee: Somebody has to print the badges by 9 May."], "Print the badges", "", "by 9 May"),
        (["Ann Lee: Could you check the invoices before Tuesday?", "Bob Stone: Will do."], "Check the invoices", "Bob Stone", "before Tuesday"),
    ],
)  # fmt: skip
def test_a_task_has_its_owner_and_its_date(lines: list[str], what: str, owner: str, due: str) -> None:
    found = read_tasks(told(*lines))
    assert [(task[1], task[2]) for task in found] == [(owner, due)]
    assert what in found[0][0]


@pytest.mark.parametrize(
    "lines",
    [
        ["周凯：我觉得 3 月 8 日有点紧。"],
        ["周凯：我上周把名单整理过了。"],
        ["王敏：周凯，你先说一下预算。"],
        ["王敏：周凯，你 3 月 8 日有空吗？"],
        ["Bob Stone: I think Friday is fine."],
        ["Bob Stone: I will live with it."],
        ["Ann Lee: Could you imagine that?", "Bob Stone: Yes."],
        ["Ann Lee: Please don't send anything before Friday."],
    ],
)
def test_talk_is_no_task(lines: list[str]) -> None:
    assert read_tasks(told(*lines)) == []


@pytest.mark.parametrize(
    "lines",
    [
        ["王敏：周凯，你去租一辆车，5 月 6 日前。", "孙悦：不用了，公司的车回来了。"],
        ["Ann Lee: Bob, please order a second screen by Monday.", "Carla Diaz: Forget about it, we have one."],
    ],
)
def test_what_is_called_off_is_no_task(lines: list[str]) -> None:
    assert read_tasks(told(*lines)) == []


def test_what_is_said_again_is_one_task_with_the_later_date() -> None:
    found = read_tasks(
        told("孙悦：样册的排版我 6 月 1 日交。", "王敏：别的呢？", "孙悦：样册的排版我还是 6 月 3 日交。")
    )
    assert [(owner, due) for _, owner, due in found] == [("孙悦", "6 月 3 日")]


def test_what_it_means_is_told() -> None:
    found = read_tasks(told("Carla Diaz: The parking permit runs out.", "Bob Stone: I'll fix it by Monday."))
    assert "parking permit" in found[0][0]
