"""Five minutes on chance, in plain words: limits around a series, and the funnel of schools.

Numbers in the texts come from the same functions as those of the pages. Chance is shown with dice and coins, not with
its own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isclose
from typing import Final

from dashboard import dutch
from dashboard.indicators import examples
from dashboard.indicators.control_charts import FULL, NEAR, PROVISIONAL, RUN, SIMPLE, WINDOW, rules_at
from dashboard.indicators.examples import CHANGES, DRAWS, RANKED, RANKED_RATE, Schools, Series, Shown


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the lesson: what it is about, a few paragraphs, terms with what they mean, and more paragraphs."""

    title: str
    paragraphs: tuple[str, ...]
    terms: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


WORKED: Final = 10
"""Reports a month in the worked example of a series."""

WORKED_RATE: Final = 3
"""Reports per 1,000 pupils per 20 school days in the worked example of a funnel."""

REALLY: Final[Mapping[str, str]] = {
    "niets": "verandert er niets",
    "helft_erbij": "komt er vanaf {since} de helft bij",
    "dubbel": "wordt er vanaf {since} twee keer zoveel gemeld",
    "halvering": "wordt er vanaf {since} half zoveel gemeld",
}
"""What really changes → how that is told."""

CHANGE_LABELS: Final[Mapping[str, str]] = {
    "niets": "Niets",
    "helft_erbij": "De helft erbij",
    "dubbel": "Twee keer zoveel",
    "halvering": "Half zoveel",
}

DIFFERENCE_LABELS: Final[Mapping[str, str]] = {
    "niets": "Niets, alles is gelijk",
    "groot_dubbel": "Grootste school: twee keer zoveel",
    "klein_dubbel": "Kleinste school: twee keer zoveel",
    "groot_half": "Grootste school: half zoveel",
    "klein_half": "Kleinste school: half zoveel",
}

LIMITS_NOTES: Final = (
    (
        f"Bij minder dan {FULL:.0f} meldingen per maand gelden alleen de eerste "
        f"{dutch.small(len(rules_at(SIMPLE)))} redenen. Bij minder dan {dutch.rate(SIMPLE)} per maand zegt een grafiek "
        "per maand niets; dan telt hoeveel lesdagen er tussen twee meldingen zitten. En in een maand met weinig "
        "lesdagen zijn de grenzen ruimer: zo'n maand zegt minder."
    ),
    (
        f"Rusten de grenzen op minder dan {dutch.small(PROVISIONAL)} maanden, dan zijn ze voorlopig. Kwam er een ander "
        "systeem of een andere definitie, dan begint een nieuw deel met eigen grenzen. Anders zou een nieuwe manier "
        "van tellen op een verandering lijken."
    ),
)
"""What else to know of the limits of a real chart."""

RULES: Final = Passage(
    "Waar de grafiek op let",
    (
        (
            "De grafiek wijst een maand alleen aan als toeval die slecht verklaart. Dat heet hier een teken. Er zijn "
            f"{dutch.small(len(rules_at(FULL)))} redenen voor."
        ),
    ),
    {
        "Buiten de grens": "Een maand ligt boven of onder de grenzen. Door toeval gebeurt dat bijna nooit.",
        "Lang aan één kant": (
            f"{dutch.capital(dutch.small(RUN))} maanden op rij liggen boven het midden, of eronder. Dat is net zo "
            f"bijzonder als {dutch.small(RUN)} keer achter elkaar kop, of {dutch.small(RUN)} keer munt: 1 op de "
            f"{2 ** (RUN - 1)} keer. Maar wie twee jaar kijkt, geeft toeval veel kansen."
        ),
        "Steeds hoger of steeds lager": (
            f"In een rij van {dutch.small(RUN)} maanden is het cijfer telkens hoger dan in de maand ervoor, of telkens "
            "lager."
        ),
        "Dicht bij de grens": (
            f"{dutch.capital(dutch.small(WINDOW))} maanden op rij liggen aan dezelfde kant van het midden, en ten "
            f"minste {dutch.small(NEAR)} daarvan dicht bij de grens: voorbij twee derde van de weg erheen."
        ),
    },
    LIMITS_NOTES,
)

