"""What the probes answer."""

from __future__ import annotations

from typing import Any

from knowledge.store.database import HEAD

READY: dict[str, Any] = {
    "status": "ready",
    "database": {"kind": "sqlite", "at": HEAD},
    "index": {"owner": "this process"},
    "library": {"entries": 40, "approved": 38},
    "model": {"name": "local", "destination": "this machine"},
}
