"""`write: works` — the reports or the books that the evidence names, and who a given document says it is by.

By program, from titles that stand there: 《…》 in Chinese; in other languages in italics or quotation marks, or in
capitals behind "report" or "book". What is named is told from laws, standards, papers and products by the words around
it. An author stands only when the text names one next to the title. No title comes from elsewhere: what is lacking
becomes one more line that asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.draft import Paragraph
from assistant.given_pieces import GivenPiece
from assistant.writing.context import Desk
from assistant.writing.documents.imprint import author_of, title_of
from knowledge.domain.folding import fold
from knowledge.domain.locale import detect_language
from knowledge.domain.text import length, sentences
from knowledge.domain.words import Words
from prompts.section import TemplateSection

REPORT, BOOK, TITLE, AUTHOR = "report", "book", "title", "author"
"""Roles of a part: reports, books; the title and the author of the document itself."""

_TITLED_ZH = re.compile(r"《(?P<title>[^《》\n]{2,60})》")
_TITLED_EN = re.compile(
    r"(?<![\w*])(?P<mark>\*{1,2}|_)(?P<italic>[A-Z0-9][^*_\n]{3,110}?)(?P=mark)(?![\w*])"
    r"|“(?P<curled>[A-Z0-9][^”\n]{3,110}?),?”|(?<!\w)\"(?P<straight>[A-Z0-9][^\"\n]{3,110}?),?\"(?!\w)"
)
_REPORT = re.compile(
    r"报告|白皮书|蓝皮书|绿皮书|年鉴|调查|调研|研究$|展望|洞察|指数|榜单"
    r"|\b(?:report|white ?paper|survey|study|outlook|barometer|benchmark|index|review|monitor|yearbook|insights?)\b",
    re.IGNORECASE,
)
_BOOK = re.compile(
    r"书目|书单|图书|好书|一书|本书|这本|一本|专著|教材|著作|出版社|编著|主编|译者|作者|[^\W\d]著\b|[著译编](?=[，,。；;、）)])|(?<=[》])的?书"
    r"|\b(?:books?|author|written by|publisher|published by|press|edition|textbook|handbook|monograph|ISBN)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:法|条例|办法|规定|规范|标准|通知|意见|规划|纲要|细则|准则|指引|决定|公告|合同|协议|杂志|月刊|周刊|日报|晚报|时报)$"
    r"|^(?:GB|ISO|IEC|DIN|EN)\b"
)
_PAPER = re.compile(r"^\s*(?:杂志|月刊|周刊|日报|记者|报道|网站)")
_AROUND = 60
"""Characters before and behind a title that say what it is, within its line."""
_AUTHOR_ZH = re.compile(
    r"^》?\s*(?:[，,（(]\s*)?(?:作者[:：是为]?\s*)?(?P<behind>[^\W\d_][^，,。；;《》（）()\n\d]{1,24}?)\s*(?:著|编著|主编|编|合著)(?![名作称书写])"
    r"|^》?\s*[，,（(]\s*作者[:：是为]?\s*(?P<named>[^，,。；;《》（）()\n\d]{2,24})"
)
_BEFORE_ZH = re.compile(r"(?P<before>[^\W\d_][^，,。；;《》（）()\s\d]{1,20}?)(?:的|所著的?|在|合著的?|写的)$")
_AUTHOR_EN = re.compile(
    r"^[\s,]*(?:\(\s*)?(?:written )?by "
    r"(?P<by>[A-Z][\w.'’-]+(?:(?:,? and |, | & | )(?:[A-Z][\w.'’-]+|de|van|von|der|la))*)"
)
_NAMED = re.compile(r"^[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]*){1,3}$|^[一-鿿·]{2,12}$")


@dataclass(frozen=True, slots=True)
class Work:
    """A title as it stands, without marks, with its author where one is named, and the line that names it."""

    title: str
    kind: str
    piece: GivenPiece
    author: str = ""
    line: str = ""


class WorksSection:
    """The titles that the evidence names, of the kind that the part's role says (`report`, `book`), one more line where
    there are fewer than asked for; or the `title` and `author` that a document states of itself."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        pieces = desk.book.sources(section)
        written: list[Paragraph] = []
        for part in section.parts:
            if part.role in (TITLE, AUTHOR):
                stated = (title_of if part.role == TITLE else author_of)(pieces)
                if stated is not None:
                    evidence = desk.book.keep_piece(stated.piece)
                    written.append(desk.paragraph(stated.text, [evidence.id], role=part.role, by="program"))
                continue
            found = [work for work in works(pieces) if work.kind == part.role][: part.count.most]
            most = part.length.of(desk.language).most
            for work in found:
                evidence = desk.book.keep_piece(work.piece)
                written.append(desk.paragraph(_line(work, most, desk), [evidence.id], role=part.role, by="program"))
            if len(found) < part.count.least and not section.optional:
                written.append(desk.gap(section, role=part.role))
        return written or ([] if section.optional else [desk.gap(section)])


