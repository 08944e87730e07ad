"""How a Word document looks and what it says of itself: Dutch, A4, one sans family, real headings, numbered pages."""

import re
from datetime import datetime, time
from typing import Final

from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from dashboard.charts.theme import PALETTES
from dashboard.reports.content import Dossier
from dashboard.reports.files import MARK, footer, storable

FONT: Final = "Source Sans 3"
INSTEAD: Final = "Calibri"
"""The font that Word takes where ours isn't installed."""

LANGUAGE: Final = "nl-NL"
RULE: Final = "CBD3DA"
"""Colour of the lines in tables and around fields."""

TODAYS_WORD: Final = "15"
"""An older mode makes Word say that the document is an old one."""

FOREIGN: Final = ("/thumbnail", "/stylesWithEffects", "/customXml")
"""How the kinds of parts end that are of no use here."""

PAGE: Final = (Cm(21), Cm(29.7))
MARGIN: Final = Cm(2.3)
TEXT_WIDTH: Final = Cm(16.4)

TABLE: Final = "Dossiertabel"
LEAD, QUIET, CHART, SMALL, LABEL, FIELD, HINT = (
    "Kernzin",
    "Toelichting",
    "Grafiektitel",
    "Celtekst",
    "Veldnaam",
    "Invulveld",
    "Aanwijzing",
)
LINK, HOLDER = "Hyperlink", "PlaceholderText"

HEADINGS: Final = ((1, 19, 20, 8), (2, 15, 18, 6), (3, 12.5, 14, 4), (4, 11, 10, 3))
"""Level, points of its letters, and points above and below it."""

DEEPEST: Final = len(HEADINGS)


def prepare(paper: Paper, dossier: Dossier) -> None:
    """Set styles, language, page, running lines and properties of an empty document."""
    _set_language(paper)
    _set_styles(paper)
    _set_page(paper, dossier)
    _set_properties(paper, dossier)
    _set_settings(paper)
    _leave_out(paper)
    _name_font(paper)


def element(name: str, /, **attributes: str) -> BaseOxmlElement:
    """An element `w:name` with attributes `w:…`."""
    made: BaseOxmlElement = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


def run(text: str, *, bold: bool = False, style: str = "") -> BaseOxmlElement:
    """A stretch of text; a line break and a tab in it stay what they are."""
    made = element("r")
    if bold or style:
        properties = element("rPr")
        properties.extend([element("rStyle", val=style)] if style else [])
        properties.extend([element("b")] if bold else [])
        made.append(properties)
    for number, line in enumerate(re.split(r"(\t|\r?\n|\r)", storable(text))):
        if number % 2:
            made.append(element("tab" if line == "\t" else "br"))
        elif line:
            words = element("t")
            words.text = line
            words.set(qn("xml:space"), "preserve")
            made.append(words)
    return made


def field(instruction: str, shown: str) -> list[BaseOxmlElement]:
    """Something that Word works out itself, as a page number; `shown` until it does."""
    return [*field_start(instruction), run(shown), field_end()]


def field_start(instruction: str) -> list[BaseOxmlElement]:
    """What goes before the text of a field."""
    code = element("instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    parts = (element("fldChar", fldCharType="begin"), code, element("fldChar", fldCharType="separate"))
    return [_run_of(part) for part in parts]


def field_end() -> BaseOxmlElement:
    """What goes after it."""
    return _run_of(element("fldChar", fldCharType="end"))


def _run_of(part: BaseOxmlElement) -> BaseOxmlElement:
    made = element("r")
    made.append(part)
    return made


# --- styles -------------------------------------------------------------------------------------------------------


def _set_language(paper: Paper) -> None:
    defaults = paper.styles.element.find(qn("w:docDefaults"))
    assert defaults is not None
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _set_styles(paper: Paper) -> None:
    light = PALETTES["light"]
    ink, quiet, accent = (RGBColor.from_string(colour[1:]) for colour in (light.ink, light.quiet, light.subject))
    _shape(_known(paper, "Normal"), 10.5, ink, above=0, below=6)
    _shape(_known(paper, "Title"), 28, ink, above=120, below=6, bold=True)
    _shape(_known(paper, "Subtitle"), 15, quiet, above=0, below=24)
    for level, size, above, below in HEADINGS:
        _shape(_known(paper, f"Heading {level}"), size, accent, above=above, below=below, bold=True, keep=True)
    _shape(_known(paper, "Caption"), 10.5, ink, above=12, below=4, bold=True, keep=True)
    _shape(_known(paper, "List Bullet"), 10.5, ink, above=0, below=3)
    for name in ("Header", "Footer"):
        _shape(_known(paper, name), 9, quiet, above=0, below=0)
    _shape(_new(paper, LEAD), 13, ink, above=0, below=8)
    _shape(_new(paper, QUIET), 9.5, quiet, above=2, below=8)
    _shape(_new(paper, CHART), 11.5, ink, above=14, below=0, bold=True, keep=True)
    _shape(_new(paper, SMALL), 9.5, ink, above=2, below=2)
    _shape(_new(paper, LABEL), 10.5, ink, above=8, below=2, bold=True, keep=True)
    _shape(_new(paper, HINT), 15, accent, above=0, below=8, bold=True, keep=True)
    open_place = _new(paper, FIELD)
    _shape(open_place, 10.5, ink, above=0, below=8)
    _put_box(open_place)
    open_place.paragraph_format.left_indent = open_place.paragraph_format.right_indent = Pt(7)
    for level in (1, 2):
        entry = _new(paper, f"toc {level}", builtin=True)
        _shape(entry, 10.5, ink, above=6 if level == 1 else 0, below=1, bold=level == 1)
        entry.paragraph_format.left_indent = Cm(0.6 * (level - 1))
    link = paper.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.color.rgb = accent
    link.font.underline = True
    holder = paper.styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER, builtin=True)
    holder.font.color.rgb = quiet
    for table in paper.styles.element.findall(qn("w:style")):
        if table.get(qn("w:type")) == "table" and table.get(qn("w:styleId")) != "TableNormal":
            paper.styles.element.remove(table)
    paper.styles.element.append(_table_style())


