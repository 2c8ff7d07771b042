"""The report of a localization job in a browser: nothing is cut off, and it can be read by everybody."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from chromium import overflow, screens, serious
from playwright.sync_api import Browser

from assistant.localization.content import Content
from assistant.localization.jobs.records import FileStatus, Job, JobFile, JobOptions, JobSegment, JobState
from assistant.localization.reporting import report_html
from assistant.localization.segment import Segment, SegmentState

_LONG = "https://www.tingstone.example/" + "a-very-long-address-without-a-break-" * 8
_TARGETS = ("en", "de", "fr", "es", "pt-BR", "ja")


def _job() -> tuple[Job, list[JobSegment]]:
    counts = {"translated": 1203, "reused": 388, "needs_review": 1}
    files = [
        JobFile(number, "values/strings.xml", "x", locale, "android", FileStatus.PARTLY, "", counts)
        for number, locale in enumerate(_TARGETS)
    ]
    finding = {
        "check": "link_changed",
        "severity": "error",
        "message": f"{_LONG} is gone",
        "span": {"start": 3, "end": 90},
    }
    held = [
        JobSegment(file.number, file.number, file.locale, Segment("1", "u", Content.of("见 ", _LONG), place=_LONG),
                   SegmentState.NEEDS_REVIEW, Content.of("see", _LONG), "the link changed", (finding,), "model", 3, "")
        for file in files
    ]  # fmt: skip
    now = datetime(2026, 11, 22, tzinfo=UTC)
    return Job("loc-1", JobState.DONE, "", JobOptions("zh-CN", _TARGETS), "Li Wen", now, now, tuple(files)), held


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_off_and_nothing_is_hard_to_read(chromium: Browser, tmp_path: Path, language: str) -> None:
    job, held = _job()
    path = tmp_path / "report.html"
    path.write_text(report_html(job, held, language), "utf-8")
    for width in (1280, 390):
        page = chromium.new_page(viewport={"width": width, "height": 800})
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.goto(path.as_uri())
        page.screenshot(path=screens() / f"localization-report-{language}-{width}.png", full_page=True)
        assert overflow(page) == 0
        if (language, width) in (("zh", 1280), ("en", 390)):
            assert serious(page) == []
        assert said == []
        page.close()
