"""Placeholders, tags and brands of a real site's strings, through a model that drops, doubles and translates them.

What is released is judged by patterns of the scorers' own: each placeholder as often as the source has it.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.gateway.port import ModelReply, ModelRequest, Usage
from assistant.localization.content import Content
from assistant.localization.lexicon import NoWords
from assistant.localization.segment import Segment
from assistant.localization.translating import Batch
from assistant.localization.translator import SegmentTranslator
from assistant.localization.wording import segment_translator
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.localization.kept import keep
from evals.bench.localization.segments import how_many
from evals.bench.scratch import empty_workspace
from evals.bench.table import Row
from evals.scorers.exactness import PLACEHOLDER
from knowledge.domain.errors import BadReply
from knowledge.domain.locale import parse_locale

LOCALES = {"zh-cn": "zh-CN", "ja": "ja", "de": "de", "fr": "fr", "es": "es", "pt-br": "pt-BR", "ko": "ko"}
A_CALL = 8
"""Segments in a call."""

_TOKEN = re.compile(r"\{(?:value|link|code|mark)\d+\}|</?t\d+>")
_ITEM = re.compile(r"^\[(\d+)\] (.*?)(?=^\[\d+\] |\Z)", re.MULTILINE | re.DOTALL)
_ONE = re.compile(r"^Text in [^\n]+:\n(.*?)(?:\nThe last version: .*)?\n\n?Translation in ", re.MULTILINE | re.DOTALL)
_ONE_ZH = re.compile(r"^[^\n]*原文：\n(.*?)(?:\n上一稿：.*)?\n\n?[^\n]*译文放在 text 里", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _String:
    """A string of the site with its human translations."""

    text: str
    targets: Mapping[str, str]


def placeholders(bench: Bench) -> Iterator[Row]:
    """One row: released strings with a broken placeholder, of all strings and locales."""
    if bench.data is None:
        yield Row("placeholders, mozilla_www, a model that breaks them", None, note="skipped: no public data here")
        return
    strings = _strings(bench.data / "mozilla_www" / "segments.jsonl")
    broken = out = total = 0
    humans = 0
    for here, tag in LOCALES.items():
        for wrong, released, human in _of_locale(strings, here, tag):
            broken, out, total, humans = broken + wrong, out + released, total + 1, humans + human
    altered = f"human translations alter {100 * humans / total:.2f}%"
    name = "placeholders broken in what is released, a model that breaks them"
    yield Row(name, broken, "segments", "≤ 0", altered, out)
    yield Row("of its segments held back or failed", 100 * (total - out) / total, "%", "", "", total)


def of_the_model(bench: Bench) -> Iterator[Row]:
    """The same with the configured model: some of the strings, those with placeholders and tags first."""
    if bench.data is None:
        yield Row("placeholders, mozilla_www, the configured model", None, note="skipped: no public data here")
        return
    with empty_workspace(progress=bench.progress) as workspace:
        if not workspace.model.writes:
            yield Row(
                "placeholders, the configured model", None, note=f"skipped: {workspace.model.name} does not write"
            )
            return
        strings = sorted(_strings(bench.data / "mozilla_www" / "segments.jsonl"), key=lambda one: not _marks(one.text))
        tags = [*LOCALES.values()]
        some = [(one.text, tags[number % len(tags)]) for number, one in enumerate(strings[: how_many()])]
        bench.say(f"    placeholders, {len(some)} segments …")
        translator = segment_translator(workspace, workspace.model.name)
        broken = out = 0
        for text, tag in some:
            said = _said(translator, workspace, text, tag)
            out += said is not None
            broken += said is not None and _marks(said) != _marks(text)
    held = f"{len(some) - out} of {len(some)} held back"
    yield Row("placeholders broken in what is released, the configured model", broken, "segments", "≤ 0", held, out)


def _said(translator: SegmentTranslator, workspace: Workspace, text: str, tag: str) -> str | None:
    """What is released of a text; None when it is held."""
    segment = Segment("1", "bench", Content.of(text))
    batch = Batch([segment], parse_locale("en"), parse_locale(tag))
    outcome = translator.translate(batch, workspace.model.complete)[segment.id]
    if not outcome.state.released:
        keep({"set": f"mozilla_www, {tag}", "source": text, "proposed": str(outcome.target or ""), "held": outcome.why})
        return None
    return str(outcome.target)


def _of_locale(strings: Sequence[_String], here: str, tag: str) -> Iterator[tuple[bool, bool, bool]]:
    """Of each string: broken in what was released, released, altered by the human translator."""
    translator = SegmentTranslator(NoWords())
    source, target = parse_locale("en"), parse_locale(tag)
    given = [one for one in strings if one.targets.get(here)]
    for at in range(0, len(given), A_CALL):
        some = given[at : at + A_CALL]
        model = BadModel({one.text: one.targets[here] for one in some}, seed=f"{tag} {at}")
        segments = [Segment(str(number), "bench", Content.of(one.text)) for number, one in enumerate(some)]
        outcomes = translator.translate(Batch(segments, source, target), model.ask)
        for segment, one in zip(segments, some, strict=True):
            outcome = outcomes[segment.id]
            said = str(outcome.target) if outcome.state.released else None
            wrong = said is not None and _marks(said) != _marks(one.text)
            yield wrong, said is not None, _marks(one.targets[here]) != _marks(one.text)


def _strings(path: Path) -> list[_String]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [_String(row["en"], row["t"]) for row in rows]


def _marks(text: str) -> Counter[str]:
    """The placeholders and how often. A message with variants (`{ $n -> [one] … *[other] … }`) has as many variants as
    its language needs, so there each counts once, and the names of the variants do not."""
    marks = [re.sub(r"\s+", " ", mark) for mark in PLACEHOLDER.findall(text)]
    return Counter({mark for mark in marks if mark[0] != "["} if "->" in text else marks)


class BadModel:
    """Knows the human translations, and breaks one token in three of them, items and replies now and then."""

    def __init__(self, known: Mapping[str, str], seed: str) -> None:
        self._known = known
        self._chance = random.Random(seed)  # noqa: S311  (a benchmark's, not a secret's)

    def ask(self, request: ModelRequest) -> ModelReply:
        """A reply like a careless model's. Raises `BadReply` now and then."""
        if self._chance.random() < 0.02:
            raise BadReply("the script: the reply was cut by its length limit")
        prompt = request.messages[-1].content
        items = [(number, text.strip()) for number, text in _ITEM.findall(prompt)]
        if not items:
            found = _ONE.search(prompt) or _ONE_ZH.search(prompt)
            return _reply({"text": self._translated(found.group(1).strip() if found else "")})
        said = [{"id": number, "text": self._translated(text)} for number, text in items]
        if self._chance.random() < 0.1:
            said.pop(self._chance.randrange(len(said)))
        if self._chance.random() < 0.1:
            self._chance.shuffle(said)
        if said and self._chance.random() < 0.1:
            said.append({**said[0], "text": said[-1]["text"]})
        return _reply({"items": said})

    def _translated(self, shown: str) -> str:
        """The human translation of what was shown, with the tokens of the prompt, some of them broken."""
        tokens = _TOKEN.findall(shown)
        for text, target in self._known.items():
            marks = PLACEHOLDER.findall(text)
            if _bare(text) == _bare(shown) or len(self._known) == 1:
                for mark, token in zip(marks, tokens, strict=False):
                    target = target.replace(mark, token, 1)
                return self._broken(target)
        return self._broken(shown)

    def _broken(self, text: str) -> str:
        ways = (
            lambda token: "",
            lambda token: token + token,
            lambda token: token.replace("value", "wert").replace("t", "b", 1),
            lambda token: token.strip("{}<>"),
            lambda token: token.upper(),
        )
        return _TOKEN.sub(
            lambda m: self._chance.choice(ways)(m.group()) if self._chance.random() < 0.34 else m.group(), text
        )


def _bare(text: str) -> str:
    return re.sub(r"\W", "", _TOKEN.sub("", PLACEHOLDER.sub("", text)))


def _reply(data: dict[str, Any]) -> ModelReply:
    return ModelReply(json.dumps(data, ensure_ascii=False), data, Usage(calls=1), "bad")
