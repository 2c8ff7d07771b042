"""The page for labels: offline, blind, escaped; what it saves is what the loader reads (run in a browser by hand)."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from judging_model import label

from evals.judging.labels import text_key
from evals.judging.page import write_label_page
from evals.judging.pairs import Pair, blind
from evals.running.record import CaseResult, Run, SuiteResult, TallyRecord, Variant


def _run(*documents: dict[str, Any], variant: str = "secret-variant") -> Run:
    shown = {"text": "Pumps", "against": "clear: Is it?", "why": "no: JUDGE-REASON", "wrong": True}
    tally = {"rubric_clear": TallyRecord(0, 1, (shown,))}
    cases = [
        CaseResult(f"c{n}", "en", "why", "golden", 1.0, document=document, tallies=tally)
        for n, document in enumerate(documents)
    ]
    suite = SuiteResult("drafting", "about", variant, "d", 1.0, 0, {}, (), cases)
    return Run("r1", "", "", "done", "m", {}, (Variant(variant, "koujing", "m"),), (suite,))


def _written(tmp_path: Path, run: Run, **others: Any) -> tuple[str, dict[str, Any]]:
    write_label_page(run, tmp_path / "labels.html", **others)
    page = (tmp_path / "labels.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return page, json.loads(found.group(1))


def test_a_text_stands_once_and_can_be_saved_as_the_loader_wants_it(tmp_path: Path, document: dict[str, Any]) -> None:
    page, data = _written(tmp_path, _run(document, document))
    assert [item["text"] for item in data["items"]] == [blind(document)]
    assert [criterion["id"] for criterion in data["items"][0]["criteria"]][:2] == ["clear", "specific"]
    assert page.count("<article") == 1
    assert page.count("<p>Bursts were found late.</p>") == 1


def test_it_is_blind(tmp_path: Path, document: dict[str, Any]) -> None:
    page, data = _written(tmp_path, _run(document))
    visible = page.partition('<script type="application/json"')[0]
    assert "JUDGE-REASON" not in visible
    assert "secret-variant" not in page
    assert data["items"][0]["criteria"][0]["judged"] == "no: JUDGE-REASON"


def test_nothing_in_a_text_becomes_part_of_the_page(tmp_path: Path, document: dict[str, Any]) -> None:
    nasty = "</script><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"
    document["sections"][0]["paragraphs"][0]["text"] = nasty
    page, data = _written(tmp_path, _run(document))
    assert "<img" not in page
    assert page.count("<script") == 2
    assert nasty in data["items"][0]["text"]


def test_the_policy_lets_only_its_own_script_and_style_run(tmp_path: Path, document: dict[str, Any]) -> None:
    page, _ = _written(tmp_path, _run(document))
    for tag in ("style", "script"):
        content = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content[0].encode()).digest()).decode()
        assert len(content) == 1
        assert f"{tag}-src 'sha256-{digest}'" in page
    assert not re.search(r"(?:src|href)=", page)


def test_texts_without_labels_come_first(tmp_path: Path, document: dict[str, Any]) -> None:
    other = json.loads(json.dumps(document))
    other["sections"][0]["paragraphs"][0]["text"] = "Another text"
    for labelled in (document, other):
        _, data = _written(tmp_path, _run(document, other), labels=[label(blind(labelled), "yes")])
        assert data["items"][-1]["key"] == text_key(blind(labelled))


@pytest.mark.parametrize(("locale", "word"), [("zh-CN", "保存"), ("en", "Save")])
def test_it_speaks_both_languages(tmp_path: Path, locale: str, word: str, document: dict[str, Any]) -> None:
    page, _ = _written(tmp_path, _run(document), locale=locale)
    assert word in page
    assert f'lang="{locale}"' in page
    empty, _ = _written(tmp_path, _run(), locale=locale)
    assert "<article" not in empty


def test_pairs_are_dealt_by_the_texts(tmp_path: Path) -> None:
    pairs = [Pair(str(n), "the brief", f"ours {n}", f"theirs {n}", "en") for n in range(12)]
    page, data = _written(tmp_path, _run(), pairs=pairs)
    sides = [tuple(item["sides"]) for item in data["items"]]
    assert set(sides) == {("a", "b"), ("b", "a")}
    assert sides == [tuple(item["sides"]) for item in _written(tmp_path, _run(), pairs=pairs)[1]["items"]]
    left = re.findall(r"<p>(ours|theirs) (\d+)</p>", page)[::2]
    assert [who == "ours" for who, _ in left] == [side[0] == "a" for side in sides]
