"""`koujing search` and `koujing templates`."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run


def test_a_search_prints_passages_with_their_place(run: Run, with_sample: Path) -> None:
    found = run("search", "R300 什么时候交付", "-k", "3")
    assert found.status == 0
    assert "R300" in found.out
    hits = run("search", "R300 什么时候交付", "-k", "3", "--kind", "product", "--locale", "en", "--json").document[
        "hits"
    ]
    assert 0 < len(hits) <= 3
    assert {(hit["kind"], hit["locale"]) for hit in hits} == {("product", "en")}
    assert hits[0].keys() == {"passage_id", "entry_id", "text", "score", "source", "locator", "locale", "kind"}


def test_a_public_search_names_no_customer_without_permission(run: Run, with_sample: Path) -> None:
    found = run("search", "申特电梯 故障响应时间", "-k", "20", "--json")
    assert "申特" not in found.out
    assert "Shente" not in found.out
    assert "申特" in run("search", "申特电梯 故障响应时间", "--audience", "internal").out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([""], "the query is empty"),
        (["  "], "the query is empty"),
        (["x", "--kind", "poem"], "choose company"),
        (["x", "--locale", "klingon!"], "klingon"),
        (["x", "-k", "0"], "-k"),
        (["x", "--audience", "all"], "'all' is not one of"),
        ([], "Missing argument"),
    ],
)
def test_a_wrong_search_is_refused(run: Run, empty: Path, arguments: list[str], word: str) -> None:
    refused = run("search", *arguments, "--json")
    assert refused.status == 2
    assert word in refused.document["error"]["message"]


def test_where_nothing_is_approved_yet_the_search_says_so(run: Run, empty: Path, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("The gateway reads 64 sensors.", encoding="utf-8")
    run("library", "import", tmp_path / "note.md", "--audience", "public")
    found = run("search", "sensors")
    assert found.status == 0
    assert (
        found.out == "Nothing that public readers may see. 1 entries are not approved yet: --state draft shows them.\n"
    )
    assert "64 sensors" in run("search", "sensors", "--state", "draft").out


def test_templates_say_what_they_need(run: Run) -> None:
    by_group, by_command = run("templates"), run("templates", "list")
    assert (by_group.status, by_group.out) == (0, by_command.out)
    assert "success_story" in by_group.out
    assert "(needs case)" in by_group.out
    listed = run("templates", "--json").document
    assert {t["id"]: t["required"] for t in listed["templates"]}["press_release"] == ["subject", "date", "city"]
    assert listed["broken"] == []
    shown = run("templates", "show", "success_story")
    assert "客户成功案例" in shown.out
    assert run("templates", "show", "success_story", "--json").document["template"]["id"] == "success_story"


def test_an_unknown_template_is_answered_with_the_names(run: Run) -> None:
    refused = run("templates", "show", "sonnet", "--json")
    assert refused.status == 2
    assert "success_story" in refused.document["error"]["message"]


def test_a_broken_template_hides_no_other(run: Run, home: Path) -> None:
    own = home / "templates" / "our_story"
    own.mkdir(parents=True)
    (own / "template.yaml").write_text("id: our_story\n", encoding="utf-8")
    listed = run("templates")
    assert listed.status == 1
    assert "success_story" in listed.out
    assert listed.err.startswith("cannot be used: our_story/template.yaml, line 1, at ")
    document = run("templates", "list", "--json")
    assert document.status == 1
    assert [broken["id"] for broken in document.document["broken"]] == ["our_story"]
    assert "success_story" in [t["id"] for t in document.document["templates"]]
