"""A sample site to localize: twelve files of twelve formats of the sample library's own company, in two languages."""

from __future__ import annotations

from assistant.localization.site.making import LOCALES, make_site

__all__ = ["LOCALES", "make_site"]
