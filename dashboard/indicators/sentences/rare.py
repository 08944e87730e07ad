"""What the time between rare reports says: a sign of a change, or none. A sign is a reason to ask, no verdict."""

from datetime import date
from typing import Final

from dashboard import dutch
from dashboard.indicators.false_signals import rare_false_signals
from dashboard.indicators.findings import LEAST_GAPS, RareFinding

THOUSAND: Final = 1000

TOO_LONG: Final = "langer stil dan toeval verklaart"


def rare_answer(finding: RareFinding | None, where: str, day: date) -> str:
    """Whether rare reports change, as the answer of a page. `day`: the day of the figures."""
    if finding is None:
        return f"Bij {where} is niets gemeld in de maanden die zijn aangeleverd"
    count = dutch.counted(finding.incidents, "melding", "meldingen")
    if not finding.can_signal:
        verb = "is" if finding.incidents == 1 else "zijn"
        return f"Bij {where} {verb} er {count}: te weinig om aan de tijd ertussen een verandering te zien"
    if finding.is_recent:
        return f"Bij {where} bleef het voor de laatste melding, van {dutch.day(finding.last)}, {TOO_LONG}"
    steady = (
        f"Bij {where} zijn meldingen zeldzaam, en de tijd ertussen schommelt zoals te verwachten is. "
        f"De laatste was {dutch.age(finding.last, day)}"
    )
    if not finding.signals:
        return steady
    return f"{steady}. Eerder, voor de melding van {dutch.day(finding.signals[-1])}, bleef het {TOO_LONG}"


def rare_title(finding: RareFinding | None, where: str) -> str:
    """What the chart of the time between reports shows, as its title."""
    if finding is None or finding.mean is None:
        return f"Bij {where} zijn er te weinig meldingen om de tijd ertussen te tonen"
    days = round(finding.mean)
    every = f"elke {dutch.number(days)} lesdagen" if days > 1 else "elke lesdag"
    average = f"Bij {where} is er gemiddeld {every} een melding"
    if not finding.can_signal:
        return average
    if not finding.signals:
        return f"{average}; de tijd ertussen schommelt zoals te verwachten is"
    return f"{average}; {dutch.small(len(finding.signals))} keer bleef het {TOO_LONG}"


def rare_chance(finding: RareFinding) -> str:
    """How often chance alone marks a silence, and what this chart can't see."""
    blind = "Dat meldingen sneller op elkaar volgen, wijst deze grafiek niet aan."
    if not finding.can_signal:
        return (
            f"Met {dutch.small(LEAST_GAPS - 1)} of minder tussentijden kan deze grafiek nooit iets aanwijzen: elke "
            f"tussentijd telt mee in het gemiddelde waarmee ze wordt vergeleken. {blind}"
        )
    often = round(THOUSAND * rare_false_signals(finding.gaps))
    return (
        f"Ook als er niets verandert, wijst zo'n grafiek soms een stilte aan: met {dutch.number(finding.gaps)} "
        f"tussentijden in {f'ongeveer {dutch.number(often)}' if often else 'minder dan 1'} van de 1.000 reeksen. "
        f"{blind}"
    )
