"""Every format is found by its ending and by what is in the file."""

from __future__ import annotations

import pytest

from assistant.localization.formats.registry import FORMATS, all_formats, format_of, known_suffixes
from knowledge.domain.errors import InputError


def test_every_format_has_its_own_id_and_endings() -> None:
    ids = [known.id for known in all_formats()]
    assert set(ids) <= set(FORMATS)
    assert len(set(ids)) == len(ids)
    for known in all_formats():
        assert known.suffixes
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in known.suffixes)


@pytest.mark.parametrize(
    ("name", "id_"),
    [("a.md", "markdown"), ("A.MDX", "markdown"), ("a.htm", "html"), ("a.b.txt", "plain_text"),
     ("app_en.properties", "properties")],
)  # fmt: skip
def test_a_file_is_known_by_its_ending(name: str, id_: str) -> None:
    assert format_of(name, b"text").id == id_


@pytest.mark.parametrize("name", ["a.exe", "md", "README", ""])
def test_an_unknown_ending_is_told_with_those_that_are_known(name: str) -> None:
    with pytest.raises(InputError, match=r"no such file can be localized; known endings are .*\.md") as told:
        format_of(name, b"text")
    assert told.value.message.startswith(f"{name}: ")
    assert all(suffix in told.value.message for suffix in known_suffixes())
