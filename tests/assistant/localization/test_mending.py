"""What a program puts right in a translation."""

from __future__ import annotations

import pytest

from assistant.localization.checks.base import Pair
from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.mending import mended
from assistant.localization.protection.prepared import prepare
from knowledge.domain.locale import parse_locale

NAME = Code("1", "{technician}", CodeKind.PLACEHOLDER)


def mend(source: Content, target: Content, here: str = "zh-CN", there: str = "en") -> Content:
    locales = parse_locale(here), parse_locale(there)
    return mended(Pair(source, target, *locales), prepare(source, *locales, {}, {})).target


@pytest.mark.parametrize(
    ("there", "said", "expected"),
    [
        ("en", "Customers want it to run.", "“Customers want it to run.”"),
        ("de", "Kunden wollen, dass es läuft.", "„Kunden wollen, dass es läuft.“"),
        ("fr", "Les clients le veulent.", "«\u00a0Les clients le veulent.\u00a0»"),
        ("ja", "お客様は動くことを望む。", "「お客様は動くことを望む。」"),
        ("en", '"Customers want it to run."', '"Customers want it to run."'),
    ],
)
def test_a_quotation_stays_one(there: str, said: str, expected: str) -> None:
    assert str(mend(Content.of("“客户要它转起来。”"), Content.of(said), "zh-CN", there)) == expected


@pytest.mark.parametrize("source", ["他说“要转起来”，就走了。", "“一”和“二”", "客户要它转起来。"])
def test_no_marks_where_the_whole_is_no_quotation(source: str) -> None:
    assert "“" not in str(mend(Content.of(source), Content.of("He said it and left.")))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("“省下的电费有表可查。", "“We can look it up."),
        ("这一点很重要。”", "We can look it up.”"),
        ("他说“好”。", "We can look it up."),
    ],
)
def test_a_quotation_over_several_sentences_keeps_both_ends(source: str, expected: str) -> None:
    assert str(mend(Content.of(source), Content.of("We can look it up."))) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("'It runs,' said Ma, who's glad. 'It's fine.'", "“It runs,” said Ma, who's glad. “It's fine.”"),
        ("'It runs', said Ma.", "'It runs', said Ma."),
        ("“It runs,” said Ma, 'fine'.", "“It runs,” said Ma, 'fine'."),
    ],
)
def test_single_marks_become_double_ones_where_each_has_its_source(said: str, expected: str) -> None:
    assert str(mend(Content.of("“转起来了，”马工很高兴，“很好。”"), Content.of(said))) == expected


B, E = Code("1", "**", CodeKind.OPEN), Code("/1", "**", CodeKind.CLOSE)


def test_lost_tags_go_around_their_words_again() -> None:
    source = Content.of("成本降低 ", B, "22%", E, "。")
    assert mend(source, Content.of("Costs fell by 22%.")).pieces == ("Costs fell by ", B, "22%", E, ".")


@pytest.mark.parametrize("said", ["From 22% to 22%.", "Costs fell."])
def test_tags_are_not_guessed(said: str) -> None:
    source = Content.of("成本降低 ", B, "22%", E, "。")
    assert B not in mend(source, Content.of(said)).pieces


def test_a_placeholder_without_its_brackets_gets_them_back() -> None:
    source = Content.of("已派给 ", NAME)
    assert mend(source, Content.of("Assigned to technician")).pieces == ("Assigned to ", NAME)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (Content.of("已派给 ", NAME), "Assigned to technician or technician"),
        (Content.of("已派给 ", NAME), "Assigned to technicians"),
        (Content.of("technician 已派给 ", NAME), "technician was assigned"),
    ],
)
def test_a_word_that_may_be_another_is_left_alone(source: Content, said: str) -> None:
    assert mend(source, Content.of(said)) == Content.of(said)
