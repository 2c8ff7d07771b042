"""Plain text and its encodings."""

from collections.abc import Callable

import pytest

from knowledge.domain.errors import UnreadableFile
from knowledge.reading import Document

ReadText = Callable[..., Document]


def places(document: Document) -> list[tuple[str, str]]:
    return [(block.place, block.text) for block in document.blocks]


def test_paragraphs_stand_apart_by_blank_lines(read_text: ReadText) -> None:
    wrapped = (
        "This paragraph was wrapped by an editor at about\nsixty columns, as old mail programs do it, and goes\non."
    )
    assert places(read_text("note.txt", f"\n{wrapped}\n\nSecond.\n")) == [
        ("line 2", wrapped.replace("\n", " ")),
        ("line 6", "Second."),
    ]


def test_wrapped_chinese_is_joined_without_spaces(read_text: ReadText) -> None:
    line = "我们为客户提供一站式平台覆盖研发测试部署与运维全流程"
    assert places(read_text("note.txt", f"{line}\n{line}\n完。")) == [("line 1", f"{line}{line}完。")]


def test_a_transcript_is_read_line_by_line(read_text: ReadText) -> None:
    lines = [
        "[00:01:02] Anna: We should move the launch to the second week of March.",
        "[00:01:09] Ben: I agree with that, the pricing page is not ready before that date.",
        "张伟：我同意。",
    ]
    assert places(read_text("call.txt", "\n".join(lines))) == [(f"line {n}", text) for n, text in enumerate(lines, 1)]


def test_list_items(read_text: ReadText) -> None:
    document = read_text("note.txt", "Plan\n- one\n2. two\n")
    assert [block.kind for block in document.blocks] == ["text", "list_item", "list_item"]


CHINESE = "我们为客户提供平台，部署时间从三天缩短到四小时，成本降低了百分之四十。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk"])
@pytest.mark.parametrize("text", [CHINESE, "报价单"])
def test_chinese_encodings(read_text: ReadText, text: str, encoding: str) -> None:
    assert read_text("note.txt", text, encoding).blocks[0].text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Plain words with spaces.", "utf-16-le"),
        ("Plain words with spaces.", "utf-16-be"),
        ("Le café déjà servi coûte très cher à Orléans, où l'été est doux et les élèves légers.", "cp1252"),
        ("この製品は導入が簡単で、多くのお客様にご利用いただいています。品質も高いです。", "shift_jis"),
        ("我們為客戶提供平台，部署時間從三天縮短到四小時，成本降低了百分之四十，客戶很滿意。", "big5"),
        ("이 제품은 도입이 쉽고 많은 고객이 사용하고 있습니다. 품질도 높습니다.", "euc-kr"),
    ],
)
def test_other_encodings(read_text: ReadText, text: str, encoding: str) -> None:
    assert read_text("note.txt", text, encoding).blocks[0].text == text


def test_a_few_broken_bytes_are_left_out_with_a_warning(read_text: ReadText) -> None:
    document = read_text("note.txt", CHINESE.encode() * 4 + CHINESE.encode()[:-1])
    assert document.warnings
    assert document.blocks[0].text.startswith(CHINESE)


def test_invisible_characters_are_cleaned(read_text: ReadText) -> None:
    assert read_text("note.txt", "A\u200b\u202eB\U000e0041 \u2f3f册").blocks[0].text == "AB 手册"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"text\x00with\x00zeros and more", "binary"),
        (bytes(range(1, 32)) * 50, "binary"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rubbish", "ZIP"),
        (b"\x89PNG\r\n\x1a\n...", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "Office"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.json", "a.yaml", "a.html"])
def test_binary_data_under_a_text_suffix(read_text: ReadText, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_text(name, content)
