"""CSV and TSV files."""

from collections.abc import Callable

import pytest

from knowledge.reading import Document

ReadText = Callable[..., Document]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Name,City\nAnn,Bonn\nBen,Rome\n", ["Name: Ann; City: Bonn", "Name: Ben; City: Rome"]),
        ("Name;Price\nAnn;1,5\nBen;2,5\n", ["Name: Ann; Price: 1,5", "Name: Ben; Price: 2,5"]),
        ("Name\tCity\nAnn\tBonn\n", ["Name: Ann; City: Bonn"]),
        ("sep=|\nName|City\nAnn|Bonn\n", ["Name: Ann; City: Bonn"]),
        ('Name,Note\nAnn,"two\nlines, ""quoted"""\n', ['Name: Ann; Note: two lines, "quoted"']),
        ("客户,城市\n某银行,上海\n", ["客户: 某银行; 城市: 上海"]),
        ("Metric,2023,2024\nSales,10,12\n", ["Metric: Sales; 2023: 10; 2024: 12"]),
        ("1,2\n3,4\n", ["1; 2", "3; 4"]),
        ("only\none column\n", ["only", "one column"]),
        ("Report 2024,,\nName,City,Zip\nAnn,,5\n", ["Report 2024", "Name: Ann; Zip: 5"]),
    ],
)
def test_rows(read_text: ReadText, content: str, expected: list[str]) -> None:
    assert [block.text for block in read_text("a.csv", content).blocks] == expected


def test_places_count_rows_as_a_spreadsheet_does(read_text: ReadText) -> None:
    document = read_text("a.tsv", 'Name\tNote\nAnn\t"a\nb"\n\nBen\tc\n')
    assert [(block.place, block.kind) for block in document.blocks] == [("row 2", "row"), ("row 4", "row")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(read_text: ReadText, encoding: str) -> None:
    assert read_text("a.csv", "产品,价格\n标准版,¥99\n", encoding).blocks[0].text == "产品: 标准版; 价格: ¥99"
