"""Incidenten, part by part: whether something changes, what it is about, and what every count is to be read by."""

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import dutch
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.indicators.false_signals import trend_false_signals
from dashboard.settings import Settings
from tests import screens
from tests.pages.reader import change, open_page, specs, words

NAMES = screens.school_names(6)
OTHER_SYSTEM, FEW_REPORTS = list(NAMES)[2], list(NAMES)[4]
"""The school that changed its system, and the one with so few reports that there is no chart by month."""

PARTS = {
    "Waarover": "incidenten_waarden",
    "Wie bij wie": "incidenten_rollen",
    "Wat er is gedaan": "incidenten_opvolging",
    "Zelfde halfjaar": "incidenten_halfjaren",
    "Wat is toeval?": "voorbeeld_reeks",
}
"""The parts of the page, and the chart of each."""

TABLES = ("incident_trend", "rare_events", "incident_roles", "incident_followup", "incident_funnel")


def _open(part: str = "Waarover", **address: str) -> AppTest:
    return open_page("incidents", onderdeel=part, **address)


def _answer(app: AppTest) -> str:
    return words(app).split('class="antwoord">')[1].split("</p>")[0]


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("school", ["", *NAMES.values()])
def test_every_part_for_every_school(part: str, school: str) -> None:
    """Whatever a school delivered, each part says something, and how was reported stands beside it."""
    app = _open(part, **({"school": school} if school else {}))
    assert _answer(app)
    silent = school == list(NAMES.values())[-1]
    assert len(specs(app)) == (1 if silent and part in ("Waarover", "Wat is toeval?") else 0 if silent else 2)
    panel = words(app).split('class="gc paneel"')[1].split("</div></div>")[0]
    assert "Hoe is er gemeld?" in panel


@pytest.mark.usefixtures("shown")
def test_how_was_reported() -> None:
    """Serious or light, how soon, with a measure, and by how many schools: beside every count."""
    panel = words(_open()).split('class="gc paneel"')[1]
    for name in ("Ernstig volgens de school", "Binnen 5 dagen geregistreerd", "Met een maatregel", "Aangeleverd"):
        assert f"<dt>{name}</dt>" in panel


@pytest.mark.usefixtures("shown")
def test_no_sign_of_a_change() -> None:
    """A series that only swings by chance: that is the answer."""
    app = _open()
    assert "schommelt zoals te verwachten is" in _answer(app)
    assert "geen teken van een verandering sinds september 2024" in _answer(app)


def test_the_share_of_false_signals_is_the_simulated_one(shown: Settings) -> None:
    """The page states what the simulation of this very series gives."""
    (folder,) = (shown.store / "snapshots").iterdir()
    counts = pl.read_parquet(folder / "bestuur" / "incident_trend.parquet").filter(pl.col("brin6") == "*")
    drawn = trend_false_signals(PUBLISHED["incident_trend"].figures(counts)).row(0, named=True)
    assert 0 < drawn["kans"] < 0.5
    said = words(_open())
    assert f"({dutch.share(drawn['kans'])}) toch iets aan" in said
    assert f"Gemiddeld is dat {dutch.rate(drawn['signalen'])} van de" in said


@pytest.mark.parametrize(("count", "way"), [(12, "meer"), (0, "minder")])
def test_a_change_in_either_direction(count: int, way: str, full: Settings) -> None:
    """From January on a school reports much more each month, or nothing: both are named, neither is called good."""
    school = next(iter(NAMES))
    later = (pl.col("brin6") == school) & (pl.col("maand") >= "2026-01")
    incidents = pl.when(later).then(pl.lit(count, pl.Int64)).otherwise("incidenten").alias("incidenten")
    change(full, incident_trend=lambda frame: frame.with_columns(incidents))
    answer = _answer(_open(school=NAMES[school]))
    assert f"{way} gemeld dan gemiddeld" in answer
    assert "is een teken van een verandering" in answer


@pytest.mark.usefixtures("shown")
def test_few_reports_have_a_chart_of_their_own() -> None:
    """Below one and a half a month there are no limits by month: the time between two reports is drawn instead."""
    app = _open(school=NAMES[FEW_REPORTS])
    said = words(app)
    assert "lesdagen tussen twee meldingen" in said
    assert "per 20 lesdagen, per maand" not in said
    assert "te weinig om aan de tijd ertussen een verandering te zien" in _answer(app)
    assert "kan deze grafiek nooit iets aanwijzen" in said


def test_few_reports_and_then_no_deliveries(full: Settings) -> None:
    """Where the last months weren't delivered, the time since the last report isn't called quiet without saying so."""
    early = pl.col("maand") <= "2026-03"
    change(
        full,
        incident_trend=lambda frame: frame.filter((pl.col("brin6") != FEW_REPORTS) | early),
        rare_events=lambda frame: frame.filter(pl.col("datum") < pl.date(2026, 4, 1)),
    )
    assert "(bekend tot en met maart 2026)" in _answer(_open(school=NAMES[FEW_REPORTS]))


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("school", ["", *list(NAMES.values())[:4]])
def test_at_most_three_remarks(school: str) -> None:
    """What was found, what to know before believing it, and chance; the rest waits behind the toggle."""
    app = _open(**({"school": school} if school else {}))
    lists = words(app).split('class="gc punten"')[1:]
    assert 1 <= lists[0].partition("</ul>")[0].count("<li>") <= 3
    assert "De grafiek wijst aan" not in words(app)


