"""A sentence with less in it: what an editor strikes out to fit a text into its space. Pure.

Only whole clauses go, from the end, and the month in brackets beside "nine months after go-live". Nothing is put into
other words, so that no form says what the sentence did not say. Where that which would go limits what stays ("but",
"only", a target, a pilot), the sentence stands whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SHORTEST = {"zh": 10, "en": 24}
"""Characters below which what is left of a sentence is none."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_BRACKETED_MONTH = re.compile(r"（\d{4} ?年(?: ?\d{1,2} ?月)?(?: ?\d{1,2} ?日)?）")
_LATE_MONTH = re.compile(rf"^((?:\S+ ){{1,4}}(?:after|into|since) [^,]{{2,40}}), in (?:(?:{_MONTHS}) )?\d{{4}}(?=, )")
_CLAUSE_END = {
    "zh": re.compile(r"[，；：]"),
    "en": re.compile(r"; |, |: | that | to (?=(?:measure|read|record|monitor|track|collect|detect|check|show)\b)"),
}
_CHANGE = {
    "zh": re.compile(r"[由从].*?\d.*?(?:[降升增减提缩延](?:低|高|短|长|加|少)?|变)[至到为]\D{0,6}\d|提前\D{0,4}\d"),
    "en": re.compile(rf"\bfrom\b\D*\d(?!\S* (?:{_MONTHS})).*?\bto\b\D*\d|\d.* instead of ", re.IGNORECASE),
}
"""A change: a figure before and one after."""
_LIMITS = {
    "zh": re.compile(r"但|却|仅|只|除|尚未|未|不含|不包括|试点|目标|(?<!非)计划|预计|没有|约定|持平|不变|相同"),
    "en": re.compile(
        r"\b(?:but|only|except|exclud\w+|not|no|without|never|cannot|pilots?|targets?|plan\w*|expect\w*|yet|same"
        r"|unchanged)\b",
        re.IGNORECASE,
    ),
}
_LEADS_ON = re.compile(r"不仅|不但|既|一方面|虽然?|如果|只要|若|尽管")
"""A clause with one of these waits for the next."""
_OPEN_START = re.compile(
    r"^(?:当|随着|为|由于|因|除|作为|对于|关于|通过|经|截至|按|据|自|与|以|\d{4} ?[年—-])"
    r"|^(?:\S{0,4})(?:上线|投产|启用|实施|运行)\S{0,8}[后前]"
)
_OPEN_END = re.compile(
    r"(?:后|时|前|中|下|间|内|来|里|[年月日天]起|之际|为止|阶段|相比|同时|期间|表示|认为|发现|确认|说|指出|要求|规定|包括|即|如|是"
    r"|的)$"
)
_OPEN_EN = re.compile(r"^(?:If|When|While|Although|Since|After|Before|Once|As|With|In|By|On|At|Over|From|Because)\b")
_PLAIN_TAILS = ("; ", ": ", ", with ", ", which ", ", while ", ", mainly ", " that ", " to ")
_STRONG_LIMITS = re.compile(
    r"但|却|仅|只|除|尚未|试点|目标|(?<!非)计划|预计|\b(?:but|only|except|exclud\w+|pilots?|targets?|plan\w*|expect\w*|yet)\b",
    re.IGNORECASE,
)
"""What limits also a statement before a colon, of which the rest is but the explanation."""
_WHICH_ONES = re.compile(
    r"\b(?:the|those|these|all|its|their|every|each)\b[^,;]{0,40}$|(?<![\w,.])\d[\d,.]*\D{0,24}$", re.IGNORECASE
)
"""Before "that …": which ones it is about stands in what would go."""
_THINGS = re.compile(r"\b(?!(?:was|has|is|means|shows|says|knows|finds|ensures|proves|confirms)$)[a-z]{3,}s$")
_COLON = re.compile(r"：|: ")
_ANNOUNCES = re.compile(
    r"[一两二三四五六七八九十几] ?[个种步类点项大]|问题|原因|前提|如下|以下"
    r"|\b(?:two|three|four|five|six|several|problem|reason|following)\b",
    re.IGNORECASE,
)
_FOR_WRITERS = re.compile(
    r"(?:不得|请勿|切勿|不可|禁止)(?:对外|称|写(?!入)|说|宣传|引用|外传|发布|公开|以)|对外不得|对外使用|[仅只][供限]内部"
    r"|\b(?:do not|must not|never) (?:be )?(?:describe|call|say|state|publish|present|quote|claim|mention)(?:e?d)?\b"
    r"|\b(?:do not|must not|never) write (?:of|that|this|it|about)\b"
    r"|\binternal use only\b",
    re.IGNORECASE,
)
_PART_END = re.compile(r"[，；]|; |, (?=and )")
_BREAK = {"zh": re.compile(r"[，；：]"), "en": re.compile(r", |; |: ")}
_JOINED_ON = re.compile(r"^(?:and|while|whereas)\b\s*|^(?:同时|并且?|而且?)(?=[^由从])")
_FROM = {"zh": re.compile(r"[由从](?=\D{0,8}\d)"), "en": re.compile(r"\bfrom\b", re.IGNORECASE)}
_SUBJECT = {"zh": 2, "en": 8}
"""Characters that must stand before "from": what it is that changed."""
_LEANING = re.compile(r"(?:其|它|该|这|此)|(?:its?|their|they|this|that|these|which|who|he|she)\b", re.IGNORECASE)
_MORE_EN = re.compile(
    r", (?:so|which|where|with|because|as)\b"
    r"| and (?=(?:has|have|is|are|can|runs?|reads?|stores?|keeps?|works?|mounts?)\b)"
)
"""Where a headline may end: what comes explains or adds."""
_DAY_FIRST = re.compile(rf"^(?:\d{{4}} ?年 ?\d{{1,2}} ?月 ?\d{{1,2}} ?日，?|On \d{{1,2}} (?:{_MONTHS}) \d{{4}}, )")
_OPENERS, _CLOSERS = "（(“「『[", "）)”」』]"


