"""What all papers share: where remarks lead, what can be stored, and the same bytes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text

from dashboard.reports.files import fingerprint, is_ours, linked, storable, timeless
from dashboard.reports.html import as_html
from dashboard.reports.pdf import as_pdf
from tests.reports.sample_paper import PAPER


@pytest.mark.parametrize(
    ("text", "title", "parts"),
    [
        ("Zie IV.M.1 Eigen mening nu.", "IV.M.1 Eigen mening", ("Zie ", "IV.M.1 Eigen mening", " nu.")),
        ("Eigen mening (IV.M.1): goed.", "IV.M.1 Eigen mening", ("Eigen mening (", "IV.M.1", "): goed.")),
        ("Het gaat om IV.M.10.", "IV.M.1 Eigen mening", ("Het gaat om IV.M.10. (zie ", "IV.M.1 Eigen mening", ")")),
        ("Het gaat om IV.M.1.", "IV.M.1 Eigen mening", ("Het gaat om ", "IV.M.1", ".")),
        ("In VI.I staat I.", "I Doel", ("In VI.I staat ", "I", ".")),
        ("De bijlage.", "De cijfers", ("De bijlage. (zie ", "De cijfers", ")")),
        ("(a|b)* is een naam", "(a|b)*", ("", "(a|b)*", " is een naam")),
    ],
)
def test_a_remark_leads_from_where_it_names_the_article(text: str, title: str, parts: tuple[str, str, str]) -> None:
    """Article 1 isn't article 10, and a first word that is no number is no reference."""
    assert linked(text, title) == parts


@given(st.text())
def test_a_remark_keeps_all_its_words(text: str) -> None:
    """Whatever it leads to."""
    assert "".join(linked(text, "II.1 Doel")).startswith(text)


@given(st.text(st.characters(codec=None)))
def test_what_is_stored_can_be_read(text: str) -> None:
    """By a reader of XML, sign for sign; what can be read stays as it is."""
    kept = storable(text)
    assert len(kept) == len(text)
    made = ET.Element("a")
    made.text = kept
    read = ET.fromstring(ET.tostring(made, encoding="utf-8")).text or ""
    assert read == kept.replace("\r\n", "\n").replace("\r", "\n")
    assert storable(kept) == kept


def test_an_archive_is_the_same_whenever_it_was_made() -> None:
    """Parts stay in their order."""

    def made(year: int) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name in ("b", "a"):
                archive.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), f"deel {name}")
        return target.getvalue()

    assert timeless(made(2020)) == timeless(made(2026))
    with zipfile.ZipFile(io.BytesIO(timeless(made(2020)))) as archive:
        assert archive.namelist() == ["b", "a"]
        assert archive.read("b") == b"deel b"


def test_a_page_that_somebody_changed_is_theirs(tmp_path: Path) -> None:
    """One letter is enough, and so are words after the end."""
    made, path = as_html(PAPER), tmp_path / "dossier.html"
    assert made == as_html(PAPER)
    path.write_bytes(made)
    assert is_ours(path)
    changes = (
        made.replace(b"</main>", b"<p>Bevinding van de raad.</p></main>"),
        made + b"<p>Bevinding</p>\n",
        made.replace(b"\n", b"\r\n"),
        made[: made.rindex(b"<!-- kenmerk")],
    )
    for changed in changes:
        path.write_bytes(changed)
        assert not is_ours(path)


def test_a_pdf_that_somebody_wrote_in_is_theirs(tmp_path: Path) -> None:
    """Whether the notes were added at its end, as readers do, or the whole file was written anew."""
    made, path = as_pdf(PAPER), tmp_path / "dossier.pdf"
    assert made == as_pdf(PAPER)
    assert made.rstrip().endswith(b"%%EOF")
    path.write_bytes(made)
    assert is_ours(path)
    note = Text(rect=(50, 550, 200, 650), text="Bevinding van de raad.")
    for incremental in (True, False):
        writer = PdfWriter(io.BytesIO(made), incremental=incremental)
        writer.add_annotation(0, note)
        target = io.BytesIO()
        writer.write(target)
        path.write_bytes(target.getvalue())
        assert not is_ours(path)


def test_a_pdf_with_its_fingerprint_opens_as_before() -> None:
    """Every place in the file is where its table says: a strict reader takes it, and finds the same pages."""
    made = as_pdf(PAPER)
    line = next(line for line in made.split(b"\n") if line.startswith(b"%kenmerk "))
    bare = made.replace(line + b"\n", b"")
    assert line == f"%kenmerk {fingerprint(bare)}".encode()
    read, plain = (PdfReader(io.BytesIO(content), strict=True) for content in (made, bare))
    assert [page.extract_text() for page in read.pages] == [page.extract_text() for page in plain.pages]
