"""The paper as PDF: what it says, in what order, and what a screen reader gets to hear."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any, Final

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import Destination

from dashboard import dutch
from dashboard.charts import evaluation
from dashboard.charts.theme import PALETTES, Chart
from dashboard.reports import pdf
from dashboard.reports.content import Block, Bullets, Dossier, Facts, Field, Grid, Paragraph, Picture, Section

DAY: Final = date(2026, 11, 22)
SNAPSHOT: Final = "20261122-ab12cd"
PIXELS: Final = 640

STEPS: Final = pl.DataFrame(
    {
        "stap": ["concept", "instemming"],
        "vorige_ronde": [date(2024, 11, 1), date(2024, 12, 20)],
        "uiterlijk": [date(2026, 11, 1), date(2026, 12, 20)],
        "dagen": [-21, 28],
        "oordeel": ["te laat", "op tijd"],
    }
)
SCHOOLS: Final = pl.DataFrame(
    {
        "School": [f"School {number}" for number in range(100)],
        "Leerlingen": [10 * number + 1 for number in range(100)],
        "Dekking": [number / 100 for number in range(100)],
        "Uitleg": ["Er ontbreken nog antwoorden van een paar leerlingen in de onderbouw."] * 100,
    }
)


def chart() -> Chart:
    labels = {"concept": "Concept naar het bestuur", "instemming": "Instemming van de GMR"}
    return evaluation.clock(STEPS, DAY, PALETTES["light"], labels, "Een van de twee stappen is te laat")


def dossier(*sections: Section, **changes: Any) -> Dossier:
    paper = Dossier(
        title="Evaluatie van de gedragscode",
        subtitle="Wat bekend is over elk artikel",
        organisation="Stichting Voorbeeld",
        audience="bestuur",
        period="de evaluatieperiode 2025-2027",
        day=DAY,
        snapshot=SNAPSHOT,
        demo=False,
        sections=sections,
        sheets=(),
    )
    return replace(paper, **changes)


def whole() -> Dossier:
    """A paper in which every kind of block stands."""
    return dossier(
        Section(
            "Oplegger",
            "oplegger",
            (
                Paragraph("Het bestuur en de GMR beslissen over de code.", is_lead=True),
                Bullets(("Eerst de les", "Dan de foto's"), ("artikel-1", "")),
            ),
            new_page=True,
        ),
        Section("Samenvatting", "samenvatting", (Picture(chart(), "klok"), Paragraph("Dat was de klok.")), (), True),
        Section(
            "Hoofdstuk I",
            "hoofdstuk-1",
            (Grid("Alle scholen", SCHOOLS, "Een streepje is geen nul."),),
            (
                Section(
                    "Artikel 1",
                    "artikel-1",
                    (Facts((("Dekking", "82 %", "van 5.912 leerlingen"),)), Field("Bevinding")),
                    (Section("Open vraag", "open-1", (Paragraph("Wat is een les?"),)),),
                ),
            ),
            new_page=True,
        ),
    )


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content), strict=True)


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return read(pdf.as_pdf(whole()))


def words(reader: PdfReader) -> str:
    """All that is written, without the spaces: where a line ends is the layout's business."""
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


def elements(reader: PdfReader) -> list[Mapping[str, Any]]:
    """The elements of structure in reading order."""
    root: Any = reader.trailer["/Root"]
    return list(_elements(root["/StructTreeRoot"]))


def _elements(node: Any) -> Iterator[Mapping[str, Any]]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])


def kinds(reader: PdfReader) -> list[str]:
    return [element["/S"] for element in elements(reader)]


def bookmarks(reader: PdfReader) -> list[tuple[str, int, int]]:
    """Title, depth from 1, and page from 1, in order."""

    def walk(entries: list[Any], depth: int) -> Iterator[tuple[str, int, int]]:
        for entry in entries:
            if isinstance(entry, Destination):
                yield str(entry.title), depth, (reader.get_destination_page_number(entry) or 0) + 1
            else:
                yield from walk(entry, depth + 1)

    return list(walk(list(reader.outline), 1))


def pieces(reader: PdfReader) -> list[tuple[str, float, float]]:
    """What is written, piece by piece, and how far from the left and from the foot of its page it starts."""
    found: list[tuple[str, float, float]] = []

    def visit(text: str, matrix: list[float], *_: Any) -> None:
        found.append((dutch_spaces(text).strip(), matrix[4], matrix[5]))

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return found


def test_same_paper_is_same_bytes() -> None:
    assert pdf.as_pdf(whole()) == pdf.as_pdf(whole())


