"""The service as an ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api import health
from api.access.guard import Guard
from api.console import static_files
from api.envelope import Envelope
from api.problems import answer_error
from api.v1 import checking, checks, drafts, library
from api.writing import Writers
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import KoujingError
from knowledge.records import Scope

CLOSING_SECONDS = 5.0
"""How long the end of the service waits for drafts being written."""


def create_app(settings: Settings, workspace: Workspace | None = None, *, loopback: bool = False) -> FastAPI:
    """The service. A given workspace is closed by whoever gave it; otherwise it is opened and closed with the service.

    `loopback` is a promise that only this machine can reach it: then no key is needed until the first one is made.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        opened = await run_in_threadpool(Workspace.open, settings) if workspace is None else workspace
        app.state.workspace = opened
        writers = app.state.writers = Writers()
        try:
            await run_in_threadpool(warm, opened)
            yield
        finally:
            await run_in_threadpool(writers.close, CLOSING_SECONDS)
            if workspace is None:
                opened.close()

    app = FastAPI(
        title="Koujing (口径)",
        summary="Marketing drafts in which every sentence shows the approved source that carries it.",
        version=_version(),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(static_files.router)
    for module in (drafts, library, checking, checks, health):
        app.include_router(module.router)
    for kind in (KoujingError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, answer_error)
    app.add_middleware(Guard, loopback=loopback)
    app.add_middleware(Envelope)
    return app


def warm(workspace: Workspace) -> None:
    """Load embedding, indexes, templates and the model's settings, so that threads find them and errors come now.

    Nothing is sent anywhere; the model itself starts with its first call.
    """
    workspace.search("ready", Scope(), k=1)
    _ = workspace.library.indexes.owner
    _ = workspace.templates, workspace.drafts, workspace.model


def _version() -> str:
    try:
        return version("koujing")
    except PackageNotFoundError:
        return "0"
