"""The dossier for whoever may not see small numbers: nothing but what everyone sees, and no `x` taken for 0."""

import io
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from docx import Document
from pypdf import PdfReader

from dashboard import dossiers
from dashboard.indicators import shown
from dashboard.indicators.sentences.articles import indicator_label
from dashboard.registry import Registry
from dashboard.reports import WRITERS
from dashboard.settings import Settings
from dashboard.store.snapshots import EXACT, SHARED, Snapshot
from dashboard.viewing import open_figures
from tests.workbooks import Read, read

EVERYTHING = ("evaluation", "changes", "consent_coverage", "incidents_monthly", "incident_trend", "incident_followup")
"""The tables that a dossier is made of and that can be for the board only."""

ONLY_BOARD = "Die cijfers zijn in deze momentopname alleen voor het bestuur"

FALSE = (
    "nog niets aangeleverd",
    "geen gegevens om mee te vergelijken",
    "Van elke school is aangeleverd wat",
    "er zijn geen meldingen aangeleverd",
    "er zijn geen toestemmingen aangeleverd",
    "zijn er geen cijfers",
    "van voordat deze cijfers bestonden",
    "verborgen",
    "None",
    "nan %",
)
"""What a paper would say that took what is hidden for what isn't there. The sample delivers every kind of data."""


def _copy(snapshot: Snapshot, folder: Path, *without: str) -> Snapshot:
    """The same snapshot elsewhere, without these tables of everyone; of the exact ones only the names of schools."""
    left = [f"{name}.parquet" for name in without]
    shutil.copytree(snapshot.folder / SHARED, folder / SHARED, ignore=lambda *_: left)
    (folder / EXACT).mkdir()
    shutil.copy(snapshot.folder / EXACT / "schools.parquet", folder / EXACT)
    return replace(snapshot, folder=folder)


