"""Who did it to whom: how many reports for every pair of roles, darker where there are more."""

from collections.abc import Mapping, Sequence

import polars as pl

from dashboard import dutch
from dashboard.charts import matrix, theme
from dashboard.charts.theme import Chart, Dict, Key, Palette
from dashboard.indicators.sentences.phrases import OTHER, OTHERS
from dashboard.indicators.shown import HIDDEN, HOVER, MARK, hidden, marks

BLANK, BLANK_LABEL = "onbekend", "Niet ingevuld"

WHO = 20
"""Pixels for the line of words above the names of the columns."""

Pairs = Mapping[tuple[str, str], int | None]
"""How many reports of each pair of roles; None where that is hidden."""


def who_to_whom(
    rows: pl.DataFrame,
    labels_from: Mapping[str, str],
    labels_to: Mapping[str, str],
    palette: Palette,
    texts: Sequence[str],
) -> Chart:
    """A row for everyone who did something, a column for everyone whom it was done to, a number of reports in each.

    counts: one row per veroorzaker and getroffene (incidenten) of one school and period. `labels_from`, `labels_to`:
    code → label, in the order to show; only roles that occur are shown, those not filled in last. `texts`: title,
    subtitle.
    """
    pairs: Pairs = {(one, other): count for one, other, count in _pairs(rows)}
    doers = _occurring([one for one, _ in pairs], labels_from)
    affected = _occurring([other for _, other in pairs], labels_to)
    names = [f"door: {label.lower()} · {_total(code, affected, pairs)}" for code, label in doers.items()]
    most = max((count for count in pairs.values() if count is not None), default=0)
    figure = theme.figure(
        [_column(code, label, doers, pairs, most, palette) for code, label in affected.items()],
        palette,
        theme.rows_height(len(doers), below=8) + matrix.HEAD + WHO,
        barmode="stack",
        bargap=0.48,
        margin={"l": 0, "r": 0, "t": matrix.HEAD + WHO, "b": 0, "pad": 0},
        xaxis={"range": [0, max(len(affected), 1)], "visible": False, "fixedrange": True},
        yaxis=theme.rows_axis(len(doers)),
        annotations=[
            *theme.row_labels(names, palette, lift=matrix.LIFT),
            *matrix.heads(list(affected.values()), palette),
            {**theme.axis_words(palette, "wie het trof:"), "yshift": matrix.HEAD},
        ],
    )
    table = pl.DataFrame(
        {"Door": pl.Series(list(doers.values()), dtype=pl.String)}
        | {
            f"Bij {label.lower()}": pl.Series([pairs.get((code, other), 0) for code in doers], dtype=pl.Int64)
            for other, label in affected.items()
        }
    )
    if HIDDEN in rows.columns:
        cells = {f"Bij {label.lower()}": other for other, label in affected.items()}
        gone = {head: pl.Series([_is_gone(pairs, (code, other)) for code in doers]) for head, other in cells.items()}
        table = table.with_columns(marks({head: pl.lit(hides) for head, hides in gone.items()}))
    keys = (Key("hoe meer kleur, hoe meer meldingen", palette.subject),) if pairs else ()
    return Chart(texts[0], texts[1], _summary(doers, affected, pairs), figure, table, keys)


def _pairs(rows: pl.DataFrame) -> list[tuple[str, str, int | None]]:
    gone = hidden(rows, "incidenten").any()
    summed = rows.group_by("veroorzaker", "getroffene", maintain_order=True).agg(
        pl.when(~gone).then(pl.col("incidenten").sum()), gone.alias("gone")
    )
    return summed.filter(pl.col("gone") | (pl.col("incidenten") > 0)).drop("gone").rows()


def _is_gone(pairs: Pairs, pair: tuple[str, str]) -> bool:
    return pair in pairs and pairs[pair] is None


def _total(code: str, affected: Mapping[str, str], pairs: Pairs) -> str:
    """The reports of whoever did it; a mark where a part of them is hidden."""
    counts = [pairs.get((code, other), 0) for other in affected]
    known = [count for count in counts if count is not None]
    return dutch.number(sum(known)) if len(known) == len(counts) else MARK


def _occurring(codes: Sequence[str], labels: Mapping[str, str]) -> dict[str, str]:
    """The roles that occur, in the order of their labels; then those without one, and not filled in."""
    known = [code for code in labels if code in codes and code != BLANK]
    strange = sorted({code for code in codes if code not in labels and code != BLANK})
    named = {code: labels.get(code, OTHERS if code == OTHER else code) for code in (*known, *strange)}
    return named | ({BLANK: BLANK_LABEL} if BLANK in codes else {})


def _column(other: str, label: str, doers: Mapping[str, str], pairs: Pairs, most: int, palette: Palette) -> Dict:
    counts = [pairs.get((code, other), 0) for code in doers]
    colours = [theme.shade(count / most, palette) if count else palette.paper for count in counts]
    inks = [theme.on(colour) if count else palette.quiet for colour, count in zip(colours, counts, strict=True)]
    return {
        "type": "bar",
        "orientation": "h",
        "name": label,
        "x": [1] * len(counts),
        "y": list(range(len(counts))),
        "marker": {"color": colours, "line": {"color": palette.paper, "width": 2}},
        "text": [MARK if count is None else dutch.number(count) for count in counts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": theme.TEXT, "color": inks},
        "customdata": [
            f"door: {theme.plain(name.lower())}, bij: {theme.plain(label.lower())}"
            f"<br>{HOVER if count is None else dutch.counted(count, 'melding', 'meldingen')}"
            for name, count in zip(doers.values(), counts, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _summary(doers: Mapping[str, str], affected: Mapping[str, str], pairs: Pairs) -> str:
    known = {pair: count for pair, count in pairs.items() if count is not None}
    ordered = sorted(known.items(), key=lambda pair: (-pair[1], pair[0]))
    said = [
        f"door {doers[one].lower()} bij {affected[other].lower()}: {dutch.number(count)}"
        for (one, other), count in ordered[:12]
    ]
    said += [f"de overige paren: {HOVER}"] if len(known) < len(pairs) else []
    start = "Meldingen naar wie het deed en wie het trof, de meeste eerst"
    return f"{start}. {'; '.join(said)}." if said else "Er zijn geen meldingen."
