"""Proves that the fast and the careful way through a text give the rows that plain Python finds, on any
text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.exports.reading import TextBlock, UnreadableFile, delimited, layout, open_table
from tests.exports.plain_splitting import NeverCloses, Plain, split_plainly

HEADERS = ("alfa", "bèta", "gamma")

cells = st.text(st.sampled_from('ab é"€ \n'), max_size=4)
quoted = cells.map(lambda cell: '"' + cell.replace('"', '""') + '"')
plain = st.text(st.sampled_from("ab é€ "), max_size=4)
stray = st.text(st.sampled_from('ab" '), max_size=5)
line_ends = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def texts(draw: st.DrawFn, *, wild: bool) -> tuple[str, str]:
    """A text and its separator: mostly rows of three fields; wild ones have stray quotes, blanks and odd
    widths."""
    separator, end = draw(st.sampled_from(";,\t")), draw(line_ends)
    kinds = [plain, plain, quoted, stray] if wild else [plain, quoted]
    widths = st.sampled_from([3, 3, 3, 3, 2, 4, 1] if wild else [3])
    rows = []
    for _ in range(draw(st.integers(0, 12))):
        width = draw(widths)
        rows.append(separator.join(draw(st.one_of(kinds)) for _ in range(width)))
        if wild and draw(st.booleans()):
            rows.append(draw(st.sampled_from(["", " ", separator, "\u00a0"])))
    text = separator.join(HEADERS) + end + end.join(rows) + draw(st.sampled_from(["", end]))
    return text, separator


def fits(cells: object) -> int:
    return len(set(HEADERS) & set(cells)) if isinstance(cells, list | tuple) else 0


def blocks_of(folder: Path, text: str, *, chunk: int, careful: bool) -> list[TextBlock]:
    path = folder / "export.csv"
    path.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "_LEAST_CHUNK", chunk)
        patch.setattr(layout, "_MOST_CHUNK", chunk)
        if careful:
            patch.setattr(delimited, "_regular_shape", lambda *_, **__: None)
        return list(open_table(path, fits).blocks())


def as_plain(blocks: list[TextBlock]) -> Plain:
    rows = [(line, row) for block in blocks for line, row in zip(block.lines, block.frame.rows(), strict=True)]
    return Plain(list(blocks[0].frame.columns), rows, [line for block in blocks for line in block.broken])


@pytest.mark.parametrize("careful", [False, True], ids=["chosen", "careful"])
@pytest.mark.parametrize("wild", [False, True], ids=["tidy", "wild"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), chunk=st.integers(1, 60))
def test_any_text_gives_the_rows_that_plain_python_finds(
    tmp_path: Path, data: st.DataObject, chunk: int, wild: bool, careful: bool
) -> None:
    text, separator = data.draw(texts(wild=wild))
    try:
        expected = split_plainly(text, separator)
    except NeverCloses as never:
        with pytest.raises(UnreadableFile, match=rf"^Op regel {never.args[0]} begint"):
            blocks_of(tmp_path, text, chunk=chunk, careful=careful)
        return
    assert as_plain(blocks_of(tmp_path, text, chunk=chunk, careful=careful)) == expected


def test_tidy_text_really_takes_the_fast_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the careful way was taken")

    monkeypatch.setattr(delimited, "_carefully", refuse)
    text = "alfa;bèta;gamma\r\n" + 'a;"b;\r\n""c""";\r\n\r\n;;\r\n1;2\r\n' * 20_000
    rows = as_plain(list(open_table(_written(tmp_path, text), fits).blocks()))
    assert rows == split_plainly(text, ";")


def _written(folder: Path, text: str) -> Path:
    path = folder / "export.csv"
    path.write_bytes(text.encode())
    return path
