"""Who is asking, as every route sees them."""

from __future__ import annotations

from dataclasses import dataclass

from api.access.roles import Right, Role
from knowledge.domain.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at a page, a key, or this machine before any key or person was made.

    `id` is that of the person or key; `name` stands in the record; `person` is the id of the person behind it (of a
    key: who made it), empty where there is none: whoever must be another person than the author is told by it.
    `per_minute` and `daily_tokens` are what they may ask for (None: no limit).
    """

    kind: str
    id: str
    name: str
    workspace: str
    role: Role
    rights: frozenset[Right]
    person: str = ""
    language: str = ""
    per_minute: int | None = None
    daily_tokens: int | None = None

    def may(self, right: Right) -> bool:
        return right in self.rights

    def must(self, right: Right) -> None:
        """Raises `NotAllowed` naming the right that is missing."""
        if right not in self.rights:
            raise NotAllowed(
                f"{self.name} has the role {self.role} here and lacks the right '{right}'; ask an administrator of the "
                "workspace"
            )


def this_machine(workspace: str, name: str = "this machine") -> Actor:
    """Whoever works on the loopback address before the first key or person was made."""
    return Actor("machine", "machine", name, workspace, Role.ADMIN, Role.ADMIN.rights)
