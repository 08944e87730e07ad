"""Words beside marks: nothing hides anything, however wide the plot is."""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts import labels
from dashboard.charts.labels import Mark, Place

HEIGHT = 300
WIDTHS = (labels.NARROW, 321, 500, 768, labels.WIDE)
WORDS = st.sampled_from(["", "Oost", "Lyceum Vlietkade", "Scholengemeenschap<br>De Lijnbaan"])
AROUND = tuple((part, down) for part in (-0.1, 0.1) for down in (-18, 0, 18))
MARKS = st.builds(
    Mark, x=st.floats(0.02, 0.98), y=st.floats(8, HEIGHT - 8), words=WORDS, outward=st.sampled_from([-1, 0, 1])
)


def _rectangle(box: labels._Box, width: float) -> tuple[float, float, float, float]:
    return box.x * width + box.left, box.x * width + box.right, box.top, box.bottom


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) > 1e-6 and min(one[3], other[3]) - max(one[2], other[2]) > 1e-6


@settings(max_examples=60, deadline=None)
@given(st.lists(MARKS, max_size=25), st.floats(0, HEIGHT))
def test_nothing_hides_anything(marks: list[Mark], level: float) -> None:
    """At every width a plot may have, words lie clear of words, of marks, of the line and of the edges."""
    found = labels.places(marks, HEIGHT, level)
    boxes = [labels._box(mark, place) for mark, place in zip(marks, found, strict=True) if place]
    dots = [
        labels._Box(mark.x, -labels.MARK, labels.MARK, mark.y - labels.MARK, mark.y + labels.MARK) for mark in marks
    ]
    for width in WIDTHS:
        drawn = [_rectangle(box, width) for box in boxes]
        assert not any(_overlap(one, other) for one, other in combinations(drawn, 2))
        assert not any(_overlap(words, _rectangle(dot, width)) for words in drawn for dot in dots)
        assert all(left >= -1e-6 and right <= width + 1e-6 for left, right, *_ in drawn)
    assert all(box.top >= 0 and box.bottom <= HEIGHT for box in boxes)
    assert not any(box.top < level < box.bottom for box in boxes)


@settings(max_examples=60, deadline=None)
@given(st.lists(MARKS, min_size=8, max_size=25))
def test_no_line_runs_through_words(marks: list[Mark]) -> None:
    """At every width, the line to words further off passes other words and other marks by."""
    pairs = [(mark, place) for mark, place in zip(marks, labels.places(marks, HEIGHT), strict=True) if place]
    for width in WIDTHS:
        for mark, place in pairs:
            start = (mark.x * width, mark.y)
            steps = [part / 20 for part in range(20)] if place.is_far else []
            line = [(start[0] + part * place.right, start[1] + part * place.down) for part in steps]
            others = [labels._box(other, words) for other, words in pairs if other is not mark]
            for left, right, top, bottom in (_rectangle(box, width) for box in others):
                inside = [(x, y) for x, y in line if left + 6 < x < right - 6 and top + 6 < y < bottom - 6]
                assert not [point for point in inside if hypot(point[0] - start[0], point[1] - start[1]) > 16]


def test_words_stand_beside_a_lonely_mark() -> None:
    """To the right where there is room, else to the left; no line leads to them; without words there is no place."""
    left, right, silent = labels.places([Mark(0.1, 50, "Oost"), Mark(0.99, 150, "West"), Mark(0.5, 250)], HEIGHT)
    assert left == Place("left", "middle", 10, 0)
    assert right == Place("right", "middle", -10, 0)
    assert silent is None
    assert left.annotation() == {"xanchor": "left", "yanchor": "middle", "showarrow": False, "xshift": 10, "yshift": 0}


def test_the_first_words_find_room_first() -> None:
    """Where words can't all stand, those of the first mark do."""
    crowd = [Mark(0.5, HEIGHT / 2, "Scholengemeenschap<br>De Lijnbaan") for _ in range(40)]
    found = labels.places(crowd, HEIGHT)
    assert found[0] is not None
    assert None in found


