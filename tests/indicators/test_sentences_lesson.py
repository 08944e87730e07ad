"""The lesson: its numbers are right, its words plain, and what it says of an example is what was really so."""

import re

import pytest
from scipy.stats import binom, poisson

from dashboard.indicators import examples
from dashboard.indicators.examples import Series, Shown
from dashboard.indicators.sentences import lesson
from dashboard.indicators.sentences.lesson import Passage

JARGON = (
    "significant",
    "poisson",
    "interval",
    "p-waarde",
    "overdispersie",
    "standaard",
    "steekproef",
    "kansverdeling",
    "statisti",
    "correlat",
)
JUDGING = ("beter", "slechter", "onveilige", "goede school", "helaas", "gelukkig", "schuld")

PASSAGES = (
    *lesson.series_passages(),
    lesson.PLAY_SERIES,
    lesson.QUESTIONS,
    lesson.MORE_REPORTS,
    *lesson.schools_passages(),
    lesson.PLAY_SCHOOLS,
    lesson.no_ranks(319),
)


def texts(passage: Passage) -> list[str]:
    return [*passage.paragraphs, *passage.terms.values(), *passage.notes]


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.title)
def test_plain_words(passage: Passage) -> None:
    """Whole sentences, none longer than a breath, no jargon, no judgement, nobody addressed."""
    for text in texts(passage):
        assert text[-1] in ".?"
        assert not any(word in text.lower() for word in (*JARGON, *JUDGING))
        assert not re.search(r"\b[uU]w?\b", text)
        for sentence in re.split(r"(?<=[.?!;:]) ", text):
            assert len(sentence.split()) <= 25, sentence


@pytest.mark.parametrize(
    "passages",
    [
        (*lesson.series_passages(), lesson.PLAY_SERIES, lesson.QUESTIONS, lesson.MORE_REPORTS),
        (*lesson.schools_passages(), lesson.PLAY_SCHOOLS, lesson.no_ranks(319), lesson.QUESTIONS, lesson.MORE_REPORTS),
    ],
)
def test_five_minutes(passages: tuple[Passage, ...]) -> None:
    """Either part can be read in five minutes, at a quiet 150 words a minute."""
    assert sum(len(text.split()) for passage in passages for text in texts(passage)) <= 5 * 150


def test_the_four_questions() -> None:
    """A sign is a reason to ask: four questions, each with a question mark."""
    assert len(lesson.QUESTIONS.terms) == 4
    assert all(question.endswith("?") for question in lesson.QUESTIONS.terms)


def test_the_worked_example_of_a_series() -> None:
    """Its numbers, worked out again: the counts that stay, how many don't, and coins seven times alike."""
    told = lesson.series_passages()[0].paragraphs[1]
    low = next(count for count in range(100) if poisson.cdf(count, 10) >= 0.00135)
    high = next(count for count in range(100) if poisson.cdf(count, 10) >= 0.99865)
    assert f"tussen {low} en {high} meldingen" in told
    outside = poisson.cdf(low - 1, 10) + poisson.sf(high, 10)
    assert round(1000 * outside) == 1
    assert "ongeveer één buiten" in told
    assert "1 op de 64 keer" in lesson.RULES.terms["Lang aan één kant"]
    assert 2 * 0.5**7 == 1 / 64


def test_what_is_called_nothing_special() -> None:
    """Dice, coins and a jump between two months: chance does these often enough, or never, as the text says."""
    sixes = binom(60, 1 / 6)
    assert sixes.cdf(7) > 0.1
    assert sixes.sf(12) > 0.1
    assert binom.sf(6, 10, 0.5) > 0.1
    assert binom.sf(699, 1000, 0.5) < 1e-30
    steps = sum(
        poisson.pmf(one, 10) * poisson.pmf(other, 10)
        for one in range(60)
        for other in range(60)
        if abs(one - other) >= 14 - 9
    )
    assert steps > 0.2


