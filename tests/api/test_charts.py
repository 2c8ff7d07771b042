"""Lines of the quality page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.console.charts import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, line_chart


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=60))
def test_every_point_lies_on_the_sheet_and_higher_values_stand_higher(values: list[float]) -> None:
    chart = line_chart([str(n) for n in range(len(values))], values, [""] * len(values))
    assert len(chart.dots) == len(values)
    assert all(LEFT <= dot.x <= WIDTH - RIGHT and TOP <= dot.y <= HEIGHT - BOTTOM for dot in chart.dots)
    assert [dot.x for dot in chart.dots] == sorted(dot.x for dot in chart.dots)
    assert chart.dots[values.index(max(values))].y <= min(dot.y for dot in chart.dots) + 0.1
    assert len(chart.columns) <= 8 or len(values) < 8


@pytest.mark.parametrize("value", [5e-324, 1e-300, 1e-12])
def test_next_to_nothing_is_drawn_as_nothing(value: float) -> None:
    (dot,) = line_chart(["a"], [value], [""]).dots
    assert dot.y == HEIGHT - BOTTOM


def test_shares_are_told_in_percent_and_never_above_the_whole() -> None:
    chart = line_chart(["a", "b"], [0.04, 0.021], ["", ""], percent=True)
    assert [row.label for row in chart.rows] == ["0%", "2.5%", "5%"]
    assert line_chart(["a"], [0.9], [""], percent=True).rows[-1].label == "100%"


def test_a_single_point_stands_in_the_middle() -> None:
    (dot,) = line_chart(["a"], [3], ["three"]).dots
    assert dot.x == round(LEFT + (WIDTH - LEFT - RIGHT) / 2, 1)
    assert dot.label == "three"
