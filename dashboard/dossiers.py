"""The dossier of a snapshot for an audience, as a file: PDF, Word, Excel or HTML.

Composes `store.questions`, `indicators.catalogue` and `reports`.
"""

import os
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

import polars as pl

from dashboard.access.audiences import BOARD
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.registry import Registry, load_registry
from dashboard.reports import WRITERS
from dashboard.reports.dossier import make_dossier
from dashboard.reports.evidence import About, Ask, evaluation_periods
from dashboard.reports.files import is_ours
from dashboard.settings import Settings
from dashboard.store.snapshots import Snapshot
from dashboard.viewing import Figures, LeftOut, open_figures, rows_of

PROGRAM: Final = "gedragscode-dashboard"
"""The name under which this program is installed: its version is that of the method."""

WITH_PERIODS: Final = "incidents_by"
"""The published table that tells which periods a dossier may be about, beside the evaluations."""


class DossierProblem(Exception):
    """No dossier can be made. A Dutch sentence that says what to do."""


def make_file(snapshot: Snapshot, settings: Settings, audience: str, period: str | None, form: str) -> bytes:
    """The dossier of a snapshot for one audience.

    The same snapshot, audience, period and form are the same bytes, whatever day it is.

    Args:
        snapshot: where the figures come from.
        settings: where the registry and the questions are.
        audience: one for whom the snapshot holds figures.
        period: `jjjj-mm/jjjj-mm`, of any kind; None: the evaluation period that holds the day of the figures.
        form: one of `WRITERS`.

    Raises:
        DossierProblem: there is no such form or period, or no evaluation had begun by then.
        StoreProblem: the snapshot holds nothing for that audience.
        RegistryError: the registry can't be read.
    """
    if form not in WRITERS:
        raise DossierProblem(f"Een dossier van die vorm is er niet. Kies uit: {', '.join(WRITERS)}.")
    ask, registry = _door(snapshot, settings, audience), load_registry(settings.registry)
    about = About(
        day=snapshot.today,
        today=snapshot.today,
        snapshot=snapshot.id,
        inputs=snapshot.inputs,
        demo=snapshot.demo,
        audience=audience,
        period=period or "",
        method=version(PROGRAM),
        left_out=left_out(open_figures(snapshot, audience, settings.queries)),
    )
    _refuse_period(ask, registry, about)
    return WRITERS[form](make_dossier(ask, registry, about))


def periods(ask: Ask, registry: Registry, about: About) -> list[str]:
    """The periods that a dossier may be about, evaluations first, the oldest first."""
    evaluations = evaluation_periods(ask("evaluation"), registry, about)
    return list(dict.fromkeys([*evaluations, *sorted(ask(WITH_PERIODS)["periode"].unique())]))


def left_out(figures: Figures) -> frozenset[str]:
    """The published tables that an audience would have, but that are for the board only in this snapshot."""
    return frozenset(table for table in PUBLISHED if _is_left_out(figures, table))


def _is_left_out(figures: Figures, table: str) -> bool:
    try:
        rows_of(figures, table)
    except LeftOut:
        return True
    return False


def file_name(snapshot: Snapshot, form: str, audience: str = BOARD) -> str:
    """What a dossier is called when it is downloaded: its day, its snapshot and, but the board's, whom it is for."""
    of_whom = "" if audience == BOARD else f"_{audience.replace(':', '-')}"
    return f"evaluatiedossier_{snapshot.today}_{snapshot.id}{of_whom}.{form}"


def refuse_target(target: Path, form: str, store: Path) -> None:
    """Raise DossierProblem where a dossier can't, or shouldn't, be written: before anything is read."""
    place = target.resolve()
    ending = target.suffix.lower().removeprefix(".")
    if ending in WRITERS and ending != form:
        raise DossierProblem(f"Een dossier met --format {form} krijgt een naam die eindigt op .{form}.")
    if place.is_relative_to(store.resolve()):
        raise DossierProblem("Het dossier mag niet in de map met gegevens komen te staan. Kies een andere map.")
    if not (place.parent.is_dir() and os.access(place.parent, os.W_OK)):
        raise DossierProblem(f"{target.name} kan daar niet worden geschreven. Kies een andere map.")
    if os.path.lexists(target) and not (target.is_file() and is_ours(target)):
        raise DossierProblem(
            f"{target.name} bestaat al, en is geen dossier of is daarna veranderd. Kies een andere naam."
        )


def write_file(target: Path, content: bytes) -> None:
    """Put a dossier in its place in one step, readable for its owner only. Raises DossierProblem."""
    place = target.resolve()
    try:
        handle, draft = tempfile.mkstemp(prefix=".dossier-", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(draft).replace(place)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError:
        raise DossierProblem(f"{target.name} kan daar niet worden geschreven. Kies een andere map.") from None


def _door(snapshot: Snapshot, settings: Settings, audience: str) -> Ask:
    """The published tables of a snapshot, with their rates; no rows where it hasn't the table for that audience."""
    figures = open_figures(snapshot, audience, settings.queries)

    def ask(table: str, **wanted: list[str]) -> pl.DataFrame:
        try:
            return rows_of(figures, table, **wanted)
        except LeftOut:
            return PUBLISHED[table].nothing

    return ask


def _refuse_period(ask: Ask, registry: Registry, about: About) -> None:
    if not evaluation_periods(ask("evaluation"), registry, about):
        raise DossierProblem("Er is in deze momentopname nog geen periode waarover een dossier kan gaan.")
    period, known = about.period, periods(ask, registry, about)
    if period and period not in known:
        raise DossierProblem(f"Over die periode is er geen dossier. Kies uit: {', '.join(known)}.")
