"""Pages of public projects: a copy is the same file, and changed texts are found again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from contract import changed

from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.registry import format_of
from knowledge.domain.locale import Locale

DATA = Path(os.environ.get("KOUJING_DATA") or Path(__file__).parents[5] / "shared" / "data")
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no public data here; set KOUJING_DATA")
ENDINGS = (".md", ".html", ".txt", ".properties")


def pages(step: int) -> Iterator[Path]:
    yield from sorted(page for page in DATA.rglob("*") if page.suffix in ENDINGS)[::step]


def test_a_copy_of_a_page_is_the_same_file() -> None:
    differ = []
    for page in pages(3):
        data = page.read_bytes()
        file = format_of(page.name, data).read(data, Reading(page.name, Locale("en"), Locale("de")))
        if file.write(Written({unit.id: unit.source for unit in file.units})) != data:
            differ.append(page.name)
    assert differ == []


def test_no_text_is_lost_when_all_are_changed() -> None:
    differ = []
    for page in pages(25):
        data, reading = page.read_bytes(), Reading(page.name, Locale("en"), Locale("de"))
        file = format_of(page.name, data).read(data, reading)
        written = file.write(Written({unit.id: changed(unit.source) for unit in file.units}))
        again = format_of(page.name, written).read(written, reading)
        if len(again.units) != len(file.units):
            differ.append(page.name)
    assert differ == []
