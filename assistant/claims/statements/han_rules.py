"""What can be odd about a Chinese sentence beside its sources: found by small rules, each with a reason of its own."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import islice
from typing import ClassVar

from assistant.claims.statements.han import ALIKE, CLEARLY, MOST, SIGHT, HanLine, HanOddity
from assistant.claims.vocabulary.chinese import DONE, NEGATION, ONLY, PILOT, PLAN, WHOLE


class HanRule(ABC):
    """Looks for one family of oddities in a Chinese sentence."""

    reasons: ClassVar[tuple[str, ...]]

    @abstractmethod
    def look(self, line: HanLine) -> Iterator[HanOddity]: ...


class HanOpposed(HanRule):
    """The opposite of a word stands where the sources speak of the same, and the word itself does not, or hardly."""

    reasons = ("opposed",)

    def look(self, line: HanLine) -> Iterator[HanOddity]:
        for found in islice(line.words.opposed_words.finditer(line.text), MOST):
            own, other = line.words.opposed[found.group()]
            anchors = line.anchors(*found.span())
            there, place = line.likest(sorted(other), anchors)
            if place is None:
                continue
            here, _ = line.likest(sorted(own), anchors)
            if there > here * CLEARLY and there >= ALIKE * sum(map(line.ground.weight, anchors)):
                yield HanOddity("opposed", found.group(), place.source, place.sentence, place.instead, True)


class HanNegationAdded(HanRule):
    """A clause negates what the sources say plainly, or negates where none of the sentences that it is like does."""

    reasons = ("negated", "negation_unsaid")

    def look(self, line: HanLine) -> Iterator[HanOddity]:
        said = NEGATION.search(line.text)
        if said is None or not line.best:
            return
        word = line.text[said.start() : said.end() + 2]
        denied = next(filter(NEGATION.search, _clauses(line.text)), "")
        for source, sentence in line.best[:2]:
            clauses = [*_clauses(sentence.text), sentence.text[:SIGHT]]
            same = [clause for clause in clauses if _says_plainly(clause, denied)]
            if any(NEGATION.search(clause) for clause in same):
                return
            if same:
                yield HanOddity("negated", word, source, sentence, "", True)
                return
        if not any(NEGATION.search(sentence.text) for _, sentence in line.best):
            yield HanOddity("negation_unsaid", word, *line.best[0])


class HanNegationLost(HanRule):
    """A clause says plainly what the source negates, and the source never has it plain."""

    reasons = ("affirmed",)

    def look(self, line: HanLine) -> Iterator[HanOddity]:
        plain = [clause for clause in _clauses(line.text) if not NEGATION.search(clause)]
        for source, sentence in line.best[:2]:
            for denied in filter(NEGATION.search, _clauses(sentence.text)):
                if not any(_says_plainly(said, denied) for said in plain):
                    continue
                alike = line.ground.carried(line.sentence.plain, [(source, sentence)]) >= ALIKE
                if not alike and not _of_the_same(line.text, sentence.text, denied):
                    return
                others = (other for _, there in line.best for other in _clauses(there.text))
                if not any(_says_plainly(other, denied) and not NEGATION.search(other) for other in others):
                    yield HanOddity("affirmed", _bare(denied), source, sentence, denied, True)
                    return


def _of_the_same(said: str, source: str, denied: str) -> bool:
    """Whether what is negated stands in a sentence as one piece, and all that the sentence names by code or in Latin
    letters stands in the source sentence: R300 不写控制器."""
    names = _LATIN_NAME.findall(said)
    rest = _bare(denied)
    return len(rest) >= 4 and rest in said and bool(names) and all(name in source for name in names)


class HanNotYet(HanRule):
    """已决定 where the source says 尚未决定 of the same, and never has it done."""

    reasons = ("affirmed",)

    def look(self, line: HanLine) -> Iterator[HanOddity]:
        for source, sentence in line.best:
            for clause in _clauses(sentence.text):
                for open_ in islice(_NOT_YET.finditer(clause), MOST):
                    done = re.search(f"已经?[被由]?{open_['verb']}", line.text)
                    if done is None or not _about(line.text, clause, open_):
                        continue
                    if not any(_is_done(there.text, open_["verb"]) for _, there in line.best):
                        yield HanOddity("affirmed", done.group(), source, sentence, open_.group(), True)
                        return


_NOT_YET = re.compile(r"(?:尚未|还未|仍未|暂未|未曾|还没有?|尚没有?|仍没有?)(?P<verb>[㐀-鿿]{2})")
OF_THE_SAME = 0.3
"""The share of the rest of a clause that a sentence must have to speak of the same open thing."""


def _about(said: str, clause: str, open_: re.Match[str]) -> bool:
    """Whether a sentence has what the rest of the clause speaks of."""
    rest = clause[: open_.start()], clause[open_.end() :]
    pairs = {piece[n : n + 2] for piece in rest for n in range(len(piece) - 1)}
    return bool(pairs) and sum(pair in said for pair in pairs) >= OF_THE_SAME * len(pairs)


def _is_done(text: str, verb: str) -> bool:
    """Whether a text has the verb where nothing before it says that it is open."""
    return any(not NEGATION.search(text[max(0, f.start() - 4) : f.start()]) for f in re.finditer(verb, text))


_CLAUSE = re.compile(r"[^，。；：、！？,;:\s“”\"（）()]{3,60}")
_LINKING = re.compile(r"[的了并也都会让在就且再是则]|但是?|而且?|因此|所以|如果|一旦|只要")


def _clauses(text: str) -> list[str]:
    return [found.group() for found in islice(_CLAUSE.finditer(text), MOST)]


def _bare(clause: str) -> str:
    """A clause without its negations and linking words."""
    return _LINKING.sub("", NEGATION.sub("", clause))


def _says_plainly(clause: str, denied: str) -> bool:
    """Whether a clause has nearly all characters of a negated one in their order, and all of what is negated."""
    rest = _bare(denied)
    negation = NEGATION.search(denied)
    object_ = _bare(denied[negation.end() :])[:2] if negation else ""
    return len(rest) >= 3 and _in_order(rest, clause) >= 0.75 and _in_order(object_, clause) == 1.0


def _in_order(characters: str, text: str) -> float:
    """The share of characters that stand in a text in their order."""
    at = found = 0
    for character in characters:
        next_at = text.find(character, at)
        if next_at >= 0:
            at, found = next_at + 1, found + 1
    return found / len(characters) if characters else 1.0


class HanPlanTold(HanRule):
    """The sentence tells as done what the source sentence it is like only plans."""

    reasons = ("planned",)

    def look(self, line: HanLine) -> Iterator[HanOddity]:
        done = DONE.search(line.text)
        if done is None or PLAN.search(line.text) or not line.best:
            return
        source, sentence = line.best[0]
        plan = PLAN.search(sentence.text)
        if plan is None or DONE.search(sentence.text):
            return
        if line.ground.carried(line.sentence.plain, line.best[:1]) >= ALIKE:
            yield HanOddity("planned", done.group(), source, sentence, plan.group(), True)


class HanPilotTold(HanRule):
    """The sentence tells of all what the source sentence it is like only tries out somewhere."""

    reasons = ("piloted",)

    def look(self, line: HanLine) -> Iterator[HanOddity]:
        whole = WHOLE.search(line.text)
        if whole is None or PILOT.search(line.text) or not line.best:
            return
        source, sentence = line.best[0]
        pilot = PILOT.search(sentence.text)
        if pilot is None or any(WHOLE.search(there.text) for _, there in line.best):
            return
        if line.ground.carried(line.sentence.plain, line.best[:1]) >= ALIKE:
            yield HanOddity("piloted", whole.group(), source, sentence, pilot.group())


class HanReplaced(HanRule):
    """A thing that no source has, where the sentences it is like have another of its kind."""

    reasons = ("replaced",)

    def look(self, line: HanLine) -> Iterator[HanOddity]:
        for found in islice(line.words.kind_words.finditer(line.text), MOST):
            if not line.is_unsaid(found.group()) or line.is_money(found.start()):
                continue
            for source, sentence in line.best:
                other = next((w for w in sorted(line.words.kinds[found.group()]) if w in sentence.text), "")
                if other and other not in line.text:
                    yield HanOddity("replaced", found.group(), source, sentence, other)
                    break


class HanNameUnsaid(HanRule):
    """A Latin name or model in a Chinese sentence that no source has."""

    reasons = ("not_said",)

    def look(self, line: HanLine) -> Iterator[HanOddity]:
        for found in islice(_LATIN_NAME.finditer(line.text), MOST):
            if line.is_unsaid(found.group()) and not line.is_money(found.start()):
                yield HanOddity("not_said", found.group())


_LATIN_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Z](?:[A-Za-z]{1,30}(?:-?\d{1,8})?|-?\d{2,8})(?![A-Za-z0-9])")


class HanNarrowed(HanRule):
    """只 or 仅, where none of the source sentences that it is like restricts anything."""

    reasons = ("narrowed",)

    def look(self, line: HanLine) -> Iterator[HanOddity]:
        said = ONLY.search(line.text)
        if said and line.best and not any(ONLY.search(sentence.text) for _, sentence in line.best):
            yield HanOddity("narrowed", said.group())


class HanRoleSwapped(HanRule):
    """`甲收购乙` where the sources say `乙收购甲`."""

    reasons = ("role_swapped",)
    _VERB = re.compile(
        r"收购|并购|起诉|击败|战胜|投资|入股|控股|采购|供应|授权|委托|超过|领先|取代|转让给|出售给|邀请|聘请"
    )

    def look(self, line: HanLine) -> Iterator[HanOddity]:
        for verb in islice(self._VERB.finditer(line.text), MOST):
            agent, patient = _sides(line.text, verb)
            if len(agent) < 2 or len(patient) < 2 or "被" in line.text:
                continue
            turned = None
            for source, sentence in line.best:
                for found in islice(re.finditer(verb.group(), sentence.text), MOST):
                    there = _sides(sentence.text, found)
                    if "被" in sentence.text or (_same(agent, there[0]) and _same(patient, there[1])):
                        return
                    if _same(agent, there[1]) and _same(patient, there[0]):
                        turned = turned or HanOddity("role_swapped", verb.group(), source, sentence, "", True)
            if turned:
                yield turned


_EDGE = re.compile(r"[，。；：、！？,;:\s“”\"（）()]")


def _sides(text: str, verb: re.Match[str]) -> tuple[str, str]:
    """The stretches before and behind a verb within its clause."""
    before = _EDGE.split(text[max(0, verb.start() - 20) : verb.start()])[-1]
    behind = _EDGE.split(text[verb.end() : verb.end() + 20])[0]
    return before, behind


def _same(one: str, other: str) -> bool:
    """Whether two stretches share most of the pairs of the shorter one."""
    pairs = [{text[n : n + 2] for n in range(len(text) - 1)} for text in (one, other)]
    shorter = min(map(len, pairs))
    return shorter > 0 and len(pairs[0] & pairs[1]) >= max(1, shorter / 2)


HAN_RULES: tuple[HanRule, ...] = (
    HanOpposed(),
    HanNegationAdded(),
    HanNegationLost(),
    HanNotYet(),
    HanPlanTold(),
    HanPilotTold(),
    HanRoleSwapped(),
    HanReplaced(),
    HanNameUnsaid(),
    HanNarrowed(),
)