def test_a_line_leads_to_words_further_off() -> None:
    """Outward only: words of a mark above the rest don't end up below it."""
    around = [Mark(0.5 + part, 150 + down) for part in (-0.05, 0.05) for down in (-20, 0, 20)]
    (place, *_) = labels.places([Mark(0.5, 150, "Lyceum Vlietkade", outward=-1), *around], HEIGHT)
    assert place is not None
    assert place.is_far
    assert place.down < 0
    drawn = place.annotation()
    assert drawn["showarrow"] is True
    assert drawn["ay"] < 0


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Lyceum Oost", "Lyceum Oost"),
        ("Scholengemeenschap De Lijnbaan", "Scholengemeenschap<br>De Lijnbaan"),
        ("<b>Oost</b>", "&lt;b&gt;Oost&lt;/b&gt;"),
        ("Christelijk College voor heel veel dorpen", "Christelijk<br>College voor heel…"),
    ],
)
def test_names_take_two_lines_at_most(name: str, drawn: str) -> None:
    """A name is drawn as it is written; one that is too long ends in dots."""
    assert labels.lines(name) == drawn


def test_a_wide_letter_counts_for_more() -> None:
    """As many letters take more room where they are wide ones."""
    assert labels.width("iiii") < labels.width("aaaa") < labels.width("mmmm")
    assert labels.width("") == 0


def test_words_are_closest_to_their_own_mark() -> None:
    """Beside a mark only where no other mark is about as near; else a line leads to them, or there are none."""
    marks = [Mark(0.5, 150, "Oost", outward=-1), Mark(0.5, 125)]
    (near, _), (apart, _) = labels.places(marks, HEIGHT), labels.places(marks, HEIGHT, others=labels.NEAREST)
    assert near == Place("left", "middle", 10, 0)
    assert apart == near
    crowd = [Mark(0.5, 150, "Oost", outward=-1), *(Mark(0.5 + part, 150 + down) for part, down in AROUND)]
    (close, *_), (far, *_) = labels.places(crowd, HEIGHT), labels.places(crowd, HEIGHT, others=labels.NEAREST)
    assert close == Place("center", "bottom", 0, -9)
    assert far is not None
    assert far.is_far


def test_words_pass_lines_by() -> None:
    """Words go where no line of the chart runs; where one runs everywhere they say that they are over it."""
    mark, flat = Mark(0.5, 150, "Oost"), [(0.0, 150.0), (1.0, 150.0)]
    (beside,), (above,) = labels.places([mark], HEIGHT), labels.places([mark], HEIGHT, passed=[flat])
    assert beside == Place("left", "middle", 10, 0)
    assert above == Place("center", "bottom", 0, -9)
    everywhere = [[(0.0, float(down)), (1.0, float(down))] for down in range(0, HEIGHT, 10)]
    (over,) = labels.places([mark], HEIGHT, passed=everywhere)
    assert over == Place("left", "middle", 10, 0, is_over=True)


def test_a_steep_line_is_passed_by_too() -> None:
    """Between two of its points a line is somewhere, however far they lie apart, on a phone as well as on a wall."""
    steep = [(0.495, 0.0), (0.53, 300.0)]
    (place,) = labels.places([Mark(0.5, 150, "Oost")], HEIGHT, passed=[steep])
    assert place == Place("right", "middle", -10, 0, is_over=False)


def test_words_inward_and_over_a_line_are_left_out() -> None:
    """Above the foot of the plot a mark below the rest has no room; the first mark has its words all the same."""
    lines = [[(0.0, float(down)), (1.0, float(down))] for down in range(0, HEIGHT, 10)]
    marks = [Mark(place, HEIGHT - 1, "Oost", outward=1) for place in (0.25, 0.75)]
    first, second = labels.places(marks, HEIGHT, passed=lines)
    assert first is not None
    assert first.is_over
    assert second is None
    assert None not in labels.places(marks, HEIGHT)
