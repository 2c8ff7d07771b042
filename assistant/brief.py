"""A brief: what is to be written, from which inputs, for whom, where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from assistant.draft import Draft, Paragraph, Section
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Finding
from knowledge.domain.locale import parse_locale
from knowledge.domain.words import Words
from knowledge.records import Audience, Scope, State

AUDIENCES: Mapping[Audience, Words] = {
    Audience.PUBLIC: Words(zh="公众", en="the public"),
    Audience.PARTNER: Words(zh="合作伙伴", en="partners"),
    Audience.INTERNAL: Words(zh="公司内部", en="colleagues"),
}
"""Who a text is for, in words."""


@dataclass(frozen=True, slots=True)
class Brief:
    """Template id, inputs by name, and the circle it is written for. The audience is public unless said otherwise."""

    template: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    locale: str = "zh-CN"
    market: str | None = None
    channel: str | None = None
    audience: Audience = Audience.PUBLIC
    states: tuple[State, ...] = (State.APPROVED,)

    def scope(self, **narrower: Any) -> Scope:
        """What this brief may see of the library."""
        return Scope(audience=self.audience, market=self.market, channel=self.channel, states=self.states, **narrower)

    def to_json(self) -> dict[str, Any]:
        return {
            "template": self.template,
            "inputs": dict(self.inputs),
            "locale": self.locale,
            "market": self.market,
            "channel": self.channel,
            "audience": str(self.audience),
            "states": [str(state) for state in self.states],
        }


def brief_from_json(document: Mapping[str, Any]) -> Brief:
    """A brief from a JSON or YAML document. Raises `InputError` naming the key that is wrong."""
    known = {"template", "inputs", "locale", "market", "channel", "audience", "states"}
    unknown = sorted(set(document) - known)
    if unknown:
        raise InputError(f"brief: unknown key '{unknown[0]}'; known: {', '.join(sorted(known))}")
    if not document.get("template"):
        raise InputError("brief: 'template' is missing; `koujing templates` lists them")
    inputs = document.get("inputs") or {}
    if not isinstance(inputs, Mapping):
        raise InputError("brief: 'inputs' must be a mapping of names to texts")
    return Brief(
        template=str(document["template"]),
        inputs={str(name): _as_text(value) for name, value in inputs.items() if value is not None},
        locale=parse_locale(str(document.get("locale") or "zh-CN")).tag,
        market=document.get("market") or None,
        channel=document.get("channel") or None,
        audience=as_audience(document.get("audience") or "public"),
        states=tuple(_state(value) for value in document.get("states") or ("approved",)),
    )


def as_audience(value: str) -> Audience:
    """Raises `InputError` naming the three audiences."""
    try:
        return Audience(value)
    except ValueError:
        raise InputError(f"'{value}' is no audience; choose {', '.join(Audience)}") from None


def _state(value: str) -> State:
    try:
        return State(value)
    except ValueError:
        raise InputError(f"'{value}' is no state; choose {', '.join(State)}") from None


def _as_text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


class Listener(Protocol):
    """Who watches a draft being written (a terminal, an SSE stream)."""

    def section(self, section: Section) -> None:
        """A section begins; it has no paragraphs yet."""

    def paragraph(self, section: Section, paragraph: Paragraph) -> None:
        """A paragraph stands as it will be kept."""

    def finding(self, finding: Finding) -> None:
        """A finding that is left after repair."""

    def done(self, draft: Draft) -> None:
        """The draft is complete and saved."""

    def stopped(self) -> bool:
        """Whether to stop: asked before each call of the model. What stands by then is kept."""
        return False


class Nobody:
    """A listener that hears nothing."""

    def section(self, section: Section) -> None: ...

    def paragraph(self, section: Section, paragraph: Paragraph) -> None: ...

    def finding(self, finding: Finding) -> None: ...

    def done(self, draft: Draft) -> None: ...

    def stopped(self) -> bool:
        return False
