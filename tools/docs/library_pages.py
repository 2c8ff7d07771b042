"""What can be imported."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.lint.registry import RULES
from knowledge.kinds.reference import column_rows, field_rows, kind_rows
from knowledge.reading import FORMATS, MAX_BYTES
from knowledge.records import KINDS
from tools.docs.tables import doc, table, upper

_SUFFIXES = re.compile(r"^(?:`\.\w+`,? ?)+: ")


def formats(_root: Path, zh: bool) -> str:
    """The file formats that can be imported."""
    readers = {reader.name: reader for reader in FORMATS.values()}
    rows = [(name, " ".join(f"`{suffix}`" for suffix in reader.suffixes)) for name, reader in readers.items()]
    if zh:
        return f"{table(('格式', '后缀'), rows)}\n\n每个文件不超过 {MAX_BYTES >> 20} MiB。"
    how = [upper(_SUFFIXES.sub("", doc(type(reader)))) for reader in readers.values()]
    listed = table(
        ("format", "suffixes", "how it is read"), [(*row, said) for row, said in zip(rows, how, strict=True)]
    )
    return f"{listed}\n\nA file may have up to {MAX_BYTES >> 20} MiB."


def kinds(_root: Path, _zh: bool) -> str:
    """The kinds of entry."""
    return ", ".join(f"`{kind}`" for kind in KINDS)


def kind_fields(_root: Path, zh: bool) -> str:
    """Every kind with its fields and the headings by which a sheet may call them."""
    parts = []
    fields = list(field_rows())
    for kind in kind_rows():
        name, purpose = (kind.name_zh, kind.purpose_zh) if zh else (kind.name_en, kind.purpose_en)
        rows = [
            (f"`{f.field}`", f.type, _yes(f.required), f"{f.label_zh}, {f.label_en}", f.help_zh if zh else f.help_en)
            for f in fields
            if f.kind == kind.kind
        ]
        review = f"复审周期 {kind.review_days} 天。" if zh else f"Review after {kind.review_days} days."
        head = ("字段", "类型", "必填", "表格列名", "说明") if zh else ("field", "type", "required", "heading", "help")
        listed = f"\n\n{table(head, rows)}" if rows else ""
        parts.append(f"### `{kind.kind}` {name}\n\n{purpose} {review}{listed}")
    return "\n\n".join(parts)


def entry_columns(_root: Path, zh: bool) -> str:
    """What every entry has, whatever its kind."""
    head = ("字段", "表格列名") if zh else ("property", "headings in a sheet")
    return table(head, [(f"`{name}`", ", ".join((a, b, *others))) for name, a, b, others in column_rows()])


def lint_rules(_root: Path, zh: bool) -> str:
    """The rules of `koujing library lint`."""
    language = "zh" if zh else "en"
    head = ("规则", "级别", "说的是", "怎么办") if zh else ("rule", "severity", "what", "what to do")
    rows = [(f"`{r.id}`", str(r.severity), r.title.of(language), r.remedy.of(language)) for r in RULES]
    return table(head, rows)


def _yes(required: bool) -> str:
    return "✓" if required else ""
