"""What a statement's verdict says to a person."""

from __future__ import annotations

from knowledge.domain.words import Words

CARRIED = Words(zh="出处有这个意思", en="the sources say this")
NO_SOURCE = Words(zh="没有引用出处", en="nothing is cited")
OTHER_LANGUAGE = Words(zh="出处是另一种语言，程序无法比较", en="the sources are in another language; not compared")
UNTOLD = Words(zh="出处只有其中一部分，程序不能断定", en="the sources have part of it; a program cannot tell")

_NOTES = {
    "opposed": (
        Words(zh="这里写“{said}”，出处写的是“{instead}”", en="here '{said}', in the source '{instead}'"),
        Words(zh="这里写“{said}”，出处的意思相反", en="here '{said}', the source says the opposite"),
    ),
    "negated": (
        Words(zh="这里有否定“{said}”，出处没有", en="here '{said}', the source does not negate"),
        Words(zh="这里有否定“{said}”，出处没有", en="here '{said}', the source does not negate"),
    ),
    "negation_unsaid": (
        Words(zh="出处没有“{said}”这层否定", en="the sources do not negate with '{said}'"),
        Words(zh="出处没有“{said}”这层否定", en="the sources do not negate with '{said}'"),
    ),
    "perhaps_opposed": (
        Words(zh="这里写“{said}”，出处里有“{instead}”", en="here '{said}', the sources have '{instead}'"),
        Words(zh="这里写“{said}”，出处的意思可能相反", en="here '{said}', the sources may say the opposite"),
    ),
    "affirmed": (
        Words(zh="这里写“{said}”，出处写的是“{instead}”", en="here '{said}', the source negates it"),
        Words(zh="这里写“{said}”，出处是否定的", en="here '{said}', the source negates it"),
    ),
    "planned": (
        Words(zh="这里说成已经做了，出处写的是“{instead}”", en="told as done, the source only has '{instead}'"),
        Words(zh="这里说成已经做了，出处只是计划", en="'{said}' is told as done, the source only plans it"),
    ),
    "piloted": (
        Words(zh="这里说的是“{said}”，出处只是“{instead}”", en="told of '{said}', the source only has '{instead}'"),
        Words(zh="这里说的是“{said}”，出处只是试点", en="told of '{said}', the source only has a pilot"),
    ),
    "role_swapped": (
        Words(zh="“{said}”的双方与出处相反", en="who '{said}' whom is the other way round in the source"),
        Words(zh="“{said}”的双方与出处相反", en="who '{said}' whom is the other way round in the source"),
    ),
    "replaced": (
        Words(zh="出处没有“{said}”，有的是“{instead}”", en="no source has '{said}'; they have '{instead}'"),
        Words(zh="出处没有“{said}”", en="no source has '{said}'"),
    ),
    "not_said": (
        Words(zh="出处没有“{said}”", en="no source has '{said}'"),
        Words(zh="出处没有“{said}”", en="no source has '{said}'"),
    ),
    "narrowed": (
        Words(zh="出处没有“{said}”这层限制", en="the sources do not say '{said}'"),
        Words(zh="出处没有“{said}”这层限制", en="the sources do not say '{said}'"),
    ),
    "little_said": (
        Words(zh="出处几乎没有说到这些", en="the sources hardly speak of this"),
        Words(zh="出处几乎没有说到这些", en="the sources hardly speak of this"),
    ),
}


def note_of(reason: str, said: str = "", instead: str = "") -> Words:
    """The note of a reason, with the words in question."""
    note = _NOTES[reason][0 if instead else 1]
    return Words(
        zh=note.zh.replace("{said}", said).replace("{instead}", instead),
        en=note.en.replace("{said}", said).replace("{instead}", instead),
    )
