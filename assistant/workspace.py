"""One workspace, opened: the core that the command line and the service share."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from assistant.backup.unfinished import refuse_unfinished
from assistant.brief import Brief, Listener, Nobody
from assistant.checking import CheckReport, Finder, check_text, only
from assistant.checks.policy import Policy
from assistant.checks.standards import Standards
from assistant.draft import Draft, Evidence
from assistant.drafting import Drafter, new_draft_id
from assistant.drafts import Drafts
from assistant.evidence import evidence_of
from assistant.gateway.port import LanguageModel
from assistant.given import GivenText, given_text
from assistant.given_pieces import pieces_of
from assistant.interview import known_inputs, open_questions
from assistant.progress import Progress, Silent
from assistant.publishing.written import WrittenDrafts
from assistant.rulings import Rulings
from assistant.settings import Settings
from assistant.usage import Metered, UsageBook
from assistant.voice import KIND as STYLE_RULE
from assistant.voice import voice_of
from knowledge.domain.errors import Conflict, InputError, SetupError
from knowledge.domain.locale import detect_language, parse_locale
from knowledge.embedding.embedder import Embedder
from knowledge.library import Library
from knowledge.records import Audience, Hit, Scope, State
from knowledge.store.database import Database
from knowledge.store.workspaces import ensure_workspace, revision
from prompts.loader import Templates, state_of

if TYPE_CHECKING:
    from assistant.publishing.release import Released
    from assistant.recall import Recall
    from assistant.staleness import Staleness


class Workspace(WrittenDrafts):
    """Library, templates, drafts and the model of one workspace. Use as a context manager."""

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self.settings = settings
        self.progress = progress or Silent()
        self.name = settings.text("workspace")
        self.database = Database(settings.database_url)
        self._templates: tuple[object, Templates] | None = None

    @classmethod
    def open(cls, settings: Settings, progress: Progress | None = None) -> Workspace:
        """An existing workspace. Raises `SetupError` saying how to make one."""
        refuse_unfinished(settings.home)
        workspace = cls(settings, progress)
        if workspace.database.is_sqlite and not settings.text("database_url") and not settings.home.is_dir():
            raise SetupError(f"no workspace in {settings.home}; make one with `koujing init`")
        workspace.database.migrate()
        if revision(workspace.database, workspace.name) is None:
            raise SetupError(f"no workspace '{workspace.name}' here; make one with `koujing init`")
        return workspace

    @classmethod
    def create(cls, settings: Settings, progress: Progress | None = None) -> tuple[Workspace, bool]:
        """The workspace, made when it is not there; True when it was made."""
        refuse_unfinished(settings.home)
        workspace = cls(settings, progress)
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        workspace.database.migrate()
        return workspace, ensure_workspace(workspace.database, workspace.name, settings.now())

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def library(self) -> Library:
        return Library(
            self.database,
            self.name,
            self._embedder,
            self.settings.home,
            self.settings.now,
            self.settings.text("chroma_url"),
            self.settings.days_by_kind("review_days"),
        )

    @property
    def templates(self) -> Templates:
        """The built-in templates and the workspace's own, which are read anew when somebody changed one of them."""
        state = state_of(self.settings.templates)
        if self._templates is None or self._templates[0] != state:
            self._templates = (state, Templates(self.settings.templates))
        return self._templates[1]

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self.database, self.name)

    @cached_property
    def model(self) -> LanguageModel:
        from assistant.gateway.factory import open_model

        return open_model(self.settings, self.progress)

    def search(self, query: str, scope: Scope, k: int = 8) -> list[Hit]:
        """The best passages that `scope` may see."""
        return self.library.search(query, scope, k)

    def draft(
        self,
        brief: Brief,
        listener: Listener | None = None,
        *,
        model: LanguageModel | None = None,
        draft_id: str | None = None,
        by: str = "",
        actor: str = "",
    ) -> Draft:
        """A new draft; with open questions when the brief lacks something. Kept either way.

        `by` is the name in the record, `actor` the id on whose account the model is used (empty: the command line).
        """
        return self._write(brief, draft_id or new_draft_id(), 0, listener, model, by=by, actor=actor)

    def answer(
        self,
        draft_id: str,
        inputs: dict[str, str],
        listener: Listener | None = None,
        *,
        model: LanguageModel | None = None,
        by: str = "",
        actor: str = "",
    ) -> Draft:
        """The draft with these inputs added to its brief, written when nothing is open any more.

        Raises `Conflict` when it has no open questions, or when somebody else answered meanwhile.
        """
        opened = self.drafts.get(draft_id)
        if not opened.questions:
            raise Conflict(f"draft '{draft_id}' has no open questions")
        brief = self.drafts.brief(draft_id)
        brief = replace(brief, inputs={**brief.inputs, **inputs})
        model = model or self.asked_for(opened.model)
        return self._write(brief, draft_id, opened.version, listener, model, by=by, actor=actor)

    def listed(self, limit: int = 200) -> list[dict[str, Any]]:
        """The newest drafts as `Drafts.list` tells them, each with why it is stale (`stale`, empty when it holds)."""
        rows = self.drafts.list(limit)
        stale = self.staleness.of([row["id"] for row in rows])
        return [{**row, "stale": [reason.to_json() for reason in stale.get(row["id"], ())]} for row in rows]

    def leave(self, draft: Draft, path: Path, by: str) -> None:
        """Write a draft to a file, and put on record that it left.

        Raises `Conflict` when it is stale: what it rests on does not hold today.
        """
        from assistant.export import export

        self.staleness.refuse(draft.id, draft.version)
        export(draft, path)
        self.drafts.exported(draft, path.suffix.lstrip(".").lower(), path.name, by, self.settings.now())

    def release(
        self,
        draft_id: str,
        form: str,
        *,
        by: str,
        version: int | None = None,
        sources: bool = False,
        override: str = "",
        may_override: bool = False,
    ) -> Released:
        """The approved version of a draft as a file that may leave; see `assistant.publishing.release`."""
        from assistant.publishing.release import release

        return release(
            self,
            draft_id,
            form,
            by=by,
            version=version,
            sources=sources,
            override=override,
            may_override=may_override,
        )

    @cached_property
    def recall(self) -> Recall:
        """What rests on an entry or a customer."""
        from assistant.recall import Recall

        return Recall(self.library)

    @cached_property
    def staleness(self) -> Staleness:
        """Which drafts no longer hold."""
        from assistant.staleness import Staleness

        return Staleness(self.library)

    def check(
        self,
        text: str | GivenText,
        sources: Sequence[Evidence] | None = None,
        *,
        locale: str | None = None,
        market: str | None = None,
        audience: Audience = Audience.PUBLIC,
    ) -> CheckReport:
        """Check a text against `sources`, or (None) against what the library says.

        Raises `InputError` for an empty text, sources without any, or a library without a single approved entry.
        """
        given = given_text(text) if isinstance(text, str) else text
        if sources is not None:
            if not any(source.text.strip() for source in sources):
                raise InputError("the sources hold no text to check against")
            return check_text(given, only(sources), self._standards(given.text, locale, market, None))
        scope = Scope(audience=audience, market=market)
        if not self.library.has_states(State.APPROVED):
            raise InputError(
                "the library has no approved entry to check against; import one with "
                "`koujing library import PATH --state approved`, or give --source FILE"
            )
        return check_text(given, self._finder(scope), self._standards(given.text, locale, market, scope))

    def close(self) -> None:
        """Stop the model's process, release index and database."""
        if "model" in self.__dict__:
            with suppress(Exception):
                self.model.close()
        if "library" in self.__dict__:
            self.library.close()
        else:
            self.database.close()

    def asked_for(self, name: str) -> LanguageModel:
        """The model that an open draft was asked from: a text meant for no model never goes to one."""
        if name == "extractive":
            from assistant.gateway.extractive import ExtractiveModel

            return ExtractiveModel(self.settings.whole("context_tokens"))
        return self.model

    def _write(
        self,
        brief: Brief,
        draft_id: str,
        after: int,
        listener: Listener | None,
        model: LanguageModel | None,
        *,
        by: str,
        actor: str,
    ) -> Draft:
        loaded = self.templates.get(brief.template)
        template = loaded.template
        known_inputs(brief, template)
        listener = listener or Nobody()
        questions = open_questions(brief, template, self.library)
        if questions:
            draft = Draft(
                id=draft_id,
                template=template.id,
                locale=brief.locale,
                audience=str(brief.audience),
                market=brief.market,
                channel=brief.channel,
                state="open",
                title=template.name.of(brief.locale.split("-", 1)[0]),
                questions=tuple(questions),
                model=model.name if model else self.model.name,
                inputs=dict(brief.inputs),
            )
            draft = self.keep_version(draft, brief, [], after=after, by=by, act="asked")
        else:
            act = "answer" if after else "draft"
            with self.metered(model, act, actor=actor, draft_id=draft_id, template=template.id) as measured:
                written, desk = self.drafter(measured).write(brief, loaded, draft_id, listener)
            written = self.judged(written, actor=actor)
            calls = [call.to_json() for call in desk.calls]
            draft = self.keep_version(written, brief, calls, after=after, by=by, act="answered" if after else "written")
        listener.done(draft)
        return draft

    def metered(
        self, model: LanguageModel | None, act: str, *, actor: str = "", draft_id: str | None = None, template: str = ""
    ) -> AbstractContextManager[Metered]:
        """The model (None: the settings') for one act; what it used is on the book of usage when the act has ended."""
        book = UsageBook(self.database, self.name)
        now = self.settings.now()
        return book.metered(model or self.model, now, act=act, actor=actor, draft_id=draft_id, template=template)

    def judged(self, draft: Draft, *, actor: str = "") -> Draft:
        """The draft with the model's word on statements that no program could decide, when the settings ask for it. A
        text that was meant for no model goes to none."""
        from assistant.judging import is_on, judge_of, judged_draft

        if not is_on(self.settings) or draft.model == "extractive" or not self.model.writes:
            return draft
        judge = judge_of(self)
        judged = judged_draft(draft, judge, self.policy())
        UsageBook(self.database, self.name).add(
            judge.usage,
            self.settings.now(),
            act="judge",
            model=self.model.name,
            actor=actor,
            draft_id=draft.id,
            template=draft.template,
        )
        return replace(judged, usage=judged.usage + judge.usage)

    def drafter(self, model: LanguageModel | None = None) -> Drafter:
        """Who writes here: the settings' model or `model`; a small one sentence by sentence, unless set otherwise."""
        model = model or self.model
        writing = self.settings.text("writing") or ("rewrite" if model.name == "local" else "compose")
        if writing not in ("rewrite", "compose"):
            raise InputError(f"KOUJING_WRITING='{writing}' is neither compose nor rewrite")
        return Drafter(
            self.library,
            model,
            repairs=self.settings.whole("repairs"),
            rewrites=writing == "rewrite",
            seed=self.settings.whole("seed"),
            temperature=self.settings.number("temperature"),
            policy=self.policy(),
        )

    def policy(self) -> Policy:
        """The workspace's rulings on checks."""
        return Rulings(self.database, self.name).policy()

    def _standards(self, text: str, locale: str | None, market: str | None, scope: Scope | None) -> Standards:
        """What a text that a person wrote is held to; without a scope the library is not asked."""
        tongue = parse_locale(locale or detect_language(text) or "en")
        today = self.settings.now().date()
        if scope is None:
            return Standards(tongue, market=market, today=today, policy=self.policy())
        return Standards(
            tongue,
            lexicon=self.library.lexicon(scope),
            gate=self.library.gate(scope),
            market=market,
            audience=str(scope.audience),
            today=today,
            policy=self.policy(),
            voice=voice_of(self.library, scope, tongue),
        )

    def _finder(self, scope: Scope) -> Finder:
        return lambda texts: [
            [evidence_of(hit.passage) for hit in hits if hit.passage.entry.kind != STYLE_RULE]
            for hits in self.library.search_many(texts, scope, k=8)
        ]

    def _embedder(self) -> Embedder:
        from knowledge.embedding.factory import open_embedder

        name = self.settings.text("embedding")
        dimensions = self.settings.text("embedding_dimensions")
        return open_embedder(
            name,
            base_url=self.settings.text("embedding_base_url"),
            api_key=self.settings.text("embedding_api_key"),
            dimensions=int(dimensions) if dimensions else None,
        )


def read_sources(paths: Sequence[Path]) -> list[Evidence]:
    """Files as evidence, passage by passage. Raises `UnreadableFile`."""
    from knowledge.reading import read

    return [piece for path in paths for piece in pieces_of(read(path), path.name)]
