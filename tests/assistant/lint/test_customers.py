"""Names and aliases in one entry, names in public."""

from __future__ import annotations

import pytest
from shelf import customer, entry, lint

from knowledge.domain.finding import Severity
from knowledge.records import Audience, Level

HIDDEN = customer(
    "shente", "申特电梯集团", "申特", "Shente Elevator Group", "Shente",
    alias="华东某电梯维保集团", alias_en="an elevator-maintenance group in East China", level=Level.ALIAS,
)  # fmt: skip
OPEN = customer("jilan", "济澜水务集团", "济澜水务", "Jilan Water", alias="华中某城市供水企业")


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("申特有 31 个服务站。后来，华东某电梯维保集团换了网关。", ["申特", "华东某电梯维保集团"]),
        (
            "An elevator-maintenance group in East China fitted gateways.\nShente's crews like them.",
            ["Shente", "An elevator-maintenance group in East China"],
        ),
        ("申特有 31 个服务站。", []),
        ("华东某电梯维保集团有 31 个服务站。", []),
        ("申特与华中某城市供水企业都用网关。", []),
    ],
)
def test_name_and_alias_in_one_entry(text: str, spans: list[str]) -> None:
    found = lint("name_and_alias", [entry("page", text, audience=Audience.INTERNAL)], [HIDDEN, OPEN])

    assert [place.words for f in found for place in f.places] == spans
    assert all(f.severity is Severity.ERROR for f in found)


def test_the_alias_in_the_title_counts() -> None:
    (found,) = lint("name_and_alias", [entry("page", "申特有 31 个服务站。", title="华东某电梯维保集团案例")], [HIDDEN])
    assert found.places[1].field == "title"


def test_where_the_name_is_public_both_only_warn() -> None:
    (found,) = lint("name_and_alias", [entry("page", "济澜水务是华中某城市供水企业。")], [OPEN])
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("text", "audience", "owner", "found"),
    [
        ("申特是我们的客户。", Audience.PUBLIC, None, ["申特"]),
        ("Our customers include SHENTE.", Audience.PUBLIC, None, ["SHENTE"]),
        ("申特是我们的客户。", Audience.INTERNAL, None, []),
        ("申特是我们的客户。", Audience.PUBLIC, "shente", []),
        ("华东某电梯维保集团是我们的客户。", Audience.PUBLIC, None, []),
        ("济澜水务是我们的客户。", Audience.PUBLIC, None, []),
        ("济澜水务与申特都用网关。", Audience.PUBLIC, "jilan", ["申特"]),
    ],
)
def test_public_entries_do_not_name_who_may_not_be_named(
    text: str, audience: Audience, owner: str | None, found: list[str]
) -> None:
    page = entry("page", text, audience=audience, customer=owner)

    told = lint("name_not_permitted", [page], [HIDDEN, OPEN])
    assert [place.words for f in told for place in f.places] == found
