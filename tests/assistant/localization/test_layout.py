"""Blanks and dashes as the source has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.layout import laid_out as lay_out
from knowledge.domain.locale import parse_locale

B, E = Code("1", "<b>", CodeKind.OPEN), Code("/1", "</b>", CodeKind.CLOSE)
ZH, EN = parse_locale("zh-CN"), parse_locale("en")
BREAK = Code("s1", "\n", CodeKind.SINGLE)


def laid_out(source: Content, target: Content) -> Content:
    return lay_out(source, target, ZH, EN)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Matthias Ehrle, 服务部负责人", "Matthias Ehrle，服务部负责人"),
        ("12 座泵站, 90 天 试点", "12 座泵站，90 天试点"),
        ("注意: 发货 32,000 台!", "注意：发货 32,000 台！"),
        ("在 10:30 开会, 见 http://a/b?c, d", "在 10:30 开会，见 http://a/b?c, d"),
        ("支持 A, B, C", "支持 A, B, C"),
    ],
)
def test_full_width_marks_beside_chinese_words(said: str, expected: str) -> None:
    assert str(lay_out(Content.of("It is said."), Content.of(said), EN, ZH)) == expected
    assert str(lay_out(Content.of("有人说。"), Content.of(said), ZH, ZH)) == said


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (("sent after", B, " recovery", E, "."), "sent after <b>recovery</b>."),
        (("sent after ", B, "recovery ", E, "of it"), "sent after <b>recovery</b> of it"),
        ((B, " recovery ", E), "<b>recovery</b>"),
        (("it is ", B, "recovery", E, " now"), "it is <b>recovery</b> now"),
    ],
)
def test_no_blanks_just_inside_tags(said: tuple[str | Code, ...], expected: str) -> None:
    assert str(laid_out(Content.of("在", B, "恢复后", E, "补传。"), Content.of(*said))).replace("  ", " ") == expected


def test_blanks_of_the_source_stay() -> None:
    target = Content.of("sent after", B, " recovery ", E, ".")
    assert laid_out(Content.of("在", B, " 恢复后", E), target) == target


def test_a_dialogue_stays_one() -> None:
    source = Content.of("- 那网什么时候恢复？", BREAK, "- 天亮之前。")
    assert str(laid_out(source, Content.of("When is it back? ", BREAK, " Before dawn."))) == (
        "- When is it back?\n- Before dawn."
    )
    whole = Content.of("- When is it back?", BREAK, "- Before dawn.")
    assert laid_out(source, whole) == whole
    other = Content.of("When is it back? Before dawn.")
    assert laid_out(source, other) == other


@given(st.lists(st.sampled_from(["a", " ", "b c", ".", B, E, BREAK, "\n"]), max_size=8))
def test_nothing_but_blanks_and_dashes_changes(pieces: list[str | Code]) -> None:
    target = Content.of(*pieces)
    for source in (target, Content.of("x"), Content.of("- a\n- b")):
        after = laid_out(source, target)
        assert "".join(str(after).split()).replace("-", "") == "".join(str(target).split()).replace("-", "")
        assert [p for p in after.pieces if isinstance(p, Code)] == [p for p in target.pieces if isinstance(p, Code)]
