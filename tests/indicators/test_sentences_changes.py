"""Now beside a year earlier in words: more, fewer, as many, none; always with what chance alone would do."""

from datetime import date

import pytest

from dashboard import dutch
from dashboard.indicators import sentences
from dashboard.indicators.changes_in_time import Change, Half

JUDGING = ("beter", "slechter", "goed", "onveilig", "helaas", "gelukkig", "verbeterd", "verslechterd", "veiliger")
JARGON = ("significant", "betrouwbaarheid", "p-waarde", "poisson", "interval")

DAYS = 1_000_000
AUTUMN = ("2026-08", "2026-09", "2026-10")
MORE_THAN_CHANCE = "Dat verschil is meer dan toeval verklaart"
CHANCE = "Als toeval de {} meldingen over beide jaren verdeelt, krijgt dit jaar er minstens 95 van de 100 keer {}"


def _change(
    now: int,
    before: int,
    days: tuple[int, int] = (DAYS, DAYS),
    months: tuple[str, ...] = AUTUMN,
    schools_left_out: int = 0,
) -> Change:
    return Change(months, (), schools_left_out, now, before, *days)


@pytest.mark.parametrize(
    ("now", "before", "counted", "chance"),
    [
        (
            41,
            38,
            "zijn er 41 meldingen, 3 meer dan",
            f"Dat valt binnen toeval. {CHANCE.format(79, '31 tot en met 48')}",
        ),
        (
            20,
            40,
            "zijn er 20 meldingen, 20 minder dan",
            f"{MORE_THAN_CHANCE}. {CHANCE.format(60, '22 tot en met 38')}",
        ),
        (
            40,
            20,
            "zijn er 40 meldingen, 20 meer dan",
            f"{MORE_THAN_CHANCE}. {CHANCE.format(60, '22 tot en met 38')}",
        ),
        (1, 0, "is er 1 melding, 1 meer dan", "Dat valt binnen toeval"),
        (4, 4, "zijn er 4 meldingen, evenveel als", "Dat valt binnen toeval"),
        (0, 3, "zijn er geen meldingen, 3 minder dan", "Dat valt binnen toeval"),
    ],
)
def test_incidents_against(now: int, before: int, counted: str, chance: str) -> None:
    """Both directions within and beyond chance, one, as many, and none now."""
    assert sentences.incidents_against(_change(now, before)) == (
        f"Van augustus tot en met oktober {counted} in dezelfde maanden een jaar eerder. {chance}"
    )


def test_one_month_beside_one_month() -> None:
    assert "in dezelfde maand een jaar eerder" in sentences.incidents_against(_change(12, 3, months=("2026-09",)))


def test_nothing_in_either_year() -> None:
    """Then chance has nothing to say."""
    assert sentences.incidents_against(_change(0, 0)) == (
        "Van augustus tot en met oktober zijn er geen meldingen, net als in dezelfde maanden een jaar eerder"
    )


def test_nothing_to_compare() -> None:
    """Without months that both years have, that is what is said."""
    nothing = Change((), ("2026-09",), 0, 0, 0, 0, 0)
    for words in (sentences.incidents_against(nothing), sentences.change_title(nothing)):
        assert words == "Er zijn nog geen twee schooljaren met dezelfde aangeleverde maanden"
    assert sentences.how_much(nothing) == ""


def test_the_same_schools_only() -> None:
    """Where a school is left out, the sentence says whose incidents these are."""
    words = sentences.incidents_against(_change(3, 4, months=("2026-09",), schools_left_out=1))
    assert words.startswith("Bij scholen die in beide jaren aanleverden: in september zijn er 3 meldingen, 1 minder ")


