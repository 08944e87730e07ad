"""`gedragscode …`: the commands. Data goes to stdout, messages for people go to stderr, in Dutch.

Exit codes: 0 done; 1 done, but something needs a person; 2 refused, nothing changed.
"""

import logging
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import typer

from dashboard.commands import auditing, delivering, keeping, serving, showing
from dashboard.commands.asking import PaperFormat
from dashboard.commands.showing import figures_frame
from dashboard.dossiers import DossierProblem
from dashboard.exports.checking import DeliveryProblem
from dashboard.exports.profiles import ProfileProblem
from dashboard.exports.pseudonyms import KeyProblem
from dashboard.exports.sample import write_sample
from dashboard.importing import Outcome, import_delivery
from dashboard.periods import CalendarError, load_calendar
from dashboard.protecting import unaudited
from dashboard.registry import RegistryError, load_registry
from dashboard.serving import ServingProblem
from dashboard.settings import Settings
from dashboard.store.places import StoreProblem
from dashboard.terminal import DutchCommand, DutchGroup, misused, people
from dashboard.worklists import WorklistProblem

__all__ = ["PROBLEMS", "PaperFormat", "app", "figures_frame", "make_demo_store", "run"]

PROBLEMS = (
    DeliveryProblem,
    StoreProblem,
    RegistryError,
    CalendarError,
    ProfileProblem,
    KeyProblem,
    WorklistProblem,
    DossierProblem,
    ServingProblem,
)
"""What may be wrong with what a person gives: each comes with a Dutch sentence."""

app = typer.Typer(
    cls=DutchGroup,
    help="Toestemmingen, incidenten en evaluatie van de Gedragscode Social Media.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

COMMANDS: dict[str, Callable[..., None]] = {
    "demo": delivering.demo,
    "check": delivering.check_command,
    "import": delivering.import_command,
    "worklist": delivering.worklist,
    "figures": showing.figures,
    "report": showing.report_command,
    "snapshots": showing.snapshots,
    "rollback": showing.rollback,
    "changes": showing.changes_command,
    "audit": auditing.audit,
    "log": keeping.log,
    "purge": keeping.purge,
    "register": keeping.register,
    "serve": serving.serve,
}
"""Every command, in the order in which the help names them."""

for name, command in COMMANDS.items():
    app.command(name, cls=DutchCommand)(command)
app.add_typer(keeping.key, name="key")


@app.callback()
def start(context: typer.Context) -> None:
    """Look at the clock: nothing below does."""
    context.obj = datetime.now().astimezone()


def run() -> None:
    """The console script. Whatever goes wrong, a person gets a sentence, never a traceback."""
    try:
        sys.exit(app(standalone_mode=False))
    except typer.TyperException as error:
        people.print(misused(error))
        sys.exit(2)
    except typer.Abort:
        people.print("Gestopt. Wat al getoond werd, staat er nog.")
        sys.exit(2)
    except PROBLEMS as problem:
        people.print(str(problem))
        sys.exit(2)
    except Exception as error:
        logging.getLogger("gedragscode").debug("unexpected", exc_info=error)
        people.print(
            f"Er ging iets mis dat niet was voorzien ({type(error).__name__}). "
            "Probeer het opnieuw; blijft het misgaan, meld dan deze zin en de opdracht."
        )
        sys.exit(2)


def make_demo_store(settings: Settings, today: date) -> Outcome:
    """Fill a store with the demo delivery; after the last school holidays that are known, as of their last day."""
    calendar = load_calendar(settings.holidays)
    today = min(today, calendar.last_day)
    with tempfile.TemporaryDirectory() as folder:
        write_sample(
            Path(folder),
            today=today,
            registry=load_registry(settings.registry),
            calendar=calendar,
        )
        return import_delivery([Path(folder)], settings, today, protector=unaudited)
