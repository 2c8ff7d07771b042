"""What the pages of sign-in need, in one place: `request.app.state.door`, or `Door` in a route's arguments."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.responses import Response

from api.access import invitations, sign_ins
from api.access.invitations import Invitation
from api.access.passwords import Tries
from api.access.people import Person, Persons, any_person
from api.access.secret import public_origin
from api.access.sign_ins import SignIns
from assistant.settings import Settings
from knowledge.store.database import Database


@dataclass
class FrontDoor:
    """Sign in, use a link, sign out. `address` is where the request comes from (`request.client.host`)."""

    settings: Settings
    database: Database
    tries: Tries = field(default_factory=Tries)

    def __post_init__(self) -> None:
        self.persons = Persons(self.database, self.tries)
        self.sign_ins = SignIns(self.database)
        self._secure = public_origin(self.settings).startswith("https:")

    def sign_in(self, login: str, password: str, address: str) -> str:
        """The token of a new sign-in. Raises `NotAuthorised` (wrong), `TooMuch` (too many tries)."""
        now = self.settings.now()
        person = self.persons.check(login, password, address, now)
        return self.sign_ins.begin(person.id, now, self.settings.text("workspace"))

    def look(self, token: str) -> Invitation | None:
        """What a one-time link is for; None when it is of no use."""
        return invitations.look(self.database, token, self.settings.now())

    def accept(
        self, token: str, login: str, name: str, password: str, address: str, language: str = ""
    ) -> tuple[Person, str]:
        """Use a one-time link up: the person and the token of their sign-in; errors as `invitations.accept`."""
        return invitations.accept(
            self.persons, token, login, name, password, self.settings.now(), address=address, language=language
        )

    def sign_out(self, token: str) -> None:
        """End the sign-in of this browser."""
        self.sign_ins.end(token)

    def remember(self, response: Response, token: str) -> None:
        """Put the sign-in into the browser; `Secure` when the public address is https."""
        sign_ins.remember(response, token, secure=self._secure)

    def forget(self, response: Response) -> None:
        """Take the sign-in out of the browser."""
        sign_ins.forget(response, secure=self._secure)

    def has_people(self) -> bool:
        """False until the first administrator has used their link: the page of sign-in explains it then."""
        return any_person(self.database)
