"""The group of the eval commands, and what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evals.running.store import Runs


@click.group("eval")
def eval_() -> None:
    """Is the content good, and is it getting better: run suites, compare runs, hold the floors."""


def runs_here() -> Runs:
    """The runs of the workspace that the settings name."""
    from assistant.settings import load_settings
    from evals.running.store import Runs

    return Runs(load_settings().home)
