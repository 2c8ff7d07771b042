"""What was decided: read by program from the words with which people decide, in Chinese and English.

A decision is a sentence that decides ("展位选 B12，就这么定", "let's go with the smaller hall"), or a proposal to which
somebody says no more than that it holds ("定了", "Agreed"). One that is taken back later is none; where a later one is
about the same thing and changes it, only that stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.claims.words import content_words, plain_words
from assistant.writing.minutes.retracted import takes_back
from assistant.writing.minutes.spoken import is_han, tidy, without_names
from assistant.writing.minutes.transcript import Transcript, Turn
from knowledge.domain.text import sentences

_ZH_DECIDES = re.compile(
    r"拍板|我定[：:，。]|(?:就|先|那)这(?:么|样)(?:定|办|做|着|写)"
    r"|(?<![一不肯确固规指约待未没制稳设预决特假难判认商说好锁敲])定(?:了(?!没|吗)|下来|为|在|成)|(?:^"
    r"|[，。；])那?就?定(?=\s*[A-Za-z\d“])"
    r"|(?<!没)(?<!不)(?<!怎么)(?<!取)(?<!由)决定(?!性|权|了?吗|因素|于)|决议|一致(?:同意|通过)|表决通过|批准了"
    r"|确定(?:为|下来|在)|统一(?:用|写|报|成|改|按|叫|口径)|统一就行|口径统一|一律|不再(?:动|改|做|用)|改(?:到"
    r"|为|成|在)\s*\S"
    r"|(?:任何|谁都|所有|都)[^，。]{0,8}不(?:许|准|得|能|可以)|(?:今天|先|暂|那就?)不(?:定|决定|做|办|发"
    r"|搞)(?!日子|时间|日期)"
    r"|(?:挪|推迟|延|提前)到|上限\s*\S*\d|(?:^|[，。])那?就按|再(?:议|谈|定)(?=[，。；]|$)"
    r"|[日号月天]起[^，。]{0,16}(?:停|不再|执行|实行|改|启用|禁)|不取消|改为待定|以后[^，。？]{0,12}(?:都|统一|一律)"
)
_EN_DECIDES = re.compile(
    r"\b(?:we|I|team|group|board|committee)(?:'ve| have|'ll| will)? (?:all )?(?:agreed?|decided?"
    r"|settled?)\b(?! with| what| how| if| whether)"
    r"|^agreed\b|\b(?:that|it|this)(?:'s| is) (?:decided|settled|agreed|the rule|final)"
    r"|\blet(?:'s| us) (?:go (?:with|for)|stick (?:to|with)|stay with|keep|use|drop|choose|postpone|do (?:it"
    r"|that)|say no|agree)\b"
    r"|\bwe(?:'ll| will| shall)? (?:go with|stay with|stick (?:with|to)|keep|drop|cut|publish|choose|postpone|cancel)\b"
    r"|\bwe(?:'re| are) (?:going (?:with|to go with)|keeping|dropping|not going to)\b"
    r"|\bthen\b[^,.?]{2,30}\bit is\b|\b(?:decision|conclusion|verdict)(?:s)?(?: is|:)"
    r"|\b(?:postponed?|put off|is (?:kept|cut|out|dropped|cancelled|approved))\b|\balways (?:with|use|say)\b"
    r"|, everywhere\b"
    r"|\bonly (?:\w+ ){1,4}with a\b|\bmotion (?:is )?(?:carried|agreed|adopted)|\bwe (?:do not"
    r"|don't) (?:\w+ ){1,4}(?:today|yet)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"[?？]\s*$|吗[。]?$|要不要|能不能|我想|想改|想要|打算|希望|原计划|原定|谁(?!都|也)|我[^，。]{0,8}(?:改|记"
    r"|挪)|是不是|如果|要是|的话|可能|也许|还没(?:有)?(?:定|决定)"
    r"|\b(?:if|maybe|perhaps|could|would|might|should we|shall we|can we|did|do we|have we|not sure|I think|I guess)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\bthe \w+ (?:that )?(?:we|I) (?:agreed|decided)|^(?:我觉得|我认为|我想|我以为|当时|我(?:去|来|今天|明天"
    r"|就)|去年|以前|他们|国家|政府)|\b(?:they|people|he|she) (?:have )?(?:agreed|decided)",
    re.I,
)
_ASSENT = re.compile(
    r"^(?:好|行|可以|对|嗯|OK|那)?[，,。]?\s*(?:(?:就|先)?(?:这么|这样)?定(?:了|吧)?|(?:我)?(?:完全|也|都)?同意"
    r"|没(?:有)?意见|通过|就这么(?:办|定|做)|一致同意)[。！.!]?\s*"
    r"|^(?:yes|okay|ok|good|right|fine|great|all right)?[,.]?\s*(?:(?:I(?:'m)? "
    r"|we(?:'re)? )?(?:all )?agree(?:d)?|(?:that(?:'s| is) |it(?:'s| is) )(?:decided|settled|agreed|fine)"
    r"|sounds good|let's do (?:that|it)|deal|done|so decided|then that is (?:settled|decided))\b[,.!:]?\s*",
    re.IGNORECASE,
)
_FIRM = re.compile(r"^(?:好|行)?[，,]?(?:就|先)?(?:这么)?定|\bdecided|\bsettled", re.IGNORECASE)
_PROPOSES = re.compile(
    r"吧|建议|提议|应该|不要|就|能不能|可以|改|要|同意"
    r"|\b(?:let's|should|could|would|propose|suggest|we|only|not|no|how about|what about|agreed\?|planned?)\b",
    re.IGNORECASE,
)
_TALK = 220
"""Characters of a turn in which people decide: a longer one is a speech, which tells what was decided elsewhere."""

_FIRMLY = re.compile(
    r"拍板|这么定|今天[^，。]{0,4}决定|一致(?:同意|通过)|\bwe(?:'ve| have)? (?:agreed"
    r"|decided)\b",
    re.IGNORECASE,
)
_CUES = re.compile(
    r"[，,]?\s*(?:就|先)这么(?:定|办|做)(?:了|吧)?(?=[，。,.]|$)|(?:我来拍(?:个)?板|决定一下|我定"
    r"|我拍板)[，,：:。]\s*|(?<=[，。])不再动了"
    r"|[,.]?\s*(?:that|it) is (?:decided|settled|agreed)(?=[,.]|$)|^agreed[,.:]\s*|^(?:then )?that is (?:settled"
    r"|decided)[,.:]\s*"
    r"|(?<=[.?!]) ?Agreed\?",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"改|不再|不定|不算|取消|推迟|挪|延|最后|还是|\b(?:instead|change[sd]?|moved?|postpone|put off|no longer"
    r"|rather|not|after all)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, in tidied words of the meeting; the turns it rests on, the one who decides last."""

    text: str
    turns: tuple[Turn, ...]

    @property
    def name(self) -> str:
        return self.turns[-1].name


def decisions(transcript: Transcript, retracted: Collection[Turn]) -> list[Decision]:
    """The decisions that still hold at the end of the meeting, in order."""
    found: list[Decision] = []
    for number, turn in enumerate(transcript.turns):
        if takes_back(turn.said):
            found = _taken_back(found, transcript.turns, number)
        found += [
            decision
            for decision in _of(turn, transcript.turns[max(0, number - 2) : number], transcript.names)
            if turn not in retracted
        ]
    return _standing(found)


def _of(turn: Turn, before: Sequence[Turn], names: Sequence[str]) -> list[Decision]:
    if (assent := _ASSENT.match(turn.said)) and assent.end() and before:
        rest = turn.said[assent.end() :].strip()
        if len(plain_words(rest)) < 3 or _asks_on(rest):
            return _assented(turn, before[-1], names)
    parts = [span.of(turn.said).strip() for span in sentences(turn.said)]
    found = []
    for number, sentence in enumerate(parts):
        if _decides(sentence) and ((not turn.part and len(turn.said) <= _TALK) or _FIRMLY.search(sentence)):
            text = _worded(sentence, names)
            if not _enough(text, 1) and number:
                text = _joined(_worded(parts[number - 1], names), text)
            if _enough(text) and not text.endswith(("？", "?")):
                found.append(Decision(text, (turn,)))
    return found


def _decides(sentence: str) -> bool:
    pattern = _ZH_DECIDES if is_han(sentence) else _EN_DECIDES
    return bool(pattern.search(sentence)) and not _DOUBT.search(sentence) and not _PERSONAL.search(sentence)


def _assented(turn: Turn, proposal: Turn, names: Sequence[str]) -> list[Decision]:
    """The last sentence of the turn before that proposes something, when all that is said to it is yes."""
    if proposal.name == turn.name:
        return []
    for sentence in reversed([span.of(proposal.said).strip() for span in sentences(proposal.said)]):
        text = re.sub(r"(?:[，,]?\s*(?:怎么样|好不好|行吗|可以吗|同意吗))?[？?]$", "", sentence)
        text = _worded(text, names)
        proposed = _PROPOSES.search(sentence) or _FIRM.match(turn.said)
        if proposed and _enough(text) and not sentence.endswith(("?", "？")):
            return [Decision(text, (proposal, turn))]
    return []


def _worded(sentence: str, names: Sequence[str]) -> str:
    text = tidy(without_names(tidy(_CUES.sub("", tidy(sentence))), names))
    return text[:1].upper() + text[1:] if text[:1].isascii() else text


def _enough(text: str, more: int = 0) -> bool:
    """True when a text says something by itself."""
    return len(content_words(text)) >= (3 if is_han(text) else 2) + more


def _joined(first: str, second: str) -> str:
    return f"{first.rstrip('。.；;')}{'，' if is_han(first + second) else '; '}{second}" if first else second


def _asks_on(rest: str) -> bool:
    """True when all that follows the assent is the next question."""
    return all(span.of(rest).strip().endswith(("?", "？")) for span in sentences(rest))


def _taken_back(found: list[Decision], turns: Sequence[Turn], number: int) -> list[Decision]:
    """Without the decision that a turn takes back: of the last ones, that which was about the same thing."""
    words = plain_words(turns[number].said)
    place = {turn: at for at, turn in enumerate(turns)}

    def shared(decision: Decision) -> int:
        last = place[decision.turns[-1]]
        return len(words & plain_words(" ".join(turn.said for turn in turns[max(0, last - 2) : last + 1])))

    near = [d for d in found if number - place[d.turns[-1]] <= 20]
    if not near:
        return found
    gone = max(reversed(near), key=lambda d: (shared(d), place[d.turns[-1]]))
    close = number - place[gone.turns[-1]] <= 6
    return [d for d in found if d is not gone] if shared(gone) or close else found


def _standing(found: Sequence[Decision]) -> list[Decision]:
    """Without those that a later one repeats or changes."""
    kept: list[Decision] = []
    for decision in found:
        words = plain_words(decision.text)
        kept = [k for k in kept if not _replaced(plain_words(k.text), words, decision.text)]
        kept.append(decision)
    return kept


def _replaced(before: frozenset[str], words: frozenset[str], text: str) -> bool:
    shared = len(before & words)
    least = min(len(before), len(words)) or 1
    return shared / least >= 0.6 or (shared >= 2 and bool(_CHANGE.search(text)) and shared / least >= 0.25)
