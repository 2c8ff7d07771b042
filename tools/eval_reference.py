"""Makes the reference of `koujing eval run --plan` again: what every case took, and how fast the machine was.

`python -m tools.eval_reference RUN...` with runs of this workspace, on a machine that does nothing else; a later run of
the same model takes the place of an earlier one.
"""

from __future__ import annotations

import sys

from assistant.settings import load_settings
from evals.running.plan import history_of, keep_reference
from evals.running.probe import probe
from evals.running.store import Runs


def main(names: list[str]) -> int:
    """Write `evals/running/reference.json` from these runs."""
    if not names:
        print(__doc__, file=sys.stderr)
        return 2
    settings = load_settings()
    runs = Runs(settings.home)
    known = history_of([runs.get(name) for name in reversed(names)])
    probes = {model: seconds for model in known if (seconds := probe(model, settings)) is not None}
    keep_reference(known, probes)
    for model in probes:
        print(f"{model or '(no model)'}: {len(known[model].cases)} cases, probe {probes[model]:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
