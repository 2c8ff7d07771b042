"""`write: scenes` — a script for a short film whose seconds add up to what the brief asks for.

Each scene is a piece of the part's fields picture, spoken, caption and seconds. What is spoken are sentences of the
evidence, chosen by program so that they fill the time and reworded by a writing model one by one; how long a scene
takes follows from the length of what is spoken. The first scene is the hook, three seconds: a change in bare figures,
where the evidence has one. The last is the call, from the part `call`; a part `hook` says what stands there otherwise.
A writing model offers what is seen; where it has nothing that holds, the kind of evidence decides.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.checks.scripts import CHARACTERS, WORDS
from assistant.claims.quantities import quantities
from assistant.draft import Evidence, Paragraph
from assistant.input_values import number_of
from assistant.writing.context import Desk
from assistant.writing.fitting import FIRST_PERSON
from assistant.writing.headlines import bare
from assistant.writing.naming import about, products_asked
from assistant.writing.proposing import otherwise, proposed
from assistant.writing.rewriting import reworded
from assistant.writing.selection import Unit, units
from assistant.writing.shortening import changes, for_readers, forms, told_changes
from knowledge.domain.locale import Locale, detect_language
from knowledge.domain.text import length
from knowledge.domain.words import Words
from prompts.rendering import fill
from prompts.section import Length, Part, Range, TemplateSection

DEFAULT, HOOK, LONGEST = 60, 3, 15
"""Seconds of a film that the brief does not time, of its hook, and of one scene."""

CAPTION = {"zh": 20}
_CAPTION_WORDS = 10

_TAIL = {"zh": re.compile(r"[由从](?=\D{0,8}\d).*"), "en": re.compile(r"\bfrom\b.*", re.IGNORECASE)}
_PICTURES: Mapping[str, Sequence[Words]] = {
    "case": (
        Words(zh="客户现场全景，设备在运行", en="The customer's site, machines running"),
        Words(zh="现场人员操作，镜头跟着手走", en="Somebody at work on site, the camera follows the hands"),
        Words(zh="前后对比的数字在画面上翻动", en="Before and after figures turn over on screen"),
        Words(zh="设备近景，慢推", en="Close view of a machine, slow push in"),
    ),
    "product": (
        Words(zh="产品特写，转台慢转", en="The product close up, turning slowly"),
        Words(zh="安装接线的手部特写", en="Hands fitting and wiring it"),
        Words(zh="界面录屏，重点处放大", en="Screen recording, the point enlarged"),
        Words(zh="产品装在设备上的中景", en="The product in place on a machine"),
    ),
    "people": (
        Words(zh="人物半身，看向镜头", en="The speaker, half length, facing the camera"),
        Words(zh="人物在现场边走边说", en="The speaker walks through the site"),
    ),
    "": (
        Words(zh="办公与生产现场的连续短镜头", en="Short cuts of office and shop floor"),
        Words(zh="示意动画，逐步画出", en="A simple animation, drawn step by step"),
        Words(zh="关键词逐条浮现", en="Key words appear one after another"),
    ),
}  # fmt: skip
_SAME_AS = {"milestone": "product", "technology": "product", "person": "people", "view": "people", "position": "people"}
_END = Words(zh="片尾：标志和联系方式", en="End card: logo and contact")
_THE_REST = re.compile(r"其余|其他|The (?:other|rest|remaining)\b")
"""What is said of those that a result does not cover belongs into a text, not into a film."""
_TIME = Words(zh="第 {} 场：{} 秒，全片 {} 秒", en="Scene {}: {} seconds, {} seconds in all")


@dataclass(frozen=True, slots=True)
class Line:
    """What is spoken in one scene, the evidence behind it, and the seconds that it takes at least."""

    evidence: Evidence
    text: str
    seconds: int
    unit: Unit | None = None


class ScenesSection:
    """Hook, scenes and call; a gap where the evidence has no sentence that fits between them."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        part = next((part for part in section.parts if part.fields), section.parts[0])
        total = number_of(desk.values.get(section.input or "", "")) or DEFAULT
        sayable = _sayable(section, desk)
        hook, call = _hook(section, desk, sayable), _call(section, desk)
        ends = [line for line in (hook, call) if line]
        said = bare(hook.text) if hook else "\n"
        # A claim opens a film, it is not told; what the hook says whole is not said again.
        rest = [(u, first) for u, first in sayable if u.evidence.kind != "brand_house" and not u.text.startswith(said)]
        body = spoken_lines(rest, desk, total - sum(line.seconds for line in ends), part.count.most - len(ends))
        if len(body) < max(1, part.count.least - len(ends)):
            return [] if section.optional else [desk.gap(section)]
        lines = timed([*filter(None, [hook]), *body, *filter(None, [call])], total, first=bool(hook))
        return [self._scene(line, number, section, part, total, desk) for number, line in enumerate(lines)]

    def _scene(
        self, line: Line, number: int, section: TemplateSection, part: Part, total: int, desk: Desk
    ) -> Paragraph:
        spoken = line.text
        if line.unit is not None and number and desk.model.writes:
            said = reworded(section, desk, line.unit, line.text)
            spoken = said if said and spoken_seconds(said, desk.locale) <= line.seconds else spoken
        values = {
            "picture": _picture(line, number, section, desk),
            "spoken": spoken,
            "caption": _caption(line, desk),
            "seconds": str(line.seconds),
        }
        plan = desk.book.brief_evidence(_TIME.of(desk.language).format(number + 1, line.seconds, total))
        text = fill(part.form.of(desk.language), {name: values.get(name, "") for name in part.fields})
        by = "model" if spoken != line.text else "program"
        return desk.paragraph(text, [line.evidence.id, plan.id], role=part.role, by=by)


