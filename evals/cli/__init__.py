"""`koujing eval`: the commands. Each file here adds its own to the group."""

from __future__ import annotations

from evals.cli.compare import compare
from evals.cli.gate import gate
from evals.cli.group import eval_
from evals.cli.labels import labels
from evals.cli.run import run
from evals.cli.runs import list_, report, show

__all__ = ["eval_"]

for command in (run, list_, show, report, compare, gate, labels):
    eval_.add_command(command)
