"""The building blocks of a page: answer, facts, chart with its words and numbers, table, definitions, states.

Every text that comes from data is escaped here, once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

import polars as pl
import streamlit as st

from dashboard import dutch
from dashboard.charts.theme import CONFIG, PALETTES, Chart, Key, Palette
from dashboard.indicators import shown
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.store.log import Kind
from dashboard.ui import filters
from dashboard.ui.downloads import csv_file, file_name, workbook_file

LONG: Final = 60
"""A table of more rows than this scrolls in a box of its own."""

BOX: Final = 480
"""Pixels of that box."""

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOWNLOADS: Final = {"csv": "Download als CSV", "xlsx": "Download als Excel"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure in one line: what, how much, of what unit and compared with what."""

    name: str
    value: str
    context: str


def validity_fact(standing: tuple[date, int] | None, when: str) -> Fact:
    """How many days the code is still valid; `standing`: its last day and the days to it, None = not settled.

    `when` names the day of the figures (`op 22 november 2026`) where it isn't today.
    """
    name = "Geldigheid van de code"
    if standing is None:
        return Fact(name, dutch.NOTHING, "de datum waarop die ingaat, staat nog niet vast")
    last_day, days = standing
    left = f"dagen {when}".rstrip()
    return Fact(name, dutch.number(max(days, 0)), f"{left}, tot en met {dutch.day(last_day)}")


def palette() -> Palette:
    """The colours of the theme that the browser shows."""
    return PALETTES[filters.view().theme]


def style() -> None:
    """What Streamlit's own theme can't say; sends no visible element."""
    st.html(f"<style>{_style()}</style>")


def strip(view: filters.View, audience: str) -> None:
    """The quiet line on every page: whether this is made up, how old it is, and for whom it is counted."""
    words = "<b>Demogegevens.</b> Scholen, leerlingen en meldingen zijn verzonnen." if view.demo else ""
    age = dutch.age(view.day, view.today)
    stand = f"Stand van {dutch.day(view.day)} ({age})"
    rows = "".join(f"<p>{text}</p>" for text in (words, stand, escape(audience)) if text)
    _html(rows, "strook demo" if view.demo else "strook")


def question(text: str) -> None:
    """The question that a page answers."""
    _html(f"<h1>{escape(text)}</h1>")


def answer(sentence: str, more: str = "") -> None:
    """The answer as one sentence, the size of a heading, and what has to be said beside it."""
    extra = f'<p class="verder">{escape(more)}</p>' if more else ""
    _html(f'<p class="antwoord">{escape(sentence)}</p>{extra}')


def facts(entries: Sequence[Fact]) -> None:
    """Three to five figures, a line each."""
    _html(_facts(entries), "feiten")


def panel(title: str, entries: Sequence[Fact], text: str = "") -> None:
    """Figures that belong beside others, in a row: to read those by."""
    words = f'<p class="stil">{escape(text)}</p>' if text else ""
    _html(f"<h2>{escape(title)}</h2>{words}{_facts(entries)}", "paneel")


def heading(title: str, text: str = "") -> None:
    """A part of a page that has no chart."""
    words = f'<p class="stil">{escape(text)}</p>' if text else ""
    _html(f"<h2>{escape(title)}</h2>{words}", "grafiek")


def paragraph(text: str) -> None:
    """A few sentences at reading width."""
    _html(f"<p>{escape(text)}</p>")


def points(texts: Sequence[str]) -> None:
    """Short remarks that stand apart, below each other; empty ones are left out."""
    rows = "".join(f"<li>{escape(text)}</li>" for text in texts if text)
    if rows:
        _html(f"<ul>{rows}</ul>", "punten")


def links(entries: Sequence[tuple[str, str, str]]) -> None:
    """Short remarks, each with the page to read on: the text, the name of the page and its address."""
    rows = "".join(
        f'<li>{escape(text)} <a href="{escape(address)}" target="_self">{escape(name)}</a></li>'
        for text, name, address in entries
    )
    _html(f"<ul>{rows}</ul>", "punten")


