"""A series in words: both directions, no sign, a past sign, too little to say; a sign is never a verdict."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from dashboard import dutch
from dashboard.indicators import findings, sentences
from dashboard.indicators.control_charts import with_limits
from dashboard.indicators.false_signals import trend_false_signals
from dashboard.indicators.findings import Break, SteadyGroup, TrendFinding, TrendSignal

JUDGING = ("beter", "slechter", "goed", "onveilig", "helaas", "gelukkig", "verbeterd", "verslechterd", "veiliger")
JARGON = ("significant", "betrouwbaarheid", "p-waarde", "poisson", "interval", "sigma", "standaarddeviatie")

TODAY = date(2026, 11, 22)
YEAR = tuple(f"2026-{month:02}" for month in range(1, 13))
LOW, HIGH = (TrendSignal("2", YEAR[3:11], above) for above in (False, True))
OUT, UNDER = (TrendSignal("1", (YEAR[10],), above) for above in (True, False))
UP, DOWN = (TrendSignal("3", YEAR[4:11], above) for above in (True, False))
NEAR, NEAR_NOTHING = (TrendSignal("4", (YEAR[8], YEAR[10]), above) for above in (True, False))

CALM = TrendFinding(
    first="2024-08",
    last="2026-11",
    points=27,
    part=1,
    incidents=505,
    expected=505 / 27,
    centre=4.1,
    is_provisional=False,
    is_constant=False,
    signals=(),
)


def _with(*signals: TrendSignal) -> TrendFinding:
    return replace(CALM, signals=signals)


def _sooner(signal: TrendSignal) -> TrendSignal:
    """The same, a year earlier."""
    return replace(signal, months=tuple(f"2025{month[4:]}" for month in signal.months))


def _answer(finding: TrendFinding | None, day: date = TODAY) -> str:
    return sentences.trend_answer(finding, "School Oost", day)


# --- the answer ----------------------------------------------------------------------


def test_no_sign() -> None:
    """What chance brings about is expected, and that is all; with few points it is early to say."""
    assert _answer(CALM) == (
        "Het aantal meldingen bij School Oost schommelt zoals te verwachten is. Er is geen teken van een verandering "
        "sinds augustus 2024"
    )
    few = replace(CALM, points=9, is_provisional=True)
    assert _answer(few).endswith("te verwachten is. In 9 maanden is er nog geen teken van een verandering")


@pytest.mark.parametrize(
    ("signal", "words"),
    [
        (LOW, "Van april tot en met november 2026 wordt bij School Oost 8 maanden op rij minder gemeld dan gemiddeld"),
        (HIGH, "Van april tot en met november 2026 wordt bij School Oost 8 maanden op rij meer gemeld dan gemiddeld"),
        (UP, "Van mei tot en met november 2026 stijgt het aantal meldingen bij School Oost maand na maand"),
        (DOWN, "Van mei tot en met november 2026 daalt het aantal meldingen bij School Oost maand na maand"),
        (OUT, "In november 2026 zijn er bij School Oost zo veel meldingen dat toeval alleen dat niet verklaart"),
        (UNDER, "In november 2026 zijn er bij School Oost zo weinig meldingen dat toeval alleen dat niet verklaart"),
        (NEAR, "In september en november 2026 komt het aantal meldingen bij School Oost dicht bij de bovengrens van "),
        (NEAR_NOTHING, "In september en november 2026 komt het aantal meldingen bij School Oost dicht bij de onder"),
    ],
)
def test_a_sign_of_now(signal: TrendSignal, words: str) -> None:
    """Each rule in both directions; always said what it is: a sign."""
    assert _answer(_with(signal)).startswith(words)
    assert _answer(_with(signal)).endswith(". Dat is een teken van een verandering")


@pytest.mark.parametrize(
    ("signal", "words"),
    [
        (LOW, "van april tot en met november 2025 werd 8 maanden op rij minder gemeld dan gemiddeld"),
        (HIGH, "van april tot en met november 2025 werd 8 maanden op rij meer gemeld dan gemiddeld"),
        (UP, "van mei tot en met november 2025 steeg het aantal meldingen maand na maand"),
        (DOWN, "van mei tot en met november 2025 daalde het aantal meldingen maand na maand"),
        (OUT, "in november 2025 waren er zo veel meldingen dat toeval alleen dat niet verklaart"),
        (NEAR, "in september en november 2025 kwam het aantal meldingen dicht bij de bovengrens van toeval"),
    ],
)
def test_a_sign_of_the_past(signal: TrendSignal, words: str) -> None:
    """It is over, and that is said first."""
    start = "Bij School Oost is er nu geen teken van een verandering. Eerder wel: "
    assert _answer(_with(_sooner(signal))) == f"{start}{words}"


@pytest.mark.parametrize(
    ("rule", "above", "words"),
    [
        ("2", False, "werd bij School Oost 9 maanden op rij minder gemeld dan gemiddeld"),
        ("2", True, "werd bij School Oost 9 maanden op rij meer gemeld dan gemiddeld"),
        ("3", False, "daalde het aantal meldingen bij School Oost maand na maand"),
        ("3", True, "steeg het aantal meldingen bij School Oost maand na maand"),
    ],
)
def test_what_lasted_and_is_just_over(rule: str, words: str, *, above: bool) -> None:
    """Its end comes first as long as no other run can have come; longer ago, or of what happens once, it is past."""
    long = TrendSignal(rule, YEAR[:9], above)
    assert _answer(_with(long)) == (
        f"Van januari tot en met september 2026 {words}. In de 2 maanden daarna is er geen teken van een verandering"
    )
    assert ". In de maand daarna is er " in _answer(_with(replace(long, months=YEAR[1:10])))
    assert _answer(_with(replace(long, months=YEAR[:4]))).startswith("Bij School Oost is er nu geen teken")
    assert _answer(_with(replace(long, rule="1"))).startswith("Bij School Oost is er nu geen teken")


def test_what_lasts_comes_first() -> None:
    """Of several signs of now the run is the answer; of the past ones the latest; of now before of the past."""
    assert _answer(_with(OUT, HIGH, UP)).startswith("Van april tot en met november 2026 wordt")
    assert _answer(_with(OUT, UP)).startswith("Van mei tot en met november 2026 stijgt")
    assert _answer(_with(_sooner(LOW), OUT)).startswith("In november 2026 zijn er")
    assert "Eerder wel: in november 2025" in _answer(_with(replace(LOW, months=("2024-09", "2025-03")), _sooner(OUT)))


def test_signs_both_ways() -> None:
    """A high run that is falling: neither is kept quiet."""
    words = _answer(_with(HIGH, DOWN))
    assert "meer gemeld dan gemiddeld. Dat is een teken van een verandering" in words
    assert words.endswith(". Er is ook een teken de andere kant op")


def test_a_run_across_an_undelivered_month() -> None:
    """Then the months aren't said to follow each other on the calendar."""
    gap = TrendSignal("2", (*YEAR[1:4], *YEAR[6:11]), above=False)
    assert "8 aangeleverde maanden op rij minder" in _answer(_with(gap))
    assert sentences.trend_signals([gap]) == [
        "Van februari tot en met november 2026 liggen 8 aangeleverde maanden op rij onder het midden."
    ]


