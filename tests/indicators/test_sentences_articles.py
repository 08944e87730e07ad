"""The evaluation in words: every indicator, nothing, one, some and all of it, never delivered, before, and how sure."""

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from dashboard.indicators import shown
from dashboard.indicators.evaluation_findings import ArticleFinding, article_findings, plain
from dashboard.indicators.sentences import articles
from dashboard.indicators.sentences.article_words import (
    KINDS,
    LAPSE,
    MEANINGS,
    NEVER,
    RANGES,
    WORDS,
    Days,
    Number,
    Part,
)
from dashboard.registry import Registry, load_registry
from dashboard.settings import Settings

SCHEMA = {
    "periode": pl.String,
    "artikel": pl.String,
    "indicator": pl.String,
    "teller": pl.Int64,
    "noemer": pl.Int64,
    "waarde": pl.Float64,
    "vorige_waarde": pl.Float64,
    "oordeel": pl.String,
    "kwaliteit": pl.Float64,
}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry(Settings().registry)


def row(
    article: str,
    indicator: str | None,
    part: int | None = None,
    whole: int | None = None,
    *,
    days: float | None = None,
    before: float | None = None,
    verdict: str = "geen norm",
    quality: float | None = 1.0,
) -> dict[str, Any]:
    value = days if part is None else float(part) if whole is None else part / whole if whole else None
    values = ("2025-02/2027-01", article, indicator, part, whole, value, before, verdict, quality)
    return dict(zip(SCHEMA, values, strict=True))


def finding(registry: Registry, *rows: dict[str, Any]) -> ArticleFinding:
    """What was found of the article of these rows."""
    found = article_findings(pl.DataFrame(list(rows), schema=SCHEMA), registry)
    return next(known for known in found if known.article.number == rows[0]["artikel"])


def hiding(known: dict[str, Any], *columns: str) -> dict[str, Any]:
    """The same row, as somebody sees it from whom these columns are hidden."""
    return {**known, **dict.fromkeys(columns), shown.HIDDEN: ",".join(columns)}


REPORTS_X = "Het cijfer 'Incidenten' is niet getoond: een klein aantal (x)."
MEASURE_X = "Het cijfer 'Met maatregel' is niet getoond: een klein aantal (x)."
DAYS_X = "Het cijfer 'Dagen tot de maatregel' is niet getoond: een klein aantal (x)."
NEITHER = "Hoe dat in de twee jaar ervoor was, ook niet."
MEASURES = row("IV.A.6", "met_maatregel", 2, 12, before=0.5, verdict="niet op orde")
ALL_OF_IT = ("waarde", "vorige_waarde")

HIDDEN_CASES = [
    (hiding(row("IV.A.2", "incidenten", 3), "teller", "waarde"), REPORTS_X, "", "x", "–"),
    (
        hiding(row("IV.A.2", "incidenten", 3, before=0.0), "teller", "waarde"),
        REPORTS_X,
        "In de twee jaar ervoor waren er geen, voor zover aangeleverd.",
        "x",
        "0",
    ),
    (hiding(row("IV.A.2", "incidenten", 3, before=2.0), "teller", *ALL_OF_IT), REPORTS_X, NEITHER, "x", "x"),
    (
        hiding(row("IV.A.2", "incidenten", 30, before=2.0), "vorige_waarde"),
        "Er zijn 30 meldingen bij dit artikel.",
        "Hoe dat in de twee jaar ervoor was, is niet getoond: een klein aantal (x).",
        "30",
        "x",
    ),
    (hiding(MEASURES, "teller", *ALL_OF_IT), MEASURE_X, NEITHER, "x", "x"),
    (hiding(MEASURES, "noemer", *ALL_OF_IT), MEASURE_X, NEITHER, "x", "x"),
    (
        hiding(row("IV.A.6", "met_maatregel", 0, 8), "waarde"),
        "Bij geen van de acht meldingen ligt een maatregel vast.",
        "",
        "0 van 8",
        "–",
    ),
    (
        hiding(row("IV.A.6", "dagen_tot_maatregel", days=3.0, before=4.0), "waarde"),
        DAYS_X,
        "In de twee jaar ervoor was dat 4 dagen, voor zover aangeleverd.",
        "x",
        "4 dagen",
    ),
]


