"""Under which names the service is asked, and from whose pages.

Without keys and people a browser is the danger: a page of somebody else may send requests to the loopback address,
under its own name (DNS rebinding) or across sites. With a cookie it is a page of somebody else, too.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from knowledge.domain.errors import NotAllowed

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def only_this_machine(headers: Headers) -> None:
    """Keyless use. Raises `HTTPException` (403, 421) for a request that may have come from elsewhere."""
    if not names_this_machine(headers):
        raise HTTPException(421, "without API keys only localhost, 127.0.0.1 and [::1] are answered")
    host = headers.get("host", "")
    if headers.get("origin", f"http://{host}").lower() != f"http://{host}".lower():
        raise HTTPException(403, "without API keys a page of another site is not answered")
    if was_forwarded(headers):
        raise HTTPException(403, "without API keys no proxy is answered; `koujing keys create` makes one")


def names_this_machine(headers: Headers) -> bool:
    """The request asks for this machine by one of its own names."""
    return _name(f"//{headers.get('host', '')}") in _THIS_MACHINE


def was_forwarded(headers: Headers) -> bool:
    """A proxy says that it stands between."""
    return any(name in headers for name in _FORWARDED)


def only_public_name(headers: Headers, public: str) -> None:
    """Beyond this machine. Raises `HTTPException` (421) for another name than that of `KOUJING_PUBLIC_URL`."""
    host = headers.get("host", "").lower()
    scheme, _, own = public.partition("://")
    usual = ":443" if scheme == "https" else ":80"
    if host.removesuffix(usual) != own:
        raise HTTPException(421, f"this service is {public}; ask it under that name")


def only_own_origin(headers: Headers, public: str) -> None:
    """A request that may change something names no other `Origin` than the service's own. Raises `NotAllowed`."""
    origin = headers.get("origin")
    if origin is None:
        return
    host = headers.get("host", "").lower()
    own = {f"http://{host}"} if not public or names_this_machine(headers) else set()
    if origin.lower() not in own | {public}:
        raise NotAllowed(
            "this was sent by a page of another site, so nothing was done; if the page is the service's own, its "
            "KOUJING_PUBLIC_URL is not the address in the browser"
        )


def _name(address: str) -> str:
    """The host name in `address`, lower case; empty when it is malformed."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
