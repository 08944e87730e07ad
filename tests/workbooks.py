"""A workbook read back, cell by cell, from its XML: what is really in the file."""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EPOCH = date(1899, 12, 30)

Value = str | float | None


@dataclass(frozen=True)
class Cell:
    value: Value
    format: str
    bold: bool
    wraps: bool

    @property
    def day(self) -> date:
        assert isinstance(self.value, float)
        return EPOCH + timedelta(days=self.value)


@dataclass(frozen=True)
class Sheet:
    name: str
    xml: str
    cells: dict[str, Cell]

    def column(self, letter: str, first: int = 2) -> list[Value]:
        """The values of a column from a line on, down to the last line of the sheet."""
        last = max((_line(name) for name in self.cells), default=0)
        return [
            self.cells[f"{letter}{line}"].value if f"{letter}{line}" in self.cells else None
            for line in range(first, last + 1)
        ]

    def rows(self, first: int = 2) -> list[list[Value]]:
        """The values of all lines from a line on."""
        letters = sorted({re.sub(r"\d", "", name) for name in self.cells})
        return [list(row) for row in zip(*(self.column(letter, first) for letter in letters), strict=True)]


@dataclass(frozen=True)
class Read:
    sheets: dict[str, Sheet]
    parts: dict[str, str]
    """Every XML part of the file."""


def read(content: bytes | Path) -> Read:
    """Open a workbook."""
    with zipfile.ZipFile(content if isinstance(content, Path) else io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    texts = _texts(parts)
    styles = _styles(parts["xl/styles.xml"])
    names = [sheet.attrib["name"] for sheet in ET.fromstring(parts["xl/workbook.xml"]).iter(f"{MAIN}sheet")]
    xmls = [parts[f"xl/worksheets/sheet{number}.xml"] for number in range(1, len(names) + 1)]
    sheets = {name: Sheet(name, xml, _cells(xml, texts, styles)) for name, xml in zip(names, xmls, strict=True)}
    return Read(sheets, parts)


def _texts(parts: dict[str, str]) -> list[str]:
    if "xl/sharedStrings.xml" not in parts:
        return []
    items = ET.fromstring(parts["xl/sharedStrings.xml"]).iter(f"{MAIN}si")
    return [_unescaped("".join(text.text or "" for text in item.iter(f"{MAIN}t"))) for item in items]


def _unescaped(text: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def _styles(xml: str) -> list[tuple[str, bool, bool]]:
    root = ET.fromstring(xml)
    formats = {item.attrib["numFmtId"]: item.attrib["formatCode"] for item in root.iter(f"{MAIN}numFmt")}
    built_in = {"0": "General", "49": "@", "3": "#,##0"}
    bold = [font.find(f"{MAIN}b") is not None for font in root.iter(f"{MAIN}font")]
    kinds = root.find(f"{MAIN}cellXfs")
    assert kinds is not None
    return [
        (
            {**built_in, **formats}[kind.attrib["numFmtId"]],
            bold[int(kind.attrib["fontId"])],
            any(part.attrib.get("wrapText") == "1" for part in kind),
        )
        for kind in kinds
    ]


def _cells(xml: str, texts: list[str], styles: list[tuple[str, bool, bool]]) -> dict[str, Cell]:
    return {
        cell.attrib["r"]: Cell(_value(cell, texts), *styles[int(cell.attrib.get("s", "0"))])
        for cell in ET.fromstring(xml).iter(f"{MAIN}c")
    }


def _value(cell: ET.Element, texts: list[str]) -> Value:
    content = cell.find(f"{MAIN}v")
    if content is None or content.text is None:
        return None
    return texts[int(content.text)] if cell.attrib.get("t") == "s" else float(content.text)


def _line(name: str) -> int:
    return int(re.sub(r"\D", "", name))