def test_too_little_to_say() -> None:
    """No point, one point, nothing reported, rarely anything, always the same."""
    assert _answer(None) == "Over School Oost is nog geen maand met een cijfer aangeleverd"
    one = replace(CALM, first="2026-11", points=1)
    assert _answer(one) == (
        "Bij School Oost is er één maand met een cijfer, november 2026. Of er iets verandert, is nog niet te zien"
    )
    rare = replace(CALM, incidents=13, centre=None)
    assert _answer(rare) == "Bij School Oost zijn meldingen zeldzaam: 13 in 27 maanden"
    nothing = replace(rare, incidents=0, is_constant=True)
    assert _answer(nothing) == (
        "Bij School Oost is niets gemeld in de 27 aangeleverde maanden van augustus 2024 tot en met november 2026"
    )
    same = replace(CALM, is_constant=True)
    assert _answer(same) == "Bij School Oost is het aantal meldingen stabiel: elke maand evenveel per 1.000 leerlingen"


def test_where_the_series_ends_early() -> None:
    """What is known only up to some months ago is no answer about now; last month, or this one, is."""
    october = replace(CALM, last="2026-10")
    assert not _answer(october).endswith(")")
    assert not _answer(october, date(2026, 11, 29)).endswith(")")
    assert _answer(october, date(2026, 11, 30)).endswith(" (bekend tot en met oktober 2026)")
    assert _answer(october, date(2026, 12, 1)).endswith(" (bekend tot en met oktober 2026)")
    assert not _answer(CALM, date(2026, 11, 30)).endswith(")")


