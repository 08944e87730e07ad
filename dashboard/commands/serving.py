"""The command that starts the app."""

import os
from typing import Annotated

import typer

from dashboard.commands.asking import Store, settings_of
from dashboard.serving import environment, plan
from dashboard.terminal import people


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="GETAL", help="De poort.")] = 8501,
    address: Annotated[
        str, typer.Option(metavar="ADRES", help="Waarop het luistert; localhost is alleen deze computer.")
    ] = "localhost",
    store: Store = None,
) -> None:
    """Start het dashboard. Echte gegevens zijn er alleen na inloggen."""
    settings = settings_of(store)
    planned = plan(settings, port, address)
    people.print(planned.about)
    os.execve(planned.command[0], planned.command, {**os.environ, **environment(settings)})  # noqa: S606  # no shell
