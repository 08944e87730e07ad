"""What was found of an article of the code: each figure as a sentence, how it was before, and how sure it is.

What isn't delivered is said to be unknown, never to be in order. Few cases get no percentage.
"""

from collections.abc import Sequence
from typing import Final

from dashboard import dutch
from dashboard.indicators import shown
from dashboard.indicators.evaluation_findings import NOT_SHOWN, ArticleFinding, Row, plain
from dashboard.indicators.sentences.article_words import (
    ANSWERS,
    LAPSE,
    MEANINGS,
    NEVER,
    NO_START,
    RANGES,
    REGISTER,
    REPORTS,
    SUBJECTS,
    WORDS,
    Days,
    Number,
    Part,
)
from dashboard.indicators.sentences.phrases import first_small, lower, part_of
from dashboard.periods import ONE_DAY
from dashboard.registry import Registry

BEFORE: Final = "In de twee jaar ervoor"
AS_DELIVERED: Final = "voor zover aangeleverd"
"""How complete the years before are isn't published."""

USE: Final = "gebruik_zonder_toestemming"
"""The only figure about what was really shown or done; coverage is about answers."""

TWO: Final = 2
"""Both of them: there is a word for it."""


def portion(part: int, whole: int, one: str, more: str, least: int = 0) -> str:
    """A part of a whole with its noun: `drie van de vijf scholen`, `alle vijf scholen`, `geen van de vijf scholen`.

    A percentage stands beside it from `least` on, where it is neither all nor nothing.
    """
    if whole == 1:
        return f"{'de ene' if part else 'geen enkele'} {one}"
    many = dutch.small(whole)
    if part == whole:
        return f"beide {more}" if whole == TWO else f"alle {many} {more}"
    if not part:
        return f"geen van de {many} {more}"
    share = f" ({dutch.share(part / whole)})" if whole >= least else ""
    return f"{part_of(part, whole)} {more}{share}"


ALL_HIDDEN: Final = "De cijfers zijn er wel, maar zijn niet getoond: kleine aantallen (x)."
"""How sure an article is of which every figure is hidden."""


def is_gone(row: Row) -> bool:
    """Whether a figure is hidden; a share of few cases is not, as long as the counts that it is made of are shown."""
    is_days = isinstance(WORDS.get(plain(row["indicator"])), Days)
    return any(shown.is_hidden(row, column) for column in ("teller", "noemer", *(["waarde"] if is_days else [])))


def not_shown(row: Row, registry: Registry) -> str:
    """That a figure is hidden, and which one."""
    return f"Het cijfer '{indicator_label(row['indicator'], registry)}' is {shown.SAID}."


def found(row: Row, registry: Registry) -> str:
    """What was found, in a sentence or two. row: one of `evaluation` with an indicator."""
    if is_gone(row):
        return not_shown(row, registry)
    return " ".join(filter(None, [_figure(row, registry), _lapse(row, registry)]))


def _lapse(row: Row, registry: Registry) -> str:
    """Why the least coverage may be low, where answers end with the school year."""
    return LAPSE if _is_lowest(row) and row["waarde"] is not None and registry.year == "schooljaar" else ""


def _figure(row: Row, registry: Registry) -> str:
    words = WORDS.get(plain(row["indicator"]))
    if words is None:
        return f"{row['indicator']}: {value_in_words(row, registry)}."
    if isinstance(words, Days):
        return _days_found(words, row["waarde"])
    if row["teller"] is None and not _is_lowest(row):
        return NO_START if _lacks_start(row) else NEVER[words.source]
    if isinstance(words, Number):
        return _number_found(words, row["teller"])
    return _part_found(words, row, registry)


def _lacks_start(row: Row) -> bool:
    """Whether people may well have been informed, but there is no day to have been in time for."""
    return row["indicator"] == "tijdig_bekend" and bool(row["kwaliteit"])


def _is_lowest(row: Row) -> bool:
    """Whether it is about the end of a month: answers may have come in, but none for such a day."""
    return plain(row["indicator"]) == "laagste_dekking"


def _days_found(words: Days, days: float | None) -> str:
    if days is None:
        return words.nothing
    return words.text.format(aantal=_whole(days)) if days else words.same_day


def _number_found(words: Number, count: int) -> str:
    return (words.zero if not count else words.one if count == 1 else words.more).format(aantal=dutch.number(count))


