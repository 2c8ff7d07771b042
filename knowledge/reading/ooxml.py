"""Office Open XML packages, checked before any library opens them: kind, encryption, bombs, entities."""

from __future__ import annotations

import io
import zipfile
import zlib

from knowledge.domain.errors import UnreadableFile
from knowledge.reading.signature import OLE, ZIP, kind_of, office_kind
from knowledge.reading.source import Source

MAX_EXPANDED = 300 * 1024 * 1024
MAX_RATIO = 100
MIN_BOMB = 50 * 1024 * 1024
MAX_MEMBERS = 10_000

_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_XML = (".xml", ".rels", ".vml")
_CHUNK = 1024 * 1024


def package(source: Source, suffix: str) -> io.BytesIO:
    """The package in memory. Raises `UnreadableFile` for what is not a safe, unencrypted `suffix` file."""
    data = source.data
    if data.startswith(OLE):
        raise _ole(source)
    if not data.startswith(ZIP):
        kind = kind_of(data)
        what = f"is {kind.article} {kind.name} file" if kind else "is not an Office file"
        raise source.unreadable(f"{what} under the suffix {source.suffix}", "give it the suffix it has by right")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(source, archive)
            kind = office_kind(data)
            if kind is None or kind.suffix != suffix:
                what = f"is {kind.article} {kind.name} file" if kind else "is a ZIP archive without an Office document"
                remedy = f"rename it to {kind.suffix}" if kind else "save it again in Office"
                raise source.unreadable(f"{what} under the suffix {source.suffix}", remedy)
            types = archive.read("[Content_Types].xml")
            for member in archive.infolist():
                if member.filename.endswith(_XML) or f'"/{member.filename}"'.encode() in types:
                    _check_member(source, archive, member)
    except (
        zipfile.BadZipFile,
        EOFError,
        KeyError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
        zlib.error,
    ) as error:
        raise source.unreadable(f"is a damaged archive ({error})", "open it in Office and save it again") from error
    return io.BytesIO(data)


def _ole(source: Source) -> UnreadableFile:
    if "EncryptedPackage".encode("utf-16-le") in source.data:
        return source.unreadable("is encrypted with a password", "save it without a password")
    return source.unreadable("is a file of an Office version before 2007", f"save it as {source.suffix} in Office")


def _check_sizes(source: Source, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise source.unreadable(f"holds more than {MAX_MEMBERS:,} parts", "save it again in Office")
    expanded = sum(member.file_size for member in members)
    too_dense = expanded > MIN_BOMB and expanded > MAX_RATIO * len(source.data)
    if expanded > MAX_EXPANDED or too_dense:
        raise source.unreadable(f"expands to {expanded // 1024**2} MiB", "split it into smaller documents")
    if any(member.flag_bits & 1 for member in members):
        raise source.unreadable("is encrypted with a password", "save it without a password")


def _check_member(source: Source, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse document types and entities. What is no XML part (pictures, embedded files) is not parsed."""
    tail = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            # Zero bytes out: UTF-16 and UTF-32 spell the same names with zeros between.
            window = tail + chunk.replace(b"\x00", b"")
            if any(declaration in window for declaration in _DECLARATIONS):
                raise source.unreadable(
                    f"declares XML entities in {member.filename}", "open it in Office and save it again"
                )
            tail = window[-16:]
