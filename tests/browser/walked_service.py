"""What the tests of the pages are given: the service that runs, and the people who sign in to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from api.access import invitations
from api.access.invitations import Invitations
from api.access.people import Persons
from api.access.roles import Role
from api.access.sign_ins import SignIns
from assistant.workspace import Workspace

PASSWORD = "correct horse battery staple"
NAMES = {"admin": "陈立", "approver": "Maria Weber", "editor": "周敏", "author": "林晓", "viewer": "Tom Reed"}

Shot = Callable[[Page, str], Path]


@dataclass
class Service:
    """A service that runs, and its workspace. `sign_in(role)` makes the person when there is none of that role yet."""

    url: str
    workspace: Workspace
    persons: Persons
    _known: dict[str, str] = field(default_factory=dict)

    def sign_in(self, role: str = "admin") -> str:
        """The cookie's token of a new sign-in of the person with this role."""
        now = self.workspace.settings.now()
        if role not in self._known:
            given = Invitations(self.workspace.database, self.workspace.name)
            token = given.first(now) if not self._known and role == Role.ADMIN else given.member(role, "", "test", now)
            person, signed_in = invitations.accept(self.persons, token, role, NAMES[role], PASSWORD, now)
            self._known[role] = person.id
            return signed_in
        return SignIns(self.workspace.database).begin(self._known[role], now, self.workspace.name)

    def first_link(self) -> str:
        """The address behind which the first administrator is made."""
        given = Invitations(self.workspace.database, self.workspace.name)
        return f"{self.url}/welcome/{given.first(self.workspace.settings.now())}"
