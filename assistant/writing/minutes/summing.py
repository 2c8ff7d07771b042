"""One item for each topic: summed up by the model from the turns that say most, sentence by sentence held to them.

What does not hold is cut; where nothing is left the best sentences stand as they were said, by whom. The prompt is of
the same size for any meeting; what an item cites are the few lines that carry it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claims.words import plain_words
from assistant.draft import Evidence
from assistant.writing.context import Desk
from assistant.writing.minutes.choosing import ROOM, telling, worth
from assistant.writing.minutes.faithfulness import holds, leaked, people_in, with_whole_names
from assistant.writing.minutes.meeting import Meeting
from assistant.writing.minutes.spoken import is_han, tidy
from assistant.writing.minutes.summary import Summary
from assistant.writing.minutes.terms import terms
from assistant.writing.minutes.transcript import Turn
from assistant.writing.rewriting import TEMPERATURES
from assistant.writing.schema import named_text_schema, text_schema
from knowledge.domain.errors import BadReply
from knowledge.domain.text import length, sentences
from prompts.section import Range, TemplateSection

MOST_SENTENCES = 3
"""Sentences of an item at most."""

MOST_CITED = 5
"""Turns that an item cites at most."""

AS_SAID = 2
"""Sentences of a topic that stand as they were said, and as many again that have figures."""

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_ALSO = re.compile(r"^([^.]{3,60}?) also(?= [a-z]+ed\b)")
_TITLE = {"zh": 16, "en": 60}


def summaries(section: TemplateSection, desk: Desk, meeting: Meeting) -> list[Summary]:
    """The topics of the meeting in order, each summed up once for all sections; those of small talk are left out."""
    if meeting.summaries is None:
        made = [_summary(section, desk, meeting, topic) for topic in meeting.topics]
        meeting.summaries = [summary for summary in made if summary is not None]
    return meeting.summaries


def _summary(section: TemplateSection, desk: Desk, meeting: Meeting, topic: Sequence[Turn]) -> Summary | None:
    language = meeting.transcript.language
    chosen = telling(topic, meeting.weights, ROOM[language], meeting.retracted)
    if not chosen:
        return None
    asked = _asked(section, desk, meeting, chosen) if desk.model.writes else None
    if asked is None and desk.model.writes:
        asked = _retold(section, desk, meeting, chosen)
    return asked or _as_said(section, chosen, meeting, desk)


def _asked(section: TemplateSection, desk: Desk, meeting: Meeting, chosen: Sequence[Turn]) -> Summary | None:
    evidence = Evidence("S1", "\n".join(turn.text for turn in chosen), desk.brief.locale, origin="input")
    part = section.parts[0].model_copy(update={"count": Range(least=1, most=1)})
    names = meeting.transcript.names
    surface = "zh" if desk.language == "zh" else "en"
    prompt = desk.loaded.prompts.render("system", surface, {"language": ""}, "summarise")
    for number, temperature in enumerate(TEMPERATURES[: desk.repairs + 1]):
        try:
            data = desk.ask(
                section, [evidence], named_text_schema(), parts=[part], kind="summarise", temperature=temperature
            )
        except BadReply:
            continue
        said = with_whole_names(" ".join(str(data.get("text") or "").split()), names)
        kept = [
            s
            for span in sentences(said)
            if _whole(s := span.of(said).strip())
            and not leaked(s, evidence.text, prompt)
            and holds(s, chosen, names, desk)
        ]
        kept = _short_enough(kept, part.length.of(desk.language).most, desk)
        desk.unsupported_at_first += number == 0 and len(kept) < len(list(sentences(said)))
        kept = [
            re.sub(r" also(?= [a-z]+ed\b)", "", sentence) if n == 0 else sentence for n, sentence in enumerate(kept)
        ]
        text = _joined(kept, desk)
        carrying = _carrying(kept, chosen, names)
        if kept and holds(text, carrying, names, desk):
            return Summary(_title(str(data.get("title") or ""), carrying, meeting, desk), text, carrying, "model")
    return None


def _retold(section: TemplateSection, desk: Desk, meeting: Meeting, chosen: Sequence[Turn]) -> Summary | None:
    """The turn that says most, in the third person, where the topic as a whole did not come back as it was said."""
    turn = max(chosen, key=lambda t: worth(t, meeting.weights))
    part = section.parts[0].model_copy(update={"count": Range(least=1, most=1)})
    source = Evidence("S1", turn.text, desk.brief.locale, origin="input")
    try:
        data = desk.ask(section, [source], text_schema(), parts=[part], kind="retell", temperature=TEMPERATURES[0])
    except BadReply:
        return None
    said = " ".join(str(data.get("text") or "").split())
    if not said or not holds(said, [turn], meeting.transcript.names, desk):
        return None
    return Summary(_title("", [turn], meeting, desk), said, (turn,), "model")


def _carrying(kept: Sequence[str], chosen: Sequence[Turn], names: Sequence[str]) -> tuple[Turn, ...]:
    """The fewest turns that hold the figures and speakers of the sentences and most of their words."""
    carried: list[Turn] = []
    for sentence in kept:
        figures, people = set(_FIGURE.findall(sentence)), people_in(sentence, names)
        open_words = set(plain_words(sentence))
        mine: list[Turn] = []
        for _ in range(MOST_CITED):
            best = max(
                chosen,
                key=lambda t: (
                    len(open_words & plain_words(t.text))
                    + 4 * len(figures & set(_FIGURE.findall(t.said)))
                    + 2 * (t.name in people)
                ),
            )
            gain = len(open_words & plain_words(best.text))
            if mine and gain <= 1 and not figures and not people:
                break
            mine.append(best)
            open_words -= plain_words(best.text)
            figures -= set(_FIGURE.findall(best.said))
            people = [name for name in people if name != best.name and name not in best.said]
        carried += mine
    wanted = set(carried)
    return tuple(turn for turn in chosen if turn in wanted)


def _as_said(section: TemplateSection, chosen: Sequence[Turn], meeting: Meeting, desk: Desk) -> Summary | None:
    """The two best sentences of a topic in the words of those who said them, and as many more with figures; none that
    stands among decisions and actions anyway."""
    language = meeting.transcript.language
    if language != desk.language:
        return None
    told = {turn for task in meeting.tasks for turn in task.turns} | {t for d in meeting.decisions for t in d.turns}
    longest = 90 if language == "zh" else 220
    spoken = [
        (worth(Turn(t.line, t.name, sentence, t.part), meeting.weights), number, t, sentence)
        for number, t in enumerate(chosen)
        if t not in told
        for span in sentences(t.said)
        if (sentence := span.of(t.said).strip()) and 8 <= len(sentence) <= longest and not _is_question(sentence)
    ]
    ranked = sorted((s for s in spoken if s[0] > 0), key=lambda s: -s[0])
    figures = [s for s in ranked[AS_SAID:] if _FIGURE.search(s[3])][:AS_SAID]
    best = ranked[:AS_SAID]
    room = section.parts[0].length.of(desk.language).most
    for more in figures:
        tried = [*best, more]
        if length(_joined([_reported(turn.name, said) for _, _, turn, said in tried], desk), desk.locale) <= room:
            best = tried
    best = sorted(best, key=lambda s: s[1])
    if not best:
        return None
    text = _joined([_reported(turn.name, sentence) for _, _, turn, sentence in best], desk)
    turns = tuple(dict.fromkeys(turn for _, _, turn, _ in best))
    return Summary(_title("", turns, meeting, desk), text, turns, "program")


def _reported(name: str, sentence: str) -> str:
    """Who said it, and the sentence word for word."""
    if is_han(sentence):
        return f"{name}提到：“{sentence.replace('“', '‘').replace('”', '’').rstrip('。')}”。"
    return f'{name} said: "{sentence.replace(chr(34), chr(39))}"'


def _title(said: str, chosen: Sequence[Turn], meeting: Meeting, desk: Desk) -> str:
    """The name that the model gave a topic, when its words and figures stand in the turns; else their chief words."""
    text = " ".join(said.split()).strip('。.：:《》"“”')
    lines = "\n".join(turn.text for turn in chosen)
    words = plain_words(text)
    if (
        2 <= len(text) <= _TITLE[desk.language if desk.language in _TITLE else "en"]
        and words
        and len(words & plain_words(lines)) / len(words) >= 0.5
        and set(_FIGURE.findall(text)) <= set(_FIGURE.findall(lines))
    ):
        return text
    return chief_words(chosen, meeting)


def chief_words(turns: Sequence[Turn], meeting: Meeting) -> str:
    """The three words that tell a topic from the rest of the meeting."""
    return ("、" if meeting.transcript.language == "zh" else ", ").join(
        terms(turns, meeting.counts, meeting.transcript)
    )


def _short_enough(kept: Sequence[str], most: int, desk: Desk) -> list[str]:
    """The first sentences, as many as an item may have and as long as it may be."""
    chosen: list[str] = []
    for sentence in kept[:MOST_SENTENCES]:
        if length(_joined([*chosen, sentence], desk), desk.locale) > most:
            break
        chosen.append(sentence)
    return chosen


def _whole(sentence: str) -> bool:
    """False for a sentence that the model broke off."""
    return sentence.endswith((".", "!", "。", "！", "；", ".”", '."', "。”"))


def _is_question(sentence: str) -> bool:
    return tidy(sentence).endswith(("?", "？"))


def _joined(said: Sequence[str], desk: Desk) -> str:
    return ("" if desk.locale.counts_characters else " ").join(said)
