"""Jobs: written behind a request, watched from anywhere, stopped, and taken up again when their process has died."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from api_workspace import BRIEF, INPUTS, Serve
from sqlalchemy import update
from starlette.testclient import TestClient

from api.job_keeper import JobKeeper
from api.v1.examples import JOB, JOBS
from api.writing import Writers
from assistant.brief import Brief, Listener
from assistant.draft import Draft
from assistant.draft_jobs import DEAD_AFTER, DraftJobs, Job, KeptJob
from assistant.workspace import Workspace
from knowledge.store.schema import JobRow
from knowledge.store.workspaces import ensure_workspace

ASYNC = {"Prefer": "respond-async"}
STREAM = {"Accept": "text/event-stream"}


class Slow:
    """A workspace's `draft` that waits behind the first paragraph until it may go on."""

    def __init__(self, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self._draft = workspace.draft
        monkeypatch.setattr(workspace, "draft", self)

    def __call__(self, brief: Any, listener: Any, **more: Any) -> Draft:
        tell = listener.paragraph

        def paragraph(*told: Any) -> None:
            tell(*told)
            self.begun.set()
            assert self.go_on.wait(30)

        listener.paragraph = paragraph
        return self._draft(brief, listener, **more)


def ended(client: TestClient, address: str) -> dict[str, Any]:
    """The job at `address` when it has ended."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        job: dict[str, Any] = client.get(address).json()["job"]
        if job["state"] not in ("queued", "writing"):
            return job
        time.sleep(0.02)
    raise AssertionError("the job does not end")


def jobs_of(workspace: Workspace) -> DraftJobs:
    return DraftJobs(workspace.database, workspace.name)


def left_by_a_dead_process(workspace: Workspace, state: str = "writing", **ask: Any) -> Job:
    """A job as a process that died leaves it."""
    given = {"actor": "", "after": 0, "model": None, "given": {**BRIEF, "states": ["approved"]}, **ask}
    jobs = jobs_of(workspace)
    job = jobs.add("draft", "d-left000001", given, "anna")
    grow_old(jobs, job.id, state)
    return jobs.get(job.id)


def grow_old(jobs: DraftJobs, job_id: str, state: str) -> None:
    old = jobs.get(job_id).updated_at - DEAD_AFTER - timedelta(seconds=1)
    with jobs.writing(revises=False) as session:
        session.execute(
            update(JobRow)
            .where((JobRow.workspace == jobs.workspace) & (JobRow.id == job_id))
            .values(state=state, updated_at=old)
        )


def test_a_job_is_answered_at_once_and_found_again(client: TestClient) -> None:
    answer = client.post("/v1/drafts", json=BRIEF, headers=ASYNC)
    assert answer.status_code == 202
    assert answer.json().keys() == JOB.keys()
    job = answer.json()["job"]
    assert job.keys() == JOB["job"].keys()
    assert answer.headers["location"] == f"/v1/jobs/{job['id']}"
    assert answer.headers["x-draft-id"] == job["draft_id"]
    assert ended(client, answer.headers["location"])["state"] == "done"
    assert client.get(f"/v1/drafts/{job['draft_id']}").status_code == 200
    listed = client.get("/v1/jobs").json()
    assert listed.keys() == JOBS.keys()
    assert [one["id"] for one in listed["jobs"]] == [job["id"]]


def test_every_draft_leaves_a_job_and_a_failed_one_says_why(client: TestClient) -> None:
    client.post("/v1/drafts", json={**BRIEF, "inputs": {}})
    opened = client.get("/v1/jobs").json()["jobs"][0]
    assert (opened["kind"], opened["state"]) == ("draft", "done")
    address = f"/v1/drafts/{opened['draft_id']}"
    client.post(f"{address}/answers", json={"inputs": INPUTS})
    assert client.post(f"{address}/answers", json={"inputs": INPUTS}).status_code == 409
    kinds = [(one["kind"], one["state"]) for one in client.get("/v1/jobs").json()["jobs"]]
    assert kinds == [("answer", "failed"), ("answer", "done"), ("draft", "done")]
    [failed] = client.get("/v1/jobs", params={"state": "failed"}).json()["jobs"]
    assert failed["problem"]["status"] == 409


def test_jobs_come_a_page_at_a_time(client: TestClient) -> None:
    for _ in range(3):
        client.post("/v1/drafts", json={**BRIEF, "inputs": {}})
    whole = [one["id"] for one in client.get("/v1/jobs").json()["jobs"]]
    first = client.get("/v1/jobs", params={"limit": 2}).json()
    rest = client.get("/v1/jobs", params={"limit": 2, "cursor": first["next"]}).json()
    assert [one["id"] for one in first["jobs"] + rest["jobs"]] == whole
    assert rest["next"] is None
    assert client.get("/v1/jobs", params={"cursor": "nonsense"}).status_code == 422
    assert client.get("/v1/jobs", params={"state": "asleep"}).status_code == 422
    assert client.get("/v1/jobs/j-nothing").status_code == 404


def test_a_page_that_is_left_may_come_back(
    workspace: Workspace, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(workspace, monkeypatch)
    begun = client.post("/v1/drafts", json=BRIEF, headers=ASYNC)
    assert slow.begun.wait(30)
    slow.go_on.set()
    address = f"/v1/drafts/{begun.headers['x-draft-id']}"
    whole = client.get(f"{address}/events").text
    assert whole.startswith("event: section\n")
    assert whole.rstrip().split("\n\n")[-1].startswith("event: done\n")
    again = client.get(f"{address}/events", headers={"Last-Event-ID": "2"}).text
    assert again
    assert whole.endswith(again)
    assert "\nid: 3\n" in again
    assert "\nid: 2\n" not in again
    assert client.get(f"{address}/events", headers={"Last-Event-ID": "x"}).text == whole


def test_events_of_a_draft_that_this_process_did_not_write_are_its_end(
    workspace: Workspace, client: TestClient
) -> None:
    address = client.post("/v1/drafts", json=BRIEF).headers["location"]
    client.app.state.writers._known.clear()  # type: ignore[attr-defined]
    events = client.get(f"{address}/events").text
    assert events.startswith("event: done\n")
    assert events.count("event: ") == 1
    assert client.get("/v1/drafts/d-nothing/events").status_code == 404
    old = workspace.draft(Brief("success_story", INPUTS))
    assert f'"{old.id}"' in client.get(f"/v1/drafts/{old.id}/events").text


@pytest.mark.parametrize("by_job", [True, False], ids=["job", "draft"])
def test_stopping_keeps_what_is_there(
    workspace: Workspace, client: TestClient, monkeypatch: pytest.MonkeyPatch, by_job: bool
) -> None:
    slow = Slow(workspace, monkeypatch)
    begun = client.post("/v1/drafts", json=BRIEF, headers=ASYNC)
    assert slow.begun.wait(30)
    draft = f"/v1/drafts/{begun.headers['x-draft-id']}"
    stopped = client.post(f"{begun.headers['location']}/stop" if by_job else f"{draft}/stop")
    assert stopped.status_code == 202
    assert stopped.json()["job"]["state"] == "stopped"
    slow.go_on.set()
    events = client.get(f"{draft}/events").text
    assert events.rstrip().split("\n\n")[-1].startswith("event: done\n")
    kept = client.get(draft).json()
    texts = [p for s in kept["sections"] for p in s["paragraphs"]]
    assert not texts[0]["gap"]
    assert texts[-1]["gap"]
    assert ended(client, begun.headers["location"])["state"] == "stopped"
    assert client.post(f"{draft}/stop").status_code == 409


def test_there_is_nothing_to_stop(client: TestClient) -> None:
    assert client.post("/v1/jobs/j-nothing/stop").status_code == 404
    assert client.post("/v1/drafts/d-nothing/stop").status_code == 404


@pytest.mark.parametrize("state", ["queued", "writing", "interrupted"])
def test_what_a_dead_process_left_is_written_when_the_service_starts(
    workspace: Workspace, serve: Serve, state: str
) -> None:
    job = left_by_a_dead_process(workspace, state)
    client = serve(workspace)
    assert ended(client, f"/v1/jobs/{job.id}")["state"] == "done"
    draft = client.get(f"/v1/drafts/{job.draft_id}").json()
    assert draft["draft"]["id"] == job.draft_id
    assert "每月 2 次" in str(draft["sections"])
    assert client.get(f"/v1/drafts/{job.draft_id}/versions").json()["versions"][0]["created_by"] == "anna"


def test_what_was_kept_already_is_not_written_twice(workspace: Workspace, serve: Serve) -> None:
    workspace.draft(Brief("success_story", INPUTS), draft_id="d-left000001")
    job = left_by_a_dead_process(workspace)
    client = serve(workspace)
    assert ended(client, f"/v1/jobs/{job.id}")["state"] == "done"
    assert client.get(f"/v1/drafts/{job.draft_id}").json()["draft"]["version"] == 1


def test_what_cannot_be_taken_up_says_so_and_is_not_tried_for_ever(workspace: Workspace, serve: Serve) -> None:
    job = left_by_a_dead_process(workspace, model="openai:gone")
    client = serve(workspace)
    failed = ended(client, f"/v1/jobs/{job.id}")
    assert failed["state"] == "failed"
    assert failed["problem"]["detail"]


def test_a_living_process_keeps_its_jobs(workspace: Workspace) -> None:
    jobs = jobs_of(workspace)
    job = jobs.add("draft", "d-1", {}, "anna")
    jobs.begin(job.id)
    assert jobs.left(9) == []
    grow_old(jobs, job.id, "writing")
    assert [left.id for left in jobs.left(9)] == [job.id]
    assert jobs.keep_fresh([job.id]) == set()
    assert jobs.left(9) == []


def test_of_two_processes_one_takes_a_job(workspace: Workspace) -> None:
    job = left_by_a_dead_process(workspace)
    taken: list[bool] = []
    threads = [threading.Thread(target=lambda: taken.append(jobs_of(workspace).take(job))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False, False, False, True]


def test_a_job_stopped_elsewhere_is_stopped_here(workspace: Workspace) -> None:
    begun, seen = threading.Event(), threading.Event()

    def until_stopped(listener: Listener) -> Draft:
        begun.set()
        until = time.monotonic() + 120
        while not listener.stopped() and time.monotonic() < until:
            time.sleep(0.01)
        if listener.stopped():
            seen.set()
        return Draft(id="d-1", template="t", locale="en", audience="public")

    jobs, writers = jobs_of(workspace), Writers(at_once=1)
    job = jobs.add("draft", "d-1", {}, "anna")
    writers.begin(workspace.name, until_stopped, draft_id="d-1", job=KeptJob(jobs, job.id))
    assert begun.wait(5)
    jobs.stop(job.id)
    keeper = JobKeeper(workspace.database, writers, lambda _: workspace)
    keeper.round()
    assert seen.wait(10)
    writers.close(10)
    assert jobs.get(job.id).state == "stopped"


def test_jobs_of_another_workspace_are_not_there(workspace: Workspace, client: TestClient) -> None:
    other = DraftJobs(workspace.database, "other")
    ensure_workspace(workspace.database, "other", workspace.settings.now())
    job = other.add("draft", "d-1", {}, "eve")
    assert client.get("/v1/jobs").json()["jobs"] == []
    assert client.get(f"/v1/jobs/{job.id}").status_code == 404
    assert client.post(f"/v1/jobs/{job.id}/stop").status_code == 404
    assert other.get(job.id).state == "queued"
