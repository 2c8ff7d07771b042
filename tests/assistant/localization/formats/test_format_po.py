"""gettext PO: states, plurals, header, what is left alone."""

from __future__ import annotations

import os
from pathlib import Path

import polib
import pytest
from contract import FormatContract, Sample
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.content import CodeKind, Content
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.po import Po, PoFile
from assistant.localization.unit import TargetState
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import parse_locale

DATA = Path(os.environ.get("KOUJING_DATA") or Path(__file__).parents[5] / "shared" / "data")

HEADER = """# Copyright
msgid ""
msgstr ""
"Project-Id-Version: x 1\\n"
"Language: de\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=n != "
"1;\\n"
"""
BODY = """
# Thomas: short, please
#. A button
#: src/a.c:12 src/b.c:3
#, c-format, max-length:30
msgctxt "menu"
msgid "Open %s"
msgstr ""

#, python-brace-format
msgid   "Dear {name}, "
"100 % of it\\n"
"second \\"line\\"\\n"
msgstr  "Lieber {name}, "
"alles\\n"
"zweite Zeile\\n"
msgid "Tight"
msgstr "Eng"

msgid "%d file"
msgid_plural "%d files"
msgstr[0] "%d Datei"
msgstr[1] "%d Dateien"

#~ msgid "Old"
#~ msgstr "Alt"
"""
TEXTS = ["Open %s", 'Dear {name}, 100 % of it\nsecond "line"\n', "Tight", "%d file", "%d files"]
TEMPLATE = """#, fuzzy
msgid ""
msgstr ""
"Content-Type: text/plain; charset=CHARSET\\n"
"Language: \\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"

msgid "day"
msgid_plural "%d days"
msgstr[0] ""
msgstr[1] ""

msgid "Go"
msgstr ""
"""


class TestPo(FormatContract):
    format = Po()
    bilingual = True
    samples = (
        Sample("de.po", (HEADER + BODY).encode(), TEXTS),
        Sample("windows.po", (HEADER + BODY).replace("\n", "\r\n").encode("utf-8-sig"), TEXTS),
        Sample("bare.po", b'msgid "One"\nmsgstr "Eins"', ["One"]),
        Sample("template.pot", TEMPLATE.encode(), ["%d days", "%d days", "%d days", "Go"], target="ru"),
    )


def read(text: str, source: str = "en", target: str = "de") -> PoFile:
    return Po().read(text.encode(), Reading("a.po", parse_locale(source), parse_locale(target)))


def written(text: str, targets: dict[str, str], held: dict[str, str] | None = None, target: str = "de") -> str:
    """The file with targets and reasons by the source text."""
    file = read(text, target=target)
    return file.write(
        Written(
            {unit.id: Content.of(targets[str(unit.source)]) for unit in file.units if str(unit.source) in targets},
            {unit.id: held[str(unit.source)] for unit in file.units if held and str(unit.source) in held},
        )
    ).decode()


def test_what_is_read_beside_the_text() -> None:
    first, second, *_, one, other = read(HEADER + BODY).units
    assert (first.context, first.place, first.max_length) == ("menu", "src/a.c:12", 30)
    assert first.note == "A button\nThomas: short, please"
    assert [code.text for code in first.source.codes] == ["%s"]
    assert [(code.text, code.kind) for code in second.source.codes] == [("{name}", CodeKind.PLACEHOLDER)]
    assert (one.plural, other.plural) == ("one", "other")
    assert one.plural_of == other.plural_of != ""
    assert str(other.target) == "%d Dateien"
    assert [code.id for code in other.target.codes] == ["1"] if other.target else False


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        ('msgid "a"\nmsgstr ""', TargetState.NEW),
        ('msgid "a"\nmsgstr "b"', TargetState.FINAL),
        ('#, fuzzy\nmsgid "a"\nmsgstr "b"', TargetState.NEEDS_REVIEW),
        ('#, c-format , fuzzy\nmsgid "a"\nmsgstr "b"', TargetState.NEEDS_REVIEW),
        ('#, fuzzy\nmsgid "a"\nmsgstr ""', TargetState.NEW),
    ],
)
def test_states(entry: str, state: TargetState) -> None:
    (unit,) = read(entry).units
    assert unit.target_state is state


def test_only_the_msgstr_changes() -> None:
    new = written(HEADER + BODY, {"Open %s": "Öffne %s", "%d files": "%d Akten"})
    old = (HEADER + BODY).replace('"Open %s"\nmsgstr ""', '"Open %s"\nmsgstr "Öffne %s"')
    assert new == old.replace('msgstr[1] "%d Dateien"', 'msgstr[1] "%d Akten"')


