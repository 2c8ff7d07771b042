"""What a workspace stands on, looked at before it opens: settings, secret, the folder and its disk."""

from __future__ import annotations

import difflib
import shlex
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC

from assistant.doctor.diagnosis import Diagnosis
from assistant.settings import SETTINGS, Settings
from knowledge.domain.errors import InputError

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
    yield from _kept(settings)


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


def _kept(settings: Settings) -> Iterator[Diagnosis]:
    """What is written of the calls of models, and whether it goes again."""
    from assistant.gateway.call_log import choice_of, folder_of, older_than
    from assistant.retention import days_kept

    folder = folder_of(settings)
    try:
        if choice_of(settings) == "content":
            finding = f"what models are asked and answer is written to {folder}"
            yield Diagnosis("call log", True, finding, "unset KOUJING_CALL_LOG")
    except InputError as error:
        yield Diagnosis("call log", False, error.message, "unset KOUJING_CALL_LOG")
    try:
        days = days_kept(settings)["call_log"]
    except InputError as error:
        yield Diagnosis("keep", False, error.message, "unset KOUJING_KEEP")
        return
    if old := older_than(folder, days, settings.now().astimezone(UTC).date()):
        finding = f"{len(old)} days of the log of model calls are older than {days} days"
        yield Diagnosis("call log", False, finding, "koujing tidy")
