"""What a protected audience gets is a selection of what the board gets, and nothing that is small."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard.disclosure.books import GROUP, Book, Place
from dashboard.disclosure.masking import DERIVED, HIDDEN, WHOLE_SEGMENT, changes_masked, masked
from dashboard.disclosure.universe import OTHER, UNIVERSE, linked_with
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.registry import Registry
from dashboard.store.questions import open_questions
from dashboard.store.snapshots import EXACT, SHARED, Snapshot
from dashboard.viewing import Figures, open_figures

K = 5
TABLES = sorted(UNIVERSE)
COUNTED = {name: UNIVERSE[name] for name in TABLES if UNIVERSE[name].key}
OF_SCHOOLS = sorted({"scholen_zonder_training", "scholen_zonder_les", "scholen_met_coach", "whatsapp_bezwaar"})


@pytest.fixture(scope="module")
def board(small_group: Snapshot, queries: Path) -> Figures:
    return open_figures(small_group, "bestuur", queries)


@pytest.fixture(scope="module")
def council(small_group: Snapshot, queries: Path) -> Figures:
    return open_figures(small_group, "gmr", queries)


def hidden(row: dict[str, Any]) -> set[str]:
    return set((row[HIDDEN] or "").split(",")) - {""}


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_the_published_ones_and_the_mark(council: Figures, board: Figures, table: str) -> None:
    frame = council.ask(table)
    assert frame.columns == [*board.ask(table).columns, HIDDEN]
    for row in frame.iter_rows(named=True):
        assert all(row[column] is None for column in hidden(row))


@pytest.mark.parametrize("table", sorted(COUNTED))
def test_what_is_shown_is_what_the_board_sees(council: Figures, board: Figures, table: str) -> None:
    """Every shown number is the exact one; what stands together as `overig` is the sum of what it stands for."""
    key = list(COUNTED[table].key)
    exact = {tuple(row[name] for name in key): row for row in board.ask(table).iter_rows(named=True)}
    seen = 0
    for row in council.ask(table).iter_rows(named=True):
        known = exact.get(tuple(row[name] for name in key))
        if known is None:
            assert OTHER in row.values() or all(row[column] in {0, None} for column in COUNTED[table].counts), row
            continue
        if OTHER in row.values():
            continue
        for column in set(row) - {HIDDEN} - hidden(row):
            assert row[column] == known[column], (row, column)
            seen += 1
    assert seen or table == "consent_by_year_group"


@pytest.mark.parametrize("table", sorted(COUNTED))
def test_no_small_count_is_shown(council: Figures, table: str) -> None:
    for row in council.ask(table).iter_rows(named=True):
        if table == "evaluation" and row["indicator"] not in SMALL_SECRETS and ":" not in str(row["indicator"]):
            continue
        for column in set(COUNTED[table].counts) & {"teller", "noemer", *_COUNT_COLUMNS} - hidden(row):
            assert row[column] is None or row[column] == 0 or row[column] >= K, row


_COUNT_COLUMNS = (
    "leerlingen", "ja", "nee", "ongeldig", "onbekend", "geldig", "noemer", "geldig_nu", "nodig_nu",
    "geldig_1_september", "nodig_1_september", "gebruiken", "zonder_toestemming", "incidenten",
)  # fmt: skip
SMALL_SECRETS = {
    "incidenten", "in_les", "met_maatregel", "zelfde_dag_gemeld", "incidenten_school", "incidenten_overlap",
    "incidenten_buiten", "hulp_aangeboden", "in_dossier", "maatregelen_leerlingen", "maatregelen_medewerkers",
    "vooraf_gecontroleerd", "consultaties", "gebruik_zonder_toestemming",
}  # fmt: skip


@pytest.mark.parametrize("table", ["consent_coverage", "consent_by_year_group"])
def test_a_small_remainder_is_small_too(council: Figures, board: Figures, table: str) -> None:
    """Where all but three pupils said yes, the yes tells of the three."""
    key = list(COUNTED[table].key)
    exact = {tuple(row[name] for name in key): row for row in board.ask(table).iter_rows(named=True)}
    for row in council.ask(table).iter_rows(named=True):
        known = exact[tuple(row[name] for name in key)]
        pupils = sum(known[column] for column in ("ja", "nee", "ongeldig", "onbekend"))
        for column in ("ja", "nee", "ongeldig", "onbekend"):
            if 1 <= pupils - known[column] < K:
                assert column in hidden(row)


@pytest.mark.parametrize("table", sorted(DERIVED))
def test_a_figure_goes_with_the_counts_it_is_made_of(council: Figures, table: str) -> None:
    for row in council.ask(table).iter_rows(named=True):
        for figure in DERIVED[table]:
            if hidden(row) & set(figure.needs):
                assert all(row[column] is None for column in figure.columns), row
            if figure.base and sum(row[name] or 0 for name in figure.base) < 10:
                assert all(row[column] is None for column in figure.columns), row


def test_limits_of_a_segment_go_with_any_of_its_months(council: Figures) -> None:
    rows = council.ask("incident_trend").to_dicts()
    broken = {row["deel"] for row in rows if "incidenten" in hidden(row)}
    assert broken
    assert all(row[name] is None for row in rows if row["deel"] in broken for name in WHOLE_SEGMENT)


def test_no_row_of_the_grid_is_missing(council: Figures) -> None:
    """A row that is missing would say 0: every school has every value that occurs in the group in that period."""
    rows = council.ask("incidents_by")
    schools = set(council.ask("incident_funnel")["brin6"]) | set(rows["brin6"]) - {GROUP}
    group = set(rows.filter(pl.col("brin6") == GROUP).select("periode", "dimensie", "waarde").iter_rows())
    by_school = rows.filter(pl.col("brin6") != GROUP)
    periods = set(by_school["periode"])
    expected = {(brin6, *key) for brin6 in schools - {GROUP} for key in group if key[0] in periods}
    assert set(by_school.select("brin6", "periode", "dimensie", "waarde").iter_rows()) == expected


def test_schools_are_shown_over_years_only(council: Figures) -> None:
    rows = council.ask("incidents_by").filter(pl.col("brin6") != GROUP)
    assert {len(name) for name in rows["periode"]} == {15}
    assert all(name[5:7] == "08" or name == "2025-02/2027-01" for name in set(rows["periode"]))
    assert not any(name[5:].startswith("08") and name.endswith("-01") for name in set(rows["periode"]))


def test_reference_dates_are_few(council: Figures, small_group: Snapshot) -> None:
    days = set(council.ask("consent_coverage")["peildatum"])
    assert all(day == small_group.today or (day.month, day.day) in {(10, 31), (1, 31), (7, 31)} for day in days)
    assert set(council.ask("consent_funnel")["peildatum"]) == {small_group.today}


def test_what_is_linked_with_a_leak_goes_with_it() -> None:
    """A hidden count that is printed nowhere may still follow from the tables it was the sum of."""
    assert linked_with({"use_without_consent"}) == {"use_without_consent", "use_by_status", "evaluation", "changes"}
    assert linked_with({"turning_16"}) == {"turning_16"}
    assert linked_with(set()) == set()
    counted = {name for name in UNIVERSE if UNIVERSE[name].counts}
    assert linked_with({"evaluation"}) == counted - {"turning_16", "data_quality"}


def test_every_table_is_published(small_group: Snapshot) -> None:
    """Nothing can be worked out of any of them, so none is left out."""
    assert {file.stem for file in (small_group.folder / SHARED).glob("*.parquet")} == set(TABLES)


def test_year_groups_of_a_few_pupils_take_all_of_them_along(council: Figures, board: Figures) -> None:
    """One pupil in a year group: everyone knows that there is one, so an x would tell nearly all."""
    few = pl.sum_horizontal("ja", "nee", "ongeldig", "onbekend") < K
    assert not board.ask("consent_by_year_group").filter(few).is_empty()
    assert council.ask("consent_by_year_group").is_empty()


def test_an_earlier_share_of_fewer_than_ten_is_hidden(small_group: Snapshot, queries: Path, council: Figures) -> None:
    """What it is taken over isn't printed anywhere, so nobody could see how little it says."""
    key = ["periode", "artikel", "indicator"]
    counts = open_questions(small_group.folder / EXACT, queries).ask("evaluation")
    few = counts.filter(pl.col("vorige_noemer").is_between(1, 9) & ~pl.col("indicator").is_in(OF_SCHOOLS))
    assert few.height > 0
    assert few.join(council.ask("evaluation"), on=key)["vorige_waarde"].null_count() == few.height


