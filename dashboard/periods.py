"""School years, half-years, evaluation periods, reference dates and school days.

Everything here is pure: the day is always an argument. A school year runs from 1 August to 31 July; the
halves are those of the code of conduct, from 1 August and from 1 February.
"""

import calendar
import csv
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Literal

PeriodKind = Literal["schooljaar", "halfjaar", "evaluatie"]
PERIOD_KINDS: Final[tuple[PeriodKind, ...]] = ("schooljaar", "halfjaar", "evaluatie")

FIRST_MONTH: Final = 8
"""The school year starts on 1 August."""

HALF_MONTH: Final = 2
"""Its second half starts on 1 February."""

MONTHS_IN_YEAR: Final = 12
MONTHS_IN_HALF: Final = 6

ONE_DAY: Final = timedelta(days=1)


def school_year(day: date) -> int:
    """The year in which the school year of a day starts: 31 July 2026 lies in 2025."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def school_year_name(start: int) -> str:
    """The name of the school year that starts in a year: 2025 → `2025-2026`."""
    return f"{start}-{start + 1}"


def school_year_days(start: int) -> tuple[date, date]:
    """The first and the last day of the school year that starts in a year."""
    return date(start, FIRST_MONTH, 1), date(start + 1, FIRST_MONTH, 1) - ONE_DAY


def months_apart(first: str, last: str) -> int:
    """How many calendar months `jjjj-mm` the last comes after the first: 0 for one and the same."""
    return _count_of(last) - _count_of(first)


def month_after(month: str, months: int = 1) -> str:
    """The month `jjjj-mm` that comes so many after another: `2025-12` → `2026-01`; below 0 for one before it."""
    year, place = divmod(_count_of(month) + months, MONTHS_IN_YEAR)
    return f"{year:04}-{place + 1:02}"


def year_earlier(month: str, years: int = 1) -> str:
    """The same month `jjjj-mm` a year earlier, or so many years."""
    return month_after(month, -MONTHS_IN_YEAR * years)


def _count_of(month: str) -> int:
    """Months since the year 0."""
    return MONTHS_IN_YEAR * int(month[:4]) + int(month[5:]) - 1


def month_end(day: date) -> date:
    """The last day of the month of a day."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month_ends(first_day: date, last_day: date) -> list[date]:
    """The month ends from the month of `first_day` on, none after `last_day`; oldest first."""
    ends = []
    end = month_end(first_day)
    while end <= last_day:
        ends.append(end)
        end = month_end(end + ONE_DAY)
    return ends


def next_1_september(day: date) -> date:
    """The first 1 September after a day."""
    first = date(day.year, 9, 1)
    return first if first > day else date(day.year + 1, 9, 1)


def coming_months(day: date) -> list[str]:
    """The month `yyyy-mm` of a day and the twelve after it."""
    first = f"{day:%Y-%m}"
    return [month_after(first, months) for months in range(MONTHS_IN_YEAR + 1)]


def reference_dates(first_answer: date | None, today: date) -> list[date]:
    """The days on which consent is counted: every month end from the first dated answer on, and today, once.

    `first_answer` is the date of the oldest dated answer, or None without one: then only today counts.
    """
    ends = [] if first_answer is None else month_ends(first_answer, today)
    return ends if today in ends else [*ends, today]


