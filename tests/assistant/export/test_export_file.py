"""Files and the terminal: written as a whole or not at all; Word with real styles; a pipe gets plain text."""

from __future__ import annotations

import io
import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from rich.console import Console
from test_export_samples import CHANGE, EMPTY, EN, HOSTILE, SAID, TITLE, ZH

from assistant.draft import Draft, Paragraph, Section
from assistant.export import ENDINGS, export, print_draft, render
from assistant.export.plain import clean
from knowledge.domain.errors import InputError


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("draft", [ZH, EN, EMPTY], ids=["zh", "en", "empty"])
def test_every_ending_is_written(tmp_path: Path, ending: str, draft: Draft) -> None:
    path = tmp_path / f"稿 件{ending.upper()}"
    export(draft, path)
    assert path.stat().st_size > 100
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    if ending != ".docx":
        assert path.read_text("utf-8") == render(draft, ending)


def test_a_file_is_replaced_through_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "a.txt", tmp_path / "b.txt"
    target.write_text("old")
    link.symlink_to(target)
    export(EN, link)
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("DRAFT")


@pytest.mark.parametrize("name", ["x.pdf", "x", "x.doc", ".md"])
def test_another_ending_is_refused_with_the_possible_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        export(ZH, tmp_path / name)
    assert all(ending in caught.value.message for ending in ENDINGS)
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_and_a_folder_as_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "d.md").mkdir()
    for path in (tmp_path / "no" / "x.md", tmp_path / "d.md"):
        with pytest.raises(InputError) as caught:
            export(ZH, path)
        assert "\n" not in caught.value.message
        assert str(path) in caught.value.message


def test_a_failing_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.md"
    path.write_text("old")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left"):
        export(ZH, path)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["x.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="cannot be written"):
        export(ZH, tmp_path / "x.md")
    tmp_path.chmod(0o700)


# ---- Word


def word(tmp_path: Path, draft: Draft, **options: bool) -> Any:
    export(draft, tmp_path / "x.docx", **options)
    return Document(str(tmp_path / "x.docx"))


def styled(document: Any) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in document.paragraphs if p.text]


def test_word_says_draft_on_each_page_and_in_its_properties(tmp_path: Path) -> None:
    document = word(tmp_path, ZH)
    assert "DRAFT / 草稿" in document.sections[0].header.paragraphs[0].text
    properties = document.core_properties
    assert properties.title == f"DRAFT / 草稿 {TITLE.text}"
    for text in (properties.category, properties.keywords, properties.comments, properties.content_status):
        assert "DRAFT / 草稿" in text
    assert properties.language == "zh-CN"
    assert properties.author == "Koujing"


def test_clean_word_says_nothing_of_a_draft(tmp_path: Path) -> None:
    word(tmp_path, replace(ZH, state="approved"), marked=False)
    with zipfile.ZipFile(tmp_path / "x.docx") as archive:
        content = "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml"))
    for words in ("DRAFT", "草稿", "检查结果", "number_unsupported"):
        assert words not in content
    assert "来源" in content


def test_word_uses_real_styles(tmp_path: Path) -> None:
    document = word(tmp_path, ZH)
    found = styled(document)
    for expected in (
        ("Title", TITLE.text + "[S1]"),
        ("Subtitle", "一家电梯维保集团的四个月"),
        ("Heading 1", "用后变化"),
        ("Normal", CHANGE.text + "[S1]"),
        ("Normal", "[客户方项目负责人的一句话评价]"),
        ("Quote", SAID.text + "[S2]"),
        ("List Bullet", "故障先于电话到达值班台[S1][S3]"),
        ("Heading 1", "检查结果"),
        ("Heading 1", "来源"),
        ("Intense Quote", "本稿用于行业展会的展板。"),
    ):
        assert expected in found
    assert sum(text == "副标题" for _, text in found) == 0


def test_word_sets_an_east_asian_font_on_its_styles(tmp_path: Path) -> None:
    document = word(tmp_path, ZH)
    for name, font in {"Normal": "宋体", "Title": "黑体", "Heading 1": "黑体", "List Bullet": "宋体"}.items():
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_word_lays_cells_out_as_a_table_with_superscript_citations(tmp_path: Path) -> None:
    document = word(tmp_path, ZH)
    (table,) = document.tables
    assert table.style.name == "Table Grid"
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["", "用前", "用后"],
        ["平均响应时间", "95 分钟[S1]", "38 分钟[S1]"],
        ["二次上门率", "31% | 约三成[S1]", "[没有数据]"],
    ]
    assert [r.text for r in table.cell(1, 1).paragraphs[0].runs if r.font.superscript] == ["[S1]"]


def test_word_takes_any_text(tmp_path: Path) -> None:
    draft = replace(
        EMPTY, title="t" * 400, model="\x00m", sections=(Section("s", "h\x0b", (Paragraph("1", HOSTILE),)),)
    )
    assert ("Normal", clean(HOSTILE)) in styled(word(tmp_path, draft))


# ---- terminal


def printed(draft: Draft, *, terminal: bool, width: int = 80) -> str:
    file = io.StringIO()
    print_draft(
        draft, Console(file=file, force_terminal=terminal, width=width, color_system="standard", legacy_windows=False)
    )
    return file.getvalue()


def test_a_pipe_gets_plain_unwrapped_text_and_the_usage() -> None:
    text = printed(ZH, terminal=False)
    assert text == render(ZH, "text") + "\n用量：local · 6 次调用 · 5210 + 873 词元 · 41.4 秒\n"
    assert CHANGE.text in text


@pytest.mark.parametrize("width", [80, 120])
def test_a_terminal_gets_signs_and_never_a_line_too_long(width: int) -> None:
    from rich.cells import cell_len
    from rich.text import Text

    raw = printed(ZH, terminal=True, width=width)
    text = Text.from_ansi(raw).plain
    assert all(cell_len(line) <= width for line in text.splitlines())
    assert "27%!" in text
    assert "\x1b[1;31m27%" in raw
    assert "12%≈" in text
    assert "38 分钟✗" not in text
    assert "[客户方项目负责人的一句话评价]" in text
    assert "错误 number_unsupported" in text
    assert "用量：local" in text


def test_hostile_text_sends_nothing_to_the_terminal() -> None:
    raw = printed(replace(EN, title="\x1b]0;x\x07[bold]t[/bold]"), terminal=True)
    assert "\x1b]" not in raw
    assert "\x07" not in raw
    assert "\u202e" not in raw
    assert "[bold]t[/bold]" in raw
    assert "[link](http://example.com)" in raw


def test_json_file_is_json(tmp_path: Path) -> None:
    export(ZH, tmp_path / "x.json")
    assert json.loads((tmp_path / "x.json").read_bytes())["schema"] == 1
