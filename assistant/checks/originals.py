"""Whether a text made from another one rests on that one alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.checks.base import DraftView
from assistant.checks.rules import RuleCheck
from assistant.draft import Evidence, Paragraph
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.folding import fold
from knowledge.domain.words import Record, Words
from prompts.template import Rule


class OfOriginal(Record):
    """The input that gives the original: a document, or an entry of the library."""

    input: str


class BeyondOriginal(RuleCheck[OfOriginal]):
    """A paragraph that rests on something other than the original from which the text is made. What the brief says, and
    the template's own method, may be used: neither is a claim about the company."""

    id = "beyond_original"
    severity = Severity.ERROR
    title = Words(zh="超出原文", en="Beyond the original")
    parameters = OfOriginal
    inputs = ("input",)

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: OfOriginal
    ) -> Iterator[Finding]:
        original = _original(view, parameters.input)
        for paragraph in paragraphs:
            beyond = [e for e in view.draft.cited(paragraph) if not _within(e, parameters.input, original)]
            if beyond:
                ids = ", ".join(e.id for e in beyond)
                yield self.finding(
                    Words(
                        zh=f"这一段还依据了原文以外的资料（{ids}）；只写原文里有的内容",
                        en=f"this rests on more than the original ({ids}); say only what the original says",
                    ),
                    view.locale, paragraph.id, evidence=[e.id for e in beyond],
                )  # fmt: skip


def _original(view: DraftView, name: str) -> frozenset[str]:
    """The ids of the entry that an input names, with its translation; empty where the input is a document."""
    declared = view.template.input(name) if view.template else None
    if declared is None or declared.type != "entry":
        return frozenset()
    asked = fold(view.draft.inputs.get(name, "").strip())
    library = [e for e in view.draft.evidence if e.entry_id]
    meant = (e.entry_id for e in library if asked and (asked == fold(e.entry_id or "") or asked in fold(e.title)))
    named = {entry for entry in meant if entry}
    if named:
        return frozenset(named)
    # Named in another language, or by a name that is an alias here: the entry that the text rests on most.
    cited = Counter(e.entry_id for _, p in view.draft.paragraphs() for e in view.draft.cited(p) if e.entry_id)
    return frozenset(entry for entry, _ in cited.most_common(1))


def _within(evidence: Evidence, name: str, original: frozenset[str]) -> bool:
    if evidence.origin in ("brief", "template"):
        return True
    return (evidence.origin == "input" and evidence.source == name) or evidence.entry_id in original