def _part_found(words: Part, row: Row, registry: Registry) -> str:
    part, whole = row["teller"], row["noemer"]
    purpose = _purpose(row["indicator"], registry)
    if not whole:
        return words.nothing.format(doel=purpose)
    special = words.every if part == whole else words.none if not part else ""
    said = portion(part, whole, words.one, words.more, registry.minimum_base)
    text = (special or words.text).format(deel=said, doel=purpose, noemer=dutch.number(whole))
    return _with_unknown(text, [row]) if words.source == ANSWERS else text


def _with_unknown(text: str, rows: Sequence[Row]) -> str:
    """A sentence on coverage with of how many pupils nothing is known, where that isn't nobody."""
    known = [row["kwaliteit"] for row in rows if row["kwaliteit"] is not None]
    if not known or min(known) >= 1:
        return text
    return f"{text.removesuffix('.')}; over {_span(known)} van de leerlingen is aangeleverd, de rest is onbekend."


def before(row: Row, registry: Registry) -> str:
    """What the same figure was over the two years before, as far as delivered; empty where one of the two is unknown.

    Few cases get no earlier percentage either: how many there were then isn't published.
    """
    value = row["vorige_waarde"]
    if shown.is_hidden(row, "vorige_waarde"):
        return _before_not_shown(row)
    if value is None or (row["waarde"] is None and not is_gone(row)) or is_few_for_before(row, registry):
        return ""
    words = WORDS.get(plain(row["indicator"]))
    if isinstance(words, Part):
        return _was(row, dutch.share(value))
    if isinstance(words, Days):
        return _was(row, _days(value))
    return _there_were(words, round(value))


def _before_not_shown(row: Row) -> str:
    """That the earlier figure is hidden; beside a figure of now that is hidden too, in fewer words."""
    return f"Hoe dat {first_small(_when(row))} was, {'ook niet' if is_gone(row) else f'is {shown.SAID}'}."


def _was(row: Row, value: str) -> str:
    return f"{_when(row)} was dat {value}, {AS_DELIVERED}."


def _when(row: Row) -> str:
    day = day_before(row)
    return dutch.capital(day) or ("Op het laagste maandeinde van de twee jaar ervoor" if _is_lowest(row) else BEFORE)


def day_before(row: Row) -> str:
    """The day of an earlier figure of coverage, the last one before the period: `op 31 januari 2025`; else empty."""
    if plain(row["indicator"]) != "dekking":
        return ""
    return f"op {dutch.day(dutch.first_of(row['periode'].partition('/')[0]) - ONE_DAY)}"


def _there_were(words: Number | None, count: int) -> str:
    """An earlier number. More now may only mean that more was delivered: the sentence itself says so."""
    are, many = ("is", "één") if count == 1 else ("zijn", dutch.number(count))
    if words and words.is_delivered and count:
        return f"{BEFORE} {are} er {many} aangeleverd; hoe volledig dat was, is niet bekend."
    were = "was" if count == 1 else "waren"
    return f"{BEFORE} {were} er {many if count else 'geen'}, {AS_DELIVERED}."


def is_few_for_before(row: Row, registry: Registry) -> bool:
    """Whether an earlier share may be over fewer cases than get a percentage, as far as the cases of now tell."""
    return isinstance(WORDS.get(plain(row["indicator"])), Part) and (row["noemer"] or 0) < registry.minimum_base


def value_in_words(row: Row, registry: Registry) -> str:
    """A figure for a table: `73 % (4.312 van 5.912)`, `41`, `4 dagen`, or a dash."""
    words, value = WORDS.get(plain(row["indicator"])), row["waarde"]
    if is_gone(row):
        return shown.MARK
    if isinstance(words, Days):
        return dutch.NOTHING if value is None else _days(value)
    if row["teller"] is None or row["noemer"] == 0:
        return dutch.NOTHING
    if row["noemer"] is None:
        return dutch.number(row["teller"])
    counts = f"{dutch.number(row['teller'])} van {dutch.number(row['noemer'])}"
    return counts if row["noemer"] < registry.minimum_base else f"{dutch.share(value)} ({counts})"


def before_in_words(row: Row, registry: Registry) -> str:
    """The figure of the two years before for a table, or a dash; also instead of a share that may be of few cases."""
    words, value = WORDS.get(plain(row["indicator"])), row["vorige_waarde"]
    if shown.is_hidden(row, "vorige_waarde"):
        return shown.MARK
    if value is None or is_few_for_before(row, registry):
        return dutch.NOTHING
    if isinstance(words, Days):
        return _days(value)
    return dutch.share(value) if isinstance(words, Part) else dutch.number(round(value))


def indicator_label(code: str, registry: Registry) -> str:
    """The name of an indicator, with its purpose where it has one: `Dekking aan het eind: beeld op de website`."""
    labels = {known.code: known.label for known in registry.indicators}
    label = labels.get(plain(code), plain(code))
    return f"{label}: {_purpose(code, registry)}" if ":" in code else label


def _purpose(indicator: str, registry: Registry) -> str:
    code = indicator.partition(":")[2]
    return lower({known.code: known.label for known in registry.purposes}.get(code, code))


def _days(days: float) -> str:
    return f"{_whole(days)} {'dag' if days == 1 else 'dagen'}"


def _whole(days: float) -> str:
    return dutch.number(round(days)) if days == round(days) else dutch.rate(days)


def answer(finding: ArticleFinding, registry: Registry) -> str:
    """The verdict on an article and what it rests on, such as `Op orde. De startdatum ligt vast`, and how it was.

    Use without consent is said too, whatever figure says most.
    """
    if finding.telling is None:
        return f"{dutch.capital(finding.verdict)}. {MEANINGS[finding.verdict]}"
    uses = [_alone(row, registry) for row in _other_uses(finding)]
    return " ".join([f"{dutch.capital(finding.verdict)}.", _alone(finding.telling, registry), *uses])


def _other_uses(finding: ArticleFinding) -> list[Row]:
    """The row of use without consent where there was any, and it isn't the one that says most."""
    return [row for row in finding.rows if row["indicator"] == USE and row["teller"] and row is not finding.telling]


def told(finding: ArticleFinding, registry: Registry) -> list[str]:
    """Every other figure of an article with how it was before; purposes that belong together in one sentence."""
    sentences, seen = [], {_family(finding.telling)} if finding.telling else set()
    answered = _other_uses(finding)
    for row in finding.rows:
        if row in answered:
            continue
        alike = [other for other in finding.rows if _family(other) == _family(row) and other is not finding.telling]
        if row is finding.telling or (_family(row) in seen and len(alike) > 1 and row is not alike[0]):
            continue
        seen.add(_family(row))
        sentences.append(_together(alike, finding, registry) if len(alike) > 1 else _alone(row, registry))
    said = found(finding.telling, registry) if finding.telling else ""
    return [text for text in dict.fromkeys(sentences) if text != said]


def _alone(row: Row, registry: Registry) -> str:
    return " ".join(filter(None, [found(row, registry), before(row, registry)]))


def _together(rows: Sequence[Row], finding: ArticleFinding, registry: Registry) -> str:
    """Rows of one indicator for several purposes: from which value to which."""
    if any(row["waarde"] is None or _is_few(row, registry) for row in rows):
        said = [not_shown(row, registry) if is_gone(row) else _figure(row, registry) for row in rows]
        return " ".join(filter(None, dict.fromkeys([*said, *(_lapse(row, registry) for row in rows)])))
    after, alone = RANGES[_family(rows[0])]
    is_after = finding.telling is not None and _family(finding.telling) == _family(rows[0])
    now = _span([row["waarde"] for row in rows])
    text = (after if is_after else alone).format(waarden=now, aantal=dutch.small(len(rows)))
    text = text if is_after else _with_unknown(text, rows)
    earlier = [row["vorige_waarde"] for row in rows if row["vorige_waarde"] is not None]
    was = _was(rows[0], _span(earlier)) if len(earlier) == len(rows) else ""
    if any(shown.is_hidden(row, "vorige_waarde") for row in rows):
        was = _before_not_shown(rows[0])
    return " ".join(filter(None, [text, _lapse(rows[0], registry), was]))


def _span(values: Sequence[float]) -> str:
    low, high = dutch.share(min(values)), dutch.share(max(values))
    return low if low == high else f"{low} tot {high}"


def _family(row: Row) -> str:
    """What rows of one indicator for several purposes have alike; others are a family of their own."""
    return plain(row["indicator"])


