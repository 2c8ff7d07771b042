"""Codes are found where they are, and nowhere else; the text stays as it was."""

from __future__ import annotations

import pytest
from endless import ends
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.protection.code_patterns import SIGNS, STYLES, pattern
from assistant.localization.protection.codes import with_codes

FOUND: list[tuple[str, str, list[str]]] = [
    # style, text, codes
    ("", "下载%s失败", ["%s"]),
    ("", "共{count}项", ["{count}"]),
    ("", "%1$s of %(name)s: %-5.2f %@ %lld %05d %%", ["%1$s", "%(name)s", "%-5.2f", "%@", "%lld", "%05d", "%%"]),
    ("", "%dMB of %dpx", ["%d", "%d"]),
    ("", "%1 of %2, %n file(s)", ["%1", "%2", "%n"]),
    ("", "Open %APPDATA% or %name%.", ["%APPDATA%", "%name%"]),
    ("", "{0} {} {0:N2} {a.b[0]!r:>10} {0,-10:C}", ["{0}", "{}", "{0:N2}", "{a.b[0]!r:>10}", "{0,-10:C}"]),
    ("", "{姓名}，您好", ["{姓名}"]),
    ("", "{n, number} on {d, date, short}", ["{n, number}", "{d, date, short}"]),
    ("", '{{name}} {{ name|filter:"x" }} {% if a %}x{% endif %}', ["{{name}}", '{{ name|filter:"x" }}', "{% if a %}", "{% endif %}"]),
    ("", "%{name} %<n>d ${name} $NAME$ #{name} $name", ["%{name}", "%<n>d", "${name}", "$NAME$", "#{name}", "$name"]),
    ("", '{ $name } { -brand } { NUMBER($n) } {""}', ["{ $name }", "{ -brand }", "{ NUMBER($n) }", '{""}']),
    ("", "$t(key) $t(a, {\"count\": {{n}} }) @:the.key", ["$t(key)", '$t(a, {"count": {{n}} })', "@:the.key"]),
    ("", "<b>你好</b><br/>", ["<b>", "</b>", "<br/>"]),
    ("", '<a href="{url}" target=_blank>x</a>', ['<a href="{url}" target=_blank>', "</a>"]),
    ("", "<a { $link }>x</a>", ["<a { $link }>", "</a>"]),
    ("", "<0>a</0> <1/>", ["<0>", "</0>", "<1/>"]),
    ("", "<email-link>us</email-link>", ["<email-link>", "</email-link>"]),
    ("", "[b]x[/b] [1] [note]", ["[b]", "[/b]"]),
    ("", "访问https://a.com/b?c=1了解，或www.x.cn。", ["https://a.com/b?c=1", "www.x.cn"]),
    ("", "(see https://x.com/a_(b)). More: https://x.com/{id}/a.", ["https://x.com/a_(b)", "https://x.com/{id}/a"]),
    ("", "邮件 a.b@c.com。mailto:x@y.org, d@e.de.", ["a.b@c.com", "mailto:x@y.org", "d@e.de"]),
    ("", "Run `kubectl get pods` with --dry-run=client or --help", ["`kubectl get pods`", "--dry-run=client", "--help"]),
    ("", "编辑/etc/hosts文件, ~/.ssh/config, C:\\Users\\x and config.yaml.", ["/etc/hosts", "~/.ssh/config", "C:\\Users\\x", "config.yaml"]),
    ("", "&brandShortName; &copy; &#8203;", ["&brandShortName;", "&copy;", "&#8203;"]),
    ("printf", "{name} %s <b>x</b>", ["%s", "<b>", "</b>"]),
    ("brace", "{name} %s", ["{name}"]),
    ("icu", "{n, number} %d $name", ["{n, number}"]),
    ("i18next", "{{n}} {n} $t(k)", ["{{n}}", "$t(k)"]),
    ("html", "{n} %s <i>x</i>", ["<i>", "</i>"]),
]  # fmt: skip

NOT_FOUND = [
    "提升50%以上",
    "50% of users, 100%discount, 5%d",
    "100%",
    "etwa 50 % des Umsatzes",
    "A$AP, US$5 million, $USD, $5, 5$",
    "x < y and z > w; a <y and z> b",
    "R&D; Q&A &amp; B&nbsp;C &quot;d&quot;",
    "and/or 24/7 km/h 2024/03/05 男/女",
    "text -- however --word",
    "Node.js and ASP.NET",
    "It's `foo' or `bar'",
    "[1] [note] see [a]",
    "{not a name} {a, b}",
    "{n, plural, one {item} other {{n} items <b>x</b>}}",
    "{ $n ->\n [one] { $n } item\n *[other] { $n } items\n}",
    "状态为`公开`",
    "@kubernetes C# a@b",
    "30%-50%，约%的",
]


