"""What a paper consists of, whatever it is written as: words, figures, tables and pictures in reading order.

All texts are Dutch and plain: no markup. A writer escapes them for its own format and leaves nothing out.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from dashboard.charts.theme import Chart


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    text: str
    is_lead: bool = False
    """What a section has to say first: larger or heavier than the rest."""


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short remarks below each other."""

    items: tuple[str, ...]
    anchors: tuple[str, ...] = ()
    """For each item the anchor of the section it is about (`""`: none), or nothing at all: a link, or a page number."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures, a line each."""

    rows: tuple[tuple[str, str, str], ...]
    """Name, value, and what the value has to be read by."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart in the light colours: title, what it shows, keys, drawing, and its summary for who can't see it."""

    chart: Chart
    name: str
    """Tells it apart in the paper: lower case letters and `_`."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a few columns; each cell as `dutch.written(value, column)` spells it, numbers to the right.

    A last column `verborgen` names the hidden cells of each row: these read `x`, and the paper says what that means.
    """

    caption: str
    frame: pl.DataFrame
    note: str = ""
    """What has to be read with it, below it."""


@dataclass(frozen=True, slots=True)
class Field:
    """An empty place that the reader fills in, in formats that can be filled in; the others don't show it."""

    label: str


Block = Paragraph | Bullets | Facts | Picture | Grid | Field


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it, and the sections inside it."""

    title: str
    anchor: str
    """Tells it apart in the paper: lower case letters, digits and `-`."""
    blocks: tuple[Block, ...] = ()
    parts: tuple["Section", ...] = ()
    new_page: bool = False
    """Starts on a page of its own, where there are pages."""


@dataclass(frozen=True, slots=True)
class SheetChart:
    """A chart that a spreadsheet draws from the sheet's own cells."""

    kind: Literal["bar", "line"]
    category: str
    """The column along the axis."""
    values: tuple[str, ...]
    """The columns that are drawn."""
    title: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with real types, for a spreadsheet; a last column `verborgen` as in a `Grid`."""

    name: str
    """At most 31 characters, none of `[]:*?/\\`, unlike every other name."""
    frame: pl.DataFrame
    note: str
    """What the table says and what it has to be read by."""
    chart: SheetChart | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that the papers for an evaluation say, for one audience and one period."""

    title: str
    subtitle: str
    organisation: str
    audience: str
    """Who it was made for, as a label."""
    period: str
    """The period in words, as it stands inside a sentence."""
    day: date
    """The day of the figures."""
    snapshot: str
    """The id of the snapshot they come from."""
    demo: bool
    """Whether everything is made up; each paper says so."""
    sections: tuple[Section, ...]
    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...] = ()
    """What has to be known of all tables together: what is hidden of them, and which are not there."""
