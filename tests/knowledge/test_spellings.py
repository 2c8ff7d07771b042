"""Known names in a text: the longest, whole words only."""

from __future__ import annotations

import pytest

from knowledge.domain.folding import fold
from knowledge.lexicon import KnownName, NameKind
from knowledge.spellings import Spellings

NAMES = [
    KnownName(NameKind.ORGANISATION, ("Jilan Water Group", "Jilan", "济澜水务集团", "济澜")),
    KnownName(NameKind.PRODUCT, ("R200", "TingSense S10")),
    KnownName(NameKind.PERSON, ("José Muñoz",)),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Jilan Water Group runs 58 stations.", ["Jilan Water Group"]),
        ("JILAN’s stations", ["JILAN"]),
        ("Jilanese food, R2000 and XR200", []),
        ("两台R200网关与Ｒ２００", ["R200", "Ｒ２００"]),
        ("济澜水务集团与济澜", ["济澜水务集团", "济澜"]),
        ("three R200s", ["R200"]),
        ("R200-2 is another one", []),
        ("Jose Munoz and JOSÉ MUÑOZ", ["Jose Munoz", "JOSÉ MUÑOZ"]),
        ("", []),
    ],
)
def test_found(text: str, found: list[str]) -> None:
    assert [o.span.of(text) for o in Spellings(NAMES).find(fold(text))] == found


def test_without_names_nothing_is_found() -> None:
    assert Spellings([]).find("anything") == []