@pytest.mark.parametrize(("known", "said", "before", "value", "earlier"), HIDDEN_CASES)
def test_what_is_hidden_is_never_none(
    registry: Registry, known: dict[str, Any], said: str, before: str, value: str, earlier: str
) -> None:
    """The figure of now and that of before, in sentences and in a table; counts of a few are no share, but shown."""
    assert articles.found(known, registry) == said
    assert articles.before(known, registry) == before
    assert articles.value_in_words(known, registry) == value
    assert articles.before_in_words(known, registry) == earlier


def seen(registry: Registry, *rows: dict[str, Any]) -> ArticleFinding:
    """What was found of an article of which something is hidden."""
    frame = pl.DataFrame(list(rows), schema={**SCHEMA, shown.HIDDEN: pl.String})
    return next(known for known in article_findings(frame, registry) if known.article.number == rows[0]["artikel"])


def test_how_sure_hidden_figures_are(registry: Registry) -> None:
    """They are there, and how much was delivered is known; a hidden earlier figure isn't a lacking one."""
    gone = seen(registry, hiding(row("IV.A.2", "incidenten", 3, before=2.0, quality=0.5), "teller", *ALL_OF_IT))
    first, delivered = articles.certainty(gone, registry)
    assert first == articles.ALL_HIDDEN
    assert "50\N{NO-BREAK SPACE}% van de maanden" in delivered
    assert articles.certainty_in_short(gone, registry) == "niet getoond"
    of_consent = hiding(row("IV.M.8", "dekking:beeld_email", 3, 9), "teller", "noemer", "waarde", "kwaliteit")
    assert articles.certainty(seen(registry, of_consent), registry)[1:] == [
        "Over welk deel van de leerlingen is aangeleverd, is niet getoond: een klein aantal (x).",
        "Uit de twee jaar ervoor zijn er geen gegevens om mee te vergelijken.",
    ]


def test_a_hidden_verdict_ranks_before_what_is_in_order(registry: Registry) -> None:
    """And after what needs attention; purposes of which one is hidden are told one by one."""
    gone = hiding(row("IV.M.8", "dekking:beeld_email", 3, 9), "teller", "noemer", "waarde", "oordeel")
    good = row("IV.M.8", "dekking:beeld_website", 40, 40, verdict="op orde")
    bad = row("IV.M.8", "gebruik_zonder_toestemming", 9, 40, verdict="niet op orde")
    assert seen(registry, gone, good).verdict == "niet getoond"
    assert seen(registry, gone, good, bad).verdict == "niet op orde"
    told = " ".join(articles.told(seen(registry, gone, good, bad), registry))
    assert "Het cijfer 'Dekking aan het eind: beeld in een e-mail' is niet getoond: een klein aantal (x)." in told
    assert "beeld op de website vast" in told


LOWEST = "Op het laagste maandeinde van elk doel lag van"
LOWEST_BEFORE = "Op het laagste maandeinde van de twee jaar ervoor"
OF_THEM = "van de leerlingen over wie is aangeleverd, een geldig ja of nee vast."

