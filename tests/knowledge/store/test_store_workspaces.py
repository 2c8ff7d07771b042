"""Two workspaces in one database and one home: neither sees anything of the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from library_of_toys import ToyEmbedder

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.drafts import Drafts
from knowledge.domain.errors import NotFound
from knowledge.importing import ImportOptions
from knowledge.library import Library
from knowledge.records import Audience, Customer, Level, Permission, Scope, State, Term, Use
from knowledge.store.database import Database
from knowledge.store.workspaces import ensure_workspace, revision

NOW = datetime(2026, 1, 15, tzinfo=UTC)
ALL = Scope(audience=Audience.INTERNAL, states=tuple(State))
NAMES = ("north", "south")


def fill(library: Library, name: str, folder: Path) -> None:
    """The same ids in both, other contents."""
    folder.mkdir()
    (folder / "gateway.md").write_text(f"# Gateway\n\nThe gateway of {name} reads 64 sensors.\n", encoding="utf-8")
    (folder / f"{name}.md").write_text(f"# Only {name}\n\nOnly {name} has this sensor.\n", encoding="utf-8")
    report = library.importer().run([folder], ImportOptions(state=State.APPROVED, audience=Audience.PUBLIC))
    assert not report.failed
    permission = Permission(Use.NAME, Level.PUBLIC)
    library.customers.save([Customer("acme", {"en": f"Acme {name}"}, permissions=(permission,))])
    library.glossary.save([Term("gateway", "en", {"zh": name})])
    Drafts(library.database, name).save(
        Draft(id="d-1", template="success_story", locale="en", audience="public", title=name),
        Brief("success_story"),
        [],
        NOW,
    )


@pytest.fixture
def libraries(database: Database, tmp_path: Path) -> Iterator[dict[str, Library]]:
    database.migrate()
    made = {}
    for name in NAMES:
        ensure_workspace(database, name, NOW)
        made[name] = Library(database, name, ToyEmbedder, tmp_path, lambda: NOW)
        fill(made[name], name, tmp_path / name)
    yield made
    for library in made.values():
        library.close()


def test_entries_and_search(libraries: dict[str, Library]) -> None:
    for name, library in libraries.items():
        [other] = set(NAMES) - {name}
        assert [e.title for e in library.entries.latest()] == ["Gateway", f"Only {name}"]
        assert library.entries.counts() == (2, 2)
        assert f"of {name}" in library.entries.get(f"{name}-gateway").text
        with pytest.raises(NotFound):
            library.entries.get(f"{other}-{other}")
        with pytest.raises(NotFound):
            library.entries.approve(f"{other}-{other}", "x", NOW)
        for query in ("sensor", f"Only {other} has this sensor", "gateway"):
            found = {hit.passage.text for hit in library.search(query, ALL, k=50)}
            assert found
            assert not [text for text in found if other in text]
        assert len(library.indexes.vectors.pks()) == len(library.indexes.lexical.pks()) == 2


def test_a_row_of_another_workspace_cannot_be_had_by_its_number(libraries: dict[str, Library]) -> None:
    north, south = libraries["north"].entries, libraries["south"].entries
    theirs = [pk for pk, _, _ in south.embeddings()]
    assert theirs
    assert north.passages(theirs) == []
    assert north.embeddings(theirs) == []
    assert not set(theirs) & north.embedding_models().keys()
    with north.writing() as session:
        north.set_embeddings(session, [(pk, b"") for pk in theirs], "spoilt")
    assert {model for _, _, model in south.embeddings()} == {"toy-16"}
    origin = south.get("south-south").origin
    with north.reading() as session:
        assert north.by_origin(session, origin) is None
    with south.reading() as session:
        assert south.by_origin(session, origin) is not None


def test_customers_and_terms(libraries: dict[str, Library]) -> None:
    assert libraries["north"].customers.withdraw("acme") == 1
    for name, library in libraries.items():
        [acme], [term] = library.customers.all(), library.glossary.all()
        assert (acme.names, term.translations) == ({"en": f"Acme {name}"}, {"zh": name})
    assert len(libraries["south"].customers.get("acme").permissions) == 1
    libraries["south"].customers.save([Customer("beta", {"en": "Beta"})])
    with pytest.raises(NotFound):
        libraries["north"].customers.get("beta")


def test_drafts(libraries: dict[str, Library]) -> None:
    for name, library in libraries.items():
        drafts = Drafts(library.database, name)
        assert drafts.get("d-1").title == name
        assert len(drafts.list()) == 1
    database = libraries["north"].database
    Drafts(database, "south").save(
        Draft(id="d-2", template="success_story", locale="en", audience="public"), Brief("success_story"), [], NOW
    )
    north = Drafts(database, "north")
    for read in (north.get, north.brief):
        with pytest.raises(NotFound):
            read("d-2")


def test_a_change_in_one_is_none_in_the_other(libraries: dict[str, Library]) -> None:
    database = libraries["north"].database
    before = revision(database, "south")
    libraries["north"].customers.withdraw("acme")
    assert revision(database, "south") == before
    assert revision(database, "nowhere") is None


@pytest.mark.parametrize("second", ["north-data", "north-docsize", "north-vocabulary"])
def test_names_that_begin_alike_are_two_workspaces(database: Database, tmp_path: Path, second: str) -> None:
    database.migrate()
    for name in ("north", second):
        ensure_workspace(database, name, NOW)
        library = Library(database, name, ToyEmbedder, tmp_path, lambda: NOW)
        fill(library, name, tmp_path / name)
        assert len(library.search("sensor", ALL, k=9)) == 2
        library.indexes.close()
