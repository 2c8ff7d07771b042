"""A quantity in one line, for the tables of the tests."""

from __future__ import annotations

from knowledge.domain.quantity import Kind, Quantity, find


def show(quantity: Quantity) -> str:
    """ "text = value unit qualifier", for a date its parts."""
    if quantity.date is not None:
        date = quantity.date
        numbers = {"y": date.year, "m": date.month, "d": date.day, "Q": date.quarter, "H": date.half}
        body = " ".join([*(["FY"] if date.fiscal else []), *(f"{k}{v}" for k, v in numbers.items() if v is not None)])
    else:
        body = f"{quantity.value}" + (f"..{quantity.high}" if quantity.high is not None else "")
        body += f" {quantity.unit}" if quantity.unit else ""
        body += f" {quantity.kind}" if quantity.kind in (Kind.ORDINAL, Kind.TIME) else ""
    return f"{quantity.text} = {body}" + ("" if quantity.qualifier == "exact" else f" {quantity.qualifier}")


def found(language: str, text: str) -> str:
    """What is found in a text, in order."""
    return "; ".join(show(quantity) for quantity in find(text, language))
