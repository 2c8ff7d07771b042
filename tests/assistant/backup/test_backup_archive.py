"""Archives that are wrong: damaged, cut, made by somebody with bad intentions. Nothing is touched, one line says why."""

from __future__ import annotations

import hashlib
import json
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from backup_places import Place
from every_table import told

from assistant.backup.restoring import check, restore
from assistant.backup.taking import take
from assistant.settings import Settings
from knowledge.domain.errors import InputError, KoujingError, UnreadableFile
from knowledge.store.database import Database

Parts = dict[str, bytes]


@pytest.fixture
def archive(full: Settings, tmp_path: Path) -> Path:
    take(full, tmp_path / "good.zip")
    return tmp_path / "good.zip"


def parts_of(archive: Path) -> Parts:
    with zipfile.ZipFile(archive) as file:
        return {name: file.read(name) for name in file.namelist()}


def written(path: Path, parts: Parts) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return path


def forged(archive: Path, path: Path, change: Callable[[dict[str, Any], Parts], None]) -> Path:
    """A copy with a manifest that fits what `change` did to it."""
    parts = parts_of(archive)
    manifest = json.loads(parts["manifest.json"])
    change(manifest, parts)
    parts["manifest.json"] = json.dumps(manifest).encode()
    return written(path, parts)