def test_a_released_target_is_not_fuzzy_any_more() -> None:
    text = (
        HEADER + '\n#. x\n#, fuzzy, c-format\n#| msgid "o"\nmsgid "a"\nmsgstr "b"\n\n#, fuzzy\nmsgid "c"\nmsgstr ""\n'
    )
    new = HEADER + '\n#. x\n#, c-format\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\n'
    assert written(text, {"a": "b", "c": "d"}) == new


def test_a_held_unit_is_marked() -> None:
    text = (
        HEADER
        + '\n#: a\n#, c-format\nmsgid "a"\nmsgstr "b"\n\n#| msgid "o"\nmsgid "e"\nmsgstr "f"\n\nmsgid "c"\nmsgstr ""\n'
    )
    new = written(text, {}, {"a": "5 became\n6", "e": "why", "c": "no"})
    assert new == HEADER + (
        '\n# koujing: 5 became 6\n#: a\n#, fuzzy, c-format\nmsgid "a"\nmsgstr "b"\n\n# koujing: why\n#, fuzzy\n#| msgid "o"\nmsgid "e"\n'
        'msgstr "f"\n\n# koujing: no\nmsgid "c"\nmsgstr ""\n'
    )
    assert [unit.note for unit in read(new).units] == ["", "", ""]
    again = written(new, {"c": "d"}, {"a": "other"})
    assert "# koujing: no" not in again
    assert again.count("# koujing: other\n") == 1
    assert "5 became" not in again


def test_a_plural_with_a_held_form_is_not_used() -> None:
    text = HEADER + '\nmsgid "%d a"\nmsgid_plural "%d b"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    new = written(text, {"%d b": "%d c"}, {"%d a": "why"})
    assert new.endswith('# koujing: why\n#, fuzzy\nmsgid "%d a"\nmsgid_plural "%d b"\nmsgstr[0] ""\nmsgstr[1] "%d c"\n')


def test_a_template_becomes_a_file_of_the_language() -> None:
    new = written(TEMPLATE, {"Go": "Иди"}, target="ru")
    head = polib.pofile(new).metadata
    assert head["Language"] == "ru"
    assert head["Content-Type"] == "text/plain; charset=UTF-8"
    assert head["Plural-Forms"].startswith("nplurals=3; plural=(n % 10 == 1")
    assert "fuzzy" not in new
    assert 'msgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n' in new


def test_a_form_without_the_number_serves_its_own_number_only() -> None:
    assert [str(unit.source) for unit in read(TEMPLATE, target="de").units] == ["day", "%d days", "Go"]
    assert [str(unit.source) for unit in read(TEMPLATE, target="zh-CN").units] == ["%d days", "Go"]


def test_the_formula_of_the_file_holds_for_its_language() -> None:
    text = HEADER.replace("nplurals=2; plural=n != ", "nplurals=3; plural=n==1 ? 0 : n==0 ? 1 : 2; ").replace(
        '"1;', '"'
    )
    text += '\nmsgid "%d a"\nmsgid_plural "%d b"\nmsgstr[0] "x"\nmsgstr[1] "y"\nmsgstr[2] "z"\n'
    assert [(unit.plural, str(unit.target)) for unit in read(text).units] == [
        ("one", "x"),
        ("other", "y"),
        ("other", "z"),
    ]
    assert written(text, {"%d a": "w"}) == text.replace('"x"', '"w"')


def test_targets_of_another_language_are_not_ours() -> None:
    text = HEADER + BODY
    assert {unit.target for unit in read(text, target="zh-CN").units} == {None}
    new = written(text, {"Tight": "紧"}, target="zh-CN")
    assert {entry.msgstr for entry in polib.pofile(new) if not entry.obsolete} == {"", "紧"}
    assert polib.pofile(new).metadata["Language"] == "zh_CN"
    assert [entry.msgstr_plural for entry in polib.pofile(new) if entry.msgid_plural] == [{0: ""}]
    assert '#~ msgstr "Alt"' in new