@pytest.fixture(scope="module")
def papers(small_group: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The dossier of the council in every form, of a snapshot that holds nothing but what everyone may see."""
    shared = _copy(small_group, tmp_path_factory.mktemp("shared"))
    return {form: dossiers.make_file(shared, Settings(), "gmr", None, form) for form in WRITERS}


def _plain(page: bytes) -> str:
    """What a reader reads of a page, a line each."""
    text = re.sub(r"<(style|svg)[ >].*?</\1>", "", page.decode(), flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "\n", text)).replace("\N{NO-BREAK SPACE}", " ")


def _words(papers: Mapping[str, bytes]) -> dict[str, str]:
    """The text of every form."""
    pages = PdfReader(io.BytesIO(papers["pdf"])).pages
    document = Document(io.BytesIO(papers["docx"]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    sheets = [str(cell.value) for sheet in read(papers["xlsx"]).sheets.values() for cell in sheet.cells.values()]
    texts = {
        "html": _plain(papers["html"]),
        "pdf": "\n".join(page.extract_text() for page in pages),
        "docx": "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]),
        "xlsx": "\n".join(sheets),
    }
    return {form: re.sub(r"\s+", " ", text) for form, text in texts.items()}


def _column(book: Read, sheet: str, heading: str) -> list[object]:
    """The cells below a heading, which stands on the third line."""
    cells = book.sheets[sheet].cells
    letter = next(name[:-1] for name, cell in cells.items() if re.fullmatch(r"[A-Z]+3", name) and cell.value == heading)
    return list(book.sheets[sheet].column(letter, 4))


def test_it_is_made_of_nothing_but_what_everyone_may_see(papers: Mapping[str, bytes]) -> None:
    """Where no exact figure is at hand, none can be in it; every form says for whom it is and what x means."""
    for form, text in _words(papers).items():
        assert shown.EXPLAINED in text, form
        assert "GMR" in text
        assert [wrong for wrong in FALSE if wrong.lower() in text.lower()] == [], form


def test_every_hidden_figure_of_an_article_reads_x(
    papers: Mapping[str, bytes], small_group: Snapshot, registry: Registry
) -> None:
    """In the workbook cell by cell, in the pages wherever an article has a table; a shown one stays a number."""
    rows = open_figures(small_group, "gmr", Settings().queries).ask("evaluation")
    told = rows.filter(pl.col("indicator").is_not_null())
    book = read(papers["xlsx"])
    places = zip(_column(book, "Artikelen", "Artikel"), _column(book, "Artikelen", "Cijfer"), strict=True)
    line = {place: number for number, place in enumerate(places)}
    headings = {"teller": "Teller", "noemer": "Noemer"}
    columns = {name: _column(book, "Artikelen", heading) for name, heading in headings.items()}
    hidden = 0
    for row in told.iter_rows(named=True):
        at = line[row["artikel"], indicator_label(row["indicator"], registry)]
        for name, cells in columns.items():
            expected = shown.MARK if shown.is_hidden(row, name) else row[name]
            assert cells[at] == expected, (row["artikel"], row["indicator"], name)
            hidden += expected == shown.MARK
    assert hidden > 10
    tables = re.findall(r"(<table>.*?</table>)</div>(?:</details>)?\n(.*?)\n", papers["html"].decode(), flags=re.DOTALL)
    assert len(tables) > 20
    for table, below in tables:
        assert (">x<" in table) == (shown.EXPLAINED in below)


def test_a_chart_of_the_workbook_leaves_a_gap_where_a_cell_reads_x(papers: Mapping[str, bytes]) -> None:
    """A spreadsheet draws a text as 0: what is drawn stands apart, without the marked ones."""
    book = read(papers["xlsx"])
    letters = [name for name, cell in book.sheets["Meldingen per maand"].cells.items() if cell.value == "Ratio"]
    told, drawn = (book.sheets["Meldingen per maand"].column(name[:-1], 4) for name in letters)
    assert shown.MARK in told
    assert f"{shown.EXPLAINED}." in book.sheets["Meldingen per maand"].column("A", 4)
    drawn += [None] * (len(told) - len(drawn))
    assert drawn == [None if value == shown.MARK else value for value in told]


@pytest.mark.parametrize(
    ("article", "said"),
    [
        ("II.2", "Het cijfer 'Incidenten binnen school' is niet getoond: een klein aantal (x)."),
        ("IV.A.3", "De cijfers zijn er wel, maar zijn niet getoond: kleine aantallen (x)."),
        ("IV.M.10", "Niet getoond. Het cijfer 'Op dezelfde dag gemeld' is niet getoond: een klein aantal (x)."),
    ],
)
def test_a_hidden_figure_is_said_to_be_hidden(papers: Mapping[str, bytes], article: str, said: str) -> None:
    """And never to be none, nor unknown."""
    anchor = f"artikel-{article.lower().replace('.', '-')}"
    (part,) = re.findall(rf'<section aria-labelledby="{anchor}">.*?</section>', papers["html"].decode(), re.DOTALL)
    part = re.sub(r"\s+", " ", _plain(part.encode()))
    assert said in part
    assert "Hoe het is, is dus onbekend" not in part


def test_what_is_hidden_ranks_before_what_is_in_order(papers: Mapping[str, bytes]) -> None:
    """In the summary, and explained among the verdicts and in the workbook."""
    text = _plain(papers["html"])
    order = [text.index(f"\n{verdict}\n") for verdict in ("Geen gegevens", "Niet getoond", "Op orde", "Geen norm")]
    assert all(before < after for before, after in pairwise(order))
    assert "er zou een klein aantal uit te herleiden zijn (x)" in text
    assert shown.MARK in _column(read(papers["xlsx"]), "Begrippen", "Begrip")


@pytest.mark.parametrize(("who", "form"), [("rvt", "pdf"), ("beheerder", "docx"), ("directeur:99AA00", "html")])
def test_every_audience_gets_it(small_group: Snapshot, who: str, form: str) -> None:
    """Named after whom it is for."""
    content = dossiers.make_file(small_group, Settings(), who, None, form)
    assert len(content) > 10_000
    assert dossiers.file_name(small_group, form, who).endswith(f"_{who.replace(':', '-')}.{form}")
    if form == "html":
        assert "Directeur van" in _plain(content)
        assert "Dit dossier gaat over alle scholen samen." in _plain(content)


def test_a_dossier_without_the_tables_that_are_left_out_says_so(small_group: Snapshot, tmp_path: Path) -> None:
    """Each chapter in a sentence; nothing is said to be missing, in order, or none."""
    bare = _copy(small_group, tmp_path / "bare", *EVERYTHING)
    text = re.sub(r"\s+", " ", _plain(dossiers.make_file(bare, Settings(), "gmr", None, "html")))
    for what in (
        "Wat er over elk artikel is gemeten,",
        "Het aantal meldingen per maand",
        "De toestemming in beeld",
        "Wat er na meldingen is gedaan,",
        "Of van elke school alle gegevens er zijn,",
    ):
        assert f"{what} staat hier niet. {ONLY_BOARD}" in text
    assert "De cijfers over artikel IV.M.8 zijn niet getoond (x)." in text
    assert [wrong for wrong in (*FALSE, "Geen gegevens.", "Op orde.", "Van de 10") if wrong in text] == []
