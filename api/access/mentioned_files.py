"""Files of a home that mention a person: templates, culture list, evaluations, logs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.backup.home_files import files_of
from knowledge.store.database import Database
from knowledge.store.persons_in_rows import mentioned
from knowledge.store.schema import PersonRow


def names_of(database: Database, person_id: str, also: Sequence[str]) -> list[str]:
    """Every name of a person; those alone that were given when there is no such person."""
    with database.session() as session:
        person = session.get(PersonRow, person_id)
        own = (person.name, person.login) if person else ()
    return [name for name in dict.fromkeys((*own, *also)) if name and name != person_id]


def files_that_mention(home: Path, names: Sequence[str]) -> list[str]:
    """Paths in the home, by name. Raises `SetupError` for a file that cannot be read."""
    logs = [(f"logs/{path.name}", path.read_bytes()) for path in sorted((home / "logs").glob("*")) if path.is_file()]
    found = (*files_of(home), *logs)
    return sorted(name for name, data in found if mentioned(data.decode("utf-8", "replace"), names) is not None)
