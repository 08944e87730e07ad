"""Schools beside each other in words: above and below alike, nothing to see, too little to say; never a verdict."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.indicators import sentences, side_by_side
from dashboard.indicators.false_signals import FalseFlags
from dashboard.indicators.funnel_findings import FunnelFinding, coverage_finding, rate_finding
from tests.indicators.school_funnels import UNIT, brin6, coverage_funnel, rate_funnel

JUDGING = ("beter dan", "slechter", "onveilig", "veiliger", "helaas", "gelukkig", "best", "slechtst", "scoort")
JARGON = ("significant", "poisson", "betrouwbaarheid", "p-waarde", "overdispersie", "mediaan", "standaard", "funnel")
LABEL = "Beeld op de website"
NAMES = {brin6(place): f"School {name}" for place, name in enumerate(("Oost", "West", "Zuid", "Noord"))} | {
    brin6(place): f"School {place}" for place in range(4, 30)
}
HIGH, LOW, EDGE, USUAL = 26, 1, 20, 10
"""Reports of a school of which ten are expected, in a group of twelve or more."""


def rates(*counts: int) -> FunnelFinding:
    """Schools of one size, and others that have ten each."""
    others = [USUAL] * max(0, 12 - len(counts))
    return rate_finding(rate_funnel([(count, 3 * UNIT) for count in (*counts, *others)]))


def coverage(*valid: int) -> FunnelFinding:
    """Schools of a hundred pupils, and others of whom eighty in a hundred have a valid answer."""
    return coverage_finding(coverage_funnel([(count, 100) for count in (*valid, *[80] * max(0, 12 - len(valid)))]))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((USUAL,), "Geen enkele school meldt naar verhouding meer of minder dan toeval verklaart"),
        ((HIGH,), "Naar verhouding meldt School Oost meer dan toeval verklaart"),
        ((LOW,), "Naar verhouding meldt School Oost minder dan toeval verklaart"),
        ((HIGH, LOW), "Naar verhouding meldt School Oost meer en meldt School West minder dan toeval verklaart"),
        ((HIGH, HIGH + 2), "Naar verhouding melden School Oost en School West meer dan toeval verklaart"),
        (
            (LOW, EDGE),
            (
                "Naar verhouding meldt School Oost minder dan toeval verklaart; "
                "School West ligt tussen de binnenste en de buitenste grens"
            ),
        ),
        (
            (EDGE, 4, 3),
            (
                "Geen enkele school meldt naar verhouding meer of minder dan toeval verklaart; "
                "School Oost en School Zuid liggen tussen de binnenste en de buitenste grens"
            ),
        ),
    ],
)
def test_the_title_of_the_rates(counts: tuple[int, ...], words: str) -> None:
    """Above, below, both, one and more of them, only on the edge, none."""
    assert sentences.funnel_rate_title(rates(*counts), NAMES) == words


def test_many_schools_are_counted() -> None:
    """Three or more are a number; thirty schools don't make a sentence of thirty names."""
    thirty = rate_finding(rate_funnel([(count, 3 * UNIT) for count in [30] * 3 + [0] * 4 + [12] * 3 + [10] * 20]))
    assert sentences.funnel_rate_title(thirty, NAMES) == (
        "Naar verhouding melden drie scholen meer en melden vier scholen minder dan toeval verklaart"
    )


@pytest.mark.parametrize(
    ("valid", "words"),
    [
        ((80,), "Bij geen enkele school verschilt de dekking voor beeld op de website meer van de groep dan toeval"),
        ((99,), "De dekking voor beeld op de website is bij School Oost hoger dan toeval verklaart"),
        ((60,), "De dekking voor beeld op de website is bij School Oost lager dan toeval verklaart"),
        ((99, 60), "De dekking voor beeld op de website is bij School Oost hoger en bij School West lager dan toeval"),
        ((70,), "Bij geen enkele school verschilt de dekking voor beeld op de website meer van de groep dan toeval"),
    ],
)
def test_the_title_of_the_coverage(valid: tuple[int, ...], words: str) -> None:
    """Above, below, both, none, and none but for one on the edge."""
    title = sentences.funnel_coverage_title(coverage(*valid), NAMES, LABEL)
    assert title.startswith(words)
    assert title.endswith("; School Oost ligt tussen de binnenste en de buitenste grens") == (valid == (70,))