PLAY_SERIES: Final = Passage(
    "Probeer het zelf",
    (
        (
            "Dit is een verzonnen school met 1.000 leerlingen en elke maand 20 lesdagen. Bij een echte school is "
            "nooit zeker wat er achter de cijfers zit; hier wel. Kies hoeveel meldingen er gemiddeld per maand zijn "
            "en wat er halverwege echt verandert. Een ander lotnummer geeft ander toeval, en verder blijft alles "
            "gelijk."
        ),
    ),
    {
        "Eerst dit": "Laat niets veranderen en probeer tien lotnummers. Hoe vaak wijst de grafiek toch iets aan?",
        "En dan dit": (
            "Kies 'De helft erbij' met 3 meldingen per maand, en daarna met 20. Wanneer wijst de grafiek de "
            "verandering aan?"
        ),
    },
)

QUESTIONS: Final = Passage(
    "Een teken is een vraag, geen oordeel",
    (
        (
            "De grafiek zegt dát er iets anders kan zijn, nooit waarom. Dat weet de school. Vier vragen helpen het "
            "gesprek op weg."
        ),
    ),
    {
        "Kloppen de cijfers?": (
            "Is alles aangeleverd? Kwam er een ander systeem, of telt iets nu anders mee? Is iets dubbel ingevoerd?"
        ),
        "Wordt er anders gemeld?": (
            "Na een campagne, een les of een nieuw meldpunt komen er vaak meer meldingen. Dan gebeurt er misschien "
            "niet meer, maar wordt er meer gezien."
        ),
        "Wat is er gebeurd?": (
            "Gaat het om één voorval met veel meldingen, om één klas of om één app? De uitsplitsing naar onderwerp en "
            "platform helpt zoeken."
        ),
        "Wat is er nu nodig?": (
            "Spreek af wie iets doet, en wanneer er opnieuw wordt gekeken. Nog drie maanden volgen kan ook een "
            "besluit zijn."
        ),
    },
)

MORE_REPORTS: Final = Passage(
    "Waarom meer meldingen niet minder veilig is",
    (
        (
            "Achter een melding zit iemand die iets zag, het serieus nam en wist waar dat te melden is. Op een school "
            "die daar werk van maakt, komen daarom vaak meer meldingen binnen. Geen meldingen kan betekenen dat er "
            "niets gebeurt, en ook dat niemand het vertelt."
        ),
        (
            "Wie een school aanspreekt op veel meldingen, krijgt er de volgende keer misschien minder. Niet omdat er "
            "minder gebeurt, maar omdat er minder wordt verteld. Kijk daarom ook naar hoe snel er wordt "
            "geregistreerd, of lichte zaken meetellen en wat er na een melding is gedaan."
        ),
    ),
)

FUNNEL_NOTES: Final = (
    "Bij toestemming werkt de trechter net zo. Daar gaat het om het deel van de leerlingen met een geldig antwoord.",
    (
        "Liggen er veel scholen buiten de trechter? Dan verschillen de scholen onderling meer dan toeval verklaart, "
        "bijvoorbeeld doordat elke school op een eigen manier meldt. De grenzen worden daar niet ruimer van; het "
        "staat erbij."
    ),
    (
        "Let op bij een grote school, of bij maar twee scholen. Een grote school bepaalt voor een groot deel zelf het "
        "cijfer van de groep en ligt er daarom vanzelf dichtbij."
    ),
)
"""What else to know of a funnel."""

VERDICTS: Final = Passage(
    "De trechter",
    (
        (
            "De trechter tekent de grenzen van toeval voor elke grootte. Links staan kleine scholen, met ruime "
            "grenzen; rechts grote, met nauwe. De lijn in het midden is het cijfer van alle scholen samen."
        ),
    ),
    {
        "Binnen de grenzen": (
            "Zo'n verschil geeft toeval vanzelf. Er is niets uit af te leiden, ook niet als de school bovenaan of "
            "onderaan ligt."
        ),
        "Opletten": (
            "Tussen de grenzen: wel buiten de binnenste, niet buiten de buitenste. Door toeval ligt een school "
            "ongeveer 5 van de 100 keer buiten de binnenste grens. Kijk of het de volgende keer weer zo is."
        ),
        "Wijkt af": (
            "Buiten de buitenste grens. Door toeval gebeurt dat ongeveer 2 van de 1.000 keer. Dat is een reden om te "
            "vragen wat er speelt."
        ),
    },
    FUNNEL_NOTES,
)

