"""A sentence in clauses, and together again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.clauses import clauses, joined
from assistant.localization.content import Code, CodeKind, Content
from knowledge.domain.locale import parse_locale

ZH, EN = parse_locale("zh-CN"), parse_locale("en")


def test_a_long_sentence_is_cut_at_its_commas() -> None:
    parts = clauses(Content.of("上线后非计划停机减少 18%，备件库存下降到 9 天；客户满意度也有提升。"), ZH)
    assert [(str(part.content), part.mark) for part in parts] == [
        ("上线后非计划停机减少 18%", "，"),
        ("备件库存下降到 9 天", "；"),
        ("客户满意度也有提升。", ""),
    ]
    said = [Content.of(text) for text in ("Downtime fell by 18%.", "The stock fell to 9 days", "It pleased customers.")]
    assert str(joined(said, parts, EN)) == "Downtime fell by 18%, the stock fell to 9 days; it pleased customers."


def test_a_short_clause_stays_with_the_next_and_a_tag_is_not_torn() -> None:
    assert len(clauses(Content.of("好，很好，非常好。"), ZH)) == 1
    bold = Content.of(
        "We cut the downtime of ",
        Code("1", "<b>", CodeKind.OPEN),
        "all our lines, sites and offices, everywhere",
        Code("/1", "</b>", CodeKind.CLOSE),
        " in a year.",
    )
    assert len(clauses(bold, EN)) == 1


B, E = Code("1", "**", CodeKind.OPEN), Code("/1", "**", CodeKind.CLOSE)


def test_a_marked_label_is_a_clause_and_its_tags_are_put_back_by_program() -> None:
    parts = clauses(Content.of(B, "R300 边缘网关", E, "：断网时判断不断，本地缓存 30 天数据。"), ZH)
    assert [str(part.content) for part in parts] == ["R300 边缘网关", "断网时判断不断", "本地缓存 30 天数据。"]
    said = [
        Content.of(text) for text in ("R300 edge gateway", "Goes on judging offline.", "It keeps data for 30 days.")
    ]
    whole = joined(said, parts, EN)
    assert whole.pieces == (B, "R300 edge gateway", E, ": Goes on judging offline, it keeps data for 30 days.")
    assert str(joined(said, parts, parse_locale("fr"))).startswith("**R300 edge gateway**\u00a0: ")


def test_lines_and_an_address_are_clauses() -> None:
    name = Code("1", "{name}", CodeKind.PLACEHOLDER)
    parts = clauses(Content.of(name, "，早上好。昨晚没有事。"), ZH)
    assert [str(part.content) for part in parts] == ["{name}", "早上好。昨晚没有事。"]
    said = [Content.of(name), Content.of("Good morning. It was a quiet night.")]
    assert str(joined(said, parts, EN)) == "{name}, Good morning. It was a quiet night."
    lines = clauses(Content.of("祝商祺\n汀石工联"), ZH)
    assert str(joined([Content.of("Best regards,"), Content.of("Tingstone")], lines, EN)) == "Best regards,\nTingstone"


def test_tags_around_the_whole_are_not_shown_to_the_model() -> None:
    [part] = clauses(Content.of(B, "看看他们怎么算这笔账", E, "。"), ZH)
    assert part.peeled
    assert str(part.content) == "看看他们怎么算这笔账"
    assert joined([Content.of("See how they did the sum.")], [part], EN).pieces == (
        B,
        "See how they did the sum",
        E,
        ".",
    )
    assert joined([Content.of("その計算を見る。")], [part], parse_locale("ja")).pieces[-1] == "。"


@given(st.text("我们在三座工厂，；。 ab", max_size=80))
def test_nothing_is_lost_between_the_clauses(text: str) -> None:
    parts = clauses(Content.of(text), ZH)
    again = "".join(str(part.content) + part.mark for part in parts)
    assert again.replace(" ", "") == text.replace(" ", "")
