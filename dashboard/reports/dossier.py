"""The dossier of an evaluation: its content, whatever it is written as."""

from dashboard import dutch
from dashboard.registry import Registry
from dashboard.reports import chapters, closing, opening, tables
from dashboard.reports.content import Dossier
from dashboard.reports.evidence import About, Ask, Evidence, gather

__all__ = ["About", "Ask", "make_dossier"]


def make_dossier(ask: Ask, registry: Registry, about: About) -> Dossier:
    """Make the dossier of one snapshot, audience and period. The same figures give the same dossier.

    `ask` gives a published table as the audience may see it.
    """
    evidence = gather(ask, registry, about)
    period = _period(evidence)
    return Dossier(
        title=f"Evaluatie {registry.title}",
        subtitle=f"Dossier voor de evaluatie over {period}",
        organisation=registry.organisation,
        audience=closing.audience_label(evidence),
        period=period,
        day=about.day,
        snapshot=about.snapshot,
        demo=about.demo,
        sections=(
            opening.cover_note(evidence),
            opening.summary(evidence),
            chapters.by_article(evidence),
            chapters.by_section(evidence),
            closing.text_findings(evidence),
            closing.decisions(evidence),
            closing.appendix(evidence),
        ),
        sheets=tables.sheets(evidence),
        remarks=closing.remarks(evidence),
    )


def _period(evidence: Evidence) -> str:
    """The evaluation period in words, and whether it still runs."""
    if not evidence.evaluation_period:
        return "een periode die nog niet is begonnen"
    first, _, last = evidence.evaluation_period.partition("/")
    span = f"{dutch.month_name(first)} tot en met {dutch.month_name(last)}"
    return f"{span} (loopt nog)" if evidence.is_running else span
