"""What a reader chose: the only place that touches session state. The choices stand in the address of the page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, Literal

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import dutch
from dashboard.access.door import ENDED, IDLE, NoAccess, Reason, Viewer
from dashboard.indicators.comparisons import distinct_names
from dashboard.periods import is_running
from dashboard.store.log import Entry, Kind, record

GROUP: Final = "*"
"""The whole group of schools, as every published table writes it."""

SLIDER: Final = 190
"""Pixels of a number to slide."""

DRAW: Final = 160
"""Pixels of the number of a draw, with its buttons for more and less."""

_VIEW: Final = "_view"
_VIEWER: Final = "_viewer"
_ROW: Final = "_row"
_NOTED: Final = "_noted"


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at, by whom, when. Part of every question and of the key of everything kept."""

    snapshot: str
    """Id of the snapshot."""
    day: date
    """Day of its delivery."""
    demo: bool
    audience: str
    """For whom: the name of an audience."""
    today: date
    """The real day, to say how old the figures are."""
    theme: Literal["light", "dark"]
    school: str = GROUP
    """brin6, or `*`."""


def keep_viewer(viewer: Viewer) -> None:
    """Set who is looking in this run."""
    st.session_state[_VIEWER] = viewer


def viewer() -> Viewer:
    """Who is looking, as long as they may. Raises NoAccess as soon as they may not, KeyError outside the router."""
    kept: Viewer = st.session_state[_VIEWER]
    kept.confirm()
    return kept


def forget() -> None:
    """Keep nothing of who was looking, and at what."""
    for name in (_VIEW, _VIEWER):
        st.session_state.pop(name, None)


def on_record(make: Callable[[], bytes], kind: Kind, what: str) -> Callable[[], bytes]:
    """The same file, but only as long as whoever is looking now still may, and only with a line in the log.

    A file is made when it is asked for. `what`: a table or a form, named by the program. Made-up figures, for which
    nobody logs in, are nobody's business.
    """
    looking, seen = viewer(), view()

    def _make() -> bytes:
        looking.confirm()
        content = make()
        if looking.door is not None:
            moment = datetime.fromtimestamp(looking.door.now(), UTC)
            record(looking.door.log, Entry(moment, looking.user, seen.audience, kind, what, seen.snapshot))
        return content

    return _make


def note_page(page: str) -> None:
    """Put in the log that whoever is looking now sees this page of real figures.

    A line for each page, snapshot and audience, and another one after half an hour. Raises StoreProblem where there
    can be none: then the page may not be shown.
    """
    looking, seen = viewer(), view()
    if looking.door is None:
        return
    now = looking.door.now()
    noted: dict[tuple[str, ...], float] = st.session_state.setdefault(_NOTED, {})
    what = (looking.user, seen.audience, page, seen.snapshot)
    if now - noted.get(what, ENDED) < IDLE:
        return
    moment = datetime.fromtimestamp(now, UTC)
    record(looking.door.log, Entry(moment, looking.user, seen.audience, Kind.VIEWED, f"pagina/{page}", seen.snapshot))
    noted[what] = now


def keep_view(view: View) -> None:
    """Set what the page of this run shows. Raises NoAccess when that isn't for whoever is looking."""
    st.session_state[_VIEW] = _allowed(view)


def view() -> View:
    """What the page of this run shows. Raises NoAccess where it may not be shown, KeyError outside the router."""
    return _allowed(st.session_state[_VIEW])


def _allowed(view: View) -> View:
    """A view for the audience of whoever is looking; a real one for somebody who logged in."""
    looking = viewer()
    if view.audience != looking.audience.name or (looking.door is None and not view.demo):
        raise NoAccess(Reason.NO_ROLE)
    return view


