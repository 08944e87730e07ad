"""Who did it to whom: how many reports for every pair of roles, darker where there are more."""

from collections.abc import Mapping, Sequence

import polars as pl

from dashboard import dutch
from dashboard.charts import matrix, theme
from dashboard.charts.theme import Chart, Dict, Key, Palette

BLANK, BLANK_LABEL = "onbekend", "Niet ingevuld"

WHO = 20
"""Pixels for the line of words above the names of the columns."""

Pairs = Mapping[tuple[str, str], int]


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
    totals = {code: sum(pairs.get((code, other), 0) for other in affected) for code in doers}
    names = [f"door: {label.lower()} · {dutch.number(totals[code])}" for code, label in doers.items()]
    most = max(pairs.values(), default=0)
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
    keys = (Key("hoe meer kleur, hoe meer meldingen", palette.subject),) if pairs else ()
    return Chart(texts[0], texts[1], _summary(doers, affected, pairs), figure, table, keys)


def _pairs(rows: pl.DataFrame) -> list[tuple[str, str, int]]:
    summed = rows.group_by("veroorzaker", "getroffene", maintain_order=True).agg(pl.col("incidenten").sum())
    return summed.filter(pl.col("incidenten") > 0).rows()


def _occurring(codes: Sequence[str], labels: Mapping[str, str]) -> dict[str, str]:
    """The roles that occur, in the order of their labels; then those without one, and not filled in."""
    known = [code for code in labels if code in codes and code != BLANK]
    strange = sorted({code for code in codes if code not in labels and code != BLANK})
    named = {code: labels.get(code, code) for code in (*known, *strange)}
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
        "text": [dutch.number(count) for count in counts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": theme.TEXT, "color": inks},
        "customdata": [
            f"door: {theme.plain(name.lower())}, bij: {theme.plain(label.lower())}"
            f"<br>{dutch.counted(count, 'melding', 'meldingen')}"
            for name, count in zip(doers.values(), counts, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _summary(doers: Mapping[str, str], affected: Mapping[str, str], pairs: Pairs) -> str:
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    said = [
        f"door {doers[one].lower()} bij {affected[other].lower()}: {dutch.number(count)}"
        for (one, other), count in ordered[:12]
    ]
    start = "Meldingen naar wie het deed en wie het trof, de meeste eerst"
    return f"{start}. {'; '.join(said)}." if said else "Er zijn geen meldingen."
