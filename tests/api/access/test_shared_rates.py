"""Requests in a minute, counted by the database for all processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from api.access.limits import Rates
from api.access.shared_rates import SharedRates, rates_of
from assistant.workspace import Workspace


@pytest.mark.sqlite_only
def test_one_process_counts_for_itself(workspace: Workspace) -> None:
    assert isinstance(rates_of(workspace.database), Rates)


@pytest.mark.postgres_only
def test_two_processes_take_from_one_bucket(workspace: Workspace) -> None:
    one, other = rates_of(workspace.database), rates_of(workspace.database)
    assert isinstance(one, SharedRates)
    assert [process.take("k-1", 2).wait for process in (one, other)] == [0.0, 0.0]
    refused = one.take("k-1", 2)
    assert 0 < refused.wait <= 30
    assert refused.headers["RateLimit-Remaining"] == "0"
    assert other.take("k-2", 2).wait == 0.0


@pytest.mark.postgres_only
def test_a_minute_fills_it_and_no_more(workspace: Workspace) -> None:
    rates = SharedRates(workspace.database)
    assert [rates.take("k-1", 1).wait == 0.0 for _ in range(2)] == [True, False]
    with workspace.database.connected() as connection:
        connection.execute(text("UPDATE request_rate SET since = since - interval '1 hour'"))
        connection.commit()
    assert [rates.take("k-1", 1).wait == 0.0 for _ in range(2)] == [True, False]


@pytest.mark.postgres_only
def test_as_many_as_are_allowed_get_in_however_many_ask_at_once(workspace: Workspace) -> None:
    processes = [SharedRates(workspace.database) for _ in range(4)]
    with ThreadPoolExecutor(16) as pool:
        taken = list(pool.map(lambda number: processes[number % 4].take("k-1", 1), range(60)))
    assert sum(allowance.wait == 0.0 for allowance in taken) == 1
