"""The lesson as a reader plays with it: what is chosen is what is drawn, and what is told is what was really so."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.indicators import examples
from dashboard.indicators.sentences import lesson
from tests.pages.reader import open_page, specs, words

pytestmark = pytest.mark.usefixtures("shown")

PART = "Wat is toeval?"
PAGES = {"incidents": "voorbeeld_lot", "schools": "voorbeeld_trekking"}
"""The pages with a lesson, and the key of the number by which chance is drawn."""


def _open(page: str, **address: str) -> AppTest:
    return open_page(page, onderdeel=PART, **address)


def _slide(app: AppTest, **values: int) -> AppTest:
    for key, value in values.items():
        draws = key in PAGES.values()
        (app.number_input if draws else app.slider)(key=key).set_value(value)
    app.run()
    assert not app.exception
    return app


def _lesson(app: AppTest) -> str:
    """What the part says, from its example on."""
    return words(app).partition("Probeer het zelf")[2]


@pytest.mark.parametrize("page", PAGES)
def test_the_lesson_is_there(page: str) -> None:
    """Every paragraph and term of it, one example, and what to do with a sign."""
    app = _open(page)
    told = words(app)
    own = (
        lesson.series_passages()
        if page == "incidents"
        else (*lesson.schools_passages(), lesson.no_ranks(examples.smallest_at_an_end()))
    )
    for passage in (*own, lesson.QUESTIONS, lesson.MORE_REPORTS):
        assert f"<h2>{passage.title}</h2>" in told
        assert all(title in told for title in passage.terms)
    assert "lotnummer 1<" in told


def test_another_draw_of_a_series() -> None:
    """Only chance differs: what is told is that of the draw, what is counted over draws stays."""
    app = _open("incidents")
    before = _lesson(app)
    after = _lesson(_slide(app, voorbeeld_lot=3))
    for draw, text in ((1, before), (3, after)):
        assert lesson.series_told(examples.series(24, 10, 1, draw)) in text
        assert f"lotnummer {draw}<" in text
        assert lesson.series_shown(examples.series_shown(24, 10, 1), 1) in text


@pytest.mark.parametrize(("page", "key"), PAGES.items())
def test_draw_again(page: str, key: str) -> None:
    """One touch is the next draw, also in the address; after the last one the first."""
    app = _open(page)
    for draw in (2, 3):
        app.button(key=f"{key}_opnieuw").click().run()
        assert f"lotnummer {draw}<" in _lesson(app)
        assert app.query_params[key] in (f"{draw}", [f"{draw}"])
    last = _open(page, **{key: f"{examples.DRAWS}"})
    last.button(key=f"{key}_opnieuw").click().run()
    assert "lotnummer 1<" in _lesson(last)


@pytest.mark.parametrize("change", examples.CHANGES)
def test_what_changes_in_a_series(change: str) -> None:
    """Each choice is worked out, also with the fewest reports, where there may be no limits at all."""
    app = _open("incidents")
    app.selectbox(key="voorbeeld_verandering").set_value(change)
    text = _lesson(_slide(app, voorbeeld_meldingen=2))
    assert lesson.series_told(examples.series(24, 2, examples.CHANGES[change], 1)) in text
    assert lesson.series_shown(examples.series_shown(24, 2, examples.CHANGES[change]), examples.CHANGES[change]) in text


@pytest.mark.parametrize("difference", examples.DIFFERENCES)
def test_what_differs_among_schools(difference: str) -> None:
    """Each choice is worked out, and the school that is different is named; with two schools as well."""
    app = _open("schools")
    app.selectbox(key="voorbeeld_verschil").set_value(difference)
    times, size = examples.DIFFERENCES[difference]
    for count in (7, 2):
        text = _lesson(_slide(app, voorbeeld_scholen=count))
        group = examples.schools(count, 3, times, size, 1)
        assert lesson.schools_told(group) in text
        assert lesson.schools_shown(examples.schools_shown(count, 3, times, size), group) in text


@pytest.mark.parametrize(("page", "key"), PAGES.items())
def test_an_example_is_a_link(page: str, key: str) -> None:
    """The address holds what was chosen; what it can't be is ignored."""
    assert "lotnummer 42<" in _lesson(_open(page, **{key: "42"}))
    for wrong in ("0", "1001", "-3", "x"):
        assert "lotnummer 1<" in _lesson(_open(page, **{key: wrong}))


@pytest.mark.parametrize("page", PAGES)
def test_the_chart_follows(page: str) -> None:
    """Another draw is another picture, the same draw the same one."""
    app = _open(page)
    first = specs(app)[-1]
    other = specs(_slide(app, **{PAGES[page]: 2}))[-1]
    again = specs(_slide(app, **{PAGES[page]: 1}))[-1]
    assert first != other
    assert first == again
