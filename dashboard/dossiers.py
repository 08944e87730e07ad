"""The dossier of a snapshot for an audience, as a file: PDF, Word, Excel or HTML.

Composes `store.questions`, `indicators.catalogue` and `reports`.
"""

import os
import tempfile
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

from dashboard.access.audiences import BOARD
from dashboard.registry import load_registry
from dashboard.reports import WRITERS
from dashboard.reports.dossier import make_dossier
from dashboard.reports.evidence import About, Ask
from dashboard.reports.files import is_ours
from dashboard.settings import Settings
from dashboard.store.snapshots import Snapshot
from dashboard.viewing import open_figures, rows_of

PROGRAM: Final = "gedragscode-dashboard"
"""The name under which this program is installed: its version is that of the method."""

WITH_PERIODS: Final = ("evaluation", "incidents_by")
"""The published tables that tell which periods a dossier may be about."""


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
    if audience != BOARD:
        raise DossierProblem("Het dossier is er alleen voor het bestuur: kies --as bestuur.")
    ask = _door(snapshot, settings, audience)
    _refuse_period(ask, period)
    about = About(
        day=snapshot.today,
        today=snapshot.today,
        snapshot=snapshot.id,
        inputs=snapshot.inputs,
        demo=snapshot.demo,
        audience=audience,
        period=period or "",
        method=version(PROGRAM),
    )
    return WRITERS[form](make_dossier(ask, load_registry(settings.registry), about))


def periods(ask: Ask) -> list[str]:
    """The periods that a dossier may be about, evaluations first, the oldest first."""
    found = [name for table in WITH_PERIODS for name in sorted(ask(table)["periode"].unique())]
    return list(dict.fromkeys(found))


def file_name(snapshot: Snapshot, form: str) -> str:
    """What a dossier is called when it is downloaded: the day and the snapshot it was made from."""
    return f"evaluatiedossier_{snapshot.today}_{snapshot.id}.{form}"


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
    """The published tables of a snapshot, with their rates; no rows where it is older than the table."""
    return partial(rows_of, open_figures(snapshot, audience, settings.queries))


def _refuse_period(ask: Ask, period: str | None) -> None:
    if ask("evaluation").is_empty():
        raise DossierProblem("Er is in deze momentopname nog geen periode waarover een dossier kan gaan.")
    known = periods(ask)
    if period is not None and period not in known:
        raise DossierProblem(f"Over die periode is er geen dossier. Kies uit: {', '.join(known)}.")
