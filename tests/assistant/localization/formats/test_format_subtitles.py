"""SubRip and WebVTT files."""

from __future__ import annotations

from typing import Any

import pytest
from contract import FormatContract, Sample
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.cue_text import CueText
from assistant.localization.formats.subtitles import Subtitles
from knowledge.domain.errors import UnreadableFile
from knowledge.domain.locale import parse_locale

_SRT = """1
00:00:01,000 --> 00:00:03,500
A bearing rarely fails
without warning.

2
00:00:04,000 --> 00:00:06,000 X1:40 X2:600
{\\an8}<i>Listen</i> & <b>act</b>.

3
00:00:07,000 --> 00:00:08,000
- Nine days ahead?
- Nine days.

4
00:00:09,000 --> 00:00:10,000
♪

"""
_VTT = """WEBVTT - Launch film
Kind: captions

NOTE 00:00:00.000 --> 00:00:09.000
Not to be translated

STYLE
::cue(b) { color: red }

intro
00:01.000 --> 00:03.000 align:start line:90%
<v Gu Yanzhou>We set the R300 <c.loud>one</c> standard.

1:00:04.000 --> 1:00:06.000
R&amp;D &lt;on site&gt;<00:00:05.000> works.
"""
_TEXTS = [
    "A bearing rarely fails without warning.",
    "{\\an8}<i>Listen</i> & <b>act</b>.",
    "- Nine days ahead?\n- Nine days.",
]


class TestSubtitles(FormatContract):
    format = Subtitles()
    samples = (
        Sample("film.srt", _SRT.encode(), _TEXTS),
        Sample("windows.srt", b"\xef\xbb\xbf" + _SRT.replace("\n", "\r\n").encode(), [*_TEXTS[:2], _TEXTS[2].replace("\n", "\r\n")]),
        Sample("film.vtt", _VTT.encode(), ["<v Gu Yanzhou>We set the R300 <c.loud>one</c> standard.",
                                          "R&D <on site><00:00:05.000> works."]),
        Sample("zh.srt", "1\n00:00:01,000 --> 00:00:03,000\n网断了，\n判断不能断。\n使用 R300\nAPI 接口\n".encode(),
               ["网断了，判断不能断。使用 R300 API 接口"], source="zh-CN", target="en"),
    )  # fmt: skip


def _read(text: str, name: str = "a.srt", target: str = "en") -> Any:
    return Subtitles().read(text.encode(), Reading(name, parse_locale("zh-CN"), parse_locale(target)))


def _cue(lines: str) -> str:
    return f"1\n00:00:01,000 --> 00:00:03,000\n{lines}\n"


def test_chinese_in_its_old_encoding_is_read_and_written_so() -> None:
    data = _cue("网断了，判断不能断，现场的设备不会等云端回话。").encode("gb18030")
    file = Subtitles().read(data, Reading("a.srt", parse_locale("zh-CN"), parse_locale("en")))
    assert file.write(Written({"cue1": Content.of("It must “go on”.")})) == _cue("It must “go on”.").encode("gb18030")


def test_places_and_how_much_can_be_read() -> None:
    unit = _read(_VTT, "a.vtt").units[1]
    assert (unit.place, unit.max_length) == ("cue 2, 60:04.0", None)
    assert unit.note == "on screen for 2.0 s: about 34 characters can be read"
    assert "about 18 characters" in _read(_VTT, "a.vtt", "zh-CN").units[1].note


@pytest.mark.parametrize(
    ("lines", "target", "written"),
    [
        ("网断了，\n判断不能断。", "When the network goes down, judgement must not.",
         "When the network goes down,\njudgement must not."),
        ("一句很短的话。", "Short.", "Short."),
        ("停机之前就知道故障在哪里。", "You know where the fault is before the machine stops, not after it.",
         "You know where the fault is before\nthe machine stops, not after it."),
        ("You know where the fault is before the machine stops.", "停机之前就知道故障在哪里，而不是等到机器停下来之后才去找。",
         "停机之前就知道故障在哪里，\n而不是等到机器停下来之后才去找。"),
    ],
)  # fmt: skip
def test_lines_are_broken_anew(lines: str, target: str, written: str) -> None:
    file = _read(_cue(lines))
    assert file.write(Written({"cue1": Content.of(target)})).decode() == _cue(written)


def test_the_lines_of_two_speakers_stay_two() -> None:
    file = _read(_cue("- 提前九天？\n- 提前九天。"))
    [unit] = file.units
    [line] = unit.source.codes
    target = Content.of("- Nine days ahead?", line, "- Nine days.")
    assert file.write(Written({unit.id: target})).decode() == _cue("- Nine days ahead?\n- Nine days.")


def test_cues_without_an_empty_line_between_them() -> None:
    file = _read("1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:03,000 --> 00:00:04,000\ntwo")
    assert [str(unit.source) for unit in file.units] == ["one", "two"]


@pytest.mark.parametrize("text", ["", "no times here", "1\n00:00:01 -> 00:00:02\nx"])
def test_what_is_no_subtitle_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.srt"):
        _read(text)


_LETTERS = st.text("abc ，。停机之前<>&-“”R3🙂한", min_size=1, max_size=200).map(lambda text: " ".join(text.split()))


@given(_LETTERS, st.integers(1, 4), st.booleans())
def test_a_text_that_is_broken_is_read_as_it_was(text: str, lines: int, vtt: bool) -> None:
    cue = CueText("\n".join(["x"] * lines), vtt=vtt, newline="\n")
    raw = cue.written(Content.of(text))
    assert str(CueText(raw, vtt=vtt, newline="\n").content) == text
