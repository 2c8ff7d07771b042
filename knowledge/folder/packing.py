"""The whole library as one zip file, and back: the folder that `export_folder` writes, packed."""

from __future__ import annotations

import shutil
import stat
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.folder.exporting import ExportReport, export_folder
from knowledge.folder.importing import FolderReport, import_folder
from knowledge.folder.names import MANIFEST

if TYPE_CHECKING:
    from knowledge.library import Library

MOST_FILES, MOST_BYTES = 100_000, 1 << 30
"""What a packed library may unpack to."""

_ROOT = "library"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file inside: the same library gives the same bytes."""


def pack_library(library: Library, target: Path, *, history: bool = False) -> ExportReport:
    """Write the library to the zip file `target`. Raises `InputError` when it cannot be written."""
    with tempfile.TemporaryDirectory(prefix="koujing-") as kept:
        folder = Path(kept) / _ROOT
        report = export_folder(library, folder, history=history)
        with ZipFile(target, "w", ZIP_DEFLATED) as packed:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    entry = ZipInfo(path.relative_to(kept).as_posix(), _LONG_AGO)
                    entry.compress_type, entry.external_attr = ZIP_DEFLATED, (stat.S_IFREG | 0o644) << 16
                    packed.writestr(entry, path.read_bytes())
    return report


def import_packed(library: Library, path: Path, *, trust: bool, by: str) -> FolderReport:
    """Bring a packed library in, as `import_folder` does with a folder.

    Raises `UnreadableFile` for what is no such zip file, or unpacks to too much.
    """
    with tempfile.TemporaryDirectory(prefix="koujing-") as kept:
        _unpack(path, Path(kept))
        manifests = sorted(Path(kept).rglob(MANIFEST), key=lambda found: len(found.parts))
        if not manifests:
            raise UnreadableFile(path.name, f"holds no {MANIFEST}", "send a zip file that an export of a library made")
        return import_folder(library, manifests[0].parent, trust=trust, by=by)


def _unpack(path: Path, into: Path) -> None:
    """Plain files below `into`, nothing else: no links, no paths that lead out of it."""
    try:
        with ZipFile(path) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise UnreadableFile(path.name, "unpacks to more than a library is", "send the files in parts")
            for entry in entries:
                target = into / _inside(path, entry)
                target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(entry) as source, target.open("xb") as written:
                    shutil.copyfileobj(source, written)
    except InputError:
        raise
    # A damaged or encrypted zip file raises almost anything.
    except (BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, EOFError) as error:
        raise UnreadableFile(path.name, f"is no zip file that can be unpacked ({error})", "pack it again") from None


def _inside(path: Path, entry: ZipInfo) -> PurePosixPath:
    name = PurePosixPath(entry.filename)
    if name.is_absolute() or ".." in name.parts or "\\" in entry.filename or stat.S_ISLNK(entry.external_attr >> 16):
        raise UnreadableFile(path.name, f"holds '{entry.filename[:80]}', which leads out of it", "pack it again")
    return name
