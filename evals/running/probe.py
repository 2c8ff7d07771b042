"""A fixed piece of work, timed: how fast this machine (or endpoint) is with a model, against the reference."""

from __future__ import annotations

import time
from statistics import median

from assistant.gateway.port import Message, ModelRequest
from assistant.settings import Settings
from knowledge.domain.errors import KoujingError

_SENTENCES = tuple(
    f"In week {week}, {week * 7} machines of plant {week % 5} went online; 第 {week} 周停机减少 {week % 9 + 1}%。"
    for week in range(1, 41)
)
_ASKED = "Count from one to thirty in English words, separated by commas. Nothing else."


def probe(writer: str, settings: Settings) -> float | None:
    """Seconds: of a fixed answer by the model (of a writer or judge); without one that takes time, of embedding fixed
    sentences.

    None when the model cannot be reached: then nothing can be known about it.
    """
    model = writer.removeprefix("judge:").removeprefix("plain:").removeprefix("bm25:")
    if model in ("", "scripted", "extractive") or model.startswith("scripted:"):
        return _embedding()
    try:
        return _answering(model, settings)
    except KoujingError:
        return None


def _embedding() -> float:
    from knowledge.embedding.factory import open_embedder

    embedder = open_embedder()
    embedder.embed(_SENTENCES[:1])
    return median(_timed(lambda: embedder.embed(_SENTENCES)) for _ in range(5))


def _answering(spec: str, settings: Settings) -> float:
    from evals.subjects.scripted import model_of

    model = model_of(spec, settings)
    # Other sentences each time, so that no prefix is remembered; the first answer warms up.
    asked = [
        ModelRequest(messages=[Message("system", " ".join(_SENTENCES[n::4])), Message("user", _ASKED)], max_tokens=90)
        for n in range(4)
    ]
    try:
        return median([_timed(lambda request=request: model.complete(request)) for request in asked][1:])
    finally:
        model.close()


def _timed(work: object) -> float:
    assert callable(work)
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
