"""What changed since an earlier snapshot, and why, as a part of the page Evaluatie."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.indicators import sentences, shown
from dashboard.indicators.evaluation import CAUSES
from dashboard.indicators.sentences.articles import indicator_label
from dashboard.pages.evaluation_choice import Choice
from dashboard.registry import Registry
from dashboard.ui import ask, blocks, filters

ONLY = "Voor deze momentopname is er geen eerdere."
LATER = "Na de volgende levering staat hier welke cijfers veranderden, en waardoor."
NOT_SPLIT = "Deze momentopname is niet uit die eerdere voortgekomen. Wat er verschilt is bekend, waardoor niet."
NOT_FOR_AUDIENCE = "Wat er is veranderd, staat hier niet."
HOW = (
    "Anders geteld: een definitie is veranderd. Verbeterd: rijen die al bekend waren, zijn verbeterd. Nieuw: er kwamen "
    "rijen bij, of er verliep tijd. Het verschil van een aandeel staat in procentpunten. Een aandeel zelf is "
    "afgerond: opgeteld kan het daardoor iets anders lijken."
)
COLUMNS: Final = {"definitie": "Anders geteld", "correctie": "Verbeterd", "nieuw": "Nieuw"}


def show(choice: Choice) -> None:
    """Draw this part."""
    now, every = ask.chosen(), ask.snapshots()
    earlier = every[: [known.id for known in every].index(now.id)]
    others = {known.id: known for known in reversed(earlier)}
    if not others:
        blocks.empty(ONLY, LATER, "")
        return
    which = {name: _which(known, every) for name, known in others.items()}
    labels = {
        name: f"{dutch.day(known.today)}{f', {which[name]}' if which[name] else ''} · {name[:6]}"
        for name, known in others.items()
    }
    since = others[filters.choose_earlier(labels, now.previous or "")]
    try:
        found = ask.keep("difference", (since.id,), lambda: ask.difference(since))
    except ask.StoreProblem as problem:
        blocks.empty(NOT_FOR_AUDIENCE, str(problem), "")
        return
    if found is None:
        blocks.outdated("Wat er is veranderd")
        return
    of_period = pl.col("periode") == choice.period
    unseen = found.unseen.filter(of_period).height
    rows = shown.only_shown(found.differing, "was", "wordt").filter(of_period)
    title = sentences.differences_title(rows, since.today, which[since.id], partly=unseen > 0)
    blocks.heading(title, HOW if found.is_split else NOT_SPLIT)
    if unseen:
        blocks.paragraph(sentences.unseen_differences(unseen))
    if not rows.is_empty():
        blocks.table(_readable(rows, ask.registry()), "Verschillen in de evaluatie", "verschillen")


def _which(snapshot: ask.Snapshot, every: Sequence[ask.Snapshot]) -> str:
    """Which one of several snapshots of a day it is; empty where it is the only one."""
    alike = [known.id for known in every if known.today == snapshot.today]
    return sentences.ordinal(alike.index(snapshot.id)) if len(alike) > 1 else ""


def _readable(rows: pl.DataFrame, registry: Registry) -> pl.DataFrame:
    codes = rows["indicator"].to_list()

    def spelled(column: str) -> list[str]:
        say = sentences.added_in_words if column in CAUSES else sentences.figure_in_words
        return [say(code, figure, registry) for code, figure in zip(codes, rows[column], strict=True)]

    table = pl.DataFrame(
        {
            "Artikel": rows["artikel"],
            "Cijfer": [indicator_label(code, registry) for code in codes],
            "Was": spelled("was"),
            **{label: spelled(column) for column, label in COLUMNS.items()},
            "Nu": spelled("wordt"),
        }
    )
    return shown.carried(table, rows, {label: column for column, label in COLUMNS.items()})
