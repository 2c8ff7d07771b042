"""A text that a person gave, line by line: spans count in the text as read, code and link targets make no claims."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking import check_text, only
from assistant.checks.standards import Standards
from assistant.draft import Evidence
from assistant.given import GivenText, given_document, given_file, given_text
from knowledge.domain.finding import Span
from knowledge.domain.locale import Locale
from knowledge.reading import read

PAGE = """---
title: Press 2024
budget: 99 million
---
# The gateway saves 18 %

It runs in 12 plants
and reads [64 sensors](https://example.com/2023/07?id=31), see <https://example.com/2022/11>.

```python
limit = 4711
```

    indented = 815

| Metric | Before | After |
| --- | --- | --- |
| Downtime | 74 hours | 46 hours |

- cheaper by 7 %
- `v1.2` runs\\
  on 5 lines
"""


@pytest.fixture
def page(tmp_path: Path) -> GivenText:
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return given_file(path)[0]


def test_a_markdown_file_line_by_line(page: GivenText) -> None:
    assert [(line.number, line.text, line.place, line.kind) for line in page.lines] == [
        (1, "The gateway saves 18 %", "line 5", "heading"),
        (2, "It runs in 12 plants and reads 64 sensors, see https://example.com/2022/11.", "line 7", "text"),
        (3, "limit = 4711", "line 10", "code"),
        (4, "indented = 815", "line 14", "code"),
        (5, "Metric: Downtime", "line 18", "row"),
        (6, "Before: 74 hours", "line 18", "row"),
        (7, "After: 46 hours", "line 18", "row"),
        (8, "cheaper by 7 %", "line 20", "list_item"),
        (9, "v1.2 runs", "line 21", "list_item"),
        (10, "on 5 lines", "line 21", "list_item"),
    ]
    assert [line.span.of(page.text) for line in page.lines] == [line.text for line in page.lines]
    assert {line.about for line in page.lines if line.kind == "row"} == {
        "Metric: Downtime; Before: 74 hours; After: 46 hours"
    }


def test_words_of_a_wrapped_paragraph_know_the_line_of_the_file_they_stand_on(page: GivenText) -> None:
    def place(words: str) -> str:
        position = page.text.index(words)
        line = page.line_at(position)
        assert line is not None
        return line.place_at(position)

    assert [place(words) for words in ("12 plants", "and reads", "64 sensors", "v1.2", "on 5", "74 hours")] == [
        "line 7", "line 8", "line 8", "line 21", "line 22", "line 18",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("a.txt", "一行写了 12 个字的中文段落在这里被编辑器折了一次，\n第二行有 34 个字，到了这里又被编辑器折了一次，\n第三行 56。", [1, 2, 3]),
        ("a.md", "> quoted *12* words\n> and **34** more\n> [and](http://x.y) 56\n", [1, 2, 3]),
        ("a.html", "<p>First 12\nthen <b>34</b> of\n<i>them</i> and 56</p>", [1, 2, 3]),
        ("a.md", "12\n- 34\n  56\n", [1, 2, 3]),
    ],
)  # fmt: skip
def test_wrapped_lines_of_every_format(tmp_path: Path, name: str, text: str, lines: list[int]) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    given, _ = given_file(path)
    places = []
    for number in ("12", "34", "56"):
        position = given.text.index(number)
        line = given.line_at(position)
        assert line is not None
        places.append(line.place_at(position))
    assert places == [f"line {line}" for line in lines]


def test_front_matter_code_and_link_targets_make_no_claims(page: GivenText) -> None:
    asked: list[str] = []

    def find(texts: object) -> list[list[Evidence]]:
        asked.extend(texts)  # type: ignore[call-overload]
        return [[Evidence("", "nothing of it", "en")] for _ in asked]

    report = check_text(page, find, Standards(Locale("en")))
    quantities = [claim.text for claim in report.claims if claim.kind in ("quantity", "percent", "date")]
    assert [text.split()[0] for text in quantities] == ["18", "12", "64", "74", "46", "7", "5"]
    for claim in report.claims:
        assert claim.span.of(report.text) == claim.text
        assert not any(number in claim.text for number in ("4711", "815", "2023", "31", "99", "2024"))
    assert not any("4711" in text for text in asked)


@pytest.mark.parametrize("format_", ["docx", "html", "txt"])
def test_headings_and_cells_of_other_formats_are_lines_of_their_own(tmp_path: Path, format_: str) -> None:
    path = tmp_path / f"page.{format_}"
    if format_ == "docx":
        import docx

        document = docx.Document()
        document.add_heading("Results", 1)
        document.add_paragraph("Downtime fell by 18 %.")
        table = document.add_table(rows=2, cols=3)
        for row, cells in zip(table.rows, (("Metric", "Before", "After"), ("Downtime", "74 h", "46 h")), strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        document.save(str(path))
        places = ["paragraph 1", "paragraph 2", "table 1 row 2", "table 1 row 2", "table 1 row 2"]
    elif format_ == "html":
        cells = "<tr><th>Metric</th><th>Before</th><th>After</th></tr>\n<tr><td>Downtime</td><td>74 h</td><td>46 h</td></tr>"
        path.write_text(f"<h1>Results</h1>\n<p>Downtime fell by 18 %.</p>\n<table>{cells}</table>")
        places = ["line 1", "line 2", "line 4", "line 4", "line 4"]
    else:
        path.write_text("Results\n\nDowntime fell by 18 %.\nMetric: Downtime\nBefore: 74 h\n\nAfter: 46 h\n")
        places = ["line 1", "line 3", "line 4", "line 5", "line 7"]
    text, warnings = given_file(path)
    assert warnings == ()
    assert [line.text for line in text.lines] == [
        "Results", "Downtime fell by 18 %.", "Metric: Downtime", "Before: 74 h", "After: 46 h",
    ]  # fmt: skip
    assert [line.place for line in text.lines] == places
    assert [line.number for line in text.lines] == [1, 2, 3, 4, 5]


def test_characters_that_hide_stand_in_a_text_to_be_checked_and_in_no_other(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("It costs 5\u200b6 \u202eeuro\u00ad.\n", encoding="utf-8")
    assert given_document(read(path, keep_hiding=True)).text == "It costs 5\u200b6 \u202eeuro."
    assert given_document(read(path)).text == "It costs 56 euro."


@given(st.text(alphabet="a9 \n\r\u2028\x0b\x1c中。", max_size=30))
def test_the_lines_of_any_text_lie_where_they_say(text: str) -> None:
    lines = given_text(text).lines
    assert [line.text for line in lines] == [line for line in text.splitlines() if line.strip()]
    assert [line.number for line in lines] == [n for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    assert all(line.span.of(text) == line.text for line in lines)
    for line in lines:
        assert given_text(text).line_at(line.span.end - 1) == line


def test_findings_stand_in_the_order_of_the_text(tmp_path: Path) -> None:
    source = [Evidence("", "公司有员工 480 人。", "zh-CN", source="s.txt")]
    report = check_text("全国 27 座城市，\n服务 96 家客户。", only(source), Standards(Locale("zh-CN")))
    spans = [finding.span for finding in report.findings if finding.span]
    assert spans == sorted(spans)
    assert {report.line_of(f).number for f in report.findings if f.span} == {1, 2}  # type: ignore[union-attr]
    assert report.given.line_at(-1) is None
    assert Span(0, 1).of(report.text) == "全"


LINKED = """See [our site](https://a.example), [more](http://evil.example/x) and <http://b.example>,
or [write](mailto:x@y.example) [z](#top) [](http://none.example)

# [A heading](//c.example)
"""


def test_links_are_known_by_their_words_and_not_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(LINKED, encoding="utf-8")
    text, heading = given_file(path)[0].lines
    assert "evil" not in text.text
    assert [(span.of(text.text), target) for span, target in text.links if span.end < len(text.text)] == [
        ("our site", "https://a.example"),
        ("more", "http://evil.example/x"),
        ("write", "mailto:x@y.example"),
    ]
    assert [(span.of(heading.text), target) for span, target in heading.links] == [("A heading", "//c.example")]


def test_links_of_a_word_file_are_known(tmp_path: Path) -> None:
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document()
    paragraph = document.add_paragraph("Go to ")
    link, run, words = (OxmlElement(f"w:{name}") for name in ("hyperlink", "r", "t"))
    link.set(
        qn("r:id"), document.part.relate_to("http://evil.example/w", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    )
    words.text = "our shop"
    run.append(words)
    link.append(run)
    paragraph._p.append(link)
    document.save(str(tmp_path / "page.docx"))
    [line] = given_file(tmp_path / "page.docx")[0].lines
    assert line.text == "Go to our shop"
    assert [(span.of(line.text), target) for span, target in line.links] == [("our shop", "http://evil.example/w")]


def test_an_address_behind_words_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("Go to [our shop](http://evil.example/w) today, or to https://good.example/x.\n", encoding="utf-8")
    source = [Evidence("", "The site is https://good.example.", "en", source="s.txt")]
    report = check_text(given_file(path)[0], only(source), Standards(Locale("en")))
    [finding] = [f for f in report.findings if f.check == "link_not_allowed"]
    assert finding.span is not None
    assert finding.span.of(report.text) == "our shop"
    assert "evil.example" in finding.message


def test_a_source_that_carries_nothing_need_not_be_reviewed() -> None:
    staff = Evidence("", "The company has a staff of 480.", "en", source="a.txt", review_due=date(2025, 1, 1))
    other = Evidence("", "The canteen opens at noon.", "en", source="b.txt", review_due=date(2025, 1, 1))
    standards = Standards(Locale("en"), today=date(2026, 1, 1))
    report = check_text("The company has a staff of 480.", only([staff, other]), standards)
    assert [f.evidence for f in report.findings if f.check == "review_overdue"] == [("S1",)]
