"""`/customers`: who may be named where, for what, until when; each customer with its consents, names and record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.access.actor import Actor
from api.access.roles import Right
from api.console.catalogue import Wording
from api.console.entry_form import listed
from api.console.flashes import moved
from api.console.library_addresses import customer_address
from api.console.library_view import Posted, name_of, storable, texts_of, told, view
from api.console.pages import language_of
from api.context import Opened, Who, needs
from assistant.change_preview import ChangePreview
from assistant.permitting import Consent, describe, permit, take_back
from assistant.workspace import Workspace
from knowledge.days import as_day
from knowledge.domain.errors import InputError, NotFound
from knowledge.permission_grid import markets_of, permission_grid, widest
from knowledge.records import Customer, Level, Permission, Use
from knowledge.store.entry_index import EntryIndex

router = APIRouter(include_in_schema=False)

ON_A_PAGE = 50
_SHORT = Query(max_length=400)


@router.get("/customers", dependencies=[needs(Right.READ)])
def grid(
    request: Request,
    workspace: Opened,
    q: Annotated[str, _SHORT] = "",
    market: Annotated[str, _SHORT] = "",
    on: Annotated[str, _SHORT] = "",
    named: Annotated[str, _SHORT] = "",
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """Customer × use on a day, in one market or in all."""
    today = workspace.settings.now().date()
    day = _day(on) or today
    customers = workspace.library.customers.all()
    asked = storable(q).strip()
    rows = permission_grid([one for one in customers if _fits(one, asked)], day, market=market or None)
    if named in list(Level):
        rows = [row for row in rows if widest(row.uses[Use.NAME]).level == named]
    pages = max(1, -(-len(rows) // ON_A_PAGE))
    at = min(at, pages)
    return view(
        request,
        "customers/grid.html.j2",
        rows=rows[(at - 1) * ON_A_PAGE : at * ON_A_PAGE],
        found=len(rows),
        total=len(customers),
        uses=list(Use),
        levels=list(Level),
        markets=markets_of(customers),
        q=asked,
        market=market,
        on=day if on and day != today else None,
        on_text=on,
        day_wrong=bool(on) and _day(on) is None,
        named=named,
        today=today,
        at=at,
        pages=pages,
        query={name: value for name, value in request.query_params.items() if name != "page" and value},
    )


@router.get("/customers/new", dependencies=[needs(Right.LIBRARY)])
def new(request: Request) -> HTMLResponse:
    """A new customer: what it is called."""
    return _names_page(request, None, {"names": "zh-CN: " if language_of(request) == "zh" else "en: "})


@router.post("/customers/new", dependencies=[needs(Right.LIBRARY)])
def create(request: Request, workspace: Opened, actor: Who, posted: Posted) -> Response:
    """Keep a new customer. Without an id one is made that does not tell the name."""
    form = texts_of(posted)
    customer_id = form.get("id", "").strip() or _id_for(form.get("names", ""))
    if any(one.id == customer_id for one in workspace.library.customers.all()):
        return _names_page(request, None, form, Wording(language_of(request))("customers.customer_there"))
    return _describe(request, workspace, actor, customer_id, None, form)


@router.get("/customers/edit/{customer_id:path}", dependencies=[needs(Right.LIBRARY)])
def edit(request: Request, workspace: Opened, customer_id: str) -> HTMLResponse:
    """Names, other spellings, aliases and segment as a form."""
    customer = workspace.library.customers.get(customer_id)
    return _names_page(request, customer, _as_form(customer))


@router.post("/customers/edit/{customer_id:path}", dependencies=[needs(Right.LIBRARY)])
def save(request: Request, workspace: Opened, actor: Who, customer_id: str, posted: Posted) -> Response:
    """Write them anew; permissions stay. Refused when somebody else changed them meanwhile."""
    form, customer = texts_of(posted), workspace.library.customers.get(customer_id)
    if form.get("seen") not in (_seal(customer), None):
        said = Wording(language_of(request))("customers.customer_changed")
        return _names_page(request, customer, form, said, 409)
    return _describe(request, workspace, actor, customer_id, customer, form)


@router.get("/customers/permit/{customer_id:path}", dependencies=[needs(Right.LIBRARY)])
def look_at_permit(request: Request, workspace: Opened, customer_id: str) -> HTMLResponse:
    """A consent as a form."""
    return _permit_page(request, workspace, workspace.library.customers.get(customer_id), {})


@router.post("/customers/permit/{customer_id:path}", dependencies=[needs(Right.LIBRARY)])
def grant(request: Request, workspace: Opened, actor: Who, customer_id: str, posted: Posted) -> Response:
    """Put a consent on record."""
    form, t = texts_of(posted), Wording(language_of(request))
    customer = workspace.library.customers.get(customer_id)
    uses = [str(one) for one in posted.getlist("use")]
    wrong = _wrong_consent(form, uses, workspace.settings.now().date(), t)
    if wrong:
        return _permit_page(request, workspace, customer, {**form, "uses": " ".join(uses)}, wrong)
    today = workspace.settings.now().date()
    consent = Consent(
        tuple(Use(use) for use in uses),
        Level(form["level"]),
        " ".join(form["consented_by"].split()),
        tuple(one.upper() for one in listed(form.get("markets", ""))),
        tuple(listed(form.get("channels", ""))),
        as_day(form.get("until", "").strip(), today, "until"),
        as_day(form.get("consented_on", "").strip(), today, "consented_on"),
        form.get("evidence", "").strip()[:2000],
    )
    try:
        permit(workspace, customer.id, consent, by=actor.name)
    except InputError as error:
        said = {"": t("customers.consent_there") if "already" in error.message else told(error, t)}
        return _permit_page(request, workspace, customer, {**form, "uses": " ".join(uses)}, said)
    return moved(customer_address(customer.id), "ok", "customers.done_permitted", n=len(uses))


@router.get("/customers/withdraw/{customer_id:path}", dependencies=[needs(Right.LIBRARY)])
def look_at_withdrawal(
    request: Request, workspace: Opened, customer_id: str, use: Annotated[str, _SHORT] = ""
) -> HTMLResponse:
    """What a withdrawal reaches, before it is made."""
    return _withdraw_page(request, workspace, customer_id, _use(use))


@router.post("/customers/withdraw/{customer_id:path}", dependencies=[needs(Right.LIBRARY)])
def withdraw(request: Request, workspace: Opened, actor: Who, customer_id: str, posted: Posted) -> Response:
    """Take permissions back, with a reason; they stay on record."""
    form, t = texts_of(posted), Wording(language_of(request))
    use, reason = _use(form.get("use", "")), " ".join(form.get("reason", "").split())[:2000]
    if not reason:
        return _withdraw_page(request, workspace, customer_id, use, t("library.reason_needed"))
    taken = take_back(workspace, customer_id, use, by=actor.name, reason=reason)
    key = "customers.done_withdrawn_stale" if taken.stale else "customers.done_withdrawn"
    return moved(
        customer_address(taken.customer), "warn" if taken.stale else "ok", key, n=taken.withdrawn, stale=taken.stale
    )


@router.get("/customers/customer/{customer_id:path}", dependencies=[needs(Right.READ)])
def customer_by_id(request: Request, workspace: Opened, customer_id: str) -> HTMLResponse:
    """A customer whose id is also the name of another page."""
    return _show(request, workspace, customer_id)


@router.get("/customers/{customer_id:path}", dependencies=[needs(Right.READ)])
def customer(request: Request, workspace: Opened, customer_id: str) -> HTMLResponse:
    """One customer. This address comes last: all others under /customers are looked for before it."""
    return _show(request, workspace, customer_id)


def _show(request: Request, workspace: Workspace, customer_id: str) -> HTMLResponse:
    library, language = workspace.library, language_of(request)
    t, today = Wording(language), workspace.settings.now().date()
    found = library.customers.get(customer_id)
    [row] = permission_grid([found], today)
    used = workspace.recall.of_customer(found.id)
    return view(
        request,
        "customers/customer.html.j2",
        customer=found,
        name=name_of(found, language),
        row=row,
        uses=list(Use),
        permissions=sorted(enumerate(found.permissions), key=lambda one: (_rank(one[1], today), one[0])),
        standing=lambda permission: _standing(permission, today),
        in_force={p.use for p in found.permissions if p.withdrawn_on is None},
        today=today,
        entries=EntryIndex(workspace.database, workspace.name).lines(customer=found.id),
        used=used,
        stale=sum(bool(draft.stale) for draft in used),
        events=list(reversed(library.customers.events("customer", found.id))),
        act_word=lambda act: _act_in_words(act, t),
    )


def _standing(permission: Permission, today: date) -> str:
    """`withdrawn`, `ended` or `running`."""
    if permission.withdrawn_on is not None:
        return "withdrawn"
    return "ended" if permission.until is not None and permission.until < today else "running"


def _rank(permission: Permission, today: date) -> int:
    return ("running", "ended", "withdrawn").index(_standing(permission, today))


def _act_in_words(act: str, t: Wording) -> str:
    """`permitted logo public`, `withdrew quote` … in the reader's language."""
    first, _, rest = act.partition(" ")
    key = f"customers.act_{first}"
    if not t.has(key):
        return act
    words = [t(f"customers.{kind}_{one}") if t.has(f"customers.{kind}_{one}") else one
             for one in rest.split() for kind in (("level" if one in list(Level) else "use"),)]  # fmt: skip
    return " · ".join((t(key), *(words if "all" not in rest else [t("customers.all_permissions")])))


