"""What is wrong with a declaration, each thing at its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

Place = tuple[str | int, ...]
"""Where in the declaration: keys and positions, from the top."""


def wrong_at(place: Place, message: str, name: str = "", known: Iterable[str] = ()) -> InitErrorDetails:
    """Something wrong at a place; `name` is the word that is not among the `known` ones."""
    context = {"said": message, "name": name, "known": sorted(known)}
    return InitErrorDetails(type=PydanticCustomError("contract", "{said}", context), loc=place, input=name)


def refuse(found: Sequence[InitErrorDetails]) -> None:
    """Raises `ValidationError` with everything that is wrong, each at its place."""
    if found:
        raise ValidationError.from_exception_data("template", list(found))