def test_the_answer_of_the_page() -> None:
    """Both subjects in one sentence; one sentence for both where nothing differs."""
    assert sentences.schools_answer(coverage(80), rates(USUAL), NAMES, LABEL) == (
        "Geen enkele school verschilt meer van de groep dan toeval verklaart: "
        "niet in dekking voor beeld op de website en niet in meldingen"
    )
    assert sentences.schools_answer(coverage(60), rates(USUAL, LOW), NAMES, LABEL) == (
        "De dekking voor beeld op de website is bij School Oost lager dan toeval verklaart; "
        "naar verhouding meldt School West minder dan toeval verklaart"
    )
    assert sentences.schools_answer(coverage(80), rates(HIGH), NAMES, LABEL).endswith(
        "; naar verhouding meldt School Oost meer dan toeval verklaart"
    )


def test_three_that_differ_are_told_by_number() -> None:
    """None is singled out: not the one on the other side either."""
    finding = rates(HIGH, HIGH + 2, LOW)
    assert len(finding.outside) == 3
    assert sentences.funnel_rate_title(finding, NAMES) == (
        "Naar verhouding melden twee scholen meer en meldt één school minder dan toeval verklaart"
    )


def test_schools_that_differ_together_only() -> None:
    """No school stands out, all of them together do: the title says both, and the page doesn't call that nothing."""
    both = [20, 38] * 12
    finding = rate_finding(rate_funnel([(reports, UNIT) for reports in both]))
    assert not finding.outside
    assert finding.spread is not None
    assert finding.spread.is_beyond_chance
    words = "Samen verschillen de scholen in meldingen meer dan toeval verklaart, maar geen ervan wijkt op zichzelf af"
    assert sentences.funnel_rate_title(finding, NAMES).startswith(words)
    assert words[1:] in sentences.schools_answer(coverage(80), finding, NAMES, LABEL)
    assert "buiten de grenzen; die" not in sentences.spread(finding)


@pytest.mark.parametrize(
    ("pupils", "reports", "words"),
    [
        ([], [], "Er zijn nog geen scholen met gegevens: er valt niets te vergelijken"),
        ([(0, 0)], [], "Er zijn nog geen scholen met gegevens: er valt niets te vergelijken"),
        ([(8, 9)], [(3, UNIT)], "Er is één school met gegevens: er valt niets te vergelijken"),
        ([(8, 9), (0, 0)], [], "Er is één school met gegevens: er valt niets te vergelijken"),
        (
            [(8, 9), (7, 9)],
            [],
            (
                "Bij geen enkele school verschilt de dekking voor beeld op de website meer van de groep dan toeval "
                "verklaart; van geen enkele school zijn er cijfers over meldingen"
            ),
        ),
        (
            [(0, 0), (0, 0)],
            [(3, UNIT), (4, UNIT)],
            (
                "Van geen enkele school is de dekking voor beeld op de website bekend; "
                "geen enkele school meldt naar verhouding meer of minder dan toeval verklaart"
            ),
        ),
        (
            [(8, 9)],
            [(0, UNIT), (0, UNIT)],
            (
                "Alleen van School Oost is de dekking voor beeld op de website bekend: er valt niets te vergelijken; "
                "op geen enkele school is in deze periode iets gemeld"
            ),
        ),
        (
            [(8, 9), (9, 9)],
            [(3, UNIT)],
            (
                "In dekking voor beeld op de website is bij geen enkele school een afwijking te zien, maar de "
                "aantallen zijn daar klein voor; "
                "alleen van School Oost zijn er cijfers over meldingen: er valt niets te vergelijken"
            ),
        ),
    ],
)
def test_too_few_schools(pupils: list[tuple[int, int]], reports: list[tuple[int, int]], words: str) -> None:
    """None, one, or one of the two subjects without schools: said so, and nothing is compared."""
    both = coverage_finding(coverage_funnel(pupils)), rate_finding(rate_funnel(reports))
    assert sentences.schools_answer(*both, NAMES, LABEL) == words