# --- a group whose schools come and go -----------------------------------------------


def test_a_sign_that_only_a_changing_group_shows() -> None:
    """Then the schools that were always there are told instead of a change; one that they show too is a sign."""
    calm, low, high = (SteadyGroup(4, finding) for finding in (CALM, _with(LOW), _with(HIGH)))
    for steady in (calm, high, replace(low, finding=_with(_sooner(LOW)))):
        words = sentences.trend_answer(_with(LOW), "alle scholen samen", TODAY, steady)
        assert words.endswith(". Bij de vier scholen die elke maand aanleverden, is er geen teken van zo'n verandering")
    both = sentences.trend_answer(_with(LOW), "alle scholen samen", TODAY, low)
    assert both.endswith(". Dat is een teken van een verandering")
    too_few = SteadyGroup(1, replace(CALM, centre=None))
    assert sentences.trend_answer(_with(LOW), "x", TODAY, too_few).endswith(". Dat is een teken van een verandering")
    assert sentences.trend_answer(CALM, "x", TODAY, low) == sentences.trend_answer(CALM, "x", TODAY)


def _monthly(**delivered: str) -> pl.DataFrame:
    """`x` a delivered month, `-` one that wasn't, `o` one without pupils."""
    rows = [
        (f"2026-{month:02}", brin6, letter != "-", 0 if letter == "o" else 900)
        for brin6, letters in delivered.items()
        for month, letter in enumerate(letters, start=1)
    ]
    schema = {"maand": pl.String, "brin6": pl.String, "aangeleverd": pl.Boolean, "leerlingen": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_mixed_group() -> None:
    """Said where schools come or go, also where as many stay; not where all are there, or nobody has pupils."""
    assert sentences.mixed_group(_monthly(A="xxx", B="xxx", C="---", D="ooo")) == ""
    assert sentences.mixed_group(_monthly(A="---")) == ""
    assert sentences.mixed_group(_monthly(A="xxx")) == ""
    assert sentences.mixed_group(_monthly(A="xxx", B="x-x", C="xxo")) == (
        "Per maand leverden 2 tot 3 scholen aan, en de ene school meldt meer dan de andere: daardoor alleen al kan de "
        "lijn verschuiven."
    )
    assert sentences.mixed_group(_monthly(A="x-", B="-x")).startswith("Niet elke maand leverden dezelfde scholen aan, ")
    group = _monthly(A="xxx", B="xxx").vstack(_monthly(A="xx-").with_columns(brin6=pl.lit("*")))
    assert sentences.mixed_group(group) == ""


def test_mixed_group_says_what_the_others_show() -> None:
    """One school or more, with or without a sign."""
    monthly = _monthly(A="xxx", B="x-x")
    assert sentences.mixed_group(monthly, SteadyGroup(2, CALM)).endswith(
        " Bij de twee scholen die elke maand aanleverden, blijven de meldingen binnen de grenzen van toeval."
    )
    assert sentences.mixed_group(monthly, SteadyGroup(1, _with(LOW))).endswith(
        " Bij de enige school die elke maand aanleverde, liggen de laatste 8 maanden onder het midden."
    )


def test_schools_that_report_in_another_way() -> None:
    """One sentence for all, each named once, by its brin6 where its name is unknown; what each changed stands apart."""
    changes = [("99AA00", date(2025, 8, 1), "Nieuw systeem."), ("99BB00", date(2026, 5, 1), "Andere definitie")]
    names = {"99AA00": "School Oost"}
    assert sentences.changes_of_schools([*changes, *changes], names) == (
        "Bij School Oost en 99BB00 is veranderd hoe er wordt gemeld. Ook daardoor kan de lijn verschuiven."
    )
    assert sentences.each_change_of_schools(changes, names) == [
        "School Oost: Nieuw systeem (1 augustus 2025).",
        "99BB00: Andere definitie (1 mei 2026).",
    ]
    assert sentences.changes_of_schools([], {}) == ""
    assert sentences.each_change_of_schools([], {}) == []


def _days(*days: int, first: int = 8) -> pl.DataFrame:
    """Months with so many school days among 1,000 pupils, from August on, ten reports each."""
    months = [f"{2025 + (first + place - 1) // 12}-{(first + place - 1) % 12 + 1:02}" for place in range(len(days))]
    rows = {"maand": months, "incidenten": [10] * len(days), "persoonsdagen": [1000 * count for count in days]}
    return with_limits(pl.DataFrame(rows).with_columns(brin6=pl.lit("*"), deel=pl.lit(1, pl.Int64)))


def test_short_months() -> None:
    """A month with hardly any school days is named, once for all years; half of the usual is no such month."""
    assert sentences.short_months(_days(3, *[20] * 11)) == ("Augustus telt weinig lesdagen: de grenzen zijn daar wijd.")
    assert sentences.short_months(_days(3, *[20] * 11, 5, 20)).startswith("Augustus telt ")
    two = _days(3, *[20] * 3, 4, *[20] * 7)
    assert sentences.short_months(two).startswith("Augustus en december tellen weinig lesdagen")
    for usual in (_days(10, *[20] * 11), _days(20, 20), _days()):
        assert sentences.short_months(usual) == ""
    rare = _days(3, *[20] * 11).with_columns(pl.lit(None, pl.Float64).alias("midden"))
    assert sentences.short_months(rare) == ""


# --- the chart -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signal", "now", "before"),
    [
        (LOW, "liggen de laatste 8 maanden onder het midden", "lagen 8 maanden op rij onder het midden, van april "),
        (HIGH, "liggen de laatste 8 maanden boven het midden", "lagen 8 maanden op rij boven het midden, van april "),
        (UP, "stijgt de lijn 7 maanden op rij", "steeg de lijn 7 maanden op rij, van mei tot en met november 2025; "),
        (DOWN, "daalt de lijn 7 maanden op rij", "daalde de lijn 7 maanden op rij, van mei tot en met november 2025; "),
        (OUT, "ligt november 2026 boven de grenzen van toeval", "lag november 2025 boven de grenzen van toeval; "),
        (UNDER, "ligt november 2026 onder de grenzen van toeval", "lag november 2025 onder de grenzen van toeval; "),
        (NEAR, "liggen september en november 2026 dicht bij de bovengrens van toeval", "lagen september en november "),
        (NEAR_NOTHING, "liggen september en november 2026 dicht bij de ondergrens van toeval", "lagen september en "),
    ],
)
def test_titles(signal: TrendSignal, now: str, before: str) -> None:
    """Each rule in both directions, of now and of the past."""
    assert sentences.trend_title(_with(signal), "School Oost") == f"Bij School Oost {now}"
    past = sentences.trend_title(_with(_sooner(signal)), "School Oost")
    assert past.startswith(f"Bij School Oost {before}")
    assert past.endswith("; daarna is er geen teken van een verandering")


