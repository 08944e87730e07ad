"""Typed cells as the text a person would have typed: dates `jjjj-mm-dd`, times `uu:mm`, plain numbers."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

# Excel keeps a time of day as a moment on its day zero; which day that is, is a setting of the workbook.
_DAYS_ZERO = ("1899-12-30", "1899-12-31", "1904-01-01")
_MOMENT = r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d+)?$"
_MOST_EXACT = 2.0**53


def excel_text(cells: pl.Series) -> pl.Series:
    """Excel's moments, such as `2025-04-03 00:00:00` or `1899-12-31 09:30:00`, as dates or times of day.

    Any other text is left as it is; null becomes "".
    """
    cells = cells.fill_null("")
    moments = cells.str.contains(_MOMENT)
    if not moments.any():
        return cells
    exact = (
        cells.set(~moments, None)
        .str.replace("T", " ")
        .str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="ms", strict=False)
    )
    # Day and time are one floating point number: a few milliseconds off is the same minute, but never the next day.
    near = exact.dt.round("1s")
    whole = near.zip_with(near.dt.date() == exact.dt.date(), exact.dt.truncate("1s"))
    times = cells.str.slice(0, 10).is_in(_DAYS_ZERO)
    text = time_text(whole.dt.time()).zip_with(times, moment_text(whole))
    return text.zip_with(moments & whole.is_not_null(), cells)


def moment_text(moments: pl.Series) -> pl.Series:
    """Datetimes as `jjjj-mm-dd uu:mm:ss`, or `jjjj-mm-dd` at midnight; null as ""."""
    midnight = moments.dt.strftime("%H%M%S") == "000000"
    return moments.dt.strftime("%Y-%m-%d").zip_with(midnight, moments.dt.strftime("%Y-%m-%d %H:%M:%S")).fill_null("")


def time_text(times: pl.Series) -> pl.Series:
    """Times of day as `uu:mm`, with seconds where there are any; null as ""."""
    return times.dt.strftime("%H:%M").fill_null("")


def float_text(numbers: pl.Series) -> pl.Series:
    """Floats as the shortest decimals that say the same, never with an exponent; NaN and null as "".

    Whole ones lose their `.0`: tools that know no empty integer write pupil numbers as floats.
    """
    numbers = numbers.fill_nan(None)
    whole = (numbers == numbers.round(0)) & (numbers.abs() < _MOST_EXACT)
    shortest = numbers.cast(pl.String)
    whole_text = numbers.set(~whole, None).cast(pl.Int64).cast(pl.String)
    text = whole_text.zip_with(whole, shortest).fill_null("")
    powers = text.str.contains("e", literal=True)
    if not powers.any():
        return text
    return pl.Series([_plain(cell) if "e" in cell else cell for cell in text], dtype=pl.String)


def decimal_text(numbers: pl.Series) -> pl.Series:
    """Decimals, whole ones without their zeros; null as ""."""
    return numbers.cast(pl.String).str.replace(r"\.0*$", "").fill_null("")


def _plain(number: str) -> str:
    return format(Decimal(number), "f")