def test_in_a_file_of_the_source_language_the_msgstr_is_the_source() -> None:
    text = HEADER.replace("Language: de", "Language: en") + (
        '\nmsgid "home.title"\nmsgstr "Home"\n\nmsgid "n"\nmsgid_plural "n_plural"\nmsgstr[0] "%d day"\nmsgstr[1] "%d days"\n'
        '\nmsgid "Empty"\nmsgstr ""\n'
    )
    file = read(text)
    assert [str(unit.source) for unit in file.units] == ["Home", "%d day", "%d days", "Empty"]
    new = file.write(Written({file.units[0].id: Content.of("Start"), file.units[1].id: file.units[1].source})).decode()
    assert 'msgid "home.title"\nmsgstr "Start"' in new
    assert '#, fuzzy\nmsgid "n"\nmsgid_plural "n_plural"\nmsgstr[0] "%d day"\nmsgstr[1] "%d days"' in new
    held = file.write(Written({}, {file.units[0].id: "why"})).decode()
    assert '# koujing: why\n#, fuzzy\nmsgid "home.title"\nmsgstr "Home"' in held


def test_long_lines_are_wrapped_where_the_file_wraps() -> None:
    words = "word " * 30
    text = 'msgid ""\n"wrapped "\n"here"\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n'
    new = written(text, {"a": words})
    assert max(map(len, new.splitlines())) <= 79
    assert polib.pofile(new).find("a").msgstr == words  # type: ignore[union-attr]
    flat = written(text.replace('"wrapped "\n"here"', '"x"'), {"a": words})
    assert f'msgstr "{words}"' in flat


def test_a_header_is_made_where_there_is_none() -> None:
    head = polib.pofile(written('msgid "a"\nmsgstr ""\n', {"a": "b"})).metadata
    assert (head["Language"], head["Content-Type"]) == ("de", "text/plain; charset=UTF-8")


def test_a_header_on_one_line() -> None:
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nX-Y: z\\n"\n\nmsgid "a"\nmsgstr ""\n'
    head = polib.pofile(written(text, {"a": "b"})).metadata
    assert (head["Language"], head["X-Y"], head["Plural-Forms"]) == ("de", "z", "nplurals=2; plural=(n != 1);")


def test_the_declared_encoding_is_kept_or_refused() -> None:
    text = HEADER.replace("UTF-8", "ISO-8859-1") + '\nmsgid "a"\nmsgstr ""\n'
    assert 'msgstr "é"'.encode("latin-1") in read(text).write(Written({"message 1": Content.of("é")}))
    with pytest.raises(InputError, match="cannot be written in ISO-8859-1"):
        read(text).write(Written({"message 1": Content.of("口")}))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('msgid "a"\nmsgstr "b\n', "line 2: 'msgstr \"b' is no comment"),
        ('msgid "a"\n', "line 1: the message ends without a msgstr"),
        ('msgid "a"\n\nmsgid "b"\nmsgstr ""', "line 3: msgid does not stand here"),
        ('"a"\n', "line 1: a string without a keyword"),
        ('msgid "a"\nmsgstr[0] ""', "line 2: msgstr[0] does not stand here"),
        ("hello", "line 1: 'hello' is no comment"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(text: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=r"^a\.po: .*; ") as error:
        read(text)
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


@given(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), min_size=1), st.booleans())
def test_any_text_comes_back(words: str, wraps: bool) -> None:
    first = 'msgid ""\n"w "\n"h"\nmsgstr ""\n\n' if wraps else ""
    file = read(f'{first}msgid "a"\nmsgstr ""\n')
    new = file.write(Written({file.units[-1].id: Content.of(words)}))
    again = Po().read(new, Reading("a.po", parse_locale("en"), parse_locale("de"))).units[-1]
    assert str(again.target) == words


PROJECTS = sorted(DATA.glob("l10n_files/**/*.po")) + sorted(DATA.glob("l10n_files/**/*.pot"))


@pytest.mark.skipif(not DATA.is_dir(), reason="no public data here; set KOUJING_DATA")
@pytest.mark.parametrize("path", PROJECTS, ids=lambda path: "/".join(path.parts[-4:]))
def test_files_of_projects_come_back(path: Path) -> None:
    data = path.read_bytes()
    language = polib.pofile(data.decode()).metadata.get("Language") or "de"
    reading = Reading(path.name, parse_locale("en"), parse_locale(language))
    file = Po().read(data, reading)
    assert [str(u.source) for u in file.units if not u.plural] == [
        e.msgid for e in polib.pofile(data.decode()) if not e.obsolete and not e.msgid_plural
    ]
    assert (
        file.write(Written({u.id: u.target for u in file.units if u.target and u.target_state is TargetState.FINAL}))
        == data
    )
    copied = file.write(Written({u.id: u.source for u in file.units})).decode()
    for entry in polib.pofile(copied):
        if not entry.obsolete:
            assert (entry.msgstr or entry.msgstr_plural[0]) in (entry.msgid, entry.msgid_plural)
    assert _comments(copied) == _comments(data.decode())


def _comments(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.startswith(("#:", "#.", "#~", "# "))]
