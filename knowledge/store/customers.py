"""Customers with their permissions, and the glossary."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete

from knowledge.domain.errors import NotFound
from knowledge.records import Customer, Level, Permission, Term, Use
from knowledge.store.repository import Repository
from knowledge.store.schema import CustomerRow, PermissionRow, TermRow


class Customers(Repository):
    """Who may be named where, for what, until when."""

    def save(self, customers: Iterable[Customer]) -> None:
        """Write customers whole: an existing one is replaced with its permissions."""
        with self.database.session() as session:
            for customer in customers:
                session.merge(
                    CustomerRow(
                        workspace=self.workspace,
                        id=customer.id,
                        names=dict(customer.names),
                        other_names=list(customer.other_names),
                        aliases=dict(customer.aliases),
                        segment=customer.segment,
                    )
                )
                session.flush()
                session.execute(
                    delete(PermissionRow).where(
                        PermissionRow.workspace == self.workspace, PermissionRow.customer_id == customer.id
                    )
                )
                session.add_all(self._row(customer.id, permission) for permission in customer.permissions)
            self.touch(session)

    def all(self) -> list[Customer]:
        """Every customer, by id."""
        with self.database.session() as session:
            permissions: dict[str, list[Permission]] = {}
            for row in session.scalars(self.rows(PermissionRow).order_by(PermissionRow.pk)):
                permissions.setdefault(row.customer_id, []).append(_permission(row))
            return [
                Customer(
                    id=row.id,
                    names=row.names,
                    other_names=tuple(row.other_names),
                    aliases=row.aliases,
                    segment=row.segment,
                    permissions=tuple(permissions.get(row.id, ())),
                )
                for row in session.scalars(self.rows(CustomerRow).order_by(CustomerRow.id))
            ]

    def get(self, customer_id: str) -> Customer:
        """Raises `NotFound`."""
        for customer in self.all():
            if customer.id == customer_id:
                return customer
        raise NotFound(f"no customer '{customer_id}'; `koujing library customer list` shows all")

    def withdraw(self, customer_id: str, use: Use | None = None) -> int:
        """Take back the permissions of a customer (all, or those of one use); how many there were."""
        self.get(customer_id)
        with self.database.session() as session:
            rows = self.rows(PermissionRow).where(PermissionRow.customer_id == customer_id)
            if use is not None:
                rows = rows.where(PermissionRow.use == str(use))
            found = list(session.scalars(rows))
            for row in found:
                session.delete(row)
            self.touch(session)
            return len(found)

    def _row(self, customer_id: str, permission: Permission) -> PermissionRow:
        return PermissionRow(
            workspace=self.workspace,
            customer_id=customer_id,
            use=str(permission.use),
            level=str(permission.level),
            markets=list(permission.markets),
            channels=list(permission.channels),
            until=permission.until,
            consented_by=permission.consented_by,
            consented_on=permission.consented_on,
        )


class Glossary(Repository):
    """Terms per locale."""

    def save(self, terms: Iterable[Term]) -> int:
        """Write terms, replacing those of the same term and locale; how many."""
        count = 0
        with self.database.session() as session:
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
                    )
                )
            self.touch(session)
        return count

    def all(self) -> list[Term]:
        """Every term, by its text."""
        with self.database.session() as session:
            return [
                Term(
                    term=row.term,
                    locale=row.locale,
                    translations=row.translations,
                    part_of_speech=row.part_of_speech,
                    do_not_translate=row.do_not_translate,
                    forbidden=tuple(row.forbidden),
                    note=row.note,
                )
                for row in session.scalars(self.rows(TermRow).order_by(TermRow.term, TermRow.locale))
            ]


def _permission(row: PermissionRow) -> Permission:
    return Permission(
        use=Use(row.use),
        level=Level(row.level),
        markets=tuple(row.markets),
        channels=tuple(row.channels),
        until=row.until,
        consented_by=row.consented_by,
        consented_on=row.consented_on,
    )
