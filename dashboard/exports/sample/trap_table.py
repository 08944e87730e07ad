"""What is planted in the answers: a case for every status, every rule that leads to it, and every border.

The table is written for a reader; days are told relative to the day of delivery, so that it holds on any day.

- A day: `20` is twenty days before the delivery; `vorig+40` forty days after 1 August of last school year; `begin-1`
  the day before this school year; `maandeind+1` the day after the last month end before the delivery;
  `vergeten-60` sixty days before the end of the month that a school forgot; `zonder-datum` none.
- An answer: day, giver, word, and what is out of the ordinary: `zonder-bron`, `vinkje` (another source), `los` (no
  voor_schooljaar; else this school year), `voor=vorig`, `voor=volgend`, `hier` and `elders` (brin6), `nullen` (zeros
  before the leerlingnummer), `ander-doel`, `geweigerd` (the import refuses it for its date). `-` is an empty giver.
- Who: `kind` is 13, `volwassen` is 18, `16@8` turned 16 eight days before the delivery.
"""

from enum import Enum
from typing import Final


class Place(Enum):
    """Where a planted pupil is enrolled, and the reference date that the case is about."""

    USUAL = "one school; the day of delivery"
    MONTH_END = "one school; the last month end before the delivery"
    FORGOTTEN = "the school that forgot to deliver; the last day of the month it forgot"
    EVE = "the same school; the last day before that month"
    BESIDE = "one school, and there is another one"
    MOVED = "two schools, the second one since the day of delivery"
    SAME_DAY = "two schools since the same day"
    NEW = "one school since the day of delivery"


