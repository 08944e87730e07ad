"""The README of a delivery: what is in it, which mistakes were planted, and every trap."""

from collections.abc import Sequence
from typing import Final

from dashboard.exports.sample.folder import Planted, Written
from dashboard.exports.sample.scene import Scene
from dashboard.exports.sample.schools import School
from dashboard.exports.sample.traps import Trap

README: Final = "README.md"
SHOWN: Final = 12
"""So many schools are named."""


def tell(
    scene: Scene,
    schools: Sequence[School],
    traps: Sequence[Trap],
    written: Sequence[Written],
    planted: Sequence[Planted],
) -> str:
    """The whole text, Markdown, in Dutch."""
    parts = [
        _opening(scene, schools),
        _files(written),
        _habits(schools),
        _mistakes(planted),
        _traps(scene, traps),
    ]
    return "\n".join(parts)


def _table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [headers, ["---"] * len(headers), *rows]
    return "".join(f"| {' | '.join(str(cell) for cell in line)} |\n" for line in lines)


def _opening(scene: Scene, schools: Sequence[School]) -> str:
    return f"""# Demolevering

Verzonnen gegevens om mee te oefenen. Geen school, leerling, medewerker of gebeurtenis hierin bestaat.

- Dag van de levering: {scene.today:%d-%m-%Y}. Inlezen: `gedragscode import MAP --today {scene.today}`.
- Scholen: {len(schools)}, over drie schooljaren, vanaf {scene.first_day:%d-%m-%Y}.
- Gemaakt met getal {scene.seed}; dezelfde opdracht geeft precies dezelfde bestanden.
- `.demo-delivery.json` hoort erbij: daaraan herkent de import dat dit een demolevering is.
"""


def _files(written: Sequence[Written]) -> str:
    rows = [(file.file, file.dataset, file.rows, file.told) for file in written]
    return "## Bestanden\n\n" + _table(("bestand", "dataset", "rijen", "hoe het geschreven is"), rows)


def _habits(schools: Sequence[School]) -> str:
    rows = [
        (school.brin6, school.name, school.onderwijssoort, school.pupils, school.habit.told or "doet het gewoon")
        for school in schools[:SHOWN]
    ]
    rest = f"\nEn nog {len(schools) - SHOWN} scholen met zulke gewoonten.\n" if len(schools) > SHOWN else ""
    return "## Scholen\n\n" + _table(("brin6", "naam", "onderwijs", "leerlingen", "wat opvalt"), rows) + rest


def _mistakes(planted: Sequence[Planted]) -> str:
    rows = [(fault.file, fault.line, fault.column or "–", fault.wrong, fault.says) for fault in planted]
    return (
        "## Fouten die erin zitten\n\n"
        "De import weigert deze regels en gaat met de andere door. Een regel die er al staat, heet bekend.\n\n"
        + _table(("bestand", "regel", "kolom", "wat er mis is", "wat de import zegt"), rows)
    )


def _traps(scene: Scene, traps: Sequence[Trap]) -> str:
    rows = [
        (
            trap.leerlingnummer,
            trap.doel,
            trap.expected_status,
            "vandaag" if trap.peildatum == scene.today else f"{trap.peildatum:%d-%m-%Y}",
            trap.rule,
            trap.why,
        )
        for trap in traps
    ]
    return (
        "## Valkuilen bij toestemming\n\n"
        "Deze leerlingen staan in `leerlingen-valkuilen.csv` en `toestemmingen-valkuilen.csv`. Elk van hen laat een "
        "regel of een grens zien. De stap is de rij van de statustabel die de doorslag geeft.\n\n"
        + _table(("leerlingnummer", "doel", "status", "peildatum", "stap", "waarom"), rows)
    )
