"""No licence surprise: every pinned package is permissive, or has its reason on docs/licences.md."""

from __future__ import annotations

import pytest

from tools.docs import ROOT, licences


def test_every_package_is_permissive_or_has_a_reason() -> None:
    assert list(licences.not_allowed(ROOT)) == []


def test_no_package_is_under_the_gpl() -> None:
    found = {name: licences.licence_of(name) for name in licences.pinned(ROOT, "dev")}
    assert {name for name, licence in found.items() if "GPL" in licence} == {"psycopg", "psycopg-binary"}
    assert all("LGPL" in found[name] for name in ("psycopg", "psycopg-binary"))


@pytest.mark.parametrize(
    ("expression", "permissive"),
    [
        ("MIT", True),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("Apache-2.0 AND (MIT OR BSD-3-Clause)", True),
        ("LGPL-3.0-only", False),
        ("unknown", False),
        ("", False),
    ],
)
def test_what_counts_as_permissive(expression: str, permissive: bool) -> None:
    assert licences.is_permissive(expression) is permissive
