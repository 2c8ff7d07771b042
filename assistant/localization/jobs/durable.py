"""DBOS: the queue of batches, their recorded replies, and who takes up what a dead process left.

Every job has a queue of its own, so that a process can work on one job or on all. A batch is a workflow with a fixed
id. What DBOS knows can be lost: it is made again from the tables of the job (`supply`).
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event

from assistant.localization.jobs.presence import Presence
from knowledge.store.database import Database
from knowledge.store.staging import JOBS_SCHEMA, queue_file

if TYPE_CHECKING:
    from dbos import DBOSClient, DBOSConfig

APPLICATION = "koujing"
WORKFLOW = "localize_batch"
VERSION = "1"
"""Of the order of steps in a workflow: raised only when a recorded one could not be taken up by the new code."""

POLLING = 0.25
"""Seconds between two looks into a queue. A call takes a second or more, and as many batches again as calls are at
hand; a look takes milliseconds of each process (ten a second were a fifth of what four workers did)."""

WAITING = ("ENQUEUED", "DELAYED", "PENDING")
_POOL, _OVERFLOW = 8, 24
_TOGETHER = 128
"""Batches that are put into a queue in one transaction."""


class DurableQueue:
    """The batches of jobs as DBOS workflows. It only looks and puts: `config` is for those that also work."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def engine(self) -> Engine:
        """Connections for DBOS: the same PostgreSQL in a schema of its own, or an SQLite file beside the database."""
        if not self._database.is_sqlite:
            return create_engine(self._database.engine.url, pool_size=_POOL, max_overflow=_OVERFLOW, pool_pre_ping=True)
        # By `Database`, for what it sees to: a private file, WAL, waiting for locks.
        engine = Database(f"sqlite:///{queue_file(self._database.file)}").engine
        event.listen(engine, "connect", _immediate)
        return engine

    @cached_property
    def client(self) -> DBOSClient:
        """A client, whose tables are made when they are not there."""
        from dbos import DBOSClient

        _quiet()
        self._migrate()
        return DBOSClient(
            system_database_engine=self.engine,
            dbos_system_schema=JOBS_SCHEMA,
            serializer=_serializer(),
            application_name=APPLICATION,
        )

    def config(self, executor: str) -> DBOSConfig:
        """The configuration of a process that works: nothing is sent anywhere, nothing is pickled."""
        return {
            "name": APPLICATION,
            "system_database_url": self.engine.url.render_as_string(hide_password=False),
            "system_database_engine": self.engine,
            "dbos_system_schema": JOBS_SCHEMA,
            "application_version": VERSION,
            "executor_id": executor,
            "serializer": _serializer(),
            "use_listen_notify": False,
            "enable_otlp": False,
            "log_level": "ERROR",
        }

    def open(self, workspace: str, job_id: str, concurrency: int) -> None:
        """Let processes take batches of the job, each at most `concurrency` at once."""
        self.client.register_queue(
            queue_name(workspace, job_id), worker_concurrency=concurrency, polling_interval_sec=POLLING
        )

    def shut(self, workspace: str, job_id: str) -> None:
        """Let nobody take a batch of the job any more; those under way go on."""
        self.client.delete_queue(queue_name(workspace, job_id))

    def supply(self, workspace: str, job_id: str, batches: Collection[int]) -> None:
        """See that each of these batches, which are all still to be done, is waiting or under way.

        A workflow that ended without its batch being done (the job was paused, or the machine lost power between two
        databases) goes back to the end of what it recorded.
        """
        ended: dict[int, Any] = {}
        known = set()
        for status in self._of(workspace, job_id):
            number = int(status.workflow_id.rpartition(".")[2])
            known.add(number)
            if status.status not in WAITING and number in batches:
                ended[number] = status.output
        self.put(workspace, job_id, sorted(set(batches) - known))
        for number, output in ended.items():
            held = output.get("held") if isinstance(output, dict) else None
            self.client.rewind_workflow(
                workflow_id(workspace, job_id, number),
                start_step=held or _ALL_STEPS,
                queue_name=queue_name(workspace, job_id),
            )

    def put(self, workspace: str, job_id: str, batches: Sequence[int]) -> None:
        """Put these batches into the job's queue, the first of them so that they are soon under way; one that is there
        already stays."""
        for at in range(0, len(batches), _TOGETHER):
            if at:
                # Who takes them waits for the lock that this thread would have again at once.
                time.sleep(POLLING)
            with self.engine.begin() as connection:
                for number in batches[at : at + _TOGETHER]:
                    self.client.enqueue_in_transaction(
                        connection,
                        {
                            "workflow_name": WORKFLOW,
                            "queue_name": queue_name(workspace, job_id),
                            "workflow_id": workflow_id(workspace, job_id, number),
                            "app_version": VERSION,
                        },
                        workspace,
                        job_id,
                        number,
                    )

    def idle(self, workspace: str, job_id: str) -> bool:
        """Whether no batch of the job is waiting or under way."""
        return not self.client.list_workflows(
            queue_name=queue_name(workspace, job_id), status=list(WAITING), limit=1, load_input=False, load_output=False
        )

    def take_over(self, presence: Presence) -> int:
        """Put what dead processes had under way back into its queue; how many batches."""
        count = 0
        for executor in sorted({status.executor_id or "" for status in self._under_way()}):
            with presence.dead(executor) as dead:
                count += self.put_back(executor) if dead else 0
        return count

    def put_back(self, executor: str) -> int:
        """Put what that process, which is dead or about to be, has under way back into its queue; how many."""
        ids: dict[str | None, list[str]] = defaultdict(list)
        for status in self._under_way(executor):
            ids[status.queue_name].append(status.workflow_id)
        for queue, mine in ids.items():
            self.client.resume_workflows(mine, queue_name=queue)
        return sum(map(len, ids.values()))

    def put_back_one(self, workspace: str, job_id: str, number: int) -> None:
        """Put a batch that this process gave up back into its queue."""
        self.client.resume_workflows([workflow_id(workspace, job_id, number)], queue_name=queue_name(workspace, job_id))

    def forget(self, workspace: str, job_id: str) -> None:
        """Take away the queue of a job that has ended, and what was recorded for it."""
        self.shut(workspace, job_id)
        ended = [status.workflow_id for status in self._of(workspace, job_id) if status.status != "PENDING"]
        if ended:
            self.client.delete_workflows(ended)

    def close(self) -> None:
        """Close the connections."""
        if "client" in self.__dict__:
            self.client.destroy()
        if "engine" in self.__dict__:
            self.engine.dispose()

    def _of(self, workspace: str, job_id: str) -> Sequence[Any]:
        return self.client.list_workflows(
            workflow_id_prefix=workflow_id(workspace, job_id, ""), load_input=False, load_output=True
        )

    def _under_way(self, executor: str | None = None) -> Sequence[Any]:
        return self.client.list_workflows(status="PENDING", executor_id=executor, load_input=False, load_output=False)

    def _migrate(self) -> None:
        """DBOS makes its own tables, in many steps, each on record: also those that a process which was killed, or an
        older version, did not come to."""
        from dbos import DBOS

        DBOS.migrate(self.engine.url.render_as_string(hide_password=False), schema=JOBS_SCHEMA)


_ALL_STEPS = 1_000_000


def queue_name(workspace: str, job_id: str) -> str:
    """The queue of a job."""
    return f"{workspace}.{job_id}"


def workflow_id(workspace: str, job_id: str, number: int | str) -> str:
    """The workflow of a batch."""
    return f"{workspace}.{job_id}.{number}"


def _quiet() -> None:
    """DBOS tells errors alone, and on the stderr of the moment: its own handler would keep the first one for ever."""
    logger = logging.getLogger("dbos")
    logger.setLevel(logging.ERROR)
    if not logger.handlers and logging.lastResort is not None:
        logger.addHandler(logging.lastResort)
        logger.propagate = False


def _serializer() -> Any:
    from dbos import DBOSPortableJSONSerializer

    return DBOSPortableJSONSerializer()


def _immediate(connection: Any, _record: Any) -> None:
    """DBOS reads and then writes in one transaction: SQLite must be told at its beginning."""
    connection.isolation_level = "IMMEDIATE"
    connection.execute("PRAGMA busy_timeout=30000")
