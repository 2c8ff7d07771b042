"""Public libraries that nobody here wrote: import, retrieval, five drafts. Folders and licences: docs/benchmarks.md."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assistant.brief import Brief
from assistant.drafting import new_draft_id
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.scratch import empty_workspace
from evals.bench.table import Row
from knowledge.domain.errors import KoujingError
from knowledge.importing import ImportOptions, ImportReport, Status
from knowledge.records import Audience, Scope, State

_FOLDERS = {
    "gitlab_messaging/company": "company",
    "gitlab_messaging/messaging": "position",
    "gitlab_messaging/personas": "document",
    "gitlab_messaging/competitive": "competitor",
    "gitlab_messaging/proof_points": "document",
    "gitlab_messaging/brand_and_pr": "press_kit",
    "gitlab_messaging/press_releases": "milestone",
    "gitlab_messaging/case_studies": "case",
    "gitlab_messaging/product": "product",
    "k8s_cases/en": "case",
    "k8s_cases/zh-cn": "case",
    "k8s_cases/ja": "case",
}
_LOCALES = {"en": "en", "zh-cn": "zh-CN", "ja": "ja"}

_QUESTIONS = (
    ("Why did adidas move to Kubernetes?", "adidas"),
    ("How did Bose connect its products?", "bose"),
    ("中国联通用 Kubernetes 节省了多少资源？", "chinaunicom"),
    ("蚂蚁金服如何管理集群？", "ant-financial"),
    ("What did GitLab announce about SOC 2?", "soc2"),
    ("Which certifications did GitLab receive?", "soc2"),
    ("How much money did GitLab raise in the C round?", "c-round"),
    ("What is GitLab's mission?", "mission"),
)
"""Questions of our own, and a part of the name of the file that answers each."""

_BRIEFS = (
    Brief("success_story", {"case": "en-adidas"}, "en"),
    Brief("success_story", {"case": "zh-cn-chinaunicom"}, "zh-CN"),
    Brief(
        "press_release",
        {"subject": "GitLab SOC 2 and certifications", "date": "2021-02-04", "city": "San Francisco"},
        "en",
    ),
    Brief("competitor_analysis", {"product": "GitLab", "goal": "learn", "stage": "on sale"}, "en"),
    Brief("brand_house", {"period": "2027"}, "en"),
)


def real(bench: Bench) -> Iterator[Row]:
    """Files, passages, seconds, failures; questions answered; figures without support before and after repair."""
    assert bench.data is not None
    with empty_workspace(progress=bench.progress) as workspace:
        begun = time.perf_counter()
        reports = [_import(workspace, bench.data / folder, kind) for folder, kind in _FOLDERS.items()]
        seconds = time.perf_counter() - begun
        yield Row("real: files imported", sum(_read(report) for report in reports), "files")
        yield Row("real: files refused", sum(r.count(Status.FAILED) for r in reports), "files", note=_refused(reports))
        passages = sum(report.passages for report in reports)
        yield Row("real: passages", passages, "passages")
        yield Row("real: import", seconds, "s", note=f"{passages / seconds:.0f} passages/s")
        found = sum(_answers(workspace, query, name) for query, name in _QUESTIONS)
        yield Row("real: questions whose file is among the first 5", found / len(_QUESTIONS), "", n=len(_QUESTIONS))
        for brief in _BRIEFS:
            yield from _draft(workspace, brief, bench)


def _import(workspace: Workspace, folder: Path, kind: str) -> ImportReport:
    options = ImportOptions(
        kind=kind,
        audience=Audience.PUBLIC,
        state=State.APPROVED,
        by="benchmark",
        locale=_LOCALES.get(folder.name),
    )
    return workspace.library.importer().run([folder], options)


def _read(report: ImportReport) -> int:
    return len(report.items) - report.count(Status.FAILED)


def _refused(reports: list[ImportReport]) -> str:
    return "; ".join(f"{i.source}: {i.message}" for r in reports for i in r.items if i.status is Status.FAILED)


def _answers(workspace: Workspace, query: str, name: str) -> bool:
    hits = workspace.search(query, Scope(audience=Audience.PUBLIC), 5)
    return any(name in hit.passage.entry.source for hit in hits)


def _draft(workspace: Workspace, brief: Brief, bench: Bench) -> Iterator[Row]:
    case = brief.inputs.get("case", "")
    name = f"real: {brief.template} {case}".strip()
    drafter = workspace.drafter()
    begun = time.perf_counter()
    try:
        draft, desk = drafter.write(replace(brief), workspace.templates.get(brief.template), new_draft_id())
    except KoujingError as error:
        yield Row(name, None, note=f"failed: {error}")
        return
    seconds = time.perf_counter() - begun
    figures = [claim for claim in draft.claims if claim.kind in ("quantity", "money", "percent", "date")]
    left = sum(claim.verdict in ("unsupported", "contradicted") for claim in figures)
    silent = sum(any(p.gap for p in s.paragraphs) for s in draft.sections)
    bench.say(f"  {name}: {seconds:.0f} s, unsupported {desk.unsupported_at_first} -> {left}")
    yield Row(
        f"{name}: unsupported figures after repair", left, "", goal="≤ 0",
        baseline=f"before repair {desk.unsupported_at_first}", n=len(figures),
        note=f"{seconds:.0f} s, {silent} of {len(draft.sections)} sections with a gap",
    )  # fmt: skip
