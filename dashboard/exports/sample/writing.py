"""Writes the synthetic delivery, a batch of schools at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from dashboard.exports.sample.answers import answer_forms, answer_frame
from dashboard.exports.sample.deliveries import declared_frame
from dashboard.exports.sample.dialects import EXCEL, PLAIN, TABS, TIMED, WINDOWS, Dialect
from dashboard.exports.sample.folder import Folder, Planted, Progress
from dashboard.exports.sample.incidents import incident_frame
from dashboard.exports.sample.mistakes import NOT_YET, Mistake, mistakes_for
from dashboard.exports.sample.occasions import occasion_frames
from dashboard.exports.sample.publications import publication_frame
from dashboard.exports.sample.pupils import FIRST_NUMBER, Stays, enrolment_frame, live
from dashboard.exports.sample.readme import README, tell
from dashboard.exports.sample.scene import Scene
from dashboard.exports.sample.schools import School, make_schools
from dashboard.exports.sample.traps import Trap, plant, trap_answers, trap_enrolments
from dashboard.exports.sample.wide import WIDE, fits, wide_frame
from dashboard.periods import SchoolCalendar
from dashboard.registry import Registry

BATCH: Final = 50
"""So many schools are thought up together; more would cost memory, fewer time."""
OWN_FILES: Final = 12
"""Up to so many schools, each delivers files of its own."""

SMALL: Final[dict[str, Dialect]] = {
    "scholen": EXCEL,
    "consultaties": PLAIN,
    "bekendmaking": TABS,
    "activiteiten": TIMED,
    "personeel": WINDOWS,
    "gebeurtenissen": WINDOWS,
    "besluiten": WINDOWS,
}
PUPIL_DIALECTS: Final = (WINDOWS, EXCEL, TABS, PLAIN, TIMED, EXCEL)
ANSWER_DIALECTS: Final = (EXCEL, PLAIN, TABS, WINDOWS, TIMED, EXCEL)
"""One after another. The first and the fourth school write leading zeros in one of the two only."""
WIDE_FILE, PARQUET_FILE, PERSONAL_FILE, UNKNOWN_FILE = 1, 5, 1, 2
"""Which of the files of pupils or answers is out of the ordinary."""
WORKBOOK_SCHOOL: Final = 3
"""The school that delivers its incidents as a workbook."""
OPTIONAL: Final = ("bron_id", "wijze", "brin6", "voor_schooljaar")

STRAY: Final = "lokalen.csv"
STRAY_TEXT: Final = "lokaal;verdieping;plaatsen\nA1.01;1;30\nA1.02;1;28\n"


def write_sample(  # noqa: PLR0913 - what a demo is made of, all by name
    folder: Path,
    *,
    schools: int = 6,
    pupils: int = 1000,
    seed: int = 1,
    today: date,
    registry: Registry,
    calendar: SchoolCalendar,
    progress: Progress | None = None,
) -> None:
    """Write a synthetic delivery of all thirteen datasets over three school years up to a day.

    Nobody in it exists. It holds mistakes and traps on purpose; README.md beside the files lists them, and the
    marker file says that it is a demo. The same arguments give the same bytes.

    Args:
        folder: made where it isn't there; files of the same name are replaced.
        schools: how many, 1 or more.
        pupils: at each of them, on average.
        seed: another one tells another story; 0 or more.
        today: the day of delivery, from which the three school years count back.
        registry: where purposes, categories and articles come from.
        calendar: the school days.
        progress: told the name of each file and its rows.

    Raises:
        CalendarError: the school holidays of these three years aren't all known.
    """
    scene = Scene(registry, calendar, today, seed)
    made = make_schools(scene, schools, pupils)
    traps = plant(scene, made)
    folder.mkdir(parents=True, exist_ok=True)
    target = Folder(folder, progress)
    _write_small(scene, made, target)
    number = FIRST_NUMBER
    for batch, start in enumerate(range(0, len(made), BATCH)):
        stays = live(scene, made[start : start + BATCH], batch, number)
        number += len(stays.number)
        _Batch(scene, target, stays, batch, own_files=len(made) <= OWN_FILES).write()
    _write_traps(scene, traps, target)
    target.text(STRAY, STRAY_TEXT)
    target.planted.append(Planted(STRAY, 1, "", "past bij geen enkele dataset", "het hele bestand wordt geweigerd"))
    target.text(README, tell(scene, made, traps, target.written, target.planted))
    target.close()


def _write_small(scene: Scene, schools: Sequence[School], target: Folder) -> None:
    frames = occasion_frames(scene, schools)
    for dataset, dialect in SMALL.items():
        target.csv(dataset, dataset, frames[dataset], dialect, mistakes_for(scene, schools[0], dataset, dialect))
    title = ("Overzicht stagiairs en vrijwilligers", f"Gemaakt op {EXCEL.day_text(scene.today)}")
    target.workbook("stages", "stages", frames["stages"], title, mistakes_for(scene, schools[0], "stages", EXCEL))
    target.parquet("leveringen", "leveringen", declared_frame(scene, schools))


@dataclass(frozen=True, slots=True)
class _Batch:
    """The files of a batch of schools."""

    scene: Scene
    target: Folder
    stays: Stays
    batch: int
    own_files: bool

    def write(self) -> None:
        """Pupils, answers, publications, incidents."""
        self._write_pupils(enrolment_frame(self.scene, self.stays))
        answers = answer_forms(self.scene, self.stays, self.batch)
        self._write_answers(answer_frame(self.scene, self.stays, answers))
        self._write_publications(publication_frame(self.scene, self.stays, answers, self.batch))
        self._write_incidents(incident_frame(self.scene, self.stays, self.batch))

    def _parts(self, frame: pl.DataFrame) -> list[tuple[int, str, pl.DataFrame]]:
        """Per file: its place in the row of all files, the end of its name, its rows."""
        if not self.own_files:
            return [(self.batch, f"-{self.batch + 1:02d}", frame.drop("school"))]
        return [
            (place, f"-{school.brin6}", frame.filter(pl.col("school") == place).drop("school"))
            for place, school in enumerate(self.stays.schools)
        ]

    def _mistakes(self, dataset: str, place: int, dialect: Dialect) -> tuple[Mistake, ...]:
        return mistakes_for(self.scene, self.stays.schools[0], dataset, dialect) if place == 0 else ()

    def _write_pupils(self, frame: pl.DataFrame) -> None:
        for place, end, rows in self._parts(frame):
            dialect = PUPIL_DIALECTS[place % len(PUPIL_DIALECTS)]
            more = {"achternaam": pl.lit("Voorbeeld")} if place == PERSONAL_FILE else {}
            told = rows.with_columns(**more)
            self.target.csv(
                f"leerlingen{end}", "leerlingen", told, dialect, self._mistakes("leerlingen", place, dialect)
            )

    def _write_answers(self, frame: pl.DataFrame) -> None:
        for place, end, rows in self._parts(frame):
            stem = f"toestemmingen{end}"
            empty = [name for name in OPTIONAL if rows[name].null_count() == rows.height]
            dialect = ANSWER_DIALECTS[place % len(ANSWER_DIALECTS)]
            if place == 0:
                # Every column is there in the file with the mistakes.
                mistakes = (*self._mistakes("toestemmingen", place, dialect), _repeat(rows))
                self.target.csv(stem, "toestemmingen", rows, dialect, mistakes)
            elif place == WIDE_FILE and self.own_files and fits(self.scene.registry):
                self.target.csv(stem, "toestemmingen", wide_frame(rows), WIDE)
            elif place == PARQUET_FILE:
                self.target.parquet(stem, "toestemmingen", rows.drop(empty))
            else:
                more = {"formulierversie": pl.lit("2")} if place == UNKNOWN_FILE else {}
                self.target.csv(stem, "toestemmingen", rows.drop(empty).with_columns(**more), dialect)

    def _write_publications(self, frame: pl.DataFrame) -> None:
        name = "publicaties" if self.batch == 0 else f"publicaties-{self.batch + 1:02d}"
        self.target.csv(name, "publicaties", frame, PLAIN, self._mistakes("publicaties", self.batch, PLAIN))

    def _write_incidents(self, frame: pl.DataFrame) -> None:
        apart = self.batch == 0 and len(self.stays.schools) > WORKBOOK_SCHOOL
        own = pl.lit(apart) & (pl.col("school") == WORKBOOK_SCHOOL)
        rest = frame.filter(~own).drop("school").with_columns(mentorgroep=pl.lit("onbekend"))
        end = "" if self.batch == 0 else f"-{self.batch + 1:02d}"
        mistakes = self._mistakes("incidenten", self.batch, TIMED)
        self.target.csv(f"incidenten{end}", "incidenten", rest, TIMED, mistakes)
        if apart:
            school = self.stays.schools[WORKBOOK_SCHOOL]
            title = (f"Meldingen {school.name}",)
            self.target.workbook(f"incidenten-{school.brin6}", "incidenten", frame.filter(own).drop("school"), title)


def _repeat(rows: pl.DataFrame) -> Mistake:
    """The first dated row once more, the date and the number in another notation."""
    first = rows.filter(pl.col("datum").is_not_null()).head(1)
    text = PLAIN.text(first).row(0, named=True)
    row = {name: value for name, value in text.items() if value is not None}
    row["leerlingnummer"] = "0" + row["leerlingnummer"]
    return Mistake("", "staat er al, in een andere notatie", "niets: de rij telt als bekend", row, repeat=True)


def _write_traps(scene: Scene, traps: Sequence[Trap], target: Folder) -> None:
    target.csv("leerlingen-valkuilen", "leerlingen", trap_enrolments(traps), EXCEL)
    answers = trap_answers(scene, traps)
    name = target.csv("toestemmingen-valkuilen", "toestemmingen", answers.drop("refused"), EXCEL)
    target.planted += [
        Planted(name, line, column, "de datum van morgen", NOT_YET)
        for line, column in enumerate(answers["refused"], start=2)
        if column
    ]
