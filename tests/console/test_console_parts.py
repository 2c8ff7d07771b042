"""What pages are put together from: notices, addresses, times, the form of a brief, the outline of a draft."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from starlette.requests import Request
from starlette.responses import Response

from api.console.brief_form import brief_form, choice_label
from api.console.catalogue import Wording
from api.console.flashes import COOKIE, flash, flashes_of
from api.console.language import own_address
from api.console.outline import MOST, outline
from api.console.times import ago, day, moment
from prompts.loader import Templates

TEMPLATES = [loaded.template for loaded in Templates().all()]


def _request(cookie: str) -> Request:
    return Request({"type": "http", "headers": [(b"cookie", f"{COOKIE}={cookie}".encode())]})


def _cookie_of(response: Response) -> str:
    return response.headers["set-cookie"].partition("=")[2].partition(";")[0]


def test_a_notice_outlives_a_redirect() -> None:
    response = Response()
    flash(response, "ok", "start.sample_loaded", n=3)
    assert flashes_of(_request(_cookie_of(response))) == [
        {"kind": "ok", "key": "start.sample_loaded", "values": {"n": 3}}
    ]


@pytest.mark.parametrize(
    "notices",
    [
        [{"kind": "ok", "key": "no.such_word", "values": {}}],
        [{"kind": "evil", "key": "base.later", "values": {}}],
        [{"kind": "ok"}],
        {"kind": "ok"},
        "text",
        7,
    ],
)
def test_nobody_makes_a_page_say_what_it_does_not_say(notices: object) -> None:
    assert flashes_of(_request(base64.urlsafe_b64encode(json.dumps(notices).encode()).decode())) == []


@pytest.mark.parametrize("cookie", ["", "###", "A", "x" * 3000])
def test_a_broken_notice_is_none(cookie: str) -> None:
    assert flashes_of(_request(cookie)) == []


@pytest.mark.parametrize(
    ("given", "led_to"),
    [
        ("/drafts?state=open", "/drafts?state=open"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
    ],
)
def test_nobody_is_sent_elsewhere(given: str, led_to: str) -> None:
    assert own_address(given) == led_to


def test_days_and_moments_in_both_languages() -> None:
    at = "2026-09-02T08:30:00Z"
    assert (day(at, "zh"), day(at, "en"), day(date(2026, 9, 2), "en")) == ("2026年9月2日", "2 Sep 2026", "2 Sep 2026")
    assert moment(at, "en") == "2 Sep 2026 08:30"
    assert day(None, "zh") == ""


@pytest.mark.parametrize(
    ("passed", "zh", "en"),
    [
        (timedelta(seconds=5), "刚刚", "just now"),
        (timedelta(minutes=3), "3 分钟前", "3 min ago"),
        (timedelta(hours=5), "5 小时前", "5 h ago"),
        (timedelta(days=1), "1 天前", "1 day ago"),
        (timedelta(days=6), "6 天前", "6 days ago"),
        (timedelta(days=30), "2026年8月3日", "3 Aug 2026"),
    ],
)
def test_how_long_ago(passed: timedelta, zh: str, en: str) -> None:
    now = datetime(2026, 9, 2, 8, 30, tzinfo=UTC)
    assert (ago(now - passed, "zh", now), ago(now - passed, "en", now)) == (zh, en)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_template_has_a_form_in_words(template, language: str) -> None:
    t = Wording(language)
    form = brief_form(template, {}, {}, t, steps=5)
    shown = [*form.needed, *form.optional, *form.reader]
    assert {declared.name for declared in template.inputs} <= {field.name for field in shown}
    assert all(field.label.strip() for field in shown)
    for field in shown:
        for option in field.options:
            assert option.label != option.value or field.name.startswith("platform"), f"{field.name}: {option.value}"
        # The list of ids in a question is for those who type; a form says it in words.
        assert not any(f"{option.value}（" in field.label for option in field.options)


def test_only_what_the_first_step_asks_is_asked_at_first() -> None:
    template = next(t for t in TEMPLATES if t.id == "industry_insight")
    first = brief_form(template, {}, {}, Wording("en"))
    assert "region" not in {field.name for field in (*first.needed, *first.optional)}
    wrong = brief_form(template, {"region": "x"}, {"region": "No such region."}, Wording("en"))
    assert [field.name for field in wrong.wrong] == ["region"]


def test_a_choice_in_words_falls_back_to_itself() -> None:
    assert choice_label("doubt", "service", Wording("en")) == "Who helps when something goes wrong"
    assert choice_label("own_input", "own_choice", Wording("en")) == "own_choice"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_the_outline_holds_a_place_for_every_section(template) -> None:
    planned = outline(template, "zh")
    assert [one.id for one in planned] == [section.id for section in template.sections]
    assert all(1 <= one.lines <= MOST for one in planned)