def theme() -> Literal["light", "dark"]:
    """The theme that the browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


def shared_row() -> DeltaGenerator:
    """Make the line of choices above the answer; on a phone they stand below each other."""
    st.session_state[_ROW] = row()
    return row_above()


def row_above() -> DeltaGenerator:
    """The line of choices above the answer, for what a page adds to it."""
    kept: DeltaGenerator = st.session_state[_ROW]
    return kept


def place() -> DeltaGenerator:
    """A place in a line, for a choice that is known later than those after it."""
    return st.container(width="content")


def row() -> DeltaGenerator:
    """A line for the choices of one part of a page."""
    return st.container(horizontal=True, vertical_alignment="bottom")


def limited(rows: pl.DataFrame, most: int, chosen: str, key: str = "deel") -> tuple[pl.DataFrame, str]:
    """Schools as they fit in one picture, and a sentence when some don't.

    counts: one row per brin6 (naam), in the order to show. A chosen school stands in the middle of its neighbours;
    without one the reader goes through the list in parts. `key` tells the pictures of a page apart.
    """
    if rows.height <= most:
        return rows, ""
    parts = [(start, min(start + most, rows.height)) for start in range(0, rows.height, most)]
    names = rows["naam"]
    labels = {f"{start}": f"{names[start]} – {names[end - 1]}" for start, end in parts}
    place = next((spot for spot, brin6 in enumerate(rows["brin6"]) if brin6 == chosen), 0)
    default = f"{most * (place // most)}"
    first = int(_choose(key, "Scholen in deze grafiek", list(labels), labels, default))
    shown = f"Deze grafiek toont {most} van de {dutch.number(rows.height)} scholen. Kies hierboven een ander deel."
    return rows.slice(first, most), shown


def choose_audience(labels: Mapping[str, str], default: str) -> str:
    """For whom the made-up figures are shown; `labels` is name → label. An address may name it as commands do."""
    _name_by_label("als", labels)
    return _choose("als", "Bekijk als", list(labels), labels, default)


def choose_school(names: Mapping[str, str]) -> str:
    """The whole group or one school; `names` is brin6 → name in the fixed order. Returns brin6 or `*`."""
    labels = {GROUP: "Alle scholen", **distinct_names(names)}
    return _choose("school", "School", list(labels), labels)


def choose_schools(names: Mapping[str, str], most: int) -> list[str]:
    """A few schools, none to begin with, in the fixed order; `names` is brin6 → name."""
    chosen = st.multiselect(
        f"Scholen naast elkaar: kies er hooguit {dutch.small(most)}",
        list(names),
        format_func=lambda brin6: names.get(brin6, brin6),
        max_selections=most,
        placeholder="Kies een school",
        key="naast",
        bind="query-params",
    )
    return [brin6 for brin6 in names if brin6 in chosen][:most]


def choose_purpose(labels: Mapping[str, str]) -> str:
    """One purpose; `labels` is code → label."""
    return _choose("doel", "Doel", list(labels), labels)


def choose_reading(labels: Mapping[str, str], default: str) -> str:
    """One reading; `labels` is code → label."""
    return _choose("lezing", "Manier van tellen", list(labels), labels, default)


def choose_day(days: Sequence[date]) -> date:
    """One reference date out of `days`, the latest first and as default."""
    newest = sorted(days, reverse=True)
    chosen = _choose("peildatum", "Peildatum", [f"{day}" for day in newest], _day_labels(newest))
    return date.fromisoformat(chosen)


def choose_period(names: Sequence[str], day: date) -> str:
    """One period of `names` (`jjjj-mm/jjjj-mm`), the first as default; `day` is that of the figures."""
    return _choose("periode", "Periode", names, {name: period_label(name, day) for name in names})


def choose_part(key: str, label: str, labels: Mapping[str, str]) -> str:
    """One of a few ways to look at the same figures."""
    return _choose(key, label, list(labels), labels)


def choose_number(key: str, label: str, least: int, most: int, default: int) -> int:
    """A whole number from `least` to `most`."""
    chosen = st.slider(label, least, most, default, format="%d", key=key, bind="query-params", width=SLIDER)
    return int(chosen)


def choose_draw(key: str, most: int) -> int:
    """Which draw of chance to show, 1 to `most`: a number to type, or the next one by a touch."""
    with st.container(horizontal=True, vertical_alignment="bottom", width="content"):
        chosen = st.number_input("Lotnummer", 1, most, step=1, format="%d", key=key, bind="query-params", width=DRAW)
        st.button("Opnieuw trekken", on_click=_draw_next, args=(key, most), key=f"{key}_opnieuw")
    return int(chosen)


def _draw_next(key: str, most: int) -> None:
    """The next draw; after the last one the first."""
    st.session_state[key] = int(st.session_state[key]) % most + 1


def choose_snapshot(labels: Mapping[str, str], current: str) -> str:
    """One snapshot; `labels` is id → label, `current` the one that is shown by default.

    An address may name it by its id, as a dossier does.
    """
    _name_by_label("stand", labels)
    return _choose("stand", "Momentopname", list(labels), labels, current)


def choose_earlier(labels: Mapping[str, str], default: str) -> str:
    """A snapshot to compare with; `labels` is id → label."""
    return _choose("sinds", "Vergelijk met de stand van", list(labels), labels, default)


def opened(key: str, labels: Sequence[str]) -> tuple[DeltaGenerator, str]:
    """Parts of a page side by side, of which only the open one is made; the address names it.

    Returns where to draw, and the label of the open part: the first one unless the reader chose another.
    """
    tabs = st.tabs(labels, key=key, on_change="rerun", bind="query-params")
    return next(((tab, label) for tab, label in zip(tabs, labels, strict=True) if tab.open), (tabs[0], labels[0]))


def period_label(name: str, day: date) -> str:
    """A period in a list: `Schooljaar 2026-2027 (loopt nog)`."""
    return f"{dutch.short_period(name)}{' (loopt nog)' if is_running(name, day) else ''}"


def period_words(name: str, day: date) -> str:
    """A period in a subtitle: `schooljaar 2026-2027 tot nu toe`."""
    return f"{dutch.period_name(name).removeprefix('de ')}{' tot nu toe' if is_running(name, day) else ''}"


def _name_by_label(key: str, labels: Mapping[str, str]) -> None:
    """An address that names a choice by its code gets the label, as the list writes it; then all starts again."""
    asked = st.query_params.get(key, "")
    if labels.get(asked, asked) != asked:
        st.query_params[key] = labels[asked]
        st.rerun()


def _choose(key: str, label: str, options: Sequence[str], labels: Mapping[str, str], default: str | None = None) -> str:
    """A list to choose from; what the address holds counts only when it is one of the options."""
    index = options.index(default) if default in options else 0
    chosen = st.selectbox(
        label,
        options,
        index=index,
        format_func=lambda code: labels.get(code, code),
        key=key,
        bind="query-params",
        width=_width(list(labels.values())),
    )
    return chosen if chosen in options else options[index]


def _width(labels: Sequence[str]) -> int:
    """Pixels: wide enough for the longest label, within reason."""
    return min(320, max(150, 7 * max(map(len, labels), default=0) + 48))


def _day_labels(days: Sequence[date]) -> dict[str, str]:
    return {f"{day}": dutch.day(day) for day in days}
