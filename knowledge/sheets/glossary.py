"""The glossary as a sheet: one term a row, its translations in a column for each locale."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale
from knowledge.records import Term
from knowledge.sheets import words
from knowledge.sheets.cells import list_cell, parse_list, parse_yes, text_cell
from knowledge.sheets.headings import Headings, named
from knowledge.sheets.register_rows import Cells, RegisterPlan, planned
from knowledge.sheets.table import Table, read_table
from knowledge.sheets.writing import write_rows

TRANSLATION = "translation_"

_NAMES = named((
    ("term", "term|术语|词条|源术语|source term"),
    ("locale", "locale|语言|语种|术语语言|language"),
    ("part_of_speech", "part_of_speech|词性|part of speech|POS"),
    ("do_not_translate", "do_not_translate|不译|不翻译|禁译|do not translate|DNT"),
    ("forbidden", "forbidden|禁用写法|禁用|禁用词|错误写法|forbidden variants"),
    ("case_rule", "case_rule|大小写|大小写规则|case rule|case"),
    ("note", "note|备注|说明|notes|remark"),
))  # fmt: skip
_TAG = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")
_CASE_RULES = {"exact": "exact", "严格": "exact", "区分": "exact", "区分大小写": "exact", "case-sensitive": "exact",
               "any": "", "不限": "", "不区分": "", "不区分大小写": ""}  # fmt: skip

GLOSSARY = Headings(_NAMES, lambda heading: _translation(heading))
"""A column of translations is headed `translation_de`, by the language's name (德文, German) or by its tag (de)."""


def _translation(heading: str) -> str | None:
    text = heading.strip()
    if text.lower().startswith(TRANSLATION):
        below = text[len(TRANSLATION) :]
        return TRANSLATION + below if _TAG.match(below) else None
    tag = words.language_named(text)
    return TRANSLATION + parse_locale(tag).language if tag else None


def plan_terms(path: Path, *, sheet: str | None = None, mapping: Mapping[str, str] | None = None) -> RegisterPlan[Term]:
    """The terms of an XLSX, CSV or TSV sheet, with everything that is wrong with it row by row.

    Without a column for the term, the first column of a language gives it (中文 | 英文), in that language. Raises
    `UnreadableFile` and `InputError` as `read_table` does, and `InputError` when no column gives the term.
    """
    table = read_table(path, GLOSSARY, sheet=sheet, mapping=mapping)
    source = _source_of(table)
    seen: dict[tuple[str, str], int] = {}
    return planned(table, lambda cells: _term(cells, source, seen))


def read_glossary(path: Path) -> list[Term]:
    """The terms of a sheet, all or none. Raises `InputError` naming the first row that is wrong."""
    plan = plan_terms(path)
    plan.raise_first()
    return list(plan.records)


def _source_of(table: Table) -> tuple[str, str]:
    """The field of the term, and the locale of terms that do not tell theirs (empty: each must)."""
    if table.column("term"):
        return "term", ""
    first = next((c.field for c in table.columns if c.field and c.field.startswith(TRANSLATION)), None)
    if first is None:
        raise InputError(f"{table.name}: no column gives the term; head one 术语 or term, or by its language (中文)")
    return first, parse_locale(first.removeprefix(TRANSLATION)).tag


def _term(cells: Cells, source: tuple[str, str], seen: dict[tuple[str, str], int]) -> Term:
    field, default = source
    text = cells.required(field, str, "", "write it, or delete the row")
    text = cells.text(field) if text else ""
    if default and not cells.table.column("locale"):
        locale = default
    else:
        locale = cells.required("locale", words.locale, default, "write the term's language, such as zh-CN or en")
    earlier = seen.setdefault((text, locale), cells.row.number)
    if text and earlier != cells.row.number:
        cells.say(
            cells.table.column(field), f"'{text}' ({locale}) stands in row {earlier} already; keep one of the two"
        )
    translations = {
        column.field.removeprefix(TRANSLATION): cells.text(column.field)
        for column in cells.table.columns
        if column.field and column.field.startswith(TRANSLATION)
    }
    return Term(
        term=text,
        locale=locale,
        translations={tag: said for tag, said in translations.items() if said},
        part_of_speech=cells.text("part_of_speech"),
        do_not_translate=cells.parsed("do_not_translate", parse_yes, False),
        forbidden=cells.parsed("forbidden", _variants, ()),
        note=cells.text("note"),
        case_rule=cells.parsed("case_rule", _case_rule, ""),
    )


def _variants(text: str) -> tuple[str, ...]:
    return tuple(parse_list(text))


def _case_rule(text: str) -> str:
    rule = _CASE_RULES.get(text.lower())
    if rule is None:
        raise ValueError(f"'{text}' is no case rule; write exact, or leave it empty")
    return rule


def write_terms(terms: Sequence[Term], path: Path, *, language: str = "en") -> None:
    """Write terms as XLSX or CSV, by the suffix, headed in English or (`zh`) Chinese; reading the file gives the same
    terms. Raises `InputError` for another suffix."""
    tags = sorted({tag for term in terms for tag in term.translations})
    wrong = next((tag for tag in tags if not _TAG.match(tag)), None)
    if wrong is not None:
        raise InputError(f"a translation is in '{wrong}', which is no locale; mend the term first")
    plain = ["term", "locale"], ["part_of_speech", "do_not_translate", "forbidden", "case_rule", "note"]
    heads = [*(_head(name, language) for name in plain[0]), *(f"{TRANSLATION}{tag}" for tag in tags),
             *(_head(name, language) for name in plain[1])]  # fmt: skip
    write_rows(path, "glossary" if language != "zh" else "术语表", heads, (_row(term, tags) for term in terms))


def _head(name: str, language: str) -> str:
    return next(h for h, field in _NAMES.items() if field == name and h != name) if language == "zh" else name


def _row(term: Term, tags: Sequence[str]) -> list[str]:
    def cell(value: str) -> str:
        return text_cell(value) if value else ""

    return [
        cell(term.term),
        term.locale,
        *(cell(term.translations.get(tag, "")) for tag in tags),
        cell(term.part_of_speech),
        "yes" if term.do_not_translate else "no",
        list_cell(term.forbidden) if term.forbidden else "",
        term.case_rule,
        cell(term.note),
    ]
