"""Roles and rights: a ladder. Every route names the right it needs; a test walks all of them."""

from __future__ import annotations

from enum import StrEnum

from knowledge.domain.errors import InputError


class Right(StrEnum):
    """What a route may ask for. The scopes of a key are rights, too."""

    READ = "read"
    """See drafts, library, templates, reports; search; check a text."""
    DRAFT = "draft"
    """Write, edit, hand in and export drafts; propose entries, which stay drafts until somebody approves them."""
    LIBRARY = "library"
    """Change entries, customers, permissions, glossary and templates; import; hand entries in, retire them."""
    APPROVE = "approve"
    """Approve, send back, publish and withdraw drafts and entries."""
    ADMIN = "admin"
    """People, keys, rulings on checks, ways of the workspace, the record; let an export pass with a reason."""


class Role(StrEnum):
    """What a person or a key is in a workspace, from the least to the most."""

    VIEWER = "viewer"
    AUTHOR = "author"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMIN = "admin"

    @property
    def rights(self) -> frozenset[Right]:
        """Those of its own step and of all below it."""
        return frozenset(list(Right)[: list(Role).index(self) + 1])


def role_named(name: str) -> Role:
    """Raises `InputError` naming the five roles."""
    try:
        return Role(name)
    except ValueError:
        raise InputError(f"'{name}' is no role; choose {', '.join(Role)}") from None


def rights_named(names: list[str], role: Role) -> frozenset[Right]:
    """Scopes as rights; none given: all of the role. Raises `InputError` for one that is none or beyond the role."""
    if not names:
        return role.rights
    unknown = [name for name in names if name not in list(Right)]
    if unknown:
        raise InputError(f"'{unknown[0]}' is no scope; choose {', '.join(Right)}")
    beyond = [name for name in names if Right(name) not in role.rights]
    if beyond:
        raise InputError(f"the role {role} has no right '{beyond[0]}'; it has {', '.join(sorted(role.rights))}")
    return frozenset(Right(name) for name in names)
