"""Scholen vergelijken, the funnels: which schools differ from the group by more than chance brings about."""

from dataclasses import dataclass

import polars as pl

from dashboard import dutch
from dashboard.charts import funnels as drawn
from dashboard.charts.theme import Chart
from dashboard.indicators import funnel_findings, funnels, sentences
from dashboard.indicators.comparisons import distinct_names
from dashboard.indicators.funnel_findings import FunnelFinding
from dashboard.indicators.shown import HOVER, only_shown
from dashboard.pages.schools_choice import Choice
from dashboard.ui import ask, blocks, filters
from dashboard.ui.blocks import Fact

NO_RANKS = (
    "Een verschil is een reden om te vragen wat er speelt, geen oordeel over een school. "
    "Er is daarom geen rangorde: de scholen staan overal in dezelfde volgorde."
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Both funnels, and what they say."""

    coverage: pl.DataFrame
    rates: pl.DataFrame
    coverage_finding: FunnelFinding
    rate_finding: FunnelFinding


def of_choice(choice: Choice) -> Pair:
    """The funnel of the purpose on the day of the delivery, and that of the incidents of the period."""
    day = filters.view().day
    coverage = ask.ask("consent_funnel", peildatum=[day], doel=[choice.purpose])
    rates = ask.ask("incident_funnel", periode=[choice.period])
    active = ask.active_schools()["brin6"].to_list()
    return ask.keep(
        "funnels",
        choice.key,
        lambda: Pair(
            coverage,
            rates,
            funnel_findings.coverage_finding(coverage),
            funnel_findings.rate_finding(rates, active),
        ),
    )


def show_answer(choice: Choice, pair: Pair) -> None:
    """The answer, and the figures that go with it."""
    names = distinct_names(ask.school_names())
    answer = sentences.schools_answer(pair.coverage_finding, pair.rate_finding, names, choice.about.label)
    blocks.answer(f"{answer}.", NO_RANKS)
    both = [*_fact("Dekking", pair.coverage_finding), *_fact("Meldingen", pair.rate_finding)]
    blocks.facts([*both, *_silent(pair), *_hidden(pair)])


def show(choice: Choice, pair: Pair) -> None:
    """Both funnels, each with what chance alone would do."""
    names = distinct_names(ask.school_names())
    if pair.coverage_finding.schools or pair.coverage_finding.hidden:
        _show_coverage(choice, pair, names)
    if pair.rate_finding.schools or pair.rate_finding.hidden:
        _show_rates(choice, pair, names)


def _show_coverage(choice: Choice, pair: Pair, names: dict[str, str]) -> None:
    finding = pair.coverage_finding
    day = dutch.day(filters.view().day)
    texts = (
        sentences.funnel_coverage_title(finding, names, choice.about.label),
        f"{choice.about.label} · dekking per school, naar aantal leerlingen · stand van {day}",
    )
    seen = only_shown(pair.coverage, "oordeel", "dekking", "noemer")
    chart = ask.keep(
        "coverage_funnel",
        choice.key,
        lambda: drawn.coverage(
            pair.coverage, funnels.coverage_curves(seen), names, choice.own, blocks.palette(), texts
        ),
    )
    _draw(finding, chart, "trechter_dekking", "consent_funnel")
    _say(choice, finding, names)


def _show_rates(choice: Choice, pair: Pair, names: dict[str, str]) -> None:
    finding = pair.rate_finding
    texts = (
        sentences.funnel_rate_title(finding, names),
        f"{choice.span} · {dutch.RATE_UNIT}, naar omvang van de school",
    )
    seen = only_shown(pair.rates, "oordeel", "ratio", "blootstelling")
    chart = ask.keep(
        "rate_funnel",
        choice.key,
        lambda: drawn.rates(pair.rates, funnels.rate_curves(seen), names, choice.own, blocks.palette(), texts),
    )
    _draw(finding, chart, "trechter_meldingen", "incident_funnel")
    _say(choice, finding, names)


def _draw(finding: FunnelFinding, chart: Chart, name: str, table: str) -> None:
    """The funnel; only its table where no school can be drawn."""
    if finding.schools:
        blocks.chart(chart, name, (table,))
        return
    blocks.heading(chart.title, chart.subtitle)
    blocks.table(chart.table, chart.subtitle, name)
    blocks.details("Uitleg", name, (table,))


def _say(choice: Choice, finding: FunnelFinding, names: dict[str, str]) -> None:
    """What the funnel says of the own school, of all schools together, and what chance alone would do."""
    blocks.points(
        [
            sentences.own_school(finding, choice.own, names[choice.own]) if choice.own in names else "",
            sentences.spread(finding),
            sentences.funnel_chance(finding),
            sentences.not_in_funnel([names.get(brin6, brin6) for brin6 in finding.silent]),
            sentences.hidden_in_funnel([names.get(brin6, brin6) for brin6 in finding.hidden if brin6 != choice.own]),
        ]
    )


def _fact(name: str, finding: FunnelFinding) -> list[Fact]:
    if not finding.schools:
        return []
    beyond = len(finding.outside)
    schools = ("getoonde school", "getoonde scholen") if finding.hidden else ("school", "scholen")
    context = (
        f"van {dutch.counted(finding.schools, *schools)} buiten de buitenste grens · "
        f"nog {dutch.number(len(finding.watch))} tussen de binnenste en de buitenste"
    )
    return [Fact(f"{name}: verschilt meer dan toeval", dutch.number(beyond), context)]


def _silent(pair: Pair) -> list[Fact]:
    names = distinct_names(ask.school_names())
    silent = {*pair.coverage_finding.silent, *pair.rate_finding.silent}
    told = dutch.listed([name for brin6, name in names.items() if brin6 in silent]) or "alle scholen doen mee"
    return [Fact("Scholen zonder gegevens", dutch.number(len(silent)), told)]


def _hidden(pair: Pair) -> list[Fact]:
    """The schools whose figures are hidden in either funnel; nothing without any."""
    names = distinct_names(ask.school_names())
    hidden = {*pair.coverage_finding.hidden, *pair.rate_finding.hidden}
    told = dutch.listed([name for brin6, name in names.items() if brin6 in hidden])
    return [Fact("Scholen met een x", dutch.number(len(hidden)), f"{HOVER} · {told}")] if hidden else []
