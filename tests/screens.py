"""A published store made by hand: every number follows from a school's place in the list."""

import json
import shutil
from datetime import date
from itertools import count, pairwise
from pathlib import Path

import polars as pl

from dashboard.periods import Period, coming_months, month_end, periods_between, reference_dates, school_year
from dashboard.registry import STATUSES, Registry
from tests.screens_of_evaluation import decisions, evaluation

TODAY = date(2026, 11, 22)
FIRST_ANSWER = date(2024, 8, 20)
FREE_MONTHS = {"07"}
NEW_SYSTEM = date(2025, 9, 1)
"""From this day the third school reports in another system."""

SCHOOL_DAYS = 18
_numbers = count(1)
"""Of the snapshots made in this process: no two have the same id, so what is kept of one is never taken for another."""

DIRECTIONS = ("Noord", "Oost", "Zuid", "West", "Midden", "Haven")


def school_names(count: int) -> dict[str, str]:
    """brin6 → made-up name, in the order of names."""
    if count <= len(DIRECTIONS):
        names = {f"99X{chr(65 + place)}00": f"School {name}" for place, name in enumerate(DIRECTIONS[:count])}
    else:
        names = {
            f"99{chr(65 + place // 100)}{chr(65 + place // 10 % 10)}{place % 10:02}": f"School {place + 1:03}"
            for place in range(count)
        }
    return dict(sorted(names.items(), key=lambda known: known[1]))


def write_store(store: Path, registry: Registry, *, schools: int = 6, demo: bool = True, today: date = TODAY) -> str:
    """Publish one snapshot of made-up counts; returns its id. The last school never delivers."""
    names = school_names(schools)
    name = _new_id()
    folder = store / "snapshots" / name
    (folder / "bestuur").mkdir(parents=True)
    for table, frame in _tables(names, registry, today).items():
        frame.write_parquet(folder / "bestuur" / f"{table}.parquet")
    content = {
        "today": f"{today}",
        "demo": demo,
        "imports": ["een"],
        "inputs": [],
        "rows": 1000 * schools,
        "tables": {},
    }
    (folder / "snapshot.json").write_text(json.dumps(content), encoding="utf-8")
    (store / "current").write_text(f"{name}\n", encoding="utf-8")
    return name


def copy_store(store: Path, target: Path) -> str:
    """Copy a store with one snapshot, under another id; returns that id."""
    (snapshot,) = (store / "snapshots").iterdir()
    name = _new_id()
    shutil.copytree(snapshot, target / "snapshots" / name)
    (target / "current").write_text(f"{name}\n", encoding="utf-8")
    return name


def _new_id() -> str:
    return f"{next(_numbers):06}{'0' * 10}"


