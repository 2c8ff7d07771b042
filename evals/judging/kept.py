"""Replies of a judge, kept by what was asked: a run that is taken up again does not pay twice."""

from __future__ import annotations

import json
import threading
from pathlib import Path


class Kept:
    """A JSONL file of `{"key", "reply"}`; without a path, memory only. Safe among the threads of one process."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._replies = _read(path) if path is not None else {}

    def get(self, key: str) -> str | None:
        """The reply to this question, or None."""
        return self._replies.get(key)

    def put(self, key: str, reply: str) -> None:
        """Keep a reply, on disk at once."""
        with self._lock:
            self._replies[key] = reply
            if self._path is None:
                return
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"key": key, "reply": reply}, ensure_ascii=False) + "\n")


def _read(path: Path) -> dict[str, str]:
    """What is kept. A line that a killed run left half written is no reply and is asked again."""
    replies: dict[str, str] = {}
    if path.exists():
        for row in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                value = json.loads(row)
                replies[str(value["key"])] = str(value["reply"])
            except (ValueError, KeyError, TypeError):
                continue
    return replies
