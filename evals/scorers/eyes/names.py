"""Names of organisations, persons and products, as far as plain eyes see them.

Seen: Latin words with a capital, a digit or capitals inside, in Han text wherever they stand, in Latin text not as the
first word of a sentence (unless their shape gives them away); Han names that end as organisations do (公司, 集团,
大学 …), and persons whom the segmenter knows for such beside a title or a word of saying. Not seen: Han names of
products and places, persons without either, and names that only a common word at the start of a sentence is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from evals.scorers.eyes.countries import SAME
from evals.scorers.eyes.texts import HAN
from evals.scorers.eyes.words import MONTHS

_LATIN = re.compile(r"[^\W_\d][^\W_]*(?:[-.&/’'+·][^\W_]+)*[+#]*|[0-9]+[A-Za-z][^\W_]*")
_SENTENCE = re.compile(r"(?:^|[.!?:;。！？：；“”\"'(（「\n|–—-])[\s*#>]*$")
_ORGANISATION = (
    "公司 集团 大学 学院 研究院 研究所 研究中心 协会 学会 联盟 银行 医院 委员会 事务所 基金会 实验室".split()
)
_SAYING = r"^(?:表示|说|指出|认为|介绍|称|强调|透露|谈到|坦言|补充|回忆|总结)"
_TITLE = r"(?:先生|女士|博士|教授|总监|经理|主任|主席|董事长|总裁|总经理|院长|工程师|执行官|负责人|创始人|CEO|CTO)"
_GENERIC = frozenset(
    "AI IT IoT IIoT OT ICT B2B B2C SaaS PaaS API APP ID PC PDF URL USB LED WiFi Wi-Fi GPS CEO CTO CFO COO CMO VP HR PR "
    "FAQ ROI KPI OK TV SMS QR Excel Internet Web I Mr Ms Mrs Dr EUR USD RMB CNY GBP JPY CO2 vs Monday Tuesday "
    "Wednesday Thursday Friday Saturday Sunday English Chinese German".casefold().split()
)
_ORDINARY = frozenset(
    "a an and as at but by for from has have how i if in into is it its no not of on or our out over so than that the "
    "their then there these they this those to under until we what when where which while who why will with within "
    "you".split()
)
_LINKS = frozenset("n ns nr nrt nrfg nt nz j b f s x eng vn zg m q r ng an l i a t".split())
_COMMON = frozenset(
    "一家 这家 两家 多家 每家 科技 软件 有限 股份 责任 上市 跨国 有限责任 股份有限 同一 其他 当地 国内 国外 全国 地方 "
    "民营 国有 大型 小型 中型 客户 合作 行业".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `start`–`end`. `coded`: its shape (R200, TingDeck) says that it is the same in every language."""

    start: int
    end: int
    text: str
    coded: bool = False


def names(text: str) -> list[Name]:
    """The names that a text mentions, in order."""
    found = [*_latin(text), *_organisations(text), *_persons(text)]
    return sorted(found, key=lambda name: name.start)


def codes(name: Name) -> str:
    """Only the words of a name whose shape gives them away: `R200` of `Tingstone R200`."""
    return " ".join(word for word in name.text.split() if _is_coded(word))


def stands(name: Name, source: str) -> bool:
    """True when every word of the name occurs in the source, or its initials do, or a word with these initials."""
    if re.search(f"[{HAN}]", name.text):
        return all(word in source for word in _distinct(name.text))
    known = _words_of(source)
    parts = [part for part in re.split(r"[^\w]+", name.text.casefold()) if part]
    if all(_known(part, known) for part in parts):
        return True
    initials = "".join(part[0] for part in parts)
    return (len(parts) > 1 and initials in known) or (
        len(parts) == 1 and name.text.isupper() and _spelled(parts[0], source)
    )


# --- Latin ------------------------------------------------------------------------------------------------------------


def _latin(text: str) -> Iterator[Name]:
    han_text = len(re.findall(f"[{HAN}]", text)) > len(re.findall(r"[A-Za-z]+", text))
    words = (
        [m for m in _LATIN.finditer(text) if not re.search(f"[{HAN}]", m.group())] if not han_text else _in_han(text)
    )
    headline = not han_text and not text.rstrip().endswith((".", "!", "?")) and _is_headline(words)
    run: list[re.Match[str]] = []
    for word in words:
        named = _is_name(text, word, headline, after=bool(run) and text[run[-1].end() : word.start()] == " ")
        if run and (not named or text[run[-1].end() : word.start()] not in (" ", " & ")):
            yield _name(text, run)
            run = []
        if named:
            run.append(word)
    if run:
        yield _name(text, run)


