"""Minutes, letters, response lines, leads, content plans."""

from __future__ import annotations

import pytest
from ruled import TODAY, found, section, severities

from assistant.checks.letters import DraftMarkMissing, OptOutMissing, SenderMissing
from assistant.checks.minutes_rules import ActionWithoutOwner, PersonNotInTranscript
from assistant.checks.plans import StageMismatch
from assistant.checks.readers import LeadWithoutBenefit
from assistant.checks.removal import RemovalAdvice
from assistant.checks.standards import Standards
from assistant.draft import Evidence, Paragraph
from knowledge.domain.locale import Locale
from knowledge.lexicon import KnownName, Lexicon, NameKind

_BOUNDS = {"least": 1, "most": 90}
ACTIONS = section(
    write="actions", gap={"zh": "缺", "en": "none"}, instruction={"zh": "列", "en": "list"},
    evidence=[{"origin": "brief"}],
    parts=[{
        "role": "action", "length": {"zh": _BOUNDS, "en": _BOUNDS}, "fields": ["what", "owner", "due"],
        "unsaid": {"owner": {"zh": "未指定", "en": "not named"}, "due": {"zh": "未定", "en": "not set"}},
        "form": {
            "zh": "{{ what }}（负责人：{{ owner }}；完成时间：{{ due }}）", "en": "{{ what }} (owner: {{ owner }}; due: {{ due }})",
        },
    }],
)  # fmt: skip


def _action(text: str) -> Paragraph:
    return Paragraph("p1", text, role="action")


@pytest.mark.parametrize(
    ("text", "locale", "told"),
    [
        ("寄样机（负责人：周工；完成时间：12月1日）", "zh-CN", []),
        ("寄样机（负责人：未指定；完成时间：未定）", "zh-CN", []),
        ("寄样机（负责人：；完成时间：12月1日）", "zh-CN", ["error"]),
        ("寄样机（负责人：；完成时间：）", "zh-CN", ["error"]),
        ("周工负责在 12 月 1 日前寄样机", "zh-CN", []),
        ("寄样机", "zh-CN", ["warning"]),
        ("Send the sample (owner: Zhou; due: 1 December)", "en", []),
        ("Send the sample (owner: not named; due: not set)", "en", []),
        ("Send the sample (owner: Zhou; due: )", "en", ["error"]),
        ("Send the sample", "en", ["warning"]),
    ],
)
def test_an_action_says_who_and_by_when_or_that_nobody_did(text: str, locale: str, told: list[str]) -> None:
    assert severities(found(ActionWithoutOwner(), [_action(text)], locale=locale, declared=ACTIONS)) == told


def test_the_message_says_what_to_write() -> None:
    (finding,) = found(ActionWithoutOwner(), [_action("寄样机（负责人：；完成时间：）")], declared=ACTIONS)
    assert "负责人和完成时间" in finding.message
    assert "未指定" in finding.message


SAID = "林知夏：今天先看样机。\n周工：我来寄。\nTom Baker: I can check it."


@pytest.mark.parametrize(
    ("role", "text", "told"),
    [
        ("attendee", "林知夏", []),
        ("attendee", "林知夏（主持）、周工", []),
        ("attendee", "Tom Baker", []),
        ("attendee", "王敏", ["error"]),
        ("attendee", "林知夏、王敏", ["error"]),
        ("action", "寄样机（负责人：周工；完成时间：明天）", []),
        ("action", "寄样机（负责人：王敏；完成时间：明天）", ["error"]),
        ("action", "寄样机（负责人：未指定；完成时间：明天）", []),
        ("action", "填表（负责人：全体；完成时间：明天）", []),
        ("text", "王敏没有发言。", []),
    ],
)
def test_nobody_is_in_the_minutes_who_is_not_in_the_transcript(role: str, text: str, told: list[str]) -> None:
    evidence = [Evidence("S1", SAID, "zh-CN", source="talk", origin="input")]
    pieces = [Paragraph("p1", text, ("S1",), role=role)]
    more = {"declared": ACTIONS, "inputs": {"talk": ""}, "evidence": evidence}
    assert severities(found(PersonNotInTranscript(), pieces, {"input": "talk"}, **more)) == told  # type: ignore[arg-type]


def test_the_whole_transcript_counts_and_not_only_its_evidence() -> None:
    pieces = [Paragraph("p1", "王敏", role="attendee")]
    assert found(PersonNotInTranscript(), pieces, {"input": "talk"}, inputs={"talk": "王敏：好。"}) == []


# --- letters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("【草稿】请贵司修改并签字", []),
        ("初稿，供参考", []),
        ("本信未经签字不得使用", []),
        ("Draft – please edit and sign", []),
        ("Not signed yet", []),
        ("致各位同行", ["error"]),
        ("We recommend Tingstone.", ["error"]),
        ("The designated signatory recommends it.", ["error"]),
    ],
)
def test_a_letter_for_others_to_sign_says_so(text: str, told: list[str]) -> None:
    assert severities(found(DraftMarkMissing(), [text])) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("如不希望再收到此类邮件，回复“退订”即可。", []),
        ("回复 TD 退订。", []),
        ("To unsubscribe, reply to this mail.", []),
        ("If you'd rather not hear from us again, just tell me.", []),
        ("If you do not want any more mail from us, reply STOP.", []),
        ("周四下午方便通话吗？", ["error"]),
        ("Could we stop by on Thursday?", ["error"]),
    ],
)
def test_a_marketing_mail_says_how_to_get_no_more(text: str, told: list[str]) -> None:
    assert severities(found(OptOutMissing(), [text])) == told


