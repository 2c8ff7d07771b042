"""ICU MessageFormat: read, taken apart by variants, put together again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.messages.branches import Dialect, IcuMessage
from assistant.localization.messages.forms import Plural
from assistant.localization.messages.icu import Argument, Choice, Message, Pound, Text, escaped, parse
from assistant.localization.unit import Unit
from knowledge.domain.locale import parse_locale


def message(text: str, source: str = "en", target: str = "de", **more: bool) -> IcuMessage:
    dialect = Dialect(parse_locale(source), parse_locale(target), **more)
    return IcuMessage(text, Unit("key", Content(), place="key", note="seen by all"), dialect)


def marked(one: IcuMessage) -> dict[str, Content]:
    return {unit.id: Content.of("«", *unit.source.pieces, "»") for unit in one.units}


def texts(one: IcuMessage) -> dict[str, str]:
    return {unit.id: str(unit.source) for unit in one.units}


# --- reading ---


def test_parts_know_where_they_stand() -> None:
    text = "Hi {name}, {n, plural, offset:1 =0 {none} other {# of {d, date, ::yMMMd}}}!"
    read = parse(text)
    assert [read.raw(part) for part in read.parts] == ["Hi ", "{name}", ", ", text[11:-1], "!"]
    choice = read.parts[3]
    assert isinstance(choice, Choice)
    assert (choice.name, choice.type, choice.offset, choice.selectors) == ("n", "plural", 1, ("=0", "other"))
    pound, words, date = choice.branches[1].parts
    assert isinstance(pound, Pound)
    assert isinstance(words, Text)
    assert isinstance(date, Argument)
    assert (pound.offset, read.raw(words), date.type, date.style) == (1, " of ", "date", "::yMMMd")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("don't", "don't"),
        ("it''s", "it's"),
        ("'{name}'", "{name}"),
        ("'{it''s}' x", "{it's} x"),
        ("open '{ to the end", "open { to the end"),
        ("# stays", "# stays"),
        ("'#' stays quoted", "'#' stays quoted"),
        ("", ""),
    ],
)
def test_apostrophes(text: str, read: str) -> None:
    found = parse(text)
    assert found.valid
    assert "".join(part.value for part in found.parts if isinstance(part, Text)) == read


@pytest.mark.parametrize(
    "text",
    ["{", "}", "{}", "a } b", "{n, plural}", "{n, plural, one{x}}", "{n, plural, other{x}", "{{name}}", "{a b}",
     "{n, select, other{a} other{b}}", "{n, select, =1{a} other{b}}", "{n, plural, other{{n, plural, other{}}}"],
)  # fmt: skip
def test_what_is_not_icu_is_plain_text(text: str) -> None:
    assert parse(text) == Message(text, (Text(text, 0, len(text)),), valid=False)


def test_number_sign_in_a_nested_select_is_text() -> None:
    plural = parse("{n, plural, other{# {g, select, other{# x}}}}").parts[0]
    assert isinstance(plural, Choice)
    select = plural.branches[0].parts[2]
    assert isinstance(select, Choice)
    assert select.branches[0].parts == (Text("# x", 38, 41),)


def test_depth_has_an_end() -> None:
    assert not parse("{n, select, other{" * 3000 + "}}" * 3000).valid


_ODD = st.text(alphabet="a {}'#é<", max_size=12)


@settings(deadline=None)
@given(_ODD, st.booleans(), st.booleans())
def test_escaped_words_are_read_as_they_were(words: str, in_plural: bool, before_code: bool) -> None:
    written = escaped(words, in_plural=in_plural, before_code=before_code) + ("{x}" if before_code else "")
    parts = parse(f"{{n, plural, other{{{written}}}}}" if in_plural and before_code else written).parts
    if in_plural and before_code:
        assert isinstance(parts[0], Choice)
        parts = parts[0].branches[0].parts
    if before_code:
        assert isinstance(parts[-1], Argument)
        parts = parts[:-1]
    if before_code or not in_plural:
        assert "".join(part.value for part in parts if isinstance(part, Text)) == words


@settings(deadline=None)
@given(st.text(alphabet="{}'#,n pluraselcto=01 other", max_size=60))
def test_any_text_is_read_and_covered(text: str) -> None:
    read = parse(text)
    assert "".join(read.raw(part) for part in read.parts) == text
    one = message(text, "en", "ru")
    assert one.written({}) is None
    again = one.written(marked(one))
    assert again is None or parse(again).valid == read.valid


_WORDS = st.text(alphabet="ab '#é<%", max_size=8)


@settings(deadline=None)
@given(
    _WORDS,
    _WORDS,
    _WORDS,
    st.sampled_from(["{n, plural, one{# {x}} other{# {x}}}", "a {x} {n}", "{g, select, other{{n} {x}}}"]),
)
def test_any_target_is_read_again_as_it_was_given(before: str, between: str, after: str, text: str) -> None:
    one = message(text + " b", "en", "en")
    first, second = one.units[0].source.codes
    target = Content.of(before, first, between, second, after)
    written = one.written({unit.id: target for unit in one.units})
    again = message(text + " b" if written is None else written, "en", "en")
    for unit in again.units:
        assert [p if isinstance(p, str) else p.text for p in unit.source.pieces] == [
            p if isinstance(p, str) else p.text for p in target.pieces
        ]


# --- variants ---


def test_a_plural_is_a_unit_for_each_form_of_the_target() -> None:
    one = message("{count, plural, one {# file} other {# files}}", "en", "ru")
    assert texts(one) == {
        "key#count.one": "# file",
        "key#count.few": "# files",
        "key#count.many": "# files",
        "key#count.other": "# files",
    }
    assert [unit.plural for unit in one.units] == ["one", "few", "many", "other"]
    assert {unit.plural_of for unit in one.units} == {"key"}
    assert one.units[1].note == 'seen by all; plural form "few": 2, 3, 4, 22, 23 …'
    assert one.units[0].source.codes == (Code("1", "#", CodeKind.PLACEHOLDER),)
    assert one.written(marked(one)) == (
        "{count, plural, one {«# file»} few {«# files»} many {«# files»} other {«# files»}}"
    )


def test_forms_that_the_target_lacks_are_left_out_and_exact_numbers_stay() -> None:
    one = message("{n, plural, =0{No files} one{One file} other{{n} files}}", "en", "zh")
    assert texts(one) == {"key#n.=0": "No files", "key#n.other": "{n} files"}
    assert one.written(marked(one)) == "{n, plural, =0{«No files»} other{«{n} files»}}"


def test_forms_that_the_source_lacks_are_made_from_other() -> None:
    one = message("{n, plural,\n  other {# 个文件}\n}", "zh", "en")
    assert texts(one) == {"key#n.one": "# 个文件", "key#n.other": "# 个文件"}
    assert one.written(marked(one)) == "{n, plural,\n  one {«# 个文件»}\n  other {«# 个文件»}\n}"


def test_a_form_without_its_number_does_not_serve_for_more_numbers() -> None:
    shown = message("{n, plural, one{One file} other{# files}}", "en", "fr")
    assert texts(shown)["key#n.one"] == "# files"
    assert texts(message("{n, plural, one{One file} other{# files}}", "en", "de"))["key#n.one"] == "One file"
    hidden = message("{n, plural, one{The file} other{The files}}", "en", "fr")
    assert texts(hidden)["key#n.one"] == "The file"


def test_text_around_a_plural_is_taken_into_its_branches() -> None:
    one = message("In {place}: {n, plural, one{# file} other{# files}}.")
    assert list(texts(one).values()) == ["In {place}: # file.", "In {place}: # files."]
    assert one.written(marked(one)) == "{n, plural, one{«In {place}: # file.»} other{«In {place}: # files.»}}"


def test_select_with_plural_inside() -> None:
    text = "{who, select, she {{n, plural, one {her file} other {her # files}}} other {files of {who}}}"
    one = message(text)
    assert list(texts(one)) == ["key#who.she#n.one", "key#who.she#n.other", "key#who.other"]
    assert [unit.plural for unit in one.units] == ["one", "other", ""]
    assert one.units[2].note == "seen by all; for who = other"
    assert parse(one.written(marked(one)) or "").valid


def test_two_plurals_side_by_side_name_the_outer_number() -> None:
    one = message("{a, plural, one{# cat} other{# cats}}, {b, plural, one{# dog} other{# dogs}}")
    assert texts(one)["key#a.one#b.other"] == "{a, number} cat, # dogs"


def test_the_same_number_twice_is_asked_once() -> None:
    one = message("{n, plural, one{is} other{are}} {n, plural, one{# file} other{# files}}")
    assert list(texts(one).values()) == ["is # file", "are # files"]


@pytest.mark.parametrize(
    "text",
    [
        "{a, plural, offset:1 one{# cat} other{# cats}} {b, plural, offset:1 one{# dog} other{# dogs}}",
        " ".join(f"{{n{i}, plural, one{{x}} other{{xs}}}}" for i in range(30)),
        "{n, plural, one{is} other{are}} {n, plural, =2{two} other{files}}",
    ],
)
def test_a_tangled_message_is_one_unit_with_its_syntax_as_codes(text: str) -> None:
    one = message(text)
    (unit,) = one.units
    assert str(unit.source) == text
    assert all(not code.movable for code in unit.source.codes)
    assert "plural" not in unit.source.words
    assert one.written(marked(one)) == f"«{text}»"


def test_an_empty_variant_stays_empty() -> None:
    one = message("{n, plural, =0{} =1{} other{# files}}")
    assert list(texts(one)) == ["key#n.other"]
    assert one.written(marked(one)) == "{n, plural, =0{} =1{} other{«# files»}}"


def test_ordinals_have_their_own_forms() -> None:
    one = message("{n, selectordinal, one{#st} two{#nd} few{#rd} other{#th}} place", "en", "sv")
    assert [unit.plural for unit in one.units] == ["one", "other"]


def test_a_message_with_a_held_variant_keeps_its_source() -> None:
    one = message("{n, plural, one{# file} other{# files}}")
    targets = marked(one)
    targets.pop("key#n.one")
    assert one.written(targets) is None


def test_a_copy_changes_nothing_unless_the_forms_differ() -> None:
    text = " {n, plural,one{# file}  other {# ''files''}} "
    one = message(text)
    assert one.written({unit.id: unit.source for unit in one.units}) is None
    other = message(text, "en", "zh")
    assert other.written({unit.id: unit.source for unit in other.units}) == " {n, plural,other {# 'files''}} "


def test_braces_shown_to_readers_stay_as_they_are() -> None:
    one = message("Write '{'name'}' for {name}")
    assert [code.text for code in one.units[0].source.codes] == ["'{'", "'}'", "{name}"]
    assert one.written(marked(one)) == "«Write '{'name'}' for {name}»"


@pytest.mark.parametrize(("quotes", "expected"), [(True, "L''{item}"), (False, "L’{item}")])
def test_an_apostrophe_before_an_argument_does_not_quote_it(quotes: bool, expected: str) -> None:
    dialect = Dialect(parse_locale("en"), parse_locale("fr"), quotes=quotes)
    one = IcuMessage("The {item}", Unit("key", Content()), dialect)
    assert one.written({"key": Content.of("L'", *one.units[0].source.codes)}) == expected


def test_apostrophes_that_do_not_quote() -> None:
    assert [type(part) for part in parse("'{value}' it''s", quotes=False).parts] == [Text, Argument, Text]
    dialect = Dialect(parse_locale("en"), parse_locale("fr"), quotes=False)
    one = IcuMessage("'{item}'", Unit("key", Content()), dialect)
    assert one.units == ()
    one = IcuMessage("take '{item}'", Unit("key", Content()), dialect)
    assert one.written({"key": Content.of("prends '", *one.units[0].source.codes, "'")}) == "prends '{item}'"


def test_zero_is_none_where_the_format_says_so() -> None:
    text = "{n, plural, zero{none} one{one} other{{n} files}}"
    assert list(texts(message(text, "en", "zh"))) == ["key#n.other"]
    kept = message(text, "en", "zh", zero_is_none=True)
    assert [(unit.id, unit.plural) for unit in kept.units] == [("key#n.zero", "other"), ("key#n.other", "other")]


@pytest.mark.parametrize(
    ("source", "target", "selectors", "expected"),
    [
        ("en", "de", "one other", "one other"),
        ("en", "de", "=1 other", "=1 other"),
        ("en", "fr", "=1 other", "=1 one many other"),
        ("en", "fr", "=0 =1 other", "=0 =1 many other"),
        ("en", "ja", "one other", "other"),
        ("ja", "ar", "other", "zero one two few many other"),
        ("ru", "en", "one few many other", "one other"),
        ("en", "en", "few other", "few other"),
    ],
)
def test_forms_of_the_target(source: str, target: str, selectors: str, expected: str) -> None:
    plural = Plural(parse_locale(source), parse_locale(target))
    assert [form.selector for form in plural.forms(selectors.split())] == expected.split()
