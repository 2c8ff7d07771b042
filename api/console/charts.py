"""A line over time as an SVG of plain shapes: no script, no style of its own, readable without colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 14, 34


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of the line: where it is drawn, what it says, where it leads."""

    x: float
    y: float
    label: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid with its label."""

    at: float
    label: str


_NOTHING = 1e-9
"""Below this a value is drawn as nothing."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws, in units of the view box `WIDTH` × `HEIGHT`."""

    dots: tuple[Dot, ...]
    path: str
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


def line_chart(
    names: Sequence[str],
    values: Sequence[float],
    labels: Sequence[str],
    addresses: Sequence[str] = (),
    *,
    percent: bool = False,
) -> Chart:
    """The values in order, evenly spaced. `names` stand below, at most eight of them; `labels` tell each point."""
    top = _nice(max(values, default=0.0), percent)
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(number: int) -> float:
        return round(LEFT + (wide * number / (len(values) - 1) if len(values) > 1 else wide / 2), 1)

    def y(value: float) -> float:
        return round(TOP + high * (1 - value / top), 1)

    dots = tuple(
        Dot(x(number), y(value), labels[number], addresses[number] if addresses else "")
        for number, value in enumerate(values)
    )
    step = max(1, -(-len(names) // 8))
    shares = (0.0, 0.5, 1.0)
    return Chart(
        dots=dots,
        path=" ".join(f"{'M' if number == 0 else 'L'}{dot.x} {dot.y}" for number, dot in enumerate(dots)),
        rows=tuple(Tick(y(top * share), _said(top * share, percent)) for share in shares),
        columns=tuple(Tick(x(number), name) for number, name in enumerate(names) if number % step == 0),
    )


def _nice(highest: float, percent: bool) -> float:
    """The top of the scale: a round number above the highest value."""
    if highest < _NOTHING:
        return 0.05 if percent else 1.0
    size = 1.0
    while size > highest:
        size /= 10
    while size * 10 < highest:
        size *= 10
    top = next(size * step for step in (1, 2, 5, 10) if size * step >= highest)
    return min(top, 1.0) if percent and highest <= 1 else top


def _said(value: float, percent: bool) -> str:
    if percent:
        return f"{100 * value:.3g}%"
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.2g}"
