"""Koujing beside a plain LangChain + Chroma chain with the same model, embedding and documents, and beside BM25 alone.

Quality and speed in one run, on the sample library and on a public one that nobody tuned to. The scorers are those of
`koujing eval`: they share no eyes with the product, and the chain's drafts are read the same way.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant.settings import load_settings
from evals.bench import Bench
from evals.bench.scratch import environment
from evals.bench.table import Row
from evals.judging.choices import choices, kept_pairs, readers
from evals.judging.labels import text_key
from evals.running.record import MeasureResult, Run, SuiteResult
from evals.running.request import Request
from evals.running.run import Runner
from evals.running.store import Runs

KINDS = ("figures", "dates", "names", "quotes")
"""What no released draft may say without a source."""
_VALUES = {"a": 1.0, "tie": 0.5, "b": 0.0}
_ASIDE = (
    ("citation_recall", "sentences that a cited passage supports"),
    ("facts_present", "facts of the case present"),
    ("rubric_specific", "specific, by the judge"),
)


def plain(bench: Bench) -> Iterator[Row]:
    """Unsupported figures, dates, names and quotes; citations; facts; ranking; seconds a draft."""
    model = bench.settings.text("model") or "local"
    libraries = {"sample": "sample"}
    public = bench.data / "gitlab_messaging" if bench.data else None
    if public is not None and public.is_dir():
        libraries["gitlab_messaging"] = str(public)
    yield from read_pairs()
    with tempfile.TemporaryDirectory(prefix="koujing-bench-") as folder:
        settings = load_settings(environment(Path(folder), model))
        runner = Runner(settings, Runs(Path(folder)), bench.progress, bench.say)
        for name, library in libraries.items():
            suites = ("drafting", "retrieval") if library == "sample" else ("drafting",)
            baselines = ("plain", "bm25") if library == "sample" else ("plain",)
            yield from rows(name, runner.start(Request(suites, (model,), baselines=baselines, library=library)))


def read_pairs() -> Iterator[Row]:
    """What readers preferred among the pairs that are kept, both ways round; a tie counts half."""
    pairs, read = kept_pairs(), choices()
    known = {(text_key(pair.a), text_key(pair.b)) for pair in pairs}
    who = sorted({choice.by for choice in read if (choice.a, choice.b) in known})
    values = [_VALUES[choice.prefers] for choice in read if (choice.a, choice.b) in known]
    if not values:
        yield Row("kept pairs: drafts preferred to the plain chain's", None, note="nobody has read the kept pairs")
        return
    kappa = readers(pairs, read, *who[:2]) if len(who) > 1 else None
    said = [{choice.prefers for choice in read if (choice.a, choice.b) == key} for key in sorted(known)]
    agree = f"all of one mind in {sum(len(each) == 1 for each in said)}"
    note = f"{len(who)} readers, {len(pairs)} pairs, {agree}; kappa " + (
        "undefined" if kappa is None else f"{kappa:.2f}"
    )
    yield Row(
        "kept pairs: drafts preferred to the plain chain's", round(sum(values) / len(values), 4), "", goal="≥ 0.6",
        n=len(values), note=note,
    )  # fmt: skip


def rows(library: str, run: Run) -> Iterator[Row]:
    """What a run of Koujing and the chain says, ours first, the chain as baseline."""
    ours, chain, bm25 = (next((v.id for v in run.variants if v.subject == s), "") for s in ("koujing", "plain", "bm25"))
    us, them = run.of("drafting", ours), run.of("drafting", chain)
    if us is not None and them is not None:
        yield from _support(library, us, them)
        for measure, words in _ASIDE:
            yield from _beside(f"{library}: {words}", measure, us, them, "the chain")
        yield _seconds(library, us, them)
    found, dense, lexical = (run.of("retrieval", variant) for variant in (ours, chain, bm25))
    for measure in ("ndcg@10", "recall@5"):
        if found is not None and dense is not None and lexical is not None:
            mine, theirs, others = (_measure(result, measure) for result in (found, dense, lexical))
            said = f"plain chain {_said(theirs)}, BM25 alone {_said(others)}"
            yield Row(
                f"{library}: retrieval, {measure}",
                mine.value if mine else None,
                "",
                baseline=said,
                n=mine.n if mine else 0,
            )


def _support(library: str, us: SuiteResult, them: SuiteResult) -> Iterator[Row]:
    """The rate by kind over released drafts; the chain blocks nothing, so that all of its drafts are released."""
    for kind in KINDS:
        mine, theirs = _measure(us, f"unsupported_{kind}"), _measure(them, f"unsupported_{kind}")
        if mine is None or mine.value is None:
            yield Row(f"{library}: unsupported {kind}, released drafts", None, note="nothing to look at")
            continue
        high = "" if mine.high is None else f", 95% below {mine.high:.3f}"
        yield Row(
            f"{library}: unsupported {kind}, released drafts", mine.value, "", goal="≤ 0",
            baseline=f"plain chain {_said(theirs)}", n=int(mine.of), note=f"{mine.hits:.0f} of {mine.of:.0f}{high}",
        )  # fmt: skip
    released = _measure(us, "released")
    if released is not None and released.value is not None:
        drafts = f"{released.hits:.0f} of {released.of:.0f} drafts, {us.failed} failed"
        yield Row(f"{library}: released", released.value, "", goal="≥ 0.8", n=released.n, note=drafts,
                  baseline="plain chain: checks nothing")  # fmt: skip
    before, chain = _measure(us, "unsupported_before_release"), _measure(them, "unsupported_before_release")
    if before is not None and before.value is not None:
        yield Row(f"{library}: unsupported, blocked drafts included", before.value, "", n=int(before.of),
                  baseline=f"plain chain {_said(chain)}")  # fmt: skip


def _beside(name: str, measure: str, us: SuiteResult, them: SuiteResult, whose: str) -> Iterator[Row]:
    mine, theirs = _measure(us, measure), _measure(them, measure)
    if mine is not None and mine.value is not None:
        yield Row(name, mine.value, "", baseline=f"{whose} {_said(theirs)}", n=int(mine.of))


def _seconds(library: str, us: SuiteResult, them: SuiteResult) -> Row:
    mean, chain = (sum(c.seconds for c in r.cases) / max(1, len(r.cases)) for r in (us, them))
    return Row(f"{library}: seconds a draft, mean", mean, "s", baseline=f"plain chain {chain:.1f} s", n=len(us.cases))


def _measure(result: SuiteResult, name: str) -> MeasureResult | None:
    return next((measure for measure in result.measures if measure.measure == name), None)


def _said(measure: MeasureResult | None) -> str:
    if measure is None or measure.value is None:
        return "nothing to look at"
    return f"{measure.value:.3f} ({measure.hits:.0f} of {measure.of:.0f})"
