"""What all papers have in common as files: their front, their mark, text that any file can hold, the same bytes."""

import hashlib
import io
import re
import zipfile
from pathlib import Path
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.charts.theme import Chart
from dashboard.indicators import shown
from dashboard.reports.content import Dossier, Section

MARK: Final = "gedragscode-dashboard evaluatiedossier"
"""Stands in the properties of every paper: only a file that bears it may be replaced by a new one."""

HTML_MARK: Final = f'<meta name="generator" content="{MARK}">'

DEMO: Final = "Demogegevens. Scholen, leerlingen en meldingen zijn verzonnen."

FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every part of a file that is an archive: the earliest one that such a file can hold."""

CORE, CUSTOM, BODY = "docProps/core.xml", "docProps/custom.xml", "word/document.xml"
"""Parts of documents and workbooks: properties, properties of our own, and the text of a document."""

SEAL: Final = re.compile(rb"(?:%|<!-- )kenmerk ([0-9a-f]{64})(?: -->)?\n")
"""A remark in a page or PDF, seen by nobody, with the fingerprint of all the rest."""

HEAD: Final = 4096
"""Bytes at the start of a page in which its mark stands."""

ARTICLE: Final = re.compile(r"[IVX]+(\.[A-Z\d]+)*")
"""The number of an article."""

UNSTORABLE: Final = re.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\U00010000-\\U0010FFFF]")
"""Characters that XML, and so no paper, can hold. Source: XML 1.0, production 2."""


def front(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """What a paper says of itself before anything else: name and value, a line each."""
    return (
        ("Organisatie", dossier.organisation),
        ("Gemaakt voor", dossier.audience),
        ("Periode", dutch.capital(dossier.period)),
        ("Cijfers", f"stand van {dutch.day(dossier.day)}, momentopname {dossier.snapshot}"),
    )


def footer(dossier: Dossier) -> str:
    """What stands below every page beside its number."""
    demo = "Demogegevens · " if dossier.demo else ""
    return f"{demo}Stand van {dutch.day(dossier.day)} · momentopname {dossier.snapshot}"


def spelled(frame: pl.DataFrame, note: str = "") -> tuple[pl.DataFrame, list[list[str]], str]:
    """A table as its readers see it: the columns that they see, the texts of each of these, and what stands below it.

    What is hidden reads `x`, with its meaning below.
    """
    rest, gone = shown.parted(frame)
    unseen = gone or [frozenset()] * rest.height
    texts = [
        [
            shown.MARK if column in names else dutch.written(value, column)
            for value, names in zip(rest[column], unseen, strict=True)
        ]
        for column in rest.columns
    ]
    is_said = not gone or shown.EXPLAINED in note
    return rest, texts, note if is_said else " ".join(filter(None, [note, f"{shown.EXPLAINED}."]))


def below_chart(chart: Chart) -> str:
    """What the mark in a chart means; empty where nothing of it is hidden."""
    return f"{shown.EXPLAINED}." if shown.any_hidden(chart.table) else ""


def titles(sections: tuple[Section, ...]) -> dict[str, str]:
    """Anchor → title of every section, however deep."""
    found: dict[str, str] = {}
    for section in sections:
        found |= {section.anchor: section.title, **titles(section.parts)}
    return found


def linked(text: str, title: str) -> tuple[str, str, str]:
    """A remark in three parts, of which the middle one leads to a section.

    That is the section's title, or the number of its article, where the remark names it; else the title is added.
    """
    number = title.partition(" ")[0]
    for words in (title, number if ARTICLE.fullmatch(number) else title):
        named = re.search(rf"(?<![\w.]){re.escape(words)}(?!\.?\w)", text)
        if named:
            return text[: named.start()], words, text[named.end() :]
    return f"{text} (zie ", title, ")"


def storable(text: str) -> str:
    """A text with a mark in the place of every character that a file can't hold."""
    return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def timeless(archive: bytes) -> bytes:
    """The same archive, whenever it was made: parts in their order, without the time of making."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            part = zipfile.ZipInfo(name, FIRST_MOMENT)
            part.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(part, made.read(name))
    return target.getvalue()


def is_ours(path: Path) -> bool:
    """Whether a file is a paper of ours as it was made: what somebody filled in or changed since is theirs."""
    try:
        return _is_untouched(path) if zipfile.is_zipfile(path) else _is_marked(path.read_bytes())
    except (OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile):
        return False


def sealed_page(content: bytes) -> bytes:
    """A page with its fingerprint as a last comment: whoever changes it breaks that."""
    return content + f"<!-- kenmerk {fingerprint(content)} -->\n".encode()


def sealed_pdf(content: bytes) -> bytes:
    """A PDF with its fingerprint as a comment in its last lines, where no place in the file is counted from.

    Its last line stays `%%EOF`, as readers of PDF expect.
    """
    body, last, end = content.rpartition(b"startxref\n")
    return body + f"%kenmerk {fingerprint(content)}\n".encode() + last + end


def _is_sealed(content: bytes) -> bool:
    """Whether a file has the fingerprint that it names."""
    seals = list(SEAL.finditer(content))
    return bool(seals) and seals[-1][1].decode() == fingerprint(
        content[: seals[-1].start()] + content[seals[-1].end() :]
    )


def _is_marked(content: bytes) -> bool:
    is_marked = MARK.encode() in content if content.startswith(b"%PDF-") else HTML_MARK.encode() in content[:HEAD]
    return is_marked and _is_sealed(content)


def fingerprint(content: bytes) -> str:
    """What tells a content from any other, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _is_untouched(path: Path) -> bool:
    """Whether a document or workbook bears the mark and wasn't saved since.

    That renews its day of change, and a document is written anew: it no longer has the fingerprint that it names.
    """
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in (CORE, CUSTOM, BODY) if name in archive.namelist()}
    core = parts[CORE].decode()
    days = re.findall(r"<dcterms:(?:created|modified)[^>]*>([^<]*)<", core)
    is_whole = BODY not in parts or fingerprint(parts[BODY]) in core
    return MARK in core + parts.get(CUSTOM, b"").decode() and len(set(days)) == 1 and is_whole
