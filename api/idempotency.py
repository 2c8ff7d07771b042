"""Idempotency-Key: the same request asked twice is done once, and answered twice with the same words.

The first answer is kept whole, streams too, by workspace, asker and key. A caller who leaves while it is made does not
end it: it is there when they ask again.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import IO

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.actor import Actor
from api.routes import methods_at
from knowledge.domain.errors import Conflict, InputError, KoujingError
from knowledge.store.database import Database
from knowledge.store.repository import Repository
from knowledge.store.schema import ReplayRow

KEPT = timedelta(hours=24)
"""How long an answer can be had again."""

BEAT_SECONDS = 30.0
DEAD_AFTER = timedelta(seconds=4 * BEAT_SECONDS)
"""A request that its process has not said so long to be alive has lost it."""

CLEAN_EVERY = 3600.0
LARGEST = 16 * 1024 * 1024
"""Bytes of an answer that is kept; a larger one is made anew."""

RETRY_AFTER = "2"
IN_MEMORY = 1024 * 1024

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_CHANGING = ("POST", "PATCH")
_SECRETIVE = ("/v1/me/password",)
"""Addresses whose bodies hold a password: not even the hash that tells requests apart is kept of them."""
_OWN = ("content-length", "date", "transfer-encoding", "x-request-id", "ratelimit-limit", "ratelimit-remaining",
        "ratelimit-reset")  # fmt: skip

_log = logging.getLogger("koujing.api")


class StillRunning(Conflict):
    """The first request with this key has not been answered yet."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Replays(Repository):
    """The kept answers of one workspace."""

    def begin(self, actor: str, key: str, request: str) -> Kept | None:
        """None: this request is the first and may run. Otherwise the first one's answer.

        Raises `Conflict` when the key was used for another request, `StillRunning` when the first is not answered.
        """
        try:
            with self.writing(revises=False) as session:
                session.add(self._row(actor, key, request))
            return None
        except IntegrityError:
            return self._known(actor, key, request)

    def keep(self, actor: str, key: str, kept: Kept) -> None:
        """The answer of the request that began."""
        with self.writing(revises=False) as session:
            row = session.get(ReplayRow, (self.workspace, actor, key))
            if row is not None and not row.status:
                row.status, row.headers, row.body = kept.status, dict(kept.headers), kept.body

    def beat(self, actor: str, key: str) -> None:
        """Say that the request is still being answered."""
        with self.writing(revises=False) as session:
            row = session.get(ReplayRow, (self.workspace, actor, key))
            if row is not None and not row.status:
                row.created_at = _now()

    def drop(self, actor: str, key: str) -> None:
        """Nothing is kept: the same key may try again."""
        with self.writing(revises=False) as session:
            row = session.get(ReplayRow, (self.workspace, actor, key))
            if row is not None and not row.status:
                session.delete(row)

    def clean(self) -> None:
        """Let go of what is older than `KEPT`."""
        with self.writing(revises=False) as session:
            session.execute(
                delete(ReplayRow).where(
                    (ReplayRow.workspace == self.workspace) & (ReplayRow.created_at < _now() - KEPT)
                )
            )

    def _known(self, actor: str, key: str, request: str) -> Kept | None:
        with self.writing(revises=False) as session:
            row = session.get(ReplayRow, (self.workspace, actor, key))
            if row is None:
                raise StillRunning("the first request with this Idempotency-Key has just failed; ask again")
            if row.created_at < _now() - (KEPT if row.status else DEAD_AFTER):
                # Of two who see that it is too old, one takes it over: by the time that both have read.
                taken = session.execute(
                    update(ReplayRow)
                    .where(
                        (ReplayRow.workspace == self.workspace)
                        & (ReplayRow.actor == actor)
                        & (ReplayRow.key == key)
                        & (ReplayRow.created_at == row.created_at)
                    )
                    .values(request=request, status=0, headers={}, body=b"", created_at=_now())
                )
                if isinstance(taken, CursorResult) and taken.rowcount == 1:
                    return None
                raise StillRunning("another request with this Idempotency-Key is being answered; ask again")
            if row.request != request:
                raise Conflict("this Idempotency-Key was used for another request; take a new key for each request")
            if not row.status:
                raise StillRunning("the first request with this Idempotency-Key is still being answered; ask again")
            return Kept(row.status, row.headers, row.body)

    def _row(self, actor: str, key: str, request: str) -> ReplayRow:
        return ReplayRow(
            workspace=self.workspace,
            actor=actor,
            key=key,
            request=request,
            status=0,
            headers={},
            body=b"",
            created_at=_now(),
        )


