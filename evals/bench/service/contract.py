"""The service against its own OpenAPI description: Schemathesis with every check, as an administrator."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from assistant.localization.editing import Editing
from assistant.localization.jobs.planning import Planner
from assistant.localization.jobs.records import JobOptions, SourceFile
from assistant.localization.jobs.store import LocalizationJobs
from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.scratch import environment
from evals.bench.service.served import Served, served
from evals.bench.table import Row
from knowledge.sample import load

EXAMPLES = 40
"""Generated requests for each address and method, besides those of the examples and of the coverage phase."""
MINUTES = 30
NAME = "schemathesis, all checks, authenticated: failures"
CONFIG = Path(__file__).with_name("schemathesis.toml")
BRIEF = {"template": "success_story", "inputs": {"case": "case-elevator"}, "locale": "zh-CN"}


@dataclass(frozen=True, slots=True)
class Tested:
    """How many requests there were, what failed (labels of checks and addresses), and the whole of what was said."""

    cases: int
    failures: tuple[str, ...]
    text: str


def contract(bench: Bench) -> Iterator[Row]:
    """The row of the contract; skipped where Schemathesis is not installed."""
    if importlib.util.find_spec("schemathesis") is None:
        yield Row(NAME, None, goal="≤ 0", note="schemathesis is not installed")
        return
    with TemporaryDirectory(prefix="koujing-bench-") as folder:
        home = sample_home(Path(folder) / "home")
        with served(home) as service:
            tested = run_contract(service, Path(folder), EXAMPLES)
    yield Row(NAME, len(tested.failures), goal="≤ 0", n=tested.cases, note="; ".join(tested.failures[:5]))


def sample_home(home: Path) -> Path:
    """A workspace with the sample library, without a model."""
    workspace, _ = Workspace.create(load_settings(environment(home, "extractive")))
    with workspace:
        load(workspace.library)
    localized(home)
    return home


def localized(home: Path) -> None:
    """A localization job that was given up after a segment: without a model none can be asked for."""
    with Workspace.open(load_settings(environment(home, "extractive"))) as workspace:
        jobs = LocalizationJobs(workspace.database, workspace.name)
        file = SourceFile("lifts.md", "lifts.md", "# 电梯维护\n\n我们服务制造企业。\n".encode())
        job, _ = jobs.submit(JobOptions(source="zh-CN", targets=("en", "de")), [file], "bench")
        Planner(workspace.database, workspace.name, None).plan(job.id)
        jobs.cancel(job.id)
        Editing(workspace).edit(job.id, 1, "Lift maintenance", "bench")


def run_contract(service: Served, folder: Path, examples: int) -> Tested:
    """Test the service with so many examples for each address and method; `folder` is for files of the run."""
    config, report = folder / "schemathesis.toml", folder / "report.json"
    config.write_text(CONFIG.read_text(encoding="utf-8") + _dictionaries(things(service)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run", f"{service.url}/openapi.json",
         "--max-examples", str(examples), "--no-color", "--report", "json", "--report-json-path", str(report)],
        capture_output=True, text=True, cwd=folder, timeout=60 * MINUTES,
        env={**os.environ, "KOUJING_CONTRACT_KEY": service.key, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    if not report.is_file():
        raise RuntimeError(f"schemathesis: {done.stdout[-1500:]}{done.stderr[-1500:]}")
    found = json.loads(report.read_text(encoding="utf-8"))
    failures = tuple(f"{address}: {one['title']}" for one in found["failures"] for address in one["operations"])
    errors = tuple(str(error) for error in found["errors"])
    if not found["complete"]:
        errors += (f"stopped early: {found['stop_reason']}",)
    return Tested(found["test_cases"]["generated"], failures + errors, done.stdout)


def things(service: Served) -> dict[str, list[str]]:
    """Ids of things that are there, of each sort: drafts in three states, a job, a person, a key."""
    drafts = [_asked(service, "POST", "/v1/drafts", BRIEF) for _ in range(3)]
    ids = [draft["draft"]["id"] for draft in drafts]
    for steps, id_ in (((), ids[0]), (("submit",), ids[1]), (("submit", "approve"), ids[2])):
        for step in steps:
            _asked(service, "POST", f"/v1/drafts/{id_}/{step}", {})
    job = _asked(service, "POST", "/v1/drafts", BRIEF, Prefer="respond-async")["job"]
    return {
        "drafts": ids,
        "jobs": [job["id"]],
        "entries": ["case-elevator", "case-elevator-en"],
        "customers": ["shente"],
        "templates": ["success_story", "our_story"],
        "checks": ["citation_weak"],
        "people": [_person(service)],
        "keys": [_asked(service, "POST", "/v1/keys", {"name": "another"})["id"]],
        "paragraphs": [part["id"] for section in drafts[0]["sections"] for part in section["paragraphs"]][:4],
        "sections": [section["id"] for section in drafts[0]["sections"]][:3],
        "localizations": [
            one["job"]["id"] for one in _asked(service, "GET", "/v1/localizations")["localizations"][-1:]
        ],
        "workspaces": ["default"],
    }


def _person(service: Served) -> str:
    """A member made as members are: by a one-time link."""
    link = _asked(service, "POST", "/v1/people/invitations", {"role": "editor"})["url"]
    form = {"login": "anna@example.com", "name": "Anna", "password": "a sentence of its own", "again": ""}
    form["again"] = form["password"]
    asked = urllib.request.Request(link, urlencode(form).encode(), method="POST")  # noqa: S310  # our own address
    with urllib.request.build_opener(_Stay()).open(asked, timeout=60):
        pass
    return str(_asked(service, "GET", "/v1/people")["people"][0]["id"])


class _Stay(urllib.request.HTTPRedirectHandler):
    """The answer itself, also when it leads elsewhere."""

    def http_error_303(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        return fp


def _asked(
    service: Served, method: str, path: str, body: Mapping[str, Any] | None = None, **headers: str
) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310  # our own address
        f"{service.url}{path}",
        None if body is None else json.dumps(body).encode(),
        {"Authorization": f"Bearer {service.key}", "Content-Type": "application/json", **headers},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310  # our own address
            return dict(json.load(answer))
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"{method} {path}: {error.code} {error.read()[:500].decode()}") from None


def _dictionaries(found: Mapping[str, list[str]]) -> str:
    return "".join(f"\n[dictionaries.{name}]\nvalues = {json.dumps(values)}\n" for name, values in found.items())