def _describe(
    request: Request,
    workspace: Workspace,
    actor: Actor,
    customer_id: str,
    there: Customer | None,
    form: Mapping[str, str],
) -> Response:
    t = Wording(language_of(request))
    try:
        describe(
            workspace,
            customer_id,
            names=_pairs(form.get("names", ""), "names", t),
            aliases=_pairs(form.get("aliases", ""), "aliases", t),
            other_names=form.get("other_names", "").splitlines(),
            segment=form.get("segment", ""),
            by=actor.name,
        )
    except InputError as error:
        return _names_page(request, there, form, told(error, t))
    return moved(customer_address(customer_id), "ok", "customers.done_customer")


def _pairs(text: str, what: str, t: Wording) -> dict[str, str]:
    """`zh-CN: 申特电梯集团`, one a line."""
    found = {}
    for line in text.replace("：", ":").splitlines():
        if not line.strip():
            continue
        locale, colon, said = line.partition(":")
        if not colon or not locale.strip():
            raise InputError(t("library.wrong_translation", line=line.strip()[:60]))
        if said.strip():
            found[locale.strip()] = said.strip()
    if what == "names" and not found:
        raise InputError(t("customers.customer_name_needed"))
    return found


def _as_form(customer: Customer) -> dict[str, str]:
    return {
        "names": "\n".join(f"{locale}: {name}" for locale, name in customer.names.items()),
        "aliases": "\n".join(f"{locale}: {alias}" for locale, alias in customer.aliases.items()),
        "other_names": "\n".join(customer.other_names),
        "segment": customer.segment,
    }


