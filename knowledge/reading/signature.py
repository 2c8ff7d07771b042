"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Kind:
    """A binary kind of file, with the suffix it should carry."""

    name: str
    suffix: str

    @property
    def article(self) -> str:
        return "an" if self.name[0] in "AEIOUaeiou" else "a"


_SIGNATURES = (
    (b"%PDF-", Kind("PDF", ".pdf")),
    (OLE, Kind("old or encrypted Office", ".doc, .xls or .ppt")),
    (b"\x89PNG\r\n", Kind("PNG", ".png")),
    (b"\xff\xd8\xff", Kind("JPEG", ".jpg")),
    (b"GIF8", Kind("GIF", ".gif")),
    (b"\x1f\x8b", Kind("gzip", ".gz")),
    (b"7z\xbc\xaf", Kind("7-Zip", ".7z")),
    (b"Rar!\x1a", Kind("RAR", ".rar")),
    (b"\x7fELF", Kind("program", ".bin")),
    (b"SQLite format 3\x00", Kind("SQLite", ".db")),
    (b"{\\rtf", Kind("RTF", ".rtf")),
)
_OFFICE = (
    ("word/document", Kind("Word", ".docx")),
    ("ppt/presentation", Kind("PowerPoint", ".pptx")),
    ("xl/workbook", Kind("Excel", ".xlsx")),
)


def kind_of(data: bytes) -> Kind | None:
    """The binary kind, or None for what may be text."""
    if data.startswith(ZIP):
        return office_kind(data) or Kind("ZIP", ".zip")
    return next((kind for magic, kind in _SIGNATURES if data.startswith(magic)), None)


def office_kind(data: bytes) -> Kind | None:
    """Which Office format a ZIP archive holds, or None."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except Exception:  # whatever a damaged archive raises, it is no Office file
        return None
    return next((kind for start, kind in _OFFICE if any(name.startswith(start) for name in names)), None)
