"""Drafts on paper and on screen: Markdown, HTML, Word, JSON, text, and the terminal."""

from assistant.export.check_terminal import print_check
from assistant.export.formats import ENDINGS, FORMATS, FORMS, Form, export, form_of, render, write_whole
from assistant.export.report import check_report_html, write_check
from assistant.export.terminal import print_draft

__all__ = [
    "ENDINGS",
    "FORMATS",
    "FORMS",
    "Form",
    "check_report_html",
    "export",
    "form_of",
    "print_check",
    "print_draft",
    "render",
    "write_check",
    "write_whole",
]
