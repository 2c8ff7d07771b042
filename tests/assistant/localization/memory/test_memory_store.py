"""The translation memory: what is reused, what goes before what, what is walled off."""

from __future__ import annotations

import pytest
from remembering import DE, EN, ZH, content, segment

from assistant.localization.content import Content
from assistant.localization.memory.inventory import MemoryInventory
from assistant.localization.memory.learning import learn
from assistant.localization.memory.port import MatchKind, TranslationMemory
from assistant.localization.memory.store import MemoryStore
from assistant.localization.segment import Segment
from knowledge.domain.errors import InputError
from knowledge.library import Library


def keep(memory: MemoryStore, source: Segment | str, target: str, origin: str = "model", by: str = "m") -> None:
    here = segment(source) if isinstance(source, str) else source
    memory.keep({here: content(target)}, EN, ZH, origin=origin, by=by)


def found(memory: MemoryStore, here: Segment | str) -> str | None:
    asked = segment(here) if isinstance(here, str) else here
    match = memory.find([asked], EN, ZH).get(asked.id)
    return None if match is None else str(match.target)


def test_it_is_the_port(memory: MemoryStore) -> None:
    port: TranslationMemory = memory
    assert port.find([], EN, ZH) == {}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("We saved 18% in 2025.", "我们在 2025 年节省了 18%。"),
        ("We saved 19% in 2025.", None),
        ("we saved 18% in 2025.", None),
        ("We saved 18% in 2025", None),
    ],
)
def test_only_the_very_same_is_reused(memory: MemoryStore, asked: str, said: str | None) -> None:
    keep(memory, "We saved 18% in 2025.", "我们在 2025 年节省了 18%。")
    assert found(memory, asked) == said


def test_another_locale_has_its_own_translations(memory: MemoryStore) -> None:
    keep(memory, "Gateway", "网关")
    assert memory.find([segment("Gateway")], EN, DE) == {}
    assert memory.find([segment("Gateway")], ZH, EN) == {}


def test_the_same_context_goes_before_any_other(memory: MemoryStore) -> None:
    verb, state = segment("Open", context="button"), segment("Open", context="state")
    keep(memory, verb, "打开", "person")
    keep(memory, state, "已打开", "person")
    asked = [segment("Open", "1", context="button"), segment("Open", "2", context="state"), segment("Open", "3")]
    matches = memory.find(asked, EN, ZH)
    assert [(str(matches[s.id].target), matches[s.id].kind) for s in asked] == [
        ("打开", MatchKind.IN_CONTEXT),
        ("已打开", MatchKind.IN_CONTEXT),
        ("已打开", MatchKind.EXACT),
    ]


def test_a_person_elsewhere_goes_before_a_model_here(memory: MemoryStore) -> None:
    here = segment("Open", context="button")
    keep(memory, here, "开")
    keep(memory, segment("Open", context="state"), "打开", "person", "lin")
    match = memory.find([here], EN, ZH)["s1"]
    assert (str(match.target), match.origin, match.by, match.kind) == ("打开", "person", "lin", MatchKind.EXACT)


@pytest.mark.parametrize(
    ("first", "then", "stands"),
    [
        ("model", "model", "新"),
        ("model", "file", "新"),
        ("model", "person", "新"),
        ("file", "model", "旧"),
        ("file", "person", "新"),
        ("person", "model", "旧"),
        ("person", "file", "旧"),
        ("person", "person", "新"),
    ],
)
def test_what_stands_when_the_same_is_kept_twice(memory: MemoryStore, first: str, then: str, stands: str) -> None:
    keep(memory, "New", "旧", first)
    keep(memory, "New", "新", then)
    assert found(memory, "New") == stands


def test_what_a_person_wrote_before_is_on_record(memory: MemoryStore) -> None:
    keep(memory, "Gateway", "网关", "model")
    keep(memory, "Gateway", "闸道", "person", "lin")
    keep(memory, "Gateway", "闸道", "person", "lin")
    keep(memory, "Gateway", "智能网关", "person", "wang")
    [event] = memory.events("memory")
    assert (event.act, event.by, event.reason) == ("replaced", "wang", "lin: 闸道")


def test_codes_are_those_of_the_file_at_hand(memory: MemoryStore) -> None:
    keep(memory, "Click <b>Save</b> now", "现在点击<b>保存</b>")
    assert found(memory, "Click <strong>Save</strong> now") == "现在点击<strong>保存</strong>"
    assert found(memory, "Click Save now") is None


