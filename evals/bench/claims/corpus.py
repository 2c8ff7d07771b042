"""Real sentences with their context, in eight languages: from public data when it is there, from the sample library,
and from press texts of our own (`evals/golden/planted`)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.domain.text import sentences
from knowledge.sample import FOLDER as SAMPLE

GOLDEN = Path(__file__).parents[2] / "golden" / "planted"
LOCALES = {
    "zh": "zh-CN", "en": "en", "ja": "ja", "ko": "ko", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "pt": "pt-BR",
}  # fmt: skip
CJK = "⺀-鿿豈-﫿가-힯"
_LONGEST = 700
"""Characters of a sentence: longer ones are lists or tables that lost their shape."""

CUT_SHORT = ("Mio.", "Mrd.", "e.g.", "Nr.", "Fig.")
"""A sentence that ends so was cut in its middle."""


@dataclass(frozen=True, slots=True)
class Place:
    """A true sentence (or paragraph) and the document that has it: its paragraph and those before and after it."""

    language: str
    origin: str
    text: str
    document: str

    @property
    def locale(self) -> str:
        return LOCALES[self.language]


def sentences_of(data: Path | None) -> tuple[Place, ...]:
    """Every sentence that is long enough to say something, once, in the order of the files."""
    return tuple(place for place in _unique(data, whole=False))


def paragraphs_of(data: Path | None) -> tuple[Place, ...]:
    """The same for whole paragraphs: a quotation may run over several sentences."""
    return tuple(place for place in _unique(data, whole=True))


def _unique(data: Path | None, whole: bool) -> Iterator[Place]:
    seen: set[str] = set()
    for language, origin, paragraphs in texts(data):
        for number, paragraph in enumerate(paragraphs):
            document = "\n\n".join(paragraphs[max(0, number - 1) : number + 2])
            pieces = [paragraph] if whole else [span.of(paragraph) for span in sentences(paragraph)]
            for piece in pieces:
                least = 12 if re.search(f"[{CJK}]", piece) else 30
                if least <= len(piece) <= _LONGEST and piece not in seen and not piece.endswith(CUT_SHORT):
                    seen.add(piece)
                    yield Place(language, origin, piece, document)


@lru_cache(maxsize=4)
def texts(data: Path | None) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Language, origin and cleaned paragraphs of every text."""
    found = [*_files(GOLDEN, "own"), *_files(SAMPLE, "sample")]
    if data is not None:
        for folder in ("k8s_cases", "cases_zh_en", "k8s_blog"):
            found += _files(data / folder, folder)
        found += [
            ("en", origin, parts) for _, origin, parts in _files(data / "gitlab_messaging/press_releases", "press")
        ]
        found += _stories(data / "jenkins_stories" / "stories")
        for folder in ("mozilla_www", "mozilla_emails"):
            found += _segments(data / folder / "segments.jsonl", folder)
        found += _memory(data / "tico19_tm" / "sample.en-fr.tmx", "fr")
        found += _memory(data / "tico19_tm" / "sample.en-pt-BR.tmx", "pt")
        found += _passages(data / "retrieval_xquad" / "passages.jsonl")
    return tuple(found)


TONGUES = {"en": "en", "zh": "zh", "zh-cn": "zh", "ja": "ja", "ko": "ko", "de": "de", "fr": "fr", "es": "es",
            "pt": "pt", "pt-br": "pt"}  # fmt: skip