def chart(content: Chart, name: str, tables: Sequence[str], note: str = "", more: Sequence[str] = ()) -> None:
    """A chart with its finding, legend and picture, and behind a toggle its numbers, download and definitions.

    `name` tells it apart on the page; `tables` are the published tables it was made from. `more`: what a reader who
    wants to know all of it finds behind that toggle.
    """
    legend = f'<ul class="sleutel">{"".join(_key(key) for key in content.keys)}</ul>' if content.keys else ""
    title = f"<h2>{escape(content.title)}</h2>" + f'<p class="stil">{escape(content.subtitle)}</p>'
    _html(title + legend, "grafiek")
    st.plotly_chart(content.figure, theme=None, config=CONFIG, key=f"grafiek_{name}", alt=content.summary)
    if note:
        _html(f'<p class="stil">{escape(note)}</p>')
    if shown.any_hidden(content.table):
        _html(_explained())
    with st.expander("Tabel, download en uitleg", on_change="rerun", key=f"cijfers_{name}") as box:
        if box.open:
            paragraph(content.summary)
            points(more)
            table(content.table, content.subtitle, name)
            definitions(tables)


def table(frame: pl.DataFrame, caption: str, name: str, *, download: bool = True) -> None:
    """A table of what is shown, with Dutch numbers and dates, and the same as a file.

    Where the last column is `verborgen`, the cells that it names read `x`, explained below the table.
    """
    if frame.height > LONG:
        rest, gone = shown.parted(frame)
        right = {
            column: st.column_config.Column(alignment="right") for column in rest.columns if _is_number(rest, column)
        }
        st.dataframe(
            _formatted(rest, gone), height=BOX, hide_index=True, alt=caption, column_config=right, key=f"tabel_{name}"
        )
        if gone:
            _html(_explained())
    else:
        _html(table_html(frame, caption))
    if download:
        _downloads(frame, caption, name)


def definitions(tables: Sequence[str]) -> None:
    """What the columns behind a chart mean, and under which name they can be asked for."""
    if tables:
        _html("".join(_definition(name) for name in tables), "woorden")


def details(label: str, name: str, tables: Sequence[str]) -> None:
    """Definitions behind a toggle."""
    with st.expander(label, on_change="rerun", key=f"uitleg_{name}") as box:
        if box.open:
            definitions(tables)


def empty(what: str, who: str, how: str) -> None:
    """Nothing to show: what is missing, who can deliver it and how."""
    _html("".join(f"<p>{escape(text)}</p>" for text in (what, who, how) if text), "leeg")


def outdated(title: str) -> None:
    """Nothing to show, since the snapshot is from before these figures existed."""
    heading(title)
    empty(
        "Deze cijfers staan niet in deze momentopname.",
        "De momentopname is van voordat deze cijfers bestonden.",
        "Kies hierboven een nieuwere momentopname, of vraag de beheerder om opnieuw in te lezen.",
    )


