"""`/v1/customers`: who they are, what a text says instead of their names, who may be named where."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query

from api.access.roles import Right
from api.context import Opened, Who, document, needs, problem_response, v1_router
from api.paging import Paged
from api.v1 import shapes
from api.v1.bodies.library import CustomerRequest
from api.v1.bodies.texts import Asked, Day, PathName
from api.v1.entries import turned_json
from api.v1.examples.customers import CUSTOMER, CUSTOMERS, GRID
from api.v1.examples.entries import IMPACT
from assistant.change_preview import ChangePreview
from assistant.draft import SCHEMA
from assistant.permitting import describe
from assistant.workspace import Workspace
from knowledge.json_records import customer_json
from knowledge.permission_grid import markets_of, permission_grid
from knowledge.records import Audience, Customer, Use

router = v1_router("customers")

_MISSING: dict[int | str, dict[str, Any]] = {404: problem_response("There is no such customer.")}


@router.get(
    "/customers",
    dependencies=[needs(Right.READ)],
    responses={200: document("Customers by id.", CUSTOMERS, shapes.Customers)},
)
def list_customers(
    workspace: Opened,
    page: Paged,
    q: Annotated[Asked | None, Query(description="Words in id, names, aliases or segment.")] = None,
) -> dict[str, Any]:
    """Customers with their aliases and every permission they ever gave."""
    kept, following = _page(workspace, page, q)
    return {"schema": SCHEMA, "customers": [customer_json(customer) for customer in kept], "next": following}


@router.get(
    "/customers/{customer_id}",
    dependencies=[needs(Right.READ)],
    responses={200: document("The customer and its record.", CUSTOMER, shapes.Customer), **_MISSING},
)
def show_customer(customer_id: PathName, workspace: Opened) -> dict[str, Any]:
    """One customer: names, aliases, every permission ever given, and who did what."""
    return _whole(workspace, workspace.library.customers.get(customer_id))


@router.put(
    "/customers/{customer_id}",
    dependencies=[needs(Right.LIBRARY)],
    responses={200: document("The customer as it is kept.", CUSTOMER, shapes.Customer)},
)
def put_customer(customer_id: PathName, body: CustomerRequest, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Make a customer, or write anew what it is called. Permissions stay as they are."""
    customer = describe(
        workspace,
        customer_id,
        names=body.names,
        aliases=body.aliases,
        other_names=body.other_names,
        segment=body.segment,
        by=actor.name,
    )
    return _whole(workspace, customer)


@router.get(
    "/customers/{customer_id}/impact",
    dependencies=[needs(Right.READ)],
    responses={200: document("The drafts that speak of it.", IMPACT, shapes.Impact), **_MISSING},
)
def show_customer_impact(
    customer_id: PathName,
    workspace: Opened,
    as_if: Annotated[
        Literal["withdrawn"] | None, Query(description="What would turn stale if the permissions were withdrawn.")
    ] = None,
    use: Annotated[Use | None, Query(description="With `as_if`: only those of this use.")] = None,
    locale: Annotated[Literal["zh", "en"], Query(description="Language of the reasons.")] = "en",
) -> dict[str, Any]:
    """Which drafts and files speak of a customer, and which of them are stale; or (`as_if`) would be."""
    if as_if is not None:
        return turned_json(customer_id, ChangePreview(workspace.library).of_withdrawal(customer_id, use), locale)
    found = workspace.recall.of_customer(customer_id)
    return {
        "schema": SCHEMA,
        "subject": customer_id,
        "counts": {
            "drafts": len(found),
            "stale": sum(bool(draft.stale) for draft in found),
            "exports": sum(len(draft.exports) for draft in found),
        },
        "drafts": [draft.to_json() for draft in found],
    }


@router.get(
    "/permission-grid",
    dependencies=[needs(Right.READ)],
    responses={200: document("A row for each customer.", GRID, shapes.Grid)},
)
def show_grid(
    workspace: Opened,
    page: Paged,
    q: Annotated[Asked | None, Query(description="Words in id, names, aliases or segment.")] = None,
    market: Annotated[Asked | None, Query(description="Only as it is in this market.")] = None,
    channel: Asked | None = None,
    audience: Audience = Audience.PUBLIC,
    day: Annotated[Day | None, Query(description="As it is on this day; today when left out.")] = None,
) -> dict[str, Any]:
    """Who may be named where: customer by use by market, with the days on which permissions end."""
    kept, following = _page(workspace, page, q)
    on = day or workspace.settings.now().date()
    rows = permission_grid(kept, on, market=market or None, channel=channel or None, audience=audience)
    return {
        "schema": SCHEMA,
        "day": on.isoformat(),
        "markets": list(markets_of(kept)),
        "rows": [row.to_json() for row in rows],
        "next": following,
    }


def _page(workspace: Workspace, page: Paged, q: str | None) -> tuple[list[Customer], str | None]:
    after = page.after(str)
    wanted = (q or "").casefold().split()
    found = [
        customer
        for customer in sorted(workspace.library.customers.all(), key=lambda customer: customer.id)
        if (after is None or customer.id > after[0]) and all(word in _said(customer) for word in wanted)
    ]
    return page.cut(found, lambda customer: (customer.id,))


def _said(customer: Customer) -> str:
    said = (customer.id, *customer.spellings(), *customer.aliases.values(), customer.segment)
    return "\n".join(said).casefold()


def _whole(workspace: Workspace, customer: Customer) -> dict[str, Any]:
    events = workspace.library.customers.events("customer", customer.id)
    return {
        "schema": SCHEMA,
        "customer": customer_json(customer),
        "history": [event.to_json() for event in events],
    }