# fmt: off
TRAP_TABLE: Final[tuple[tuple[int, str, str, str, str, Place], ...]] = (
    # The row of the status table that decides, the status, who, the answers, why (for the README), where.
    (0, "onbekend", "kind", "vergeten-60 ouder1 ja los",
     "De school heeft deze maand niet aangeleverd; ook een geldig ja is dan niet bekend.", Place.FORGOTTEN),
    (2, "ja", "kind", "vergeten-60 ouder1 ja los",
     "Dezelfde school op de laatste dag die wel is aangeleverd.", Place.EVE),

    (1, "ja", "volwassen", "20 leerling ja",
     "16 of ouder en zelf ja gezegd.", Place.USUAL),
    (1, "nee", "volwassen", "20 leerling nee",
     "16 of ouder en zelf nee gezegd: een geldig antwoord.", Place.USUAL),
    (1, "ingetrokken", "volwassen", "30 leerling ja, 12 leerling ingetrokken",
     "Eerst ja, later ingetrokken.", Place.USUAL),
    (1, "ja", "volwassen", "30 leerling ingetrokken, 12 leerling ja",
     "Ingetrokken, en later toch weer ja: het laatste telt.", Place.USUAL),
    (1, "nee", "volwassen", "20 leerling ja, 20 leerling nee",
     "Ja en nee op dezelfde dag: het meest beschermende telt.", Place.USUAL),
    (1, "ingetrokken", "volwassen", "20 leerling nee, 20 leerling ingetrokken",
     "Nee en ingetrokken op dezelfde dag: ingetrokken telt.", Place.USUAL),
    (1, "ja", "volwassen", "30 leerling ja, 5 ouder1 nee",
     "Zelf ja; een ouder zegt later nee, maar gaat er niet meer over.", Place.USUAL),
    (1, "ja", "16@15", "30 ouder1 nee, 5 leerling ja",
     "De ouder zei nee; de leerling werd 16 en zei zelf ja.", Place.USUAL),
    (1, "nee", "volwassen", "10 leerling ja, 0 leerling nee",
     "Ja, en nee op de peildatum zelf: die dag telt mee.", Place.USUAL),
    (1, "ja", "volwassen", "10 leerling ja, vandaag+1 leerling nee geweigerd",
     "Ja; een nee met de datum van morgen wordt geweigerd.", Place.USUAL),

    (2, "ja", "kind", "20 ouder1 ja",
     "Jonger dan 16, een ouder zegt ja.", Place.USUAL),
    (2, "nee", "kind", "20 ouder1 nee",
     "Jonger dan 16, een ouder zegt nee: een geldig antwoord.", Place.USUAL),
    (2, "ja", "kind", "20 voogd ja",
     "Een voogd zegt ja.", Place.USUAL),
    (2, "ja", "kind", "25 ouder1 ja, 11 ouder2 ja",
     "Beide ouders zeggen ja.", Place.USUAL),
    (2, "conflict", "kind", "25 ouder1 ja, 11 ouder2 nee",
     "De ene ouder zegt ja, de andere nee.", Place.USUAL),
    (2, "conflict", "kind", "25 ouder1 ja, 11 ouder2 ingetrokken",
     "De ene ouder zegt ja, de andere trekt in.", Place.USUAL),
    (2, "ja", "kind", "25 ouder1 ja, 22 ouder2 nee, 3 ouder2 ja",
     "De ouders waren het oneens, daarna zegt ook de tweede ja.", Place.USUAL),
    (2, "ingetrokken", "kind", "25 ouder1 ja, 11 ouder1 ingetrokken",
     "Eerst ja, later ingetrokken door dezelfde ouder.", Place.USUAL),
    (2, "ingetrokken", "kind", "25 ouder1 nee, 11 ouder2 ingetrokken",
     "De ene ouder zegt nee, de andere trekt in: er is geen ja, dus ingetrokken.", Place.USUAL),
    (2, "nee", "kind", "25 ouder1 ja, 11 ouder1 nee",
     "Eerst ja, later nee van dezelfde ouder: dat is geen conflict.", Place.USUAL),
    (2, "nee", "kind", "20 ouder1 ja, 20 ouder1 nee",
     "Ja en nee van dezelfde ouder op dezelfde dag: het meest beschermende telt.", Place.USUAL),
    (2, "ja", "kind", "25 ouder1 ja, 11 leerling nee",
     "Een ouder zegt ja; de leerling van 13 zegt nee, maar gaat er nog niet over.", Place.USUAL),

    (1, "ja", "16@8", "8 leerling ja",
     "Zelf ja op de dag van de 16e verjaardag: dat mag.", Place.USUAL),
    (4, "onbevoegd", "16@8", "9 leerling ja",
     "Zelf ja op de dag voor de 16e verjaardag: een dag te vroeg.", Place.USUAL),
    (4, "onbevoegd", "16@8", "8 ouder1 ja",
     "Een ouder zegt ja op de dag van de 16e verjaardag: een dag te laat.", Place.USUAL),
    (3, "werd_16_ja", "16@8", "9 ouder1 ja",
     "Een ouder zegt ja op de dag voor de 16e verjaardag: nog op tijd.", Place.USUAL),
    (2, "ja", "16@vandaag+1", "0 ouder1 ja",
     "Een ouder zegt vandaag ja; de leerling wordt morgen 16.", Place.USUAL),

    (3, "werd_16_ja", "16@0", "20 ouder1 ja",
     "Een ouder zei ja; de leerling wordt vandaag 16.", Place.USUAL),
    (3, "werd_16_nee", "16@0", "20 ouder1 nee",
     "Een ouder zei nee; de leerling wordt vandaag 16.", Place.USUAL),
    (3, "werd_16_nee", "16@4", "20 ouder1 ja, 20 ouder2 nee",
     "De ouders waren het oneens; de leerling werd 16.", Place.USUAL),
    (3, "werd_16_nee", "16@4", "25 ouder1 ja, 11 ouder1 ingetrokken",
     "Een ouder trok in; de leerling werd 16.", Place.USUAL),

    (4, "onbevoegd", "volwassen", "20 ouder1 ja",
     "16 of ouder, maar een ouder heeft geantwoord.", Place.USUAL),
    (4, "onbevoegd", "kind", "20 leerling nee",
     "13 jaar en zelf geantwoord.", Place.USUAL),
    (4, "niet_uitdrukkelijk", "kind", "20 school ja vinkje",
     "De school heeft het zelf aangevinkt, met datum en bron.", Place.USUAL),
    (4, "niet_aantoonbaar", "kind", "20 school ja zonder-bron",
     "De school heeft het zelf aangevinkt, met datum maar zonder bron.", Place.USUAL),
    (4, "niet_aantoonbaar", "kind", "zonder-datum school ja vinkje los",
     "De school heeft het zelf aangevinkt, met bron maar zonder datum.", Place.USUAL),
    (4, "niet_aantoonbaar", "kind", "20 onbekend ja",
     "De gever is onbekend.", Place.USUAL),
    (4, "niet_aantoonbaar", "kind", "20 - ja",
     "De gever is leeg.", Place.USUAL),
    (4, "niet_aantoonbaar", "kind", "20 ouder1 ja zonder-bron",
     "Een ouder zei ja, maar de bron ontbreekt.", Place.USUAL),
    (4, "niet_aantoonbaar", "kind", "zonder-datum ouder1 nee los",
     "Een ouder zei nee, maar de datum ontbreekt.", Place.USUAL),
    (4, "niet_aantoonbaar", "kind", "zonder-datum ouder1 ja",
     "De datum ontbreekt; het schooljaar staat er wel bij.", Place.USUAL),
    (4, "onbevoegd", "kind", "20 school ja vinkje, 9 leerling ja",
     "Een vinkje van de school en een antwoord van een leerling van 13: het tweede is aantoonbaar.", Place.USUAL),
    (4, "niet_uitdrukkelijk", "kind", "20 school ja vinkje, zonder-datum ouder1 ja los",
     "Een vinkje van de school en een antwoord zonder datum.", Place.USUAL),
    (4, "niet_aantoonbaar", "kind", "vorig+40 ouder1 ja los, zonder-datum ouder1 ja los",
     "Een antwoord zonder datum gaat voor een goed ja van vorig jaar, en dat blijft zo.", Place.USUAL),
    (4, "niet_uitdrukkelijk", "kind", "vorig+40 ouder1 ja los, 20 school ja vinkje",
     "Vorig jaar een goed ja, dit jaar alleen een vinkje van de school.", Place.USUAL),
    (2, "nee", "kind", "20 ouder1 nee, zonder-datum ouder1 ja los",
     "Een antwoord zonder datum verandert niets aan een geldig nee van dit jaar.", Place.USUAL),

    (5, "verlopen_ja", "kind", "vorig+40 ouder1 ja los",
     "Het ja is van vorig schooljaar.", Place.USUAL),
    (5, "verlopen_nee", "kind", "vorig+40 ouder1 nee los",
     "Het nee is van vorig schooljaar.", Place.USUAL),
    (5, "verlopen_nee", "kind", "vorig+40 ouder1 ja los, vorig+220 ouder1 ingetrokken los",
     "Vorig schooljaar ingetrokken.", Place.USUAL),
    (5, "verlopen_nee", "kind", "vorig+40 ouder1 ja los, vorig+40 ouder2 nee los",
     "Vorig schooljaar waren de ouders het oneens.", Place.USUAL),
    (5, "verlopen_ja", "kind", "vorig-300 ouder1 nee los, vorig+40 ouder1 ja los",
     "Twee jaar terug nee, vorig jaar ja: het laatste jaar telt.", Place.USUAL),
    (5, "verlopen_ja", "16@4", "vorig+40 ouder1 ja los",
     "Vorig jaar zei een ouder ja; de leerling is intussen 16.", Place.USUAL),
    (5, "verlopen_ja", "16@vorig+200", "vorig+40 ouder1 nee los, vorig+200 leerling ja los",
     "Vorig jaar nee van een ouder, later op de 16e verjaardag zelf ja: de leerling gaat voor.", Place.USUAL),
    (5, "verlopen_ja", "kind", "10 ouder1 ja voor=vorig",
     "Dit jaar gezegd, maar voor het vorige schooljaar.", Place.USUAL),
    (5, "verlopen_ja", "kind", "begin-1 ouder1 ja los",
     "Gezegd op 31 juli, zonder schooljaar: dat is vorig jaar.", Place.USUAL),
    (5, "verlopen_ja", "kind", "vorig+40 ouder1 ja los, zonder-datum ouder1 nee voor=vorig",
     "Zonder datum, voor vorig schooljaar: dat verandert niets aan het verlopen ja.", Place.USUAL),
    (5, "verlopen_ja", "kind", "15 - onbeantwoord, vorig+40 ouder1 ja los",
     "Dit jaar gevraagd en geen antwoord; het ja van vorig jaar bepaalt de status.", Place.USUAL),

    (2, "ja", "kind", "begin-60 ouder1 ja",
     "Vorig jaar al gevraagd voor dit schooljaar.", Place.USUAL),
    (2, "ja", "kind", "begin+0 ouder1 ja los",
     "Gezegd op 1 augustus, zonder schooljaar: dat is dit jaar.", Place.USUAL),
    (2, "ja", "kind", "0 ouder1 ja los",
     "Gezegd op de peildatum zelf, zonder schooljaar.", Place.USUAL),
    (7, "niet_gevraagd", "kind", "10 ouder1 ja voor=volgend",
     "Een ja voor het volgende schooljaar telt nu nog niet.", Place.USUAL),
    (7, "niet_gevraagd", "kind", "vorig+40 ouder1 ja los zonder-bron",
     "Vorig jaar een ja zonder bron: daar blijft niets van over.", Place.USUAL),
    (2, "ja", "kind", "maandeind+0 ouder1 ja los",
     "Gezegd op de dag van de peildatum.", Place.MONTH_END),
    (7, "niet_gevraagd", "kind", "maandeind+1 ouder1 ja los",
     "Gezegd op de dag na de peildatum.", Place.MONTH_END),

    (6, "onbeantwoord", "kind", "15 - onbeantwoord",
     "Dit jaar gevraagd, geen antwoord.", Place.USUAL),
    (6, "onbeantwoord", "kind", "zonder-datum - onbeantwoord",
     "Gevraagd voor dit schooljaar, zonder datum.", Place.USUAL),
    (2, "ja", "kind", "15 - onbeantwoord, 4 ouder1 ja",
     "Gevraagd, en daarna beantwoord.", Place.USUAL),
    (7, "niet_gevraagd", "kind", "vorig+40 - onbeantwoord los",
     "Vorig jaar gevraagd zonder antwoord, dit jaar niet gevraagd.", Place.USUAL),
    (7, "niet_gevraagd", "kind", "zonder-datum - onbeantwoord los",
     "Geen antwoord, en niet bekend voor welk jaar er is gevraagd.", Place.USUAL),

    (7, "niet_gevraagd", "kind", "",
     "Er is niets vastgelegd.", Place.USUAL),
    (7, "niet_gevraagd", "kind", "20 ouder1 ja ander-doel",
     "Alleen voor een ander doel gevraagd.", Place.USUAL),
    (2, "ja", "kind", "20 ouder1 ja hier",
     "Het antwoord noemt de eigen school.", Place.USUAL),
    (7, "niet_gevraagd", "kind", "20 ouder1 ja elders",
     "Het antwoord noemt een andere school en telt hier niet.", Place.BESIDE),
    (2, "ja", "kind", "20 ouder1 ja hier",
     "Twee inschrijvingen op een dag: de laatste telt, en het antwoord noemt die school.", Place.MOVED),
    (7, "niet_gevraagd", "kind", "20 ouder1 ja elders",
     "Twee inschrijvingen op een dag: het antwoord noemt de school die niet telt.", Place.MOVED),
    (2, "ja", "kind", "20 ouder1 ja hier",
     "Twee inschrijvingen sinds dezelfde dag: het kleinste brin6 telt.", Place.SAME_DAY),
    (2, "ja", "kind", "1 ouder1 ja",
     "Vandaag ingeschreven: telt vandaag mee.", Place.NEW),
    (2, "ja", "kind", "20 ouder1 ja nullen",
     "Bij het antwoord staan nullen voor het leerlingnummer: dezelfde leerling.", Place.USUAL),
)
# fmt: on