PLAY_SCHOOLS: Final = Passage(
    "Probeer het zelf",
    (
        (
            "Dit zijn verzonnen scholen van 200 tot 1.800 leerlingen, in één schooljaar. Kies hoeveel scholen er "
            "zijn, hoeveel er gemiddeld wordt gemeld en of één school echt anders is. Een ander lotnummer geeft ander "
            "toeval."
        ),
    ),
    {
        "Eerst dit": "Laat alle scholen gelijk en probeer een paar lotnummers. Welke school ligt telkens bovenaan?",
        "En dan dit": "Maak eerst de grootste school anders en daarna de kleinste. Bij welke is dat te zien?",
    },
)


def series_passages() -> tuple[Passage, ...]:
    """Limits around a series: what comes before the example to play with."""
    low, high, beyond = examples.usual_counts(WORKED)
    start = Passage(
        "Wanneer is het meer dan toeval?",
        (
            (
                "Gooi 60 keer met een dobbelsteen en tel de zessen. Tien is te verwachten. Toch zijn het er de ene "
                "keer 7 en de andere keer 13, met dezelfde dobbelsteen. Zo gaat het ook met meldingen: verandert er "
                "niets, dan zijn het er in de ene maand toch meer dan in de andere."
            ),
            (
                f"Neem een school met gemiddeld {dutch.small(WORKED)} meldingen per maand, waar niets verandert. Dan "
                f"liggen bijna alle maanden tussen {dutch.number(low)} en {dutch.number(high)} meldingen. Van 1.000 "
                f"van zulke maanden valt er ongeveer {dutch.small(round(1000 * beyond))} buiten. Dat zijn de grenzen "
                "van toeval: het lichte vlak in de grafiek."
            ),
            (
                "Van 9 meldingen in de ene maand naar 14 in de volgende lijkt veel, maar toeval geeft zo'n sprong "
                "vanzelf. Wie bij elke sprong een oorzaak zoekt, vindt er altijd wel een, en meestal is het niet de "
                "echte."
            ),
        ),
    )
    return start, RULES


def schools_passages() -> tuple[Passage, ...]:
    """The funnel: what comes before the example to play with."""
    small, large = (examples.usual_rates(pupils, WORKED_RATE) for pupils in (examples.SMALLEST, examples.LARGEST))
    start = Passage(
        "Een kleine school springt er vanzelf uit",
        (
            (
                "Gooi 10 keer met een munt. Zeven keer kop is dan niets bijzonders. Gooi 1.000 keer, en 700 keer kop "
                "komt nooit voor. Hoe kleiner het aantal, hoe meer toeval met het cijfer doet."
            ),
            (
                f"Neem twee scholen waar naar verhouding evenveel wordt gemeld: {WORKED_RATE} meldingen per 1.000 "
                f"leerlingen per 20 lesdagen. De kleine school heeft {dutch.number(examples.SMALLEST)} leerlingen, de "
                f"grote {dutch.number(examples.LARGEST)}. In ongeveer 95 van de 100 schooljaren ligt het cijfer van de "
                f"kleine school tussen {_between(small)}. Bij de grote is dat tussen {_between(large)}. Toch is er op "
                "beide scholen niets anders aan de hand."
            ),
        ),
    )
    return start, VERDICTS


def no_ranks(at_an_end: int) -> Passage:
    """Why schools aren't ranked, with what chance alone does. `at_an_end`: as `examples.smallest_at_an_end` counts."""
    in_turn = round(2 * DRAWS / RANKED)
    return Passage(
        "Waarom er geen ranglijst is",
        (
            (
                "Een ranglijst heeft altijd een bovenste en een onderste, ook als alle scholen gelijk zijn. Neem "
                f"{dutch.small(RANKED)} van de verzonnen scholen hierboven, met overal {RANKED_RATE} meldingen per "
                f"1.000 leerlingen. Met de lotnummers 1 tot en met {dutch.number(DRAWS)} heeft de kleinste "
                f"school {_times(at_an_end, DRAWS)} het hoogste of het laagste cijfer van allemaal. Had elke "
                f"school evenveel kans daarop, dan was het ongeveer {dutch.number(in_turn)} keer."
            ),
            (
                "Daarom staan de scholen hier in een vaste volgorde, en zegt de trechter alleen of een verschil meer "
                "is dan toeval verklaart."
            ),
        ),
    )


