"""The lesson on chance, for the pages that draw limits: in five minutes, with an example to play with."""

from dashboard.charts import control, funnels
from dashboard.charts.theme import Chart
from dashboard.dutch import RATE_UNIT
from dashboard.indicators import examples
from dashboard.indicators.examples import DRAWS, Schools, Series
from dashboard.indicators.findings import trend_finding
from dashboard.indicators.funnel_findings import rate_finding
from dashboard.indicators.funnels import rate_curves
from dashboard.indicators.sentences import lesson
from dashboard.indicators.sentences.lesson import Passage
from dashboard.indicators.sentences.schools import funnel_rate_title
from dashboard.indicators.sentences.trend import trend_title
from dashboard.ui import ask, blocks, filters

REPORTS = (2, 30, 10)
"""Reports a month to choose from: least, most and to begin with."""

RATES = (1, 8, 3)
"""The same of reports per 1,000 pupils per 20 school days."""

SCHOOLS = (2, 30, 7)
"""The same of schools in a group."""


def show_series() -> None:
    """Limits of chance around a series of months."""
    _show(*lesson.series_passages(), lesson.PLAY_SERIES)
    with filters.row():
        expected = filters.choose_number("voorbeeld_meldingen", "Meldingen per maand", *REPORTS)
        change = filters.choose_part("voorbeeld_verandering", "Wat verandert er echt?", lesson.CHANGE_LABELS)
        draw = filters.choose_draw("voorbeeld_lot", DRAWS)
    times = examples.CHANGES[change]
    example = examples.series(examples.MONTHS, expected, times, draw)
    shown = ask.keep(
        "lesson_shown", (expected, change), lambda: examples.series_shown(examples.MONTHS, expected, times)
    )
    blocks.chart(_series_chart(example, draw), "voorbeeld_reeks", (), lesson.series_told(example))
    blocks.paragraph(lesson.series_shown(shown, times))
    _show(lesson.QUESTIONS, lesson.MORE_REPORTS)


def show_schools() -> None:
    """Limits of chance around a group of schools."""
    _show(*lesson.schools_passages(), lesson.PLAY_SCHOOLS)
    with filters.row():
        count = filters.choose_number("voorbeeld_scholen", "Scholen", *SCHOOLS)
        rate = filters.choose_number("voorbeeld_cijfer", "Meldingen per 1.000 leerlingen", *RATES)
        difference = filters.choose_part("voorbeeld_verschil", "Wat is er echt anders?", lesson.DIFFERENCE_LABELS)
        draw = filters.choose_draw("voorbeeld_trekking", DRAWS)
    times, size = examples.DIFFERENCES[difference]
    example = examples.schools(count, rate, times, size, draw)
    shown = ask.keep(
        "lesson_schools_shown", (count, rate, difference), lambda: examples.schools_shown(count, rate, times, size)
    )
    blocks.chart(_schools_chart(example, draw), "voorbeeld_trechter", (), lesson.schools_told(example))
    blocks.paragraph(lesson.schools_shown(shown, example))
    at_an_end = ask.keep("lesson_no_ranks", (), examples.smallest_at_an_end)
    _show(lesson.no_ranks(at_an_end), lesson.QUESTIONS, lesson.MORE_REPORTS)


def _show(*passages: Passage) -> None:
    for passage in passages:
        blocks.heading(passage.title)
        for text in passage.paragraphs:
            blocks.paragraph(text)
        if passage.terms:
            blocks.words(passage.terms)
        for text in passage.notes:
            blocks.paragraph(text)


def _series_chart(example: Series, draw: int) -> Chart:
    title = trend_title(trend_finding(example.trend), "de verzonnen school")
    texts = (title, f"verzonnen cijfers · {RATE_UNIT}, per maand · lotnummer {draw}")
    return control.rates(example.trend, example.monthly, (), blocks.palette(), texts)


def _schools_chart(example: Schools, draw: int) -> Chart:
    title = funnel_rate_title(rate_finding(example.funnel), example.names)
    texts = (title, f"verzonnen scholen · {RATE_UNIT}, één schooljaar · lotnummer {draw}")
    curves = rate_curves(example.funnel)
    return funnels.rates(example.funnel, curves, example.names, example.different, blocks.palette(), texts)
