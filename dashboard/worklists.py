"""A school's own worklist: whose answer is missing, why, and who has to answer. Straight from the exports.

Composes `exports`, `store.worklists` and `workbooks`. No store and no key is read or written, and nothing is left on
disk but the workbook: the only file of this product that names pupils, for the school's own administrator.
"""

import os
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.exports.checking import Checked, DeliveryProblem, Known, check_delivery
from dashboard.exports.folders import NOTHING_FOUND
from dashboard.exports.profiles import load_profiles
from dashboard.exports.pseudonyms import PlainNumbers
from dashboard.periods import load_calendar, school_year
from dashboard.registry import Registry, load_registry
from dashboard.registry.model import Purpose
from dashboard.settings import Settings
from dashboard.store.worklists import Missed, Missing
from dashboard.workbooks import About, Book, bears_mark, print_on_a4, put_rows, put_table, put_text

Progress = Callable[[str, int], None]

MARK: Final = "Werklijst toestemming"
"""The property by which a worklist is known: no other file is ever replaced by one."""

RELEVANT: Final = frozenset({"scholen", "leerlingen", "toestemmingen", None})
"""The datasets of which a refused row may change the list; of a file that can't be read nobody knows."""

ASK: Final[Mapping[str, str]] = {
    **dict.fromkeys(("ja", "nee", "ingetrokken"), "Vraag het opnieuw: zo'n antwoord telt hier niet."),
    "conflict": "Vraag de ouders om één antwoord.",
    "werd_16_ja": "Vraag het nu aan de leerling zelf.",
    "werd_16_nee": "Vraag het nu aan de leerling zelf.",
    "verlopen_ja": "Vraag het dit jaar opnieuw.",
    "verlopen_nee": "Vraag het dit jaar opnieuw.",
    "onbevoegd": "Vraag het opnieuw: wie antwoordde, mocht toen niet beslissen.",
    "niet_uitdrukkelijk": "Vraag het opnieuw: de school heeft dit zelf ingevuld.",
    "niet_aantoonbaar": "Zoek het antwoord op en vul datum, gever en bron aan. Of vraag het opnieuw.",
    "onbeantwoord": "Herinner aan de vraag: het antwoord is er nog niet.",
    "niet_gevraagd": "Vraag het.",
}
"""What to do about each status, where a reading doesn't take it for a valid answer."""

COLUMNS: Final[Mapping[str, str]] = {
    "Leerlingnummer": "zoals in de exports, zonder nullen vooraan",
    "Leerjaar": "op de dag van deze lijst",
    "Waarom": "wat er nu over het antwoord bekend is",
    "Wat nu": "wat er te doen is",
    "Wie antwoordt": "wie mag beslissen: de leerling vanaf 16 jaar, anders de ouders of voogd",
    "Let op": "of dat dit schooljaar nog verandert, omdat de leerling 16 wordt",
}

INTRODUCTION: Final = (
    "Op elk tabblad hierna staan de leerlingen van wie voor dat doel nog een geldig antwoord ontbreekt.",
    "Een nee is ook een geldig antwoord. Wie een geldig ja of nee heeft gegeven, staat niet in de lijst.",
    "Vraag om een antwoord, niet om een ja.",
    "Deze lijst bevat persoonsgegevens. Bewaar de lijst op een veilige plek en gooi de lijst weg na gebruik.",
)

MISSING: Final = "Leerlingen zonder geldig antwoord"

WIDEST: Final = 44
"""Characters of a column at most: on paper the table is one page wide."""

READING_WIDTH: Final = 80
"""Characters of the column with sentences."""


