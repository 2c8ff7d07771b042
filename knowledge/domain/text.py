"""Text as plain strings: cleaning, sentences, length, snippets. Pure functions that never raise on any Unicode."""

from __future__ import annotations

import re
import unicodedata

from knowledge.domain.finding import Span
from knowledge.domain.locale import Locale

# Radicals without a compatibility mapping that PDF fonts put in place of whole characters (长 as ⻓), from Unicode's
# EquivalentUnifiedIdeograph.txt. The Kangxi block itself (U+2F00–2FDF) follows from NFKC.
_RADICALS = dict(
    zip(
        "⺁⺄⺈⺊⺌⺎⺒⺓⺛⺜⺝⺠⺧⺩⺬⺰⺶⻁⻄⻅⻆⻈⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂乙刀卜小兀巳幺旡日月民牛王示纟羊虎西见角讠贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
        strict=True,
    )
)

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Control characters, soft hyphen, zero-width and bidirectional marks, fillers, tags and variation selectors that can
# carry hidden text, interlinear annotation, lone surrogates, noncharacters. U+FE0E/FE0F and ZWJ stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c"
    "\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Of these, what nobody types unawares: it can make a text read otherwise than it is stored.
_HIDING = re.compile(
    "[\u061c\u115f\u1160\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_JOINER = re.compile(f"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])")
_RADICAL = re.compile("[\u2e80-\u2fdf]")


def clean(text: str, *, keep_hiding: bool = False) -> str:
    """`text` without what no reader sees, with `\\n` line ends, plain spaces and real ideographs for radicals.

    Full-width punctuation stays as it is; tabs and newlines stay. `keep_hiding` lets zero-width, bidirectional and
    tag characters stand, for those who look for them.
    """
    text = _NEWLINES.sub("\n", text)
    text = _INVISIBLE.sub(_unless_hiding if keep_hiding else "", text)
    text = text if keep_hiding else _JOINER.sub("", text)
    text = _SPACES.sub(" ", text)
    return _RADICAL.sub(lambda found: _radical(found.group()), text)


def _unless_hiding(found: re.Match[str]) -> str:
    return found.group() if _HIDING.match(found.group()) else ""


def _radical(character: str) -> str:
    return _RADICALS.get(character) or unicodedata.normalize("NFKC", character)


# --- sentences -------------------------------------------------------------------------------------------------------

_CLOSERS = "'\"”’»›)]}）】》」』〉〕〗＂＇*_`"
_CUT = re.compile(rf"(?P<newline>\n)|(?P<mark>[。！？；…｡!?.．]+)(?P<closers>[{re.escape(_CLOSERS)}]*)")
_FULL_STOPS = frozenset("。！？；…｡")
_OPENERS = "\"'“‘«‹([{（【《「『〈〔*_`#"
_BRACKETS = frozenset(")]}）】")
_CJK = re.compile(r"[⺀-鿿豈-﫿！-／：-￯가-힯𠀀-𲎯]")


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


# Before a full stop the first never end a sentence, the second not when a number follows; after the third a sentence
# ends when the next word is one that usually begins a sentence.
_NEVER = _words(
    "mr mrs ms dr prof st sr sra dra mme mlle mgr hr hrsg dipl ing e.g i.e cf vs z.b d.h u.a s.o i.d.r o.g bzw ca "
    "approx resp gen col capt lt sgt sen rep gov rev hon p.ej ex"
)
_BEFORE_NUMBER = _words("no nos nr núm art abs fig figs p pp vol ch sec eq abb s tab kap bd n nº § jan feb mar apr")
_MAYBE = _words("inc ltd co corp llc plc gmbh bros dept est jun jul aug sep sept oct nov dec ph.d jr")
_STARTERS = _words(
    "the this that these those we our it its they their he his she her you your i in on at for from with by as if when "
    "while since after before and but so or however also a an to there what why how all many most today now then "
    "der die das wir es le la les nous il elle el los las os para"
)
_ORDINAL_BEFORE = _words("der die das den dem des am zum zur beim im vom seit ab bis jeder jeden jedes")
_MONTHS = _words("januar jänner februar märz april mai juni juli august september oktober november dezember quartal")
_LAST_TOKEN = re.compile(r"[^\s\"'“”‘’«»()\[\]（）【】]+$")
_NEXT_WORD = re.compile(r"[^\W\d_]+")


