"""The dossier's content: every article with what was found, how sure it is and by when; whole without any data too."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest

from dashboard import dutch
from dashboard.indicators import shown
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.indicators.control_charts import with_limits
from dashboard.indicators.incidents import EXPOSURE
from dashboard.indicators.sentences import articles
from dashboard.registry import Registry, load_registry
from dashboard.reports import WRITERS
from dashboard.reports.content import Block, Bullets, Dossier, Facts, Field, Grid, Paragraph, Picture, Section
from dashboard.reports.dossier import About, Ask, make_dossier
from dashboard.reports.evidence import gather
from dashboard.reports.html import as_html
from dashboard.settings import Settings
from dashboard.workbooks import sheet_name
from tests import screens
from tests.reports.figures import replaced, store

ABOUT = About(
    day=screens.TODAY,
    today=screens.TODAY + timedelta(days=2),
    snapshot="0123456789abcdef",
    inputs=("aa" * 32, "bb" * 32),
    demo=True,
    audience="bestuur",
    method="1.2.3",
)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry(Settings().registry)


@pytest.fixture(scope="module")
def ask(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return store(tmp_path_factory.mktemp("dossier") / "store", registry)


@pytest.fixture(scope="module")
def dossier(ask: Ask, registry: Registry) -> Dossier:
    return make_dossier(ask, registry, ABOUT)


def nothing(table: str, **_: list[str]) -> pl.DataFrame:
    """A snapshot from before any table existed."""
    others = {
        "schools": {"brin6": pl.String, "naam": pl.String, "actief_van": pl.Date, "actief_tot": pl.Date},
        "events": {"datum": pl.Date, "brin6": pl.String, "soort": pl.String, "omschrijving": pl.String},
    }
    return PUBLISHED[table].nothing if table in PUBLISHED else pl.DataFrame(schema=others[table])


def every_section(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from every_section(section.parts)


def texts(block: Block) -> list[str]:
    """What a reader reads of a block."""
    match block:
        case Paragraph():
            return [block.text]
        case Bullets():
            return list(block.items)
        case Facts():
            return [text for row in block.rows for text in row]
        case Picture():
            return [block.chart.title, block.chart.subtitle, block.chart.summary]
        case Grid():
            cells = [
                dutch.written(value, name)
                for row in block.frame.iter_rows()
                for value, name in zip(row, block.frame.columns, strict=True)
            ]
            return [block.caption, *cells, block.note]
        case Field():
            return [block.label]


def words(sections: tuple[Section, ...]) -> str:
    """Everything that these sections say, in reading order."""
    said = [
        text
        for section in every_section(sections)
        for text in [section.title, *(text for block in section.blocks for text in texts(block))]
    ]
    return "\n".join(said).replace("\N{NO-BREAK SPACE}", " ")


def section(dossier: Dossier, anchor: str) -> Section:
    return next(known for known in every_section(dossier.sections) if known.anchor == anchor)


def test_the_order_is_that_of_a_board_paper(dossier: Dossier) -> None:
    """What is asked comes first, then the summary, the articles, the sections of the council, and the appendix."""
    assert [known.anchor for known in dossier.sections] == [
        "oplegnotitie",
        "samenvatting",
        "per-artikel",
        "per-geleding",
        "tekst",
        "eerdere-besluiten",
        "bijlage",
    ]
    assert section(dossier, "samenvatting").new_page


def test_anchors_are_unique_and_every_reference_leads_somewhere(dossier: Dossier) -> None:
    """A link, or the number of a page, needs exactly one place."""
    anchors = [known.anchor for known in every_section(dossier.sections)]
    assert len(set(anchors)) == len(anchors)
    assert all(re.fullmatch(r"[a-z0-9-]+", anchor) for anchor in anchors)
    for known in every_section(dossier.sections):
        for block in known.blocks:
            if isinstance(block, Bullets):
                assert not block.anchors or len(block.anchors) == len(block.items)
                assert {anchor for anchor in block.anchors if anchor} <= set(anchors)


def test_pictures_have_names_and_words(dossier: Dossier) -> None:
    """Every chart stands once under its own name, with its finding, what it shows, and a summary."""
    pictures = [
        block for known in every_section(dossier.sections) for block in known.blocks if isinstance(block, Picture)
    ]
    names = [picture.name for picture in pictures]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in names)
    assert {"klok", "doelen_iv_m_8", "doelen_iv_m_9", "verloop_iv_m_8", "meldingen_maanden", "opvolging"} <= set(names)
    assert "meldingen_halfjaren" in names
    for picture in pictures:
        assert picture.chart.title
        assert picture.chart.subtitle
        assert picture.chart.summary
        assert picture.chart.table.height


def test_every_article_says_what_was_found_how_sure_and_asks(dossier: Dossier, registry: Registry, ask: Ask) -> None:
    """Who has only this paper knows verdict, figures, certainty, norm and question of every article."""
    rows = ask("evaluation")
    for article in registry.articles:
        mine = section(dossier, f"artikel-{article.number.lower().replace('.', '-')}")
        said = words((mine,))
        first = mine.blocks[0]
        assert isinstance(first, Paragraph)
        assert first.is_lead
        assert first.text.split(".")[0] in {dutch.capital(verdict) for verdict in set(rows["oordeel"])}
        assert article.text in said
        assert article.question in said
        assert (article.norm or "De code noemt er geen.") in said
        assert [block.label for block in mine.blocks if isinstance(block, Field)] == ["Bevinding", "Advies"]
        assert ("Hoe zeker is dit?" in said) == bool(article.indicators)


def test_every_figure_of_the_evaluation_stands_in_the_paper(dossier: Dossier, ask: Ask, registry: Registry) -> None:
    """A row with counts is there with those counts, in a table or in the sentence of an article with one figure."""
    for row in ask("evaluation").filter(pl.col("noemer") > 0).iter_rows(named=True):
        mine = section(dossier, f"artikel-{row['artikel'].lower().replace('.', '-')}")
        counts = f"{dutch.number(row['teller'])} van {dutch.number(row['noemer'])}"
        said = words((mine,))
        assert counts in said or articles.found(row, registry).replace("\N{NO-BREAK SPACE}", " ") in said
    held = next(sheet for sheet in dossier.sheets if sheet.name == "Artikelen").frame
    assert held.height == ask("evaluation").height
    assert held["Teller"].sum() == ask("evaluation")["teller"].sum()


def test_one_table_holds_every_article(dossier: Dossier, registry: Registry) -> None:
    """Number, title, kind, verdict and how sure: a row an article, the verdict that its own part starts with."""
    table = next(block for block in section(dossier, "per-artikel").blocks if isinstance(block, Grid)).frame
    assert table["Artikel"].to_list() == [article.number for article in registry.articles]
    for number, verdict, sure in table.select("Artikel", "Oordeel", "Hoe zeker").iter_rows():
        lead = section(dossier, f"artikel-{number.lower().replace('.', '-')}").blocks[0]
        assert isinstance(lead, Paragraph)
        assert lead.text.startswith(f"{verdict}.")
        assert (sure == "geen cijfers") == (verdict == "Niet meetbaar")
        assert (sure == "geen gegevens") == (verdict == "Geen gegevens")


def test_what_is_asked_and_by_when(dossier: Dossier) -> None:
    """The cover note names who decides what, and the days of the clock."""
    said = words((section(dossier, "oplegnotitie"),))
    for day in ("12 december 2026", "17 december 2026", "31 januari 2027"):
        assert day in said
    assert "De GMR wordt gevraagd" in said
    assert "Het bestuur wordt gevraagd" in said
    assert "één stap is te laat: advies van de directeuren" in said.replace("was op 22 november 2026", "is").replace(
        "was toen", "is"
    )
    assert "Nog open, en gepland voor 31 januari 2026: Stagiairs krijgen een brief." in said


def test_the_summary_counts_every_article_once(dossier: Dossier, registry: Registry) -> None:
    """The counts of the verdicts add up to the code."""
    facts = next(block for block in section(dossier, "samenvatting").blocks if isinstance(block, Facts))
    assert sum(int(value) for _, value, _ in facts.rows) == len(registry.articles)
    named = " ".join(context for _, _, context in facts.rows)
    assert all(re.search(rf"(^| ){re.escape(article.number)}($|,| )", named) for article in registry.articles)


def test_every_section_of_the_council_has_its_selection(dossier: Dossier, registry: Registry) -> None:
    """Staff, parents and pupils each with a reason and with links."""
    parts = section(dossier, "per-geleding").parts
    assert [part.title for part in parts] == list(registry.labels["geleding"].values())
    for part in parts:
        assert isinstance(part.blocks[0], Paragraph)
        assert any(isinstance(block, Bullets) and all(block.anchors) for block in part.blocks)


def test_text_decisions_and_origin_are_told(dossier: Dossier, registry: Registry, ask: Ask) -> None:
    """Every finding about the text, every decision, and where the figures come from."""
    said = words(dossier.sections)
    assert all(finding.title in said and finding.text in said for finding in registry.findings)
    assert all(text in said for text in ask("decisions")["omschrijving"])
    assert all(known.explanation in said for known in registry.indicators)
    assert all(reading.explanation in said for reading in registry.readings)
    for known in (ABOUT.snapshot, *ABOUT.inputs, ABOUT.method, "alle aantallen, ook kleine"):
        assert known in said
    assert ask("schools")["naam"].sort()[-1] in words((section(dossier, "wat-ontbreekt"),))


def test_sheets_are_ready_for_a_spreadsheet(dossier: Dossier) -> None:
    """Names that Excel takes, columns that a chart draws, and the definitions last."""
    names = [sheet.name for sheet in dossier.sheets]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(sheet_name(name) == name for name in names)
    assert names[-1] == "Begrippen"
    for sheet in dossier.sheets:
        assert sheet.note
        if sheet.chart:
            assert {sheet.chart.category, *sheet.chart.values} <= set(sheet.frame.columns)
            assert all(sheet.frame.schema[column].is_numeric() for column in sheet.chart.values)


def test_sheets_say_no_earlier_share_of_few_and_tell_equal_labels_apart(ask: Ask, registry: Registry) -> None:
    """Two purposes with one label have a column each; a share of few cases has none before it."""
    alike = tuple(replace(purpose, label="Beeld") for purpose in registry.purposes)
    made = {sheet.name: sheet.frame for sheet in make_dossier(ask, replace(registry, purposes=alike), ABOUT).sheets}
    assert len({*made["Dekking"]["Doel"]}) == len(made["Dekking door de tijd"].columns) - 1 == len(alike)
    few = made["Artikelen"].filter(pl.col("Noemer") < registry.minimum_base)
    assert few.height
    assert few["Aandeel, twee jaar ervoor"].is_null().all()


def test_the_sheet_of_definitions_knows_every_word(dossier: Dossier, registry: Registry) -> None:
    """Indicators, verdicts, ways of counting and the glossary: each once, with what it means."""
    frame = dossier.sheets[-1].frame
    known = {indicator.label for indicator in registry.indicators} | {reading.label for reading in registry.readings}
    known |= {"GMR" if entry.term == "gmr" else dutch.capital(entry.term) for entry in registry.terms}
    known |= {"Niet op orde", "Niet meetbaar"}
    assert known <= set(frame["Begrip"])
    assert frame.select("Soort", "Begrip").is_unique().all()
    assert frame["Wat het zegt"].str.len_chars().min()


def test_sentences_are_clean(dossier: Dossier) -> None:
    """No code of a column, no open template, no double full stop or blank, no name of a status."""
    said = words(dossier.sections)
    assert not re.search(r"[{}]|\.\.|  |None|null| ,| \.", said.replace("...", ""))
    assert not re.search(r"\b(met_maatregel|niet_gevraagd|beeld_website|whatsapp_les|dagen_tot)\b", said)


def test_the_same_figures_give_the_same_dossier(dossier: Dossier, ask: Ask, registry: Registry) -> None:
    """Nothing depends on the moment, nor on the order in which rows come."""

    def shuffled(table: str, **wanted: list[str]) -> pl.DataFrame:
        rows = ask(table, **wanted)
        return rows.reverse() if table in {"evaluation", "decisions", "evaluation_clock"} else rows

    again = make_dossier(shuffled, registry, ABOUT)
    assert words(again.sections) == words(dossier.sections)
    for one, other in zip(again.sheets, dossier.sheets, strict=True):
        assert one.frame.equals(other.frame)


def test_without_any_data_every_article_is_still_there(registry: Registry) -> None:
    """An empty snapshot makes a paper that says what is unknown; nothing is called in order."""
    empty = make_dossier(nothing, registry, replace(ABOUT, inputs=(), demo=False))
    said = words(empty.sections)
    leads = [
        section(empty, f"artikel-{known.number.lower().replace('.', '-')}").blocks[0] for known in registry.articles
    ]
    assert {lead.text.split(".")[0] for lead in leads if isinstance(lead, Paragraph)} == {
        "Geen gegevens",
        "Niet meetbaar",
    }
    assert "verzonnen" not in said
    assert "staat nog niet vast" in said
    assert "Er zijn geen besluiten van eerdere rondes aangeleverd." in said
    assert "Er zijn geen cijfers over deze evaluatie. Of het in orde is, is dus onbekend." in said
    assert "niets dat het eerst aandacht vraagt" not in said
    assert {sheet.name for sheet in empty.sheets} == {"Artikelen", "Oordelen", "Begrippen"}


def days_of(frame: pl.DataFrame) -> list[date]:
    """Every day and every first day of a month that a table tells of, in whatever column."""
    days = [day for column in frame.select(pl.col(pl.Date)).iter_columns() for day in column.drop_nulls()]
    return days + [date.fromisoformat(f"{text}-01") for text in cells_of(frame) if re.fullmatch(r"\d{4}-\d\d", text)]


def cells_of(frame: pl.DataFrame) -> list[str]:
    """Every text in a table."""
    return [text for column in frame.select(pl.col(pl.String)).iter_columns() for text in column.drop_nulls()]


def test_nothing_after_an_evaluation_is_told_in_it(ask: Ask, registry: Registry) -> None:
    """It ended ten months before the figures do: no chart, table or decision goes past its last day.

    Only the steps to the next version do: those are still to be set.
    """
    period, last = "2024-02/2026-01", date(2026, 1, 31)
    decided = ask("decisions").head(1)
    moved = [
        decided.with_columns(pl.lit(day).alias("datum"), pl.lit(text).alias("omschrijving"))
        for day, text in ((last, "Op de laatste dag besloten."), (last + timedelta(days=1), "Een dag later besloten."))
    ]
    known = replaced(
        ask,
        evaluation=pl.concat([ask("evaluation"), ask("evaluation").with_columns(pl.lit(period).alias("periode"))]),
        decisions=pl.concat(moved),
    )
    assert max(ask("incidents_monthly")["maand"]) > "2026-01"
    past = make_dossier(known, registry, replace(ABOUT, period=period))
    pictures = {
        block.name: block.chart
        for one in every_section(past.sections)
        for block in one.blocks
        if isinstance(block, Picture) and block.name != "klok"
    }
    assert {"meldingen_maanden", "meldingen_halfjaren"} <= set(pictures)
    told = {name: days_of(chart.table) for name, chart in pictures.items()}
    told |= {
        sheet.name: days_of(sheet.frame.drop("Gereed voor", strict=False))
        for sheet in past.sheets
        if sheet.name != "Klok"
    }
    assert {name for name, days in told.items() if days and max(days) > last} == set()
    assert max(told["Meldingen per maand"]) == date(2026, 1, 1)
    assert told["Besluiten"] == [last]
    written = [
        " ".join([chart.title, chart.subtitle, chart.summary, *cells_of(chart.table)]) for chart in pictures.values()
    ]
    assert "januari 2026" in " ".join(written)
    assert not re.search(r"(feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov)[a-z]* 2026", " ".join(written))
    said = words(past.sections)
    assert "Op de laatste dag besloten." in said
    assert "Een dag later besloten." not in said


def test_the_limits_of_an_evaluation_that_is_over_rest_on_its_own_months(ask: Ask, registry: Registry) -> None:
    """Later months, however many reports they have, don't move them."""
    about = replace(ABOUT, period="2024-02/2026-01")
    rows = ask("evaluation").with_columns(pl.lit(about.period).alias("periode"))
    later = pl.col("maand") > "2026-01"
    trend = with_limits(
        ask("incident_trend").select(
            "maand",
            "brin6",
            "deel",
            pl.col("incidenten") + pl.when(later).then(50).otherwise(0),
            (pl.col("blootstelling") * EXPOSURE).round().cast(pl.Int64).alias("persoonsdagen"),
        )
    )
    assert not trend["midden"].equals(ask("incident_trend")["midden"])

    def drawn(known: Ask) -> pl.DataFrame:
        made = make_dossier(known, registry, about)
        blocks = [block for one in every_section(made.sections) for block in one.blocks]
        return next(
            block.chart.table for block in blocks if isinstance(block, Picture) and block.name == "meldingen_maanden"
        )

    as_is = drawn(replaced(ask, evaluation=rows))
    assert as_is.equals(drawn(replaced(ask, evaluation=rows, incident_trend=trend)))