def test_more_pupils_are_told_with_their_rate() -> None:
    """As many reports among twice as many pupils is a fall, and then the rates say so; a few pupils more don't."""
    words = sentences.incidents_against(_change(30, 30, (2 * DAYS, DAYS)))
    assert (
        "een jaar eerder. Naar verhouding is dat minder: per 1.000 leerlingen per 20 lesdagen 0,3, tegen 0,6 toen. "
        "Dat verschil is meer dan toeval verklaart. Als toeval de 60 meldingen over beide jaren verdeelt, naar rato "
        "van leerlingen en lesdagen, krijgt dit jaar er "
    ) in words
    assert "Per 1.000" not in sentences.incidents_against(_change(30, 30, (DAYS + DAYS // 25, DAYS)))
    assert "is dat nu en toen 0,6. " in sentences.incidents_against(_change(30, 30, (DAYS - DAYS // 15, DAYS)))


def test_what_chance_can_only_make_one_number() -> None:
    """With hardly any pupils in one of the years, there may be one number that chance leaves."""
    words = sentences.incidents_against(_change(10, 0, (999 * DAYS, DAYS)))
    assert words.endswith(", krijgt dit jaar er minstens 95 van de 100 keer 10")


@pytest.mark.parametrize("days", [(DAYS, DAYS), (DAYS - 10, DAYS), (95 * DAYS, 100 * DAYS), (DAYS, 2 * DAYS)])
def test_in_proportion_only_where_that_matters(days: tuple[int, int]) -> None:
    """Where chance divides evenly, that is what is said; as soon as its counts are others, by what it divides."""
    change = _change(41, 38, days)
    words = sentences.incidents_against(change)
    assert f"keer {change.low} tot en met {change.high}" in words
    assert (", naar rato van leerlingen en lesdagen, krijgt" in words) == ((change.low, change.high) != (31, 48))


def test_halves_that_differ_come_first() -> None:
    """The title names every half beyond chance; where none is, the latest; one across another system doesn't count."""
    alike, fewer = Half("", _change(41, 38)), Half("", _change(20, 40, months=("2026-02", "2026-03", "2026-04")))
    assert sentences.halves_title([alike, fewer], [(), ()]) == sentences.half_title(fewer)
    assert sentences.halves_title([alike, alike], [(), ()]) == sentences.half_title(alike)
    switched = [(date(2026, 3, 1), "Ander systeem")]
    assert sentences.halves_title([alike, fewer], [(), switched]) == sentences.half_title(alike)
    assert sentences.halves_title([fewer, fewer], [(), ()]).count("meer dan toeval verklaart") == 2


@pytest.mark.parametrize(
    ("now", "before", "title"),
    [
        (
            40,
            20,
            "20 meldingen meer van augustus tot en met oktober{} dan een jaar eerder; dat verschil is meer dan ",
        ),
        (20, 40, "20 meldingen minder van augustus tot en met oktober{} dan een jaar eerder; dat verschil is meer "),
        (21, 20, "1 melding meer van augustus tot en met oktober{} dan een jaar eerder; dat valt binnen toeval"),
        (9, 9, "Evenveel meldingen van augustus tot en met oktober{} als een jaar eerder; dat valt binnen toeval"),
        (0, 0, "Van augustus tot en met oktober{} zijn er geen meldingen, net als een jaar eerder"),
    ],
)
def test_titles(now: int, before: int, title: str) -> None:
    """One line each; a half-year, which may be any, names its year."""
    change = _change(now, before)
    assert sentences.change_title(change).startswith(title.format(""))
    assert sentences.half_title(Half("", change)).startswith(title.format(" 2026"))


def test_a_half_in_full() -> None:
    """With its years, also where it runs into the next one; and with what chance alone would do."""
    winter = ("2025-08", "2025-09", "2025-10", "2025-11", "2025-12", "2026-01")
    half = Half("2025-08/2026-01", _change(41, 38, months=winter, schools_left_out=2))
    words = sentences.half_against(half)
    assert words.startswith(
        "Bij scholen die in beide jaren aanleverden: van augustus 2025 tot en met januari 2026 zijn er 41 meldingen, "
    )
    assert words.endswith(
        ". Als toeval de 79 meldingen over beide halfjaren verdeelt, krijgt het laatste er minstens 95 van de 100 keer "
        "31 tot en met 48"
    )
    one = Half("", _change(41, 38, months=("2026-02",)))
    assert sentences.half_against(one).startswith("In februari 2026 zijn er 41 meldingen, 3 meer ")


def test_how_much() -> None:
    """How far off the difference may be, in whole percents; silent where nearly anything may be true."""
    more, fewer = sentences.how_much(_change(40, 20)), sentences.how_much(_change(200, 400))
    assert more == ""  # from 1.1 to 3.6 times as much
    assert fewer.replace(dutch.NO_BREAK, " ") == (
        "Gerekend per leerling en lesdag is dat 50 % minder. Door toeval kan het echte verschil liggen tussen "
        "58 % minder en 41 % minder."
    )
    assert "is dat evenveel. Door toeval" in sentences.how_much(_change(50, 50))
    assert "% minder en " in sentences.how_much(_change(50, 50))
    assert "% meer." in sentences.how_much(_change(50, 50))
    assert sentences.how_much(_change(9, 0)) == ""


def test_left_out() -> None:
    """Months that can't be compared are named, and why."""
    assert sentences.left_out(Change((), (), 0, 0, 0, 0, 0)) == ""
    one = sentences.left_out(Change((), ("2026-10",), 0, 0, 0, 0, 0))
    assert one == "Oktober telt niet mee: er is niet in beide jaren over lesdagen aangeleverd."
    two = sentences.left_out(Change((), ("2026-08", "2026-10"), 0, 0, 0, 0, 0))
    assert two.startswith("Augustus en oktober tellen niet mee: ")
    silent = sentences.left_out(_change(3, 4, schools_left_out=2))
    assert silent == "Een school telt in een maand alleen mee als die maand in beide jaren is aangeleverd."


def test_another_way_of_reporting() -> None:
    """Named with its day; nothing where nothing changed."""
    assert sentences.between([]) == ""
    assert sentences.between([(date(2025, 8, 1), "Nieuw systeem."), (date(2026, 5, 1), "Andere definitie")]) == (
        "In de tussentijd is veranderd hoe er wordt gemeld: Nieuw systeem (1 augustus 2025); Andere definitie "
        "(1 mei 2026). Een verschil kan ook daardoor komen."
    )


def test_no_change_is_judged() -> None:
    """In no direction, and in plain words."""
    for now, before in ((40, 20), (20, 40), (30, 30), (0, 0), (400, 100)):
        change = _change(now, before)
        half = Half("", change)
        for words in (
            sentences.incidents_against(change),
            sentences.change_title(change),
            sentences.half_against(half),
            sentences.how_much(change),
        ):
            assert not any(word in words.lower() for word in (*JUDGING, *JARGON))


def test_fewer_reports_in_even_fewer_school_days() -> None:
    """30 beside 31, in five school days instead of nine: a verdict is about rates, and says which way they went."""
    august = _change(30, 31, (20_000, 36_000), ("2026-08",))
    title = "1 melding minder in augustus dan een jaar eerder; naar verhouding is dat meer, en dat verschil is meer dan"
    assert sentences.change_title(august).startswith(title)
    said = sentences.incidents_against(august)
    assert "Naar verhouding is dat meer: per 1.000 leerlingen per 20 lesdagen 30,0, tegen 17,2 toen" in said
    as_many = _change(30, 30, (20_000, 60_000), ("2026-08",))
    assert "Evenveel meldingen in augustus als een jaar eerder; naar verhouding is dat meer" in sentences.change_title(
        as_many
    )


def test_no_verdict_across_another_system() -> None:
    """Where reporting itself changed between the two, a difference says nothing of chance: what changed is named."""
    change, switched = _change(40, 20), [(date(2026, 8, 1), "Ander systeem")]
    for said in (
        sentences.incidents_against(change, switched),
        sentences.change_title(change, switched),
        sentences.half_title(Half("2026-08/2027-01", change), switched),
        sentences.half_against(Half("2026-08/2027-01", change), switched),
    ):
        assert "toeval" not in said
        assert "hoe er wordt gemeld" in said
    assert "Ander systeem" in sentences.incidents_against(change, switched)
