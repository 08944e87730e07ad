"""The script that runs for every view: the frame of the page, the shared filters, and then the page itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import dutch
from dashboard.access import audiences, login, rights
from dashboard.access.door import NoAccess, Viewer
from dashboard.ui import ask, blocks, entrance, filters
from dashboard.ui.ask import StoreProblem

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
    pages = {
        st.Page(PAGES_FOLDER / f"{entry.file}.py", title=entry.title, url_path=entry.url, default=not entry.url): entry
        for entry in ENTRIES
    }
    try:
        viewer = _viewer()
        snapshot = ask.current()
    except NoAccess as refusal:
        _show_refusal(refusal, list(pages))
        return
    except StoreProblem as problem:
        _show_problem(problem, list(pages))
        return
    page = st.navigation(list(pages), position="top")
    entry = next(entry for known, entry in pages.items() if known.url_path == page.url_path)
    _dress(entry.title)
    if snapshot is None:
        _show_nothing(entry)
        return
    _show(entry, snapshot, viewer, page)


def _viewer() -> Viewer | None:
    """Who is looking at real figures; None when everything is made up. Raises NoAccess."""
    if not ask.holds_real_data():
        return None
    return ask.door().enter(login.claims())


def _dress(title: str) -> None:
    st.set_page_config(page_title=f"{title} · Gedragscode {ask.registry().short_name}", layout="wide")
    blocks.style()


def _show_refusal(refusal: NoAccess, pages: list[StreamlitPage]) -> None:
    """Why somebody doesn't come in; every address answers so, and nothing of an earlier view stays."""
    filters.forget()
    st.navigation(pages, position="hidden")
    _dress(entrance.NOTICES[refusal.reason].title)
    entrance.notice(refusal, ask.door())


def _show_problem(problem: StoreProblem, pages: list[StreamlitPage]) -> None:
    """A store that can't be read."""
    st.navigation(pages, position="hidden")
    _dress("Geen cijfers")
    blocks.question("Geen cijfers")
    blocks.answer("De cijfers kunnen nu niet worden getoond.", str(problem))


def _show(entry: Entry, current: ask.Snapshot, known: Viewer | None, page: StreamlitPage) -> None:
    """The frame: what is looked at, by whom, the question, the shared filters. Then the page itself."""
    top = st.container()
    blocks.question(entry.question)
    with filters.shared_row():
        chosen = _chosen_snapshot(current)
        school_place = filters.place()
        viewer = known or _trying(chosen)
        filters.keep_viewer(viewer)
        filters.keep_view(_view(chosen, viewer))
        names = _school_names()
        with school_place:
            school = filters.choose_school(names) if entry.by_school else filters.GROUP
        filters.keep_view(_view(chosen, viewer, school))
        if known is not None:
            entrance.leave(ask.door())
    with top:
        blocks.strip(filters.view(), rights.explain(viewer.audience, names.get(viewer.audience.school or "", "")))
    if not rights.may_open(viewer.audience, entry.file):
        blocks.answer(entrance.NO_PAGE.sentence, entrance.NO_PAGE.more)
        return
    try:
        filters.note_page(entry.file)
        page.run()
    except StoreProblem as problem:
        blocks.empty("Deze cijfers kunnen nu niet worden getoond.", str(problem), "")


def _school_names() -> Mapping[str, str]:
    """The schools to choose from; none where nothing can be shown, and then the page says why."""
    try:
        return ask.school_names()
    except StoreProblem:
        return {}


def _trying(snapshot: ask.Snapshot) -> Viewer:
    """Whoever looks at made-up figures may try what each role sees."""
    directors = {
        f"{audiences.DIRECTOR}:{brin6}": f"{audiences.LABELS[audiences.DIRECTOR]} {name}"
        for brin6, name in ask.names_of_directors(snapshot).items()
    }
    labels = {**{name: audiences.LABELS[name] for name in audiences.PLAIN}, **directors}
    return Viewer(audiences.audience(filters.choose_audience(labels, audiences.BOARD)))


def _chosen_snapshot(current: ask.Snapshot) -> ask.Snapshot:
    """The snapshot of the address, as long as there is more than one to choose from."""
    known = {snapshot.id: snapshot for snapshot in reversed(ask.snapshots())}
    if len(known) == 1:
        return current
    labels = {name: f"{dutch.day(snapshot.today)} · {name[:6]}" for name, snapshot in known.items()}
    return known[filters.choose_snapshot(labels, current.id)]


def _view(snapshot: ask.Snapshot, viewer: Viewer, school: str = filters.GROUP) -> filters.View:
    return filters.View(
        snapshot=snapshot.id,
        day=snapshot.today,
        demo=snapshot.demo,
        audience=viewer.audience.name,
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