def test_a_target_that_is_too_long_is_no_match(memory: MemoryStore) -> None:
    keep(memory, "Save", "保存文件")
    assert found(memory, segment("Save", longest=4)) == "保存文件"
    assert found(memory, segment("Save", longest=3)) is None


def test_what_a_file_says_is_checked_before_it_is_used(memory: MemoryStore) -> None:
    keep(memory, "We saved 18% last year.", "我们去年节省了 81%。", "file")
    assert found(memory, "We saved 18% last year.") is None
    keep(memory, "We saved 18% last year.", "我们去年节省了 18%。", "file")
    assert found(memory, "We saved 18% last year.") == "我们去年节省了 18%。"


def test_letters_of_one_format_and_codes_of_another_are_the_same(memory: MemoryStore) -> None:
    letters = Segment("s1", "u1", Content.of("Delete {file}?"))
    memory.keep({letters: Content.of("删除 {file}？")}, EN, ZH, origin="person", by="lin")
    assert found(memory, segment("Delete {file}?")) == "删除 {file}？"


def test_plurals_are_kept_apart(memory: MemoryStore) -> None:
    keep(memory, segment("{n} files", plural="one"), "一个文件")
    keep(memory, segment("{n} files", plural="other"), "{n} 个文件")
    assert found(memory, segment("{n} files", plural="one")) == "一个文件"
    assert found(memory, segment("{n} files", plural="other")) == "{n} 个文件"
    assert found(memory, "{n} files") is None


def test_nothing_is_kept_of_what_says_nothing(memory: MemoryStore) -> None:
    keep(memory, "—", "——")
    keep(memory, "Save", " ")
    assert MemoryInventory(memory.database, memory.workspace).pairs() == []


def test_a_batch_is_kept_and_found_at_once(memory: MemoryStore) -> None:
    many = [segment(f"Sentence {n} about {n % 7} gateways", str(n)) for n in range(1200)]
    memory.keep({one: Content.of(f"第 {one.id} 句") for one in many}, EN, ZH, origin="model", by="m")
    matches = memory.find(many, EN, ZH)
    assert {id: str(match.target) for id, match in matches.items()} == {one.id: f"第 {one.id} 句" for one in many}


def test_uses_are_counted(memory: MemoryStore) -> None:
    keep(memory, "Gateway", "网关")
    memory.find([segment("Gateway", "1"), segment("Gateway", "2")], EN, ZH)
    memory.find([segment("Gateway")], EN, ZH)
    [kept] = MemoryInventory(memory.database, memory.workspace).of(EN, ZH)
    assert kept.uses == 3
    assert kept.used_at is not None
    assert kept.used_at > kept.updated_at


def test_a_workspace_sees_its_own_memory_only(libraries: tuple[Library, Library]) -> None:
    north, south = (MemoryStore(library) for library in libraries)
    keep(north, "Our gateway saves power", "我们的网关省电", "person")
    assert found(south, "Our gateway saves power") is None
    assert south.alike([segment("Our gateway saves a lot of power")], EN, ZH) == {}
    keep(south, "Our gateway saves power", "南方网关省电")
    assert found(north, "Our gateway saves power") == "我们的网关省电"
    inventory = MemoryInventory(south.database, south.workspace)
    assert inventory.forget(EN, ZH, text="Our gateway saves power", now=north._now(), who="x") == 1
    assert found(north, "Our gateway saves power") == "我们的网关省电"


def test_an_edit_becomes_memory(memory: MemoryStore) -> None:
    keep(memory, "Gateway", "门")
    learn(memory, segment("Gateway"), Content.of("网关"), EN, ZH, by="lin")
    match = memory.find([segment("Gateway")], EN, ZH)["s1"]
    assert (str(match.target), match.origin, match.by) == ("网关", "person", "lin")


@pytest.mark.parametrize(("target", "by"), [("网关", ""), (" ", "lin")])
def test_an_edit_needs_words_and_a_name(memory: MemoryStore, target: str, by: str) -> None:
    with pytest.raises(InputError):
        learn(memory, segment("Gateway"), Content.of(target), EN, ZH, by=by)
    assert found(memory, "Gateway") is None
