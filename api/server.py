"""The process around the application: one socket, one uvicorn, one line about it."""

from __future__ import annotations

import errno
import ipaddress
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import uvicorn

from api.access import keys
from api.access.invitations import Invitations
from api.access.people import any_person
from api.access.secret import public_origin, service_secret
from api.app import create_app, warm
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import SetupError

STREAM_SECONDS = 2
"""How long the end of the service waits for open streams."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What is told when the service answers. `keyless`: this machine needs no key yet; `setup_url`: the one-time link
    for the first administrator, None when there is a person already."""

    url: str
    model: str
    destination: str
    keyless: bool
    setup_url: str | None

    def to_json(self) -> dict[str, Any]:
        return {
            "url": self.url,
            "model": self.model,
            "destination": self.destination,
            "keyless": self.keyless,
            "setup_url": self.setup_url,
        }


Announce = Callable[[Serving], None]


def run(settings: Settings, host: str, port: int, announce: Announce) -> None:
    """Serve until SIGTERM or Ctrl-C; port 0 takes a free one.

    Raises `SetupError` when the port cannot be had, there is no workspace, or a network could reach it and there is no
    secret.
    """
    with _bound(host, port) as listening, Workspace.open(settings) as workspace:
        address, taken = listening.getsockname()[:2]
        loopback = ipaddress.ip_address(address.partition("%")[0]).is_loopback
        service_secret(settings, loopback=loopback)  # before the model is looked for
        public = public_origin(settings)
        warm(workspace)
        serving = Serving(
            url=_url(address, taken),
            model=workspace.model.name,
            destination=workspace.model.destination,
            keyless=loopback and not public and not _anybody(workspace),
            setup_url=_setup_url(workspace, public or _url(_own(address), taken)),
        )
        config = uvicorn.Config(
            create_app(settings, workspace, loopback=loopback),
            access_log=False,
            lifespan="on",
            log_level="warning",
            proxy_headers=False,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=STREAM_SECONDS,
        )
        _serve(_Server(config, lambda: announce(serving)), listening)


def _anybody(workspace: Workspace) -> bool:
    """A key or a person was made: whoever asks must be known from now on."""
    return keys.any_made(workspace.database) or any_person(workspace.database)


def _setup_url(workspace: Workspace, origin: str) -> str | None:
    """A new one-time link for the first administrator; None when there is a person."""
    if any_person(workspace.database):
        return None
    token = Invitations(workspace.database, workspace.name).first(workspace.settings.now())
    return f"{origin}/welcome/{token}"


def _url(address: str, port: int) -> str:
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def _own(address: str) -> str:
    """An address of this machine at which a service on every address is found."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104  # told from, not bound to


class _Server(uvicorn.Server):
    """Says when it has begun to answer."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()


def _serve(server: uvicorn.Server, listening: socket.socket) -> None:
    # uvicorn raises the signal anew once it has stopped; being asked to stop is no failure.
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
    finally:
        signal.signal(signal.SIGTERM, before)


def _bound(host: str, port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise SetupError(f"port {port} of {host} is in use; choose another with --port") from None
        raise SetupError(f"cannot listen on {host} port {port}: {error.strerror or error}") from None
    return bound
