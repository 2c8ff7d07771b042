"""The interview: what must still be said before writing can begin, asked in the language of the brief."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.brief import Brief
from assistant.draft import Question
from assistant.evidence import resolve_entry
from assistant.input_values import WHOLE, day_of, has_day, number_of, shares_of
from knowledge.domain.errors import InputError, NotFound
from knowledge.domain.words import Words
from knowledge.library import Library
from prompts.inputs import Agreement, Input
from prompts.readers import accepted_inputs
from prompts.rendering import fill
from prompts.template import Template

ANSWERS = 8
"""Passages that are looked at to see whether the library answers a question itself."""


def open_questions(brief: Brief, template: Template, library: Library) -> list[Question]:
    """What is missing, wrong or contradictory, in the order of the inputs; empty when writing can begin.

    What is wrong is asked at once, whatever its step; what is missing step by step. What the library answers is not
    asked.
    """
    given = _given(brief, template)
    wrong = {
        declared.name: words
        for declared in accepted_inputs(template)
        if (value := given[declared.name]) and (words := _wrong(declared, value, brief, library))
    }
    contradicted = {
        agreement.inputs[1]: agreement.question
        for agreement in template.agree
        if not set(agreement.inputs) & set(wrong) and _is_contradicted(agreement, given)
    }
    asked = {*wrong, *contradicted, *_missing(brief, template, library, given, {*wrong, *contradicted})}
    questions = []
    for declared in accepted_inputs(template):
        if declared.name in asked:
            text = contradicted.get(declared.name, declared.question)
            if remark := wrong.get(declared.name):
                text = Words(zh=f"{text.zh}（{remark.zh}）", en=f"{text.en} ({remark.en})")
            questions.append(_question(declared, text, _language(brief)))
    return questions


def offers(brief: Brief, template: Template, library: Library) -> list[Question]:
    """What may be said on top where somebody is being interviewed anyway: the optional inputs of the later steps that
    the library does not answer. An empty answer leaves them to the template."""
    given = _given(brief, template)
    return [
        _question(declared, declared.question, _language(brief))
        for declared in template.inputs
        if declared.step > 1
        and not declared.required
        and not given[declared.name]
        and not _is_answered(declared, brief, library, given)
    ]


def known_inputs(brief: Brief, template: Template) -> None:
    """Raises `InputError` for an input that the template does not have."""
    names = [declared.name for declared in accepted_inputs(template)]
    unknown = sorted(set(brief.inputs) - set(names))
    if unknown:
        raise InputError(f"template '{template.id}' has no input '{unknown[0]}'; it has {', '.join(names)}")


def _given(brief: Brief, template: Template) -> dict[str, str]:
    return {declared.name: brief.inputs.get(declared.name, "").strip() for declared in accepted_inputs(template)}


def _missing(
    brief: Brief, template: Template, library: Library, given: Mapping[str, str], unsettled: set[str]
) -> Iterator[str]:
    """The required inputs of the first step that is not settled."""
    for step in sorted({declared.step for declared in template.inputs}):
        of_step = [declared for declared in template.inputs if declared.step == step]
        missing = [
            declared.name
            for declared in of_step
            if declared.required and not given[declared.name] and not _is_answered(declared, brief, library, given)
        ]
        yield from missing
        if missing or any(declared.name in unsettled for declared in of_step):
            return


def _is_answered(declared: Input, brief: Brief, library: Library, given: Mapping[str, str]) -> bool:
    """True when the library has what the input asks for."""
    answered = declared.answered
    if answered is None:
        return False
    query = fill(answered.query.of(_language(brief)), {**given, "date_text": ""})
    passages = [hit.passage for hit in library.search(query, brief.scope(kinds=answered.kinds), ANSWERS)]
    return bool(passages) and max(library.similarities(query, passages)) >= answered.least


def _wrong(declared: Input, value: str, brief: Brief, library: Library) -> Words | None:
    """What is wrong with the value of an input; None when nothing is."""
    match declared.type:
        case "choice":
            unknown = [chosen for chosen in declared.values_of(value) if chosen not in declared.choices]
            choices = " | ".join(declared.choices)
            return Words(zh=f"“{unknown[0]}”：{choices}", en=f"'{unknown[0]}': {choices}") if unknown else None
        case "date" if not has_day(value):
            return Words(zh=f"“{value}”", en=f"'{value}'")
        case "number" if number_of(value) is None:
            return Words(zh=f"“{value}”不是整数", en=f"'{value}' is no whole number")
        case "shares":
            return _wrong_shares(value)
        case "entry":
            try:
                resolve_entry(library, brief, value, declared.kind)
            except NotFound as error:  # it speaks the language of the brief
                return Words(zh=str(error), en=str(error))
    return None


def _wrong_shares(value: str) -> Words | None:
    shares = shares_of(value)
    if shares is None:
        return Words(
            zh=f"“{value}”：每一项写名称和百分比，名称不重复",
            en=f"'{value}': a name and a percentage for each, no name twice",
        )
    total = round(sum(percent for _, percent in shares), 2)
    if total == WHOLE:
        return None
    return Words(zh=f"合计 {total:g}%，应为 100%", en=f"they add up to {total:g}%, not 100%")


def _is_contradicted(agreement: Agreement, given: Mapping[str, str]) -> bool:
    """True when both inputs are given and do not agree as they must, or when one of them must be given and is not."""
    one, other = (given[name] for name in agreement.inputs)
    if agreement.test == "either":
        return not one and not other
    if not one or not other:
        return False
    if agreement.test == "differ":
        return one.casefold() == other.casefold()
    first, second = day_of(one), day_of(other)
    return first is not None and second is not None and first > second


def _question(declared: Input, text: Words, language: str) -> Question:
    return Question(declared.name, text.of(language), declared.example.of(language), declared.choices, declared.many)


def _language(brief: Brief) -> str:
    return brief.locale.split("-", 1)[0]
