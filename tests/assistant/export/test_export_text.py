"""Layout, marks, plain text, Markdown: structure is ours, every word of the draft is data."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_export_samples import CASE, CHANGE, EMPTY, EN, HOSTILE, TITLE, ZH, claim

from assistant.draft import Cell, Claim, Draft, Paragraph, Repair, Section, draft_from_json
from assistant.export import render
from assistant.export.labels import labels_for
from assistant.export.layout import Shape, lay_out
from assistant.export.markdown import escape
from assistant.export.marks import Mark, mark_up
from assistant.export.plain import clean
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Span

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def one(*paragraphs: Paragraph, title: str = "T") -> Draft:
    return replace(EMPTY, title=title, sections=(Section("s", "H", paragraphs),))


def body(markdown: str) -> str:
    return markdown.split("---\n", 2)[2]


# ---- layout


def test_the_title_is_printed_once_and_its_section_goes() -> None:
    page = lay_out(ZH, labels_for("zh-CN"))
    assert page.headline is TITLE
    assert [section.heading for section in page.sections][:2] == ["", "用后变化"]


def test_a_second_title_stays_as_a_line() -> None:
    draft = one(Paragraph("1", "A", role="title"), Paragraph("2", "B", role="title"), title="A")
    (section,) = lay_out(draft, labels_for("en")).sections
    assert [(b.shape, b.paragraphs[0].text) for b in section.blocks] == [(Shape.LINE, "B")]


def test_a_draft_without_title_takes_the_first_title_paragraph_and_else_says_so() -> None:
    assert lay_out(one(Paragraph("1", "A", role="title"), title=""), labels_for("en")).headline.text == "A"
    assert lay_out(EMPTY, labels_for("en")).headline.text == "Untitled"


def test_a_table_keeps_rows_and_columns_in_order_of_appearance() -> None:
    cells = [("r2", "c2"), ("r1", "c2"), ("r2", "c1")]
    draft = one(*(Paragraph(f"{r}{c}", f"{r}/{c}", cell=Cell(r, c)) for r, c in cells))
    table = lay_out(draft, labels_for("en")).sections[0].blocks[0].table
    assert table is not None
    assert table.columns == ("c2", "c1")
    assert [(name, [[p.text for p in cell] for cell in row]) for name, row in table.rows] == [
        ("r2", [["r2/c2"], ["r2/c1"]]),
        ("r1", [["r1/c2"], []]),
    ]


# ---- marks


def shape(pieces: tuple[str | Mark, ...]) -> list[object]:
    return [p if isinstance(p, str) else [c.id for c in p.claims] + shape(p.children) for p in pieces]


def at(id_: str, start: int, end: int, verdict: str = "supported") -> Claim:
    return Claim(id_, None, Span(start, end), "", "quantity", verdict)


def test_marks_nest_and_overlapping_ones_follow_each_other() -> None:
    assert shape(mark_up("abcdef", [at("in", 1, 2), at("out", 0, 4)])) == [["out", "a", ["in", "b"], "cd"], "ef"]
    assert shape(mark_up("abcdef", [at("1", 0, 3), at("2", 2, 5)])) == [["1", "abc"], ["2", "de"], "f"]
    assert shape(mark_up("ab", [at("1", 0, 2), at("2", 0, 2), at("no", 2, 9), at("empty", 1, 1)])) == [["1", "2", "ab"]]


@given(st.text(max_size=12), st.lists(st.tuples(st.integers(-2, 14), st.integers(-2, 14)), max_size=8))
def test_marked_text_is_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    def flat(pieces: tuple[str | Mark, ...]) -> str:
        return "".join(p if isinstance(p, str) else flat(p.children) for p in pieces)

    assert flat(mark_up(text, [at(str(n), *span) for n, span in enumerate(spans)])) == text


def test_the_loudest_verdict_sets_the_tone() -> None:
    (mark,) = mark_up("x", [at("1", 0, 1), at("2", 0, 1, "contradicted")])
    assert isinstance(mark, Mark)
    assert mark.tone == "loud"


# ---- words


@pytest.mark.parametrize(
    ("locale", "missing", "box"),
    [
        ("zh-CN", "一句评价", "[一句评价]"),
        ("zh-CN", "[待补充：一句评价]", "[待补充：一句评价]"),
        ("zh-TW", "【引语待确认】", "【引语待确认】"),
        ("en", " a quote ", "[a quote]"),
        ("de", "[quote to be confirmed]", "[quote to be confirmed]"),
    ],
)
def test_a_gap_has_one_pair_of_brackets(locale: str, missing: str, box: str) -> None:
    assert labels_for(locale).gap(missing) == box


def test_an_unknown_value_stands_for_itself() -> None:
    assert labels_for("zh").of("verdict", "new_one") == "new_one"


def test_clean_takes_controls_and_leaves_text() -> None:
    assert clean("a\x00\x1b[31m红\x1b[0m\u202e\ud800\ufeff\r\nb\tc\x85") == "a红\nb\tc"


# ---- Markdown


def test_markdown_says_that_it_is_a_draft_in_text_and_metadata() -> None:
    text = render(ZH, "md")
    matter = yaml.safe_load(text.split("---\n")[1])
    assert matter["status"] == "draft"
    assert (matter["draft"], matter["version"], matter["template"]) == ("d-0142", 3, "success_story")
    assert (matter["locale"], matter["model"], matter["generated-by"]) == ("zh-CN", "local", "AI")
    assert body(text).lstrip().startswith("> **DRAFT / 草稿** · 本内容由人工智能辅助生成")


def test_clean_markdown_has_no_draft_mark_and_no_findings() -> None:
    text = render(replace(ZH, state="approved"), "markdown", marked=False)
    assert yaml.safe_load(text.split("---\n")[1])["status"] == "approved"
    assert "DRAFT" not in text
    assert "草稿" not in text
    assert "检查结果" not in text
    assert "number_unsupported" not in text
    assert "[^S1]" in text


def test_without_sources_nothing_leads_to_the_library() -> None:
    for format_ in ("markdown", "html", "text", "json"):
        text = render(ZH, format_, marked=False, sources=False)
        assert "cases/elevator.md" not in text
        assert "林澜" not in text
        assert CHANGE.text[:20] in text


def test_markdown_cites_by_footnotes_and_lists_the_sources() -> None:
    text = render(ZH, "md")
    assert "16 分钟。[^S1]\n" in text
    assert "值班台[^S1][^S3]" in text
    note = next(line for line in text.splitlines() if line.startswith("[^S1]:"))
    for fact in ("case-elevator v4", "cases/elevator.md › 效果", "已批准", "林澜", "2026-12-01", "2027-03-31"):
        assert fact in note
    assert f"    > {CASE.text}" in text
    assert "[^S3]: **需求** · 需求" in text


def test_markdown_roles() -> None:
    text = body(render(ZH, "md"))
    assert text.count(TITLE.text) == 1
    assert "\n*一家电梯维保集团的四个月*\n" in text
    assert "\n**同样的人手，管住更多电梯。**[^S1]\n" in text
    assert "\n> “以前是业主先知道电梯停了，我们后知道。”[^S2]\n" in text
    assert "\n- [第三条依据]\n" in text
    assert "\n[客户方项目负责人的一句话评价]\n" in text
    assert "| 平均响应时间 | 95 分钟[^S1] | 38 分钟[^S1] |" in text
    assert r"31% \| 约三成[^S1]" in text


def test_markdown_findings_by_severity() -> None:
    text = render(ZH, "md")
    places = [text.index(check) for check in ("number_unsupported", "superlative_unproven", "style_rule")]
    assert places == sorted(places)
    assert "- **错误** `number_unsupported` “27%”：27% 在所引来源中找不到 → 删去，或补充来源" in text


def kinds(text: str) -> set[str]:
    tokens = MARKDOWN.parse(text)
    return {t.type for t in tokens} | {c.type for t in tokens for c in t.children or ()}


def shown(text: str) -> str:
    inline = [t for t in MARKDOWN.parse(text) if t.type == "inline"]
    return "".join("\n" if c.type.endswith("break") else c.content for t in inline for c in t.children or ())


PLAIN = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "hardbreak", "softbreak"}


@pytest.mark.parametrize(
    "text",
    [
        "# h", "###", "> q", "- i", "+ i", "* i", "1. one", "12) twelve", "| a | b |\n| - | - |", "---", "***", "___",
        "a\n===", "a\n---", "```\ncode", "~~~", "    code", "<b>x</b>", "<!-- c -->", "&lt; &#35;", "[a](b)", "![a](b)",
        "[a]: http://x.y", "[a][b]", "<http://x.y>", "*e* _e_ **e** ~~e~~", "snake_case 中_文_字", "a\\", "\\# a", "C#",
        "2026. 年", "[^S1]: x", "|\n:-", "a | b\n-: | -", "a|b\n-|-", HOSTILE,
    ],
)  # fmt: skip
def test_text_is_data_in_markdown(text: str) -> None:
    markdown = escape(text).replace("\n", "  \n")
    assert kinds(markdown) <= PLAIN
    assert " ".join(shown(markdown).split()) == " ".join(clean(text).split())


@given(st.text(alphabet="ab1 _*`#>|+-=~.)[](){}<>&;:!\\\n\"'中文", max_size=25))
def test_any_text_is_data_in_markdown(text: str) -> None:
    markdown = escape(text).replace("\n", "  \n")
    assert kinds(markdown) <= PLAIN
    assert " ".join(shown(markdown).split()) == " ".join(text.split())


@given(st.text(alphabet="ab| \\<&`*[]", min_size=1, max_size=12))
def test_a_cell_stays_one_cell(text: str) -> None:
    draft = one(Paragraph("1", text, cell=Cell("r", "c")), Paragraph("2", "end", cell=Cell("r", "d")))
    tokens = MARKDOWN.parse(body(render(draft, "md", marked=False)))
    cells = [t for before, t in pairwise(tokens) if before.type == "td_open"]
    assert len(cells) == 3
    text_shown = "".join(c.content for c in cells[1].children or ())
    assert " ".join(text_shown.split()) == (" ".join(text.split()) or "—")


def test_a_title_with_line_breaks_and_signs_is_one_heading() -> None:
    text = body(render(replace(EMPTY, title="# a\n<b> | c #"), "md"))
    assert r"# \# a \<b> | c \#" in text.splitlines()


def test_hostile_words_leave_the_front_matter_alone() -> None:
    text = render(replace(EN, title="x\n---\nstatus: approved", model="m: {a}"), "md")
    matter = yaml.safe_load(text.split("\n---\n")[0].removeprefix("---\n"))
    assert matter["status"] == "draft"
    assert matter["model"] == "m: {a}"


# ---- JSON and plain text


def test_json_is_the_contract_document_with_a_label() -> None:
    document = json.loads(render(ZH, "json"))
    assert document["label"]["status"] == "draft"
    assert draft_from_json(document) == ZH
    assert "label" not in json.loads(render(ZH, ".json", marked=False))


def test_plain_text_reads_without_any_format() -> None:
    text = render(EN, "txt")
    assert text.startswith("DRAFT / 草稿 · Written with the help of AI")
    assert "and staff costs by 27%. [S1]" in text
    assert "[to be supplied: one sentence from the customer]" in text
    assert "[S1] Elevator maintenance, East China · case-elevator v4 · cases/elevator.en.md › Results" in text
    assert "[error] number_unsupported “27%”: 27% is in no cited source" in text
    assert "\x1b" not in text


def test_an_empty_draft_is_written_in_every_text_format() -> None:
    for format_ in ("markdown", "html", "json", "text"):
        assert render(EMPTY, format_)
        assert render(EMPTY, format_, marked=False)


@pytest.mark.parametrize("format_", ["docx", "pdf", ""])
def test_other_formats_are_refused(format_: str) -> None:
    with pytest.raises(InputError, match="markdown, html, json, text"):
        render(ZH, format_)


def test_a_claim_of_an_unknown_paragraph_harms_nothing() -> None:
    stray = replace(claim("C", TITLE, "38 分钟", "supported", "quantity"), paragraph="nowhere")
    assert render(replace(ZH, claims=(stray,)), "html")


def test_what_a_program_changed_is_told_in_every_marked_form_and_in_no_clean_one() -> None:
    repairs = (
        Repair("qualifier_changed", "p4", "12%", "约 12%"),
        Repair("number_unsupported", "p4", "# 多出一句。", ""),
    )
    changed = replace(ZH, repairs=repairs)
    for format_, lines in (
        ("text", ("qualifier_changed：“12%” → “约 12%”", "number_unsupported：“# 多出一句。” → 已删去")),
        ("markdown", ("- qualifier_changed：“12%” → “约 12%”", "- number_unsupported：“# 多出一句。” → 已删去")),
        ("html", ("qualifier_changed：“12%” → “约 12%”", "已删去")),
    ):
        marked = render(changed, format_).replace("\\_", "_")
        assert "程序已改动" in marked
        for line in lines:
            assert line in marked
        assert "程序已改动" not in render(changed, format_, marked=False)
        assert "程序已改动" not in render(ZH, format_)


def test_a_mind_map_stays_a_nested_list_in_markdown() -> None:
    branches = Paragraph("p1", "- 停机\n  - 关键词\n    - *边缘*网关", ("S1",), role="map", by="program")
    draft = Draft("d-1", "industry_insight", "zh-CN", "public", sections=(Section("map", "导图", (branches,)),))
    assert "- 停机\n  - 关键词\n    - \\*边缘\\*网关" in render(draft, "md")
