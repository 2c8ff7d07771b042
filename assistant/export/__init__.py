"""Drafts on paper and on screen: Markdown, HTML, Word, JSON, text, and the terminal."""

from assistant.export.formats import ENDINGS, FORMATS, export, render
from assistant.export.report import check_report_html
from assistant.export.terminal import print_draft

__all__ = ["ENDINGS", "FORMATS", "check_report_html", "export", "print_draft", "render"]
