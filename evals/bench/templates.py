"""Every template in Chinese and English from the sample library: shape, release, facts, gaps; what no source says.

Scored by the evals' own eyes, which share nothing with the product's checks. With KOUJING_BENCH_OUT the drafts are
written there, to be read.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.bench import Bench
from evals.bench.scratch import sample_workspace
from evals.bench.table import Row
from evals.cases import Case, golden
from evals.scorers.base import Unscored
from evals.scorers.eyes.pages import paragraphs, released
from evals.scorers.shape import Shape
from evals.scorers.support import Held, held
from evals.scorers.yields import Yields
from evals.subjects.here import Here
from evals.subjects.port import Answer
from evals.subjects.scripted import model_of
from evals.suites.drafting import Drafting
from knowledge.domain.errors import KoujingError
from prompts.loader import Templates

LOCALES = ("zh-CN", "en")
KINDS = ("figures", "dates", "names", "quotes")


@dataclass(frozen=True, slots=True)
class Written:
    """One draft as it came out; `error` says why there is none."""

    case: Case
    answer: Answer
    seconds: float
    error: str = ""

    @property
    def name(self) -> str:
        return f"{self.case.ask['template']}/{self.case.locale}"

    @property
    def unsupported(self) -> list[Held]:
        """What it says that its sources do not."""
        return [item for item in held(self.case, self.answer) if not item.right] if not self.error else []

    @property
    def errors(self) -> list[str]:
        """The checks whose findings hold it back."""
        return [f["check"] for f in self.answer.document.get("findings", ()) if f["severity"] == "error"]

    @property
    def gaps(self) -> list[str]:
        """Sections with a gap that the case does not ask for; cells of a table may be unknown, and what only the brief
        can say (who kept the minutes) may be missing from it."""
        template = Templates().get(self.case.ask["template"]).template
        of_brief = {section.id for section in template.sections if section.write == "brief"}
        wanted = of_brief | set(self.case.expect.get("gaps", ()))
        return [
            s["id"] for s, p in _paragraphs(self) if p["gap"] and not p.get("cell") and s["id"] not in wanted
        ]  # fmt: skip

    @property
    def uncited(self) -> int:
        """Paragraphs that are no gap and cite nothing that is among the evidence."""
        known = {item["id"] for item in self.answer.document.get("evidence", ())}
        return sum(not p["gap"] and not known & set(p["citations"]) for _, p in _paragraphs(self))


def templates(bench: Bench) -> Iterator[Row]:
    """Rows over all drafts, then one for each template."""
    with sample_workspace(progress=bench.progress) as workspace:
        model = bench.settings.text("model") or "local"
        subject = Here(workspace, model_of(model, bench.settings, bench.progress))
        done = [ask(subject, case, bench) for case in briefs()]
    yield from totals(done)
    for name in sorted({item.case.ask["template"] for item in done}):
        yield _template(name, [item for item in done if item.case.ask["template"] == name])


def briefs() -> list[Case]:
    """The first golden case of each template and locale."""
    found: dict[tuple[str, str], Case] = {}
    for case in sorted(golden("drafting"), key=lambda case: not case.core):
        if case.locale in LOCALES and case.expect.get("blocked") is not True:
            found.setdefault((case.ask["template"], case.locale), case)
    return [found[key] for key in sorted(found)]


def ask(subject: Here, case: Case, bench: Bench) -> Written:
    """A draft of the case, kept for the eye where a folder is set."""
    begun = time.perf_counter()
    try:
        answer = Drafting().ask(case, subject)
        error = "" if answer.document.get("sections") else f"open: {answer.document.get('questions')}"
    except KoujingError as fault:
        answer, error = Answer({}), str(fault)
    done = Written(case, answer, time.perf_counter() - begun, error)
    bench.say(
        f"  {case.id}: {done.seconds:.0f} s, errors {done.errors}, gaps {done.gaps}, "
        f"unsupported {[f'{h.kind}: {h.text}' for h in done.unsupported]} {error}"
    )
    _keep(done)
    return done


def totals(done: Sequence[Written]) -> Iterator[Row]:
    """What the figures' table asks of all templates together."""
    whole = [item for item in done if not item.error]
    kinds = len({item.case.ask["template"] for item in done})
    yield Row("templates: drafts written", len(whole), "", n=len(done), note=f"{kinds} templates × zh, en")
    sound = [item for item in whole if not item.uncited and _shaped(item)]
    note = ", ".join(item.name for item in done if item not in sound)
    yield Row("templates: shape valid, every paragraph cited or a gap", len(sound), "", goal=f"≥ {len(done)}",
              n=len(done), note=note)  # fmt: skip
    free = [item for item in whole if released(item.answer.document)]
    note = "; ".join(f"{item.name}: {', '.join(sorted(set(item.errors)))}" for item in whole if item.errors)
    yield Row("templates: releasable", len(free) / max(1, len(done)), "", goal="≥ 0.8", n=len(done), note=note)
    facts = [_facts(item) for item in whole]
    said, of = sum(f[0] for f in facts), sum(f[1] for f in facts)
    yield Row("templates: required facts present", said / max(1, of), "", goal="≥ 0.8", n=int(of))
    gaps = [f"{item.name}/{section}" for item in whole for section in item.gaps]
    yield Row("templates: gaps although the library has it", len(gaps), "", goal="≤ 0", n=len(done),
              note=", ".join(gaps))  # fmt: skip
    for kind in KINDS:
        wrong = [f"{i.name}: {h.text}" for i in free for h in i.unsupported if h.kind == kind]
        looked = sum(h.kind == kind for i in free for h in held(i.case, i.answer))
        yield Row(f"templates: unsupported {kind}, released drafts", len(wrong), "", goal="≤ 0", n=looked,
                  note="; ".join(wrong[:8]))  # fmt: skip
    yield Row("templates: seconds a draft, mean", sum(i.seconds for i in done) / max(1, len(done)), "s", n=len(done))


