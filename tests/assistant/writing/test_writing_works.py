"""Reports and books that the sources name, their authors, and nothing else."""

from __future__ import annotations

import pytest

from assistant.draft import Evidence
from assistant.given_pieces import GivenPiece
from assistant.writing.documents.imprint import author_of, title_of
from assistant.writing.documents.works import BOOK, REPORT, works


def pieces(*texts: str, headings: tuple[str, ...] = (), title: str = "") -> list[GivenPiece]:
    return [
        GivenPiece(Evidence("", text, "und", title=title, source="notes"), headings, f"input:notes:{n}")
        for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("text", "kind", "title", "author"),
    [
        ("衡岳研究院发布《2026 设备运维调研报告》。", REPORT, "2026 设备运维调研报告", ""),
        ("推荐《目标》，艾利·高德拉特著，讲瓶颈。", BOOK, "目标", "艾利·高德拉特"),
        ("推荐一本书：《工业大数据》（作者：李杰）。", BOOK, "工业大数据", "李杰"),
        ("大野耐一的《丰田生产方式》是一本老书。", BOOK, "丰田生产方式", "大野耐一"),
        ("Read the survey *Remote Service in Manufacturing 2026*.", REPORT, "Remote Service in Manufacturing 2026", ""),
        ("A book to begin with: *The Goal*, by Eliyahu M. Goldratt.", BOOK, "The Goal", "Eliyahu M. Goldratt"),
        ("The book “Made to Serve” by Timothy Baines and Howard Lightfoot is about services.", BOOK, "Made to Serve",
         "Timothy Baines and Howard Lightfoot"),
    ],
)  # fmt: skip
def test_a_work_with_its_kind_and_the_author_that_is_named(text: str, kind: str, title: str, author: str) -> None:
    (found,) = works(pieces(text))
    assert (found.kind, found.title, found.author) == (kind, title, author)


@pytest.mark.parametrize(
    "text",
    [
        "企业应当遵守《数据安全法》和《网络数据安全管理条例》。",
        "《装备日报》记者报道了这次发布。",
        "产品符合《工业网关通用技术规范》。",
        "他说“我们没有多买一台机器”，大家都笑了。",
        "She said “We did not buy a single machine” at the book fair.",
        "The gateway is *really* useful in every plant.",
    ],
)
def test_laws_papers_standards_and_sayings_are_no_works(text: str) -> None:
    assert works(pieces(text)) == []


def test_under_a_heading_for_books_no_other_word_is_needed() -> None:
    (found,) = works(pieces("- 《改变世界的机器》", headings=("书单",)))
    assert (found.kind, found.title) == (BOOK, "改变世界的机器")
    assert works(pieces("- 《改变世界的机器》")) == []


def test_the_same_work_stands_once_with_the_author_that_is_named_later() -> None:
    (found,) = works(pieces("《目标》是一本好书。", "《目标》，艾利·高德拉特著。"))
    assert found.author == "艾利·高德拉特"


def test_title_and_author_of_a_document_only_where_it_states_them() -> None:
    stated = pieces("作者：林知夏\n停机从产出中断起算。", title="停机怎么算")
    title, author = title_of(stated), author_of(stated)
    assert title is not None
    assert title.text == "停机怎么算"
    assert author is not None
    assert author.text == "林知夏"
    silent = pieces("停机从产出中断起算，到恢复首件合格品为止。")
    assert title_of(silent) is None
    assert author_of(silent) is None
    by = author_of(pieces("By Ann Miller\nDowntime is counted in many ways."))
    assert by is not None
    assert by.text == "Ann Miller"
    assert author_of(pieces("By March the plant had fallen behind.")) is None
