"""Which files of a home are truth: settings without secrets, own templates, own culture list, evaluations.

Not among them: the database (it goes table by table), indexes and uploads, which come back by themselves, logs, and the
secret of the service.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from assistant.localization.culture import NAME as CULTURE
from assistant.settings import SETTINGS
from knowledge.domain.errors import SetupError

SETTINGS_FILE = "koujing.toml"
FOLDERS = ("templates", "workspaces", "evals")
FILES = (SETTINGS_FILE, CULTURE)

OF_THE_MACHINE = ("database_url", "chroma_url", "cache", "gguf", "data")
"""Settings that say where things are on this machine or in this network: they stay behind, as secrets do."""


def files_of(home: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that is truth: its path in the home with `/`, and what stands in it. Links are not followed.

    Raises `SetupError` for one that cannot be read.
    """
    for path in _paths(home):
        name = path.relative_to(home).as_posix()
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            # Somebody took it away at this moment.
            continue
        except OSError as error:
            raise SetupError(
                f"{path}: cannot be read ({error.strerror}); mend that and take the backup again"
            ) from None
        yield name, without_secrets(data) if name == SETTINGS_FILE else data


def is_truth(name: str) -> bool:
    """Whether a path in the home is one of those that `files_of` tells."""
    first, _, rest = name.partition("/")
    return name in FILES or (first in FOLDERS and bool(rest))


def without_secrets(data: bytes) -> bytes:
    """A `koujing.toml` without keys, passwords and addresses of this machine; comments and order stay."""
    import tomlkit

    table = tomlkit.parse(data.decode("utf-8"))
    secret = {setting.name for setting in SETTINGS if setting.secret} | set(OF_THE_MACHINE)
    for name in [name for name, value in table.items() if name in secret or _has_password(str(value))]:
        del table[name]
    return tomlkit.dumps(table).encode()


def _paths(home: Path) -> Iterator[Path]:
    for name in FILES:
        if (home / name).is_file() and not (home / name).is_symlink():
            yield home / name
    for name in FOLDERS:
        if not (home / name).is_symlink():
            for path in sorted((home / name).rglob("*")):
                if path.is_file() and not path.is_symlink() and not path.name.endswith((".pyc", ".part")):
                    yield path


def _has_password(value: str) -> bool:
    try:
        return "://" in value and "@" in urlsplit(value).netloc
    except ValueError:
        return True
