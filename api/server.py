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

from api.access.keys import Keys
from api.app import create_app, warm
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import SetupError

STREAM_SECONDS = 2
"""How long the end of the service waits for open streams."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What is told when the service answers. `keyless`: this machine needs no key yet."""

    url: str
    model: str
    destination: str
    keyless: bool

    def to_json(self) -> dict[str, Any]:
        return {"url": self.url, "model": self.model, "destination": self.destination, "keyless": self.keyless}


Announce = Callable[[Serving], None]


def run(settings: Settings, host: str, port: int, announce: Announce) -> None:
    """Serve until SIGTERM or Ctrl-C; port 0 takes a free one.

    Raises `SetupError` when the port cannot be had, there is no workspace, or a network could reach it without a key.
    """
    with _bound(host, port) as listening, Workspace.open(settings) as workspace:
        address, taken = listening.getsockname()[:2]
        loopback = ipaddress.ip_address(address.partition("%")[0]).is_loopback
        keys = Keys(workspace.database, workspace.name)
        if not loopback and not keys.usable():
            raise SetupError(f"{host} can be reached from the network; make a key first with `koujing keys create`")
        warm(workspace)
        shown = f"[{address}]" if ":" in address else address
        serving = Serving(
            url=f"http://{shown}:{taken}",
            model=workspace.model.name,
            destination=workspace.model.destination,
            keyless=loopback and not keys.were_made(),
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
