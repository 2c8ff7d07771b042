"""What a workspace stands on, looked at before it opens: settings, secret, the folder and its disk."""

from __future__ import annotations

import difflib
import shlex
import shutil
from collections.abc import Iterator, Mapping

from assistant.doctor.diagnosis import Diagnosis
from assistant.settings import SETTINGS, Settings

ROOM = 1024**3
"""Bytes that should be free: a backup, an index made anew and a day of work have room in it."""

SECRET = 32
"""Characters that the secret of the service has at least."""

_ALIKE = 0.88
_NEW_SECRET = "export KOUJING_SECRET=$(python3 -c 'import secrets; print(secrets.token_hex(32))')"


def surroundings(settings: Settings, environ: Mapping[str, str]) -> Iterator[Diagnosis]:
    """What is wrong with them; of what is well nothing is said."""
    yield from _settings(environ)
    yield from _secret(settings)
    yield from _home(settings)


def _settings(environ: Mapping[str, str]) -> Iterator[Diagnosis]:
    """A misspelt setting is not read, and nothing else would say so."""
    known = [setting.variable for setting in SETTINGS]
    for name in sorted(environ):
        if not name.startswith("KOUJING_") or name in known or name.removesuffix("_FILE") in known:
            continue
        alike = difflib.get_close_matches(name, known, 1, _ALIKE)
        if alike:
            yield Diagnosis("settings", False, f"{name} is no setting and not read; {alike[0]} is one", f"unset {name}")


def _secret(settings: Settings) -> Iterator[Diagnosis]:
    given, kept = settings.text("secret"), settings.home / "secret"
    if given and len(given) < SECRET:
        yield Diagnosis(
            "secret",
            False,
            f"KOUJING_SECRET is shorter than {SECRET} characters: the service will not start",
            _NEW_SECRET,
        )
    if not given and kept.is_file() and len(kept.read_bytes().strip()) < SECRET:
        finding = f"{kept} is shorter than {SECRET} characters: the service will not start; a new one is made"
        yield Diagnosis("secret", False, finding, f"rm {shlex.quote(str(kept))}")


def _home(settings: Settings) -> Iterator[Diagnosis]:
    home = settings.home
    if not home.is_dir():
        return
    place = shlex.quote(str(home))
    files = home.glob("*.sqlite*") if settings.database_url.startswith("sqlite") else ()
    private = [path for path in (home, *files, home / "secret", home / "koujing.toml") if path.exists()]
    open_ones = [path.name for path in private if path.stat().st_mode & 0o077]
    if open_ones:
        finding = f"others of this machine may look into {home}: {', '.join(open_ones[:5])}"
        yield Diagnosis("permissions", False, finding, f"chmod -R go-rwx {place}")
    free = shutil.disk_usage(home).free
    if free < ROOM:
        finding = f"{free // 2**20} MB are free where {home} lies; make room, the largest are shown by the command"
        yield Diagnosis("disk", False, finding, f"du -ah {place} | sort -rh | head")
