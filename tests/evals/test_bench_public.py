"""The benches of public sets, on tiny sets of our own in their formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.progress import Silent
from assistant.settings import load_settings
from evals.bench import Bench
from evals.bench.claims.public import summedits, uhgeval, wice
from evals.bench.claims.reworded import reworded
from evals.bench.table import Row

DOCUMENT = "The plant in Leipzig opened in 2021. It stores readings for seven days and needs no extra staff."
NEWS = "2021年3月5日，莱比锡工厂投产，年产3.2万台网关，合格率为百分之九十八。"


def lines(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    lines(tmp_path / "claims_summedits/docs.jsonl", [{"doc_id": "d1", "domain": "news", "text": DOCUMENT}])
    lines(
        tmp_path / "claims_summedits/samples.jsonl",
        [
            {"doc_id": "d1", "domain": "news", "label": 1, "summary": "The plant in Leipzig stores readings."},
            {"doc_id": "d1", "domain": "news", "label": 0, "summary": "The plant in Leipzig closed in 2021."},
            {"doc_id": "d1", "domain": "news", "label": 0, "summary": "The plant in Leipzig opened in 2019."},
        ],
    )
    lines(
        tmp_path / "claims_wice/claims_dev.jsonl",
        [
            {"claim": "The plant stores readings for seven days.", "label": "supported", "evidence": [DOCUMENT]},
            {"claim": "The plant does not store any readings.", "label": "not_supported", "evidence": [DOCUMENT]},
        ],
    )
    row = {
        "source_full": NEWS,
        "real_continuation": NEWS,
        "claim": "莱比锡工厂年产5.2万台网关。",
        "keywords": [{"keyword": "5.2万台", "ok": False}],
    }
    lines(tmp_path / "claims_uhgeval_zh/uhgeval_concise.jsonl", [row])
    return Bench(tmp_path, load_settings(), Silent(), lambda _: None)


def test_summedits_gives_a_row_for_each_domain_and_beside_it_the_rule_of_digits(bench: Bench) -> None:
    rows = {row.name: row for row in summedits(bench)}
    news = rows["SummEdits, news"]
    assert (news.value, news.n, news.baseline) == (1.0, 3, "digits only 0.750")
    assert rows["SummEdits, all"].goal == "≥ 0.70"


def test_wice_counts_all_that_is_not_fully_supported(bench: Bench) -> None:
    (row,) = wice(bench)
    assert row.value == 1.0
    assert "always yes 0.667" in row.baseline


def test_uhgeval_counts_figures_alone_and_any_claim(bench: Bench) -> None:
    rows = {row.name: row.value for row in uhgeval(bench)}
    assert rows["UHGEval, numeric hallucinations found, by figures and dates"] == 1.0
    assert rows["UHGEval, true continuations marked, by any claim"] == 0.0
    assert rows["UHGEval, true ones in other words marked, by figures and dates"] == 0.0


@pytest.mark.parametrize("part", [summedits, wice, uhgeval])
def test_without_public_data_they_say_so(part: Callable[[Bench], Iterator[Row]], bench: Bench) -> None:
    (row,) = part(Bench(None, bench.settings, bench.progress, bench.say))
    assert row.value is None
    assert "--data" in row.note


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("2021年3月5日投产", "2021-03-05投产"),
        ("2021年3月投产", "2021/3投产"),
        ("年产3.2万台", "年产32000台"),
        ("收入1.5亿元", "收入150000000元"),
        ("约3万多人", "约3万多人"),
        ("规模2万亿元", "规模2万亿元"),
        ("占百分之三十", "占30%"),
        ("占百分之五十五", "占55%"),
        ("占百分之一百", "占百分之一百"),
        ("工厂当年投产，年产网关，合格率高。", "合格率高，工厂当年投产，年产网关。"),
        ("他说：“工厂当年投产，年产网关，合格率高。”", "他说：“工厂当年投产，年产网关，合格率高。”"),
    ],
)
def test_other_words_say_the_same(text: str, other: str) -> None:
    assert reworded(text) == other
