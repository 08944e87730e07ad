"""The script that runs for every view: the frame of the page, the shared filters, and then the page itself."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard import dutch
from dashboard.ui import ask, blocks, filters, server

PAGES_FOLDER: Final = Path(__file__).resolve().parent.parent / "pages"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the menu."""

    file: str
    title: str
    url: str
    question: str
    by_school: bool


ENTRIES: Final = (
    Entry("overview", "Overzicht", "", "Hebben we de gedragscode op orde, en wat vraagt nu aandacht?", by_school=True),
    Entry(
        "consent",
        "Toestemming",
        "toestemming",
        "Van wie ontbreekt een geldig antwoord, waar en waarom?",
        by_school=True,
    ),
    Entry("incidents", "Incidenten", "incidenten", "Verandert er iets, en waar gaat het over?", by_school=True),
    Entry(
        "schools", "Scholen vergelijken", "scholen", "Verschilt een school meer dan toeval verklaart?", by_school=True
    ),
    Entry(
        "evaluation",
        "Evaluatie",
        "evaluatie",
        "Wat hebben bestuur en GMR nodig voor de tweejaarlijkse evaluatie?",
        by_school=False,
    ),
    Entry("code", "Gedragscode", "gedragscode", "Wat vraagt de code, en hoe weten we dat?", by_school=False),
    Entry("deliveries", "Leveringen", "leveringen", "Zijn de gegevens compleet en juist?", by_school=True),
)


def main() -> None:
    """Draw one view."""
    organisation = ask.registry().short_name
    pages = {
        st.Page(PAGES_FOLDER / f"{entry.file}.py", title=entry.title, url_path=entry.url, default=not entry.url): entry
        for entry in ENTRIES
    }
    page = st.navigation(list(pages), position="top")
    entry = next(entry for known, entry in pages.items() if known.url_path == page.url_path)
    st.set_page_config(page_title=f"{entry.title} · Gedragscode {organisation}", layout="wide")
    blocks.style()
    snapshot = ask.current()
    if snapshot is None:
        _show_nothing(entry)
        return
    if ask.holds_real_data() and not server.is_loopback(st.get_option("server.address")):
        blocks.question("Geen toegang")
        blocks.answer("Echte gegevens worden zonder inloggen niet getoond.", server.REAL_DATA_REFUSED)
        return
    _show(entry, snapshot)
    page.run()


def _show(entry: Entry, current: ask.Snapshot) -> None:
    """The frame: what is looked at, the question, the shared filters."""
    filters.keep_view(_view(current))
    top = st.container()
    blocks.question(entry.question)
    with filters.shared_row():
        chosen = _chosen_snapshot(current)
        filters.keep_view(_view(chosen))
        school = filters.choose_school(ask.school_names()) if entry.by_school else filters.GROUP
        filters.keep_view(_view(chosen, school))
    with top:
        blocks.strip(filters.view())


def _chosen_snapshot(current: ask.Snapshot) -> ask.Snapshot:
    """The snapshot of the address, as long as there is more than one to choose from."""
    known = {snapshot.id: snapshot for snapshot in reversed(ask.snapshots())}
    if len(known) == 1:
        return current
    labels = {name: f"{dutch.day(snapshot.today)} · {name[:6]}" for name, snapshot in known.items()}
    return known[filters.choose_snapshot(labels, current.id)]


def _view(snapshot: ask.Snapshot, school: str = filters.GROUP) -> filters.View:
    return filters.View(
        snapshot=snapshot.id,
        day=snapshot.today,
        demo=snapshot.demo,
        audience=ask.AUDIENCE,
        today=ask.today(),
        theme=filters.theme(),
        school=school,
    )


def _show_nothing(entry: Entry) -> None:
    blocks.question(entry.question)
    blocks.answer("Er zijn nog geen gegevens.")
    blocks.empty(
        "Dit dashboard laat cijfers zien zodra er een levering is ingelezen.",
        "De beheerder van de scholengroep kan dat doen, met de exports die de scholen aanleveren.",
        "Dat gaat met: gedragscode import MAP. Om te oefenen: gedragscode demo MAP maakt verzonnen exports.",
    )


main()
