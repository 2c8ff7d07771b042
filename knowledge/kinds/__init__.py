"""What kinds of entry there are and what each consists of: declared in `declared/`, one YAML file a kind.

kind_named("case").fields             the declaration
check_fields("case", fields, today)   types, required fields, unknown ones
heading_of("case", "客户痛点")         which field a sheet's column is
body_of("case", fields, "zh-CN")      the fields as Markdown
body_following(entry, fields, locale) the text of an entry whose fields change: made anew, or kept when hand-written
review_cycle("competitor")            30 days
"""

from knowledge.kinds.checking import Checked, check_columns, check_fields
from knowledge.kinds.declaration import REVIEW_DAYS, FieldDeclaration, Kind
from knowledge.kinds.generated import body_following, generated_body, is_generated, same_body
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
    "body_following",
    "body_of",
    "check_columns",
    "check_fields",
    "columns",
    "generated_body",
    "heading_of",
    "is_generated",
    "kind_named",
    "label_of",
    "review_cycle",
    "same_body",
    "title_of",
]
