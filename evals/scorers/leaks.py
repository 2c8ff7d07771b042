"""Whether something that must stay unsaid stands anywhere: in the text, in the evidence, in what the model was told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from evals.cases import Case
from evals.scorers.base import Measure, Scorer, Shown, Tally
from evals.scorers.eyes.pages import paragraphs
from evals.scorers.phrases import occurs
from evals.subjects.port import Answer

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Leaks(Scorer):
    """`expect.unsaid`: names and phrases. Gaps, headings, titles of sources and findings are read as well."""

    id = "leaks"
    version = 1
    measures = (Measure("leaks", "secrets that stand in the text, the evidence or the prompts", "lower"),)

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        """Raises `Unscored`: not a draft."""
        secrets = case.expect.get("unsaid", ())
        if not secrets:
            return {}
        places = [(place, _UNSEEN.sub("", text)) for place, text in _places(answer) if text]
        shown = []
        for secret in secrets:
            found = [(place, text) for place, text in places if occurs(secret, text)]
            shown += [Shown(secret, text[:1500], f"in {place}", True) for place, text in found[:1]]
        return {"leaks": Tally(len(shown), len(secrets), tuple(shown))}


def _places(answer: Answer) -> Iterator[tuple[str, str]]:
    document = answer.document
    yield "the title", document.get("title") or ""
    for section, paragraph in paragraphs(document):
        yield f"the heading of {section.get('id', '')}", section.get("heading") or ""
        yield f"section {section.get('id', '')}", paragraph["text"]
    for item in document.get("evidence", ()):
        yield f"evidence {item['id']}", "\n".join(str(item.get(key) or "") for key in ("title", "source", "text"))
    for finding in document.get("findings", ()):
        yield f"the finding {finding['check']}", f"{finding.get('message') or ''}\n{finding.get('fix') or ''}"
    for prompt in answer.prompts:
        yield f"the prompt for {prompt.section}", "\n".join(text for _, text in prompt.messages)
        yield f"the reply for {prompt.section}", prompt.reply