def works(pieces: Sequence[GivenPiece]) -> list[Work]:
    """Every report and book that the pieces name, once each, in their order."""
    found: dict[str, Work] = {}
    for piece in pieces:
        headings = " ".join(piece.headings)
        for line in piece.evidence.text.splitlines():
            for work in _works_of(line, headings, piece):
                key = fold(work.title).casefold()
                known = found.get(key)
                if known is None or (work.author and not known.author):
                    found[key] = replace(work, line=known.line) if known else work
    return list(found.values())


def _works_of(line: str, headings: str, piece: GivenPiece) -> Iterator[Work]:
    if line.startswith("#"):
        return
    for match in _TITLED_ZH.finditer(line):
        title, before, behind = match["title"], line[: match.start()], line[match.end() :]
        kind = _kind(title, before, behind, headings)
        if kind:
            yield Work(title, kind, piece, _author_zh(before, behind) if kind == BOOK else "", line)
    for match in _TITLED_EN.finditer(line):
        title = match["italic"] or match["curled"] or match["straight"]
        before, behind = line[: match.start()], line[match.end() :]
        kind = _kind(title, before, behind, headings) if _is_title_case(title) else ""
        author = _AUTHOR_EN.match(behind)
        if kind:
            yield Work(title.rstrip(",."), kind, piece, author["by"].rstrip(".") if author else "", line)


def _kind(title: str, before: str, behind: str, headings: str) -> str:
    """`report`, `book`, or nothing for a law, a standard, a newspaper, or what no word around it explains."""
    if _OTHER.search(title) or _PAPER.match(behind):
        return ""
    if _BOOK.search(headings) and not _REPORT.search(headings):
        return BOOK
    if _REPORT.search(title):
        return REPORT
    around = f"{before[-_AROUND:]} {behind[:_AROUND]}"
    if _BOOK.search(around) or _BOOK.search(headings):
        return BOOK
    return REPORT if _REPORT.search(around) else ""


def _author_zh(before: str, behind: str) -> str:
    """The author whom the text names next to a title in 《》."""
    found = _AUTHOR_ZH.match(behind)
    if found:
        return (found["behind"] or found["named"] or "").removeprefix("作者").strip(" ：:，,")
    said = _BEFORE_ZH.search(before)
    return said["before"] if said and _NAMED.match(said["before"]) and detect_language(said["before"]) else ""


def _is_title_case(title: str) -> bool:
    """True for "The Cost of Silence": two words or more, most of the long ones with a capital; no sentence."""
    words = [word for word in re.findall(r"[^\W_][\w'’-]*", title) if len(word) > 3]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return len(title.split()) >= 2 and bool(words) and 3 * capitals >= 2 * len(words) and title[-1] not in "!;"


def _line(work: Work, most: int, desk: Desk) -> str:
    """The line of a reading list as it stands when the title begins it and it fits, as far as whole sentences do; else
    the title with its author."""
    line = re.sub(r"^\s*(?:[-*•·]\s+|\d{1,2}[.)、]\s*)", "", work.line).strip()
    begins = line.lstrip('《*_“"').startswith(work.title)
    if begins and len(_titles(line)) == 1:
        plain = line if "《" in line else re.sub(r"(?<!\w)[*_]{1,2}|[*_]{1,2}(?!\w)", "", line)
        ends = [span.end for span in sentences(plain) if length(plain[: span.end], desk.locale) <= most]
        if ends:
            return plain[: ends[-1]]
    marked = f"《{work.title}》" if detect_language(work.title) == "zh" else work.title
    by = Words(zh=f"（作者：{work.author}）", en=f", by {work.author}").of(desk.language)
    return marked + (by if work.author else "")


def _titles(line: str) -> list[str]:
    return [match["title"] for match in _TITLED_ZH.finditer(line)] or [
        title
        for match in _TITLED_EN.finditer(line)
        if _is_title_case(title := match["italic"] or match["curled"] or match["straight"])
    ]