def test_the_worked_example_of_schools() -> None:
    """The rates between which 95 of 100 school years leave a small and a large school."""
    told = lesson.schools_passages()[0].paragraphs[1]
    small, large = (
        re.search(pattern, told)
        for pattern in (r"school tussen ([\d,]+) en (\d+,\d)", r"grote is dat tussen ([\d,]+) en (\d+,\d)")
    )
    assert small
    assert large
    for found, pupils in ((small, 200), (large, 1800)):
        units = pupils * 190 / 20_000
        room = 0.05 * units + 1  # what a decimal leaves off, and one report
        low, high = (float(end.replace(",", ".")) * units for end in found.groups())
        assert poisson.cdf(low - room, 3 * units) < 0.025 <= poisson.cdf(low + room, 3 * units)
        assert poisson.cdf(high - room, 3 * units) < 0.975 <= poisson.cdf(high + room, 3 * units)


def test_no_ranks() -> None:
    """How often the smallest of seven equal schools is first or last, beside its turn."""
    (told, _) = lesson.no_ranks(319).paragraphs
    assert "heeft de kleinste school 319 keer" in told
    assert told.endswith("dan was het ongeveer 286 keer.")


@pytest.mark.parametrize("labels", [lesson.CHANGE_LABELS, lesson.DIFFERENCE_LABELS])
def test_every_choice_has_a_label(labels: dict[str, str]) -> None:
    """What can be chosen can be worked out, and the first choice is that nothing is different."""
    values = examples.CHANGES if labels is lesson.CHANGE_LABELS else examples.DIFFERENCES
    assert list(labels) == list(values)
    assert next(iter(labels)) == "niets"


def _series(change: float, *, marked: bool, fitting: bool, expected: float = 10) -> Series:
    """The first example that turned out like this."""
    for draw in range(1, 400):
        example = examples.series(24, expected, change, draw)
        if (bool(example.marked), bool(example.fitting)) == (marked, fitting):
            return example
    raise AssertionError("no such example")


@pytest.mark.parametrize(
    ("change", "marked", "fitting", "start", "end"),
    [
        (1.0, False, False, "De grafiek wijst niets aan. In werkelijkheid verandert er niets.", "Dat klopt."),
        (1.0, True, False, "De grafiek wijst ", "verandert er niets. Dat is dus vals alarm: alleen toeval."),
        (2.0, True, True, "De grafiek wijst ", "augustus 2024 twee keer zoveel gemeld. Die verandering is gevonden."),
        (1.5, False, False, "De grafiek wijst niets aan.", "Die verandering is gemist: ze valt weg in het toeval."),
        (0.5, True, True, "De grafiek wijst ", "augustus 2024 half zoveel gemeld. Die verandering is gevonden."),
    ],
)
def test_series_told(change: float, start: str, end: str, *, marked: bool, fitting: bool) -> None:
    """Found, missed, false alarm and rightly quiet."""
    told = lesson.series_told(_series(change, marked=marked, fitting=fitting))
    assert told.startswith(start)
    assert told.endswith(end)


def test_a_sign_that_points_elsewhere() -> None:
    """A change is missed too when the chart marks only what doesn't fit it."""
    told = lesson.series_told(_series(1.5, marked=True, fitting=False, expected=3))
    assert told.endswith("Dat is iets anders dan wat de grafiek aanwijst: de verandering is gemist.")


def test_one_month_and_too_few() -> None:
    """One month is one; with too few reports there are no limits to speak of."""
    alone = next(example for draw in range(1, 400) if len((example := examples.series(24, 10, 1.0, draw)).marked) == 1)
    assert lesson.series_told(alone).startswith("De grafiek wijst 1 maand aan. ")
    few = lesson.series_told(examples.series(24, 0.2, 2.0, 1))
    assert few.startswith("Zo weinig meldingen zijn te weinig voor grenzen per maand. In werkelijkheid ")


