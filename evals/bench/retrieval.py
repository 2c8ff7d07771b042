"""Benchmarks of retrieval: XQuAD within and across languages, and the time of a search.

The store, the embedder and the indexes are the product's own.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.bench import Bench
from evals.bench.table import Row
from knowledge.embedding.embedder import Embedder
from knowledge.embedding.factory import open_embedder
from knowledge.index.indexes import Indexes
from knowledge.index.passage_text import index_text
from knowledge.index.tokens import query_terms
from knowledge.index.vectors import to_bytes
from knowledge.records import Audience, EntryVersion, Scope, State
from knowledge.retrieval import Retrieval
from knowledge.store.database import Database
from knowledge.store.entries import Entries, NewPassage
from knowledge.store.workspaces import ensure_workspace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Record = dict[str, Any]
TODAY = date(2026, 1, 15)
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
SCOPE = Scope(audience=Audience.PUBLIC)
DIRECTIONS = (("en", "en"), ("zh", "zh"), ("zh", "en"), ("en", "zh"), ("de", "de"), ("es", "es"), ("de", "en"),
              ("es", "zh"))  # fmt: skip
RRF_K = 60


def xquad(bench: Bench) -> list[Row]:
    """R@5 on XQuAD (`retrieval_xquad` of the public data): one language at a time, then a library of two languages.

    Same language: .985 is the goal; across: what the better of dense and BM25 alone reaches in the same run.
    """
    assert bench.data is not None
    folder = bench.data / "retrieval_xquad"
    passages, queries = _lines(folder / "passages.jsonl"), _lines(folder / "queries.jsonl")
    embedder = open_embedder()
    rows: list[Row] = []
    for language in dict.fromkeys(b for _, b in DIRECTIONS):
        texts = [(p["pid"], language, p[language]) for p in passages]
        with library(embedder, texts) as retrieval:
            for asked in [a for a, b in DIRECTIONS if b == language]:
                trial = _Trial(retrieval, [(q[asked]["question"], {q["relevant"]}) for q in queries])
                rows += trial.rows(f"xquad {asked}→{language}", 0.985 if asked == language else None)
    rows += _mixed(embedder, passages, queries)
    return rows


def _mixed(embedder: Embedder, passages: list[Record], queries: list[Record]) -> list[Row]:
    """Both languages at once: every passage twice (either counts), then each passage in one language by turns."""
    rows: list[Row] = []
    twice = [(f"{p['pid']}-{language}", language, p[language]) for language in ("en", "zh") for p in passages]
    with library(embedder, twice) as retrieval:
        for asked in ("en", "zh"):
            pairs = [(q[asked]["question"], {f"{q['relevant']}-en", f"{q['relevant']}-zh"}) for q in queries]
            rows += _Trial(retrieval, pairs).rows(f"xquad {asked}→en+zh, pair", 0.985)
    language_of = {p["pid"]: ("en", "zh")[i % 2] for i, p in enumerate(passages)}
    once = [(p["pid"], language_of[p["pid"]], p[language_of[p["pid"]]]) for p in passages]
    with library(embedder, once) as retrieval:
        for asked in ("en", "zh"):
            pairs = [(q[asked]["question"], {q["relevant"]}) for q in queries]
            rows += _Trial(retrieval, pairs).rows(f"xquad {asked}→en|zh, half each", None)
    return rows


def search_speed(bench: Bench, passages: int = 10_000, searches: int = 300) -> list[Row]:
    """Milliseconds of a whole `Retrieval.search`, warm: everything, then one kind, in generated zh and en passages."""
    rows: list[Row] = []
    random_ = random.Random(7)  # noqa: S311  # the same sentences each time
    texts = [(f"e{i // 10}-{i % 10}", ("zh", "en")[i % 2], sentences(random_, i % 2 == 0)) for i in range(passages)]
    questions = [sentences(random_, i % 2 == 0, count=1) for i in range(searches)]
    scopes = {"all": (SCOPE, 20.0, 50.0), "one kind": (Scope(audience=Audience.PUBLIC, kinds=("case",)), 20.0, 50.0)}
    with library(_Shuffled(open_embedder()), texts) as retrieval:
        for name, (scope, median, slow) in scopes.items():
            for question in questions[:10]:
                retrieval.search(question, scope, today=TODAY)
            times = sorted(_milliseconds(partial(retrieval.search, q, scope, today=TODAY)) for q in questions)
            label = f"search of {passages} passages, {name}"
            rows.append(row(f"{label}, p50", times[len(times) // 2], "ms", f"≤ {median:g}", "", searches))
            rows.append(row(f"{label}, p95", times[int(len(times) * 0.95)], "ms", f"≤ {slow:g}", "", searches))
    return rows


def row(name: str, value: float, unit: str, goal: str, baseline: str, n: int) -> Row:
    """One line of the table, rounded."""
    return Row(name, round(value, 4), unit, goal=goal, baseline=baseline, n=n)


@contextmanager
def library(embedder: Embedder, texts: Sequence[tuple[str, str, str]]) -> Iterator[Retrieval]:
    """A workspace in a temporary folder with one approved entry per (id, language, text); every third is a case."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        database = Database(f"sqlite:///{home / 'bench.sqlite'}")
        database.migrate()
        ensure_workspace(database, "bench", NOW)
        indexes = Indexes(database, "bench", embedder, home)
        entries = Entries(database, "bench")
        vectors = embedder.embed([index_text("", (), text) for _, _, text in texts])
        pks: list[int] = []
        with entries.writing() as session:
            for number, ((entry_id, language, text), vector) in enumerate(zip(texts, vectors, strict=True)):
                entry = _entry(entry_id, language, text, "case" if number % 3 == 0 else "product")
                passage = NewPassage(text, (), "", to_bytes(vector), embedder.model_id)
                _, stored = entries.add_version(session, entry, [passage], "bench", NOW)
                pks += stored
            indexes.lexical.add(session, [(pk, text) for pk, (_, _, text) in zip(pks, texts, strict=True)])
        indexes.upsert(pks, vectors)
        try:
            yield Retrieval(indexes)
        finally:
            indexes.close()
            database.close()