FOUND = [
    (row("I", "trainingen", 0), "Er is geen training voor medewerkers vastgelegd."),
    (row("I", "trainingen", 1), "Er is één training voor medewerkers gegeven."),
    (row("I", "trainingen", 1200), "Er zijn 1.200 trainingen voor medewerkers gegeven."),
    (row("I", "trainingen"), "Er zijn geen lessen, trainingen of ouderavonden aangeleverd."),
    (row("I", "scholen_zonder_training", 2, 6), "Van twee van de zes scholen is geen training vastgelegd."),
    (row("I", "scholen_zonder_training", 0, 6), "Op elke school was er een training."),
    (row("I", "scholen_zonder_training", 2, 2), "Van beide scholen is geen training vastgelegd."),
    (row("I", "scholen_zonder_training", 0, 0), "Er waren geen scholen om te tellen."),
    (
        row("II.1", "tijdig_bekend", quality=0.0),
        "Er is niet aangeleverd waar en aan wie de code is bekendgemaakt.",
    ),
    (
        row("II.1", "tijdig_bekend"),
        "De startdatum staat niet vast. Of dat op tijd is gebeurd, is dus niet bekend.",
    ),
    (
        row("II.1", "tijdig_bekend", 16, 18),
        (
            "Van 16 van de 18 groepen leerlingen, ouders of medewerkers (89 %) ligt vast dat die voor de startdatum "
            "zijn ingelicht."
        ),
    ),
    (row("II.2", "incidenten_buiten", 1, 1), "Bij de ene melding ging het om iets buiten school."),
    (row("II.2", "incidenten_buiten", 0, 1), "Bij geen enkele melding ging het om iets buiten school."),
    (row("II.3", "nieuwe_platforms", 1), "Er is één platform bij dat nog niet op de bekende lijst staat."),
    (row("III.6", "vooraf_gecontroleerd", 0, 0), "In deze periode begon er geen stagiair."),
    (row("III.6", "vooraf_gecontroleerd"), "Er zijn geen stages aangeleverd."),
    (
        row("III.6", "vooraf_gecontroleerd", 25, 45),
        "Van 25 van de 45 stagiairs (56 %) ligt vast dat de controle voor de eerste stagedag is gedaan.",
    ),
    (row("IV.A.1", "incidenten", 0), "Er is niets gemeld bij dit artikel."),
    (row("IV.A.1", "incidenten", 1), "Er is één melding bij dit artikel."),
    (row("IV.A.1", "incidenten"), "Over deze periode zijn geen meldingen aangeleverd."),
    (row("IV.A.1", "in_les", 3, 5), "Bij drie van de vijf meldingen ligt vast dat het tijdens de les was."),
    (row("IV.A.5", "scholen_zonder_les", 0, 6), "Elke school gaf een les over social media."),
    (row("IV.A.6", "met_maatregel", 9, 9), "Bij alle negen meldingen ligt een maatregel vast."),
    (
        row("IV.A.6", "dagen_tot_maatregel", days=4.5),
        "Het middelste aantal dagen tussen incident en maatregel is 4,5: de helft ging sneller, de helft langzamer.",
    ),
    (row("IV.A.6", "dagen_tot_maatregel", days=0.0), "Ten minste de helft van de maatregelen kwam op dezelfde dag."),
    (
        row("IV.A.6", "dagen_tot_maatregel"),
        "Er is geen dag van een maatregel aangeleverd. Hoe lang het duurde, is dus niet te zeggen.",
    ),
    (
        row("IV.M.3", "whatsapp_bezwaar", 1, 6),
        "Op één van de zes scholen die dit hebben ingevuld, heeft de schoolleiding bezwaar tegen WhatsApp.",
    ),
    (row("IV.M.3", "whatsapp_bezwaar", 0, 0), "Geen enkele school heeft dit ingevuld."),
    (
        row("IV.M.8", "dekking:beeld_website", 1458, 1912),
        (
            "Van 1.458 van de 1.912 leerlingen over wie is aangeleverd (76 %), ligt een geldig ja of nee over beeld op "
            "de website vast."
        ),
    ),
    (
        row("IV.M.8", "dekking:beeld_website", 30, 40, quality=0.8),
        (
            "Van 30 van de 40 leerlingen over wie is aangeleverd (75 %), ligt een geldig ja of nee over beeld op de "
            "website vast; over 80 % van de leerlingen is aangeleverd, de rest is onbekend."
        ),
    ),
    (
        row("IV.M.9", "dekking:whatsapp_les", 0, 1912),
        (
            "Van geen van de 1.912 leerlingen over wie is aangeleverd, ligt een geldig ja of nee over WhatsApp voor de "
            "les vast."
        ),
    ),
    (row("IV.M.8", "dekking:beeld_website"), "Over deze periode zijn geen toestemmingen aangeleverd."),
    (
        row("IV.M.8", "laagste_dekking:beeld_email", 350, 1899),
        (
            "Op het laagste maandeinde lag van 350 van de 1.899 leerlingen over wie is aangeleverd (18 %), een geldig "
            "ja of nee over beeld in een e-mail vast. Op 1 augustus vervallen de antwoorden van het vorige schooljaar."
        ),
    ),
    (
        row("IV.M.8", "laagste_dekking:beeld_email"),
        "Over beeld in een e-mail is er nog geen maandeinde met gegevens.",
    ),
    (row("IV.M.8", "gebruik_zonder_toestemming", 0, 942), "Er lag vooraf steeds een geldig ja vast: 942 keer."),
    (
        row("IV.M.8", "gebruik_zonder_toestemming", 1, 1),
        "Bij de ene keer dat een leerling te herkennen was of meedeed, lag vooraf geen geldig ja vast.",
    ),
    (
        row("IV.M.8", "gebruik_zonder_toestemming"),
        "Er zijn geen publicaties aangeleverd. Gebruik zonder toestemming is dus niet uit te sluiten.",
    ),
    (row("IV.M.11", "consultaties", 1), "Er is één vraag om raad vastgelegd."),
    (
        row("V.1", "hulp_aangeboden", 0, 0),
        "Er zijn geen meldingen met een getroffen leerling of medewerker.",
    ),
    (
        row("VI.1", "instemming_voor_vaststelling", 1, 1),
        "De instemming van de GMR was niet later dan het besluit van het bestuur.",
    ),
    (
        row("VI.1", "instemming_voor_vaststelling", 0, 1),
        "De instemming van de GMR is van na het besluit van het bestuur.",
    ),
    (row("VI.3", "inwerkingtreding_vastgelegd"), "In het bestand van de gedragscode ontbreekt een datum."),
    (row("VI.5", "geevalueerd", 0, 1), "Er is in deze periode geen besluit over de evaluatie vastgelegd."),
    (
        row("VI.5", "geevalueerd", 1, 1),
        (
            "Er is in deze periode een besluit over de evaluatie genomen. Of de evaluatie al is gedaan, blijkt daar "
            "niet uit."
        ),
    ),
    (
        row("V.3", "maatregelen_medewerkers", 1, 3),
        (
            "Bij één van de drie meldingen waarbij een medewerker als veroorzaker is genoteerd, ligt een maatregel uit "
            "de cao vast. Andere maatregelen, zoals een gesprek, tellen in dit cijfer niet mee."
        ),
    ),
    (row("VI.5", "dagen_over", 1), "De periode duurt nog 1 dag."),
]


