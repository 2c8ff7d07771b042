"""Starting, watching and ending the process of the local model."""

from __future__ import annotations

import atexit
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import IO

from assistant.progress import Progress
from knowledge.domain.errors import ProviderError, ProviderTimeout

START_SECONDS = 180.0
_LOG_BYTES = 1_000_000  # a longer log begins anew
# Threads that wait by spinning starve one another on a busy machine: two cores under load wrote 1 token a second, 10
# when waiting asleep. A short spin first gives most of the speed of an idle machine back.
_ENVIRONMENT = {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "300000"}
_SCRIPT = Path(__file__).with_name("local_server.py")


class LocalProcess:
    """One llama.cpp process. `address` and `key` change with every start."""

    def __init__(self, model: Path, context_tokens: int, home: Path, progress: Progress) -> None:
        self._model, self._context_tokens, self._progress = model, context_tokens, progress
        self.log = _log_path(home)
        self.address = ""
        self.key = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None and bool(self.address)

    def run(self) -> None:
        """Start it unless it runs, and wait until it answers. Raises `ProviderError` naming the log."""
        with self._lock:
            if not self.alive:
                self.stop()
                self._start()

    def _start(self) -> None:
        self.key = secrets.token_urlsafe(24)
        with _opened(self.log) as log:
            process = subprocess.Popen(  # noqa: S603  # our own interpreter and script, no shell
                # -P: the folder of the script is this package, whose names must hide no library.
                [sys.executable, "-P", str(_SCRIPT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=_ENVIRONMENT | os.environ,
            )
        self._process = process
        atexit.register(self.stop)
        try:
            self._configure(process)
            self.address = self._wait(process)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End it; at most two seconds. Idempotent."""
        process, self._process, self.address = self._process, None, ""
        if process is None:
            return
        atexit.unregister(self.stop)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # it has gone already
                    continue
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _configure(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        config = {
            "model": str(self._model),
            "context_tokens": self._context_tokens,
            "threads": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
            "key": self.key,
        }
        try:
            process.stdin.write(json.dumps(config).encode() + b"\n")
            process.stdin.flush()
        except OSError:
            raise self._failed() from None

    def _wait(self, process: subprocess.Popen[bytes]) -> str:
        assert process.stdout is not None
        lines: SimpleQueue[bytes] = SimpleQueue()
        Thread(target=_first_line, args=(process.stdout, lines), daemon=True).start()
        started = time.monotonic()
        while time.monotonic() - started < START_SECONDS:
            self._progress.step("starting the local model", int(time.monotonic() - started))
            try:
                line = lines.get(timeout=0.25)
            except Empty:
                continue
            try:
                return str(json.loads(line)["address"])
            except (ValueError, KeyError):
                raise self._failed() from None
        raise ProviderTimeout(f"the local model did not start within {START_SECONDS:.0f} s; see {self.log}")

    def _failed(self) -> ProviderError:
        return ProviderError(f"the local model could not be started; see {self.log}")


def _first_line(pipe: IO[bytes], lines: SimpleQueue[bytes]) -> None:
    try:
        lines.put(pipe.readline())
    except (OSError, ValueError):  # closed by stop()
        lines.put(b"")


def _log_path(home: Path) -> Path:
    """In the workspace when there is one; the model alone makes none."""
    folder = home / "logs" if home.is_dir() else Path(tempfile.gettempdir())
    return folder / "koujing-local-model.log"


def _opened(log: Path) -> IO[bytes]:
    try:
        log.parent.mkdir(exist_ok=True)
        fresh = log.is_file() and log.stat().st_size > _LOG_BYTES
        return log.open("wb" if fresh else "ab")
    except OSError:
        return open(os.devnull, "wb")
