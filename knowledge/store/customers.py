"""Customers with their permissions. What was ever consented to stays on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from knowledge.domain.errors import InputError, NotFound
from knowledge.records import Customer, Level, Permission, Use
from knowledge.store.record import Record
from knowledge.store.repository import utc
from knowledge.store.schema import CustomerRow, PermissionRow


class Customers(Record):
    """Who may be named where, for what, until when."""

    def save(self, customers: Iterable[Customer], *, by: str = "import", now: datetime | None = None) -> None:
        """Write customers whole. A permission that an existing one no longer has is withdrawn, not forgotten."""
        now = now or datetime.now(UTC)
        with self.writing() as session:
            for customer in customers:
                known = self._describe(session, customer)
                self._exchange(session, customer, by, now)
                self.note(session, "customer", customer.id, "changed" if known else "created", by, now)

    def describe(self, customer: Customer, *, by: str, now: datetime) -> Customer:
        """Make a customer, or write its names, spellings, aliases and segment anew; permissions stay as they are."""
        with self.writing() as session:
            known = self._describe(session, customer)
            self.note(session, "customer", customer.id, "changed" if known else "created", by, now)
        return self.get(customer.id)

    def permit(self, given: Mapping[str, Sequence[Permission]], *, by: str, now: datetime) -> None:
        """Add permissions to customers, all of them or none. Raises `NotFound`, or `InputError` when one is on record
        already."""
        for customer_id, permissions in given.items():
            there = {replace(p, withdrawn_at=None) for p in self.get(customer_id).permissions}
            for permission in permissions:
                if permission in there:
                    raise InputError(
                        f"customer '{customer_id}' has given this permission already ({permission.use}); "
                        f"see `koujing library customer show {customer_id}`"
                    )
        with self.writing() as session:
            for customer_id, permissions in given.items():
                for permission in permissions:
                    session.add(self._row(customer_id, permission))
                    act = f"permitted {permission.use} {permission.level}"
                    self.note(session, "customer", customer_id, act, by, now)

    def all(self) -> list[Customer]:
        """Every customer, by id, with all permissions it ever gave."""
        with self.reading() as session:
            permissions: dict[str, list[Permission]] = {}
            for row in session.scalars(self.rows(PermissionRow).order_by(PermissionRow.pk)):
                permissions.setdefault(row.customer_id, []).append(_permission(row))
            return [
                _customer(row, permissions.get(row.id, ()))
                for row in session.scalars(self.rows(CustomerRow).order_by(CustomerRow.id))
            ]

    def get(self, customer_id: str) -> Customer:
        """Raises `NotFound`."""
        with self.reading() as session:
            row = session.get(CustomerRow, (self.workspace, customer_id))
            if row is None:
                raise NotFound(f"no customer '{customer_id}'; `koujing library customer list` shows all")
            return _customer(row, [_permission(p) for p in session.scalars(self._permissions(customer_id))])

    def withdraw(
        self,
        customer_id: str,
        use: Use | None = None,
        *,
        by: str = "",
        now: datetime | None = None,
        reason: str = "",
    ) -> int:
        """Take back the permissions of a customer (all, or those of one use); how many there were. They stay on record
        as withdrawn and cover nothing from now on."""
        now = now or datetime.now(UTC)
        self.get(customer_id)
        with self.writing() as session:
            rows = self._permissions(customer_id).where(PermissionRow.withdrawn_on.is_(None))
            if use is not None:
                rows = rows.where(PermissionRow.use == str(use))
            found = list(session.scalars(rows))
            for row in found:
                _withdraw(row, by, now, reason)
            act = f"withdrew {use}" if use else "withdrew all permissions"
            self.note(session, "customer", customer_id, act, by, now, reason=reason)
            return len(found)

    def _describe(self, session: Session, customer: Customer) -> bool:
        """Write the customer's row; True when there was one."""
        known = session.get(CustomerRow, (self.workspace, customer.id)) is not None
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
        return known

    def _exchange(self, session: Session, customer: Customer, by: str, now: datetime) -> None:
        """The rows of a customer as its record has them: those that are gone are marked withdrawn."""
        wanted = list(customer.permissions)
        for row in session.scalars(self._permissions(customer.id)):
            there = replace(_permission(row), withdrawn_at=None)
            same = next((p for p in wanted if replace(p, withdrawn_at=None) == there), None)
            if same is not None:
                wanted.remove(same)
            elif row.withdrawn_on is None:
                _withdraw(row, by, now, "no longer in the customer's record")
        session.add_all(self._row(customer.id, permission) for permission in wanted)

    def _permissions(self, customer_id: str) -> Any:
        return self.rows(PermissionRow).where(PermissionRow.customer_id == customer_id).order_by(PermissionRow.pk)

    def _row(self, customer_id: str, p: Permission) -> PermissionRow:
        return PermissionRow(
            workspace=self.workspace,
            customer_id=customer_id,
            use=str(p.use),
            level=str(p.level),
            markets=list(p.markets),
            channels=list(p.channels),
            until=p.until,
            consented_by=p.consented_by,
            consented_on=p.consented_on,
            evidence=p.evidence,
            withdrawn_on=p.withdrawn_on,
            withdrawn_at=utc(p.withdrawn_at) if p.withdrawn_at else _start(p.withdrawn_on),
            withdrawn_by=p.withdrawn_by,
            reason=p.reason,
        )


def _withdraw(row: PermissionRow, by: str, now: datetime, reason: str) -> None:
    row.withdrawn_on, row.withdrawn_at = now.date(), utc(now)
    row.withdrawn_by, row.reason = by, reason


def _start(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day) if day else None


def _customer(row: CustomerRow, permissions: Sequence[Permission]) -> Customer:
    return Customer(
        id=row.id,
        names=row.names,
        other_names=tuple(row.other_names),
        aliases=row.aliases,
        segment=row.segment,
        permissions=tuple(permissions),
    )


def _permission(row: PermissionRow) -> Permission:
    return Permission(
        use=Use(row.use),
        level=Level(row.level),
        markets=tuple(row.markets),
        channels=tuple(row.channels),
        until=row.until,
        consented_by=row.consented_by,
        consented_on=row.consented_on,
        evidence=row.evidence,
        withdrawn_on=row.withdrawn_on,
        withdrawn_by=row.withdrawn_by,
        reason=row.reason,
        withdrawn_at=row.withdrawn_at,
    )
