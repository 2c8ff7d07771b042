"""`/v1/keys`: the API keys of the workspace."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from api.access.keys import Keys
from api.access.roles import Right, rights_named
from api.context import Opened, Who, document, needs, problem_response, v1_router
from api.v1 import shapes
from api.v1.bodies.access import KeyRequest
from api.v1.bodies.texts import PathName
from api.v1.examples.access import KEY, KEYS, NEW_KEY
from assistant.draft import SCHEMA
from assistant.workspace import Workspace
from knowledge.domain.errors import NotAllowed

router = v1_router("keys")


@router.get("/keys", dependencies=[needs(Right.ADMIN)], responses={200: document("Every key.", KEYS, shapes.KeyList)})
def list_keys(workspace: Opened) -> dict[str, Any]:
    """Every key, revoked and expired ones too: whose, with which rights, last used when; never the key itself."""
    return {"schema": SCHEMA, "keys": [key.to_json() for key in _keys(workspace).list()]}


@router.post(
    "/keys",
    status_code=201,
    dependencies=[needs(Right.ADMIN)],
    responses={201: document("The key. `key` is shown this once.", NEW_KEY, shapes.NewKey)},
)
def create_key(body: KeyRequest, request: Request, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Make a key, which may do no more than whoever makes it."""
    request.state.shown_once = True
    beyond = rights_named([str(scope) for scope in body.scopes], body.role) - actor.rights
    if beyond:
        raise NotAllowed(f"{actor.name} lacks the right '{min(beyond)}' and can give it to no key; name the scopes")
    key, text = _keys(workspace).create(
        body.name,
        workspace.settings.now(),
        role=body.role,
        scopes=[str(scope) for scope in body.scopes],
        expires_at=body.expires_at,
        made_by=actor.person,
        by=actor.name,
        daily_tokens=body.daily_tokens,
        per_minute=body.per_minute,
    )
    return {"schema": SCHEMA, **key.to_json(), "key": text}


@router.delete(
    "/keys/{key_id}",
    dependencies=[needs(Right.ADMIN)],
    responses={
        200: document("The key, of no use any more.", KEY, shapes.Key),
        404: problem_response("There is no such key."),
    },
)
def revoke_key(key_id: PathName, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Revoke a key. It stays in the list; revoking twice changes nothing."""
    key = _keys(workspace).revoke(key_id, workspace.settings.now(), by=actor.name)
    return {"schema": SCHEMA, **key.to_json()}


def _keys(workspace: Workspace) -> Keys:
    return Keys(workspace.database, workspace.name)