@pytest.mark.parametrize(("known", "sentence"), FOUND, ids=[sentence for _, sentence in FOUND])
def test_what_was_found(registry: Registry, known: dict[str, Any], sentence: str) -> None:
    """One sentence per figure, for nothing, one, two, some and all; what never came in is called unknown."""
    assert articles.found(known, registry).replace("\N{NO-BREAK SPACE}", " ") == sentence


def test_every_indicator_has_words_of_its_own_kind(registry: Registry) -> None:
    """A share is said as a part, a number as a number, a median in days; each knows what to say without data."""
    kinds = {"aandeel": Part, "aantal": Number, "mediaan": Days}
    assert {known.code for known in registry.indicators} == set(WORDS)
    for known in registry.indicators:
        words = WORDS[known.code]
        assert isinstance(words, kinds[known.figure])
        assert words.source in NEVER
    of_purposes = {plain(code) for article in registry.articles for code in article.indicators if "dekking" in code}
    assert of_purposes == set(RANGES)
    assert {article.kind for article in registry.articles} == set(KINDS)


@pytest.mark.parametrize("part", [0, 1, 2, 3, 14, 40])
@pytest.mark.parametrize("whole", [1, 2, 3, 40])
def test_sentences_are_whole_for_any_counts(registry: Registry, part: int, whole: int) -> None:
    """Whatever the counts, no place in a template stays open and each sentence ends."""
    for known, words in WORDS.items():
        code = f"{known}:beeld_email" if known in RANGES else known
        given = row("I", code, min(part, whole), whole) if isinstance(words, Part) else row("I", code, part)
        given = row("I", code, days=float(part)) if isinstance(words, Days) else given
        sentence = articles.found(given, registry)
        assert "{" not in sentence
        assert sentence.endswith(".")
        assert sentence[0].isupper()
        assert "  " not in sentence


def test_few_cases_get_no_percentage(registry: Registry) -> None:
    """A percentage stands from the least base of the registry on, and never beside all or nothing."""
    least = registry.minimum_base
    for whole in (least - 1, least):
        shown = "%" in articles.found(row("IV.A.6", "met_maatregel", 1, whole), registry)
        assert shown == (whole >= least)
        assert ("%" in articles.value_in_words(row("IV.A.6", "met_maatregel", 1, whole), registry)) == shown
    assert "%" not in articles.found(row("IV.A.6", "met_maatregel", 40, 40), registry)
    sure = articles.certainty(finding(registry, row("IV.A.6", "met_maatregel", 1, least - 1)), registry)
    assert any("minder dan tien gevallen" in text for text in sure)
    sure = articles.certainty(finding(registry, row("IV.A.6", "met_maatregel", 1, least)), registry)
    assert not any("minder dan" in text for text in sure)