def _tables(names: dict[str, str], registry: Registry, today: date) -> dict[str, pl.DataFrame]:
    days = reference_dates(FIRST_ANSWER, today)
    status = statuses(names, registry, days)
    monthly = _monthly(names, today)
    return {
        "schools": pl.DataFrame(
            {"brin6": list(names), "naam": list(names.values())},
        ).with_columns(
            pl.lit("havo/vwo").alias("soort"),
            pl.lit(None, dtype=pl.Date).alias("actief_van"),
            pl.lit(None, dtype=pl.Date).alias("actief_tot"),
        ),
        "consent_status": status,
        "consent_coverage": _coverage(status, registry),
        **_consent_today(status.filter(pl.col("peildatum") == today), registry),
        "turning_16": _turning_16(names, today),
        **_uses(names, registry, today),
        "incidents_monthly": monthly,
        "incidents_by": _values(names, registry, today),
        **_incidents_over_time(monthly, names, today),
        **_incidents_by_period(monthly, names, today),
        "evaluation_clock": _clock(today),
        "evaluation": evaluation(registry, today),
        "decisions": decisions(today),
        "data_quality": _quality(names, today),
        "imports": pl.DataFrame(
            {
                "levering": [1, 1, 1, 1],
                "today": [today] * 4,
                "bestand": ["1a2b3c4d", "5e6f7a8b", "9c0d1e2f", "3a4b5c6d"],
                "dataset": ["toestemmingen", "incidenten", "leerlingen", None],
                "gelezen": [400, 90, 300, 0],
                "geaccepteerd": [380, 80, 300, 0],
                "geweigerd": [11, 3, 0, 0],
                "bekend": [9, 7, 0, 0],
            }
        ),
        "refusals": pl.DataFrame(
            {
                "dataset": ["toestemmingen", "incidenten"],
                "kolom": ["datum", "categorie"],
                "reden": [
                    "De datum ligt na de dag van inlezen.",
                    "Onbekende categorie; het dichtst in de buurt: pesten.",
                ],
                "rijen": [12, 3],
            }
        ),
        "events": pl.DataFrame(
            {
                "datum": [date(2025, 2, 1), NEW_SYSTEM, date(2026, 1, 12), date(2027, 1, 6)],
                "brin6": ["*", list(names)[min(2, len(names) - 1)], "*", "*"],
                "soort": ["beleid", "systeemwissel", "campagne", "campagne"],
                "omschrijving": [
                    "De gedragscode gaat in",
                    "Meldingen staan in een ander systeem",
                    "Week van de mediawijsheid",
                    "Nieuwe voorlichting",
                ],
            }
        ),
    }


