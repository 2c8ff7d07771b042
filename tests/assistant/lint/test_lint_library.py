"""The whole of it: filters, order, and no library on which it fails."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import TODAY, customer, entry, lint

from assistant.lint.library import lint_library
from knowledge.domain.errors import InputError
from knowledge.records import KINDS, Audience, EntryVersion, State, Term

ONE = entry("one", "公司现有员工 486 人。", owner="")
TWO = entry("two", "公司现有员工 512 人。", kind="press_kit")


def test_errors_come_first_and_filters_hold() -> None:
    found = lint_library([ONE, TWO], (), (), TODAY)
    assert [f.rule for f in found] == ["contradiction", "owner_missing"]
    assert [f.rule for f in lint_library([ONE, TWO], (), (), TODAY, rules=["owner_missing"])] == ["owner_missing"]
    assert [f.rule for f in lint_library([ONE, TWO], (), (), TODAY, kinds=["press_kit"])] == ["contradiction"]
    assert [f.rule for f in lint_library([ONE, TWO], (), (), TODAY, entry_ids=["two"])] == ["contradiction"]


def test_an_unknown_rule_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"no lint rule is called 'spelling'; there are contradiction"):
        lint_library([ONE], (), (), TODAY, rules=["spelling"])


def test_an_empty_library_is_clean_and_the_order_of_entries_does_not_matter() -> None:
    assert lint_library([], (), (), TODAY) == []
    assert lint_library([TWO, ONE], (), (), TODAY) == lint_library([ONE, TWO, ONE], (), (), TODAY)


def test_entries_that_translate_each_other_or_themselves_do_no_harm() -> None:
    loop = [entry("a", "一", translates="b"), entry("b", "二", translates="a"), entry("c", "三", translates="c")]
    assert [f.rule for f in lint_library(loop, (), (), TODAY)] == []


def test_an_entry_is_judged_by_its_approved_version_while_a_draft_waits() -> None:
    draft = entry("two", "公司现有员工 486 人。", kind="press_kit", version=2, state=State.DRAFT)
    assert lint("contradiction", [ONE, TWO, draft])
    ended = entry(
        "two", "公司现有员工 512 人。", kind="press_kit", ended_at=__import__("datetime").datetime(2026, 10, 1)
    )
    assert not lint("contradiction", [ONE, ended, draft])


_PIECES = st.sampled_from(
    [
        "公司现有员工 486 人", "申特由 95 分钟降至 38 分钟", "It employs 512 people", "from 95 to 38 minutes", "支柱一：",
        "Pillar 1:", "国内首家", "the leading supplier", "2026/13/1", "99.9%", "约 3.2 万台", "\n", "，", "。", "\ud83d\ude80",
        "\u200b", "“", "ISO 9001 认证", "case-a", "华东某集团", "½", "1e999", "9" * 40, "RMB", "试点", "2024 年",
    ]
)  # fmt: skip
_TEXT = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=12).map("".join))
_VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _TEXT),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["measure", "before", "after", "unit", "name", "proofs", "text"]), inner, max_size=4
        ),
    ),
    max_leaves=6,
)
_KEYS = st.sampled_from(
    ["results", "pillars", "quotes", "staff", "founded", "revenue_2025", "as_of", "source", "date", "company"]
)
_DAYS = st.one_of(st.none(), st.integers(-500, 500).map(lambda days: TODAY + timedelta(days=days)))
_ENTRY = st.builds(
    EntryVersion,
    entry_id=st.sampled_from(["case-a", "case-b", "c", "d"]),
    version=st.integers(1, 3),
    kind=st.sampled_from(KINDS),
    locale=st.sampled_from(["zh-CN", "zh-TW", "en", "de", "ja", "xx", "", "und"]),
    title=_TEXT,
    text=_TEXT,
    state=st.sampled_from(list(State)),
    audience=st.sampled_from(list(Audience)),
    fields=st.dictionaries(_KEYS, _VALUE, max_size=4),
    markets=st.lists(st.sampled_from(["CN", "EU", "??"]), max_size=2).map(tuple),
    customer=st.sampled_from([None, "shente", "nobody", ""]),
    translates=st.sampled_from([None, "case-a", "c", "gone", ""]),
    review_due=_DAYS,
    valid_until=_DAYS,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_ENTRY, max_size=6))
def test_it_never_raises_and_its_spans_hold(entries: list[EntryVersion]) -> None:
    shente = customer("shente", "申特电梯集团", "申特", alias="华东某集团")
    found = lint_library(entries, [shente], [Term("网关", "zh-CN", {"en": "gateway"})], TODAY)

    texts = {(e.entry_id, e.version): e.text for e in entries}
    for finding in found:
        finding.to_json()
        assert all(
            place.span is None or place.span.end <= len(texts[(place.entry_id, place.version)])
            for place in finding.places
        )
