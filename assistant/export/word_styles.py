"""The styles of a Word file: an East Asian font on each of them, no theme colours, A4."""

from __future__ import annotations

from typing import Any

SERIF, SONGTI, HEITI = "Georgia", "宋体", "黑体"
"""Latin text, Chinese text, Chinese headings. Word replaces 宋体 by the system's own Song face where it is missing."""

_HEADINGS = ("Title", "Heading 1", "Heading 2", "Heading 3")
_STYLES = ("Normal", "Subtitle", "List Bullet", "Quote", "Intense Quote", "Header", "Footer", "Caption", *_HEADINGS)
INK, GREY = "1B1D1F", "5F6468"


def set_styles(document: Any, locale: str) -> None:
    """The page and the styles of the body, in the faces for `locale`."""
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    for name in _STYLES:
        style = document.styles[name]
        _set_fonts(style, HEITI if name in _HEADINGS else SONGTI, locale)
        style.font.color.rgb = RGBColor.from_string(INK if name != "Header" else GREY)
    document.styles["Normal"].font.size = Pt(11)
    document.styles["Normal"].paragraph_format.line_spacing = 1.4
    document.styles["Normal"].paragraph_format.space_after = Pt(8)
    document.styles["Title"].font.size = Pt(24)
    document.styles["Subtitle"].font.size = Pt(14)
    document.styles["Heading 1"].font.size = Pt(15)
    document.styles["Header"].font.size = Pt(9)
    for name in ("Subtitle", "Quote", "Intense Quote"):
        # Slanted Chinese characters are hard to read.
        document.styles[name].font.italic = False
    quoted = document.styles["Intense Quote"]
    quoted.font.bold, quoted.font.size = False, Pt(9.5)
    quoted.font.color.rgb = RGBColor.from_string(GREY)
    quoted.paragraph_format.left_indent = quoted.paragraph_format.right_indent = Cm(0.6)
    quoted.paragraph_format.space_before, quoted.paragraph_format.space_after = Pt(2), Pt(10)
    document.styles["Quote"].paragraph_format.left_indent = Cm(1)
    for name in ("Title", "Intense Quote"):
        _colour_rules(document.styles[name])


def _set_fonts(style: Any, east_asian: str, locale: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    style.font.name = SERIF
    properties = style.element.get_or_add_rPr()
    fonts = properties.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        # A theme font would win over the named one.
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east_asian)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "en-US" if locale.startswith("zh") else locale)
    language.set(qn("w:eastAsia"), locale if locale.startswith("zh") else "zh-CN")


def _colour_rules(style: Any) -> None:
    """The rule under a title or a source in grey instead of the theme's blue."""
    from docx.oxml.ns import qn

    for rule in style.element.iterfind(".//" + qn("w:pBdr") + "/*"):
        rule.set(qn("w:color"), "D9D5CA")
        for theme in ("themeColor", "themeTint", "themeShade"):
            rule.attrib.pop(qn(f"w:{theme}"), None)


def set_note_styles(document: Any, locale: str) -> None:
    """Footnotes in the document's own faces, not in the theme's."""
    from assistant.export.word_parts import add_note_styles

    for style in add_note_styles(document):
        _set_fonts(style, SONGTI, locale)
