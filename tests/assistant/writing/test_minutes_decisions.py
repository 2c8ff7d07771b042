"""Decisions are read from the words with which people decide; what is taken back or changed later does not stand."""

from __future__ import annotations

import pytest

from assistant.writing.minutes.decisions import decisions
from assistant.writing.minutes.retracted import retracted
from assistant.writing.minutes.transcript import read

OPENING = {
    "zh": ["王敏：大家都到了。", "周凯：到了。", "王敏：那开始。", "周凯：好。"],
    "en": ["Ann Lee: Hello.", "Bob Stone: Hello.", "Ann Lee: So.", "Bob Stone: Hm."],
}


def decided(*lines: str) -> list[str]:
    language = "zh" if any("一" <= ch <= "鿿" for ch in "".join(lines)) else "en"
    transcript = read(list(enumerate([*OPENING[language], *lines], 1)))
    return [decision.text for decision in decisions(transcript, retracted(transcript.turns))]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["王敏：好，决定展位选 B12，靠门口。"], "展位选 B12"),
        (["周凯：海报用蓝色那版吧，红的太刺眼。", "王敏：同意。"], "海报用蓝色那版"),
        (["王敏：以后报价单一律写含税价。"], "一律写含税价"),
        (["王敏：发布会推迟到 6 月 3 日。"], "推迟到 6 月 3 日"),
        (["Ann Lee: We agreed to drop the print version."], "drop the print version"),
        (["Bob Stone: We should only show the blue model.", "Ann Lee: Agreed."], "only show the blue model"),
        (["Ann Lee: Okay, let's go with the smaller hall."], "go with the smaller hall"),
    ],
)
def test_a_decision_is_read(lines: list[str], text: str) -> None:
    found = decided(*lines)
    assert len(found) == 1
    assert text in found[0]


@pytest.mark.parametrize(
    "lines",
    [
        ["周凯：这个还没决定吧？"],
        ["周凯：我想改成双月刊。"],
        ["周凯：一定要注意安全，质量很稳定。"],
        ["Bob Stone: Should we go with the smaller hall?"],
        ["Bob Stone: They decided to leave the market."],
    ],
)
def test_talk_is_no_decision(lines: list[str]) -> None:
    assert decided(*lines) == []


@pytest.mark.parametrize(
    ("lines", "gone", "stays"),
    [
        (["王敏：展台面积就定为 40 平方米。", "周凯：超预算了。", "王敏：那展台面积改为 30 平方米。"], "40", "30"),
        (["Ann Lee: Let's go with the red cover.", "Bob Stone: The printer has no red.",
          "Ann Lee: Then we keep the blue cover instead of red."], "go with the red", "blue cover"),
    ],
)  # fmt: skip
def test_only_the_last_word_stands(lines: list[str], gone: str, stays: str) -> None:
    found = " ".join(decided(*lines))
    assert gone not in found
    assert stays in found


def test_a_decision_that_is_taken_back_is_none() -> None:
    lines = ["王敏：样机决定用 K7。", "周凯：K7 还没过检。", "王敏：那刚才说的不算，下次再看。"]
    assert not any("决定用 K7" in text for text in decided(*lines))
