"""Findings in plain Dutch, made from the same numbers as the charts beside them.

No sentence blames a school, calls a refusal a failure, or calls more reports unsafe. What chance would do isn't
said here: that needs limits.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import polars as pl

from dashboard import dutch
from dashboard.indicators.comparisons import SameMonths
from dashboard.periods import month_end
from dashboard.registry import Registry

FEW = 3
"""Fewer schools than this are named."""

MANY_MISSING = 1 / 3
"""A school where more than this share lacks a valid answer is named in the answer of the page."""

FRACTIONS = {
    "1 op de 10 leerlingen": 1 / 10,
    "1 op de 5 leerlingen": 1 / 5,
    "1 op de 4 leerlingen": 1 / 4,
    "1 op de 3 leerlingen": 1 / 3,
    "2 op de 5 leerlingen": 2 / 5,
    "de helft van de leerlingen": 1 / 2,
    "3 op de 5 leerlingen": 3 / 5,
    "2 op de 3 leerlingen": 2 / 3,
    "3 op de 4 leerlingen": 3 / 4,
    "4 op de 5 leerlingen": 4 / 5,
    "9 op de 10 leerlingen": 9 / 10,
}

NEARLY_ALL, HARDLY_ANY = 0.95, 0.05

THE_SAME_TIME = 16
"""Days: month ends of two years that lie so near each other are the same moment of the school year."""

LIMITLESS = "Of een verschil meer is dan toeval, zeggen deze aantallen niet."


def in_five(share: float) -> str:
    """A share in words that everybody sees before them: 0.82 → `ongeveer 4 op de 5 leerlingen`."""
    if share >= 1:
        return "alle leerlingen"
    if share <= 0:
        return "geen enkele leerling"
    if share >= NEARLY_ALL:
        return "bijna alle leerlingen"
    if share < HARDLY_ANY:
        return "bijna geen enkele leerling"
    return f"ongeveer {min(FRACTIONS, key=lambda words: abs(FRACTIONS[words] - share))}"


NOT_SETTLED = "De datum waarop de gedragscode ingaat, staat nog niet vast"
"""What is said where no round of the code has a day in force: then there is nothing to count from."""


def validity(days: int, last: date, when: str = "") -> str:
    """How long the code is still valid; `days` from the day of the figures to its last day.

    `when` names that day (`op 22 november 2026`) where it isn't today.
    """
    if days < 0:
        return f"De gedragscode was geldig tot en met {dutch.day(last)}"
    if days == 0:
        return f"De gedragscode {f'was {when}' if when else 'is vandaag'} voor het laatst geldig"
    return f"De gedragscode {f'gold {when}' if when else 'geldt'} nog {dutch.counted(days, 'dag', 'dagen')}"


def late_steps(clock: pl.DataFrame, labels: Mapping[str, str], when: str = "") -> str:
    """Which steps towards the next version are late. clock: a row per step, oordeel `te laat` or `op tijd`.

    `when` names the day of the figures (`op 22 november 2026`, or `toen`) where it isn't today.
    """
    if clock.is_empty():
        return "er zijn nog geen uiterste datums"
    late = [labels.get(step, step) for step in clock.filter(pl.col("oordeel") == "te laat")["stap"]]
    one, more = (f"was {when}", f"waren {when}") if when else ("is", "zijn")
    if not late:
        return f"alle stappen naar een nieuwe versie {more} op tijd"
    if len(late) == clock.height:
        return f"alle stappen naar een nieuwe versie {more} te laat"
    which = dutch.listed([_lower(name) for name in late])
    many = f"één stap {one}" if len(late) == 1 else f"{dutch.small(len(late))} stappen {more}"
    return f"{many} te laat: {which}"


def next_step(clock: pl.DataFrame, labels: Mapping[str, str], when: str = "") -> str:
    """The first step that is still on time, and its date. clock: a row per step, dagen from the day of the figures.

    `when` names that day (`op 22 november 2026`) where it isn't today.
    """
    ahead = clock.filter(pl.col("oordeel") == "op tijd").sort("uiterlijk")
    if ahead.is_empty():
        return "Er is geen stap meer die op tijd kan."
    step, due = ahead.select("stap", "uiterlijk").row(0)
    verb = f"was {when}" if when else "is"
    return f"De eerstvolgende stap {verb} {_lower(labels.get(step, step))}, uiterlijk {dutch.day(due)}."


def on_day(day: date, today: date) -> str:
    """How to name the day of the figures in a sentence; empty where it is today."""
    return "" if day == today else f"op {dutch.day(day)}"


def coverage(share: float | None, purpose: str, where: str) -> str:
    """The answer for one purpose: how many pupils have a valid answer on record. `where`: school or group."""
    if share is None:
        return f"Over {where} is voor deze dag niets aangeleverd. Daarom is niet te zeggen wie een geldig antwoord gaf."
    who = in_five(share)
    if share <= 0:
        return f"{where[:1].upper()}{where[1:]}: voor {_lower(purpose)} ligt van {who} een geldig antwoord vast."
    return f"Van {who} van {where} ligt een geldig antwoord vast voor {_lower(purpose)}."


def weak_schools(schools: pl.DataFrame) -> str:
    """Where most answers lack. schools: a row per school with naam, ja, nee, ongeldig (pupils) and dekking."""
    known = schools.filter(pl.col("dekking").is_not_null())
    if known.height <= 1:
        return ""
    weak = known.filter(1 - pl.col("dekking") > MANY_MISSING)["naam"].to_list()
    told = " met gegevens" if known.height < schools.height else ""
    if not weak:
        return f"Bij geen enkele school{told} ontbreekt meer dan een derde."
    if len(weak) == known.height:
        return f"Bij elke school{told} ontbreekt meer dan een derde."
    if len(weak) < FEW:
        return f"Bij {dutch.listed(weak)} ontbreekt meer dan een derde."
    many = f"{dutch.small(len(weak))} van de {dutch.number(known.height)} scholen{told}"
    return f"Bij {many} ontbreekt meer dan een derde."


def unknown_schools(schools: pl.DataFrame) -> str:
    """Which schools delivered nothing. schools: a row per school with naam, onbekend and the other counts (pupils)."""
    silent = schools.filter((pl.col("onbekend") > 0) & (pl.col("ja") + pl.col("nee") + pl.col("ongeldig") == 0))
    if silent.is_empty():
        return ""
    verb = "heeft" if silent.height == 1 else "hebben"
    return f"{dutch.listed(silent['naam'].to_list())} {verb} voor deze dag geen toestemmingen aangeleverd."


def purposes_now(rows: pl.DataFrame, labels: Mapping[str, str], day: date) -> str:
    """The purpose with the fewest valid answers, beside the best one. rows: a row per doel with dekking (0–1)."""
    if rows.is_empty():
        return f"Voor {dutch.day(day)} zijn er geen leerlingen met cijfers over toestemming"
    known = rows.filter(pl.col("dekking").is_not_null()).sort("dekking", "doel")
    if known.is_empty():
        return f"Over toestemming is voor {dutch.day(day)} niets aangeleverd"
    low, high = known.row(0, named=True), known.row(-1, named=True)
    if dutch.share(low["dekking"]) == dutch.share(high["dekking"]):
        return f"Voor elk doel ligt van {dutch.share(low['dekking'])} van de leerlingen een geldig antwoord vast"
    return (
        f"Van {dutch.share(low['dekking'])} (doel: {_named(low['doel'], labels)}) tot {dutch.share(high['dekking'])} "
        f"({_named(high['doel'], labels)}) van de leerlingen ligt een geldig antwoord vast"
    )


def purposes_against(rows: pl.DataFrame, before: date | None) -> str:
    """How the purposes stand beside a year earlier. rows: a row per doel with dekking and dekking_toen (0–1)."""
    known = rows.filter(pl.col("dekking").is_not_null())
    both = known.filter(pl.col("dekking_toen").is_not_null())
    if known.is_empty():
        return "Voor geen enkel doel is nu een dekking te geven"
    if both.is_empty() or before is None:
        return "Er zijn nog geen cijfers van een jaar eerder"
    whole = both.select((100 * (pl.col("dekking") - pl.col("dekking_toen"))).round(0).alias("verschil"))["verschil"]
    up, down = int((whole >= 1).sum()), int((whole <= -1).sum())
    if not up and not down:
        return f"Voor elk doel is dat vrijwel gelijk aan {dutch.day(before)}"
    if both.height in (up, down):
        more = "meer" if up else "minder"
        return f"Voor elk doel ligt nu {more} vast dan op {dutch.day(before)}"
    parts = [f"voor {dutch.small(up)} meer"] if up else []
    parts += [f"voor {dutch.small(down)} minder"] if down else []
    return f"Van de {dutch.small(both.height)} doelen ligt {dutch.listed(parts)} vast dan op {dutch.day(before)}"


def not_counted(unknown: Mapping[date, int]) -> str:
    """On which of the compared days pupils are outside the fraction. unknown: day → pupils of silent schools."""
    parts = [
        f"Over {dutch.counted(pupils, 'leerling', 'leerlingen')} is voor {dutch.day(day)} niets aangeleverd; "
        f"{'die telt' if pupils == 1 else 'die tellen'} dan niet mee."
        for day, pupils in unknown.items()
        if pupils
    ]
    return " ".join(parts)


def coverage_curve(rows: pl.DataFrame, year: int) -> str:
    """How far this school year is beside the last. rows: schooljaar, dag (days since 1 August), dekking (0–1)."""
    now = rows.filter((pl.col("schooljaar") == year) & pl.col("dekking").is_not_null()).sort("dag")
    if now.is_empty():
        return f"Van schooljaar {year}-{year + 1} zijn er nog geen cijfers"
    last = now.row(-1, named=True)
    day = date(year, 8, 1) + timedelta(days=last["dag"])
    here = f"Op {dutch.day(day)} is de dekking {dutch.share(last['dekking'])}"
    earlier = rows.filter((pl.col("schooljaar") == year - 1) & pl.col("dekking").is_not_null())
    if earlier.is_empty():
        return f"{here}; van het schooljaar ervoor zijn er geen cijfers"
    near = earlier.filter((pl.col("dag") - last["dag"]).abs() <= THE_SAME_TIME).sort(
        (pl.col("dag") - last["dag"]).abs()
    )
    if near.is_empty():
        return f"{here}; van rond die tijd een jaar eerder is er geen cijfer"
    then = near.row(0, named=True)["dekking"]
    if dutch.share(then) == dutch.share(last["dekking"]):
        return f"{here}: even hoog als rond die tijd een jaar eerder"
    word = "hoger" if last["dekking"] > then else "lager"
    return f"{here}: {word} dan rond die tijd een jaar eerder ({dutch.share(then)})"


def invalid_reasons(rows: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """What is most often not in order. rows: status, leerlingen and uitkomst of one purpose, day and school."""
    wrong = rows.filter(pl.col("uitkomst") == "ongeldig").sort("leerlingen", "status", descending=[True, False])
    if wrong.is_empty():
        return "Er is geen antwoord dat niet in orde is"
    total, pupils = int(wrong["leerlingen"].sum()), int(wrong["leerlingen"][0])
    most = [_named(status, labels) for status in wrong.filter(pl.col("leerlingen") == pupils)["status"]]
    if pupils == total:
        return f"Wat ontbreekt, heeft één oorzaak: {most[0]} ({dutch.number(total)})"
    each = "elk " if len(most) > 1 else ""
    return (
        f"Van {dutch.counted(total, 'leerling', 'leerlingen')} is het antwoord niet in orde; "
        f"het vaakst: {dutch.listed(most, most=4)} ({each}{dutch.number(pupils)})"
    )


def incidents_against(compared: SameMonths) -> str:
    """This school year beside the same months a year earlier, without a verdict."""
    if not compared.months:
        return "Er zijn nog geen twee schooljaren met dezelfde aangeleverde maanden"
    span = month_span(compared.months)
    now = dutch.counted(compared.now, "melding", "meldingen")
    where = "Bij scholen die in beide jaren aanleverden: " if compared.schools_left_out else ""
    there = f"{where}{_first(span)} zijn er {now}" if where else f"{span} zijn er {now}"
    if compared.now == compared.before:
        return f"{there}, evenveel als in dezelfde maanden een jaar eerder"
    return f"{there}; in dezelfde maanden een jaar eerder waren het er {dutch.number(compared.before)}"


def left_out(compared: SameMonths) -> str:
    """Which months and schools of this school year the comparison leaves out, and why."""
    parts = []
    if compared.left_out:
        names = dutch.listed([dutch.month_alone(month) for month in compared.left_out], most=12)
        verb = "telt" if len(compared.left_out) == 1 else "tellen"
        parts.append(
            f"{names[:1].upper()}{names[1:]} {verb} niet mee: er is niet in beide jaren over lesdagen aangeleverd."
        )
    if compared.schools_left_out:
        parts.append("Een school telt in een maand alleen mee als die maand in beide jaren is aangeleverd.")
    return " ".join(parts)


def month_span(months: Sequence[str]) -> str:
    """Months of one school year in words: `Van augustus tot en met oktober`; loose months are listed: `In mei`."""
    names = [dutch.month_alone(month) for month in months]
    if len(months) >= FEW and _follow(months):
        return f"Van {names[0]} tot en met {names[-1]}"
    return f"In {dutch.listed(names, most=12)}"


def rate_over_time(monthly: pl.DataFrame, where: str) -> str:
    """What the months show. monthly: maand, aangeleverd and ratio of one school or the group."""
    points = monthly.filter(pl.col("ratio").is_not_null())
    if points.is_empty():
        return no_rate(monthly, where)
    low, high = (dutch.rate(_float(value)) for value in (points["ratio"].min(), points["ratio"].max()))
    unit = "meldingen per 1.000 leerlingen per 20 lesdagen"
    if points.height == 1:
        return f"In {dutch.month_name(points['maand'][0])} zijn er {low} {unit}"
    if low == high:
        which = "Elke maand" if points.height == monthly.height else "Elke maand met een cijfer"
        return f"{which} zijn er {low} {unit}"
    return f"Per maand loopt het uiteen van {low} tot {high} {unit}"


def no_rate(monthly: pl.DataFrame, where: str) -> str:
    """Why there is no rate of any month. monthly: aangeleverd of one school or the group, all without a rate."""
    if monthly["aangeleverd"].any():
        return f"Over {where} is wel aangeleverd, maar in die maanden waren er geen leerlingen ingeschreven"
    return f"Over {where} is nog geen hele maand met meldingen aangeleverd"


def up_to(month: str, day: date) -> str:
    """Until when a month `jjjj-mm` is counted, where it was still running on the day of the figures."""
    if f"{day:%Y-%m}" != month or day == month_end(day):
        return ""
    return f"tot en met {dutch.day(day)}"


def gaps(monthly: pl.DataFrame) -> str:
    """Which months weren't delivered. monthly: maand, aangeleverd of one school or the group."""
    absent = monthly.filter(~pl.col("aangeleverd").fill_null(value=False))["maand"].to_list()
    if not absent:
        return ""
    months = dutch.listed([dutch.month_name(month) for month in absent], most=4)
    return f"Over {months} is niet alles aangeleverd. Dat is iets anders dan nul."


