"""The HTML report of a localization job."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from lxml import html

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.jobs.records import FileStatus, Job, JobFile, JobOptions, JobSegment, JobState
from assistant.localization.report_words import _WORDS, ReportWords
from assistant.localization.reporting import report_html
from assistant.localization.segment import Segment, SegmentState

_BEGUN = datetime(2026, 11, 22, 1, 4, tzinfo=UTC)
_BOLD = Code("1", "**", CodeKind.OPEN), Code("/1", "**", CodeKind.CLOSE)
_SOURCE = Content.of("月均电费由 260 多万元降至 ", _BOLD[0], "230 多万元", _BOLD[1], "。")
_TARGET = Content.of("The bill fell to ", _BOLD[0], "RMB 230 million", _BOLD[1], ".")
_WRONG = {
    "check": "number_changed", "severity": "error", "message": "230 多万元 became RMB 230 million",
    "span": {"start": 19, "end": 34}, "fix": "more than RMB 2.3 million",
}  # fmt: skip
_SPACING = {"check": "spacing", "severity": "warning", "message": "no space", "span": None, "fix": ""}


def _file(
    number: int, source: str, locale: str, counts: dict[str, int], status: str = "written", why: str = ""
) -> JobFile:
    return JobFile(number, source, f"{locale}/{source}", locale, "markdown", FileStatus(status), why, counts)


def _segment(number: int, file: JobFile, state: str, **more: Any) -> JobSegment:
    values: dict[str, Any] = {
        "source": _SOURCE, "target": _TARGET, "why": "", "findings": (), "origin": "model", "tries": 1, "by": "", **more,
    }  # fmt: skip
    segment = Segment(str(number), "u", values.pop("source"), place=f"line {number}")
    return JobSegment(number, file.number, file.locale, segment, SegmentState(state), **values)


def _job(*files: JobFile, state: JobState = JobState.DONE, **more: Any) -> Job:
    options = JobOptions("zh-CN", ("en", "de"), model="small-model", **more.pop("options", {}))
    ended = _BEGUN + timedelta(minutes=47, seconds=12)
    return Job("loc-1", state, more.pop("why", ""), options, "Li Wen", _BEGUN, ended, files, **more)


_MIXED = (
    _file(1, "index.md", "en", {"translated": 2, "reused": 1, "needs_review": 1, "failed": 1}, "partly"),
    _file(2, "index.md", "de", {"translated": 1}),
    _file(3, "video.srt", "en", {"translated": 1}, "failed", "the letter ü cannot be written in ascii"),
)
_MIXED_SEGMENTS = (
    _segment(1, _MIXED[0], "translated", findings=(_SPACING,)),
    _segment(2, _MIXED[0], "translated", origin="person", by="Katrin Vollmer"),
    _segment(3, _MIXED[0], "reused", origin="memory"),
    _segment(4, _MIXED[0], "needs_review", why="a figure changed", findings=(_SPACING, _WRONG), tries=3),
    _segment(
        5, _MIXED[0], "failed", target=None, why="the reply was cut", source=Content.of("<script>alert(1)</script>")
    ),
    _segment(6, _MIXED[1], "translated"),
    _segment(7, _MIXED[2], "translated", origin="repeated"),
)


def _page(job: Job, segments: tuple[JobSegment, ...] = (), language: str = "en", now: datetime | None = None) -> Any:
    return html.fromstring(report_html(job, iter(segments), language, now=now))


def _text(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _in(page: Any, selector: str) -> list[str]:
    return [_text(found) for found in page.xpath(selector)]


def _mixed(language: str = "en") -> Any:
    return _page(_job(*_MIXED, tokens=1_015_786), _MIXED_SEGMENTS, language)


def test_who_asked_for_what_when_and_what_it_took() -> None:
    told = dict(zip(_in(_mixed(), "//dl[@class='meta']//dt"), _in(_mixed(), "//dl[@class='meta']//dd"), strict=True))
    assert told["Asked by"] == "Li Wen"
    assert told["Begun"] == "2026-11-22 01:04 UTC"
    assert told["Ended"] == "2026-11-22 01:51 UTC 47 min 12 s after it began"
    assert told["Languages"] == "zh-CN → en, de"
    assert told["Model"] == "small-model"
    assert told["Tokens used"] == "1,015,786"


def test_a_job_that_goes_on_is_told_as_of_the_moment() -> None:
    job = _job(_file(1, "a.md", "en", {"pending": 4}, "pending"), state=JobState.RUNNING, eta=520.0)
    told = _text(_page(job, now=_BEGUN + timedelta(hours=2)))
    assert "State of 2026-11-22 03:04 UTC 2 h 00 min after it began; about 8 min 40 s left" in told
    assert "Ended" not in told


def test_what_was_chosen_is_told_and_unknown_usage_is_called_so() -> None:
    options = {"columns": ("B",), "glossary": ({}, {}), "budget": 9000, "memory": False}
    text = _text(_page(_job(*_MIXED, options=options)))
    assert "table columns: B; 2 terms given with the job; budget 9,000 tokens; without translation memory" in text
    assert "not recorded" in text


def test_the_verdict_counts_what_was_released_and_held() -> None:
    assert _in(_mixed(), "//section[contains(@class,'verdict')]//h2") == ["2 segments were held back"]
    assert "5 of 7 segments were released." in _text(_mixed())
    assert _in(_mixed(), "//ul[@class='key']/li") == ["translated 4", "reused 1", "needs review 1", "failed 1"]


def test_the_grid_has_a_row_for_each_file_and_a_column_for_each_language() -> None:
    rows = _mixed().xpath("//table[@class='grid']//tr")
    assert [[_text(cell) for cell in row.xpath("th|td")] for row in rows] == [
        ["Source file", "English en", "German de"],
        ["index.md markdown", "3 / 5 reused 1 · needs review 1 · failed 1", "1 / 1"],
        ["video.srt markdown", "✗ not written", "—"],
    ]


def test_every_held_segment_is_there_with_place_texts_reason_and_findings() -> None:
    page = _mixed()
    review, failed = page.xpath("//section[@id='held']//article")
    assert _in(page, "//section[@id='held']//h3") == ["index.md → en · 2"]
    assert "line 4 needs review 3 tries a figure changed" in _text(review)
    assert [found.text_content() for found in review.xpath(".//dd")] == [str(_SOURCE), str(_TARGET)]
    assert _in(review, ".//mark") == ["RMB 230 million"]
    assert _in(review, ".//dd//code") == ["**", "**", "**", "**"]
    [worst, other] = _in(review, ".//ul[@class='findings']/li")
    assert (
        worst
        == "error Figure changed in translation: 230 多万元 became RMB 230 million Suggested: more than RMB 2.3 million"
    )
    assert other.startswith("warning Spacing: no space")
    assert "line 5 failed the reply was cut" in _text(failed)
    assert "no translation" in _text(failed)


def test_the_reasons_are_counted_by_the_names_of_the_checks() -> None:
    reasons = _in(_mixed("zh"), "//ul[@class='reasons']/li")
    assert len(reasons) == 2
    assert "number_changed 1" not in reasons
    assert "没有可用的回复 1" in reasons


def _of_both_languages(state: str = "needs_review") -> JobSegment:
    wrong = {**_WRONG, "message": "变了", "words": {"zh": "变了", "en": "it changed"}}
    return _segment(1, _MIXED[0], state, why="变了", findings=(wrong,))


@pytest.mark.parametrize(("language", "said", "unsaid"), [("zh", "变了", "it changed"), ("en", "it changed", "变了")])
def test_the_reader_decides_in_which_language_findings_speak(language: str, said: str, unsaid: str) -> None:
    text = _text(_page(_job(*_MIXED), (_of_both_languages(),), language))
    assert text.count(said) == 1, "the reason is not said twice"
    assert unsaid not in text


@pytest.mark.parametrize(
    ("why", "reason"),
    [
        ("the job was cancelled before this was reached", "not reached before the job was cancelled 1"),
        ("Koujing does not know sw: no program can check this translation, so a person must write it",
         "a language that Koujing cannot check 1"),
        ("openai:gpt: the reply broke off", "no usable reply 1"),
    ],
)  # fmt: skip
def test_what_no_check_found_is_counted_as_what_it_is(why: str, reason: str) -> None:
    one = _segment(1, _MIXED[0], "failed", target=None, why=why)
    assert _in(_page(_job(*_MIXED), (one,)), "//ul[@class='reasons']/li") == [reason]


def test_what_files_say_is_data() -> None:
    page = report_html(_job(*_MIXED), _MIXED_SEGMENTS, "en")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_warnings_origins_and_people() -> None:
    page = _mixed()
    assert len(page.xpath("//section[@id='warned']//tbody/tr")) == 1
    assert [_text(row) for row in page.xpath("//table[@class='origins']/tbody/tr")] == [
        "translated by the model 2 40.0%",
        "translation memory 1 20.0%",
        "the same segment elsewhere in this job 1 20.0%",
        "written by a person 1 20.0%",
    ]
    assert "Edited by Katrin Vollmer" in _text(page)


def test_a_file_that_was_not_written_is_told_at_the_top() -> None:
    assert "1 file was not written video.srt → en: the letter ü cannot be written in ascii" in _text(
        _mixed().xpath("//div[@class='stop']")[0]
    )
    only = _page(_job(_MIXED[2]), _MIXED_SEGMENTS[-1:])
    assert "not every file was written" in _text(only)
    assert "Everything was released" not in _text(only)


@pytest.mark.parametrize(
    ("job", "said", "unsaid"),
    [
        (_job(), "There was nothing to translate", "held back so far"),
        (_job(_MIXED[1]), "Everything was released 1 segment was checked", "not written"),
        (_job(_file(1, "a.md", "en", {"translated": 3, "pending": 40}, "pending"), state=JobState.PAUSED,
              why="the budget is used up", eta=520.0),
         "This job is not finished (paused) 40 segments are still open. The figures below are those of now. the budget is",
         "Everything was released"),
        (_job(_file(1, "a.md", "en", {"failed": 2}, "partly"), state=JobState.CANCELLED), "This job was cancelled",
         "not finished"),
        (_job(state=JobState.FAILED, why="no model answers"), "This job failed no model answers", "not finished"),
    ],
)  # fmt: skip
def test_each_state_of_a_job_says_what_it_is(job: Job, said: str, unsaid: str) -> None:
    text = _text(_page(job))
    assert said in text
    assert unsaid not in text


def test_the_page_needs_nothing_else() -> None:
    page = report_html(_job(*_MIXED), _MIXED_SEGMENTS, "zh")
    assert not re.findall(r"(?:src|href)=\"(?!#)", page)
    assert "url(" not in page
    assert page.count("<style>") == 1
    assert 'lang="zh-CN"' in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_frame_is_in_one_language(language: str) -> None:
    page = _page(_job(*_MIXED), _MIXED_SEGMENTS[:1], language)
    for data in page.xpath("//td[@lang]|//ul[@class='findings']|//div[@class='stop']//li"):
        data.drop_tree()
    text = _text(page)
    assert bool(re.search("[\u4e00-\u9fff]", text)) == (language == "zh")


def test_the_words_of_both_languages_have_the_same_gaps() -> None:
    for key, (english, chinese) in _WORDS.items():
        for form in english.split("|"):
            assert set(re.findall(r"\{\w+\}", form)) == set(re.findall(r"\{\w+\}", chinese)), key


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [(4.24, "4.2 s", "4.2 秒"), (200, "3 min 20 s", "3 分 20 秒"), (7500, "2 h 05 min", "2 小时 05 分")],
)
def test_durations(seconds: float, english: str, chinese: str) -> None:
    assert (ReportWords("en").duration(seconds), ReportWords("zh").duration(seconds)) == (english, chinese)
