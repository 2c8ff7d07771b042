"""Whether the terms of a real glossary are honoured in what is released: Kubernetes' own, in sentences that hold them.

Judged by the eyes of the scorers, which share nothing with the product's finder of terms.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.localization.segment import Segment
from assistant.localization.translating import Batch
from assistant.localization.wording import segment_translator
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.localization.kept import keep
from evals.bench.localization.segments import Sentence, as_content, how_many, of_k8s
from evals.bench.scratch import empty_workspace
from evals.bench.table import Row
from evals.scorers.eyes.terms import lacking, terms_of
from knowledge.domain.locale import Locale, parse_locale
from knowledge.records import Term

_FORMS = re.compile(r"\s*[(（/、]\s*|[)）]")
_EN, _ZH = parse_locale("en"), parse_locale("zh-CN")


def terms(bench: Bench) -> Iterator[Row]:
    """Two rows for each direction: terms honoured of those in released segments, and segments held back."""
    if bench.data is None:
        yield Row("terms honoured, Kubernetes glossary", None, note="skipped: no public data here")
        return
    with empty_workspace(progress=bench.progress) as workspace:
        if not workspace.model.writes:
            yield Row(
                "terms honoured, Kubernetes glossary", None, note=f"skipped: {workspace.model.name} does not write"
            )
            return
        pairs = _glossary(bench.data / "glossary" / "k8s_glossary.json")
        for source, target in ((_EN, _ZH), (_ZH, _EN)):
            sentences = of_k8s(bench.data, source.language, target.language, 10 * how_many())
            yield from _of(bench, workspace, pairs, sentences, source, target)


def _of(
    bench: Bench,
    workspace: Workspace,
    pairs: Sequence[tuple[list[str], list[str]]],
    sentences: Sequence[Sentence],
    source: Locale,
    target: Locale,
) -> Iterator[Row]:
    here, there = source.language, target.language
    forms: dict[str, list[str]] = {}
    for english, chinese in pairs:
        ours, theirs = (english, chinese) if here == "en" else (chinese, english)
        forms.setdefault(ours[0], []).extend(theirs)
    given = tuple(Term(term, source.tag, {target.tag: some[0]}) for term, some in forms.items())
    texts = [one for one in sentences if terms_of(one.text, list(forms), here)][: how_many()]
    name = f"glossary terms, {here}→{there}"
    bench.say(f"    {name}, {len(texts)} segments …")
    lost, count, held = _judged(workspace, texts, given, forms, source, target, name)
    share = 100 * (count - lost) / count if count else None
    yield Row(f"{name}: honoured in what is released", share, "%", "≥ 99", f"{len(forms)} terms", count)
    yield Row(f"{name}: held back", 100 * held / max(len(texts), 1), "%", "", "", len(texts))


def _judged(
    workspace: Workspace,
    texts: Sequence[Sentence],
    given: Sequence[Term],
    forms: dict[str, list[str]],
    source: Locale,
    target: Locale,
    name: str,
) -> tuple[int, int, int]:
    """Terms lost, terms in all that was released, segments held."""
    translator = segment_translator(workspace, workspace.model.name, given)
    lost = count = held = 0
    for number, one in enumerate(texts):
        segment = Segment(str(number), "bench", as_content(one.text, source, target))
        outcome = translator.translate(Batch([segment], source, target), workspace.model.complete)[segment.id]
        if not outcome.state.released:
            held += 1
            keep({"set": name, "source": one.text, "proposed": str(outcome.target or ""), "held": outcome.why})
            continue
        missing, total = lacking(one.text, str(outcome.target), forms, source.language, target.language)
        lost, count = lost + len(missing), count + total
        if missing:
            keep({"set": name, "source": one.text, "released": str(outcome.target), "seen": missing})
    return lost, count, held


def _glossary(path: Path) -> list[tuple[list[str], list[str]]]:
    """English and Chinese forms of each term; a form in brackets is another way to say it."""
    found = []
    for one in json.loads(path.read_text(encoding="utf-8"))["terms"].values():
        if "en" in one and "zh-cn" in one:
            english, chinese = ([f for f in _FORMS.split(one[tag]["term"]) if f] for tag in ("en", "zh-cn"))
            if english and chinese:
                found.append((english, chinese))
    return found
