"""Turns of phrase that the sentences share: shares, spans of months and labels inside a sentence."""

from collections.abc import Mapping, Sequence, Sized
from datetime import date
from typing import Final

from dashboard import dutch
from dashboard.periods import kind_of, months_apart

FEW = 3
"""Fewer schools, or other things, than this are named."""

BEFORE: Final = "een jaar eerder"
"""When a period was that this one stands beside."""

LAST_EVALUATION: Final = "in de vorige evaluatieperiode"
"""The same of an evaluation, which may last longer than a year."""

BEYOND: Final = "dat verschil is meer dan toeval verklaart"
WITHIN: Final = "dat valt binnen toeval"
"""What is said of a difference, everywhere in the same words."""

UNKNOWN: Final = "onbekend"
"""The value of what wasn't filled in."""

OTHER: Final = "overig"
OTHERS: Final = "Overig, samen"
"""The value under which rare values are counted together for whoever may not see small numbers, and its label."""

MOST_SHOWN: Final = "Van wat getoond is, het vaakst gemeld"
ALL_SMALL: Final = "Deze aantallen zijn niet getoond: kleine aantallen (x)"
"""What is said where a part of the reports is hidden, and where all are: what is hidden may be the most."""

NOTHING_REPORTED: Final = "In deze periode is niets gemeld"

FRACTIONS = {
    "1 op de 10 leerlingen": 1 / 10,
    "1 op de 5 leerlingen": 1 / 5,
    "1 op de 4 leerlingen": 1 / 4,
    "1 op de 3 leerlingen": 1 / 3,
    "2 op de 5 leerlingen": 2 / 5,
    "de helft van de leerlingen": 1 / 2,
    "3 op de 5 leerlingen": 3 / 5,
    "2 op de 3 leerlingen": 2 / 3,
    "3 op de 4 leerlingen": 3 / 4,
    "4 op de 5 leerlingen": 4 / 5,
    "9 op de 10 leerlingen": 9 / 10,
}

NEARLY_ALL, HARDLY_ANY = 0.95, 0.05


def in_five(share: float) -> str:
    """A share in words that everybody sees before them: 0.82 → `ongeveer 4 op de 5 leerlingen`."""
    if share >= 1:
        return "alle leerlingen"
    if share <= 0:
        return "geen enkele leerling"
    if share >= NEARLY_ALL:
        return "bijna alle leerlingen"
    if share < HARDLY_ANY:
        return "bijna geen enkele leerling"
    return f"ongeveer {min(FRACTIONS, key=lambda words: abs(FRACTIONS[words] - share))}"


def on_day(day: date, today: date) -> str:
    """How to name the day of the figures in a sentence; empty where it is today."""
    return "" if day == today else f"op {dutch.day(day)}"


def period_before(period: str) -> str:
    """When the period was that a period `jjjj-mm/jjjj-mm` stands beside: `een jaar eerder`, or an evaluation ago."""
    return LAST_EVALUATION if kind_of(period) == "evaluatie" else BEFORE


def verdict(*, is_beyond: bool) -> str:
    """Whether a difference is more than chance brings about."""
    return BEYOND if is_beyond else WITHIN


def reports(part: int, whole: int) -> str:
    """A part of all reports: `39 van de 51 meldingen`, `alle 51 meldingen`, `geen van de 51 meldingen`."""
    if part == whole:
        return "de ene melding" if whole == 1 else f"alle {dutch.number(whole)} meldingen"
    if not part:
        return "geen enkele melding" if whole == 1 else f"geen van de {dutch.number(whole)} meldingen"
    return f"{dutch.number(part)} van de {dutch.number(whole)} meldingen"


def counted_reports(count: int) -> str:
    """`1 melding`, `24 meldingen`."""
    return dutch.counted(count, "melding", "meldingen")


def month_span(months: Sequence[str]) -> str:
    """Months of one school year in words: `Van augustus tot en met oktober`; loose months are listed: `In mei`."""
    names = [dutch.month_alone(month) for month in months]
    if len(months) >= FEW and _follow(months):
        return f"Van {names[0]} tot en met {names[-1]}"
    return f"In {dutch.listed(names, most=12)}"


def month_range(first: str, last: str) -> str:
    """From one month `jjjj-mm` to another, with years: `van mei tot en met juli 2026`, `in mei en juni 2026`."""
    apart = months_apart(first, last)
    if apart <= 1:
        return f"in {month_list([first, last] if apart else [last])}"
    start = dutch.month_alone(first) if first[:4] == last[:4] else dutch.month_name(first)
    return f"van {start} tot en met {dutch.month_name(last)}"


def month_list(months: Sequence[str]) -> str:
    """Loose months with years, each year said once: `maart en mei 2026`, `december 2025 en maart 2026`."""
    *others, last = months
    same_year = all(month[:4] == last[:4] for month in others)
    names = [dutch.month_alone(month) if same_year else dutch.month_name(month) for month in others]
    return dutch.listed([*names, dutch.month_name(last)], most=12)


def _follow(months: Sequence[str]) -> bool:
    """Whether no calendar month lies between."""
    return months_apart(months[0], months[-1]) == len(months) - 1


def lower(text: str) -> str:
    """A label inside a sentence: `Beeld op de website` → `beeld op de website`, but `WhatsApp` stays."""
    first_word = text.partition(" ")[0]
    return text if any(letter.isupper() for letter in first_word[1:]) else first_small(text)


def first_small(text: str) -> str:
    """A text that goes on inside a sentence, whatever it is: `Van mei` → `van mei`."""
    return f"{text[:1].lower()}{text[1:]}"


def named(code: str, labels: Mapping[str, str]) -> str:
    """A value inside a sentence; one that the registry no longer knows is written as it is."""
    return lower(labels[code]) if code in labels else code


def pupils(count: int) -> str:
    """A number of pupils: `1 leerling`, `2.431 leerlingen`."""
    return dutch.counted(count, "leerling", "leerlingen")


def apiece(sharing: Sized, amount: str) -> str:
    """A number that two or more have alike: `elk 20`; that of one alone is `20`."""
    return f"elk {amount}" if len(sharing) > 1 else amount


def dated(events: Sequence[tuple[date, str]]) -> str:
    """What happened, each with its day: `Nieuw systeem (1 augustus 2025); Andere definitie (1 mei 2026)`."""
    return "; ".join(f"{text.rstrip('.')} ({dutch.day(day)})" for day, text in events)


def quoted(texts: Sequence[str], more: str) -> str:
    """Texts that are sentences themselves: one as it is, two between quotes, from three on how many (`more`) they are.

    `vooraf een antwoord`, `'vooraf een antwoord' en 'elk jaar een nieuw antwoord'`, `drie eisen`.
    """
    if len(texts) == 1:
        return texts[0]
    return dutch.listed([f"'{text}'" for text in texts]) if len(texts) < FEW else f"{dutch.small(len(texts))} {more}"


def delivered(unknown: int) -> str:
    """Which pupils are meant where nothing was delivered of others; `unknown`: how many those others are."""
    return " over wie is aangeleverd," if unknown else ""


def part_of(part: int, whole: int) -> str:
    """A part of a whole, both in letters or both in figures: `vier van de vijf`, `4 van de 130`."""
    write = dutch.small if whole < len(dutch.LETTERS) else dutch.number
    return f"{write(part)} van de {write(whole)}"