def test_numbers_of_rows_of_what_is_rare_are_hidden(council: Figures) -> None:
    for row in council.ask("data_quality").iter_rows(named=True):
        rare = row["dataset"] in {"incidenten", "publicaties", "stages", "consultaties", "activiteiten"}
        assert (row["rijen"] is None) == rare


def test_a_count_is_found_wherever_it_is_printed() -> None:
    """One sum, two tables: hidden in both, or in none."""
    book = Book("proef", ["99XA00"])
    atom = book.atom("a", truth=3, school="99XA00")
    book.cell(Place("een", 0, "n"), "een|a", [atom], 3)
    book.cell(Place("twee", 4, "m"), "twee|a", [atom], 3)
    (cell,) = book.system({}).cells
    assert set(book.places([cell.name])) == {Place("een", 0, "n"), Place("twee", 4, "m")}


def test_what_is_not_so_is_no_knowledge() -> None:
    """A sum that isn't what is printed links nothing: nobody can reckon with it."""
    book = Book("proef", ["99XA00"])
    atom = book.atom("a", truth=3, school="99XA00")
    book.equal([atom], [book.atom("b", truth=4)])
    book.cell(Place("een", 0, "n"), "een|a", [atom], 7)
    system = book.system({})
    assert system.links == ()
    assert [system.value(cell) for cell in system.cells] == [7]


