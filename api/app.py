"""The service as an ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api import health, logs
from api import metrics as figures
from api.access.door import FrontDoor
from api.access.guard import Guard
from api.access.secret import public_origin, service_secret
from api.console.error_page import PageErrors, answer_error
from api.console.routes import PAGES
from api.description import describe, operation_name
from api.envelope import Envelope
from api.idempotency import Idempotency
from api.job_keeper import JobKeeper
from api.localizing import Localizer
from api.mcp.http import served_mcp
from api.metrics import Metrics
from api.tenants import Tenants
from api.v1.routes import NOUNS
from api.version import version
from api.writing import Writers
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import KoujingError
from knowledge.records import Scope

CLOSING_SECONDS = 5.0
"""How long the end of the service waits for drafts being written, and for translations under way."""


def create_app(settings: Settings, workspace: Workspace | None = None, *, loopback: bool = False) -> FastAPI:
    """The service. A given workspace is closed by whoever gave it; otherwise it is opened and closed with the service.

    `loopback` is a promise that only this machine can reach it: then no key is needed until the first key or person is
    made, and the secret of the service may be one that is kept in the home. Without any secret it does not start
    (`SetupError`).
    """
    public = public_origin(settings)
    logs.configure(settings)
    metrics = Metrics()
    assistants, mcp_routes = served_mcp()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.secret = await run_in_threadpool(service_secret, settings, loopback=loopback)
        opened = await run_in_threadpool(Workspace.open, settings) if workspace is None else workspace
        app.state.workspace = opened
        tenants = app.state.tenants = Tenants(settings, opened)
        app.state.door = FrontDoor(settings, opened.database)
        writers = app.state.writers = Writers(ended=metrics.written)
        metrics.watch_queue(lambda: writers.waiting)
        keeper = JobKeeper(opened.database, writers, tenants.of)
        localizer = app.state.localizer = Localizer(opened, tenants.of)
        try:
            await run_in_threadpool(warm, opened)
            keeper.start()
            await run_in_threadpool(localizer.start)
            async with assistants.session_manager.run():
                yield
        finally:
            await run_in_threadpool(keeper.close)
            await run_in_threadpool(localizer.close, CLOSING_SECONDS)
            await run_in_threadpool(writers.close, CLOSING_SECONDS)
            await run_in_threadpool(tenants.close)
            if workspace is None:
                opened.close()

    app = FastAPI(
        title="Koujing (口径)",
        summary="Marketing drafts in which every sentence shows the approved source that carries it.",
        version=version(),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=operation_name,
    )
    for module in (*PAGES, *NOUNS, figures, health):
        app.include_router(module.router)
    for kind in (KoujingError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, answer_error)
    describe(app)
    app.state.metrics = metrics
    app.add_middleware(Idempotency)
    app.router.routes.extend(mcp_routes)
    app.add_middleware(Guard, loopback=loopback, public=public)
    app.add_middleware(PageErrors)
    app.add_middleware(Envelope, public=public, metrics=metrics)
    return app


def warm(workspace: Workspace) -> None:
    """Load embedding, words, templates and the model's settings, so that threads find them and errors come now.

    Nothing is sent anywhere; the model itself starts with its first call. The embedded vector index opens when somebody
    first needs it: libraries of ordinary size are searched without it.
    """
    workspace.search("ready", Scope(), k=1)
    if workspace.settings.text("chroma_url"):
        _ = workspace.library.indexes.owner
    _ = workspace.templates, workspace.drafts, workspace.model
