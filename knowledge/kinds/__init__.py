"""What kinds of entry there are and what each consists of: declared in `declared/`, one YAML file a kind.

kind_named("case").fields             the declaration
check_fields("case", fields, today)   types, required fields, unknown ones
heading_of("case", "客户痛点")         which field a sheet's column is
body_of("case", fields, "zh-CN")      the fields as Markdown
review_cycle("competitor")            30 days
"""

from knowledge.kinds.checking import Checked, check_columns, check_fields
from knowledge.kinds.declaration import REVIEW_DAYS, FieldDeclaration, Kind
from knowledge.kinds.headings import Target, heading_of, label_of
from knowledge.kinds.loading import all_kinds, columns, kind_named, review_cycle
from knowledge.kinds.stating import body_of, title_of

__all__ = [
    "REVIEW_DAYS",
    "Checked",
    "FieldDeclaration",
    "Kind",
    "Target",
    "all_kinds",
    "body_of",
    "check_columns",
    "check_fields",
    "columns",
    "heading_of",
    "kind_named",
    "label_of",
    "review_cycle",
    "title_of",
]
