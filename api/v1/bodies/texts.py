"""Texts, days and choices as a request may hold them: in its body, its path, its query.

What the OpenAPI description says of them is what is taken; not leniently: `0` is no day, `"yes"` no boolean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from assistant.export import FORMS
from knowledge.records import KINDS


def _storable(text: str) -> str:
    """JSON can carry what no database and no answer can: NUL, and halves of surrogate pairs."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("holds half a surrogate pair, which no text has") from None
    if "\0" in text:
        raise ValueError("holds a NUL character, which no text has")
    return text


Text = Annotated[str, AfterValidator(_storable)]
Name = Annotated[Text, Field(min_length=1, max_length=200)]
Checked = Annotated[Text, Field(max_length=200_000)]
"""A text to check, or to check against: about a book's length, and no more, since every line is compared."""

Line = Annotated[Text, Field(max_length=500)]
"""A title, a name, an owner: one line that may be empty."""
Whole = Annotated[Text, Field(max_length=1_000_000)]
"""The text of an entry or of a file."""
Reason = Annotated[Text, Field(max_length=2000, description="Why, for those who read it later.")]


def _number(given: Any) -> Any:
    """Pydantic takes `"3"` and `true` for numbers; JSON Schema takes 3.0 for a whole one, and so do we."""
    if isinstance(given, bool | str):
        raise ValueError("is no number")
    return given


Number = Annotated[int, Field(ge=1, le=2**31 - 1), BeforeValidator(_number)]
"""The number of a version, in a body."""
Flag = Annotated[bool, Field(strict=True)]
"""True or false, in a body."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TEMPLATE_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|[0-9]{3}))?")


def _day(given: Any) -> Any:
    """Pydantic takes a number for the seconds since 1970."""
    if isinstance(given, date) or (isinstance(given, str) and _DAY.fullmatch(given)):
        return given
    raise ValueError("is no day; write it as 2026-12-31")


def moment(given: Any) -> Any:
    if isinstance(given, datetime) or (isinstance(given, str) and _DAY.match(given)):
        return given
    raise ValueError("is no moment; write it as 2026-12-31T09:00:00Z")


def _locale(text: str) -> str:
    if text and not _LOCALE.fullmatch(text):
        raise ValueError(f"'{text[:40]}' is not a locale; write a BCP 47 tag such as zh-CN or en")
    return text


def _template_id(text: str) -> str:
    if not _TEMPLATE_ID.fullmatch(text):
        raise ValueError(
            f"'{text[:60]}' is no id; begin with a small letter, then small letters, digits and '_', at most 40"
        )
    return text


def _one_of(choices: Sequence[str], what: str) -> Callable[[str], str]:
    def one_of(text: str) -> str:
        if text not in choices:
            raise ValueError(f"'{text[:40]}' is no {what}; choose {', '.join(choices)}")
        return text

    return one_of


Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[datetime, BeforeValidator(moment)]

LocaleTag = Annotated[Name, AfterValidator(_locale), Field(json_schema_extra={"pattern": f"^{_LOCALE.pattern}$"})]
"""A BCP 47 tag."""
AnyLocale = Annotated[
    Text, AfterValidator(_locale), Field(max_length=200, json_schema_extra={"pattern": f"^({_LOCALE.pattern})?$"})
]
"""The same where an empty one says nothing: in a query or a form."""
ByLocale = Annotated[
    dict[LocaleTag, Line],
    Field(max_length=50),
    WithJsonSchema(
        {
            "type": "object",
            "propertyNames": {"pattern": f"^{_LOCALE.pattern}$"},
            "additionalProperties": {"type": "string", "maxLength": 500},
            "maxProperties": 50,
        }
    ),
]
"""Lines of text by locale."""
Kind = Annotated[str, AfterValidator(_one_of(KINDS, "kind of entry")), Field(json_schema_extra={"enum": list(KINDS)})]
_FORMS = [form.name for form in FORMS]
FormName = Annotated[
    str, AfterValidator(_one_of(_FORMS, "form in which a draft leaves")), Field(json_schema_extra={"enum": _FORMS})
]

WorkspaceName = Annotated[Text, Field(json_schema_extra={"pattern": "^[a-z0-9][a-z0-9-]{0,62}$"})]
TemplateName = Annotated[
    Text, AfterValidator(_template_id), Field(json_schema_extra={"pattern": f"^{_TEMPLATE_ID.pattern}$"})
]

PathName = Annotated[Text, Path(min_length=1, max_length=200)]
"""An id in the address."""
PathLocale = Annotated[LocaleTag, Path()]
PathTemplate = Annotated[TemplateName, Path()]
"""The id of a template to be made or tried, in the address."""
Asked = Annotated[Text, Query(max_length=200)]
"""A text in the query."""
AskedNumber = Annotated[int, Query(ge=1, le=2**31 - 1)]
"""The number of a version in the query."""