def largest_value(rows: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """What is reported most. rows: waarde, incidenten of one dimension, period and school."""
    known = rows.filter(pl.col("waarde") != "onbekend").sort("incidenten", "waarde", descending=[True, False])
    total = int(rows["incidenten"].sum())
    if known.is_empty():
        return f"Bij {dutch.counted(total, 'melding', 'meldingen')} is dit niet ingevuld" if total else "Geen meldingen"
    most = int(known["incidenten"][0])
    values = [_named(value, labels) for value in known.filter(pl.col("incidenten") == most)["waarde"]]
    each = "elk " if len(values) > 1 else ""
    which = dutch.listed(values, most=4)
    return f"Het vaakst gemeld: {which}, {each}{dutch.number(most)} van de {dutch.number(total)} meldingen"


def severity(rows: pl.DataFrame) -> str:
    """How serious the reports were judged. rows: waarde (licht, ernstig, onbekend) and incidenten."""
    counts = dict(zip(rows["waarde"], rows["incidenten"], strict=True))
    total = sum(counts.values())
    if not total:
        return ""
    light, serious, blank = (counts.get(value, 0) for value in ("licht", "ernstig", "onbekend"))
    text = f"{dutch.number(light)} licht en {dutch.number(serious)} ernstig"
    return text if not blank else f"{text}; bij {dutch.number(blank)} niet ingevuld"


def deliveries(late: pl.DataFrame, names: Sequence[str], refused: int, chosen: str = "") -> str:
    """Whether the data is complete. late: naam, soorten (datasets, a list), zwijgt of the schools that miss something.

    `names`: every school that has to deliver; `refused`: rows of the last import, or of the last ones of the school
    `chosen`.
    """
    absent = late.filter((pl.col("soorten").list.len() > 0) | pl.col("zwijgt"))["naam"].to_list()
    whole = "Van elke school zijn alle soorten gegevens er die nodig zijn"
    if len(names) == 1:
        whole = f"{names[0]} heeft alle soorten gegevens aangeleverd die nodig zijn"
    if absent:
        whole = f"Van {dutch.listed(absent, most=4)} ontbreken gegevens"
    if chosen:
        return f"{whole}; {_refused_of_school(refused)}."
    if not refused:
        return f"{whole}; geen enkele rij is geweigerd."
    return f"{whole}; {dutch.counted(refused, 'rij is', 'rijen zijn')} in de laatste levering geweigerd."


def _refused_of_school(refused: int) -> str:
    if not refused:
        return "van deze school is de laatste keer geen rij geweigerd"
    return f"van deze school {'is' if refused == 1 else 'zijn'} de laatste keer {_rows(refused)} geweigerd"


def _rows(count: int) -> str:
    return dutch.counted(count, "rij", "rijen")


def nothing_missing(names: Sequence[str], chosen: str, day: date) -> str:
    """What is said where nothing is missing. `names`: every school that has to deliver; `chosen`: the school looked at.

    Nothing is expected of a school outside the group on the day.
    """
    if chosen and not names:
        return f"{chosen} is op {dutch.day(day)} geen school van de groep; er wordt niets van verwacht"
    if not names:
        return f"Op {dutch.day(day)} zijn er geen scholen die iets moeten aanleveren"
    if chosen:
        return f"{chosen} heeft alles aangeleverd wat nodig is"
    return "Van elke school is alles aangeleverd wat nodig is"


def refused_files(files: int) -> str:
    """How many files of the last import could not be used at all."""
    if not files:
        return ""
    are = "is niet herkend of niet te lezen" if files == 1 else "zijn niet herkend of niet te lezen"
    return (
        f"{dutch.counted(files, 'bestand', 'bestanden')} van de laatste levering {are}: daaruit is niets overgenomen."
    )


def undelivered(rows: pl.DataFrame) -> str:
    """Over which months reports are missing, in one sentence. rows: naam, maanden (`jjjj-mm`, a list) a school."""
    late = rows.filter(pl.col("maanden").list.len() > 0)
    if late.is_empty():
        return ""
    if late.height == 1:
        name, months = late.select("naam", "maanden").row(0)
        named = dutch.listed([dutch.month_name(month) for month in months], most=4)
        return f"Over {named} heeft {name} niet alles aangeleverd. Dat is iets anders dan nul."
    names = dutch.listed(late["naam"].to_list(), most=4)
    return f"Van {names} zijn dit schooljaar een of meer maanden niet helemaal aangeleverd. Dat is iets anders dan nul."


def missing_in_words(rows: pl.DataFrame, registry: Registry, day: date) -> pl.DataFrame:
    """What is missing per school on a day, to read.

    rows: naam, soorten (datasets, a list), zwijgt, antwoorden_tot, maanden (`jjjj-mm`, a list).
    """
    labels = registry.labels["dataset"]
    columns = {
        "School": rows["naam"],
        "Nog niet ingelezen": [
            dutch.listed([_first(labels.get(name, name)) for name in names]) or dutch.NOTHING
            for names in rows["soorten"]
        ],
        "Antwoorden": [
            _answers_until(last, day, quiet=quiet)
            for quiet, last in rows.select("zwijgt", "antwoorden_tot").iter_rows()
        ],
        "Incidenten: maanden niet (helemaal) aangeleverd": [
            dutch.listed([dutch.month_name(month) for month in months]) or dutch.NOTHING for months in rows["maanden"]
        ],
    }
    return pl.DataFrame(columns, schema_overrides=dict.fromkeys(columns, pl.String))


def _answers_until(last: date | None, day: date, *, quiet: bool) -> str:
    if not quiet:
        return dutch.NOTHING
    return f"tot en met {dutch.day(last)}" if last else f"niet voor {dutch.day(day)}"


def _follow(months: Sequence[str]) -> bool:
    """Whether no calendar month lies between."""
    numbers = [12 * int(month[:4]) + int(month[5:]) for month in months]
    return numbers[-1] - numbers[0] == len(numbers) - 1


def _lower(text: str) -> str:
    """A label inside a sentence: `Beeld op de website` → `beeld op de website`, but `WhatsApp` stays."""
    second = text[1:2]
    return text if second.isupper() or any(letter.isupper() for letter in text.partition(" ")[0][1:]) else _first(text)


def _named(code: str, labels: Mapping[str, str]) -> str:
    """A value inside a sentence; one that the registry no longer knows is written as it is."""
    return _lower(labels[code]) if code in labels else code


def _first(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _float(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
