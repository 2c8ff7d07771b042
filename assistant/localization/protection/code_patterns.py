"""What codes look like: one expression per family, each bounded so that a hostile text costs linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.localization.content import CodeKind

_PRINTF_LETTERS = r"(?:hh|h|ll|l|q|z|j|t|L)?[diouxXeEfFgGaAcCsSp@]"
# A letter that follows belongs to a unit (%dMB, %dpx); a longer run of letters is a word that follows a percent sign.
_PRINTF_END = r"(?![a-zA-Z]{4})"
_NAME = r"[A-Za-z_][\w.-]{0,63}"
_ADDRESS_LETTER = r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]|\{\w{1,40}\})"
_ADDRESS_END = r"(?:[A-Za-z0-9\-_~/#@$&+=%)]|\{\w{1,40}\})"
_FILE_ENDINGS = (
    r"ya?ml|json|toml|xml|html?|css|jsx?|tsx?|py|sh|bat|exe|dll|ini|conf|cfg|log|csv|xlsx?|docx?|pptx?|pdf|png|jpe?g|"
    r"gif|svg|zip|tar|tgz|gz|md|txt|jar|war|apk|dmg|iso|rpm|deb|sql|po|arb|strings|properties|lock|pem|crt|key"
)
_ROOTS = r"etc|usr|var|home|opt|tmp|bin|sbin|dev|proc|root|mnt|srv|lib|api|v\d"


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of code: the expression that finds it, and the styles of messages it is looked for in."""

    name: str
    kind: CodeKind
    pattern: str
    styles: frozenset[str]


STYLES = ("", "printf", "brace", "icu", "i18next", "html")
"""The styles of messages; the empty one looks for all families."""


def _family(name: str, kind: CodeKind, pattern: str, styles: str = "printf brace icu i18next html") -> Family:
    return Family(name, kind, pattern, frozenset(["", *styles.split()]))


_P, _L = CodeKind.PLACEHOLDER, CodeKind.LITERAL

