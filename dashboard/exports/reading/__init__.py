"""One export file in, its text out: decoded strictly, divided strictly, every cell a String.

What can't be read without guessing is refused with a Dutch sentence, and a row with a wrong number of fields
is told apart with its line; no row is padded, shifted or swallowed. Types are not this package's business.
"""

from __future__ import annotations

from pathlib import Path

from dashboard.exports.reading.columnar import open_parquet
from dashboard.exports.reading.delimited import open_delimited
from dashboard.exports.reading.tables import READABLE, Fits, TextBlock, TextTable, UnreadableFile
from dashboard.exports.reading.workbook import open_workbook

__all__ = ["READABLE", "TextBlock", "TextTable", "UnreadableFile", "open_table"]

_OPENERS = {
    ".csv": open_delimited,
    ".txt": open_delimited,
    ".tsv": open_delimited,
    ".xlsx": open_workbook,
    ".parquet": open_parquet,
}


def open_table(path: Path, fits: Fits) -> TextTable:
    """Looks through a file and finds its headers; rows come from `TextTable.blocks`.

    Args:
        path: the file; its suffix says what it is.
        fits: how many columns of the best contract or profile a row of header cells matches; 0 = none.

    Raises:
        UnreadableFile: not one of READABLE, or not to be read without guessing.
    """
    opener = _OPENERS.get(path.suffix.lower())
    if opener is None:
        raise UnreadableFile("Dit soort bestand wordt niet gelezen. Lever CSV (.csv, .txt, .tsv), .xlsx of .parquet.")
    try:
        return opener(path, fits)
    except OSError:
        raise UnreadableFile(
            "Dit bestand is niet te openen. Controleer of het er nog staat en of u het mag lezen."
        ) from None
