"""What the styles of a Word document say of their text: hidden, or code."""

from __future__ import annotations

import re
from typing import Any

from knowledge.reading.docx_text import W, on

_CODE = re.compile(
    r"\b(?:source code|html (?:code|preformatted|sample|keyboard)|preformatted(?: text)?|verbatim(?: char)?|code(?: "
    r"(?:block|char|inline|listing))?|inline code|listing|plain code)\b|代码|程式碼|ソースコード|コード",
    re.IGNORECASE,
)


class Styles:
    """The style sheet of a document; `root` is its `w:styles` or None."""

    def __init__(self, root: Any) -> None:
        found = root.iterfind(f"{W}style") if root is not None else ()
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}

    def paragraph_is_code(self, paragraph: Any) -> bool:
        return self._is_code(paragraph.find(f"{W}pPr/{W}pStyle"))

    def paragraph_hides(self, paragraph: Any) -> bool:
        """Whether the paragraph's style hides its text."""
        return self._hides(paragraph.find(f"{W}pPr/{W}pStyle"))

    def is_code(self, run_properties: Any) -> bool:
        return run_properties is not None and self._is_code(run_properties.find(f"{W}rStyle"))

    def hides(self, run_properties: Any) -> bool:
        """Whether the run is hidden, by itself or by its style."""
        if run_properties is None:
            return False
        own = run_properties.find(f"{W}vanish")
        return on(own) if own is not None else self._hides(run_properties.find(f"{W}rStyle"))

    def _is_code(self, reference: Any) -> bool:
        return any(_CODE.fullmatch(style.find(f"{W}name").get(f"{W}val", "")) for style in self._line(reference)
                   if style.find(f"{W}name") is not None)  # fmt: skip

    def _hides(self, reference: Any) -> bool:
        found = (style.find(f"{W}rPr/{W}vanish") for style in self._line(reference))
        return on(next((vanish for vanish in found if vanish is not None), None))

    def _line(self, reference: Any) -> list[Any]:
        """The style and those it is based on, the nearest first."""
        line: list[Any] = []
        while reference is not None:
            style = self._styles.get(reference.get(f"{W}val", ""))
            if style is None or style in line:
                break
            line.append(style)
            reference = style.find(f"{W}basedOn")
        return line
