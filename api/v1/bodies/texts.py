"""Texts as a request may hold them: in its body, its path, its query."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from pydantic import AfterValidator, Field


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
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""The number of a version."""

PathName = Annotated[Text, Path(min_length=1, max_length=200)]
"""An id in the address."""
Asked = Annotated[Text, Query(max_length=200)]
"""A text in the query."""
AskedNumber = Annotated[int, Query(ge=1, le=2**31 - 1)]
"""The number of a version in the query."""
