"""Files that are not what they say, too large, too deep or not there: one kind of error, one line."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.domain.errors import UnreadableFile
from knowledge.reading import FORMATS, Document, read, readable, source

ReadText = Callable[..., Document]


def refused(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy
    return caught.value.reason


def test_formats() -> None:
    assert set(FORMATS) == {
        *(".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".pptx", ".xlsx"),
        *(".csv", ".tsv", ".pdf", ".yaml", ".yml", ".json"),
    }
    assert readable(Path("A.DOCX"))
    assert not readable(Path("a.doc"))


def test_missing(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.md") == "does not exist"


def test_directory(tmp_path: Path) -> None:
    assert refused(tmp_path) == "is a directory"


def test_symbolic_link_loop(tmp_path: Path) -> None:
    link = tmp_path / "a.md"
    link.symlink_to(tmp_path / "b.md")
    (tmp_path / "b.md").symlink_to(link)
    assert "link" in refused(link)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert refused(tmp_path / "a.md") == "is not a regular file"


def test_odd_paths(tmp_path: Path) -> None:
    assert refused(Path("a\x00b.md"))
    assert refused(tmp_path / ("x" * 300 + ".md"))
    assert refused(tmp_path / "a\nb.md")


@pytest.mark.parametrize("suffix", sorted(FORMATS))
@pytest.mark.parametrize("content", [b"", b" \n\t ", b"\xef\xbb\xbf"], ids=["nothing", "white space", "mark"])
def test_empty(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    assert refused(path)


def test_unknown_suffix(tmp_path: Path) -> None:
    path = tmp_path / "a.xyz"
    path.write_text("text")
    assert ".xyz" in refused(path)


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 1024)
    path = tmp_path / "a.txt"
    path.write_text("x" * 1025)
    assert "larger" in refused(path)


def test_the_hash_is_that_of_the_bytes(read_text: ReadText) -> None:
    document = read_text("a.txt", "abc")
    assert document.content_hash == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (document.format, document.title) == ("text", "a")


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "ignore")


@pytest.mark.parametrize("suffix", sorted(FORMATS))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.one_of(st.binary(min_size=1, max_size=400), st.text(min_size=1, max_size=300).map(_utf8)))
def test_any_bytes_are_read_or_refused(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    try:
        said = [block.text for block in read(path).blocks]
    except UnreadableFile as error:
        said = [str(error)]
    assert all(said)
