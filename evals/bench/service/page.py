"""The draft page in Chromium: how soon it can be used, whether anything jumps, whether everybody can use it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from assistant.brief import Brief
from assistant.draft import Claim, Draft, Evidence, EvidenceSpan, Paragraph, Section
from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.scratch import environment
from evals.bench.service.served import Served, served
from evals.bench.table import Row
from knowledge.domain.finding import Finding, Severity, Span

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

CLAIMS, PASSAGES, PER_PARAGRAPH = 60, 40, 3
LOADS = 9
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync")  # fmt: skip
PASSWORD = "a sentence for benchmarks only"
_SHIFTS = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 600);
})"""
_READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def page(bench: Bench) -> Iterator[Row]:
    """A draft of 60 claims and 40 passages, opened again and again by somebody who is signed in; in zh and en."""
    name = f"console: draft page with {CLAIMS} claims and {PASSAGES} passages"
    browser = next(filter(None, map(shutil.which, CHROMIUM)), None)
    try:
        from axe_playwright_python.sync_playwright import Axe
        from playwright.sync_api import sync_playwright
    except ImportError:
        yield Row(name, None, note="skipped: playwright is not installed; `make test` installs it")
        return
    if browser is None:
        yield Row(name, None, note="skipped: no Chromium here; install chromium")
        return
    with TemporaryDirectory(prefix="koujing-bench-") as folder:
        home = Path(folder) / "home"
        drafts = [_keep(home, locale) for locale in ("zh-CN", "en")]
        with served(home) as service, sync_playwright() as play:
            chromium = play.chromium.launch(executable_path=browser, args=list(ARGUMENTS))
            context = chromium.new_context(viewport={"width": 1280, "height": 900})
            _sign_in(context.new_page(), service)
            seconds, shifts, serious = [], 0.0, []
            for draft in drafts:
                address = f"{service.url}/drafts/{draft}"
                seconds += [_opened(context, address)[0] for _ in range(LOADS)]
                shifts = max(shifts, _opened(context, address)[1])
                serious += _serious(context, address, Axe())
            chromium.close()
    yield Row(f"{name}: interactive", median(seconds), "s", goal="≤ 1", baseline=f"slowest {max(seconds):.2f} s",
              n=len(seconds))  # fmt: skip
    yield Row(f"{name}: layout shift", round(shifts, 4), goal="≤ 0", n=len(drafts))
    yield Row(f"{name}: serious findings of axe-core", len(serious), goal="≤ 0", n=len(drafts),
              note="; ".join(sorted(set(serious))))  # fmt: skip


def _opened(context: BrowserContext, address: str) -> tuple[float, float]:
    """Seconds until the page can be used (its scripts have run), how much it jumped while claims were pointed at."""
    opened = context.new_page()
    opened.goto(address)
    seconds = float(opened.evaluate(_READY)) / 1000
    marks = opened.locator("#sheet mark.claim")
    for number in (0, 1, 2):
        marks.nth(number).hover()
    shifts = float(opened.evaluate(_SHIFTS))
    opened.close()
    return seconds, shifts


def _serious(context: BrowserContext, address: str, axe: Any) -> list[str]:
    opened = context.new_page()
    opened.goto(address)
    found = axe.run(opened).response["violations"]
    opened.close()
    return [violation["id"] for violation in found if violation["impact"] in ("serious", "critical")]


def _sign_in(opened: Page, service: Served) -> None:
    """The first administrator, by the one-time link."""
    opened.goto(service.setup_url)
    opened.fill("[name=login]", "bench")
    opened.fill("[name=name]", "Bench")
    for field in opened.locator("input[type=password]").all():
        field.fill(PASSWORD)
    opened.locator("main form button").last.click()
    opened.wait_for_url(f"{service.url}/")


def _keep(home: Path, locale: str) -> str:
    """A made-up draft; every third claim has no source. Its id."""
    workspace, _ = Workspace.create(load_settings(environment(home, "extractive")))
    zh = locale.startswith("zh")
    evidence = [_evidence(number, zh, locale) for number in range(PASSAGES)]
    paragraphs, claims, findings = [], [], []
    for number in range(CLAIMS // PER_PARAGRAPH):
        text, spans = "", []
        for part in range(PER_PARAGRAPH):
            figure = f"{11 + number * PER_PARAGRAPH + part}%"
            said = (
                f"第 {number + 1} 条产线的停机减少 {figure}。"
                if zh
                else f"Line {number + 1} stands still {figure} less. "
            )
            spans.append(Span(len(text) + said.index(figure), len(text) + said.index(figure) + len(figure)))
            text += said
        id_ = f"p{number}"
        paragraphs.append(Paragraph(id_, text, (f"S{number % PASSAGES + 1}",)))
        for part, span in enumerate(spans):
            wrong = part == PER_PARAGRAPH - 1
            source = evidence[(number * PER_PARAGRAPH + part) % PASSAGES]
            rests = () if wrong else (EvidenceSpan(source.id, Span(0, 12)),)
            claims.append(Claim(f"c{number}-{part}", id_, span, span.of(text), "percent",
                                "unsupported" if wrong else "supported", rests))  # fmt: skip
            if wrong and number % 4 == 0:
                findings.append(Finding("number_unsupported", Severity.ERROR, "no source says it", id_, span))
    sections = tuple(
        Section(f"part-{n}", f"第 {n + 1} 部分" if zh else f"Part {n + 1}", tuple(paragraphs[n * 4 : n * 4 + 4]))
        for n in range(5)
    )
    draft = Draft(
        f"d-bench-{locale.lower()}",
        "success_story",
        locale,
        "public",
        title="二十条产线" if zh else "Twenty lines",
        sections=sections,
        evidence=tuple(evidence),
        claims=tuple(claims),
        findings=tuple(findings),
        model="extractive",
    )
    with workspace:
        workspace.drafts.save(draft, Brief("success_story", locale=locale), [], workspace.settings.now(), by="bench")
    return draft.id


def _evidence(number: int, zh: bool, locale: str) -> Evidence:
    line = number + 1
    text = (
        f"产线 {line} 的记录：上线三个月后，计划外停机的小时数逐月下降，班组长每周复核一次原因。"
        if zh
        else f"Notes of line {line}: hours of unplanned stops went down month by month; causes are looked at weekly."
    )
    return Evidence(
        f"S{line}",
        text,
        locale,
        entry_id=f"line-{line}",
        version=1,
        title=f"Line {line}",
        source=f"lines/line-{line}.md",
        locator=f"line {line + 3}",
        state="approved",
        approved_by="anna",
        kind="case",
    )
