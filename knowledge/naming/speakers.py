"""Who speaks for a customer: where the alias must serve, a person's name would tell it as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.naming.finder import NameFinder
from knowledge.naming.forms import forms_of
from knowledge.naming.letters import is_ideograph
from knowledge.records import Customer

_REMARK = re.compile(r"^(?P<name>.*?)\s*[（(](?P<remark>[^（）()]{1,80})[）)]$")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,8}){1,3}")
_LATIN_NAME = re.compile(r"[^\W\d_a-z][\w'’.-]*(?: (?:[^\W\d_][\w'’.-]*)){1,4}")
_OFFICE = re.compile(
    r"[部处科室司局办组会]$|公司|集团|中心|总监|经理|主任|合同|邮件|授权|\b(?:department|team|office|legal|marketing|board|"
    r"manager|director|sales|contract|by|mail|the|group|company)\b", re.IGNORECASE
)  # fmt: skip
_MARKS = ("", " ", "，", ", ", ",")
_SOMEBODY = {"zh": "客户方代表", "en": "a representative"}


@dataclass(frozen=True, slots=True)
class Person:
    """A person's names in all languages known, and what may stand in their place."""

    names: tuple[str, ...]
    title: str = ""


def person_in(value: str) -> Person | None:
    """The person of `周启明（维保运营总监）`, or of `卡特琳·福尔默（Katrin Vollmer）` in both spellings; None for a
    department and for whatever else is no name."""
    value = " ".join(value.split())
    found = _REMARK.match(value)
    name, remark = (found["name"], found["remark"]) if found else (value, "")
    if not is_person(name):
        return None
    if is_ideograph(name[0]) and _LATIN_NAME.fullmatch(remark) and not _OFFICE.search(remark):
        return Person((name, remark))
    return Person((name,), remark)


def is_person(name: str) -> bool:
    """True for two to four ideographs or a first and a last name; an office has neither."""
    return bool(_HAN_NAME.fullmatch(name) or _LATIN_NAME.fullmatch(name)) and not _OFFICE.search(name)


def consenting(customer: Customer) -> list[Person]:
    """The persons who gave a customer's consents."""
    persons = (person_in(p.consented_by) for p in customer.permissions if p.consented_by)
    return list(dict.fromkeys(person for person in persons if person))


class Speakers:
    """The persons by whom a customer is known, each with the title that may stand in the place of the name."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self._persons = list(persons)
        forms = (
            form
            for number, person in enumerate(self._persons)
            for name in person.names
            for form in forms_of(str(number), name, company=False)
        )
        self._finder = NameFinder(forms)

    @classmethod
    def of(cls, quotes: Sequence[Mapping[str, Any]], customer: Customer | None) -> Speakers:
        """Those of an entry's quotes, and those who consented."""
        speakers = []
        for quote in quotes:
            if said := str(quote.get("speaker") or "").strip():
                names = (person_in(said) or Person((said,))).names
                speakers.append(Person(names, str(quote.get("title") or "")))
        return cls([*speakers, *(consenting(customer) if customer else ())])

    def hidden(self, text: str, locale: str) -> str:
        """`text` with titles in the place of names: `周启明，运营总监` and `运营总监周启明` become 运营总监."""
        end = len(text)
        for found in reversed(self._finder.find(text)):
            if found.span.end > end:
                continue
            title = self._persons[int(found.owner)].title
            start, end = found.span.start, found.span.end
            before = next((m for m in _MARKS if title and text[:start].endswith(title + m)), None)
            after = next((m for m in _MARKS if title and text.startswith(m + title, end)), None)
            if before is not None:
                start -= len(title) + len(before)
            elif after is not None:
                end += len(title) + len(after)
            instead = title or _SOMEBODY.get(locale.split("-", 1)[0], "…")
            text = text[:start] + instead + text[end:]
            end = start
        return text
