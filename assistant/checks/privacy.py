"""Personal data that has no business in a text for publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.checks.base import Example, ParagraphCheck, ParagraphView
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.words import Words

_DIGIT = re.compile(r"\d")
_LONG = re.compile(r"(?<![\dA-Za-z.])\d(?:[ -]?\d){14,18}[Xx]?(?![\dA-Za-z])")
_MOBILE = re.compile(
    r"(?<![\dA-Za-z.])(?:(?:\+|00)86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\d%])|"
    r"(?<!\d)\+(?:49[ -]?1[5-7]|44[ -]?7|33[ -]?[67]|34[ -]?[67]|81[ -]?[789]0|82[ -]?10)(?:[ -]?\d){7,10}(?!\d)"
)
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@((?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,12})")
_PASSPORT = re.compile(
    r"(?:护照(?:号码?)?|passport(?: no\.?| number)?)[ :：是为]{0,3}([A-Za-z]{1,2}\d{7,8})(?!\d)", re.IGNORECASE
)
_PRIVATE = re.compile(
    r"(?:qq|163|126|139|188|189|foxmail|sina|sohu|aliyun|gmail|googlemail|hotmail|outlook|live|icloud|me|aol|gmx|web|"
    r"t-online|orange|laposte|free|naver|daum|hanmail|uol|bol|terra|proton|protonmail|mail|yandex|yahoo|ymail)"
    r"\.(?:com|cn|com\.cn|net|de|fr|co\.jp|co\.kr|com\.br|ru|me|ch|es|it|co\.uk)",
    re.IGNORECASE,
)
# Issuers of payment cards by first digits and length (ISO/IEC 7812): UnionPay, Visa, Mastercard, American Express.
_CARD = re.compile(r"62\d{14,17}|4\d{15}|5[1-5]\d{14}|3[47]\d{13}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class PersonalData(ParagraphCheck):
    """A Chinese identity number (GB 11643, by its check digit), a payment card (Luhn), a passport number: always. A
    mobile number and a private mailbox: when the cited sources do not have it, as they have the media contact.
    """

    id = "personal_data"
    severity = Severity.WARNING
    title = Words(zh="个人信息", en="Personal data")
    examples = (
        Example("联系人身份证号 11010519491231002X。", "", found=True),
        Example("合同编号 110105194912310021。", "", found=False),
        Example("请拨打 13800138000 找老周。", "媒体联系：010-5550 1234。", found=True),
        Example("请拨打 13800138000。", "媒体联系人手机：138 0013 8000。", found=False),
        Example("收款卡号 6222 0212 3456 7890 128。", "", found=True),
        Example("Write to jane.roe@gmail.com.", "The press office answers questions.", True, "en"),
        Example("Write to press@tingstone.example.", "The press office: press@tingstone.example.", False, "en"),
    )

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        text = view.text
        if not _DIGIT.search(text) and "@" not in text:
            return
        taken: list[Span] = []
        for span, what, severity in _always(text):
            taken.append(span)
            yield self.finding(
                Words(zh=f"{what.zh}；删去", en=f"{what.en}; take it out"),
                view.locale, view.paragraph.id, span, severity=severity,
            )  # fmt: skip
        sources: set[str] | None = None
        for span, what, key in _contacts(text):
            if any(span.overlaps(other) for other in taken):
                continue
            if sources is None:
                sources = {found for evidence in view.cited for _, _, found in _contacts(evidence.text)}
            if key not in sources:
                yield self.finding(
                    Words(
                        zh=f"{what.zh}，所引资料里没有；只写公开的联系方式",
                        en=f"{what.en} that the cited sources do not have; give only the published contact",
                    ),
                    view.locale, view.paragraph.id, span,
                )  # fmt: skip


def _always(text: str) -> Iterator[tuple[Span, Words, Severity]]:
    for found in _LONG.finditer(text):
        digits = re.sub("[ -]", "", found.group()).upper()
        if is_identity_number(digits):
            yield Span(*found.span()), Words(zh="身份证号", en="an identity number"), Severity.ERROR
        elif _CARD.fullmatch(digits) and is_luhn(digits):
            yield Span(*found.span()), Words(zh="银行卡号", en="a payment card number"), Severity.ERROR
    for found in _PASSPORT.finditer(text):
        yield Span(*found.span(1)), Words(zh="护照号", en="a passport number"), Severity.WARNING


def _contacts(text: str) -> Iterator[tuple[Span, Words, str]]:
    """Mobile numbers and private mailboxes, each with what it is compared by."""
    for found in _MOBILE.finditer(text):
        key = re.sub(r"\D", "", found.group())[-11:]
        yield Span(*found.span()), Words(zh="手机号码", en="a mobile number"), key
    for found in _MAIL.finditer(text) if "@" in text else ():
        if _PRIVATE.fullmatch(found[1]):
            yield Span(*found.span()), Words(zh="私人邮箱", en="a private mailbox"), found.group().lower()


def is_identity_number(digits: str) -> bool:
    """True for 18 characters with a real birthday and the right check digit (GB 11643-1999, ISO 7064 MOD 11-2)."""
    if len(digits) != 18 or not digits[:17].isdecimal() or not digits.isascii():
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    check = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    return born.year >= 1900 and "10X98765432"[check] == digits[17]


def is_luhn(digits: str) -> bool:
    """True when the last digit is the check digit of the others (ISO/IEC 7812-1)."""
    if not (digits.isdecimal() and digits.isascii()):
        return False
    doubled = (sum(divmod(2 * int(d), 10)) for d in digits[-2::-2])
    return (sum(int(d) for d in digits[-1::-2]) + sum(doubled)) % 10 == 0
