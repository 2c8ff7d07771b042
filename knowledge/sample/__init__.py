"""The sample library: a fictional company, with honest difficulties in it (README.md beside this file)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.importing import ImportOptions, ImportReport, OnFile
from knowledge.records import Audience
from knowledge.registers import read_customers, read_glossary

if TYPE_CHECKING:
    from knowledge.library import Library

FOLDER = Path(__file__).parent
_NOT_ENTRIES = {"transcripts", "copy", "inputs", "__pycache__"}


def load(library: Library, on_file: OnFile = lambda *_: None) -> ImportReport:
    """Load customers, glossary and entries; the sample approves its own entries, which is recorded as `sample`."""
    today = library.now().date()
    library.customers.save(read_customers(FOLDER / "customers.yaml", today))
    library.glossary.save(read_glossary(FOLDER / "glossary.csv"))
    folders = sorted(path for path in FOLDER.iterdir() if path.is_dir() and path.name not in _NOT_ENTRIES)
    options = ImportOptions(audience=Audience.PUBLIC, by="sample", trust_front_matter=True)
    return library.importer().run(folders, options, on_file)