def certainty(finding: ArticleFinding, registry: Registry) -> list[str]:
    """How sure the figures of an article are: how much was delivered, small numbers, and nothing to compare with."""
    if not finding.rows:
        return []
    known = [row for row in finding.rows if row["waarde"] is not None or shown.is_hidden(row, "waarde")]
    if not known:
        return ["Er zijn geen cijfers. Hoe het is, is dus onbekend."]
    complete = [ALL_HIDDEN if all(map(is_gone, known)) else "", *map(_evidence, known)]
    return [*dict.fromkeys(filter(None, [*complete, _few(known, registry), _nothing_before(finding.rows)]))]


def certainty_in_short(finding: ArticleFinding, registry: Registry) -> str:
    """How sure the figure is that says most, in a few words for a table: `91 % van de maanden; 4 gevallen`."""
    row = finding.telling
    if row is None:
        return "niet getoond" if finding.verdict == NOT_SHOWN else "geen cijfers"
    if is_gone(row):
        return "niet getoond"
    if row["waarde"] is None and not shown.is_hidden(row, "waarde"):
        return "geen gegevens"
    words, share = WORDS.get(plain(row["indicator"])), dutch.share(row["kwaliteit"])
    source = words.source if words else ""
    complete = {
        REPORTS: f"{share} van de maanden",
        ANSWERS: f"{share} van de leerlingen",
        REGISTER: "vaste datums",
    }.get(source, "misschien niet alles")
    few = _is_few(row, registry)
    return f"{complete}; {dutch.counted(row['noemer'], 'geval', 'gevallen')}" if few else complete


def _evidence(row: Row) -> str:
    """How complete that is of which a figure was made."""
    words, quality = WORDS.get(plain(row["indicator"])), row["kwaliteit"] or 0.0
    source = words.source if words else ""
    if shown.is_hidden(row, "kwaliteit"):
        return f"Over welk deel van de leerlingen is aangeleverd, is {shown.SAID}."
    if source == REPORTS:
        return _reports_in(quality)
    if source == ANSWERS:
        return _answers_in(quality, "Op het laagste maandeinde" if _is_lowest(row) else "Op de laatste peildatum")
    if source == REGISTER:
        return "Dit volgt uit de vastgestelde datums."
    return f"{SUBJECTS.get(source, 'Gegevens')} zijn aangeleverd. Of dat alles is, is niet te zien."


def _reports_in(quality: float) -> str:
    if quality >= 1:
        return "Alle scholen hebben over alle maanden hun meldingen aangeleverd."
    if not quality:
        return "Geen enkele school heeft een maand helemaal aangeleverd. Er kunnen meer meldingen zijn."
    return (
        f"Scholen hebben over {dutch.share(quality)} van de maanden hun meldingen aangeleverd. Over de andere maanden "
        "kunnen er nog meldingen zijn."
    )


def _answers_in(quality: float, when: str) -> str:
    if quality >= 1:
        return f"{when} is over alle leerlingen aangeleverd."
    return f"{when} is over {dutch.share(quality)} van de leerlingen aangeleverd. De anderen tellen niet mee."


def _few(rows: Sequence[Row], registry: Registry) -> str:
    if any(_is_few(row, registry) for row in rows):
        return (
            f"Het gaat soms om minder dan {dutch.small(registry.minimum_base)} gevallen. Dan staat er geen percentage, "
            "ook niet van de jaren ervoor: één geval meer of minder maakt dan veel uit."
        )
    return ""


def _is_few(row: Row, registry: Registry) -> bool:
    """Whether a share is over fewer cases than get a percentage; a date that is there or not is no share."""
    words = WORDS.get(plain(row["indicator"]))
    is_date = words is not None and words.source in {REGISTER, "besluiten"}
    return bool(row["noemer"]) and row["noemer"] < registry.minimum_base and not is_date


def _nothing_before(rows: Sequence[Row]) -> str:
    """That nothing is known of the years before, where something could have been; what is hidden is known."""
    could = [row for row in rows if _could_be_before(row)]
    if not could or any(row["vorige_waarde"] is not None or shown.is_hidden(row, "vorige_waarde") for row in could):
        return ""
    return "Uit de twee jaar ervoor zijn er geen gegevens om mee te vergelijken."


def _could_be_before(row: Row) -> bool:
    """Whether the text existed in the years before: what its own round is about can't be older than the round."""
    words = WORDS.get(plain(row["indicator"]))
    return words is not None and words.source not in {REGISTER, "bekendmaking", "besluiten"}