def spoken_seconds(text: str, locale: Locale) -> int:
    """Whole seconds that it takes to speak a text."""
    return max(1, math.ceil(length(text, locale) / (CHARACTERS if locale.counts_characters else WORDS)))


def spoken_lines(sayable: Sequence[tuple[Unit, bool]], desk: Desk, seconds: int, most: int) -> list[Line]:
    """The sentences that fill the seconds best, in reading order: of each passage its first before others, those with
    figures before those without; shorter forms stand in where the whole sentence does not fit."""
    best: dict[tuple[int, int], tuple[float, tuple[Line, ...]]] = {(0, 0): (0.0, ())}
    for unit, first in sayable:
        options = [_worth(unit, text, first, desk) for text in forms(unit.text, desk.language)]
        for (used, count), (worth, lines) in list(best.items()):
            for more, line in options:
                key = used + line.seconds, count + 1
                fits = key[0] <= seconds and key[1] <= most and line.seconds <= LONGEST
                if fits and worth + more > best.get(key, (-1.0, ()))[0]:
                    best[key] = worth + more, (*lines, line)
    return list(max(best.values(), key=lambda choice: choice[0])[1])


def timed(lines: Sequence[Line], total: int, *, first: bool) -> list[Line]:
    """The lines with seconds that add up to `total`; what is left over goes to them in turn, the hook left out."""
    spare = total - sum(line.seconds for line in lines)
    free = list(range(int(first), len(lines))) or [0]
    more = {n: spare // len(free) + (place < spare % len(free)) for place, n in enumerate(free)}
    return [replace(line, seconds=line.seconds + more.get(n, 0)) for n, line in enumerate(lines)]


def _sayable(section: TemplateSection, desk: Desk) -> list[tuple[Unit, bool]]:
    """The single sentences about the film's subject in the draft's language and the third person, each once, and
    whether one is the first of its passage."""
    asked = products_asked(section, desk)
    found: dict[str, tuple[Unit, bool]] = {}
    begun: set[str] = set()
    for unit in about(units(desk.book.select(section)), asked, desk):
        said = for_readers(unit.sentences[0]) if len(unit.sentences) == 1 else ""
        own = (
            said
            and not FIRST_PERSON.search(said)
            and not _THE_REST.match(said)
            and detect_language(said) in (None, desk.language)
        )
        if own and unit.key not in found:
            found[unit.key] = replace(unit, sentences=(said,)), unit.evidence.id not in begun
            begun.add(unit.evidence.id)
    return list(found.values())


def _worth(unit: Unit, text: str, first: bool, desk: Desk) -> tuple[float, Line]:
    line = Line(unit.evidence, text, spoken_seconds(text, desk.locale), unit)
    figures = any(q.date is None for q in quantities(text))
    return line.seconds + 4.0 * first + 2.0 * figures, line


def _hook(section: TemplateSection, desk: Desk, sayable: Sequence[tuple[Unit, bool]]) -> Line | None:
    """What is said in the first seconds: a bare change, else a short sentence, else the part's own words."""
    stop = "。" if desk.locale.counts_characters else "."
    for make in (_bare_changes, _short_sentences):
        for unit, _ in sayable:
            for text in make(unit, desk):
                said = f"{bare(text)}{stop}"
                if spoken_seconds(said, desk.locale) <= HOOK:
                    return Line(unit.evidence, said, HOOK, unit)
    return next((replace(line, seconds=HOOK) for line in _own(section, "hook", desk) if line.seconds <= HOOK), None)


def _bare_changes(unit: Unit, desk: Desk) -> Iterator[str]:
    pattern = _TAIL.get(desk.language)
    for clause in told_changes(unit.text, desk.language) if pattern else ():
        found = pattern.search(clause) if pattern else None
        if found:
            yield f"从{found[0][1:]}" if desk.language == "zh" else found[0][:1].upper() + found[0][1:]


def _short_sentences(unit: Unit, desk: Desk) -> Iterator[str]:
    yield from reversed(forms(unit.text, desk.language))


def _call(section: TemplateSection, desk: Desk) -> Line | None:
    return next(_own(section, "call", desk), None)


def _own(section: TemplateSection, role: str, desk: Desk) -> Iterator[Line]:
    """The template's own words for a part, which rest on the brief."""
    part = next((part for part in section.parts if part.role == role), None)
    for paragraph in otherwise(part, desk) if part else ():
        brief = desk.book.brief_evidence(paragraph.text)
        yield Line(brief, paragraph.text, spoken_seconds(paragraph.text, desk.locale))


def _picture(line: Line, number: int, section: TemplateSection, desk: Desk) -> str:
    """What is seen: a model's idea that breaks no rule, else a shot that the kind of evidence suggests."""
    if line.unit is None and line.evidence.origin == "brief":
        return _END.of(desk.language) if number else _PICTURES[""][0].of(desk.language)
    if desk.model.writes:
        part = Part(
            role="picture",
            count=Range(least=1, most=1),
            length=Length(zh=Range(least=4, most=40), en=Range(least=3, most=22)),
        )
        limits = part.length.of(desk.language)
        for idea in proposed(section, part, desk, [line.evidence]):
            own = bare(idea.text) not in line.evidence.text  # a sentence of the source is no picture
            if own and limits.least <= length(idea.text, desk.locale) <= limits.most:
                return bare(idea.text)
    shots = _PICTURES[_SAME_AS.get(line.evidence.kind, line.evidence.kind if line.evidence.kind in _PICTURES else "")]
    return shots[number % len(shots)].of(desk.language)


def _caption(line: Line, desk: Desk) -> str:
    """What stands on the picture: the change or the point in few words, else what the entry is called."""
    most = CAPTION.get(desk.language, _CAPTION_WORDS)
    said = bare(line.text)
    tail = _TAIL.get(desk.language)
    clauses = re.split(r"[，；]|, |; ", said) if tail else []
    change = [
        found[0] for clause in clauses if tail and changes(clause, desk.language) if (found := tail.search(clause))
    ]
    short = [*told_changes(line.text, desk.language), *reversed(forms(line.text, desk.language)), said, *change]
    fitting = (bare(text) for text in short if length(bare(text), desk.locale) <= most)
    called = re.split(r"[：:]", line.evidence.title)[0].strip() if line.evidence.entry_id else ""
    return next(fitting, "") or called or said