def forms(sentence: str, language: str) -> list[str]:
    """The sentence and its shorter forms, the fullest first; only itself where nothing can safely go.

    `language` is that of the sentence; other languages than Chinese and English have one form.
    """
    sentence = _ended(sentence)
    if language not in _CLAUSE_END:
        return [sentence]
    wholes = list(dict.fromkeys((sentence, _without_month(sentence))))
    cut = [short for whole in wholes for short in _cut(whole, language)]
    return list(dict.fromkeys((*wholes, *cut)))


def changes(text: str, language: str) -> int:
    """How many changes a text tells: pairs of a figure before and one after."""
    pattern = _CHANGE.get(language, _CHANGE["en"])
    return sum(bool(pattern.search(clause)) for clause in re.split(r"[，；。]|, |; |\. ", text))


def told_changes(sentence: str, language: str) -> list[str]:
    """The clauses of a sentence that tell a change with what changed ("二次上门率由 31% 降至 12%") and stand alone as a
    headline does, without the when and where; none where something in the sentence limits what it says."""
    if language not in _CLAUSE_END or _LIMITS[language].search(sentence):
        return []
    alone = []
    for clause in _BREAK[language].split(sentence.rstrip("。.！!；;")):
        bare = _JOINED_ON.sub("", clause).strip()
        before = _FROM[language].split(bare, maxsplit=1)[0]
        opens = _OPEN_START.match(bare) if language == "zh" else _OPEN_EN.match(bare[:1].upper() + bare[1:])
        told = before != bare and len(before.strip()) >= _SUBJECT[language] and _CHANGE[language].search(bare)
        if told and not opens and not _LEANING.match(bare):
            alone.append(bare[:1].upper() + bare[1:])
    return alone