class WorklistProblem(Exception):
    """No list can be made. A Dutch sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Worklist:
    """A list that was made.

    Args:
        checked: what became of the exports.
        warnings: Dutch sentences about what may be wrong with it; they stand on its first sheet too.
        counts: label of a purpose → pupils without a valid answer.
        pupils: enrolled at the school on the day.
    """

    checked: Checked
    warnings: tuple[str, ...]
    counts: Mapping[str, int]
    pupils: int


def make_worklist(
    paths: Sequence[Path], brin6: str, target: Path, settings: Settings, today: date, progress: Progress | None = None
) -> Worklist:
    """Read exports and write the worklist of one school, readable for its owner only.

    Args:
        paths: files with exports, and folders of them.
        brin6: the school, in capitals or not.
        target: the workbook; replaced only where it is an earlier worklist.
        settings: where registry, profiles and questions are; its store and key are left alone.
        today: the day on which the pupils are enrolled and their answers count.
        progress: told the file's name and its rows so far.

    Raises:
        WorklistProblem: the target can't be used, no file could be read, or the school isn't in the exports.
        DeliveryProblem, RegistryError, CalendarError, ProfileProblem, StoreProblem: each with a Dutch sentence.
    """
    _refuse_target(target, paths, settings.store)
    registry = load_registry(settings.registry)
    checked = check_delivery(
        paths,
        registry=registry,
        profiles=load_profiles(settings.profiles, registry),
        known=Known(),
        key=PlainNumbers.passing(),
        today=today,
        progress=progress,
    )
    school = _school(checked, brin6)
    missed = Missed(settings.queries, registry, load_calendar(settings.holidays))
    missing = missed.of(school.brin6, checked.accepted, today)
    listing = _Listing(registry, school, today, missing, tuple(_warnings(checked, missing, today)), checked.demo)
    _write(target, listing.workbook())
    return Worklist(checked, listing.warnings, listing.counts(), missing.pupils)


# --- what is refused, and what is warned about --------------------------------------------------------------------


def _refuse_target(target: Path, paths: Sequence[Path], store: Path) -> None:
    """Raise WorklistProblem where the list can't, or shouldn't, be written: before anything is read."""
    place = target.resolve()
    if target.suffix.lower() != ".xlsx":
        raise WorklistProblem("De lijst wordt een Excelbestand. Geef het een naam die eindigt op .xlsx.")
    if any(_lies_among(place, path.resolve()) for path in paths):
        raise WorklistProblem(
            "De lijst mag niet tussen de exports komen te staan: dan gaat hij mee met de volgende levering. "
            "Kies een andere map."
        )
    if place.is_relative_to(store.resolve()):
        raise WorklistProblem("De lijst mag niet in de map met gegevens komen te staan. Kies een andere map.")
    if not (place.parent.is_dir() and os.access(place.parent, os.W_OK)):
        raise WorklistProblem(f"{target.name} kan daar niet worden geschreven. Kies een andere map.")
    if os.path.lexists(target) and not (target.is_file() and bears_mark(target, MARK)):
        raise WorklistProblem(f"{target.name} bestaat al en is geen werklijst. Kies een andere naam.")


def _lies_among(place: Path, exports: Path) -> bool:
    """Whether a file would lie in a folder of exports, or beside an export."""
    return place.parent == exports.parent if exports.is_file() else place.is_relative_to(exports)


@dataclass(frozen=True, slots=True)
class _School:
    brin6: str
    name: str

    @property
    def title(self) -> str:
        return f"{self.name} ({self.brin6})"


def _school(checked: Checked, brin6: str) -> _School:
    """The school among the accepted rows. Raises where there is none, or nothing could be read."""
    if not checked.files:
        raise DeliveryProblem(NOTHING_FOUND)
    if all(file.refusal is not None for file in checked.files):
        raise WorklistProblem(
            "Geen van de bestanden kon worden gelezen. 'gedragscode check' zegt per bestand wat eraan scheelt."
        )
    wanted = brin6.strip().upper()
    schools = checked.accepted["scholen"].select(pl.col("brin6", "naam").cast(pl.String))
    for known, name in schools.iter_rows():
        if known == wanted:
            return _School(known, name)
    named = f" Daarin staan: {dutch.listed(schools['brin6'].sort().to_list())}." if schools.height else ""
    raise WorklistProblem(
        f"De school van --school staat niet in deze exports.{named} Controleer het nummer, en of het bestand met "
        "scholen erbij is."
    )


def _warnings(checked: Checked, missing: Missing, today: date) -> list[str]:
    """What may be wrong with the list, and what to do about it; empty where it can be relied on."""
    found = []
    rows = sum(file.rejected for file in checked.files)
    files = sum(file.refusal is not None for file in checked.files)
    relevant = any(file.dataset in RELEVANT for file in checked.files if file.rejected or file.refusal is not None)
    parts = [
        *([f"{dutch.counted(rows, 'rij', 'rijen')} geweigerd"] if rows else []),
        *([f"{dutch.counted(files, 'bestand', 'bestanden')} niet gebruikt"] if files else []),
    ]
    if parts:
        effect = (
            "De lijst kan leerlingen missen of onterecht noemen."
            if relevant
            else "Het gaat niet om leerlingen of antwoorden: voor deze lijst maakt het niet uit."
        )
        found.append(f"Van de exports: {' en '.join(parts)}. {effect} 'gedragscode check' zegt wat er mis is.")
    if not missing.pupils:
        found.append(f"Volgens deze exports heeft de school op {dutch.day(today)} geen leerlingen.")
    if missing.pupils and checked.accepted["toestemmingen"].is_empty():
        found.append("In deze exports staat geen enkel antwoord. Is het bestand met toestemmingen erbij?")
    if not missing.delivered:
        found.append(
            f"In leveringen staat niet dat de school de toestemmingen tot en met {dutch.day(today)} heeft "
            "aangeleverd. De lijst is gemaakt alsof dat wel zo is: controleer of alle antwoorden erin staan."
        )
    return found


# --- the workbook -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Listing:
    """Everything that stands in one worklist."""

    registry: Registry
    school: _School
    today: date
    missing: Missing
    warnings: tuple[str, ...]
    demo: bool

    def counts(self) -> dict[str, int]:
        """Label of a purpose → pupils without a valid answer, every purpose."""
        rows = self.missing.rows
        return {purpose.label: rows.filter(pl.col("doel") == purpose.code).height for purpose in self.registry.purposes}

    def workbook(self) -> bytes:
        """The file: an overview, then a sheet per purpose."""
        title = f"Werklijst toestemming {self.school.title}"
        note = f"Stand van {dutch.day(self.today)}. Bevat leerlingnummers: alleen voor de school zelf."
        book = Book(About(title, self.today, note, {MARK: self.school.brin6}))
        self._overview(book)
        for purpose in self.registry.purposes:
            sheet = book.sheet(purpose.label)
            put_table(book, sheet, self.table(purpose), widest=WIDEST)
            print_on_a4(sheet, self._footer(), title=purpose.label, landscape=True)
        return book.content()

    def table(self, purpose: Purpose) -> pl.DataFrame:
        """The pupils who need an answer for a purpose, a row each, by year group and number."""
        rows = self.missing.rows.filter(pl.col("doel") == purpose.code).select(
            "leerling", "leerjaar", "wordt_16_op", "status"
        )
        ordered = sorted(rows.iter_rows(), key=lambda row: (row[1], _natural(row[0])))
        schema = {name: pl.Int64 if name == "Leerjaar" else pl.String for name in COLUMNS}
        return pl.DataFrame([self._row(*row) for row in ordered], schema=schema, orient="row")

    def _row(self, number: str, year_group: int, turns_16: date, status: str) -> tuple[object, ...]:
        grown = turns_16 <= self.today
        end_of_year = date(school_year(self.today) + 1, 7, 31)
        soon = not grown and turns_16 <= end_of_year
        note = f"wordt 16 op {_numeric(turns_16)}: vanaf dan antwoordt de leerling zelf" if soon else None
        who = "leerling" if grown else "ouders of voogd"
        return number, year_group, self.registry.status(status).label, ASK[status], who, note

    def _overview(self, book: Book) -> None:
        sheet = book.sheet("Overzicht")
        bold = book.style(bold=True, text_wrap=True, valign="top")
        plain = book.style(text_wrap=True, valign="top")
        above = [
            (f"Van wie ontbreekt een antwoord? {self.school.title}", book.style(bold=True, font_size=14)),
            (f"Stand van {dutch.day(self.today)}. {self._enrolled()}", plain),
            *([("Demogegevens: alles in deze lijst is verzonnen.", bold)] if self.demo else []),
            *((f"Let op. {warning}", bold) for warning in self.warnings),
            *((text, plain) for text in INTRODUCTION),
        ]
        counts = self.counts()
        below = [
            ("Wat er op de tabbladen staat", bold),
            *((f"{name}: {meaning}", plain) for name, meaning in COLUMNS.items()),
        ]
        top = len(above) + 1
        put_rows(book, sheet, pl.DataFrame({"Doel": [*counts], MISSING: [*counts.values()]}), top=top)
        for start, lines in ((0, above), (top + len(counts) + 2, below)):
            for line, (text, style) in enumerate(lines, start=start):
                put_text(sheet, line, 0, text, style)
        sheet.set_column(0, 0, READING_WIDTH)
        sheet.print_area(0, 0, top + len(counts) + 1 + len(below), 1)
        print_on_a4(sheet, self._footer())

    def _enrolled(self) -> str:
        verb = "is" if self.missing.pupils == 1 else "zijn"
        return f"Op die dag {verb} er {dutch.counted(self.missing.pupils, 'leerling', 'leerlingen')} ingeschreven."

    def _footer(self) -> str:
        demo = "Demogegevens. " if self.demo else ""
        return f"{demo}{self.school.title}, {dutch.day(self.today)}"


def _natural(number: str) -> tuple[list[str | int], str]:
    """Sorts numbers in a text by their value: 9 goes before 10, A9 before A10."""
    parts = re.split(r"(\d+)", number)
    return [int(part) if place % 2 else part.casefold() for place, part in enumerate(parts)], number


def _numeric(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def _write(target: Path, content: bytes) -> None:
    """Put the list in its place in one step, readable for its owner only. Raises WorklistProblem."""
    place = target.resolve()
    try:
        handle, draft = tempfile.mkstemp(prefix=".werklijst-", dir=place.parent)  # for its owner only
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(draft).replace(place)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError:
        raise WorklistProblem(f"{target.name} kan daar niet worden geschreven. Kies een andere map.") from None
