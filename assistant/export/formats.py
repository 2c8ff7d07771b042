"""The formats a draft can be written in, and those in which it is released, one line each; and the way to the disk."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.draft import Draft
from assistant.export.labels import MARK, labels_for
from assistant.export.markdown import markdown_text
from assistant.export.page import html_page
from assistant.export.pdf import pdf_file
from assistant.export.plain import plain_text
from assistant.export.provenance import Colophon
from assistant.export.wechat import wechat_html
from assistant.export.word import word_file
from knowledge.domain.errors import InputError


class Renderer(Protocol):
    """Writes a draft down. `marked` says that it is a draft; `sources` shows citations and where they lead."""

    def __call__(self, draft: Draft, *, marked: bool = True, sources: bool = True) -> str | bytes: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the endings of its files, and what writes it."""

    name: str
    endings: tuple[str, ...]
    render: Renderer


def json_text(draft: Draft, *, marked: bool = True, sources: bool = True) -> str:
    """The contract's document; marked, it also says so under `label`. Without sources no evidence and no citation."""
    document = draft.to_json()
    if not sources:
        document["evidence"] = []
        for section in document["sections"]:
            for paragraph in section["paragraphs"]:
                paragraph["citations"] = []
        for claim in document["claims"]:
            claim["evidence"] = []
    if marked:
        labels = labels_for(draft.locale)
        document["label"] = {"status": "draft", "mark": MARK, "generated_by": "AI", "text": labels["ai_label"]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


FORMATS: tuple[Format, ...] = (
    Format("markdown", (".md", ".markdown"), markdown_text),
    Format("html", (".html", ".htm"), html_page),
    Format("docx", (".docx",), word_file),
    Format("json", (".json",), json_text),
    Format("text", (".txt",), plain_text),
)

ENDINGS: tuple[str, ...] = tuple(ending for format_ in FORMATS for ending in format_.endings)
_BY_ENDING = {ending: format_ for format_ in FORMATS for ending in format_.endings}
_BY_NAME = {format_.name: format_ for format_ in FORMATS}


class Releaser(Protocol):
    """Writes a clean copy down, with what the colophon says of its making."""

    def __call__(self, draft: Draft, *, marked: bool, sources: bool, colophon: Colophon | None) -> str | bytes: ...


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which a draft leaves the house. `ending` is that of its file."""

    name: str
    ending: str
    media_type: str
    render: Releaser

    def write(self, draft: Draft, colophon: Colophon, *, sources: bool) -> bytes:
        """The bytes of the file."""
        content = self.render(draft, marked=False, sources=sources, colophon=colophon)
        return content.encode() if isinstance(content, str) else content


FORMS: tuple[Form, ...] = (
    Form("markdown", ".md", "text/markdown; charset=utf-8", markdown_text),
    Form("html", ".html", "text/html; charset=utf-8", html_page),
    Form("docx", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word_file),
    Form("pdf", ".pdf", "application/pdf", pdf_file),
    Form("text", ".txt", "text/plain; charset=utf-8", plain_text),
    Form("wechat", ".wechat.html", "text/html; charset=utf-8", wechat_html),
)


def form_of(name: str) -> Form:
    """The form of that name (`docx`) or of a file's ending (`md`, `.wechat.html`). Raises `InputError`."""
    wanted = name.strip().lower()
    found = next((form for form in FORMS if wanted == form.name), None)
    if found is None:
        ending = f".{wanted.lstrip('.')}"
        ending = {".markdown": ".md", ".htm": ".html"}.get(ending, ending)
        found = next((form for form in FORMS if ending == form.ending), None)
    if found is None:
        raise InputError(f"'{name}' is no form in which a draft leaves; choose {', '.join(f.name for f in FORMS)}")
    return found


def render(draft: Draft, format: str, *, marked: bool = True, sources: bool = True) -> str:
    """The draft in a text format, by its name (`markdown`, `html`, `json`, `text`) or a file ending (`md`, `.txt`).

    Raises `InputError` for an unknown format and for one that is no text.
    """
    wanted = format.lower()
    found = _BY_NAME.get(wanted) or _BY_ENDING.get(f".{wanted.lstrip('.')}")
    content = found.render(draft, marked=marked, sources=sources) if found and found.name != "docx" else None
    if not isinstance(content, str):
        names = ", ".join(format_.name for format_ in FORMATS if format_.name != "docx")
        raise InputError(f"'{format}' is not a text format of a draft; choose one of {names}")
    return content


def export(draft: Draft, path: Path, *, marked: bool = True, sources: bool = True) -> None:
    """Write the draft to `path` in the format of its ending, as a whole or not at all.

    `marked` says DRAFT in text and metadata. Raises `InputError` when the ending is none of `ENDINGS` or the file
    cannot be written.
    """
    found = _BY_ENDING.get(path.suffix.lower())
    if found is None:
        raise InputError(
            f"{path}: a draft cannot be written as '{path.suffix}'; end the file name in one of {_endings()}"
        )
    content = found.render(draft, marked=marked, sources=sources)
    write_whole(path, content.encode() if isinstance(content, str) else content)


def _endings() -> str:
    return ", ".join(ENDINGS)


def write_whole(path: Path, content: bytes) -> None:
    """Write to a new file beside `path`, then put it in its place; an error leaves what was there."""
    if path.is_dir():
        raise InputError(f"{path}: this is a folder; give a file name")
    if not path.parent.is_dir():
        raise InputError(f"{path}: the folder {path.parent} does not exist; create it first")
    target = path.resolve()
    new = target.with_name(f".koujing-{secrets.token_hex(6)}.part")
    try:
        with new.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(target)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written ({error.strerror or error}); choose another place") from error