def words(entries: Mapping[str, str]) -> None:
    """Terms with their explanation; nothing without any."""
    if not entries:
        return
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in entries.items())
    _html(f"<dl>{rows}</dl>", "woorden")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article, or a finding about one, in a list."""

    number: str
    title: str
    text: str
    question: str


def entries(rows: Sequence[Entry]) -> None:
    """Articles, or findings about them, below each other."""
    parts = [
        f'<article><p class="nr">{escape(row.number)}</p><div><h3>{escape(row.title)}</h3>'
        f'<p class="stil">{escape(row.text)}</p>'
        + (f'<p class="vraag">{escape(row.question)}</p>' if row.question else "")
        + "</div></article>"
        for row in rows
    ]
    _html("".join(parts), "artikelen")


def _facts(entries: Sequence[Fact]) -> str:
    rows = "".join(
        f"<div><dt>{escape(fact.name)}</dt><dd><b>{escape(fact.value)}</b> {escape(fact.context)}</dd></div>"
        for fact in entries
    )
    return f"<dl>{rows}</dl>"


def _html(body: str, kind: str = "") -> None:
    st.html(f'<div class="gc {kind}">{body}</div>')


def _key(key: Key) -> str:
    return f'<li><i class="{key.style}" style="--kleur:{key.colour}"></i>{escape(key.label)}</li>'


def _definition(name: str) -> str:
    published = PUBLISHED[name]
    rows = "".join(
        f"<div><dt>{escape(column.name)}</dt><dd>{escape(column.definition)}</dd></div>" for column in published.columns
    )
    source = f"<p>{escape(published.definition)} Bron: <code>{escape(name)}</code>.</p>"
    return f"<h3>Wat staat hier?</h3>{source}<dl>{rows}</dl>"


def table_html(frame: pl.DataFrame, caption: str) -> str:
    """A table as it stands on a page, escaped; on a phone each row becomes a list. What is hidden reads `x`."""
    rest, gone = shown.parted(frame)
    table = _table(_formatted(rest, gone), [_kind(kind) for kind in rest.dtypes], caption)
    return table + (_explained() if gone else "")


def _table(frame: pl.DataFrame, kinds: Sequence[str], caption: str) -> str:
    """A table of texts. `kinds`: how each column is set."""
    head = "".join(
        f'<th scope="col" class="{kind}">{escape(column)}</th>'
        for column, kind in zip(frame.columns, kinds, strict=True)
    )
    body = "".join(_row(row, frame.columns, kinds) for row in frame.iter_rows())
    return (
        f'<div class="tabel" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="lijst">'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Sequence[str], columns: Sequence[str], kinds: Sequence[str]) -> str:
    first, *rest = row
    cells = "".join(
        f'<td class="{kind}" data-label="{escape(column)}">{escape(text)}</td>'
        for text, column, kind in zip(rest, columns[1:], kinds[1:], strict=True)
    )
    return f'<tr><th scope="row" class="{kinds[0]}">{escape(first)}</th>{cells}</tr>'


def _downloads(frame: pl.DataFrame, caption: str, name: str) -> None:
    """The table as files, each made when asked for."""
    view = filters.view()
    files: Mapping[str, tuple[str, Callable[[], bytes]]] = {
        "csv": ("text/csv", lambda: csv_file(frame)),
        "xlsx": (WORKBOOK, lambda: workbook_file(frame, caption, name, view)),
    }
    with st.container(horizontal=True):
        for ending, (kind, make) in files.items():
            st.download_button(
                DOWNLOADS[ending],
                data=filters.on_record(make, Kind.DOWNLOADED, f"{name}.{ending}"),
                file_name=file_name(name, view, ending),
                mime=kind,
                on_click="ignore",
                key=f"download_{ending}_{name}",
            )


def _is_number(frame: pl.DataFrame, column: str) -> bool:
    return frame.schema[column].is_numeric()


def _kind(dtype: pl.DataType) -> str:
    if dtype.is_numeric():
        return "getal"
    return "datum" if dtype == pl.Date else ""


def _formatted(frame: pl.DataFrame, gone: Sequence[frozenset[str]]) -> pl.DataFrame:
    """Every cell as a reader sees it. `gone`: the hidden columns of each row; nothing is hidden where it is empty."""
    hidden = gone or [frozenset()] * frame.height
    return pl.DataFrame(
        {
            column: [
                shown.MARK if column in names else dutch.written(value, column)
                for value, names in zip(frame[column], hidden, strict=True)
            ]
            for column in frame.columns
        },
        schema=dict.fromkeys(frame.columns, pl.String),
    )


def _explained() -> str:
    return f'<p class="stil">{escape(shown.EXPLAINED)}</p>'


@cache
def _style() -> str:
    return (Path(__file__).resolve().parent / "style.css").read_text(encoding="utf-8")
