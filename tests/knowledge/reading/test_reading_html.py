"""HTML: what is visible enters, with its line; what is not stays out."""

from collections.abc import Callable

import pytest

from knowledge.domain.errors import UnreadableFile
from knowledge.reading import Block, Document

ReadText = Callable[..., Document]

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Acme &amp; Co</title><meta name="description" content="not text"></head>
<body><nav><a href="/">Home</a></nav>
<h1>Products</h1>
<p title="not text">Fast <b>and</b> <a href="#">safe</a>.</p>
<ul><li>One</li>
<li>Two<ul><li>Three</li></ul></li></ul>
<blockquote><p>Great!</p></blockquote>
<table><tr><th>Plan</th><th>Price</th></tr>
<tr><td>Pro</td><td>$99</td></tr></table>
</body></html>"""


def test_structure_and_places(read_text: ReadText) -> None:
    document = read_text("page.html", PAGE)
    assert document.title == "Acme & Co"
    assert document.meta["lang"] == "en"
    path = ("Products",)
    assert document.blocks == (
        Block("Products", (), "line 4", "heading"),
        Block("Fast and safe.", path, "line 5"),
        Block("One", path, "line 6", "list_item"),
        Block("Two", path, "line 7", "list_item"),
        Block("Three", path, "line 7", "list_item"),
        Block("Great!", path, "line 8", "quote"),
        Block("Plan: Pro; Price: $99", path, "line 10", "row"),
    )


HIDDEN = [
    "<!-- X -->",
    "<script>X</script>",
    "<style>X</style>",
    "<template>X</template>",
    "<noscript>X</noscript>",
    "<p hidden>X</p>",
    '<p aria-hidden="true">X</p>',
    '<p style="display:none">X</p>',
    '<p style="DISPLAY : none !important">X</p>',
    '<p style="visibility:hidden">X</p>',
    '<p style="opacity:0">X</p>',
    '<p style="opacity: 0.0;">X</p>',
    '<p style="font-size:0px">X</p>',
    '<p style="position:absolute; left:-9999px">X</p>',
    '<p style="text-indent:-9999px">X</p>',
    '<p style="color:#fff;background:white">X</p>',
    '<p style="color:#FFFFFF;background-color:#fff">X</p>',
    '<p style="color:transparent">X</p>',
    '<p style="height:0;overflow:hidden">X</p>',
    '<p style="clip: rect(0,0,0,0); position:absolute">X</p>',
    '<div style="display:none"><p>X <b>X</b></p></div>',
    "<style>.ghost{display:none}</style><p class='a ghost'>X</p>",
    "<style>#g, .h { visibility: hidden }</style><p id=g>X</p>",
    "<style>div.box > p.note {opacity:0}</style><div class=box><p class=note>X</p></div>",
    "<style>@media screen {.g{display:none}}</style><p class=g>X</p>",
    "<style>/* a */ p[data-x]{font-size:0}</style><p data-x=1>X</p>",
    "<svg><title>X</title><text>X</text></svg>",
    "<select><option>X</option></select>",
    '<input type="hidden" value="X">',
    "<del>X</del>",
    "<dialog>X</dialog>",
    "<nav>X</nav>",
    '<img alt="X" src="x.png">',
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_hidden_text_stays_out(read_text: ReadText, hidden: str) -> None:
    document = read_text("page.html", f"<body><p>Before</p>{hidden}<p>After</p></body>")
    assert [block.text for block in document.blocks] == ["Before", "After"]


SHOWN = [
    "<p style='color:white;background:navy'>X</p>",
    "<p style='opacity:0.5'>X</p>",
    "<p style='font-size:10px'>X</p>",
    "<p style='margin-left:-10px'>X</p>",
    "<p style='width:0'>X</p>",
    "<style>@media print {.g{display:none}}</style><p class=g>X</p>",
    "<style>.g:hover{display:none} .other{display:none}</style><p class=g>X</p>",
    "<details><summary>X</summary></details>",
    "<p hidden=until-found>X</p>",
    "<div><span>X</span></div>",
]


@pytest.mark.parametrize("shown", SHOWN)
def test_visible_text_enters(read_text: ReadText, shown: str) -> None:
    document = read_text("page.html", f"<body><p>Before</p>{shown}<p>After</p></body>")
    assert [block.text for block in document.blocks] == ["Before", "X", "After"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>A<br>B</p>", ["A\nB"]),
        ("text <p>para</p> tail", ["text", "para", "tail"]),
        ("<p>m<sup>2</sup> &lt;b&gt;</p>", ["m2 <b>"]),
        ("<pre>a\n  b</pre>", ["a\n  b"]),
        ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", ["Term", "Meaning"]),
        ("<table><tr><td><p>One</p></td></tr><tr><td><p>Two</p></td></tr></table>", ["One", "Two"]),
        ("<table><tr><td>Industry</td><td>Banks</td></tr></table>", ["Industry: Banks"]),
        (
            "<table><tr><th>A</th><th>B</th><th>C</th></tr><tr><td colspan=2>x</td><td>z</td></tr></table>",
            ["A: x; C: z"],
        ),
        ("<p>我们\n很好</p>", ["我们很好"]),
        ("<q>yes</q>", ["“yes”"]),
    ],
)
def test_blocks(read_text: ReadText, body: str, expected: list[str]) -> None:
    assert [block.text for block in read_text("page.htm", f"<body>{body}</body>").blocks] == expected


def test_entities_are_not_fetched_or_expanded(read_text: ReadText) -> None:
    page = (
        '<?xml version="1.0" encoding="gbk"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>A &x; 中</p>'
    )
    assert "root:" not in (text := read_text("page.html", page).blocks[-1].text)
    assert text.endswith("中")


@pytest.mark.parametrize("body", ["<p hidden>only hidden</p>", "<script>x</script>", "<frameset></frameset>"])
def test_a_page_without_visible_text_is_refused(read_text: ReadText, body: str) -> None:
    with pytest.raises(UnreadableFile, match="no text that a reader could see"):
        read_text("page.html", f"<html>{body}</html>")


def test_deep_nesting_is_refused(read_text: ReadText) -> None:
    with pytest.raises(UnreadableFile, match="nested too deeply"):
        read_text("page.html", "<div>" * 5000 + "x")
