"""Tags of site generators in Markdown (Jekyll, Hugo, kramdown, Docusaurus) taken out, line numbers kept.

Liquid `{% … %}` and `{{ … }}`, Hugo shortcodes `{{< … >}}` and `{{% … %}}`, kramdown attributes `{: … }` and tables of
contents, admonition marks, footnote marks. Text between paired tags stays, except between comment tags. The author
named in a quote's shortcode is kept behind the quote. Code in fences and back-ticks stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_FENCE = re.compile(r"^[\s>]*(```+|~~~+)")
_TAG = re.compile(
    r"(?P<code>`[^`\n]{1,500}`)"
    r"|(?P<comment>\{%-?\s*comment\s*-?%\}.{0,20000}?\{%-?\s*endcomment\s*-?%\}"
    r"|\{\{[<%]\s*comment\s*[>%]\}\}.{0,20000}?\{\{[<%]\s*/comment\s*[>%]\}\}"
    r"|\{::comment\}.{0,20000}?\{:/(?:comment)?\})"
    r"|(?P<shortcode>\{\{[<%].{0,2000}?[>%]\}\}|<paimon\b[^>]{0,500}/>)"
    r"|\{%.{0,2000}?%\}|\{\{.{0,500}?\}\}"
    r"|(?m:^#{1,6}[ \t][^\n]{1,60}\n\{:[^{}\n]{0,200}\}[ \t]*\n\s{0,5}[-*1.]{1,2}[ \t]+TOC[ \t]*\n\{:[^{}\n]{0,200}\})"
    r"|(?m:^[-*][ \t]+TOC[ \t]*\n)?\{:[^{}\n]{0,500}\}"
    r"|(?m:[ \t]+\{[#.][^{}\n]{1,200}\}[ \t]*$)"
    r"|(?m:^[ \t]*(?:\[\[_TOC_\]\]|\[TOC\]|:::[^\n]*)[ \t]*$)"
    r"|(?m:(?<=^>)[ \t]*\[!\w+\][ \t]*$)"
    r"|(?m:^\[\^[^\]\s]{1,80}\]:)|\[\^[^\]\s]{1,80}\]",
    re.DOTALL,
)
_AUTHOR = re.compile(r"""\bauthor\s*=\s*["“]([^"”]+)["”]""")


def without_tags(text: str) -> str:
    """`text` without template tags; every other line keeps its number."""
    authors: list[str] = []

    def replacement(found: re.Match[str]) -> str:
        if found["code"]:
            return found.group()
        tag = found["shortcode"] or ""
        said = ""
        author = _AUTHOR.search(tag)
        if author:
            authors.append(author[1])
        elif authors and re.match(r"\{\{[<%]\s*/", tag):
            said = f" — {authors.pop()}"
        return said + "\n" * found.group().count("\n")

    return outside_fences(text, lambda piece: _TAG.sub(replacement, piece))


def outside_fences(text: str, change: Callable[[str], str]) -> str:
    """`text` with `change` made to everything but fenced code."""
    return "".join(piece if code else change(piece) for code, piece in _pieces(text))


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Runs of lines, with True for those of a code fence."""
    fence = ""
    run: list[str] = []
    for line in text.splitlines(keepends=True):
        found = _FENCE.match(line)
        if not fence and found:
            yield False, "".join(run)
            run, fence = [line], found[1]
        elif fence and found and found[1].startswith(fence) and not line.strip(" \t\n>`~"):
            yield True, "".join([*run, line])
            run, fence = [], ""
        else:
            run.append(line)
    yield bool(fence), "".join(run)