def test_how_it_was_before(registry: Registry) -> None:
    """The two years before are said with their limit, never judged; nothing is said where one of the two is unknown."""
    unknown = "hoe volledig dat was, is niet bekend."
    coverage = row("IV.M.8", "dekking:beeld_email", 30, 40, before=0.83)
    lowest = row("IV.M.8", "laagste_dekking:beeld_email", 30, 40, before=0.5)
    days = row("IV.A.6", "dagen_tot_maatregel", days=3.0, before=5.5)
    said = [
        (row("I", "trainingen", 9, before=6.0), f"In de twee jaar ervoor zijn er 6 aangeleverd; {unknown}"),
        (row("I", "trainingen", 9, before=1.0), f"In de twee jaar ervoor is er één aangeleverd; {unknown}"),
        (row("I", "trainingen", 9, before=0.0), "In de twee jaar ervoor waren er geen, voor zover aangeleverd."),
        (row("II.3", "platforms", 9, before=6.0), "In de twee jaar ervoor waren er 6, voor zover aangeleverd."),
        (row("II.3", "platforms", 9, before=1.0), "In de twee jaar ervoor was er één, voor zover aangeleverd."),
        (
            row("IV.A.6", "met_maatregel", 1, 20, before=0.0),
            "In de twee jaar ervoor was dat 0 %, voor zover aangeleverd.",
        ),
        (coverage, "Op 31 januari 2025 was dat 83 %, voor zover aangeleverd."),
        (lowest, "Op het laagste maandeinde van de twee jaar ervoor was dat 50 %, voor zover aangeleverd."),
        ({**days, "vorige_waarde": 1.0}, "In de twee jaar ervoor was dat 1 dag, voor zover aangeleverd."),
        (days, "In de twee jaar ervoor was dat 5,5 dagen, voor zover aangeleverd."),
    ]
    for known, sentence in said:
        assert articles.before(known, registry).replace("\N{NO-BREAK SPACE}", " ") == sentence
    assert articles.before(row("I", "trainingen", 9), registry) == ""
    assert articles.before(row("IV.A.6", "met_maatregel", 0, 0, before=0.5), registry) == ""


def test_few_cases_get_no_earlier_percentage(registry: Registry) -> None:
    """How many cases there were then isn't published: where there are few now, nothing is said of then."""
    least = registry.minimum_base
    for whole in (least - 1, least):
        known = row("IV.A.6", "met_maatregel", 1, whole, before=0.5)
        assert ("%" in articles.before(known, registry)) == (whole >= least)
        assert ("%" in articles.before_in_words(known, registry)) == (whole >= least)


def test_the_verdict_comes_first(registry: Registry) -> None:
    """An article starts with its verdict and the figure that says most: of several the one furthest from its norm."""
    found = finding(
        registry,
        row("IV.M.8", "dekking:beeld_website", 90, 100, verdict="aandacht"),
        row("IV.M.8", "dekking:beeld_email", 50, 100, verdict="niet op orde"),
        row("IV.M.8", "dekking:beeld_nieuwsbrief", 40, 100, verdict="niet op orde"),
        row("IV.M.8", "gebruik_zonder_toestemming", 5, 100, verdict="niet op orde"),
    )
    answer = articles.answer(found, registry)
    assert answer.startswith("Niet op orde. Van 40 van de 100 leerlingen over wie is aangeleverd")
    assert articles.told(found, registry)[0].replace("\N{NO-BREAK SPACE}", " ") == (
        "Voor de andere doelen is dat 50 % tot 90 % van de leerlingen over wie is aangeleverd."
    )


def test_use_without_consent_is_in_the_answer(registry: Registry) -> None:
    """Coverage is about answers; what was used without one is said beside the verdict, and once only."""
    coverage = row("IV.M.9", "dekking:whatsapp_les", 40, 100, verdict="niet op orde")
    said = {}
    for uses in (0, 5):
        use = row("IV.M.9", "gebruik_zonder_toestemming", uses, 100, verdict="niet op orde", before=0.1)
        found = finding(registry, coverage, use)
        said[uses] = articles.answer(found, registry).replace("\N{NO-BREAK SPACE}", " ")
        assert (articles.told(found, registry) == []) == bool(uses)
    assert said[5] == (
        f"{said[0]} Bij 5 van de 100 keren dat een leerling te herkennen was of meedeed (5,0 %), lag vooraf geen "
        "geldig ja vast. In de twee jaar ervoor was dat 10 %, voor zover aangeleverd."
    )
    most = finding(registry, row("IV.M.9", "gebruik_zonder_toestemming", 5, 100, verdict="niet op orde"))
    assert articles.answer(most, registry).count("lag vooraf geen geldig ja vast") == 1


