"""What every command says and shows on a terminal: its help in Dutch, what went wrong, how far it is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from typer.core import TyperCommand, TyperGroup

people = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
"""Where messages for people go: data goes to stdout."""

WORDS = {
    "Usage: ": "Gebruik: ",
    "[OPTIONS]": "[OPTIES]",
    "COMMAND [ARGS]...": "OPDRACHT [OPTIES]...",
    "Options:": "Opties:",
    "Arguments:": "Waarmee:",
    "Commands:": "Opdrachten:",
    "Show this message and exit.": "Toon deze uitleg.",
    "[required]": "[nodig]",
}
"""What Typer itself says in a help text, in Dutch."""


def _dutch(text: str) -> str:
    for english, ours in WORDS.items():
        text = text.replace(english, ours)
    return re.sub(r" <[^>]*>", "", text.replace("[default:", "[anders:"))


class DutchCommand(TyperCommand):
    """A command whose help is Dutch from the first word to the last."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _dutch(super().get_help(ctx))


class DutchGroup(TyperGroup):
    """The commands together, likewise."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _dutch(super().get_help(ctx))


def misused(error: typer.TyperException) -> str:
    """What a person did wrong with a command, in a sentence."""
    named = error.param.opts[-1] if isinstance(error, typer.BadParameter) and error.param else ""
    fault = "ontbreekt" if type(error).__name__ == "MissingParameter" else "klopt niet"
    wrong = f"{named} {fault}" if named.startswith("-") else "de opdracht klopt niet of is niet volledig"
    return f"Dit kan niet worden uitgevoerd: {wrong}. 'gedragscode --help' legt uit wat er kan."


class Told:
    """Shows on a terminal what is being worked on."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None)

    def __call__(self, what: str, rows: int) -> None:
        """Say what is being worked on, and how many rows of it are done."""
        done = f"{what}: {rows:,} rijen".replace(",", ".") if rows else what
        self._progress.update(self._task, description=done)


@contextmanager
def progress() -> Iterator[Told]:
    """A line on a terminal that says what is going on; nothing where nobody watches."""
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=people, transient=True, disable=not people.is_terminal) as shown:
        yield Told(shown)
