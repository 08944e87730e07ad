"""A small paper with one of everything in it, and with texts that a careless writer would trip over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import polars as pl

from dashboard.charts.evaluation import clock
from dashboard.charts.theme import PALETTES
from dashboard.reports.content import (
    Block,
    Bullets,
    Dossier,
    Facts,
    Field,
    Grid,
    Paragraph,
    Picture,
    Section,
    Sheet,
    SheetChart,
)

DAY = date(2026, 11, 22)

GRID = pl.DataFrame(
    {
        "School": ["School <Noord>", "Zuid & West", "=1+1"],
        "Dekking": [0.9996, 0.5, None],
        "Meldingen": [1200, 0, 3],
        "Laatste levering": [date(2026, 11, 2), None, DAY],
        "Volledig": [True, False, None],
    }
)

STEPS = pl.DataFrame(
    {
        "stap": ["advies", "instemming"],
        "vorige_ronde": [date(2024, 7, 10), date(2024, 12, 12)],
        "uiterlijk": [date(2026, 7, 10), date(2026, 12, 12)],
        "dagen": [-135, 20],
        "oordeel": ["te laat", "op tijd"],
    }
)
CLOCK = clock(STEPS, DAY, PALETTES["light"], {}, 'Een stap is te laat: "advies" <1>')

PAPER = Dossier(
    title="Evaluatie van de gedragscode <concept> & bijlagen",
    subtitle="Dossier voor bestuur en GMR",
    organisation="Stichting Voorbeeld",
    audience="bestuur",
    period="de evaluatieperiode 2025-2027",
    day=DAY,
    snapshot="0123456789abcdef",
    demo=True,
    sections=(
        Section(
            "Oplegger",
            "oplegger",
            (
                Paragraph("Het bestuur vraagt om een besluit.", is_lead=True),
                Paragraph('Een zin met <b>haken</b>, & en "aanhalingstekens".'),
                Bullets(("Geen verwijzing.", "Over een artikel.", "Artikel II is af. I ook."), ("", "i", "ii")),
                Facts((("Geldigheid", "71", "dagen, tot en met 31 januari 2027"), ("Te laat", "1", "stap"))),
                Picture(CLOCK, "klok"),
            ),
            new_page=True,
        ),
        Section(
            "Per artikel",
            "artikelen",
            (Bullets(("Alleen een opmerking.",)),),
            (
                Section("I Het doel", "i", (Paragraph("Gevonden."), Field("Bevinding"), Field("Advies"))),
                Section(
                    "II De scholen",
                    "ii",
                    (Grid("Per school", GRID, "Een streepje: geen waarde."), Field("Bevinding"), Field("Advies")),
                    (Section("Verdieping", "ii-1", (Grid("Zonder noot", GRID.head(1)), Grid("Leeg", GRID.clear()))),),
                ),
            ),
            new_page=True,
        ),
    ),
    sheets=(
        Sheet(
            "Scholen",
            GRID,
            "Een rij per school. =geen formule",
            SheetChart("bar", "School", ("Dekking",), "Dekking <1>"),
        ),
        Sheet(
            "Door de tijd",
            GRID,
            "Een rij per dag.",
            SheetChart("line", "Laatste levering", ("Meldingen", "Dekking"), "Meldingen"),
        ),
        Sheet("Niets", GRID.clear(), "Er is niets.", SheetChart("bar", "School", ("Dekking",), "Niets")),
        Sheet("Definities", pl.DataFrame({"Kolom": ["Dekking"], "Betekenis": ["Geldig ja of nee."]}), "Wat er staat."),
    ),
)


def paper_with(text: str) -> Dossier:
    """The paper with a text in every place where a text from data may stand."""
    grid = pl.DataFrame({f"{text}k": [f"{text}c"]})
    chart = replace(CLOCK, title=f"{text}t", subtitle=f"{text}s", summary=f"{text}a", table=grid)
    blocks = (
        Paragraph(f"{text}p"),
        Bullets((f"{text}b",), ("een",)),
        Facts(((f"{text}n", f"{text}v", f"{text}x"),)),
        Picture(chart, "klok"),
        Grid(f"{text}g", grid, f"{text}o"),
        Field(f"{text}f"),
    )
    return replace(
        PAPER,
        title=f"{text}1",
        subtitle=f"{text}2",
        organisation=f"{text}3",
        sections=(Section(f"{text}4", "een", blocks),),
        sheets=(Sheet("Blad", grid, f"{text}5", SheetChart("bar", f"{text}k", (f"{text}k",), f"{text}6")),),
    )


def sections(paper: Dossier) -> Iterator[tuple[int, Section]]:
    """Every section with its depth, first 1, in reading order."""
    yield from _inside(paper.sections, 1)


def _inside(parts: tuple[Section, ...], depth: int) -> Iterator[tuple[int, Section]]:
    for part in parts:
        yield depth, part
        yield from _inside(part.parts, depth + 1)


def blocks(paper: Dossier, kind: type[Block]) -> list[Block]:
    """Every block of a kind, in reading order."""
    return [block for _, section in sections(paper) for block in section.blocks if isinstance(block, kind)]
