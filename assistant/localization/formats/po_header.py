"""The header of a PO file: its language, its plural forms, and how they are set."""

from __future__ import annotations

import gettext
import re
from collections import Counter
from dataclasses import dataclass

from assistant.localization.formats.po_syntax import Entry, quoted
from assistant.localization.messages.plurals import EXAMPLES_UP_TO, category, gettext_forms
from knowledge.domain.locale import Locale

_FORMS = re.compile(r"\s*nplurals\s*=\s*(\d{1,2})\s*;\s*plural\s*=\s*([^;]{1,500});?\s*")
_CHARSET = re.compile(rb"^\s*\"?[^\r\n]{0,300}charset=([A-Za-z0-9_.:-]{1,40})", re.M)


def declared_charset(data: bytes) -> str:
    """The encoding that the header names; empty when there is none or it is the template's `CHARSET`."""
    found = _CHARSET.search(data[:20_000])
    name = found[1].decode("ascii") if found else ""
    return "" if name.upper() == "CHARSET" else name


def fields(header: Entry | None) -> dict[str, str]:
    """The header's lines by name."""
    text = header.forms[0].text if header else ""
    pairs = (line.partition(":") for line in text.split("\n") if ":" in line)
    return {key.strip(): value.strip() for key, _, value in pairs}


def form_categories(value: str, locale: Locale) -> tuple[str, ...] | None:
    """The CLDR category of each form by the file's own formula: the one that most numbers of the form have. None when
    the formula cannot be read (a template's `nplurals=INTEGER`) or gives other forms than it counts."""
    found = _FORMS.fullmatch(value)
    if found is None:
        return None
    try:
        # The standard library's own reader of these formulas: it knows C's operators and nothing else.
        formula = gettext.c2py(found[2])
        of = [Counter[str]() for _ in range(int(found[1]))]
        for number in range(EXAMPLES_UP_TO):
            of[formula(number)][category(number, locale)] += 1
    except (ValueError, IndexError, OverflowError, ArithmeticError, RecursionError):
        return None
    return tuple(counted.most_common(1)[0][0] if counted else "other" for counted in of) or None


@dataclass(frozen=True, slots=True)
class HeaderChange:
    """What the header is to say. `other_language`: the file's own is not the target's; `new_forms`: its plural forms
    are not those of the target."""

    locale: Locale
    other_language: bool
    new_forms: bool
    line_end: str


def header_edits(header: Entry | None, text: str, change: HeaderChange) -> list[tuple[int, int, str]]:
    """The edits that set the language, the plural forms and the charset of a template; a header where there is none."""
    language, forms, end = change.locale.tag.replace("-", "_"), gettext_forms(change.locale), change.line_end
    if header is None:
        lines = (
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: 8bit",
            f"Language: {language}",
            f"Plural-Forms: {forms}",
        )
        raw = quoted("".join(line + "\n" for line in lines), "msgstr", line_end=end)
        return [(0, 0, f'msgid ""{end}{raw}{end}{end}')]
    part, known = header.forms[0], fields(header)
    raw = new = text[part.start : part.end]
    if "\n" not in raw:
        new = f'msgstr ""{end}' + end.join(quoted(line, "")[1:] for line in re.split(r"(?<=\n)", part.text) if line)
    if change.other_language or not known.get("Language"):
        new = _set(new, "Language", language, end)
    if change.new_forms or not known.get("Plural-Forms"):
        new = _set(new, "Plural-Forms", forms, end)
    new = new.replace("charset=CHARSET", "charset=UTF-8")
    return [(part.start, part.end, new)]


def _set(raw: str, key: str, value: str, line_end: str) -> str:
    line = f'"{key}: {value}\\n"'
    found = re.search(rf'"{re.escape(key)}:(?:[^"\\]|\\[^n]|"\s*")*\\n"', raw)
    if found:
        return raw[: found.start()] + line + raw[found.end() :]
    if not raw.endswith('\\n"') and not raw.endswith('""'):
        raw = raw[:-1] + '\\n"'
    return f"{raw}{line_end}{line}"