def test_schools_stand_in_the_fixed_order() -> None:
    """Not in that of their brin6, nor of how far they lie off; one without a name goes by its brin6, last."""
    turned = dict(reversed(NAMES.items()))
    assert "School West en School Oost" in sentences.funnel_rate_title(rates(HIGH, HIGH + 3), turned)
    del turned[brin6(1)]
    assert f"School Oost en {brin6(1)}" in sentences.funnel_rate_title(rates(HIGH, HIGH + 3), turned)
    same = NAMES | {brin6(1): "School Oost"}
    assert f"School Oost ({brin6(0)}) en School Oost ({brin6(1)})" in sentences.funnel_rate_title(rates(26, 29), same)


# --- what chance would do ------------------------------------------------------------


@pytest.mark.parametrize(
    ("outside", "words"),
    [
        (
            (0.2, 0.0043),
            "gemiddeld één school per 5 figuren buiten de binnenste grenzen en één school per 230 figuren buiten",
        ),
        (
            (0.011, 0.0002),
            "één school per 91 figuren buiten de binnenste grenzen en minder dan één school per 1.000 figuren",
        ),
        (
            (1.42, 0.06),
            "gemiddeld 1,4 school per figuur buiten de binnenste grenzen en één school per 17 figuren buiten",
        ),
        ((0.7, 0.0), "gemiddeld 0,7 school per figuur buiten de binnenste grenzen en geen school buiten de buitenste"),
    ],
)
def test_how_often_chance_puts_a_school_outside(outside: tuple[float, float], words: str) -> None:
    """Less than one in a thousand, one in so many, more than one; never at all."""
    assert words in sentences.funnel_chance(replace(rates(USUAL), by_chance=FalseFlags(12, *outside)))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((USUAL,), "Hier ligt er geen school buiten."),
        ((EDGE,), "Hier ligt er één buiten de binnenste grenzen en geen buiten de buitenste."),
        ((HIGH,), "Hier ligt er één buiten de buitenste grenzen."),
        ((HIGH, EDGE), "Hier liggen er twee buiten de binnenste grenzen, waarvan één ook buiten de buitenste."),
        ((HIGH, LOW), "Hier liggen er twee buiten de buitenste grenzen."),
    ],
)
def test_what_chance_would_do_stands_beside_what_is(counts: tuple[int, ...], words: str) -> None:
    """On either side, on the edge or beyond."""
    assert sentences.funnel_chance(rates(*counts)).endswith(f"buiten de buitenste. {words}")


def test_no_chance_to_speak_of() -> None:
    """One school is its own group; without a single report no school can lie outside."""
    assert sentences.funnel_chance(rate_finding(rate_funnel([(9, UNIT)]))) == ""
    assert sentences.funnel_chance(rate_finding(rate_funnel([]))) == ""
    nothing = rate_finding(rate_funnel([(0, UNIT), (0, UNIT)]))
    assert sentences.funnel_chance(nothing).startswith("Bij deze aantallen kan geen school")