def statuses(names: dict[str, str], registry: Registry, days: list[date]) -> pl.DataFrame:
    rows = []
    for day in days:
        since = (day - date(school_year(day), 8, 1)).days
        year = school_year(day) - 2024
        for place, brin6 in enumerate(names):
            pupils = 300 + 137 * (place % 9)
            if _is_silent(place, names):
                rows += [(day, brin6, purpose.code, "onbekend", pupils) for purpose in registry.purposes]
                continue
            for turn, purpose in enumerate(registry.purposes):
                ready = min(0.97, (0.25 + 0.05 * year + since / 200 - 0.05 * turn) * (1 - 0.07 * (place % 5)))
                ready = max(0.05, ready)
                yes, no = int(pupils * ready * 0.8), int(pupils * ready * 0.2)
                rest = pupils - yes - no
                older = yes // 20
                parts = {"ja": yes - older, "werd_16_ja": older, "nee": no}
                parts |= {"verlopen_ja": rest // 2, "onbeantwoord": rest // 4}
                parts["niet_gevraagd"] = rest - rest // 2 - rest // 4
                rows += [(day, brin6, purpose.code, code, count) for code, count in parts.items() if count]
    frame = pl.DataFrame(
        rows,
        schema={
            "peildatum": pl.Date,
            "brin6": pl.String,
            "doel": pl.String,
            "status": pl.String,
            "leerlingen": pl.Int64,
        },
        orient="row",
    )
    return _with_group(frame, "peildatum", "doel", "status")


def _coverage(status: pl.DataFrame, registry: Registry) -> pl.DataFrame:
    assert set(status["status"]) <= set(STATUSES)
    frames = []
    for reading in registry.readings:
        judged = status.with_columns(pl.col("status").replace_strict(dict(reading.outcomes)).alias("uitkomst"))
        frames.append(
            judged.group_by("peildatum", "brin6", "doel")
            .agg(
                pl.col("leerlingen").filter(pl.col("uitkomst") == outcome).sum().cast(pl.Int64).alias(outcome)
                for outcome in ("ja", "nee", "ongeldig", "onbekend")
            )
            .with_columns(pl.lit(reading.code).alias("lezing"))
        )
    return pl.concat(frames)


def _consent_today(status: pl.DataFrame, registry: Registry) -> dict[str, pl.DataFrame]:
    """What is counted on the day of the delivery only, made of the statuses of that day."""
    code = registry.reading("code")
    judged = _coverage(status, registry).filter(pl.col("lezing") == code.code).drop("lezing")
    return {
        "consent_waterfall": _waterfall(status),
        "consent_by_year_group": _year_groups(judged),
        "consent_by_year_rule": _year_rules(judged, status),
        "expiry_outlook": _expiry(judged),
    }


def _waterfall(status: pl.DataFrame) -> pl.DataFrame:
    stops = {
        "ingeschreven": (),
        "gevraagd": ("niet_gevraagd", "onbekend"),
        "beantwoord": ("onbeantwoord",),
        "aantoonbaar": ("niet_aantoonbaar", "niet_uitdrukkelijk"),
        "bevoegd": ("onbevoegd",),
        "dit_jaar": ("verlopen_ja", "verlopen_nee"),
    }
    gone: list[str] = []
    frames = []
    for step, here in stops.items():
        gone += here
        left = pl.col("leerlingen").filter(~pl.col("status").is_in(gone)).sum().cast(pl.Int64)
        frames.append(status.group_by("peildatum", "brin6", "doel").agg(left).with_columns(pl.lit(step).alias("stap")))
    return pl.concat(frames)


def _year_groups(judged: pl.DataFrame) -> pl.DataFrame:
    """Five year groups that add up to the school; a valid answer is a little more frequent in the first ones."""
    sound, other = (5, 4, 4, 4, 3), (3, 4, 4, 4, 5)
    weights = {"ja": sound, "nee": sound, "ongeldig": other, "onbekend": (4,) * 5}
    frames = [
        judged.with_columns(
            pl.lit(place + 1).cast(pl.Int64).alias("leerjaar"),
            *(
                (pl.col(name) * sum(parts[: place + 1]) // 20 - pl.col(name) * sum(parts[:place]) // 20).alias(name)
                for name, parts in weights.items()
            ),
        )
        for place in range(5)
    ]
    return _with_group(pl.concat(frames), "peildatum", "doel", "leerjaar")


def _year_rules(judged: pl.DataFrame, status: pl.DataFrame) -> pl.DataFrame:
    """Half of the expired answers still speak after twelve months, a quarter in the code's own year."""
    keys = ("peildatum", "brin6", "doel")
    expired = pl.col("leerlingen").filter(pl.col("status") == "verlopen_ja").sum().cast(pl.Int64).alias("verlopen")
    known = judged.join(status.group_by(keys).agg(expired), on=keys)
    frames = []
    for rule, part in (("schooljaar", None), ("twaalf_maanden", 2), ("codejaar", 4)):
        more = pl.col("verlopen") // part if part else pl.lit(0, dtype=pl.Int64)
        changed = known.with_columns(pl.col("ja") + more, pl.col("ongeldig") - more, pl.lit(rule).alias("jaar"))
        frames.append(changed.drop("verlopen"))
    return _with_group(pl.concat(frames), "peildatum", "doel", "jaar")


def _expiry(judged: pl.DataFrame) -> pl.DataFrame:
    """One in ten of the valid answers was given for the next school year."""
    valid, needed = pl.col("ja") + pl.col("nee"), pl.col("ongeldig")
    counts = judged.select(
        "brin6",
        "doel",
        (valid + needed + pl.col("onbekend")).alias("leerlingen"),
        valid.alias("geldig_nu"),
        needed.alias("nodig_nu"),
        (valid // 10).alias("geldig_1_september"),
        (needed + valid - valid // 10).alias("nodig_1_september"),
    )
    return _with_group(counts, "doel")


def _turning_16(names: dict[str, str], today: date) -> pl.DataFrame:
    rows = [
        (brin6, month, 0 if _is_silent(place, names) else (2 * turn + 3 * place) % 8)
        for place, brin6 in enumerate(names)
        for turn, month in enumerate(coming_months(today))
    ]
    schema = {"brin6": pl.String, "maand": pl.String, "leerlingen": pl.Int64}
    return _with_group(pl.DataFrame(rows, schema=schema, orient="row"), "maand")


def _uses(names: dict[str, str], registry: Registry, today: date) -> dict[str, pl.DataFrame]:
    """Images of two school years; the second school delivered no publications, nor did anybody for the lesson."""
    rows = []
    for start in (school_year(today) - 1, school_year(today)):
        for place, brin6 in enumerate(names):
            if place == 1 or _is_silent(place, names):
                continue
            for turn, purpose in enumerate(p for p in registry.purposes if p.article == "IV.M.8"):
                parts = {"ja": 40 + 6 * place, "nee": turn, "verlopen_ja": 3 * (place % 3) + 1, "niet_ingeschreven": 1}
                year = f"{start}-{start + 1}"
                rows += [(brin6, year, purpose.code, code, count) for code, count in parts.items() if count]
    schema = {"brin6": pl.String, "schooljaar": pl.String, "doel": pl.String, "status": pl.String}
    frame = pl.DataFrame(rows, schema=schema | {"gebruiken": pl.Int64}, orient="row")
    by_status = _with_group(frame, "schooljaar", "doel", "status")
    without = pl.col("gebruiken").filter(~pl.col("status").is_in(["ja", "werd_16_ja"])).sum()
    uses = frame.group_by("brin6", "schooljaar", "doel").agg(
        (pl.col("gebruiken").sum() // 4).alias("publicaties"),
        pl.col("gebruiken").sum(),
        without.cast(pl.Int64).alias("zonder_toestemming"),
    )
    return {"use_without_consent": _with_group(uses, "schooljaar", "doel"), "use_by_status": by_status}


def _with_group(rows: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """The rows of the schools, and the group as their sum; `keys` are the columns beside brin6 that tell rows apart."""
    schools = rows.filter(pl.col("brin6") != "*")
    group = schools.group_by(keys).agg(pl.exclude("brin6").sum()).with_columns(pl.lit("*").alias("brin6"))
    return pl.concat([schools, group.select(schools.columns)])


def _is_silent(place: int, names: dict[str, str]) -> bool:
    """Whether a school delivers no consent: the last one, unless it is the only one."""
    return place == len(names) - 1 and len(names) > 1


def _has_few(place: int) -> bool:
    """Whether a school reports so few incidents that there is no chart by month."""
    return place % 9 == 4


def _monthly(names: dict[str, str], today: date) -> pl.DataFrame:
    rows = []
    months = [f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)]
    for turn, month in enumerate(m for m in months if "2024-09" <= m <= f"{today:%Y-%m}" and m[5:] not in FREE_MONTHS):
        for place, brin6 in enumerate(names):
            delivered = place != len(names) - 1 and not (place == 1 and month in ("2026-02", "2026-03"))
            usual = (turn * (place + 3) + 2 * place) % 7 + 1
            count = (int(turn % 4 == 1) if _has_few(place) else usual) if delivered else None
            rows.append((month, brin6, count, 300 + 137 * (place % 9), SCHOOL_DAYS, delivered))
    schema = {
        "maand": pl.String,
        "brin6": pl.String,
        "incidenten": pl.Int64,
        "leerlingen": pl.Int64,
        "lesdagen": pl.Int64,
    }
    frame = pl.DataFrame(rows, schema=schema | {"aangeleverd": pl.Boolean}, orient="row")
    group = (
        frame.filter("aangeleverd")
        .group_by("maand")
        .agg(
            pl.lit("*").alias("brin6"),
            pl.col("incidenten", "leerlingen").sum(),
            pl.col("lesdagen").first(),
            pl.lit(value=True).alias("aangeleverd"),
        )
        .select(frame.columns)
    )
    return pl.concat([frame, group])


def _periods(today: date) -> list[Period]:
    """School years, halves and evaluation periods from September 2024 on."""
    return periods_between(date(2024, 9, 1), today, date(2025, 2, 1), 2)


def _incidents_over_time(monthly: pl.DataFrame, names: dict[str, str], today: date) -> dict[str, pl.DataFrame]:
    """The series month by month, one by one where there are few, and the sum of each period."""
    third = list(names)[min(2, len(names) - 1)]
    changed = (pl.col("brin6") == third) & (pl.col("maand") >= f"{NEW_SYSTEM:%Y-%m}")
    points = monthly.filter("aangeleverd").with_columns(
        (1 + changed.cast(pl.Int64)).alias("deel"),
        (pl.col("leerlingen") * pl.col("lesdagen")).alias("persoonsdagen"),
    )
    return {
        "incident_trend": points.select("brin6", "maand", "deel", "incidenten", "persoonsdagen"),
        "rare_events": _rare(points, names),
        "incident_funnel": _sums(points, today),
    }


def _rare(points: pl.DataFrame, names: dict[str, str]) -> pl.DataFrame:
    """One incident in the middle of the month wherever a school with few of them has one."""
    rows: list[tuple[str, int, date, int | None]] = []
    for place, brin6 in enumerate(names):
        if not _has_few(place):
            continue
        mine = points.filter((pl.col("brin6") == brin6) & (pl.col("incidenten") > 0)).sort("maand")["maand"]
        days = [date.fromisoformat(f"{month}-15") for month in mine]
        gaps = [None, *((day - before).days // 2 for before, day in pairwise(days))]
        rows += [(brin6, 1, day, gap) for day, gap in zip(days, gaps, strict=False)]
    schema = {"brin6": pl.String, "deel": pl.Int64, "datum": pl.Date, "lesdagen_sinds_vorige": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _sums(points: pl.DataFrame, today: date) -> pl.DataFrame:
    """Incidents and pupil days of each school in each period, and those of all schools beside them."""
    frames = []
    for period in _periods(today):
        inside = pl.col("maand").is_between(pl.lit(f"{period.first:%Y-%m}"), pl.lit(f"{period.last:%Y-%m}"))
        schools = points.filter(inside, pl.col("brin6") != "*")
        frames.append(
            schools.group_by("brin6", maintain_order=True)
            .agg(pl.col("incidenten", "persoonsdagen").sum())
            .with_columns(
                pl.lit(period.name).alias("periode"),
                pl.col("incidenten").sum().alias("groep_incidenten"),
                pl.col("persoonsdagen").sum().alias("groep_persoonsdagen"),
            )
        )
    columns = ("periode", "brin6", "incidenten", "persoonsdagen", "groep_incidenten", "groep_persoonsdagen")
    return pl.concat(frames).select(columns)


def _incidents_by_period(monthly: pl.DataFrame, names: dict[str, str], today: date) -> dict[str, pl.DataFrame]:
    """Roles and follow-up; the fuller the period, the more there is of both."""
    roles, followup = [], []
    pairs = (("leerling", "leerling"), ("leerling", "medewerker"), ("onbekend", "leerling"), ("extern", "medewerker"))
    for turn, period in enumerate(_periods(today)):
        for place, brin6 in enumerate(names):
            if brin6 not in monthly.filter("aangeleverd")["brin6"]:
                continue
            counts = [9 + place % 5 + turn, 3 + turn % 3, 2, place % 2]
            roles += [(period.name, brin6, *pair, count) for pair, count in zip(pairs, counts, strict=True) if count]
            total, done = sum(counts), sum(counts) - 2 - place % 3
            followup += [
                (period.name, brin6, "maatregel", done, total, None),
                (period.name, brin6, "dagen_tot_maatregel", None, done, 2.5 + place % 3),
                (period.name, brin6, "hulp_aangeboden", total // 2, total - 1, None),
                (period.name, brin6, "leidinggevende_zelfde_dag", total - 3, total, None),
                (period.name, brin6, "afgehandeld", total - 4, total, None),
                (period.name, brin6, "dagen_tot_afhandeling", None, total - 4, 11.0),
                (period.name, brin6, "geregistreerd_binnen_5_dagen", total - 1, total, None),
            ]
    text = {"periode": pl.String, "brin6": pl.String}
    by_role = pl.DataFrame(
        roles,
        schema=text | {"veroorzaker": pl.String, "getroffene": pl.String, "incidenten": pl.Int64},
        orient="row",
    )
    measures = pl.DataFrame(
        followup,
        schema=text | {"maat": pl.String, "teller": pl.Int64, "noemer": pl.Int64, "mediaan": pl.Float64},
        orient="row",
    )
    group = (
        measures.group_by("periode", "maat")
        .agg(
            pl.when(pl.col("teller").count() > 0).then(pl.col("teller").sum()),
            pl.col("noemer").sum(),
            pl.col("mediaan").median(),
        )
        .with_columns(pl.lit("*").alias("brin6"))
    )
    return {
        "incident_roles": _with_group(by_role, "periode", "veroorzaker", "getroffene"),
        "incident_followup": pl.concat([measures, group.select(measures.columns)]),
    }


def _values(names: dict[str, str], registry: Registry, today: date) -> pl.DataFrame:
    dimensions = {
        "categorie": [category.code for category in registry.categories],
        "artikel": sorted({category.article for category in registry.categories}),
        "platform": ["whatsapp", "snapchat", "instagram", "tiktok", "nieuwapp", "onbekend"],
        "ernst": ["licht", "ernstig", "onbekend"],
        "openheid": ["openbaar", "rechtstreeks", "onbekend"],
        "reikwijdte": ["school", "overlap", "buiten"],
        "veroorzaker": ["leerling", "onbekend"],
        "getroffene": ["leerling", "medewerker", "onbekend"],
        "in_les": ["ja", "nee", "onbekend"],
        "maatregel": ["gesprek", "geen", "onbekend"],
    }
    rows = [
        (period.name, brin6, dimension, value, (place + 1) * (turn + 2) % 11 + 1)
        for period in _periods(today)
        for place, brin6 in enumerate(["*", *names])
        for dimension, values in dimensions.items()
        for turn, value in enumerate(values)
    ]
    schema = {
        "periode": pl.String,
        "brin6": pl.String,
        "dimensie": pl.String,
        "waarde": pl.String,
        "incidenten": pl.Int64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _clock(today: date) -> pl.DataFrame:
    due = {
        "advies directeuren": (date(2024, 7, 10), date(2026, 7, 10)),
        "instemming GMR": (date(2024, 12, 12), date(2026, 12, 12)),
        "vaststelling bestuur": (date(2024, 12, 17), date(2026, 12, 17)),
        "inwerkingtreding": (date(2025, 2, 1), date(2027, 2, 1)),
    }
    rows = [
        (step, before, until, (until - today).days, "te laat" if until < today else "op tijd")
        for step, (before, until) in due.items()
    ]
    schema = {"stap": pl.String, "vorige_ronde": pl.Date, "uiterlijk": pl.Date, "dagen": pl.Int64, "oordeel": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _quality(names: dict[str, str], today: date) -> pl.DataFrame:
    rows: list[tuple[object, ...]] = []
    for place, brin6 in enumerate(names):
        silent = place == len(names) - 1
        for dataset in ("scholen", "leerlingen", "toestemmingen", "incidenten"):
            count = 0 if silent and dataset in ("toestemmingen", "incidenten") else 40 * (place + 2)
            first, last = (FIRST_ANSWER, month_end(today)) if count else (None, None)
            rows.append((brin6, dataset, today, first, last, count, place % 3))
    rows.append(("*", "toestemmingen", today, None, None, 0, 4))
    schema = {"brin6": pl.String, "dataset": pl.String, "laatste_levering": pl.Date, "van": pl.Date, "tot": pl.Date}
    return pl.DataFrame(rows, schema=schema | {"rijen": pl.Int64, "afgewezen": pl.Int64}, orient="row")