@pytest.mark.parametrize(
    ("shown", "change", "words"),
    [
        (
            Shown(1000, 143, 0),
            1.0,
            "wijst de grafiek 143 keer iets aan terwijl er niets verandert. Dat is ongeveer 1 op de 7 ",
        ),
        (Shown(1000, 0, 0), 1.0, "wijst de grafiek geen enkele keer iets aan terwijl er niets verandert. Daarom "),
        (
            Shown(1000, 670, 669),
            1.5,
            "de verandering 669 keer aan. De andere 331 keer valt ze weg in het toeval: geen ",
        ),
        (Shown(1000, 1000, 1000), 2.0, "wijst de grafiek de verandering alle 1.000 keer aan."),
        (Shown(1000, 3, 0), 0.5, "wijst de grafiek de verandering geen enkele keer aan."),
    ],
)
def test_series_shown(shown: Shown, change: float, words: str) -> None:
    """Some, none and all; what isn't found isn't said not to be there."""
    text = lesson.series_shown(shown, change)
    assert text.startswith("Met de lotnummers 1 tot en met 1.000 ")
    assert words in text
    assert text.endswith(".")


def test_schools_told() -> None:
    """Found, missed, and rightly quiet; another school outside is explained."""
    quiet = lesson.schools_told(examples.schools(7, 3, 1, "groot", 1))
    assert quiet == "Geen school ligt buiten de buitenste grens. In werkelijkheid zijn alle scholen gelijk. Dat klopt."
    found = lesson.schools_told(examples.schools(7, 3, 2, "groot", 2))
    assert found == (
        "Buiten de buitenste grens ligt School 7. In werkelijkheid wordt er op School 7 (1.800 leerlingen) twee keer "
        "zoveel gemeld. Dat is gevonden."
    )
    missed = lesson.schools_told(examples.schools(7, 3, 0.5, "klein", 1))
    assert missed.endswith("(200 leerlingen) half zoveel gemeld. Dat is gemist: het valt weg in het toeval.")
    others = lesson.schools_told(examples.schools(7, 3, 2, "groot", 1))
    assert others.startswith("Buiten de buitenste grens liggen School 3 en School 7. ")
    assert others.endswith("Op School 3 is niets anders: dat is toeval, of School 7 trekt het cijfer van de groep mee.")


def test_an_example_says_what_is_reported() -> None:
    """More reports isn't more that happens: no example says that more happened."""
    told = [
        *(lesson.series_told(examples.series(24, 10, change, 1)) for change in examples.CHANGES.values()),
        *(lesson.schools_told(examples.schools(7, 3, *kind, 1)) for kind in examples.DIFFERENCES.values()),
    ]
    assert not any("gebeurt" in text for text in told)
    assert len({text.partition("In werkelijkheid ")[2].partition(". ")[0] for text in told}) == len(told)


def test_a_false_alarm_among_schools() -> None:
    """A school outside though all are alike."""
    alarm = next(group for draw in range(1, 400) if (group := examples.schools(30, 3, 1, "groot", draw)).outside)
    assert lesson.schools_told(alarm).endswith("alle scholen gelijk. Dat is dus vals alarm: alleen toeval.")


def test_schools_shown() -> None:
    """How often, for no reason or for a good one; none and all as well."""
    alike, other = examples.schools(7, 3, 1, "groot", 1), examples.schools(7, 3, 2, "groot", 1)
    assert lesson.schools_shown(Shown(1000, 8, 0), alike) == (
        "Met de lotnummers 1 tot en met 1.000 ligt er 8 keer een school buiten de buitenste grens, terwijl alle "
        "scholen gelijk zijn."
    )
    assert lesson.schools_shown(Shown(1000, 900, 854), other).endswith(
        "wijst de trechter School 7 854 keer aan. De andere 146 keer is het verschil niet te zien."
    )
    assert lesson.schools_shown(Shown(1000, 31, 0), other).endswith("wijst de trechter School 7 geen enkele keer aan.")
    assert lesson.schools_shown(Shown(1000, 1000, 1000), other).endswith("School 7 alle 1.000 keer aan.")