def test_titles_without_a_sign() -> None:
    """Within chance, constant, nothing, rare, and too few months."""
    assert sentences.trend_title(CALM, "x") == "Bij x blijven de meldingen binnen de grenzen van toeval"
    same = replace(CALM, is_constant=True)
    assert sentences.trend_title(same, "x") == "Bij x is elke maand gelijk: 4,1 meldingen per 1.000 leerlingen"
    rare = replace(CALM, centre=None, incidents=9)
    assert sentences.trend_title(rare, "x") == "Bij x zijn er te weinig meldingen voor grenzen per maand"
    assert sentences.trend_title(replace(rare, incidents=0), "x") == "Bij x is geen enkele maand iets gemeld"
    for short in (None, replace(CALM, points=1)):
        assert sentences.trend_title(short, "x") == "Bij x zijn er nog te weinig maanden om een verandering te zien"


def test_each_signal_by_name() -> None:
    """In the order given, in both directions."""
    assert sentences.trend_signals([]) == []
    two = TrendSignal("1", ("2025-12", "2026-01"), above=True)
    beyond = "dat toeval alleen dat niet verklaart"
    assert sentences.trend_signals([HIGH, LOW, UP, DOWN, two, UNDER, NEAR, NEAR_NOTHING]) == [
        "Van april tot en met november 2026 liggen 8 maanden op rij boven het midden.",
        "Van april tot en met november 2026 liggen 8 maanden op rij onder het midden.",
        "Van mei tot en met november 2026 stijgt de lijn 7 maanden op rij.",
        "Van mei tot en met november 2026 daalt de lijn 7 maanden op rij.",
        f"In december 2025 en januari 2026 zijn er zo veel meldingen {beyond}: boven de bovengrens.",
        f"In november 2026 zijn er zo weinig meldingen {beyond}: onder de ondergrens.",
        "In september en november 2026 komt het aantal dicht bij de bovengrens: ten minste 2 van 3 maanden op rij.",
        "In september en november 2026 komt het aantal dicht bij de ondergrens: ten minste 2 van 3 maanden op rij.",
    ]


