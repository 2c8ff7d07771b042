"""PDF files, written by hand with a standard font."""

from collections.abc import Callable, Sequence

import pytest

from knowledge.domain.errors import UnreadableFile
from knowledge.reading import Document
from knowledge.reading.pdf_lines import Line, paragraphs

ReadText = Callable[..., Document]
Put = tuple[float, float, str]


def pdf(pages: Sequence[Sequence[Put]], *, trailer: str = "", title: str = "") -> bytes:
    """A PDF with each page's texts at (x, y) in 12 point Helvetica."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({title}) >>",
    ]
    for number, texts in enumerate(pages):
        stream = "".join(f"BT /F1 12 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in texts)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}endstream")
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    body += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R {trailer} >>\n"
    )
    return (body + f"startxref\n{body.index('xref')}\n%%EOF\n").encode("latin-1")


def page(*lines: str) -> list[Put]:
    """Lines from the top; an empty one leaves a gap."""
    return [(72, 770 - 15 * number, line) for number, line in enumerate(lines) if line]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_lines_are_joined_to_paragraphs(read_text: ReadText) -> None:
    lines = page(
        "Our customers reported that the implementa-",
        "tion of the platform took less than two",
        "weeks.",
        "",
        "A second paragraph of a few words that is",
        "wrapped, too.",
        "- an item",
        "- another item",
    )
    document = read_text("a.pdf", pdf([lines], title="Report"))
    assert document.title == "Report"
    assert texts(document) == [
        "Our customers reported that the implementation of the platform took less than two weeks.",
        "A second paragraph of a few words that is wrapped, too.",
        "- an item",
        "- another item",
    ]
    assert {block.place for block in document.blocks} == {"page 1"}


def test_running_heads_and_page_numbers_are_left_out(read_text: ReadText) -> None:
    words = ["alpha", "beta", "gamma", "delta"]
    pages = [
        page("Acme Annual Report", "", f"The text of page {word}.", "", f"Page {number} of 4")
        for number, word in enumerate(words, start=1)
    ]
    document = read_text("a.pdf", pdf(pages))
    assert [(block.text, block.place) for block in document.blocks] == [
        (f"The text of page {word}.", f"page {number}") for number, word in enumerate(words, start=1)
    ]


def test_lines_that_repeat_on_two_pages_stay(read_text: ReadText) -> None:
    assert texts(read_text("a.pdf", pdf([page("Head", "", "A."), page("Head", "", "B.")]))) == [
        "Head",
        "A.",
        "Head",
        "B.",
    ]


def test_title_of_a_program_is_no_title(read_text: ReadText) -> None:
    assert read_text("report.pdf", pdf([page("Text.")], title="draft.docx")).title == "report"


def test_a_page_without_text_is_told(read_text: ReadText) -> None:
    document = read_text("a.pdf", pdf([page("Text."), []]))
    assert document.warnings == ("no text on page 2: pictures are not read",)


KEYS = f"/O <{'ab' * 32}> /U <{'cd' * 32}>"
ENCRYPTED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 {KEYS} >> /ID [<{'00' * 16}> <{'00' * 16}>]"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf([[]]), "has no text layer"),
        (pdf([page("Text.")], trailer=ENCRYPTED), "is encrypted with a password"),
        (b"%PDF-1.4 garbage", "is damaged or not a PDF"),
        (b"Dear all, this is no PDF", "is not a PDF file"),
        (b"PK\x03\x04 neither", "is not a PDF file"),
    ],
    ids=["scanned", "encrypted", "garbage", "text", "archive"],
)
def test_refused(read_text: ReadText, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_text("a.pdf", content)


def line(text: str, y: float, right: float, left: float = 0, *, split_word: bool = False) -> Line:
    return Line(text, left, right, y, y + 12, 12.0, split_word)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line("我们把部署时间", 100, 84), line("缩短了 40%。", 85, 70)], ["我们把部署时间缩短了 40%。"]),
        (
            [line("同比增长 40%", 100, 200), line("该公司表示满意，并将继续投入", 85, 300)],
            ["同比增长 40%", "该公司表示满意，并将继续投入"],
        ),
        ([line("reor", 100, 300, split_word=True), line("ganise it", 85, 50)], ["reorganise it"]),
        (
            [line("left column ends", 10, 200), line("right column begins", 100, 400, 250)],
            ["left column ends", "right column begins"],
        ),
        ([line("指标", 100, 24), line("之后", 100, 224, 200)], ["指标 之后"]),
        ([], []),
    ],
    ids=["chinese wrap", "short line", "hyphen", "columns", "one row", "nothing"],
)
def test_paragraphs(lines: list[Line], expected: list[str]) -> None:
    assert paragraphs(lines) == expected
