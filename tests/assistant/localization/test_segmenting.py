"""Units are cut into sentences and come together again, with every code and space."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.content import Code, CodeKind, Content, Piece
from assistant.localization.segmenting import joined, segments_of
from assistant.localization.unit import Unit
from knowledge.domain.locale import Locale

EN, ZH, DE, JA = Locale("en"), Locale("zh-CN"), Locale("de"), Locale("ja")


def code(id_: str, text: str) -> Code:
    kind = CodeKind.CLOSE if id_.startswith("/") else CodeKind.SINGLE if text == "<br>" else CodeKind.OPEN
    return Code(id_, text, kind)


def prose(*pieces: Piece) -> Unit:
    return Unit("u", Content.of(*pieces), prose=True)


B, END, BR = code("1", "<b>"), code("/1", "</b>"), code("2", "<br>")
NAME = Code("3", "{name}", CodeKind.PLACEHOLDER)


@pytest.mark.parametrize(
    ("unit", "sources"),
    [
        (prose("One day. Two days."), ["One day.", "Two days."]),
        (prose("成本下降。产量上升！"), ["成本下降。", "产量上升！"]),
        (prose("Version 2.5 is out. Dr. Who came."), ["Version 2.5 is out.", "Dr. Who came."]),
        (prose("Hello ", B, "world. Good", END, " day. Bye."), ["Hello <b>world. Good</b> day.", "Bye."]),
        (prose(B, "Bold.", END, " Plain."), ["Bold.", "Plain."]),
        (prose("Plain. ", B, "Bold.", END), ["Plain.", "Bold."]),
        (prose("First line", BR, "second line"), ["First line", "second line"]),
        (prose("Dear ", NAME, ". ", NAME, " is here."), ["Dear {name}.", "{name} is here."]),
        (prose("Go. --- Stop."), ["Go.", "--- Stop."]),
        (prose("Go!\n***\nStop!"), ["Go!", "Stop!"]),
        (prose(B, "never closed. Next one."), ["<b>never closed.", "Next one."]),
        (prose(" \n "), []),
        (prose(), []),
        (Unit("u", Content.of("  One. Two. ")), ["One. Two."]),
        (Unit("u", Content.of("One. Two."), prose=True, max_length=30), ["One. Two."]),
    ],
)
def test_prose_is_cut_into_sentences(unit: Unit, sources: list[str]) -> None:
    segments = segments_of([unit])
    assert [str(segment.source) for segment in segments] == sources
    assert len({segment.id for segment in segments}) == len(segments)


def test_a_segment_knows_its_unit_and_what_stands_before_it() -> None:
    units = [
        Unit("a", Content.of("One. Two."), prose=True, context="c", note="n", place="line 1"),
        Unit("b", Content.of("Three"), max_length=9, plural="few"),
    ]
    one, two, three = segments_of(units)
    assert (one.id, two.id, three.id) == ("a#1", "a#2", "b#1")
    assert (one.before, two.before, three.before) == ("", "One.", "Two.")
    assert (two.unit, two.context, two.note, two.place) == ("a", "c", "n", "line 1")
    assert (three.max_length, three.plural) == (9, "few")


def test_what_stands_around_the_words_is_told() -> None:
    (segment,) = segments_of([prose("  ", B, "Bold", END, "\n")])
    assert (segment.lead, segment.tail) == ("  <b>", "</b>\n")


@pytest.mark.parametrize(
    ("unit", "targets", "source", "target", "wanted"),
    [
        (prose("成本下降。产量上升！"), ["Costs fall.", "Output rises!"], ZH, EN, "Costs fall. Output rises!"),
        (prose("Costs fall. Output rises!"), ["成本下降。", "产量上升！"], EN, ZH, "成本下降。产量上升！"),
        (prose("Costs fall. Output rises!"), ["Kosten.", "Mehr!"], EN, DE, "Kosten. Mehr!"),
        (prose("成本下降。产量上升！"), ["費用。", "増加！"], ZH, JA, "費用。増加！"),
        (prose("One.\n\nTwo."), ["一。", "二。"], EN, ZH, "一。\n\n二。"),
        (prose("One. ", B, "Two.", END), ["一。", "二。"], EN, ZH, "一。<b>二。</b>"),
        (prose("一。", B, "二。", END), ["One.", "Two."], ZH, EN, "One. <b>Two.</b>"),
        (prose("One. Two."), ["SAP.", "IBM."], EN, ZH, "SAP. IBM."),
        (prose("One. Two."), [" 一。 ", "二。\n"], EN, DE, "一。 二。"),
        (prose("一。", BR, "二。"), ["One.", "Two."], ZH, EN, "One.<br>Two."),
    ],
)
def test_targets_come_together(unit: Unit, targets: list[str], source: Locale, target: Locale, wanted: str) -> None:
    segments = segments_of([unit])
    by_id = {segment.id: Content.of(text) for segment, text in zip(segments, targets, strict=True)}
    whole = joined(unit, segments, by_id, source, target)
    assert str(whole) == wanted


def test_a_unit_with_a_sentence_held_back_is_not_written() -> None:
    unit = prose("One. Two.")
    segments = segments_of([unit])
    assert joined(unit, segments, {"u#1": Content.of("Eins.")}, EN, DE) is None


def test_a_unit_that_says_nothing_is_itself() -> None:
    unit = prose(B, " --- ", END)
    assert segments_of([unit]) == []
    assert joined(unit, [], {}, EN, ZH) == unit.source


_WORDS = st.text(st.sampled_from("abÄ. 。！?\n\t1X…\"'（）"), max_size=12)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    pieces: list[Piece] = []
    open_: list[str] = []
    for number in range(draw(st.integers(0, 8))):
        pieces.append(draw(_WORDS))
        kind = draw(st.sampled_from(list(CodeKind)))
        if kind is CodeKind.CLOSE:
            pieces.append(Code(f"/{open_.pop()}" if open_ else f"/x{number}", "</b>", kind))
        elif kind is CodeKind.OPEN:
            open_.append(str(number))
            pieces.append(Code(str(number), "<b>", kind))
        else:
            pieces.append(Code(str(number), draw(st.sampled_from(["<br>", "{n}"])), kind))
    return Content.of(*pieces)


@given(contents(), st.booleans(), st.sampled_from([(EN, DE), (ZH, ZH), (ZH, JA), (EN, EN)]))
def test_sources_as_targets_give_the_unit_again(content: Content, prose: bool, pair: tuple[Locale, Locale]) -> None:
    unit = Unit("u", content, prose=prose)
    segments = segments_of([unit])
    targets = {segment.id: segment.source for segment in segments}
    assert joined(unit, segments, targets, *pair) == content
    assert all(segment.source.says_something for segment in segments)


@given(contents())
def test_pairs_of_codes_stay_in_one_segment(content: Content) -> None:
    whole = {piece.id for piece in content.codes}
    for segment in segments_of([Unit("u", content, prose=True)]):
        ids = [piece.id for piece in segment.source.codes]
        for id_ in ids:
            partner = id_[1:] if id_.startswith("/") else f"/{id_}"
            assert partner not in whole or partner in ids
