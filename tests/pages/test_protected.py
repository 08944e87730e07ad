"""What somebody else than the board reads on a page: small numbers are hidden, and nothing is made of them."""

import re

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.indicators import comparisons, consent, outlook, sentences, shown
from dashboard.registry import Registry
from dashboard.settings import Settings
from dashboard.ui.blocks import table_html
from dashboard.ui.downloads import csv_file, file_name, workbook_file
from tests.pages.reader import open_page, words
from tests.ui.test_downloads import VIEW
from tests.workbooks import read

DIRECTOR = "directeur:99XA00"
OWN = "School Noord"
PAGES = ("overview", "consent", "incidents", "schools", "evaluation", "code", "deliveries")
PARTS = ("Wat ontbreekt", "Scholen en doelen", "Door het jaar", "Vooruitkijken", "Gebruik", "Manieren van tellen")

WRONG = ("None", "nan ", "kunnen nu niet worden getoond", "geen enkel geldig antwoord")
"""What a page would say that took a hidden number for one that isn't there."""


def _said(app: AppTest) -> str:
    return re.sub(r"<[^>]+>", " ", words(app))


LOOKING = (("gmr", "Alle scholen"), ("gmr", "School Oost"), (DIRECTOR, "Alle scholen"), (DIRECTOR, OWN))


@pytest.mark.usefixtures("protected")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers(page: str) -> None:
    """One answer and three to five figures, of the group, of a school and of the own school."""
    for who, school in (*LOOKING, ("beheerder", "Alle scholen")):
        said = words(open_page(page, als=who, school=school))
        assert said.count('class="antwoord"') == 1
        assert 3 <= said.split("feiten")[1].split("</dl>")[0].count("<dt>") <= 5
        assert not [wrong for wrong in WRONG if wrong in said]


@pytest.mark.usefixtures("protected")
@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_consent_page_answers(part: str) -> None:
    """Of all schools, of one school that everyone sees in part, and of the director's own school on any day."""
    for who, school, day in (
        ("gmr", "Alle scholen", "31 oktober 2025"),
        ("gmr", "School Oost", "22 november 2026"),
        (DIRECTOR, OWN, "30 november 2025"),
    ):
        said = _said(open_page("consent", als=who, school=school, peildatum=day, onderdeel=part))
        assert not [wrong for wrong in WRONG if wrong in said]


@pytest.mark.usefixtures("protected")
def test_what_is_hidden_is_said_once_and_what_is_absent_too() -> None:
    """The marks are explained, no sum is made, and months of one school are said to be elsewhere."""
    school = _said(open_page("overview", als="gmr", school="School Oost"))
    assert "Per maand staan de meldingen van één school hier niet" in school
    assert "alles aangeleverd wat nodig is" not in school
    deliveries = _said(open_page("deliveries", als="gmr"))
    assert shown.EXPLAINED in deliveries
    assert "Geweigerde rijen" not in deliveries
    reasons = _said(open_page("consent", als="gmr", school="School Oost"))
    assert "De redenen en de stappen staan hier niet per school" in reasons


def _coverage(*rows: tuple[str, str, str | None]) -> pl.DataFrame:
    """Rows of one day with 60 yes, 20 no and 20 not in order; the third of each row: what is hidden of it."""
    counts = {"ja": 60, "nee": 20, "ongeldig": 20, "onbekend": 0}
    frame = pl.DataFrame(
        [(brin6, purpose, *counts.values(), hides) for brin6, purpose, hides in rows],
        schema={"brin6": pl.String, "doel": pl.String, **dict.fromkeys(counts, pl.Int64), shown.HIDDEN: pl.String},
        orient="row",
    )
    known = consent.with_coverage(frame).with_columns(naam="brin6", leerjaar=pl.int_range(1, pl.len() + 1))
    hidden = (*counts, "dekking")
    return known.with_columns(pl.when(~shown.hidden(known, name)).then(pl.col(name)).alias(name) for name in hidden)


def test_sums_and_sentences_leave_out_what_is_hidden() -> None:
    """A number that is made of a hidden one is hidden; a range or "every" says that it is of what is shown."""
    rows = _coverage(("A", "een", None), ("B", "een", "nee,dekking"))
    based = comparisons.with_base(rows)
    assert based["noemer"].to_list() == [100, None]
    assert shown.is_hidden(based.row(1, named=True), "noemer")
    assert consent.with_yes_share(based)["aandeel_ja"].to_list() == [0.6, None]
    assert shown.total(rows, "nee") is None
    assert sentences.year_groups(rows) == "Alleen van leerjaar 1 is de dekking getoond: 80\N{NO-BREAK SPACE}%"
    assert sentences.weak_schools(pl.concat([rows, rows])).startswith("Bij geen enkele school met getoonde cijfers")


def test_steps_and_reasons_say_that_a_number_is_hidden(registry: Registry) -> None:
    """No total, no largest, and no zero where nobody may see how many there are."""
    steps = pl.DataFrame(
        {"stap": ["ingeschreven", "gevraagd"], "leerlingen": [100, None], shown.HIDDEN: [None, "leerlingen"]}
    )
    assert outlook.in_steps(steps)["afgevallen"].to_list() == [0, None]
    assert "x" in sentences.waterfall(steps, 0)
    statuses = pl.DataFrame(
        {
            "status": ["niet_gevraagd", "onbevoegd"],
            "leerlingen": [50, None],
            "uitkomst": ["ongeldig", "ongeldig"],
            shown.HIDDEN: [None, "leerlingen"],
        }
    )
    told = sentences.invalid_reasons(statuses, registry.labels["status"])
    assert "(50)" in told
    assert "vaakst" not in told
    uses = pl.DataFrame(
        {
            "schooljaar": ["2024-2025", "2025-2026"],
            "gebruiken": [30, 40],
            "zonder_toestemming": [None, 8],
            shown.HIDDEN: ["zonder_toestemming", None],
        }
    )
    assert sentences.uses(uses).startswith("In schooljaar 2025-2026 is bij 8 van de 40 keer")


def test_tables_and_files_read_x_with_its_meaning(protected: Settings) -> None:
    """On the screen, as CSV and as Excel; the file says for whom it was made, and its other cells stay numbers."""
    assert protected.store.exists()
    frame = pl.DataFrame({"School": ["A", "B"], "Ja": [12, None], shown.HIDDEN: [None, "Ja"]})
    view = VIEW.__class__(**{name: getattr(VIEW, name) for name in VIEW.__slots__} | {"audience": DIRECTOR})
    html = table_html(frame, "Ja per school")
    assert html.count(">x<") == 1
    assert shown.EXPLAINED in html
    assert csv_file(frame).decode("utf-8-sig").splitlines() == ["School;Ja", "A;12", "B;x", f"{shown.EXPLAINED};"]
    content = workbook_file(frame, "Ja per school", "ja", view)
    assert "x" in str(read(content))
    assert shown.EXPLAINED in str(read(content))
    assert file_name("ja", view, "csv").endswith("_directeur-99XA00.csv")
