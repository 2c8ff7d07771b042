"""A worker in a process of its own, to be killed: `python job_process.py JOB LATENCY LOG`; without a job, all of them."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from job_fakes import FakeModel, FakeOpening

from assistant.localization.jobs.engine import Engine
from assistant.settings import load_settings
from assistant.workspace import Workspace


def main() -> None:
    job_id, latency, log = sys.argv[1:4]
    opening = FakeOpening(FakeModel(float(latency), log=Path(log)))
    with (
        Workspace.open(load_settings()) as workspace,
        Engine(workspace, only=job_id, opening=opening, concurrency=8) as engine,
    ):
        if job_id:
            engine.run()
        else:
            engine.serve()


if __name__ == "__main__":
    main()
