"""What the evaluation says of articles, what asks for attention first, for whom, and what came of decisions."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from dashboard.indicators.evaluation import VERDICTS
from dashboard.indicators.evaluation_findings import ONLY_OURS, ORDER, article_findings, by_verdict, chosen_for, latest
from dashboard.indicators.sentences.signals import (
    chosen_in_words,
    decision_outcome,
    telling_signals,
    verdict_counts,
)
from dashboard.registry import Registry, load_registry
from dashboard.settings import Settings
from tests.indicators.test_sentences_articles import SCHEMA, row


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry(Settings().registry)


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=SCHEMA)


def verdict(registry: Registry, *rows: dict[str, Any]) -> str:
    """The verdict on the article of these rows."""
    found = article_findings(frame(*rows), registry)
    return next(known.verdict for known in found if known.article.number == rows[0]["artikel"])


CLOCK = pl.DataFrame(
    {
        "stap": ["advies directeuren", "instemming GMR"],
        "uiterlijk": [date(2026, 7, 10), date(2026, 12, 12)],
        "oordeel": ["te laat", "op tijd"],
    }
)


def test_every_verdict_has_its_place() -> None:
    """The order of attention holds every verdict of the evaluation once."""
    assert sorted(ORDER) == sorted(VERDICTS)


def test_an_article_is_as_far_as_its_worst_figure(registry: Registry) -> None:
    """One figure that misses its norm decides, whatever the others say."""
    good = row("IV.M.8", "dekking:beeld_email", 40, 40, verdict="op orde")
    near = row("IV.M.8", "dekking:beeld_website", 39, 40, verdict="aandacht")
    bad = row("IV.M.8", "gebruik_zonder_toestemming", 9, 40, verdict="niet op orde")
    free = row("IV.M.8", "incidenten", 3)
    assert verdict(registry, free) == "geen norm"
    assert verdict(registry, free, good) == "op orde"
    assert verdict(registry, free, good, near) == "aandacht"
    assert verdict(registry, bad, near, good, free) == "niet op orde"


def test_unknown_is_never_in_order(registry: Registry) -> None:
    """What was never delivered, or has a norm and no data, makes its article unknown; no such case at all doesn't."""
    good = row("IV.M.8", "dekking:beeld_email", 40, 40, verdict="op orde")
    uses = row("IV.M.8", "gebruik_zonder_toestemming", 0, 0, verdict="geen gegevens")
    assert verdict(registry, good, uses) == "geen gegevens"
    never = row("IV.M.11", "consultaties", verdict="geen gegevens", quality=0.0)
    coaches = row("IV.M.11", "scholen_met_coach", 3, 6)
    assert verdict(registry, never, coaches) == "geen gegevens"
    help_offered = row("V.1", "hulp_aangeboden", 3, 6)
    no_staff = row("V.1", "in_dossier", 0, 0, verdict="geen gegevens")
    assert verdict(registry, help_offered, no_staff) == "geen norm"
    assert verdict(registry, no_staff) == "geen gegevens"
    undated = row("IV.A.6", "dagen_tot_maatregel", verdict="geen gegevens")
    assert verdict(registry, row("IV.A.6", "met_maatregel", 4, 4, verdict="op orde"), undated) == "op orde"


def test_every_article_is_there_once_in_the_order_of_the_code(registry: Registry) -> None:
    """No article is lost, with rows or without; every one has one verdict."""
    found = article_findings(frame(row("VI.3", "inwerkingtreding_vastgelegd", 1, 1, verdict="op orde")), registry)
    assert [known.article.number for known in found] == [article.number for article in registry.articles]
    counts = verdict_counts(found)
    assert [label for label, _, _ in counts] == [
        "Niet op orde",
        "Aandacht",
        "Geen gegevens",
        "Op orde",
        "Geen norm",
        "Niet meetbaar",
    ]
    assert sum(count for _, count, _ in counts) == len(registry.articles)
    assert {label: numbers for label, _, numbers in counts}["Op orde"] == ["VI.3"]
    assert [known.article.number for known in by_verdict(found)["niet meetbaar"]] == [
        article.number for article in registry.articles if not article.indicators
    ]


@pytest.mark.parametrize(("reports", "share"), [(9.0, None), (10.0, 0.5), (None, 0.5)])
def test_an_earlier_part_of_few_reports_is_left_out(
    registry: Registry, reports: float | None, share: float | None
) -> None:
    """How many reports an article had before is known: a part of fewer than ten isn't told, of others it is."""
    rows = [
        row("IV.A.6", "incidenten", 20, before=reports),
        row("IV.A.6", "met_maatregel", 15, 20, before=0.5),
        row("IV.A.6", "dagen_tot_maatregel", days=3, before=4.0),
    ]
    found = next(known for known in article_findings(frame(*rows), registry) if known.rows)
    assert [known["vorige_waarde"] for known in found.rows] == [reports, share, 4.0]


