"""What the tests of people share: somebody made without a page, and a browser that is signed in."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from api.access.invitations import Invitations, accept
from api.access.people import Person, Persons
from api.access.sign_ins import COOKIE
from assistant.workspace import Workspace

PASSWORD = "a few plain words"


def made(workspace: Workspace, login: str, role: str = "admin", name: str = "") -> tuple[Person, str]:
    """A person with this role in the workspace, and the token of their sign-in."""
    now = workspace.settings.now()
    token = Invitations(workspace.database, workspace.name).member(role, name, "test", now)
    return accept(Persons(workspace.database), token, login, name or login, PASSWORD, now)


class Browser:
    """A client with the cookie of a sign-in, which sends back what pages give it."""

    def __init__(self, client: TestClient, token: str) -> None:
        self.client, self.token = client, token
        self.csrf = self.get("/v1/me").json().get("csrf", "")

    def get(self, path: str, **more: Any) -> Any:
        return self.ask("GET", path, **more)

    def post(self, path: str, **more: Any) -> Any:
        return self.ask("POST", path, headers={"X-CSRF-Token": self.csrf, **more.pop("headers", {})}, **more)

    def ask(self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any) -> Any:
        cookie = {"Cookie": f"{COOKIE}={self.token}"}
        return self.client.request(method, path, headers={**cookie, **(headers or {})}, follow_redirects=False, **more)
