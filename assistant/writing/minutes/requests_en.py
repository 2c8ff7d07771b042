"""Whether an English sentence gives somebody a job: the promise, the request, the job that has nobody yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.claims.names.words import CALENDAR, ORDINARY
from assistant.writing.minutes.asked import Asked
from assistant.writing.minutes.dues import dues, without_dues
from assistant.writing.minutes.spoken import any_call, called, tidy, whole

_NO_WORK = (
    r"(?!\b(?:be|have|think|guess|say|agree|admit|live|bet|take (?:that|it)|just|not|never|like|love|know|see"
    r"|tell you|mean|ask you a)\b)"
)
_MAY = re.compile(
    r"\b(?:I'll|I will|I'm going|I am going|Then I|you|please|has to|needs to|must|will have to|should be"
    r"|goes to|owner|ask|have|send|check|write|book|call)\b",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"(?:send|write|check|ask|call|book|prepare|make sure|talk to|speak to|find out|fix|update|draft|review|read"
    r"|order|buy|bring|set up"
    r"|organi[sz]e|arrange|contact|e-?mail|share|post|finish|correct|test|collect|compile|schedule|follow up"
    r"|look into|work on|deliver|submit"
    r"|circulate|translate|confirm|pass|forward|upload|print|invite|negotiate|close|sign|pay|report|raise"
    r"|take care|handle|get (?:you|me|that|the) )\b",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    rf"\bI(?:'ll| will|'m going to| am going to| can| shall)\s+(?:also |then |try to |go and "
    rf"|have to )?{_NO_WORK}(?P<what>[a-z]\w*.*)",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"\bI (?:also )?(?!(?:can|cannot|can't|am|was|were|had|did|do not|don't|think|know|see|saw|thought|would"
    r"|could|should|want|wanted|like|guess|mean|said|agree|believe|hope|hear|heard|feel|felt|have|told|texted"
    r"|remember|mixed|swapped)\b)(?P<what>[a-z]+(?! ?ed\b)\b.*)"
)
_REQUEST = re.compile(
    r"\b(?:can|could|will|would) you (?!like|say|think|mean|want|have|be\b|see|imagine|hear)(?:please |also "
    r"|maybe )?(?P<a>[a-z].*)|\bplease,? (?:also )?(?P<b>[a-z].*)|\byou (?:need to|have to|should"
    r"|must) (?P<c>[a-z].*)|^(?P<d>(?:send|check|ask|write|book|call|get|make|prepare|bring|take care of"
    r"|find out|look into|follow up) .*)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:somebody|someone|one of us) (?:\w+ \w+ )?(?:has to|needs to|must|will have to|ought to) (?P<a>.*)"
    r"|(?P<b>[\w' -]{2,60}?) (?:must|needs? to|has to|have to) be (?P<c>\w+ed\b.*|re\w+|done|made|sent|written"
    r"|bought|found|set .*)|(?P<e>.*)\b(?:owner open|no owner|nobody named)\b.*",
    re.IGNORECASE,
)
_NO_JOB = re.compile(
    r"\bplease,? (?:don't|do not|no\b|everyone|pass it on|tell (?:her|him|them) that)|^(?:please )?(?:don't"
    r"|do not)\b|\byou should have it\b|\bI(?:'ll| will) (?:live with|have (?:an|it))",
    re.IGNORECASE,
)
_RELAYED = re.compile(
    r"\b(?:tell|ask|remind) (?:her|him|them)\b.*?\b(?:she|he|they) (?:needs? to|has to|have to|should"
    r"|must) (?P<what>[a-z].*)",
    re.IGNORECASE,
)
_DELIVERED = re.compile(r"\byou(?:'ll| will)? (?:have|get) (?P<what>.*)", re.IGNORECASE)
_MEANT = re.compile(
    r"\b(?:[Tt]hat should be|[Ii]t should be|[Ii]t goes to|[Aa]sk"
    r"|[Hh]ave) (?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?= (?:from|to|do)\b|[,;.]|$)"
    r"(?: from [^,;.]*)?(?:[,;] (?:she|he) is [^,;.]*)?"
)
_ABSENT = re.compile(
    r"^(?:she|he|they) is (?:on|not|away|travel)|\bplease tell (?:her|him|them)\b.*?(?:,? and |that )"
    r"|\bplease (?:pass it on|let \w+ know)\b",
    re.IGNORECASE,
)


def asked_en(sentence: str, before: str, speaker: str, names: Sequence[str], *, timed: bool) -> Asked | None:
    """The job that an English sentence gives; None when it gives none.

    `before`: what the same person said before it; `timed`: it has a time by which something is due, or is told to have
    none.
    """
    if not timed and not _MAY.search(sentence):
        return None
    said = tidy(sentence).rstrip(".! ")
    if _NO_JOB.search(said):
        return None
    if relayed := _RELAYED.search(said):
        absent = _last_named(f"{before} {said[: relayed.start()]}", names)
        return Asked(_what_en(relayed["what"]), absent) if absent else None
    if delivered := _DELIVERED.search(said):
        return Asked(_what_en(delivered["what"]), speaker) if timed else None
    if nobody := _NOBODY.search(said):
        what = nobody["a"] or nobody["e"] or f"{nobody['b']} to be {nobody['c']}"
        return Asked(_what_en(what), nobody=True) if timed or not nobody["b"] else None
    question = said.endswith("?")
    person, rest = _called_en(said, names)
    if person and (job := _job_en(rest, question)):
        other = _third_en(rest, names)
        return Asked(_what_en(job), other or person)
    if other := _third_en(said, names):
        return None if question else Asked(_what_en(_MEANT.sub("", said)), other)
    if question and not re.match(r"(?i)(?:can|could|will|would) you", said):
        return None
    if promise := _PROMISE.search(said):
        sure = re.search(r"\bI(?:'ll| will|'m going)", promise.group())
        what = _what_en(promise["what"])
        works = bool(sure and _WORK.match(promise["what"]))
        return Asked(what, speaker, about=_before(said, promise)) if works or timed else None
    if (plain := _PLAIN.search(said)) and (timed or re.match(r"(?i)then I ", sentence)):
        return (
            Asked(_what_en(plain["what"]), speaker) if not re.search(r"\b(?:n't|not)\b", plain["what"][:20]) else None
        )
    if request := _REQUEST.search(said):
        what = next(part for part in request.groups() if part)
        if not timed and not _WORK.match(what):
            return None
        asked = next((n for n in names for c in called(n) if re.search(rf", {re.escape(c)}(?:,|\?|$)", said)), "")
        what = re.sub(rf", (?:{'|'.join(map(re.escape, called(asked)))})\b", "", what) if asked else what
        return Asked(_what_en(what.rstrip("?")), asked, to_you=not asked)
    return None


def _before(said: str, promise: re.Match[str]) -> str:
    """What stands before a promise in the same sentence, when it is a clause of its own."""
    text = said[: promise.start()].strip(" ,;:–-")
    return text if len(text.split()) >= 3 and said[: promise.start()].rstrip()[-1:] in ";:,–-" else ""


def _last_named(said: str, names: Sequence[str]) -> str:
    """The person named last in a text: one who speaks in the meeting, whole, or a capitalised word that is no other."""
    calls = {call: name for name in names for call in called(name)}
    found = [
        word
        for word in re.findall(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]+\b", said)
        if word.casefold() not in ORDINARY | CALENDAR and word not in calls
    ]
    return found[-1] if found else ""


@lru_cache(maxsize=64)
def _calling(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:[\w' ]{{1,24}}, )?(?P<call>{any_call(names)})\s*,\s*(?P<rest>.+)")


@lru_cache(maxsize=64)
def _doing(names: tuple[str, ...]) -> re.Pattern[str]:
    verb = (
        "will|to|should|needs to|has to|must|checks?|sends?|writes?|does|books?|asks?|prepares?|gets?|makes?"
        "|takes?|brings?"
    )
    return re.compile(rf"\b(?P<call>{any_call(names)}) (?:{verb}) [a-z]")


def _called_en(said: str, names: Sequence[str]) -> tuple[str, str]:
    """Who is called at the beginning of a sentence (or behind a short opening), and what follows."""
    match = _calling(tuple(names)).match(said)
    return (whole(match["call"], names), match["rest"]) if match else ("", "")


def _job_en(rest: str, question: bool) -> str:
    """What somebody who is called is to do: a request, or a thing with a date."""
    if request := _REQUEST.search(rest):
        return next(part for part in request.groups() if part).rstrip("?")
    return (
        rest
        if not question and dues(rest) and not re.match(r"(?i)(?:I|we|it|that|this|there|the \w+ (?:is|was))\b", rest)
        else ""
    )


def _third_en(said: str, names: Sequence[str]) -> str:
    """Of whom a sentence says that he or she does something: "Katrin sends …", "that should be Mei"."""
    match = _doing(tuple(names)).search(said)
    if match and dues(said):
        return whole(match["call"], names)
    absent = re.search(
        r"(?:^|[,;] )(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?) (?:will|checks|sends|writes|does|books|prepares|gets"
        r"|brings) [a-z]",
        said,
    )
    if absent and dues(said) and absent["name"].split()[0].casefold() not in ORDINARY | CALENDAR:
        return absent["name"]
    if match := _MEANT.search(said):
        return match["name"]
    return ""


def _what_en(said: str) -> str:
    """What is to be done: the words without the date and what comes after it."""
    text = _ABSENT.sub("", without_dues(said)).strip(" ,;:?.")
    text = re.sub(r"^(?:please|also|then|to|that|you)\s+|\s+myself$", "", text, flags=re.IGNORECASE)
    if re.match(r"(?i)(?:and |or )?(?:no|not|never)\b", text):
        return ""
    text = re.split(r"(?:, (?:but|because|since|so|please)\b| or (?:they|we|it|he|she|you)\b| and tell us$)", text)[
        0
    ].strip(" ,;:")
    return text[:1].upper() + text[1:]
