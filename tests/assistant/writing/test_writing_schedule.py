"""Steps get their days from the day of the brief, in order, in the words of the locale."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.brief import Brief
from assistant.workspace import Workspace
from assistant.writing.plans.schedule import in_words, timed
from knowledge.domain.locale import Locale
from knowledge.domain.words import Words
from prompts.section import Step

EVENT = {"event": "Open Day", "place": "Suzhou", "guests": "80 engineers"}


def step(days: int, every: int | None = None, until: int | None = None) -> Step:
    return Step(days=days, every=every, until=until, text=Words(zh="做", en="do"))


def test_steps_are_in_order_of_time_whatever_their_order_in_the_template() -> None:
    found = timed([step(7), step(-90), step(-14)], date(2027, 5, 20))
    assert [when.isoformat() for when, _ in found] == ["2027-02-19", "2027-05-06", "2027-05-27"]


def test_a_step_comes_again_until_its_end() -> None:
    found = timed([step(-28, every=14, until=0)], date(2027, 3, 1))
    assert [when.isoformat() for when, _ in found] == ["2027-02-01", "2027-02-15", "2027-03-01"]


def test_what_falls_out_of_the_calendar_is_left_out() -> None:
    assert timed([step(900)], date(9999, 6, 1)) == []


@pytest.mark.parametrize(("locale", "text"), [("zh-CN", "2027年1月5日"), ("en-GB", "5 January 2027")])
def test_a_day_is_written_as_the_locale_writes_it(locale: str, text: str) -> None:
    assert in_words(date(2027, 1, 5), Locale(locale)) == text


def test_invitations_begin_three_months_ahead_and_go_on_every_two_weeks(sample: Workspace) -> None:
    draft = sample.draft(Brief("event_plan", {**EVENT, "date": "2027-05-20"}, "en-GB"))
    lines = [p for s, p in draft.paragraphs() if s.id == "invitations"]
    days = ["19 February", "5 March", "19 March", "2 April", "16 April", "30 April", "17 May"]
    assert [line.text.split(" 2027 — ")[0] for line in lines] == days
    assert all(line.citations for line in lines)
    assert not any("already past" in line.text for line in lines)


def test_a_step_whose_day_is_gone_says_so_and_stays(sample: Workspace) -> None:
    today = sample.library.now().date()
    draft = sample.draft(Brief("event_plan", {**EVENT, "date": today.isoformat()}, "en-GB"))
    before = [p.text for s, p in draft.paragraphs() if s.id == "invitations"]
    after = [p.text for s, p in draft.paragraphs() if s.id == "follow_up"]
    assert len(before) == 7
    assert all("(already past)" in text for text in before)
    assert not any("already past" in text for text in after)
