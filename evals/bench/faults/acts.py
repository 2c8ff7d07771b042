"""The acts that need a model, each as it is done and as it is looked at afterwards: what the user was told, what is
kept, what is missing or there twice."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assistant.brief import Brief
from assistant.claims.judge.opinions import Remembered
from assistant.gateway.port import LanguageModel
from assistant.judging import judge_by, judged_report
from assistant.localization.jobs.asking import Patience
from assistant.localization.jobs.engine import Engine
from assistant.localization.jobs.records import Job, JobOptions, JobState, SourceFile
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.segment import SegmentState
from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.bench.faults.answers import answering
from evals.bench.faults.fake_openai import FakeOpenAI, running
from evals.bench.faults.played import SECONDS, Fault, played
from evals.bench.localization.slow_model import chinese, sentences
from knowledge.domain.errors import KoujingError
from knowledge.importing import ImportOptions
from knowledge.records import Audience, State

KEY = "sk-of-the-matrix"
SEGMENTS = 4
_PATIENCE = Patience(waits=(0.01,), busy=1.0, outage=0.5)
_CASE = """---
id: case-elevator
title: 电梯厂商预测性维护
kind: case
locale: zh-CN
---
# 电梯厂商预测性维护

## 客户痛点

一家电梯厂商在 12 个城市维护 3,000 台电梯，故障靠人工巡检发现，非计划停机每月 9 次。

## 解决方案

电梯上加装振动传感器和边缘网关，数据进入云平台，由模型提前给出预警。

## 项目效果

上线后，非计划停机由每月 9 次降至每月 2 次，备件库存下降 18%。
"""
BRIEF = Brief("success_story", {"case": "case-elevator"}, "zh-CN")
_CHECKED = "边缘网关让维护人员更早知道故障，电梯乘客等得更少。上线后，非计划停机降至每月 2 次。"


@dataclass(slots=True)
class Place:
    """A workspace whose model is the fake endpoint, and the same one with less patience for replies that do not end.
    `clean` is what each act comes to when nothing fails."""

    workspace: Workspace
    hasty: Workspace
    server: FakeOpenAI
    clean: dict[str, Seen] = field(default_factory=dict)

    def facing(self, fault: Fault) -> Place:
        """The place in which a fault is played."""
        return Place(self.hasty, self.hasty, self.server, self.clean) if fault.endless else self


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of an act: the line that the user read (empty: none), what was made (empty: nothing), where the reason
    of a gap or of a segment that was held back stands, and how often the provider was asked."""

    told: str = ""
    made: str = ""
    reasons: str = ""
    asked: int = 0


