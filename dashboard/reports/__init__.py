"""A paper's content in, a file out: PDF, Word, Excel or HTML."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from dashboard.reports.content import Dossier
from dashboard.reports.docx import as_docx
from dashboard.reports.html import as_html
from dashboard.reports.pdf import as_pdf
from dashboard.reports.xlsx import as_xlsx

WRITERS: Final[Mapping[str, Callable[[Dossier], bytes]]] = MappingProxyType(
    {"pdf": as_pdf, "docx": as_docx, "xlsx": as_xlsx, "html": as_html}
)
"""The ending of a file → what makes it of a dossier; the same dossier is the same bytes."""
