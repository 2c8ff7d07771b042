"""The files that a user means: folders are walked, what cannot be localized is told, the language is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.localization.formats.base import Reading
from assistant.localization.jobs.opened_files import FormatOf
from assistant.localization.jobs.records import SourceFile
from knowledge.domain.errors import InputError, KoujingError, UnreadableFile
from knowledge.domain.locale import Locale, detect_language, parse_locale

LARGEST = 200 * 1024 * 1024
"""Bytes of a file: it is kept in the database."""

_ENOUGH = 5_000
"""Letters from which a file's language is told."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files to localize, and the paths in folders that were left alone because of their kind."""

    files: Sequence[SourceFile]
    left_alone: Sequence[str]


def gather(paths: Sequence[Path], suffixes: Sequence[str], *, out: Path | None = None) -> Gathered:
    """The files of `paths`: those named, whatever they are, and in folders those with one of `suffixes`.

    Hidden files and folders, links that lead nowhere and what lies in `out` are left out. Raises `InputError` when a
    path is not there, two files would have one target, or nothing is left.
    """
    files: dict[str, SourceFile] = {}
    left: list[str] = []
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder")
        # Below the folder of a locale a file lies as in the folder that was named.
        root = path.parent if path.is_file() else path
        for found in [path] if path.is_file() else _walk(path, out):
            if found != path and not found.name.lower().endswith(tuple(suffixes)):
                left.append(str(found))
                continue
            name = found.relative_to(root).as_posix()
            if name in files and files[name].source != found.as_posix():
                raise InputError(
                    f"{found} and {files[name].source} would have the same target; localize them one after the other"
                )
            files[name] = SourceFile(found.as_posix(), name, _read(found))
    if not files:
        raise InputError(f"nothing to localize in {', '.join(map(str, paths))}; known endings are {' '.join(suffixes)}")
    return Gathered(list(files.values()), left)


def language_of(files: Iterable[SourceFile], format_of: FormatOf, *, option: str = "from") -> Locale:
    """The language that the files are written in. Raises `InputError` when it is not clear: it is to be named by
    `option`."""
    counted = Counter(found for file in files if (found := _language(file, format_of)) is not None)
    if not counted:
        raise InputError(f"the language of the files cannot be told from their texts; name it, e.g. {option} zh-CN")
    if len(counted) > 1:
        told = ", ".join(f"{language} in {count}" for language, count in counted.most_common())
        raise InputError(
            f"the files are in several languages ({told}); name the one to translate from, e.g. {option} en"
        )
    return parse_locale(next(iter(counted)))


def _walk(folder: Path, out: Path | None) -> Iterator[Path]:
    skipped = out.resolve() if out is not None else None
    for found in sorted(folder.iterdir()):
        if found.name.startswith(".") or (skipped is not None and found.resolve() == skipped):
            continue
        if found.is_dir():
            # A link to a folder may lead round in a circle.
            if not found.is_symlink():
                yield from _walk(found, out)
        elif found.is_file():
            yield found


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(str(path), f"larger than {LARGEST // 1024 // 1024} MB", "split it")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(str(path), f"cannot be read ({error.strerror})", "check its rights") from None


def _language(file: SourceFile, format_of: FormatOf) -> str | None:
    """The language of one file's texts; None when there is too little to tell, or it cannot be read (its own fate)."""
    neutral = parse_locale("en")
    name = file.source.rsplit("/", 1)[-1]
    try:
        units = format_of(name, file.data).read(file.data, Reading(name, neutral, neutral)).units
    except KoujingError:
        return None
    text = ""
    for unit in units:
        text += unit.source.words + "\n"
        if len(text) > _ENOUGH:
            break
    return detect_language(text)