def test_purposes_with_few_pupils_get_no_percentage(registry: Registry) -> None:
    """Below the least base each purpose is said with its counts, and why coverage falls is said once."""
    few = [row("IV.M.8", f"laagste_dekking:{code}", 1, 4) for code in ("beeld_website", "beeld_email")]
    (said,) = articles.told(finding(registry, row("IV.M.8", "incidenten", 0), *few), registry)
    assert "%" not in said
    assert said.count("één van de vier leerlingen") == len(few)
    assert said.count(LAPSE) == 1


def test_answers_lapse_with_the_school_year_only(registry: Registry) -> None:
    """Under another meaning of yearly 1 August is a day like any other."""
    known = row("IV.M.8", "laagste_dekking:beeld_email", 350, 1899)
    assert LAPSE in articles.found(known, registry)
    assert LAPSE not in articles.found(known, replace(registry, year="codejaar"))


def test_purposes_together_say_how_many_pupils_are_unknown(registry: Registry) -> None:
    """One sentence on all purposes is as open about what wasn't delivered as one on a single purpose."""
    rows = [
        row("IV.M.8", f"laagste_dekking:{code}", 20, 100, quality=quality)
        for code, quality in (("beeld_website", 0.2), ("beeld_email", 0.4))
    ]
    (said,) = articles.told(finding(registry, row("IV.M.8", "incidenten", 0), *rows), registry)
    unknown = "nee vast; over 20 % tot 40 % van de leerlingen is aangeleverd, de rest is onbekend. Op 1 augustus"
    assert unknown in said.replace("\N{NO-BREAK SPACE}", " ")


def test_purposes_are_said_together(registry: Registry) -> None:
    """Several purposes make one sentence with the least and the most; what never came in is said once."""
    codes = ("beeld_website", "beeld_email")
    lowest = [row("IV.M.8", f"laagste_dekking:{code}", 20 + place, 100) for place, code in enumerate(codes)]
    found = finding(registry, row("IV.M.8", "incidenten", 0), *lowest)
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in articles.told(found, registry)] == [
        f"{LOWEST} 20 % tot 21 % {OF_THEM} {LAPSE}"
    ]
    alike = [row("IV.M.8", f"laagste_dekking:{code}", 20, 100, before=0.5) for code in codes]
    found = finding(registry, row("IV.M.8", "incidenten", 0), *alike)
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in articles.told(found, registry)] == [
        f"{LOWEST} 20 % {OF_THEM} {LAPSE} {LOWEST_BEFORE} was dat 50 %, voor zover aangeleverd."
    ]
    found = finding(registry, row("IV.M.8", "incidenten", 0), alike[0], {**alike[1], "vorige_waarde": None})
    assert "ervoor" not in articles.told(found, registry)[0]
    never = [row("IV.M.8", f"dekking:{code}", verdict="geen gegevens", quality=0.0) for code in codes]
    found = finding(registry, *never)
    assert articles.answer(found, registry) == f"Geen gegevens. {NEVER['toestemmingen']}"
    assert articles.told(found, registry) == []
    assert articles.certainty(found, registry) == ["Er zijn geen cijfers. Hoe het is, is dus onbekend."]