def test_other_day_is_another_paper() -> None:
    assert pdf.as_pdf(whole()) != pdf.as_pdf(replace(whole(), day=date(2026, 11, 23)))


def test_tells_readers_what_it_is(reader: PdfReader) -> None:
    root: Any = reader.trailer["/Root"]
    about = reader.metadata
    assert root["/Lang"] == "nl-NL"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert about
    assert (about.title, about.author) == ("Evaluatie van de gedragscode", "Stichting Voorbeeld")
    assert about.creation_date
    assert about.creation_date.date() == DAY
    assert SNAPSHOT in str(about["/Keywords"])


def test_pages_are_a4(reader: PdfReader) -> None:
    sizes = {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in reader.pages}
    assert sizes == {(595, 842)}


def test_headings_are_sections_by_depth(reader: PdfReader) -> None:
    headings = [(element["/S"], element["/T"]) for element in elements(reader) if re.match(r"/H\d", element["/S"])]
    assert headings == [
        ("/H1", "Inhoud"),
        ("/H1", "Oplegger"),
        ("/H1", "Samenvatting"),
        ("/H1", "Hoofdstuk I"),
        ("/H2", "Artikel 1"),
        ("/H3", "Open vraag"),
    ]


def test_bookmarks_are_the_headings_on_their_pages(reader: PdfReader) -> None:
    found = bookmarks(reader)
    assert [(title, depth) for title, depth, _ in found] == [
        ("Inhoud", 1),
        ("Oplegger", 1),
        ("Samenvatting", 1),
        ("Hoofdstuk I", 1),
        ("Artikel 1", 2),
        ("Open vraag", 3),
    ]
    for title, _, page in found:
        assert title in reader.pages[page - 1].extract_text()


def test_contents_name_the_page_of_every_section_up_to_two_deep(reader: PdfReader) -> None:
    contents = reader.pages[0].extract_text()
    listed = re.findall(r"^(.+?) [. ]+(\d+)$", contents, re.MULTILINE)
    assert [(title.strip(" ."), int(page)) for title, page in listed] == [
        (title, page) for title, depth, page in bookmarks(reader) if depth <= 2 and title != "Inhoud"
    ]


def test_every_page_has_its_number_and_the_snapshot(reader: PdfReader) -> None:
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert f"Pagina {number} van {len(reader.pages)}" in text
        assert SNAPSHOT in text


def test_front_says_for_whom_and_when(reader: PdfReader) -> None:
    front = reader.pages[0].extract_text()
    for text in ("Wat bekend is over elk artikel", "Stichting Voorbeeld", "bestuur", "De evaluatieperiode 2025-2027"):
        assert text in front
    assert dutch.day(DAY) in front


def test_reads_in_order(reader: PdfReader) -> None:
    text = words(reader)
    order = [
        "Het bestuur en de GMR beslissen over de code.",
        "Eerst de les (pagina",
        "Dan de foto's",
        "Een van de twee stappen is te laat",
        "Dat was de klok.",
        "Alle scholen",
        "School 0",
        "School 99",
        "Een streepje is geen nul.",
        "van 5.912 leerlingen",
        "Wat is een les?",
    ]
    places = [text.rindex(squeezed(part)) for part in order]
    assert places == sorted(places)


def test_remark_names_the_page_it_is_about_and_leads_there(reader: PdfReader) -> None:
    page = next(page for title, _, page in bookmarks(reader) if title == "Artikel 1")
    cover = reader.pages[1]
    assert f"Eerst de les (pagina {page})" in dutch_spaces(cover.extract_text())
    (link,) = [entry.get_object() for entry in cover["/Annots"]]  # type: ignore[attr-defined] # pypdf says Any too late
    assert link["/Dest"] == "deel-artikel-1"
    assert link["/Contents"]


def dutch_spaces(text: str) -> str:
    return text.replace(dutch.NO_BREAK, " ")


def test_table_has_headers_that_repeat_and_a_caption(reader: PdfReader) -> None:
    found = kinds(reader)
    pages = [page.extract_text() for page in reader.pages]
    assert found.count("/TH") == SCHOOLS.width
    assert found.count("/TD") == SCHOOLS.width * SCHOOLS.height
    assert found[found.index("/Table") + 1] == "/Caption"
    with_rows = [page for page in pages if re.search(r"School \d+ ", page)]
    assert len(with_rows) > 1
    assert all("Leerlingen" in page for page in with_rows)


def test_cells_are_written_as_on_the_screen(reader: PdfReader) -> None:
    text = words(reader)
    for row in SCHOOLS.iter_rows():
        cells = [dutch.written(value, column) for value, column in zip(row, SCHOOLS.columns, strict=True)]
        assert squeezed("".join(cells)) in text


