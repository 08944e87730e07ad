"""What a record of processing and a DPIA say about the dashboard, written from what the program does.

Every list and number here comes from the code that works with it, so the document can't say anything else.
"""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard import dutch
from dashboard.access.audiences import ADMINISTRATOR, BOARD, DIRECTOR, LABELS
from dashboard.access.door import IDLE, LONGEST
from dashboard.disclosure.universe import UNIVERSE
from dashboard.exports.contracts import DATASETS, Column, Dataset, Kind
from dashboard.exports.pseudonyms import KEY_BYTES, PERSONAL_HEADERS, PSEUDONYM_BYTES
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.registry import Registry
from dashboard.settings import Settings
from dashboard.store.carrying import CARRIED
from dashboard.store.log import Kind as Act
from dashboard.store.retention import INCIDENTS, OWNED, PUPILS, SHRINKS

ASKED: Final = ("IV.M.8", "IV.M.9")
"""The articles for which consent is asked."""

EVALUATED: Final = "VI.5"
"""The article that asks for the evaluation."""

CHANGED: Final[Mapping[Kind, str]] = {
    Kind.PUPIL: "vervangen door een pseudoniem",
    Kind.BIRTH: "teruggebracht tot de dag waarop de leerling 16 wordt",
    Kind.IDENTIFIER: "vervangen door een kenmerk met sleutel (hash)",
    Kind.TEXT: "bewaard als vrije tekst: zet er geen namen in",
}
"""What happens to a column before anything is kept; any other is kept as it is."""

KEPT: Final = "bewaard"

ABOUT: Final[Mapping[str, str]] = {
    PUPILS: "leerlingen",
    **dict.fromkeys(OWNED, "leerlingen"),
    "toestemmingen": "leerlingen, en of een ouder of voogd antwoordde",
    INCIDENTS: "niemand met naam of nummer; wel rollen, zoals leerling of medewerker",
    "stages": "stagiairs en vrijwilligers, zonder naam",
    "consultaties": "niemand met naam; wel dat er iets gevraagd is, per school en dag",
    "personeel": "medewerkers, als aantal per school",
    "activiteiten": "niemand; aantallen deelnemers",
    "besluiten": "wie een besluit uitvoert, als functie",
}
"""Whom a dataset is about; any other is about nobody."""

NOBODY: Final = "niemand"

