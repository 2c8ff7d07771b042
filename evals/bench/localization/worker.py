"""A process that works on jobs with the slow model: `python -m evals.bench.localization.worker JOB LATENCY CALLS LOG`;
with `-` for a job it works on all until it is told to stop."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from assistant.localization.jobs.engine import Engine
from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.bench.localization.slow_model import SlowModel, SlowOpening


def main() -> None:
    """Work."""
    job, latency, calls, log = sys.argv[1:5]
    opening = SlowOpening(SlowModel(float(latency), Path(log)))
    only = "" if job == "-" else job
    with (
        Workspace.open(load_settings()) as workspace,
        Engine(workspace, only=only, opening=opening, concurrency=int(calls)) as engine,
    ):
        if only:
            engine.run()
        else:
            signal.signal(signal.SIGTERM, lambda *_: engine.stop())
            engine.serve()


if __name__ == "__main__":
    main()