def series_told(example: Series) -> str:
    """What the chart of an example says, what was really so, and whether the one fits the other."""
    if not example.has_limits:
        return f"Zo weinig meldingen zijn te weinig voor grenzen per maand. {_really(example)}."
    months = len(example.marked)
    said = (
        f"De grafiek wijst {dutch.counted(months, 'maand', 'maanden')} aan" if months else "De grafiek wijst niets aan"
    )
    return f"{said}. {_really(example)}. {_series_verdict(example)}"


def _really(example: Series) -> str:
    change = next(name for name, times in CHANGES.items() if isclose(times, example.change))
    return f"In werkelijkheid {REALLY[change].format(since=dutch.month_name(example.halfway))}"


def _series_verdict(example: Series) -> str:
    if example.change == 1:
        return "Dat is dus vals alarm: alleen toeval." if example.marked else "Dat klopt."
    if example.fitting:
        return "Die verandering is gevonden."
    if example.marked:
        return "Dat is iets anders dan wat de grafiek aanwijst: de verandering is gemist."
    return "Die verandering is gemist: ze valt weg in het toeval."


def series_shown(shown: Shown, change: float) -> str:
    """In how many draws of an example the chart gives a false alarm, or finds what really changed."""
    start = f"Met de lotnummers 1 tot en met {dutch.number(shown.draws)}"
    if change == 1:
        often = (
            f" Dat is ongeveer 1 op de {round(shown.draws / shown.signalled)} reeksen van twee jaar."
            if shown.signalled
            else ""
        )
        return (
            f"{start} wijst de grafiek {_times(shown.signalled, shown.draws)} iets aan terwijl er niets "
            f"verandert.{often} Daarom is een teken een reden om te vragen, en geen bewijs."
        )
    missed = shown.draws - shown.found
    rest = (
        f" De andere {dutch.number(missed)} keer valt ze weg in het toeval: geen teken betekent dus niet dat er niets "
        "verandert."
        if shown.found and missed
        else ""
    )
    return f"{start} wijst de grafiek de verandering {_times(shown.found, shown.draws)} aan.{rest}"


def schools_told(example: Schools) -> str:
    """What the funnel of an example says, what was really so, and whether the one fits the other."""
    outside = [example.names[brin6] for brin6 in example.outside]
    verb = "ligt" if len(outside) == 1 else "liggen"
    said = (
        f"Buiten de buitenste grens {verb} {dutch.listed(outside)}"
        if outside
        else "Geen school ligt buiten de buitenste grens"
    )
    if not example.different:
        verdict = "Dat is dus vals alarm: alleen toeval." if outside else "Dat klopt."
        return f"{said}. In werkelijkheid zijn alle scholen gelijk. {verdict}"
    name = example.names[example.different]
    pupils = example.pupils[example.different]
    much = "twee keer zoveel" if example.times > 1 else "half zoveel"
    really = f"In werkelijkheid wordt er op {name} ({dutch.number(pupils)} leerlingen) {much} gemeld"
    verdict = "Dat is gevonden." if example.found else "Dat is gemist: het valt weg in het toeval."
    others = [other for other in outside if other != name]
    rest = (
        f" Op {dutch.listed(others)} is niets anders: dat is toeval, of {name} trekt het cijfer van de groep mee."
        if others
        else ""
    )
    return f"{said}. {really}. {verdict}{rest}"


def schools_shown(shown: Shown, example: Schools) -> str:
    """In how many draws of an example a school lies outside for no reason, or the one that is different does."""
    start = f"Met de lotnummers 1 tot en met {dutch.number(shown.draws)}"
    if not example.different:
        return (
            f"{start} ligt er {_times(shown.signalled, shown.draws)} een school buiten de buitenste grens, terwijl "
            "alle scholen gelijk zijn."
        )
    missed = shown.draws - shown.found
    name = example.names[example.different]
    rest = f" De andere {dutch.number(missed)} keer is het verschil niet te zien." if shown.found and missed else ""
    return f"{start} wijst de trechter {name} {_times(shown.found, shown.draws)} aan.{rest}"


def _between(ends: tuple[float, float]) -> str:
    low, high = ends
    return f"{dutch.rate(low)} en {dutch.rate(high)}"


def _times(count: int, draws: int) -> str:
    if not count:
        return "geen enkele keer"
    return f"alle {dutch.number(count)} keer" if count == draws else f"{dutch.number(count)} keer"