def test_an_article_without_rows_says_so(registry: Registry) -> None:
    """What can't be measured, and what isn't in the snapshot, is never called in order."""
    of = {known.article.number: known for known in article_findings(pl.DataFrame(schema=SCHEMA), registry)}
    assert set(of) == {article.number for article in registry.articles}
    assert articles.answer(of["III.1"], registry) == f"Niet meetbaar. {MEANINGS['niet meetbaar']}"
    assert articles.answer(of["I"], registry) == f"Geen gegevens. {MEANINGS['geen gegevens']}"
    assert articles.certainty(of["I"], registry) == []


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (row("IV.A.1", "incidenten", 3), "Alle scholen hebben over alle maanden hun meldingen aangeleverd."),
        (
            row("IV.A.1", "incidenten", 3, quality=0.91),
            (
                "Scholen hebben over 91 % van de maanden hun meldingen aangeleverd. Over de andere maanden kunnen er "
                "nog meldingen zijn."
            ),
        ),
        (
            row("IV.A.1", "incidenten", 3, quality=0.0),
            "Geen enkele school heeft een maand helemaal aangeleverd. Er kunnen meer meldingen zijn.",
        ),
        (
            row("IV.M.8", "dekking:beeld_website", 30, 40),
            "Op de laatste peildatum is over alle leerlingen aangeleverd.",
        ),
        (
            row("IV.M.8", "laagste_dekking:beeld_website", 30, 40, quality=0.5),
            "Op het laagste maandeinde is over 50 % van de leerlingen aangeleverd. De anderen tellen niet mee.",
        ),
        (row("III.6", "vooraf_gecontroleerd", 30, 40), "Stages zijn aangeleverd. Of dat alles is, is niet te zien."),
        (row("VI.3", "inwerkingtreding_vastgelegd", 1, 1), "Dit volgt uit de vastgestelde datums."),
    ],
)
def test_how_sure_it_is(registry: Registry, known: dict[str, Any], sentence: str) -> None:
    """How much was delivered, in words; data without declarations are never called complete."""
    sure = articles.certainty(finding(registry, known), registry)
    assert sure[0].replace("\N{NO-BREAK SPACE}", " ") == sentence


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (row("IV.M.10", "zelfde_dag_gemeld", 1, 4, quality=0.91), "91 % van de maanden; 4 gevallen"),
        (row("IV.M.10", "zelfde_dag_gemeld", 1, 40, quality=0.91), "91 % van de maanden"),
        (row("IV.M.8", "dekking:beeld_email", 1, 40), "100 % van de leerlingen"),
        (row("III.6", "vooraf_gecontroleerd", 1, 1), "misschien niet alles; 1 geval"),
        (row("III.6", "vooraf_gecontroleerd", 0, 0, verdict="geen gegevens"), "geen gegevens"),
        (row("VI.3", "inwerkingtreding_vastgelegd", 1, 1), "vaste datums"),
        (row("III.1", None, verdict="niet meetbaar"), "geen cijfers"),
    ],
)
def test_how_sure_it_is_in_a_few_words(registry: Registry, known: dict[str, Any], words: str) -> None:
    """For a table: what part was delivered, and how few cases there are."""
    short = articles.certainty_in_short(finding(registry, known), registry)
    assert short.replace("\N{NO-BREAK SPACE}", " ") == words


def test_nothing_to_compare_with_is_said_where_there_could_be(registry: Registry) -> None:
    """The text that a round is about can't be older than the round: then nothing is missing."""
    nothing = "Uit de twee jaar ervoor zijn er geen gegevens om mee te vergelijken."
    assert nothing in articles.certainty(finding(registry, row("IV.A.1", "incidenten", 3)), registry)
    assert nothing not in articles.certainty(finding(registry, row("IV.A.1", "incidenten", 3, before=1.0)), registry)
    assert nothing not in articles.certainty(finding(registry, row("II.1", "tijdig_bekend", 3, 9)), registry)


@pytest.mark.parametrize(
    ("known", "now", "before"),
    [
        (row("IV.A.1", "incidenten", 1200, before=3.0), "1.200", "3"),
        (row("IV.A.1", "incidenten"), "–", "–"),
        (row("IV.A.6", "met_maatregel", 69, 78, before=0.9), "88 % (69 van 78)", "90 %"),
        (row("IV.A.6", "met_maatregel", 0, 0), "–", "–"),
        (row("IV.A.6", "met_maatregel", 1, 4, before=0.5), "1 van 4", "–"),
        (row("IV.A.6", "dagen_tot_maatregel", days=1.0, before=2.5), "1 dag", "2,5 dagen"),
        (row("IV.A.6", "dagen_tot_maatregel"), "–", "–"),
    ],
)
def test_figures_in_a_table(registry: Registry, known: dict[str, Any], now: str, before: str) -> None:
    """A share with its counts, a number, days; a dash where there is nothing, never a 0."""
    assert articles.value_in_words(known, registry).replace("\N{NO-BREAK SPACE}", " ") == now
    assert articles.before_in_words(known, registry).replace("\N{NO-BREAK SPACE}", " ") == before


def test_an_indicator_that_the_registry_no_longer_has_keeps_its_code(registry: Registry) -> None:
    """An older snapshot may hold figures of an older code."""
    old = row("I", "vroeger:oud_doel", 3)
    assert articles.indicator_label("vroeger:oud_doel", registry) == "vroeger: oud_doel"
    assert articles.found(old, registry) == "vroeger:oud_doel: 3."
