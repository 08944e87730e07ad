"""What is missing: where answers drop out on their way, and what exactly is not in order."""

from collections.abc import Mapping, Sequence

import polars as pl

from dashboard import dutch
from dashboard.charts import bars, theme
from dashboard.charts.theme import OUTCOME_COLOURS, OUTCOMES, Chart, Dict, Key, Palette
from dashboard.indicators import shown
from dashboard.indicators.outlook import STEPS
from dashboard.indicators.sentences.reasons import DROPPED


def waterfall(
    rows: pl.DataFrame, unknown: int | None, palette: Palette, labels: Mapping[str, str], texts: Sequence[str]
) -> Chart:
    """The enrolled, step by step to an answer of this year; what drops out of a step stands behind its bar.

    counts: one row per stap of one school and purpose (leerlingen, afgevallen in pupils), in the order of the steps;
    `unknown`: pupils of whom nothing was delivered, who are left out by the first step; None where it is hidden.
    `texts`: title, subtitle.
    """
    steps, left, gone = (rows[column].to_list() for column in ("stap", "leerlingen", "afgevallen"))
    names = [labels.get(step, step) for step in steps]
    why = [_reason(step, unknown) for step in steps]
    rest = {"color": palette.unknown, "pattern": {**theme.HATCH, "fgcolor": palette.quiet, "bgcolor": palette.unknown}}
    figure = theme.figure(
        [_steps(left, names, {"color": palette.subject}), _dropped(gone, why, rest)],
        palette,
        theme.rows_height(rows.height),
        barmode="stack",
        bargap=0.62,
        xaxis=theme.count_axis(palette, "leerlingen", [count for count in left if count is not None], room=1.16),
        yaxis=theme.rows_axis(rows.height),
        annotations=[
            *theme.row_labels([f"{name} · {_number(count)}" for name, count in zip(names, left, strict=True)], palette),
            *_gone_words(left, gone, palette),
        ],
    )
    plain = pl.DataFrame(
        {
            "Stap": names,
            "Leerlingen": left,
            "Valt hier af": gone,
            "Waarom": why,
        },
        schema_overrides={"Leerlingen": pl.Int64, "Valt hier af": pl.Int64},
    )
    table = shown.carried(plain, rows, {"Leerlingen": "leerlingen", "Valt hier af": "afgevallen"})
    keys = (Key("blijft over", palette.subject), Key("valt bij deze stap af", palette.unknown, "arcering"))
    return Chart(texts[0], texts[1], f"Leerlingen per stap. {bars.spoken(names, left)}.", figure, table, keys)


def statuses(
    rows: pl.DataFrame, palette: Palette, labels: Mapping[str, str], outcomes: Mapping[str, str], texts: Sequence[str]
) -> Chart:
    """How many pupils have which status; the colour says what the chosen reading makes of it.

    counts: one row per status (status, uitkomst, leerlingen), in the order to show. `labels`: status → label;
    `outcomes`: outcome → label; `texts`: title, subtitle.
    """
    colours = [getattr(palette, OUTCOME_COLOURS[code]) for code in rows["uitkomst"]]
    names = [labels.get(status, status) for status in rows["status"]]
    counts = rows["leerlingen"].to_list()
    figure = bars.counted(names, counts, colours, palette, "leerlingen")
    judged = [outcomes[code] for code in rows["uitkomst"]]
    plain = pl.DataFrame({"Stand": names, "Leerlingen": rows["leerlingen"], "Telt als": judged})
    table = shown.carried(plain, rows, {"Leerlingen": "leerlingen"})
    present = [code for code in OUTCOMES if code in set(rows["uitkomst"])]
    keys = tuple(theme.outcome_key(code, outcomes[code], palette) for code in present)
    return Chart(texts[0], texts[1], f"Leerlingen per stand. {bars.spoken(names, counts)}.", figure, table, keys)


def _number(count: int | None) -> str:
    return shown.MARK if count is None else dutch.number(count)


def _pupils(count: int | None) -> str:
    return shown.HOVER if count is None else dutch.counted(count, "leerling", "leerlingen")


def _steps(left: Sequence[int | None], names: Sequence[str], marker: Dict) -> Dict:
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(left),
        "y": list(range(len(left))),
        "marker": marker,
        "hovertext": [f"{theme.plain(name)}: {_pupils(count)}" for name, count in zip(names, left, strict=True)],
        "hoverinfo": "text",
    }


def _reason(step: str, unknown: int | None) -> str:
    """Why pupils don't take a step; of the unknown nobody knows whether they were asked."""
    more = ", of er is niets aangeleverd" if unknown != 0 and step == STEPS[1] else ""
    return f"{DROPPED[step]}{more}" if step in DROPPED else ""


def _dropped(gone: Sequence[int | None], why: Sequence[str], marker: Dict) -> Dict:
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(gone),
        "y": list(range(len(gone))),
        "marker": marker,
        "hovertext": [f"Valt af: {_pupils(count)}; {reason}" for reason, count in zip(why, gone, strict=True)],
        "hoverinfo": "text",
    }


def _gone_words(left: Sequence[int | None], gone: Sequence[int | None], palette: Palette) -> list[Dict]:
    return [
        {
            "x": (rest or 0) + (count or 0),
            "y": place,
            "text": shown.MARK if count is None else f"−{dutch.number(count)}",
            "showarrow": False,
            "xanchor": "left",
            "xshift": 6,
            "font": {"size": theme.TEXT, "color": palette.ink},
        }
        for place, (rest, count) in enumerate(zip(left, gone, strict=True))
        if count != 0
    ]
