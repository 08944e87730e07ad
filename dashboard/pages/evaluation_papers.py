"""The dossier as files, as a part of the page Evaluatie."""

from dataclasses import replace
from typing import Final

from dashboard import dossiers
from dashboard.pages.evaluation_choice import Choice
from dashboard.reports.content import Section
from dashboard.ui import ask, blocks, filters, papers

FORMS: Final = {
    "pdf": "Download als PDF",
    "docx": "Download als Word",
    "xlsx": "Download als Excel",
    "html": "Download als webpagina",
}
WHAT = (
    "Alles van deze pagina als stuk voor de vergadering, met de grafieken, de bijlagen en het gevraagde besluit. "
    "In Word is bij elk artikel ruimte voor een bevinding en een advies."
)


def show_downloads(choice: Choice) -> None:
    """Draw this part; nothing before there is an evaluation."""
    if not choice.period:
        return
    snapshot, view = ask.chosen(), filters.view()
    blocks.heading("Het dossier voor GMR en bestuur")
    papers.downloads(
        WHAT,
        FORMS,
        lambda form: dossiers.make_file(snapshot, ask.serving(), view.audience, choice.period, form),
        lambda form: dossiers.file_name(snapshot, form, view.audience),
    )


def introduction(content: Section) -> Section:
    """How to read the articles, without the articles."""
    return replace(content, parts=())