def _files(folder: Path, name: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Markdown files; the language is told by the file's name (`x.zh-CN.md`) or its folder (`zh-cn/x.md`)."""
    for path in sorted(folder.rglob("*.md")):
        named = path.name.split(".")[-2].lower() if path.name.count(".") > 1 else ""
        language = TONGUES.get(named) or TONGUES.get(path.parent.name.lower()) or "en"
        if path.name != "README.md":
            yield language, f"{name}/{path.name}", tuple(markdown_paragraphs(path.read_text(encoding="utf-8")))


def _stories(folder: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for path in sorted(folder.glob("*.yaml")):
        story = next(iter(yaml.safe_load_all(path.read_text(encoding="utf-8"))))
        body = story.get("body_content") or {}
        parts = [plain(str(part)) for part in [*(body.get("paragraphs") or [])]]
        parts += [f"“{plain(str(q['content']))}” says {q.get('from', '')}." for q in story.get("quotes") or []]
        lines = [line.strip(" *") for part in parts for line in part.splitlines()]
        yield "en", f"stories/{path.name}", tuple(line for line in lines if line)


def _segments(path: Path, name: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    files: dict[tuple[str, str], list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        row = json.loads(line)
        for tag, text in row["t"].items():
            cleaned = plain(text).replace("\n", " ")
            if cleaned and "{" not in cleaned:
                files.setdefault((TONGUES[tag], f"{name}/{row['file']}"), []).append(cleaned)
    for (language, origin), parts in files.items():
        yield language, origin, tuple(parts)


def _passages(path: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        row = json.loads(line)
        for language in ("de", "es", "zh"):
            yield language, f"xquad/{row['pid']}", (plain(row[language]),)


_UNIT = re.compile(r'<tu .*?<prop type="note">(.*?)</prop>.*?<seg>.*?</seg>.*?<seg>(.*?)</seg>', re.DOTALL)


def _memory(path: Path, language: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The target side of a translation memory; units of one source stand together."""
    sources: dict[str, list[str]] = {}
    for note, target in _UNIT.findall(path.read_text(encoding="utf-8")) if path.is_file() else ():
        sources.setdefault(note, []).append(plain(html.unescape(target)))
    for number, parts in enumerate(sources.values()):
        yield language, f"tico19/{language}{number}", tuple(parts)


# --- cleaning ---------------------------------------------------------------------------------------------------------

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_CODE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SHORTCODE = re.compile(r"\{\{[^{}]{0,300}\}\}")
_BRAND = re.compile(r"\{ ?-brand-name-([a-z0-9-]{2,40}) ?\}")
_IMAGE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()\s]{0,400}[^()]{0,100}\)")
_LINK = re.compile(r"\[([^\[\]]{0,300})\]\([^()]{0,600}\)")
_FOOTNOTE = re.compile(r"<sup>[^<>]{0,10}</sup>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")
_MARKS = re.compile(
    r"\*{2,3}|(?<!\w)\*|\*(?!\w)|`|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)|^[#>]+ *|^ *(?:[-+•]|\d{1,2}[.)]) +",
    re.MULTILINE,
)
_SPACES = re.compile("[ \t\u00a0\u2009\u202f\u3000]+")


def plain(text: str) -> str:
    """`text` without markup: what a reader sees. Placeholders of brands become their names."""
    text = _BRAND.sub(lambda found: brand(found[1]), text)
    text = _SHORTCODE.sub("", _COMMENT.sub("", text))
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = html.unescape(_TAG.sub("", _FOOTNOTE.sub("", text)))
    return _SPACES.sub(" ", _MARKS.sub("", text)).strip()


def brand(key: str) -> str:
    """`mozilla-vpn` as `Mozilla VPN`."""
    return " ".join(part.upper() if len(part) < 4 else part.capitalize() for part in key.split("-"))


def markdown_paragraphs(text: str) -> list[str]:
    """The paragraphs, headings, list items and quotations of a Markdown text, cleaned."""
    return [block for _, block in markdown_blocks(text)]


def markdown_blocks(text: str) -> Iterator[tuple[int, str]]:
    """The level of the heading (0: none) and the cleaned text of every block; code, tables, front matter left out."""
    text = _CODE.sub("", _COMMENT.sub("", _FRONT.sub("", text.lstrip("\ufeff").replace("\r\n", "\n"))))
    text = re.sub(r"^(#{1,6} .*)\n(?!\n)", r"\1\n\n", text, flags=re.MULTILINE)
    for block in re.split(r"\n[> \t]*\n|\n(?=[ \t]*(?:[-*+]|\d{1,2}[.)]) )|\n(?=#)", text):
        level = len(block.lstrip()) - len(block.lstrip().lstrip("#"))
        cleaned = _joined(plain(block))
        if cleaned and not block.lstrip().startswith(("|", "import ", ":::")) and not re.search(r"[{|]", cleaned):
            yield level, cleaned


def _joined(block: str) -> str:
    """Hard-wrapped lines as one: without a space between ideographs."""
    return re.sub(r" *\n *", " ", re.sub(rf"(?<=[{CJK}，。、；])\s*\n\s*(?=[{CJK}])", "", block)).strip()
