"""What a program can put right in a translation without guessing: a figure in its known form, edges, quotation marks,
the brackets of a placeholder, tags around what was put in place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.claims.quantities import match_of, quantities
from assistant.localization.checks.base import Pair
from assistant.localization.content import Code, Content, Piece
from assistant.localization.layout import laid_out
from assistant.localization.protection.prepared import Prepared
from assistant.localization.tagging import lost_pairs, wrapped
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import Match, Quantity, same_value

_WRAPPED = (("“", "”"), ('"', '"'), ("「", "」"), ("'", "'"))
_ENDS = {"。": ".", "！": "!", "？": "?", "；": ";", "：": ":"}
_WIDE_ENDS = {latin: wide for wide, latin in _ENDS.items()}


def mended(pair: Pair, prepared: Prepared) -> Pair:
    """`pair` with a better target where that is certain; see the functions below for each mend."""
    target = _tagged(prepared, _bare_names(pair.source, pair.target))
    target = _double_quoted(pair.source, _unwrapped(pair.source, target), pair.target_locale)
    target = _quoted(pair.source, target, pair.target_locale)
    target = _figures(pair, target, prepared)
    target = laid_out(pair.source, target, pair.source_locale, pair.target_locale)
    target = _ended(pair.source, target, pair.target_locale.counts_characters, prepared)
    if pair.source_locale.counts_characters and not pair.target_locale.counts_characters:
        target = _capital(pair.source, target)
    return replace(pair, target=target)


def _unwrapped(source: Content, target: Content) -> Content:
    """Quotation marks around the whole that the source does not have are the model's."""
    original = str(source).strip()
    if any(original.startswith(mark) for pair in _WRAPPED for mark in pair):
        return target
    for left, right in _WRAPPED:
        first, last = (target.pieces[0], target.pieces[-1]) if target.pieces else ("", "")
        if isinstance(first, str) and isinstance(last, str) and first.startswith(left) and last.endswith(right):
            inner = str(target)[1:-1]
            if inner and left not in inner and right not in inner:
                whole = Content.of(first[1:], *target.pieces[1:])
                return Content.of(*whole.pieces[:-1], str(whole.pieces[-1])[:-1])
    return target


_QUOTES = {"zh": "“”", "ja": "「」", "de": "„“", "fr": "« »"}
_OPENS, _CLOSES = re.compile(r"\s*[“„«「『]"), re.compile(r"[”“»」』]\s*$")
_ANY_QUOTE = re.compile(r"[“”„«»「」『』\"]")


def _quoted(source: Content, target: Content, locale: Locale) -> Content:
    """A source that is a quotation from end to end, or where one begins or ends, is so in the target: models drop the
    marks. Only where no other marks stand in either."""
    text = str(source)
    opens, closes = _OPENS.match(text) is not None, _CLOSES.search(text) is not None
    if not target.pieces or len(_ANY_QUOTE.findall(text)) != opens + closes or _ANY_QUOTE.search(str(target)):
        return target
    marks = _QUOTES.get(locale.language, "“”").replace(" ", "\u00a0")
    left, right = (marks[:-1] if opens else ""), (marks[1:] if closes else "")
    return Content.of(left, *target.pieces, right)


_SINGLE = re.compile(r"(?<![\w'])'(?=\S)([^'\n]*(?:\w'\w[^'\n]*)*)(?<=\S)'(?!\w)")


def _double_quoted(source: Content, target: Content, locale: Locale) -> Content:
    """Single marks around what the source has in double ones, each of them and nothing else, become double ones: within
    JSON models avoid those."""
    if locale.counts_characters or _ANY_QUOTE.search(str(target)):
        return target
    quoted = len(re.findall(r"“[^”]*”|\"[^\"]*\"|「[^」]*」", str(source)))
    if not quoted or sum(len(_SINGLE.findall(piece)) for piece in target.pieces if isinstance(piece, str)) != quoted:
        return target
    marks = _QUOTES.get(locale.language, "“”").replace(" ", "\u00a0")
    form = rf"{marks[:-1]}\1{marks[1:]}"
    return Content.of(*(_SINGLE.sub(form, piece) if isinstance(piece, str) else piece for piece in target.pieces))


def _tagged(prepared: Prepared, target: Content) -> Content:
    """A pair of tags that is lost goes around its words again where they stand in the target as they were put in place:
    a name, a term or a figure."""
    for pair in lost_pairs(prepared.content, target):
        target = wrapped(target, pair, pair.words)
    return target


_OWN_NAME = re.compile(r"\$?\{+\s*(\w{3,})\s*\}+|%\((\w{3,})\)\w")


