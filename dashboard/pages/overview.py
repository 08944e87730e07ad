"""Overzicht: are we in control, and what needs us?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.charts import coverage, events, trends
from dashboard.indicators import comparisons, sentences, shown
from dashboard.indicators.comparisons import SameSchools
from dashboard.indicators.sentences.phrases import pupils
from dashboard.indicators.sentences.signals import telling_signals
from dashboard.pages import incidents_facts, incidents_series, incidents_years
from dashboard.pages.incidents_choice import is_kept_back
from dashboard.pages.incidents_series import Series
from dashboard.periods import school_year, school_year_days, school_year_name
from dashboard.ui import ask, blocks, filters
from dashboard.ui.blocks import Fact

PAGE_NAMES = {
    "toestemming": "Toestemming",
    "incidenten": "Incidenten",
    "evaluatie": "Evaluatie",
    "leveringen": "Leveringen",
}
"""Where a signal may lead: address → name in the menu."""

NO_SIGNALS = "Hoe het met elk artikel staat, is hier niet te zien: daaruit zouden kleine aantallen te herleiden zijn."
SEE = "Zie Leveringen voor wat er is aangeleverd."


def main() -> None:
    """Choose, ask, work out, show."""
    registry, view = ask.registry(), filters.view()
    when = sentences.on_day(view.day, view.today)
    reading = registry.default_reading.code
    clock = ask.ask("evaluation_clock")
    consent = ask.ask("consent_coverage", brin6=[view.school], lezing=[reading])
    monthly = ask.ask("incidents_monthly", brin6=[view.school])

    before = comparisons.year_before(consent["peildatum"].unique().to_list(), view.day)
    purposes = comparisons.now_and_before(consent, view.day, before)
    reports = _reports(monthly)
    labels = {purpose.code: purpose.label for purpose in registry.purposes}
    steps = {choice.code: choice.label for choice in registry.choices("stap")}
    standing = comparisons.validity(clock)
    names, missing = ask.expected_schools()["naam"].to_list(), ask.missing()

    blocks.answer(
        _standing(standing, clock, steps, when),
        f"{sentences.purposes_now(purposes, labels, view.day)}. {reports.answer}.",
    )
    blocks.facts(
        [
            blocks.validity_fact(standing, when),
            *_steps_fact(clock, steps, when),
            *_facts((purposes, before), labels),
            *reports.facts,
            *_complete_fact(names, missing),
        ]
    )
    if view.school == filters.GROUP:
        _show_signals(clock, when)
    _show_consent(purposes, labels, before)
    reports.show()
    _show_missing(names, missing)


@dataclass(frozen=True, slots=True)
class _Reports:
    """What is told of the incidents."""

    answer: str
    """In one sentence without its full stop."""
    facts: list[Fact]
    show: Callable[[], None]
    """Draws that part of the page."""


def _reports(monthly: pl.DataFrame) -> _Reports:
    """By month, or where the months of this school aren't shown by school year."""
    view = filters.view()
    if is_kept_back("incidents_monthly", view.school):
        years = incidents_years.of_school(view.school)
        return _Reports(incidents_years.answer(years), incidents_years.facts(years)[:1], _show_no_months)
    series = incidents_series.of_school(monthly)
    first, *_ = incidents_series.sentences_of(series)
    return _Reports(first, incidents_facts.against_last_year(series), lambda: _show_incidents(series))


def _show_no_months() -> None:
    blocks.heading("Incidenten")
    blocks.paragraph(incidents_years.NO_MONTHS)
    blocks.links([("Meldingen per schooljaar en waar zij over gaan:", PAGE_NAMES["incidenten"], "incidenten")])


def _show_signals(clock: pl.DataFrame, when: str) -> None:
    """What asks for attention first, each with where to read on; of the whole group, as the evaluation is."""
    if ask.left_out("evaluation"):
        blocks.paragraph(NO_SIGNALS)
        return
    signals = telling_signals(ask.ask("evaluation"), ask.registry(), clock, when=when)
    if signals:
        blocks.heading("Wat het eerst aandacht vraagt", "gemeten aan de normen van de gedragscode")
        blocks.links([(signal.sentence, PAGE_NAMES[signal.page], signal.page) for signal in signals])


def _standing(standing: tuple[date, int] | None, clock: pl.DataFrame, steps: Mapping[str, str], when: str) -> str:
    if standing is None:
        return f"{sentences.NOT_SETTLED}; {sentences.late_steps(clock, steps)}."
    last_day, days = standing
    late = sentences.late_steps(clock, steps, when and "toen")
    return f"{sentences.validity(days, last_day, when)}; {late}."


def _steps_fact(clock: pl.DataFrame, steps: Mapping[str, str], when: str) -> list[Fact]:
    if clock.is_empty():
        return []
    late = clock.filter(pl.col("oordeel") == "te laat").height
    ahead = sentences.next_step(clock, steps, when)
    return [Fact("Stappen te laat", dutch.number(late), f"van {clock.height} · {ahead[:1].lower()}{ahead[1:-1]}")]


