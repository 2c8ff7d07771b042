"""What a model gets wrong, and what Koujing releases of it: figures, dates, qualifiers; beside chrF and the time.

Figures are judged by the eyes of the scorers, which share nothing with the checks that decided on the release.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import mean

from assistant.gateway.port import LanguageModel, Message, ModelReply, ModelRequest
from assistant.localization.segment import Segment
from assistant.localization.translating import Batch
from assistant.localization.wording import segment_translator
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.localization.kept import keep
from evals.bench.localization.segments import Sentence, as_content, english_of_k8s, of_cases, of_k8s, of_library
from evals.bench.scratch import sample_workspace
from evals.bench.table import Row
from evals.scorers.eyes.translations import changed
from knowledge.domain.errors import KoujingError
from knowledge.domain.locale import Locale, parse_locale

_PLAIN = "You are a professional translator. Translate into {target}. Keep every number, date and name exactly."


@dataclass(slots=True)
class _Tally:
    """What one direction came to."""

    raw: list[str] = field(default_factory=list)
    ours: list[str | None] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    raw_calls: int = 0
    calls: int = 0
    seconds: float = 0.0


def released(bench: Bench) -> Iterator[Row]:
    """Rows for each set and direction."""
    with sample_workspace(progress=bench.progress) as workspace:
        if not workspace.model.writes:
            yield Row("localization, released", None, note=f"skipped: {workspace.model.name} does not write")
            return
        for name, source, target, sentences in _sets(bench, workspace):
            bench.say(f"    {name}, {len(sentences)} segments …")
            yield from _rows(name, source, target, sentences, workspace)


def _sets(bench: Bench, workspace: Workspace) -> Iterator[tuple[str, Locale, Locale, list[Sentence]]]:
    zh, en, ja, de = (parse_locale(tag) for tag in ("zh-CN", "en", "ja", "de"))
    entries = workspace.library.entries.line()
    for source, target in ((zh, en), (en, zh)):
        texts = [entry.text for entry in entries if entry.locale == source.tag]
        yield f"sample, {source.language}→{target.language}", source, target, of_library(texts, source.language)
    if bench.data is None:
        return
    for source, target in ((zh, en), (en, zh)):
        here, there = source.language, target.language
        yield f"k8s_cases, {here}→{there}", source, target, of_k8s(bench.data, here, there)
        yield f"cases_zh_en, {here}→{there}", source, target, of_cases(bench.data, here)
    yield "cases_zh_en, zh→ja", zh, ja, of_cases(bench.data, "zh")
    yield "k8s_cases, en→de", en, de, english_of_k8s(bench.data)


def _rows(
    name: str, source: Locale, target: Locale, sentences: Sequence[Sentence], workspace: Workspace
) -> Iterator[Row]:
    tally = _run(source, target, sentences, workspace)
    wrong = [bool(changed(s.text, source.language, said, target.language))
             for s, said in zip(sentences, tally.raw, strict=True)]  # fmt: skip
    out = [(s, said) for s, said in zip(sentences, tally.ours, strict=True) if said is not None]
    bad = [(s, said, found) for s, said in out
           if (found := changed(s.text, source.language, said, target.language))]  # fmt: skip
    count = len(sentences)
    _keep(name, sentences, tally, bad)
    goal = "≤ 0" if target.language in ("zh", "en") else ""
    raw = f"raw model: {sum(wrong)} of {count}"
    yield Row(f"{name}: figures wrong in what is released", len(bad), "segments", goal, raw, count)
    held = 100 * (count - len(out)) / count if count else 0.0
    yield Row(f"{name}: held back", held, "%", "≤ 5" if goal else "", "", count)
    pairs = [(s, ours, raw) for s, ours, raw in zip(sentences, tally.ours, tally.raw, strict=True)
             if s.reference and ours is not None]  # fmt: skip
    if pairs:
        mine = mean(_chrf(ours, s.reference) for s, ours, _ in pairs)
        plain = mean(_chrf(raw, s.reference) for s, _, raw in pairs)
        least = f"≥ {plain - 1:.1f}"
        yield Row(f"{name}: chrF of what is released", mine, "", least, f"raw model {plain:.1f}", len(pairs))
    each = tally.seconds / count if count else 0.0
    yield Row(f"{name}: time a segment", each, "s", "", f"{tally.calls / max(count, 1):.2f} calls", count)


def _run(source: Locale, target: Locale, sentences: Sequence[Sentence], workspace: Workspace) -> _Tally:
    tally = _Tally()
    model = workspace.model
    translator = segment_translator(workspace, model.name)

    def ask(request: ModelRequest) -> ModelReply:
        tally.calls += 1
        return model.complete(request)

    for number, sentence in enumerate(sentences):
        tally.raw.append(_raw(model, sentence.text, target))
        begun = time.perf_counter()
        segment = Segment(str(number), "bench", as_content(sentence.text, source, target))
        outcome = translator.translate(Batch([segment], source, target), ask)[segment.id]
        tally.seconds += time.perf_counter() - begun
        tally.ours.append(str(outcome.target) if outcome.state.released else None)
        tally.why.append(outcome.why)
    return tally


def _raw(model: LanguageModel, text: str, target: Locale) -> str:
    """What the model makes of it when it is only told to keep the figures."""
    request = ModelRequest(
        [Message("system", _PLAIN.format(target=target.name())), Message("user", text)],
        max_tokens=60 + 3 * len(text),
    )
    try:
        return model.complete(request).text.strip()
    except KoujingError:
        return ""


def _chrf(text: str | None, reference: str) -> float:
    from sacrebleu.metrics.chrf import CHRF

    return float(CHRF().sentence_score(text or "", [reference]).score)


def _keep(
    name: str, sentences: Sequence[Sentence], tally: _Tally, bad: Sequence[tuple[Sentence, str, list[str]]]
) -> None:
    for sentence, said, found in bad:
        keep({"set": name, "source": sentence.text, "released": said, "seen": found})
    for sentence, why in zip(sentences, tally.why, strict=True):
        if why:
            keep({"set": name, "source": sentence.text, "held": why})