def test_spread() -> None:
    """Beyond chance, no sign of it, too little to say, and nothing to test."""
    assert sentences.spread(rates(40, 40, 2, 2)).startswith(
        "De scholen verschillen onderling meer dan toeval verklaart. Dat kan ook komen door hoe er"
    )
    assert "om antwoorden vragen" in sentences.spread(coverage(99, 99, 50, 50))
    assert sentences.spread(rates(USUAL)) == (
        "Alle scholen samen: er is geen teken dat ze onderling meer verschillen dan toeval verklaart."
    )
    rough = rate_finding(rate_funnel([(90, 30 * UNIT), (90, 30 * UNIT), (0, UNIT // 90)]))
    assert sentences.spread(rough).endswith("is niet te zeggen: de aantallen zijn te klein.")
    assert sentences.spread(rate_finding(rate_funnel([(9, UNIT)]))) == ""
    assert sentences.spread(coverage_finding(coverage_funnel([(9, 9), (4, 4)]))) == ""


# --- the own school ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (HIGH, "Dat is meer dan toeval verklaart: gaat het daar als in de hele groep, dan zijn het er meestal 5 tot"),
        (LOW, "Dat is minder dan toeval verklaart: gaat het daar als in de hele groep, dan zijn het er meestal 4 tot"),
        (EDGE, "Dat is meer dan meestal, maar het kan nog toeval zijn: gaat het daar als in de hele groep, dan"),
        (3, "Dat is minder dan meestal, maar het kan nog toeval zijn: gaat het daar als in de hele groep, dan"),
        (USUAL, "Dat valt binnen toeval: gaat het daar als in de hele groep, dan zijn het er meestal 4 tot en met 16."),
    ],
)
def test_where_the_own_school_stands(count: int, words: str) -> None:
    """In both directions, on the edge and inside: what was counted, and what would be usual there."""
    text = sentences.own_school(rates(count), brin6(0), "School Oost")
    assert text.startswith(f"School Oost heeft {count} melding")
    assert words in text


def test_more_reports_may_be_better_reporting() -> None:
    """What may lie behind a school that differs, both ways; only where it differs."""
    assert "meer incidenten of doordat daar beter wordt gemeld" in sentences.own_school(rates(HIGH), brin6(0), "X")
    assert "minder incidenten of doordat daar minder wordt gemeld" in sentences.own_school(rates(LOW), brin6(0), "X")
    assert "Het verschil kan komen" not in sentences.own_school(rates(EDGE), brin6(0), "X")
    for valid in (99, 60):
        assert sentences.own_school(coverage(valid), brin6(0), "X").endswith("om antwoorden is gevraagd.")


def test_the_own_school_in_pupils() -> None:
    """Coverage is said in pupils, as a share, and beside that of the group."""
    text = sentences.own_school(coverage(80), brin6(0), "School Oost")
    assert text.startswith("Bij School Oost ligt van 80 van de 100 leerlingen een geldig antwoord vast (80")
    assert "meestal 72 tot en met 87" in text


def test_the_own_school_where_there_is_little_to_say() -> None:
    """No data, no other school, nothing reported anywhere, everyone valid, a school so small that none is usual."""
    silent = coverage_finding(coverage_funnel([(8, 9), (0, 0)]))
    assert sentences.own_school(silent, brin6(1), "School West") == sentences.not_in_funnel(["School West"])
    assert sentences.own_school(silent, brin6(0), "School Oost").endswith(
        "Van andere scholen zijn er geen gegevens: er valt niets te vergelijken."
    )
    nothing = rate_finding(rate_funnel([(0, UNIT), (0, UNIT)]))
    assert sentences.own_school(nothing, brin6(0), "School Oost") == (
        "School Oost heeft geen meldingen (0,0 per 1.000 leerlingen per 20 lesdagen; hele groep 0,0). "
        "Dat is zoals in de hele groep."
    )
    everyone = coverage_finding(coverage_funnel([(9, 9), (4, 4)]))
    assert sentences.own_school(everyone, brin6(0), "X").endswith("Dat is zoals in de hele groep.")
    tiny = rate_finding(rate_funnel([(1, UNIT // 1000), (9, 9 * UNIT)]))
    assert "meestal geen." in sentences.own_school(tiny, brin6(0), "X")


def test_schools_without_data() -> None:
    """None, one and two; missing isn't zero."""
    assert sentences.not_in_funnel([]) == ""
    assert sentences.not_in_funnel(["School West"]) == (
        "Van School West zijn er geen gegevens: de school staat niet in de figuur. Dat is iets anders dan nul."
    )
    assert sentences.not_in_funnel(["Oost", "West"]).startswith("Van Oost en West zijn er geen gegevens: deze scholen")


# --- side by side --------------------------------------------------------------------

FAR, NEAR = (0.7, 0.9), (0.4, 0.6)
BELOW = (0.1, 0.3)


def strips(**schools: list[tuple[float, float] | None]) -> pl.DataFrame:
    """Rows of shares around a group of one half. Of each school, for each indicator the interval, if it has one."""
    rows = [
        ("opvolging", f"i{place}", school, *(ends or (None, None)), 0.5)
        for school, figures in schools.items()
        for place, ends in enumerate(figures)
    ]
    kinds = dict.fromkeys(("onderwerp", "indicator", "brin6"), pl.String) | dict.fromkeys(
        ("van", "tot", "groep"), pl.Float64
    )
    return pl.DataFrame(rows, schema=kinds, orient="row")


@pytest.mark.parametrize(
    ("a", "words"),
    [
        ([NEAR, NEAR, NEAR], "Oost ligt bij geen enkel cijfer verder van de groep dan toeval meestal geeft"),
        (
            [FAR, NEAR, NEAR],
            "Oost ligt bij één van de drie cijfers verder van de groep dan toeval meestal geeft: hoger",
        ),
        (
            [BELOW, NEAR, NEAR],
            "Oost ligt bij één van de drie cijfers verder van de groep dan toeval meestal geeft: lager",
        ),
        (
            [FAR, FAR, NEAR],
            "Oost ligt bij twee van de drie cijfers verder van de groep dan toeval meestal geeft: steeds hoger",
        ),
        (
            [FAR, BELOW, NEAR],
            (
                "Oost ligt bij twee van de drie cijfers verder van de groep dan toeval meestal geeft: "
                "één hoger en één lager"
            ),
        ),
        ([FAR, FAR, None], "Oost ligt bij elk cijfer verder van de groep dan toeval meestal geeft: steeds hoger"),
        ([None, None, None], "Van Oost zijn er geen cijfers"),
    ],
)
def test_one_school_on_every_indicator(a: list[tuple[float, float] | None], words: str) -> None:
    """Higher, lower, both, each, none; a figure without an interval doesn't count."""
    rows = strips(a=a, b=[NEAR, NEAR, NEAR], c=[NEAR, NEAR, NEAR])
    assert sentences.side_by_side_title(rows, {"a": "Oost"}) == words


def test_more_schools_on_every_indicator() -> None:
    """Each with its own number, in the order they were chosen; none chosen is about all of them."""
    rows = strips(a=[FAR, BELOW, NEAR], b=[NEAR, NEAR, NEAR], c=[FAR, NEAR, None], d=[None, None, None])
    assert sentences.side_by_side_title(rows, {"b": "West", "a": "Oost", "c": "Zuid", "d": "Noord"}) == (
        "West ligt bij geen enkel cijfer verder van de groep dan toeval meestal geeft, "
        "Oost bij twee van de drie en Zuid bij één van de twee"
    )
    assert sentences.side_by_side_title(rows, {"a": "Oost", "b": "West"}).endswith("geeft, West bij geen")
    assert sentences.side_by_side_title(rows, {}) == (
        "Bij twee van de drie cijfers ligt ten minste één school verder van de groep dan toeval meestal geeft"
    )
    calm = strips(a=[NEAR, NEAR], b=[NEAR, NEAR])
    assert sentences.side_by_side_title(calm, {}).startswith("Bij geen enkel cijfer ligt een school verder van")
    assert sentences.side_by_side_title(calm, {"a": "Oost", "b": "West"}).startswith("Oost en West liggen bij geen ")


@pytest.mark.parametrize(
    ("purposes", "words"),
    [
        ([FAR, FAR, BELOW, NEAR], "bij één van de twee cijfers verder van de groep dan toeval meestal geeft: hoger"),
        ([FAR, BELOW, BELOW, NEAR], "bij één van de twee cijfers verder van de groep dan toeval meestal geeft: lager"),
        ([FAR, BELOW], "bij geen enkel cijfer verder van de groep dan toeval meestal geeft"),
        ([FAR, NEAR, NEAR], "bij geen enkel cijfer verder van de groep dan toeval meestal geeft"),
    ],
)
def test_purposes_of_the_same_pupils_count_once(purposes: list[tuple[float, float] | None], words: str) -> None:
    """All purposes of consent are one figure, on the side of at least half of them; level or fewer: on none."""
    consent = strips(a=purposes, b=[NEAR] * len(purposes)).with_columns(onderwerp=pl.lit("toestemming"))
    rows = pl.concat([consent, strips(a=[NEAR], b=[NEAR])])
    assert sentences.side_by_side_title(rows, {"a": "Oost"}) == f"Oost ligt {words}"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({}, "Twee van de drie scholen liggen verder van de groep dan toeval meestal geeft"),
        ({"a": "Oost"}, "Verder van de groep dan toeval meestal geeft: Oost hoger"),
        ({"b": "West"}, "West ligt niet verder van de groep dan toeval meestal geeft"),
        ({"c": "Zuid", "b": "West"}, "Verder van de groep dan toeval meestal geeft: Zuid lager"),
        ({"a": "Oost", "c": "Zuid"}, "Verder van de groep dan toeval meestal geeft: Oost hoger, Zuid lager"),
        ({"z": "Noord"}, "Van Noord zijn er geen cijfers"),
    ],
)
def test_the_only_indicator(names: dict[str, str], words: str) -> None:
    """Rates are one figure: then schools are said to lie somewhere, not in how many figures they do."""
    rows = strips(a=[FAR], b=[NEAR], c=[BELOW])
    assert sentences.side_by_side_title(rows, names) == words


def test_the_only_indicator_without_a_difference() -> None:
    """Nobody, chosen or not; and one of many."""
    calm = strips(a=[NEAR], b=[NEAR])
    assert sentences.side_by_side_title(calm, {}).startswith("Geen enkele school ligt verder van de groep")
    assert sentences.side_by_side_title(calm, {"a": "A", "b": "B"}).startswith("A en B liggen niet verder van de groep")
    assert sentences.side_by_side_title(strips(a=[FAR], b=[NEAR]), {}).startswith("Eén van de twee scholen ligt verder")


def test_the_end_of_an_interval_is_inside() -> None:
    """Where nobody has an answer, the group is on the end of every interval: nothing differs."""
    ends = strips(a=[(0.5, 0.9), (0.1, 0.5)], b=[(0.5, 0.5), NEAR])
    assert sentences.side_by_side_title(ends, {}).startswith("Bij geen enkel cijfer ligt een school verder")
    assert sentences.side_by_side_title(ends, {"a": "Oost"}).startswith("Oost ligt bij geen enkel cijfer")


def test_nothing_to_put_side_by_side() -> None:
    """No school, one school, or a group without a value."""
    assert (
        sentences.side_by_side_title(strips(), {}) == "Er zijn geen scholen met cijfers: er valt niets te vergelijken"
    )
    alone = sentences.side_by_side_title(strips(a=[FAR, NEAR]), {"a": "Oost"})
    assert alone == "Er is één school met cijfers: er valt niets te vergelijken"
    without = strips(a=[FAR], b=[NEAR]).with_columns(pl.lit(None, pl.Float64).alias("groep"))
    assert sentences.side_by_side_title(without, {}).startswith("Er zijn geen scholen met cijfers")


def test_chance_among_many_figures() -> None:
    """Said where there are several figures, and where they have an interval."""
    assert "1 op de 20 cijfers" in sentences.side_by_side_chance(strips(a=[FAR, NEAR]))
    assert sentences.side_by_side_chance(strips(a=[FAR, None])) == ""
    assert sentences.side_by_side_chance(strips()) == ""


def test_the_frames_fit_the_title() -> None:
    """The rows of the rates go in as they come out."""
    rows = side_by_side.rates(rate_funnel([(26, 3 * UNIT), *[(10, 3 * UNIT)] * 11]))
    assert (
        sentences.side_by_side_title(rows, {brin6(0): "Oost"})
        == "Verder van de groep dan toeval meestal geeft: Oost hoger"
    )


# --- tone ----------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(schools=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 90)), max_size=30), is_small=st.booleans())
def test_no_sentence_judges_or_ranks(schools: list[tuple[int, int]], *, is_small: bool) -> None:
    """Whatever the numbers: no verdict, no jargon, no empty place, no stop at the end of a title."""
    size = 5 if is_small else 90
    rate = rate_finding(rate_funnel([(count, (1 + days) * UNIT // size) for count, days in schools]))
    cover = coverage_finding(coverage_funnel([(min(count, whole), whole) for count, whole in schools]))
    titles = [
        sentences.schools_answer(cover, rate, NAMES, LABEL),
        sentences.funnel_rate_title(rate, NAMES),
        sentences.funnel_coverage_title(cover, NAMES, LABEL),
    ]
    texts = [say(finding) for say, finding in product((sentences.funnel_chance, sentences.spread), (rate, cover))]
    texts += [
        sentences.own_school(finding, school, name) for finding in (rate, cover) for school, name in NAMES.items()
    ]
    assert all(title and not title.endswith(".") for title in titles)
    assert all(text.endswith(".") for text in texts if text)
    for text in (*titles, *texts):
        assert not any(word in text.lower() for word in (*JUDGING, *JARGON))
        assert "  " not in text
        assert "None" not in text
