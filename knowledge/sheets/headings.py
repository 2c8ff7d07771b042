"""Which field a column's heading means: exactly after folding, never by likeness; likeness is only told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from knowledge.domain.errors import InputError
from knowledge.domain.folding import fold
from knowledge.kinds.folded import folded_heading

LEAVE_OUT = "-"
"""The field of a column that a caller's mapping leaves out."""

_REMARK = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]\s*[*:]?\s*$")


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings that are known. `names` goes from heading to field; `others` answers for what is in no list."""

    names: Mapping[str, str]
    others: Callable[[str], str | None] = lambda _: None

    def field_of(self, heading: str) -> str | None:
        """The field, or None. `有效期至（年-月-日）` is found by `有效期至` when it is not known as a whole."""
        known = {folded_heading(name): field for name, field in self.names.items()}
        for form in (heading, _REMARK.sub("", fold(heading))):
            if folded_heading(form):
                found = known.get(folded_heading(form)) or self.others(form.strip())
                if found:
                    return found
        return None

    def nearest(self, heading: str) -> str | None:
        """The known heading that looks most like this one, to be named and nothing else."""
        known = {folded_heading(name): name for name in self.names}
        key = folded_heading(heading)
        near = get_close_matches(key, known, n=1, cutoff=0.6)
        held = [name for name in known if len(name) > 1 and (name in key or (len(key) > 1 and key in name))]
        best = near or sorted(held, key=len, reverse=True)
        return known[best[0]] if best else None

    def asked(self, mapping: Mapping[str, str]) -> dict[str, str]:
        """A caller's mapping (heading → field or known heading) as folded heading → field. Raises `InputError`."""
        fields = set(self.names.values())
        asked: dict[str, str] = {}
        for heading, target in mapping.items():
            field = target if target in fields or target == LEAVE_OUT else self.field_of(target)
            if field is None:
                raise InputError(f"'{heading}={target}': no field '{target}'; known: {', '.join(sorted(fields))}")
            asked[folded_heading(heading)] = field
        return asked


def named(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """`field` → `heading|heading|…` turned into heading → field."""
    return {heading: field for field, headings in pairs for heading in headings.split("|")}
