"""Whole drafts from a library: carried by it, complete, in form, in the house's words, and silent where due?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.cases import Case, golden
from evals.public.libraries import EntryLine, cases_for
from evals.scorers.citations import Citations
from evals.scorers.leaks import Leaks
from evals.scorers.shape import Shape
from evals.scorers.support import Support
from evals.scorers.terms import Terms
from evals.scorers.yields import Yields
from evals.subjects.port import Answer, Subject
from evals.suites.base import Suite, Wanted
from knowledge.domain.errors import InputError
from knowledge.sample import FOLDER

SAMPLE = "@sample:"
"""What an input begins with that is a file of the sample library."""


class Drafting(Suite):
    """`ask` is a brief: `template`, `inputs`, and where wanted `market`, `channel`, `audience`; the locale is the
    case's. An input `@sample:PATH` is the text of that file of the sample library.

    `expect`, all optional: `facts`, `gaps` and `filled` (ids of sections), `terms`, `unsaid`, `blocked`.
    """

    id = "drafting"
    about = "drafts over all templates: support, citations, completeness, form, terms, confidential names"
    writes = True
    judged = True
    scorers = (Support(), Citations(), Yields(), Shape(), Terms(), Leaks())

    def cases(self, wanted: Wanted) -> Sequence[Case]:
        """The golden cases, all of which are about the sample library. Raises `InputError` for another one."""
        if wanted.library != "sample":
            raise InputError(f"no golden briefs for the library '{wanted.library}'; they follow from its entries")
        return [case for case in golden("drafting") if case.core or wanted.every]

    def cases_of_library(self, entries: Sequence[EntryLine], wanted: Wanted) -> Sequence[Case]:
        """Briefs for a library that nobody wrote cases for. Raises `InputError` when it has no approved entry."""
        if not entries:
            raise InputError(f"the library '{wanted.library}' has no approved entry to draft from")
        return cases_for(entries, source=Path(wanted.library).name)

    def ask(self, case: Case, subject: Subject) -> Answer:
        """A draft in the locale of the case."""
        inputs = {name: text_of_input(value) for name, value in case.ask["inputs"].items()}
        brief: Mapping[str, Any] = {**case.ask, "inputs": inputs, "locale": case.locale}
        return subject.draft(brief)


def own_briefs() -> dict[tuple[str, str], Case]:
    """For each template and locale the golden brief that stands for it: its own (`draft-TEMPLATE-LANGUAGE`), else the
    first of the core, else the first."""

    def rank(case: Case) -> tuple[bool, bool]:
        language = case.locale.split("-", 1)[0]
        return case.id != f"draft-{case.ask['template'].replace('_', '-')}-{language}", not case.core

    found: dict[tuple[str, str], Case] = {}
    for case in sorted(golden("drafting"), key=rank):
        found.setdefault((case.ask["template"], case.locale), case)
    return found


def text_of_input(value: str) -> str:
    """The text that an input of a golden brief stands for. Raises `InputError` for a file that is not there."""
    if not value.startswith(SAMPLE):
        return value
    path = (FOLDER / value.removeprefix(SAMPLE)).resolve()
    if not path.is_relative_to(FOLDER.resolve()) or not path.is_file():
        raise InputError(f"'{value}': no such file in the sample library")
    return path.read_text(encoding="utf-8")
