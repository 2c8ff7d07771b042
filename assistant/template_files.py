"""The files of a template as texts: read, tried, saved and taken away over the service. Nothing faulty is saved."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assistant.template_lint import lint
from knowledge.domain.errors import Conflict, InputError, NotFound
from knowledge.domain.finding import Severity
from prompts.declaration import NAME
from prompts.faults import Fault, Faulty
from prompts.files import MOST_BYTES, is_plain_name, read_plain
from prompts.loader import BUILT_IN, Templates

MOST_FILES = 20

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")


def template_files(templates: Templates, template_id: str) -> dict[str, str]:
    """Every file of a template by its name, also of one that is faulty. Raises `NotFound`, `Faulty` for a file that is
    none."""
    folder = templates.folder(template_id)
    names = sorted(path.name for path in folder.iterdir() if path.name == NAME or path.suffix == ".j2")
    return {name: read_plain(folder, name) for name in names if is_plain_name(name)}


def files_tag(files: Mapping[str, str]) -> str:
    """A short hash over names and texts: whoever edits can say which ones they looked at."""
    digest = hashlib.sha256()
    for name, text in sorted(files.items()):
        for part in (name, text):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:16]


@contextmanager
def tried(files: Mapping[str, str], template_id: str) -> Iterator[Templates]:
    """The built-in templates and these files as one of the workspace's own, without saving them.

    Raises `InputError` for an id or a name of a file that is none, too many or too long files.
    """
    with tempfile.TemporaryDirectory(prefix="koujing-") as kept:
        _write(files, _checked_id(template_id), Path(kept))
        yield Templates(Path(kept))


def lint_files(files: Mapping[str, str], template_id: str) -> list[Fault]:
    """Everything that is wrong with files that are not saved."""
    with tried(files, template_id) as templates:
        return lint(templates, template_id)


def save_template(own: Path, template_id: str, files: Mapping[str, str]) -> list[Fault]:
    """Write a template of the workspace's own below `own`, whole: files that are not given are gone. The warnings
    that are left; it takes the place of a built-in one of its id.

    Raises `Faulty` with everything that is wrong (nothing is written then), and as `tried`.
    """
    faults = lint_files(files, template_id)
    errors = [fault for fault in faults if fault.severity is Severity.ERROR]
    if errors:
        error = Faulty(errors)
        error.errors = tuple((fault.where, f"{fault.message}; {fault.remedy}".removesuffix("; ")) for fault in errors)
        raise error
    own.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = own / template_id
    if target.is_symlink():
        raise Conflict(f"the folder of template '{template_id}' is a link; it is changed where it leads to")
    with tempfile.TemporaryDirectory(dir=own, prefix=".new-") as kept:
        made = _write(files, template_id, Path(kept))
        if target.exists():
            # Aside first: a folder that holds something cannot be replaced in one step.
            target.rename(Path(kept) / ".before")
        made.rename(target)
    return faults


def remove_template(templates: Templates, own: Path, template_id: str) -> None:
    """Take a template of the workspace's own away; a built-in one of its id comes back.

    Raises `NotFound`, or `Conflict` for a built-in one.
    """
    if templates.origin(template_id) == "built-in":
        raise Conflict(f"'{template_id}' is a built-in template and stays; only one of your own can be deleted")
    folder = own / template_id
    if folder.is_symlink():
        raise Conflict(f"the folder of template '{template_id}' is a link; take the link away yourself")
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        raise NotFound(f"no template '{template_id}' of your own; somebody else deleted it meanwhile") from None


def _checked_id(template_id: str) -> str:
    if not _ID.fullmatch(template_id):
        raise InputError(
            f"'{template_id[:60]}' is no id; begin with a small letter, then small letters, digits and '_', at most 40"
        )
    if (BUILT_IN / template_id).is_dir() and not (BUILT_IN / template_id / NAME).is_file():
        raise InputError(f"'{template_id}' is taken by the templates' own files; choose another id")
    return template_id


def _write(files: Mapping[str, str], template_id: str, into: Path) -> Path:
    if len(files) > MOST_FILES:
        raise InputError(f"files: {len(files)} are more than a template has ({MOST_FILES}); leave some out")
    if NAME not in files:
        raise InputError(f"files: {NAME} is missing; it says what the template consists of")
    folder = into / template_id
    folder.mkdir()
    for name, text in files.items():
        if not is_plain_name(name) or not (name == NAME or name.endswith(".j2")):
            raise InputError(f"files: '{name[:80]}' is no file of a template; there are {NAME} and plain names.j2")
        data = text.encode("utf-8", "replace")
        if len(data) > MOST_BYTES:
            raise InputError(f"files: {name} is larger than {MOST_BYTES >> 10} KiB; shorten it")
        (folder / name).write_bytes(data)
    return folder
