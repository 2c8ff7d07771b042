"""An embedding model elsewhere reads no customer's name, neither in a passage nor in a query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from knowledge.importing import ImportOptions
from knowledge.library import Library
from knowledge.records import Audience, Customer, Level, Permission, Scope, State, Use
from knowledge.store.database import Database
from knowledge.store.workspaces import ensure_workspace

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOW = datetime(2026, 1, 15, tzinfo=UTC)
ACME = Customer(
    "acme",
    {"zh-CN": "申特电梯集团", "en": "Acme Lifts"},
    aliases={"en": "a lift company", "zh-CN": "某电梯企业"},
    permissions=(Permission(Use.NAME, Level.PUBLIC), Permission(Use.FIGURES, Level.PUBLIC)),
)


class Elsewhere:
    """An endpoint that remembers what it was sent."""

    model_id, dimensions, leaves = "openai:m-4", 4, True

    def __init__(self) -> None:
        self.sent: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.sent += texts
        return np.ones((len(texts), 4), np.float32) / 2


@pytest.fixture
def elsewhere() -> Elsewhere:
    return Elsewhere()


@pytest.fixture
def library(tmp_path: Path, elsewhere: Elsewhere) -> Iterator[Library]:
    database = Database(f"sqlite:///{tmp_path / 'koujing.sqlite'}")
    database.migrate()
    ensure_workspace(database, "default", NOW)
    made = Library(database, "default", lambda: elsewhere, tmp_path, lambda: NOW)
    made.customers.save([ACME])
    yield made
    made.close()


def test_no_name_leaves_even_of_a_customer_who_may_be_named(
    library: Library, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "case.md").write_text(
        "# Acme Lifts\n\nＡｃｍｅ Lifts cut repairs by 12%.\n\n申特电梯集团很满意。\n", encoding="utf-8"
    )
    library.importer().run([folder], ImportOptions(state=State.APPROVED, audience=Audience.PUBLIC))
    hits = library.search("What did ACME LIFTS cut?", Scope())
    assert any("Ａｃｍｅ" in hit.passage.text for hit in hits), "the library itself keeps the name"
    sent = "\n".join(elsewhere.sent)
    assert "12%" in sent
    assert "a lift company" in sent
    assert not [name for name in ("acme", "ａｃｍｅ", "申特") if name in sent.lower()]
