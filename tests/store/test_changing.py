"""What changed in the evaluation since an earlier snapshot, split into definition, correction and news."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings

from dashboard.differences import difference
from dashboard.indicators.evaluation import CAUSES, along
from dashboard.settings import PROJECT, Settings
from dashboard.store import publishing
from dashboard.store.places import Places, StoreProblem
from dashboard.store.snapshots import Snapshot, find_snapshot, list_snapshots, show_snapshot
from tests import strategies
from tests.builders import answers, delivered, incident, pupil, school
from tests.road import REGISTRY, Road
from tests.rows import Incident, Row, Spoiled, Staff

TODAY = date(2026, 11, 22)


def start() -> list[Row]:
    """A school with three cases of bullying, two of them with a measure, and one pupil who said yes."""
    return [
        school(),
        pupil("1"),
        *answers("1", "2026-09-10 ouder1 ja"),
        delivered("01AA00", "toestemmingen", "2024-08-01", "2026-12-31"),
        delivered("01AA00", "incidenten", "2026-08-01", "2026-11-22"),
        bullying("1", maatregel="gesprek"),
        bullying("2", maatregel="gesprek"),
        bullying("3", maatregel="geen"),
    ]


def bullying(number: str, **columns: Any) -> Incident:
    return incident(number, "2026-09-15", "pesten", **columns)


@pytest.fixture
def road(tmp_path: Path) -> Road:
    road = Road(tmp_path)
    road.deliver(start(), TODAY)
    return road


def changed(road: Road, article: str, indicator: str) -> dict[str, object]:
    """The row of an indicator in the table of the shown snapshot."""
    rows = [row for row in road.table("changes") if (row["artikel"], row["indicator"]) == (article, indicator)]
    assert len(rows) == 1
    return {name: rows[0][name] for name in ("was", *CAUSES, "wordt")}


def test_the_first_snapshot_has_nothing_to_be_compared_with(road: Road) -> None:
    assert road.table("changes") == []


def test_a_new_row_is_news(road: Road) -> None:
    road.deliver([bullying("4", maatregel="geen")], TODAY)
    assert changed(road, "IV.A.6", "incidenten") == {
        "was": 3.0, "definitie": 0.0, "correctie": 0.0, "nieuw": 1.0, "wordt": 4.0,
    }  # fmt: skip
    share = changed(road, "IV.A.6", "met_maatregel")
    assert (share["was"], share["wordt"]) == (2 / 3, 0.5)
    assert share["correctie"] == 0.0
    assert share["nieuw"] == pytest.approx(0.5 - 2 / 3)


def test_a_row_with_a_known_key_is_a_correction(road: Road) -> None:
    """The third case gets a measure after all: the number stays, the share moves, and none of it is news."""
    road.deliver([bullying("3", maatregel="gesprek")], TODAY)
    assert changed(road, "IV.A.6", "incidenten") == {
        "was": 3.0, "definitie": 0.0, "correctie": 0.0, "nieuw": 0.0, "wordt": 3.0,
    }  # fmt: skip
    share = changed(road, "IV.A.6", "met_maatregel")
    assert share["correctie"] == pytest.approx(1 / 3)
    assert (share["definitie"], share["nieuw"], share["wordt"]) == (0.0, 0.0, 1.0)


def test_both_at_once_are_told_apart(road: Road) -> None:
    """One corrected, one new: first what the correction made of it, then what the new one did."""
    road.deliver([bullying("3", maatregel="gesprek"), bullying("4", maatregel="geen")], TODAY)
    share = changed(road, "IV.A.6", "met_maatregel")
    assert share["correctie"] == pytest.approx(1 - 2 / 3)
    assert share["nieuw"] == pytest.approx(3 / 4 - 1)
    assert share["wordt"] == 3 / 4


def test_time_that_goes_by_is_news(road: Road) -> None:
    """Nothing but a day later: fewer days are left, and nothing else moved."""
    road.deliver([pupil("2")], date(2026, 11, 23))
    assert changed(road, "VI.5", "dagen_over") == {
        "was": 70.0, "definitie": 0.0, "correctie": 0.0, "nieuw": -1.0, "wordt": 69.0,
    }  # fmt: skip


def test_another_definition_is_told_apart(road: Road) -> None:
    """The registry moves bullying to another article: what was delivered is the same."""
    moved = re.sub(r'(code = "pesten"\nlabel = "[^"]*"\narticle = )"[^"]*"', r'\1"IV.A.3"', REGISTRY.read_text("utf-8"))
    (road.folder / "registry.toml").write_text(moved, "utf-8")
    Elsewhere(road.folder).deliver([bullying("4", maatregel="geen")], TODAY)
    assert changed(road, "IV.A.6", "incidenten") == {
        "was": 3.0, "definitie": -3.0, "correctie": 0.0, "nieuw": 0.0, "wordt": 0.0,
    }  # fmt: skip
    assert changed(road, "IV.A.3", "incidenten") == {
        "was": 0.0, "definitie": 3.0, "correctie": 0.0, "nieuw": 1.0, "wordt": 4.0,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Elsewhere(Road):
    """A road with a registry of its own."""

    def settings(self) -> Settings:
        """The registry lies beside the store."""
        folder = self.folder
        return Settings(store=folder / "store", key_file=folder / "pseudonym.key", registry=folder / "registry.toml")


def test_what_had_no_figure_has_no_difference(road: Road) -> None:
    """From no data to data is told by the figures themselves, not by a difference from nothing."""
    road.deliver([Staff("01AA00", date(2026, 10, 1), 40, social_mediacoach=True)], TODAY)
    assert changed(road, "IV.M.11", "scholen_met_coach") == {
        "was": None, "definitie": None, "correctie": None, "nieuw": None, "wordt": 1.0,
    }  # fmt: skip


# --- two snapshots that don't follow on each other ---------------------------------------


def places_of(road: Road) -> Places:
    return Places(road.settings().store)


def snapshots_of(road: Road) -> list[Snapshot]:
    return list_snapshots(places_of(road))


def between(road: Road, earlier: str, later: str) -> dict[str, object]:
    """The share with a measure in two snapshots."""
    places = places_of(road)
    found = difference(
        places, find_snapshot(places, earlier), find_snapshot(places, later), "bestuur", road.settings().queries
    )
    rows = found.rows.filter((pl.col("artikel") == "IV.A.6") & (pl.col("indicator") == "incidenten")).to_dicts()
    return {**rows[0], "is_split": found.is_split}


def test_several_steps_are_added_up(road: Road) -> None:
    first = snapshots_of(road)[0].id
    road.deliver([bullying("4")], TODAY)
    last = road.deliver([bullying("5"), bullying("1", maatregel="geen")], TODAY).snapshot.id
    told = between(road, first, last)
    assert (told["was"], told["nieuw"], told["correctie"], told["wordt"]) == (3.0, 2.0, 0.0, 5.0)
    assert told["is_split"]


def test_a_sidestep_is_compared_but_not_split(road: Road) -> None:
    """Rolled back and gone on otherwise: both figures are known, but not what came from what."""
    first = snapshots_of(road)[0]
    other = road.deliver([bullying("4"), bullying("5")], TODAY).snapshot.id
    show_snapshot(places_of(road), first)
    last = road.deliver([bullying("6")], TODAY).snapshot.id
    told = between(road, other, last)
    assert (told["was"], told["wordt"]) == (5.0, 4.0)
    assert [told[cause] for cause in CAUSES] == [None, None, None]
    assert not told["is_split"]


def test_one_and_the_same_is_refused(road: Road) -> None:
    only = snapshots_of(road)[0].id
    with pytest.raises(StoreProblem, match="twee keer dezelfde"):
        between(road, only, only)


def test_steps_of_which_one_has_no_figure() -> None:
    """A cause that isn't known on the way isn't known in all."""
    row = {"periode": "p", "artikel": "a", "indicator": "i"}
    one = {**row, "was": 1.0, "definitie": 0.0, "correctie": 1.0, "nieuw": 0.5, "wordt": 2.5}
    two = {**row, "was": 2.5, "definitie": None, "correctie": 1.0, "nieuw": 0.5, "wordt": 4.0}
    assert along([pl.DataFrame([one]), pl.DataFrame([two])]).to_dicts() == [
        {**row, "was": 1.0, "definitie": None, "correctie": 2.0, "nieuw": 1.0, "wordt": 4.0}
    ]
    new = {**two, "indicator": "j"}
    assert along([pl.DataFrame([one]), pl.DataFrame([new])]).to_dicts()[1]["was"] is None


# --- always ------------------------------------------------------------------------------


def test_the_steps_of_the_evaluation_are_all_it_builds_on() -> None:
    """Counting the evaluation anew takes every question it rests on, and no other."""
    needed, found = {"evaluation"}, set()
    for step in reversed(publishing.STEPS):
        if step.query.rpartition("/")[2] in needed:
            found.add(step.query)
            text = (PROJECT / "queries" / f"{step.query}.sql").read_text("utf-8")
            sources = re.search(r"^-- Sources:(.*?)^-- Columns", text, re.DOTALL | re.MULTILINE)
            assert sources is not None
            needed |= set(re.findall(r"\w+", sources[1]))
    assert found == publishing.EVALUATION_QUERIES


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(strategies.histories())
def test_the_causes_add_up_to_the_difference(history: list[tuple[date, list[Row | Spoiled]]]) -> None:
    """Over random histories: was plus what each cause did is what it is now, and was is what was published before."""
    with TemporaryDirectory() as folder:
        road = Road(Path(folder))
        before: pl.DataFrame | None = None
        for today, delivery in history:
            outcome = road.deliver(delivery, today)
            if outcome.snapshot is None:
                continue
            now = road.frame("evaluation").filter(pl.col("indicator").is_not_null())
            _check(road.frame("changes"), before, now)
            before = now


def _check(told: pl.DataFrame, before: pl.DataFrame | None, now: pl.DataFrame) -> None:
    if before is None:
        assert told.is_empty()
        return
    key = ["periode", "artikel", "indicator"]
    held = told.join(now.select(*key, "waarde"), on=key, how="left").join(
        before.select(*key, pl.col("waarde").alias("eerder")), on=key, how="left"
    )
    assert held["wordt"].equals(held["waarde"].rename("wordt"), null_equal=True)
    assert held["was"].equals(held["eerder"].rename("was"), null_equal=True)
    sums = held.drop_nulls([*CAUSES, "was", "wordt"])
    left = sums["was"] + sums["definitie"] + sums["correctie"] + sums["nieuw"] - sums["wordt"]
    assert (left.abs() < 1e-9).all()
