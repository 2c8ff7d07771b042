"""What the pages of the library and of the customers share: names of kinds, addresses, marks, and forms as posted."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData, UploadFile

from api.console.catalogue import Wording
from api.console.library_addresses import customer_address, entry_address
from api.console.pages import language_of, page
from knowledge.domain.errors import Conflict, InputError, NotFound
from knowledge.domain.text import clean
from knowledge.kinds import all_kinds, kind_named
from knowledge.records import Customer, State
from knowledge.store.entry_index import IndexLine, state_on

LONG_TITLE = 160
"""Characters of a title that a list or a heading shows; all of it is one click away."""


async def _posted(request: Request) -> FormData:
    return await request.form()


Posted = Annotated[FormData, Depends(_posted)]
"""The form as it was sent."""


def texts_of(form: FormData) -> dict[str, str]:
    """The texts of a form by control, without what no text has."""
    return {name: storable(value) for name, value in form.multi_items() if isinstance(value, str) and name != "_csrf"}


def storable(text: str) -> str:
    """A text as a database keeps it: no NUL, no half characters, nothing that disguises text."""
    return clean(text.replace("\0", "").encode("utf-8", "replace").decode())


def files_of(form: FormData, name: str = "files") -> list[UploadFile]:
    """The files that were chosen; an empty control sends one without a name."""
    return [one for one in form.getlist(name) if isinstance(one, UploadFile) and one.filename]


def view(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page with what all of these templates use."""
    language = language_of(request)
    return page(
        request,
        template,
        status,
        **{
            "kind_name": lambda kind: kind_named(kind).name.of(language),
            "kinds": [(kind.id, kind.name.of(language)) for kind in all_kinds()],
            "entry_address": entry_address,
            "customer_address": customer_address,
            "cut": cut,
            "name_of": lambda customer: name_of(customer, language),
            "errors": (),
            **values,
        },
    )


def cut(text: str, most: int = LONG_TITLE) -> str:
    """A title on one line that a page can show; an empty one as a dash."""
    line = " ".join(text[: most * 4].split())
    return (line if len(line) <= most and len(text) <= most * 4 else f"{line[:most]}…") or "–"


def name_of(customer: Customer, language: str) -> str:
    """The customer's name in the reader's language, else in another, else the id."""
    own = [name for locale, name in customer.names.items() if locale.split("-", 1)[0] == language]
    return next(iter((*own, *customer.names.values())), "") or customer.id


def marks_of(line: IndexLine, today: date) -> list[tuple[str, str]]:
    """What an index tells beside an entry: the badge and the word of library.yaml."""
    state = state_on(line, today)
    marks = []
    if state is State.EXPIRED:
        marks.append(("bad", "mark_expired"))
    elif state is State.APPROVED and line.review_due is not None and today > line.review_due:
        marks.append(("warn", "mark_overdue"))
    if state is State.IN_REVIEW:
        marks.append(("warn", "mark_in_review"))
    if line.proposed and state in (State.DRAFT, State.IN_REVIEW):
        marks.append(("quiet", "mark_newer"))
    return marks


def told(error: InputError, t: Wording) -> str:
    """An error in the reader's language where the page has words for it, else as the core says it."""
    if t.language == "zh":
        for kind, key in ((Conflict, "error_conflict"), (NotFound, "error_not_found")):
            if isinstance(error, kind):
                return f"{t(f'library.{key}')}（{error.message}）"
    return error.message
