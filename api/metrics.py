"""Figures for Prometheus: requests, drafts, models, queue, library. No label holds anything that a user wrote."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import func, select

from api.access.roles import Right
from api.writing import Writing
from assistant.draft import Draft
from knowledge.domain.errors import SetupError
from knowledge.store.database import Database
from knowledge.store.schema import EntryRow

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)

router = APIRouter(tags=["health"])


class Metrics:
    """The figures of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        where = ("route", "method")
        self._requests = Counter(
            "koujing_http_requests", "Requests answered.", (*where, "status"), registry=self.registry
        )
        self._latency = Histogram(
            "koujing_http_request_seconds",
            "Seconds until a request was answered whole.",
            where,
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._drafts = Counter("koujing_drafts", "Drafts by how they ended.", ("end",), registry=self.registry)
        self._writing = Histogram(
            "koujing_draft_seconds", "Seconds that writing took.", buckets=_SECONDS, registry=self.registry
        )
        self._findings = Counter(
            "koujing_findings", "Findings in drafts as they were written.", ("severity",), registry=self.registry
        )
        self._calls = Counter("koujing_model_calls", "Calls of the model for drafts.", registry=self.registry)
        self._tokens = Counter("koujing_model_tokens", "Tokens of these calls.", ("kind",), registry=self.registry)
        self._queue = Gauge("koujing_queue_length", "Drafts that wait for a writer.", registry=self.registry)
        self._library = Gauge(
            "koujing_library_entries", "Entries of all workspaces.", ("state",), registry=self.registry
        )

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """A request was answered. `route` is the template of its address, never the address."""
        method = method if method in METHODS else "OTHER"
        self._requests.labels(route, method, str(status)).inc()
        self._latency.labels(route, method).observe(seconds)

    def written(self, writing: Writing, draft: Draft | None, seconds: float) -> None:
        """A draft was written, or failed (None)."""
        if draft is None:
            self._drafts.labels("stopped" if writing.stopped() else "failed").inc()
            return
        self._drafts.labels("stopped" if writing.stopped() else "questions" if draft.questions else "written").inc()
        if draft.questions:
            return
        self._writing.observe(seconds)
        for severity, count in Tally(str(finding.severity) for finding in draft.findings).items():
            self._findings.labels(severity).inc(count)
        self._calls.inc(draft.usage.calls)
        self._tokens.labels("prompt").inc(draft.usage.prompt_tokens)
        self._tokens.labels("completion").inc(draft.usage.completion_tokens)

    def watch_queue(self, waiting: Callable[[], float]) -> None:
        """Where the length of the queue is asked for."""
        self._queue.set_function(waiting)

    def shown(self, database: Database) -> bytes:
        """All of it as Prometheus reads it. The size of the library is asked for now."""
        try:
            with database.across_workspaces() as session:
                every, approved = session.execute(
                    select(func.count(EntryRow.id), func.count(EntryRow.approved_version))
                ).one()
            self._library.labels("any").set(every)
            self._library.labels("approved").set(approved)
        except SetupError:
            self._library.clear()  # the other figures matter most when the database is away
        return generate_latest(self.registry)


@router.get(
    "/metrics",
    responses={200: {"description": "Figures as Prometheus reads them.", "content": {"text/plain": {}}}},
    response_class=Response,
)
def show_metrics(request: Request) -> Response:
    """Figures of this process. On the loopback address without a key, else with one that may read."""
    actor = request.state.actor
    if actor is not None:  # the guard lets nobody else in from elsewhere
        actor.must(Right.READ)
    state = request.app.state
    return Response(state.metrics.shown(state.workspace.database), media_type=CONTENT_TYPE_LATEST)