def put(manifest: dict[str, Any], parts: Parts, name: str, data: bytes) -> None:
    """A part, and what the manifest says of it."""
    parts[name] = data
    said = {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    kept = next((part for part in manifest["parts"] if part["name"] == name), None)
    if kept is None:
        manifest["parts"].append(said)
    else:
        kept.update(said)


def refused(path: Path, there: Settings) -> str:
    """The one line that says why an archive is not restored; nothing came of it."""
    with pytest.raises(KoujingError) as raised:
        restore(there, path)
    assert "\n" not in raised.value.message
    assert not list(there.home.rglob("*.restoring*")) if there.home.exists() else True
    assert not (there.home / "koujing.sqlite").exists() or Database(there.database_url).version is None
    assert not (there.home / "templates").exists()
    return raised.value.message


def test_a_good_one_is_found_good(archive: Path, full: Settings) -> None:
    assert check(archive).rows == {**dict.fromkeys(check(archive).rows, 3)}


@pytest.mark.parametrize("length", [0, 1, 100, 5_000])
def test_one_that_is_cut(archive: Path, place: Place, tmp_path: Path, length: int) -> None:
    (tmp_path / "cut.zip").write_bytes(archive.read_bytes()[:length])
    assert "cut off" in refused(tmp_path / "cut.zip", place("there"))


def test_any_damaged_byte_is_noticed(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    with zipfile.ZipFile(archive) as file:
        infos = file.infolist()
    for info in infos[::5]:
        named, more = struct.unpack("<HH", whole[info.header_offset + 26 : info.header_offset + 30])
        damaged = bytearray(whole)
        damaged[info.header_offset + 30 + named + more + info.compress_size // 2] ^= 0x55
        (tmp_path / "damaged.zip").write_bytes(damaged)
        with pytest.raises(UnreadableFile):
            check(tmp_path / "damaged.zip")


def test_a_part_with_other_contents(archive: Path, place: Place, tmp_path: Path) -> None:
    parts = parts_of(archive)
    parts["home/culture.yaml"] = b"idioms: {}\n"
    path = written(tmp_path / "other.zip", parts)
    assert "home/culture.yaml is not what was written" in refused(path, place("there"))
    parts["tables/event.jsonl"] += b"[]\n"
    assert "another length" in refused(written(tmp_path / "longer.zip", parts), place("there"))


@pytest.mark.parametrize(
    "name",
    ["../outside.txt", "home/../../outside.txt", "/tmp/outside.txt", "home//outside", "home/templates/../../outside",
     "home/C:outside", "home/templates\\..\\outside", "home/koujing.sqlite", "home/secret", "home/.ssh/keys",
     "home/templates", "tables/../home/x.jsonl", "tables/Entry.jsonl"],
)  # fmt: skip
def test_a_path_that_leads_elsewhere(archive: Path, place: Place, tmp_path: Path, name: str) -> None:
    path = forged(archive, tmp_path / "evil.zip", lambda manifest, parts: put(manifest, parts, name, b"x"))
    refused(path, place("there"))
    assert not (tmp_path / "outside.txt").exists()
    assert not (tmp_path / "outside").exists()


def test_links_do_not_come_back_as_links(archive: Path, place: Place, tmp_path: Path) -> None:
    parts = parts_of(archive)
    manifest = json.loads(parts["manifest.json"])
    put(manifest, parts, "home/templates/link", b"/etc/passwd")
    parts["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as file:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16 if name.endswith("link") else 0
            file.writestr(info, data)
    restore(place("there"), tmp_path / "link.zip")
    came = place("there").home / "templates" / "link"
    assert not came.is_symlink()
    assert came.read_text() == "/etc/passwd"


def test_a_file_that_the_manifest_does_not_name(archive: Path, place: Place, tmp_path: Path) -> None:
    path = written(tmp_path / "more.zip", {**parts_of(archive), "home/templates/more": b"x"})
    assert "home/templates/more" in refused(path, place("there"))


def test_a_part_that_is_missing(archive: Path, place: Place, tmp_path: Path) -> None:
    parts = parts_of(archive)
    del parts["tables/permission.jsonl"]
    assert "tables/permission.jsonl" in refused(written(tmp_path / "less.zip", parts), place("there"))

    def unsaid(manifest: dict[str, Any], parts: Parts) -> None:
        del parts["tables/permission.jsonl"]
        manifest["parts"] = [part for part in manifest["parts"] if part["name"] in parts]

    assert "permission" in refused(forged(archive, tmp_path / "unsaid.zip", unsaid), place("there"))


def test_a_zip_bomb_is_not_unpacked(archive: Path, place: Place, tmp_path: Path) -> None:
    bomb = b"\0" * (200 * 2**20)

    def grow(manifest: dict[str, Any], parts: Parts) -> None:
        put(manifest, parts, "home/templates/bomb", bomb)

    assert "far larger" in refused(forged(archive, tmp_path / "bomb.zip", grow), place("there"))


def test_a_newer_one_waits_for_a_newer_koujing(archive: Path, place: Place, tmp_path: Path) -> None:
    def newer(manifest: dict[str, Any], parts: Parts) -> None:
        manifest["database"]["schema"] = "9999"

    assert "newer" in refused(forged(archive, tmp_path / "newer.zip", newer), place("there"))


@pytest.mark.parametrize(
    "change",
    [
        lambda m, p: m.update(format="zip"),
        lambda m, p: m.update(version=2),
        lambda m, p: m.pop("parts"),
        lambda m, p: m["parts"].append(dict(m["parts"][0])),
        lambda m, p: m["parts"][0].update(bytes=-1),
        lambda m, p: m["parts"][0].update(sha256="../x"),
        lambda m, p: m["parts"][0].update(rows="many"),
        lambda m, p: m["database"].update(schema="0006; DROP TABLE entry"),
        lambda m, p: put(m, p, "tables/event.jsonl", b'{"a": 1}\n[1]\nx\n'),
        lambda m, p: put(m, p, "tables/event.jsonl", b"[1]\n[2]\n[3]\n"),
        lambda m, p: put(m, p, "tables/event.jsonl", b"[" * 100_000 + b"\n\n\n"),
        lambda m, p: put(m, p, "tables/passage.jsonl", p["tables/passage.jsonl"].replace(b"default", b"nowhere")),
    ],
)
def test_a_manifest_or_a_row_that_cannot_be(
    archive: Path, place: Place, tmp_path: Path, change: Callable[[dict[str, Any], Parts], None]
) -> None:
    refused(forged(archive, tmp_path / "odd.zip", change), place("there"))


def test_what_is_there_outlives_a_bad_archive(archive: Path, full: Settings, tmp_path: Path) -> None:
    before = told(Database(full.database_url))

    def break_a_row(manifest: dict[str, Any], parts: Parts) -> None:
        put(manifest, parts, "tables/passage.jsonl", parts["tables/passage.jsonl"].replace(b'"x1"', b'"x9"'))

    with pytest.raises(InputError):
        restore(full, forged(archive, tmp_path / "odd.zip", break_a_row), replace=True)
    assert told(Database(full.database_url)) == before
    assert (full.home / "templates" / "note").is_dir()
    assert not list(full.home.glob(".restoring-*"))
    assert not list(full.home.glob("*-restoring*"))