def test_what_an_earlier_snapshot_did_stands() -> None:
    book = Book("proef", [])
    for number in range(3):
        book.cell(Place("een", number, "n"), f"een|{number}", [book.atom(number, truth=20)], 20)
    cells = book.system({Place("een", 0, "n"): True, Place("een", 1, "n"): False}).cells
    assert [(cell.was_hidden, cell.was_shown) for cell in cells] == [(True, False), (False, True), (False, False)]


def evaluation(**values: Any) -> dict[str, Any]:
    return {
        "periode": "2025-02/2027-01", "artikel": "IV.A.6", "indicator": "met_maatregel", "teller": 40, "noemer": 50,
        "waarde": 0.8, "vorige_waarde": 0.7, "oordeel": "niet op orde", "kwaliteit": 1.0,
    } | values  # fmt: skip


def test_the_verdict_goes_with_its_counts() -> None:
    frame = pl.DataFrame([evaluation(), evaluation(indicator="incidenten", noemer=None, oordeel="geen norm")])
    shown = masked("evaluation", frame, [Place("evaluation", 0, "teller")], 10).to_dicts()
    assert hidden(shown[0]) == {"teller", "waarde", "oordeel"}
    assert hidden(shown[1]) == set()


def test_a_share_of_few_is_not_shown_but_its_counts_are() -> None:
    frame = pl.DataFrame([evaluation(teller=6, noemer=9, waarde=6 / 9)])
    assert hidden(masked("evaluation", frame, [], 10).to_dicts()[0]) == {"waarde"}


def test_a_share_of_few_schools_tells_of_no_person() -> None:
    frame = pl.DataFrame([evaluation(indicator="scholen_met_coach", teller=2, noemer=6, waarde=2 / 6)])
    assert hidden(masked("evaluation", frame, [], 10).to_dicts()[0]) == set()


def test_a_difference_goes_with_either_side() -> None:
    key = {"periode": "2025-02/2027-01", "artikel": "IV.A.6", "indicator": "met_maatregel"}
    change = pl.DataFrame([{**key, "was": 0.7, "definitie": 0.0, "correctie": 0.0, "nieuw": 0.1, "wordt": 0.8}])
    now = masked("evaluation", pl.DataFrame([evaluation()]), [Place("evaluation", 0, "teller")], 10)
    open_before = masked("evaluation", pl.DataFrame([evaluation()]), [], 10)
    assert hidden(changes_masked(change, now, open_before).to_dicts()[0]) == {
        "wordt", "definitie", "correctie", "nieuw",
    }  # fmt: skip
    assert hidden(changes_masked(change, open_before, None).to_dicts()[0]) == {
        "was", "definitie", "correctie", "nieuw",
    }  # fmt: skip
    assert hidden(changes_masked(change, open_before, open_before).to_dicts()[0]) == set()


def test_every_table_says_whether_it_is_shown(registry: Registry) -> None:
    """What isn't in the universe isn't there: a new table is hidden until somebody decides."""
    assert registry.threshold == K
    assert set(PUBLISHED) - set(UNIVERSE) == {"rare_events", "consent_by_year_rule"}