def test_rows_stand_in_the_order_of_the_registry(registry: Registry) -> None:
    """Indicators as their article has them, purposes as the registry has them, whatever the order of the rows."""
    rows = [
        row("IV.M.8", "gebruik_zonder_toestemming", 0, 4),
        row("IV.M.8", "laagste_dekking:beeld_website", 1, 4),
        row("IV.M.8", "dekking:beeld_email", 1, 4),
        row("IV.M.8", "dekking:beeld_website", 1, 4),
        row("IV.M.8", "incidenten", 1),
    ]
    found = next(known for known in article_findings(frame(*rows), registry) if known.rows)
    assert [known["indicator"] for known in found.rows] == [
        "incidenten",
        "dekking:beeld_website",
        "dekking:beeld_email",
        "laagste_dekking:beeld_website",
        "gebruik_zonder_toestemming",
    ]


def test_signals_come_in_order_of_attention(registry: Registry) -> None:
    """Norms not met, the furthest off first, one an article; then late steps; then what is unknown."""
    rows = frame(
        row("IV.A.6", "met_maatregel", 30, 40, verdict="niet op orde"),
        row("III.6", "vooraf_gecontroleerd", 10, 40, verdict="niet op orde"),
        row("IV.M.8", "dekking:beeld_website", 20, 40, verdict="niet op orde"),
        row("IV.M.8", "dekking:beeld_email", 1, 40, verdict="niet op orde"),
        row("VI.4", "gepubliceerd", 39, 40, verdict="aandacht"),
        row("IV.M.11", "consultaties", verdict="geen gegevens"),
    )
    every = telling_signals(rows, registry, CLOCK, most=99)
    assert [signal.article for signal in every] == ["IV.M.8", "III.6", "IV.A.6", "VI.4", "VI.5", ""]
    assert [signal.page for signal in every] == [
        "toestemming",
        "evaluatie",
        "incidenten",
        "evaluatie",
        "evaluatie",
        "leveringen",
    ]
    assert every[0].sentence.startswith(
        "Toestemming voor beeld (IV.M.8): van 1 van de 40 leerlingen over wie is aangeleverd"
    )
    assert every[4].sentence == "Eén stap is te laat: advies van de directeuren."
    assert every[5].sentence.endswith("zijn er geen gegevens. Of het in orde is, is onbekend.")
    assert telling_signals(rows, registry, CLOCK) == every[:3]


def test_signals_without_figures(registry: Registry) -> None:
    """A snapshot without the evaluation has only its clock; without a late step there is nothing to say."""
    assert [signal.article for signal in telling_signals(frame(), registry, CLOCK)] == ["VI.5"]
    assert telling_signals(frame(), registry) == []
    assert telling_signals(frame(), registry, CLOCK.clear()) == []


def test_signals_are_of_the_last_period(registry: Registry) -> None:
    """An earlier evaluation doesn't ask for attention any more."""
    old = {**row("IV.A.6", "met_maatregel", 1, 40, verdict="niet op orde"), "periode": "2023-02/2025-01"}
    new = row("IV.A.6", "met_maatregel", 40, 40, verdict="op orde")
    assert latest(frame(old, new)).height == 1
    assert all(signal.article != "IV.A.6" for signal in telling_signals(frame(old, new), registry, most=99))


def test_a_section_gets_what_needs_attention_and_what_is_its_own(registry: Registry) -> None:
    """Staff sees its own rules; parents don't; each with a reason; the worst come first."""
    rows = frame(
        row("IV.M.10", "zelfde_dag_gemeld", 1, 40, verdict="niet op orde"),
        row("VI.4", "gepubliceerd", 39, 40, verdict="aandacht"),
        row("IV.M.5", "incidenten", 3),
        *(
            row(article.number, code, 1, verdict="geen norm")
            for article in registry.articles
            for code in article.indicators[:1]
            if article.number not in {"IV.M.10", "VI.4", "IV.M.5"}
        ),
    )
    findings = article_findings(rows, registry)
    staff = chosen_for("personeel", findings)
    numbers = [known.finding.article.number for known in staff]
    assert numbers[:2] == ["IV.M.10", "VI.4"]
    assert "IV.M.5" in numbers
    assert len(set(numbers)) == len(numbers)
    assert all(known.finding.article.sections == ("personeel",) for known in staff if known.reason == ONLY_OURS)
    parents = [known.finding.article.number for known in chosen_for("ouders", findings)]
    assert parents == ["VI.4"]
    told = [chosen_in_words(known, registry) for known in staff]
    assert told[0].startswith("IV.M.10 Meteen naar de leidinggevende. Niet op orde. Bij 1 van de 40 meldingen")
    assert any("Dit artikel gaat alleen deze geleding aan. Vraag: " in text for text in told)
    unknown = chosen_for("ouders", article_findings(frame(), registry))
    assert "Hierover zijn er geen gegevens. Vraag: " in chosen_in_words(unknown[0], registry)


