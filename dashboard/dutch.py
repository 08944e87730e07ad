"""Numbers, dates and lists as Dutch readers write them, whatever the machine's or the browser's language."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal

from dashboard.periods import kind_of

LOCALE: Final = "nl_NL"
NO_BREAK: Final = "\N{NO-BREAK SPACE}"
NOTHING: Final = "–"
"""What stands where there is no value; never a 0."""

SMALL_SHARE: Final = 0.1
"""Shares under 10 % get a decimal, the others none."""

PER_UNIT: Final = "per 1.000 leerlingen per 20 lesdagen"
RATE_UNIT: Final = f"meldingen {PER_UNIT}"
"""What rates of incidents are counted in; the number of reports may have been named before."""

SHARES: Final = ("Dekking", "Aandeel")
"""How the heading of a column of shares starts, on screen and in files."""

LETTERS: Final = (
    "geen",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
)
"""Numbers that read better as words."""

ONE: Final = "één"
"""Loses its first accent as a capital."""

WEEK, MONTH, YEAR = 14, 61, 730
"""Up to two weeks an age is given in days, up to two months in weeks, up to two years in months."""


def number(value: int | None) -> str:
    """A whole number, thousands with a point: 5912 → `5.912`."""
    return NOTHING if value is None else format_decimal(value, locale=LOCALE)


def share(value: float | None) -> str:
    """A share of 0–1 as a percentage; never rounded up to all or down to nothing: 0.9996 → `99,9 %`."""
    if value is None:
        return NOTHING
    text = format_decimal(100 * value, format="#,##0" if value >= SMALL_SHARE else "0.0", locale=LOCALE)
    if text == "100" and value < 1:
        text = "99,9"
    if text == "0,0":
        text = "0" if value == 0 else "minder dan 0,1"
    return f"{text}{NO_BREAK}%"


def is_share(heading: str) -> bool:
    """Whether the fractions below a heading are shares of 0–1; any others are rates."""
    return heading.startswith(SHARES)


def rate(value: float | None) -> str:
    """A rate with one decimal: 3.44 → `3,4`."""
    return NOTHING if value is None else format_decimal(value, format="#,##0.0", locale=LOCALE)


def day(value: date | None) -> str:
    """A day in words: `22 november 2026`."""
    return NOTHING if value is None else format_date(value, "d MMMM y", locale=LOCALE)


def short_day(value: date | None) -> str:
    """A day in few letters, for a table or an axis: `22 nov 2026`."""
    return NOTHING if value is None else format_date(value, "d MMM y", locale=LOCALE).replace(".", "")


def first_of(month: str) -> date:
    """The first day of a month `jjjj-mm`. Raises ValueError."""
    return date.fromisoformat(f"{month}-01")


def month_name(month: str) -> str:
    """A month `jjjj-mm` in words: `september 2025`."""
    return format_date(first_of(month), "MMMM y", locale=LOCALE)


def short_month(month: str) -> str:
    """A month `jjjj-mm` in few letters: `sep 2025`."""
    return format_date(first_of(month), "MMM y", locale=LOCALE).replace(".", "")


def month_alone(month: str) -> str:
    """A month `jjjj-mm` without its year: `september`."""
    return format_date(first_of(month), "MMMM", locale=LOCALE)


def period_name(name: str) -> str:
    """A period `jjjj-mm/jjjj-mm` inside a sentence: its school year, its months, or the evaluation it belongs to.

    `2025-08/2026-07` → `schooljaar 2025-2026`, `2026-02/2026-07` → `februari tot en met juli 2026`, `2025-02/2027-01`
    → `de evaluatieperiode 2025-2027`.
    """
    first, _, last = name.partition("/")
    kind = kind_of(name)
    if kind == "halfjaar":
        start = month_alone(first) if first[:4] == last[:4] else month_name(first)
        return f"{start} tot en met {month_name(last)}"
    return f"{'de evaluatieperiode' if kind == 'evaluatie' else kind} {first[:4]}-{last[:4]}"


def short_period(name: str) -> str:
    """A period `jjjj-mm/jjjj-mm` in few letters, for a list: `Halfjaar feb – jul 2026`, `Schooljaar 2025-2026`."""
    first, _, last = name.partition("/")
    kind = capital(kind_of(name))
    if kind == "Schooljaar":
        return f"{kind} {first[:4]}-{last[:4]}"
    start = short_month(first).partition(" ")[0] if first[:4] == last[:4] else short_month(first)
    return f"{kind} {start} – {short_month(last)}"


def capital(text: str) -> str:
    """A text as the start of a sentence or a label: `schooljaar` → `Schooljaar`, `één stap` → `Eén stap`."""
    return f"Eén{text[len(ONE) :]}" if text.startswith(ONE) else f"{text[:1].upper()}{text[1:]}"


def age(value: date, today: date) -> str:
    """How long ago a day is, in words: `vandaag`, `3 dagen geleden`; `over 3 dagen` when it lies ahead."""
    days = (today - value).days
    near = {0: "vandaag", 1: "gisteren", -1: "morgen"}.get(days)
    if near:
        return near
    span = _span(abs(days))
    return f"{span} geleden" if days > 0 else f"over {span}"


def _span(days: int) -> str:
    if days <= WEEK:
        return f"{days} dagen"
    if days <= MONTH:
        return f"{days // 7} weken"
    if days <= YEAR:
        return f"{days // 30} maanden"
    return f"{days // 365} jaar"


def listed(words: Sequence[str], most: int = 6) -> str:
    """Words as a list in a sentence: `A, B en C`; what is over `most` is counted: `A, B en 12 andere`."""
    if len(words) > most:
        rest = len(words) - most + 1
        return f"{', '.join(words[: most - 1])} en {number(rest)} andere"
    *first, last = words or [""]
    return f"{', '.join(first)} en {last}" if first else last


def counted(value: int, one: str, more: str) -> str:
    """A number with its noun: `1 leerling`, `2.431 leerlingen`."""
    return f"{number(value)} {one if value == 1 else more}"


def small(value: int) -> str:
    """A whole number in a sentence, up to twelve in letters: 3 → `drie`."""
    return LETTERS[value] if 0 <= value < len(LETTERS) else number(value)


def written(value: object, column: str) -> str:
    """A value of a table as a reader sees it; the column decides whether a fraction is a share or a rate."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return share(value) if is_share(column) else rate(value)
    if isinstance(value, int):
        return number(value)
    return short_day(value) if isinstance(value, date) else str(value) or NOTHING
