"""The subjects of a run, each opened when its first case is asked and closed when another's turn comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.progress import Progress
from assistant.settings import Settings
from evals.cases import Case
from evals.running.record import Variant
from evals.subjects.port import Subject
from evals.suites.base import Suite, Wanted
from knowledge.domain.errors import InputError


class Stage:
    """One subject at a time: two local models would fight for the cores, and their times would mean nothing."""

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        progress: Progress,
        url: str = "",
        key: str = "",
        around: Callable[[Subject], Subject] | None = None,
    ) -> None:
        self._settings, self._folder, self._progress = settings, folder, progress
        self._url, self._key, self._around = url, key, around
        self._open: tuple[str, Subject] | None = None
        self._of_library: dict[str, Sequence[Case]] = {}

    def subject(self, variant: Variant) -> Subject:
        """The subject of a variant, open."""
        if self._open is None or self._open[0] != variant.id:
            self.close()
            opened = self._opened(variant)
            self._open = (variant.id, self._around(opened) if self._around else opened)
        return self._open[1]

    def of(self, variant: Variant) -> Callable[[], Subject]:
        """The same, for later."""
        return lambda: self.subject(variant)

    def close(self) -> None:
        """Close what is open."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def cases(self, suite: Suite, variant: Variant, wanted: Wanted) -> Sequence[Case]:
        """The suite's cases; of a library that nobody wrote cases for, those that follow from its entries."""
        own = getattr(suite, "cases_of_library", None)
        if wanted.library == "sample" or own is None:
            return suite.cases(wanted)
        from evals.public.libraries import entry_lines
        from evals.subjects.here import Here

        if suite.id not in self._of_library:
            # Koujing comes first among the variants; what is held against it is asked the same.
            subject = self.subject(variant)
            if not isinstance(subject, Here):
                raise InputError("--library needs Koujing in this process; leave out --url")
            self._of_library[suite.id] = own(entry_lines(subject.workspace.library), wanted)
        return self._of_library[suite.id]

    def _opened(self, variant: Variant) -> Subject:
        if variant.subject == "service":
            from evals.subjects.service import Service

            return Service(self._url, self._key)
        from evals.subjects.here import opened

        here = opened(
            self._settings,
            library=variant.library,
            model_spec=variant.model,
            prompts=Path(variant.prompts) if variant.prompts else None,
            home=self._folder / "variants" / _file_name(variant),
            progress=self._progress,
        )
        if variant.subject == "plain":
            from evals.subjects.plain import Plain

            return Plain(here)
        if variant.subject == "bm25":
            from evals.subjects.plain import Bm25

            return Bm25(here)
        return here


def _file_name(variant: Variant) -> str:
    return "".join(ch if ch.isalnum() or ch in "-._" else "-" for ch in variant.id)[:80]
