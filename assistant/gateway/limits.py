"""How long, how often and at what price a model may be asked; read once from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from assistant.gateway.port import Usage
from assistant.settings import Settings
from knowledge.domain.errors import InputError


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` is for one call, all tries together; prices are for a million tokens, None when unknown."""

    context_tokens: int = 8192
    seconds: float = 120.0
    retries: int = 2
    price_prompt: float | None = None
    price_completion: float | None = None

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Raises `InputError` naming the variable that is no number or out of range."""
        limits = cls(
            context_tokens=settings.whole("context_tokens"),
            seconds=settings.number("timeout"),
            retries=settings.whole("retries"),
            price_prompt=_price(settings, "price_prompt"),
            price_completion=_price(settings, "price_completion"),
        )
        if limits.context_tokens < 512:
            raise InputError(f"KOUJING_CONTEXT_TOKENS={limits.context_tokens} is too small; it must be 512 or more")
        if not 0 < limits.seconds <= 86_400:
            raise InputError(f"KOUJING_TIMEOUT={limits.seconds:g} must be more than 0 and at most 86400 seconds")
        if limits.retries < 0:
            raise InputError(f"KOUJING_RETRIES={limits.retries} must be 0 or more")
        return limits

    def usage(self, prompt_tokens: int, completion_tokens: int, calls: int, seconds: float) -> Usage:
        """The usage of these tokens, with its cost when a price is set."""
        cost = None
        if self.price_prompt is not None or self.price_completion is not None:
            asked = prompt_tokens * (self.price_prompt or 0.0)
            cost = (asked + completion_tokens * (self.price_completion or 0.0)) / 1e6
        return Usage(prompt_tokens, completion_tokens, calls, seconds, cost)


def _price(settings: Settings, name: str) -> float | None:
    return settings.number(name) if settings.text(name) else None


def destination_of(base_url: str) -> str:
    """Where text sent to `base_url` goes, for the user's eye: `this machine` or the host."""
    host = (urlsplit(base_url).hostname or "").lower()
    return "this machine" if _loopback(host) else host


def _loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