class _Trial:
    """Questions with the entries that answer them, asked of Koujing and of three simpler rankings."""

    def __init__(self, retrieval: Retrieval, questions: list[tuple[str, set[str]]]) -> None:
        import numpy as np

        self.retrieval, self.questions = retrieval, questions
        indexes = retrieval.indexes
        pks = [pk for pk, _ in indexes.entries.offered_passages(SCOPE, TODAY)]
        self.ids = [p.entry.entry_id for p in indexes.entries.passages(pks)]
        place = {pk: i for i, pk in enumerate(pks)}
        embedded = indexes.embedder.embed([query for query, _ in questions])
        self.dense = np.zeros((len(questions), len(pks)), np.float32)
        self.lexical = np.zeros_like(self.dense)
        for i, (query, _) in enumerate(questions):
            for pk, cosine in indexes.vectors.search(embedded[i], len(pks)):
                self.dense[i, place[pk]] = cosine
            for pk, value in indexes.lexical.coverage(query_terms(query).all).items():
                self.lexical[i, place[pk]] = value

    def rows(self, name: str, goal: float | None) -> list[Row]:
        """Koujing's row; the others stand in `baseline`. Without `goal` it is the better single ranking."""
        asked = [(query, SCOPE) for query, _ in self.questions]
        found = self.retrieval.search_many(asked, 5, today=TODAY)
        ours = self._share([[hit.passage.entry.entry_id for hit in hits] for hits in found])
        dense, lexical = self._top(self.dense), self._top(self.lexical)
        rrf = self._top(_reciprocal(self.dense) + _reciprocal(self.lexical))
        baseline = f"dense {dense:.3f}, BM25 {lexical:.3f}, RRF {rrf:.3f}"
        wanted = max(dense, lexical) if goal is None else goal
        return [row(name, ours, "R@5", f"≥ {wanted:.4f}", baseline, len(self.questions))]

    def _top(self, scores: NDArray[np.float32]) -> float:
        import numpy as np

        best = np.argsort(-scores, axis=1, kind="stable")[:, :5]
        return self._share([[self.ids[j] for j in ranking if scores[i, j] > 0] for i, ranking in enumerate(best)])

    def _share(self, rankings: list[list[str]]) -> float:
        hits = [not right.isdisjoint(ids) for ids, (_, right) in zip(rankings, self.questions, strict=True)]
        return sum(hits) / len(hits)


class _Shuffled:
    """The real embedder for questions; for many texts at once, the vectors of 500 of them mixed two by two.

    Ten thousand real embeddings take a minute and would not change the time of a search.
    """

    def __init__(self, real: Embedder) -> None:
        self._real = real
        self.model_id, self.dimensions, self.leaves = real.model_id, real.dimensions, real.leaves

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        if len(texts) <= 500:
            return self._real.embed(texts)
        seed = self._real.embed(texts[:500])
        random_ = np.random.default_rng(7)
        mixed = seed[random_.integers(0, 500, len(texts))] + seed[random_.integers(0, 500, len(texts))]
        mixed += random_.normal(0, 0.01, mixed.shape).astype(np.float32)
        unit: NDArray[np.float32] = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
        return unit


def _reciprocal(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    ranks = np.argsort(np.argsort(-scores, axis=1, kind="stable"), axis=1)
    found: NDArray[np.float32] = (1.0 / (RRF_K + 1 + ranks)).astype(np.float32)
    return found


def _entry(entry_id: str, language: str, text: str, kind: str) -> EntryVersion:
    return EntryVersion(
        entry_id, 0, kind, "zh-CN" if language == "zh" else language, "", text, State.APPROVED, Audience.PUBLIC
    )


def _lines(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _milliseconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


_ZH = """
客户 工厂 设备 网关 平台 产线 质量 能耗 停机 预测 维护 数据 采集 协议 边缘 计算 模型 告警 工程师 部署 项目 交付
成本 效率 提升 降低 比例 汽车 电子 化工 食品 仓储 物流 机器人 传感器 温度 振动 电流 报表 看板 接口 安全 审计 权限
合规 认证 伙伴 渠道 服务 响应 培训 上线 周期 季度 营收 增长 市场 份额 海外 德国 东南亚 深圳 苏州 成都
"""
_EN = """
customer factory machine gateway platform line quality energy downtime prediction maintenance data protocol edge model
alert engineer rollout project delivery cost efficiency gain automotive electronics chemicals food warehouse logistics
robot sensor temperature vibration current report dashboard interface security audit compliance partner channel service
response training cycle quarter revenue growth market share overseas germany shenzhen suzhou chengdu
"""


def sentences(random_: random.Random, chinese: bool, count: int = 4) -> str:
    """Business-like text: common words often, rare names and figures seldom."""
    words = (_ZH if chinese else _EN).split()
    made: list[str] = []
    for _ in range(count):
        chosen = [words[min(int(random_.expovariate(0.06)), len(words) - 1)] for _ in range(random_.randint(7, 14))]
        chosen.insert(random_.randrange(len(chosen)), f"X{random_.randrange(3000)}")
        chosen.append(f"{random_.randrange(1, 400)}{'万元' if chinese else '%'}")
        made.append("".join(chosen) + "。" if chinese else " ".join(chosen).capitalize() + ".")
    return ("" if chinese else " ").join(made)
