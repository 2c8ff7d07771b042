"""Sheets that people keep by hand (XLSX, CSV, TSV), read into the library and written again.

read_table(path, kind_headings("case"))     a sheet with its headings understood
plan_entries(table, "case", defaults, …)     what an import would do: new, changed, unchanged, refused
plan_customers, plan_permissions, plan_terms the registers, row by row
write_entries, write_customers, …            out again; reading the file gives back what was written
"""

from knowledge.sheets.changes import FieldChange
from knowledge.sheets.customers import plan_customers, write_customers
from knowledge.sheets.entries import write_entries
from knowledge.sheets.glossary import plan_terms, read_glossary, write_terms
from knowledge.sheets.kind_fields import kind_headings
from knowledge.sheets.permissions import PermissionRow, plan_permissions, to_permit, write_permissions
from knowledge.sheets.plan import Plan, PlannedEntry, Refused, Unchanged
from knowledge.sheets.planning import Defaults, plan_entries
from knowledge.sheets.problem import Problem
from knowledge.sheets.register_rows import RegisterPlan
from knowledge.sheets.table import Column, Table, read_table

__all__ = [
    "Column",
    "Defaults",
    "FieldChange",
    "PermissionRow",
    "Plan",
    "PlannedEntry",
    "Problem",
    "Refused",
    "RegisterPlan",
    "Table",
    "Unchanged",
    "kind_headings",
    "plan_customers",
    "plan_entries",
    "plan_permissions",
    "plan_terms",
    "read_glossary",
    "read_table",
    "to_permit",
    "write_customers",
    "write_entries",
    "write_permissions",
    "write_terms",
]
