"""Libraries of their own home."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from folder_library import OpenLibrary, new_library

from knowledge.library import Library


@pytest.fixture
def open_library(tmp_path: Path) -> Iterator[OpenLibrary]:
    """Opens empty libraries by name."""
    opened: list[Library] = []

    def open_one(name: str) -> Library:
        opened.append(new_library(tmp_path / f"home-{name}"))
        return opened[-1]

    yield open_one
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """An empty library."""
    return open_library("a")
