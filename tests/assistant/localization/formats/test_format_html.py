"""HTML: texts by block, inline tags as codes, attributes that are read, and nothing else touched."""

from __future__ import annotations

import re
from html import escape, unescape

import pytest
from contract import FormatContract, Sample
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.content import CodeKind, Content
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.html import Html
from assistant.localization.formats.html_events import events
from assistant.localization.formats.spliced import SplicedFile
from knowledge.domain.locale import Locale

READING = Reading("page.html", Locale("en"), Locale("zh-CN"))
PAGE = """<!DOCTYPE html>
<html lang="en" class=x>
<head>
  <meta charset="utf-8"><title>Meters &amp; more</title>
  <meta name="description" content="All &quot;meters&quot;"><meta name="viewport" content="width=device-width">
  <meta property=og:title content=Meters>
  <style>p > a { color: red }</style><script>if (a < b) { say("no") }</script>
</head>
<body>
<!-- a comment -->
<h1>Hello <em>big&nbsp;world</em>!</h1>
<p>Read <a href="/a?b=1&amp;c=2" title="The manual">the
   manual</a> with <code>cat a &lt; b</code>, &copy; 2024.<br>New line <img src=a.png alt='A "meter"'>
<ul><li><a href="x"><b>All bold</b></a><li>Two <span translate="no">Acme One</span>
  <ul><li>nested</ul></ul>
<pre>make all</pre>
<p class="notranslate">Acme Corporation</p>
<table><tr><td>1<td>-<td>Cell</table>
<form><input type=submit value="Send it"><input type="text" placeholder="Your name" value="kept"></form>
<svg><text>drawn</text></svg>
</body></html>
"""


class TestHtml(FormatContract):
    format = Html()

    def code_text(self, text: str) -> str:
        return re.sub(r"""(title|alt)=("[^"]*"|'[^']*'|[^\s>]+)""", r"\1", text)

    samples = (
        Sample("page.html", PAGE.encode(), [
            "Meters & more", 'All "meters"', "Meters", "Hello <em>big\u00a0world</em>!",
            'Read <a href="/a?b=1&amp;c=2" title="The manual">the manual</a> with <code>cat a &lt; b</code>, © 2024.<br>'
            "New line",
            "The manual", 'A "meter"', "All bold", 'Two <span translate="no">Acme One</span>', "nested",
            "1", "Cell", "Send it", "Your name"]),
        Sample("china.htm", (
            '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>你好，<b>世界</b>\n<p>再见\n世界\n'
        ).encode("gbk"), ["你好，<b>世界</b>", "再见世界"], "zh", "en"),
        Sample("front.html", b"---\ntitle: A page\nlayout: x\n---\n<p>{{ page.title }} of {% if x %}Acme{% endif %}</p>\n",
               ["A page", "{{ page.title }} of {% if x %}Acme{% endif %}"]),
        Sample("sloppy.html", b"<p>One <b>two <i>three</b> four</i> <p>R&D a < b & c &zz; <code>never closed",
               ["One <b>two <i>three</b> four</i>", "R&D a < b & c &zz; <code>never closed"]),
        Sample("wide.html", "\ufeff<p>Hello".encode("utf-16-le"), ["Hello"]),
    )  # fmt: skip


def read(text: str, reading: Reading = READING) -> SplicedFile:
    return Html().read(text.encode(), reading)


def test_the_language_of_the_page_is_set_with_the_first_target() -> None:
    file = read('<html lang="en" xml:lang="en"><p>Hello')
    assert file.write(Written({"h1": Content.of("你好")})) == ('<html lang="zh-CN" xml:lang="zh-CN"><p>你好'.encode())
    assert read("<HTML><p>Hello").write(Written({"h1": Content.of("你好")})) == ('<HTML lang="zh-CN"><p>你好'.encode())
    same = Reading("page.html", Locale("en"), Locale("en"))
    assert b'lang="fr"' in read('<html lang="fr"><p>Hello', same).write(Written({"h1": Content.of("Hi")}))


def test_an_attribute_in_a_sentence_is_written_with_it_and_without_it() -> None:
    text = '<p>See <a title="Old" href=x>this</a>.'
    link, title = read(text).units
    both = read(text).write(Written({title.id: Content.of('"Neu"'), link.id: Content.of("Siehe ", *link.source.codes)}))
    assert both.decode() == '<p>Siehe <a title="&quot;Neu&quot;" href=x></a>'
    alone = read(text).write(Written({title.id: Content.of("Neu")}))
    assert alone.decode() == '<p>See <a title="Neu" href=x>this</a>.'


def test_a_bare_attribute_gets_quotes() -> None:
    assert read("<img alt=Meter src=a>").write(Written({"h1": Content.of("Ein Zähler")})).decode() == (
        '<img alt="Ein Zähler" src=a>'
    )


def test_letters_beyond_the_declared_encoding_are_references() -> None:
    page = "<meta charset=gb2312><p>你好".encode("gbk")
    assert Html().read(page, READING).write(Written({"h1": Content.of("한 好")})) == (
        b"<meta charset=gb2312><p>&#54620; " + "好".encode("gbk")
    )


def test_codes_are_of_their_kinds() -> None:
    (unit,) = read("<p>a <b>c</b> <br> <code>d</code> <img src=x> e").units
    assert [code.kind for code in unit.source.codes] == [
        CodeKind.OPEN, CodeKind.CLOSE, CodeKind.SINGLE, CodeKind.LITERAL, CodeKind.SINGLE]  # fmt: skip


@pytest.mark.parametrize("page", ["<![foo[x]]><p>a", "<!DOCTYPE <", "<p", "<a <b <c", "<!--", "</", "&", "<script>a"])
def test_broken_markup_is_copied(page: str) -> None:
    file = read(page)
    assert file.write(Written({unit.id: unit.source for unit in file.units})).decode() == page


@given(st.text(st.sampled_from("<>/ab =\"'&;!-\n p!?[]"), max_size=60))
def test_events_leave_no_gap(text: str) -> None:
    assert "".join(event.raw for event in events(text)) == text


@given(st.text(st.sampled_from("<>/ab =\"'&;x#1"), max_size=30).filter(lambda text: any(map(str.isalnum, text))))
def test_every_target_is_read_as_it_was_meant(text: str) -> None:
    text = " ".join(text.split())
    written = read("<p>One <p>Two").write(Written({"h1": Content.of(text)}))
    first, second = Html().read(written, READING).units
    plainly, _ = read(f"<p>{escape(text)}<p>Two").units
    assert (str(first.source), str(second.source)) == (str(plainly.source), "Two")
    assert unescape(str(first.source)) == text or "&" in text