def _names_page(
    request: Request, customer: Customer | None, form: Mapping[str, str], error: str = "", status: int = 422
) -> HTMLResponse:
    return view(
        request,
        "customers/names.html.j2",
        status if error else 200,
        customer=customer,
        name=name_of(customer, language_of(request)) if customer else "",
        said={name: form.get(name, "") for name in ("id", "names", "aliases", "other_names", "segment")},
        seen=_seal(customer) if customer else "",
        errors=(error,) if error else (),
    )


def _permit_page(
    request: Request,
    workspace: Workspace,
    customer: Customer,
    form: Mapping[str, str],
    wrong: Mapping[str, str] | None = None,
) -> HTMLResponse:
    names = ("uses", "level", "markets", "channels", "until", "consented_by", "consented_on", "evidence")
    return view(
        request,
        "customers/permit.html.j2",
        422 if wrong else 200,
        customer=customer,
        name=name_of(customer, language_of(request)),
        uses=list(Use),
        levels=list(Level),
        said={name: form.get(name, "") for name in names},
        chosen=set(form.get("uses", "").split()),
        known_markets=markets_of(workspace.library.customers.all()),
        wrong=wrong or {},
        errors=[wrong[""]] if wrong and "" in wrong else [],
    )


def _wrong_consent(form: Mapping[str, str], uses: list[str], today: date, t: Wording) -> dict[str, str]:
    wrong = {}
    if not uses or any(use not in list(Use) for use in uses):
        wrong["use"] = t("customers.consent_uses_needed")
    if form.get("level") not in list(Level):
        wrong["level"] = t("customers.consent_level_needed")
    if not form.get("consented_by", "").strip():
        wrong["consented_by"] = t("customers.consent_by_needed")
    for name in ("until", "consented_on"):
        try:
            day = as_day(form.get(name, "").strip(), today, name)
        except (InputError, OverflowError):
            wrong[name] = t("library.wrong_day")
            continue
        if name == "until" and day is not None and day < today:
            wrong[name] = t("customers.consent_until_past")
    return wrong


def _withdraw_page(
    request: Request, workspace: Workspace, customer_id: str, use: Use | None, error: str = ""
) -> HTMLResponse:
    found = workspace.library.customers.get(customer_id)
    about = [p for p in found.permissions if p.withdrawn_on is None and use in (None, p.use)]
    return view(
        request,
        "customers/withdraw.html.j2",
        422 if error else 200,
        customer=found,
        name=name_of(found, language_of(request)),
        use=use,
        about=about,
        in_force=[one for one in Use if any(p.use is one and p.withdrawn_on is None for p in found.permissions)],
        turned=ChangePreview(workspace.library).of_withdrawal(customer_id, use),
        errors=(error,) if error else (),
    )


def _use(text: str) -> Use | None:
    if text and text not in list(Use):
        raise NotFound(f"'{text[:40]}' is no use; choose {', '.join(Use)}")
    return Use(text) if text else None


def _fits(customer: Customer, asked: str) -> bool:
    said = "\n".join((customer.id, *customer.spellings(), *customer.aliases.values(), customer.segment)).casefold()
    return all(word in said for word in asked.casefold().split())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _id_for(names: str) -> str:
    """An id that does not tell the name, since ids stand in links and records that outlive a permission."""
    return f"customer-{hashlib.sha256(names.strip().encode('utf-8', 'replace')).hexdigest()[:8]}"


def _seal(customer: Customer) -> str:
    """What a customer is called, as a hash: to know that nobody changed it meanwhile."""
    said = repr(sorted(_as_form(customer).items()))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]
