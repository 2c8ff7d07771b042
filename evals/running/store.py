"""Runs, kept as folders in the workspace: what was asked for, Inspect's logs, the result, the report."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from evals.running.record import Run, run_from_json
from knowledge.domain.errors import InputError, NotFound, SetupError


class Runs:
    """The runs below `HOME/evals`. An id may be given by its beginning, or as `latest`."""

    def __init__(self, home: Path) -> None:
        self.root = home / "evals"

    def begin(self, request: Mapping[str, Any], now: datetime) -> str:
        """A new run for this request: its id. Raises `SetupError` where nothing can be written."""
        run_id = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        folder = self.root / run_id
        try:
            folder.mkdir(parents=True, mode=0o700)
            _write(folder / "request.json", request)
        except OSError as error:
            raise SetupError(f"{folder}: cannot be written ({error.strerror}); check KOUJING_HOME") from None
        return run_id

    def ids(self) -> list[str]:
        """Every run, the oldest first."""
        return sorted(path.parent.name for path in self.root.glob("*/request.json"))

    def find(self, name: str) -> str:
        """The one id that `name` means. Raises `NotFound`, or `InputError` when several begin so."""
        ids = self.ids()
        if name == "latest" and ids:
            return ids[-1]
        found = [run_id for run_id in ids if run_id == name] or [i for i in ids if name and i.startswith(name)]
        if len(found) > 1:
            raise InputError(f"several runs begin with '{name}': {', '.join(found)}")
        if not found:
            there = f"; there are {', '.join(ids[-5:])}" if ids else "; make one with `koujing eval run`"
            raise NotFound(f"no run '{name}'{there}")
        return found[0]

    def folder(self, run_id: str) -> Path:
        """Where a run lies."""
        return self.root / run_id

    def request(self, run_id: str) -> dict[str, Any]:
        """What was asked for."""
        return _read(self.root / run_id / "request.json")

    def get(self, name: str) -> Run:
        """A run with a result; `latest` is the newest that has one. Raises `NotFound` when there is none (yet)."""
        whole = [run_id for run_id in self.ids() if (self.root / run_id / "run.json").is_file()]
        run_id = whole[-1] if name == "latest" and whole else self.find(name)
        path = self.root / run_id / "run.json"
        if not path.is_file():
            raise NotFound(
                f"run '{run_id}' was cut off before it had a result; go on with `koujing eval run --resume {run_id}`"
            )
        return run_from_json(_read(path))

    def newest(self) -> Run:
        """The newest default run that is done: every case of its suites, our own prompts. Raises `NotFound`."""
        for run in self.earlier(limit=50):
            if run.whole:
                return run
        raise NotFound("no default run is done yet; make one with `koujing eval run`")

    def earlier(self, limit: int = 20, before: str | None = None) -> list[Run]:
        """The newest runs that are done, the newest first; those before `before` when given."""
        found: list[Run] = []
        for run_id in reversed(self.ids()):
            if len(found) == limit:
                break
            path = self.root / run_id / "run.json"
            if (before is None or run_id < before) and path.is_file():
                run = run_from_json(_read(path))
                found += [run] if run.status == "done" else []
        return found

    def save(self, run: Run) -> Path:
        """Keep a result, in the place of an earlier one of the same run."""
        path = self.root / run.id / "run.json"
        _write(path, run.to_json())
        return path

    def forget(self, run_id: str) -> None:
        """Take a run away, with all that belongs to it."""
        shutil.rmtree(self.root / run_id)


def _write(path: Path, document: Mapping[str, Any]) -> None:
    """Whole or not at all."""
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(beside, path)


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document
