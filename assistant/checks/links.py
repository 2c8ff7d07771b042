"""Links to places that nobody agreed to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from assistant.checks.base import Example, ParagraphCheck, ParagraphView
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.words import Words

_ENDINGS = (
    "com|net|org|io|ai|co|cn|de|fr|eu|uk|us|jp|kr|es|pt|br|ru|in|it|nl|ch|at|be|se|pl|hk|tw|sg|info|biz|app|dev|cloud|"
    "tech|shop|xyz|top|site|online|link|click|live|me|tv|gov|edu|int|example|test|cc|vip|club|store|pro|icu|ly|gl"
)
_LINK = re.compile(
    r"(?P<scheme>(?:https?|ftp)://)(?:[^\s/@?#]{1,80}@)?(?P<host>[^\s/?#:，。；、！？）】》”’\"'<>()\[\]]{1,253})"
    r"|(?P<mail>[A-Za-z0-9._%+-]{1,64}@)(?P<mailhost>(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24})"
    rf"|(?<![A-Za-z0-9_@./-])(?P<bare>(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.){{1,4}}(?:{_ENDINGS}))(?![A-Za-z0-9_-]|\.[A-Za-z0-9])"
)
# Names of techniques that look like addresses.
_NO_ADDRESS = frozenset("asp.net ado.net vb.net ml.net node.js socket.io draw.io e.g.de".split())


class LinkNotAllowed(ParagraphCheck):
    """An address (web, bare domain, e-mail) that is neither the company's own nor in a cited source.

    In what a model or a program wrote it is an error, and given documents and entries on others allow none: whoever
    writes those must not choose where the company's readers go. Without cited sources and known sites of the
    company the check does not look.
    """

    id = "link_not_allowed"
    severity = Severity.WARNING
    repair = True
    title = Words(zh="链接不在允许之列", en="Link that nobody agreed to")
    examples = (
        Example("详情见 https://tingstone.example/r200 。", "官网：https://www.tingstone.example", found=False),
        Example("详情见 http://evil.example/pay 。", "官网：https://www.tingstone.example", found=True),
        Example("请写信到 sales@other.example。", "媒体联系：press@tingstone.example", found=True),
        Example("请写信到 sales@tingstone.example。", "媒体联系：press@tingstone.example", found=False),
        Example("See docs.other.example for more.", "The site is tingstone.example.", True, "en"),
        Example("The service is written in ASP.NET.", "The service runs on Windows.", False, "en"),
    )

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        found = _links(view.text)
        hosts = view.standards.lexicon.hosts
        if not found or not (hosts or view.cited):
            return
        written = view.paragraph.by != "person"
        # What others wrote does not say where our readers go.
        allowed = {_site(h) for e in view.cited if e.trusted or not written for _, h in _links(e.text)}
        for span, host in found:
            if not _is_below(host, hosts) and _site(host) not in allowed:
                yield self.finding(
                    Words(
                        zh=f"“{host}”不是公司网站，所引资料里也没有；删去或换成已有的地址",
                        en=f"'{host}' is no site of the company and not in the cited sources; leave it out",
                    ),
                    view.locale, view.paragraph.id, span,
                    severity=Severity.ERROR if written else Severity.WARNING,
                )  # fmt: skip


@lru_cache(maxsize=2048)
def _links(text: str) -> tuple[tuple[Span, str], ...]:
    """The addresses of a text with their hosts, in lower case and without `www.`."""
    if "." not in text:
        return ()
    found = []
    for link in _LINK.finditer(text):
        host = (link["host"] or link["mailhost"] or link["bare"]).lower().rstrip(".").removeprefix("www.")
        if host not in _NO_ADDRESS:
            found.append((Span(*link.span()), host))
    return tuple(found)


def _site(host: str) -> str:
    """The registered part of a host, so that what stands below a site is that site's own: the last two labels, three
    below a country's general ones (`com.cn`, `co.uk`)."""
    labels = host.split(".")
    general = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in ("com", "co", "net", "org", "gov", "edu", "ac")
    return ".".join(labels[-3:] if general else labels[-2:])


def _is_below(host: str, hosts: Iterable[str]) -> bool:
    return any(host == own or host.endswith(f".{own}") for own in hosts)
