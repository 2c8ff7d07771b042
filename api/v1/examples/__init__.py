"""Documents as the service answers them, for its OpenAPI description. A test holds their members to the real ones."""

from api.v1.examples.checks import CHECK, CHECK_DETAIL, CHECKS
from api.v1.examples.draft_life import DRAFT_DIFF, DRAFT_READINESS, DRAFT_STATUS, DRAFT_VERSIONS
from api.v1.examples.drafts import DRAFT, DRAFT_EVENTS, DRAFTS
from api.v1.examples.health import READY
from api.v1.examples.jobs import AUDIT, JOB, JOBS, USAGE
from api.v1.examples.library import HITS
from api.v1.examples.templates import TEMPLATE, TEMPLATES

__all__ = [
    "AUDIT",
    "CHECK",
    "CHECKS",
    "CHECK_DETAIL",
    "DRAFT",
    "DRAFTS",
    "DRAFT_DIFF",
    "DRAFT_EVENTS",
    "DRAFT_READINESS",
    "DRAFT_STATUS",
    "DRAFT_VERSIONS",
    "HITS",
    "JOB",
    "JOBS",
    "READY",
    "TEMPLATE",
    "TEMPLATES",
    "USAGE",
]  # fmt: skip
