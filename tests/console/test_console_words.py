"""The words of the pages: every one that is asked for is there, in both languages, and none stands in a template."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.console.catalogue import Wording, catalogue
from api.console.pages import HERE

TEMPLATES = sorted((HERE / "templates").rglob("*.j2"))
SCRIPTS = sorted((HERE / "static").glob("*.js"))
_ASKED = re.compile(r"""\bt\(\s*["']([a-z_]+\.[A-Za-z0-9_-]+)["']\s*[,)]""")
_BEGUN = re.compile(r"""\bt\(\s*["']([a-z_]+\.[A-Za-z0-9_-]*)["']\s*~""")
_HAN = re.compile(r"[\u3400-\u9fff]")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def test_every_word_has_both_languages() -> None:
    assert [key for key, texts in catalogue().items() if not all(text.strip() for text in texts)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_word_that_a_template_asks_for_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [key for key in _ASKED.findall(text) if key not in catalogue()] == []
    for start in _BEGUN.findall(text):
        assert any(key.startswith(start) for key in catalogue()), f"no word begins with {start}"


@pytest.mark.parametrize("path", [*TEMPLATES, *SCRIPTS], ids=lambda path: path.name)
def test_no_word_stands_in_a_template_or_a_script(path: Path) -> None:
    assert _HAN.findall(_COMMENT.sub("", path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_style_or_a_script_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"""<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=["']""", text)


def test_forms_of_one_and_of_more_are_chosen_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalogue(), "here.drafts", ("{n} 篇", "{n} draft|{n} drafts"))
    assert [Wording("en")("here.drafts", n=n) for n in (0, 1, 2)] == ["0 drafts", "1 draft", "2 drafts"]
    assert Wording("zh")("here.drafts", n=1) == "1 篇"


def test_an_unknown_word_is_an_error() -> None:
    with pytest.raises(KeyError):
        Wording("en")("here.nothing")
