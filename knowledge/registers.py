"""Customers and glossary from files people keep by hand: all of a file, or nothing and the first mistake in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge.days import as_day, as_moment
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.records import Customer, Level, Permission, Use
from knowledge.sheets.customers import plan_customers
from knowledge.sheets.glossary import read_glossary

__all__ = ["read_customers", "read_glossary"]

_CUSTOMER_KEYS = {"id", "name", "other_names", "alias", "segment", "permissions"}
_PERMISSION_KEYS = {
    "use", "level", "markets", "channels", "until", "consented_by", "consented_on", "evidence", "withdrawn_on",
    "withdrawn_at", "withdrawn_by", "reason",
}  # fmt: skip
_YAML = (".yaml", ".yml")


def read_customers(path: Path, today: date, existing: Iterable[Customer] = ()) -> list[Customer]:
    """The customers of a YAML file with a list `customers`, or of a sheet (`plan_customers`).

    A sheet knows nothing of permissions: those of `existing` customers stay. Raises `InputError` naming the customer
    and the key, or the row.
    """
    if path.suffix.lower() not in _YAML:
        plan = plan_customers(path, existing)
        plan.raise_first()
        return list(plan.records)
    data = _yaml(path)
    if not isinstance(data, dict) or not isinstance(data.get("customers"), list):
        raise InputError(f"{path.name}: needs a list 'customers'")
    return [_customer(item, number, path.name, today) for number, item in enumerate(data["customers"], start=1)]


def _customer(item: Any, number: int, name: str, today: date) -> Customer:
    place = f"{name}, customer {number}"
    if not isinstance(item, dict) or not item.get("id") or not isinstance(item.get("name"), dict):
        raise InputError(f"{place}: needs 'id' and 'name' (a mapping of locales to names)")
    place = f"{name}, customer '{item['id']}'"
    _refuse_unknown(item, _CUSTOMER_KEYS, place)
    return Customer(
        id=str(item["id"]),
        names={str(locale): str(text) for locale, text in item["name"].items()},
        other_names=tuple(str(other) for other in item.get("other_names") or ()),
        aliases={str(locale): str(text) for locale, text in (item.get("alias") or {}).items()},
        segment=str(item.get("segment") or ""),
        permissions=tuple(_permission(p, place, today) for p in item.get("permissions") or ()),
    )


def _permission(item: Any, place: str, today: date) -> Permission:
    if not isinstance(item, dict):
        raise InputError(f"{place}: a permission must be a mapping with use and level")
    _refuse_unknown(item, _PERMISSION_KEYS, place)
    try:
        use, level = Use(str(item.get("use"))), Level(str(item.get("level")))
    except ValueError as error:
        raise InputError(f"{place}: {error}; use is one of {', '.join(Use)}, level one of {', '.join(Level)}") from None
    return Permission(
        use=use,
        level=level,
        markets=tuple(item.get("markets") or ()),
        channels=tuple(item.get("channels") or ()),
        until=as_day(item.get("until"), today, f"{place}: until"),
        consented_by=str(item.get("consented_by") or ""),
        consented_on=as_day(item.get("consented_on"), today, f"{place}: consented_on"),
        evidence=str(item.get("evidence") or ""),
        withdrawn_on=as_day(item.get("withdrawn_on"), today, f"{place}: withdrawn_on"),
        withdrawn_by=str(item.get("withdrawn_by") or ""),
        reason=str(item.get("reason") or ""),
        withdrawn_at=as_moment(item.get("withdrawn_at"), f"{place}: withdrawn_at"),
    )


def _refuse_unknown(item: Mapping[str, Any], known: set[str], place: str) -> None:
    unknown = sorted(set(map(str, item)) - known)
    if unknown:
        raise InputError(f"{place}: unknown key '{unknown[0]}'; known: {', '.join(sorted(known))}")


def _yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(path.name, str(error), "save it as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise UnreadableFile(path.name, f"is not valid YAML{f' (line {mark.line + 1})' if mark else ''}") from None
