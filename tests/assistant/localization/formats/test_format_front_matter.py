"""Front matter keeps its style; only texts change."""

from __future__ import annotations

import pytest
import tomlkit
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading
from assistant.localization.formats.front_matter import front_matter
from knowledge.domain.locale import Locale

READING = Reading("page.md", Locale("en"), Locale("zh-CN"), fields=("quotes",))


def changed(text: str, target: str) -> str:
    _, slots = front_matter(text, READING)
    for slot in sorted(slots, key=lambda slot: -slot.start):
        text = text[: slot.start] + slot.render(Content.of(target)) + text[slot.end :]
    return text


@pytest.mark.parametrize(
    ("text", "target", "wanted"),
    [
        ("---\ntitle: One # why\n---\n", "Two", "---\ntitle: Two # why\n---\n"),
        ("---\ntitle: One\n---\n", "Two: three", "---\ntitle: \"Two: three\"\n---\n"),
        ("---\ntitle: 'One'\n---\n", "It's", "---\ntitle: 'It''s'\n---\n"),
        ('---\ntitle: "One"\n---\n', 'A "b"', '---\ntitle: "A \\"b\\""\n---\n'),
        ("---\nsummary: |\n  One\n  two\nx: 1\n---\n", "Three\nfour", "---\nsummary: |\n  Three\n  four\nx: 1\n---\n"),
        ("---\nsummary: >-\n  One\n  two\n---\n", "Three", "---\nsummary: >-\n  Three\n---\n"),
        ("---\n{title: One, x: 2}\n---\n", "Two, three", '---\n{title: "Two, three", x: 2}\n---\n'),
        ("---\ntitle: One\n---\n", "yes", '---\ntitle: "yes"\n---\n'),
        ("+++\ntitle = \"One\" # why\n+++\n", 'A "b"', '+++\ntitle = "A \\"b\\"" # why\n+++\n'),
        ("+++\n# title = 'One'\ntitle = 'One'\n+++\n", "Two", "+++\n# title = 'One'\ntitle = 'Two'\n+++\n"),
        ("+++\n[params]\nquotes = ['One', 'One']\n+++\n", "It's", '+++\n[params]\nquotes = ["It\'s", "It\'s"]\n+++\n'),
    ],
)  # fmt: skip
def test_the_style_of_a_value_stays(text: str, target: str, wanted: str) -> None:
    assert changed(text, target) == wanted


@pytest.mark.parametrize("text", ["", "text", "---\n", "---\njust words\n---\n", "----\na: b\n---\n", "---\na: b\n"])
def test_what_is_no_front_matter(text: str) -> None:
    assert front_matter(text, READING) == (0, [])


@pytest.mark.parametrize("text", ["---\ndate: 2024-01-01\ntags: [a, b]\nslug: one\nweight: 3\n---\n", "+++\n+++\n"])
def test_what_no_reader_sees_is_no_text(text: str) -> None:
    assert front_matter(text, READING) == (len(text), [])


def test_an_alias_is_said_once() -> None:
    _, slots = front_matter("---\ntitle: &t One\nlinkTitle: *t\n---\n", READING)
    assert [str(slot.unit.source) for slot in slots] == ["One"]


@pytest.mark.parametrize("frame", ["---\ntitle: {}\nx: 1\n---\n", "---\ntitle: '{}'\n---\n", "---\nsummary: |\n  {}\n---\n",
                                   "---\nh: {{title: {}}}\n---\n"])  # fmt: skip
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
def test_every_yaml_value_is_read_again(frame: str, text: str) -> None:
    text = text.strip() or "x"
    (value,) = [v for k, v in yaml.safe_load(changed(frame.format("One"), text)[4:-4]).items() if k != "x"]
    assert (value["title"] if isinstance(value, dict) else value.rstrip("\n")) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
def test_every_toml_value_is_read_again(text: str) -> None:
    for frame in ('+++\ntitle = "One"\n+++', "+++\ntitle = 'One'\n+++", '+++\ntitle = """\nOne"""\n+++'):
        assert tomlkit.parse(changed(frame, text).strip("+"))["title"] == text
