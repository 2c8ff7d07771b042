"""`open_model`: the language model that KOUJING_MODEL names."""

from __future__ import annotations

from pathlib import Path

from assistant.gateway.call_log import logged
from assistant.gateway.port import LanguageModel
from assistant.progress import Progress, Silent
from assistant.settings import Settings
from knowledge.domain.errors import InputError

KINDS = ("local", "extractive", "scripted:FILE", "openai:NAME", "langchain:PROVIDER:NAME")


def open_model(settings: Settings, progress: Progress | None = None) -> LanguageModel:
    """The model of the settings, its calls logged where they say so; nothing is started or sent before its first call.

    Raises `InputError` for a kind it does not know, `SetupError` when the kind needs a setting that is empty.
    """
    return logged(_named(settings, progress), settings)


def _named(settings: Settings, progress: Progress | None) -> LanguageModel:
    spelt = settings.text("model") or "local"
    kind, _, rest = spelt.partition(":")
    if kind == "local" and not rest:
        from assistant.gateway.local import LocalModel

        return LocalModel(settings, progress or Silent())
    if kind == "extractive" and not rest:
        from assistant.gateway.extractive import ExtractiveModel

        return ExtractiveModel(settings.whole("context_tokens"))
    if kind == "scripted" and rest:
        from assistant.gateway.limits import Limits
        from assistant.gateway.scripted import ScriptedModel

        return ScriptedModel(Path(rest).expanduser(), Limits.of(settings))
    if kind == "openai" and rest:
        return _openai(rest, settings)
    if kind == "langchain" and all(rest.partition(":")):
        return _langchain(rest, settings)
    raise InputError(f"KOUJING_MODEL='{spelt}' is no model; use {' | '.join(KINDS)}")


def _openai(name: str, settings: Settings) -> LanguageModel:
    from assistant.gateway.chat import ChatModel
    from assistant.gateway.endpoint import openai_endpoint
    from assistant.gateway.limits import Limits

    return ChatModel(openai_endpoint(name, settings), f"openai:{name}", Limits.of(settings))


def _langchain(spelt: str, settings: Settings) -> LanguageModel:
    from assistant.gateway.chat import ChatModel
    from assistant.gateway.endpoint import langchain_endpoint
    from assistant.gateway.limits import Limits

    provider, _, name = spelt.partition(":")
    return ChatModel(langchain_endpoint(provider, name, settings), f"langchain:{spelt}", Limits.of(settings))