FAMILIES: tuple[Family, ...] = (
    # Written as code, shown as code. Chinese authors put terms into these marks too, which are to be translated.
    _family(
        "inline", _L, r"``[^`\n⺀-鿿가-힯]{1,300}``|(?<![`A-Za-z0-9_])`(?=[^`\s])[^`\n⺀-鿿가-힯]{1,300}(?<=[^`\s])`(?!`)"
    ),
    # Addresses. They stop at the first letter outside ASCII: Chinese text follows them without a space.
    _family(
        "address",
        CodeKind.LINK,
        rf"(?<![A-Za-z])(?:https?|ftps?|wss?)://{_ADDRESS_LETTER}{{0,2000}}{_ADDRESS_END}"
        rf"|(?<![A-Za-z])(?:mailto|tel):[A-Za-z0-9+]{_ADDRESS_LETTER}{{0,500}}{_ADDRESS_END}"
        rf"|(?<![A-Za-z0-9.@/-])www\.[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,6}}"
        rf"(?:[/?#](?:{_ADDRESS_LETTER}{{0,2000}}{_ADDRESS_END})?)?"
        r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,6}"
        r"\.[A-Za-z]{2,24}(?![A-Za-z0-9-])",
    ),
    # Tags; whether they are codes is decided by their partner (see codes.py).
    _family("comment", CodeKind.SINGLE, r"<!--(?:(?!-->)[^<]){0,2000}-->"),
    _family(
        "tag",
        CodeKind.SINGLE,
        r"""</?(?:[A-Za-z][\w:.-]{0,63}|\d{1,3})(?:\s+(?:\{{1,2}[^{}<>\n]{1,80}\}{1,2}|"""
        r"""[\w:@.*#-]{1,64}(?:\s*=\s*(?:"[^"<]{0,1000}"|'[^'<]{0,1000}'"""
        r"""|[^\s"'<>=]{1,500}))?)){0,30}\s*/?>""",
    ),
    _family("bbcode", CodeKind.SINGLE, r"\[/?[A-Za-z*][A-Za-z]{0,15}(?:=[^\[\]\n]{1,500})?\]"),
    _family("entity", _P, r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9.-]{1,63});"),
    # Templates.
    _family("block", _P, r"\{%[^{}%\n]{1,300}%\}|\{#[^{}#\n]{1,300}#\}|<%=?[^<>%\n]{1,300}%>"),
    _family("double", _P, r"\{\{\{[^{}\n]{1,200}\}\}\}|\{\{[^{}\n]{1,200}\}\}", "brace icu i18next html"),
    _family(
        "nested",
        _P,
        r"\$t\((?:[^(){}\n]|\{\{[^{}\n]{1,60}\}\}"
        r"|\{[^{}\n]{0,100}(?:\{\{[^{}\n]{1,60}\}\}[^{}\n]{0,100})?\}){1,200}\)|(?<!\w)@(?:\.\w{1,20})?:(?:\([\w.]{1,80}\)|\w[\w.]{0,79}(?<!\.))",
        "i18next",
    ),
    _family("dollar", _P, rf"\$\{{[^{{}}\n]{{1,120}}\}}|(?<![\w$])\${_NAME}(?<![.-])\$(?!\w)", "brace"),
    _family("variable", _P, r"(?<![\w$])\$(?![A-Z]{3}(?!\w))[A-Za-z_][A-Za-z0-9_]{2,40}(?![\w$])", "brace"),
    _family("hash", _P, r"#\{[A-Za-z_@][\w.@\[\]]{0,63}\}", "brace"),
    _family("ruby", _P, r"%\{[A-Za-z_]\w{0,63}\}|%<[A-Za-z_]\w{0,63}>[-+0 #]?[\d.]{0,6}[a-zA-Z]", "printf brace"),
    _family(
        "brace",
        _P,
        r"\{\s?\$[A-Za-z][\w.-]{0,63}\s?\}"  # Fluent, a variable
        r"|\{\s?-[A-Za-z][\w-]{0,63}(?:\([^(){}\n]{0,100}\))?\s?\}"  # Fluent, a term
        r"|\{\s?[A-Z]{3,20}\([^(){}\n]{1,150}\)\s?\}"  # Fluent, a function
        r"|\{\s?\"[^\"{}\n]{0,60}\"\s?\}"  # Fluent, a literal
        r"|\{\s{0,4}\w{1,64}\s{0,4},\s{0,4}(?:number|date|time|ordinal|spellout|duration|list)"
        r"(?:\s{0,4},\s{0,4}[^{}\n]{1,80})?\s{0,4}\}"  # ICU, a simple argument
        r"|\{\d{1,3},-?\d{1,3}(?::[^{}\n]{1,30})?\}"  # C#, aligned
        r"|\{ ?[A-Za-z_][\w.\[\]-]{0,80}(?:![rsa])?(?::[^{}\s]{1,30})? ?\}"
        r"|\{\w{0,64}(?:![rsa])?(?::[^{}\s]{1,30})?\}",
        "brace icu",
    ),
    # printf and what is like it. A figure before the sign makes it a per cent.
    _family(
        "printf",
        _P,
        rf"%(?:\d{{1,2}}\$|\(\w{{1,64}}\))[-+0#,]{{0,3}}\d{{0,3}}(?:\.\d{{1,2}})?{_PRINTF_LETTERS}{_PRINTF_END}"
        rf"|(?<![\d%])%[-+0#,]{{0,3}}(?:\d{{1,3}}|\*)?(?:\.(?:\d{{1,2}}|\*))?{_PRINTF_LETTERS}{_PRINTF_END}"
        r"|%%",
        "printf",
    ),
    _family("percent", _P, r"(?<![\d%\w])%[A-Za-z][A-Za-z0-9_.]{2,40}%(?!\w)", "printf brace"),
    _family("qt", _P, r"(?<![\d%\w])%(?:L?[1-9](?![\d.,]?\d)(?![%$])|n(?![A-Za-z]))", "printf"),
    # A computer's own words, where nothing else looks like them.
    _family(
        "path",
        _L,
        r"(?<![\w/.:])(?:~|\.{1,2})/[A-Za-z0-9_.-]{1,80}(?:/[A-Za-z0-9_.-]{1,80}){0,20}(?<!\.)/?"
        r"|(?<![\w/.:<])(?:/[A-Za-z0-9_.-]{2,80}){2,20}(?<!\.)/?"
        rf"|(?<![A-Za-z0-9_/.:<])/(?:{_ROOTS})(?:/[A-Za-z0-9_.-]{{1,80}}){{1,20}}(?<!\.)/?"
        r"|(?<![A-Za-z0-9])[A-Za-z]:\\[A-Za-z0-9_.-]{1,80}(?:\\[A-Za-z0-9_.-]{1,80}){0,20}(?<!\.)",
    ),
    _family(
        "file",
        _L,
        rf"(?<![A-Za-z0-9_./@-])(?![A-Z]\w{{0,30}}\.jsx?)[A-Za-z0-9_][A-Za-z0-9_-]{{0,63}}"
        rf"(?:\.[A-Za-z0-9_-]{{1,30}}){{0,3}}\.(?:{_FILE_ENDINGS})(?![A-Za-z0-9_/@-]|\.[A-Za-z0-9])",
    ),
    _family(
        "flag",
        _L,
        r"(?<![A-Za-z0-9_-])--(?:[a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30}){1,6}(?:=[A-Za-z0-9_./:,-]{0,79}[A-Za-z0-9])?"
        r"|[a-z][a-z0-9]{1,30}=[A-Za-z0-9_./:,-]{0,79}[A-Za-z0-9]|(?:help|version|force|verbose|quiet|debug|all))"
        r"(?![A-Za-z0-9_-])",
    ),
)

KINDS = {family.name: family.kind for family in FAMILIES}
SIGNS = re.compile(
    r"[`@<{$\\]|://|mailto:|tel:|/[A-Za-z0-9_.-]|\.[A-Za-z]|www\.|%(?![.,;:!?)](?:\s|\Z))[!-~]|&[#A-Za-z]"
    r"|\[[/A-Za-z*]|--[a-z]"
)
"""A text without one of these has no codes; the stop, colon or per cent of a plain sentence is none of them."""
VARIANTS = re.compile(
    r"\{\s{0,4}(?:[\w.]{1,64}\s{0,4},\s{0,4}(?:plural|select|selectordinal)\s{0,4},"
    r"|(?:\$[\w.-]{1,64}|[A-Z]{3,20}\([^(){}\n]{1,150}\))\s{0,4}->)"
)
"""Where a message of several variants begins."""


@cache
def pattern(style: str) -> re.Pattern[str]:
    """The families of a style as one expression; the group that matched is the family's name."""
    if style not in STYLES:
        raise ValueError(f"Unknown style of message {style!r}: use one of {', '.join(repr(s) for s in STYLES)}.")
    return re.compile("|".join(f"(?P<{f.name}>{f.pattern})" for f in FAMILIES if style in f.styles))
