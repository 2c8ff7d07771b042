"""Bodies of the library's routes: entries, customers, permissions, glossary."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.v1.bodies.texts import ByLocale, Day, Flag, Kind, Line, LocaleTag, Name, Number, Reason, Text, Whole
from knowledge.records import KINDS, Audience, Level, Use

Fields = Annotated[dict[Name, Any], Field(max_length=200)]
Markets = Annotated[list[Name], Field(max_length=100)]


def _config(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})


class EntryRequest(BaseModel):
    """A new entry; it is a draft until somebody approves it. Give `fields`, a `text`, or both."""

    model_config = _config(
        {
            "kind": "case",
            "title": "Predictive maintenance for a lift maker",
            "locale": "en",
            "text": "After the roll-out unplanned stops fell from 9 to 2 a month.",
            "audience": "public",
            "markets": ["EU"],
            "owner": "anna",
        }
    )

    kind: Kind = Field(description=f"One of {', '.join(KINDS)}.")
    id: Name | None = Field(default=None, description="One word; made of kind and title when left out.")
    title: Line = Field(default="", description="Made of the fields when left out.")
    locale: LocaleTag | None = Field(default=None, description="BCP 47 tag; found out when left out.")
    text: Whole = Field(default="", description="Markdown; made of the fields when left out.")
    fields: Fields = Field(default_factory=dict, description="By name, or by heading (`行业`), as the kind has them.")
    audience: Audience = Field(default=Audience.INTERNAL, description="Who may read texts that draw on it.")
    markets: Markets = Field(default_factory=list, description="Where it may be used; empty: everywhere.")
    customer: Name | None = Field(default=None, description="Id or name of the customer whom it is about.")
    owner: Line = ""
    translates: Name | None = Field(default=None, description="Id of the entry of which this is a translation.")
    valid_until: Day | None = Field(default=None, description="The last day on which it may be used.")
    review_due: Day | None = None
    reason: Reason = ""


class EntryChange(BaseModel):
    """Properties of an entry to be set; what is left out stays, null clears. The result is a new draft version."""

    model_config = _config({"fields": {"result": "停机由每月 9 次降至 2 次"}, "version": 2, "reason": "new figures"})

    title: Line | None = None
    locale: LocaleTag | None = None
    text: Whole | None = Field(default=None, description="Markdown.")
    fields: Fields | None = Field(default=None, description="Single fields by name; null clears one.")
    audience: Audience | None = None
    markets: Markets | None = None
    customer: Name | None = None
    owner: Line | None = None
    translates: Name | None = None
    valid_until: Day | None = None
    review_due: Day | None = None
    version: Number | None = Field(default=None, description="The version looked at; 409 when there is a newer one.")
    reason: Reason = ""

    def changes(self) -> dict[str, Any]:
        """What was given, as `with_changes` takes it."""
        given = self.model_dump(mode="json", include=self.model_fields_set - {"version", "reason", "fields"})
        fields = self.fields if "fields" in self.model_fields_set else {}
        return {**given, **{f"fields.{name}": value for name, value in (fields or {}).items()}}


class EntryStepRequest(BaseModel):
    """A step in the life of an entry. `version` is the one looked at: 409 when there is a newer one."""

    model_config = _config({"version": 3, "reason": "figures checked with the customer"})

    version: Number | None = None
    reason: Reason = ""


class EntryApproveRequest(EntryStepRequest):
    """Approve the newest version; `renew` confirms one that is approved already and gives it a new review date."""

    renew: Flag = False


class EntryBackRequest(EntryStepRequest):
    """Send an entry back to its author, saying what must be changed."""

    model_config = _config({"version": 3, "reason": "the figure lacks its month"})

    reason: Annotated[Text, Field(min_length=1, max_length=2000, description="What must be changed.")]


class BlurbRequest(BaseModel):
    """Which blurbs of a case to write: `short` has about 100 characters, `long` about 500."""

    model_config = _config({"lengths": ["short"]})

    lengths: list[Literal["short", "long"]] = Field(default=["short", "long"], min_length=1, max_length=2)


class CustomerRequest(BaseModel):
    """A customer whole, its permissions apart: they stay as they are."""

    model_config = _config(
        {
            "names": {"zh-CN": "申特电梯集团", "en": "Shente Elevators"},
            "aliases": {"zh-CN": "华东电梯维保集团", "en": "a lift maintenance group in East China"},
            "other_names": ["申特"],
            "segment": "lifts",
        }
    )

    names: ByLocale = Field(min_length=1, description="By locale.", json_schema_extra={"minProperties": 1})
    aliases: ByLocale = Field(default_factory=dict, description="By locale: what is said instead of the name.")
    other_names: Annotated[list[Line], Field(max_length=200)] = Field(
        default_factory=list, description="Further spellings and abbreviations."
    )
    segment: Line = ""


class ConsentRequest(BaseModel):
    """What a customer consented to. Of several permissions that cover a case, the narrowest holds."""

    model_config = _config(
        {
            "uses": ["name", "figures"],
            "level": "public",
            "markets": ["CN"],
            "until": "2099-12-31",
            "consented_by": "Li Wei, head of marketing",
            "consented_on": "2026-03-01",
            "evidence": "mail of 2026-03-01",
        }
    )

    uses: Annotated[list[Use], Field(min_length=1, max_length=len(Use))]
    level: Level = Field(description="In public, under the alias only, or inside the company only.")
    markets: Markets = Field(default_factory=list, description="Empty: all.")
    channels: Markets = Field(default_factory=list, description="Empty: all.")
    until: Day | None = Field(default=None, description="The last day; null: until it is withdrawn.")
    consented_by: Annotated[Line, Field(min_length=1)]
    consented_on: Day | None = None
    evidence: Line = Field(default="", description="File or link that proves it.")


class WithdrawRequest(BaseModel):
    """Which permissions are taken back, and why."""

    model_config = _config({"use": "name", "reason": "the contract has ended"})

    use: Use | None = Field(default=None, description="Only this use; null: all.")
    reason: Reason = ""


class TermRequest(BaseModel):
    """A term whole: what is left out is empty afterwards."""

    model_config = _config(
        {
            "translations": {"en": "edge gateway", "de": "Edge-Gateway"},
            "forbidden": ["边缘盒子"],
            "part_of_speech": "noun",
            "note": "not for the software of the same name",
        }
    )

    translations: ByLocale = Field(default_factory=dict, description="Its form by locale.")
    part_of_speech: Line = ""
    do_not_translate: Flag = Field(default=False, description="It stays as it is in every language.")
    forbidden: Annotated[list[Line], Field(max_length=200)] = Field(
        default_factory=list, description="Variants that must not be written."
    )
    case_rule: Literal["", "exact"] = Field(default="", description="`exact` where capitals count.")
    note: Annotated[Text, Field(max_length=2000)] = ""
