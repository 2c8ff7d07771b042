"""What the law of a market says of words: forbidden ones, delicate ones, superlatives without proof."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import Example, ParagraphCheck, ParagraphView
from assistant.checks.rulepack import Offence, offences, packs_for
from assistant.claims.searching import is_in_setting, lowered
from assistant.claims.superlatives import is_name, is_reported
from assistant.draft import Claim
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words

_JUDGED = ("supported", "unsupported")


class BannedTerm(ParagraphCheck):
    """Words that the law of the market forbids in advertising, with the article.

    China: absolute terms (国家级, 最佳 and their kind), state organs and symbols, promised returns, promised effects.
    The context decides, as in the enforcement guide of 2023: a negation, a quoted law, a book title, a goal, a
    comparison with one's own products, a measured limit and an official title are none.
    """

    id = "banned_term"
    severity = Severity.ERROR
    title = Words(zh="广告禁用语", en="Term forbidden by law")
    repair = True
    examples = (
        Example("本公司网关是国家级产品。", "", found=True),
        Example("选择业界第一的排产软件。", "", found=True),
        Example("我们提供最优质的服务和最先进的技术。", "", found=True),
        Example("使用本系统零风险，绝不会出现故障。", "", found=True),
        Example("本净水设备为部队特供产品。", "", found=True),
        Example("项目稳赚不赔，一年必定回本。", "", found=True),
        Example("第一步，核对设备编号；最后，重启网关。", "", found=False),
        Example("我们不是行业第一，也不敢说最好。", "", found=False),
        Example("《广告法》不允许使用“最佳”一词。", "", found=False),
        Example("公司是国家级专精特新“小巨人”企业。", "公司是国家级专精特新“小巨人”企业。", found=False),
        Example("主轴最高转速 12000 转，最好先预热。", "", found=False),
        Example("我们力争三年内做到行业第一。", "", found=False),
        Example("该型号是本系列中体积最小的一款。", "", found=False),
    )

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        for offence in _offences(view):
            if offence.rule.level == "forbidden":
                yield _finding(self, offence, view)


class SensitiveTerm(ParagraphCheck):
    """Words that the law of the market allows only with proof or with care: green claims, guarantees, “free”, data
    without a named source, typical results, hype.

    A superlative that the ledger has judged is left to `superlative_unproven`.
    """

    id = "sensitive_term"
    severity = Severity.WARNING
    title = Words(zh="敏感用语", en="Term to be used with care")
    examples = (
        Example("据统计，八成企业的故障减少了六成。", "", found=True),
        Example("权威机构认证，专家一致推荐。", "", found=True),
        Example("根据省统计局 2024 年年报，用水量下降 3%。", "", found=False),
        Example("现场实测数据显示，夜间流量下降 12%。", "", found=False),
        Example("A revolutionary, risk-free controller.", "", True, "en"),
        Example("Our gateways are eco-friendly.", "", True, "en-US"),
        Example("Our gateways are eco-friendly.", "", True, "en-IE"),
        Example("The housing is made of recycled aluminium.", "", False, "en-US"),
    )

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        judged = [claim.span for claim in _superlatives(view) if claim.verdict in _JUDGED]
        for offence in _offences(view):
            if offence.rule.level == "careful" or (
                offence.rule.level == "needs_proof" and not any(offence.span.overlaps(span) for span in judged)
            ):
                yield _finding(self, offence, view)


class SuperlativeUnproven(ParagraphCheck):
    """The only, the first, the leading, faster than the rivals: no cited sentence says so of the same thing, or only of
    a smaller field, and the sentence names no source and year of its own.

    Where the law of the market forbids the words anyway, `banned_term` says so instead.
    """

    id = "superlative_unproven"
    severity = Severity.WARNING
    title = Words(zh="最高级或比较没有证明", en="Superlative or comparison without proof")
    repair = True
    examples = (
        Example("汀石是国内首家推出该网关的厂商。", "汀石于 2021 年推出该网关。", found=True),
        Example("汀石是国内首家推出该网关的厂商。", "2021 年，汀石在国内首家推出该网关。", found=False),
        Example("该网关的启动比同行快 3 秒。", "该网关启动需要 3 秒。", found=True),
        Example("这是我们的首个海外工厂。", "公司在海外建厂。", found=False),
        Example("Tingstone is the leading supplier of edge gateways.", "Tingstone makes edge gateways.", True, "en"),
        Example(
            "Tingstone is the leading supplier of edge gateways.",
            "Among makers of edge gateways, Tingstone is the leading supplier in China.",
            False,
            "en",
        ),
        Example("It is our largest plant to date.", "The plant opened in 2024.", False, "en"),
    )

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        claims = [claim for claim in _superlatives(view) if claim.verdict == "unsupported"]
        if not claims:
            return
        forbidden = [offence.span for offence in _offences(view) if offence.rule.level == "forbidden"]
        for claim in claims:
            if any(claim.span.overlaps(span) for span in forbidden):
                continue
            if is_in_setting("sourced", view.text, claim.span, view.locale.language):
                continue
            yield self.finding(
                Words(
                    zh=f"“{claim.text}”：{claim.note}；写明范围、时间和出处，或删去",
                    en=f"'{claim.text}': {claim.note}; state scope, time and source, or leave it out",
                ),
                view.locale, view.paragraph.id, claim.span, evidence=[e.id for e in claim.evidence],
            )  # fmt: skip


def _superlatives(view: ParagraphView) -> list[Claim]:
    return [claim for claim in view.claims if claim.kind in ("superlative", "comparison")]


def _offences(view: ParagraphView) -> list[Offence]:
    """Those of its packs and channel, without proved titles, known names and what a report of the library says."""
    standards = view.standards
    return [
        offence
        for offence in offences(view.text, view.locale.language, packs_for(standards.market, view.locale))
        if (not offence.rule.channels or standards.channel in offence.rule.channels)
        and not is_name(offence.span, view.text, standards.lexicon)
        and not is_reported(offence.span, view.text, standards.lexicon)
    ]


def _finding(check: ParagraphCheck, offence: Offence, view: ParagraphView) -> Finding:
    said, law, advice = offence.span.of(view.text), offence.law.named(), offence.rule.advice
    return check.finding(
        Words(zh=f"“{said}”（{law.zh}）：{advice.zh}", en=f"'{said}' ({law.en}): {advice.en}"),
        view.locale, view.paragraph.id, offence.span, fix=offence.rule.rewrites.get(lowered(said), ""),
    )  # fmt: skip