def _decision(rule: str | None) -> dict[str, Any]:
    return {"regel": rule, "omschrijving": "Iets.", "datum": date(2025, 3, 3), "status": "open", "gereed_voor": None}


def test_whether_the_figure_of_a_decision_moved(registry: Registry) -> None:
    """Now and before, higher, lower or alike; never why."""
    rows = frame(
        row("IV.A.6", "incidenten", 78, before=18.0),
        row("IV.A.6", "met_maatregel", 60, 80, before=0.9, verdict="niet op orde"),
        row("III.6", "vooraf_gecontroleerd", 20, 40, before=0.5, verdict="niet op orde"),
        row("VI.4", "gepubliceerd", 20, 20, verdict="op orde"),
        row("IV.M.11", "consultaties", 45, before=14.0),
        row("IV.M.11", "scholen_met_coach", 4, 6, before=0.6),
        row("IV.M.1", "incidenten", 3, before=0.0),
        row("IV.M.3", "incidenten", 3, before=0.0),
        row("IV.M.3", "whatsapp_bezwaar", 1, 6, before=0.5),
        row("IV.M.9", "dekking:whatsapp_les", 1, 40, verdict="niet op orde"),
        row("IV.M.9", "dekking:social_media_les", 20, 40, before=0.4, verdict="niet op orde"),
    )
    said = {
        rule: decision_outcome(_decision(rule), rows, registry).replace("\N{NO-BREAK SPACE}", " ")
        for rule in ("IV.A.6", "III.6", "VI.4", "IV.M.11", "IV.M.1", "IV.M.3", "IV.M.9", "III.1", None)
    }
    still_open = "Dit besluit staat nog open. "
    assert all(text.startswith(still_open) for text in said.values())
    assert {rule: text.removeprefix(still_open) for rule, text in said.items()} == {
        "IV.A.6": "Met maatregel: nu 75 % (60 van 80), in de twee jaar ervoor 90 %, voor zover aangeleverd.",
        "III.6": (
            "Stagiairs met controle vooraf: nu 50 % (20 van 40), even veel als in de twee jaar ervoor, voor zover "
            "aangeleverd."
        ),
        "VI.4": ("Geplaatst: nu 100 % (20 van 20). Uit de twee jaar ervoor is er geen cijfer om mee te vergelijken."),
        "IV.M.11": (
            "Vragen om raad: nu 45, in de twee jaar ervoor 14, voor zover aangeleverd. Scholen met een coach: nu 4 van "
            "6. Dat zijn te weinig gevallen om met de twee jaar ervoor te vergelijken."
        ),
        "IV.M.1": "Incidenten: nu 3, in de twee jaar ervoor 0, voor zover aangeleverd.",
        "IV.M.3": (
            "Bezwaar tegen WhatsApp: nu 1 van 6. Dat zijn te weinig gevallen om met de twee jaar ervoor te vergelijken."
        ),
        "IV.M.9": (
            "Dekking aan het eind: andere social media voor de les: nu 50 % (20 van 40), op 31 januari 2025 40 %, voor "
            "zover aangeleverd."
        ),
        "III.1": "Over artikel III.1 zijn er geen cijfers. Of er iets veranderde, is niet te zeggen.",
        None: "Dit besluit gaat over de hele code. Er is niet één cijfer dat er iets over zegt.",
    }


def test_how_far_a_decision_is(registry: Registry) -> None:
    """Its status comes first; an open one that is past its date says so, on the day of the figures."""
    due, day = date(2026, 3, 1), date(2026, 3, 2)
    given = {**_decision(None), "gereed_voor": due}
    whole = "Dit besluit gaat over de hele code. Er is niet één cijfer dat er iets over zegt."
    said = {
        status: decision_outcome({**given, "status": status}, frame(), registry, day).removesuffix(f" {whole}")
        for status in ("open", "gedaan", "vervallen", None)
    }
    assert said == {
        "open": "Dit besluit staat nog open; de datum (1 maart 2026) is voorbij.",
        "gedaan": "Dit besluit is gedaan.",
        "vervallen": "Dit besluit is vervallen.",
        None: "Hoe ver dit besluit is, is niet vastgelegd.",
    }
    for known in (due, None):
        assert decision_outcome(given, frame(), registry, known).startswith("Dit besluit staat nog open. ")