class Idempotency:
    """ASGI middleware inside the guard: it needs to know who asks."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._cleaned: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope) if scope["type"] == "http" else None
        actor: Actor | None = scope.get("state", {}).get("actor")
        if key is None or actor is None:
            await self._app(scope, receive, send)
            return
        if not _KEY.fullmatch(key):
            raise InputError("Idempotency-Key: 1 to 200 visible ASCII characters")
        replays = Replays(_database(scope), actor.workspace)
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            request = await _take_in(scope, receive, body)
            if request is None:
                return
            try:
                kept = await run_in_threadpool(replays.begin, actor.id, key, request)
            except StillRunning as error:
                await _still_running(error)(scope, receive, send)
                return
            if kept is not None:
                await _again(kept)(scope, receive, send)
                return
            await self._first(replays, actor.id, key, scope, body, send)
        await self._clean(replays)

    async def _first(self, replays: Replays, actor: str, key: str, scope: Scope, body: IO[bytes], send: Send) -> None:
        """Run the request to its end, whoever listens, and keep what it answered before the last of it is sent."""
        answer = _Answer(send)
        beating = asyncio.create_task(_beat(replays, actor, key))
        try:
            await self._app(scope, _replaying(body), answer.send)
        finally:
            beating.cancel()
            # Also when this task is cut off: a key must not stay in the way of its own second try.
            kept = answer.kept()
            if kept is not None and scope["state"].get("shown_once") and kept.status < 400:
                kept = _not_again()
            await asyncio.shield(run_in_threadpool(self._end, replays, actor, key, kept))
        await answer.finish()

    @staticmethod
    def _end(replays: Replays, actor: str, key: str, kept: Kept | None) -> None:
        try:
            if kept is None:
                replays.drop(actor, key)
            else:
                replays.keep(actor, key, kept)
        except KoujingError as error:
            # The answer is out already; without its copy a second try runs again.
            _log.error("an answer could not be kept for its Idempotency-Key", exc_info=error)

    async def _clean(self, replays: Replays) -> None:
        """Now and then, after an answer."""
        now = time.monotonic()
        if now - self._cleaned.get(replays.workspace, -CLEAN_EVERY) >= CLEAN_EVERY:
            self._cleaned[replays.workspace] = now
            await run_in_threadpool(replays.clean)


class _Answer:
    """What is sent, passed on as it comes and gathered."""

    def __init__(self, send: Send) -> None:
        self._send, self._gone = send, False
        self._status, self._headers = 0, dict[str, str]()
        self._body: bytearray | None = bytearray()
        self._last: Message | None = None

    async def send(self, message: Message) -> None:
        """Pass a message on, the last one apart."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            named = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in message["headers"]]
            self._headers = {name: value for name, value in named if name not in _OWN and name != "set-cookie"}
        elif message["type"] == "http.response.body":
            if self._body is not None:
                self._body += message.get("body", b"")
                if len(self._body) > LARGEST:
                    self._body = None
            if not message.get("more_body", False):
                self._last = message
                return
        await self._pass_on(message)

    async def finish(self) -> None:
        """Pass on the last message: whoever has it can rely on the copy."""
        if self._last is not None:
            await self._pass_on(self._last)

    async def _pass_on(self, message: Message) -> None:
        if not self._gone:
            try:
                await self._send(message)
            except OSError:
                self._gone = True  # nobody listens any more; the answer is made all the same

    def kept(self) -> Kept | None:
        """None for what is to be tried again: a failure of the service, too many requests, an answer cut off."""
        if self._last is None or self._body is None or self._status >= 500 or self._status == 429:
            return None
        return Kept(self._status, self._headers, bytes(self._body))