def headlines(sentence: str, language: str) -> list[str]:
    """What of a sentence can stand as a headline: its shorter forms, without the day of an event in front, and in
    English also what stands before "and has …" or "so …", where nothing in the sentence limits what it says."""
    found = forms(sentence, language)
    if language == "en" and not _LIMITS["en"].search(sentence):
        for form in tuple(found):
            cut = _MORE_EN.search(form)
            found += [form[: cut.start()]] if cut and cut.start() >= SHORTEST["en"] else []
    without = (_DAY_FIRST.sub("", form) for form in found)
    return list(dict.fromkeys(form[:1].upper() + form[1:] for form in without if form))


def for_readers(sentence: str) -> str:
    """The sentence without what tells writers how to use it ("do not describe this as …"); empty when that is all."""
    found = _FOR_WRITERS.search(sentence)
    if found is None:
        return sentence
    before = [mark.start() for mark in _PART_END.finditer(sentence) if mark.start() <= found.start()]
    full_stop = "。" if "一" <= sentence[0] <= "鿿" else "."
    return sentence[: before[-1]] + full_stop if before else ""


def _ended(sentence: str) -> str:
    """A part that a semicolon closes, as a sentence of its own."""
    if sentence.endswith("；"):
        return f"{sentence[:-1]}。"
    return f"{sentence[:-1]}." if sentence.endswith(";") else sentence


def _without_month(sentence: str) -> str:
    """Without the calendar month where "after go-live" says the period: the space is worth more than the month."""
    return _LATE_MONTH.sub(r"\1", _BRACKETED_MONTH.sub("", sentence))


def _cut(sentence: str, language: str) -> Iterator[str]:
    end = sentence[-1:] if sentence[-1:] in "。.！!" else ""
    body = sentence[: len(sentence) - len(end)]
    listed = _announced(body)
    for found in reversed(list(_CLAUSE_END[language].finditer(body))):
        if found.start() > listed or _enclosed(body, found.start()):
            continue
        head, tail = body[: found.start()], body[found.start() :]
        limits = _STRONG_LIMITS if tail[0] in "：:" else _LIMITS[language]
        if len(head) < SHORTEST[language] or limits.search(tail):
            continue
        kept = _finished_zh(head, tail) if language == "zh" else _finished_en(head, tail)
        if kept:
            yield kept + end


def _finished_zh(head: str, tail: str) -> str:
    """The head when its last clause can end a sentence; empty when it waits for what would be cut."""
    last = re.split(r"[，；：]", head)[-1]
    if _LEADS_ON.search(last) or _OPEN_END.search(last) or (tail[0] == "：" and not re.search(r"\d", last)):
        return ""
    return head if _CHANGE["zh"].search(last) or not (_OPEN_START.search(last) or len(last) < 6) else ""


def _finished_en(head: str, tail: str) -> str:
    """The head when it can end a sentence, with "and" before the last of its changes; empty when it cannot."""
    clauses = head.split(", ")
    told = [n for n, clause in enumerate(clauses) if _CHANGE["en"].search(clause)]
    if told and told[-1] == len(clauses) - 1:
        if len(told) > 1 and not re.match(r"(?:and|while|which)\b", clauses[-1]):
            clauses[-1] = f"and {clauses[-1]}"
        return ", ".join(clauses)
    if tail.startswith(": ") and not re.search(r"\d", head):
        return ""
    if not tail.startswith(_PLAIN_TAILS) or (tail.startswith(" that ") and not _more_about(head)):
        return ""
    return "" if _OPEN_EN.match(head) and len(clauses) == 1 else head


def _more_about(head: str) -> bool:
    """True when "that …" goes on about things named already ("gateways that read …"), not which ones they are or what
    somebody knows."""
    return bool(_THINGS.search(head)) and not _WHICH_ONES.search(head)


def _announced(body: str) -> int:
    """Where a list begins that is announced ("two conditions: …") and stands whole or not at all."""
    colon = _COLON.search(body)
    return colon.start() if colon and _ANNOUNCES.search(body[: colon.start()]) else len(body)


def _enclosed(text: str, at: int) -> bool:
    """True inside brackets or quotes."""
    before = text[:at]
    opened = sum(before.count(mark) for mark in _OPENERS) - sum(before.count(mark) for mark in _CLOSERS)
    return opened > 0 or before.count('"') % 2 == 1
