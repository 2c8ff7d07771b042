"""The glossary: terms per locale."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from knowledge.domain.errors import NotFound
from knowledge.records import Term
from knowledge.store.record import Record
from knowledge.store.schema import TermRow


class Glossary(Record):
    """Terms, their forms in other locales, and what must not be written instead."""

    def save(self, terms: Iterable[Term], *, by: str = "import", now: datetime | None = None) -> int:
        """Write terms, replacing those of the same term and locale; how many."""
        now = now or datetime.now(UTC)
        count = 0
        with self.writing() as session:
            for term in terms:
                count += 1
                session.merge(
                    TermRow(
                        workspace=self.workspace,
                        term=term.term,
                        locale=term.locale,
                        translations=dict(term.translations),
                        part_of_speech=term.part_of_speech,
                        do_not_translate=term.do_not_translate,
                        forbidden=list(term.forbidden),
                        note=term.note,
                        case_rule=term.case_rule,
                    )
                )
                self.note(session, "term", f"{term.term[:160]} ({term.locale})", "set", by, now)
        return count

    def remove(self, term: str, locale: str, *, by: str, now: datetime, reason: str = "") -> None:
        """Take a term out; the record keeps that it was. Raises `NotFound`."""
        with self.writing() as session:
            row = session.get(TermRow, (self.workspace, term, locale))
            if row is None:
                raise NotFound(f"no term '{term}' in {locale}; `koujing library glossary list` shows all")
            session.delete(row)
            self.note(session, "term", f"{term[:160]} ({locale})", "removed", by, now, reason=reason)

    def all(self) -> list[Term]:
        """Every term, by its text."""
        with self.reading() as session:
            return [
                Term(
                    term=row.term,
                    locale=row.locale,
                    translations=row.translations,
                    part_of_speech=row.part_of_speech,
                    do_not_translate=row.do_not_translate,
                    forbidden=tuple(row.forbidden),
                    note=row.note,
                    case_rule=row.case_rule,
                )
                for row in session.scalars(self.rows(TermRow).order_by(TermRow.term, TermRow.locale))
            ]
