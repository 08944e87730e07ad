"""What every reader hands over: a table of text, in blocks, with the line each row starts on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

READABLE = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".parquet"})
BLOCK_ROWS = 250_000
MOST_COLUMNS = 1_000

Fits = Callable[[Sequence[str]], int]


class UnreadableFile(Exception):
    """A file that can't be read without guessing.

    The message is a Dutch sentence for the person who sent it: what is wrong and what to do. It holds no path and no
    cell.
    """


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Some consecutive rows of a file.

    Args:
        frame: one row per row of the file with the right number of fields; a String column per named header,
            in the file's order. Never null: an empty cell is "".
        lines: UInt32, as long as `frame`: the line each row starts on. CSV: line of the text, the first is 1,
            headers, blank lines and line ends inside quotes counted. XLSX: row of the sheet. Parquet: row, first 1.
        broken: lines of the rows that were left out: a wrong number of fields, or text after a closing quote.
    """

    frame: pl.DataFrame
    lines: pl.Series
    broken: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A readable file: who it is, and its rows when asked for.

    Args:
        name: the file's name, without its folder.
        digest: SHA-256 of the file's bytes, in hexadecimals.
        headers: the named columns, trimmed, in the file's order. Columns without a name are left out.
    """

    name: str
    digest: str
    headers: tuple[str, ...]
    _read: Callable[[], Iterator[TextBlock]] = field(repr=False)

    def blocks(self) -> Iterator[TextBlock]:
        """All rows, in order, about 250,000 at a time; at least one block, which may hold no rows.

        Raises:
            UnreadableFile: what only shows while reading, such as a quote that never closes.
        """
        return self._read()


def text_block(
    columns: Sequence[pl.Series], headers: Sequence[str], lines: pl.Series, broken: Sequence[int]
) -> TextBlock:
    """Columns in the order of the file, unnamed ones included, as the block of its named ones, without blank rows."""
    lines = lines.cast(pl.UInt32).alias("regel")
    if columns and (columns[0].str.strip_chars() == "").any():
        filled = _filled(columns)
        columns, lines = [column.filter(filled) for column in columns], lines.filter(filled)
    named = {header: column for header, column in zip(headers, columns, strict=True) if header}
    return TextBlock(pl.DataFrame(named), lines, tuple(broken))


def _filled(columns: Sequence[pl.Series]) -> pl.Series:
    """Which rows hold anything: a row of empty cells is a blank line, whatever the format."""
    cells = pl.DataFrame([column.alias(str(place)) for place, column in enumerate(columns)])
    return cells.select(pl.any_horizontal(pl.all().str.strip_chars() != "")).to_series()


def checked_headers(cells: Sequence[str]) -> tuple[str, ...]:
    """The header row, trimmed. An empty cell stays "": a column without a name, which nobody reads.

    Raises:
        UnreadableFile: no header at all, too many, or the same one twice (case ignored).
    """
    headers = tuple(cell.strip().strip("\ufeff").strip() for cell in cells)
    if not any(headers):
        raise UnreadableFile("Dit bestand is leeg: er staat geen rij met kolomnamen in. Maak de export opnieuw.")
    if len(headers) > MOST_COLUMNS:
        raise UnreadableFile(
            f"Dit bestand heeft {len(headers)} kolommen; meer dan {MOST_COLUMNS} kan niet. "
            "Kies bij de export alleen de kolommen die nodig zijn."
        )
    _refuse_repeats(headers)
    return headers


def _refuse_repeats(headers: Sequence[str]) -> None:
    # By position, not by name: a file without a header row has a pupil's data here.
    places: dict[str, int] = {}
    for place, header in enumerate(headers, start=1):
        first = places.setdefault(header.casefold(), place)
        if header and first != place:
            raise UnreadableFile(
                f"Kolom {first} en kolom {place} hebben dezelfde naam. Geef elke kolom een eigen naam, "
                "of laat er een weg."
            )