TO_FILL: Final = "(aan te vullen door de school)"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the document: sentences, and a table where there is one."""

    title: str
    sentences: tuple[str, ...]
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def describe_processing(settings: Settings, registry: Registry) -> list[Chapter]:
    """The whole document. What only the school can know is left open, and says so."""
    return [
        _who(registry),
        _why(registry),
        _ground(registry),
        _people(),
        _fields(),
        _dropped(),
        _pseudonyms(),
        _audiences(),
        _small_numbers(registry),
        _retention(settings),
        _log(),
        _measures(),
        _risks(registry),
    ]


# --- the chapters -------------------------------------------------------------------------------------------------


def _who(registry: Registry) -> Chapter:
    return Chapter(
        "Wie verwerkt",
        (
            f"Verwerkingsverantwoordelijke: {registry.organisation} ({registry.short_name}).",
            f"Contact: {TO_FILL}. Functionaris gegevensbescherming: {TO_FILL}.",
            (
                "Het dashboard draait op een computer van de scholengroep. Er gaan geen gegevens naar een ander: "
                "geen gebruiksstatistiek, geen externe bestanden, geen verbinding met andere diensten dan het eigen "
                "inloggen."
            ),
            "Doorgifte buiten de EU is er niet door het dashboard zelf.",
        ),
    )


def _why(registry: Registry) -> Chapter:
    return Chapter(
        "Waarvoor",
        (
            f"Artikel {EVALUATED} van de code vraagt een evaluatie: {registry.article(EVALUATED).text}",
            (
                "Het dashboard telt daarvoor hoe volledig en geldig de toestemmingen zijn, welke incidenten er zijn "
                "gemeld en wat er daarna is gedaan. Het volgt geen leerlingen en beoordeelt niemand. Er zijn geen "
                "besluiten over een persoon en geen profielen."
            ),
            "Toestemming wordt gevraagd voor deze doelen:",
        ),
        ("doel", "artikel"),
        tuple((purpose.label, purpose.article) for purpose in registry.purposes),
    )


def _ground(registry: Registry) -> Chapter:
    return Chapter(
        "Grondslag",
        (
            "Voor het beeld en de middelen zelf vraagt de code toestemming, in onze woorden:",
            *(f"{number}: {registry.article(number).text}" for number in ASKED),
            (
                "Een nee is een geldig antwoord en wordt net zo geteld als een ja. Een ja kan altijd worden "
                "ingetrokken; vanaf de dag van intrekken telt die."
            ),
            (
                "Het bijhouden van antwoorden is nodig om de toestemming te kunnen aantonen (artikel 7, lid 1 AVG). "
                f"Op welke grondslag de evaluatie rust, legt de school zelf vast: {TO_FILL}."
            ),
        ),
    )


def _people() -> Chapter:
    return Chapter(
        "Over wie",
        ("Per soort gegevens:",),
        ("soort", "over wie"),
        tuple((name, ABOUT.get(name, NOBODY)) for name in DATASETS),
    )


def _fields() -> Chapter:
    rows = [
        (dataset.name, column.name, _fate(dataset, column))
        for dataset in DATASETS.values()
        for column in dataset.columns
    ]
    return Chapter(
        "Welke gegevens, en wat ermee gebeurt",
        ("Wat hier niet in staat, wordt niet bewaard. Alles gebeurt voordat er iets op schijf komt.",),
        ("soort", "kolom", "wat ermee gebeurt"),
        tuple(rows),
    )


def _fate(dataset: Dataset, column: Column) -> str:
    if dataset.name == "scholen" and column.name == "naam":
        return "bewaard: de naam van de school"
    return CHANGED.get(column.kind, KEPT)


def _dropped() -> Chapter:
    return Chapter(
        "Wat nooit binnenkomt",
        (
            (
                "Een kolom met een van deze woorden in de kop wordt weggelaten voordat iets wordt bewaard, en het "
                f"verslag van de import zegt dat: {', '.join(sorted(PERSONAL_HEADERS))}."
            ),
            "Onbekende kolommen worden ook weggelaten en genoemd. Van een geweigerde rij blijft alleen een aantal.",
        ),
    )


def _pseudonyms() -> Chapter:
    return Chapter(
        "Pseudoniemen en de sleutel",
        (
            (
                f"Een leerlingnummer wordt met HMAC-SHA-256 een pseudoniem van {PSEUDONYM_BYTES} bytes, met een "
                f"sleutel van {KEY_BYTES} bytes. Zonder de sleutel kan niemand nummers uitproberen. Pseudoniemen "
                "blijven persoonsgegevens."
            ),
            (
                "De sleutel staat buiten de map met gegevens (GEDRAGSCODE_KEY_FILE), alleen leesbaar voor het "
                "account dat importeert. Een sleutel in de map met gegevens wordt geweigerd."
            ),
            (
                "Gaat de sleutel verloren, dan kan er niets meer bij. Een andere sleutel komt er met 'gedragscode "
                "key rotate': een nieuwe map, gevuld uit volledige exports. Onder twee sleutels zou een leerling "
                "dubbel tellen, daarom weigert een map elke andere sleutel."
            ),
        ),
    )


def _audiences() -> Chapter:
    rows = tuple((name, _seen(name, is_shared=name in UNIVERSE)) for name in PUBLISHED)
    return Chapter(
        "Wie ziet wat",
        (
            (
                f"Ingelogd zien {LABELS['rvt']}, {LABELS['gmr']}, {LABELS[ADMINISTRATOR]} en {LABELS[DIRECTOR]} "
                f"cijfers waarin kleine aantallen verborgen zijn; een {LABELS[DIRECTOR]} ziet de eigen school exact, "
                f"het {LABELS[BOARD]} alles. Wie geen rol heeft, ziet niets."
            ),
            (
                "Niemand ziet rijen over leerlingen: wat het dashboard toont, zijn aantallen. De enige lijst met "
                "leerlingnummers (gedragscode worklist) maakt een school uit haar eigen exports; die gaat buiten de "
                "gegevens van het dashboard om."
            ),
        ),
        ("tabel", "wie"),
        rows,
    )


def _seen(name: str, *, is_shared: bool) -> str:
    if is_shared:
        return "iedereen met een rol, kleine aantallen verborgen"
    schools = f" en een {LABELS[DIRECTOR]} (eigen school)" if "brin6" in PUBLISHED[name].key else ""
    return f"{LABELS[BOARD]}{schools}"


def _small_numbers(registry: Registry) -> Chapter:
    return Chapter(
        "Kleine aantallen",
        (
            (
                f"De drempel is k = {registry.threshold}: 1 tot en met {registry.threshold - 1} personen of "
                "incidenten worden verborgen. Bij toestemming ook als bijna iedereen hetzelfde antwoordde."
            ),
            f"Aandelen worden niet getoond over minder dan {registry.minimum_base}.",
            (
                "Er wordt net zo lang meer verborgen tot geen van deze drie het kleine aantal nauwer dan k kan "
                "uitrekenen: iedereen met alle gepubliceerde cijfers; een directeur die de eigen school exact kent; "
                "iemand die weet dat een aantal niet nul is."
            ),
            (
                "Een tweede rekenwijze, apart geschreven, valt elke momentopname aan voordat die wordt gepubliceerd. "
                "Lukt de aanval, dan wordt er niets gepubliceerd."
            ),
        ),
    )


def _retention(settings: Settings) -> Chapter:
    months = settings.retention_months
    longest = next(rule.le for rule in Settings.model_fields["retention_months"].metadata if hasattr(rule, "le"))
    return Chapter(
        "Bewaartermijn",
        (
            (
                f"Rijen van een leerling ({dutch.listed([PUPILS, *OWNED])}) gaan {months} maanden na de laatste dag "
                f"van inschrijving weg; langer dan {longest} maanden kan niet worden ingesteld."
            ),
            (
                f"Rijen van {INCIDENTS} noemen geen leerling en gaan {months} maanden na de dag van het incident weg. "
                "De evaluatie duurt even lang, dus zolang zij loopt, zijn haar incidenten er nog."
            ),
            (
                "Het opruimen is een opdracht ('gedragscode purge'): laat de beheerder die elke maand geven. Een "
                "bewijs zegt wat er weg is: aantallen, dagen en hashes van de bestanden ervoor en erna."
            ),
            (
                f"De aantallen van vroeger blijven, in {dutch.listed(sorted(CARRIED), most=len(CARRIED))}: zonder "
                f"rijen en zonder pseudoniemen. Alleen {dutch.listed(sorted(SHRINKS))} laten daarna minder zien."
            ),
            (
                "Eerdere momentopnamen blijven en bevatten alleen aantallen. Reservekopieën vallen buiten het "
                f"programma: hoelang die blijven, legt de school vast: {TO_FILL}."
            ),
        ),
    )


def _log() -> Chapter:
    return Chapter(
        "Logboek",
        (
            (
                "In het logboek staat wie wanneer wat deed "
                f"({dutch.listed([act.value for act in Act], most=len(Act))}), voor welke doelgroep en in welke "
                "momentopname. Er staan geen cijfers in, niets over leerlingen en geen tekst die een bezoeker kiest. "
                "Wie het is, staat er als kenmerk van het inloggen."
            ),
            (
                "Regels worden alleen toegevoegd. Elke regel hangt met een hash aan de vorige, zodat een veranderde "
                "of verwijderde regel opvalt. Kan er niet worden gelogd, dan gaat een download niet door."
            ),
            (
                "Het logboek bevat gegevens over medewerkers. De oudste maanden mogen worden verwijderd als de "
                f"school ze niet meer nodig heeft: {TO_FILL}."
            ),
        ),
    )


def _measures() -> Chapter:
    return Chapter(
        "Beveiliging",
        (
            (
                "Rijen en cijfers staan gescheiden: de rijen in een map die alleen het account van de import kan "
                "lezen, de cijfers in momentopnamen zonder rijen. De app opent de rijen nooit."
            ),
            (
                f"Inloggen gaat via de eigen inlogdienst van de school (OIDC). Een login duurt {LONGEST // 3600} uur, "
                f"en {IDLE // 60} minuten zonder activiteit. Rechten worden bij elke vraag opnieuw bekeken."
            ),
            "Zonder inloggen toont het dashboard alleen verzonnen gegevens.",
            "Elke momentopname is onveranderlijk en wordt in één keer zichtbaar.",
            "Een bestand om te downloaden voert geen formules uit. Het bevat niet meer dan wie het maakt, mag zien.",
        ),
    )


def _risks(registry: Registry) -> Chapter:
    return Chapter(
        "Wat er mis kan gaan",
        ("De school beoordeelt kans en ernst. Wat het programma doet, en wat overblijft:",),
        ("risico", "wat ertegen is gedaan", "wat overblijft"),
        (
            (
                "Iemand herkent een leerling in een klein aantal",
                f"Verbergen onder k = {registry.threshold}, met een aanval vóór elke publicatie",
                "Wie alles van een school weet, weet meer dan een cijfer verbergt",
            ),
            (
                "De map met rijen wordt gekopieerd",
                "Geen namen of nummers; de sleutel staat ergens anders",
                "Met de sleutel erbij zijn nummers uit te proberen",
            ),
            (
                "Een bestand wordt te breed gedeeld",
                "Een bestand bevat alleen wat de maker mag zien; elke download staat in het logboek",
                "Wat gedeeld is, is gedeeld",
            ),
            (
                "Gegevens blijven te lang",
                "Een termijn per rij, een opdracht om op te ruimen en een bewijs",
                "Een uitschrijfdatum die ontbreekt in de export, en reservekopieën",
            ),
            (
                "Een vrij tekstveld noemt een persoon",
                "Alleen gebeurtenissen en besluiten hebben vrije tekst",
                "Wie de tekst schrijft, let daar zelf op",
            ),
        ),
    )


# --- the two ways to write it ------------------------------------------------------------------------------------

TITLE: Final = "Verwerkingsregister en feiten voor de DPIA"

INTRODUCTION: Final = (
    "Gemaakt met 'gedragscode register' uit wat het programma doet. Het vervangt geen juridisch advies."
)


def as_markdown(chapters: Sequence[Chapter]) -> str:
    """The document as Markdown."""
    parts = [f"# {TITLE}", INTRODUCTION]
    for chapter in chapters:
        parts += [f"## {chapter.title}", *chapter.sentences]
        if chapter.rows:
            lines = (chapter.header, ("---",) * len(chapter.header), *chapter.rows)
            parts.append("\n".join(f"| {' | '.join(line)} |" for line in lines))
    return "\n\n".join(parts) + "\n"


def as_html(chapters: Sequence[Chapter]) -> str:
    """The document as one page without anything from elsewhere."""
    parts = [f"<h1>{TITLE}</h1>", _paragraph(INTRODUCTION)]
    for chapter in chapters:
        parts += [f"<h2>{html.escape(chapter.title)}</h2>", *map(_paragraph, chapter.sentences)]
        if chapter.rows:
            head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in chapter.header)
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in chapter.rows)
            body = "".join(f"<tr>{row}</tr>" for row in rows)
            parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    style = (
        "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
        "table{border-collapse:collapse}"
        "td,th{border:1px solid #767676;padding:.3rem .6rem;text-align:left}"
    )
    head = f'<head><meta charset="utf-8"><title>{TITLE}</title><style>{style}</style></head>'
    body = "\n".join(parts)
    return f'<!DOCTYPE html>\n<html lang="nl">{head}<body><main>\n{body}\n</main></body></html>\n'


def _paragraph(sentence: str) -> str:
    return f"<p>{html.escape(sentence)}</p>"


FORMS: Final[Mapping[str, Callable[[Sequence[Chapter]], str]]] = {".md": as_markdown, ".html": as_html}
"""How the document is written, by the end of the file's name."""