@pytest.mark.parametrize(("style", "text", "codes"), FOUND)
def test_what_must_stay_is_a_code(style: str, text: str, codes: list[str]) -> None:
    content = with_codes(Content.of(text), style)
    assert [code.text for code in content.codes] == codes
    assert str(content) == text


@pytest.mark.parametrize("text", NOT_FOUND)
def test_words_are_no_codes(text: str) -> None:
    assert with_codes(Content.of(text)) == Content.of(text)


def test_kinds_say_what_a_code_is() -> None:
    kinds = {c.text: c.kind for c in with_codes(Content.of("<b>x</b><br> %s https://a.io/b `ls`")).codes}
    assert kinds == {
        "<b>": CodeKind.OPEN,
        "</b>": CodeKind.CLOSE,
        "<br>": CodeKind.SINGLE,
        "%s": CodeKind.PLACEHOLDER,
        "https://a.io/b": CodeKind.LINK,
        "`ls`": CodeKind.LITERAL,
    }


def test_the_two_tags_of_a_pair_share_their_number_over_other_codes() -> None:
    there = Code("7", "%s", CodeKind.PLACEHOLDER)
    content = with_codes(Content.of("<b>a ", there, " <i>c</i></b> </u>"))
    assert [(c.id, c.text) for c in content.codes] == [
        ("8", "<b>"), ("7", "%s"), ("9", "<i>"), ("/9", "</i>"), ("/8", "</b>"), ("10", "</u>"),
    ]  # fmt: skip
    assert content.codes[-1].kind is CodeKind.SINGLE


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(ValueError, match="Unknown style of message 'xml'"):
        with_codes(Content.of("a"), "xml")


BITS = st.sampled_from(
    ["%", "s", "d", "1", "$", "{", "}", "{{", "name", " ", "，", "中", "<", ">", "/", "</b>", "<b>", "[", "]", "[/b]", "[b]",
     "&", ";", "amp", "@", ".", "com", "http://", "www.", "`", "--", "a-b", "=", "(", ")", "#", ":", "\\", "C:", "'", '"',
     "plural", ",", "\n", "$t("]
)  # fmt: skip
HOSTILE = st.lists(BITS | st.text(max_size=3), max_size=40).map("".join)


@given(HOSTILE, st.sampled_from(STYLES))
def test_the_text_stays_and_a_second_look_finds_nothing(text: str, style: str) -> None:
    once = with_codes(Content.of(text), style)
    assert str(once) == text
    assert with_codes(once, style) == once
    ids = [code.id for code in once.codes]
    assert len(set(ids)) == len(ids)
    opened = [c.id for c in once.codes if c.kind is CodeKind.OPEN]
    assert sorted(f"/{number}" for number in opened) == sorted(c.id for c in once.codes if c.kind is CodeKind.CLOSE)


@pytest.mark.parametrize(
    "bit",
    ["%", "{", "{{", "<", "<a ", "<b>", "</b>", "[b", "`", "a@", "a", "http://", "/a", "--a", "&a", "$t(", "{a, plural, ",
     "www.", "%(a", "<!--", "a.", "$a", "(", "~/", "{a,", "a-", "http://)"],
)  # fmt: skip
def test_a_long_hostile_text_ends(bit: str) -> None:
    with ends():
        with_codes(Content.of(bit * (300_000 // len(bit))))


@given(
    st.text("`:@<>[]&{}$#%/\\\\.-=~*+\"'()!|_ awntps19Cé中。", max_size=14),
    st.sampled_from(["", "www.", "tel:", "a.md"]),
)
def test_what_has_no_sign_has_no_code(text: str, more: str) -> None:
    found = pattern("").search(text + more)
    assert found is None or SIGNS.search(text + more)


@pytest.mark.parametrize("text", ["It rose by 11%.", "Note: it stops.", "3.5 of 4; 12:30 left", "50%，不变。"])
def test_the_stops_of_a_plain_sentence_are_no_signs(text: str) -> None:
    assert SIGNS.search(text) is None