def _facts(consent: tuple[pl.DataFrame, date | None], labels: Mapping[str, str]) -> list[Fact]:
    purposes, before = consent
    facts = []
    known = purposes.filter(pl.col("dekking").is_not_null()).sort("dekking", "doel")
    if known.height and shown.all_shown(purposes, "dekking"):  # of what is hidden nobody knows whether it is lower
        low = known.row(0, named=True)
        then = low["dekking_toen"]
        against = f" · op {dutch.day(before)} was dat {dutch.share(then)}" if then is not None else ""
        base = f"van {pupils(low['noemer'])} · doel: {labels.get(low['doel'], low['doel'])}"
        facts.append(Fact("Laagste dekking", dutch.share(low["dekking"]), base + against))
    return facts


def _show_consent(purposes: pl.DataFrame, labels: Mapping[str, str], day: date | None) -> None:
    view = filters.view()
    if purposes.is_empty():
        blocks.heading("Toestemming")
        why = "Cijfers gaan alleen over leerlingen die op die dag staan ingeschreven."
        blocks.empty(f"{sentences.purposes_now(purposes, labels, view.day)}.", why, SEE)
        return
    title, drawn = sentences.purposes_against(purposes, day), purposes
    if day and view.school == filters.GROUP:
        same = _at_same_schools(day)
        title = sentences.purposes_at_same_schools(same, day)
        drawn = same.rows if same.schools else purposes  # the picture shows what its title speaks of
    # A purpose that the code no longer has stands last, under its own name.
    order = {code: place for place, code in enumerate(labels)}
    place = pl.col("doel").replace_strict(order, default=len(order), return_dtype=pl.Int64)
    rows = drawn.sort(place, "doel")
    subtitle = f"dekking per doel op {dutch.day(view.day)}" + (f" en {dutch.day(day)}" if day else "")
    chart = ask.keep(
        "purposes",
        (view.school,),
        lambda: coverage.purposes_then_and_now(
            rows, blocks.palette(), labels, (view.day, day), (title, f"{subtitle} · een nee telt mee als op orde")
        ),
    )
    unknown = {view.day: "onbekend", **({day: "onbekend_toen"} if day else {})}
    silent = {
        known: max(purposes[column].fill_null(0).to_list(), default=0)
        for known, column in unknown.items()
        if shown.all_shown(purposes, column)
    }
    blocks.chart(chart, "overzicht_doelen", ("consent_coverage",), sentences.not_counted(silent))


def _at_same_schools(day: date) -> SameSchools:
    """The purposes of the group beside that day, like with like."""
    now, reading = filters.view().day, ask.registry().default_reading.code
    rows = ask.ask("consent_coverage", peildatum=[now, day], lezing=[reading])
    return ask.keep("same_schools", (), lambda: comparisons.at_same_schools(rows, now, day))


def _show_incidents(series: Series) -> None:
    view = filters.view()
    start = school_year(view.day)
    monthly, compared = series.monthly, series.change
    if monthly.filter(pl.col("ratio").is_not_null()).is_empty():
        blocks.heading("Incidenten")
        blocks.empty(f"{sentences.no_rate(monthly, ask.where(view.school))}.", "", SEE)
        return
    happened = ask.events(view.school, since=school_year_days(start - 1)[0])
    chart = ask.keep(
        "two_years",
        (view.school,),
        lambda: trends.two_years(
            comparisons.two_years(monthly, start),
            blocks.palette(),
            sentences.change_title(compared, series.switched),
            f"{dutch.RATE_UNIT} · {school_year_name(start)} en het jaar ervoor",
            happened,
        ),
    )
    more = "Meer meldingen betekent niet dat het minder veilig is."
    note = " ".join(filter(None, [sentences.between(series.switched), sentences.left_out(compared), more]))
    blocks.chart(chart, "overzicht_meldingen", ("incidents_monthly",), note)
    blocks.words(events.in_school_years(happened, start - 1, start))


def _complete_fact(names: list[str], missing: pl.DataFrame) -> list[Fact]:
    by_month = ask.tells_months()
    return [Fact("Gegevens compleet", *sentences.complete(missing, names, by_month=by_month))] if names else []


def _show_missing(names: list[str], missing: pl.DataFrame) -> None:
    view, by_month = filters.view(), ask.tells_months()
    beside = "" if by_month else f". {sentences.NOT_BY_MONTH}"
    if missing.is_empty():
        chosen = ask.school_names().get(view.school, "")
        words = sentences.nothing_missing(names, chosen, view.day, by_month=by_month)
        blocks.heading(words, f"{sentences.EVERYTHING}{beside}" if names else "")
        return
    title = sentences.missing_title(missing, names, by_month=by_month)
    blocks.heading(title, f"{sentences.EVERYTHING} van het lopende schooljaar{beside}")
    table = sentences.missing_in_words(missing, ask.registry(), view.day)
    blocks.table(table, "Ontbrekende gegevens per school", "ontbreekt")


main()