def add_years(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th in a year without one."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days that figures are counted over; both ends belong to it."""

    kind: PeriodKind
    name: str
    """`jjjj-mm/jjjj-mm`, the first and the last month: `2025-08/2026-07`."""
    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return self.first <= day <= self.last


def period_of(kind: PeriodKind, day: date, in_force: date | None, years: int) -> Period | None:
    """The period of a kind that holds a day, or None: there is no evaluation period before `in_force`.

    `in_force` is the day the code of conduct came into force (None: not settled), `years` how long a round of
    it is valid, 1 or more.
    """
    if kind == "schooljaar":
        first, last = school_year_days(school_year(day))
        return _period(kind, first, last + ONE_DAY)
    if kind == "halfjaar":
        return _half_year(day)
    if in_force is None or day < in_force:
        return None
    return _evaluation_period(day, in_force, years)


def periods_between(first: date, last: date, in_force: date | None, years: int) -> list[Period]:
    """Every period of the three kinds that shares a day with `first` to `last` (ends included).

    Kinds in the order of `PERIOD_KINDS`, the oldest first within a kind. Running periods are whole. See
    `period_of` for `in_force` and `years`.
    """
    return [period for kind in PERIOD_KINDS for period in _walk(kind, first, last, in_force, years)]


def kind_of(name: str) -> PeriodKind:
    """Of which kind a period `jjjj-mm/jjjj-mm` is, by the month it starts in and how long it lasts.

    An evaluation may last a year too: of that length only what starts in August is a school year.
    """
    first, _, last = name.partition("/")
    start, months = int(first[5:]), months_apart(first, last) + 1
    if start == FIRST_MONTH and months == MONTHS_IN_YEAR:
        return "schooljaar"
    return "halfjaar" if start in {FIRST_MONTH, HALF_MONTH} and months == MONTHS_IN_HALF else "evaluatie"


def is_running(name: str, day: date) -> bool:
    """Whether a period `jjjj-mm/jjjj-mm` has days still to come after `day`."""
    return month_end(date.fromisoformat(f"{name.partition('/')[2]}-01")) > day


def _walk(kind: PeriodKind, first: date, last: date, in_force: date | None, years: int) -> Iterator[Period]:
    day = max(first, in_force) if kind == "evaluatie" and in_force else first
    while day <= last:
        period = period_of(kind, day, in_force, years)
        if period is None:
            return
        yield period
        day = period.last + ONE_DAY


def _half_year(day: date) -> Period:
    if HALF_MONTH <= day.month < FIRST_MONTH:
        return _period("halfjaar", date(day.year, HALF_MONTH, 1), date(day.year, FIRST_MONTH, 1))
    start = school_year(day)
    return _period("halfjaar", date(start, FIRST_MONTH, 1), date(start + 1, HALF_MONTH, 1))


def _evaluation_period(day: date, in_force: date, years: int) -> Period:
    # Counted from the first round each time, so that one of 29 February doesn't slide to the 28th for good.
    rounds = (day.year - in_force.year) // years
    if add_years(in_force, rounds * years) > day:
        rounds -= 1
    start = add_years(in_force, rounds * years)
    return _period("evaluatie", start, add_years(in_force, (rounds + 1) * years))


def _period(kind: PeriodKind, first: date, until: date) -> Period:
    last = until - ONE_DAY
    return Period(kind, f"{first:%Y-%m}/{last:%Y-%m}", first, last)


class CalendarError(ValueError):
    """The school holidays are unreadable, or not known for a day. The message is a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The school days of the years whose holidays are known."""

    file: str
    """The file to extend when a day lies outside, as a person would call it: `data/school_holidays.csv`."""
    first_day: date
    """First day of the month of the first known holiday."""
    last_day: date
    """Last day of the last known holiday."""
    days: tuple[date, ...]
    """Every school day from `first_day` to `last_day`, oldest first."""

    def school_days(self, first: date, last: date) -> list[date]:
        """The school days from `first` to `last`, both included; oldest first, none where `last` comes first.

        Raises CalendarError when a day of the span lies outside the known holidays.
        """
        if first > last:
            return []
        self._know(first)
        self._know(last)
        return list(self.days[bisect_left(self.days, first) : bisect_right(self.days, last)])

    def _know(self, day: date) -> None:
        if self.first_day <= day <= self.last_day:
            return
        raise CalendarError(
            f"De schoolvakanties zijn bekend van {self.first_day:%d-%m-%Y} tot en met "
            f"{self.last_day:%d-%m-%Y}. Vul {self.file} aan om de lesdagen van {day:%m-%Y} te kunnen tellen."
        )


HOLIDAY_COLUMNS: Final = ("schooljaar", "soort", "naam", "van", "tot_en_met")
SUMMER: Final = "zomervakantie"
SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class _Holiday:
    start: int
    """The year in which its school year starts."""
    name: str
    first: date
    last: date

    def days(self) -> Iterator[date]:
        # School starts on a Monday: after a summer holiday the rest of its last week is free as well.
        spare = 6 - self.last.weekday() if self.name == SUMMER else 0
        return _each_day(self.first, self.last + timedelta(days=spare))


def load_calendar(path: Path) -> SchoolCalendar:
    """Read the school holidays and work out the school days: Monday to Friday, less the holidays.

    The file is CSV (`;`, UTF-8) with the columns schooljaar, soort, naam, van, tot_en_met, dates as
    jjjj-mm-dd, both ends free. Every school year in it needs its summer holiday, since July and August would
    count as school days without it.

    Raises CalendarError, with file and line, when the file is missing, unreadable or incomplete.
    """
    file = f"{path.parent.name}/{path.name}"
    holidays = _read_holidays(path, file)
    _check_school_years(holidays, file)
    closed = {day for holiday in holidays for day in holiday.days()}
    first_day = min(holiday.first for holiday in holidays).replace(day=1)
    last_day = max(holiday.last for holiday in holidays)
    days = tuple(day for day in _each_day(first_day, last_day) if day.weekday() < SATURDAY and day not in closed)
    return SchoolCalendar(file, first_day, last_day, days)


def _each_day(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))


def _read_holidays(path: Path, file: str) -> list[_Holiday]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CalendarError(f"{file}: dit bestand ontbreekt of kan niet worden gelezen.") from error
    except UnicodeDecodeError as error:
        raise CalendarError(f"{file}: dit bestand is geen UTF-8.") from error
    rows = csv.reader(text.splitlines(), delimiter=";")
    if tuple(next(rows, ())) != HOLIDAY_COLUMNS:
        raise CalendarError(f"{file}, regel 1: de kolommen moeten {';'.join(HOLIDAY_COLUMNS)} zijn.")
    holidays = [_holiday(row, f"{file}, regel {rows.line_num}") for row in rows if any(row)]
    if not holidays:
        raise CalendarError(f"{file}: er staat geen enkele vakantie in dit bestand.")
    return holidays


def _holiday(row: Sequence[str], where: str) -> _Holiday:
    if len(row) != len(HOLIDAY_COLUMNS):
        raise CalendarError(f"{where}: deze regel heeft {len(row)} velden in plaats van {len(HOLIDAY_COLUMNS)}.")
    year, _, name, first_text, last_text = (field.strip() for field in row)
    first, last = _day(first_text, "van", where), _day(last_text, "tot_en_met", where)
    if last < first:
        raise CalendarError(f"{where}: tot_en_met ligt voor van.")
    if year != school_year_name(school_year(first)):
        raise CalendarError(f"{where}: {first:%d-%m-%Y} valt niet in schooljaar {year}.")
    return _Holiday(school_year(first), name, first, last)


def _day(text: str, column: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CalendarError(f"{where}: {column} moet een datum zijn, geschreven als jjjj-mm-dd.") from error


def _check_school_years(holidays: Sequence[_Holiday], file: str) -> None:
    known = {holiday.start for holiday in holidays if holiday.name == SUMMER}
    years = [holiday.start for holiday in holidays]
    for start in range(min(years), max(years) + 1):
        if start not in known:
            raise CalendarError(f"{file}: schooljaar {school_year_name(start)} heeft nog geen {SUMMER}.")