def _known(paper: Paper, name: str) -> ParagraphStyle:
    style = paper.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _new(paper: Paper, name: str, *, builtin: bool = False) -> ParagraphStyle:
    style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=builtin)
    assert isinstance(style, ParagraphStyle)
    style.base_style = paper.styles["Normal"]
    style.quick_style = True
    return style


def _shape(
    style: ParagraphStyle,
    size: float,
    colour: RGBColor,
    *,
    above: float,
    below: float,
    bold: bool = False,
    keep: bool = False,
) -> None:
    """Set letters and room of a style; `keep`: on one page with what follows."""
    properties = style.element.get_or_add_rPr()
    for name in ("rFonts", "color", "kern", "spacing"):
        for old in properties.findall(qn(f"w:{name}")):
            properties.remove(old)
    properties.insert(0, element("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))
    style.font.size = Pt(size)
    style.font.color.rgb = colour
    style.font.bold, style.font.italic = bold, False
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.get_or_add_pPr().remove(border)
    place = style.paragraph_format
    place.space_before, place.space_after = Pt(above), Pt(below)
    place.line_spacing = 1.15
    place.keep_with_next = keep


def _put_box(style: ParagraphStyle) -> None:
    """Draw thin lines around the paragraphs of a style."""
    box = element("pBdr")
    box.extend(
        element(side, val="single", sz="6", space="6", color=RULE) for side in ("top", "left", "bottom", "right")
    )
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(box, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _table_style() -> BaseOxmlElement:
    """Rows between thin lines, the header bold above a darker one."""
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in ("top", "bottom", "insideH")
    )
    made: BaseOxmlElement = parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="{TABLE}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:tblPr><w:tblBorders>{lines}</w:tblBorders>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
    )
    return made


# --- page and properties ------------------------------------------------------------------------------------------


def _set_page(paper: Paper, dossier: Dossier) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = PAGE
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    page.header_distance = page.footer_distance = Cm(1.1)
    page.different_first_page_header_footer = True
    page.header.paragraphs[0].paragraph_format.element.append(run(dossier.title))
    for foot in (page.footer, page.first_page_footer):
        line = foot.paragraphs[0].paragraph_format.element
        line.extend([run(f"{footer(dossier)}\tPagina "), *field("PAGE", "1"), run(" van "), *field("NUMPAGES", "1")])
    stops = _known(paper, "Footer").paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _set_properties(paper: Paper, dossier: Dossier) -> None:
    made = datetime.combine(dossier.day, time())
    known = paper.core_properties
    known.title, known.author = _short(dossier.title), _short(dossier.organisation)
    known.subject, known.comments = _short(dossier.subtitle), _short(footer(dossier))
    known.category, known.identifier, known.language = MARK, dossier.snapshot, LANGUAGE
    known.last_modified_by, known.revision = _short(dossier.organisation), 1
    known.created = known.modified = made
    known.keywords = ""


def _short(text: str) -> str:
    """A text as a property: Word allows 255 characters."""
    return storable(text)[:255]


def _set_settings(paper: Paper) -> None:
    """Work as today's Word does, in Dutch."""
    settings = paper.settings.element
    changes = {
        "themeFontLang": {"val": LANGUAGE},
        "decimalSymbol": {"val": ","},
        "listSeparator": {"val": ";"},
    }
    for name, attributes in changes.items():
        for found in settings.iter(qn(f"w:{name}")):
            found.attrib.clear()
            for attribute, value in attributes.items():
                found.set(qn(f"w:{attribute}"), value)
    for found in settings.iter(qn("w:compatSetting")):
        if found.get(qn("w:name")) == "compatibilityMode":
            found.set(qn("w:val"), TODAYS_WORD)
    for name in ("savePreviewPicture", "proofState"):
        for found in settings.findall(qn(f"w:{name}")):
            settings.remove(found)


def _leave_out(paper: Paper) -> None:
    """What the library's own empty document brings along: its picture, and styles for a Word of 2007."""
    for relations in (paper.part.package.rels, paper.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.endswith(FOREIGN):
                del relations[name]


def _name_font(paper: Paper) -> None:
    """Tell Word which font to take where ours isn't installed."""
    known = paper.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    ours = (
        f'<w:font w:name="{FONT}"><w:altName w:val="{INSTEAD}"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )
    content = known.blob.decode().replace("</w:fonts>", ours).encode()
    for name, relation in list(paper.part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            del paper.part.rels[name]
    named = Part(known.partname, known.content_type, content, paper.part.package)
    paper.part.relate_to(named, RELATIONSHIP_TYPE.FONT_TABLE)
