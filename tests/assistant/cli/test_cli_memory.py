"""`koujing memory`: TMX in and out, lists, forgetting."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run

from assistant.localization.content import Content
from assistant.localization.memory.learning import learn
from assistant.localization.memory.store import MemoryStore
from assistant.localization.segment import Segment
from assistant.settings import load_settings
from assistant.workspace import Workspace
from knowledge.domain.locale import Locale
from knowledge.records import Audience, EntryVersion, State

ZH, EN = Locale("zh-CN"), Locale("en")
TMX = """<?xml version="1.0"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="zh-CN" datatype="plaintext"/><body>
<tu><tuv xml:lang="zh-CN"><seg>网关</seg></tuv><tuv xml:lang="en" changeid="lin"><seg>gateway</seg></tuv></tu>
<tu><tuv xml:lang="zh-CN"><seg>点击<bpt i="1">&lt;b&gt;</bpt>保存<ept i="1">&lt;/b&gt;</ept></seg></tuv>
<tuv xml:lang="en"><seg>Click <bpt i="1">&lt;b&gt;</bpt>Save<ept i="1">&lt;/b&gt;</ept></seg></tuv></tu>
</body></tmx>"""
PAIR = ("--from", "zh-CN", "--to", "en")


@pytest.fixture
def imported(empty: Path, tmp_path: Path, run: Run) -> Path:
    file = tmp_path / "old.tmx"
    file.write_text(TMX, encoding="utf-8")
    ran = run("memory", "import", file, *PAIR, "--json")
    assert (ran.status, ran.document["translations"]) == (0, 2)
    return file


def test_what_was_taken_in_is_listed(imported: Path, run: Run) -> None:
    [pair] = run("memory", "list", "--json").document["pairs"]
    assert pair == {"source": "zh-CN", "target": "en", "translations": 2, "by_people": 0}
    found = run("memory", "list", *PAIR, "--json").document["translations"]
    assert {(t["source"], t["target"], t["origin"], t["by"]) for t in found} == {
        ("网关", "gateway", "file", "lin"),
        ("点击<b>保存</b>", "Click <b>Save</b>", "file", "old.tmx"),
    }
    [one] = run("memory", "list", *PAIR, "--containing", "网", "--json").document["translations"]
    assert one["source"] == "网关"
    assert len(run("memory", "list", *PAIR, "-n", "1", "--json").document["translations"]) == 1
    assert "网关" in run("memory", "list", *PAIR).out


def test_what_is_given_out_comes_in_as_it_was(imported: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out.tmx"
    assert run("memory", "export", out, *PAIR, "--json").document["translations"] == 2
    before = run("memory", "list", *PAIR, "--json").document["translations"]
    for one in before:
        assert run("memory", "forget", one["by"], *PAIR).status == 2
        assert run("memory", "forget", *PAIR, "--by", one["by"], "--json").document["forgotten"] == 1
    assert run("memory", "list", "--json").document["pairs"] == []
    assert run("memory", "import", out, *PAIR).status == 0
    after = run("memory", "list", *PAIR, "--json").document["translations"]
    told = ("source", "target", "by", "origin")
    assert [[t[name] for name in told] for t in after] == [[t[name] for name in told] for t in before]


def test_what_does_not_hold_any_more_is_told(imported: Path, run: Run) -> None:
    with Workspace.open(load_settings()) as workspace:
        library = workspace.library
        text = "网关接入后，停机时间减少了 18%。"
        version = EntryVersion("case-a", 0, "case", "zh-CN", "案例", text, State.DRAFT, Audience.PUBLIC)
        with library.entries.writing() as session:
            library.entries.add_version(session, version, [], "writer", library.now())
        library.entries.approve("case-a", "boss", library.now())
        segment = Segment("1", "", Content.of(text))
        learn(MemoryStore(library), segment, Content.of("Downtime fell by 18%."), ZH, EN, by="lin")
        assert run("memory", "list", *PAIR, "-c", "停机", "--json").document["translations"][0]["held_back"] == ""
        library.entries.retire("case-a", "boss", library.now())
    [one] = run("memory", "list", *PAIR, "-c", "停机", "--json").document["translations"]
    assert (one["facts"], one["held_back"]) == (["case-a"], "entry case-a is retired")
    assert "held back: entry case-a is retired" in run("memory", "list", *PAIR).out


def test_one_source_is_forgotten(imported: Path, run: Run) -> None:
    assert run("memory", "forget", "网关", *PAIR, "--json").document["forgotten"] == 1
    assert run("memory", "forget", "网关", *PAIR).status == 2
    [left] = run("memory", "list", *PAIR, "--json").document["translations"]
    assert left["target"] == "Click <b>Save</b>"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "old.tmx", "--from", "zh", "--to", "zh-CN"), "both zh-CN"),
        (("import", "old.tmx", "--from", "zh", "--to", "de"), "has no translation from zh-CN to de"),
        (("import", "broken.tmx", *PAIR), "broken.tmx"),
        (("import", "old.tmx", "--from", "?", "--to", "de"), "is not a locale"),
        (("export", "out.xml", *PAIR), "must be one of .tmx"),
        (("list", "--from", "zh"), "--from and --to"),
        (("forget", *PAIR), "say what is to be forgotten"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    imported: Path, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(imported.parent)
    (imported.parent / "broken.tmx").write_text(TMX.replace("</body>", ""), encoding="utf-8")
    ran = run("memory", *arguments)
    assert ran.status == 2
    assert said in ran.err
    assert run("memory", "list", "--json").document["pairs"][0]["translations"] == 2
