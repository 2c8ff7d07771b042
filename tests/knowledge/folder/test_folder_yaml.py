"""YAML of the folder: people read it, every reader takes it the same way, and it comes back exactly."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.domain.text import clean
from knowledge.folder.yaml_text import as_yaml, load_typed

NASTY = [
    *(
    "yes no on off y n null ~ true false True 95 007 1.10 1e5 0x1F 840,000 12:30 2026-03-01 2026-03-01T08:00:00Z .5 -1 "
    "- ? : , [ ] { } # & * ! | > ' \" % @ ` = << ... --- a:b http://x.cn/a#b -a :a a: #a *a &a !a @a %a"
).split(),
    "", " ", "a: b", "a #b", " leading", "trailing ", "two  blanks", "tab\there", "line\n", "\nline", "one\ntwo", "one\n\ntwo\n",
    "one \ntwo", "  in\nout", "a\n  b", "end\n\n", "\n", "---\nkey: value\n---\n", "冷链：温度超限", "“引号”", "😀 ok", "👩‍🔧",
    "it's", 'he said "yes"', "back\\slash", "both ' and \"", "é", "\u00a0nbsp", "NO", "~", "- item", "x" * 300, "word " * 60 + "end",
    "字" * 200, "长句 " * 80 + "完", ("word " * 40).strip() + "\n" + "second", "=", "a\u2028b", "\x85", "\x7f",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_comes_back_from_every_place_for_every_reader(text: str) -> None:
    data = {"key": text, "list": [text, [text], {"in": text}], "deep": {text: {"x": text}}}
    written = as_yaml(data)
    assert load_typed(written) == data
    assert yaml.safe_load(written) == data, "another reader must not take it for a number, a day or yes"


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("95", 'v: "95"'),
        (95, "v: 95"),
        (1.5, "v: 1.5"),
        (True, "v: true"),
        ("true", 'v: "true"'),
        (None, "v: null"),
        ([], "v: []"),
        ({}, "v: {}"),
        ("2026-03-01", 'v: "2026-03-01"'),
        ("no", 'v: "no"'),
        ("冷链：由 118 起降至 19 起", "v: 冷链：由 118 起降至 19 起"),
        ("Cold chain: 118", 'v: "Cold chain: 118"'),
        ("一\n二", "v: |-\n  一\n  二"),
        (["CN", "NO"], 'v:\n  - CN\n  - "NO"'),
        ([{"a": "b", "c": ["d"]}], "v:\n  - a: b\n    c:\n      - d"),
    ],
)
def test_how_a_value_looks(value: Any, line: str) -> None:
    assert as_yaml({"v": value}) == f"{line}\n"


def test_a_long_text_is_folded_where_it_has_spaces_and_no_line_ends_in_one() -> None:
    text = "Nine months after go-live the excursions fell " * 8 + "."
    written = as_yaml({"v": text})
    assert written.startswith("v: >-\n  Nine months")
    assert all(len(line) <= 102 and line == line.rstrip() for line in written.splitlines())


@pytest.mark.parametrize(("line", "value"), [("1.10", "1.10"), ("007", "007"), ("+5", "+5"), ("1_000", "1_000"),
                                             ("-0", "-0"), ("2026-03-01", "2026-03-01"), ("yes", "yes"), ("12", 12),
                                             ("1.5", 1.5), ("'12'", "12"), ("True", True), ("~", None)])  # fmt: skip
def test_what_people_write_without_quotes_loses_nothing(line: str, value: Any) -> None:
    read = load_typed(f"v: {line}")["v"]
    assert (read, type(read)) == (value, type(value))


def _same(one: Any, other: Any) -> bool:
    return repr(one) == repr(other)  # 1, 1.0 and True are not the same in a file


TEXTS = st.one_of(
    st.text(max_size=60).map(clean), st.sampled_from(NASTY), st.lists(st.sampled_from(NASTY), max_size=5).map("\n".join),
    st.lists(st.sampled_from(NASTY), max_size=60).map(" ".join),
)  # fmt: skip
VALUES = st.recursive(
    st.one_of(TEXTS, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
def test_anything_comes_back_exactly(data: dict[str, Any]) -> None:
    assert _same(load_typed(as_yaml(data)), data)
