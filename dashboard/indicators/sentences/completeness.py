"""Findings about what schools delivered, and what is missing. No school is blamed."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.indicators.sentences.phrases import first_small
from dashboard.registry import Registry

EVERYTHING = "leerlingen, toestemmingen en incidenten"
"""What every school has to deliver."""

NOT_BY_MONTH = "Over welke maanden een school incidenten aanleverde, staat hier niet per school."
"""Where months of schools aren't shown: what is delivered is looked at by kind only."""


def deliveries(late: pl.DataFrame, names: Sequence[str], refused: int | None, chosen: str = "") -> str:
    """Whether the data is complete. late: naam, soorten (datasets, a list), zwijgt of the schools that miss something.

    `names`: every school that has to deliver; `refused`: rows of the last import, or of the last ones of the school
    `chosen`; None where that isn't shown.
    """
    absent = late.filter((pl.col("soorten").list.len() > 0) | pl.col("zwijgt"))["naam"].to_list()
    whole = "Van elke school zijn alle soorten gegevens er die nodig zijn"
    if len(names) == 1:
        whole = f"{names[0]} heeft alle soorten gegevens aangeleverd die nodig zijn"
    if absent:
        whole = f"Van {dutch.listed(absent, most=4)} ontbreken gegevens"
    if refused is None:
        return f"{whole}."
    if chosen:
        return f"{whole}; {_refused_of_school(refused)}."
    if not refused:
        return f"{whole}; geen enkele rij is geweigerd."
    return f"{whole}; {dutch.counted(refused, 'rij is', 'rijen zijn')} in de laatste levering geweigerd."


def _refused_of_school(refused: int) -> str:
    if not refused:
        return "van deze school is de laatste keer geen rij geweigerd"
    return f"van deze school {'is' if refused == 1 else 'zijn'} de laatste keer {_rows(refused)} geweigerd"


def _rows(count: int) -> str:
    return dutch.counted(count, "rij", "rijen")


def nothing_missing(names: Sequence[str], chosen: str, day: date, *, by_month: bool = True) -> str:
    """What is said where nothing is missing. `names`: every school that has to deliver; `chosen`: the school looked at.

    Nothing is expected of a school outside the group on the day. `by_month`: whether the months of each school with
    incidents are known.
    """
    if chosen and not names:
        return f"{chosen} is op {dutch.day(day)} geen school van de groep; er wordt niets van verwacht"
    if not names:
        return f"Op {dutch.day(day)} zijn er geen scholen die iets moeten aanleveren"
    if not by_month:
        return f"Van {chosen or 'elke school'} zijn alle soorten gegevens er die nodig zijn"
    if chosen:
        return f"{chosen} heeft alles aangeleverd wat nodig is"
    return "Van elke school is alles aangeleverd wat nodig is"


def complete(rows: pl.DataFrame, names: Sequence[str], *, by_month: bool = True) -> tuple[str, str]:
    """Of how many schools everything is there, as a figure and what it is of.

    rows: naam, a row per school that misses something. `names`: every school that has to deliver, at least one.
    `by_month`: whether the months of each school with incidents are known.
    """
    everything = EVERYTHING if by_month else f"alle soorten gegevens: {EVERYTHING}"
    if len(names) == 1:
        return ("nee", "zie onderaan wat er ontbreekt") if rows.height else ("ja", everything)
    of_all = f"van {dutch.counted(len(names), 'school', 'scholen')}"
    told = f"zie onderaan wat er ontbreekt van {dutch.listed(rows['naam'].to_list(), most=3)}"
    return dutch.number(len(names) - rows.height), f"{of_all} · {told if rows.height else everything}"


def missing_title(rows: pl.DataFrame, names: Sequence[str], *, by_month: bool = True) -> str:
    """Of which schools something is missing, and of how many nothing. All as `complete`, at least one row."""
    start = f"Van {dutch.listed(rows['naam'].to_list(), most=4)} ontbreken gegevens"
    whole = len(names) - rows.height
    if not whole:
        return start
    others = "de andere school" if whole == 1 else f"de andere {dutch.small(whole)} scholen"
    return f"{start}; van {others} {'is alles' if by_month else 'is elke soort'} aangeleverd"


def refused_files(files: int) -> str:
    """How many files of the last import could not be used at all."""
    if not files:
        return ""
    are = "is niet herkend of niet te lezen" if files == 1 else "zijn niet herkend of niet te lezen"
    return (
        f"{dutch.counted(files, 'bestand', 'bestanden')} van de laatste levering {are}: daaruit is niets overgenomen."
    )


def undelivered(rows: pl.DataFrame) -> str:
    """Over which months reports are missing, in one sentence. rows: naam, maanden (`jjjj-mm`, a list) a school."""
    late = rows.filter(pl.col("maanden").list.len() > 0)
    if late.is_empty():
        return ""
    if late.height == 1:
        name, months = late.select("naam", "maanden").row(0)
        named = dutch.listed([dutch.month_name(month) for month in months], most=4)
        return f"Over {named} heeft {name} niet alles aangeleverd. Dat is iets anders dan nul."
    names = dutch.listed(late["naam"].to_list(), most=4)
    return f"Van {names} zijn dit schooljaar een of meer maanden niet helemaal aangeleverd. Dat is iets anders dan nul."


def missing_in_words(rows: pl.DataFrame, registry: Registry, day: date) -> pl.DataFrame:
    """What is missing per school on a day, to read: a column for each kind of thing that a school misses.

    rows: naam, soorten (datasets, a list), zwijgt, antwoorden_tot, maanden (`jjjj-mm`, a list).
    """
    labels = registry.labels["dataset"]
    columns: dict[str, list[str]] = {
        "School": rows["naam"].to_list(),
        "Nog niet ingelezen": [
            dutch.listed([first_small(labels.get(name, name)) for name in names]) or dutch.NOTHING
            for names in rows["soorten"]
        ],
        "Antwoorden": [
            _answers_until(last, day, quiet=quiet)
            for quiet, last in rows.select("zwijgt", "antwoorden_tot").iter_rows()
        ],
        "Incidenten: maanden niet (helemaal) aangeleverd": [
            dutch.listed([dutch.month_name(month) for month in months]) or dutch.NOTHING for months in rows["maanden"]
        ],
    }
    # What nobody misses needs no column.
    told = {name: cells for name, cells in columns.items() if any(cell != dutch.NOTHING for cell in cells)}
    return pl.DataFrame(told, schema_overrides=dict.fromkeys(told, pl.String))


def _answers_until(last: date | None, day: date, *, quiet: bool) -> str:
    if not quiet:
        return dutch.NOTHING
    return f"aangeleverd tot en met {dutch.day(last)}" if last else f"niet aangeleverd voor {dutch.day(day)}"