@pytest.mark.parametrize(("day", "is_running"), [(date(2027, 1, 31), True), (date(2027, 2, 1), False)])
def test_an_evaluation_runs_until_its_last_day_is_over(
    ask: Ask, registry: Registry, day: date, *, is_running: bool
) -> None:
    """On that day steps may still be late; after it they say nothing of it."""
    about = replace(ABOUT, day=day, today=day, period="2025-02/2027-01")
    evidence = gather(ask, registry, about)
    assert evidence.is_running == is_running
    assert evidence.clock_of_now.height == (ask("evaluation_clock").height if is_running else 0)
    assert evidence.until == date(2027, 1, 31)
    assert ("(loopt nog)" in make_dossier(ask, registry, about).period) == is_running


def test_months_of_an_evaluation_that_ended_within_one(ask: Ask, registry: Registry) -> None:
    """Such a month is of the next one too: the last whole month counts, or the month in which the figures end."""
    evidence = gather(ask, registry, ABOUT)
    assert evidence.last_month == "2026-11"
    assert replace(evidence, until=date(2026, 1, 14)).last_month == "2025-12"
    assert replace(evidence, until=date(2026, 1, 31)).last_month == "2026-01"


def test_a_decision_about_an_article_that_is_gone_is_still_told(ask: Ask, registry: Registry) -> None:
    """The code changed since: the decision stands in every paper, and leads nowhere."""
    gone = ask("decisions").head(1).with_columns(regel=pl.lit("IX.9"), omschrijving=pl.lit("Artikel vervalt."))
    made = make_dossier(replaced(ask, decisions=gone), registry, ABOUT)
    told = section(made, "eerdere-besluiten").blocks[-1]
    assert isinstance(told, Bullets)
    assert told.anchors == ("",)
    assert all(write(made) for write in WRITERS.values())
    assert "IX.9" in as_html(made).decode()


