"""Finds names in a text in every shape that people, keyboards and files give them. One pass, linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote

from knowledge.domain.finding import Span
from knowledge.naming.common_words import COMMON
from knowledge.naming.forms import Form
from knowledge.naming.legal_forms import end_of_form
from knowledge.naming.letters import IGNORED, Letters, is_ideograph, is_word, read
from knowledge.naming.surroundings import is_in_address

_SOFT = frozenset(" -·'*~®™©_")
_POINTED = _SOFT | frozenset('.,()[]/&+:;"')
_ENCODED = re.compile(r"(?:[\w.-]{0,40}%[0-9A-Fa-f]{2}){2,200}[\w.-]{0,40}|\bxn--[a-z0-9-]{1,60}", re.IGNORECASE)
_MIDST = re.compile(r"\.(?:[,;:)'’]| [^\W\dA-Z_])")
"""The last point of `S.T.E.` where no sentence ends."""
_SHORT = 3
"""Up to so many letters, a Latin name in small letters may well be a word."""

LATELY = 512
"""Texts whose names are remembered: one paragraph is asked about by several checks."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name where it stands. `safe`: another name can be put in its place without breaking what is around it."""

    span: Span
    owner: str
    text: str
    safe: bool


class NameFinder:
    """Finds `forms`, the longest of each owner; those of different owners may lie upon each other."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._lately: dict[str, list[Found]] = {}
        self._forms: dict[str, list[Form]] = {}
        starts: dict[int, dict[str, set[int]]] = {}
        for form in forms:
            letters = form.letters
            self._forms.setdefault(letters, []).append(form)
            size = min(len(letters), 2 if not is_word(letters[0]) else 4)
            starts.setdefault(size, {}).setdefault(letters[:size], set()).add(len(letters))
        self._starts = {
            size: {start: sorted(lengths, reverse=True) for start, lengths in table.items()}
            for size, table in starts.items()
        }

    def find(self, text: str) -> list[Found]:
        """Every name in `text`, in order."""
        if not self._forms or not text:
            return []
        if text not in self._lately:
            if len(self._lately) >= LATELY:
                self._lately.clear()
            self._lately[text] = self._find(text)
        return self._lately[text]

    def _find(self, text: str) -> list[Found]:
        found = list(self._in_letters(read(text)))
        if "%" in text or "xn--" in text.lower():
            found += self._encoded(text)
        return sorted(found, key=lambda name: (name.span.start, -name.span.end, name.owner))

    def _in_letters(self, letters: Letters) -> Iterator[Found]:
        ends: dict[str, int] = {}
        for place, lengths in sorted(self._candidates(letters.kept)):
            for length in lengths:
                for form in self._forms.get(letters.kept[place : place + length], ()):
                    if ends.get(form.owner, 0) <= place:
                        found = _Place(letters, place, form).found()
                        if found is not None:
                            ends[form.owner] = place + length
                            yield found

    def _candidates(self, kept: str) -> Iterator[tuple[int, list[int]]]:
        for size, table in self._starts.items():
            for place in [n for n in range(len(kept) - size + 1) if kept[n : n + size] in table]:
                yield place, table[kept[place : place + size]]

    def _encoded(self, text: str) -> Iterator[Found]:
        """Names in percent-encoded addresses and in hosts in Punycode."""
        for run in _ENCODED.finditer(text):
            for owner in {found.owner for found in self._in_letters(read(_decoded(run.group())))}:
                yield Found(Span(*run.span()), owner, run.group(), safe=False)


def _decoded(run: str) -> str:
    if run[:4].lower() != "xn--":
        return unquote(run, errors="replace")
    try:
        return run[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return ""


@dataclass(slots=True)
class _Place:
    """A form whose letters stand in the text: is it the name?"""

    letters: Letters
    first: int
    form: Form
    dotted: bool = False

    @property
    def last(self) -> int:
        return self.first + len(self.form.letters) - 1

    @property
    def start(self) -> int:
        return self.letters.at[self.first]

    @property
    def end(self) -> int:
        return self.letters.at[self.last] + 1

    def found(self) -> Found | None:
        """The name with the legal form behind it; None when it is none."""
        if not self._reads_on() or not self._is_written_so():
            return None
        left, right = self._edge_before(), self._edge_after()
        if left == right == "whole":
            return self._whole()
        if "other" in (left, right) and not self._hides_in_address():
            return None
        text = self.letters.text
        if self.form.needs_form or (len(self.form.letters) <= _SHORT and not self._capitals()):
            return None
        return Found(Span(self.start, self.end), self.form.owner, text[self.start : self.end], safe=False)

    def _whole(self) -> Found | None:
        text, folded = self.letters.text, self.letters.folded
        end = self.end
        if self.dotted and _MIDST.match(text, end):
            end += 1
        if folded[self.start : end].count("(") > folded[self.start : end].count(")") and folded[end : end + 1] == ")":
            end += 1
        after = end_of_form(text, folded, end)
        if self.form.needs_form and after == end:
            return None
        if after == end and self._has_plural(end):
            end += 1
        span = Span(self.start, max(after, end))
        return Found(span, self.form.owner, span.of(text), not is_in_address(text, span.start, span.end))

    # --- between the letters ---

    def _reads_on(self) -> bool:
        """False when what stands between the letters parts words of the text, not letters of the name."""
        form, at = self.form, self.letters.at
        split: list[int] = []
        bare = self.end - self.start == len(form.letters)
        if bare and not form.joins:
            return self._has_umlauts()
        gaps = {n: self.letters.gap(self.first + n) for n in range(1, len(form.letters))
                if at[self.first + n] - at[self.first + n - 1] > 1}  # fmt: skip
        gaps = {n: gap for n, gap in gaps.items() if gap}
        if any(not set(gaps.get(n, "")) & set("&+") for n in form.joins):
            return False
        for n, gap in gaps.items():
            if n not in form.breaks or is_ideograph(form.letters[n]):
                split += [] if n in form.breaks else [n]
                allowed = _POINTED if n in form.points else _SOFT
            else:
                allowed = _POINTED if n in form.points | form.joins else _SOFT | {"."}
            if not set(gap) <= allowed and not (set(gap) <= _SOFT | {"."} and len(gaps) == len(form.letters) - 1):
                return False
        self.dotted = any("." in gap for gap in gaps.values())
        return self._has_umlauts() and self._may_be_split(split, gaps)

    def _may_be_split(self, split: list[int], gaps: dict[int, str]) -> bool:
        """Blanks inside a word: letter by letter, or where they make no sense otherwise (`best in` is no `Bestin`)."""
        letters = self.form.letters
        if not split or not is_word(letters[split[0]]) or len(gaps) == len(letters) - 1:
            return True
        cuts = [0, *sorted(gaps), len(letters)]
        pieces = [letters[a:b] for a, b in pairwise(cuts)]
        return len(letters) > _SHORT and not all(piece in COMMON for piece in pieces)

    def _has_umlauts(self) -> bool:
        places = (self.letters.at[self.first + n] for n in self.form.accented)
        return all(not self.letters.text[place : place + 2].isascii() for place in places)

    # --- before and after ---

    def _edge_before(self) -> str:
        """`whole`: a word begins here. `hump`: one begins inside a longer one. `other`: none begins."""
        place = self.start - 1
        folded, text = self.letters.folded, self.letters.text
        while place >= 0 and folded[place] == IGNORED:
            place -= 1
        first = self.letters.kept[self.first]
        if place < 0 or not folded[place].isalnum():
            return "whole"
        if len(self.form.letters) == 1:
            return "other"
        if not is_word(first) or not is_word(folded[place]):
            return "whole" if not self._cuts_words() else "other"
        if text[place].isdigit() != first.isdigit():
            return "hump" if not first.isdigit() else "other"
        return "hump" if text[place].islower() and text[self.start].isupper() else "other"

    def _edge_after(self) -> str:
        place, folded, text = self.end, self.letters.folded, self.letters.text
        while place < len(folded) and folded[place] == IGNORED:
            place += 1
        last = self.letters.kept[self.last]
        if place == len(folded) or not folded[place].isalnum():
            return "whole"
        if len(self.form.letters) == 1:
            return "other"
        if not is_word(last) or not is_word(folded[place]) or self._has_plural(place):
            return "whole"
        if text[place].isdigit() != last.isdigit():
            return "hump" if not last.isdigit() else "other"
        return "hump" if text[self.end - 1].islower() and text[place].isupper() else "other"

    def _has_plural(self, end: int) -> bool:
        """An `s` that is an ending: `Shentes Aufzüge`."""
        folded = self.letters.folded
        if folded[end : end + 1] != "s" or not is_word(folded[end - 1]) or len(self.form.letters) < 4:
            return False
        return not is_word(folded[end + 1 : end + 2] or " ")

    def _cuts_words(self) -> bool:
        """Two ideographs that are the end of one word and the beginning of the next: 重申特别."""
        letters, form = self.letters, self.form
        if len(form.letters) > 2 or not all(map(is_ideograph, form.letters)) or self.end - self.start > 3:
            return False
        import rjieba

        begin = max(0, self.first - 4)
        window = letters.kept[begin : self.last + 5]
        cuts, place = set(), begin
        for word in rjieba.cut(window, False):
            place += len(word)
            cuts.add(place)
        return self.first > begin and not {self.first, self.last + 1} & cuts and self.first + 1 in cuts

    def _hides_in_address(self) -> bool:
        """A long name inside an address counts there without being a word: mail@myshente.example."""
        if len(self.form.letters) < 4 or self.form.ordinary:
            return False
        return is_in_address(self.letters.text, self.start, self.end)

    # --- capitals ---

    def _is_written_so(self) -> bool:
        """False for a common word in small letters, and for a short name that is not written as one."""
        form, letters = self.form, self.letters
        if len(form.letters) == 1:
            return letters.text[self.start] in form.spelling
        if not is_word(form.letters[0]) or not form.letters.isascii():
            return True
        if len(form.letters) <= _SHORT and (form.ordinary or form.derived):
            return self._capitals() or letters.text[self.start : self.end] == form.spelling
        if not form.ordinary:
            return form.letters not in COMMON or not letters.text[self.start : self.end].islower()
        starts = [self.first, *(self.first + n for n in form.breaks)]
        return not any(letters.text[letters.at[n]].islower() for n in starts)

    def _capitals(self) -> bool:
        written = [self.letters.text[self.letters.at[n]] for n in range(self.first, self.last + 1)]
        return not any(char.islower() for char in written)