def test_numbers_stand_below_each_other_to_the_right(reader: PdfReader) -> None:
    starts = {text: left for text, left, _ in reversed(pieces(reader))}  # the numbers of pupils come before the shares
    assert starts["91"] == pytest.approx(starts["11"], abs=0.1)
    assert starts["991"] == pytest.approx(starts["111"], abs=0.1)
    assert starts["991"] < starts["91"]


def widths(frame: pl.DataFrame) -> list[tuple[str, bool]]:
    """The heading of each column, and whether it takes what the others leave."""
    written = [[dutch.written(value, column) for value in frame[column]] for column in frame.columns]
    return [(column["name"], column["part"] > 0) for column in pdf._columns(frame, written)]


def test_sentences_take_the_room_that_is_left() -> None:
    assert widths(SCHOOLS) == [("School", False), ("Leerlingen", False), ("Dekking", False), ("Uitleg", True)]


def test_table_without_sentences_fills_the_page_with_its_first_column() -> None:
    assert widths(SCHOOLS.drop("Uitleg"))[0] == ("School", True)


def test_headings_fold_where_room_is_short() -> None:
    wide = SCHOOLS.with_columns(**{f"Twee jaar ervoor {number}": pl.lit("aandacht") for number in range(4)})
    assert ("Twee jaar\nervoor 0", False) in widths(wide)
    assert ("Uitleg", True) in widths(wide)


def test_columns_that_all_are_wide_share_the_page() -> None:
    wide = pl.DataFrame({f"Kolom {number}": ["een zin van enige lengte"] for number in range(5)})
    assert all(fills for _, fills in widths(wide))


def test_picture_is_told_drawn_and_written(reader: PdfReader) -> None:
    figures = [element["/Alt"] for element in elements(reader) if element["/S"] == "/Figure"]
    page = reader.pages[2]
    assert figures == [chart().summary]
    assert not page.images, "a chart is lines and letters, not dots"
    assert "Instemming van de GMR" in dutch_spaces(page.extract_text())
    for said in (chart().title, chart().subtitle):
        assert squeezed(said) in squeezed(page.extract_text())


def test_tall_picture_stays_on_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    tall = f'<svg xmlns="http://www.w3.org/2000/svg" width="{PIXELS}" height="1800"><rect width="9" height="9"/></svg>'
    monkeypatch.setattr(pdf, "svg", lambda _: tall)
    made = read(pdf.as_pdf(dossier(Section("Deel", "deel", (Picture(chart(), "hoog"),)))))
    (picture,) = [element for element in elements(made) if element["/S"] == "/Figure"]
    left, bottom, right, top = next(part["/BBox"] for part in picture["/A"] if "/BBox" in part)
    assert 60 < bottom < top < 790
    assert 60 <= left < right <= 595 - 60


TEXT: Final = Paragraph("Een zin.")
LIST: Final = Bullets(("Een punt.",))


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        ((), []),
        ((TEXT,), [False]),
        ((TEXT, TEXT, TEXT), [True, True, False]),
        ((TEXT, LIST, TEXT, TEXT), [False, False, True, False]),
        ((TEXT, TEXT, Picture(chart(), "een"), LIST, LIST), [True, True, False, False, False]),
    ],
)
def test_words_stay_with_their_chart_and_no_last_words_alone(blocks: tuple[Block, ...], kept: list[bool]) -> None:
    """Paragraphs go to the next page with the chart after them, or with the last words of their section."""
    assert pdf._kept(blocks) == kept


def test_places_to_fill_in_are_not_shown(reader: PdfReader) -> None:
    assert "Bevinding" not in words(reader)


def test_only_our_fonts_and_all_of_them_inside(reader: PdfReader) -> None:
    assert fonts(reader)
    assert all("SourceSans3" in name and "/FontFile" in parts for name, parts in fonts(reader).items())


def fonts(reader: PdfReader) -> dict[str, str]:
    """The name of every font, also of those inside drawings, and the parts of its description."""
    objects: list[Any] = [reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1)]
    return {
        str(entry["/BaseFont"]): " ".join(entry["/DescendantFonts"][0].get_object()["/FontDescriptor"])
        for entry in objects
        if isinstance(entry, dict) and entry.get("/Subtype") == "/Type0"
    }


@pytest.mark.parametrize("demo", [True, False])
def test_made_up_figures_are_named_so_on_every_page(demo: bool) -> None:
    made = read(pdf.as_pdf(replace(whole(), demo=demo)))
    assert all(("verzonnen" in page.extract_text()) is demo for page in made.pages)


