"""The exam of a judge: sentences whose truth is known. What a model may decide hangs on what it gets right here.

A judge has two powers, each granted by itself: to acquit (a sentence that the program could not find in the sources is
said there in other words) and to convict (a sentence that the program let pass is not said there). Overruling a
program makes the ledger better only where the judge is more often right than the program, so each power asks for
near certainty in its own direction and some use: at most one in twelve of the other kind taken for its own, and at
least half of its own found. Sentences are ours, half true, half false, each false one by one fault that is common in
summaries (who did it, opposite, cause, order, scope, certainty, a detail added).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.claims.judge.opinions import CONTRADICTED, NOT_STATED, SUPPORTED, Opinions
from assistant.claims.judge.question import Line, Question, plain

WRONG = 1 / 12
"""Share of the other kind that a judge may take for its own."""
FOUND = 1 / 2
"""Share of its own kind that a judge must find."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Evidence, sentences that it carries, and sentences that it does not."""

    evidence: tuple[str, ...]
    true: tuple[str, ...]
    false: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Of `true` sentences `passed` were called supported and `blamed` not; of `false` ones `missed` and `caught`.
    What has no answer is in none of the four."""

    true: int
    false: int
    passed: int
    blamed: int
    missed: int
    caught: int

    @property
    def may_acquit(self) -> bool:
        """Its `supported` is worth something."""
        return self.missed <= WRONG * self.false and self.passed >= FOUND * self.true

    @property
    def may_convict(self) -> bool:
        """Its `contradicted` and `not_stated` are worth something."""
        return self.blamed <= WRONG * self.true and self.caught >= FOUND * self.false


def examined(opinions: Opinions, language: str) -> Result:
    """The result in Chinese, or in English for every other language."""
    truth = dict(questions(language))
    answers = opinions.of(tuple(truth), language)
    said = [(truth[asked], judgement.verdict) for asked, judgement in answers.items()]
    blames = (CONTRADICTED, NOT_STATED)
    return Result(
        true=sum(truth.values()),
        false=len(truth) - sum(truth.values()),
        passed=sum(true and verdict == SUPPORTED for true, verdict in said),
        blamed=sum(true and verdict in blames for true, verdict in said),
        missed=sum(not true and verdict == SUPPORTED for true, verdict in said),
        caught=sum(not true and verdict in blames for true, verdict in said),
    )


def questions(language: str) -> Iterator[tuple[Question, bool]]:
    """Each sentence against its own evidence and, as in a real text, some that has nothing to do with it."""
    sheets = EXAM["zh" if language == "zh" else "en"]
    for number, sheet in enumerate(sheets):
        beside = sheets[(number + 1) % len(sheets)].evidence
        lines = tuple(Line(plain(text)) for text in (*sheet.evidence, *beside))
        for sentences, true in ((sheet.true, True), (sheet.false, False)):
            for sentence in sentences:
                yield Question(plain(sentence), lines), true


EXAM: Mapping[str, tuple[Sheet, ...]] = {
    "en": (
        Sheet(
            (
                "Until last year, Marlow Freight planned its routes by telephone.",
                "The dispatchers now see every lorry on a map and answer customers themselves.",
                "The drivers were sceptical at first; the dispatchers were not.",
            ),
            (
                "Routes used to be arranged over the phone.",
                "Customers get their answers straight from the dispatchers.",
            ),
            ("The dispatchers doubted the system at first.", "The drivers now see every lorry on a map."),
        ),
        Sheet(
            (
                "The hospital tried out a cleaning robot on its children's ward.",
                "Nurses found it quieter than the old machine.",
                "Whether to buy it will be decided after the budget talks.",
            ),
            (
                "A ward for children was the place of the trial.",
                "According to nurses, the old machine made more noise.",
            ),
            ("The hospital has decided to buy the robot.", "Doctors found the robot quieter than the old machine."),
        ),
        Sheet(
            (
                "The new release encrypts backups before they leave the building.",
                "Passwords are not stored.",
                "Customers who use the old client must update it first.",
            ),
            ("Backups are only sent out in encrypted form.", "The software keeps no passwords."),
            (
                "Backups are encrypted after they have left the building.",
                "All customers must update their client first.",
            ),
        ),
        Sheet(
            (
                "Because a supplier in the north closed, Velta moved the casting to its own foundry.",
                "Quality complaints have become rarer since then.",
                "The manager of the foundry expects to hire more staff.",
            ),
            ("Velta now does the casting itself.", "There are fewer complaints about quality than before the move."),
            (
                "Velta moved the casting because the supplier had become too expensive.",
                "Quality complaints have become more frequent since then.",
            ),
        ),
        Sheet(
            (
                "Orsini Textiles and the university developed the dye together.",
                "The university holds the patent.",
                "Orsini may use the dye free of charge in Europe.",
            ),
            (
                "The dye came out of joint work with the university.",
                "In Europe, Orsini pays nothing for using the dye.",
            ),
            ("Orsini Textiles holds the patent.", "The dye that Orsini and the university developed spares the skin."),
        ),
        Sheet(
            (
                "The academy trains service engineers, usually in their own language.",
                "Courses can be booked online but are held on site.",
                "A certificate is given only after a practical test.",
            ),
            (
                "Service engineers are normally taught in their mother tongue.",
                "Whoever wants the certificate must first pass a practical test.",
            ),
            ("The courses are held online.", "Everyone who attends a course gets a certificate."),
        ),
    ),
    "zh": (
        Sheet(
            (
                "直到去年，麦洛货运还靠电话安排路线。",
                "现在调度员在地图上看得到每一辆货车，并直接答复客户。",
                "司机起初有疑虑，调度员没有。",
            ),
            ("以前路线是打电话安排的。", "客户的问题由调度员直接回答。"),
            ("调度员起初对系统有疑虑。", "现在司机在地图上看得到每一辆货车。"),
        ),
        Sheet(
            (
                "医院在儿童病房试用了一台清洁机器人。",
                "护士觉得它比旧机器安静。",
                "是否采购，要等预算讨论之后再定。",
            ),
            ("试用的地点是孩子们住的病房。", "护士认为旧机器的噪音更大。"),
            ("医院已经决定采购这台机器人。", "医生觉得机器人比旧机器安静。"),
        ),
        Sheet(
            (
                "新版本在备份离开大楼之前先加密。",
                "系统不保存密码。",
                "还在用旧客户端的客户必须先升级客户端。",
            ),
            ("备份只以加密形式传出。", "密码不会留在系统里。"),
            ("备份在离开大楼之后才加密。", "所有客户都必须先升级客户端。"),
        ),
        Sheet(
            (
                "由于北方的一家供应商停业，维尔塔把铸造工序转到了自己的铸造厂。",
                "从那以后，质量投诉变少了。",
                "铸造厂的厂长预计会再招人。",
            ),
            ("铸造现在由维尔塔自己完成。", "与搬迁之前相比，质量方面的投诉减少了。"),
            ("维尔塔转移铸造工序，是因为供应商涨价太多。", "从那以后，质量投诉越来越多。"),
        ),
        Sheet(
            (
                "奥西尼纺织与大学共同研制了这种染料。",
                "专利归大学所有。",
                "奥西尼在欧洲可以免费使用这种染料。",
            ),
            ("这种染料是与大学合作的成果。", "奥西尼在欧洲用这种染料不必付费。"),
            ("专利归奥西尼纺织所有。", "奥西尼与大学研制的这种染料不伤皮肤。"),
        ),
        Sheet(
            (
                "学院培训服务工程师，通常用学员的母语授课。",
                "课程可以在网上预订，但在现场上课。",
                "通过实操考试之后才发证书。",
            ),
            ("服务工程师一般能听到自己语言的课。", "想拿证书，必须先过实操考试。"),
            ("课程在网上进行。", "凡是上过课的人都能拿到证书。"),
        ),
    ),
}
