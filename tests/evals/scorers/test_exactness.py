"""What a translation kept: tables of right and wrong renderings."""

from __future__ import annotations

from typing import Any

import pytest

from evals.cases import Case
from evals.scorers.base import Tally
from evals.scorers.exactness import Exactness
from evals.scorers.phrases import occurs
from evals.subjects.port import Answer

SOURCE = "{name}：月均电费超过 230 万元，见 <b>R300</b>。"


def tallies(text: str, locale: str = "en", source: str = SOURCE, gap: bool = False, **expect: Any) -> dict[str, Tally]:
    case = Case("c", locale, "a test", {"inputs": {"text": source}}, expect)
    answer = Answer({"sections": [{"id": "body", "paragraphs": [{"text": text, "gap": gap}]}]})
    return dict(Exactness().score(case, answer))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("38%", "down 38 % in May"),
        ("38", "from 95 to 38 minutes"),
        ("32,000", "shipped 32000 units"),
        ("32 000", "32 000 passerelles"),
        ("3.2 万", "出货３．２万台"),
        ("9 月 15 日", "改到9月15日"),
        ("confirm", "It was Confirmed."),
        ("6-8%", "6–8%"),
        ("2.63 million & RMB", "RMB 2.63 million"),
        ("R300", "在R300上"),
    ],
)
def test_a_phrase_is_found_whatever_its_spaces_and_width(phrase: str, text: str) -> None:
    assert occurs(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("38", "138 minutes"),
        ("38", "38.5 minutes"),
        ("38", "38% fewer"),
        ("38", "38 万台"),
        ("2.3", "12.3"),
        ("二十万", "三百二十万"),
        ("三百", "三百二十万"),
        ("R300", "XR300"),
        ("2.63 million & RMB", "$2.63 million"),
    ],
)
def test_a_part_of_a_figure_or_word_is_another(phrase: str, text: str) -> None:
    assert not occurs(phrase, text)


VALUES = [{"source": "230 万元", "forms": ["RMB 2.3 million", "2.3 million & yuan"]}]


def test_figures_are_kept_in_any_form_that_says_the_same() -> None:
    for text in ("a bill of RMB 2.3 million", "2.3 million yuan a month"):
        assert tallies(text, values=VALUES)["numbers_kept"].hits == 1
    lost = tallies("a bill of RMB 23 million", values=VALUES)["numbers_kept"]
    assert (lost.hits, lost.of) == (0, 1)
    assert lost.shown[0].wrong
    assert lost.shown[0].against == "230 万元"


def test_known_wrong_renderings_are_counted() -> None:
    wrong = tallies("about $2.3 million", **{"not": ["$2.3 million", "230 million"]})["numbers_wrong"]
    assert (wrong.hits, wrong.of) == (1, 2)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("{name}: see <b>R300</b>.", 4),
        ("{Name}: see <b>R300</b>.", 3),
        ("{name}: {name}, see <b>R300</b>.", 3),
        ("{name}: see R-300.", 1),
        ("{name}: see <b>R300</b>, the R300.", 4),
    ],
)
def test_placeholders_as_often_as_in_the_source_names_at_least_once(text: str, kept: int) -> None:
    tally = tallies(text, keep=["{name}", "<b>", "</b>", "R300"])["strings_kept"]
    assert (tally.hits, tally.of) == (kept, 4)


def test_one_of_several_names_will_do_and_qualifiers_are_looked_at_apart() -> None:
    found = tallies(
        "Jilan paid over RMB 2.3 million", keep=[["Jilan Water", "Jilan"]], qualifiers=[["more than", "over"]]
    )
    assert found["strings_kept"].hits == found["qualifiers_kept"].hits == 1


def test_a_term_of_the_source_must_be_there_in_a_form_of_the_glossary() -> None:
    terms = [{"say": ["go-live", "going live"], "not": []}, {"say": "pilot", "not": ["trial point"]}]
    found = tallies("Eight months after going live, the test goes on.", terms=terms)["terms_found"]
    assert (found.hits, found.of) == (1, 2)
    assert [one.against for one in found.shown if one.wrong] == ["pilot"]


@pytest.mark.parametrize(
    ("text", "locale", "source", "low", "high"),
    [
        ("The bill fell to RMB 2.31 million.", "en", "电费降至 231 万元。", 0, 0),
        ("The bill 降至 231 万元。", "en", "电费降至 231 万元。", 0.1, 0.6),
        ("电费降至 231 万元，TingSense S10 已上线。", "zh-CN", "The bill fell to RMB 2.31 million.", 0, 0),
        ("The bill fell to RMB 2.31 million.", "zh-CN", "The bill fell to RMB 2.31 million.", 0.7, 1),
    ],
)
def test_what_is_left_in_the_script_of_the_source(text: str, locale: str, source: str, low: float, high: float) -> None:
    assert low <= tallies(text, locale, source)["untranslated"].hits <= high


def test_scripts_that_are_the_same_say_nothing() -> None:
    assert "untranslated" not in tallies("The bill fell.", "de", "The bill fell.")


def test_a_gap_keeps_nothing_and_is_untranslated() -> None:
    found = tallies("To be translated: " + SOURCE, gap=True, values=VALUES, keep=["{name}"])
    assert found["numbers_kept"].hits == found["strings_kept"].hits == 0
    assert found["untranslated"].hits == 1