async def _beat(replays: Replays, actor: str, key: str) -> None:
    while True:
        await asyncio.sleep(BEAT_SECONDS)
        try:
            await run_in_threadpool(replays.beat, actor, key)
        except KoujingError as error:
            _log.warning("a running request could not be kept fresh: %s", type(error).__name__)


async def _take_in(scope: Scope, receive: Receive, body: IO[bytes]) -> str | None:
    """The whole body into a file, and the SHA-256 of the request; None when the caller has left."""
    headers = Headers(scope=scope)
    digest = _Digest(headers.get("content-type", ""))
    digest.add(f"{scope['method']} {scope['path']}?{scope['query_string'].decode('latin-1')}\n".encode())
    digest.add(f"{headers.get('accept', '')}\n{headers.get('prefer', '')}\n{headers.get('if-match', '')}\n".encode())
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        piece = message.get("body", b"")
        digest.add(piece)
        body.write(piece)
        if not message.get("more_body", False):
            body.seek(0)
            return digest.hex()


class _Digest:
    """SHA-256 of a request. A form's boundary is random, another one each time it is sent: it does not count."""

    def __init__(self, content_type: str) -> None:
        self._hash = hashlib.sha256()
        found = re.search(r'boundary="?([^";,\s]{1,200})', content_type) if "multipart/" in content_type else None
        self._boundary = found[1].encode() if found else b""
        self._rest = b""

    def add(self, piece: bytes) -> None:
        if not self._boundary:
            self._hash.update(piece)
            return
        text = (self._rest + piece).replace(self._boundary, b"")
        keep = min(len(text), len(self._boundary) - 1)  # what may be the beginning of a boundary
        self._hash.update(text[: len(text) - keep])
        self._rest = text[len(text) - keep :]

    def hex(self) -> str:
        self._hash.update(self._rest)
        return self._hash.hexdigest()


def _replaying(body: IO[bytes]) -> Receive:
    """The body again. That the caller leaves is not told: the request runs to its end."""

    finished = False

    async def receive() -> Message:
        nonlocal finished
        piece = body.read(65536)
        if piece:
            return {"type": "http.request", "body": piece, "more_body": True}
        if not finished:
            finished = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await asyncio.Event().wait()
        raise AssertionError("never")

    return receive


def _not_again() -> Kept:
    """In the place of an answer that holds a key or a one-time link (the route has set `request.state.shown_once`):
    what is shown once is kept nowhere."""
    from api.problems import MEDIA_TYPE, problem_of

    told = Conflict("this was done already, and its answer is shown only once; take it back, and make a new one")
    response = problem_of(told).response()
    return Kept(response.status_code, {"content-type": MEDIA_TYPE}, bytes(response.body))


def _again(kept: Kept) -> Response:
    return Response(kept.body, kept.status, {**kept.headers, "Idempotency-Replayed": "true"})


def _still_running(error: StillRunning) -> Response:
    from api.problems import problem_of

    answer = problem_of(error).response()
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer


def takes_key(method: str, path: str) -> bool:
    """Whether an `Idempotency-Key` counts there."""
    return method in _CHANGING and path.startswith("/v1/") and path not in _SECRETIVE


def _key(scope: Scope) -> str | None:
    key = Headers(scope=scope).get("idempotency-key") if takes_key(scope["method"], scope["path"]) else None
    # Where there is no such thing to do, the answer is that, whatever the key was used for.
    return key if key is None or scope["method"] in methods_at(scope["app"].routes, scope["path"]) else None


def _database(scope: Scope) -> Database:
    database: Database = scope["app"].state.workspace.database
    return database


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
