"""PowerPoint files."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pptx
import pytest
from contract import FormatContract, Sample, changed
from office_samples import A, parts, saved, with_part, zipped
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.pptx import Pptx
from knowledge.domain.errors import UnreadableFile
from knowledge.domain.locale import parse_locale


def _deck() -> bytes:
    deck = pptx.Presentation()
    deck.core_properties.title = "R300 launch"
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = "Know before it stops"
    body = first.placeholders[1].text_frame
    body.text = "12 pumping stations"
    runs = body.add_paragraph()
    runs.add_run().text = "From 96.2% to "
    bold = runs.add_run()
    bold.text, bold.font.bold = "99.97%", True
    runs.add_line_break()
    runs.add_run().text = "in 90 days"
    first.notes_slide.notes_text_frame.text = "Say that it is a pilot."
    second = deck.slides.add_slide(deck.slide_layouts[6])
    table = second.shapes.add_table(1, 2, 0, 0, Inches(3), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Ports", "4 Ethernet"
    box = second.shapes.add_group_shape().shapes.add_textbox(0, 0, Inches(2), Inches(1))
    box.text_frame.text = "In a group"
    data = CategoryChartData()
    data.categories = ["2025", "2026"]
    data.add_series("Gateways", (24, 32))
    place = (0, 0, Inches(3), Inches(3))
    chart = second.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Gateways shipped"
    return saved(deck)


_DECK = Sample(
    "deck.pptx",
    _deck(),
    [
        "Know before it stops",
        "12 pumping stations",
        "From 96.2% to <r1>99.97%</r1><br2/>in 90 days",
        "Say that it is a pilot.",
        "Ports",
        "4 Ethernet",
        "In a group",
        "Gateways shipped",
        "R300 launch",
    ],
)


class TestPptx(FormatContract):
    format = Pptx()
    samples = (_DECK,)


def _read(data: bytes, target: str = "zh-CN") -> Any:
    return Pptx().read(data, Reading("a.pptx", parse_locale("en"), parse_locale(target)))


def _slide(xml: str) -> list[str]:
    """The texts of a deck whose first slide has this paragraph in place of its first bullet."""
    name = "ppt/slides/slide1.xml"
    old = "<a:p><a:r><a:t>12 pumping stations</a:t></a:r></a:p>"
    data = with_part(_DECK.data, name, lambda text: text.replace(old, f"<a:p>{xml}</a:p>"))
    assert data != _DECK.data
    return [str(unit.source) for unit in _read(data).units][1:-7]


def test_places_are_slides_and_their_notes() -> None:
    places = [unit.place for unit in _read(_DECK.data).units]
    assert places == [*["slide 1"] * 3, "slide 1, notes", *["slide 2"] * 3, "slide 2, chart", "title in the properties"]


@pytest.mark.parametrize(
    ("xml", "texts"),
    [
        ('<a:r><a:rPr lang="en-US" dirty="0"/><a:t>one </a:t></a:r><a:r><a:rPr lang="zh-CN" err="1"/><a:t>text</a:t></a:r>',
         ["one text"]),
        ('<a:r><a:rPr sz="1800"/><a:t>big</a:t></a:r><a:r><a:t> small</a:t></a:r>', ["<r1>big</r1> small"]),
        ('<a:r><a:t>see </a:t></a:r><a:r><a:rPr><a:hlinkClick xmlns:r="x" r:id="rId9"/></a:rPr><a:t>us</a:t></a:r>',
         ["see <r1>us</r1>"]),
        ('<a:fld id="{0}" type="slidenum"><a:t>7</a:t></a:fld>', []),
        ('<a:r><a:t>Page </a:t></a:r><a:fld id="{0}" type="slidenum"><a:t>7</a:t></a:fld>', ["Page <field1/>"]),
    ],
)  # fmt: skip
def test_what_is_text(xml: str, texts: list[str]) -> None:
    assert _slide(xml) == texts


def test_hidden_slides_are_translated_and_hidden_shapes_are_not() -> None:
    hidden = with_part(_DECK.data, "ppt/slides/slide1.xml", lambda text: text.replace("<p:sld ", '<p:sld show="0" ', 1))
    assert [str(unit.source) for unit in _read(hidden).units] == list(_DECK.texts)
    shape = with_part(
        _DECK.data, "ppt/slides/slide1.xml", lambda text: text.replace(' name="Title 1"', ' name="T" hidden="1"')
    )
    assert [str(unit.source) for unit in _read(shape).units] == list(_DECK.texts)[1:]


def test_slides_come_in_the_order_of_the_show() -> None:
    def swapped(text: str) -> str:
        first, second = re.findall(r"<p:sldId [^>]*/>", text)
        return text.replace(first, "@").replace(second, first).replace("@", second)

    data = with_part(_DECK.data, "ppt/presentation.xml", swapped)
    assert [str(unit.source) for unit in _read(data).units][:2] == ["Ports", "4 Ethernet"]


def test_runs_are_marked_with_the_target_and_the_deck_opens() -> None:
    file = _read(_DECK.data)
    out = file.write(Written({unit.id: changed(unit.source) for unit in file.units}))
    assert 'lang="zh-CN"' in parts(out)["ppt/slides/slide1.xml"].decode()
    deck = pptx.Presentation(io.BytesIO(out))
    assert deck.slides[0].shapes.title.text == "Wörter口径 Wörter口径 Wörter口径 Wörter口径"
    assert deck.slides[0].placeholders[1].text_frame.paragraphs[1].runs[1].font.bold
    assert deck.core_properties.title == "Wörter口径 Wörter口径"


def test_only_the_slide_that_changed_is_written_anew() -> None:
    file = _read(_DECK.data)
    one = next(unit for unit in file.units if unit.place == "slide 2")
    before, after = parts(_DECK.data), parts(file.write(Written({one.id: changed(one.source)})))
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["ppt/slides/slide2.xml"]


def test_a_word_file_under_the_suffix_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"a\.pptx: is a Word file"):
        _read(saved(docx.Document()))


def test_a_diagram_is_one_unit_per_text_and_its_drawing_follows() -> None:
    told = f'<x xmlns:a="{A}"><a:p><a:r><a:t>Connect</a:t></a:r></a:p><a:p><a:r><a:t>Warn</a:t></a:r></a:p></x>'
    found = parts(_DECK.data)
    found |= {f"ppt/diagrams/{name}1.xml": told.encode() for name in ("data", "drawing")}
    links = "".join(
        f'<Relationship Id="d{kind}" Type="http://x.example/{kind}" Target="../diagrams/{name}1.xml"/>'
        for kind, name in (("diagramData", "data"), ("diagramDrawing", "drawing"))
    )
    name = "ppt/slides/_rels/slide1.xml.rels"
    found[name] = found[name].decode().replace("</Relationships>", f"{links}</Relationships>").encode()
    file = _read(zipped(found))
    drawn = [unit for unit in file.units if unit.place == "slide 1, diagram"]
    assert [str(unit.source) for unit in drawn] == ["Connect", "Warn"]
    out = parts(file.write(Written({drawn[0].id: changed(drawn[0].source)})))
    for part in ("data", "drawing"):
        assert "Connect" not in out[f"ppt/diagrams/{part}1.xml"].decode()
        assert "Warn" in out[f"ppt/diagrams/{part}1.xml"].decode()