def test_long_word_stays_on_its_page_and_copies_whole() -> None:
    checksum = "0123456789abcdef" * 8
    grid = Grid("Bestanden", pl.DataFrame({"Bestand": ["a"], "Controlegetal": [checksum], "Rijen": [1]}))
    made = read(pdf.as_pdf(dossier(Section("Bijlage", "bijlage", (Paragraph(checksum), grid)))))
    parts = [(left, down) for text, left, down in pieces(made) if len(text) == 8 and text in checksum]
    assert len({down for _, down in parts}) >= 4
    assert max(left for left, _ in parts) < 595 - 62 - 40
    assert words(made).count(checksum) == 2


def test_paper_without_sections_is_a_front() -> None:
    assert len(read(pdf.as_pdf(dossier())).pages) == 1


def test_table_without_rows_keeps_its_header() -> None:
    grid = Grid("Niets", SCHOOLS.clear())
    made = read(pdf.as_pdf(dossier(Section("Deel", "deel", (grid,)))))
    assert kinds(made).count("/TH") == SCHOOLS.width


def test_remark_about_a_missing_section_is_refused() -> None:
    section = Section("Deel", "deel", (Bullets(("Zie verder",), ("elders",)),))
    with pytest.raises(ValueError, match="elders"):
        pdf.as_pdf(dossier(section))


def test_two_sections_with_the_same_anchor_are_refused() -> None:
    with pytest.raises(ValueError, match="deel"):
        pdf.as_pdf(dossier(Section("Een", "deel"), Section("Twee", "deel")))


def everywhere(text: str) -> Dossier:
    """A paper in which a text stands in every place where a text from data may stand."""
    said = f"[{text}]"
    sections = Section(
        said,
        "deel",
        (
            Paragraph(said),
            Bullets((said,), ("deel",)),
            Facts(((said, said, said),)),
            Grid(said, pl.DataFrame({said: [said]}), said),
            Picture(replace(chart(), title=said, subtitle=said, summary=said), "p"),
        ),
    )
    return dossier(sections, title=said, subtitle=said, organisation=said, audience=said, period=said)


MARKUP: Final = (
    "#let x = 1 *a* _b_ `c` $d$ <deel> @deel // e /* f */ \\g [h] {i} = j - k + l ~ -- --- ... \"m\" 'n' https://o"
)


@settings(max_examples=30, deadline=None)
@given(st.text(st.sampled_from("#*_`$<>@/\\[]{}=-+~.\"':;&% aé1€"), min_size=1, max_size=60))
@example(MARKUP)
@example('#panic("x")')
@example("]#pagebreak()[")
@example("&amp; &lt; <b>niet vet</b>")
def test_texts_are_never_read_as_markup(text: str) -> None:
    made = read(pdf.as_pdf(everywhere(text)))
    said = squeezed(f"[{text}]")
    assert words(made).count(said) >= 12
    assert made.metadata
    assert made.metadata.title == f"[{text}]"


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40))
@example("\x00\u202e😀中文\ufeff\t\r\n")
@example("e\u0301")
def test_any_text_can_be_written(text: str) -> None:
    assert pdf.as_pdf(everywhere(text)).startswith(b"%PDF-1.7")


def test_every_letter_that_is_kept_is_in_both_weights_of_the_font() -> None:
    kept = [chr(number) for number in range(0x20, 0x3000) if not pdf.FOREIGN.match(chr(number))]
    text = " ".join(kept)
    made = read(pdf.as_pdf(dossier(Section("Letters", "letters", (Paragraph(text), Facts((("a", text, "b"),)))))))
    assert len(kept) > 700
    assert "□" in kept
    assert set("ŸĞłΩж€≤→") <= set(kept)
    assert "ŸŹźŻ" in words(made)


def test_what_the_font_does_not_have_is_an_empty_box() -> None:
    made = read(pdf.as_pdf(dossier(Section("Deel", "deel", (Paragraph("School 😀 Oost\u202e\x07!"),)))))
    assert "School □ Oost!" in made.pages[1].extract_text()


def test_picture_for_a_document_is_sharp_and_the_same() -> None:
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PIXELS}" height="100" viewBox="0 0 {PIXELS} 100">'
        "<text y='40' font-family=\"'Source Sans 3'\">Dekking</text></svg>"
    )
    made = pdf.picture(drawing)
    assert made.startswith(b"\x89PNG")
    assert int.from_bytes(made[16:20]) == 3 * PIXELS
    assert int.from_bytes(made[20:24]) == 300
    assert made == pdf.picture(drawing)
    assert made != pdf.picture(drawing.replace("Dekking", ""))
