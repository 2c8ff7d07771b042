"""Customers' names in ids and file names, and short names that no record has."""

from __future__ import annotations

import pytest
from shelf import OLD, customer, entry, lint

from assistant.lint.short_names import short_names
from knowledge.domain.finding import Severity
from knowledge.records import Audience, Level, State

SHENTE = customer("c1", "申特电梯集团", "申特", "Shente Elevator Group", "Shente", "LSP", level=Level.ALIAS)
OPEN = customer("c2", "济澜水务集团", "Jilan Water", "Jilan")
CASTINGS = customer("c3", "莫恩哈特铸造有限公司", "Mornhardt Castings GmbH", level=Level.ALIAS)


@pytest.mark.parametrize(
    ("entry_id", "source", "told"),
    [
        ("D-LSP-01", "", ["D-LSP-01"]),
        ("case-shente", "", ["case-shente"]),
        ("case_shente_2026", "", ["case_shente_2026"]),
        ("案例-申特-一期", "", ["案例-申特-一期"]),
        ("case-1", "cases/Shente-phase-1.docx", ["cases/Shente-phase-1.docx"]),
        ("case-1", "申特电梯集团案例.docx", ["申特电梯集团案例.docx"]),
        ("case-shente", "cases/shente.md", ["case-shente", "cases/shente.md"]),
        ("case-mornhardt", "", ["case-mornhardt"]),
        ("case-elevator", "cases/elevator.md", []),
        ("case-castings", "铸造案例.docx", []),
        ("case-jilan", "jilan-water.md", []),
        ("eclipsp-01", "", []),
    ],
)
def test_ids_and_file_names(entry_id: str, source: str, told: list[str]) -> None:
    owner = "c3" if "mornhardt" in entry_id else None
    page = entry(entry_id, "一段文字。", source=source, customer=owner)

    found = lint("id_names_customer", [page], [SHENTE, OPEN, CASTINGS])
    assert [place.words for f in found for place in f.places] == told


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ({}, Severity.WARNING),
        ({"audience": Audience.PARTNER}, Severity.WARNING),
        ({"state": State.DRAFT}, Severity.WARNING),
        ({"audience": Audience.INTERNAL}, Severity.INFO),
        ({"state": State.RETIRED}, None),
        ({"valid_until": OLD}, None),
    ],
)
def test_who_sees_the_id(more: dict[str, object], severity: Severity | None) -> None:
    found = lint("id_names_customer", [entry("case-shente", "一段文字。", **more)], [SHENTE])
    assert [f.severity for f in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (("莫恩哈特铸造有限公司",), {"莫恩哈特"}),
        (("霜桥冷链物流有限公司",), {"霜桥"}),
        (("苏州莫恩哈特铸造股份有限公司",), {"莫恩哈特"}),
        (("新和岚包装（越南）有限公司",), {"新和岚"}),
        (("Mornhardt Castings GmbH",), {"Mornhardt"}),
        (("Mornhardt-Werke AG",), {"Mornhardt"}),
        (("上海电梯有限公司",), set()),
        (("东方铸造有限公司",), set()),
        (("Shanghai Heavy Machinery",), set()),
        (("German Castings GmbH",), set()),
        (("Precision Castings Ltd", "United Water", "Arbo Steel", "Mornhardt"), set()),
        (("莫恩哈特铸造有限公司", "莫恩哈特"), set()),
    ],
)
def test_short_names(names: tuple[str, ...], short: set[str]) -> None:
    assert short_names(customer("c", *names)) == short


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("莫恩哈特的产线停机少了。", ["莫恩哈特"]),
        ("客户是莫恩哈特铸造有限公司，莫恩哈特很满意。", ["莫恩哈特"]),
        ("客户是莫恩哈特铸造有限公司。", []),
        ("莫恩哈特铸造很满意。", []),
        ("运输由莫恩哈特物流有限公司承担。", []),
        ("Downtime at Mornhardt fell.", ["Mornhardt"]),
        ("MORNHARDT's downtime fell.", ["MORNHARDT"]),
        ("Mornhardt AG bought ten.", ["Mornhardt"]),
        ("Mornhardt Castings bought ten.", []),
        ("Mornhardt Castings GmbH bought ten.", []),
        ("Karl Mornhardt spoke.", []),
        ("Mornhardt Logistics carried it.", []),
        ("The fair in Mornhardt was full.", []),
        ("A foundry bought ten.", []),
    ],
)
def test_a_short_name_that_stands_alone(text: str, told: list[str]) -> None:
    page = entry("page", text, locale="en" if text.isascii() else "zh-CN")

    found = lint("short_name_missing", [page], [CASTINGS])
    assert [place.words for f in found for place in f.places] == told
    assert all(f"customer set c3 --other {told[0]}" in f.remedy.zh for f in found)


def test_titles_and_fields_count_and_every_entry_is_named_once() -> None:
    titled = entry("titled", "一段文字。", title="莫恩哈特案例")
    blurb = entry("blurb", "一段文字。", fields={"blurb_100": "莫恩哈特少停了四次，莫恩哈特很满意。"})
    (found,) = lint("short_name_missing", [titled, blurb], [CASTINGS])

    assert [(place.entry_id, place.field) for place in found.places] == [("blurb", "blurb_100"), ("titled", "title")]


def test_entries_that_stay_inside_and_customers_that_may_be_named_are_left_alone() -> None:
    text = "莫恩哈特的产线停机少了。"
    named = customer("c3", "莫恩哈特铸造有限公司")
    known = customer("c3", "莫恩哈特铸造有限公司", "莫恩哈特", level=Level.ALIAS)

    assert not lint("short_name_missing", [entry("page", text, audience=Audience.INTERNAL)], [CASTINGS])
    assert not lint("short_name_missing", [entry("page", text, state=State.DRAFT)], [CASTINGS])
    assert not lint("short_name_missing", [entry("page", text)], [named])
    assert not lint("short_name_missing", [entry("page", text)], [known])
    assert lint("short_name_missing", [entry("page", text, audience=Audience.PARTNER)], [CASTINGS])