def test_which_signals_there_are() -> None:
    """All four, two, or none at all, by how much is reported."""
    four = sentences.trend_rules(CALM)
    assert four.startswith("De grafiek wijst aan: een maand buiten de grenzen van toeval; 7 of meer maanden op rij ")
    assert four.endswith("; en 2 van 3 maanden op rij dicht bij dezelfde grens.")
    two = sentences.trend_rules(replace(CALM, expected=3.0))
    assert two.endswith("aan één kant van het midden. Voor andere tekens zijn er te weinig meldingen per maand.")
    assert sentences.trend_rules(replace(CALM, expected=1.0, centre=None)) == ""


def test_what_chance_alone_would_mark() -> None:
    """As many series as were drawn, and the share of them; never; or nothing to say."""
    row = {"punten": 27, "verwacht": 18.7, "signalen": 0.982, "kans": 0.1715}
    assert sentences.trend_chance(row).replace(dutch.NO_BREAK, " ") == (
        "In 2.000 nagebootste reeksen waarin niets verandert, wijst zo'n grafiek in 343 reeksen (17 %) toch iets aan. "
        "Gemiddeld is dat 1,0 van de 27 maanden per reeks."
    )
    assert " in 1 reeks (minder dan 0,1 %)".replace(" %", f"{dutch.NO_BREAK}%") in sentences.trend_chance(
        row | {"kans": 0.0005}
    )
    assert sentences.trend_chance(row | {"kans": 0.0, "signalen": 0.0}) == (
        "In 2.000 nagebootste reeksen waarin niets verandert, wijst zo'n grafiek nooit iets aan."
    )
    assert sentences.trend_chance(row | {"kans": None, "signalen": None}) == ""


