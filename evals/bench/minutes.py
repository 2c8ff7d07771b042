"""Minutes of public meetings (VCSum, QMSum; their dev parts) with the configured model, and the time Koujing adds.

What is counted here is counted with plain string work, not with the checks of the product. KOUJING_BENCH_MEETINGS says
how many stretches on one topic and how many whole meetings of each set ("4,1"); with a small model a topic of a meeting
takes about a quarter of a minute on one core.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from assistant.brief import brief_from_json
from assistant.gateway.port import ModelReply, ModelRequest, OnText, Usage
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.scratch import empty_workspace
from evals.bench.table import Row
from evals.cases import Case
from evals.public.meetings import qmsum, vcsum, whole_qmsum, whole_vcsum
from evals.scorers.overlap import WordTokenizer, rouge_l
from evals.scorers.phrases import folded

LONG = 60_000
"""Characters of a meeting of three hours."""

TOLD = ("discussion", "decisions", "actions", "next")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_OWNER = re.compile(r"(?:负责人：|owner: )([^；;）)]+)")
_UNNAMED = ("未指定", "not named")
_SENTENCE = re.compile(r"(?<=[。！？；;])|(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Kept:
    """The minutes of one meeting beside its reference."""

    case: Case
    document: dict[str, Any]
    seconds: float

    def told(self, sections: Sequence[str] = TOLD) -> list[dict[str, Any]]:
        """The paragraphs of some sections, gaps apart."""
        chosen = [s for s in self.document["sections"] if s["id"] in sections]
        return [p for section in chosen for p in section["paragraphs"] if not p["gap"]]

    @property
    def summary(self) -> str:
        return str(self.case.expect["summary"])


def minutes(bench: Bench) -> Iterator[Row]:
    """Per language: exact citations, reference covered, ROUGE-L, inventions, time; then the time without a model."""
    assert bench.data is not None
    stretches, wholes = _sizes()
    sets = (
        ("zh", vcsum(bench.data, stretches), whole_vcsum(bench.data, wholes)),
        ("en", qmsum(bench.data, stretches), whole_qmsum(bench.data, wholes)),
    )
    with empty_workspace(progress=bench.progress) as workspace:
        for language, parts, whole in sets:
            yield from _rows(f"minutes, {language}, one topic", [_written(c, workspace, bench) for c in parts])
            yield from _rows(f"minutes, {language}, whole meetings", [_written(c, workspace, bench) for c in whole])
    yield from own_time(bench.data)


def own_time(data: Path) -> Iterator[Row]:
    """Reading, choosing, checking and keeping the minutes of `LONG` characters with a model that answers at once."""
    with empty_workspace("extractive") as workspace:
        for language, cases in (("zh", whole_vcsum(data)), ("en", whole_qmsum(data))):
            text = "\n".join(case.ask["inputs"]["transcript"] for case in cases)
            times = []
            for number in range(5):  # another meeting each time: nothing is known from the last one
                piece = text[number * LONG : (number + 1) * LONG]
                ask = {**cases[0].ask, "inputs": {"transcript": piece}, "locale": cases[0].locale}
                model = _Instant(language)
                begun = time.perf_counter()
                workspace.draft(brief_from_json(ask), model=model)
                times.append(time.perf_counter() - begun - model.seconds)
            note = f"{model.calls} calls, at most {model.longest} characters each"
            yield Row(
                f"minutes of {LONG:,} characters, {language}, without the model", sorted(times)[2], "s", goal="≤ 1",
                n=5, note=note,
            )  # fmt: skip


def _sizes() -> tuple[int, int]:
    stretches, _, wholes = os.environ.get("KOUJING_BENCH_MEETINGS", "4,1").partition(",")
    return int(stretches), int(wholes or 0)


def _written(case: Case, workspace: Workspace, bench: Bench) -> Kept:
    begun = time.perf_counter()
    document = workspace.draft(brief_from_json({**case.ask, "locale": case.locale})).to_json()
    seconds = time.perf_counter() - begun
    kept = Kept(case, document, seconds)
    bench.say(f"  {case.id}: {seconds:.0f} s, ROUGE-L {100 * _rouge(kept):.1f}")
    _keep(kept)
    return kept


def _rows(name: str, done: Sequence[Kept]) -> Iterator[Row]:
    if not done:
        return
    items = [(kept, item) for kept in done for item in kept.told()]
    exact = [(kept, item) for kept, item in items if _rests_on_its_lines(kept, item)]
    wrong = [item["text"][:60] for kept, item in items if not _rests_on_its_lines(kept, item)]
    yield Row(
        f"{name}: items whose cited lines hold their figures and names", len(exact) / max(len(items), 1), "",
        goal="≥ 1", n=len(items), note=" | ".join(wrong[:3]),
    )  # fmt: skip
    lines = [_lines_cited(kept, item) for kept, item in items]
    yield Row(f"{name}: lines that an item cites, mean", mean(lines) if lines else 0, "", n=len(items))
    facts = [covered for kept in done for covered in _facts_covered(kept)]
    yield Row(f"{name}: reference sentences covered", sum(facts) / max(len(facts), 1), "", n=len(facts))
    yield Row(f"{name}: ROUGE-L", 100 * mean(map(_rouge, done)), "", goal="≥ 20", n=len(done))
    strangers = [stranger for kept in done for stranger in _strangers(kept)]
    yield Row(f"{name}: speakers or owners not in the transcript", len(strangers), "", goal="≤ 0", n=len(items),
              note=", ".join(strangers[:3]))  # fmt: skip
    yield Row(f"{name}: time", mean(kept.seconds for kept in done), "s", n=len(done))


def _rests_on_its_lines(kept: Kept, item: dict[str, Any]) -> bool:
    """True when every figure and every speaker of an item stands in the lines that it cites."""
    lines = folded("\n".join(e["text"] for e in kept.document["evidence"] if e["id"] in item["citations"]))
    text = folded(item["text"])
    names = [folded(name) for name in _speakers(kept) if re.search(rf"{re.escape(folded(name))}(?!\d)", text)]
    figures = set(_FIGURE.findall(text)) <= set(_FIGURE.findall(lines))
    return bool(lines) and figures and all(name in lines for name in names)


def _lines_cited(kept: Kept, item: dict[str, Any]) -> int:
    return sum(e["text"].count("\n") + 1 for e in kept.document["evidence"] if e["id"] in item["citations"])


def _facts_covered(kept: Kept) -> list[bool]:
    """For each sentence of the reference, whether half of its words stand in the minutes."""
    cut = WordTokenizer().tokenize
    said = set(cut(" ".join(item["text"] for item in kept.told())))
    found = []
    for sentence in _SENTENCE.split(kept.summary):
        words = {word for word in cut(sentence) if len(word) > (1 if kept.case.locale == "zh-CN" else 3)}
        if len(words) >= 3:
            found.append(len(words & said) / len(words) >= 0.5)
    return found


def _rouge(kept: Kept) -> float:
    """Of the discussion: that is what the references tell."""
    return rouge_l("\n".join(item["text"] for item in kept.told(("discussion",))), kept.summary)


def _strangers(kept: Kept) -> list[str]:
    transcript = folded(kept.case.ask["inputs"]["transcript"])
    named = [name for item in kept.told(("actions",)) for name in _OWNER.findall(item["text"])]
    people = [*_speakers(kept), *(name.strip() for name in named if name.strip() not in _UNNAMED)]
    return [name for name in people if folded(name) not in transcript]


def _speakers(kept: Kept) -> list[str]:
    return [str(item["text"]) for item in kept.told(("attendees",))]


class _Instant:
    """Answers at once with a sentence of the lines it was given."""

    name, destination, writes, context_tokens = "instant", "this machine", True, 8192

    def __init__(self, language: str) -> None:
        self._language = language
        self.seconds, self.calls, self.longest = 0.0, 0, 0

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """See the port."""
        begun = time.perf_counter()
        said = request.messages[-1].content.splitlines()[-1]
        name, _, words = said.partition("：" if self._language == "zh" else ": ")
        text = f"{name}认为，{words[:60]}" if self._language == "zh" else f"{name} said that {words[:120]}"
        self.calls += 1
        self.longest = max(self.longest, sum(len(message.content) for message in request.messages))
        self.seconds += time.perf_counter() - begun
        return ModelReply(text, {"title": words[:10], "text": text}, Usage(), self.name)

    def count_tokens(self, text: str) -> int:
        """A guess is enough."""
        return len(text) // 2

    def close(self) -> None:
        return


def _keep(kept: Kept) -> None:
    """With KOUJING_BENCH_OUT, the minutes are also written there, to be read by eye."""
    folder = os.environ.get("KOUJING_BENCH_OUT")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        places = {e["id"]: e["locator"] for e in kept.document["evidence"]}
        rows = [f"reference: {kept.summary}", ""]
        for section in kept.document["sections"]:
            rows.append(f"## {section['heading'] or section['id']}")
            rows += [f"- {p['text']} [{'; '.join(places[c] for c in p['citations'])}]" for p in section["paragraphs"]]
        Path(folder, f"{kept.case.id}.md").write_text("\n".join(rows) + "\n", encoding="utf-8")
