"""Keys, people, workspaces and who is asking, as the service answers them."""

from __future__ import annotations

from typing import Any

KEY: dict[str, Any] = {
    "schema": 1,
    "id": "9f2c51d07a3e",
    "name": "website",
    "prefix": "kj_9f2c51d07a3e",
    "role": "author",
    "scopes": [],
    "created_at": "2026-03-01T09:00:00Z",
    "made_by": "p-0c9b51aa7d02",
    "expires_at": "2027-02-01T00:00:00Z",
    "last_used_at": None,
    "revoked_at": None,
    "daily_tokens": None,
    "per_minute": 120,
}
NEW_KEY: dict[str, Any] = {**KEY, "key": "kj_9f2c51d07a3e_…"}
KEYS: dict[str, Any] = {"schema": 1, "keys": [{name: value for name, value in KEY.items() if name != "schema"}]}

_MEMBER = {
    "id": "p-0c9b51aa7d02",
    "login": "anna@koujing.example",
    "name": "Anna",
    "role": "editor",
    "added_at": "2026-03-01T09:00:00Z",
    "added_by": "Bo",
    "disabled_at": None,
}
MEMBER: dict[str, Any] = {"schema": 1, **_MEMBER}
MEMBERS: dict[str, Any] = {"schema": 1, "people": [_MEMBER]}
LINK: dict[str, Any] = {
    "schema": 1,
    "url": "https://koujing.example/welcome/…",
    "purpose": "member",
    "workspace": "default",
    "role": "editor",
    "name": "Anna",
    "login": "",
    "created_by": "Bo",
    "expires_at": "2026-03-02T09:00:00Z",
}

_CHOICES = {"four_eyes": True, "daily_tokens": None, "per_minute": 300}
WORKSPACES: dict[str, Any] = {
    "schema": 1,
    "workspaces": [{"name": "default", "role": "admin", "current": True}],
}
WORKSPACE: dict[str, Any] = {
    "schema": 1,
    "name": "default",
    "choices": _CHOICES,
    "history": [
        {
            "act": "chose four_eyes=true",
            "by": "Bo",
            "at": "2026-03-01T09:00:00Z",
            "reason": "Legal asks for it from March on",
        }
    ],
}
NEW_WORKSPACE: dict[str, Any] = {**WORKSPACE, "name": "emea", "choices": {**_CHOICES, "four_eyes": False}, "link": None}

ME: dict[str, Any] = {
    "schema": 1,
    "kind": "person",
    "id": "p-0c9b51aa7d02",
    "name": "Anna",
    "language": "zh",
    "workspace": "default",
    "role": "editor",
    "rights": ["read", "draft", "library"],
    "per_minute": 600,
    "daily_tokens": None,
    "workspaces": WORKSPACES["workspaces"],
    "csrf": "5d41402abc4b2a76b9719d911017c592…",
}
