"""Fuzzy matches: figures aside, never a stale one first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from remembering import EN, ZH, content, say, segment

from assistant.localization.memory import fuzzy, shelf
from assistant.localization.memory.fuzzy import ALIKE, Candidates, masked
from assistant.localization.memory.inventory import MemoryInventory
from assistant.localization.memory.store import MemoryStore
from knowledge.domain.text import sentences
from knowledge.library import Library

CASES = Path(os.environ.get("KOUJING_DATA", "/nowhere")) / "k8s_cases"


def keep(memory: MemoryStore, source: str, target: str, origin: str = "model") -> None:
    memory.keep({segment(source): content(target)}, EN, ZH, origin=origin, by=origin)


def alike(memory: MemoryStore, text: str) -> list[str]:
    return [example.target for example in memory.alike([segment(text)], EN, ZH).get("s1", ())]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("We saved 18% in 2025.", "We saved 20% in 2026.", True),
        ("On 1,000.50 sites", "On 3 sites", True),
        ("在2025年节省18%", "在2026年节省9%", True),
        ("We saved 18%.", "We saved time.", False),
    ],
)
def test_figures_do_not_count(one: str, other: str, same: bool) -> None:
    assert (masked(one) == masked(other)) is same


@pytest.mark.parametrize(
    ("kept", "asked", "found"),
    [
        ("We saved 18% in 2025.", "We saved 20% in 2026.", True),
        ("The gateway connects old machines.", "The gateway connects all old machines.", True),
        ("网关可以接入旧设备。", "网关可以接入所有旧设备。", True),
        ("The gateway connects old machines.", "Our office is in Suzhou, near the lake.", False),
        ("Machines", "The machines of our customers in Europe", False),
        ("a b c", "", False),
    ],
)
def test_what_is_alike(memory: MemoryStore, kept: str, asked: str, found: bool) -> None:
    keep(memory, kept, "译文")
    assert bool(alike(memory, asked)) is found


def test_at_most_two_the_likest_first(memory: MemoryStore) -> None:
    for number, rest in enumerate(("old machines", "very old machines", "very very old machines", "tea")):
        keep(memory, f"The gateway connects {rest}.", f"译文{number}")
    assert alike(memory, "The gateway connects very old machines!") == ["译文1", "译文2"]
    [examples] = memory.alike([segment("The gateway connects very old machines!")], EN, ZH).values()
    assert all(ALIKE <= example.score <= 1 for example in examples)


def test_of_two_that_are_as_like_a_persons_comes_first(memory: MemoryStore) -> None:
    keep(memory, "We saved 18% in 2025.", "模型", "model")
    keep(memory, "We saved 19% in 2024.", "人", "person")
    assert alike(memory, "We saved 20% in 2026.") == ["人", "模型"]


def test_a_stale_one_is_never_first(memory: MemoryStore, library: Library) -> None:
    say(library, "case-a", "We saved 18% in 2025.", locale="en")
    keep(memory, "We saved 18% in 2025.", "十八", "person")
    assert alike(memory, "We saved 20% in 2026.") == ["十八"]
    library.entries.retire("case-a", "boss", library.now())
    assert alike(memory, "We saved 20% in 2026.") == []
    keep(memory, "We saved some 7% in 2020.", "七")
    assert alike(memory, "We saved 20% in 2026.") == ["七", "十八"]


def test_what_was_forgotten_is_no_example(memory: MemoryStore, library: Library) -> None:
    keep(memory, "The gateway connects machines.", "网关")
    assert alike(memory, "The gateway connects my machines.") == ["网关"]
    inventory = MemoryInventory(library.database, library.workspace)
    inventory.forget(EN, ZH, text="The gateway connects machines.", now=library.now(), who="lin")
    assert alike(memory, "The gateway connects my machines.") == []


def test_what_another_process_keeps_is_seen_after_a_while(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    here, elsewhere = MemoryStore(library), MemoryStore(library)
    assert alike(here, "The gateway connects my machines.") == []
    keep(elsewhere, "The gateway connects machines.", "网关")
    assert alike(here, "The gateway connects my machines.") == []
    monkeypatch.setattr(shelf, "REREAD", -1.0)
    assert alike(here, "The gateway connects my machines.") == ["网关"]


def test_memory_and_work_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzy, "CANDIDATES", 50)
    candidates = Candidates((str(n), f"The gateway number {'x' * (n % 5)} connects") for n in range(200))
    assert len(candidates) == 50
    candidates.add("z", "Something else")
    assert len(candidates) == 50
    assert candidates.like("The gateway connects " * 400, 5) == []
    assert len(candidates.like("The gateway number xx connects", 3)) == 3


words = st.lists(st.sampled_from("the gateway saves power for old machines in many plants".split()), min_size=3)


@given(st.lists(words.map(" ".join), min_size=1, max_size=20), st.data())
def test_a_text_that_is_there_is_found_first_and_wholly_alike(texts: list[str], data: st.DataObject) -> None:
    candidates = Candidates((text, text) for text in texts)
    asked = data.draw(st.sampled_from(texts))
    best = candidates.like(asked, 3)
    assert (best[0].digest, best[0].score) == (asked, 1.0)
    assert all(one.score >= ALIKE for one in best)


@pytest.mark.skipif(not CASES.is_dir(), reason="KOUJING_DATA names no folder with k8s_cases")
def test_nothing_is_missed_that_comparing_with_every_sentence_finds() -> None:
    texts = []
    for file in sorted(CASES.rglob("*.md"))[:60]:
        text = file.read_text(encoding="utf-8")
        texts += [span.of(text) for span in sentences(text) if 30 < span.end - span.start < 300]
    candidates, plain = Candidates((t, t) for t in texts), [masked(t) for t in texts]
    for text in texts[::40]:
        asked = " ".join(word for n, word in enumerate(text.split()) if n % 6 != 2)
        best = process.extractOne(masked(asked), plain, scorer=Levenshtein.normalized_similarity, score_cutoff=ALIKE)
        found = candidates.like(asked, 1)
        assert best is None or (found and found[0].score == pytest.approx(best[1]))
