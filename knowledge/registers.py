"""Customers (YAML) and glossary (CSV) from files people keep by hand."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import parse_locale
from knowledge.importing import as_day
from knowledge.records import Customer, Level, Permission, Term, Use

_CUSTOMER_KEYS = {"id", "name", "other_names", "alias", "segment", "permissions"}
_PERMISSION_KEYS = {"use", "level", "markets", "channels", "until", "consented_by", "consented_on"}


def read_customers(path: Path, today: date) -> list[Customer]:
    """The customers of a YAML file with a list `customers`. Raises `InputError` naming the customer and the key."""
    data = _yaml(path)
    if not isinstance(data, dict) or not isinstance(data.get("customers"), list):
        raise InputError(f"{path.name}: needs a list 'customers'")
    return [_customer(item, number, path.name, today) for number, item in enumerate(data["customers"], start=1)]


def read_glossary(path: Path) -> list[Term]:
    """The terms of a CSV file with the columns term, locale, translation_LL … Raises `InputError` naming the row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(path.name, str(error), "save it as UTF-8") from None
    if not rows or "term" not in rows[0] or "locale" not in rows[0]:
        raise InputError(f"{path.name}: needs the columns term and locale")
    return [_term(row, number, path.name) for number, row in enumerate(rows, start=2)]


def _term(row: Mapping[str, str | None], number: int, name: str) -> Term:
    term = (row.get("term") or "").strip()
    if not term:
        raise InputError(f"{name}, row {number}: the term is empty")
    translations = {
        column.removeprefix("translation_"): (text or "").strip()
        for column, text in row.items()
        if column.startswith("translation_") and (text or "").strip()
    }
    return Term(
        term=term,
        locale=parse_locale(row.get("locale") or "").tag,
        translations=translations,
        part_of_speech=(row.get("part_of_speech") or "").strip(),
        do_not_translate=(row.get("do_not_translate") or "").strip().lower() in ("yes", "true", "1", "是"),
        forbidden=tuple(v.strip() for v in (row.get("forbidden") or "").split("|") if v.strip()),
        note=(row.get("note") or "").strip(),
    )


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
