"""The dossier for whoever may not see small numbers: what is hidden is said, and never taken for nothing."""

import re
from html import unescape

import pytest

from dashboard import dossiers
from dashboard.settings import Settings
from dashboard.store.snapshots import Snapshot
from dashboard.viewing import open_figures

HIDDEN = "Dit getal wordt niet getoond: het is een klein aantal, of het zou er een verraden (x)."


@pytest.fixture(scope="module")
def paper(small_group: Snapshot) -> str:
    html = dossiers.make_file(small_group, Settings(), "gmr", None, "html").decode()
    return unescape(re.sub(r"<[^>]+>", "\n", re.sub(r"<(style|svg).*?</\1>", "", html, flags=re.DOTALL)))


def test_it_says_for_whom_it_is_and_what_the_mark_means(paper: str) -> None:
    assert re.search(r"Gemaakt voor\s+GMR", paper)
    assert "Waar een aantal is weggelaten, staat een x." in paper


def test_a_hidden_figure_is_said_to_be_hidden(small_group: Snapshot, paper: str) -> None:
    """An article of which the only figure is hidden: neither nothing, nor never delivered."""
    rows = open_figures(small_group, "gmr", Settings().queries).ask("evaluation")
    hidden = [row["artikel"] for row in rows.to_dicts() if "teller" in (row["verborgen"] or "")]
    assert hidden
    assert HIDDEN in paper
    for article in set(hidden) & {"IV.M.1", "IV.M.4", "IV.M.5", "IV.M.7"}:
        part = paper[paper.index(f"\n{article} ") :][:1500]
        assert HIDDEN in part
        assert "Hoe het is, is dus onbekend" not in part.partition("Vraag voor de GMR")[0]


@pytest.mark.parametrize("who", ["rvt", "beheerder", "directeur:99AA00"])
@pytest.mark.parametrize("form", ["docx", "xlsx", "pdf"])
def test_every_audience_gets_every_form(small_group: Snapshot, who: str, form: str) -> None:
    assert len(dossiers.make_file(small_group, Settings(), who, None, form)) > 10_000
