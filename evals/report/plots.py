"""Small drawings as inline SVG, each with a title that says in words what it shows. Colours come from the page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, pairwise

from markupsafe import Markup, escape

_WIDTH, _HEIGHT, _PAD = 168, 22, 6
_RUN_WIDTH, _RUN_HEIGHT = 180, 40


def whisker(value: float, low: float | None, high: float | None, most: float, title: str) -> Markup:
    """A dot for the value and a line for its interval, on an axis from 0 to `most`."""
    middle = _HEIGHT / 2

    def x(at: float) -> float:
        return round(_PAD + (_WIDTH - 2 * _PAD) * min(max(at / most, 0.0), 1.0) if most else _PAD, 1)

    parts = [f'<path class="axis" d="M{_PAD} {middle}H{_WIDTH - _PAD}"/>']
    parts += [f'<path class="axis" d="M{x(most * part)} {middle - 3}v6"/>' for part in (0, 0.5, 1)]
    if low is not None and high is not None:
        parts.append(f'<path class="whisker" d="M{x(low)} {middle}H{x(high)}"/>')
        parts += [f'<path class="whisker end" d="M{x(end)} {middle - 4}v8"/>' for end in (low, high)]
    parts.append(f'<circle class="dot" cx="{x(value)}" cy="{middle}" r="4"/>')
    return _svg("whisker-plot", _WIDTH, _HEIGHT, title, parts)


def sparkline(values: Sequence[float], breaks: frozenset[int], title: str) -> Markup:
    """The course of a value over runs. `breaks` are the places before which nothing may be joined."""
    low, high = min(values), max(values)
    spread = high - low

    def x(place: int) -> float:
        return round(_PAD + (_RUN_WIDTH - 2 * _PAD) * (place / (len(values) - 1) if len(values) > 1 else 0.5), 1)

    def y(value: float) -> float:
        part = (value - low) / spread if spread else 0.5
        return round(_RUN_HEIGHT - _PAD - (_RUN_HEIGHT - 2 * _PAD) * part, 1)

    parts = [
        f'<path class="break" d="M{round((x(place - 1) + x(place)) / 2, 1)} 2V{_RUN_HEIGHT - 2}"/>'
        for place in sorted(breaks)
    ]
    for place, (before, after) in zip(count(1), pairwise(values), strict=False):
        if place not in breaks:
            parts.append(f'<path class="course" d="M{x(place - 1)} {y(before)}L{x(place)} {y(after)}"/>')
    last = len(values) - 1
    for place, value in enumerate(values):
        look, radius = ("dot", 3.5) if place == last else ("past", 2)
        parts.append(f'<circle class="{look}" cx="{x(place)}" cy="{y(value)}" r="{radius}"/>')
    return _svg("sparkline", _RUN_WIDTH, _RUN_HEIGHT, title, parts)


def _svg(look: str, width: int, height: int, title: str, parts: Sequence[str]) -> Markup:
    return Markup(  # noqa: S704  # the parts are numbers; the title is escaped
        f'<svg class="{look}" role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )
