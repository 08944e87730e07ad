"""Incidenten: what is reported, how often and about what?"""

from collections.abc import Mapping

import polars as pl

from dashboard import dutch
from dashboard.charts import trends
from dashboard.indicators import comparisons, sentences
from dashboard.registry import Registry
from dashboard.ui import ask, blocks, filters
from dashboard.ui.blocks import Fact

MORE = "Meer meldingen is niet minder veilig: een school kan ook meer melden omdat daar beter wordt geregistreerd."
SUMS = (
    "Hier tellen alle meldingen van het schooljaar mee, ook uit maanden die niet helemaal zijn aangeleverd. "
    "Daarom kan de som verschillen van die in de grafiek per maand."
)


def main() -> None:
    """Choose, ask, work out, show."""
    registry, view = ask.registry(), filters.view()
    monthly = ask.ask("incidents_monthly", brin6=[view.school])
    years = comparisons.school_years_in(ask.ask("incidents_by", brin6=[view.school], dimensie=["ernst"]))
    if monthly.is_empty() and not years:
        blocks.answer("Er zijn nog geen meldingen aangeleverd.")
        blocks.empty(
            "Zonder aangeleverde maanden is niets te zeggen. Dat is iets anders dan nul.",
            "De administrateur van de school kan de incidenten aanleveren.",
            "Daarvoor zijn twee bestanden nodig: incidenten en leveringen.",
        )
        return
    where = ask.school_names().get(view.school, "alle scholen samen")
    delivered = comparisons.delivered_schools(ask.expected_months())
    compared = comparisons.same_months(ask.two_school_years(), view.day)
    more = [sentences.left_out(compared), sentences.LIMITLESS, MORE]
    blocks.answer(f"{sentences.incidents_against(compared)}.", " ".join(filter(None, more)))
    blocks.facts(_facts(monthly, delivered))
    _show_rate(monthly, where)
    if years:
        _show_values(years, registry)


def _facts(monthly: pl.DataFrame, delivered: pl.DataFrame) -> list[Fact]:
    points = monthly.filter(pl.col("ratio").is_not_null()).sort("maand")
    facts = []
    if points.height:
        last = points.row(-1, named=True)
        count = dutch.counted(last["incidenten"], "melding", "meldingen")
        context = f"per 1.000 leerlingen per 20 lesdagen · {count} {sentences.up_to(last['maand'], filters.view().day)}"
        facts.append(
            Fact(f"Meldingen in {dutch.month_name(last['maand'])}", dutch.rate(last["ratio"]), context.strip())
        )
    if delivered.height:
        latest = delivered.row(-1, named=True)
        context = (
            f"van {dutch.counted(latest['scholen'], 'school', 'scholen')} over {dutch.month_name(latest['maand'])}"
        )
        facts.append(Fact("Aangeleverd", dutch.number(latest["aangeleverd"]), context))
        absent, whole = comparisons.undelivered_school_months(delivered)
        context = f"van {dutch.number(whole)} schoolmaanden in dit schooljaar; een maand van één school telt als één"
        facts.append(Fact("Niet aangeleverd", dutch.number(absent), context))
    return facts


def _show_rate(monthly: pl.DataFrame, where: str) -> None:
    view = filters.view()
    happened = ask.events(view.school)
    chart = ask.keep(
        "rate",
        (view.school,),
        lambda: trends.monthly_rate(
            monthly,
            happened,
            blocks.palette(),
            sentences.rate_over_time(monthly, where),
            f"{where} · meldingen per 1.000 leerlingen per 20 lesdagen, per maand",
        ),
    )
    blocks.chart(chart, "incidenten_maanden", ("incidents_monthly",), sentences.gaps(monthly))
    if happened:
        blocks.words({f"{place}. {dutch.day(day)}": text for place, (day, text) in enumerate(happened, start=1)})


def _show_values(years: list[str], registry: Registry) -> None:
    view = filters.view()
    dimensions = {choice.code: choice.label for choice in registry.choices("dimensie")}
    blocks.heading("Waar gaan de meldingen over?", SUMS)
    with filters.row():
        period = filters.choose_period(years)
        dimension = filters.choose_part("uitsplitsing", "Uitsplitsen naar", dimensions)
    rows = ask.ask("incidents_by", brin6=[view.school], periode=[period], dimensie=[dimension])
    serious = ask.ask("incidents_by", brin6=[view.school], periode=[period], dimensie=["ernst"])
    labels = _value_labels(dimension, registry)
    texts = (
        sentences.largest_value(rows, labels),
        f"meldingen in schooljaar {filters.school_year_label(period)}, naar {dimensions[dimension].lower()}",
        dimensions[dimension],
    )
    chart = ask.keep(
        "values", (view.school, period, dimension), lambda: trends.counts(rows, blocks.palette(), labels, texts)
    )
    words = sentences.severity(serious)
    note = f"Hoe ernstig volgens de school: {words}. Kleur zegt hier niets over goed of slecht." if words else ""
    blocks.chart(chart, "incidenten_waarden", ("incidents_by",), note)


def _value_labels(dimension: str, registry: Registry) -> Mapping[str, str]:
    """Value → Dutch label, for a dimension of `incidents_by`."""
    special = {
        "categorie": {category.code: category.label for category in registry.categories},
        "artikel": {article.number: f"{article.number} · {article.title}" for article in registry.articles},
        "platform": {platform.code: platform.label for platform in registry.platforms},
    }
    return special.get(dimension) or {choice.code: choice.label for choice in registry.choices(dimension)}


main()
