"""File names: safe everywhere, readable where they can be, and never the same for two ids."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.folder.names import entry_path, history_path, safe_name


@pytest.mark.parametrize("name", ["case-wind", "案例-风电", "a.b_c-1", "r300.zh-cn"])
def test_a_safe_id_is_its_files_name(name: str) -> None:
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("Case-Wind", "case-wind~"), ("a/b", "a-b~"), ("a b", "a-b~"), ("con", "con~"), ("com1.x", "com1.x~"), ("..", "~"),
        (".hidden", "hidden~"), ("-x", "x~"), ("end.", "end~"), ("客户：甲", "客户-甲~"), ("x" * 200, "x" * 80 + "~"), ("ß", "ss~"),
        ("nul.md", "nul.md~"), ("a~b", "a-b~"), ("e\u0301", "\u00e9~"), ("字" * 90, "字" * 53 + "~"),
    ],
)  # fmt: skip
def test_any_other_gets_a_readable_name_with_a_hash(name: str, start: str) -> None:
    assert safe_name(name).startswith(start)


def test_where_things_stand() -> None:
    assert entry_path("case-wind", "case") == "entries/case/case-wind.md"
    assert history_path("案例", 3) == "history/案例/v3.md"


IDS = st.one_of(st.text(min_size=1, max_size=200), st.text("aAbBß.-/\\:~ é字", min_size=1, max_size=6))


@given(IDS, IDS)
def test_two_ids_never_share_a_file_even_where_case_and_normal_form_do_not_count(one: str, other: str) -> None:
    def folded(name: str) -> str:
        return unicodedata.normalize("NFD", safe_name(name)).casefold()

    assert (folded(one) == folded(other)) == (one == other)


@given(IDS)
def test_no_system_refuses_the_name(name: str) -> None:
    made = safe_name(name)
    assert len(f"{made}.md".encode()) <= 200
    assert not set(made) & set('<>:"/\\|?*\0')
    assert not made.startswith((".", "-"))
    assert not made.endswith((".", " "))
    assert made.split(".")[0].lower() not in ("con", "prn", "aux", "nul", "com1", "lpt9")
    assert made.isprintable()
