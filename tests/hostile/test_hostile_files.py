"""What is read is text and nothing else: no address is asked, no file of this machine told, nothing grows."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from endless import ends
from hostile_files import LAUGHS, XML_TEXTS, bomb, crowded, office, pages
from reading_all import told

OFFICE = (".docx", ".pptx", ".xlsx")
SECRET = "what only this machine knows"


class Listening:
    """Somebody at an address of this machine, who sees whoever comes, also from a library written in C."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def anybody(self) -> bool:
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listening() -> Iterator[Listening]:
    somebody = Listening()
    yield somebody
    somebody.close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What this process wants of the network while the test runs."""
    wanted: list[Any] = []
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, lambda _, *given: wanted.append(given))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **_: wanted.append(given))
    return wanted


def test_the_listener_hears(listening: Listening) -> None:
    host, port = listening.address.removeprefix("http://").split(":")
    socket.create_connection((host, int(port))).close()
    assert listening.anybody()


@pytest.mark.parametrize("name", sorted(pages("http://127.0.0.1:9")))
def test_reading_asks_no_address(name: str, listening: Listening, asked: list[Any], tmp_path: Path) -> None:
    said = list(told(name, pages(listening.address)[name], tmp_path))
    assert said
    assert asked == []
    assert not listening.anybody()


@pytest.mark.parametrize("name", sorted(XML_TEXTS))
@pytest.mark.parametrize("kind", ["general", "parameter", "attribute"])
def test_no_file_of_this_machine_is_told(name: str, kind: str, listening: Listening, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    where = (tmp_path / "secret.txt").as_uri()
    root, text = XML_TEXTS[name]
    declared = {
        "general": f'<!DOCTYPE {root} [<!ENTITY x SYSTEM "{where}">]>',
        "parameter": f'<!DOCTYPE {root} [<!ENTITY % y SYSTEM "{listening.address}/y.dtd">%y;<!ENTITY x "{SECRET[::-1]}">]>',
        "attribute": f'<!DOCTYPE {root} PUBLIC "-//x" "{where}">',
    }[kind]
    inside = "&x;" if kind != "attribute" else ""
    said = list(told(name, (f'<?xml version="1.0"?>{declared}' + text.replace("{inside}", inside)).encode(), tmp_path))
    assert said
    assert SECRET not in "\n".join(said)
    assert not listening.anybody()


@pytest.mark.parametrize("suffix", OFFICE)
@pytest.mark.parametrize("what", ["file", "address"])
def test_no_office_file_declares_anything(suffix: str, what: str, listening: Listening, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    where = (tmp_path / "secret.txt").as_uri() if what == "file" else f"{listening.address}/x"
    said = list(told(f"a{suffix}", office(suffix, f'<!DOCTYPE {{root}} [<!ENTITY x SYSTEM "{where}">]>'), tmp_path))
    assert all("XML entities" in line for line in said)
    assert not listening.anybody()


@pytest.mark.parametrize("name", sorted(XML_TEXTS))
def test_laughter_does_not_grow(name: str, tmp_path: Path) -> None:
    root, text = XML_TEXTS[name]
    data = f'<?xml version="1.0"?>{LAUGHS.replace("{root}", root)}]>{text.replace("{inside}", "&i;")}'.encode()
    with ends():
        said = list(told(name, data, tmp_path))
    assert said
    assert max(map(len, said)) < 10_000


@pytest.mark.parametrize("suffix", OFFICE)
def test_laughter_in_an_office_file_is_refused(suffix: str, tmp_path: Path) -> None:
    said = list(told(f"a{suffix}", office(suffix, LAUGHS + "]>"), tmp_path))
    assert said
    assert all("XML entities" in line for line in said)


@pytest.mark.parametrize("suffix", OFFICE)
def test_archives_that_unpack_to_too_much_are_refused(suffix: str, tmp_path: Path) -> None:
    for data, words in ((bomb(suffix, 60 << 20), "expands to"), (crowded(suffix, 10_001), "more than 10,000 parts")):
        said = list(told(f"a{suffix}", data, tmp_path))
        assert said
        assert all(words in line for line in said)


@pytest.mark.parametrize("suffix", OFFICE)
def test_an_archive_that_lies_about_its_size_gives_no_more_than_it_says(suffix: str, tmp_path: Path) -> None:
    """The directory says ten bytes; what is packed unpacks to 60 MiB."""
    honest = bomb(suffix, 60 << 20)
    data = honest.replace((60 << 20).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert data != honest
    with ends():
        assert list(told(f"a{suffix}", data, tmp_path))
