"""Plain text keeps its lines, its encoding and its line ends."""

from __future__ import annotations

import pytest
from contract import FormatContract, Sample
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.plain_text import PlainText
from knowledge.domain.errors import UnreadableFile
from knowledge.domain.locale import Locale

READING = Reading("note.txt", Locale("en"), Locale("zh-CN"))
WRAPPED = (
    "Our gateway reads the meters of a whole plant and writes them to one\n"
    "place, so that a shift leader sees each morning what the night has used\n"
    "and where.\n"
)


class TestPlainText(FormatContract):
    format = PlainText()
    samples = (
        Sample("a.txt", b"Dear reader,\r\n\r\n  first line\r\n  second line\r\n\r\n---\r\n\r\nBye {name}.", [
            "Dear reader,", "first line\n  second line", "Bye {name}."]),
        Sample("wrapped.txt", WRAPPED.encode(), [" ".join(WRAPPED.split())]),
        Sample("mark.txt", b"\xef\xbb\xbf\n\nOne.\n", ["One."]),
        Sample("wide.txt", "你好。\n\n再见。".encode("utf-16"), ["你好。", "再见。"], "zh", "en"),
        Sample("china.txt", "平台支持边缘计算，成本下降了三成。".encode("gb18030"), ["平台支持边缘计算，成本下降了三成。"], "zh"),
        Sample("empty.txt", b"", []),
    )  # fmt: skip


def test_an_encoding_without_the_letters_becomes_utf_8() -> None:
    file = PlainText().read("Déjà vu à Besançon, café et thé.".encode("cp1252"), READING)
    assert file.write(Written({"p1": Content.of("你好 café")})) == "你好 café".encode()


def test_the_encoding_stays_where_it_holds_the_letters() -> None:
    file = PlainText().read("平台支持边缘计算，成本下降了三成。".encode("gb18030"), READING)
    assert file.write(Written({"p1": Content.of("成本 €")})) == "成本 €".encode("gb18030")


def test_no_text_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"note\.txt: not text .* save it as UTF-8"):
        PlainText().read(b"\x00\x01\x02\xff\xfe" * 20, READING)


@given(st.text(st.sampled_from("ab 。.\n\r\t#"), max_size=60))
def test_every_text_is_copied_byte_for_byte(text: str) -> None:
    file = PlainText().read(text.encode(), READING)
    assert file.write(Written({unit.id: unit.source for unit in file.units})) == text.encode()