def sentences(text: str) -> list[Span]:
    """Where the sentences of `text` stand, in order; together they cover all of it but white space.

    Chinese and Latin marks end a sentence together with the quotes and brackets that close there; so does a line
    break. Decimals, versions, addresses, initials and common abbreviations do not. Linear in the length of the text.
    """
    spans: list[Span] = []
    start, quotes, counted = 0, 0, 0
    for cut in _CUT.finditer(text):
        if cut["newline"]:
            end = cut.start()
        else:
            quotes += text.count('"', counted, cut.end("mark"))
            counted = cut.end("mark")
            end = _end_of_sentence(text, start, cut, quotes % 2 == 1)
            if end < 0:
                continue
        _append(spans, text, start, end)
        start, quotes, counted = end, 0, end
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    kept = len(piece.strip())
    if kept:
        spans.append(Span(start + left, start + left + kept))


def _end_of_sentence(text: str, start: int, cut: re.Match[str], quote_open: bool) -> int:
    """Where the sentence ends that `cut` may close, or -1."""
    mark, closers, end = cut["mark"], cut["closers"], cut.end()
    spaced = end == len(text) or text[end].isspace()
    ahead = text[end : end + 40].lstrip().lstrip(_OPENERS)
    if set(mark) & _FULL_STOPS:
        if set(mark) == {"…"} and ahead[:1].islower():
            return -1
        # A straight quote directly after the mark opens the next sentence when none is open.
        return cut.end("mark") if closers[:1] == '"' and not spaced and not quote_open else end
    if not spaced and not _CJK.match(text[end]):
        return -1
    if ahead[:1].islower():
        return -1
    if mark == "." and _BRACKETS.issuperset(closers) and _is_abbreviation(text, start, cut.start(), ahead):
        return -1
    return end


def _is_abbreviation(text: str, start: int, dot: int, ahead: str) -> bool:
    """True when the full stop at `dot` belongs to the word before it and the sentence goes on with `ahead`."""
    found = _LAST_TOKEN.search(text[max(start, dot - 30) : dot])
    if found is None or not ahead:
        return False
    token = found.group().lower()
    first = _NEXT_WORD.match(ahead)
    word = first.group().lower() if first else ""
    if token.isdigit():
        return len(token) <= 2 and _is_ordinal(text[max(start, dot - 60) : dot].lower().split(), word)
    if token in _NEVER or (token in _BEFORE_NUMBER and ahead[0].isdigit()):
        return True
    last = token.rpartition(".")[2]
    if token in _MAYBE or (len(last) == 1 and last.isalpha() and not _CJK.match(last)):
        return word not in _STARTERS
    return False


def _is_ordinal(words: list[str], following: str) -> bool:
    """True for `1. First` at the start of a sentence, `am 3. Mai`, `der 2. Platz`; `words` end with the number."""
    return len(words) == 1 or following in _MONTHS or words[-2] in _ORDINAL_BEFORE


# --- length and snippets ---------------------------------------------------------------------------------------------

_SPACE = re.compile(r"\s+")


def length(text: str, locale: Locale) -> int:
    """Characters without white space where the locale counts characters (zh, ja), words elsewhere."""
    if locale.counts_characters:
        return sum(not character.isspace() for character in text)
    return sum(any(character.isalnum() for character in word) for word in text.split())


def snippet(text: str, n: int) -> str:
    """`text` on one line and at most `n` characters, cut between words where there are any, with `…` at the cut."""
    line = _SPACE.sub(" ", text).strip()
    if len(line) <= n:
        return line
    if n < 1:
        return ""
    head = line[: n - 1]
    space = head.rfind(" ")
    inside_word = line[n - 1].isascii() and line[n - 1].isalnum() and head[-1:].isascii() and head[-1:].isalnum()
    if inside_word and space >= n // 2:
        head = head[:space]
    return head.rstrip() + "…"