OWN = Lexicon(names=(KnownName(NameKind.ORGANISATION, ("听石工业", "Tingstone"), own=True),))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["林知夏", "听石工业", "苏州市工业园区星湖街 88 号"], []),
        (["Jane Smith, Tingstone, 88 Xinghu Street, Suzhou 215000"], []),
        (["Jane Smith, Tingstone, Industriestraße 12, Stuttgart"], []),
        (["林知夏，听石工业，电话 0512-5550 1234"], ["warning"]),
        (["Jane Smith, Tingstone, jane@tingstone.example"], ["warning"]),
        (["林知夏"], ["error"]),
        (["See you soon"], ["error"]),
    ],
)
def test_a_marketing_mail_says_who_sends_it_and_from_where(lines: list[str], told: list[str]) -> None:
    held = Standards(Locale("zh-CN"), lexicon=OWN, today=TODAY)
    assert severities(found(SenderMissing(), lines, standards=held)) == told


# --- response lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "联系平台删帖。",
        "请平台把差评撤下。",
        "雇水军冲淡负面。",
        "安排员工以客户身份发好评。",
        "不回应记者；先找人刷好评。",
        "买热搜位，同时撤热搜。",
        "Ask the forum to take down the thread about the outage.",
        "Get the negative reviews removed.",
        "Pay for positive comments on the platform.",
        "Do not answer; delete the critical comments.",
        "Have colleagues pose as customers.",
    ],
)
def test_advice_to_remove_or_to_fake_is_an_error(text: str) -> None:
    assert severities(found(RemovalAdvice(), [text])) == ["error"]


@pytest.mark.parametrize(
    "text",
    [
        "我们不删帖、不雇水军，逐条回复。",
        "严禁要求平台删除评论。",
        "问：你们是否找人删帖？答：没有。",
        "外界指责公司刷好评，我们正在核查。",
        "删除故障记录前先备份。",
        "付费客户可获得优先支持。",
        "当天公开检修进度，两小时更新一次。",
        "Never ask the platform to delete posts.",
        "We have not paid for any reviews.",
        "Did you ask for reviews to be deleted?",
        "The damaged pump was removed on Monday.",
        "We answer every comment within two hours and correct our article.",
    ],
)
def test_a_refusal_a_question_and_other_matters_are_none(text: str) -> None:
    assert found(RemovalAdvice(), [text]) == []


@pytest.mark.parametrize("heading", ["不该做的", "What not to say"])
def test_a_section_of_what_is_not_done_may_name_it(heading: str) -> None:
    assert found(RemovalAdvice(), ["联系平台删帖", "delete the negative posts"], heading=heading) == []


# --- leads -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "9 月 1 日，公司迁入星湖街新址，董事长出席仪式。",
        "本企业荣获省级专精特新称号。",
        "In September we moved house, and the chairman cut the ribbon.",
        "Tingstone has won an award for its work.",
    ],
)
def test_a_lead_about_ourselves_only(text: str) -> None:
    assert severities(found(LeadWithoutBenefit(), [text])) == ["warning"]


@pytest.mark.parametrize(
    "text",
    [
        "华东客户的备件今后当天取到。",
        "老设备多的工厂可以少换一半机器。",
        "交货期缩短到三天：新仓库启用。",
        "Plants in East China get spare parts the same day.",
        "You no longer wait for spare parts.",
        "Spare parts arrive sooner: a warehouse opens in Suzhou.",
    ],
)
def test_a_lead_with_something_for_its_reader(text: str) -> None:
    assert found(LeadWithoutBenefit(), [text]) == []


def test_readers_of_the_brief_count_and_titles_are_no_lead() -> None:
    pieces = [Paragraph("p1", "新仓库启用", role="title"), Paragraph("p2", "水务公司从此不必备货。")]
    assert severities(found(LeadWithoutBenefit(), pieces)) == ["warning"]
    assert found(LeadWithoutBenefit(), pieces, inputs={"readers": "水务公司、泵站"}) == []


# --- content plans ---------------------------------------------------------------------------------------------------

PLAN = section(
    write="calendar", gap={"zh": "缺", "en": "none"}, evidence=[{"origin": "brief"}],
    parts=[{
        "role": "plan", "length": {"zh": _BOUNDS, "en": _BOUNDS}, "fields": ["month", "topic", "stage", "format"],
        "form": {"zh": "{{ month }}：{{ topic }}（{{ stage }}，{{ format }}）", "en": "{{ month }}: {{ topic }} ({{ stage }}, {{ format }})"},
    }],
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "locale", "told"),
    [
        ("1 月：获奖的故事（偏好，客户成功案例）", "zh-CN", []),
        ("1 月：客户成功案例（购买，企业动态）", "zh-CN", ["warning"]),
        ("1 月：新厂（认知，公司新闻）", "zh-CN", []),
        ("1 月：新厂（意识，木偶戏）", "zh-CN", ["info"]),
        ("January: a plant (preference, success story)", "en", []),
        ("January: a plant (awareness, comparison)", "en", ["warning"]),
        ("January · a plant · Purchase stage · reference visit", "en", []),
        ("January, a plant", "en", ["info"]),
    ],
)
def test_stage_and_format_fit(text: str, locale: str, told: list[str]) -> None:
    assert severities(found(StageMismatch(), [text], locale=locale, declared=PLAN)) == told
