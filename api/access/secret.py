"""The secret of the service: what a page must send back with a form is signed with it."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from urllib.parse import urlsplit

from assistant.settings import Settings
from knowledge.domain.errors import SetupError

SHORTEST = 32


def service_secret(settings: Settings, *, loopback: bool) -> bytes:
    """`KOUJING_SECRET`; on the loopback address without one a random one, kept in the home (`secret`, for its owner).

    Raises `SetupError` when it is too short, when a network can reach the service and none is set, or when the file
    cannot be kept.
    """
    given = settings.text("secret")
    if given:
        if len(given) < SHORTEST:
            raise SetupError(f"KOUJING_SECRET is shorter than {SHORTEST} characters; set a longer random one")
        return given.encode()
    if not loopback:
        raise SetupError(
            f"the service can be reached from the network; set KOUJING_SECRET to {SHORTEST} random characters or more "
            "first, the same for every process of the service"
        )
    return _kept(settings)


def _kept(settings: Settings) -> bytes:
    path = settings.home / "secret"
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):
            # Written elsewhere and linked: whoever starts at the same moment never reads half of it.
            new = path.with_name(f"secret.{secrets.token_hex(8)}")
            with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
            try:
                os.link(new, path)
            finally:
                new.unlink()
        kept = path.read_bytes().strip()
    except OSError as error:
        raise SetupError(f"{path}: {error.strerror or error}; make it writable, or set KOUJING_SECRET") from None
    if len(kept) < SHORTEST:
        raise SetupError(f"{path} is shorter than {SHORTEST} characters; take it away, and a new one is made")
    return kept


def public_origin(settings: Settings) -> str:
    """`scheme://host[:port]` of `KOUJING_PUBLIC_URL`, lower case, without a port that the scheme implies; empty when it
    is not set. Raises `SetupError` for what is no such address."""
    given = settings.text("public_url")
    if not given:
        return ""
    found = _origin(given)
    parts = urlsplit(given) if found else None
    if parts is None or parts.path not in ("", "/") or parts.query or parts.fragment or parts.username is not None:
        raise SetupError(f"KOUJING_PUBLIC_URL='{given}' is no address such as https://koujing.example, without a path")
    return found


def _origin(address: str) -> str:
    """The origin of `address` as browsers write it; empty when it has none."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, usual) else "")
