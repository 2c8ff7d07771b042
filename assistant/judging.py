"""The judge at work on checked texts and drafts: their claims judged, and the findings that follow from them anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.checking import CheckReport
from assistant.checks.base import ParagraphCheck, ParagraphView
from assistant.checks.policy import Policy
from assistant.checks.standards import Standards
from assistant.checks.statements import StatementContradicted, StatementUnsupported
from assistant.claims.judge.judge import Judge, Passage
from assistant.claims.judge.opinions import Kept, Opinions
from assistant.draft import Claim, Draft, Evidence, Paragraph
from assistant.gateway import weights
from assistant.gateway.port import LanguageModel
from assistant.progress import Progress
from assistant.settings import Settings
from knowledge.domain.errors import InputError, KoujingError
from knowledge.domain.finding import Finding, Span
from knowledge.domain.locale import Locale
from knowledge.store.judgements import Judgements

if TYPE_CHECKING:
    from assistant.workspace import Workspace

CHECKS: tuple[ParagraphCheck, ...] = (StatementContradicted(), StatementUnsupported())
"""Those whose findings follow from statements."""
_IDS = frozenset(check.id for check in CHECKS)


def judged_report(report: CheckReport, judge: Judge, policy: Policy | None = None) -> CheckReport:
    """A checked text, judged. `policy` is the one that the text was checked by."""
    locale = Locale(report.locale)
    (claims,) = judge.judged([Passage(report.text, report.claims, report.evidence)], locale)
    if claims == report.claims:
        return report
    whole = Paragraph("", report.text, tuple(evidence.id for evidence in report.evidence), by="person")
    before = _findings(whole, report.claims, report.evidence, locale)
    after = [replace(finding, paragraph=None) for finding in _findings(whole, claims, report.evidence, locale)]
    kept = [finding for finding in report.findings if finding.check not in _IDS]
    change = Counter(finding.check for finding in after)
    change.subtract(finding.check for finding in before)
    return replace(
        report,
        claims=claims,
        findings=tuple(sorted([*kept, *(policy or Policy()).apply(after)], key=_place_in_text)),
        rulings=tuple(replace(r, findings=r.findings + change[r.ruling.check]) for r in report.rulings),
    )


def judged_draft(draft: Draft, judge: Judge, policy: Policy | None = None) -> Draft:
    """A checked draft, judged: each paragraph against what it cites. `judge.usage` says what the calls used."""
    locale = Locale(draft.locale)
    paragraphs = [paragraph for _, paragraph in draft.paragraphs()]
    before = [tuple(claim for claim in draft.claims if claim.paragraph == p.id) for p in paragraphs]
    passages = [Passage(p.text, claims, draft.cited(p)) for p, claims in zip(paragraphs, before, strict=True)]
    after = judge.judged(passages, locale)
    known = {claim.id: claim for claims in after for claim in claims}
    changed = [(p, new) for p, old, new in zip(paragraphs, before, after, strict=True) if old != new]
    names = {paragraph.id for paragraph, _ in changed}
    kept = [finding for finding in draft.findings if finding.check not in _IDS or finding.paragraph not in names]
    fresh = [finding for p, claims in changed for finding in _findings(p, claims, draft.evidence, locale)]
    return replace(
        draft,
        claims=tuple(known.get(claim.id, claim) for claim in draft.claims),
        findings=(*kept, *(policy or Policy()).apply(fresh)),
    )


def judge_report(workspace: Workspace, report: CheckReport, say: Callable[[str], None]) -> CheckReport:
    """A text that `workspace` checked, judged by its model; `say` is told where the text goes, and what went wrong."""
    try:
        model = workspace.model
    except KoujingError as error:
        say(f"judge: {error.message}; the program's verdicts stand")
        return report
    say(f"Judge: {model.name}; statements and their evidence go to {model.destination}.")
    return judged_report(report, judge_of(workspace, say), workspace.policy())


def judge_of(workspace: Workspace, say: Callable[[str], None] | None = None) -> Judge:
    """The judge of a workspace: its model, with what it said before. Nothing is asked before it is needed."""
    kept = Judgements(workspace.database, workspace.name)
    return judge_by(workspace.model, workspace.settings, kept, workspace.progress, say)


def judge_by(
    model: LanguageModel,
    settings: Settings,
    kept: Kept,
    progress: Progress | None = None,
    say: Callable[[str], None] | None = None,
) -> Judge:
    """A model as judge. The small local one is asked one by one: it mixes up what stands in one prompt, and reads the
    beginning of the next prompt from its cache."""
    opinions = Opinions(
        model,
        kept,
        identity=_identity(model, settings),
        at_once=1 if model.name == "local" else 8,
        seed=settings.whole("seed"),
        progress=progress,
    )
    return Judge(opinions, say)


def is_on(settings: Settings) -> bool:
    """Whether KOUJING_JUDGE asks for the judge. Raises `InputError` for another word than on and off."""
    value = settings.text("judge").lower()
    if value not in ("on", "off"):
        raise InputError(f"KOUJING_JUDGE='{value}' is neither on nor off")
    return value == "on"


def _identity(model: LanguageModel, settings: Settings) -> str:
    """Which model exactly, as far as one can know: another one is asked anew."""
    if model.name != "local":
        return f"{model.name} {settings.text('base_url')}".strip()
    return f"local {settings.text('gguf') or weights.DEFAULT.sha256}"


def _findings(
    paragraph: Paragraph, claims: Sequence[Claim], evidence: Sequence[Evidence], locale: Locale
) -> list[Finding]:
    """What the checks of statements find, before any ruling."""
    cited = [item for item in evidence if item.id in paragraph.citations]
    view = ParagraphView(paragraph, cited, evidence, Standards(locale), claims)
    return [finding for check in CHECKS for finding in check.check(view)]


def _place_in_text(finding: Finding) -> tuple[bool, Span]:
    return finding.span is None, finding.span or Span(0, 0)
