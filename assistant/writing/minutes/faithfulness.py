"""Whether a sentence of minutes may stand: what a program can hold a summary of spoken lines to.

Figures, names and codes stand in the lines, the sentence itself does not; the person it speaks of said it; it is about
the same thing; written language in the third person, no dialogue; the paragraph checks find no error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.checks.paragraphs import check_paragraph
from assistant.claims.words import plain_words
from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from assistant.writing.faithful import within
from assistant.writing.minutes.spoken import any_call, called
from assistant.writing.minutes.transcript import Turn
from knowledge.domain.finding import Severity
from knowledge.domain.locale import detect_language

ABOUT, OWN = 0.35, 0.3
"""Shares of a sentence's words that the lines must have, and of a clause's that its one speaker must have."""

_FILLERS = re.compile(r"[呃嗯哎啊呀嘛]|\b(?:um|uh|you know)\b|^(?:好|行|对)[，。]", re.IGNORECASE)
_FIRST = re.compile(r"我|咱|你|您|\b(?:I|we|my|our|us|me|you|your|I'm|we're)\b", re.IGNORECASE)
_TELLING = re.compile(
    r"会议|讨论|指出|认为|提出|表示|说明|要求|解释|发言|看法|理由|结果|最缺|\b(?:group|team|discuss|report|ask"
    r"|thought|agree|add|said|propose|suggest)",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"不|没|未|无(?!论)|\b(?:no|not|never|without|none|nobody|nothing|cannot|dis\w+|reject\w*|refus\w*"
    r"|oppos\w*)\b|n't\b",
    re.IGNORECASE,
)


def holds(said: str, turns: Sequence[Turn], names: Sequence[str], desk: Desk) -> bool:
    """True when a sentence may stand in minutes that rest on `turns`; `names` are all who speak in the meeting."""
    lines = "\n".join(turn.text for turn in turns)
    words = plain_words(said)
    if (
        len(words) < 3
        or _FILLERS.search(said)
        or _FIRST.search(said)
        or _letters(said) in _letters(lines)
        or any(f"{name}：" in said or f"{name}:" in said for name in names)
        or detect_language(said) not in (None, desk.language)
        or not within(lines, said, desk.locale)
    ):
        return False
    same_language = detect_language(lines) in (None, desk.language)
    if same_language and (
        len(words & plain_words(lines)) / len(words) < ABOUT
        or (_NEGATION.search(said) and not _NEGATION.search(lines))
        or not _said_by(said, turns, names)
    ):
        return False
    evidence = Evidence("S0", lines, desk.brief.locale, origin="input")
    ledger = check_paragraph(Paragraph("p0", said, ("S0",)), [evidence], desk.standards)
    return not any(finding.severity is Severity.ERROR for finding in ledger.findings)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _said_by(said: str, turns: Sequence[Turn], names: Sequence[str]) -> bool:
    """False for somebody who does not speak in the lines and is not named there, or who said nothing of the kind."""
    lines = "\n".join(turn.text for turn in turns)
    spoken_of = people_in(said, names)
    if any(not any(call in lines for call in called(name)) for name in spoken_of):
        return False
    return all(_is_own(name, clause, turns) for name, clause in _by_speaker(said, names))


def _by_speaker(said: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The clauses that tell what one person said: each from a name at its beginning to the next such clause."""
    calls = {call: name for name in names for call in called(name)}
    begins = [
        (match.start("call"), calls[match["call"]])
        for match in re.finditer(
            rf"(?:^|[，；,;]\s*|\band )(?:the |The )?(?P<call>{any_call(names)})(?!\d|和|与|、| and|,)", said
        )
    ]
    ends = [*(start for start, _ in begins[1:]), len(said)]
    for (start, name), end in zip(begins, ends, strict=False):
        yield name, said[start:end]


def _is_own(name: str, clause: str, turns: Sequence[Turn]) -> bool:
    """True when the person's own turns have the words of a clause, and not much fewer than those of somebody else."""
    people = {turn.name for turn in turns}
    words = plain_words(clause) - plain_words(" ".join(people))
    if not words or name not in people:
        return True
    shares = {p: len(words & plain_words(" ".join(t.said for t in turns if t.name == p))) / len(words) for p in people}
    return shares[name] >= OWN and shares[name] >= 0.6 * max(shares.values())


def leaked(said: str, lines: str, prompt: str) -> bool:
    """True when a sentence has a phrase that stands in the prompt (its examples) and not in the lines."""
    if any("一" <= character <= "鿿" for character in said):
        grams = (said[n : n + 4] for n in range(len(said) - 3))
        return any(g in prompt and g not in lines and not _TELLING.search(g) for g in grams if g.isalnum())
    words = re.findall(r"[a-z'-]+", said.casefold())
    there, given = (" ".join(re.findall(r"[a-z'-]+", text.casefold())) for text in (lines, prompt))
    runs = (" ".join(words[n : n + 3]) for n in range(len(words) - 2))
    return any(
        run in given and run not in there and len(plain_words(run)) >= 2 for run in runs if not _TELLING.search(run)
    )


def with_whole_names(said: str, names: Sequence[str]) -> str:
    """A text with numbered speakers called as in the transcript: 发言人1, where a model writes 发言1."""
    for name in names:
        if numbered := re.fullmatch(r"([一-鿿]{3,})(\d+)", name):
            said = re.sub(
                rf"(?<![一-鿿]){numbered[1][:-1]}\s?{numbered[2]}(?!\d)"
                rf"|(?<=[，。；和与]){numbered[1][:-1]}{numbered[2]}(?!\d)",
                name,
                said,
            )
    return said


def people_in(said: str, names: Sequence[str]) -> list[str]:
    """The speakers whom a text names; 发言人1 is not in 发言人12."""
    return [n for n in names if any(re.search(rf"{re.escape(c)}(?!\d)", said) for c in called(n))]