def _bare_names(source: Content, target: Content) -> Content:
    """A placeholder whose name stands without its brackets, once and as no word of the source, gets them back."""
    there = [piece.text for piece in target.pieces if isinstance(piece, Code)]
    for code in (piece for piece in source.pieces if isinstance(piece, Code) and piece.text not in there):
        match = _OWN_NAME.fullmatch(code.text)
        name = (match.group(1) or match.group(2)) if match else ""
        bare = re.compile(rf"(?<![\w{{(]){re.escape(name)}(?![\w}})])", re.ASCII)
        words = [piece for piece in target.pieces if isinstance(piece, str)]
        if not name or bare.search(source.words) or sum(len(bare.findall(piece)) for piece in words) != 1:
            continue
        pieces: list[Piece] = []
        for piece in target.pieces:
            found = bare.search(piece) if isinstance(piece, str) else None
            pieces += [piece] if not isinstance(piece, str) or found is None else [
                piece[: found.start()], code, piece[found.end() :]
            ]  # fmt: skip
        target = Content.of(*pieces)
    return target


def _figures(pair: Pair, target: Content, prepared: Prepared) -> Content:
    """Where just one placed figure is missing and just one of the target's has no source, it is that one; where the
    value stands without its qualifier, the whole form goes in its place."""
    missing = [form for form in prepared.figures if form not in str(target)]
    if not missing:
        return target
    language = pair.target_locale.tag
    wanted = [(form, found[0]) for form in missing if len(found := quantities(form, language)) == 1]
    pieces: list[Piece] = []
    said = [q for piece in target.pieces if isinstance(piece, str) for q in quantities(piece, language)]
    there = quantities(pair.source.words, pair.source_locale.tag)
    strange = [q for q in said if not any(match_of(q, one) is Match.SAME for one in there)]
    swaps = _swaps(wanted, strange)
    for piece in target.pieces:
        pieces.append(_swapped(piece, swaps, language) if isinstance(piece, str) else piece)
    return Content.of(*pieces)


def _swaps(wanted: Sequence[tuple[str, Quantity]], strange: Sequence[Quantity]) -> dict[str, str]:
    """The text of a figure in the target and the form that belongs there."""
    swaps: dict[str, str] = {}
    for form, quantity in wanted:
        if any(match_of(other, quantity) is Match.SAME for other in strange):
            continue
        near = [one for one in strange if one.text not in swaps and _same_but_qualifier(one, quantity)]
        alone = [one for one in strange if one.kind is quantity.kind] if len(wanted) == 1 and len(strange) == 1 else []
        for one in (near or alone)[:1]:
            swaps[one.text] = form
    return swaps


def _same_but_qualifier(said: Quantity, wanted: Quantity) -> bool:
    return said.kind is wanted.kind and said.value is not None and same_value(said, wanted)


def _swapped(text: str, swaps: dict[str, str], language: str) -> str:
    for quantity in sorted(quantities(text, language), key=lambda q: -q.span.start):
        form = swaps.get(quantity.text)
        if form is not None:
            text = text[: quantity.span.start] + form + text[quantity.span.end :]
    return text


def _ended(source: Content, target: Content, wide: bool, prepared: Prepared) -> Content:
    """The end of the sentence as the source has it, in the target's script."""
    original = str(source).rstrip()
    last = target.pieces[-1] if target.pieces else None
    if not original or not isinstance(last, str) or not last.strip():
        return target
    tail = last.rstrip()
    wanted = _ENDS.get(original[-1], original[-1])
    there = _ENDS.get(tail[-1], tail[-1])
    if wanted in _WIDE_ENDS and there in _WIDE_ENDS:
        tail = tail[:-1] + (_WIDE_ENDS[wanted] if wide else wanted)
    elif wanted == "." and tail[-1].isalnum() and not original.endswith(".."):
        tail += "。" if wide else "."
    elif there == "." and original[-1].isalnum() and not _ends_in_form(tail, prepared):
        tail = tail[:-1]
    return Content.of(*target.pieces[:-1], tail)


def _ends_in_form(text: str, prepared: Prepared) -> bool:
    """The point of "Co., Ltd." and "e.g." is no full stop."""
    forms = (one.form for one in prepared.placed if one.form.endswith("."))
    return re.search(r"\.\w{0,3}\.$", text) is not None or any(text.endswith(form) for form in forms)


def _capital(source: Content, target: Content) -> Content:
    """What comes from a script without capitals begins with one; a word of the source stays as it is there."""
    first = target.pieces[0] if target.pieces else None
    word = re.match(r"[a-zà-ÿ]+(?![\w./_-])", first) if isinstance(first, str) else None
    if not isinstance(first, str) or word is None or word.group() in str(source):
        return target
    return Content.of(first[0].upper() + first[1:], *target.pieces[1:])
