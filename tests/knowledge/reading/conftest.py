"""Files written for the tests of reading."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.reading import Document, read

ReadText = Callable[..., Document]


@pytest.fixture
def read_text(tmp_path: Path) -> ReadText:
    """Write text or bytes under a name and read the file."""

    def write_and_read(name: str, content: str | bytes, encoding: str = "utf-8") -> Document:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return read(path)

    return write_and_read