def test_chance_is_that_of_the_simulation() -> None:
    """The sentence takes a row of it as it is."""
    counts = pl.DataFrame({"maand": list(YEAR), "incidenten": [6, 4] * 6, "persoonsdagen": [20_000] * 12})
    trend = with_limits(counts.with_columns(brin6=pl.lit("*"), deel=pl.lit(1, pl.Int64)))
    (row,) = trend_false_signals(trend).iter_rows(named=True)
    assert f"({dutch.share(row['kans'])}) toch iets aan" in sentences.trend_chance(row)
    assert "van de 12 maanden" in sentences.trend_chance(row)


@pytest.mark.parametrize(("points", "words"), [(11, "ze rusten op 11 maanden."), (1, "ze rusten op 1 maand.")])
def test_provisional(points: int, words: str) -> None:
    """Few points are named; enough of them, or no limits at all, need no words."""
    few = replace(CALM, points=points, is_provisional=True)
    assert words in sentences.provisional(few)
    assert sentences.provisional(few).startswith("Dit zijn voorlopige grenzen")
    assert sentences.provisional(CALM) == ""
    assert sentences.provisional(replace(few, centre=None)) == ""


def test_why_a_new_part_begins() -> None:
    """With one reason, with more, and where none is known."""
    one = Break(2, "2025-09", ((date(2025, 8, 1), "Meldingen staan in een nieuw systeem."),))
    more = replace(one, part=3, events=(*one.events, (date(2025, 9, 1), "Andere definitie")))
    own, second = "Elk deel heeft een eigen midden en eigen grenzen.", "In september 2025 begint deel 2 van de reeks"
    known = "Meldingen staan in een nieuw systeem (1 augustus 2025)"
    assert sentences.segments([one]) == [f"{second}. De reden: {known}. {own}"]
    assert sentences.segments([more, replace(one, events=())]) == [
        f"In september 2025 begint deel 3 van de reeks. De reden: {known}; Andere definitie (1 september 2025). {own}",
        f"{second}. {own}",
    ]
    assert sentences.segments([]) == []


# --- tone ----------------------------------------------------------------------------


def _everything(finding: TrendFinding) -> Sequence[str]:
    return [
        _answer(finding),
        sentences.trend_title(finding, "School Oost"),
        *sentences.trend_signals(finding.signals),
        sentences.trend_rules(finding),
        sentences.provisional(finding),
    ]


@pytest.mark.parametrize("signal", [LOW, HIGH, UP, DOWN, OUT, UNDER, NEAR, NEAR_NOTHING])
def test_no_direction_is_judged(signal: TrendSignal) -> None:
    """More isn't less safe and fewer isn't better; and no word of the trade."""
    for finding in (CALM, _with(signal), _with(_sooner(signal)), replace(_with(signal), is_provisional=True)):
        for words in _everything(finding):
            assert not any(word in words.lower() for word in (*JUDGING, *JARGON)), words


def test_from_counts_to_words() -> None:
    """A real series all the way: seven low months after twenty ordinary ones."""
    months = [f"{2024 + (place + 7) // 12}-{(place + 7) % 12 + 1:02}" for place in range(27)]
    counts = pl.DataFrame({"maand": months, "incidenten": [12, 8] * 10 + [7] * 7, "persoonsdagen": [20_000] * 27})
    found = findings.trend_finding(with_limits(counts.with_columns(brin6=pl.lit("*"), deel=pl.lit(1, pl.Int64))))
    assert _answer(found, date(2026, 11, 22)) == (
        "Van maart tot en met oktober 2026 wordt bij School Oost 8 maanden op rij minder gemeld dan gemiddeld. "
        "Dat is een teken van een verandering"
    )
