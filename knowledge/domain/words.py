"""Words in both languages of the surface, and what declared records have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """Frozen, and strict about unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Record):
    """A text in both languages of the surface."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """The Chinese text for `zh`, the English one for every other language."""
        return self.zh if language == "zh" else self.en


NOTHING = Words(zh="", en="")


class WordLists(Record):
    """Lists of words in both languages."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """The words of both languages: texts may be in either."""
        return self.zh + self.en
