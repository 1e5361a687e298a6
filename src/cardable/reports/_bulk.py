"""Sheets of any length: rows the database has made into XML, put into a workbook that has the headings."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
from xlsxwriter.utility import xl_rowcol_to_cell

from cardable.reports._cells import CellStyle, define_cells, rows_query
from cardable.reports._package import Package
from cardable.reports._part import Part

_BATCH = 8_192


def fill(
    draft: BytesIO, path: Path, parts: dict[int, Part], connection: duckdb.DuckDBPyConnection, day: date
) -> None:
    """Write the drafted workbook to `path`, with the rows of each part in the worksheet of that number.

    In the draft such a worksheet has, under its headings, a row of plain and a row of quoted styles.
    """
    if parts:
        define_cells(connection)
    names = {f"xl/worksheets/sheet{number}.xml": part for number, part in parts.items()}
    with ZipFile(draft) as drafted, path.open("wb") as file, Package(file, day) as package:
        for name in drafted.namelist():
            content = drafted.read(name)
            part = names.get(name)
            package.add(name, _worksheet(content.decode(), part, connection) if part else (content,))


def _worksheet(xml: str, part: Part, connection: duckdb.DuckDBPyConnection) -> Iterator[bytes | memoryview]:
    plain_row = xml.index(f'<row r="{part.top + 1}"')
    quoted_row = xml.index(f'<row r="{part.top + 2}"')
    end = xml.index("</sheetData>")
    styles = [
        CellStyle(int(plain), int(quoted))
        for plain, quoted in zip(
            _style_numbers(xml[plain_row:quoted_row]), _style_numbers(xml[quoted_row:end]), strict=True
        )
    ]
    corner = xl_rowcol_to_cell(part.top + part.rows - 1, len(part.columns) - 1)
    yield re.sub(
        r'<dimension ref="[^"]*"/>', f'<dimension ref="A1:{corner}"/>', xml[:plain_row], count=1
    ).encode()
    yield from _rows(part, styles, connection)
    yield xml[end:].encode()


def _style_numbers(row: str) -> list[str]:
    return re.findall(r'<c r="[A-Z]+\d+" s="(\d+)"', row)


def _rows(part: Part, styles: list[CellStyle], connection: duckdb.DuckDBPyConnection) -> Iterator[memoryview]:
    query = rows_query(part.query(), part.columns, styles)
    connection.execute("set arrow_large_buffer_size = true")
    try:
        for batch in connection.sql(query).to_arrow_reader(_BATCH):
            yield _text(batch.column(0))
    finally:
        connection.execute("reset arrow_large_buffer_size")


def _text(strings: Any) -> memoryview:
    """The strings of an Arrow array, one after the other, as they lie in memory."""
    _, offsets, text = strings.buffers()
    bounds = memoryview(offsets).cast("q")
    return memoryview(text)[bounds[strings.offset] : bounds[strings.offset + len(strings)]]
