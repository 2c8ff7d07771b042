"""The list of drafts, page by page and narrowed."""

from __future__ import annotations

import pytest

from assistant.brief import Brief
from assistant.drafts import Cursor
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError


def test_pages_follow_each_other_without_gap_or_repeat(sample: Workspace) -> None:
    written = [sample.draft(Brief("success_story"), by="ann").id for _ in range(5)]
    found: list[str] = []
    cursor: Cursor | None = None
    while True:
        page = sample.drafts.page(2, cursor)
        found += [row["id"] for row in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert sorted(found) == sorted(written)
    assert [row["id"] for row in sample.drafts.list()] == found


def test_a_list_is_narrowed(sample: Workspace) -> None:
    zh = sample.draft(Brief("success_story", {"case": "case-elevator"}), by="ann")
    en = sample.draft(Brief("success_story", {"case": "case-wind"}, "en"), by="bob")
    asked = sample.draft(Brief("brand_house"), by="ann")
    sample.approve(zh.id, by="carol")

    def ids(**wanted: str) -> set[str]:
        return {row["id"] for row in sample.drafts.list(200, **wanted)}

    assert ids(state="approved") == {zh.id}
    assert ids(state="open") == {asked.id}
    assert ids(template="success_story") == {zh.id, en.id}
    assert ids(locale="en", template="success_story") == {en.id}
    assert ids(text="GEARBOX") == ids(text=en.id[-6:]) == {en.id}
    assert ids(text="%") == set()
    row = next(row for row in sample.drafts.list() if row["id"] == zh.id)
    assert (row["created_by"], row["approved_version"], row["state"]) == ("ann", 1, "approved")
    assert sum(row["counts"]["claims"].values()) == len(zh.claims)


def test_a_cursor_that_no_list_gave(sample: Workspace) -> None:
    with pytest.raises(InputError, match="cursor"):
        sample.drafts.page(2, ("yesterday", "d-1"))