def test_a_period_that_is_over_is_told_as_at_its_last_day(ask: Ask, registry: Registry) -> None:
    """The next period runs, and the paper is about the one before: nothing of later days comes in."""
    rows = ask("evaluation")
    both = pl.concat([rows, rows.with_columns(pl.lit("2027-02/2029-01").alias("periode"))])
    about = replace(ABOUT, day=date(2027, 3, 1), today=date(2027, 3, 1), period="2025-02/2027-01")
    past = make_dossier(replaced(ask, evaluation=both), registry, about)
    assert past.period == "februari 2025 tot en met januari 2027"
    assert "loopt nog" not in past.subtitle
    assert "tot en met 31 januari 2027" in words((section(past, "uiterlijk-wanneer"),))
    assert "Deze evaluatie hoorde klaar te zijn op 31 januari 2027" in words((section(past, "gevraagd-besluit"),))
    running = make_dossier(replaced(ask, evaluation=both), registry, replace(about, period=""))
    assert running.period == "februari 2027 tot en met januari 2029 (loopt nog)"


@pytest.mark.parametrize(
    ("period", "evaluation"),
    [
        ("", "2025-02/2027-01"),
        ("2025-08/2026-07", "2025-02/2027-01"),
        ("2027-02/2029-01", "2027-02/2029-01"),
        ("2027-08/2028-07", "2027-02/2029-01"),
        ("2021-08/2022-07", "2025-02/2027-01"),
    ],
)
def test_any_period_belongs_to_an_evaluation(ask: Ask, registry: Registry, period: str, evaluation: str) -> None:
    """A school year or a half is told within the evaluation that holds its end, or the first one where none did."""
    rows = ask("evaluation")
    both = pl.concat([rows, rows.with_columns(pl.lit("2027-02/2029-01").alias("periode"))])
    made = make_dossier(replaced(ask, evaluation=both), registry, replace(ABOUT, period=period))
    first, _, last = evaluation.partition("/")
    assert made.period.startswith(f"{dutch.month_name(first)} tot en met {dutch.month_name(last)}")


