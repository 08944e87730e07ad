"""Sections of a paper as a reader of the screen meets them: the sentence first, the rest when asked for.

The same sections that the dossier is written from. Pictures are left to the page, which draws them for its own theme;
empty places to fill in are for paper.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

import streamlit as st

from dashboard.reports.content import Block, Bullets, Facts, Field, Grid, Paragraph, Picture, Section
from dashboard.store.log import Kind
from dashboard.ui import blocks, filters

MORE: Final = "Cijfers, zekerheid en vraag"


def section(content: Section) -> None:
    """A section without its title: its blocks below each other, each part under a heading of its own."""
    _html("".join(_block(block) for block in content.blocks), "stuk")
    for part in content.parts:
        blocks.heading(part.title)
        section(part)


def articles(chapter: Section, more: str = MORE) -> None:
    """The articles of a chapter: number, title and what was found; the rest behind a toggle that says `more`."""
    _html("".join(_article(part, more) for part in chapter.parts if _lead(part)), "artikelen")


def _lead(part: Section) -> str:
    """What a section has to say first; empty where it has nothing of the kind."""
    return next((block.text for block in part.blocks if isinstance(block, Paragraph) and block.is_lead), "")


def _article(part: Section, more: str) -> str:
    number, _, title = part.title.partition(" ")
    rest = "".join(_block(block) for block in part.blocks if not (isinstance(block, Paragraph) and block.is_lead))
    return (
        f'<article id="{escape(part.anchor)}"><p class="nr">{escape(number)}</p><div><h3>{escape(title)}</h3>'
        f"<p>{escape(_lead(part))}</p><details><summary>{escape(more)}</summary>{rest}</details></div></article>"
    )


def _block(block: Block) -> str:
    return WRITERS[type(block)](block)


def _paragraph(block: Paragraph) -> str:
    return f"<p>{escape(block.text)}</p>"


def _bullets(block: Bullets) -> str:
    return "" if not block.items else f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in block.items)}</ul>"


def _facts(block: Facts) -> str:
    rows = "".join(
        f"<div><dt>{escape(name)}</dt><dd><b>{escape(value)}</b> {escape(context)}</dd></div>"
        for name, value, context in block.rows
    )
    return f"<dl>{rows}</dl>"


def _grid(block: Grid) -> str:
    note = f'<p class="stil">{escape(block.note)}</p>' if block.note else ""
    return f"{blocks.table_html(block.frame, block.caption)}{note}"


def _nothing(_: Block) -> str:
    return ""


WRITERS: Final[Mapping[type[Block], Callable[[Any], str]]] = {
    Paragraph: _paragraph,
    Bullets: _bullets,
    Facts: _facts,
    Grid: _grid,
    Picture: _nothing,
    Field: _nothing,
}


def downloads(label: str, forms: Mapping[str, str], make: Callable[[str], bytes], name: Callable[[str], str]) -> None:
    """A paper as files, each made when asked for; `forms`: form → what its button says."""
    blocks.paragraph(label)
    with st.container(horizontal=True):
        for form, text in forms.items():
            st.download_button(
                text,
                data=filters.on_record(_maker(make, form), Kind.DOSSIER, form),
                file_name=name(form),
                mime=MIMES[form],
                on_click="ignore",
                key=f"dossier_{form}",
            )


def _maker(make: Callable[[str], bytes], form: str) -> Callable[[], bytes]:
    return lambda: make(form)


MIMES: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": blocks.WORKBOOK,
    "html": "text/html",
}


def _html(body: str, kind: str) -> None:
    if body:
        st.html(f'<div class="gc {kind}">{body}</div>')
