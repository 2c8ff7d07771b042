"""A signed-in reader of the library's pages, without a browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from starlette.testclient import TestClient

from api.access import invitations
from api.access.invitations import Invitations
from api.access.people import Persons
from api.access.roles import Role
from api.access.sign_ins import COOKIE
from api.app import create_app
from assistant.workspace import Workspace

_CSRF = re.compile(r'name="_csrf" value="([0-9a-f]+)"')


class Reader:
    """A person at the pages. `get` and `post` follow no redirect; `post` sends the token that the pages carry."""

    def __init__(self, client: TestClient, token: str, language: str) -> None:
        self.client, self._token = client, token
        self._headers = {"accept": "text/html", "accept-language": language}
        self._csrf = ""

    def get(self, address: str) -> Any:
        self.client.cookies.set(COOKIE, self._token)
        answer = self.client.get(address, headers=self._headers, follow_redirects=False)
        if found := _CSRF.search(answer.text):
            self._csrf = found[1]
        return answer

    def post(self, address: str, form: Mapping[str, Any] | None = None, files: Any = None) -> Any:
        if not self._csrf:
            self.get("/library")
        self.client.cookies.set(COOKIE, self._token)
        data = {"_csrf": self._csrf, **(form or {})}
        return self.client.post(address, data=data, files=files, headers=self._headers, follow_redirects=False)


class People:
    """Readers of every role at one service."""

    def __init__(self, workspace: Workspace, client: TestClient) -> None:
        self.workspace, self._client = workspace, client
        self._persons = Persons(workspace.database)
        self._first = True

    def reader(self, role: str = "admin", language: str = "zh") -> Reader:
        """A new person of this role."""
        now = self.workspace.settings.now()
        given = Invitations(self.workspace.database, self.workspace.name)
        if self._first:
            token = given.first(now)
            _, signed_in = invitations.accept(self._persons, token, "admin", "陈立", "correct horse battery", now)
            self._first = False
            if role == Role.ADMIN:
                return Reader(self._client, signed_in, language)
        token = given.member(Role(role), "", "test", now)
        name = f"{role}-{language}"
        _, signed_in = invitations.accept(self._persons, token, name, name, "correct horse battery", now)
        return Reader(self._client, signed_in, language)


def serve(workspace: Workspace) -> TestClient:
    """The service of a workspace; to be used as a context manager."""
    app = create_app(workspace.settings, workspace, loopback=True)
    return TestClient(app, base_url="http://127.0.0.1:8420", raise_server_exceptions=True)


_CONTROL = re.compile(
    r"<input(?P<input>[^>]*)>|<textarea(?P<area>[^>]*)>\n?(?P<text>.*?)</textarea>|<select(?P<select>[^>]*)>(?P<options>.*?)</select>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
_CHOSEN = re.compile(r'<option value="([^"]*)" selected')


def form_values(html: str, action: str) -> dict[str, str]:
    """What a browser would send of the form with this action, when nobody touches it."""
    form = html[html.index(f'action="{action}"') :]
    form = form[: form.index("</form>")]
    found: dict[str, str] = {}
    for control in _CONTROL.finditer(form):
        said = dict(_ATTRIBUTE.findall(control["input"] or control["area"] or control["select"] or ""))
        name = unescape(said.get("name", ""))
        if not name or name == "_csrf":
            continue
        if control["input"] is not None:
            if said.get("type") in ("checkbox", "radio") and "checked" not in said:
                continue
            found[name] = unescape(said.get("value", ""))
        elif control["area"] is not None:
            found[name] = unescape(control["text"])
        else:
            chosen = _CHOSEN.search(control["options"])
            first = re.search(r'<option value="([^"]*)"', control["options"])
            found[name] = unescape((chosen or first)[1]) if chosen or first else ""
    return found
