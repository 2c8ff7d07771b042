"""A page on which people add labels: one offline HTML file, blind, its answers kept in the browser until saved."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.judging.criteria import STEPS, Criterion, criteria_for, purpose
from evals.judging.labels import Label, text_key
from evals.judging.page_words import WORDS
from evals.judging.pairs import Pair
from evals.judging.texts import blind
from evals.running.record import CaseResult, Run
from knowledge.domain.locale import parse_locale

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
_ENDS = frozenset('。！？；.!?;…”"')
_STEPS_OF_PAIRS = ("left", "equal", "right")


def write_label_page(
    run: Run,
    path: Path,
    labels: Sequence[Label] = (),
    locale: str = "en",
    *,
    pairs: Sequence[Pair] = (),
) -> None:
    """Write the page for the drafts of a run, or for `pairs` when there are any.

    Who or what wrote a text is not said, and a judge's verdict is shown only when the text is labelled and cannot be
    changed any more. `labels` are those there already: texts without any come first. `locale` is that of the page
    (zh or en); texts stay in theirs. What it saves is what `import_labels` (pairs: `import_choices`) reads.
    """
    language = parse_locale(locale).language
    items = _pairs(pairs) if pairs else _texts(run, labels, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_page(run.id, items, language, pairs=bool(pairs)), encoding="utf-8")


def _texts(run: Run, labels: Sequence[Label], language: str) -> list[dict[str, Any]]:
    """Every text of the run once; their order says nothing about who wrote them."""
    known = Counter(text_key(label.text) for label in labels)
    items: dict[str, dict[str, Any]] = {}
    for case in (case for suite in run.suites if _written(suite.cases) for case in suite.cases):
        text = blind(case.document)
        if text and "template" in case.document:
            items.setdefault(text_key(text), _item(case, text, language))
    return sorted(items.values(), key=lambda item: (bool(known[item["key"]]), item["key"]))


def _written(cases: Sequence[CaseResult]) -> bool:
    return any("sections" in case.document for case in cases)


def _item(case: CaseResult, text: str, language: str) -> dict[str, Any]:
    template = str(case.document["template"])
    judged = dict(_judged(case))
    return {
        "key": text_key(text),
        "text": text,
        "blocks": _blocks(text),
        "template": template,
        "locale": str(case.document.get("locale") or case.locale),
        "kind": purpose(template, language) or template,
        "criteria": [_asked(criterion, language, judged.get(criterion.id, "")) for criterion in criteria_for(template)],
    }


def _blocks(text: str) -> list[list[tuple[str, bool]]]:
    """Lines by block, each with whether it looks like a heading: a short first line that ends no sentence."""
    blocks = [block.split("\n") for block in text.split("\n\n")]
    return [
        [(line, n == 0 < len(block) - 1 and len(line) <= 60 and line[-1:] not in _ENDS) for n, line in enumerate(block)]
        for block in blocks
    ]


def _asked(criterion: Criterion, language: str, judged: str) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "question": criterion.question.of(language),
        "menu": [(word, criterion.meaning(word, language)) for word in STEPS],
        "judged": judged,
    }


def _judged(case: CaseResult) -> Iterator[tuple[str, str]]:
    """What a judge said of the text, by criterion: `against` begins with its id (see the rubric scorer)."""
    for name, tally in case.tallies.items():
        if name.startswith("rubric_"):
            for shown in tally.shown:
                yield str(shown["against"]).split(": ")[0], str(shown["why"])


def _pairs(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """The sides are dealt by the texts themselves: fixed for a pair, and telling nothing."""
    items = []
    for pair in pairs:
        keys = text_key(pair.a), text_key(pair.b)
        sides = ("a", "b") if int(text_key("".join(sorted(keys)) + pair.id), 16) % 2 else ("b", "a")
        texts = {"a": pair.a, "b": pair.b}
        items.append(
            {
                "key": "-".join(keys),
                "pair": pair.id,
                "a": keys[0],
                "b": keys[1],
                "sides": sides,
                "brief": pair.brief,
                "locale": pair.locale,
                "texts": [_blocks(texts[side]) for side in sides],
            }
        )
    return items


def _page(run_id: str, items: Sequence[Mapping[str, Any]], language: str, *, pairs: bool) -> str:
    style = (_HERE / "labels.css").read_text(encoding="utf-8")
    script = _environment().get_template("labels.js.j2").render()
    words = {name: word.of(language) for name, word in WORDS.items()}
    shown = ("blocks", "texts", "kind", "brief")
    data = {
        "run": run_id,
        "mode": "pairs" if pairs else "labels",
        "words": words,
        "items": [{key: value for key, value in item.items() if key not in shown} for item in items],
    }
    return (
        _environment()
        .get_template("labels.html.j2")
        .render(
            language="zh-CN" if language == "zh" else "en",
            words=words,
            items=items,
            pairs=pairs,
            steps=[(side, words[side]) for side in _STEPS_OF_PAIRS],
            data=data,
            style=style,
            script=script,
            style_hash=_digest(style),
            script_hash=_digest(script),
        )
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