@pytest.mark.parametrize(
    ("audience", "label", "note"),
    [
        ("bestuur", "Bestuur", "alle aantallen, ook kleine"),
        ("gmr", "GMR", shown.EXPLAINED),
        ("rvt", "Raad van toezicht", shown.EXPLAINED),
        ("directeur:99XA00", "Directeur van School Noord", "gaat over alle scholen samen"),
    ],
)
def test_every_audience_is_told_about_small_numbers(
    ask: Ask, registry: Registry, audience: str, label: str, note: str
) -> None:
    """The paper says for whom it is and what may be missing from it; who isn't known gets the protected words."""
    made = make_dossier(ask, registry, replace(ABOUT, audience=audience))
    assert made.audience == label
    said = words((section(made, "kleine-aantallen"),))
    assert note in said
    assert "Van een percentage van twee jaar ervoor is meestal niet bekend over hoeveel gevallen het gaat." in said


def test_headings_go_down_one_level_at_a_time(dossier: Dossier) -> None:
    """Chapters hold articles; nothing lies deeper than three levels."""

    def depths(sections: tuple[Section, ...], depth: int) -> Iterator[int]:
        for known in sections:
            yield depth
            yield from depths(known.parts, depth + 1)

    levels = list(depths(dossier.sections, 1))
    assert max(levels) == 3
    assert all(after - before <= 1 for before, after in pairwise(levels))
