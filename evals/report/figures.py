"""Numbers as a reader wants them: shares in per cent, others with their unit, nothing as a dash and never as zero."""

from __future__ import annotations

NOTHING = "—"


def figure(value: float | None, unit: str = "") -> str:
    """A value with its unit; a share where there is no unit. What is not quite 0 or 1 never reads as if it were."""
    if value is None:
        return NOTHING
    return f"{number(value)} {unit}" if unit else f"{_share(value)}%"


def span(low: float | None, high: float | None, unit: str = "") -> str:
    """An interval, the unit said once."""
    if low is None or high is None:
        return NOTHING
    if unit:
        return f"{number(low)}–{number(high)} {unit}"
    return f"{_share(low)}–{_share(high)}%"


def difference(value: float | None, unit: str, points: str) -> str:
    """A difference with its sign; of shares in percentage points, called `points`."""
    if value is None:
        return NOTHING
    if unit:
        return f"{_signed(number(abs(value)), value)} {unit}"
    return f"{_signed(f'{abs(value) * 100:.1f}', value)} {points}"


def number(value: float) -> str:
    """A count or a quantity: whole numbers whole, others with as many places as one can use."""
    if float(value).is_integer() or abs(value) >= 1000:
        return f"{value:,.0f}"
    places = 1 if abs(value) >= 10 else 2
    return f"{value:.{places}f}"


def duration(seconds: float) -> str:
    """`3 h 12 min`, `4 min 5 s`, `7.2 s`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def moment(stamp: str) -> str:
    """An ISO time to the minute, with its zone where it names one."""
    zone = "UTC" if stamp.endswith(("Z", "+00:00")) else stamp[-6:] if stamp[-6:-5] in ("+", "-") else ""
    return f"{stamp[:16].replace('T', ' ')} {zone}".strip()


def _share(value: float) -> str:
    text = f"{value * 100:.1f}"
    if text == "0.0" and value > 0:
        return "<0.1"
    if text == "100.0" and value < 1:
        return ">99.9"
    return text


def _signed(text: str, value: float) -> str:
    if not any(digit in "123456789" for digit in text):
        return "±0" if value == 0 else text
    return f"{'+' if value > 0 else '−'}{text}"
