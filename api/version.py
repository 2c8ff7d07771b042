"""The version of Koujing that is installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed


def version() -> str:
    """As the package says; `0` when it is not installed."""
    try:
        return installed("koujing")
    except PackageNotFoundError:
        return "0"
