"""A change of a source fact marks what was translated from it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from remembering import EN, NOW, ZH, Clock, content, say, segment

from assistant.localization.memory.facts import SourceFacts
from assistant.localization.memory.inventory import MemoryInventory
from assistant.localization.memory.learning import learn
from assistant.localization.memory.store import MemoryStore
from knowledge.library import Library

TEXT = "申特电梯的网关接入后，故障停机时间减少了 18%。客户在 2025 年 3 月上线。"


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("申特电梯的网关接入后，故障停机时间减少了 18%。", True),
        ("申特电梯的网关接入后，故障停机时间减少了 18%！", True),
        ("接入网关后，申特电梯的停机时间减少了 18%", True),
        ("申特电梯的网关接入后，故障停机时间减少了 20%。", False),
        ("申特电梯的网关接入后，故障停机时间减少了 18 小时。", False),
        ("今年门店的客流增长了 18%。", False),
        ("申特电梯的网关接入后，故障停机减少。", False),
        ("18%", False),
    ],
)
def test_which_entries_a_text_states(library: Library, text: str, states: bool) -> None:
    say(library, "case-a", TEXT)
    assert SourceFacts(library).of([text], ZH) == [(("case-a", 1),) if states else ()]


def test_an_entry_in_another_language_or_without_approval_is_not_seen(library: Library) -> None:
    say(library, "case-a", TEXT)
    assert SourceFacts(library).of([TEXT], EN) == [()]
    library.entries.retire("case-a", "boss", library.now())
    assert SourceFacts(library).of([TEXT], ZH) == [()]


def kept(library: Library) -> MemoryStore:
    memory = MemoryStore(library)
    memory.keep({segment(TEXT): content("Downtime fell by 18%.")}, ZH, EN, origin="person", by="lin")
    return memory


def changed(library: Library) -> None:
    say(library, "case-a", TEXT.replace("18%", "21%"), after=1)


def retired(library: Library) -> None:
    library.entries.retire("case-a", "boss", library.now())


@pytest.mark.parametrize(("happens", "why"), [(changed, "第 2 版"), (retired, "已退役")])
def test_a_fact_that_does_not_hold_holds_the_translation_back(library: Library, happens: object, why: str) -> None:
    say(library, "case-a", TEXT)
    memory = kept(library)
    assert memory.look_up([segment(TEXT)], ZH, EN).held == {}
    happens(library)  # type: ignore[operator]
    matches, held = memory.look_up([segment(TEXT)], ZH, EN)
    assert matches == memory.find([segment(TEXT)], ZH, EN) == {}
    assert str(held["s1"].target) == "Downtime fell by 18%."
    assert "case-a" in held["s1"].why.zh
    assert why in held["s1"].why.zh


def test_a_fact_that_expires_needs_nobody_to_say_so(library: Library, clock: Clock) -> None:
    say(library, "case-a", TEXT, until=date(2026, 3, 10))
    memory = kept(library)
    assert memory.find([segment(TEXT)], ZH, EN)
    clock.moment = NOW + timedelta(days=9)
    assert memory.find([segment(TEXT)], ZH, EN) == {}
    assert "2026-03-10" in memory.look_up([segment(TEXT)], ZH, EN).held["s1"].why.en


def test_a_new_version_with_the_same_facts_changes_nothing(library: Library) -> None:
    say(library, "case-a", TEXT)
    memory = kept(library)
    say(library, "case-a", TEXT.replace("网关", "智能网关"), after=1)
    assert memory.find([segment(TEXT)], ZH, EN)


def test_a_person_who_confirms_releases_it(library: Library) -> None:
    say(library, "case-a", TEXT)
    memory = kept(library)
    changed(library)
    memory.keep({segment(TEXT): content("Model")}, ZH, EN, origin="model", by="m")
    assert memory.find([segment(TEXT)], ZH, EN) == {}
    learn(memory, segment(TEXT), content("Downtime fell by 18%, then."), ZH, EN, by="wang")
    matches, held = memory.look_up([segment(TEXT)], ZH, EN)
    assert (str(matches["s1"].target), held) == ("Downtime fell by 18%, then.", {})


def test_marking_by_hand(library: Library) -> None:
    say(library, "case-a", TEXT)
    memory = kept(library)
    memory.keep({segment("你好世界"): content("Hello")}, ZH, EN, origin="person", by="lin")
    inventory = MemoryInventory(library.database, library.workspace)
    assert inventory.mark_stale(["case-b"], "x") == 0
    assert inventory.mark_stale(["case-a"], "figures under review") == 1
    held = memory.look_up([segment(TEXT, "1"), segment("你好世界", "2")], ZH, EN)
    assert (list(held.matches), held.held["1"].why.en) == (["2"], "figures under review")


def test_a_large_library_is_looked_through_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    say(library, "case-a", TEXT)
    facts = SourceFacts(library)
    facts.of([TEXT], ZH)
    monkeypatch.setattr(library.entries, "line", lambda: pytest.fail("read again"))
    assert facts.of([TEXT], ZH) == [(("case-a", 1),)]