def _in_han(text: str) -> list[re.Match[str]]:
    return list(
        re.finditer(
            r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ0-9]*(?:[-.&/’'+][A-Za-zÀ-ÿ0-9]+)*[+#]*|(?<![0-9.])[0-9]+[A-Z][A-Za-z0-9]*", text
        )
    )


def _name(text: str, run: list[re.Match[str]]) -> Name:
    start, end = run[0].start(), run[-1].end()
    said = re.sub(r"[’']s$", "", text[start:end])
    return Name(start, start + len(said), said, any(_is_coded(word.group()) for word in run))


def _is_name(text: str, word: re.Match[str], headline: bool, after: bool) -> bool:
    said = word.group()
    bare = re.sub(r"[’']\w+$", "", said)
    if bare.casefold() in _GENERIC or bare.casefold() in _ORDINARY or _is_month(bare) or _in_address(text, word):
        return False
    if _is_measured(text, word):
        return False
    if _is_coded(said):
        return True
    if headline or not said[0].isupper() or len(bare) < 2:
        return False
    return after or not _SENTENCE.search(text[max(0, word.start() - 8) : word.start()])


def _is_coded(word: str) -> bool:
    return bool(re.search(r"[A-Za-z][0-9]|[0-9][A-Z]|[a-z][A-Z]", word))


def _is_measured(text: str, word: re.Match[str]) -> bool:
    """A unit or scale word beside a figure: 10 kHz, 4 Gb, RMB 20, 38min; a quarter."""
    if re.fullmatch(r"[QH][1-4]|FY[0-9]{2,4}|S[0-9]{1,2}", word.group()):
        return True
    return bool(re.search(r"[0-9] ?$", text[: word.start()]) and len(word.group()) <= 4)


def _in_address(text: str, word: re.Match[str]) -> bool:
    if re.match(r"www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/|$)", word.group()):
        return True
    return bool(re.search(r"[@/.]$", text[: word.start()]) or re.match(r"@|://|\.[a-z]{2,}", text[word.end() :]))


def _is_month(word: str) -> bool:
    return any(
        word in names or (len(word) in (3, 4) and any(n.startswith(word) for n in names)) for names in MONTHS.values()
    )


def _is_headline(words: list[re.Match[str]]) -> bool:
    """Title Case, Where Every Word Has a Capital, tells nothing about names."""
    long = [word.group() for word in words if len(word.group()) > 3]
    return len(long) > 2 and sum(word[0].isupper() for word in long) > 0.7 * len(long)


@lru_cache(maxsize=1024)
def _words_of(source: str) -> frozenset[str]:
    found = set()
    for match in re.finditer(r"[A-Za-zÀ-ÿ0-9]+(?:[-.&/’'+][A-Za-zÀ-ÿ0-9]+)*", source.casefold()):
        found |= {match.group(), *re.split(r"[^\w]+", match.group())}
    return frozenset(found)


def _known(part: str, known: frozenset[str]) -> bool:
    forms = {part, part.removesuffix("s"), part.removesuffix("es"), part + "s"}
    if part.endswith("ies"):
        forms.add(part[:-3] + "y")
    forms |= SAME.get(part, SAME.get(part.removesuffix("s"), frozenset()))
    return bool(forms & known) or len(part) == 1


def _spelled(acronym: str, source: str) -> bool:
    """True when words of the source begin with these letters, in order and side by side."""
    initials = "".join(word[0] for word in re.findall(r"[a-z]+", source.casefold()))
    return len(acronym) > 1 and acronym in initials


# --- Han --------------------------------------------------------------------------------------------------------------


def _organisations(text: str) -> Iterator[Name]:
    """Back from an ending to the first word that is no part of a name."""
    for run in re.finditer(f"[{HAN}]+", text):
        tagged = _tagged(run.group())
        for at, (word, _, end) in enumerate(tagged):
            ending = next((o for o in _ORGANISATION if word.endswith(o)), None)
            if ending is None:
                continue
            first = at
            while first > 0 and at - first < 5 and tagged[first - 1][1] in _LINKS:
                first -= 1
            said = "".join(item[0] for item in tagged[first : at + 1])
            if len(said) > len(ending) and _distinct(said):
                begin = run.start() + end - len(said)
                yield Name(begin, run.start() + end, said)


def _persons(text: str) -> Iterator[Name]:
    for run in re.finditer(f"[{HAN}]+", text):
        whole = run.group()
        for word, tag, end in _tagged(whole):
            before, after = whole[: end - len(word)], whole[end:]
            beside = re.match(_SAYING, after) or re.match(_TITLE, after) or re.search(f"{_TITLE}$", before)
            if tag in ("nr", "nrt", "nrfg") and 2 <= len(word) <= 4 and beside:
                yield Name(run.start() + end - len(word), run.start() + end, word)


@lru_cache(maxsize=8192)
def _tagged(run: str) -> tuple[tuple[str, str, int], ...]:
    """Words with part of speech and end."""
    import rjieba

    found, end = [], 0
    for word, tag in rjieba.tag(run):
        end += len(word)
        found.append((word, tag, end))
    return tuple(found)


def _distinct(name: str) -> list[str]:
    """The words of a name that tell it from others: without its ending and without words that any company has."""
    stem = next((name.removesuffix(o) for o in _ORGANISATION if name.endswith(o)), name)
    return [
        word for word, tag, _ in _tagged(stem) if len(word) > 1 and word not in _COMMON and tag not in ("r", "m", "q")
    ]
