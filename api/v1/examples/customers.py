"""Customers and permissions as the service answers them."""

from __future__ import annotations

from typing import Any

_PERMISSION = {
    "use": "name",
    "level": "public",
    "markets": ["CN"],
    "channels": [],
    "until": "2026-12-31",
    "consented_by": "Li Wei, head of marketing",
    "consented_on": "2026-03-01",
    "evidence": "mail of 2026-03-01",
    "withdrawn_on": None,
    "withdrawn_by": "",
    "reason": "",
}

_CUSTOMER = {
    "id": "shente",
    "names": {"zh-CN": "申特电梯集团", "en": "Shente Elevators"},
    "other_names": ["申特"],
    "aliases": {"zh-CN": "华东电梯维保集团", "en": "a lift maintenance group in East China"},
    "segment": "lifts",
    "permissions": [_PERMISSION],
}

CUSTOMERS: dict[str, Any] = {"schema": 1, "customers": [_CUSTOMER], "next": None}

CUSTOMER: dict[str, Any] = {
    "schema": 1,
    "customer": _CUSTOMER,
    "history": [
        {
            "subject": "customer",
            "id": "shente",
            "version": None,
            "act": "permitted name public",
            "by": "anna",
            "at": "2026-03-01T09:00:00Z",
            "reason": "",
        }
    ],
}

_PLACE: dict[str, Any] = {
    "markets": [],
    "level": "alias",
    "ground": "other_market",
    "until": None,
    "reason": {"zh": "许可只限CN市场", "en": "permitted for the markets CN only"},
}

GRID: dict[str, Any] = {
    "schema": 1,
    "day": "2026-03-01",
    "markets": ["CN"],
    "rows": [
        {
            "customer": "shente",
            "names": _CUSTOMER["names"],
            "uses": {
                "name": [
                    _PLACE,
                    {
                        "markets": ["CN"],
                        "level": "public",
                        "ground": "permission",
                        "until": "2026-12-31",
                        "reason": {"zh": "有许可", "en": "permitted"},
                    },
                ],
                "logo": [_PLACE],
                "quote": [_PLACE],
                "figures": [_PLACE],
                "visit": [_PLACE],
            },
        }
    ],
    "next": None,
}

PERMISSIONS: dict[str, Any] = {"schema": 1, "customer": "shente", "permissions": [_PERMISSION]}

PERMISSIONS_LISTED: dict[str, Any] = {
    "schema": 1,
    "permissions": [{"customer": "shente", **_PERMISSION}],
    "next": None,
}

CLEARANCE: dict[str, Any] = {
    "schema": 1,
    "customer": "shente",
    "uses": [
        {
            "use": "name",
            "level": "public",
            "ground": "permission",
            "reason": {"zh": "有许可", "en": "permitted"},
            "permission": {
                "level": "public",
                "markets": ["CN"],
                "channels": [],
                "until": "2026-12-31",
                "consented_by": "Li Wei, head of marketing",
                "consented_on": "2026-03-01",
                "withdrawn_on": None,
            },
        }
    ],
}

WITHDRAWN: dict[str, Any] = {"schema": 1, "customer": "shente", "withdrawn": 1, "stale": 2}
