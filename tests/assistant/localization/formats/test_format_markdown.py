"""Markdown: every text that is read, no text that is not, and targets that are read as they were meant."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest
from contract import FormatContract, Sample
from endless import ends
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.markdown import Markdown
from assistant.localization.formats.spliced import SplicedFile
from assistant.localization.protection.codes import with_codes
from knowledge.domain.errors import UnreadableFile
from knowledge.domain.locale import Locale

READING = Reading("page.md", Locale("en"), Locale("zh-CN"))
PAGE = """---
title: "The page: one"
description: >
  A folded
  text.
weight: 20
tags: [one, two]
---

# Heading *one* {#anchor}

A wrapped paragraph with `code`, a [link](https://example.com/a_b "Its title"), R&amp;D
and {{< tooltip text="pod" >}} for $5 or \\*ten\\*.

- [ ] An item
- **Bold item**
  goes on

  > Quoted ![A picture](a.png) text
  > wrapped
1. See [the page][ref] or [ref].

| Head | B \\| C |
|------|:------:|
| `a \\| b` | [x](y) |

```sh
echo no
```

    indented code

{{% note %}}
Inner text
{{% /note %}}

:::tip Title of it
Body[^1]
:::

[^1]: A note

    goes on.

[ref]: https://example.com 'Of the reference'

<div class="x">Raw <b>text</b></div>

<!-- comment -->
Last line\\
broken <span title="Tip">here</span>
"""
TEXTS = [
    "The page: one", "A folded text.", "Heading *one*",
    'A wrapped paragraph with `code`, a [link](https://example.com/a_b "Its title"), R&D and '
    '{{< tooltip text="pod" >}} for $5 or *ten*.',
    "Its title", "An item", "**Bold item** goes on", "Quoted ![A picture](a.png) text wrapped", "A picture",
    "See [the page][ref] or [ref][ref].", "Head", "B | C", "x", "Inner text", "Title of it", "Body", "A note", "goes on.",
    "Of the reference", "Raw <b>text</b>", 'Last line\\\nbroken <span title="Tip">here</span>', "Tip",
]  # fmt: skip


class TestMarkdown(FormatContract):
    format = Markdown()
    samples = (
        Sample("page.md", PAGE.encode(), TEXTS),
        Sample("lines.md", PAGE.replace("\n", "\r\n").encode(), [text.replace("\\\n", "\\\n") for text in TEXTS]),
        Sample("china.markdown", "# 标题\n\n这是一段**很长**的\n文字。\n".encode("gb18030") * 3,
               ["标题", "这是一段**很长**的文字。"] * 3, "zh", "en"),
        Sample("toml.mdx", b"+++\ntitle = 'One'\n+++\nimport A from './a'\n\n<Tabs label=\"Two\">\n\nThree\n\n</Tabs>\n",
               ["One", "Two", "Three"]),
    )  # fmt: skip

    def code_text(self, text: str) -> str:
        return re.sub(r'(?<=!\[)[^\]]*|(?<=")[^"]*(?=")', "", text)


def read(text: str) -> SplicedFile:
    return Markdown().read(dedent(text).encode(), READING)


def texts(text: str) -> list[str]:
    return [str(unit.source) for unit in read(text).units]


def written(text: str, *targets: Content | str) -> str:
    file = read(text)
    contents = [Content.of(target) if isinstance(target, str) else target for target in targets]
    return file.write(Written(dict(zip((unit.id for unit in file.units), contents, strict=False)))).decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<!-- a -->\n", []),
        ("---\n", []),
        ("***\n\nText", ["Text"]),
        ("{% highlight sh %}\nmake all\n{% endhighlight %}\n\nText", ["Text"]),
        ("{{< mermaid >}}\nA --> B\n{{< /mermaid >}}\nText", ["Text"]),
        ("{{< figure\n  src=x\n>}}\nText", ["Text"]),
        ("$$\nx = y\n$$\nText", ["Text"]),
        ("It costs $5 or $10 (US$).", ["It costs $5 or $10 (US$)."]),
        ("Term\n: What it means\n", ["Term", "What it means"]),
        ('!!! note "Mind"\n    The gap\n', ["Mind", "The gap"]),
        ("export const x = {\n  a: 1,\n}\n\nText", ["Text"]),
        ("import is the word here", ["import is the word here"]),
        ("> [!NOTE]\n> Text\n", ["Text"]),
        ("{/* note */}\nText {/* two */} more\n", ["Text {/* two */} more"]),
        ("[ref]: https://example.com\n", []),
        ("<details>\n<summary>Sum</summary>\n\nBody\n</details>", ["Sum", "Body"]),
        ("<script>\nlet a = 1\n</script>\n", []),
        ("Text\n===\n", ["Text"]),
        ("# C # #\n", ["C #"]),
        ("1\\. One", ["1. One"]),
        ("<https://example.com> and me@example.com", ["<https://example.com> and me@example.com"]),
        ("> - a\n>   b\n> - | x |\n>   |---|\n", ["a b", "x"]),
        ("\tcode\n\n-\ttab item\n", ["tab item"]),
        ("中文一行\n接着一行\nand a line", ["中文一行接着一行 and a line"]),
    ],
)
def test_what_is_a_text(text: str, found: list[str]) -> None:
    assert texts(text) == found


@pytest.mark.parametrize(
    ("text", "target", "wanted"),
    [
        ("One", "# Two", "\\# Two"),
        ("One", "1. Two", "1\\. Two"),
        ("One", "- Two", "\\- Two"),
        ("One", "Two *three* four", "Two \\*three\\* four"),
        ("One", "2 * 3 and snake_case", "2 * 3 and snake_case"),
        ("One", "Two\n\nthree", "Two three"),
        ("| One |\n|---|\n", "a | b", "| a \\| b |\n|---|\n"),
        ("# One\n", "C #", "# C \\#\n"),
        ("![One](a.png)\n", "[x]", "![\\[x\\]](a.png)\n"),
        ("> One\n> two\n", "Three", "> Three\n"),
        ("One", ":::note", "\\:::note"),
    ],
)
def test_what_markdown_would_misread_is_escaped(text: str, target: str, wanted: str) -> None:
    assert written(text, target) == wanted


def test_marks_inside_chinese_stay_marks() -> None:
    (unit,) = read("An _old_ word.").units
    opening, closing = unit.source.codes
    assert written("An _old_ word.", Content.of("一个", opening, "旧", closing, "词。")) == "一个*旧*词。"
    assert written("An _old_ word.", Content.of("一个", opening, "旧。", closing, "词。")) == "一个*旧。* 词。"


def test_a_short_reference_keeps_its_label() -> None:
    text = "See [the page].\n\n[the page]: https://example.com\n"
    (unit,) = read(text).units
    opening, closing = unit.source.codes
    assert written(text, Content.of("见", opening, "此页", closing, "。")).startswith("见[此页][the page]。\n")


def test_a_title_is_written_with_its_sentence_and_without_it() -> None:
    text = 'See [it](a "Old").'
    link, title = read(text).units
    opening, closing = link.source.codes
    assert (closing.kind, closing.text) == (CodeKind.CLOSE, '](a "Old")')
    both = {title.id: Content.of('New "one"'), link.id: Content.of("Da ", opening, "ist", closing)}
    assert read(text).write(Written(both)).decode() == 'Da [ist](a "New \\"one\\"")'
    assert read(text).write(Written({title.id: Content.of("New")})).decode() == 'See [it](a "New").'


def test_a_break_begins_its_line_as_the_block_does() -> None:
    text = "> One\\\n> two\n"
    (unit,) = read(text).units
    (code,) = unit.source.codes
    assert written(text, Content.of("Eins", code, "zwei")) == "> Eins\\\n> zwei\n"


def test_broken_front_matter_is_told_with_its_line() -> None:
    with pytest.raises(UnreadableFile, match=r"page\.md: line 4: front matter: .*mend"):
        read('---\ntitle: x\nother: "open\n---\nText')


def test_fields_and_keys_may_be_chosen() -> None:
    page = b"---\ntitle: One\nhero:\n  claim: Two\n  title: Three\n---\n"
    chosen = Reading("a.md", Locale("en"), Locale("de"), fields=("hero.claim",), keys_left=("title",))
    assert [str(unit.source) for unit in Markdown().read(page, chosen).units] == ["Two"]


_PIECES = st.text(st.sampled_from("ab词。 *_`[]()<>!#|\\~&-+.1:={}$"), min_size=1, max_size=20)


@pytest.mark.parametrize("frame", ["{}\n", "# {}\n", "> - {}\n", "| {} |\n|---|\n", "- **{}** end\n"])
@given(text=_PIECES.map(lambda text: " ".join(f"w{text}w".split())))
def test_every_target_is_read_as_it_was_meant(frame: str, text: str) -> None:
    units = read(frame.format("One")).units
    source = units[0].source
    target = Content.of(*(piece if isinstance(piece, Code) else piece.replace("One", text) for piece in source.pieces))
    (again,) = read(written(frame.format("One"), target)).units
    assert again.source.words == with_codes(target, "html").words


@given(st.text(st.sampled_from("ab词 \n\t*_`[]()<>!#|\\~&-+.1:={}$%\"'^"), max_size=80))
def test_every_text_is_copied_byte_for_byte(text: str) -> None:
    file = Markdown().read(text.encode(), READING)
    assert file.write(Written({unit.id: unit.source for unit in file.units})) == text.encode()


@pytest.mark.parametrize(
    "text", ["[^1]: ", "> ", "- ", "{{< a ", "{% a ", "<b>", "[", "**a _b ", "<!--", "\\(a_", '<p title="']
)
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    file = read(text * 2000 + "x")
    assert file.write(Written({unit.id: unit.source for unit in file.units})).decode() == text * 2000 + "x"


def test_a_line_of_many_shortcodes_before_words_ends() -> None:
    """Each of them can be read in two ways; forty of them would never be done with."""
    with ends():
        file = Markdown().read(("{{<a>}} " * 40 + "Saved.\n").encode(), READING)
    assert "Saved." in str(file.units[0].source)