def _template(name: str, done: Sequence[Written]) -> Row:
    errors = [check for item in done for check in item.errors]
    said = [_facts(item) for item in done if not item.error]
    facts = f"facts {sum(f[0] for f in said):.0f} of {sum(f[1] for f in said):.0f}"
    gaps = [f"{item.case.locale} {section}" for item in done for section in item.gaps]
    wrong = [f"{h.kind}: {h.text}" for item in done for h in item.unsupported]
    seconds = " and ".join(f"{item.seconds:.0f}" for item in done)
    note = "; ".join(
        filter(None, (facts, f"{seconds} s", ", ".join(sorted(set(errors))), *(f"gap {g}" for g in gaps), *wrong[:4]))
    )
    return Row(f"template {name}: errors left after repair", len(errors), "", n=len(done), note=note)


def _facts(item: Written) -> tuple[float, float]:
    try:
        tally = Yields().score(item.case, item.answer).get("facts_present")
    except Unscored:
        return 0.0, float(len(item.case.expect.get("facts", ())))
    return (tally.hits, tally.of) if tally else (0.0, 0.0)


def _shaped(item: Written) -> bool:
    try:
        tally = Shape().score(item.case, item.answer)["sections_present"]
    except Unscored:
        return False
    return not isinstance(tally, Unscored) and tally.hits == tally.of


def _paragraphs(item: Written) -> Iterator[tuple[Any, Any]]:
    return iter(()) if item.error else paragraphs(item.answer.document)


def _keep(item: Written) -> None:
    folder = os.environ.get("KOUJING_BENCH_OUT")
    if not folder or item.error:
        return
    from assistant.draft import draft_from_json
    from assistant.export import export

    Path(folder).mkdir(parents=True, exist_ok=True)
    path = Path(folder) / f"{item.case.ask['template']}.{item.case.locale}.md"
    export(draft_from_json(item.answer.document), path)
    path.with_suffix(".json").write_text(json.dumps(item.answer.document, ensure_ascii=False), encoding="utf-8")
