"""`koujing library`: what the company has agreed to say. Each file here adds its commands to the group."""

from __future__ import annotations

from assistant.cli.library.customers import customer
from assistant.cli.library.editing import diff, edit
from assistant.cli.library.entries import due, list_, show
from assistant.cli.library.glossary import glossary
from assistant.cli.library.group import library
from assistant.cli.library.importing import export, import_
from assistant.cli.library.life import approve, request_changes, retire, submit
from assistant.cli.library.permissions import permission
from assistant.cli.library.upkeep import blurb, impact, lint, reindex

__all__ = ["library"]

for command in (
    import_, list_, show, edit, submit, approve, request_changes, retire, diff, due, lint, impact, reindex, export,
    blurb, customer, permission, glossary,
):  # fmt: skip
    library.add_command(command)
