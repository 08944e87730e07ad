"""What the page Evaluatie is about: an evaluation period, and everything the dossier says of it."""

from dataclasses import dataclass
from importlib.metadata import version

from dashboard.indicators.catalogue import PUBLISHED
from dashboard.reports import chapters, closing
from dashboard.reports.content import Section
from dashboard.reports.evidence import About, Evidence, evaluation_periods, gather
from dashboard.ui import ask, filters


@dataclass(frozen=True, slots=True)
class Choice:
    """An evaluation period and its content: what the dossier is written from too."""

    period: str
    """`jjjj-mm/jjjj-mm`; empty before the code was in force."""
    evidence: Evidence
    articles: Section
    sections: Section
    decisions: Section


def choose() -> Choice:
    """The latest evaluation period, or the one that the reader chose."""
    view = filters.view()
    every = ask.if_there("evaluation")
    known = sorted(evaluation_periods(every, ask.registry(), _about("")), reverse=True)
    with filters.row_above():
        period = filters.choose_period(known, view.day) if len(known) > 1 else next(iter(known), "")
    return ask.keep("evaluation", (period, view.today), lambda: _made(period))


def _made(period: str) -> Choice:
    evidence = gather(ask.if_there, ask.registry(), _about(period))
    return Choice(
        period,
        evidence,
        chapters.by_article(evidence),
        chapters.by_section(evidence),
        closing.decisions(evidence),
    )


def _about(period: str) -> About:
    view, snapshot = filters.view(), ask.chosen()
    return About(
        day=view.day,
        today=view.today,
        snapshot=snapshot.id,
        inputs=snapshot.inputs,
        demo=view.demo,
        audience=view.audience,
        period=period,
        method=version("gedragscode-dashboard"),
        left_out=frozenset(table for table in PUBLISHED if ask.left_out(table)),
    )
