"""What somebody sees who doesn't come in: why, whom to ask, one button, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.access import login
from dashboard.access.door import Door, NoAccess, Reason
from dashboard.ui import blocks


@dataclass(frozen=True, slots=True)
class Notice:
    """A page of one sentence; `{contact}` in it is whom to ask."""

    title: str
    sentence: str
    more: str
    button: str = ""
    """What the button says; none without a text."""
    leaves: bool = False
    """Whether the button logs out; otherwise it logs in."""


LOG_IN: Final = "Inloggen"
NO_PAGE: Final = Notice("Geen toegang", "Deze pagina is niet voor uw rol.", "Kies een andere pagina in het menu.")
NOT_SET_UP: Final = Notice(
    "Inloggen is niet ingesteld",
    "Echte gegevens worden zonder inloggen niet getoond.",
    "De beheerder kan het inloggen instellen. In docs/inloggen.md staat stap voor stap hoe: het gaat om de bestanden "
    "data/access.toml (wie ziet wat) en .streamlit/secrets.toml (waar mensen inloggen).",
)
OTHER_NAME: Final = Notice(
    "Dit adres kent het dashboard niet",
    "Open het dashboard met het adres dat u van uw school kreeg.",
    "Beheert u het dashboard? 'gedragscode serve' noemt bij het starten het adres waarop het te bereiken is.",
)
NOTICES: Final[Mapping[Reason, Notice]] = {
    Reason.NOT_SET_UP: NOT_SET_UP,
    Reason.LOGGED_OUT: Notice(
        "Gedragscode Social Media", "Log in om de cijfers te zien.", "Dat gaat met uw account van school.", LOG_IN
    ),
    Reason.TOO_OLD: Notice(
        "U bent uitgelogd", "Log opnieuw in om verder te gaan.", "Na acht uur vragen we u opnieuw in te loggen.", LOG_IN
    ),
    Reason.IDLE: Notice(
        "U bent uitgelogd",
        "Log opnieuw in om verder te gaan.",
        "U hebt het dashboard een half uur niet gebruikt, of het is opnieuw gestart.",
        LOG_IN,
    ),
    Reason.FOREIGN: Notice(
        "Geen toegang",
        "Dit account hoort niet bij deze scholengroep.",
        "Log uit en kies uw account van school. Lukt dat niet, vraag dan {contact}.",
        "Uitloggen",
        leaves=True,
    ),
    Reason.NO_ROLE: Notice(
        "Geen toegang",
        "Uw account heeft nog geen rol in dit dashboard.",
        "Hebt u de cijfers nodig voor uw werk? Vraag dan {contact} om een rol.",
        "Uitloggen",
        leaves=True,
    ),
}


def notice(refusal: NoAccess, door: Door) -> None:
    """Draw the page for somebody who doesn't come in."""
    said = NOTICES[refusal.reason]
    words(said, refusal.contact)
    if said.leaves:
        leave(door, said.button)
    elif said.button:
        st.button(said.button, key="inloggen", type="primary", on_click=login.log_in, args=(door,))


def words(said: Notice, contact: str = "") -> None:
    """The words of such a page."""
    blocks.question(said.title)
    blocks.answer(said.sentence, said.more.format(contact=contact))


def leave(door: Door, label: str = "Uitloggen") -> None:
    """The button that logs out."""
    st.button(label, key="uitloggen", on_click=login.log_out, args=(door,))
