"""Every fault of a provider in every act that asks it: the user is told in a line, nothing is invented, lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from endless import ends

from evals.bench.faults.acts import ACTS, Place, cell, place
from evals.bench.faults.played import FAULTS, Fault

CELLS = [(fault, act) for fault in FAULTS for act in ACTS if not fault.only or act in fault.only]


@pytest.fixture(scope="module")
def there() -> Iterator[Place]:
    with place() as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize(("fault", "act"), CELLS, ids=[f"{fault.id}-{act}" for fault, act in CELLS])
def test_the_cell_is_green(there: Place, fault: Fault, act: str, lasting: bool) -> None:
    with ends():
        assert cell(there, fault, act, lasting=lasting) == ""
