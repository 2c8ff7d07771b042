"""What every file format must do; inherited by the tests of each.

class TestPo(FormatContract):
    format = Po()
    bilingual = True
    samples = (Sample("de.po", b"...", ["Save", "Open %s"]),)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.localization.content import Content
from assistant.localization.formats.base import FileFormat, Reading, Written
from assistant.localization.formats.registry import format_of
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import parse_locale

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Sample:
    """A file: its name, its bytes, the texts of its units as the file has them (`str(unit.source)`), in order.

    `options` go into `Reading` (columns, fields, keys_left).
    """

    name: str
    data: bytes
    texts: Sequence[str]
    source: str = "en"
    target: str = "de"
    options: dict[str, Any] = field(default_factory=dict)

    def reading(self) -> Reading:
        return Reading(self.name, parse_locale(self.source), parse_locale(self.target), **self.options)


def changed(content: Content) -> Content:
    """A target that is not the source: other words of letters beyond ASCII, the same codes, spaces and marks."""
    return Content.of(*(_WORD.sub("Wörter口径", p) if isinstance(p, str) else p for p in content.pieces))


def _with_words(content: Content, words: str) -> Content:
    """`content` whose first words are others; the spaces around them stay."""
    pieces = list(content.pieces)
    at = next(n for n, piece in enumerate(pieces) if isinstance(piece, str) and _WORD.search(piece))
    text = str(pieces[at])
    pieces[at] = text[: len(text) - len(text.lstrip())] + words + text[len(text.rstrip()) :]
    return Content.of(*pieces)


class FormatContract:
    """Give it `format` and `samples`; see the other attributes."""

    format: ClassVar[FileFormat]
    samples: ClassVar[Sequence[Sample]]
    byte_identical: ClassVar[bool] = True
    """False where the container cannot be written the same twice (a zip): then `structure` is compared."""
    bilingual: ClassVar[bool] = False
    """True where a file holds source and target."""
    hard_text: ClassVar[str] = 'R&D <y> "x" \\ it\'s 100% #1 * _ | é 口径'
    """A target that needs escaping. What a format reads as a placeholder, leave out."""

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        if "sample" in metafunc.fixturenames:
            metafunc.parametrize("sample", metafunc.cls.samples, ids=[s.name for s in metafunc.cls.samples])

    # --- what a format may say otherwise ---

    def structure(self, data: bytes, reading: Reading) -> Any:
        """What must stay the same when the bytes need not."""
        return [(unit.id, unit.source) for unit in self.format.read(data, reading).units]

    def reading_again(self, sample: Sample) -> Reading:
        """How the written file is read: a file in one language is in the target's then."""
        here = sample.reading()
        if self.bilingual:
            return here
        return Reading(here.name, here.target, here.target, here.columns, here.fields, here.keys_left)

    def found_again(self, data: bytes, sample: Sample) -> list[Content | None]:
        """The targets as the written file has them, in order."""
        units = self.format.read(data, self.reading_again(sample)).units
        return [unit.target if self.bilingual else unit.source for unit in units]

    def code_text(self, text: str) -> str:
        """A code's text without what is a unit of its own in it (the title of a link)."""
        return text

    def assert_same(self, written: bytes, sample: Sample) -> None:
        if self.byte_identical:
            assert written == sample.data
        else:
            here = sample.reading()
            assert self.structure(written, here) == self.structure(sample.data, here)

    # --- the contract ---

    def test_the_registry_knows_the_file(self, sample: Sample) -> None:
        assert format_of(sample.name, sample.data).id == self.format.id

    def test_gives_the_texts(self, sample: Sample) -> None:
        units = self.format.read(sample.data, sample.reading()).units
        assert [str(unit.source) for unit in units] == list(sample.texts)

    def test_reading_is_pure_and_repeatable(self, sample: Sample) -> None:
        first = self.format.read(sample.data, sample.reading())
        before = list(first.units)
        first.write(Written({unit.id: changed(unit.source) for unit in before}))
        assert list(first.units) == before
        assert list(self.format.read(bytes(sample.data), sample.reading()).units) == before

    def test_ids_are_unique_in_file_and_unit(self, sample: Sample) -> None:
        units = self.format.read(sample.data, sample.reading()).units
        ids = [unit.id for unit in units]
        assert len(set(ids)) == len(ids)
        for unit in units:
            codes = [code.id for code in unit.source.codes]
            assert len(set(codes)) == len(codes), unit.source

    def test_writing_nothing_gives_the_file_again(self, sample: Sample) -> None:
        self.assert_same(self.format.read(sample.data, sample.reading()).write(Written({})), sample)

    def test_a_copy_gives_the_file_again(self, sample: Sample) -> None:
        file = self.format.read(sample.data, sample.reading())
        if not self.bilingual:
            self.assert_same(file.write(Written({unit.id: unit.source for unit in file.units})), sample)
            return
        held = {unit.id: unit.target for unit in file.units if unit.target is not None}
        self.assert_same(file.write(Written(held)), sample)
        copy = file.write(Written({unit.id: unit.source for unit in file.units}))
        assert self.structure(copy, sample.reading()) == self.structure(sample.data, sample.reading())
        assert self.found_again(copy, sample) == [unit.source for unit in file.units]

    def test_changed_targets_are_found_again_with_their_codes(self, sample: Sample) -> None:
        file = self.format.read(sample.data, sample.reading())
        targets = {unit.id: changed(unit.source) for unit in file.units}
        again = self.found_again(file.write(Written(targets)), sample)
        assert [self._told(content) for content in again] == [self._told(targets[unit.id]) for unit in file.units]

    def test_letters_that_need_escaping_are_found_again(self, sample: Sample) -> None:
        file = self.format.read(sample.data, sample.reading())
        targets = {unit.id: _with_words(unit.source, self.hard_text) for unit in file.units}
        again = self.found_again(file.write(Written(targets)), sample)
        words = [content.words.strip() if content else None for content in again]
        assert words == [targets[unit.id].words.strip() for unit in file.units]

    def test_held_units_keep_the_source(self, sample: Sample) -> None:
        file = self.format.read(sample.data, sample.reading())
        ids = [unit.id for unit in file.units]
        held = dict.fromkeys(ids[::2], 'the number "5" changed -- & <b> 数字变了')
        targets = {unit.id: changed(unit.source) for unit in file.units if unit.id not in held}
        written = file.write(Written(targets, held))
        units = self.format.read(written, self.reading_again(sample)).units
        assert len(units) == len(file.units)
        for old, new in zip(file.units, units, strict=True):
            if self.bilingual:
                assert new.source == old.source
                wanted = (old.target, old.source, None) if old.id in held else (targets[old.id],)
                assert self._told(new.target) in [self._told(content) for content in wanted]
            else:
                assert self._told(new.source) == self._told(targets.get(old.id, old.source))

    def test_cut_files_are_read_or_refused(self, sample: Sample) -> None:
        for end in {0, 1, *range(0, len(sample.data), max(1, len(sample.data) // 40))}:
            self._read_or_refused(sample.data[:end], sample)

    def test_other_encodings_and_bytes_are_read_or_refused(self, sample: Sample) -> None:
        text = sample.data.decode("utf-8", errors="replace")
        for encoding in ("utf-8-sig", "utf-16", "utf-16-be", "gb18030", "shift-jis", "utf-32"):
            self._read_or_refused(text.encode(encoding, errors="replace"), sample)
        for data in (b"\x00" * 50, b"\xff\xfe\x00", bytes(range(256)), b"\xef\xbb\xbf", b" \n", b"\x80" + sample.data):
            self._read_or_refused(data, sample)

    @given(seed=st.data())
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    def test_garbage_is_read_or_refused(self, seed: st.DataObject) -> None:
        sample = seed.draw(st.sampled_from(list(self.samples)))
        noise = seed.draw(st.binary(max_size=30))
        at = seed.draw(st.integers(0, len(sample.data)))
        self._read_or_refused(sample.data[:at] + noise + sample.data[at + seed.draw(st.integers(0, 30)) :], sample)
        self._read_or_refused(noise, sample)

    def _read_or_refused(self, data: bytes, sample: Sample) -> None:
        """Units, or an error of the right kind; what could be read can be written."""
        self.format.recognises(sample.name, data)
        file = None
        with suppress(UnreadableFile):
            file = self.format.read(data, sample.reading())
        if file is not None:
            with suppress(InputError):
                assert isinstance(file.write(Written({unit.id: unit.source for unit in file.units})), bytes)
            return
        with pytest.raises(UnreadableFile, match=re.escape(sample.name)):
            self.format.read(data, sample.reading())

    def _told(self, content: Content | None) -> list[Any] | None:
        """Content as strings and codes without the codes' ids, which may be counted anew."""
        if content is None:
            return None
        return [p if isinstance(p, str) else (p.kind, self.code_text(p.text)) for p in content.pieces]