def test_signs_that_go_past_each_other_are_explained_once(full: Settings) -> None:
    """Where the total of this school year shows a sign and no month of the series does, one sentence says why."""
    school = next(iter(NAMES))
    mine = (pl.col("brin6") == school) & (pl.col("incidenten") > 0)

    def more(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(
            pl.when(mine & (pl.col("maand") >= "2026-08"))
            .then(pl.lit(40, pl.Int64))
            .otherwise("incidenten")
            .alias("incidenten")
        )

    change(full, incidents_monthly=more)
    said = words(_open(school=NAMES[school]))
    assert said.count("Dat kan allebei kloppen") == 1


@pytest.mark.usefixtures("shown")
def test_another_system_starts_a_new_part() -> None:
    """The series is cut where another system came, and the page says why; provisional limits are called that."""
    said = words(_open(school=NAMES[OTHER_SYSTEM]))
    assert "In september 2025 begint deel 2 van de reeks. De reden: Meldingen staan in een ander systeem" in said
    assert "begint deel 2" not in words(_open())


def test_provisional_limits(full: Settings) -> None:
    """With fewer than twelve months the limits are said to be provisional."""
    recent = pl.col("maand") >= "2026-02"
    change(
        full,
        incident_trend=lambda frame: frame.filter(recent),
        incidents_monthly=lambda frame: frame.filter(recent),
    )
    assert "Dit zijn voorlopige grenzen" in words(_open())


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(
    ("page", "address", "number"),
    [
        ("overview", {}, "1. 12 januari 2026"),
        ("incidents", {}, "2. 12 januari 2026"),
        ("consent", {"onderdeel": "Door het jaar"}, "2. 12 januari 2026"),
        ("consent", {"onderdeel": "Vooruitkijken"}, "1. 6 januari 2027"),
        ("schools", {"onderdeel": "Door de tijd"}, "3. 12 januari 2026"),
        ("evaluation", {}, "1. 6 januari 2027"),
    ],
)
def test_events_on_every_axis_of_time(page: str, address: dict[str, str], number: str) -> None:
    """A campaign is marked wherever time goes from left to right, and named below; a planned one where it is ahead."""
    app = open_page(page, **address)
    assert f"<dt>{number}</dt>" in words(app)
    mark = number.partition(".")[0]
    assert any(f'"text":"{mark}"' in spec.replace('": "', '":"') for spec in specs(app))


@pytest.mark.usefixtures("shown")
def test_periods_to_choose_from() -> None:
    """School years, halves of the code and the evaluation; the running school year first."""
    offered = _open().selectbox(key="periode").options
    assert offered[0] == "Schooljaar 2026-2027 (loopt nog)"
    assert "Halfjaar feb – jul 2026" in offered
    assert offered[-1] == "Evaluatie feb 2025 – jan 2027 (loopt nog)"
    said = words(_open(periode="Halfjaar feb – jul 2026"))
    assert "februari tot en met juli 2026 · aantal meldingen" in said


@pytest.mark.usefixtures("shown")
def test_new_platforms_are_named() -> None:
    """A platform that isn't on the list is named as it was written."""
    assert "Eén platform staat nog niet op de lijst: nieuwapp" in words(_open(uitsplitsing="Platform"))


def test_an_older_snapshot(full: Settings) -> None:
    """A snapshot from before these tables: said so, with what to do, and nothing breaks."""
    (folder,) = (full.store / "snapshots").iterdir()
    for table in TABLES:
        (folder / "bestuur" / f"{table}.parquet").unlink()
    for part in PARTS:
        app = _open(part)
        assert "staan niet in deze momentopname" in words(app)
        assert _answer(app).startswith("Of er iets verandert, staat niet in deze momentopname")
    assert "Of er iets verandert, staat niet in deze momentopname" in words(open_page("overview"))


def test_a_school_that_reported_nothing(full: Settings) -> None:
    """It delivered every month and there was nothing: nought, not missing, with its panel and halves all the same."""
    school = next(iter(NAMES))
    mine = pl.col("brin6") == school
    nought = pl.when(mine).then(pl.lit(0, pl.Int64)).otherwise("incidenten").alias("incidenten")
    change(
        full,
        incidents_monthly=lambda frame: frame.with_columns(nought),
        incident_trend=lambda frame: frame.with_columns(nought),
        incident_funnel=lambda frame: frame.with_columns(nought),
        **{
            table: lambda frame: frame.filter(~mine)
            for table in ("incidents_by", "incident_roles", "incident_followup")
        },
    )
    for part in PARTS:
        app = _open(part, school=NAMES[school])
        assert f"Bij {NAMES[school]} is niets gemeld in de 25 aangeleverde maanden" in _answer(app)
        assert "Hoe is er gemeld?" in words(app)
        assert "niet in deze momentopname" not in words(app)
    assert f"In deze periode is bij {NAMES[school]} niets gemeld." in words(_open("Wie bij wie", school=NAMES[school]))