@contextmanager
def place() -> Iterator[Place]:
    """A workspace with one approved case, in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="koujing-faults-") as folder, running(answering) as server:
        environ = {"KOUJING_HOME": str(Path(folder) / "home"), "KOUJING_MODEL": "openai:fake"}
        given = {"base_url": server.base_url, "api_key": KEY, "retries": "1", "judge": "off"}
        workspace, _ = Workspace.create(load_settings(environ, timeout="300", **given))
        with workspace, Workspace.open(load_settings(environ, timeout=f"{SECONDS:g}", **given)) as hasty:
            path = Path(folder) / "case.md"
            path.write_text(_CASE, encoding="utf-8")
            workspace.library.importer().run([path], ImportOptions(state=State.APPROVED, audience=Audience.PUBLIC))
            yield Place(workspace, hasty, server)


def cell(there: Place, fault: Fault, act: str, *, lasting: bool, do: Do | None = None) -> str:
    """What is wrong with how `act` goes under `fault`; empty when all is well. `do`: another way to do it."""
    do = do or ACTS[act]
    if act not in there.clean:
        there.clean[act] = do(there)
    clean = there.clean[act]
    assert clean.made, f"{act} does not do its work even when nothing fails: {clean}"
    before = _counted(there)
    with played(fault, there.server, lasting=lasting):
        seen = do(there.facing(fault))
    made = _counted(there) - before
    return "; ".join(_wrong(fault, act, seen, clean, made, lasting=lasting))


def _wrong(fault: Fault, act: str, seen: Seen, clean: Seen, made: int, *, lasting: bool) -> Iterator[str]:
    told = f"{seen.told}\n{seen.reasons}"
    if "\n" in seen.told or KEY in told or "Traceback" in told:
        yield f"the line is not one line, or tells too much: {seen.told!r}"
    forgiven = fault.forgiven or (act == "localize" and fault.job_again)
    if not fault.says or (not lasting and forgiven):
        if seen.told or seen.reasons or seen.made != clean.made:
            yield f"something is told or made otherwise although it could be made good: {told.strip()!r}"
        if made != (act == "draft"):
            yield f"{made} drafts were kept"
        return
    if fault.says not in told:
        yield f"the reason is not told: {told.strip()!r}"
    if seen.made == clean.made and (lasting or not fault.reply):
        yield "the whole is there although nobody wrote it"
    if act == "draft" and made != fault.reply:
        yield f"{made} drafts were kept"
    if fault.id == "quota" and seen.asked != 1:
        yield f"a used-up quota was asked {seen.asked} times"


def _counted(there: Place) -> int:
    return len(there.workspace.drafts.list())


def _drafted(there: Place) -> Seen:
    """A draft by the core, as the command line and the service write it."""
    asked = begun(there)
    try:
        draft = there.workspace.draft(BRIEF)
    except KoujingError as error:
        return Seen(error.message, asked=len(there.server.bodies) - asked)
    texts = [p for _, p in draft.paragraphs() if p.by == "model"]
    gaps = "\n".join(p.text for _, p in draft.paragraphs() if "(" in p.text and not p.citations)
    return Seen("", "\n".join(p.text for p in texts), only_reasons(gaps), len(there.server.bodies) - asked)


def only_reasons(gaps: str) -> str:
    """The lines of gaps that blame the provider."""
    return "\n".join(line for line in gaps.splitlines() if "openai:fake" in line)


def _localized(there: Place) -> Seen:
    """A job of four segments; when it rests or holds some back, what it says of them."""
    asked = begun(there)
    workspace = there.workspace
    texts = sentences(SEGMENTS)
    data = "\n\n".join(texts).encode()
    jobs = LocalizationJobs(workspace.database, workspace.name)
    options = JobOptions(source="en", targets=("zh-CN",), model="openai:fake", memory=False)
    job, _ = jobs.submit(options, [SourceFile("a.md", f"{asked}.md", data)], "matrix")
    job = _worked(workspace, job)
    told = job.why if job.state is JobState.PAUSED else ""
    rows = jobs.segments(job.id, limit=None)
    _hold_to_the_truth(job, [row.state for row in rows], [row.target is not None for row in rows])
    made = "\n".join(str(row.target) for row in rows if row.state is SegmentState.TRANSLATED)
    reasons = "\n".join(row.why for row in rows if row.why)
    seen = Seen(told, made, reasons, len(there.server.bodies) - asked)
    if job.state is not JobState.PAUSED and not job.held and made.splitlines() != [chinese(text) for text in texts]:
        raise AssertionError(f"a segment has the translation of another: {made}")
    if not jobs.state(job.id).ended:
        jobs.cancel(job.id)
    return seen


def _worked(workspace: Workspace, job: Job) -> Job:
    with Engine(workspace, only=job.id, patience=_PATIENCE, concurrency=2) as engine:
        return engine.run()


def _hold_to_the_truth(job: Job, states: Sequence[SegmentState], there: Sequence[bool]) -> None:
    """Each segment has one state; what counts as translated has a target, what is still to be done has none."""
    counts = job.counts
    assert len(states) == counts["total"] == sum(count for name, count in counts.items() if name != "total")
    for state, has_target in zip(states, there, strict=True):
        assert has_target or state is not SegmentState.TRANSLATED
        assert not (has_target and state is SegmentState.PENDING)


def _judged(there: Place) -> Seen:
    """A text checked with the model as judge. Without its word the program's verdicts stand, and no answer is kept."""
    asked = begun(there)
    lines: list[str] = []
    report = there.workspace.check(_CHECKED, locale="zh-CN")
    # What it said before is not kept here: each act asks anew.
    judge = judge_by(there.workspace.model, there.workspace.settings, Remembered(), say=lines.append)
    judged = judged_report(report, judge)
    told = "\n".join(lines)
    made = "" if judged == report else "\n".join(f"{claim.verdict} by {claim.by}" for claim in judged.claims)
    return Seen(told, made, "", len(there.server.bodies) - asked)


def begun(there: Place) -> int:
    """How often the provider was asked until now; the connection to it is closed."""
    model: LanguageModel = there.workspace.model
    model.close()  # a connection that is still open would hide that nobody listens
    return len(there.server.bodies)


Do = Callable[[Place], Seen]
"""Does an act in a place."""

ACTS: Mapping[str, Do] = {
    "draft": _drafted,
    "localize": _localized,
    "judge": _judged,
}
