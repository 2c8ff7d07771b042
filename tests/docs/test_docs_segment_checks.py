"""The page of the checks of a translation is made from them, and what Weblate's checks are covered by is data."""

from __future__ import annotations

from assistant.localization.checks.registry import ALL, BY_ID
from tools.docs.pages import ROOT
from tools.docs.segment_checks import covered, segment_checks, weblate_checks


def test_every_check_stands_in_the_table_with_what_it_finds() -> None:
    lines = segment_checks(ROOT, False).splitlines()[2:]
    assert [line.split("`")[1] for line in lines] == [check.id for check in ALL]
    for line, check in zip(lines, ALL, strict=True):
        assert check.title.zh in line
        assert check.title.en in line
        assert not line.endswith("|  |"), check.id


def test_every_check_of_weblate_is_covered_by_one_of_ours_or_it_is_said_why_not() -> None:
    found = covered()
    assert len({name for name, _, _ in found}) == len(found) == 84
    for name, ours, note in found:
        assert set(ours) <= set(BY_ID), name
        assert ours or note, name


def test_what_is_not_covered_is_a_dash() -> None:
    [line] = [line for line in weblate_checks(ROOT, False).splitlines() if line.startswith("| Accelerator key ")]
    assert line == "| Accelerator key | – | desktop menus only |"
