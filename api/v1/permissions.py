"""`/v1/permissions`: what customers consented to."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query

from api.access.roles import Right
from api.context import Opened, Who, document, needs, problem_response, v1_router
from api.paging import Paged
from api.v1 import shapes
from api.v1.bodies.library import ConsentRequest, WithdrawRequest
from api.v1.bodies.texts import Asked, PathName
from api.v1.examples.customers import CLEARANCE, PERMISSIONS, PERMISSIONS_LISTED, WITHDRAWN
from assistant.draft import SCHEMA
from assistant.permitting import Consent, permit, take_back
from knowledge.json_records import permission_json
from knowledge.records import Audience, Scope

router = v1_router("permissions")

_MISSING: dict[int | str, dict[str, Any]] = {404: problem_response("There is no such customer.")}


@router.get(
    "/permissions",
    dependencies=[needs(Right.READ)],
    responses={
        200: document(
            "Permissions by customer, in the order they were given.", PERMISSIONS_LISTED, shapes.PermissionPage
        ),
        **_MISSING,
    },
)
def list_permissions(
    workspace: Opened,
    page: Paged,
    customer: Annotated[Asked | None, Query(description="Only of this customer (id or name).")] = None,
    withdrawn: Annotated[bool, Query(description="Withdrawn ones, too.")] = False,
) -> dict[str, Any]:
    """Every permission in force, those that ran out among them."""
    library = workspace.library
    customers = [library.customer_called(customer)] if customer else library.customers.all()
    after = page.after(str, int)
    found = [
        (c.id, number, p)
        for c in sorted(customers, key=lambda one: one.id)
        for number, p in enumerate(c.permissions)
        if (withdrawn or p.withdrawn_on is None) and (after is None or (c.id, number) > after)
    ]
    kept, following = page.cut(found, lambda row: row[:2])
    return {
        "schema": SCHEMA,
        "permissions": [{"customer": customer_id, **permission_json(p)} for customer_id, _, p in kept],
        "next": following,
    }


@router.get(
    "/customers/{customer_id}/clearance",
    dependencies=[needs(Right.READ)],
    responses={200: document("Use by use, with the ground.", CLEARANCE, shapes.Clearance), **_MISSING},
)
def show_clearance(
    customer_id: PathName,
    workspace: Opened,
    audience: Audience = Audience.PUBLIC,
    market: Asked | None = None,
    channel: Asked | None = None,
) -> dict[str, Any]:
    """What a text for this circle may do with a customer today, and why."""
    workspace.library.customers.get(customer_id)
    scope = Scope(audience=audience, market=market or None, channel=channel or None)
    clearance = workspace.library.clearance(customer_id, scope)
    return {"schema": SCHEMA, **(clearance.to_json() if clearance else {})}


@router.post(
    "/customers/{customer_id}/permissions",
    status_code=201,
    dependencies=[needs(Right.LIBRARY)],
    responses={201: document("Every permission of the customer.", PERMISSIONS, shapes.Permissions), **_MISSING},
)
def grant_permission(customer_id: PathName, body: ConsentRequest, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Put a consent on record, beside those there are."""
    consent = Consent(
        uses=tuple(body.uses),
        level=body.level,
        consented_by=body.consented_by,
        markets=tuple(body.markets),
        channels=tuple(body.channels),
        until=body.until,
        consented_on=body.consented_on,
        evidence=body.evidence,
    )
    customer = permit(workspace, customer_id, consent, by=actor.name)
    return {
        "schema": SCHEMA,
        "customer": customer.id,
        "permissions": [permission_json(permission) for permission in customer.permissions],
    }


@router.post(
    "/customers/{customer_id}/permissions/withdraw",
    dependencies=[needs(Right.LIBRARY)],
    responses={200: document("How many, and how many drafts are stale now.", WITHDRAWN, shapes.Withdrawn), **_MISSING},
)
def withdraw_permissions(customer_id: PathName, body: WithdrawRequest, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Take back a customer's permissions; they stay on record and cover nothing from now on.
    `GET /v1/customers/{id}/impact?as_if=withdrawn` says before what that turns stale."""
    done = take_back(workspace, customer_id, body.use, by=actor.name, reason=body.reason)
    return {"schema": SCHEMA, **done.to_json()}
